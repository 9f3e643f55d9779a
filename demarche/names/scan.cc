#include "demarche/names/scan.h"

#include <algorithm>

namespace demarche::names {
namespace {

using namespace std::string_view_literals;

constexpr unsigned kMostUnitsOfName = 16;

bool equals_lower(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i];
    if (c != lower[i]) return false;
  }
  return true;
}

bool is_name_kind(EntryKind kind) {
  return kind != EntryKind::title && kind != EntryKind::titles && kind != EntryKind::family && kind != EntryKind::city;
}

// "d'Orsay".
bool has_capital(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool case_fits(const Entry& e, std::span<const Unit> units, bool shouting) {
  switch (e.case_) {
    case Case::any: return true;
    case Case::mixed: return units.front().mixed || units.front().all_caps;
    case Case::capital: {
      // Every word of three letters and more that begins the name or ends it must be capitalised: "China", not "china".
      return units.front().capital && (units.size() == 1 || units.back().capital || units.back().kind != UnitKind::word || units.back().span.size() < 5 || has_capital(units.back().text));
    }
    case Case::all_caps:
      for (const Unit& u : units)
        if (!u.all_caps) return false;
      return !shouting || units.size() > 1 || units.front().text.size() > 2 || units.front().text.find('.') != std::string_view::npos;
  }
  return false;
}

// Words that may begin a sentence in upper case without being a name.
bool is_function_word(std::string_view text) {
  static constexpr std::string_view kWords[] = {
      "a",      "about",  "above",   "according", "across", "after",   "again",   "against", "all",     "almost",   "along",   "already", "also",    "although", "amid",   "among",  "an",     "and",
      "another", "any",    "are",     "around",    "as",     "asked",   "at",      "because", "before",  "behind",   "below",   "beside",  "besides", "between", "beyond", "both",   "but",    "by",
      "can",    "could",  "citing",  "despite",   "did",    "do",      "does",    "down",    "during",  "each",     "earlier", "either",  "even",    "every",   "except", "few",    "following", "for",
      "from",   "given",  "had",     "has",       "have",   "he",      "her",     "here",    "his",     "how",      "however", "i",       "if",      "in",      "inside", "instead", "into",   "is",
      "it",     "its",    "just",    "last",      "later",  "less",    "like",    "many",    "may",     "meanwhile", "might",  "more",    "moreover", "most",   "much",   "must",   "my",     "near",
      "nearly", "neither", "nevertheless", "next", "no",    "nobody",  "none",    "nor",     "not",     "nothing",  "now",     "of",      "off",     "on",      "once",   "one",    "only",   "or",
      "other",  "others", "our",     "out",       "outside", "over",   "per",     "rather",  "recently", "regarding", "said", "several", "she",     "should",  "since",  "so",     "some",   "soon",
      "still",  "such",   "than",    "that",      "the",    "their",   "them",    "then",    "there",   "these",    "they",    "this",    "those",   "though",  "through", "throughout", "thus", "to",
      "today",  "together", "tomorrow", "tonight", "too",   "toward",  "two",     "three",   "four",    "five",     "six",     "seven",   "eight",   "nine",    "ten",    "under",  "unless", "until",
      "up",     "upon",   "us",      "versus",    "via",    "was",     "we",      "were",    "what",    "when",     "where",   "whether", "which",   "while",   "who",    "whom",   "whose",  "why",
      "will",   "with",   "within",  "without",   "would",  "yes",     "yesterday", "yet",   "you",     "your",     "monday",  "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
      "january", "february", "march", "april",    "june",   "july",    "august",  "september", "october", "november", "december", "jan",  "feb",     "aug",     "sept",   "oct",    "nov",    "dec"};
  return std::any_of(std::begin(kWords), std::end(kWords), [&](std::string_view w) { return equals_lower(text, w); });
}

// Weekdays and months, which no name begins with ("Tuesday Mitsotakis met"); "May" and "March" are left to context.
bool is_calendar_word(std::string_view text) {
  static constexpr std::string_view kWords[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "April", "July", "August", "September", "October", "November", "December"};
  return std::any_of(std::begin(kWords), std::end(kWords), [&](std::string_view w) { return text == w; });
}

bool is_particle(std::string_view text) {
  static constexpr std::string_view kWords[] = {"al", "el", "bin", "ibn", "van", "von", "de", "der", "da", "dos", "di", "du", "la", "le", "ul", "ur", "abu", "e", "ter"};
  return std::any_of(std::begin(kWords), std::end(kWords), [&](std::string_view w) { return text == w; });
}

// Longest match at `at` among the kinds wanted; entries whose case fits.
struct Match {
  uint32_t last = 0;
  std::vector<Entry> entries;
};
template <class Wanted>
Match longest_match(const std::vector<Unit>& units, uint32_t at, const Base& base, bool shouting, Wanted wanted) {
  const unsigned most = std::min<unsigned>({base.longest(units[at].hash), kMostUnitsOfName, static_cast<unsigned>(units.size()) - at});
  uint64_t hashes[kMostUnitsOfName];
  uint64_t hash = 0;
  for (unsigned n = 0; n < most; ++n) hashes[n] = hash = chain(hash, units[at + n].hash);
  for (unsigned n = most; n > 0; --n) {
    Match match;
    // "New Mexico" is not Mexico.
    const bool renewed = at > 0 && units[at - 1].text == "New";
    // "the South American bloc" is none of the United States.
    const bool continent = at > 0 && (units[at - 1].text == "South" || units[at - 1].text == "Latin" || units[at - 1].text == "Central" || units[at - 1].text == "North");
    const bool the = at > 0 && units[at - 1].kind == UnitKind::word && equals_lower(units[at - 1].text, "the");
    // "the North Atlantic" is not the North.
    const bool goes_on = at + n < units.size() && units[at + n].capital && units[at + n].kind == UnitKind::word;
    for (const Entry& e : base.find(hashes[n - 1]))
      if (!(renewed && e.kind <= EntryKind::demonym) && !(continent && e.kind == EntryKind::demonym) && (!e.definite || (the && !goes_on) || (at == 0 && !goes_on && units[at].capital)) && e.units == n && wanted(e) && case_fits(e, std::span(units).subspan(at, n), shouting)) match.entries.push_back(e);
    if (!match.entries.empty()) {
      match.last = at + n;
      return match;
    }
  }
  return {};
}

// The type of the smallest entity span around a token.
std::string_view entity_around(const Tree& tree, uint32_t token) {
  const EntitySpan* best = nullptr;
  for (const EntitySpan& e : tree.entities)
    if (e.first <= token && token < e.last && (!best || e.last - e.first < best->last - best->first)) best = &e;
  return best ? std::string_view(best->type) : std::string_view();
}

// "Brett London", "Jordan Price": the place is part of a person's name, given name and family name flat beside each other.
bool inside_person_name(const Scan& scan, const Tree& tree, const Base& base, uint32_t i, const Match& match) {
  const bool place = std::all_of(match.entries.begin(), match.entries.end(), [](const Entry& e) { return e.kind == EntryKind::party || e.kind == EntryKind::capital || e.kind == EntryKind::place; });
  const uint32_t n = scan.size();
  if (!place || match.last != i + 1 || scan.upos.empty()) return false;
  const auto name_part = [&](uint32_t u) { return u < n && scan.units[u].kind == UnitKind::word && scan.units[u].capital && !scan.units[u].all_caps && scan.upos[u] == Upos::PROPN; };
  if (!name_part(i)) return false;
  const uint32_t token = scan.units[i].token;
  const auto flat = [&](uint32_t t, uint32_t with) { return tree.nodes[t].deprel == Deprel::flat && (tree.nodes[t].head == static_cast<int32_t>(with) || tree.nodes[with].deprel == Deprel::flat); };
  if (i > 0 && name_part(i - 1) && scan.atom_of[i - 1] < 0 && !scan.units[i].hyphen_before) {
    const uint32_t before = scan.units[i - 1].token;
    if (flat(token, before)) return base.gender_of(chain(0, scan.units[i - 1].hash)) != 0 || entity_around(tree, token) == "person";
    // "Princeton Lyman, the special envoy": the apposition is somebody
    if (tree.nodes[before].deprel == Deprel::compound && tree.nodes[before].head == static_cast<int32_t>(token))
      for (uint32_t t = token + 1; t < tree.nodes.size(); ++t)
        if (tree.nodes[t].deprel == Deprel::appos && tree.nodes[t].head == static_cast<int32_t>(token)) return tree.nodes[t].upos == Upos::NOUN && entity_around(tree, t) == "person";
  }
  return name_part(i + 1) && !scan.units[i + 1].hyphen_before && flat(scan.units[i + 1].token, token) && entity_around(tree, token) == "person";
}

// A title in lower or in upper case; "General" at the start of a name of one unit is no mod.
bool is_title(const Entry& e) { return e.kind == EntryKind::title || e.kind == EntryKind::titles; }

}  // namespace

bool Atom::has(EntryKind kind) const {
  return std::any_of(entries.begin(), entries.end(), [&](const Entry& e) { return e.kind == kind; });
}
bool Atom::only(EntryKind kind) const {
  return std::all_of(entries.begin(), entries.end(), [&](const Entry& e) { return e.kind == kind; });
}

bool Scan::is(uint32_t unit, std::string_view lower) const { return unit < size() && equals_lower(units[unit].text, lower); }

bool Scan::any(uint32_t unit, std::span<const std::string_view> lower) const {
  return unit < size() && std::any_of(lower.begin(), lower.end(), [&](std::string_view w) { return equals_lower(units[unit].text, w); });
}

uint32_t Scan::capital_run(uint32_t at) const {
  uint32_t end = at;
  for (uint32_t i = at; i < size() && i < at + 8; ++i) {
    const Unit& u = units[i];
    if (u.kind != UnitKind::word || atom_of[i] >= 0) break;
    // "Seoul National University": a modifier inside a name.
    const bool inside = title_at[i] >= 0 && u.capital && titles[static_cast<size_t>(title_at[i])].modifies && i + 1 < size() && units[i + 1].capital && title_at[i + 1] < 0 && atom_of[i + 1] < 0;
    const bool titled = title_at[i] >= 0 && !inside && !(i > at && u.hyphen_before);
    if (titled) break;
    if (u.capital) {
      if (is_calendar_word(u.text)) break;
      if (i == at && is_function_word(u.text) && (upos.empty() || upos[i] != Upos::PROPN)) break;
      if (u.initial && u.text == "I" && i > at) break;
      // With tags a name begins with a proper noun and goes on with what may be one.
      if (!upos.empty() && !u.initial && (i == at ? false : upos[i] == Upos::VERB || upos[i] == Upos::AUX || upos[i] == Upos::ADP || upos[i] == Upos::PRON || upos[i] == Upos::ADV || upos[i] == Upos::SCONJ) && !u.hyphen_before && !u.all_caps) break;
      if (i > at && !u.initial && is_function_word(u.text) && !u.hyphen_before && (upos.empty() || upos[i] != Upos::PROPN)) break;
      end = i + 1;
    } else if (i == at || (!is_particle(u.text) && !u.hyphen_before)) {
      break;
    } else if (u.hyphen_before) {
      if (u.span.size() > 7) break;
      end = i + 1;  // "Jae-in"
    }
  }
  return end;
}

bool Scan::weak_capital(uint32_t at) const {
  return !upos.empty() && (at == 0 || units[at - 1].kind == UnitKind::punct) && upos[at] != Upos::PROPN;
}

Scan scan_sentence(std::string_view text, const Sentence& sentence, const Tree& tree, const Base& base) {
  Scan scan;
  scan.text = text;
  scan.units = units_of(text, sentence);
  const uint32_t n = scan.size();
  if (tree.nodes.size() == sentence.tokens.size() && !tree.nodes.empty())
    for (const Unit& u : scan.units) scan.upos.push_back(tree.nodes[u.token].upos);
  scan.atom_at.assign(n, -1);
  scan.title_at.assign(n, -1);
  scan.atom_of.assign(n, -1);
  size_t words = 0, capitals = 0;
  for (const Unit& u : scan.units)
    if (u.kind == UnitKind::word) ++words, capitals += u.all_caps;
  const bool shouting = words >= 4 && capitals * 2 > words;
  for (uint32_t i = 0; i < n;) {
    if (scan.units[i].kind == UnitKind::punct || scan.units[i].kind == UnitKind::possessive) {
      ++i;
      continue;
    }
    Match match = longest_match(scan.units, i, base, shouting, [](const Entry& e) { return is_name_kind(e.kind); });
    if (match.entries.empty() || inside_person_name(scan, tree, base, i, match)) {
      if (!match.entries.empty()) scan.family_names.push_back(scan.units[i].hash);
      ++i;
      continue;
    }
    const auto index = static_cast<int32_t>(scan.atoms.size());
    scan.atom_at[i] = index;
    for (uint32_t u = i; u < match.last; ++u) scan.atom_of[u] = index;
    scan.atoms.push_back({i, match.last, std::move(match.entries)});
    i = match.last;
  }
  for (uint32_t i = 0; i < n;) {
    if (scan.units[i].kind != UnitKind::word && scan.units[i].kind != UnitKind::number) {
      ++i;
      continue;
    }
    Match match = longest_match(scan.units, i, base, false, is_title);
    // "it heads the list", "he judges": no title.
    if (!match.entries.empty() && !scan.upos.empty()) {
      const Upos tag = scan.upos[match.last - 1];
      const bool lower = !scan.units[match.last - 1].capital;
      const bool attributive = match.last < n && scan.units[match.last].kind == UnitKind::word && (scan.upos[match.last] == Upos::NOUN || scan.upos[match.last] == Upos::ADJ);
      if (lower && tag == Upos::ADJ && match.last == i + 1 && attributive)
        std::erase_if(match.entries, [&](const Entry& e) { return base.titles()[e.row].part != Part::mod && base.titles()[e.row].part != Part::field; });
      if (tag == Upos::VERB || tag == Upos::AUX || tag == Upos::ADV || tag == Upos::ADP || tag == Upos::PRON) match.entries.clear();
    }
    // A title inside a longer name ("Minister" in a name) does not stand alone.
    if (match.entries.empty() || (scan.atom_of[i] >= 0 && scan.atoms[static_cast<size_t>(scan.atom_of[i])].last > match.last) ||
        (scan.atom_of[i] >= 0 && scan.atom_at[i] < 0)) {
      ++i;
      continue;
    }
    scan.title_at[i] = static_cast<int32_t>(scan.titles.size());
    TitleAtom title{i, match.last, match.entries.front().row, match.entries.front().kind == EntryKind::titles, -1, false};
    const auto rank = [&](const Entry& e) {
      const Part part = base.titles()[e.row].part;
      return part == Part::mod ? 2 : part == Part::field ? 1 : 0;
    };
    for (const Entry& e : match.entries) {
      if (rank(e) > 0) title.mod_row = static_cast<int32_t>(e.row);
      if (rank(e) < rank(Entry{0, title.row, EntryKind::title, Case::any, false, false, 1, {}})) title.row = e.row, title.plural = e.kind == EntryKind::titles;
    }
    if (title.mod_row == static_cast<int32_t>(title.row)) title.mod_row = -1;
    title.modifies = base.titles()[title.row].part == Part::mod || base.titles()[title.row].part == Part::field;
    scan.titles.push_back(title);
    i = match.last;
  }
  return scan;
}

}  // namespace demarche::names
