#include "demarche/names/lexicon.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>

#include "demarche/core/table.h"
#include "demarche/core/utf8.h"
#include "demarche/names/base.h"
#include "demarche/names/units.h"

namespace demarche {
namespace {

using names::Base;

constexpr size_t kMostNotes = 1000;

size_t table_of(const std::string& name) {
  for (size_t i = 0; i < Base::kTables; ++i)
    if (Base::files()[i] == name + ".tsv") return i;
  throw Error("no lexicon table is called \"" + name + "\"; they are parties, groups, persons, titles, places, cities, arms, given_names, party_traits");
}

// "Taro Kōno" -> "taro-kono": the words as they are looked up.
std::string id_of_name(std::string_view name) {
  std::string id;
  for (const names::Unit& u : names::units_of_name(name)) {
    std::string word;
    for (const char c : fold(u.text))
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) word += c;
    if (word.empty()) continue;
    if (!id.empty()) id += '-';
    id += word;
  }
  return id;
}

// What the shipped tables and the folder's hold, by which a row of the folder is judged.
struct Known {
  std::set<std::string, std::less<>> parties, groups, classes, group_kinds, sectors, place_kinds;
  std::map<std::string, std::string, std::less<>> names;  // folded name -> "table id" that has it without context
};

void learn(Known& known, size_t which, const Table& table) {
  const auto name = [&](std::string_view list, size_t row) {
    for (const std::string_view item : split_list(list))
      if (item.find('?') == std::string_view::npos) known.names.emplace(id_of_name(item), std::string(Base::files()[which].substr(0, Base::files()[which].size() - 4)) + " " + std::string(table.cell(row, 0)));
  };
  for (size_t r = 0; r < table.size(); ++r) {
    if (which == 0) known.parties.emplace(table.cell(r, 0));
    if (which == 1) {
      known.groups.emplace(table.cell(r, 3));
      known.sectors.emplace(table.cell(r, 5));
      known.group_kinds.emplace(table.cell(r, 6));
    }
    if (which == 3) known.sectors.emplace(table.cell(r, 4));
    if (which == 4) known.place_kinds.emplace(table.cell(r, 6));
    if (which == 2)
      for (const std::string_view term : split_list(table.cell(r, 4))) {
        const std::vector<std::string_view> parts = split_list(term, '|');
        if (parts.size() > 1) known.classes.emplace(parts[1]);
      }
    if (which == 0 || which == 1 || which == 4 || which == 6) {
      name(table.cell(r, 1), r);
      name(table.cell(r, 2), r);
    }
    if (which == 0)
      for (const size_t c : {size_t{3}, size_t{4}, size_t{5}}) name(table.cell(r, c), r);
    if (which == 2) name(table.cell(r, 2), r);
  }
}

class Checker {
 public:
  Checker(const Known& known, std::vector<LexiconNote>& notes) : known_(known), notes_(notes) {}

  void row(size_t which, const Table& table, size_t r) {
    table_ = &table;
    row_ = r;
    const std::string own = std::string(Base::files()[which].substr(0, Base::files()[which].size() - 4)) + " " + std::string(table.cell(r, 0));
    if (which == 1) {
      if (const auto c = table.cell(r, 4); !c.empty() && !known_.parties.contains(c)) error(4, "\"" + std::string(c) + "\" is the id of no row of parties.tsv");
      if (!known_.sectors.contains(table.cell(r, 5))) error(5, "no shipped row has this sector");
      if (!known_.group_kinds.contains(table.cell(r, 6))) error(6, "no shipped row is of this kind");
    }
    if (which == 2) person(table, r);
    if ((which == 4 || which == 5) && !table.cell(r, which == 4 ? 3 : 2).empty() && !known_.parties.contains(table.cell(r, which == 4 ? 3 : 2)))
      error(which == 4 ? 3 : 2, "the country is the id of no row of parties.tsv");
    if (which == 4 && !known_.place_kinds.contains(table.cell(r, 6))) note(false, 6, "no shipped place is of this kind");
    if (which == 6 && !table.cell(r, 4).empty() && !known_.parties.contains(table.cell(r, 4)) && !known_.groups.contains(table.cell(r, 4)))
      error(4, "the party is the id of no row of parties.tsv and the code of no group");
    if (which == 3 && !table.cell(r, 4).empty() && !known_.sectors.contains(table.cell(r, 4))) error(4, "no shipped row has this sector");
    if (which == 0 || which == 1 || which == 4 || which == 6)
      for (const size_t column : {size_t{1}, size_t{2}})
        for (const std::string_view item : split_list(table.cell(r, column))) name(item, column, own);
  }

 private:
  void person(const Table& table, size_t r) {
    const std::string want = id_of_name(table.cell(r, 1)), id(table.cell(r, 0).substr(0, table.cell(r, 0).find('~')));
    if (want != id) note(false, 0, "persons are looked up by their id: \"" + id + "\", not the name's words \"" + want + "\"");
    for (const std::string_view term : split_list(table.cell(r, 4))) {
      std::array<std::string_view, 4> f{};
      for (size_t n = 0, at = 0; n < 4 && at <= term.size(); ++n) {
        const size_t bar = std::min(term.find('|', at), term.size());
        f[n] = term.substr(at, bar - at);
        at = bar + 1;
      }
      if (!known_.parties.contains(f[0]) && !known_.groups.contains(f[0])) error(4, "\"" + std::string(f[0]) + "\" is the id of no party and the code of no group");
      if (!known_.classes.contains(f[1])) error(4, "no shipped term is of the office class \"" + std::string(f[1]) + "\"");
      if (!f[2].empty() && !f[3].empty() && f[3] < f[2].substr(0, f[3].size())) error(4, "the term ends (" + std::string(f[3]) + ") before it begins (" + std::string(f[2]) + ")");
    }
  }

  void name(std::string_view item, size_t column, const std::string& own) {
    if (item.find('?') != std::string_view::npos) return;
    const auto at = known_.names.find(id_of_name(item));
    if (at != known_.names.end() && at->second != own) note(false, column, "\"" + std::string(item) + "\" is already a name of " + at->second + ": reports decide by what else they tell of; a ? behind it asks for context");
  }

  void error(size_t column, const std::string& why) { note(true, column, why); }
  void note(bool error, size_t column, const std::string& why) {
    if (notes_.size() < kMostNotes) notes_.push_back({error, table_->located_at(row_, column, why)});
  }

  const Known& known_;
  std::vector<LexiconNote>& notes_;
  const Table* table_ = nullptr;
  size_t row_ = 0;
};

std::vector<Table> parse_all(Base::Tables sources) {
  std::vector<Table> out;
  for (size_t i = 0; i < Base::kTables; ++i) {
    if (sources[i].first.empty()) {
      std::string header;
      for (const std::string_view c : Base::columns(i)) header += (header.empty() ? "" : "\t") + std::string(c);
      sources[i] = {std::string(Base::files()[i]), header + "\n"};
    }
    out.push_back(Table::parse(std::move(sources[i].first), std::move(sources[i].second), Base::columns(i)));
  }
  return out;
}

std::optional<size_t> row_of(const Table& table, std::string_view id) {
  for (size_t r = 0; r < table.size(); ++r)
    if (table.cell(r, 0) == id) return r;
  return std::nullopt;
}

// The id of a new row, when the user gives none.
std::string made_id(size_t which, const std::map<std::string, std::string>& cells) {
  const auto cell = [&](const char* name) {
    const auto at = cells.find(name);
    return at == cells.end() ? std::string() : at->second;
  };
  if (which == 0 || which == 3 || which == 7 || which == 8) throw Error("a row of " + std::string(Base::files()[which]) + " needs its id");
  std::string id = id_of_name(cell("name"));
  if (id.empty()) throw Error("a row needs a name or an id");
  return which == 5 ? id + "." + cell("country") : id;
}

// Comments and rows of a table of the folder, as they will be written.
struct Written {
  std::string comments;
  std::map<std::string, std::vector<std::string>> rows;  // by id
};

std::string printed(size_t which, const Written& w) {
  std::string out = w.comments.empty() ? "# Own rows over the shipped " + std::string(Base::files()[which]) + ". Format: docs/formats/names.md v1. Licence: yours.\n" : w.comments;
  bool first = true;
  for (const std::string_view c : Base::columns(which)) {
    out += (first ? "" : "\t") + std::string(c);
    first = false;
  }
  out += '\n';
  for (const auto& [id, cells] : w.rows) {
    for (size_t c = 0; c < cells.size(); ++c) out += (c ? "\t" : "") + cells[c];
    out += '\n';
  }
  return out;
}

std::string comments_of(std::string_view bytes) {
  std::string out;
  while (!bytes.empty() && bytes.front() == '#') {
    const size_t end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
    out += bytes.substr(0, end);
    bytes.remove_prefix(end);
  }
  return out;
}

void write_whole(const std::filesystem::path& path, const std::string& bytes) {
  const std::filesystem::path part = path.string() + ".part";
  std::ofstream out(part, std::ios::binary);
  out << bytes;
  out.close();
  if (!out) throw Error("cannot write " + part.string());
  std::filesystem::rename(part, path);
}

}  // namespace

std::vector<std::string> lexicon_tables() {
  std::vector<std::string> out;
  for (const std::string_view f : Base::files()) out.emplace_back(f.substr(0, f.size() - 4));
  return out;
}

std::vector<std::string> lexicon_columns(const std::string& table) {
  std::vector<std::string> out;
  for (const std::string_view c : Base::columns(table_of(table))) out.emplace_back(c);
  return out;
}

LexiconCheck check_lexicon(const std::filesystem::path& data_dir, const std::filesystem::path& lexicon) {
  (void)Base::load(data_dir, lexicon);
  const std::vector<Table> shipped = parse_all(Base::read_tables(data_dir));
  const std::vector<Table> own = lexicon.empty() ? std::vector<Table>() : parse_all(Base::read_overlay(lexicon));
  Known known;
  for (size_t i = 0; i < Base::kTables; ++i) learn(known, i, shipped[i]);
  // A row of the folder may rest on others of the folder: a new party's ministers.
  for (size_t i = 0; i < own.size(); ++i)
    for (size_t r = 0; r < own[i].size(); ++r) {
      if (i == 0) known.parties.emplace(own[i].cell(r, 0));
      if (i == 1) known.groups.emplace(own[i].cell(r, 3));
    }
  LexiconCheck out;
  Checker checker(known, out.notes);
  for (size_t i = 0; i < Base::kTables; ++i) {
    LexiconCount count{std::string(Base::files()[i].substr(0, Base::files()[i].size() - 4)), shipped[i].size(), 0, 0};
    const Table& table = own.empty() ? shipped[i] : own[i];
    std::set<std::string_view> ids;
    for (size_t r = 0; r < shipped[i].size(); ++r) ids.insert(shipped[i].cell(r, 0));
    for (size_t r = 0; r < table.size(); ++r) {
      checker.row(i, table, r);
      if (!own.empty()) ++(ids.contains(table.cell(r, 0)) ? count.replaced : count.added);
    }
    out.tables.push_back(std::move(count));
  }
  return out;
}

std::vector<std::string> add_to_lexicon(const std::filesystem::path& data_dir, const std::filesystem::path& lexicon, const std::vector<LexiconRow>& rows) {
  std::error_code failed;
  std::filesystem::create_directories(lexicon, failed);
  if (failed) throw Error("cannot make the lexicon folder " + lexicon.string() + ": " + failed.message());
  const Base::Tables before = Base::read_overlay(lexicon);
  const std::vector<Table> shipped = parse_all(Base::read_tables(data_dir)), own = parse_all(before);
  std::array<Written, Base::kTables> written;
  for (size_t i = 0; i < Base::kTables; ++i) {
    written[i].comments = comments_of(before[i].second);
    for (size_t r = 0; r < own[i].size(); ++r) {
      std::vector<std::string> cells;
      for (size_t c = 0; c < own[i].columns(); ++c) cells.emplace_back(own[i].cell(r, c));
      written[i].rows.emplace(cells[0], std::move(cells));
    }
  }
  std::vector<std::string> ids;
  std::set<size_t> touched;
  for (const LexiconRow& row : rows) {
    const size_t which = table_of(row.table);
    const std::vector<std::string> columns = lexicon_columns(row.table);
    std::map<std::string, std::string> given;
    for (const auto& [column, value] : row.cells) {
      const std::string name = column.ends_with('+') ? column.substr(0, column.size() - 1) : column;
      if (std::find(columns.begin(), columns.end(), name) == columns.end()) throw Error("the table " + row.table + " has no column \"" + name + "\"");
      if (value.find_first_of("\t\n\r") != std::string::npos) throw Error("the value of \"" + name + "\" holds a tab or line end");
      given[column] = value;
    }
    const std::string id = given.contains("id") ? given["id"] : made_id(which, given);
    std::vector<std::string> cells(columns.size());
    if (const auto at = written[which].rows.find(id); at != written[which].rows.end()) cells = at->second;
    else if (const auto r = row_of(shipped[which], id))
      for (size_t c = 0; c < columns.size(); ++c) cells[c] = shipped[which].cell(*r, c);
    cells[0] = id;
    for (size_t c = 1; c < columns.size(); ++c) {
      if (const auto at = given.find(columns[c]); at != given.end()) cells[c] = at->second;
      if (const auto at = given.find(columns[c] + "+"); at != given.end()) cells[c] += (cells[c].empty() ? "" : "; ") + at->second;
    }
    written[which].rows.insert_or_assign(id, std::move(cells));
    touched.insert(which);
    ids.push_back(id);
  }
  Base::Tables tables = Base::read_tables(data_dir), overlays = before;
  std::array<std::string, Base::kTables> bytes;
  for (const size_t i : touched) {
    bytes[i] = printed(i, written[i]);
    overlays[i] = {(lexicon / std::string(Base::files()[i])).string(), bytes[i]};
  }
  (void)Base::parse(std::move(tables), std::move(overlays));
  for (const size_t i : touched) write_whole(lexicon / std::string(Base::files()[i]), bytes[i]);
  return ids;
}

}  // namespace demarche
