// JSON of news services: any bytes give rows and pages, and an end; rows are no larger than their bound.
#include "demarche/ingest/json_rows.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace demarche::ingest;
  static const JsonFields fields(DEMARCHE_SOURCE_DIR "/data/page/json_fields.tsv");
  constexpr uint64_t kLimit = 1 << 16;
  Input input(open_bytes(std::string(reinterpret_cast<const char*>(bytes), size)));
  JsonRows rows(input, fields, kLimit);
  std::string row;
  for (auto got = rows.next(row); got != JsonRows::Row::end && got != JsonRows::Row::cut_off; got = rows.next(row)) {
    if (got != JsonRows::Row::row) continue;
    DEMARCHE_CHECK(!row.empty() && row.size() <= kLimit);
    const auto page = parse_json_page(row, fields);
    if (page && page->has_text) DEMARCHE_CHECK(page->page.format == demarche::PageFormat::article || !page->page.bytes.empty());
  }
  return 0;
}
