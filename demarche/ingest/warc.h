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
  // passed over. A failure is the end of a sentence that begins with the path; reading goes on after it. Nothing at the end.
  std::optional<Result<Page>> next();

 private:
  struct Record {
    std::string type, url, content_type;
    uint64_t length = 0;
  };
  enum class Found : uint8_t { record, garbage, end };
  Found read_header(Record& record);
  std::optional<Result<Page>> read_page(const Record& record);
  bool skip(uint64_t bytes);

  Input& input_;
  uint64_t max_page_bytes_;
  std::optional<Record> pending_;  // a record whose header came after garbage
  bool failed_ = false;            // the input's own error has been told
};

}  // namespace demarche::ingest
