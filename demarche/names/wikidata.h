// Office holders out of Wikidata (CC0): a JSON dump of entities, one a line, or the JSON of a query's results -> rows of persons.tsv.
// What an office is follows from titles.tsv, whose it is from parties.tsv. Memory grows with the holders found, not with the input.
#pragma once

#include <istream>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/core/error.h"
#include "demarche/names/lexicon.h"

namespace demarche {

struct WikidataCounts {
  size_t entities = 0, unread = 0;                  // lines or results: all; no JSON or too long
  size_t offices = 0, persons = 0, terms = 0;       // taken
  size_t merged = 0;                                // persons who have a shipped row, which keeps its terms
};

class WikidataImport {
 public:
  // `from_year`: terms that ended before it are left out. Loads the shipped tables; throws Error.
  WikidataImport(const std::filesystem::path& data_dir, int from_year);
  ~WikidataImport();
  WikidataImport(const WikidataImport&) = delete;  // holds the tables
  WikidataImport& operator=(const WikidataImport&) = delete;

  // A dump is read twice: first all lines through note_office (countries and offices), then all through note_holder.
  // A line is one entity as in Wikidata's dumps, with or without a comma at its end; brackets alone are passed over.
  void note_office(std::string_view line);
  void note_holder(std::string_view line);
  // One result of a query: variables person, personLabel, iso, positionLabel, and where known personAltLabel, start, end.
  // Reads the whole stream, one result in memory at a time. Throws Error when it is no such JSON.
  void read_results(std::istream& in);

  const WikidataCounts& counts() const;
  // The rows, each person once, by id. Ends the import.
  std::vector<LexiconRow> rows();

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace demarche
