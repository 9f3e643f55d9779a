#include "demarche/names/resolve.h"

#include <algorithm>

#include "demarche/names/place_sense.h"
#include "demarche/names/resolver.h"

namespace demarche::names {

Names Resolver::run() {
  count_parties();
  has_entities_ = std::any_of(trees_.begin(), trees_.end(), [](const Tree& t) { return !t.entities.empty(); });
  find_home();
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

// "OUAGADOUGOU, Sept 19 -": a capital in capitals at the front of one of the first sentences, when the report tells of that state about as much as of any.
void Resolver::find_home() {
  for (size_t s = 0; s < std::min<size_t>(all_.size(), 4) && home_.empty(); ++s) {
    const Scan& scan = all_[s].scan;
    if (scan.size() < 3 || scan.atom_at[0] < 0 || !scan.units[0].all_caps || scan.units[0].text.size() < 4) continue;
    const Atom& a = scan.atoms[static_cast<size_t>(scan.atom_at[0])];
    for (const Entry& e : a.entries)
      if (e.kind == EntryKind::capital && base_.party_row(base_.parties()[e.row].code) >= 0 && home_.empty()) home_ = base_.parties()[e.row].code;
  }
  int most = 0;
  for (const auto& [party, count] : told_)
    if (base_.party_row(party) >= 0) most = std::max(most, count);
  if (told(home_) * 2 < most) home_.clear();
  std::map<std::string, int> scenes = told_;
  for (const SentencePhrases& sp : all_)
    for (const Atom& a : sp.scan.atoms)
      if (a.entries.front().kind == EntryKind::place) ++scenes[std::string(base_.places()[a.entries.front().row].country)];
  int all = 0;
  for (const auto& [party, count] : scenes)
    if (base_.party_row(party) >= 0) all += count;
  for (const auto& [party, count] : scenes)
    if (base_.party_row(party) >= 0 && count > 1 && count * 3 >= all * 2) scene_ = party;
}

// Which parties the report speaks of in words that need no context: "the North" and "Congo" rest on it.
void Resolver::count_parties() {
  for (const SentencePhrases& sp : all_) family_names_.insert(family_names_.end(), sp.scan.family_names.begin(), sp.scan.family_names.end());
  std::sort(family_names_.begin(), family_names_.end());
  for (const SentencePhrases& sp : all_)
    for (const Atom& a : sp.scan.atoms) {
      const Entry& e = a.entries.front();
      if (e.kind == EntryKind::person && a.entries.size() == 1)
        if (const Term* t = actors_.term_of(base_.persons()[e.row], "")) ++told_[std::string(base_.code(t->party))];
      if (e.context || e.kind > EntryKind::group || may_be_family_name(a, sp.scan)) continue;
      if (a.entries.size() > 1 && a.entries[1].kind == e.kind && a.entries[1].row != e.row) continue;
      if (foreign_place(a)) continue;
      if (e.kind == EntryKind::group) ++told_[std::string(base_.groups()[e.row].party)];
      if (e.kind == EntryKind::group && base_.groups()[e.row].country == base_.groups()[e.row].party) continue;
      if (const std::string_view country = e.kind == EntryKind::group ? base_.groups()[e.row].country : base_.parties()[e.row].code; !country.empty()) ++told_[std::string(country)];
    }
}

const Referent& Resolver::resolve(size_t i) {
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

// The place in another country that has a state's name, or null.
const Entry* Resolver::foreign_place(const Atom& a) const {
  if (a.entries.front().kind != EntryKind::party) return nullptr;
  for (const Entry& e : a.entries)
    if (e.kind == EntryKind::place && !base_.places()[e.row].country.empty() && base_.places()[e.row].country != base_.parties()[a.entries.front().row].code && base_.places()[e.row].kind == "region") return &e;
  return nullptr;
}

// The entry that a name means here; null when the report gives no hold.
const Entry* Resolver::choose(const Atom& a, const Phrase& p) {
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

// "Amman", where the report tells of one Sudesh Amman; a state's own name stays the state.
bool Resolver::may_be_family_name(const Atom& a, const Scan& scan) const {
  const EntryKind kind = a.entries.front().kind;
  return a.last == a.first + 1 && (kind == EntryKind::place || kind == EntryKind::capital) && std::binary_search(family_names_.begin(), family_names_.end(), scan.units[a.first].hash);
}

Referent Resolver::resolve_atom(const Phrase& p, size_t i) {
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
  // "Lyman said", of the envoy told before, who bears a town's name
  if (may_be_family_name(a, scan()) && !is_place_sense(scan(), p, true, false, motion_of(p)))
    if (const auto known = actors_.persons_named(units(a.first, a.last)); known.size() == 1) return person_referent(known.front(), 0.8f);
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
    if (const auto city = city_at(p, i)) return simple_place(actors_.place(base_.cities()[*city]));
  if (!e) return r;
  r = e->kind == EntryKind::group ? group_referent(*e) : party_referent(*e, a, p, i);
  // "US-based", "Iran-backed", "pro-Beijing": whose something is, nobody who acts.
  const Scan& s = scan();
  const bool behind = a.last < s.size() && s.word(a.last) && s.units[a.last].hyphen_before && !s.units[a.last].capital;
  const bool prefixed = s.units[a.first].hyphen_before && a.first > 0 && (s.is(a.first - 1, "pro") || s.is(a.first - 1, "anti") || s.is(a.first - 1, "non"));
  if ((behind || prefixed) && !r.place && r.form == MentionForm::name) r.form = MentionForm::demonym;
  if (e->context) r.confidence = std::min(r.confidence, 0.85f);
  // A group's acronym in brackets: "South Korea's Joint Chiefs of Staff (JCS)".
  if (const Referent* before = bracketed_with(p, i); before && before->actor.valid() && !before->place) return *before;
  return r;
}

Referent Resolver::simple(ActorId actor, float confidence) {
  Referent r;
  r.actor = actor;
  r.rule = actors_[actor].rule;
  r.confidence = confidence;
  return r;
}

Referent Resolver::simple_place(ActorId actor) {
  Referent r = simple(actor, 0.9f);
  r.place = true;
  return r;
}

Referent Resolver::group_referent(const Entry& e) {
  return simple(actors_.group(e.row), 0.95f);
}

Referent Resolver::party_referent(const Entry& e, const Atom& a, const Phrase& p, size_t i) {
  const std::string_view code = base_.parties()[e.row].code;
  const bool capital = e.kind == EntryKind::capital;
  if ((e.kind == EntryKind::party || capital) && (p.parent < 0 || phrase(static_cast<size_t>(p.parent)).kind == PhraseKind::titled)) {
    const bool before = i > 0 && i <= refs_.size() && refs_[i - 1].place && phrase(i - 1).last + 1 >= p.first && phrase(i - 1).last <= p.first;
    if (is_place_sense(scan(), p, capital, before, motion_of(p))) return simple_place(place_of(e, a, code));
  }
  if (e.kind == EntryKind::demonym && p.parent < 0 && p.determiner == Determiner::definite && demonym_noun(a, p) && one_person(scan().units[a.last - 1].text))
    if (const auto person = countryman(code)) {
      Referent r = simple(*person, 0.7f);
      r.form = MentionForm::nominal;
      r.rule = "names.countryman";
      return r;
    }
  Referent r = simple(actors_.government(code), 0.95f);
  if (e.kind == EntryKind::demonym) r.form = demonym_noun(a, p) ? MentionForm::nominal : MentionForm::demonym;
  if (e.kind == EntryKind::party && (a.last - a.first) > 1 && scan().is(a.last - 1, "state")) r.form = MentionForm::nominal;
  return r;
}

// Whether the phrase hangs on a verb of motion: "sent her minister to Quito".
bool Resolver::motion_of(const Phrase& p) const {
  static constexpr std::array<std::string_view, 20> kVerbs = {"go", "send", "travel", "fly", "return", "come", "arrive", "head", "deploy", "move", "sail", "dispatch", "march", "rush", "journey", "flee", "escape", "withdraw", "depart", "drive"};
  if (sentence_ >= trees_.size()) return false;
  const std::vector<Node>& nodes = trees_[sentence_].nodes;
  const uint32_t head = head_token(p);
  if (head >= nodes.size() || nodes[head].head < 0 || nodes[head].deprel != Deprel::obl) return false;
  return std::find(kVerbs.begin(), kVerbs.end(), nodes[static_cast<size_t>(nodes[head].head)].lemma) != kVerbs.end();
}

// "the Spaniard", but not "the Spaniards", "the Chinese", "the Dutch".
bool Resolver::one_person(std::string_view demonym) {
  return !demonym.ends_with("s") && !demonym.ends_with("ese") && !demonym.ends_with("ch") && !demonym.ends_with("sh") && !demonym.ends_with("ss") && !demonym.ends_with("men");
}

bool Resolver::demonym_noun(const Atom& a, const Phrase& p) const {
  if (!scan().upos.empty()) return scan().upos[a.last - 1] == Upos::NOUN || (scan().upos[a.last - 1] == Upos::PROPN && scan().units[a.last - 1].text.back() == 's');
  return p.determiner == Determiner::definite && scan().units[a.last - 1].text.back() == 's';
}

ActorId Resolver::place_of(const Entry& e, const Atom& a, std::string_view code) {
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

uint32_t Resolver::head_token(const Phrase& p) const {
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

void Resolver::add_mention(size_t i) {
  const Referent& r = refs_[i];
  if (!r.valid()) return;
  const Phrase& p = phrase(i);
  const Scan& s = scan();
  Mention m;
  // "al-Eryani" in small letters belongs to the name whole.
  static constexpr std::array<std::string_view, 8> kArticles = {"al", "el", "ad", "an", "ar", "as", "ash", "az"};
  const bool article = p.first > 0 && r.actor.valid() && actors_[r.actor].kind == ActorKind::person && s.units[p.first].hyphen_before && s.any(p.first - 1, kArticles) && !s.units[p.first - 1].capital;
  const uint32_t first = article ? p.first - 1 : p.first;
  m.span = {s.units[first].span.begin, s.units[p.last - 1].span.end};
  m.sentence = {sentence_};
  m.first = s.units[first].token;
  m.last = s.units[p.last - 1].token + 1;
  m.head = head_token(p);
  m.form = r.form;
  if (r.members.empty()) m.actor = r.actor;
  else m.members = r.members;
  m.rule = r.rule;
  m.confidence = r.confidence;
  mentions_.push_back(std::move(m));
}

Names resolve_phrases(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees, std::span<const SentencePhrases> phrases,
                      const std::optional<Day>& published, const Base& base, std::vector<Diagnostic>& diagnostics) {
  return Resolver(text, sentences, trees, phrases, published, base, diagnostics).run();
}

}  // namespace demarche::names
