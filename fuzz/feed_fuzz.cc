// Feeds and sitemaps: any bytes give items, links and failures, and an end.
#include "demarche/ingest/feed.h"
#include "demarche/ingest/links.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace demarche::ingest;
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  Input input(open_bytes(text));
  FeedReader feed(input, 1 << 18);
  while (const auto page = feed.next()) {
    if (*page) DEMARCHE_CHECK(!(*page)->bytes.empty());
  }
  if (const auto links = read_links(text, nullptr)) {
    for (const SourceLink& link : *links) DEMARCHE_CHECK(!link.url.empty());
  }
  return 0;
}
