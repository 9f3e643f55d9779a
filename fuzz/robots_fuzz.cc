// robots.txt and addresses: any bytes give an answer; an address in its one form stays as it is.
#include "demarche/core/error.h"
#include "demarche/fetch/fetch.h"
#include "demarche/fetch/robots.h"
#include "demarche/ingest/http_page.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const demarche::fetch::Robots robots = demarche::fetch::Robots::parse(text, "demarche");
  for (const std::string_view path : {std::string_view("/"), std::string_view("/a/b.html?c=%64"), text.substr(0, 200)}) static_cast<void>(robots.allows(path));
  DEMARCHE_CHECK(robots.allows("/robots.txt"));
  if (const auto url = demarche::fetch::normal_url(text)) {
    DEMARCHE_CHECK(url->substr(0, 4) == "http");
    const auto again = demarche::fetch::normal_url(*url);
    DEMARCHE_CHECK(again.has_value());
  }
  static_cast<void>(demarche::fetch::normal_url(text, "https://a.example/b/c?d"));
  DEMARCHE_CHECK(demarche::ingest::parse_http_head(text).size <= size);
  return 0;
}
