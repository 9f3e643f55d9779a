#include "demarche/names/actors.h"

#include <algorithm>

#include "demarche/core/utf8.h"

namespace demarche::names {
namespace {

// Days a person goes on to be known by an office after its term, for want of a later one.
constexpr int kGraceDays = 60;
// Persons of one report that share a word of their names; more are not told apart.
constexpr size_t kMostNamesakes = 32;

bool is_leading(std::string_view cls) {
  return cls != "minister_other" && cls != "ambassador" && cls != "legislator_leader" && cls != "special_envoy" && cls != "deputy_head";
}

// Letters to change, add or leave out to make one word of the other; words are short.
size_t distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t corner = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, corner + (a[i - 1] != b[j - 1])});
      corner = above;
    }
  }
  return row[b.size()];
}

// Whether two spellings may be of one name: "gorazde" sounds as "kristo" does, and is another.
bool near(std::string_view spelling, std::string_view id, bool whole) {
  id = id.substr(0, id.find('~'));
  std::string letters;
  size_t best = spelling.size();
  for (size_t at = 0; at <= id.size();) {
    const size_t end = std::min(id.find('-', at), id.size());
    if (whole) letters += id.substr(at, end - at);
    else best = std::min(best, distance(spelling, id.substr(at, end - at)));
    at = end + 1;
  }
  if (whole) best = distance(spelling, letters);
  return best <= 1 + spelling.size() / 4;
}

}  // namespace

std::string key_words(std::string_view name) {
  std::string out;
  for (const Unit& u : units_of_name(name)) {
    if (u.kind == UnitKind::punct || u.kind == UnitKind::possessive) continue;
    if (!out.empty()) out += ' ';
    for (const char c : fold(u.text))
      if (c != '.' && c != '\'') out += c;
  }
  return out;
}

std::string_view sector_of(std::string_view cls, std::string_view office) {
  if (cls == "military_chief") return "MIL";
  if (cls == "intelligence_chief") return "SPY";
  if (cls == "legislator_leader") return "LEG";
  if (cls == "opposition_leader") return "OPP";
  if (cls == "armed_group_leader") return "REB";
  if (cls == "spokesperson") {
    for (const std::string_view word : {"Pentagon", "Defense", "Defence", "military", "Military", "Army", "IDF", "Armed Forces", "Command", "Navy", "Coast Guard"})
      if (office.find(word) != std::string_view::npos) return "MIL";
  }
  return "GOV";
}

std::optional<ActorId> Actors::known(const std::string& key) const {
  const auto at = by_key_.find(key);
  if (at == by_key_.end()) return std::nullopt;
  return ActorId{at->second};
}

ActorId Actors::add(Actor actor, ActorState state) {
  const ActorId id{static_cast<uint32_t>(actors_.size())};
  if (actor.kind == ActorKind::person && state.gender == Gender::unknown && state.name_units.size() > 1) {
    // The given name: the first word or words, behind the family name where that comes first.
    const auto& n = state.name_units;
    char g = base_.gender_of(chain(0, n[0]));
    if (g == 0 && n.size() > 2) g = base_.gender_of(chain(chain(0, n[1]), n[2]));
    if (g == 0) g = base_.gender_of(chain(0, n[1]));
    state.gender = g == 'f' ? Gender::female : g == 'm' ? Gender::male : Gender::unknown;
  }
  by_key_.emplace(actor.key, id.index);
  if (state.person >= 0) persons_.insert(static_cast<uint32_t>(state.person));
  if (actor.kind == ActorKind::person)
    for (const uint64_t u : state.name_units) {
      auto& list = by_word_[u];
      if (list.size() >= kMostNamesakes) list.erase(list.begin());
      if (list.empty() || list.back() != id.index) list.push_back(id.index);
    }
  actors_.push_back(std::move(actor));
  states_.push_back(std::move(state));
  return id;
}

void Actors::add_name(ActorId id, std::span<const Unit> units) {
  std::vector<uint64_t>& name = states_[id.index].name_units;
  for (const Unit& u : units) {
    if (u.kind != UnitKind::word) continue;
    if (name.size() < 2 * kMostNamesakes) name.insert(name.end() - (name.size() > 1 ? 1 : 0), u.hash);
    auto& list = by_word_[u.hash];
    if (list.size() < kMostNamesakes && (list.empty() || list.back() != id.index)) list.push_back(id.index);
  }
}

ActorId Actors::add_once(Actor actor) {
  if (const auto id = known(actor.key)) return *id;
  return add(std::move(actor), {});
}

ActorId Actors::government(std::string_view party) {
  const int row = base_.party_row(party);
  if (row < 0) {  // a body or group with a code of its own
    for (uint32_t g = 0; g < base_.groups().size(); ++g)
      if (base_.groups()[g].party == party) return group(g);
  }
  const std::string_view name = row >= 0 ? base_.parties()[static_cast<size_t>(row)].name : party;
  std::string key = std::string(party) + "|government|" + key_words(name);
  if (const auto id = known(key)) return *id;
  Actor a;
  a.name = name;
  a.kind = ActorKind::government;
  a.party = party;
  a.sector = "GOV";
  a.country = party;
  a.key = std::move(key);
  a.rule = "party." + std::string(party);
  a.confidence = 0.95f;
  return add(std::move(a), {});
}

ActorId Actors::group(uint32_t row) {
  const Group& g = base_.groups()[row];
  const bool armed = g.kind == "armed_group" || g.kind == "criminal_group" || g.kind == "hacker_group";
  std::string name(g.name);
  if (const size_t bracket = name.find(" ("); bracket != std::string::npos && name.back() == ')') name.resize(bracket);
  if (name.starts_with("the ")) name.erase(0, 4);
  std::string key = std::string(g.party) + (armed ? "|group|" : "|organization|") + key_words(name);
  if (const auto id = known(key)) return *id;
  Actor a;
  a.name = std::move(name);
  a.kind = armed ? ActorKind::group : ActorKind::organization;
  a.party = g.party;
  a.sector = g.sector;
  a.country = g.country;
  a.key = std::move(key);
  a.rule = "group." + std::string(g.id);
  a.confidence = 0.95f;
  ActorState s;
  s.group = static_cast<int32_t>(row);
  return add(std::move(a), std::move(s));
}

ActorId Actors::body(std::string_view party, uint32_t title_row, std::string_view words, std::string_view sector, std::string_view cls) {
  const Title& title = base_.titles()[title_row];
  const int row = base_.party_row(party);
  if (row >= 0) {
    uint64_t hash = base_.parties()[static_cast<size_t>(row)].demonym_hash;
    for (const Unit& u : units_of_name(title.name)) hash = chain(hash, u.hash);
    if (title.name != "ministry" && title.name != "government")
      for (const Entry& e : base_.find(hash))
        if (e.kind == EntryKind::group && base_.groups()[e.row].party == party) return group(e.row);
  }
  std::string display = party.empty() ? std::string() : std::string(row >= 0 ? base_.parties()[static_cast<size_t>(row)].demonym : party) + " ";
  display += words;
  std::string key = std::string(party) + "|organization|" + key_words(words.find(' ') == std::string_view::npos ? words : (title.part == Part::body ? words : title.name));
  if (const auto id = known(key)) return *id;
  Actor a;
  a.name = std::move(display);
  a.kind = ActorKind::organization;
  a.party = party;
  a.sector = sector;
  a.country = party;
  a.key = std::move(key);
  a.rule = "title." + std::string(title.id);
  a.confidence = party.empty() ? 0.3f : 0.9f;
  ActorState s;
  s.title = static_cast<int32_t>(title_row);
  s.cls = cls;
  return add(std::move(a), std::move(s));
}

ActorId Actors::place(const Place& p) {
  std::string key = "|place|" + std::string(p.id);
  if (const auto id = known(key)) return *id;
  Actor a;
  a.name = p.name;
  a.kind = ActorKind::place;
  a.country = p.country;
  a.lat = p.lat;
  a.lon = p.lon;
  a.key = std::move(key);
  a.rule = "place." + std::string(p.id);
  a.confidence = 0.9f;
  return add(std::move(a), {});
}

ActorId Actors::country_place(std::string_view name, std::string_view country) {
  std::string key = "|place|" + key_words(name) + "." + std::string(country);
  if (const auto id = known(key)) return *id;
  Actor a;
  a.name = name;
  a.kind = ActorKind::place;
  a.country = country;
  a.key = std::move(key);
  a.rule = "party." + std::string(country);
  a.confidence = 0.9f;
  return add(std::move(a), {});
}

ActorId Actors::arms(uint32_t row) {
  const Arms& w = base_.arms()[row];
  std::string key = std::string(w.party) + "|" + std::string(w.kind) + "|" + key_words(w.name);
  if (const auto id = known(key)) return *id;
  Actor a;
  a.name = w.name;
  a.kind = w.kind == "vessel" ? ActorKind::vessel : ActorKind::weapon;
  a.country = w.party;
  a.key = std::move(key);
  a.rule = "arms." + std::string(w.id);
  a.confidence = 0.9f;
  return add(std::move(a), {});
}

bool Actors::in_office(const Term& term) const {
  if (!published_) return true;  // nothing speaks against it
  return term.start <= *published_ && (!term.end || *published_ <= *term.end + kGraceDays);
}

const Term* Actors::term_of(const Person& person, std::string_view party) const {
  const Term* best = nullptr;
  int best_rank = -1;
  for (const Term& t : base_.terms(person)) {
    const bool started = !published_ || t.start <= *published_;
    int rank = started ? 2 : 1;
    if (in_office(t)) {
      const std::string_view c = t.office_class;
      rank = c == "minister_other" || c == "legislator_leader" ? 4 : c.starts_with("head_of") ? 7 : c == "foreign_minister" || c == "defence_minister" || c == "igo_head" ? 6 : 5;
    }
    if (!party.empty() && base_.code(t.party) == party) rank += 10;
    // Of equals the later one counts; before the first term the earliest.
    // One who reigns over several states is of the one where it began.
    const bool later = best && (t.party == best->party ? started && t.start > best->start : in_office(t) ? t.start < best->start : started && t.start > best->start);
    if (rank > best_rank || (rank == best_rank && later)) best = &t, best_rank = rank;
  }
  return best;
}

ActorId Actors::base_person(uint32_t row, std::string_view party, float confidence, std::string_view rule) {
  const Person& p = base_.persons()[row];
  const Term* term = term_of(p, party);
  std::string key = p.wikidata.empty() ? std::string(term ? base_.code(term->party) : "") + "|person|" + key_words(p.name) : std::string(p.wikidata);
  if (const auto id = known(key)) return *id;
  Actor a;
  a.name = p.name;
  a.kind = ActorKind::person;
  a.wikidata = p.wikidata;
  a.key = std::move(key);
  a.rule = rule.empty() ? "person." + std::string(p.id) : std::string(rule);
  a.confidence = confidence;
  ActorState s;
  s.person = static_cast<int32_t>(row);
  if (term) {
    a.party = base_.code(term->party);
    a.country = a.party;
    const bool now = in_office(*term);
    a.sector = sector_of(term->office_class, term->office);
    if (a.sector == "GOV" && base_.armed(a.party)) a.sector = "REB";
    if (!now && published_ && term->start <= *published_) a.sector = "ELI";
    if (now) a.role = term->office;
    s.cls = now ? term->office_class : "";
    s.family_first = a.party == "KOR" || a.party == "PRK" || a.party == "CHN" || a.party == "TWN" || a.party == "VNM";
  }
  for (const Unit& u : units_of_name(p.name)) s.name_units.push_back(u.hash);
  return add(std::move(a), std::move(s));
}

std::vector<ActorId> Actors::persons_named(std::span<const Unit> units) const {
  std::vector<std::pair<int, uint32_t>> found;  // (rank, actor)
  std::vector<uint64_t> wanted;
  for (const Unit& u : units)
    if (u.kind == UnitKind::word) wanted.push_back(u.hash);
  if (wanted.empty()) return {};
  std::vector<uint32_t> candidates;
  for (const uint64_t w : wanted)
    if (const auto at = by_word_.find(w); at != by_word_.end()) candidates.insert(candidates.end(), at->second.begin(), at->second.end());
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  for (const uint32_t i : candidates) {
    const std::vector<uint64_t>& have = states_[i].name_units;
    // Every word must be one of the name, in either order.
    const bool all = std::all_of(wanted.begin(), wanted.end(), [&](uint64_t w) { return std::find(have.begin(), have.end(), w) != have.end(); });
    const bool longer = have.size() > 1 && std::all_of(have.begin(), have.end(), [&](uint64_t w) { return std::find(wanted.begin(), wanted.end(), w) != wanted.end(); });
    if (!all && !longer) continue;
    const uint64_t family = states_[i].family_first ? have.front() : have.back();
    int rank = 3;
    if (wanted.size() >= have.size()) rank = 0;
    else if (wanted.back() == family || (wanted.size() > 1 && wanted.front() == have.front())) rank = 1;
    else if (wanted.size() == 1 && (wanted[0] == have.front() || wanted[0] == have.back())) rank = 2;
    found.emplace_back(rank, i);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<ActorId> out;
  for (const auto& [rank, i] : found)
    if (rank == found.front().first) out.push_back({i});
  return out;
}

std::vector<uint32_t> Actors::leaders_named(std::span<const Unit> units, std::string_view party, std::string_view cls, bool lesser) const {
  std::vector<uint32_t> out;
  if (units.empty() || units.size() > 2) return out;
  uint64_t hash = 0;
  for (const Unit& u : units) hash = chain(hash, u.hash);
  for (const Entry& e : base_.find(hash)) {
    if (e.kind != EntryKind::family) continue;
    for (const Term& t : base_.terms(base_.persons()[e.row])) {
      if (!in_office(t) || (!party.empty() && base_.code(t.party) != party)) continue;
      const bool second = t.office_class == "deputy_head" || t.office_class == "legislator_leader" || t.office_class == "special_envoy";
      if (cls.empty() ? (lesser ? !second : !is_leading(t.office_class)) : t.office_class != cls) continue;
      out.push_back(e.row);
      break;
    }
  }
  return out;
}

std::vector<uint32_t> Actors::sounding(std::span<const Unit> units, std::string_view party, bool* sure) const {
  std::vector<uint32_t> out;
  *sure = false;
  if (units.empty() || units.size() > 5) return out;
  constexpr size_t kLongest = 60;  // letters
  Sound sound;
  std::string spelling;
  for (const Unit& u : units) {
    if (u.all_caps) return out;
    std::string letters;
    for (const char c : fold(u.text))
      if (c >= 'a' && c <= 'z') letters += c;
    sound = with_word(sound, letters);
    spelling += letters;
  }
  if (spelling.size() > kLongest) return out;
  // A whole name rests on more letters than a family name; without a party it must be long.
  if (sound.consonants < (units.size() == 1 ? 3u : party.empty() ? 6u : 5u)) return out;
  std::vector<uint32_t> serving;
  *sure = party.empty() && sound.consonants >= 7;
  for (const uint32_t row : base_.sounding(sound, units.size() == 1)) {
    if (!near(spelling, base_.persons()[row].id, units.size() > 1)) continue;
    bool held = false, serves = false;
    for (const Term& t : base_.terms(base_.persons()[row])) {
      if (!party.empty() && base_.code(t.party) != party) continue;
      const bool leads = t.office_class.starts_with("head_of") || t.office_class == "foreign_minister" || t.office_class == "defence_minister" || t.office_class == "armed_group_leader";
      if (units.size() == 1 && !leads) continue;
      held = held || !published_ || t.start <= *published_;
      serves = serves || in_office(t);
    }
    if (serves) serving.push_back(row);
    else if (held && units.size() > 1) out.push_back(row);
  }
  *sure = *sure && serving.size() == 1;
  return serving.empty() ? out : serving;
}

}  // namespace demarche::names
