// Words that no table knows, and acronyms that the report introduces.
#include "demarche/names/resolver.h"

#include <algorithm>

namespace demarche::names {

namespace {

constexpr std::array<std::string_view, 52> kOrganisationWords = {"coalition", "network", "initiative", "trust", "society", "club", "league", "fund", "project", "airways", "motors", "technologies", "systems", "industries", "holdings", "observatory", "museum", "church", "university", "institute", "company", "corp", "inc", "ltd", "bank", "group", "council", "committee", "agency", "association", "federation", "union", "front", "organization", "organisation", "foundation", "center", "centre", "airlines", "times", "post", "news", "tv", "herald", "journal", "party", "institution", "college", "academy", "olympics", "games", "forum"};

}  // namespace

Referent Resolver::resolve_unknown(const Phrase& p, size_t i) {
  const auto run = units(p.first, p.last);
  if (run.size() == 1 && run[0].all_caps) {
    if (const auto known = acronyms_.find(run[0].hash); known != acronyms_.end()) {
      Referent r = simple(known->second, 0.93f);
      r.rule = "names.acronym";
      return r;
    }
  }
  if (const Referent* before = bracketed_with(p, i); before && run.size() == 1 && run[0].all_caps && before->actor.valid() && initial_fits(p, i)) {
    Referent r = *before;
    r.rule = "names.acronym";
    return r;
  }
  if (!p.origins.empty()) return compound_name(p);
  if (Referent same = known_as(p, i); same.valid()) return same;
  const bool month = run.size() == 1 && is_month(run[0].text);
  if (month && p.last < scan().size() && scan().units[p.last].kind == UnitKind::number) return {};
  const auto known = actors_.persons_named(run);
  if (!known.empty() && !all_caps(run)) {
    const ActorId id = nearest(known);
    if (known.size() > 1 && differ(known)) diagnose(p, "\"" + words(p.first, p.last) + "\" may be any of several persons; the last one was taken");
    complete(id, nullptr, {}, p.first, p.last);
    return person_referent(id, known.size() == 1 ? 0.92f : 0.65f);
  }
  const bool acts = p.last < scan().size() && !scan().upos.empty() && (scan().upos[p.last] == Upos::VERB || scan().upos[p.last] == Upos::AUX);
  const bool joined = scan().possessive(p.last) || scan().is(p.last, "and");  // "Moon and Kim signed"
  if ((p.weak && !acts && !joined) || month) return {};
  if (const auto city = city_at(p, i)) return simple_place(actors_.place(base_.cities()[*city]));
  if (is_organisation(run)) return organisation(p, "");
  const std::string_view type = entity_type(p);
  if (run.size() > 1 && run.size() < 6) {  // "Vassily Nebenzia", whom the base writes otherwise
    bool sure = false;
    const auto rows = actors_.sounding(run, "", &sure);
    if (sure && rows.size() == 1) return resolve_named(p, i, nullptr, 0);
  }
  // "the West" is no Mr West; "the Trump administration" is another matter.
  const bool noun_behind = p.last < scan().size() && !scan().upos.empty() && (scan().upos[p.last] == Upos::NOUN || scan().upos[p.last] == Upos::PROPN);
  const bool thing = run.size() == 1 && p.first > 0 && scan().is(p.first - 1, "the") && !noun_behind;
  if (run.size() <= 2 && !all_caps(run) && !thing) {
    auto leaders = actors_.leaders_named(run, "", "");
    if (leaders.empty()) leaders = actors_.leaders_named(run, "", "", true);
    if (leaders.empty() && run.size() == 1 && type != "place" && type != "organization") {
      bool sure = false;
      leaders = actors_.sounding(run, "", &sure);
      std::erase_if(leaders, [&](uint32_t row) { return !plausible_leader(row, false); });
      if (leaders.size() > 1) leaders.clear();
    }
    if (leaders.size() == 1 && plausible_leader(leaders[0], type == "person")) return simple(actors_.base_person(leaders[0], "", 0.8f, ""), 0.8f);
    if (leaders.size() > 1) {
      std::vector<uint32_t> spoken;
      for (const uint32_t row : leaders)
        if (const Term* t = actors_.term_of(base_.persons()[row], ""); t && told(base_.code(t->party)) > 0) spoken.push_back(row);
      if (spoken.size() > 1) {  // "Moon" is the president before he is the president's adviser
        std::vector<uint32_t> heads;
        for (const uint32_t row : spoken)
          if (const Term* t = actors_.term_of(base_.persons()[row], ""); t && t->office_class.starts_with("head_of")) heads.push_back(row);
        if (heads.size() == 1) spoken = heads;
      }
      if (spoken.size() == 1) return simple(actors_.base_person(spoken[0], "", 0.75f, ""), 0.75f);
      if (spoken.size() > 1) diagnose(p, "\"" + words(p.first, p.last) + "\" may be any of several persons in office");
    }
  }
  if (type == "place") return {};
  if (type == "organization") return organisation(p, "");
  if (run.size() >= 2 && run.size() <= 4 && !all_caps(run) && (type == "person" || (type.empty() && !has_entities_))) {
    Referent r = resolve_named(p, i, nullptr, 0);
    if (r.valid() && type != "person") r.confidence = std::min(r.confidence, 0.45f);
    return r;
  }
  return {};
}

// "Mohamed Hamdan Dagalo, known as Hemedti": another name of the person told right before.
Referent Resolver::known_as(const Phrase& p, size_t i) {
  static constexpr std::array<std::string_view, 5> kWords = {"nicknamed", "alias", "aka", "dubbed", "née"};
  const Scan& s = scan();
  if (p.first < 2 || !((s.is(p.first - 1, "as") && s.is(p.first - 2, "known")) || s.any(p.first - 1, kWords))) return {};
  for (size_t j = i; j-- > 0 && j + 6 > i;) {
    if (!done_[j] || !refs_[j].actor.valid() || actors_[refs_[j].actor].kind != ActorKind::person) continue;
    if (phrase(j).last + 6 < p.first) break;
    actors_.add_name(refs_[j].actor, units(p.first, p.last));
    Referent r = refs_[j];
    r.rule = "names.known_as";
    return r;
  }
  return {};
}

bool Resolver::is_month(std::string_view word) {
  static constexpr std::array<std::string_view, 4> kWords = {"May", "March", "April", "June"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// A bare family name is a leader only where the report speaks of the leader's country.
bool Resolver::plausible_leader(uint32_t row, bool person) const {
  const Term* t = actors_.term_of(base_.persons()[row], "");
  return t && (told(base_.code(t->party)) > 0 || (person && t->office_class.starts_with("head_of")));
}

bool Resolver::all_caps(std::span<const Unit> run) {
  return std::all_of(run.begin(), run.end(), [](const Unit& u) { return u.all_caps || u.initial; });
}

bool Resolver::differ(const std::vector<ActorId>& ids) const {
  std::string_view party;
  for (const ActorId id : ids) {
    const std::string& p = actors_[id].party;
    if (!p.empty() && !party.empty() && p != party) return true;
    if (!p.empty()) party = p;
  }
  return false;
}

bool Resolver::is_organisation(std::span<const Unit> run) const {
  for (const Unit& u : run) {
    std::string lower(u.text);
    for (char& c : lower)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (run.size() > 1 && std::find(kOrganisationWords.begin(), kOrganisationWords.end(), lower) != kOrganisationWords.end()) return true;
  }
  return false;
}

std::string_view Resolver::entity_type(const Phrase& p) const {
  if (sentence_ >= trees_.size()) return {};
  const uint32_t token = scan().units[p.last - 1].token;
  const EntitySpan* best = nullptr;
  for (const EntitySpan& e : trees_[sentence_].entities)
    if (e.first <= token && token < e.last && (!best || e.last - e.first < best->last - best->first)) best = &e;
  return best ? std::string_view(best->type) : std::string_view();
}

Referent Resolver::organisation(const Phrase& p, std::string_view country) {
  Actor a;
  a.name = words(p.first, p.last);
  a.kind = ActorKind::organization;
  a.country = country;
  a.key = "|organization|" + key_words(a.name);
  a.rule = "names.organization";
  a.confidence = 0.5f;
  return simple(actors_.add_once(std::move(a)), 0.5f);
}

// "Japan Airlines", "Beijing Olympics": an organisation of that country, no government.
Referent Resolver::compound_name(const Phrase& p) {
  const Atom& a = atom(p.origins.front().atom);
  const Entry& e = a.entries.front();
  const std::string_view country = e.kind == EntryKind::group ? base_.groups()[e.row].country : e.kind <= EntryKind::demonym ? base_.parties()[e.row].code : "";
  return organisation(p, country);
}

// "in Vinh", "Vinh airport"; a place that an act falls on ("shelled Vinh") or that the tagger takes for one only when it is big, or of a country told of.
std::optional<uint32_t> Resolver::city_at(const Phrase& p, size_t i) const {
  static constexpr std::array<std::string_view, 16> kBefore = {"in", "near", "at", "from", "to", "of", "outside", "around", "and", "over", "into", "off", "toward", "towards", "on", "through"};
  static constexpr std::array<std::string_view, 42> kFallsOn = {"hit", "hits", "hitting", "struck", "strike", "strikes", "striking", "shelled", "shelling", "bombed", "bombing", "attacked", "attack", "attacking", "pounded", "pounding", "bombarded", "captured", "capture", "seized", "seize", "took", "retook", "recaptured", "retake", "entered", "enter", "reached", "reach", "overran", "stormed", "besieged", "surrounded", "occupied", "raided", "targeted", "targeting", "visited", "visit", "evacuated", "toured", "rocked"};
  const Scan& s = scan();
  const bool named = p.first > 0 && (s.is(p.first - 1, "in") || s.is(p.first - 1, "near") || s.is(p.first - 1, "outside") || s.is(p.first - 1, "from") || s.is(p.first - 1, "into") ||
                     ((s.is(p.first - 1, "of") || s.is(p.first - 1, "to") || s.is(p.first - 1, "at") || s.is(p.first - 1, "on")) && p.first > 1) ||
                     (s.any(p.first - 1, kBefore) && (s.is(p.last, "city") || s.is(p.last, "province") || s.is(p.last, "region") || s.is(p.last, "airport"))));
  const bool listed = i > 0 && i <= refs_.size() && refs_[i - 1].place && phrase(i - 1).last + 1 == p.first && (s.is(p.first - 1, "and") || s.comma(p.first - 1));  // "Vinh and Hue"
  const bool meant = !named && (listed || (p.first > 0 && s.any(p.first - 1, kFallsOn)) || entity_type(p) == "place");
  if (!named && !meant) return std::nullopt;
  uint64_t hash = 0;
  for (const Unit& u : units(p.first, p.last)) hash = chain(hash, u.hash);
  std::optional<uint32_t> best;
  long best_score = -1;
  for (const Entry& e : base_.find(hash)) {
    if (e.kind != EntryKind::city) continue;
    const Place& c = base_.cities()[e.row];
    constexpr uint32_t kBig = 200;  // thousands
    if (meant && c.population < kBig && told(c.country) == 0) continue;
    const long score = static_cast<long>(c.population) + (told(c.country) > 0 ? 100000L * std::min(told(c.country), 50) : 0);
    if (score > best_score) best = e.row, best_score = score;
  }
  return best;
}

// The referent of the phrase right before "(" when this phrase is all that stands in the brackets.
const Referent* Resolver::bracketed_with(const Phrase& p, size_t i) const {
  const Scan& s = scan();
  if (p.first < 2 || p.last >= s.size() || s.units[p.first - 1].text != "(" || s.units[p.last].text != ")") return nullptr;
  // "leaders of the African Union (AU)": the body inside whose letters these are, else the whole.
  for (size_t j = i; j-- > 0 && j + 8 > i;) {
    const Phrase& q = phrase(j);
    if (q.last != p.first - 1 || !done_[j] || q.parent < 0 || p.last - p.first != 1) continue;
    std::string letters;
    for (uint32_t u = q.first; u < q.last; ++u)
      if (s.units[u].capital) letters += s.units[u].text.front();
    if (letters == s.units[p.first].text && letters.size() > 1) return &refs_[j];
  }
  for (size_t j = i; j-- > 0 && j + 8 > i;)
    if (phrase(j).last == p.first - 1 && done_[j] && phrase(j).parent < 0) return &refs_[j];
  return nullptr;
}

// "Bishops' Conference of the Philippines (BCP)": the letters are not those of the Philippines.
bool Resolver::initial_fits(const Phrase& p, size_t i) const {
  const Scan& s = scan();
  if (s.atom_at[p.first] >= 0) return true;  // a name that the base knows
  for (size_t j = i; j-- > 0 && j + 8 > i;)
    if (phrase(j).last == p.first - 1 && phrase(j).parent < 0)
      for (uint32_t u = phrase(j).first; u < phrase(j).last; ++u)
        if (s.units[u].text.front() == s.units[p.first].text.front()) return true;
  return false;
}

void Resolver::note_acronym(size_t i) {
  const Phrase& p = phrase(i);
  if (p.last - p.first != 1 || !scan().units[p.first].all_caps || !refs_[i].actor.valid() || refs_[i].place) return;
  const Referent* before = bracketed_with(p, i);
  if (before && initial_fits(p, i)) acronyms_.emplace(scan().units[p.first].hash, refs_[i].actor);
}

}  // namespace demarche::names
