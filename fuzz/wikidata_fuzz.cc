// The import of office holders: any bytes as lines of a dump and as a query's results give rows that the tables can hold, or an Error.
#include <sstream>

#include "demarche/core/error.h"
#include "demarche/names/wikidata.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace demarche;
  static WikidataImport import(DEMARCHE_SOURCE_DIR "/data", 2000);  // loading is slow; rows() empties it each time
  const std::string all(reinterpret_cast<const char*>(bytes), size);
  try {
    for (size_t at = 0; at < all.size();) {
      const size_t end = std::min(all.find('\n', at), all.size());
      import.note_office(std::string_view(all).substr(at, end - at));
      at = end + 1;
    }
    for (size_t at = 0; at < all.size();) {
      const size_t end = std::min(all.find('\n', at), all.size());
      import.note_holder(std::string_view(all).substr(at, end - at));
      at = end + 1;
    }
    std::istringstream in(all);
    import.read_results(in);
  } catch (const Error&) {
  }
  for (const LexiconRow& row : import.rows())
    for (const auto& [column, cell] : row.cells) DEMARCHE_CHECK(cell.find_first_of("\t\n\r") == std::string::npos);
  return 0;
}
