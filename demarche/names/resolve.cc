#include "demarche/names/resolve.h"

#include <algorithm>
#include <array>
#include <deque>
#include <unordered_map>

#include "demarche/names/actors.h"
#include "demarche/names/place_sense.h"

namespace demarche::names {
namespace {

// Sentences back in which a pronoun or "the ministry" finds what it stands for; chosen by reading, further back is mostly wrong.
constexpr uint32_t kPronounSentences = 3;
constexpr size_t kHistory = 64;  // mentions kept for it

// What a phrase was tied to.
struct Referent {
  ActorId actor;
  std::vector<ActorId> members;
  MentionForm form = MentionForm::name;
  std::string rule;
  float confidence = 0;
  bool place = false;
  bool valid() const { return actor.valid() || !members.empty(); }
};

struct Seen {
  Referent what;
  uint32_t sentence = 0, unit = 0;
  bool subject = false, nested = false;
  bool quoted = false;   // inside quotation marks
  bool speaker = false;  // subject of a verb of saying
};

constexpr std::array<std::string_view, 34> kOrganisationWords = {"university", "institute", "company", "corp", "inc", "ltd", "bank", "group", "council", "committee", "agency", "association", "federation", "union", "front", "organization", "organisation", "foundation", "center", "centre", "airlines", "times", "post", "news", "tv", "herald", "journal", "party", "institution", "college", "academy", "olympics", "games", "forum"};

class Resolver {
 public:
  Resolver(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees, std::span<const SentencePhrases> phrases, const std::optional<Day>& published,
           const Base& base, std::vector<Diagnostic>& diagnostics)
      : text_(text), sentences_(sentences), trees_(trees), all_(phrases), published_(published), base_(base), diagnostics_(diagnostics), actors_(base, published) {}

  Names run() {
    count_parties();
    has_entities_ = std::any_of(trees_.begin(), trees_.end(), [](const Tree& t) { return !t.entities.empty(); });
    for (uint32_t s = 0; s < all_.size(); ++s) {
      sentence_ = s;
      mark_quotes();
      refs_.assign(all_[s].phrases.size(), {});
      done_.assign(all_[s].phrases.size(), false);
      for (size_t i = 0; i < all_[s].phrases.size(); ++i) resolve(i);
      for (size_t i = 0; i < all_[s].phrases.size(); ++i) add_mention(i);
    }
    Names names;
    names.mentions = std::move(mentions_);
    std::stable_sort(names.mentions.begin(), names.mentions.end(), [](const Mention& a, const Mention& b) {
      return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
    names.actors = actors_.take();
    return names;
  }

 private:
  const Scan& scan() const { return all_[sentence_].scan; }
  const std::vector<Phrase>& phrases() const { return all_[sentence_].phrases; }
  const Phrase& phrase(size_t i) const { return all_[sentence_].phrases[i]; }
  const Title& title(const Phrase& p) const { return base_.titles()[static_cast<size_t>(p.title)]; }
  const Atom& atom(int32_t i) const { return scan().atoms[static_cast<size_t>(i)]; }
  std::string words(uint32_t first, uint32_t last) const {
    const Scan& s = scan();
    return std::string(text_.substr(s.units[first].span.begin, s.units[last - 1].span.end - s.units[first].span.begin));
  }
  std::span<const Unit> units(uint32_t first, uint32_t last) const { return std::span<const Unit>(scan().units).subspan(first, last - first); }

  // Which parties the report speaks of in words that need no context: "the North" and "Congo" rest on it.
  void count_parties() {
    for (const SentencePhrases& sp : all_)
      for (const Atom& a : sp.scan.atoms) {
        const Entry& e = a.entries.front();
        if (e.kind == EntryKind::person && a.entries.size() == 1)
          if (const Term* t = actors_.term_of(base_.persons()[e.row], "")) ++told_[std::string(base_.code(t->party))];
        if (e.context || e.kind > EntryKind::group) continue;
        if (a.entries.size() > 1 && a.entries[1].kind == e.kind && a.entries[1].row != e.row) continue;
        if (foreign_place(a)) continue;
        if (e.kind == EntryKind::group) ++told_[std::string(base_.groups()[e.row].party)];
        if (e.kind == EntryKind::group && base_.groups()[e.row].country == base_.groups()[e.row].party) continue;
        if (const std::string_view country = e.kind == EntryKind::group ? base_.groups()[e.row].country : base_.parties()[e.row].code; !country.empty()) ++told_[std::string(country)];
      }
  }
  int told(std::string_view party) const {
    const auto at = told_.find(std::string(party));
    return at == told_.end() ? 0 : at->second;
  }

  void diagnose(const Phrase& p, std::string message) {
    if (diagnostics_.size() > 200) return;
    const Scan& s = scan();
    diagnostics_.push_back({"names.ambiguous", Severity::info, std::move(message), Span{s.units[p.first].span.begin, s.units[p.last - 1].span.end}});
  }

  // ---- one phrase ----------------------------------------------------------------------------------------------------

  const Referent& resolve(size_t i) {
    if (done_[i]) return refs_[i];
    done_[i] = true;
    const Phrase& p = phrase(i);
    Referent r;
    if (p.apposition >= 0 && !done_[static_cast<size_t>(p.apposition)]) {
      const auto j = static_cast<size_t>(p.apposition);
      done_[j] = true;
      const bool named = p.kind != PhraseKind::titled || p.name_first < p.name_last;
      r = named ? resolve_named(p, i, &phrase(j), j) : resolve_named(phrase(j), j, &p, i);
      refs_[j] = refs_[i] = r;
      if (!named) refs_[i].form = MentionForm::nominal;
      else if (phrase(j).name_first == phrase(j).name_last) refs_[j].form = MentionForm::nominal;
      remember(i);
      remember(j);
      return refs_[i];
    }
    switch (p.kind) {
      case PhraseKind::atom: r = resolve_atom(p, i); break;
      case PhraseKind::titled: r = p.name_first < p.name_last ? resolve_named(p, i, nullptr, 0) : resolve_titled(p, i); break;
      case PhraseKind::unknown: r = resolve_unknown(p, i); break;
      case PhraseKind::pronoun: r = resolve_pronoun(p); break;
      case PhraseKind::several: r = resolve_several(p); break;
      case PhraseKind::country: r = resolve_country(p, i); break;
      case PhraseKind::group: r = resolve_group(p); break;
      case PhraseKind::other: r = resolve_other(p, i); break;
    }
    refs_[i] = std::move(r);
    note_acronym(i);
    remember(i);
    return refs_[i];
  }

  // ---- names of the base ----------------------------------------------------------------------------------------------

  // The place in another country that has a state's name, or null.
  const Entry* foreign_place(const Atom& a) const {
    if (a.entries.front().kind != EntryKind::party) return nullptr;
    for (const Entry& e : a.entries)
      if (e.kind == EntryKind::place && !base_.places()[e.row].country.empty() && base_.places()[e.row].country != base_.parties()[a.entries.front().row].code && base_.places()[e.row].kind == "region") return &e;
    return nullptr;
  }

  // The entry that a name means here; null when the report gives no hold.
  const Entry* choose(const Atom& a, const Phrase& p) {
    const Entry& first = a.entries.front();
    std::vector<const Entry*> same;
    for (const Entry& e : a.entries)
      if (e.kind == first.kind || (first.kind <= EntryKind::group && e.kind <= EntryKind::group)) same.push_back(&e);
    const auto code = [&](const Entry& e) { return e.kind == EntryKind::group ? base_.groups()[e.row].country.empty() ? base_.groups()[e.row].party : base_.groups()[e.row].country : base_.parties()[e.row].code; };
    if (same.size() == 1 && !same[0]->context) return same[0];
    const Entry* best = nullptr;
    int most = 0;
    bool tie = false;
    for (const Entry* e : same) {
      const int count = told(code(*e)) + (e->partner_code().empty() ? 0 : told(e->partner_code())) + (e->context ? 0 : same.size() > 1 && code(*e) == code(*same[0]) ? 1 : 0);
      if (count > most) best = e, most = count, tie = false;
      else if (count == most && best && code(*e) != code(*best)) tie = true;
    }
    if (best && !tie) return best;
    if (best && tie) {
      // The one last spoken of.
      for (size_t h = history_.size(); h-- > 0;)
        if (history_[h].what.actor.valid())
          for (const Entry* e : same)
            if (actors_[history_[h].what.actor].party == code(*e)) return e;
    }
    for (const Entry* e : same)
      if (!e->context) {
        if (same.size() > 1 && code(*same[0]) != code(*same[1])) diagnose(p, "\"" + words(a.first, a.last) + "\" may mean several parties; the first was taken");
        return e;
      }
    diagnose(p, "\"" + words(a.first, a.last) + "\" is left open: the report names no party that it could mean");
    return nullptr;
  }

  Referent resolve_atom(const Phrase& p, size_t i) {
    const Atom& a = atom(p.atom);
    Referent r;
    const EntryKind kind = a.entries.front().kind;
    if (const auto known = acronyms_.find(scan().units[a.first].hash); known != acronyms_.end() && a.last == a.first + 1 && scan().units[a.first].all_caps) {
      r.actor = known->second;
      r.rule = "names.acronym";
      r.confidence = 0.93f;
      return r;
    }
    if (kind == EntryKind::person || kind == EntryKind::rotated) return resolve_named(p, i, nullptr, 0);
    if (kind == EntryKind::arms) return simple(actors_.arms(a.entries.front().row), 0.9f);
    if (kind == EntryKind::place) return simple_place(actors_.place(base_.places()[a.entries.front().row]));
    if (const Entry* other = foreign_place(a)) {
      // "Georgia": the state of the Union where the report speaks of it and never of Tbilisi or Georgians.
      const std::string_view state = base_.parties()[a.entries.front().row].code, country = base_.places()[other->row].country;
      if (told(state) == 0 && told(country) > 0 && told("RUS") == 0) return simple_place(actors_.place(base_.places()[other->row]));
      if (told(state) == 0 && told(country) > 0) diagnose(p, "\"" + words(a.first, a.last) + "\" may be a state or a part of another; the state was taken");
    }
    // "met in Brussels": the city, though "Brussels" alone may be the Union.
    if (kind == EntryKind::capital && a.entries.size() > 1 && is_place_sense(scan(), p, true, false, motion_of(p))) return party_referent(a.entries.front(), a, p, i);
    const Entry* e = choose(a, p);
    if (!e && kind == EntryKind::capital)
      if (const auto city = city_at(p)) return simple_place(actors_.place(base_.cities()[*city]));
    if (!e) return r;
    r = e->kind == EntryKind::group ? group_referent(*e) : party_referent(*e, a, p, i);
    if (e->context) r.confidence = std::min(r.confidence, 0.85f);
    // A group's acronym in brackets: "South Korea's Joint Chiefs of Staff (JCS)".
    if (const Referent* before = bracketed_with(p, i); before && before->actor.valid() && !before->place) return *before;
    return r;
  }

  Referent simple(ActorId actor, float confidence) {
    Referent r;
    r.actor = actor;
    r.rule = actors_[actor].rule;
    r.confidence = confidence;
    return r;
  }
  Referent simple_place(ActorId actor) {
    Referent r = simple(actor, 0.9f);
    r.place = true;
    return r;
  }

  Referent group_referent(const Entry& e) {
    return simple(actors_.group(e.row), 0.95f);
  }

  Referent party_referent(const Entry& e, const Atom& a, const Phrase& p, size_t i) {
    const std::string_view code = base_.parties()[e.row].code;
    const bool capital = e.kind == EntryKind::capital;
    if ((e.kind == EntryKind::party || capital) && (p.parent < 0 || phrase(static_cast<size_t>(p.parent)).kind == PhraseKind::titled)) {
      const bool before = i > 0 && i <= refs_.size() && refs_[i - 1].place && phrase(i - 1).last + 1 >= p.first && phrase(i - 1).last <= p.first;
      if (is_place_sense(scan(), p, capital, before, motion_of(p))) return simple_place(place_of(e, a, code));
    }
    Referent r = simple(actors_.government(code), 0.95f);
    if (e.kind == EntryKind::demonym) r.form = demonym_noun(a, p) ? MentionForm::nominal : MentionForm::demonym;
    if (e.kind == EntryKind::party && (a.last - a.first) > 1 && scan().is(a.last - 1, "state")) r.form = MentionForm::nominal;
    return r;
  }
  // Whether the phrase hangs on a verb of motion: "sent her minister to Quito".
  bool motion_of(const Phrase& p) const {
    static constexpr std::array<std::string_view, 20> kVerbs = {"go", "send", "travel", "fly", "return", "come", "arrive", "head", "deploy", "move", "sail", "dispatch", "march", "rush", "journey", "flee", "escape", "withdraw", "depart", "drive"};
    if (sentence_ >= trees_.size()) return false;
    const std::vector<Node>& nodes = trees_[sentence_].nodes;
    const uint32_t head = head_token(p);
    if (head >= nodes.size() || nodes[head].head < 0 || nodes[head].deprel != Deprel::obl) return false;
    return std::find(kVerbs.begin(), kVerbs.end(), nodes[static_cast<size_t>(nodes[head].head)].lemma) != kVerbs.end();
  }
  bool demonym_noun(const Atom& a, const Phrase& p) const {
    if (!scan().upos.empty()) return scan().upos[a.last - 1] == Upos::NOUN || (scan().upos[a.last - 1] == Upos::PROPN && scan().units[a.last - 1].text.back() == 's');
    return p.determiner == Determiner::definite && scan().units[a.last - 1].text.back() == 's';
  }
  ActorId place_of(const Entry& e, const Atom& a, std::string_view code) {
    if (e.kind != EntryKind::capital) return actors_.country_place(base_.parties()[e.row].name, code);
    uint64_t hash = 0;
    for (const Unit& u : units(a.first, a.last)) hash = chain(hash, u.hash);
    for (const Entry& c : base_.find(hash))
      if (c.kind == EntryKind::city && base_.cities()[c.row].country == code) return actors_.place(base_.cities()[c.row]);
    std::string name = words(a.first, a.last);
    if (a.last == a.first + 1 && scan().units[a.first].all_caps)  // "WASHINGTON" of a dateline
      for (size_t i = 1; i < name.size(); ++i)
        if (name[i] >= 'A' && name[i] <= 'Z') name[i] = static_cast<char>(name[i] + 32);
    return actors_.country_place(name, code);
  }

  // ---- persons ------------------------------------------------------------------------------------------------------------

  // Party and the like that stand in a titled phrase.
  struct Source {
    std::string party, sector;
    std::string country;
    std::vector<std::string> parties;  // of a plural head with several countries
    ActorId person;                    // the origin is a person ("the Trump administration")
    int32_t group = -1;
    bool explicit_ = false;
    bool elsewhere = false;  // it belongs to a body of which no party is known ("director of the Greek Energy Forum")
    float confidence = 0.3f;
  };

  Source source_of(const Phrase& p, size_t i) {
    Source out;
    const bool private_ = title(p).part == Part::staff && (title(p).sector == "EDU" || title(p).sector == "CVL" || title(p).sector == "BUS" || title(p).sector == "SOC" || title(p).sector == "JRN");
    for (const Origin& o : p.origins) {
      if (o.location && private_) continue;  // "reporters in Tokyo" act for nobody
      Referent r;
      if (o.phrase >= 0) r = resolve(static_cast<size_t>(o.phrase));
      else if (o.atom >= 0) r = origin_atom(o, p, i);
      else r = origin_name(o);
      take(r, o, out);
    }
    if (out.party.empty() && p.determiner == Determiner::possessive) {
      // "its Foreign Ministry": the nested pronoun stands right behind this phrase in the list.
      if (i + 1 < phrases().size() && phrase(i + 1).kind == PhraseKind::pronoun && phrase(i + 1).first == p.determiner_unit) {
        const Referent r = resolve(i + 1);
        take(r, {}, out);
        out.confidence = std::min(out.confidence, 0.75f);
      }
    }
    // "Prime Minister Fumio Kishida's office": the phrase before ends in a possessive that stands right here.
    if (out.party.empty() && p.first > 0 && scan().possessive(p.first - 1) && i > 0) {
      for (size_t j = i; j-- > 0 && j + 8 > i;)
        if (phrase(j).last == p.first - 1 && phrase(j).parent < 0) {
          take(resolve(j), {}, out);
          break;
        }
    }
    return out;
  }
  void take(const Referent& r, const Origin& o, Source& out) {
    for (const ActorId m : r.members) take_actor(m, o, out);
    if (r.actor.valid()) take_actor(r.actor, o, out);
    if (!out.party.empty()) out.confidence = std::max(out.confidence == 0.3f ? 0.f : out.confidence, std::min(0.93f, r.confidence));
  }
  void take_actor(ActorId id, const Origin& o, Source& out) {
    const Actor& a = actors_[id];
    std::string party = a.party;
    if (party.empty() && a.kind == ActorKind::place) {
      if (!o.location && !o.after && out.party.empty()) party = a.country;
      else if (o.location && out.party.empty() && base_.party_row(a.country) >= 0) party = a.country;
    }
    if (a.kind == ActorKind::person) out.person = id;
    if (a.kind == ActorKind::organization && party.empty()) out.elsewhere = true;
    if (party.empty()) return;
    if (std::find(out.parties.begin(), out.parties.end(), party) == out.parties.end()) out.parties.push_back(party);
    // The word nearest to the head tells; an organ of a state fills in the sector.
    if (out.party.empty() || !o.after || (a.kind == ActorKind::organization && base_.party_row(party) < 0 && base_.party_row(out.party) >= 0)) out.party = party;
    if (a.kind == ActorKind::organization || a.kind == ActorKind::group) {
      out.sector = a.sector;
      out.group = actors_.state(id).group;
    }
    out.explicit_ = true;
  }
  Referent origin_atom(const Origin& o, const Phrase& p, size_t i) {
    for (size_t j = i + 1; j < phrases().size() && j < i + 12; ++j)
      if (phrase(j).parent == static_cast<int32_t>(i) && phrase(j).atom == o.atom) {
        Referent r = resolve(j);
        if (r.place && r.actor.valid()) {  // before a title a country is whose the office is
          const Actor& a = actors_[r.actor];
          if (base_.party_row(a.country) >= 0 && !o.location) {
            const std::string country = a.country;
            const bool region = a.rule.starts_with("place.") && !atom(o.atom).has(EntryKind::capital);
            r = simple(actors_.government(country), 0.93f);
            if (!region) refs_[j] = r;
          }
        }
        return r;
      }
    (void)p;
    return {};
  }
  Referent origin_name(const Origin& o) {
    if (o.last == o.first + 1)
      if (const auto known = acronyms_.find(scan().units[o.first].hash); known != acronyms_.end()) return simple(known->second, 0.9f);
    const auto named = actors_.persons_named(units(o.first, o.last));
    if (!named.empty()) return simple(named.back(), 0.9f);
    const auto leaders = actors_.leaders_named(units(o.first, o.last), "", "");
    if (leaders.size() == 1) return simple(actors_.base_person(leaders[0], "", 0.85f, ""), 0.85f);
    return {};
  }

  std::string title_words(const Phrase& p) const {
    std::string out;
    if (p.title_first < p.title_last) out = words(p.title_first, p.title_last);
    return out;
  }

  // A named person; `other` is the phrase in apposition.
  Referent resolve_named(const Phrase& p, size_t i, const Phrase* other, size_t j) {
    const Phrase* titled = p.kind == PhraseKind::titled ? &p : other && other->kind == PhraseKind::titled ? other : nullptr;
    Source from;
    if (titled) from = source_of(*titled, titled == &p ? i : j);
    if (titled == &p && !from.explicit_ && other && other->kind == PhraseKind::titled) from = source_of(*other, j);
    if (!from.explicit_) from_of_phrase(p, i, from);
    const std::string_view cls = titled ? titled->cls : std::string_view();
    const bool rank_only = titled && title(*titled).part == Part::rank;
    const uint32_t first = p.name_first < p.name_last ? p.name_first : p.first, last = p.name_first < p.name_last ? p.name_last : p.last;
    // Somebody of whom the report has spoken.
    const auto known = actors_.persons_named(units(first, last));
    std::vector<ActorId> fitting;
    for (const ActorId id : known)
      if (from.party.empty() || actors_[id].party.empty() || actors_[id].party == from.party || p.former) fitting.push_back(id);
    if (!fitting.empty() && (last - first > 1 || fitting.size() == 1 || !titled)) {
      const ActorId id = nearest(fitting);
      complete(id, titled, from, first, last);
      return person_referent(id, fitting.size() > 1 && last - first == 1 ? 0.7f : 0.93f);
    }
    if (const auto row = base_row(p, first, last, from.party, rank_only ? "" : cls)) {
      const float sure = p.atom >= 0 || titled ? 0.95f : 0.85f;
      const ActorId id = actors_.base_person(*row, from.party, sure, "");
      complete(id, titled, from, first, last);
      return person_referent(id, sure);
    }
    return new_person(p, titled, from, first, last);
  }

  // "Raphael Hermoso of the Department of Foreign Affairs", "Li Xi of the Eastern Theater Command".
  void from_of_phrase(const Phrase& p, size_t i, Source& from) {
    if (!(scan().is(p.last, "of") || scan().is(p.last, "from") || scan().is(p.last, "with"))) {
      if (p.first > 0 && scan().possessive(p.first - 1) && i > 0)
        for (size_t j = i; j-- > 0 && j + 8 > i;)
          if (phrase(j).last == p.first - 1) {
            take(resolve(j), {}, from);
            return;
          }
      return;
    }
    for (size_t j = i + 1; j < phrases().size() && j < i + 6; ++j)
      if (phrase(j).parent < 0 && (phrase(j).first == p.last + 1)) {
        Origin o;
        o.after = true;
        take(resolve(j), o, from);
        return;
      }
  }

  std::optional<uint32_t> base_row(const Phrase& p, uint32_t first, uint32_t last, std::string_view party, std::string_view cls) {
    std::vector<uint32_t> rows;
    if (p.atom >= 0)
      for (const Entry& e : atom(p.atom).entries)
        if (e.kind == EntryKind::person || e.kind == EntryKind::rotated) rows.push_back(e.row);
    const auto run = units(first, last);
    if (rows.empty() && run.size() > 2) {  // "Donald J. Trump", "Mohammed bin Salman Al Saud": without initials
      uint64_t hash = 0;
      unsigned n = 0;
      for (const Unit& u : run)
        if (!u.initial) hash = chain(hash, u.hash), ++n;
      if (n > 1 && n < run.size())
        for (const Entry& e : base_.find(hash))
          if (e.kind == EntryKind::person || e.kind == EntryKind::rotated) rows.push_back(e.row);
    }
    if (rows.empty() && run.size() > 2 && run.size() < 5)  // "Hillary Rodham Clinton"
      for (const Entry& e : base_.find(chain(chain(0, run.front().hash), run.back().hash)))
        if (e.kind == EntryKind::person) rows.push_back(e.row);
    if (rows.empty() && run.size() == 2)  // "Jim Mattis"
      for (const uint64_t formal : base_.formal_names(run[0].hash))
        for (const Entry& e : base_.find(chain(chain(0, formal), run[1].hash)))
          if (e.kind == EntryKind::person) rows.push_back(e.row);
    if (rows.empty()) {
      rows = actors_.leaders_named(run, party, is_office(cls) ? cls : "");
      if (rows.empty() && !party.empty() && is_office(cls)) rows = actors_.leaders_named(run, party, "");
      if (rows.size() > 1) {
        diagnose(p, "\"" + words(first, last) + "\" may be any of several persons in office");
        return std::nullopt;
      }
      return rows.empty() ? std::nullopt : std::optional(rows.front());
    }
    // "Senior Captain Li Xi" is not the politician of that name.
    if (p.kind == PhraseKind::titled && title(p).part == Part::rank && title(p).sector == "MIL")
      std::erase_if(rows, [&](uint32_t row) {
        const auto terms = base_.terms(base_.persons()[row]);
        return std::all_of(terms.begin(), terms.end(), [](const Term& t) {
          const std::string_view c = t.office_class;
          return c != "military_chief" && c != "defence_minister" && !c.starts_with("head_of") && c != "spokesperson" && c != "security_adviser" && c != "intelligence_chief" && c != "armed_group_leader";
        });
      });
    if (rows.empty()) return std::nullopt;
    std::vector<uint32_t> fitting;
    for (const uint32_t row : rows)
      for (const Term& t : base_.terms(base_.persons()[row]))
        if (party.empty() || base_.code(t.party) == party) {
          fitting.push_back(row);
          break;
        }
    if (fitting.empty()) return party.empty() ? std::optional(rows.front()) : std::nullopt;
    if (fitting.size() == 1) return fitting.front();
    std::vector<uint32_t> serving;
    for (const uint32_t row : fitting) {
      const Term* t = actors_.term_of(base_.persons()[row], party);
      if (t && actors_.in_office(*t)) serving.push_back(row);
    }
    if (serving.size() == 1) return serving.front();
    // Two rows of one party and name: one person, or not to be told apart and of the same party all the same.
    return fitting.front();
  }
  static bool is_office(std::string_view cls) {
    return cls.starts_with("head_of") || cls.ends_with("_minister") || cls == "cabinet_secretary" || cls == "security_adviser" || cls == "ambassador_un" || cls == "intelligence_chief";
  }

  // The nearest of several actors told before.
  ActorId nearest(const std::vector<ActorId>& ids) const {
    ActorId best = ids.front();
    for (const ActorId id : ids) {
      const bool party = !actors_[id].party.empty(), best_party = !actors_[best].party.empty();
      if (party != best_party ? party : actors_.state(id).last_sentence > actors_.state(best).last_sentence) best = id;
    }
    return best;
  }

  void complete(ActorId id, const Phrase* titled, const Source& from, uint32_t first, uint32_t last) {
    Actor& a = actors_[id];
    ActorState& s = actors_.state(id);
    if (titled) {
      const std::string role = title_words(*titled);
      const bool rank = title(*titled).part == Part::rank;
      if (!role.empty() && !rank && (a.role.empty() || titled->former)) a.role = role;
      if (!titled->former && !rank && a.sector == "ELI" && !a.former) a.sector = titled->sector.empty() ? "GOV" : std::string(titled->sector);
      if (titled->former) a.former = true, a.sector = "ELI";
      else if (!titled->sector.empty() && !a.former && (a.sector.empty() || (!rank && is_office(titled->cls)))) a.sector = titled->sector;
      if (s.cls.empty() || !rank) s.cls = titled->cls.empty() ? s.cls : titled->cls;
      s.title = s.title < 0 && !rank ? titled->title : s.title;
      note_gender(*titled, s);
    }
    if (!titled && a.party.empty() && !from.party.empty()) a.rule = "names.person";
    if (a.party.empty() && !from.party.empty()) {
      a.party = a.country = from.party;
      a.confidence = from.confidence;
      if (a.sector.empty()) a.sector = from.sector;
    }
    if (last - first > s.name_units.size() && s.person < 0) {
      s.name_units.clear();
      for (const Unit& u : units(first, last)) s.name_units.push_back(u.hash);
      a.name = words(first, last);
    }
  }
  void note_gender(const Phrase& titled, ActorState& s) const {
    const Scan& sc = scan();
    for (uint32_t u = titled.title_first; u < titled.title_last; ++u) {
      const std::string_view w = sc.units[u].text;
      if (w.ends_with("woman") || sc.is(u, "ms") || sc.is(u, "mrs") || sc.is(u, "queen") || sc.is(u, "princess")) s.gender = Gender::female;
      if ((w.ends_with("man") && !w.ends_with("woman")) || sc.is(u, "mr") || sc.is(u, "king") || sc.is(u, "prince")) s.gender = Gender::male;
    }
  }

  Referent person_referent(ActorId id, float confidence) {
    Referent r = simple(id, confidence);
    return r;
  }

  Referent new_person(const Phrase& p, const Phrase* titled, Source& from, uint32_t first, uint32_t last) {
    if (!titled && from.party.empty() && p.kind != PhraseKind::atom && last - first == 1) return {};
    Actor a;
    a.name = words(first, last);
    a.kind = ActorKind::person;
    if (from.party.empty() && titled) inherit(p, from);
    if (from.party.empty() && titled && titled->cls == "igo_head") from.party = "UN", from.confidence = 0.7f;
    if (from.party.empty() && titled && governs(*titled) && !from.elsewhere && !unread_complement(*titled)) {
      from.party = party_by_name(first, last);
      from.confidence = from.party.empty() ? 0.45f : 0.65f;
      if (from.party.empty()) from.party = focus();
    }
    a.party = a.country = from.party;
    ActorState s;
    if (titled) {
      a.role = title(*titled).part == Part::rank ? std::string() : title_words(*titled);
      a.sector = titled->sector;
      s.cls = titled->cls;
      s.title = titled->title;
      a.former = titled->former;
      note_gender(*titled, s);
    }
    if (a.sector.empty() || (titled && (titled->cls == "spokesperson" || titled->cls == "leader" || titled->cls == "igo_head") && !from.sector.empty())) a.sector = from.sector.empty() ? (titled && !a.party.empty() && governs(*titled) ? "GOV" : a.sector) : from.sector;
    if (a.former) a.sector = "ELI";
    s.family_first = a.party == "KOR" || a.party == "PRK" || a.party == "CHN" || a.party == "VNM" || a.party == "TWN";
    for (const Unit& u : units(first, last)) s.name_units.push_back(u.hash);
    a.key = a.party + "|person|" + key_words(a.name);
    a.rule = titled ? "title." + std::string(title(*titled).id) : "names.person";
    a.confidence = a.party.empty() ? 0.3f : from.confidence;
    const float confidence = titled ? std::max(0.5f, from.confidence) : 0.5f;
    const ActorId id = actors_.add(std::move(a), std::move(s));
    return person_referent(id, confidence);
  }

  // "Cypriot president A and energy minister B": the second is of the same government.
  void inherit(const Phrase& p, Source& from) {
    const Scan& s = scan();
    if (p.first < 2 || !(s.is(p.first - 1, "and") || s.comma(p.first - 1))) return;
    const uint32_t end = s.is(p.first - 1, "and") && s.comma(p.first - 2) ? p.first - 2 : p.first - 1;
    for (size_t j = 0; j < phrases().size() && phrase(j).first < p.first; ++j) {
      const Phrase& q = phrase(j);
      if (q.last != end || q.parent >= 0 || q.kind != PhraseKind::titled || q.name_first == q.name_last || !done_[j] || !refs_[j].actor.valid()) continue;
      from.party = actors_[refs_[j].actor].party;
      from.confidence = 0.75f;
    }
  }
  // "the head of a laboratory": it belongs to something that no phrase names.
  bool unread_complement(const Phrase& titled) const {
    return (titled.cls == "minister_other" || titled.cls == "leader") && scan().is(titled.last, "of") && titled.name_first == titled.name_last;
  }

  // The party whose office holders bear this family name, when the report speaks of just one such: "Jeon Ha-kyu" is no Japanese.
  std::string party_by_name(uint32_t first, uint32_t last) const {
    const auto run = units(first, last);
    std::map<std::string_view, int> parties;
    const auto count = [&](const Unit& u) {
      for (const Entry& e : base_.find(chain(0, u.hash)))
        if (e.kind == EntryKind::family && base_.persons()[e.row].terms > 0) {
          const std::string_view code = base_.code(base_.terms(base_.persons()[e.row]).front().party);
          if (told(code) > 0 && base_.party_row(code) >= 0) ++parties[code];
        }
    };
    count(run.back());
    if (run.size() > 1) count(run.front());
    // Korean given names are joined by a hyphen.
    if (run.size() == 3 && run[2].hyphen_before && !run[2].capital && told("KOR") > 0) ++parties["KOR"];
    std::string_view best;
    int most = 0, all = 0;
    for (const auto& [code, n] : parties) {
      all += n;
      if (n > most) best = code, most = n;
    }
    return most * 3 > all * 2 ? std::string(best) : std::string();
  }

  // A head that belongs to a state, so that a report that names no country beside it still means one.
  bool governs(const Phrase& p) const {
    const Title& t = title(p);
    if (t.part == Part::post) return t.cls != "cleric" && t.cls != "leader";
    if (t.part == Part::staff) return t.sector == "GOV";
    if (t.sector == "JRN") return words(p.title_first, p.title_last).find("tate") != std::string::npos;
    return t.part == Part::body && t.sector != "BUS" && t.sector != "PTY" && t.sector != "OPP";
  }

  // ---- titles without a name ------------------------------------------------------------------------------------------

  Referent resolve_titled(const Phrase& p, size_t i) {
    const Title& t = title(p);
    Source from = source_of(p, i);
    if (p.cls == "counterpart") return counterpart(p, from);
    // "became governor", "many people": nobody in particular.
    if (!from.explicit_ && p.determiner == Determiner::none && !p.plural && t.part != Part::body && !scan().units[p.head].capital) return {};
    if (!from.explicit_ && t.sector == "CVL" && nobody(p)) return {};
    if (t.part == Part::body) return resolve_body(p, from);
    if (t.part == Part::people) return resolve_people(p, from);
    const bool definite = p.determiner == Determiner::definite || p.determiner == Determiner::demonstrative;
    // "the official", "the minister": told before.
    if (definite && !from.explicit_ && !p.plural)
      if (const auto told_before = earlier(p)) {
        Referent r = simple(*told_before, 0.8f);
        r.form = MentionForm::nominal;
        r.rule = "names.definite";
        return r;
      }
    const bool office = t.part == Part::post && !p.plural && p.cls != "spokesperson" && p.cls != "lawmaker" && p.cls != "leader" && p.cls != "minister_other" && p.cls != "ambassador" && p.cls != "special_envoy";
    if (from.party.empty() && governs(p) && !from.elsewhere && !unread_complement(p) && (definite || p.plural || t.part == Part::post || p.determiner == Determiner::indefinite)) {
      from.party = focus();
      from.confidence = 0.4f;
    }
    if ((office || (p.cls == "leader" && from.explicit_ && !p.plural)) && !p.deputy && !p.former && !from.party.empty() && p.determiner != Determiner::indefinite)
      if (const auto holder = holder_of(from.party, p.cls == "leader" ? "" : p.cls)) {
        Referent r = simple(*holder, std::min(from.confidence, 0.88f));
        r.form = MentionForm::nominal;
        r.rule = "names.holder";
        return r;
      }
    remember_body(p, from, i);
    return new_nominal(p, from, office ? ActorKind::office : ActorKind::person);
  }

  bool nobody(const Phrase& p) const {
    static constexpr std::array<std::string_view, 12> kWords = {"people", "families", "children", "students", "workers", "voters", "citizens", "citizen", "worker", "student", "victim", "local"};
    return scan().any(p.head, kWords);
  }

  std::optional<ActorId> holder_of(std::string_view party, std::string_view cls) {
    if (!published_) return std::nullopt;
    std::vector<uint32_t> rows;
    if (!cls.empty()) rows = base_.holders(party, cls, *published_);
    else {
      for (const std::string_view c : {"head_of_state", "head_of_government", "armed_group_leader"}) {
        // Where both exist "leader" is the one of whom the report speaks.
        for (const uint32_t row : base_.holders(party, c, *published_)) rows.push_back(row);
      }
      std::vector<uint32_t> spoken;
      for (const uint32_t row : rows)
        for (uint32_t a = 0; a < actors_.size(); ++a)
          if (actors_.state({a}).person == static_cast<int32_t>(row)) spoken.push_back(row);
      for (const uint32_t row : rows)
        for (const Term& t : base_.terms(base_.persons()[row]))
          if (spoken.empty() && t.office.find("Supreme Leader") != std::string_view::npos && actors_.in_office(t)) spoken.push_back(row);
      if (!spoken.empty()) rows = spoken;
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    if (rows.size() != 1) return std::nullopt;
    return actors_.base_person(rows.front(), party, 0.9f, "");
  }

  // The actor told last whose title the words repeat.
  std::optional<ActorId> earlier(const Phrase& p) const {
    const Title& t = title(p);
    for (size_t h = history_.size(); h-- > 0;) {
      const Seen& seen = history_[h];
      if (!seen.what.actor.valid() || seen.what.place) continue;
      const Actor& a = actors_[seen.what.actor];
      const ActorState& s = actors_.state(seen.what.actor);
      if (t.part == Part::body || t.part == Part::people) {
        if (a.kind != ActorKind::organization && a.kind != ActorKind::group && a.kind != ActorKind::government) continue;
        if (s.title != p.title && !(t.part == Part::body && a.kind == ActorKind::organization && same_body(p, a, s))) continue;
        // "the ministry" goes on meaning the one that it meant before, unless another has come up since in this very place.
        const auto chained = chains_.find(p.title);
        if (chained != chains_.end() && chained->second != seen.what.actor && seen.sentence < sentence_ && actors_.state(chained->second).last_sentence + 8 >= sentence_) return chained->second;
        return seen.what.actor;
      }
      if (a.kind != ActorKind::person && a.kind != ActorKind::office) continue;
      if (s.title == p.title) return seen.what.actor;
      if (t.part == Part::post && !p.cls.empty() && s.cls == p.cls && p.cls != "leader") return seen.what.actor;
      if (t.part == Part::post && (t.name == "minister" || t.name == "secretary") && s.cls.ends_with("_minister")) return seen.what.actor;
      if (t.name == "leader" && (s.cls.starts_with("head_of") || s.cls == "armed_group_leader")) return seen.what.actor;
      if (t.name == "official" && s.title >= 0 && base_.titles()[static_cast<size_t>(s.title)].part == Part::staff && s.cls == "official") return seen.what.actor;
    }
    return std::nullopt;
  }
  bool same_body(const Phrase& p, const Actor& a, const ActorState& s) const {
    const Title& t = title(p);
    const std::string name = key_words(a.name), want = key_words(words(p.title_first, p.title_last));
    if (!want.empty() && name.size() >= want.size() && name.ends_with(want)) return true;
    if (t.name == "ministry") return name.find("ministry") != std::string::npos;
    if (t.cls == "military" && t.name == "military") return a.sector == "MIL" && s.group >= 0 && (name.find("army") != std::string::npos || name.find("forces") != std::string::npos || name.find("joint chiefs") != std::string::npos);
    return false;
  }

  Referent resolve_body(const Phrase& p, Source& from) {
    const Title& t = title(p);
    Referent r;
    const bool definite = p.determiner == Determiner::definite || p.determiner == Determiner::demonstrative;
    const std::string head = words(p.title_first, p.title_last);
    const bool bare = head == "office" || t.cls == "office";
    const bool needs_no_article = t.name == "parliament" || t.name == "police";  // "told parliament"
    if (!from.explicit_) {
      if (bare || t.name == "negotiating side") return {};
      if (const auto told_before = earlier(p); told_before && (definite || scan().units[p.title_first].capital)) {
        r = simple(*told_before, 0.85f);
        r.form = MentionForm::nominal;
        r.rule = "names.definite";
        chains_.insert_or_assign(p.title, *told_before);
        return r;
      }
      if (scan().is(p.first, "the") && scan().is(p.first + 1, "other")) return {};
      if (p.title_last - p.title_first == 1 && p.determiner == Determiner::none && t.name != "government" && !needs_no_article) return {};
      if (const auto group = told_group(p)) {
        r = simple(actors_.group(*group), 0.8f);
        r.form = MentionForm::nominal;
        return r;
      }
      const bool organ = governs(p) && t.cls != "minister_other" ? definite || needs_no_article || scan().units[p.title_first].capital : scan().units[p.title_first].capital && governs(p);
      if (!definite && !scan().units[p.title_first].capital && !needs_no_article) return {};
      if (organ || (definite && governs(p))) {
        from.party = focus();
        from.confidence = organ ? 0.5f : 0.35f;
      }
    }
    if (from.parties.size() > 1 && p.plural) {
      for (const std::string& party : from.parties) r.members.push_back(is_government(t) ? actors_.government(party) : actors_.body(party, static_cast<uint32_t>(p.title), head, p.sector, p.cls));
      r.rule = "title." + std::string(t.id);
      r.confidence = from.confidence;
      r.form = MentionForm::nominal;
      return r;
    }
    if (from.party.empty() && !from.explicit_ && !definite) return {};
    if ((is_government(t) || bare) && !from.party.empty()) {
      r = simple(bare && base_.party_row(from.party) < 0 ? actors_.body(from.party, static_cast<uint32_t>(p.title), head, "GOV", p.cls) : actors_.government(from.party), from.confidence);
    } else {
      // "the Libertarian Party": the capitals before the noun belong to the name.
      std::string name = head;
      for (const Origin& o : p.origins)
        if (o.atom < 0 && o.phrase < 0 && o.last == p.title_first && scan().units[p.title_first].capital) name = words(o.first, p.title_last);
      if (name != head) {
        Actor a;
        a.name = name;
        a.kind = ActorKind::organization;
        a.party = a.country = from.party;
        a.sector = p.sector;
        a.key = from.party + "|organization|" + key_words(name);
        a.rule = "title." + std::string(t.id);
        a.confidence = from.party.empty() ? 0.3f : from.confidence;
        r = simple(actors_.add_once(std::move(a)), from.confidence);
        r.form = MentionForm::nominal;
        return r;
      }
      const bool private_body = t.sector == "BUS";
      r = simple(actors_.body(from.party, static_cast<uint32_t>(p.title), head, p.sector.empty() ? from.sector : p.sector, p.cls), from.confidence);
      if (private_body) actors_[r.actor].party.clear();
    }
    r.form = MentionForm::nominal;
    r.rule = "title." + std::string(t.id);
    return r;
  }
  // "the Department of Foreign Affairs": the only group of that name whose country the report speaks of.
  std::optional<uint32_t> told_group(const Phrase& p) const {
    uint64_t hash = 0;
    for (const Unit& u : units(p.title_first, p.title_last)) hash = chain(hash, u.hash);
    const auto weight = [&](const Group& g) { return g.country.empty() ? 4 * told(g.party) : 2 * told(g.country); };
    if (scan().is(p.title_first, "ministry")) return std::nullopt;  // every state has one
    int most = 0;
    for (const auto& [party, count] : told_) most = std::max(most, base_.party_row(party) >= 0 ? count : 0);
    std::optional<uint32_t> found;
    for (const Entry& e : base_.find(hash)) {
      if (e.kind != EntryKind::group || weight(base_.groups()[e.row]) < std::max(1, most)) continue;
      if (found && base_.groups()[*found].country != base_.groups()[e.row].country) return std::nullopt;
      found = e.row;
    }
    return found;
  }
  static bool is_government(const Title& t) { return t.cls == "government" || t.name == "negotiating side"; }

  Referent resolve_people(const Phrase& p, Source& from) {
    const Title& t = title(p);
    Referent r;
    const bool definite = p.determiner == Determiner::definite || p.determiner == Determiner::demonstrative;
    if (!from.explicit_) {
      if (const auto told_before = earlier(p); told_before && definite) {
        r = simple(*told_before, 0.75f);
        r.form = MentionForm::nominal;
        r.rule = "names.definite";
        return r;
      }
    }
    // "Houthi rebels", "Hamas fighters" are the group itself.
    if (from.group >= 0 && (t.sector == "REB" || t.part == Part::people) && base_.groups()[static_cast<size_t>(from.group)].kind == "armed_group") {
      r = simple(actors_.group(static_cast<uint32_t>(from.group)), 0.93f);
      r.form = MentionForm::nominal;
      return r;
    }
    if (from.parties.size() > 1) {
      for (const std::string& party : from.parties) r.members.push_back(people(p, party, from));
      r.rule = "title." + std::string(t.id);
      r.confidence = from.confidence;
      r.form = MentionForm::nominal;
      return r;
    }
    // "Army artillery" after "the army": its party.
    if (from.party.empty() && t.sector == "MIL" && (definite || p.head_titles.size() > 1 || p.determiner == Determiner::possessive))
      for (const auto& [row, id] : chains_)
        if (base_.titles()[static_cast<size_t>(row)].cls == "military" && !actors_[id].party.empty()) from.party = actors_[id].party, from.confidence = 0.5f;
    if (from.party.empty() && !definite && p.determiner == Determiner::none && !p.plural) return {};
    r = simple(people(p, from.party, from), from.party.empty() ? 0.3f : from.confidence);
    r.form = MentionForm::nominal;
    return r;
  }
  ActorId people(const Phrase& p, const std::string& party, const Source& from) {
    Actor a;
    const int row = base_.party_row(party);
    const std::string head = words(p.title_first, p.title_last);
    a.name = party.empty() ? head : std::string(row >= 0 ? base_.parties()[static_cast<size_t>(row)].demonym : party) + " " + head;
    a.kind = ActorKind::group;
    a.party = a.country = party;
    a.sector = p.sector.empty() ? from.sector : p.sector;
    a.key = party + "|group|" + key_words(head);
    a.rule = "title." + std::string(title(p).id);
    a.confidence = party.empty() ? 0.3f : from.confidence;
    const ActorId id = actors_.add_once(std::move(a));
    ActorState& s = actors_.state(id);
    s.title = p.title;
    s.plural = true;
    s.cls = p.cls;
    return id;
  }

  Referent counterpart(const Phrase& p, const Source& from) {
    if (from.party.empty()) return {};
    // "his South Korean counterpart": the office is that of the last named person of another party.
    std::string_view cls;
    for (size_t h = history_.size(); h-- > 0 && cls.empty();)
      if (history_[h].what.actor.valid() && actors_[history_[h].what.actor].kind == ActorKind::person && actors_[history_[h].what.actor].party != from.party) cls = actors_.state(history_[h].what.actor).cls;
    if (p.plural && from.parties.size() > 1) {
      Referent r;
      Source one = from;
      for (const std::string& party : from.parties) {
        const auto holder = is_office(cls) ? holder_of(party, cls) : std::nullopt;
        r.members.push_back(holder ? *holder : nominal(p, one, party, ActorKind::person));
      }
      r.form = MentionForm::nominal;
      r.rule = "names.counterpart";
      r.confidence = 0.8f;
      return r;
    }
    if (!cls.empty() && is_office(cls) && !p.plural)
      if (const auto holder = holder_of(from.party, cls)) {
        Referent r = simple(*holder, 0.85f);
        r.form = MentionForm::nominal;
        r.rule = "names.counterpart";
        return r;
      }
    return new_nominal(p, from, ActorKind::person);
  }

  // "a defense ministry official in Seoul": the ministry has been told of, so that "the ministry" finds it.
  void remember_body(const Phrase& p, const Source& from, size_t i) {
    for (const uint32_t row : p.head_titles) {
      const Title& t = base_.titles()[row];
      if (static_cast<int32_t>(row) == p.title || t.part != Part::body || is_government(t) || from.party.empty()) continue;
      Seen seen;
      seen.what = simple(actors_.body(from.party, row, t.name, t.sector, t.cls), from.confidence);
      seen.sentence = sentence_;
      seen.unit = p.first;
      seen.nested = true;
      (void)i;
      push_seen(std::move(seen));
      return;
    }
  }

  Referent new_nominal(const Phrase& p, const Source& from, ActorKind kind) {
    Referent r;
    r.form = MentionForm::nominal;
    r.confidence = from.party.empty() ? 0.5f : from.confidence;
    r.rule = "title." + std::string(title(p).id);
    if (p.plural && from.parties.size() > 1) {
      for (const std::string& party : from.parties) r.members.push_back(nominal(p, from, party, kind));
      return r;
    }
    r.actor = nominal(p, from, from.party, kind);
    return r;
  }
  ActorId nominal(const Phrase& p, const Source& from, const std::string& party, ActorKind kind) {
    Actor a;
    const bool possessive = p.determiner == Determiner::possessive;
    a.name = words(p.determiner != Determiner::none && !possessive ? p.determiner_unit + 1 : p.first, p.last);
    a.kind = kind;
    a.party = a.country = party;
    a.sector = !p.sector.empty() && title(p).sector.empty() == false ? std::string(p.sector) : !from.sector.empty() ? from.sector : std::string(p.sector);
    if (title(p).part == Part::staff && title(p).sector == "GOV" && p.sector == "GOV" && !from.sector.empty()) a.sector = from.sector;
    if (a.sector.empty() && !party.empty() && governs(p)) a.sector = "GOV";
    a.former = p.former;
    if (a.former) a.sector = "ELI";
    a.role = title_words(p);
    a.key = party + "|" + (kind == ActorKind::office ? "office|" : "person|") + key_words(a.role.empty() ? a.name : a.role);
    a.rule = "title." + std::string(title(p).id);
    a.confidence = party.empty() ? 0.3f : from.confidence;
    ActorState s;
    s.title = p.title;
    s.cls = p.cls;
    s.plural = p.plural;
    note_gender(p, s);
    return actors_.add(std::move(a), std::move(s));
  }

  // The party in whose affairs the report is at this place: named before in this sentence, else in the sentences before.
  std::string focus() const {
    std::map<std::string, int> score;
    std::string best;
    int most = 0;
    for (size_t h = history_.size(); h-- > 0;) {
      const Seen& seen = history_[h];
      if (seen.sentence + 2 < sentence_) break;
      if (!seen.what.actor.valid() || seen.what.place) continue;
      const Actor& a = actors_[seen.what.actor];
      if (a.party.empty() || base_.party_row(a.party) < 0 || a.confidence < 0.4f) continue;
      // "the South Korean minister told parliament": the sentence itself weighs more than all before it.
      const int points = (seen.sentence == sentence_ ? 8 : 1) + (seen.subject ? 2 : 0);
      const int total = score[a.party] += points;
      if (total > most) most = total, best = a.party;
    }
    return best;
  }

  // ---- words that no table knows --------------------------------------------------------------------------------------

  Referent resolve_unknown(const Phrase& p, size_t i) {
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
    if ((p.weak && !acts) || month) return {};
    if (const auto city = city_at(p)) return simple_place(actors_.place(base_.cities()[*city]));
    if (is_organisation(run)) return organisation(p, "");
    const std::string_view type = entity_type(p);
    if (run.size() <= 2 && !all_caps(run)) {
      auto leaders = actors_.leaders_named(run, "", "");
      if (leaders.empty()) leaders = actors_.leaders_named(run, "", "", true);
      if (leaders.size() == 1 && plausible_leader(leaders[0], type)) return simple(actors_.base_person(leaders[0], "", 0.8f, ""), 0.8f);
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
  static bool is_month(std::string_view word) {
    static constexpr std::array<std::string_view, 4> kWords = {"May", "March", "April", "June"};
    return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
  }
  // A bare family name is a leader only where the report speaks of the leader's country.
  bool plausible_leader(uint32_t row, std::string_view type) const {
    const Term* t = actors_.term_of(base_.persons()[row], "");
    return t && (told(base_.code(t->party)) > 0 || type == "person");
  }
  static bool all_caps(std::span<const Unit> run) {
    return std::all_of(run.begin(), run.end(), [](const Unit& u) { return u.all_caps || u.initial; });
  }
  bool differ(const std::vector<ActorId>& ids) const {
    std::string_view party;
    for (const ActorId id : ids) {
      const std::string& p = actors_[id].party;
      if (!p.empty() && !party.empty() && p != party) return true;
      if (!p.empty()) party = p;
    }
    return false;
  }
  bool is_organisation(std::span<const Unit> run) const {
    for (const Unit& u : run) {
      std::string lower(u.text);
      for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
      if (run.size() > 1 && std::find(kOrganisationWords.begin(), kOrganisationWords.end(), lower) != kOrganisationWords.end()) return true;
    }
    return false;
  }
  std::string_view entity_type(const Phrase& p) const {
    if (sentence_ >= trees_.size()) return {};
    const uint32_t token = scan().units[p.last - 1].token;
    const EntitySpan* best = nullptr;
    for (const EntitySpan& e : trees_[sentence_].entities)
      if (e.first <= token && token < e.last && (!best || e.last - e.first < best->last - best->first)) best = &e;
    return best ? std::string_view(best->type) : std::string_view();
  }
  Referent organisation(const Phrase& p, std::string_view country) {
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
  Referent compound_name(const Phrase& p) {
    const Atom& a = atom(p.origins.front().atom);
    const Entry& e = a.entries.front();
    const std::string_view country = e.kind == EntryKind::group ? base_.groups()[e.row].country : e.kind <= EntryKind::demonym ? base_.parties()[e.row].code : "";
    return organisation(p, country);
  }
  std::optional<uint32_t> city_at(const Phrase& p) const {
    static constexpr std::array<std::string_view, 16> kBefore = {"in", "near", "at", "from", "to", "of", "outside", "around", "and", "over", "into", "off", "toward", "towards", "on", "through"};
    const Scan& s = scan();
    if (p.first == 0) return std::nullopt;
    const bool place = s.is(p.first - 1, "in") || s.is(p.first - 1, "near") || s.is(p.first - 1, "outside") || s.is(p.first - 1, "from") || s.is(p.first - 1, "into") ||
                       ((s.is(p.first - 1, "of") || s.is(p.first - 1, "to") || s.is(p.first - 1, "at") || s.is(p.first - 1, "on")) && p.first > 1) || s.is(p.last, "city") || s.is(p.last, "province") || s.is(p.last, "region") || s.is(p.last, "airport");
    if (!place || !s.any(p.first - 1, kBefore)) return std::nullopt;
    uint64_t hash = 0;
    for (const Unit& u : units(p.first, p.last)) hash = chain(hash, u.hash);
    std::optional<uint32_t> best;
    long best_score = -1;
    for (const Entry& e : base_.find(hash)) {
      if (e.kind != EntryKind::city) continue;
      const Place& c = base_.cities()[e.row];
      const long score = static_cast<long>(c.population) + (told(c.country) > 0 ? 100000L * std::min(told(c.country), 50) : 0);
      if (score > best_score) best = e.row, best_score = score;
    }
    return best;
  }

  // ---- acronyms -------------------------------------------------------------------------------------------------------

  // The referent of the phrase right before "(" when this phrase is all that stands in the brackets.
  const Referent* bracketed_with(const Phrase& p, size_t i) const {
    const Scan& s = scan();
    if (p.first < 2 || p.last >= s.size() || s.units[p.first - 1].text != "(" || s.units[p.last].text != ")") return nullptr;
    for (size_t j = i; j-- > 0 && j + 8 > i;)
      if (phrase(j).last == p.first - 1 && done_[j] && phrase(j).parent < 0) return &refs_[j];
    return nullptr;
  }
  // "Bishops' Conference of the Philippines (BCP)": the letters are not those of the Philippines.
  bool initial_fits(const Phrase& p, size_t i) const {
    const Scan& s = scan();
    if (s.atom_at[p.first] >= 0) return true;  // a name that the base knows
    for (size_t j = i; j-- > 0 && j + 8 > i;)
      if (phrase(j).last == p.first - 1 && phrase(j).parent < 0)
        for (uint32_t u = phrase(j).first; u < phrase(j).last; ++u)
          if (s.units[u].text.front() == s.units[p.first].text.front()) return true;
    return false;
  }
  void note_acronym(size_t i) {
    const Phrase& p = phrase(i);
    if (p.last - p.first != 1 || !scan().units[p.first].all_caps || !refs_[i].actor.valid() || refs_[i].place) return;
    const Referent* before = bracketed_with(p, i);
    if (before && initial_fits(p, i)) acronyms_.emplace(scan().units[p.first].hash, refs_[i].actor);
  }

  // ---- words that stand for others --------------------------------------------------------------------------------------

  void remember(size_t i) {
    const Phrase& p = phrase(i);
    if (!refs_[i].valid()) return;
    if (refs_[i].actor.valid()) actors_.state(refs_[i].actor).last_sentence = sentence_;
    for (const ActorId m : refs_[i].members) actors_.state(m).last_sentence = sentence_;
    if (refs_[i].actor.valid() && refs_[i].form != MentionForm::pronoun) ++spoken_[actors_[refs_[i].actor].party];
    Seen seen{refs_[i], sentence_, p.first, is_subject(p), p.parent >= 0, quoted_[p.first] != 0, speaks(p)};
    push_seen(std::move(seen));
  }
  void push_seen(Seen seen) {
    if (history_.size() >= kHistory) history_.pop_front();
    history_.push_back(std::move(seen));
  }
  // Which units stand between quotation marks; marks are paired within a paragraph.
  void mark_quotes() {
    if (sentence_ == 0 || sentences_[sentence_].paragraph != sentences_[sentence_ - 1].paragraph) in_quote_ = false;
    const Scan& s = scan();
    quoted_.assign(s.size(), 0);
    for (uint32_t u = 0; u < s.size(); ++u) {
      const std::string_view t = s.units[u].text;
      if (s.units[u].kind == UnitKind::punct && (t == "\"" || t == "\u201C" || t == "\u201D" || t == "``" || t == "''")) in_quote_ = t == "\u201C" ? true : t == "\u201D" ? false : !in_quote_;
      else quoted_[u] = in_quote_;
    }
  }
  bool speaks(const Phrase& p) const {
    static constexpr std::array<std::string_view, 22> kSay = {"say", "tell", "add", "warn", "claim", "announce", "note", "state", "stress", "insist", "report", "declare", "argue", "deny", "call", "accuse", "urge", "vow", "pledge", "promise", "threaten", "condemn"};
    if (sentence_ >= trees_.size()) return false;
    const std::vector<Node>& nodes = trees_[sentence_].nodes;
    const uint32_t head = head_token(p);
    if (head >= nodes.size() || nodes[head].head < 0 || (nodes[head].deprel != Deprel::nsubj && nodes[head].deprel != Deprel::nsubj_pass)) return false;
    const std::string& lemma = nodes[static_cast<size_t>(nodes[head].head)].lemma;
    return std::find(kSay.begin(), kSay.end(), lemma) != kSay.end();
  }
  bool is_subject(const Phrase& p) const {
    const uint32_t head = head_token(p);
    if (sentence_ < trees_.size() && head < trees_[sentence_].nodes.size()) {
      const Deprel d = trees_[sentence_].nodes[head].deprel;
      return d == Deprel::nsubj || d == Deprel::nsubj_pass || d == Deprel::nsubj_outer;
    }
    return p.first <= 1;
  }

  Referent resolve_pronoun(const Phrase& p) {
    static constexpr std::array<std::string_view, 4> kMale = {"he", "him", "his", "himself"};
    static constexpr std::array<std::string_view, 3> kFemale = {"she", "her", "herself"};
    static constexpr std::array<std::string_view, 4> kPlural = {"they", "them", "their", "themselves"};
    const Scan& s = scan();
    const bool male = s.any(p.first, kMale), female = s.any(p.first, kFemale), plural = s.any(p.first, kPlural);
    const bool possessive = s.is(p.first, "his") || s.is(p.first, "its") || s.is(p.first, "their") || s.is(p.first, "her");
    const bool quoted = quoted_[p.first] != 0, speaker = speaks(p);
    const Seen* best = nullptr;
    float best_score = -100;
    for (size_t h = history_.size(); h-- > 0;) {
      const Seen& seen = history_[h];
      if (seen.sentence + kPronounSentences < sentence_) break;
      if (!fits(seen, male, female, plural)) continue;
      const float back = static_cast<float>(sentence_ - seen.sentence);
      float score = -1.6f * back;
      if (seen.subject) score += 1.5f;
      if (seen.nested) score -= 0.8f;
      if (seen.what.form == MentionForm::demonym) score -= 2.0f;
      if (seen.quoted && !quoted) score -= 2.0f;
      if (speaker && seen.speaker && seen.sentence != sentence_) score += 1.0f;
      if (seen.sentence == sentence_) {
        if (seen.unit >= p.first) continue;
        // "X told Y that it": near ones are as good as far ones; the subject leads.
        score += possessive && !seen.subject ? 0.4f : 0.f;
      }
      score += 0.001f * static_cast<float>(h);
      if (score > best_score) best = &seen, best_score = score;
    }
    if (!best) return {};
    Referent r = best->what;
    r.form = MentionForm::pronoun;
    r.rule = "names.pronoun";
    r.confidence = std::min(best->what.confidence, best_score > 0.5f ? 0.75f : 0.55f);
    if (r.actor.valid() && male) actors_.state(r.actor).gender = Gender::male;
    if (r.actor.valid() && female) actors_.state(r.actor).gender = Gender::female;
    return r;
  }
  bool fits(const Seen& seen, bool male, bool female, bool plural) const {
    if (seen.what.place) return false;
    if (!seen.what.actor.valid()) return plural && !seen.what.members.empty();
    const Actor& a = actors_[seen.what.actor];
    const ActorState& s = actors_.state(seen.what.actor);
    const bool person = a.kind == ActorKind::person || a.kind == ActorKind::office;
    if (male || female) return person && !s.plural && s.gender != (male ? Gender::female : Gender::male);
    if (plural) return (person && s.plural) || a.kind == ActorKind::group || s.plural;
    return !person && !s.plural && a.kind != ActorKind::weapon && a.kind != ActorKind::vessel;
  }

  bool all_states(const std::vector<ActorId>& ids) const {
    return std::all_of(ids.begin(), ids.end(), [&](ActorId id) { return base_.party_row(actors_[id].party) >= 0; });
  }

  // "the other side", "its neighbor": the party told most here beside the one whose act or possessive it is.
  Referent resolve_other(const Phrase& p, size_t i) {
    Referent r;
    std::string self;
    if (p.determiner == Determiner::possessive && i + 1 < phrases().size() && phrase(i + 1).kind == PhraseKind::pronoun) {
      const Referent whose = resolve(i + 1);
      if (whose.actor.valid()) self = actors_[whose.actor].party;
    }
    std::map<std::string, int> counts;
    for (size_t h = history_.size(); h-- > 0;) {
      const Seen& seen = history_[h];
      if (seen.sentence + kPronounSentences < sentence_) break;
      if (!seen.what.actor.valid()) continue;
      const Actor& a = actors_[seen.what.actor];
      if (self.empty() && seen.sentence == sentence_ && seen.subject) self = a.party;
      const std::string& party = seen.what.place ? a.country : a.party;
      if (!party.empty()) counts[party] += seen.sentence == sentence_ ? 3 : 2;
    }
    if (self.empty()) return r;
    std::string best;
    int most = 0;
    bool tie = false;
    for (const auto& [party, n] : counts) {
      if (party == self) continue;
      if (n > most) best = party, most = n, tie = false;
      else if (n == most) tie = true;
    }
    if (best.empty() || tie) return r;
    r = simple(actors_.government(best), 0.55f);
    r.form = MentionForm::nominal;
    r.rule = "names.other";
    return r;
  }

  // "the two sides": the parties named last, as many as the words count.
  Referent resolve_several(const Phrase& p) {
    const Scan& s = scan();
    size_t wanted = 2;
    for (uint32_t u = p.first; u < p.last; ++u) {
      if (s.is(u, "three") || s.is(u, "trio")) wanted = 3;
      if (s.is(u, "four")) wanted = 4;
      if (s.is(u, "five")) wanted = 5;
    }
    Referent r;
    r.form = MentionForm::nominal;
    r.rule = "names.several";
    if (s.is(p.head, "koreas")) {
      r.members = {actors_.government("KOR"), actors_.government("PRK")};
      r.confidence = 0.95f;
      return r;
    }
    const bool states = !s.is(p.head, "sides") && !s.is(p.head, "parties") && !s.is(p.head, "forces") && !s.is(p.head, "pair") && !s.is(p.head, "trio");
    const bool subject = is_subject(p);
    // The parties told most in this sentence and the last ones; not who acts on them here.
    std::vector<std::pair<int, std::string>> counts;
    for (size_t h = history_.size(); h-- > 0;) {
      const Seen& seen = history_[h];
      if (seen.sentence + kPronounSentences < sentence_) break;
      if (seen.what.place || (seen.quoted && !quoted_[p.first])) continue;
      if (seen.what.members.size() == wanted && (!states || all_states(seen.what.members))) {
        r.members = seen.what.members;
        r.confidence = 0.75f;
        return r;
      }
      if (!seen.what.actor.valid()) continue;
      const std::string& party = actors_[seen.what.actor].party;
      if (party.empty() || (states && base_.party_row(party) < 0)) continue;
      if (!subject && seen.sentence == sentence_ && seen.subject && !seen.nested) continue;
      const auto at = std::find_if(counts.begin(), counts.end(), [&](const auto& c) { return c.second == party; });
      const int points = seen.sentence == sentence_ ? 3 : 2;
      if (at == counts.end()) counts.emplace_back(points, party);
      else at->first += points;
    }
    // Who has been told of often is a side before who is told of in passing.
    for (auto& [points, party] : counts)
      if (const auto at = spoken_.find(party); at != spoken_.end()) points += std::min(at->second, 8);
    // "the U.N. chief ... both sides": a body is seldom a side where states and groups are.
    std::stable_sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::string> parties;
    for (const auto& [n, party] : counts)
      if (parties.size() < wanted) parties.push_back(party);
    if (parties.size() < wanted) return {};
    for (const std::string& party : parties) r.members.push_back(actors_.government(party));
    r.confidence = 0.65f;
    return r;
  }

  // "the group", "the bloc": the group or body spoken of last that is no organ of a state.
  Referent resolve_group(const Phrase& p) {
    Referent r;
    const bool outlet = scan().is(p.head, "outlet") || scan().is(p.head, "agency");
    for (size_t h = history_.size(); h-- > 0;) {
      const Seen& seen = history_[h];
      if (seen.sentence + 2 * kPronounSentences < sentence_) break;
      if (!seen.what.actor.valid() || seen.what.place) continue;
      const Actor& a = actors_[seen.what.actor];
      if (a.kind != ActorKind::group && a.kind != ActorKind::organization) continue;
      if (a.party.empty() || (outlet ? a.kind != ActorKind::organization : base_.party_row(a.party) >= 0 && a.sector != "REB")) continue;
      r = seen.what;
      r.form = MentionForm::nominal;
      r.rule = "names.group";
      r.confidence = std::min(r.confidence, 0.75f);
      return r;
    }
    return r;
  }

  // "the country": the state spoken of last.
  Referent resolve_country(const Phrase& p, size_t i) {
    Referent r;
    if (p.determiner == Determiner::possessive) {
      if (scan().is(p.head, "neighbor") || scan().is(p.head, "neighbour")) return r;
      if (i + 1 < phrases().size() && phrase(i + 1).kind == PhraseKind::pronoun) {
        const Referent whose = resolve(i + 1);
        if (whose.actor.valid() && base_.party_row(actors_[whose.actor].party) >= 0) {
          r = simple(actors_.government(actors_[whose.actor].party), std::min(0.8f, whose.confidence));
          r.form = MentionForm::nominal;
          r.rule = "names.country";
        }
      }
      return r;
    }
    const Seen* best = nullptr;
    float best_score = -100;
    for (size_t h = history_.size(); h-- > 0;) {
      const Seen& seen = history_[h];
      if (seen.sentence + kPronounSentences < sentence_) break;
      if (!seen.what.actor.valid() || actors_[seen.what.actor].kind != ActorKind::government) continue;
      float score = -1.2f * static_cast<float>(sentence_ - seen.sentence) + (seen.subject ? 1.5f : 0.f) - (seen.nested ? 0.7f : 0.f) - (seen.what.form == MentionForm::demonym ? 1.0f : 0.f) + 0.001f * static_cast<float>(h);
      if (score > best_score) best = &seen, best_score = score;
    }
    if (!best) return r;
    r = best->what;
    r.form = MentionForm::nominal;
    r.rule = "names.country";
    r.confidence = 0.65f;
    return r;
  }

  // ---- output -----------------------------------------------------------------------------------------------------------

  uint32_t head_token(const Phrase& p) const {
    const Scan& s = scan();
    const uint32_t first = s.units[p.first].token, last = s.units[p.last - 1].token + 1;
    if (sentence_ < trees_.size() && trees_[sentence_].nodes.size() == sentences_[sentence_].tokens.size()) {
      const std::vector<Node>& nodes = trees_[sentence_].nodes;
      // Of two tokens that hang outside the name's counts: "spokeswoman" and "Mao Ning" may both be subjects.
      const uint32_t start = p.name_first < p.name_last ? s.units[p.name_first].token : first;
      for (const uint32_t from : {start, first})
        for (uint32_t t = from; t < last; ++t)
          if ((nodes[t].head < static_cast<int32_t>(first) || nodes[t].head >= static_cast<int32_t>(last)) && nodes[t].deprel != Deprel::punct && nodes[t].deprel != Deprel::case_ && nodes[t].deprel != Deprel::det)
            return t;
    }
    return s.units[p.head].token;
  }

  void add_mention(size_t i) {
    const Referent& r = refs_[i];
    if (!r.valid()) return;
    const Phrase& p = phrase(i);
    const Scan& s = scan();
    Mention m;
    m.span = {s.units[p.first].span.begin, s.units[p.last - 1].span.end};
    m.sentence = {sentence_};
    m.first = s.units[p.first].token;
    m.last = s.units[p.last - 1].token + 1;
    m.head = head_token(p);
    m.form = r.form;
    if (r.members.empty()) m.actor = r.actor;
    else m.members = r.members;
    m.rule = r.rule;
    m.confidence = r.confidence;
    mentions_.push_back(std::move(m));
  }

  std::string_view text_;
  std::span<const Sentence> sentences_;
  std::span<const Tree> trees_;
  std::span<const SentencePhrases> all_;
  std::optional<Day> published_;
  const Base& base_;
  std::vector<Diagnostic>& diagnostics_;
  Actors actors_;
  std::map<std::string, int> told_;
  std::unordered_map<uint64_t, ActorId> acronyms_;  // looked up only
  std::map<std::string, int> spoken_;   // mentions by party so far
  std::map<int32_t, ActorId> chains_;  // what "the ministry" meant last, by title row
  std::deque<Seen> history_;
  std::vector<Mention> mentions_;
  uint32_t sentence_ = 0;
  bool in_quote_ = false;
  std::vector<char> quoted_;   // by unit of the sentence
  bool has_entities_ = false;  // the language model tells persons from places
  std::vector<Referent> refs_;
  std::vector<char> done_;
};

}  // namespace

Names resolve_phrases(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees, std::span<const SentencePhrases> phrases,
                      const std::optional<Day>& published, const Base& base, std::vector<Diagnostic>& diagnostics) {
  return Resolver(text, sentences, trees, phrases, published, base, diagnostics).run();
}

}  // namespace demarche::names
