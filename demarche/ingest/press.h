// Text exports of press archives (Nexis, Factiva): several documents in a file -> one page a document. Private to ingest/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/core/document.h"
#include "demarche/ingest/stream.h"

namespace demarche::ingest {

enum class PressArchive : uint8_t { none, nexis, factiva };
// Which archive's export the first bytes of a text are.
PressArchive sniff_press(std::string_view head);

class PressReader {
 public:
  PressReader(Input& input, PressArchive archive, uint64_t max_page_bytes) : input_(input), archive_(archive), max_page_bytes_(max_page_bytes) {}
  // The next document: title, outlet, day, authors and section as the archive tells them, the article as it stands under its title.
  // Page::id is that of the document's own lines. A failure is the end of a sentence that begins with the path; reading goes on after it.
  std::optional<Result<Page>> next();

 private:
  bool read_document(std::vector<std::string>& lines);

  Input& input_;
  PressArchive archive_;
  uint64_t max_page_bytes_;
  uint64_t number_ = 0;
  bool too_long_ = false, in_document_ = false, done_ = false;
};

}  // namespace demarche::ingest
