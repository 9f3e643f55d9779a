#include "demarche/events/participants.h"

#include <algorithm>

namespace demarche {

StatementIndex::StatementIndex(std::span<const Sentence> sentences, std::span<const Statement> statements) : statements_(statements), by_sentence_(sentences.size()) {
  constexpr uint32_t kMaxSentences = 40;  // a quotation that runs longer is a fault of its cue
  for (uint32_t i = 0; i < statements.size(); ++i)
    for (const Span part : statements[i].content) {
      uint32_t s = sentence_at(sentences, part.begin);
      for (uint32_t n = 0; s < sentences.size() && sentences[s].span.begin < part.end && n < kMaxSentences; ++s, ++n)
        if (by_sentence_[s].empty() || by_sentence_[s].back() != i) by_sentence_[s].push_back(i);
    }
}

StatementId StatementIndex::innermost(SentenceId sentence, Span place) const {
  StatementId best;
  uint32_t best_size = UINT32_MAX;
  for (const uint32_t i : by_sentence_[sentence.index]) {
    const Statement& statement = statements_[i];
    if (statement.cue && statement.cue->overlaps(place)) continue;
    uint32_t size = 0;
    bool inside = false;
    for (const Span part : statement.content) {
      size += part.size();
      inside = inside || part.contains(place);
    }
    if (inside && size < best_size) {
      best = StatementId{i};
      best_size = size;
    }
  }
  return best;
}

void Cast::add(const Participant& p) {
  if (p.party.empty()) {
    static constexpr std::string_view kPolitical[] = {"GOV", "MIL", "LEG", "JUD", "SPY", "OPP", "PTY", "REB", "COP", "PRM", "UAF"};
    const bool political = std::find(std::begin(kPolitical), std::end(kPolitical), p.sector) != std::end(kPolitical);
    if (political && p.actor.valid() && std::find(unplaced.begin(), unplaced.end(), p) == unplaced.end()) unplaced.push_back(p);
    return;
  }
  for (Participant& have : parties)
    if (have.party == p.party) {
      if (have.sector.empty()) have = p;
      return;
    }
  parties.push_back(p);
}

void CastSigns::merge(const CastSigns& other) {
  pronoun |= other.pronoun;
  nominal |= other.nominal;
  modifier |= other.modifier;
  speaker |= other.speaker;
  shared |= other.shared;
  means |= other.means;
  words |= other.words;
  home |= other.home;
  place |= other.place;
  choice = std::max(choice, other.choice);
  name = std::min(name, other.name);
}

void Cast::merge(const Cast& other) {
  for (const Participant& p : other.parties) add(p);
  for (const Participant& p : other.unplaced) add(p);
  heads.insert(heads.end(), other.heads.begin(), other.heads.end());
  signs.merge(other.signs);
  if (pending == kNoToken) pending = other.pending;
}

bool is_political(const Participant& participant) {
  static constexpr std::string_view kCivil[] = {"BUS", "CVL", "LAB", "EDU", "MED", "JRN", "CRM", "AGR", "REF"};
  if (participant.party.empty()) return false;
  return std::find(std::begin(kCivil), std::end(kCivil), participant.sector) == std::end(kCivil);
}

bool is_kind(const Scene& scene, uint32_t head, ActorKind kind) {
  const Mention* m = scene.view.headed[head];
  return m && m->actor.valid() && scene.names.actors[m->actor.index].kind == kind;
}

namespace {

Participant participant_of(const Names& names, ActorId id) {
  const Actor& actor = names.actors[id.index];
  return {id, actor.party, actor.sector};
}

// The country that a place stands in, as the one hit ("shelled Goris": Armenia).
Participant place_participant(const Names& names, ActorId id) {
  const Actor& actor = names.actors[id.index];
  return {id, actor.party.empty() ? actor.country : actor.party, actor.sector};
}

// `owners`: a company stands for its country, as one that is dealt with.
bool add_mention(const Scene& scene, uint32_t token, bool place, Cast& cast, bool owners = false) {
  const Mention* m = scene.view.headed[token];
  if (!m) return false;
  const size_t before = cast.parties.size();
  bool known = false;
  const auto one = [&](ActorId id) {
    const Actor& actor = scene.names.actors[id.index];
    if (actor.kind == ActorKind::place) {
      if (place) cast.add(place_participant(scene.names, id));
      cast.signs.place |= place;
      known = known || (place && !(actor.party.empty() && actor.country.empty()));
    } else if (owners && actor.party.empty() && actor.kind == ActorKind::organization && !actor.country.empty()) {
      cast.add({id, actor.country, actor.sector});  // "banned flights by Ruritania Airways"
      known = true;
    } else {
      cast.add(participant_of(scene.names, id));
      known = known || !actor.party.empty();
    }
    if (!actor.party.empty()) cast.signs.name = std::min(cast.signs.name, actor.confidence);  // a mention may be sure and its actor's party a guess
  };
  if (m->actor.valid()) one(m->actor);
  for (const ActorId id : m->members) one(id);
  if (known) {
    cast.heads.push_back(token);
    cast.signs.pronoun |= m->form == MentionForm::pronoun;
    cast.signs.nominal |= m->form == MentionForm::nominal;
    cast.signs.name = std::min(cast.signs.name, m->confidence);
  }
  return known || cast.parties.size() > before;
}

// "we", "our" inside a quotation: whoever speaks.
bool add_speaker_pronoun(const Scene& scene, uint32_t token, Cast& cast) {
  const ClauseView& view = scene.view;
  if (!scene.frames.is(view.lemma[token], scene.frames.known.we) && !scene.frames.is(view.form[token], scene.frames.known.we)) return false;
  const StatementId s = scene.statements.innermost(view.id, view.sentence.tokens[token].span);
  if (!s.valid()) return false;
  const Speaker& speaker = scene.statements[s].speaker;
  cast.add({speaker.actor, speaker.party, speaker.sector});
  cast.heads.push_back(token);
  cast.signs.speaker = true;
  return !speaker.party.empty();
}

// "our ally the Philippines": the apposition names the thing itself.
bool add_apposition(const Scene& scene, uint32_t token, bool place, Cast& below) {
  bool found = false;
  for (const uint32_t c : scene.view.index.children(token)) {
    const Deprel rel = scene.view.node(c).deprel;
    const bool bare = rel == Deprel::nmod && c > token && scene.view.index.child(c, Deprel::case_) < 0;
    if ((rel == Deprel::appos || bare) && add_mention(scene, c, place, below)) found = true;
  }
  return found;
}

// "called for his release": the person is whom it is asked for.
bool befell_owner(const Scene& scene, uint32_t noun, uint32_t owner) {
  const FrameLexicon& frames = scene.frames;
  const Symbol lemma = scene.view.lemma[noun];
  if (!frames.is(lemma, frames.known.given_up)) return false;
  return is_kind(scene, owner, ActorKind::person) || is_kind(scene, owner, ActorKind::office) || scene.view.form[owner] == frames.asked.his || scene.view.form[owner] == frames.asked.her;
}

// "the Turkish-Libyan agreement", "a US-South Korean drill": the party before the hyphen; kNoToken when there is none.
uint32_t before_hyphen(const ClauseView& view, uint32_t head) {
  const Mention* name = view.headed[head];
  if (!name || name->first < 2 || (view.word(name->first - 1) != "-" && view.word(name->first - 1) != "\xE2\x80\x93")) return kNoToken;
  const uint32_t end = name->first - 1;
  for (uint32_t t = end; t-- > 0 && end - t <= 3;)
    if (view.headed[t] && view.headed[t]->last == end && view.headed[t]->actor.valid()) return t;
  return kNoToken;
}

// "the Chinese embassy", "Russia's ships": whoever stands before the noun.
bool add_owner(const Scene& scene, uint32_t token, bool deep, bool place, Cast& below) {
  const ClauseView& view = scene.view;
  bool found = false;
  for (const uint32_t c : view.index.children(token)) {
    const Deprel rel = view.node(c).deprel;
    if (rel != Deprel::nmod_poss && rel != Deprel::amod && rel != Deprel::compound && rel != Deprel::nmod_desc && rel != Deprel::nmod_unmarked) continue;
    // "Russia's allies", "its neighbour" are others.
    if (rel == Deprel::nmod_poss && scene.frames.is(view.lemma[token], scene.frames.known.related)) continue;
    if (rel == Deprel::nmod_poss && deep && befell_owner(scene, token, c)) continue;
    for (const uint32_t x : joined(scene, c)) {
      if (rel == Deprel::amod && view.headed[x] == nullptr) {
        // "Saudi-led warplanes", "the British-flagged tanker": whose they are stands before the participle.
        const bool owned = x >= 2 && view.word(x - 1) == "-" && scene.frames.is(view.lemma[x], scene.frames.known.belong) && view.headed[x - 2] != nullptr;
        if (owned && add_mention(scene, x - 2, true, below)) found = true;
        continue;
      }
      // "an anti-Syrian journalist" is not Syria's.
      const std::string_view word = view.word(x);
      if (word.starts_with("anti-") || word.starts_with("pro-") || (x >= 2 && view.word(x - 1) == "-" && (view.node(x - 2).lemma == "anti" || view.node(x - 2).lemma == "pro"))) continue;
      if (add_mention(scene, x, (rel == Deprel::nmod_poss && (deep || place)) || (rel == Deprel::compound && place), below) || add_speaker_pronoun(scene, x, below)) found = true;
      const uint32_t paired = rel == Deprel::nmod_poss ? kNoToken : before_hyphen(view, x);
      if (paired != kNoToken && add_mention(scene, paired, false, below)) found = true;
    }
  }
  return found;
}

// Whether what stands behind `prep` may tell whose a noun is: "the test by", "talks between", "officials at", "ties with"; of a place hit
// also where it lies ("the oil field at Khurais", "a village in southern Lebanon"), which says nothing of ships and planes.
bool tells_owner(const Scene& scene, uint32_t token, Symbol prep, bool place) {
  const FrameLexicon& frames = scene.frames;
  const Symbol noun = scene.view.lemma[token];
  if (prep == kNoSymbol) return false;
  if (frames.is(prep, frames.known.owner_prep)) return !frames.is(noun, frames.known.related);
  if (frames.is(noun, frames.known.people) && (prep == frames.asked.at || prep == frames.asked.in)) return true;
  return place && frames.is(prep, frames.known.place_prep) && !frames.is(noun, frames.known.political_noun);
}

// "condemned the storming of the embassy": whose embassy it is does not say who stormed it.
bool names_sufferer(const Scene& scene, uint32_t token) {
  const ClauseView& view = scene.view;
  const uint32_t noun = view.head(token);
  return noun != kNoToken && view.node(token).deprel == Deprel::nmod && scene.frames.is(view.lemma[noun], scene.frames.known.undergone) &&
         view.preposition(token) == scene.frames.asked.of;
}

// "firms linked to the army", "a ship owned by Iran": whose a thing is, told by a participle.
bool add_belonging(const Scene& scene, uint32_t token, Cast& below) {
  const ClauseView& view = scene.view;
  bool found = false;
  for (const uint32_t c : view.index.children(token)) {
    // "forces loyal to X" hangs its adjective on them.
    if (view.node(c).deprel != Deprel::acl && !(view.node(c).deprel == Deprel::amod && c > token)) continue;
    // "crimes committed by Ruritanian forces": whoever did it.
    const bool belongs = scene.frames.is(view.lemma[c], scene.frames.known.belong);
    for (const uint32_t d : view.index.children(c))
      if ((belongs && view.node(d).deprel == Deprel::obl) || view.node(d).deprel == Deprel::obl_agent)
        for (const uint32_t x : joined(scene, d))
          if (add_mention(scene, x, false, below) || (view.headed[x] == nullptr && add_owner(scene, x, false, false, below))) found = true;
  }
  return found;
}

bool stands_for_party(const Scene& scene, uint32_t token) {
  const FrameLexicon& frames = scene.frames;
  return frames.is(scene.view.lemma[token], frames.known.people) || frames.is(scene.view.lemma[token], frames.known.political_noun) || is_kind(scene, token, ActorKind::weapon) ||
         is_kind(scene, token, ActorKind::vessel);
}

// "a missile that India fired", "a draft which the Russians had tabled": who does what is told of the thing. Of what does not stand for a
// party only with a verb of bringing about, so that "a charge which X rejected" is not X's.
bool add_relative_doer(const Scene& scene, uint32_t token, Cast& below) {
  const ClauseView& view = scene.view;
  for (const uint32_t c : view.index.children(token)) {
    if (view.node(c).deprel != Deprel::acl_relcl || !(scene.frames.is(view.lemma[c], scene.frames.known.brought) || stands_for_party(scene, token))) continue;
    for (const uint32_t d : view.index.children(c))
      if (view.node(d).deprel == Deprel::nsubj && d < c && view.node(d).upos != Upos::PRON && add_mention(scene, d, false, below)) return true;
  }
  return false;
}

// "its border with Guyana", "ties with China": the other end, not the possessor.
bool add_other_end(const Scene& scene, uint32_t token, Cast& below) {
  const ClauseView& view = scene.view;
  if (!scene.frames.is(view.lemma[token], scene.frames.known.relation)) return false;
  const Symbol with = scene.frames.asked.with;
  bool found = false;
  for (const uint32_t c : view.index.children(token))
    if (view.node(c).deprel == Deprel::nmod && view.preposition(c) == with)
      for (const uint32_t x : joined(scene, c))
        if (add_mention(scene, x, true, below)) found = true;
  return found;
}

// "the recognition of the region by Ruritania", "the arrest of three men by its police": whoever stands behind "by", also under what it was done to.
bool add_doer(const Scene& scene, uint32_t token, Cast& below) {
  const ClauseView& view = scene.view;
  const Symbol by = scene.frames.asked.by, of = scene.frames.asked.of;
  bool found = false;
  const auto take = [&](uint32_t noun) {
    for (const uint32_t c : view.index.children(noun))
      if (view.node(c).deprel == Deprel::nmod && view.preposition(c) == by && by != kNoSymbol)
        for (const uint32_t x : joined(scene, c))
          if (add_mention(scene, x, false, below, true) || add_belonging(scene, x, below) || add_owner(scene, x, false, false, below)) found = true;
  };
  take(token);
  for (const uint32_t c : view.index.children(token))
    if (!found && view.node(c).deprel == Deprel::nmod && view.preposition(c) == of) take(c);
  return found;
}

// "eased its siege of the city", "carried out the killing of an envoy": of such an act that is aimed at a place or somebody, whom it befell.
bool add_sufferer(const Scene& scene, uint32_t token, Cast& below) {
  const ClauseView& view = scene.view;
  bool found = false;
  for (const uint32_t c : view.index.children(token))
    if (names_sufferer(scene, c))
      for (const uint32_t x : joined(scene, c))
        if (add_mention(scene, x, true, below) || add_owner(scene, x, true, true, below)) found = true;
  return found;
}

bool add_modifiers(const Scene& scene, uint32_t token, bool deep, bool place, Cast& cast) {
  const ClauseView& view = scene.view;
  Cast below;
  bool found = (place && add_sufferer(scene, token, below)) || add_apposition(scene, token, place, below) || add_other_end(scene, token, below) || (deep && !place && add_doer(scene, token, below)) || add_owner(scene, token, deep, place, below);
  for (const uint32_t c : view.index.children(token)) {
    if (found) break;
    if (view.node(c).deprel != Deprel::nmod || !tells_owner(scene, token, view.preposition(c), place)) continue;
    if (deep && !place && names_sufferer(scene, c)) continue;
    const bool owner = scene.frames.is(view.preposition(c), scene.frames.known.owner_prep);
    for (const uint32_t x : joined(scene, c))
      if (add_mention(scene, x, !owner || deep || place, below, deep || place) || add_belonging(scene, x, below)) found = true;
    // One level further: "the firing of North Korean missiles".
    if (!found && deep)
      for (const uint32_t d : view.index.children(c))
        if ((view.node(d).deprel == Deprel::nmod_poss || view.node(d).deprel == Deprel::amod || view.node(d).deprel == Deprel::compound) && add_mention(scene, d, false, below)) found = true;
  }
  found = found || add_belonging(scene, token, below) || (deep && add_relative_doer(scene, token, below));
  if (found) {
    below.signs.modifier = true;
    cast.merge(below);
  }
  return found;
}

// The head of the name before "and" that a tree made a part of the name behind it: in "Chinese President Xi Jinping and Russian
// President Vladimir Putin met" parsers hang Jinping under Vladimir. "Trump met Xi and Putin left" is another matter: Xi hangs
// under a verb. kNoToken when there is none.
uint32_t name_hung_under(const ClauseView& view, uint32_t head) {
  const Mention* name = view.headed[head];
  if (!name || name->form != MentionForm::name || name->first < 2 || view.node(name->first - 1).upos != Upos::CCONJ) return kNoToken;
  const uint32_t end = name->first - 1;
  for (uint32_t t = end; t-- > 0 && end - t <= 8;) {
    const Mention* before = view.headed[t];
    if (!before || before->last != end || before->form != MentionForm::name) continue;
    for (uint32_t u = before->first; u < before->last; ++u) {
      const uint32_t up = view.head(u);
      if (up != kNoToken && up >= name->first && up < name->last) return t;
    }
  }
  return kNoToken;
}

// "asked Russia, the Security Organization and the Council": the middle of a list that a tree takes for an apposition of the first.
bool ends_list(const Scene& scene, uint32_t first, uint32_t middle) {
  const ClauseView& view = scene.view;
  const Mention *a = view.headed[first], *b = view.headed[middle];
  if (!a || !b || !a->actor.valid() || !b->actor.valid()) return false;
  const std::string &one = scene.names.actors[a->actor.index].party, &other = scene.names.actors[b->actor.index].party;
  if (one.empty() || other.empty() || one == other) return false;
  // The last of it may hang on the first or on the middle.
  const auto goes_on = [&](uint32_t bearer) {
    const auto children = view.index.children(bearer);
    return std::any_of(children.begin(), children.end(), [&](uint32_t c) { return c > middle && view.node(c).deprel == Deprel::conj && !view.is_verb(c); });
  };
  return goes_on(first) || goes_on(middle);
}

}  // namespace

std::vector<uint32_t> joined_to(const Scene& scene, uint32_t head) {
  constexpr size_t kMaxHeads = 24;
  const ClauseView& view = scene.view;
  std::vector<uint32_t> more;
  for (size_t k = 0; k <= more.size() && k < kMaxHeads; ++k) {
    const uint32_t at = k == 0 ? head : more[k - 1];
    const uint32_t hung = name_hung_under(view, at);
    if (hung != kNoToken && hung != head && std::find(more.begin(), more.end(), hung) == more.end()) more.push_back(hung);
    for (const uint32_t c : view.index.children(at)) {
      const Deprel rel = view.node(c).deprel;
      if (rel == Deprel::conj && !view.is_verb(c)) more.push_back(c);
      else if (rel == Deprel::appos && ends_list(scene, at, c)) more.push_back(c);
      else if (rel == Deprel::nmod && (scene.frames.is(view.lemma[at], scene.frames.known.measure) || view.node(at).upos == Upos::NUM) && view.preposition(c) == scene.frames.asked.of) more.push_back(c);
    }
  }
  return more;
}

std::vector<uint32_t> joined(const Scene& scene, uint32_t head) {
  std::vector<uint32_t> all{head};
  const std::vector<uint32_t> more = joined_to(scene, head);
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

namespace {

// "condemned what it called a provocation by NATO", "bombed what it described as a camp of rebels": the words that name the thing.
std::vector<uint32_t> named_by_clause(const Scene& scene, uint32_t head) {
  const ClauseView& view = scene.view;
  std::vector<uint32_t> names;
  if (view.node(head).lemma != "what") return names;
  for (const uint32_t c : view.index.children(head)) {
    if (view.node(c).deprel != Deprel::acl_relcl) continue;
    const Arguments said = verb_arguments(view, c, scene.frames);
    for (const uint32_t n : said.comps)
      if (view.is_nominal(n)) names.push_back(n);
    for (const uint32_t n : said.obj)
      if (n != head) names.push_back(n);
    for (const Oblique& o : said.obliques)
      if (o.preposition != kNoSymbol && o.preposition == scene.frames.asked.as) names.push_back(o.head);
  }
  return names;
}

// The parties of the nominal itself.
Cast cast_named(const Scene& scene, uint32_t head, bool deep, bool place) {
  Cast cast;
  const ClauseView& view = scene.view;
  for (const uint32_t token : joined(scene, head)) {
    if (view.node(token).lemma == "own") continue;  // "threatened to review its own": another's aid has been told of before
    if (add_speaker_pronoun(scene, token, cast) || add_mention(scene, token, place, cast, deep || place)) continue;
    if ((deep || place || stands_for_party(scene, token) || scene.frames.is(view.lemma[token], scene.frames.known.time_noun)) && add_modifiers(scene, token, deep, place, cast)) continue;
    if (deep && cast.parties.empty() && cast.pending == kNoToken && (view.is_nominal(token) || view.node(token).upos == Upos::DET)) cast.pending = token;
  }
  if (!cast.parties.empty()) cast.pending = kNoToken;
  return cast;
}

}  // namespace

Cast cast_nominal(const Scene& scene, uint32_t head, bool deep, bool place) {
  Cast cast = cast_named(scene, head, deep, place);
  if ((deep || place) && cast.parties.empty())
    for (const uint32_t n : named_by_clause(scene, head)) cast.merge(cast_named(scene, n, deep, place));
  return cast;
}

namespace {

Cast cast_heads(const Scene& scene, const std::vector<uint32_t>& heads, const RoleSource& source) {
  Cast cast;
  for (const uint32_t h : heads) cast.merge(cast_nominal(scene, h, source.deep, source.place));
  return cast;
}

// The doer that a noun itself names: its light verb's subject, its owner, "by", its demonym.
Cast cast_noun_agent(const Scene& scene, const Arguments& args, const RoleSource& source) {
  Cast cast = cast_heads(scene, args.subj, source);
  if (!cast.parties.empty()) return cast;
  RoleSource owner = source;
  owner.place = true;  // "the city's decision" is told by other conditions; "Pyongyang's launch" must not be lost
  cast = cast_heads(scene, args.poss, owner);
  if (!cast.parties.empty()) return cast;
  const Symbol by = scene.frames.asked.by;
  for (const Oblique& o : args.obliques)
    if (o.preposition == by && by != kNoSymbol) cast.merge(cast_nominal(scene, o.head, source.deep, source.place));
  if (!cast.parties.empty()) return cast;
  for (const uint32_t m : args.mods) {
    Cast one;
    for (const uint32_t x : joined(scene, m))
      if (scene.view.headed[x] && !is_kind(scene, x, ActorKind::place) && !is_kind(scene, x, ActorKind::weapon)) one.merge(cast_nominal(scene, x, false, false));
    cast.merge(one);
  }
  if (!cast.parties.empty()) {
    cast.signs.modifier = true;
    return cast;
  }
  // "responded through sanctions on a bank": the clause's subject acts by means of it.
  cast = cast_heads(scene, args.means_subj, source);
  cast.signs.means = true;
  return cast;
}

// "demanded that the United States cancel the sale": parsers take a bare form behind its subject for a noun. The name right behind "that".
Cast cast_behind_that(const Scene& scene, uint32_t verb) {
  const ClauseView& view = scene.view;
  constexpr uint32_t kReach = 4;  // tokens from the verb to "that"
  for (uint32_t t = verb + 1; t < view.size() && t <= verb + kReach; ++t) {
    if (view.word(t) != "that" || view.node(t).deprel != Deprel::mark) continue;
    uint32_t first = t + 1, named = kNoToken;
    for (uint32_t u = first; u < view.size() && u <= t + 12; ++u) {
      if (!view.headed[u] || view.headed[u]->first != first) continue;
      named = u;
      first = view.headed[u]->last;
      if (first < view.size() && (view.word(first) == "'s" || view.word(first) == "\xE2\x80\x99s")) ++first;  // "Yemen's Houthis"
      else break;
    }
    if (named != kNoToken) return cast_nominal(scene, named, false, false);
    break;
  }
  return {};
}

Cast cast_complement(const Scene& scene, const Arguments& args, const RoleSource& source) {
  Cast cast;
  for (const uint32_t comp : args.comps) {
    const Arguments inner = verb_arguments(scene.view, comp, scene.frames);
    const auto& heads = source.slot == Slot::compobj ? inner.obj : (inner.passive ? inner.obj : inner.subj);
    cast.merge(cast_heads(scene, heads, source));
    if (cast.parties.empty() && source.slot == Slot::comp && !source.deep) cast.merge(cast_behind_that(scene, args.clause_verb));
    if (!cast.parties.empty()) break;
  }
  return cast;
}

// "threatened to impose tariffs on Mexico": what stands by the complement's verb or its object.
Cast cast_complement_oblique(const Scene& scene, const Arguments& args, const RoleSource& source) {
  Cast cast;
  for (const uint32_t comp : args.comps) {
    const Arguments inner = verb_arguments(scene.view, comp, scene.frames);
    for (const Oblique& o : inner.obliques)
      if (o.preposition == source.prep && o.preposition != kNoSymbol) cast.merge(cast_nominal(scene, o.head, source.deep, source.place));
    if (!cast.parties.empty()) break;
  }
  return cast;
}

// "threatened to leave unless Iran obeys", "If they attack, we will respond", "will go on until they yield": who is to meet the condition.
Cast cast_condition(const Scene& scene, const Arguments& args, const RoleSource& source) {
  const ClauseView& view = scene.view;
  std::vector<uint32_t> clauses{args.clause_verb};
  clauses.insert(clauses.end(), args.comps.begin(), args.comps.end());
  for (const uint32_t clause : clauses)
    for (const uint32_t c : view.index.children(clause)) {
      if (view.node(c).deprel != Deprel::advcl) continue;
      const auto marks = view.index.children(c);
      const bool conditional = std::any_of(marks.begin(), marks.end(), [&](uint32_t m) { return view.node(m).deprel == Deprel::mark && (scene.frames.is(view.lemma[m], scene.frames.known.if_mark) || scene.frames.is(view.lemma[m], scene.frames.known.before_mark)); });
      if (!conditional) continue;
      const Arguments inner = verb_arguments(view, c, scene.frames);
      const Cast cast = cast_heads(scene, inner.passive ? inner.obj : inner.subj, source);
      if (!cast.parties.empty()) return cast;
    }
  return {};
}

Cast cast_speaker(const Scene& scene, uint32_t trigger) {
  Cast cast;
  const StatementId s = scene.statements.innermost(scene.view.id, scene.view.sentence.tokens[trigger].span);
  if (!s.valid()) return cast;
  const Speaker& speaker = scene.statements[s].speaker;
  cast.add({speaker.actor, speaker.party, speaker.sector});
  cast.signs.speaker = true;
  return cast;
}

}  // namespace

Cast cast_role(const Scene& scene, const Arguments& args, uint32_t trigger, const RoleSource& source, TriggerPos pos) {
  switch (source.slot) {
    case Slot::subj: {
      if (pos == TriggerPos::noun) return cast_noun_agent(scene, args, source);
      Cast cast = cast_heads(scene, args.subj, source);
      cast.signs.shared |= !args.subject_is_own;
      return cast;
    }
    case Slot::obj:
      return cast_heads(scene, args.obj, source);
    case Slot::iobj:
      return cast_heads(scene, args.iobj, source);
    case Slot::poss:
      return cast_heads(scene, args.poss, source);
    case Slot::mod: {
      Cast cast;
      for (const uint32_t m : args.mods)
        if (scene.view.headed[m]) cast.merge(cast_nominal(scene, m, false, source.place));
      return cast;
    }
    case Slot::comp:
    case Slot::compobj:
      return cast_complement(scene, args, source);
    case Slot::compprep:
      return cast_complement_oblique(scene, args, source);
    case Slot::cond:
      return cast_condition(scene, args, source);
    case Slot::speaker:
      return cast_speaker(scene, trigger);
    case Slot::anchor: {
      // "was in Moscow": the predicate.
      const uint32_t head = scene.view.head(trigger);
      return head == kNoToken ? Cast{} : cast_nominal(scene, head, source.deep, source.place);
    }
    case Slot::host: {
      // "in a phone call", "by telephone": whoever does what the clause tells, and to whom.
      Cast cast = cast_heads(scene, args.host, source);
      cast.signs.means = !cast.parties.empty();
      return cast;
    }
    case Slot::antecedent: {
      if (scene.view.node(trigger).deprel != Deprel::acl_relcl && scene.view.node(trigger).deprel != Deprel::acl) return {};
      const uint32_t head = scene.view.head(trigger);
      return head == kNoToken ? Cast{} : cast_nominal(scene, head, source.deep, source.place);
    }
    case Slot::prep:
    case Slot::preps: {
      Cast cast;
      std::vector<uint32_t> used;
      for (const Oblique& o : args.obliques) {
        if (source.slot == Slot::prep && (o.preposition != source.prep || o.preposition == kNoSymbol)) continue;
        if (source.deep && !source.place && names_sufferer(scene, o.head)) continue;
        // "at forces at the base": the base is where they are.
        if (source.slot == Slot::prep && std::find(used.begin(), used.end(), scene.view.head(o.head)) != used.end()) continue;
        const Cast one = cast_nominal(scene, o.head, source.deep, source.place);
        if (!one.parties.empty()) used.push_back(o.head);
        if (one.signs.place && !cast.parties.empty() && !cast.signs.place) continue;
        cast.merge(one);
      }
      return cast;
    }
    default:
      return {};
  }
}

Cast cast_chain(const Scene& scene, const Arguments& args, uint32_t trigger, const RoleChain& chain, TriggerPos pos, const Cast* others) {
  Cast pending;
  std::optional<Cast> own;
  uint8_t choice = 0;
  const auto is_other = [&](const Participant& p) {
    return others && std::any_of(others->parties.begin(), others->parties.end(), [&](const Participant& q) { return q.party == p.party; });
  };
  for (const RoleSum& sum : chain) {
    Cast cast;
    for (const RoleSource& source : sum) cast.merge(cast_role(scene, args, trigger, source, pos));
    cast.signs.choice = choice++;
    if (!cast.parties.empty()) {
      if (!std::all_of(cast.parties.begin(), cast.parties.end(), is_other)) return cast;
      if (!own) own = std::move(cast);
      continue;
    }
    if (pending.pending == kNoToken) pending.pending = cast.pending;
    for (const Participant& p : cast.unplaced) pending.add(p);
  }
  return own ? *own : pending;
}

}  // namespace demarche
