// Web archives: any bytes, plain or compressed, give pages and failures, and an end.
#include <memory>

#include "demarche/ingest/warc.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace demarche::ingest;
  constexpr uint64_t kLimit = 1 << 18;
  for (const bool packed : {true, false}) {
    Input input(open_bytes(std::string(reinterpret_cast<const char*>(bytes), size)));
    if (packed) input.decompress();
    WarcReader warc(input, kLimit);
    size_t count = 0;
    while (const auto page = warc.next()) {
      if (*page) DEMARCHE_CHECK((*page)->bytes.size() <= kLimit);
      DEMARCHE_CHECK(++count < 10'000'000);
    }
  }
  return 0;
}
