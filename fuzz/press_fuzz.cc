// Press archives' exports: any bytes give documents and failures, and an end.
#include "demarche/core/utf8.h"
#include "demarche/ingest/press.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace demarche::ingest;
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  static_cast<void>(sniff_press(text));
  for (const PressArchive archive : {PressArchive::nexis, PressArchive::factiva}) {
    Input input(open_bytes(text));
    PressReader press(input, archive, 1 << 16);
    while (const auto page = press.next()) {
      if (*page) DEMARCHE_CHECK(demarche::is_valid_utf8((*page)->bytes));
    }
  }
  return 0;
}
