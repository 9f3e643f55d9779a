// For every token that a row of the lexicon matches, the frames of the row are tried in order of certainty: a finite clause,
// the clause around an interposed cue, infinitives, object with predicate or preposition, a bare object. What each gives is a
// list of token ranges; "that", a cue's own marks and punctuation at the ends are no part of content.

#include "demarche/statements/cue_finder.h"

#include <algorithm>
#include <array>
#include <optional>

#include "demarche/statements/frames.h"
#include "demarche/statements/speaker_words.h"

namespace demarche::attribution {
namespace {

constexpr uint32_t kMaxParticleGap = 8;  // tokens between a verb and its particle ("brushed the resolution aside")

// Passives without an agent attribute only where convention says so: "is believed to", "it was reported that".
bool impersonal_passive(const ParsedSentence& view, uint32_t v) {
  static constexpr std::array<std::string_view, 8> kVerbs = {"believe", "say", "think", "report", "understand", "allege", "rumor", "suspect"};
  return view.passive(v) && std::find(kVerbs.begin(), kVerbs.end(), view.lemma(v)) != kVerbs.end();
}

std::vector<Span> spans_of(const ParsedSentence& view, const std::vector<TokenRange>& parts) {
  std::vector<Span> out;
  for (const TokenRange part : parts) out.push_back(view.span(part));
  return out;
}

// "Yonhap quoted X as saying ...", "X was quoted by Yonhap as saying ...": X speaks, Yonhap relays. By the order of words: the
// parser hangs what was said on either verb.
std::optional<Draft> quoted_as(const ParsedSentence& view, uint32_t v, const CueMatch& match) {
  constexpr uint32_t kMaxBetween = 24;  // tokens of the speaker's phrase
  if (v < 2 || !view.is(v - 1, "as") || !view.has_xpos(v, "VBG")) return {};
  uint32_t quote = v;
  for (uint32_t i = v - 1; i-- > 0 && i + kMaxBetween > v && quote == v;)
    if (view.lemma(i) == "quote" || view.lemma(i) == "cite") quote = i;
  if (quote == v) return {};
  Draft draft;
  const bool passive = view.passive(quote) || (quote > 0 && view.node(quote - 1).upos == Upos::AUX && view.lemma(quote - 1) == "be");
  if (passive) {
    draft.speaker = phrase_before(view, quote, {0, quote});
    if (draft.speaker.empty()) draft.speaker = last_subject(view, {0, quote});
    const int32_t agent = view.child(quote, Deprel::obl_agent);
    if (agent >= 0) draft.relayer = phrase_of(view, u(agent), {quote + 1, v});
  } else {
    draft.speaker = phrase_after(view, quote, {quote + 1, v - 1});
    draft.relayer = speaker_of(view, quote);
    if (draft.relayer.empty()) draft.relayer = last_subject(view, {0, quote});
  }
  uint32_t end = view.size();
  while (end > v + 1 && view.punct(end - 1) && !view.is_any(end - 1, {")", "%"})) --end;
  const auto f = found(view, Pattern::clause, {{v + 1, end}});
  if (!f || draft.speaker.empty()) return {};
  draft.row = match.row;
  draft.pattern = Pattern::clause;
  draft.sentence = view.id();
  draft.cue_token = quote;
  draft.cue = v - quote <= 2 ? view.span({quote, v + 1}) : view.token(v);
  draft.content = spans_of(view, f->parts);
  return draft;
}

// "said X" where X was read as the object and the content stands before.
SpeakerWords inverted_speaker(const ParsedSentence& view, uint32_t v, const Found& f) {
  if (f.parts.empty() || f.parts.front().first > v) return {};
  const int32_t object = view.child(v, Deprel::obj);
  if (object < 0 || u(object) < v) return {};
  return phrase_of(view, u(object), {v + 1, view.size()});
}

// The verb that lends a noun its speaker: "expressed concern that", "issued a warning that".
bool lends_speaker(std::string_view lemma) {
  static constexpr std::array<std::string_view, 24> kVerbs = {"air",   "cite",  "convey", "express", "give", "harbor", "have",  "hold", "issue",   "maintain", "make",  "offer",
                                                              "raise", "reaffirm", "reiterate", "renew", "repeat", "send", "share", "state", "stress", "underline", "voice", "deliver"};
  return std::find(kVerbs.begin(), kVerbs.end(), lemma) != kVerbs.end();
}

// The word order's own marks come first: they are surer than a tree. A bare object comes last.
std::optional<Found> content_of(const ParsedSentence& view, uint32_t v, const CueMatch& match) {
  if (auto f = that_clause(view, v, match)) return f;
  if (auto f = closing_attribution(view, v, match)) return f;
  auto by_tree = content_by_tree(view, v, match);
  if (by_tree && by_tree->pattern != Pattern::object) return by_tree;
  if (auto f = object_by_order(view, v, match)) return f;
  return by_tree;
}

// "..., a spokesman quoted her as saying.": her words, relayed.
std::optional<Draft> closing_relay(const ParsedSentence& view, uint32_t v, const CueMatch& match) {
  if (match.row->words[0] != "quote" || view.passive(v)) return {};
  const auto f = closing_attribution(view, v, match);
  if (!f) return {};
  for (uint32_t i = v + 1; i + 1 < view.size() && i < v + 24; ++i) {
    if (!view.is(i, "as") || !view.is_any(i + 1, {"saying", "telling", "warning", "writing", "adding"})) continue;
    Draft draft;
    draft.speaker = phrase_after(view, v, {v + 1, i});
    if (draft.speaker.empty()) return {};
    draft.row = match.row;
    draft.pattern = f->pattern;
    draft.sentence = view.id();
    draft.cue_token = v;
    draft.cue = view.span({v, v + 1});
    draft.relayer = f->speaker;
    draft.content = spans_of(view, f->parts);
    return draft;
  }
  return {};
}

// The relaying verb of "quoted X as saying": what X says is told at "saying".
bool relays(const ParsedSentence& view, uint32_t v, const CueMatch& match) {
  if (match.row->words[0] != "quote" && match.row->words[0] != "cite") return false;
  for (uint32_t i = v + 1; i + 1 < view.size() && i < v + 24; ++i)
    if (view.is(i, "as") && view.has_xpos(i + 1, "VBG")) return true;
  return false;
}

// "declined to comment", "refused to say when": nothing was said.
bool refuses_to_speak(const ParsedSentence& view, uint32_t v, const CueMatch& match, const CueLexicon& lexicon) {
  static constexpr std::array<std::string_view, 13> kSilent = {"comment", "speculate", "discuss", "elaborate", "answer", "speak", "talk", "give", "provide", "name", "identify", "be", "get"};
  if (match.row->act != "refuse") return false;
  const int32_t inf = infinitive_child(view, v, true);
  if (inf < 0) return false;
  if (std::find(kSilent.begin(), kSilent.end(), view.lemma(u(inf))) != kSilent.end()) return true;
  for (const CueMatch& m : match_cue(view, u(inf), lexicon, CuePos::verb))
    if ((m.row->frames & kQuote) && (m.row->frames & kClause) && m.row->act.empty()) return true;
  return false;
}

std::optional<Draft> noun_attribution(const ParsedSentence& view, uint32_t n, const CueLexicon& lexicon);

// The speaker of a finite cue that the tree leaves without one: of a coordinated verb the subject before; else the name right
// before the verb group, or a strange word that opens the sentence ("Akar, however, said").
SpeakerWords speaker_by_order(const ParsedSentence& view, uint32_t v) {
  uint32_t i = v;
  while (i > 0 && (view.node(i - 1).upos == Upos::AUX || view.node(i - 1).upos == Upos::ADV) && i - 1 > 0) --i;
  if (i == 0) return {};
  if (view.is_any(i - 1, {"and", "but"})) return last_subject(view, {i > 40 ? i - 40 : 0, i});
  uint32_t first = i;
  while (first > 0 && view.node(first - 1).upos == Upos::PROPN) --first;
  if (first < i) return {view.id(), {first, i}, i - 1};
  const std::string_view word = view.word(0);
  const bool strange = v <= 5 && word.size() >= 3 && word[0] >= 'A' && word[0] <= 'Z' && !word.ends_with("ly") &&
                       !view.is_any(0, {"however", "meanwhile", "still", "also", "then", "later", "earlier", "there", "here", "now", "yet", "even", "again", "instead", "but", "and", "this", "that", "what", "when", "who", "why", "how",
                                        "while", "after", "before", "since", "indeed", "today", "yesterday", "once", "afterwards", "elsewhere", "moreover", "besides", "asked"});
  const bool beside = v == 1 || (view.is(1, ",") && view.is(v - 1, ","));
  if (strange && beside && view.node(0).upos != Upos::PRON && view.node(0).upos != Upos::DET && view.node(0).upos != Upos::ADP && view.node(0).upos != Upos::SCONJ) return {view.id(), {0, 1}, 0};
  return {};
}

std::optional<Draft> verb_attribution(const ParsedSentence& view, uint32_t v, const CueLexicon& lexicon, CuePos pos) {
  for (const CueMatch& match : match_cue(view, v, lexicon, pos)) {
    if (auto relay = closing_relay(view, v, match)) return relay;
    if (auto relay = quoted_as(view, v, match)) return relay;
    if (relays(view, v, match)) return {};
    if (refuses_to_speak(view, v, match, lexicon)) return {};
    const std::optional<Found> f = content_of(view, v, match);
    if (!f) continue;
    // "repeated an offer to", "rejected the claim that": the noun has the content.
    if (f->pattern == Pattern::object && pos == CuePos::verb) {
      const int32_t object = match.complement >= 0 ? match.complement : view.child(v, Deprel::obj);
      if (object >= 0 && lends_speaker(view.lemma(v)) && noun_attribution(view, u(object), lexicon)) return {};
    }
    const Reality reality = reality_of(view, v, *match.row);
    if (!reality.told) return {};
    Draft draft;
    draft.row = match.row;
    draft.pattern = f->pattern;
    draft.sentence = view.id();
    draft.cue_token = v;
    draft.cue = cue_words(view, v, match.last);
    draft.content = spans_of(view, f->parts);
    draft.addressee = f->addressee;
    draft.negated = reality.negated;
    draft.speaker = f->speaker.empty() ? speaker_of(view, v) : f->speaker;
    if (draft.speaker.empty() && f->pattern == Pattern::clause_then_cue) draft.speaker = inverted_speaker(view, v, *f);
    if (draft.speaker.empty() && view.node(v).upos == Upos::NOUN) draft.speaker = phrase_before(view, v, {v > 16 ? v - 16 : 0, v});
    // ", with Lee calling it a trap": a subject of its own behind "with".
    if (view.has_xpos(v, "VBG"))
      for (uint32_t i = v; i-- > 0 && i + 10 > v;) {
        if (view.is(i, "with") && i + 1 < v && (i == 0 || view.is(i - 1, ","))) {
          const SpeakerWords own = phrase_before(view, v, {i + 1, v});
          if (!own.empty()) draft.speaker = own;
        }
        if (finite_verb(view, i) || view.is(i, ",") || view.is(i, "with")) break;
      }
    // "has in the past said": the parser lost the subject, the words before the cue have it.
    if (draft.speaker.empty() && pos == CuePos::verb && match.row->strength >= 0.8f && (f->pattern == Pattern::clause || view.node(v).upos == Upos::NOUN) && !view.passive(v) && view.child(v, Deprel::expl) < 0) {
      draft.speaker = last_subject(view, {v > 16 ? v - 16 : 0, v});
      draft.factor = 0.7f;
    }
    if (draft.speaker.empty() && pos == CuePos::verb && !view.passive(v) && (finite_verb(view, v) || view.has_xpos(v, "VBN"))) {
      draft.speaker = speaker_by_order(view, v);
      draft.factor = 0.75f;
    }
    if (draft.speaker.empty()) {
      if (!impersonal_passive(view, v)) continue;
      draft.pattern = Pattern::passive;
    }
    return draft;
  }
  // "is believed to have left": the subject and the infinitive.
  if (pos == CuePos::verb && impersonal_passive(view, v) && view.child(v, Deprel::nsubj_pass) >= 0) {
    const int32_t inf = infinitive_child(view, v, false);
    const auto rows = lexicon.find(CuePos::verb, view.lemma(v));
    if (inf >= 0 && !rows.empty() && match_cue(view, u(inf), lexicon, CuePos::verb).empty()) {
      Draft draft;
      draft.row = rows.back();
      draft.pattern = Pattern::passive;
      draft.sentence = view.id();
      draft.cue_token = v;
      draft.cue = cue_words(view, v, v + 1);
      if (auto f = found(view, Pattern::passive, {view.extent(u(view.child(v, Deprel::nsubj_pass))), view.extent(u(inf))})) {
        draft.content = spans_of(view, f->parts);
        const int32_t agent = view.child(v, Deprel::obl_agent);
        if (agent >= 0) draft.speaker = phrase_of(view, u(agent), {0, view.size()});
        if (reality_of(view, v, *draft.row).told) return draft;
      }
    }
  }
  return {};
}

std::optional<Draft> adjective_attribution(const ParsedSentence& view, uint32_t a, const CueLexicon& lexicon) {
  for (const CueMatch& match : match_cue(view, a, lexicon, CuePos::adjective)) {
    const CueRow& row = *match.row;
    std::optional<Found> f;
    for (const uint32_t c : view.children(a)) {
      if (c < a) continue;
      const Deprel rel = view.rel(c);
      if ((row.frames & (kClause | kQuestion)) && (rel == Deprel::ccomp || rel == Deprel::advcl || rel == Deprel::acl) && finite_clause(view, c) &&
          view.marker(c, "because") < 0 && view.marker(c, "as") < 0 && view.marker(c, "after") < 0 && view.marker(c, "when") < 0)
        f = found(view, Pattern::adjective, {view.extent(c)});
      else if ((row.frames & kInfinitive) && (rel == Deprel::xcomp || rel == Deprel::advcl || rel == Deprel::ccomp) && view.to_infinitive(c))
        f = found(view, Pattern::adjective, {view.extent(c)});
      if (f) break;
    }
    Draft draft;
    if (!f) {
      for (const std::string& preposition : row.prepositions) {
        const int32_t rest = view.marked_child(a, {Deprel::obl, Deprel::nmod, Deprel::advcl}, preposition);
        if (rest < 0 || u(rest) < a) continue;
        TokenRange r = view.extent(u(rest));
        r.first = std::max(r.first, u(view.marker(u(rest), preposition)) + 1);
        f = found(view, Pattern::adjective, {r});
        draft.factor = 0.5f;  // a bare object of an attitude: the gold of the project's own reports leaves most out
        break;
      }
    }
    if (!f) continue;
    const Reality reality = reality_of(view, a, row);
    if (!reality.told) return {};
    draft.row = &row;
    draft.pattern = Pattern::adjective;
    draft.sentence = view.id();
    draft.cue_token = a;
    draft.cue = cue_words(view, a, match.last);
    draft.content = spans_of(view, f->parts);
    draft.negated = reality.negated;
    draft.speaker = speaker_of(view, a);
    // "was alarmed that", read as a passive: its subject has the feeling.
    if (draft.speaker.empty() && view.subject(a) >= 0) draft.speaker = phrase_of(view, u(view.subject(a)), {0, a});
    if (draft.speaker.empty()) continue;
    return draft;
  }
  return {};
}

// The end of the "that" clause of a noun: before the noun's own verb when the noun is a subject, else with the sentence.
uint32_t clause_end_after(const ParsedSentence& view, uint32_t n) {
  uint32_t end = view.size();
  while (end > n && view.punct(end - 1)) --end;
  for (uint32_t i = 0; i < n; ++i)
    if (finite_verb(view, i)) return end;  // the sentence has its verb already: the noun is no subject
  bool verb = false, auxiliary = false;
  for (uint32_t i = n + 2; i < end; ++i) {
    if (view.is_any(i, {"who", "which", "and", "or", "but", "if", "when", "because", "that", "as"})) verb = false;
    const bool finite = finite_verb(view, i) || (view.has_xpos(i, "VBD"));
    if (finite && verb && !auxiliary) return i;
    if (finite) verb = true;
    auxiliary = finite && view.node(i).upos == Upos::AUX && !view.is_any(i, {"is", "was", "are", "were"});
  }
  return end;
}

SpeakerWords speaker_of_noun(const ParsedSentence& view, uint32_t n, Draft& draft) {
  int32_t owner = view.child(n, Deprel::nmod_poss);
  // "repeated its demand": the subject, not the pronoun, with the verb in the cue.
  if (owner >= 0 && view.rel(n) == Deprel::obj && view.head(n) >= 0 && view.node(u(owner)).upos == Upos::PRON && lends_speaker(view.lemma(u(view.head(n)))) && view.subject(u(view.head(n))) >= 0) owner = -1;
  if (owner >= 0) {
    SpeakerWords words = phrase_of(view, u(owner), {0, view.size()});
    if (!words.empty() && words.range.last > words.range.first + 1 && view.is_any(words.range.last - 1, {"'s", "'", "\xE2\x80\x99s", "\xE2\x80\x99"})) --words.range.last;
    return words;
  }
  for (const std::string_view by : {"by", "from", "among"}) {
    owner = view.marked_child(n, {Deprel::nmod, Deprel::obl}, by);
    if (owner >= 0) return phrase_of(view, u(owner), {n + 1, view.size()});
  }
  const int32_t up = view.head(n);
  if (up >= 0 && view.rel(n) == Deprel::obj && lends_speaker(view.lemma(u(up)))) {
    if (!reality_of(view, u(up), *draft.row).told) return {};
    draft.cue = cover(cue_words(view, u(up), u(up) + 1), draft.cue);
    draft.cue_token = u(up);
    return speaker_of(view, u(up));
  }
  // "There is concern in Tokyo that ..."
  if (up < 0 || view.lemma(n) == "be" || view.child(n, Deprel::expl) >= 0 || (up >= 0 && view.lemma(u(up)) == "be" && view.child(u(up), Deprel::expl) >= 0)) {
    for (const uint32_t holder : {n, up >= 0 ? u(up) : n})
      for (const std::string_view in : {"in", "among", "within", "at"}) {
        owner = view.marked_child(holder, {Deprel::nmod, Deprel::obl}, in);
        if (owner >= 0 && u(owner) > n) {
          draft.pattern = Pattern::impersonal;
          return phrase_of(view, u(owner), {n + 1, view.size()});
        }
      }
  }
  return {};
}

std::optional<Draft> noun_attribution(const ParsedSentence& view, uint32_t n, const CueLexicon& lexicon) {
  for (const CueMatch& match : match_cue(view, n, lexicon, CuePos::noun)) {
    const CueRow& row = *match.row;
    std::optional<Found> f;
    bool clause = false;
    const int32_t up = view.head(n);
    for (const uint32_t holder : {n, up >= 0 && view.rel(n) != Deprel::root ? u(up) : n}) {
      if (f) break;
      for (const uint32_t c : view.children(holder)) {
        if (c <= n) continue;
        const Deprel rel = view.rel(c);
        const bool to = view.to_infinitive(c);
        if ((row.frames & kClause) && (rel == Deprel::acl || rel == Deprel::acl_relcl || rel == Deprel::ccomp || (rel == Deprel::advcl && holder == n)) && !to && view.marker(c, "that") >= 0 && view.subject(c) >= 0) {
          f = found(view, Pattern::nominal, {view.extent(c)});
          clause = true;
        } else if ((holder == n || (view.rel(n) == Deprel::obj && lends_speaker(view.lemma(holder)))) && (row.frames & kInfinitive) &&
                   (rel == Deprel::acl || rel == Deprel::xcomp || rel == Deprel::advcl) && to) {
          f = found(view, Pattern::nominal, {view.extent(c)});
        }
        if (f) break;
      }
    }
    // "The claim that it rained was false": by the order of words, up to the verb of the noun itself.
    if ((row.frames & kClause) && n + 3 < view.size() && view.is(n + 1, "that") && !finite_verb(view, n + 2) && (clause || !f)) {
      f = found(view, Pattern::nominal, {{n + 2, clause_end_after(view, n)}});
      clause = f.has_value();
    }
    if (!f) {
      for (const std::string& preposition : row.prepositions) {
        int32_t rest = view.marked_child(n, {Deprel::nmod, Deprel::acl, Deprel::obl}, preposition);
        if (rest < 0 && n + 2 < view.size() && view.is(n + 1, preposition) && view.head(n + 1) > static_cast<int32_t>(n) + 1) rest = view.head(n + 1);
        if (rest < 0 || u(rest) < n || view.marker(u(rest), preposition) < 0) continue;
        TokenRange r = view.extent(u(rest));
        r.first = std::max(r.first, u(view.marker(u(rest), preposition)) + 1);
        f = found(view, Pattern::nominal, {r});
        break;
      }
    }
    if (!f) continue;
    Draft draft;
    draft.row = &row;
    draft.pattern = Pattern::nominal;
    draft.sentence = view.id();
    draft.cue_token = n;
    draft.cue = view.token(n);
    draft.content = spans_of(view, f->parts);
    draft.speaker = speaker_of_noun(view, n, draft);
    if (draft.speaker.empty()) continue;
    if (!clause) draft.factor = 0.5f;
    return draft;
  }
  return {};
}

// The clause that a sentence adverbial ("according to X", "in X's view") comments on, without that adverbial.
std::vector<TokenRange> commented_clause(const ParsedSentence& view, uint32_t adverbial, TokenRange phrase) {
  int32_t at = view.head(adverbial);
  if (at < 0) return without({0, view.size()}, phrase);
  for (int step = 0; step < 16; ++step) {
    const auto a = u(at);
    const Deprel rel = view.rel(a);
    const bool clause = view.subject(a) >= 0 || view.child(a, Deprel::expl) >= 0 || view.child(a, Deprel::csubj) >= 0;
    if (view.head(a) < 0) break;
    const bool boundary = clause && (rel == Deprel::ccomp || rel == Deprel::parataxis || rel == Deprel::acl_relcl || (rel == Deprel::advcl && view.extent(a).first > phrase.last) ||
                                     (rel == Deprel::conj && (phrase.last <= view.extent(a).first + 3 || view.marker(a, "but") >= 0)));
    if (boundary) break;
    if (rel == Deprel::conj && clause) {
      bool but = false;
      for (const uint32_t c : view.children(a)) but = but || (view.rel(c) == Deprel::cc && view.is_any(c, {"but", "yet", "while"}));
      if (but) break;
    }
    at = view.head(a);
  }
  TokenRange whole = view.extent(u(at));
  // A coordinating word at the clause's front is not said by anyone.
  for (const uint32_t c : view.children(u(at)))
    if (view.rel(c) == Deprel::cc && c == whole.first) whole.first = c + 1;
  return without(whole, phrase);
}

// "According to the mayor, Ann Lee, the bridge ...": the phrase of a fronted attribution ends at its comma, or at the next one
// when a name and an office stand on both sides of the first.
void end_at_comma(const ParsedSentence& view, const CueLexicon& lexicon, SpeakerWords& speaker, uint32_t first) {
  constexpr uint32_t kMaxPhrase = 30;
  uint32_t commas[2] = {0, 0};
  int n = 0;
  bool person[2] = {false, false};
  for (uint32_t i = first; i < std::min(view.size(), first + kMaxPhrase) && n < 2; ++i) {
    if (finite_verb(view, i)) break;
    const SpeakerClass c = lexicon.speaker_class(view.lemma(i));
    if (c == SpeakerClass::person || c == SpeakerClass::spokesperson) person[n] = true;
    if (view.is(i, ",")) commas[n++] = i;
  }
  if (n == 0) return;
  const bool apposition = n == 2 && (person[0] || person[1]) && commas[1] - commas[0] > 1 && view.node(commas[0] + 1).upos != Upos::ADP;
  speaker.range = {first, apposition ? commas[1] : commas[0]};
  if (!speaker.range.holds(speaker.head)) {
    speaker.head = first;
    for (uint32_t i = first; i < speaker.range.last; ++i)
      if (view.nominal(i) && (view.head(i) < static_cast<int32_t>(first) || view.head(i) >= static_cast<int32_t>(speaker.range.last))) speaker.head = i;
  }
}

std::optional<Draft> according_to(const ParsedSentence& view, uint32_t p, const CueLexicon& lexicon) {
  const auto rows = lexicon.find(CuePos::preposition, "according");
  if (rows.empty() || p + 2 >= view.size() || !view.is(p + 1, "to")) return {};
  int32_t noun = view.head(p);
  // The parser may hang the noun on "according" instead.
  if (noun < 0 || u(noun) < p || !view.nominal(u(noun))) {
    const SpeakerWords after = phrase_after(view, p + 1, {p + 2, view.size()});
    if (after.empty()) return {};
    noun = static_cast<int32_t>(after.head);
  }
  Draft draft;
  draft.row = rows.front();
  draft.pattern = Pattern::according_to;
  draft.sentence = view.id();
  draft.cue_token = p;
  draft.cue = cover(view.token(p), view.token(p + 1));
  draft.speaker = phrase_of(view, u(noun), {p + 2, view.size()});
  if (draft.speaker.empty()) return {};
  if (p <= after_dateline(view) + 1) end_at_comma(view, lexicon, draft.speaker, p + 2);
  TokenRange phrase{p, std::max(view.extent(u(noun)).last, draft.speaker.range.last)};
  if (p <= after_dateline(view) + 1) phrase.last = draft.speaker.range.last;
  if (phrase.last > p + 60 && draft.speaker.range.last < phrase.last) phrase.last = draft.speaker.range.last;
  const uint32_t anchor = view.head(p) == noun ? u(noun) : p;
  std::vector<TokenRange> parts = commented_clause(view, anchor, phrase);
  if (auto beside = clause_beside(view, phrase)) parts = beside->parts;
  // After a closing "according to X, which said ..." nothing more belongs to the content.
  if (parts.size() == 2 && parts[1].last - parts[1].first <= 2) parts.pop_back();
  auto f = found(view, Pattern::according_to, parts);
  if (!f) return {};
  draft.content = spans_of(view, f->parts);
  return draft;
}

// "in the minister's view", "in the words of the minister".
std::optional<Draft> possessed(const ParsedSentence& view, uint32_t n, const CueLexicon& lexicon) {
  const auto rows = lexicon.find(CuePos::possessed, view.word(n));
  if (rows.empty()) return {};
  if (view.marker(n, "in") < 0 && view.marker(n, "by") < 0) return {};
  Draft draft;
  int32_t owner = view.child(n, Deprel::nmod_poss);
  if (owner < 0) owner = view.marked_child(n, {Deprel::nmod}, "of");
  if (owner < 0) return {};
  draft.speaker = phrase_of(view, u(owner), {0, view.size()});
  if (draft.speaker.empty()) return {};
  if (view.is_any(draft.speaker.range.last - 1, {"'s", "'", "\xE2\x80\x99s", "\xE2\x80\x99"}) && draft.speaker.range.last > draft.speaker.range.first + 1) --draft.speaker.range.last;
  draft.row = rows.front();
  draft.pattern = Pattern::possessed;
  draft.sentence = view.id();
  draft.cue_token = n;
  draft.cue = view.token(n);
  auto f = found(view, Pattern::possessed, commented_clause(view, n, view.extent(n)));
  if (!f) return {};
  draft.content = spans_of(view, f->parts);
  return draft;
}

}  // namespace

namespace {

// Rows of a verb whose lemma the tagger got wrong: its endings taken off in the regular ways.
std::span<const CueRow* const> rows_by_form(const CueLexicon& lexicon, std::string_view word) {
  if (word.size() < 4 || word.size() > 24 || !(word.ends_with("ed") || word.ends_with("ing") || word.ends_with("s"))) return {};
  std::string stem(word.substr(0, word.size() - (word.ends_with("ing") ? 3 : word.ends_with("ed") ? 2 : 1)));
  for (const std::string& lemma : {stem, stem + "e", stem.ends_with("i") ? stem.substr(0, stem.size() - 1) + "y" : stem,
                                   stem.size() > 3 && stem[stem.size() - 1] == stem[stem.size() - 2] ? stem.substr(0, stem.size() - 1) : stem}) {
    const auto rows = lexicon.find(CuePos::verb, lemma);
    if (!rows.empty()) return rows;
  }
  return {};
}

}  // namespace

std::vector<CueMatch> match_cue(const ParsedSentence& view, uint32_t token, const CueLexicon& lexicon, CuePos pos) {
  std::vector<CueMatch> out;
  auto rows = lexicon.find(pos, view.lemma(token));
  if (rows.empty() && pos == CuePos::verb) rows = rows_by_form(lexicon, view.word(token));
  if (rows.empty() && pos == CuePos::adjective) rows = lexicon.find(pos, view.word(token));  // "concerned", tagged as a participle
  for (const CueRow* row : rows) {
    CueMatch match{row, token + 1, -1};
    bool all = true;
    for (size_t w = 1; w < row->words.size() && all; ++w) {
      all = false;
      uint32_t gap = 0;
      for (uint32_t i = match.last; i < view.size() && gap <= kMaxParticleGap; ++i, ++gap) {
        const bool same = view.is(i, row->words[w]) || view.lemma(i) == row->words[w];
        const bool near = i == match.last || (i == match.last + 1 && view.node(i - 1).upos == Upos::ADV);
        const bool particle = w == 1 && row->words.size() == 2 && view.head(i) == static_cast<int32_t>(token) && view.rel(i) != Deprel::case_;
        if (same && (near || particle)) {
          match.last = i + 1;
          all = true;
          break;
        }
        if (!near && w > 1) break;
      }
    }
    if (!all) continue;
    if (row->words.size() > 1) {
      // "call on X": the noun whose case marker the last word is; "call" + "on" as particle: the object.
      const uint32_t last = match.last - 1;
      const int32_t up = view.head(last);
      if (up > static_cast<int32_t>(last) && view.rel(last) != Deprel::compound_prt) match.complement = up;
      else if (view.rel(last) == Deprel::compound_prt || up == static_cast<int32_t>(token)) match.complement = view.child(token, Deprel::obj);
    }
    out.push_back(match);
  }
  return out;
}

Span cue_words(const ParsedSentence& view, uint32_t cue, uint32_t last) {
  uint32_t first = cue;
  while (first > 0 && view.head(first - 1) == static_cast<int32_t>(cue)) {
    const Deprel rel = view.rel(first - 1);
    const bool group = rel == Deprel::aux || rel == Deprel::aux_pass || rel == Deprel::cop || (rel == Deprel::advmod && view.node(first - 1).upos != Upos::SCONJ);
    if (!group) break;
    --first;
  }
  while (first < cue && view.rel(first) == Deprel::advmod && !view.is_any(first, {"also", "not", "repeatedly", "publicly", "reportedly", "never"})) ++first;
  // "seems to think", "went on to say"
  const int32_t up = view.head(cue);
  if (view.rel(cue) == Deprel::xcomp && up >= 0 && u(up) < cue && cue - u(up) <= 4 && view.to_infinitive(cue)) first = std::min(first, u(up));
  const uint32_t end = last > cue && last - cue <= 4 ? last : cue + 1;
  return view.span({first, end});
}

namespace {

uint32_t token_of(const ParsedSentence& view, uint32_t byte) { return std::min(token_at(view.sentence(), byte), view.size()); }

// The token at which a second cue's own part of the sentence begins, when it stands in an earlier one's content by its place
// but not by its sense: ", adding that", "and urged", ", but Islamabad denied". 0 when there is no such boundary.
uint32_t boundary_before(const ParsedSentence& view, const Draft& draft, bool& takes_speaker) {
  if (draft.row->pos != CuePos::verb) return 0;
  uint32_t i = draft.cue_token;
  while (i > 0 && (view.node(i - 1).upos == Upos::ADV || view.node(i - 1).upos == Upos::AUX)) --i;
  if (i == 0) return 0;
  const bool comma_before = view.is_any(i - 1, {",", "--", "\xE2\x80\x94"});
  if (comma_before && is_gerund(view, draft.cue_token)) {
    takes_speaker = true;
    return i - 1;
  }
  if (view.subject(draft.cue_token) < 0 && view.is_any(i - 1, {"and", "but", "then"})) {
    takes_speaker = true;
    return i >= 2 && view.is(i - 2, ",") ? i - 2 : i - 1;
  }
  // ", but X denied": the phrase of its own speaker, then the conjunction, then the comma.
  if (draft.speaker.empty() || draft.speaker.sentence != view.id()) return 0;
  const uint32_t s = draft.speaker.range.first;
  if (s >= 2 && s < draft.cue_token && view.is_any(s - 1, {"but", "and", "while", "whereas", "yet"}) && view.is_any(s - 2, {",", ";", "--"})) return s - 2;
  return 0;
}

// Ends the content of an earlier cue where a later one's part begins, and hands the speaker on.
void part_from_earlier(const ParsedSentence& view, std::vector<Draft>& earlier, Draft& draft) {
  for (size_t k = earlier.size(); k-- > 0 && earlier.size() - k <= 4;) {
    Draft& before = earlier[k];
    Span& last = before.content.back();
    if (before.cue.begin >= draft.cue.begin || !last.contains(draft.cue) || last.begin < before.cue.begin) continue;
    bool takes_speaker = false;
    const uint32_t boundary = boundary_before(view, draft, takes_speaker);
    if (boundary == 0 || view.token(boundary).begin <= last.begin) continue;
    const bool speech = draft.row->kind == StatementKind::speech || draft.row->kind == StatementKind::writing;
    if (takes_speaker) {
      const bool participle = is_gerund(view, draft.cue_token);
      if (!speech) continue;
      if (!participle) {
        // "said it met the envoy and urged him ...": a past tense beside a past tense may be the content's own; beside
        // another form, or with a cue that adds, it is the speaker's.
        const auto tense = [&](uint32_t token) { return view.node(token).xpos == "VBN" ? std::string("VBD") : view.node(token).xpos; };
        const bool same_tense = tense(draft.cue_token) == tense(before.cue_token);
        bool past_inside = false;
        for (uint32_t i = token_of(view, last.begin); i < boundary; ++i) {
          if (view.node(i).xpos == "VBD" && view.node(i).upos == Upos::VERB) past_inside = true;
          if (finite_verb(view, i) && view.node(i).upos == Upos::AUX) past_inside = false;
        }
        const bool adds = draft.pattern == Pattern::clause || draft.row->words[0] == "add" || draft.row->words[0] == "quote";
        const bool own_clause = draft.pattern == Pattern::clause && (draft.row->frames & kAddressee);
        if ((!same_tense && !own_clause) || (past_inside && !adds)) continue;
      }
      (draft.relayer.empty() && draft.row->words[0] != "quote" && view.word(draft.cue_token) != "quoted" ? draft.speaker : draft.relayer) = before.speaker;
    }
    last.end = view.token(boundary).begin;
    if (!before.speaker.empty()) return;
  }
}

}  // namespace

namespace {

// "The ministry insists that ...", "Pakistan denies sheltering ...": a present tense that the tagger took for a plural noun.
bool verb_in_disguise(const ParsedSentence& view, uint32_t i, const CueLexicon& lexicon) {
  if (view.node(i).upos != Upos::NOUN || i == 0 || i + 1 >= view.size()) return false;
  // "..., KCNA reports."
  bool closing = view.word(i).ends_with("s") && i + 2 == view.size() && view.child(i, Deprel::det) < 0;
  bool comma_before = false;
  for (uint32_t j = i; j-- > 0 && j + 8 > i;) comma_before = comma_before || view.is(j, ",");
  closing = closing && comma_before && i > 4;
  // "The ministry plans to expel ...": no other verb is there.
  bool plans = view.word(i).ends_with("s") && i + 2 < view.size() && view.is(i + 1, "to") && view.node(i + 2).xpos == "VB";
  for (uint32_t j = 0; j < view.size() && plans; ++j) plans = !finite_verb(view, j);
  if (plans) {
    const auto rows = lexicon.find(CuePos::verb, view.lemma(i));
    return !rows.empty() && (rows.back()->frames & kInfinitive) && rows.back()->strength >= 0.7f;
  }
  if (!closing && !view.is(i + 1, "that") && !view.has_xpos(i + 1, "VBG")) return false;
  if (!view.word(i).ends_with("s") && !lexicon.find(CuePos::noun, view.lemma(i)).empty()) return false;
  if (view.child(i, Deprel::det) >= 0 && !view.word(i).ends_with("s")) return false;
  const Upos before = view.node(i - 1).upos;
  if (before != Upos::PROPN && before != Upos::NOUN && before != Upos::PRON) return false;
  for (const CueRow* row : lexicon.find(CuePos::verb, view.lemma(i)))
    if (row->words.size() == 1 && row->strength >= 0.8f && (row->frames & (kClause | kGerund))) return true;
  return false;
}

}  // namespace

std::vector<Draft> find_tree_attributions(const ParsedSentence& view, const CueLexicon& lexicon, const std::vector<bool>& used) {
  std::vector<Draft> out;
  for (uint32_t i = 0; i < view.size() && out.size() < kMaxCuesInSentence; ++i) {
    if (i < used.size() && used[i]) continue;
    std::optional<Draft> draft;
    if (view.is(i, "according")) draft = according_to(view, i, lexicon);
    const Upos upos = view.node(i).upos;
    const bool participle = view.has_xpos(i, "VBN") || view.has_xpos(i, "VBD") || view.has_xpos(i, "JJ");
    if (!draft && (upos == Upos::VERB || verb_in_disguise(view, i, lexicon))) draft = verb_attribution(view, i, lexicon, CuePos::verb);
    if (!draft && (upos == Upos::ADJ || (upos == Upos::VERB && participle))) draft = adjective_attribution(view, i, lexicon);
    if (!draft && upos == Upos::NOUN) {
      draft = possessed(view, i, lexicon);
      if (!draft) draft = noun_attribution(view, i, lexicon);
    }
    if (!draft) continue;
    if (draft->content.back().begin > draft->cue.begin) {
      const TokenRange content{token_of(view, draft->content.back().begin), token_of(view, draft->content.back().end)};
      // A quotation's own cue in the content begins another attribution ("after X said ..., Y added: '...'").
      for (uint32_t t = content.first; t < content.last && t < used.size(); ++t) {
        if (!used[t]) continue;
        uint32_t cut = t;
        while (cut > content.first && !view.is(cut, ",")) --cut;
        if (cut > content.first + 1) draft->content.back().end = view.token(cut).begin;
        break;
      }
      const uint32_t comment = std::min(reporter_comment(view, content, lexicon), relative_end(view, draft->cue_token, content));
      if (comment < content.last) draft->content.back().end = std::min(draft->content.back().end, view.token(comment).begin);
    }
    // "told reporters to 'watch this space'": reporters are not asked, they are told.
    if (draft->pattern == Pattern::object_infinitive && (draft->row->frames & kAddressee) && draft->addressee >= 0 && view.is_any(u(draft->addressee), {"reporters", "journalists"})) {
      const uint32_t to = u(draft->addressee) + 1;
      if (to + 2 < view.size() && view.is(to, "to") && view.is_any(to + 1, {"\"", "\xE2\x80\x9C"})) draft->content.front().begin = view.token(to + 2).begin;
    }
    // What a quotation's own attribution told before is not told again.
    for (Span& part : draft->content) {
      const uint32_t first = token_of(view, part.begin), end = std::min(token_of(view, part.end), static_cast<uint32_t>(used.size()));
      for (uint32_t t = first; t < end; ++t) {
        if (!used[t] || t >= draft->cue_token) continue;
        uint32_t cut = t + 1;
        while (cut < end && !view.is_any(cut, {".", ";"}) && !(view.word(cut).ends_with(".") && view.word(cut).size() <= 2) && !(view.is(cut, ",") && cut + 1 < end && view.is_any(cut + 1, {"and", "but", "while"}))) ++cut;
        if (cut + 2 < end) part.begin = view.token(view.is(cut, ",") ? cut + 2 : cut + 1).begin;
        else draft->factor *= 0.4f;
      }
    }
    // A noun cue whose verb brought in the same content already ("issued a warning", "the report concluded").
    if (draft->row->pos == CuePos::noun &&
        std::any_of(out.begin(), out.end(), [&](const Draft& d) { return d.content == draft->content && (d.cue.overlaps(draft->cue) || view.span(d.speaker.range).contains(draft->cue)); }))
      continue;
    std::erase_if(out, [&](const Draft& d) {
      return d.row->pos == CuePos::noun && d.content == draft->content && (d.cue.overlaps(draft->cue) || (!draft->speaker.empty() && view.span(draft->speaker.range).contains(d.cue)));
    });
    part_from_earlier(view, out, *draft);
    out.push_back(std::move(*draft));
  }
  // Nothing that stands before a closing ", X said" reaches into it.
  for (const Draft& closing : out) {
    if (closing.pattern != Pattern::clause_then_cue) continue;
    for (Draft& other : out) {
      Span& last = other.content.back();
      if (&other != &closing && other.cue.begin < closing.content.front().end && last.contains(closing.cue) && last.begin < closing.content.front().end && closing.content.front().contains(other.cue))
        last.end = closing.content.front().end;
    }
  }
  return out;
}

}  // namespace demarche::attribution
