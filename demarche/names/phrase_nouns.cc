// Common nouns that stand for parties told before: "the two sides", "the Shiite group", "the other side", "the island nation".
#include "demarche/names/phrase_nouns.h"

#include <algorithm>
#include <array>

namespace demarche::names {
namespace {

constexpr std::array<std::string_view, 4> kPossessives = {"its", "his", "her", "their"};

// What follows "the two" when it stands alone.
bool ends_phrase(const Scan& s, uint32_t u) {
  static constexpr std::array<std::string_view, 22> kWords = {"to", "for", "have", "had", "has", "are", "were", "will", "would", "agreed", "said", "met", "should", "must", "and", "in", "on", "not", "after", "when", "could", "signed"};
  return u >= s.size() || s.any(u, kWords) || (s.units[u].kind == UnitKind::punct && s.units[u].text != "\"");
}

// "the Organization for Security ...": more than the one word, which may be somebody's by context ("the bloc").
bool longer_name(const Scan& s, uint32_t i) {
  if (s.atom_of[i] < 0) return false;
  const Atom& a = s.atoms[static_cast<size_t>(s.atom_of[i])];
  return a.last - a.first > 1 || std::any_of(a.entries.begin(), a.entries.end(), [](const Entry& e) { return !e.context; });
}

}  // namespace

Determiner determiner_at(const Scan& s, uint32_t u) {
  if (s.is(u, "the")) return Determiner::definite;
  if (s.is(u, "a") || s.is(u, "an") || s.is(u, "one") || s.is(u, "another") || s.is(u, "some") || s.is(u, "any")) return Determiner::indefinite;
  if (s.is(u, "this") || s.is(u, "that") || s.is(u, "these") || s.is(u, "those")) return Determiner::demonstrative;
  if (s.any(u, kPossessives) || s.is(u, "our") || s.is(u, "my")) return Determiner::possessive;
  return Determiner::none;
}

bool is_party_atom(const Scan& s, uint32_t u) {
  if (u >= s.size() || s.atom_at[u] < 0) return false;
  const EntryKind k = s.atoms[static_cast<size_t>(s.atom_at[u])].entries.front().kind;
  return k == EntryKind::party || k == EntryKind::capital || k == EntryKind::metonym || k == EntryKind::demonym || k == EntryKind::group;
}

bool is_hyphen_adjective(const Scan& s, uint32_t u) { return u < s.size() && s.word(u) && s.units[u].hyphen_before && !s.units[u].capital && s.atom_of[u] < 0; }

// "the two sides", "both countries", "each side", "the trio", "the two Koreas", "the allies", "the neighbors".
std::optional<NounPhrase> several_at(const Scan& s, uint32_t u) {
  static constexpr std::array<std::string_view, 24> kNouns = {"navies", "premiers", "sides", "countries", "nations", "governments", "leaders", "parties", "allies", "neighbors", "neighbours", "capitals", "powers", "states", "koreas", "ministers", "presidents", "men", "foes", "forces", "armies", "adversaries", "rivals", "militaries"};
  static constexpr std::array<std::string_view, 11> kAlone = {"trio", "allies", "neighbors", "neighbours", "pair", "duo", "rivals", "sides", "adversaries", "parties", "belligerents"};
  static constexpr std::array<std::string_view, 5> kCounts = {"two", "three", "both", "four", "five"};
  if (s.is(u, "both") && (s.is(u + 1, "of") || s.atom_of[std::min(u + 1, s.size() - 1)] >= 0)) return std::nullopt;
  if (s.is(u, "each")) {
    static constexpr std::array<std::string_view, 7> kOne = {"side", "country", "government", "nation", "army", "capital", "party"};
    if (!s.any(u + 1, kOne)) return std::nullopt;
    Phrase p;
    p.kind = PhraseKind::several;
    p.first = u;
    p.head = u + 1;
    p.last = u + 2;
    p.determiner = Determiner::definite;
    p.plural = true;
    return NounPhrase{std::move(p), false};
  }
  uint32_t i = u;
  const bool the = s.is(i, "the") || s.is(i, "these") || s.is(i, "those") || s.is(i, "all");
  if (the) ++i;
  bool counted = false;
  if (s.any(i, kCounts)) ++i, counted = true;
  if (counted && s.is(i, "the")) ++i;
  // "the two neighboring countries", "the two nuclear-armed neighbors"
  uint32_t adjectives = 0;
  while (counted && adjectives < 3 && i + 1 < s.size() && s.word(i) && !s.units[i].capital && !s.any(i, kNouns) && (s.any(i + 1, kNouns) || (s.units[i + 1].hyphen_before && !s.units[i + 1].capital))) ++i, ++adjectives;
  // "asked the two for restraint", "urged both to stop"
  if (counted && i <= u + 2 && ends_phrase(s, i) && (s.is(i - 1, "two") || s.is(i - 1, "both") || s.is(i - 1, "three")) && (the || s.is(i - 1, "both"))) {
    Phrase p;
    p.kind = PhraseKind::several;
    p.first = u;
    p.head = i - 1;
    p.last = i;
    p.determiner = Determiner::definite;
    p.plural = true;
    return NounPhrase{std::move(p), false};
  }
  if (!(the || counted) || (s.is(u, "all") && !counted)) return std::nullopt;
  if (!(counted ? s.any(i, kNouns) : s.any(i, kAlone))) return std::nullopt;
  if (s.is(i + 1, "of")) return std::nullopt;
  Phrase p;
  p.kind = PhraseKind::several;
  p.first = u;
  p.head = i;
  p.last = i + 1;
  p.determiner = Determiner::definite;
  p.plural = true;
  return NounPhrase{std::move(p), false};
}

// "the group", "the Shiite movement", "the 27-nation bloc", "the Iran-backed militia".
std::optional<NounPhrase> group_noun_at(const Scan& s, uint32_t u) {
  static constexpr std::array<std::string_view, 14> kNouns = {"group", "movement", "front", "organization", "organisation", "faction", "bloc", "alliance", "body", "watchdog", "outlet", "agency", "militia", "cartel"};
  static constexpr std::array<std::string_view, 9> kFaiths = {"shiite", "shia", "sunni", "islamist", "islamic", "maoist", "marxist", "salafist", "leftist"};
  if (!(s.is(u, "the") || s.is(u, "that") || s.is(u, "this"))) return std::nullopt;
  uint32_t i = u + 1;
  Phrase p;
  while (i < u + 6 && i < s.size() && !s.any(i, kNouns)) {
    if (s.atom_of[i] >= 0 && !is_party_atom(s, i)) return std::nullopt;
    if (is_party_atom(s, i) && i + 1 < s.size()) {
      const Atom& a = s.atoms[static_cast<size_t>(s.atom_at[i])];
      if (is_hyphen_adjective(s, a.last)) p.loose.push_back(s.atom_at[i]);  // "Iran-backed" says nothing of whose it is
      else if (a.has(EntryKind::demonym)) {
        Origin o;
        o.atom = s.atom_at[i];
        p.origins.push_back(o);
      } else {
        return std::nullopt;
      }
      i = is_hyphen_adjective(s, a.last) ? a.last + 1 : a.last;
      continue;
    }
    const bool number = s.units[i].kind == UnitKind::number && i + 1 < s.size() && s.units[i + 1].hyphen_before;
    const bool adjective = s.word(i) && !s.units[i].capital && (s.units[i].hyphen_before || (!s.upos.empty() && s.upos[i] == Upos::ADJ));
    if (!number && !adjective && !s.any(i, kFaiths)) return std::nullopt;
    ++i;
  }
  if (!s.any(i, kNouns) || longer_name(s, i) || (i + 1 < s.size() && (s.title_at[i + 1] >= 0 || s.units[i + 1].hyphen_before))) return std::nullopt;
  // "the group of nations" is another one, "accused the group of murder" is not.
  static constexpr std::array<std::string_view, 8> kOfVerbs = {"accused", "accuses", "accuse", "accusing", "suspects", "suspected", "warned", "convicted"};
  if (s.is(i + 1, "of") && !(u > 0 && s.any(u - 1, kOfVerbs))) return std::nullopt;
  p.kind = PhraseKind::group;
  p.first = u;
  p.head = i;
  p.last = i + 1;
  p.determiner = Determiner::definite;
  return NounPhrase{std::move(p), false};
}

// "the other side", "its neighbor", "its rival": the other of two.
std::optional<NounPhrase> other_at(const Scan& s, uint32_t u) {
  static constexpr std::array<std::string_view, 8> kNouns = {"neighbor", "neighbour", "rival", "foe", "adversary", "enemy", "opponent", "side"};
  const bool the_other = s.is(u, "the") && s.is(u + 1, "other");
  const bool its = s.is(u, "its");
  if (!the_other && !its) return std::nullopt;
  uint32_t i = u + (the_other ? 2 : 1);
  for (int n = 0; n < 2 && i + 1 < s.size() && s.word(i) && !s.any(i, kNouns) && s.any(i + 1, kNouns); ++n) ++i;
  if (!s.any(i, kNouns) || (its && s.is(i, "side")) || s.is(i + 1, "of") || (i + 1 < s.size() && s.units[i + 1].capital)) return std::nullopt;
  Phrase p;
  p.kind = PhraseKind::other;
  p.first = u;
  p.head = i;
  p.last = i + 1;
  p.determiner = the_other ? Determiner::definite : Determiner::possessive;
  p.determiner_unit = u;
  return NounPhrase{std::move(p), its};
}

// "the country", "the island nation", "that nation", "the reclusive state" (when no row has it), "his country".
std::optional<NounPhrase> country_noun_at(const Scan& s, uint32_t u) {
  static constexpr std::array<std::string_view, 12> kNouns = {"country", "nation", "state", "republic", "kingdom", "neighbor", "neighbour", "homeland", "regime", "emirate", "sultanate", "archipelago"};
  static constexpr std::array<std::string_view, 54> kAdjectives = {"small", "neighbouring", "former", "soviet", "yugoslav", "landlocked", "caribbean", "andean", "nordic", "scandinavian", "himalayan", "mediterranean", "pacific", "tiny", "vast", "poor", "mountainous", "desert","reclusive", "isolated", "rogue", "communist", "nuclear-armed", "nuclear", "armed", "secretive", "impoverished", "hermit", "island", "asian", "african", "european", "gulf", "southern", "northern", "eastern", "western", "neighboring", "authoritarian", "socialist", "islamic", "oil-rich", "oil", "rich", "north", "south", "east", "west", "central", "latin", "american", "balkan", "baltic", "war-torn"};
  const Determiner d = determiner_at(s, u);
  if (d != Determiner::definite && d != Determiner::demonstrative && d != Determiner::possessive) return std::nullopt;
  uint32_t i = u + 1;
  for (int n = 0; n < 4 && s.any(i, kAdjectives); ++n) ++i;
  // "the Baltic state", but not "the state media".
  const bool modifier = i < s.size() && s.title_at[i] >= 0 && s.titles[static_cast<size_t>(s.title_at[i])].modifies && s.titles[static_cast<size_t>(s.title_at[i])].last == i + 1;
  if (!s.any(i, kNouns) || s.is(i + 1, "of") || (s.title_at[i] >= 0 && !(modifier && i > u + 1))) return std::nullopt;
  if (s.units[i].capital && longer_name(s, i)) return std::nullopt;  // "the Islamic State"
  if (i + 1 < s.size() && (s.title_at[i + 1] >= 0 || s.units[i + 1].hyphen_before)) return std::nullopt;
  Phrase p;
  p.kind = PhraseKind::country;
  p.first = u;
  p.head = i;
  p.last = i + 1;
  p.determiner = d;
  p.determiner_unit = u;
  return NounPhrase{std::move(p), d == Determiner::possessive};
}

}  // namespace demarche::names
