// A dump's entity holds its claims by property. Used are P298 (a state's ISO alpha-3 code), P1001 (whose jurisdiction an office
// belongs to), P17 (its country) and P39 (offices held, with P580 and P582 as first and last day). An office is taken when its English
// label is a title of titles.tsv, alone or followed by "of" and a name of that state: "Minister of Foreign Affairs of Ukraine".
#include "demarche/names/wikidata.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <unordered_map>

#include "demarche/core/table.h"
#include "demarche/core/utf8.h"
#include "demarche/names/base.h"
#include "demarche/names/units.h"

namespace demarche {
namespace {

using Json = nlohmann::json;
using names::Base;
using names::Unit;

constexpr size_t kMostOffices = 500000, kMostPersons = 1000000, kMostTerms = 64, kMostAliases = 8;
constexpr size_t kLongestName = 80;  // bytes

struct Term {
  std::string party, cls, start, end, office;
  auto key() const { return std::tie(start, party, cls, end, office); }
};

struct Holder {
  std::string name;
  std::vector<std::string> aliases;
  std::vector<Term> terms;
};

struct Office {
  std::string party, cls, name;
};

// Words of a name as they are compared, joined by '-'.
std::string folded(std::string_view name) {
  std::string out;
  for (const Unit& u : names::units_of_name(name)) {
    std::string word;
    for (const char c : fold(u.text))
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) word += c;
    if (!word.empty()) out += (out.empty() ? "" : "-") + word;
  }
  return out;
}

const Json* at(const Json& j, const char* key) {
  if (!j.is_object()) return nullptr;
  const auto found = j.find(key);
  return found == j.end() ? nullptr : &*found;
}

std::string text_at(const Json& j, const char* a, const char* b) {
  const Json* first = at(j, a);
  const Json* second = first ? at(*first, b) : nullptr;
  return second && second->is_string() ? second->get<std::string>() : std::string();
}

std::string label(const Json& entity) {
  const Json* labels = at(entity, "labels");
  return labels ? text_at(*labels, "en", "value") : std::string();
}

// The value of a statement's or qualifier's snak.
const Json* value_of(const Json* snak) {
  const Json* data = snak ? at(*snak, "datavalue") : nullptr;
  return data ? at(*data, "value") : nullptr;
}

std::string item_of(const Json* value) {
  const Json* id = value ? at(*value, "id") : nullptr;
  return id && id->is_string() ? id->get<std::string>() : std::string();
}

bool deprecated(const Json& statement) {
  const Json* rank = at(statement, "rank");
  return rank && *rank == "deprecated";
}

// Statements of one property; none when it has no such array.
const std::vector<Json>& statements(const Json& entity, const char* property) {
  static const std::vector<Json> kNone;
  const Json* claims = at(entity, "claims");
  const Json* list = claims ? at(*claims, property) : nullptr;
  return list && list->is_array() ? list->get_ref<const Json::array_t&>() : kNone;
}

std::vector<std::string> items(const Json& entity, const char* property) {
  std::vector<std::string> out;
  for (const Json& s : statements(entity, property))
    if (!deprecated(s))
      if (std::string id = item_of(value_of(at(s, "mainsnak"))); !id.empty() && out.size() < kMostTerms) out.push_back(std::move(id));
  return out;
}

// "+2017-05-10T00:00:00Z" with precision 11 (day), 10 (month), 9 (year) -> "2017-05-10", "2017-05", "2017".
std::string day_of(std::string_view time, int precision) {
  if (time.starts_with('+')) time.remove_prefix(1);
  const auto digit = [&](size_t i) { return time[i] >= '0' && time[i] <= '9'; };
  if (time.size() < 10 || time[4] != '-' || time[7] != '-') return "";
  for (const size_t i : {0u, 1u, 2u, 3u, 5u, 6u, 8u, 9u})
    if (!digit(i)) return "";
  const size_t length = precision >= 11 && time.substr(8, 2) != "00" ? 10 : precision >= 10 && time.substr(5, 2) != "00" ? 7 : 4;
  return std::string(time.substr(0, length));
}

std::string qualifier_day(const Json& statement, const char* property) {
  const Json* qualifiers = at(statement, "qualifiers");
  const Json* list = qualifiers ? at(*qualifiers, property) : nullptr;
  if (!list || !list->is_array() || list->empty()) return "";
  const Json* value = value_of(&list->front());
  const Json* time = value ? at(*value, "time") : nullptr;
  const Json* precision = value ? at(*value, "precision") : nullptr;
  return time && time->is_string() && precision && precision->is_number_integer() ? day_of(time->get_ref<const std::string&>(), precision->get<int>()) : "";
}

bool clean(std::string_view name) { return !name.empty() && name.size() <= kLongestName && name.find_first_of("\t\n\r;|?()") == std::string_view::npos; }

std::optional<Json> parsed(std::string_view line) {
  while (!line.empty() && (line.back() == ',' || line.back() == '\r' || line.back() == '\n' || line.back() == ' ')) line.remove_suffix(1);
  Json json = Json::parse(line, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  return json;
}

}  // namespace

class WikidataImport::State {
 public:
  State(const std::filesystem::path& data_dir, int from_year) : base(Base::load(data_dir)), first_year(std::to_string(from_year)) {
    Base::Tables tables = Base::read_tables(data_dir);
    const Table persons = Table::parse(std::move(tables[2].first), std::move(tables[2].second), Base::columns(2));
    for (size_t r = 0; r < persons.size(); ++r) {
      taken.emplace(persons.cell(r, 0), std::string(persons.cell(r, 3)));
      if (!persons.cell(r, 3).empty()) shipped.emplace(std::string(persons.cell(r, 3)), Row{std::string(persons.cell(r, 0)), std::string(persons.cell(r, 1)), std::string(persons.cell(r, 2)), std::string(persons.cell(r, 4))});
    }
  }

  // The class of an office by its label, when it is a leading office of that state as a whole.
  std::string class_of(std::string_view office, std::string_view party) const {
    const std::vector<Unit> units = names::units_of_name(office);
    const int row = base.party_row(party);
    if (units.empty() || units.size() > 16 || row < 0) return "";
    uint64_t hash = 0;
    std::string best;
    size_t best_units = 0;
    for (size_t n = 0; n < units.size() && n < 12; ++n) {
      hash = names::chain(hash, units[n].hash);
      for (const names::Entry& e : base.find(hash))
        if (e.kind == names::EntryKind::title && base.titles()[e.row].part == names::Part::post && !base.titles()[e.row].cls.empty()) best = base.titles()[e.row].cls, best_units = n + 1;
    }
    if (best.empty() || best == "leader" || best == "counterpart" || best == "lawmaker" || best == "spokesperson" || best == "cleric" || best == "judge" || best == "police" || best.starts_with("igo_")) return "";
    const bool whole = of_state(std::span(units).subspan(best_units), party);
    // "President of the Senate": another office, though it begins as one of the state does.
    if (whole) return best;
    return folded(office).starts_with("minister-") ? "minister_other" : "";
  }

  // Nothing, or "of" and a name of the state.
  bool of_state(std::span<const Unit> rest, std::string_view party) const {
    if (rest.empty()) return true;
    size_t i = 0;
    if (rest[0].text != "of" && rest[0].text != "for") return false;
    ++i;
    if (i < rest.size() && rest[i].text == "the") ++i;
    uint64_t hash = 0;
    for (; i < rest.size(); ++i) hash = names::chain(hash, rest[i].hash);
    for (const names::Entry& e : base.find(hash))
      if (e.kind == names::EntryKind::party && base.parties()[e.row].code == party) return true;
    return false;
  }

  void add(const std::string& person, const std::string& name, const std::vector<std::string>& aliases, Term term) {
    if (!clean(name) || !clean(term.office) || term.start.empty()) return;
    if (!term.end.empty() && term.end.substr(0, 4) < first_year) return;
    if (term.end.empty() && std::stoi(term.start.substr(0, 4)) + 30 < std::stoi(first_year)) return;  // no last day: not known, rather than in office
    if (!term.end.empty() && term.end < term.start.substr(0, term.end.size())) return;
    if (holders.size() >= kMostPersons && !holders.contains(person)) throw Error("over 1,000,000 office holders: is this Wikidata?");
    Holder& h = holders[person];
    if (h.name.empty()) h.name = name;
    for (const std::string& a : aliases) {
      if (h.aliases.size() >= kMostAliases || !clean(a) || a.find(' ') == std::string::npos || folded(a) == folded(h.name)) continue;
      if (std::none_of(h.aliases.begin(), h.aliases.end(), [&](const std::string& b) { return folded(a) == folded(b); })) h.aliases.push_back(a);
    }
    const bool known = std::any_of(h.terms.begin(), h.terms.end(), [&](const Term& t) { return t.key() == term.key(); });
    if (!known && h.terms.size() < kMostTerms) h.terms.push_back(std::move(term)), ++counts.terms;
  }

  struct Row {
    std::string id, name, aliases, terms;
  };
  Base base;
  std::string first_year;
  std::map<std::string, std::string, std::less<>> taken;  // id -> Wikidata item
  std::map<std::string, Row> shipped;                     // Wikidata item -> row
  std::unordered_map<std::string, std::string> states;    // item -> code; looked up only
  struct Pending {
    std::vector<std::string> of, in;
    std::string name;
  };
  std::unordered_map<std::string, Pending> pending;       // offices whose state may come later in the dump; looked up only
  std::map<std::string, Holder> holders;                  // by item
  WikidataCounts counts;
};

WikidataImport::WikidataImport(const std::filesystem::path& data_dir, int from_year) : state_(std::make_unique<State>(data_dir, from_year)) {}
WikidataImport::~WikidataImport() = default;
const WikidataCounts& WikidataImport::counts() const { return state_->counts; }

void WikidataImport::note_office(std::string_view line) {
  if (line.size() < 8) return;
  ++state_->counts.entities;
  // Most of a dump is neither a state nor an office: looked at without being parsed.
  const bool state = line.find("\"P298\"") != std::string_view::npos;
  if (!state && line.find("\"P1001\"") == std::string_view::npos && line.find("\"P17\"") == std::string_view::npos) return;
  if (!state && line.find("inister") == std::string_view::npos && line.find("resident") == std::string_view::npos && line.find("hief") == std::string_view::npos && line.find("ing of ") == std::string_view::npos &&
      line.find("mbassador") == std::string_view::npos && line.find("ecretary") == std::string_view::npos && line.find("hancellor") == std::string_view::npos && line.find("remier") == std::string_view::npos && line.find("ueen of ") == std::string_view::npos &&
      line.find("mir of ") == std::string_view::npos && line.find("ultan of ") == std::string_view::npos && line.find("eader of ") == std::string_view::npos && line.find("mperor of ") == std::string_view::npos && line.find("peaker of ") == std::string_view::npos)
    return;
  const auto json = parsed(line);
  if (!json) {
    ++state_->counts.unread;
    return;
  }
  const Json* id = at(*json, "id");
  if (!id || !id->is_string()) return;
  for (const Json& s : statements(*json, "P298"))
    if (const Json* code = value_of(at(s, "mainsnak")); code && code->is_string() && state_->base.party_row(code->get_ref<const std::string&>()) >= 0 && !deprecated(s))
      state_->states.emplace(id->get<std::string>(), code->get<std::string>());
  State::Pending p{items(*json, "P1001"), items(*json, "P17"), label(*json)};
  if ((p.of.empty() && p.in.empty()) || !clean(p.name) || !statements(*json, "P39").empty()) return;
  if (state_->pending.size() >= kMostOffices) throw Error("over 500,000 offices: is this Wikidata?");
  state_->pending.emplace(id->get<std::string>(), std::move(p));
}

void WikidataImport::note_holder(std::string_view line) {
  if (line.find("\"P39\"") == std::string_view::npos) return;
  const auto json = parsed(line);
  if (!json) return;
  const Json* id = at(*json, "id");
  if (!id || !id->is_string()) return;
  std::vector<std::string> aliases;
  if (const Json* list = at(*json, "aliases"))
    if (const Json* english = at(*list, "en"); english && english->is_array())
      for (const Json& a : *english)
        if (const Json* value = at(a, "value"); value && value->is_string() && aliases.size() < 4 * kMostAliases) aliases.push_back(value->get<std::string>());
  for (const Json& s : statements(*json, "P39")) {
    if (deprecated(s)) continue;
    const auto office = state_->pending.find(item_of(value_of(at(s, "mainsnak"))));
    if (office == state_->pending.end()) continue;
    // The jurisdiction tells; the country alone only where the title names it or is the state's in itself.
    for (const auto* list : {&office->second.of, &office->second.in}) {
      if (list->empty()) continue;
      const auto state = state_->states.find(list->front());
      if (state == state_->states.end()) break;
      const std::string cls = state_->class_of(office->second.name, state->second);
      if (!cls.empty()) state_->add(id->get<std::string>(), label(*json), aliases, {state->second, cls, qualifier_day(s, "P580"), qualifier_day(s, "P582"), office->second.name});
      break;
    }
  }
}

void WikidataImport::read_results(std::istream& in) {
  // {"head": ..., "results": {"bindings": [{...}, ...]}}: each binding is taken and dropped as soon as it is whole.
  const auto take = [&](const Json& b) {
    ++state_->counts.entities;
    const std::string person = text_at(b, "person", "value"), name = text_at(b, "personLabel", "value"), iso = text_at(b, "iso", "value"), office = text_at(b, "positionLabel", "value");
    const size_t slash = person.rfind('/');
    const std::string item = person.substr(slash == std::string::npos ? 0 : slash + 1);
    if (item.size() < 2 || item[0] != 'Q' || item.find_first_not_of("0123456789", 1) != std::string::npos || name == item) {
      ++state_->counts.unread;
      return;
    }
    std::vector<std::string> aliases;
    for (const std::string_view a : split_list(text_at(b, "personAltLabel", "value"), ','))
      if (aliases.size() < 4 * kMostAliases) aliases.emplace_back(a);
    const std::string cls = state_->class_of(office, iso);
    if (!cls.empty()) state_->add(item, name, aliases, {iso, cls, day_of(text_at(b, "start", "value"), 11), day_of(text_at(b, "end", "value"), 11), office});
  };
  constexpr int kBindingDepth = 3;  // of an element of results.bindings
  constexpr int kDeepest = 16;
  const Json::parser_callback_t callback = [&](int depth, Json::parse_event_t event, Json& value) {
    if (depth > kDeepest) throw Error("query results are nested more deeply than results are");
    if (event != Json::parse_event_t::object_end || depth != kBindingDepth) return true;
    if (value.contains("person")) take(value);
    return false;
  };
  try {
    const Json rest = Json::parse(in, callback);
    if (!rest.is_object() || !rest.contains("results")) throw Error("this is not the JSON of a query's results: it has no \"results\"");
  } catch (const Json::exception& broken) {
    throw Error(std::string("not the JSON of a query's results: ") + broken.what());
  }
}

std::vector<LexiconRow> WikidataImport::rows() {
  std::vector<LexiconRow> out;
  for (auto& [item, holder] : state_->holders) {
    std::sort(holder.terms.begin(), holder.terms.end(), [](const Term& a, const Term& b) { return a.key() < b.key(); });
    std::string id, terms, aliases, name = holder.name;
    if (const auto row = state_->shipped.find(item); row != state_->shipped.end()) {
      // The shipped row stays, with the terms that it does not have.
      id = row->second.id;
      name = row->second.name;
      aliases = row->second.aliases;
      terms = row->second.terms;
      ++state_->counts.merged;
    } else {
      id = folded(name);
      if (id.empty()) continue;
      for (int n = 2; state_->taken.contains(id); ++n) id = folded(name) + "~" + std::to_string(n);
      state_->taken.emplace(id, item);
    }
    for (const Term& t : holder.terms) {
      const std::string same = t.party + "|" + t.cls + "|" + t.start.substr(0, 4);
      if (("; " + terms).find("; " + same) != std::string::npos) continue;
      terms += (terms.empty() ? "" : "; ") + t.party + "|" + t.cls + "|" + t.start + "|" + t.end + "|" + t.office + "|wikidata";
    }
    for (const std::string& a : holder.aliases) aliases += (aliases.empty() ? "" : "; ") + a;
    if (state_->shipped.contains(item)) aliases = state_->shipped.at(item).aliases;
    ++state_->counts.persons;
    out.push_back({"persons", {{"id", id}, {"name", name}, {"aliases", aliases}, {"wikidata", item}, {"terms", terms}}});
  }
  state_->counts.offices = state_->pending.size();
  state_->holders.clear();
  std::sort(out.begin(), out.end(), [](const LexiconRow& a, const LexiconRow& b) { return a.cells[0].second < b.cells[0].second; });
  return out;
}

}  // namespace demarche
