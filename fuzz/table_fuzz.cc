// Data files: any bytes give a table or an Error, never anything else.
#include "demarche/core/table.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  try {
    const demarche::Table table =
        demarche::Table::parse("fuzz", std::string(reinterpret_cast<const char*>(bytes), size), {"id", "lemma"}, /*more=*/size % 2 == 0);
    table.require_unique(0);
    table.require_sorted(0);
    for (size_t i = 0; i < table.size(); ++i) (void)demarche::split_list(table.cell(i, 1));
  } catch (const demarche::Error&) {
  }
  return 0;
}
