#include "demarche/names/phrase.h"

#include <algorithm>
#include <array>

#include "demarche/names/phrase_nouns.h"

namespace demarche::names {
namespace {

constexpr int kDeepest = 4;          // "a spokesman for the office of the president of X"
constexpr uint32_t kMostAdjectives = 2;
constexpr size_t kMostParts = 16;    // countries or title words of one phrase: an endless list is read in linear time

constexpr std::array<std::string_view, 4> kPossessives = {"its", "his", "her", "their"};
constexpr std::array<std::string_view, 14> kPronouns = {"he", "she", "it", "they", "him", "her", "them", "his", "its", "their", "himself", "herself", "itself", "themselves"};
constexpr std::array<std::string_view, 12> kToTitles = {"ambassador", "ambassadors", "envoy", "envoys", "representative", "representatives", "adviser", "advisor", "advisers", "delegate", "aide", "observer"};
constexpr std::array<std::string_view, 4> kServants = {"adviser", "advisor", "advisers", "aide"};

class Finder {
 public:
  Finder(const Scan& scan, const Base& base) : s_(scan), base_(base) {}

  std::vector<Phrase> run() {
    for (uint32_t u = 0; u < s_.size();) {
      const uint32_t end = phrase_at(u, 0, true);
      u = end > u ? end : u + 1;
    }
    link_appositions();
    return std::move(out_);
  }

 private:
  const Title& title_row(int32_t at) const { return base_.titles()[s_.titles[static_cast<size_t>(at)].row]; }

  bool party_atom(uint32_t u) const { return is_party_atom(s_, u); }
  bool person_atom(uint32_t u) const {
    if (u >= s_.size() || s_.atom_at[u] < 0) return false;
    const EntryKind k = s_.atoms[static_cast<size_t>(s_.atom_at[u])].entries.front().kind;
    return k == EntryKind::person || k == EntryKind::rotated;
  }

  // A phrase that begins at `u`; its end, or `u` when there is none. Outer phrases are stored before those they hold.
  uint32_t phrase_at(uint32_t u, int depth, bool unknown_too) {
    if (depth > kDeepest || s_.units[u].kind == UnitKind::punct || s_.units[u].kind == UnitKind::possessive) return u;
    for (const auto& noun_at : {several_at, other_at, group_noun_at})
      if (std::optional<NounPhrase> noun = noun_at(s_, u)) return store(std::move(*noun));
    if (const uint32_t end = titled_at(u, depth); end > u) return end;
    if (std::optional<NounPhrase> noun = country_noun_at(s_, u)) return store(std::move(*noun));
    if (s_.atom_at[u] >= 0) return atom_phrase(u);
    if (depth == 0 && s_.any(u, kPronouns)) return pronoun_at(u);
    return unknown_too ? unknown_at(u) : u;
  }

  uint32_t store(NounPhrase noun) {
    const uint32_t first = noun.phrase.first, end = noun.phrase.last;
    const std::vector<Origin> origins = noun.phrase.origins;
    const std::vector<int32_t> loose = noun.phrase.loose;
    const auto at = push(std::move(noun.phrase));
    if (noun.pronoun) nested_pronoun(first, at);
    for (const Origin& o : origins) nested_atom(o.atom, at);
    for (const int32_t atom : loose) nested_atom(atom, at);
    return end;
  }

  uint32_t atom_phrase(uint32_t u) {
    const auto index = s_.atom_at[u];
    const Atom& atom = s_.atoms[static_cast<size_t>(index)];
    const EntryKind kind = atom.entries.front().kind;
    const bool weak = kind == EntryKind::party || kind == EntryKind::capital || kind == EntryKind::demonym;
    // "Japan Airlines", "Beijing Olympics", "Jordan Peterson": one longer name that no table knows.
    if (weak && !s_.possessive(atom.last) && atom.last < s_.size() && !s_.units[atom.last].hyphen_before) {
      const uint32_t run = s_.capital_run(atom.last);
      // "the U.S. Trump ..." is two names (or two sentences); an acronym begins no longer name.
      const bool acronym = s_.units[u].all_caps && atom.last == u + 1;
      if (run > atom.last && !acronym && !plain_atoms_ && !looks_separate(atom.last)) {
        Phrase p;
        p.kind = PhraseKind::unknown;
        p.first = u;
        p.last = p.name_last = run;
        p.name_first = u;
        p.head = run - 1;
        Origin o;
        o.atom = index;
        p.origins.push_back(o);
        const auto at = push(std::move(p));
        if (kind == EntryKind::demonym) nested_atom(index, at);
        return run;
      }
    }
    Phrase p;
    p.kind = PhraseKind::atom;
    p.first = u;
    if (u > 0 && s_.is(u - 1, "the")) p.first = u - 1, p.determiner = Determiner::definite;
    p.last = atom.last;
    p.head = atom.last - 1;
    p.atom = index;
    if (kind == EntryKind::person || kind == EntryKind::rotated) p.name_first = u, p.name_last = atom.last, p.first = u;
    push(std::move(p));
    return atom.last;
  }

  // After a country's name: "Tuesday", "Jan." are no part of it.
  bool looks_separate(uint32_t u) const {
    static constexpr std::array<std::string_view, 24> kWords = {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "north", "south", "time", "says", "inc"};
    return s_.any(u, kWords);
  }

  uint32_t pronoun_at(uint32_t u) {
    Phrase p;
    p.kind = PhraseKind::pronoun;
    p.first = p.head = u;
    p.last = u + 1;
    push(std::move(p));
    return u + 1;
  }

  uint32_t unknown_at(uint32_t u) {
    const uint32_t run = s_.capital_run(u);
    if (run == u) return u;
    Phrase p;
    p.kind = PhraseKind::unknown;
    p.first = p.name_first = u;
    p.last = p.name_last = run;
    p.head = run - 1;
    p.weak = s_.weak_capital(u);
    // "University College London", "Marriage Equality Coalition Taiwan": the place is part of the name.
    static constexpr std::array<std::string_view, 12> kHeads = {"college", "university", "school", "institute", "coalition", "alliance", "network", "association", "federation", "society", "council", "museum"};
    if (run - u > 1 && s_.any(run - 1, kHeads) && party_atom(run) && !s_.possessive(s_.atoms[static_cast<size_t>(s_.atom_at[run])].last)) {
      const Atom& place = s_.atoms[static_cast<size_t>(s_.atom_at[run])];
      if (place.last >= s_.size() || !s_.units[place.last].capital) p.last = p.name_last = place.last, p.head = place.last - 1;
    }
    const uint32_t end = p.last;
    push(std::move(p));
    return end;
  }

  int32_t push(Phrase p) {
    out_.push_back(std::move(p));
    return static_cast<int32_t>(out_.size()) - 1;
  }

  void nested_atom(int32_t atom, int32_t parent) {
    Phrase p;
    p.kind = PhraseKind::atom;
    p.first = s_.atoms[static_cast<size_t>(atom)].first;
    p.last = s_.atoms[static_cast<size_t>(atom)].last;
    p.head = p.last - 1;
    p.atom = atom;
    p.parent = parent;
    push(std::move(p));
  }
  void nested_pronoun(uint32_t u, int32_t parent) {
    Phrase p;
    p.kind = PhraseKind::pronoun;
    p.first = p.head = u;
    p.last = u + 1;
    p.parent = parent;
    push(std::move(p));
  }

  // The words before the head: determiner, countries, titles. Fills the phrase; the unit behind the head, or `u`.
  uint32_t read_titles(uint32_t u, Phrase& p) {
    uint32_t i = u, end = u, adjectives = 0;
    p.determiner = determiner_at(s_, i);
    if (s_.is(i, "that") && !s_.upos.empty() && s_.upos[i] != Upos::DET) return u;
    if (p.determiner != Determiner::none) p.determiner_unit = i, ++i;
    while (i < s_.size() && p.origins.size() < kMostParts && p.head_titles.size() < kMostParts) {
      const int32_t t = s_.title_at[i];
      const bool atom = party_atom(i) || (person_atom(i) && s_.possessive(s_.atoms[static_cast<size_t>(s_.atom_at[i])].last));
      if (atom && !(t >= 0 && prefer_title(i))) {
        const Atom& a = s_.atoms[static_cast<size_t>(s_.atom_at[i])];
        if (end > u) break;  // a name behind a head is no modifier
        if (!s_.possessive(a.last) && (is_hyphen_adjective(s_, a.last) || (s_.units[i].hyphen_before && i > u))) {
          p.loose.push_back(s_.atom_at[i]);
          i = a.last + (is_hyphen_adjective(s_, a.last) ? 1 : 0);
          continue;
        }
        if (i + 1 < s_.size() && (s_.is(i, "pro") || s_.is(i, "anti"))) break;
        Origin o;
        o.atom = s_.atom_at[i];
        o.first = a.first;
        o.last = a.last;
        o.possessive = s_.possessive(a.last);
        p.origins.push_back(o);
        i = a.last + (o.possessive ? 1 : 0);
        // "the Japanese and U.S. governments", "U.S., Japanese and South Korean officials"
        if ((s_.is(i, "and") || s_.comma(i) || s_.is(i, "or")) && !o.possessive && joins(a, i)) i = s_.comma(i) && s_.is(i + 1, "and") ? i + 2 : i + 1;
        continue;
      }
      // "Jordan's visiting king", "Pakistan's then prime minister": no verb stands behind a possessor.
      const bool owned = end == u && !p.origins.empty() && p.origins.back().possessive && i == p.origins.back().last + 1;
      if (t >= 0 && i > u && reads_as_verb(i) && !owned) break;
      if (t >= 0) {
        TitleAtom title = s_.titles[static_cast<size_t>(t)];
        // "chief negotiator" but "the army chief": a modifier where a title follows.
        if (title.mod_row >= 0 && end == u && party_atom(title.last) && s_.title_at[s_.atoms[static_cast<size_t>(s_.atom_at[title.last])].last < s_.size() ? s_.atoms[static_cast<size_t>(s_.atom_at[title.last])].last : i] >= 0)
          title.row = static_cast<uint32_t>(title.mod_row);  // "Deputy Russian ambassador"
        if (title.mod_row >= 0 && end == u && title.last < s_.size() && s_.title_at[title.last] >= 0 && title_row(s_.title_at[title.last]).part != Part::rank) title.row = static_cast<uint32_t>(title.mod_row);
        const Title& row = base_.titles()[title.row];
        if (end > u && (row.part == Part::mod || row.part == Part::rank) && row.part != Part::rank) break;
        note_title(title, row, p);
        i = title.last;
        if (row.part != Part::mod && row.part != Part::field) {
          end = i;
          p.title = static_cast<int32_t>(title.row);
          p.plural = title.plural;
          p.head = title.last - 1;
          if (p.title_last == 0) p.title_first = title.first;
          p.title_last = title.last;
          // "Minister of Defense X", "secretary for economic affairs"
          if (row.part == Part::post && (s_.is(i, "of") || s_.is(i, "for")) && i + 1 < s_.size()) {
            uint32_t f = s_.is(i + 1, "the") ? i + 2 : i + 1;
            uint32_t last = i;
            while (field_at(f) >= 0) {
              TitleAtom field = s_.titles[static_cast<size_t>(s_.title_at[f])];
              field.row = static_cast<uint32_t>(field_at(f));
              note_title(field, base_.titles()[field.row], p);
              last = f = s_.titles[static_cast<size_t>(s_.title_at[f])].last;
              if (s_.is(f, "affairs") || s_.is(f, "issues") || s_.is(f, "policy")) last = ++f;
              if ((s_.is(f, "and") || s_.comma(f)) && field_at(f + 1) >= 0) ++f;
            }
            if (last > i) {
              i = end = last;
              p.title_last = last;
              if (p.sector == "MIL" && row.sector == "GOV") p.sector = "GOV";
              break;
            }
          }
          // "the ministry's spokesman"
          if (s_.possessive(i)) {
            const uint32_t next = i + 1;
            if (next < s_.size() && s_.title_at[next] >= 0 && row.part == Part::body) {
              i = next;
              continue;
            }
            break;
          }
        } else if (p.title_last == 0 && p.title_first == 0) {
          p.title_first = title.first;
        }
        adjectives = 0;
        continue;
      }
      // "the 15-member council"
      if (end == u && i > u && s_.units[i].kind == UnitKind::number && i + 1 < s_.size() && s_.units[i + 1].hyphen_before && adjectives == 0) {
        ++i;
        if (i + 1 < s_.size() && s_.title_at[i] < 0) ++i;
        else if (i + 1 < s_.size() && s_.units[i].hyphen_before && s_.title_at[i + 1] >= 0) ++i;
        ++adjectives;
        continue;
      }
      // "the Trump administration": a run of unknown capitalised words before a title.
      if (const uint32_t run = end == u && s_.units[i].capital ? s_.capital_run(i) : i; run > i && run < s_.size() && s_.title_at[run] >= 0 &&
                                                                                     title_row(s_.title_at[run]).part != Part::mod && title_row(s_.title_at[run]).part != Part::rank) {
        Origin o;
        o.first = i;
        o.last = run;
        p.origins.push_back(o);
        i = run;
        continue;
      }
      const bool adjective = s_.upos.empty() ? (p.determiner != Determiner::none || !p.origins.empty()) : (s_.upos[i] == Upos::ADJ || s_.units[i].hyphen_before || (s_.upos[i] == Upos::NOUN && i > u) || (owned && (s_.upos[i] == Upos::VERB || s_.is(i, "then"))));
      if (end == u && adjective && s_.word(i) && !s_.units[i].capital && adjectives < kMostAdjectives && i > u && i + 1 < s_.size() &&
          (s_.title_at[i + 1] >= 0 || party_atom(i + 1) || (adjectives == 0 && i + 2 < s_.size() && s_.title_at[i + 2] >= 0 && s_.word(i + 1) && !s_.units[i + 1].capital && !s_.upos.empty() && s_.upos[i + 1] != Upos::ADP))) {
        ++adjectives;
        ++i;
        continue;
      }
      break;
    }
    return end;
  }

  // "Government judges launch a failure": in headlines these are verbs.
  bool reads_as_verb(uint32_t i) const {
    static constexpr std::array<std::string_view, 6> kWords = {"judges", "heads", "chairs", "leads", "marshals", "aides"};
    const TitleAtom& t = s_.titles[static_cast<size_t>(s_.title_at[i])];
    return t.last == t.first + 1 && s_.any(i, kWords) && !s_.units[i].capital && s_.units[i - 1].capital && i < 4;
  }

  // Whether the list of countries goes on behind this "and" or comma: "Moscow, Ukrainian President X" is no list.
  bool joins(const Atom& a, uint32_t at) const {
    const bool comma = s_.comma(at);
    const uint32_t next = comma && s_.is(at + 1, "and") ? at + 2 : at + 1;
    if (!party_atom(next)) return false;
    const Atom& b = s_.atoms[static_cast<size_t>(s_.atom_at[next])];
    const auto adjective = [](const Atom& x) { return x.has(EntryKind::demonym) || x.entries.front().kind == EntryKind::group || x.entries.front().kind == EntryKind::party; };
    if (!adjective(a) || !adjective(b) || s_.possessive(b.last)) return false;
    if (comma && !s_.is(at + 1, "and")) return (s_.comma(b.last) || s_.is(b.last, "and")) && party_atom(s_.comma(b.last) && s_.is(b.last + 1, "and") ? b.last + 2 : b.last + 1);
    return true;
  }

  // A generic body ("Ministry of National Defense", "Security Council") that is also a group's alias: the title when a country stands by it.
  bool prefer_title(uint32_t i) const {
    if (s_.atom_at[i] < 0) return true;  // no table has it but the titles
    const Atom& a = s_.atoms[static_cast<size_t>(s_.atom_at[i])];
    const TitleAtom& t = s_.titles[static_cast<size_t>(s_.title_at[i])];
    if (t.last < a.last) return false;
    const Title& row = base_.titles()[t.row];
    if (row.part == Part::mod && t.last > a.last) return true;  // "South American"
    if (a.has(EntryKind::party) || a.has(EntryKind::demonym)) return false;
    if (row.part == Part::body) {
      // Only where a country goes before it or the words are a group's only by context.
      const bool country_before = i > 0 && (s_.possessive(i - 1) || (s_.atom_of[i - 1] >= 0 && s_.atoms[static_cast<size_t>(s_.atom_of[i - 1])].entries.front().kind <= EntryKind::demonym));
      return country_before || std::all_of(a.entries.begin(), a.entries.end(), [](const Entry& e) { return e.context; });
    }
    return row.part != Part::field;
  }

  // Row of the portfolio that stands here ("defense", "justice"), or -1.
  int32_t field_at(uint32_t u) const {
    if (u >= s_.size() || s_.title_at[u] < 0 || party_atom(u)) return -1;
    const TitleAtom& t = s_.titles[static_cast<size_t>(s_.title_at[u])];
    if (base_.titles()[t.row].part == Part::field) return static_cast<int32_t>(t.row);
    return t.mod_row >= 0 && base_.titles()[static_cast<size_t>(t.mod_row)].part == Part::field ? t.mod_row : -1;
  }

  void note_title(const TitleAtom& title, const Title& row, Phrase& p) {
    p.head_titles.push_back(title.row);
    if (row.part == Part::mod) {
      if (row.cls == "former") p.former = true;
      if (row.cls == "private" || row.cls == "region") p.elsewhere = true;
      if (row.name == "deputy" || row.name == "vice" || row.name == "assistant") p.deputy = true;
      return;
    }
    if (row.part == Part::field || row.part == Part::body) {
      p.sector = row.sector;
      p.cls = row.cls;
    } else if (row.part == Part::post || row.part == Part::rank) {
      const bool generic = row.cls == "minister_other" || row.cls == "leader" || row.cls == "spokesperson" || row.cls.starts_with("igo_");
      if (p.sector.empty() || (!generic && row.part != Part::rank)) p.sector = row.sector.empty() ? p.sector : row.sector;
      if (generic && (row.name == "minister" || row.name == "secretary" || row.name == "chief" || row.name == "head")) {
        if (p.sector == "MIL" && row.name == "minister") p.sector = "GOV";
        if (p.cls.empty()) p.cls = row.cls;
      } else {
        p.cls = row.cls;
      }
    } else {
      if (p.sector.empty() || row.sector == "CVL" || row.sector == "JRN" || row.sector == "EDU" || row.sector == "SOC" || row.sector == "REF" || row.sector == "REB") p.sector = row.sector;
      p.cls = row.cls;
    }
  }

  uint32_t titled_at(uint32_t u, int depth) {
    Phrase p;
    p.kind = PhraseKind::titled;
    p.first = u;
    uint32_t i = read_titles(u, p);
    if (i == u || p.title < 0) return u;
    const Title& head = base_.titles()[static_cast<size_t>(p.title)];
    if (head.part == Part::people && p.origins.empty() && p.determiner == Determiner::none && !p.plural) return u;
    if (head.part == Part::rank && !name_at(i) && (p.determiner == Determiner::none || head.sector != "MIL" || s_.units[p.title_last - 1].capital)) return u;
    p.last = i;
    std::vector<Phrase> inner;
    // "His South Korean counterpart" is found by its own word.
    if ((head.part == Part::post || head.part == Part::rank || head.part == Part::staff) && !p.plural) i = take_name(i, p);
    const auto at = push(p);
    if (p.determiner == Determiner::possessive) nested_pronoun(p.determiner_unit, at);
    for (const Origin& o : p.origins)
      if (o.atom >= 0 && !(head.sector == "BUS" && !o.possessive && s_.units[p.head].capital)) nested_atom(o.atom, at);  // not Japan in "Japan Airlines"
    for (const int32_t atom : p.loose) nested_atom(atom, at);
    const uint32_t end = i;
    const uint32_t after = take_complement(end, at, depth);
    // "U.S. Ambassador to South Korea Walter Brandt"
    if (Phrase& named = out_[static_cast<size_t>(at)]; after > end && named.name_first == named.name_last && head.part == Part::post && !named.plural && s_.units[named.head].capital && after < s_.size() && s_.units[after].capital && !party_atom(after)) {
      const uint32_t name_end = take_name(after, named);
      if (name_end > after) return name_end;
    }
    Phrase& stored = out_[static_cast<size_t>(at)];
    stored.last = std::max(stored.last, after);
    return stored.last;
  }

  bool name_at(uint32_t i) const { return i < s_.size() && (person_atom(i) || (s_.units[i].capital && s_.capital_run(i) > i)); }

  uint32_t take_name(uint32_t i, Phrase& p) {
    if (i >= s_.size()) return i;
    uint32_t end = i;
    if (person_atom(i)) {
      p.atom = s_.atom_at[i];
      end = s_.atoms[static_cast<size_t>(p.atom)].last;
      if (s_.any(end, std::array<std::string_view, 3>{"jr", "sr", "iii"})) ++end;
    } else if (s_.units[i].capital) {
      end = s_.capital_run(i);
      // "President Donald Trump" where the run goes on into an atom: "Ronald Reagan" a vessel; the atom's words are the name.
      if (end == i && s_.atom_at[i] >= 0 && !party_atom(i)) end = s_.atoms[static_cast<size_t>(s_.atom_at[i])].last;
    }
    if (end == i) return i;
    p.name_first = i;
    p.name_last = end;
    p.head = end - 1;
    p.last = end;
    return end;
  }

  // The end of "African Affairs", "East Asian and Pacific Affairs", "Arms Control and International Security" behind "for" or "of"; 0 for none.
  uint32_t portfolio_at(uint32_t u) const {
    static constexpr std::array<std::string_view, 9> kLast = {"affairs", "policy", "security", "cooperation", "operations", "nonproliferation", "relations", "rights", "reconciliation"};
    uint32_t end = 0;
    for (uint32_t i = u; i < s_.size() && i < u + 9; ++i) {
      const bool joint = i > u && (s_.is(i, "and") || s_.comma(i) || s_.is(i, "of") || s_.is(i, "the"));
      if (!joint && !(s_.word(i) && s_.units[i].capital)) break;
      if (s_.any(i, kLast) && s_.units[i].capital && i > u) end = i + 1;
      if (end > 0 && i + 1 < s_.size() && !s_.is(i + 1, "and") && !s_.comma(i + 1)) break;
    }
    return end;
  }

  // "of the U.S. Pacific Command", "at Japan's Defense Ministry", "for the ministry", "in Tokyo", "to the United Nations".
  uint32_t take_complement(uint32_t i, int32_t owner, int depth) {
    // Read once: the list of phrases grows below, and moves.
    const Part part = base_.titles()[static_cast<size_t>(out_[static_cast<size_t>(owner)].title)].part;
    const bool named = out_[static_cast<size_t>(owner)].name_first < out_[static_cast<size_t>(owner)].name_last;
    const bool person = part == Part::post || part == Part::staff;
    uint32_t end = i;
    for (int rounds = 0; rounds < 2; ++rounds) {
      const bool of = s_.is(i, "of"), in = s_.is(i, "in"), to = s_.is(i, "to");
      const bool at = s_.is(i, "at") || s_.is(i, "for") || s_.is(i, "from") || s_.is(i, "with");
      if (!(of || in || (at && person) || (to && person && s_.any(i - 1, kToTitles)))) break;
      if (const uint32_t after = portfolio_at(i + 1); after > i && part == Part::post && !named) {
        end = i = after;
        continue;
      }
      if (!of && named) break;
      uint32_t j = i + 1;
      if (j >= s_.size()) break;
      Origin o;
      o.after = true;
      o.of = of;
      o.location = in;
      const uint32_t start = s_.is(j, "the") || s_.any(j, kPossessives) ? j + 1 : j;
      if (start >= s_.size()) break;
      const auto before = out_.size();
      if (s_.title_at[start] >= 0 || party_atom(start) || s_.units[start].capital || (start > j && s_.word(start))) {
        if (in && !((party_atom(start) || s_.units[start].capital) && start == j)) break;
        if (in && s_.title_at[start] >= 0 && prefer_title(start)) break;
        if (of && part == Part::people) break;
        const uint32_t from = j;
        plain_atoms_ = to;  // the ambassador's name follows the country's
        j = phrase_at(from, depth + 1, !in && person);
        if (j == from && start > from) j = phrase_at(start, depth + 1, !in && person);
        plain_atoms_ = false;
        if (j <= start && out_.size() == before) break;
      }
      if (out_.size() == before) break;
      out_[before].parent = owner;
      const Phrase& got = out_[before];
      // "leaders of the two sides", "members of the group": whatever it is, it is whose they are.
      if (got.kind == PhraseKind::pronoun) {
        out_.resize(before);
        break;
      }
      o.phrase = static_cast<int32_t>(before);
      o.first = got.first;
      o.last = got.last;
      if (of && got.kind == PhraseKind::atom && s_.possessive(j) && j + 1 < s_.size()) {
        const auto item = out_.size();
        if (const uint32_t k = party_atom(j + 1) ? atom_phrase(j + 1) : 0; k && out_[item].kind == PhraseKind::atom) {  // "head of Iran's Quds Force"
          out_[item].parent = owner;
          o.phrase = static_cast<int32_t>(item);
          o.first = out_[item].first;
          o.last = out_[item].last;
          j = k;
        } else {
          out_.resize(item);
          out_[static_cast<size_t>(owner)].of_more = true;
        }
      }
      // An ambassador to Kyiv is not Ukraine's; an adviser to the president is his.
      if (!to || s_.any(i - 1, kServants)) out_[static_cast<size_t>(owner)].origins.push_back(o);
      // "the defence ministers of Norway, Denmark and Sweden"
      while (of && out_[static_cast<size_t>(owner)].plural && (s_.comma(j) || s_.is(j, "and"))) {
        const uint32_t next = s_.comma(j) && s_.is(j + 1, "and") ? j + 2 : j + 1;
        const uint32_t name = s_.is(next, "the") ? next + 1 : next;
        if (!party_atom(name)) break;
        const auto item = out_.size();
        j = atom_phrase(name);
        if (out_[item].kind != PhraseKind::atom) break;
        out_[item].parent = owner;
        o.phrase = static_cast<int32_t>(item);
        out_[static_cast<size_t>(owner)].origins.push_back(o);
      }
      end = i = j;
      if (in || to) continue;
    }
    return end;
  }

  // "Yoshihide Suga, the chief cabinet secretary", "the ambassador, Amir Saeid Iravani,".
  void link_appositions() {
    for (size_t i = 0; i + 1 < out_.size(); ++i) {
      if (out_[i].parent >= 0) continue;
      const Phrase& a = out_[i];
      if (!s_.comma(a.last)) continue;
      // The next phrase that stands right behind the comma.
      size_t j = i + 1;
      while (j < out_.size() && (out_[j].parent >= 0 || out_[j].first <= a.last)) ++j;
      if (j >= out_.size() || out_[j].first != a.last + 1) continue;
      Phrase& b = out_[j];
      const bool a_name = names_person(a), b_name = names_person(b) && (b.kind != PhraseKind::unknown || b.last - b.first > 1);
      const bool b_title = b.kind == PhraseKind::titled && b.name_first == b.name_last && !b.plural && is_person_title(b);
      const bool a_title = a.kind == PhraseKind::titled && a.name_first == a.name_last && !a.plural && is_person_title(a);
      if (a_name && b_title && (closes(b.last) || s_.is(b.last, "who") || s_.is(b.last, "said") || !b.origins.empty()))
        link(i, j);
      else if (a_title && b_name && a.determiner != Determiner::indefinite && (b.kind != PhraseKind::titled || base_.titles()[static_cast<size_t>(b.title)].part == Part::rank) && closes(b.last))
        link(i, j);
      else if (a_title && b_name && b.kind != PhraseKind::titled && s_.comma(b.last))
        link(i, j);
    }
  }
  bool closes(uint32_t u) const { return u >= s_.size() || s_.comma(u) || s_.units[u].text == "." || s_.units[u].text == ";" || s_.units[u].text == "\u2014" || s_.units[u].text == "--" || s_.units[u].text == ")"; }
  void link(size_t a, size_t b) {
    out_[a].apposition = static_cast<int32_t>(b);
    out_[b].apposition = static_cast<int32_t>(a);
  }
  bool names_person(const Phrase& p) const {
    if (p.kind == PhraseKind::unknown) return p.origins.empty() && p.last - p.first <= 5;
    if (p.kind == PhraseKind::titled) return p.name_first < p.name_last;
    if (p.kind != PhraseKind::atom) return false;
    const EntryKind k = s_.atoms[static_cast<size_t>(p.atom)].entries.front().kind;
    return k == EntryKind::person || k == EntryKind::rotated;
  }
  bool is_person_title(const Phrase& p) const {
    const Part part = base_.titles()[static_cast<size_t>(p.title)].part;
    return part == Part::post || part == Part::staff;
  }

  bool plain_atoms_ = false;
  const Scan& s_;
  const Base& base_;
  std::vector<Phrase> out_;
};

}  // namespace

std::vector<Phrase> find_phrases(const Scan& scan, const Base& base) { return Finder(scan, base).run(); }

}  // namespace demarche::names
