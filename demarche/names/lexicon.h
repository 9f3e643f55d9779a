// The users' own lexicon: a folder with tables of the same names and columns as the shipped ones (docs/formats/names.md), whose rows
// stand over those of equal id. Checks it beyond what loading does, adds rows to it, tells what it changes. Nothing shipped is written.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "demarche/core/error.h"

namespace demarche {

// What is odd or wrong about one row: "file:line: why", the line and a caret.
struct LexiconNote {
  bool error = false;  // a row that can never work: a code or class that no table knows; else it may be meant so
  std::string message;
};

struct LexiconCount {
  std::string table;  // "persons"
  size_t shipped = 0, added = 0, replaced = 0;
};

struct LexiconCheck {
  std::vector<LexiconCount> tables;
  std::vector<LexiconNote> notes;  // in the order of tables and rows
};

// Loads the shipped tables with the folder over them (throws Error, as any start does, when a row is broken) and looks at each row of the
// folder: unknown codes, kinds and office classes, terms that end before they begin, ids that do not spell the name, names that
// mean something else already. An empty folder name checks the shipped tables themselves.
LexiconCheck check_lexicon(const std::filesystem::path& data_dir, const std::filesystem::path& lexicon);

// One row to add: the table's name and cells by column; a column not named is taken from the row of that id, in the folder or
// shipped, else it is empty. Without "id" the id is made of the name, as the table wants it.
struct LexiconRow {
  std::string table;
  std::vector<std::pair<std::string, std::string>> cells;  // a column "aliases+" adds to the list that stands there
};

// The tables that a user may write, and the columns of one (empty: no such table).
std::vector<std::string> lexicon_tables();
std::vector<std::string> lexicon_columns(const std::string& table);

// Puts the rows into the folder's tables (made when they are not there), sorted, each file replaced whole. Nothing is written unless
// all tables load with the rows. Returns the id of each row. Throws Error.
std::vector<std::string> add_to_lexicon(const std::filesystem::path& data_dir, const std::filesystem::path& lexicon, const std::vector<LexiconRow>& rows);

}  // namespace demarche
