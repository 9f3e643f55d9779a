#include "demarche/names/base.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

#include "demarche/core/utf8.h"

namespace demarche::names {
namespace {

constexpr std::array<std::string_view, Base::kTables> kFiles = {"parties.tsv", "groups.tsv", "persons.tsv", "titles.tsv", "places.tsv", "cities.tsv", "arms.tsv", "given_names.tsv", "party_traits.tsv"};
constexpr size_t kMostUnits = 16;  // of one name
constexpr unsigned kLeastConsonants = 3;  // of a sound: shorter ones are shared by too many

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "2017-05-10", "2017-05" or "2017": the first or last day meant.
std::optional<Day> term_day(std::string_view text, bool last) {
  const auto year = number(text.substr(0, 4));
  if (!year || text.size() < 4) return std::nullopt;
  if (text.size() == 4) return make_day(*year, last ? 12 : 1, last ? 31 : 1);
  if (text.size() < 7 || text[4] != '-') return std::nullopt;
  const auto month = number(text.substr(5, 2));
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  if (text.size() == 7) return make_day(*year, *month, last ? days_in_month(*year, *month) : 1);
  if (text.size() != 10 || text[7] != '-') return std::nullopt;
  const auto day = number(text.substr(8, 2));
  return day ? make_day(*year, *month, *day) : std::nullopt;
}

std::optional<double> decimal(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Unit hashes of a key such as "yoshihide-suga" or "dublin.usa" (up to the dot or tilde).
size_t key_units(std::string_view key, std::array<uint64_t, kMostUnits>& out) {
  size_t count = 0;
  for (size_t at = 0; at < key.size() && count < kMostUnits;) {
    size_t end = at;
    while (end < key.size() && key[end] != '-' && key[end] != '.' && key[end] != '~') ++end;
    if (end > at) out[count++] = word_hash(key.substr(at, end - at));
    if (end < key.size() && key[end] != '-') break;
    at = end + 1;
  }
  return count;
}

// "mark-a-milley": one letter between two words.
bool has_initial(std::string_view id) {
  const size_t first = id.find('-');
  return first != std::string_view::npos && first + 2 < id.size() && id[first + 2] == '-';
}

// Family names that come first (the name is written family first in the table). "Carrie Lam", "Joseph Wu": of two words in Hong Kong and Taiwan
// the first is a given name; Chinese given names have a hyphen there.
bool family_first(std::string_view party, size_t words) {
  if (words == 2 && (party == "TWN" || party == "HKG")) return false;
  return party == "KOR" || party == "PRK" || party == "CHN" || party == "VNM" || party == "TWN" || party == "KHM" || party == "HKG";
}

bool is_particle(std::string_view word) {
  constexpr std::array<std::string_view, 16> kParticles = {"al", "el", "bin", "ibn", "van", "von", "de", "der", "da", "di", "du", "le", "la", "ter", "den", "ben"};
  return std::find(kParticles.begin(), kParticles.end(), word) != kParticles.end();
}

// The bytes of a file; nothing when it is not there.
std::optional<std::string> bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::string bytes;
  in.seekg(0, std::ios::end);
  bytes.resize(static_cast<size_t>(std::max<std::streamoff>(0, in.tellg())));
  in.seekg(0);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

}  // namespace

std::span<const std::string_view> Base::files() { return kFiles; }

const std::vector<std::string_view>& Base::columns(size_t table) {
  static const std::array<std::vector<std::string_view>, kTables> kColumns = {{{"id", "name", "aliases", "demonyms", "capital", "metonyms"},
                                                                              {"id", "name", "aliases", "party", "country", "sector", "kind"},
                                                                              {"id", "name", "aliases", "wikidata", "terms"},
                                                                              {"id", "singular", "plural", "part", "sector", "class"},
                                                                              {"id", "name", "aliases", "country", "lat", "lon", "kind"},
                                                                              {"id", "name", "country", "lat", "lon", "population"},
                                                                              {"id", "name", "aliases", "kind", "party"},
                                                                              {"id", "gender", "formal"},
                                                                              {"id", "parties"}}};
  return kColumns[table];
}

Base Base::load(const std::filesystem::path& data_dir, const std::filesystem::path& overlay) {
  return parse(read_tables(data_dir), overlay.empty() ? Tables{} : read_overlay(overlay));
}

Base::Tables Base::read_tables(const std::filesystem::path& data_dir) {
  Tables tables;
  for (size_t i = 0; i < kTables; ++i) {
    const auto path = data_dir / "en" / kFiles[i];
    auto bytes = bytes_of(path);
    if (!bytes) throw Error("cannot read the data file " + path.string());
    tables[i] = {path.string(), std::move(*bytes)};
  }
  return tables;
}

Base::Tables Base::read_overlay(const std::filesystem::path& overlay) {
  constexpr size_t kMostFiles = 1000;  // looked at in the folder
  std::error_code failed;
  size_t seen = 0;
  std::filesystem::directory_iterator entries(overlay, failed);
  if (failed) throw Error("cannot read the lexicon folder " + overlay.string() + ": " + failed.message());
  for (const auto& entry : entries) {
    const std::string name = entry.path().filename().string();
    if (++seen > kMostFiles) throw Error(overlay.string() + ": a lexicon folder holds tables only; this one has over 1,000 files");
    if (name.ends_with(".tsv") && std::find(kFiles.begin(), kFiles.end(), name) == kFiles.end())
      throw Error(entry.path().string() + ": no table of this name can be laid over the shipped ones; they are parties, groups, persons, titles, places, cities, arms, given_names, party_traits");
  }
  Tables tables;
  for (size_t i = 0; i < kTables; ++i)
    if (auto bytes = bytes_of(overlay / kFiles[i])) tables[i] = {(overlay / kFiles[i]).string(), std::move(*bytes)};
  return tables;
}

Base Base::parse(Tables tables, Tables overlays) {
  Base base;
  base.longest_.assign(kBuckets, 0);
  base.entries_.reserve(80000);
  base.tables_.reserve(2 * kTables);
  const auto checked = [&](std::pair<std::string, std::string>& source, size_t which) -> const Table& {
    base.tables_.push_back(Table::parse(std::move(source.first), std::move(source.second), columns(which)));
    const Table& table = base.tables_.back();
    for (size_t row = 0; row < table.size(); ++row) {
      if (table.cell(row, 0).empty()) table.fail(row, 0, "the id is empty");
      if (row > 0 && table.cell(row, 0) <= table.cell(row - 1, 0))
        table.fail(row, 0, table.cell(row, 0) == table.cell(row - 1, 0) ? "the id stands twice" : "rows must be sorted by id");
    }
    return table;
  };
  for (size_t i = 0; i < kTables; ++i) {
    const Table& table = checked(tables[i], i);
    const Table* overlay = overlays[i].first.empty() ? nullptr : &checked(overlays[i], i);
    base.overlay_ = overlay;
    base.read(i, table);
    base.overlay_ = nullptr;
    if (overlay) base.read(i, *overlay);
  }
  for (size_t i = 0; i < base.parties_.size(); ++i) base.party_rows_.emplace_back(base.parties_[i].code, static_cast<int>(i));
  std::sort(base.party_rows_.begin(), base.party_rows_.end());
  base.index_terms();
  std::sort(base.sounds_.begin(), base.sounds_.end());
  std::sort(base.family_sounds_.begin(), base.family_sounds_.end());
  base.build_index();
  return base;
}

bool Base::replaced(const Table& table, size_t row) const {
  if (!overlay_) return false;
  size_t low = 0, high = overlay_->size();
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (overlay_->cell(middle, 0) < table.cell(row, 0)) low = middle + 1;
    else high = middle;
  }
  return low < overlay_->size() && overlay_->cell(low, 0) == table.cell(row, 0);
}

void Base::read(size_t which, const Table& table) {
  switch (which) {
    case 0: return read_parties(table);
    case 1: return read_groups(table);
    case 2: return read_persons(table);
    case 3: return read_titles(table);
    case 4: return read_places(table, places_, EntryKind::place, true);
    case 5: return read_places(table, cities_, EntryKind::city, false);
    case 6: return read_arms(table);
    case 7: return read_given_names(table);
    default: return read_traits(table);
  }
}

// Position of an item, added when it is new; `likely` is tried first.
uint16_t Base::index_of(std::vector<std::string_view>& list, std::string_view item, uint16_t likely) {
  if (likely < list.size() && list[likely] == item) return likely;
  for (size_t i = 0; i < list.size(); ++i)
    if (list[i] == item) return static_cast<uint16_t>(i);
  list.push_back(item);
  return static_cast<uint16_t>(list.size() - 1);
}

int Base::party_row(std::string_view code) const {
  const auto at = std::lower_bound(party_rows_.begin(), party_rows_.end(), std::pair(code, 0));
  return at != party_rows_.end() && at->first == code ? at->second : -1;
}

bool Base::armed(std::string_view code) const {
  return party_row(code) < 0 && std::any_of(groups_.begin(), groups_.end(), [&](const Group& g) { return g.party == code && g.kind == "armed_group" && g.sector == "REB"; });
}

void Base::read_parties(const Table& table) {
  for (size_t i = 0; i < table.size(); ++i) {
    if (table.cell(i, 0).size() != 3) table.fail(i, 0, "a party's id has three letters");
    if (table.cell(i, 1).empty()) table.fail(i, 1, "the name is empty");
    if (replaced(table, i)) continue;
    const auto row = static_cast<uint32_t>(parties_.size());
    const auto demonyms = split_list(table.cell(i, 3));
    parties_.push_back({table.cell(i, 0), table.cell(i, 1), demonyms.empty() ? table.cell(i, 1) : demonyms.front(), 0});
    for (const Unit& u : units_of_name(parties_.back().demonym)) parties_.back().demonym_hash = chain(parties_.back().demonym_hash, u.hash);
    add_name(table.cell(i, 1), EntryKind::party, row, false);
    add_list(table.cell(i, 2), EntryKind::party, row);
    add_list(table.cell(i, 3), EntryKind::demonym, row);
    add_list(table.cell(i, 4), EntryKind::capital, row);
    add_list(table.cell(i, 5), EntryKind::metonym, row);
  }
}

void Base::read_groups(const Table& table) {
  for (size_t i = 0; i < table.size(); ++i) {
    for (const size_t column : {size_t{1}, size_t{3}, size_t{5}, size_t{6}})
      if (table.cell(i, column).empty()) table.fail(i, column, "the cell is empty");
    if (replaced(table, i)) continue;
    const auto row = static_cast<uint32_t>(groups_.size());
    groups_.push_back({table.cell(i, 0), table.cell(i, 1), table.cell(i, 3), table.cell(i, 4), table.cell(i, 5), table.cell(i, 6)});
    add_name(table.cell(i, 1), EntryKind::group, row, false);
    add_list(table.cell(i, 2), EntryKind::group, row);
  }
}

void Base::read_terms(const Table& table, size_t row) {
  const std::string_view cell = table.cell(row, 4);
  for (size_t at = 0; at <= cell.size();) {
    const size_t semicolon = cell.find("; ", at);
    const std::string_view text = cell.substr(at, semicolon == std::string_view::npos ? semicolon : semicolon - at);
    std::array<std::string_view, 6> f;
    size_t n = 0;
    for (size_t from = 0; n < 6; ++n) {
      const size_t bar = text.find('|', from);
      f[n] = text.substr(from, bar == std::string_view::npos ? bar : bar - from);
      if (bar == std::string_view::npos) {
        ++n;
        break;
      }
      from = bar + 1;
    }
    if (n != 6 || f[0].empty() || f[1].empty()) table.fail(row, 4, "a term has six parts: party|class|first day|last day|office|sources");
    Term term;
    const bool more = !terms_.empty();
    term.party = index_of(codes_, f[0], more ? terms_.back().party : 0);
    term.cls = index_of(classes_, f[1], more ? terms_.back().cls : 0);
    if (codes_.size() > 4000 || classes_.size() > 200) table.fail(row, 4, "too many parties or office classes");
    term.office_class = f[1];
    term.office = f[4];
    const auto start = f[2].empty() ? std::optional<Day>(Day{-1000000}) : term_day(f[2], false);
    if (!start) table.fail(row, 4, "the term's first day is no day");
    term.start = *start;
    if (!f[3].empty()) {
      term.end = term_day(f[3], true);
      if (!term.end) table.fail(row, 4, "the term's last day is no day");
    }
    terms_.push_back(term);
    term_person_.push_back(static_cast<uint32_t>(persons_.size()));
    if (semicolon == std::string_view::npos) break;
    at = semicolon + 2;
  }
}

void Base::read_persons(const Table& table) {
  std::array<uint64_t, kMostUnits> units{};
  persons_.reserve(table.size());
  for (size_t i = 0; i < table.size(); ++i) {
    if (table.cell(i, 1).empty()) table.fail(i, 1, "the name is empty");
    if (replaced(table, i)) continue;
    Person person{table.cell(i, 0), table.cell(i, 1), table.cell(i, 3), static_cast<uint32_t>(terms_.size()), 0};
    read_terms(table, i);
    person.terms = static_cast<uint32_t>(terms_.size()) - person.first_term;
    const auto row = static_cast<uint32_t>(persons_.size());
    persons_.push_back(person);
    const size_t n = key_units(person.id, units);
    if (n == 0) table.fail(i, 0, "the id holds no word");
    uint64_t full = 0, rotated = 0;
    for (size_t u = 0; u < n; ++u) full = chain(full, units[u]);
    add(full, units[0], n, EntryKind::person, row, Case::capital, false);
    if (n > 1) {
      const bool first = family_first(code(terms_[person.first_term].party), n);
      if (first) {
        for (size_t u = 1; u < n; ++u) rotated = chain(rotated, units[u]);
        rotated = chain(rotated, units[0]);
        add(rotated, units[1], n, EntryKind::rotated, row, Case::capital, false);
        add(chain(0, units[0]), units[0], 1, EntryKind::family, row, Case::capital, false);
      } else {
        rotated = chain(rotated, units[n - 1]);
        for (size_t u = 0; u + 1 < n; ++u) rotated = chain(rotated, units[u]);
        add(rotated, units[n - 1], n, EntryKind::rotated, row, Case::capital, false);
        add(chain(0, units[n - 1]), units[n - 1], 1, EntryKind::family, row, Case::capital, false);
        if (n > 2) {  // "Burhan" and "al-Burhan"
          std::string_view id = person.id;
          const size_t last = id.rfind('-');
          const size_t before = id.rfind('-', last - 1);
          if (before != std::string_view::npos && is_particle(id.substr(before + 1, last - before - 1)))
            add(chain(chain(0, units[n - 2]), units[n - 1]), units[n - 2], 2, EntryKind::family, row, Case::any, false);
        }
      }
    }
    // "Mark A. Milley" is "Mark Milley" as well.
    if (n == 3 && has_initial(person.id)) add(chain(chain(0, units[0]), units[2]), units[0], 2, EntryKind::person, row, Case::capital, false);
    add_list(table.cell(i, 2), EntryKind::person, row);
    add_sounds(person.id, n > 1 && family_first(code(terms_[person.first_term].party), n), row);
  }
}

void Base::add_sounds(std::string_view id, bool first, uint32_t row) {
  const std::string_view name = id.substr(0, id.find('~'));
  const size_t cut = first ? name.find('-') : name.rfind('-');
  Sound whole;
  for (size_t at = 0; at < name.size();) {
    const size_t end = std::min(name.find('-', at), name.size());
    whole = with_word(whole, name.substr(at, end - at));
    at = end + 1;
  }
  if (cut != std::string_view::npos && whole.consonants >= kLeastConsonants) sounds_.emplace_back(whole.hash, row);
  const Sound family = with_word({}, cut == std::string_view::npos ? name : first ? name.substr(0, cut) : name.substr(cut + 1));
  if (family.consonants >= kLeastConsonants) family_sounds_.emplace_back(family.hash, row);
}

std::vector<uint32_t> Base::sounding(Sound sound, bool family) const {
  std::vector<uint32_t> out;
  if (sound.consonants < kLeastConsonants) return out;
  const auto& list = family ? family_sounds_ : sounds_;
  for (auto at = std::lower_bound(list.begin(), list.end(), std::pair(sound.hash, 0u)); at != list.end() && at->first == sound.hash; ++at) out.push_back(at->second);
  return out;
}

void Base::index_terms() {
  for (uint32_t i = 0; i < terms_.size(); ++i)
    if (terms_[i].office_class != "minister_other" && terms_[i].office_class != "ambassador") by_class_.push_back(i);
  const auto key = [&](uint32_t t) { return (static_cast<uint64_t>(terms_[t].party) << 48) | (static_cast<uint64_t>(terms_[t].cls) << 32) | t; };
  std::sort(by_class_.begin(), by_class_.end(), [&](uint32_t a, uint32_t b) { return key(a) < key(b); });
}

void Base::read_titles(const Table& table) {
  constexpr std::array<std::string_view, 7> kParts = {"post", "rank", "staff", "body", "people", "mod", "field"};
  for (size_t i = 0; i < table.size(); ++i) {
    const auto part = std::find(kParts.begin(), kParts.end(), table.cell(i, 3));
    if (part == kParts.end()) table.fail(i, 3, "the part must be post, rank, staff, body, people, mod or field");
    const auto first = split_list(table.cell(i, 1).empty() ? table.cell(i, 2) : table.cell(i, 1));
    if (first.empty()) table.fail(i, 1, "the title has no words");
    if (replaced(table, i)) continue;
    const auto row = static_cast<uint32_t>(titles_.size());
    titles_.push_back({table.cell(i, 0), table.cell(i, 4), table.cell(i, 5), first.front(), static_cast<Part>(part - kParts.begin())});
    add_list(table.cell(i, 1), EntryKind::title, row);
    add_list(table.cell(i, 2), EntryKind::titles, row);
  }
}

void Base::read_places(const Table& table, std::vector<Place>& out, EntryKind kind, bool aliases) {
  const size_t at_country = aliases ? 3 : 2;
  std::array<uint64_t, kMostUnits> units{};
  out.reserve(table.size());
  for (size_t i = 0; i < table.size(); ++i) {
    if (replaced(table, i)) continue;
    Place place{table.cell(i, 0), table.cell(i, 1), table.cell(i, at_country), aliases ? table.cell(i, 6) : "city", {}, {}, 0};
    const auto lat = decimal(table.cell(i, at_country + 1)), lon = decimal(table.cell(i, at_country + 2));
    const bool none = aliases && table.cell(i, at_country + 1).empty() && table.cell(i, at_country + 2).empty();
    if (!none && (!lat || *lat < -90 || *lat > 90)) table.fail(i, at_country + 1, "the latitude is no number from -90 to 90");
    if (!none && (!lon || *lon < -180 || *lon > 180)) table.fail(i, at_country + 2, "the longitude is no number from -180 to 180");
    place.lat = lat;
    place.lon = lon;
    const auto row = static_cast<uint32_t>(out.size());
    if (aliases) {
      add_name(table.cell(i, 1), kind, row, false);
      add_list(table.cell(i, 2), kind, row);
    } else {
      const auto population = number(table.cell(i, 5));
      if (!population || *population < 0) table.fail(i, 5, "the population is no number");
      place.population = static_cast<uint32_t>(*population);
      const size_t n = key_units(place.id, units);
      if (n == 0) table.fail(i, 0, "the id holds no word");
      uint64_t hash = 0;
      for (size_t u = 0; u < n; ++u) hash = chain(hash, units[u]);
      add(hash, units[0], n, kind, row, Case::capital, false);
    }
    out.push_back(place);
  }
}

void Base::read_arms(const Table& table) {
  for (size_t i = 0; i < table.size(); ++i) {
    if (replaced(table, i)) continue;
    const auto row = static_cast<uint32_t>(arms_.size());
    arms_.push_back({table.cell(i, 0), table.cell(i, 1), table.cell(i, 3), table.cell(i, 4)});
    if (arms_.back().kind != "weapon" && arms_.back().kind != "vessel") table.fail(i, 3, "the kind must be weapon or vessel");
    add_name(table.cell(i, 1), EntryKind::arms, row, false);
    add_list(table.cell(i, 2), EntryKind::arms, row);
  }
}

void Base::read_given_names(const Table& table) {
  for (size_t i = 0; i < table.size(); ++i) {
    if (table.cell(i, 1) != "f" && table.cell(i, 1) != "m") table.fail(i, 1, "the gender must be f or m");
    if (replaced(table, i)) continue;
    std::array<uint64_t, kMostUnits> units{};
    uint64_t hash = 0;
    const size_t n = key_units(table.cell(i, 0), units);
    for (size_t u = 0; u < n; ++u) hash = chain(hash, units[u]);
    given_names_.emplace_back(hash, table.cell(i, 1)[0]);
    for (const std::string_view formal : split_list(table.cell(i, 2))) formal_names_.emplace_back(units[0], word_hash(formal));
  }
  std::sort(given_names_.begin(), given_names_.end());
  std::sort(formal_names_.begin(), formal_names_.end());
}

void Base::read_traits(const Table& table) {
  for (size_t i = 0; i < table.size(); ++i) {
    if (replaced(table, i)) continue;
    uint64_t hash = 0;
    for (const Unit& u : units_of_name(table.cell(i, 0))) hash = chain(hash, u.hash);
    std::vector<std::string_view> codes = split_list(table.cell(i, 1));
    for (const std::string_view code : codes)
      if (code.size() != 3) table.fail(i, 1, "a party's id has three letters");
    if (codes.empty()) table.fail(i, 1, "no party has the trait");
    std::sort(codes.begin(), codes.end());
    traits_.emplace_back(hash, std::move(codes));
  }
  std::sort(traits_.begin(), traits_.end());
}

std::vector<uint32_t> Base::traits_in(std::span<const Unit> units) const {
  std::vector<uint32_t> out;
  for (size_t i = 0; i < units.size(); ++i) {
    uint64_t hash = 0;
    for (size_t n = 0; n < 3 && i + n < units.size(); ++n) {
      hash = chain(hash, units[i + n].hash);
      const auto at = std::lower_bound(traits_.begin(), traits_.end(), hash, [](const auto& t, uint64_t h) { return t.first < h; });
      if (at != traits_.end() && at->first == hash) out.push_back(static_cast<uint32_t>(at - traits_.begin()));
    }
  }
  return out;
}

bool Base::has_trait(uint32_t row, std::string_view party) const { return std::binary_search(traits_[row].second.begin(), traits_[row].second.end(), party); }

std::vector<uint64_t> Base::formal_names(uint64_t unit) const {
  std::vector<uint64_t> out;
  for (auto at = std::lower_bound(formal_names_.begin(), formal_names_.end(), std::pair(unit, uint64_t{0})); at != formal_names_.end() && at->first == unit; ++at) out.push_back(at->second);
  return out;
}

char Base::gender_of(uint64_t unit) const {
  const auto at = std::lower_bound(given_names_.begin(), given_names_.end(), std::pair(unit, char{0}));
  return at != given_names_.end() && at->first == unit ? at->second : 0;
}

void Base::add_list(std::string_view list, EntryKind kind, uint32_t row) {
  for (size_t at = 0; at < list.size();) {
    size_t end = list.find(';', at);
    if (end == std::string_view::npos) end = list.size();
    std::string_view item = trim(list.substr(at, end - at));
    at = end + 1;
    const size_t mark = item.rfind('?');
    const bool context = mark != std::string_view::npos && (mark + 1 == item.size() || mark + 4 == item.size());
    const std::string_view partner = context ? item.substr(mark + 1) : std::string_view();
    if (context) item = item.substr(0, mark);
    if (!item.empty()) add_name(item, kind, row, context, partner);
  }
}

void Base::add_name(std::string_view name, EntryKind kind, uint32_t row, bool context, std::string_view partner) {
  // "Ministry of Defence (UK)": what stands in brackets only tells two rows apart.
  if (const size_t bracket = name.find(" ("); bracket != std::string_view::npos && name.back() == ')' && kind == EntryKind::group) {
    name = name.substr(0, bracket);
    context = true;
  }
  const bool definite = context && name.starts_with("the ");
  if ((name.starts_with("the ") || name.starts_with("The ")) && name.size() > 4) name.remove_prefix(4);
  const std::vector<Unit> units = units_of_name(name);
  if (units.empty() || units.size() > kMostUnits) return;
  uint64_t hash = 0;
  bool upper = false, caps = true;
  for (const Unit& u : units) {
    hash = chain(hash, u.hash);
    upper = upper || u.capital;
    caps = caps && u.all_caps;
  }
  Case c = caps ? Case::all_caps : upper ? Case::capital : Case::any;
  if (c == Case::capital && !is_upper(name.front()) && static_cast<unsigned char>(name.front()) < 0x80) c = Case::any;
  if (units.size() == 1 && units[0].mixed) c = Case::mixed;
  add(hash, units[0].hash, units.size(), kind, row, c, context, definite);
  if (partner.size() == 3) std::copy(partner.begin(), partner.end(), entries_.back().partner.begin());
}

void Base::add(uint64_t hash, uint64_t first_unit, size_t units, EntryKind kind, uint32_t row, Case c, bool context, bool definite) {
  entries_.push_back({hash, row, kind, c, context, definite, static_cast<uint8_t>(units), {}});
  uint8_t& most = longest_[first_unit & (kBuckets - 1)];
  most = std::max(most, static_cast<uint8_t>(units));
}

void Base::build_index() {
  bucket_begin_.assign(kBuckets + 1, 0);
  for (const Entry& e : entries_) ++bucket_begin_[(e.hash >> 48) + 1];
  for (size_t i = 0; i < kBuckets; ++i) bucket_begin_[i + 1] += bucket_begin_[i];
  std::vector<Entry> sorted(entries_.size());
  std::vector<uint32_t> next(bucket_begin_.begin(), bucket_begin_.end() - 1);
  for (const Entry& e : entries_) sorted[next[e.hash >> 48]++] = e;
  for (size_t i = 0; i < kBuckets; ++i)
    if (bucket_begin_[i + 1] - bucket_begin_[i] > 1)
      std::sort(sorted.begin() + bucket_begin_[i], sorted.begin() + bucket_begin_[i + 1], [](const Entry& a, const Entry& b) {
        return a.hash != b.hash ? a.hash < b.hash : a.kind != b.kind ? a.kind < b.kind : a.row < b.row;
      });
  entries_ = std::move(sorted);
}

std::span<const Entry> Base::find(uint64_t hash) const {
  const auto begin = entries_.begin() + bucket_begin_[hash >> 48], end = entries_.begin() + bucket_begin_[(hash >> 48) + 1];
  auto first = begin;
  while (first != end && first->hash != hash) ++first;
  auto last = first;
  while (last != end && last->hash == hash) ++last;
  return {first, last};
}

std::vector<uint32_t> Base::holders(std::string_view party, std::string_view cls, Day day) const {
  std::vector<uint32_t> out;
  const auto position = [](const std::vector<std::string_view>& list, std::string_view item) { return static_cast<uint64_t>(std::find(list.begin(), list.end(), item) - list.begin()); };
  const uint64_t want = (position(codes_, party) << 16) | position(classes_, cls);
  const auto key = [&](uint32_t t) { return (static_cast<uint64_t>(terms_[t].party) << 16) | terms_[t].cls; };
  for (auto at = std::lower_bound(by_class_.begin(), by_class_.end(), want, [&](uint32_t t, uint64_t k) { return key(t) < k; }); at != by_class_.end() && key(*at) == want; ++at) {
    const Term& t = terms_[*at];
    if (t.start <= day && (!t.end || day <= *t.end)) out.push_back(term_person_[*at]);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace demarche::names
