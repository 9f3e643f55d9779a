// Web archives (WARC 1.0 and 1.1, ISO 28500): one page after the other. Private to ingest/.
#pragma once

#include <optional>
#include <string>

#include "demarche/core/document.h"
#include "demarche/ingest/stream.h"

namespace demarche::ingest {

class WarcReader {
 public:
  // `input` is decompressed; records packed one by one are one stream to it.
  WarcReader(Input& input, uint64_t max_page_bytes) : input_(input), max_page_bytes_(max_page_bytes) {}

  // The next page: a `response` with status 200 whose body is HTML or text, a `conversion`, or a `resource`. Other records are
  // passed over. A failure is the end of a sentence that begins with the path; reading goes on after it, at the next compressed member
  // or record that is whole. Nothing at the end.
  std::optional<Result<Page>> next();

 private:
  struct Record {
    std::string type, url, content_type;
    uint64_t length = 0;
  };
  enum class Found : uint8_t { record, garbage, end };
  enum class Skipped : uint8_t { all, cut_off, found_record };
  Found read_header(Record& record);
  std::optional<Result<Page>> read_page(const Record& record);
  std::optional<std::string> damage(bool cut_off);
  Skipped skip(uint64_t bytes, bool search);

  Input& input_;
  uint64_t max_page_bytes_;
  std::optional<Record> pending_;  // a record whose header came after garbage
  bool garbage_ = false;           // what stands between the records is still to be told
  bool failed_ = false;            // nothing can be read any more
};

}  // namespace demarche::ingest
