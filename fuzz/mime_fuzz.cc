// Mail and MHTML: any bytes give a page or a failure; the page is no larger than the message.
#include "demarche/ingest/mime.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const auto page = demarche::ingest::parse_mime(std::string_view(reinterpret_cast<const char*>(bytes), size));
  if (page) DEMARCHE_CHECK(page->bytes.size() <= size);
  return 0;
}
