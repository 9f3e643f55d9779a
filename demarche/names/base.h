// The knowledge base in memory: the tables of data/en as they stand, and one index from folded names to their rows.
// Immutable after loading; thread safe.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/core/calendar.h"
#include "demarche/core/table.h"
#include "demarche/names/sound.h"
#include "demarche/names/units.h"

namespace demarche::names {

// What a name of the index stands for. The order is that of preference when one name is several things.
enum class EntryKind : uint8_t {
  party,       // name or alias of a state or body
  capital,     // capital or seat
  metonym,     // palace, street
  demonym,     // "Japanese", "Japanese people"
  group,       // row of groups.tsv
  person,      // full name
  rotated,     // full name, family name at the other end
  family,      // family name alone
  title,       // row of titles.tsv, singular
  titles,      // plural
  place,       // row of places.tsv
  city,        // row of cities.tsv
  arms,        // row of arms.tsv: weapons and vessels
};

// How the words must be written.
enum class Case : uint8_t { any, capital, all_caps, mixed };

struct Entry {
  uint64_t hash = 0;
  uint32_t row = 0;
  EntryKind kind = EntryKind::party;
  Case case_ = Case::capital;
  bool context = false;  // means the row only where the report has spoken of it
  bool definite = false; // only behind "the" ("the North")
  uint8_t units = 1;
  std::array<char, 3> partner = {};  // a party that gives the context too: "the North" where South Korea is told of
  std::string_view partner_code() const { return partner[0] ? std::string_view(partner.data(), 3) : std::string_view(); }
};

struct Party {
  std::string_view code, name, demonym;  // the first demonym
  uint64_t demonym_hash = 0;
};

struct Group {
  std::string_view id, name, party, country, sector, kind;
};

// One term of office. Open when `end` is empty.
struct Term {
  uint16_t party = 0;  // index into codes()
  uint16_t cls = 0;    // index into classes()
  std::string_view office_class, office;
  Day start;
  std::optional<Day> end;
};

struct Person {
  std::string_view id, name, wikidata;
  uint32_t first_term = 0, terms = 0;
};

enum class Part : uint8_t { post, rank, staff, body, people, mod, field };

struct Title {
  std::string_view id, sector, cls, name;  // name: the first form
  Part part = Part::post;
};

struct Place {
  std::string_view id, name, country, kind;
  std::optional<double> lat, lon;
  uint32_t population = 0;  // thousands
};

struct Arms {
  std::string_view id, name, kind, party;
};

class Base {
 public:
  static constexpr size_t kTables = 9;
  using Tables = std::array<std::pair<std::string, std::string>, kTables>;
  // File names of the tables and their columns, in the order of Tables.
  static std::span<const std::string_view> files();
  static const std::vector<std::string_view>& columns(size_t table);
  // Reads parties, groups, persons, titles, places, cities, arms, given_names and party_traits below `data_dir`/en, and the files of the
  // same names in `overlay` (none when empty), whose rows stand over those of equal id. Throws Error.
  static Base load(const std::filesystem::path& data_dir, const std::filesystem::path& overlay = {});
  // The tables' bytes as load() reads them. Throws Error when a shipped table is missing, the overlay is no folder, or holds a .tsv file
  // that is none of the tables.
  static Tables read_tables(const std::filesystem::path& data_dir);
  static Tables read_overlay(const std::filesystem::path& overlay);
  // The same from memory, for tests and fuzzing: name and bytes of each table, in that order.
  static Base parse(Tables tables, Tables overlays = {});

  std::span<const Entry> find(uint64_t hash) const;
  // Longest name that begins with this unit, in units; 0 when none does.
  unsigned longest(uint64_t first_unit) const { return longest_[first_unit & (kBuckets - 1)]; }

  std::span<const Party> parties() const { return parties_; }
  std::span<const Group> groups() const { return groups_; }
  std::span<const Person> persons() const { return persons_; }
  std::span<const Term> terms(const Person& p) const { return std::span<const Term>(terms_).subspan(p.first_term, p.terms); }
  std::span<const Title> titles() const { return titles_; }
  std::span<const Place> places() const { return places_; }
  std::span<const Place> cities() const { return cities_; }
  std::span<const Arms> arms() const { return arms_; }
  std::string_view code(uint16_t party) const { return codes_[party]; }
  // 'f' or 'm' for a given name's unit, else 0.
  char gender_of(uint64_t unit) const;
  // The formal names that a short one may stand for ("jim": james), as unit hashes.
  std::vector<uint64_t> formal_names(uint64_t unit) const;
  // The traits among these words ("west african", "kingdom"), by which "the country" is told, as rows for has_trait.
  std::vector<uint32_t> traits_in(std::span<const Unit> units) const;
  bool has_trait(uint32_t row, std::string_view party) const;
  // Row of parties() with that code, or -1.
  int party_row(std::string_view code) const;
  // Whether the code is that of an armed group with no state of its own.
  bool armed(std::string_view code) const;
  // Rows of persons() whose whole name, or family name alone, sounds so.
  std::vector<uint32_t> sounding(Sound sound, bool family) const;
  // Rows of persons() who held an office of that class for that party on that day.
  std::vector<uint32_t> holders(std::string_view party, std::string_view cls, Day day) const;

 private:
  Base() = default;
  // Whether the overlay has a row of that id.
  bool replaced(const Table& table, size_t row) const;
  void read(size_t which, const Table& table);
  void read_parties(const Table& table);
  void read_groups(const Table& table);
  void read_persons(const Table& table);
  void read_terms(const Table& table, size_t row);
  void add_sounds(std::string_view id, bool family_first, uint32_t row);
  void index_terms();
  void read_titles(const Table& table);
  void read_places(const Table& table, std::vector<Place>& out, EntryKind kind, bool aliases);
  void read_arms(const Table& table);
  void read_given_names(const Table& table);
  void read_traits(const Table& table);
  void add_list(std::string_view list, EntryKind kind, uint32_t row);
  void add_name(std::string_view name, EntryKind kind, uint32_t row, bool context, std::string_view partner = {});
  void add(uint64_t hash, uint64_t first_unit, size_t units, EntryKind kind, uint32_t row, Case c, bool context, bool definite = false);
  void build_index();
  static uint16_t index_of(std::vector<std::string_view>& list, std::string_view item, uint16_t likely);

  static constexpr size_t kBuckets = 1 << 16;
  std::vector<Table> tables_;  // own the bytes
  const Table* overlay_ = nullptr;  // while a table is read over which it stands
  std::vector<std::pair<std::string_view, int>> party_rows_;  // by code
  std::vector<Party> parties_;
  std::vector<Group> groups_;
  std::vector<Person> persons_;
  std::vector<Term> terms_;
  std::vector<uint32_t> term_person_;
  std::vector<uint32_t> by_class_;  // terms of the classes that holders() is asked for
  std::vector<std::pair<uint32_t, uint32_t>> sounds_, family_sounds_;  // hash of the sound, row; sorted
  std::vector<Title> titles_;
  std::vector<Place> places_, cities_;
  std::vector<Arms> arms_;
  std::vector<std::pair<uint64_t, std::vector<std::string_view>>> traits_;  // by hash of the words; codes sorted
  std::vector<std::string_view> codes_, classes_;
  std::vector<std::pair<uint64_t, char>> given_names_;  // by hash
  std::vector<std::pair<uint64_t, uint64_t>> formal_names_;
  std::vector<Entry> entries_;         // by bucket
  std::vector<uint32_t> bucket_begin_;
  std::vector<uint8_t> longest_;
};

}  // namespace demarche::names
