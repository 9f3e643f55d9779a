#include "demarche/statements/nominal_cues.h"

#include <algorithm>
#include <array>

#include "demarche/statements/speaker_words.h"

namespace demarche::attribution {
namespace {

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
    if (finite_verb(view, i) || view.is_any(i, {"\"", "\xE2\x80\x9C", "``"})) break;
    const SpeakerClass c = view.nominal(i) ? lexicon.speaker_class(view.lemma(i)) : SpeakerClass::unknown;
    if (c == SpeakerClass::person || c == SpeakerClass::spokesperson || c == SpeakerClass::role) person[n] = true;
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

}  // namespace

bool lends_speaker(std::string_view lemma) {
  static constexpr std::array<std::string_view, 24> kVerbs = {"air",   "cite",  "convey", "express", "give", "harbor", "have",  "hold", "issue",   "maintain", "make",  "offer",
                                                              "raise", "reaffirm", "reiterate", "renew", "repeat", "send", "share", "state", "stress", "underline", "voice", "deliver"};
  return std::find(kVerbs.begin(), kVerbs.end(), lemma) != kVerbs.end();
}

std::vector<Span> spans_of(const ParsedSentence& view, const std::vector<TokenRange>& parts) {
  std::vector<Span> out;
  for (const TokenRange part : parts) out.push_back(view.span(part));
  return out;
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
    // By the order of words, where the tree lost the clause.
    if (!f && (row.frames & kClause) && a + 3 < view.size() && view.is(a + 1, "that") && !finite_verb(view, a + 2)) f = found(view, Pattern::adjective, {{a + 2, view.size()}});
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
        if ((row.frames & kClause) && (rel == Deprel::acl || rel == Deprel::acl_relcl || rel == Deprel::ccomp || (rel == Deprel::advcl && holder == n)) && !to && (view.marker(c, "that") >= 0 || view.is(view.extent(c).first, "that")) && view.subject(c) >= 0) {
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
        // "expressed concern about the plan", with "about the plan" hung on the verb
        if (rest < 0 && up >= 0 && view.rel(n) == Deprel::obj && lends_speaker(view.lemma(u(up))) && n + 1 < view.size() && view.is(n + 1, preposition)) rest = view.marked_child(u(up), {Deprel::obl, Deprel::advcl}, preposition);
        if (rest < 0 && n + 2 < view.size() && view.is(n + 1, preposition) && view.head(n + 1) > static_cast<int32_t>(n) + 1) rest = view.head(n + 1);
        if (rest < 0 || u(rest) < n || view.marker(u(rest), preposition) < 0) continue;
        TokenRange r = view.extent(u(rest));
        r.first = std::max(r.first, u(view.marker(u(rest), preposition)) + 1);
        f = found(view, Pattern::nominal, {r});
        break;
      }
    }
    if (!f) continue;
    // "gave no assurance that": nothing was said. Thoughts may be denied ("no doubt that").
    const int32_t determiner = view.child(n, Deprel::det);
    if (determiner >= 0 && view.is(u(determiner), "no") && row.kind == StatementKind::speech && row.stance != CueStance::denying) return {};
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
  // "killed 62, including, according to reports, 54 children": set off on both sides.
  else if (view.is(p - 1, ",") && view.node(draft.speaker.head).upos == Upos::NOUN && lexicon.speaker_class(view.lemma(draft.speaker.head)) != SpeakerClass::person)
    for (uint32_t i = draft.speaker.head + 1; i + 1 < draft.speaker.range.last; ++i)
      if (view.is(i, ",") && view.node(i + 1).upos == Upos::NUM) draft.speaker.range.last = i;
  TokenRange phrase{p, std::max(view.extent(u(noun)).last, draft.speaker.range.last)};
  if (p <= after_dateline(view) + 1) {
    phrase.last = draft.speaker.range.last;
    // "According to the agency, which cited sources close to the inquiry, the man ...": the relative clause is none of the content.
    if (phrase.last + 2 < view.size() && view.is(phrase.last, ",") && view.is_any(phrase.last + 1, {"which", "who", "citing"})) {
      uint32_t close = phrase.last + 2;
      while (close < view.size() && !view.is(close, ",")) ++close;
      if (close + 3 < view.size()) phrase.last = close;
    }
  }
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
  std::vector<TokenRange> parts = commented_clause(view, n, view.extent(n));
  // "who in his view had turned it down": the pronoun alone is no part of it
  if (parts.size() == 2 && parts[0].last - parts[0].first <= 2 && view.is_any(parts[0].last - 1, {"who", "which", "that"})) parts.erase(parts.begin());
  auto f = found(view, Pattern::possessed, parts);
  if (!f) return {};
  draft.content = spans_of(view, f->parts);
  return draft;
}

}  // namespace demarche::attribution
