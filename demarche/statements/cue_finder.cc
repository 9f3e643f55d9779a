// For every token that a row of the lexicon matches, the frames of the row are tried in order of certainty: a finite clause,
// the clause around an interposed cue, infinitives, object with predicate or preposition, a bare object. What each gives is a
// list of token ranges; "that", a cue's own marks and punctuation at the ends are no part of content.

#include "demarche/statements/cue_finder.h"

#include <algorithm>
#include <array>
#include <optional>

#include "demarche/statements/speaker_words.h"

namespace demarche {
namespace {

constexpr uint32_t kMaxParticleGap = 8;  // tokens between a verb and its particle ("brushed the resolution aside")

struct Found {
  Pattern pattern = Pattern::clause;
  std::vector<TokenRange> parts;
  int32_t addressee = -1;
  bool inverted_object = false;  // "said X" where the parser took X for an object
};

// Ranges without punctuation, conjunctions and a leading "that" at their ends; empty ones are dropped.
TokenRange trimmed(const SentenceView& view, TokenRange r) {
  const auto drop_front = [&](uint32_t i) { return view.punct(i) && !view.is_any(i, {"(", "[", "$", "#", "-"}); };
  const auto drop_back = [&](uint32_t i) { return view.punct(i) && !view.is_any(i, {")", "]", "%"}); };
  while (!r.empty() && drop_front(r.first)) ++r.first;
  if (!r.empty() && view.is(r.first, "that") && (view.rel(r.first) == Deprel::mark || view.node(r.first).upos == Upos::SCONJ)) {
    ++r.first;
    while (!r.empty() && drop_front(r.first)) ++r.first;
  }
  while (!r.empty() && drop_back(r.last - 1)) --r.last;
  return r;
}

// `whole` without `hole`, in one or two pieces.
std::vector<TokenRange> without(TokenRange whole, TokenRange hole) {
  if (hole.empty() || hole.last <= whole.first || whole.last <= hole.first) return {whole};
  std::vector<TokenRange> out;
  if (whole.first < hole.first) out.push_back({whole.first, hole.first});
  if (hole.last < whole.last) out.push_back({hole.last, whole.last});
  return out;
}

std::optional<Found> found(const SentenceView& view, Pattern pattern, std::vector<TokenRange> parts) {
  Found f{pattern, {}, -1, false};
  for (const TokenRange part : parts) {
    const TokenRange t = trimmed(view, part);
    if (!t.empty()) f.parts.push_back(t);
  }
  if (f.parts.empty()) return {};
  return f;
}

uint32_t u(int32_t i) { return static_cast<uint32_t>(i); }

bool is_gerund(const SentenceView& view, uint32_t i) {
  return (view.has_xpos(i, "VBG") || feature(view.node(i), "VerbForm") == "Ger") && view.subject(i) < 0 && view.child(i, Deprel::aux) < 0;
}

bool finite_clause(const SentenceView& view, uint32_t c) {
  if (view.subject(c) >= 0 || view.child(c, Deprel::csubj) >= 0 || view.child(c, Deprel::expl) >= 0) return true;
  if (view.marker(c, "that") >= 0 || view.marker(c, "whether") >= 0 || view.marker(c, "if") >= 0) return true;
  return feature(view.node(c), "VerbForm") == "Fin" || view.has_xpos(c, "VBD") || view.has_xpos(c, "VBZ");
}

// The part of a sentence that an interposed or final attribution reports: everything under `main` but the attribution, and
// no clause that is coordinated after it ("..., X said, and she demanded ...").
std::vector<TokenRange> around(const SentenceView& view, uint32_t main, TokenRange attribution) {
  TokenRange whole = view.extent(main);
  for (const uint32_t c : view.children(main)) {
    const TokenRange part = view.extent(c);
    if (part.first < attribution.last) continue;
    const bool own_clause = (view.rel(c) == Deprel::conj || view.rel(c) == Deprel::parataxis) && view.subject(c) >= 0;
    const bool participle = view.rel(c) == Deprel::advcl && is_gerund(view, c);
    if (own_clause || participle) {
      whole.last = std::min(whole.last, part.first);
      break;
    }
  }
  return without(whole, attribution);
}

std::optional<Found> clause_frame(const SentenceView& view, uint32_t v, const CueRow& row) {
  int32_t clause = view.child(v, Deprel::ccomp);
  if (clause < 0) clause = view.child(v, Deprel::csubj_pass);
  if (clause < 0 && view.passive(v)) clause = view.child(v, Deprel::csubj);
  if (clause >= 0 && !(is_gerund(view, u(clause)) && (row.frames & kGerund)) && finite_clause(view, u(clause))) {
    // A clause that wraps around its cue ("It fell, X said, at noon") leaves a hole.
    TokenRange hole{v, v + 1};
    const int32_t subject = view.subject(v);
    if (subject >= 0) hole = {std::min(v, view.extent(u(subject)).first), std::max(v + 1, view.extent(u(subject)).last)};
    const TokenRange extent = view.extent(u(clause));
    return found(view, u(clause) < v ? Pattern::clause_then_cue : Pattern::clause, extent.holds(v) ? without(extent, hole) : std::vector{extent});
  }
  // "We go on, he said": the cue hangs on what was said.
  if (view.rel(v) == Deprel::parataxis && view.head(v) >= 0 && view.subject(v) >= 0 && !(view.nominal(u(view.head(v))) && view.subject(u(view.head(v))) < 0 && !view.punct(view.extent(v).first))) {
    const auto main = u(view.head(v));
    TokenRange attribution = view.extent(v);
    if (attribution.first <= view.extent(main).first) return {};
    if (!view.verbal(main) && view.subject(main) < 0 && attribution.first - view.extent(main).first < 3) return {};
    if (main > v) return found(view, Pattern::clause_then_cue, around(view, main, attribution));
    return found(view, Pattern::clause_then_cue, around(view, main, attribution));
  }
  // "He said: we go on."
  const int32_t beside = view.child(v, Deprel::parataxis);
  if (beside >= 0 && u(beside) > v && view.extent(u(beside)).first > v && finite_clause(view, u(beside)) && view.is_any(view.extent(u(beside)).first - 1, {":", ","}))
    return found(view, Pattern::clause, {view.extent(u(beside))});
  // "As he said, it rained."
  if (view.rel(v) == Deprel::advcl && view.marker(v, "as") >= 0 && view.head(v) >= 0 && view.subject(v) >= 0 && view.child(v, Deprel::obj) < 0 && row.kind == StatementKind::speech)
    return found(view, Pattern::as_clause, without(view.extent(u(view.head(v))), view.extent(v)));
  return {};
}

// The verb phrase complement of v with "to", or -1.
int32_t infinitive_child(const SentenceView& view, uint32_t v, bool also_advcl) {
  for (const uint32_t c : view.children(v)) {
    const Deprel rel = view.rel(c);
    if (c > v && (rel == Deprel::xcomp || rel == Deprel::ccomp || (also_advcl && (rel == Deprel::advcl || rel == Deprel::acl))) && view.to_infinitive(c)) return static_cast<int32_t>(c);
  }
  return -1;
}

int32_t object_of(const SentenceView& view, uint32_t v) {
  const int32_t o = view.child(v, Deprel::obj);
  return o >= 0 ? o : view.child(v, Deprel::iobj);
}

std::optional<Found> infinitive_frame(const SentenceView& view, uint32_t v, const CueRow& row, int32_t complement) {
  int32_t object = complement >= 0 ? complement : object_of(view, v);
  const int32_t inf = infinitive_child(view, v, object >= 0);
  if (row.frames & kObjectInfinitive) {
    if (object >= 0 && u(object) > v) {
      // The infinitive may hang on the object ("urged the army to fire" read as "an army to fire").
      int32_t to = inf;
      if (to < 0) to = infinitive_child(view, u(object), true);
      if (to >= 0) {
        TokenRange o = view.extent(u(object));
        if (complement >= 0) o.first = std::max(o.first, v + 1);
        for (const uint32_t c : view.children(u(object)))
          if (view.rel(c) == Deprel::case_ && c < u(object)) o.first = std::max(o.first, c + 1);
        auto f = found(view, Pattern::object_infinitive, {{o.first, std::max(o.last, view.extent(u(to)).last)}});
        if (f) f->addressee = object;
        return f;
      }
    }
    // "urged the army to fire" read as a clause with a subject of its own.
    const int32_t clause = view.child(v, Deprel::ccomp);
    if (clause >= 0 && u(clause) > v && view.to_infinitive(u(clause)) && view.subject(u(clause)) >= 0) {
      auto f = found(view, Pattern::object_infinitive, {view.extent(u(clause))});
      if (f) f->addressee = view.subject(u(clause));
      return f;
    }
  }
  if ((row.frames & kInfinitive) && inf >= 0 && (object < 0 || row.act == "promise" || row.act == "threaten")) {
    auto f = found(view, Pattern::infinitive, {view.extent(u(inf))});
    if (f && object >= 0) f->addressee = object;
    return f;
  }
  return {};
}

// What a passive or active cue is about: its object, or its subject when passive.
int32_t theme_of(const SentenceView& view, uint32_t v) {
  const int32_t object = view.child(v, Deprel::obj);
  return object >= 0 ? object : view.child(v, Deprel::nsubj_pass);
}

std::optional<Found> joined(const SentenceView& view, Pattern pattern, TokenRange theme, TokenRange rest, uint32_t v) {
  if (theme.first < v) return found(view, pattern, {{theme.first, std::min(theme.last, v)}, rest});
  return found(view, pattern, {{std::min(theme.first, rest.first), std::max(theme.last, rest.last)}});
}

std::optional<Found> prepositional_frame(const SentenceView& view, uint32_t v, const CueRow& row, int32_t complement) {
  struct Choice {
    Frame frame;
    std::string_view word;
    Pattern pattern;
  };
  static constexpr Choice kChoices[] = {{kObjectAs, "as", Pattern::object_as}, {kObjectOf, "of", Pattern::object_of}, {kObjectFor, "for", Pattern::object_for},
                                        {kObjectTo, "to", Pattern::object_for}, {kObjectOn, "on", Pattern::object_for}};
  const int32_t theme = complement >= 0 ? complement : theme_of(view, v);
  if (theme < 0) return {};
  for (const Choice& choice : kChoices) {
    if (!(row.frames & choice.frame)) continue;
    int32_t rest = view.marked_child(v, {Deprel::obl, Deprel::advcl, Deprel::xcomp, Deprel::nmod, Deprel::ccomp, Deprel::acl, Deprel::obl_agent}, choice.word);
    if (rest < 0 && u(theme) > v) rest = view.marked_child(u(theme), {Deprel::nmod, Deprel::acl, Deprel::advcl, Deprel::obl}, choice.word);
    if (rest < 0 || u(rest) < v || (u(theme) > v && u(rest) < u(theme))) continue;
    auto f = joined(view, choice.pattern, view.extent(u(theme)), view.extent(u(rest)), v);
    if (f && choice.frame == kObjectOf) f->addressee = theme;
    return f;
  }
  return {};
}

std::optional<Found> predicate_frame(const SentenceView& view, uint32_t v) {
  const int32_t theme = theme_of(view, v);
  const int32_t predicate = view.child(v, Deprel::xcomp);
  if (predicate >= 0 && !view.to_infinitive(u(predicate)) && u(predicate) > v && !view.has_xpos(u(predicate), "VB")) {
    if (theme >= 0 && theme != predicate) return joined(view, Pattern::object_predicate, view.extent(u(theme)), view.extent(u(predicate)), v);
  }
  // "called it a trap" read as two objects.
  const int32_t first = view.child(v, Deprel::iobj), second = view.child(v, Deprel::obj);
  if (first >= 0 && second >= 0 && u(first) > v && first < second) return joined(view, Pattern::object_predicate, view.extent(u(first)), view.extent(u(second)), v);
  // "called it irresponsible" read as a clause without a verb.
  const int32_t clause = view.child(v, Deprel::ccomp);
  if (clause >= 0 && u(clause) > v && view.subject(u(clause)) >= 0 && view.child(u(clause), Deprel::cop) < 0 && !view.verbal(u(clause)))
    return found(view, Pattern::object_predicate, {view.extent(u(clause))});
  return {};
}

std::optional<Found> object_frame(const SentenceView& view, uint32_t v, const CueRow& row, int32_t complement) {
  if (row.frames & kGerund) {
    for (const uint32_t c : view.children(v)) {
      const bool complement_clause = view.rel(c) == Deprel::xcomp || view.rel(c) == Deprel::ccomp || (complement == static_cast<int32_t>(c));
      if (c > v && complement_clause && is_gerund(view, c)) {
        TokenRange r = view.extent(c);
        for (const uint32_t m : view.children(c))
          if ((view.rel(m) == Deprel::mark || view.rel(m) == Deprel::case_) && m < c) r.first = std::max(r.first, m + 1);
        return found(view, Pattern::gerund, {r});
      }
    }
  }
  if (!(row.frames & kObject)) return {};
  const int32_t object = complement >= 0 ? complement : view.child(v, Deprel::obj);
  if (object < 0 || u(object) < v) return {};
  if (view.node(u(object)).upos == Upos::PRON && view.extent(u(object)).last - view.extent(u(object)).first == 1) return {};
  TokenRange r = view.extent(u(object));
  for (const uint32_t c : view.children(u(object)))
    if (view.rel(c) == Deprel::case_ && c < u(object) && complement >= 0) r.first = std::max(r.first, c + 1);
  return found(view, Pattern::object, {r});
}

std::optional<Found> content_of(const SentenceView& view, uint32_t v, const CueMatch& match) {
  const CueRow& row = *match.row;
  std::optional<Found> f;
  if (row.frames & (kClause | kQuestion | kQuote)) {
    f = clause_frame(view, v, row);
    if (f && (row.frames & (kClause | kQuestion)) == 0) f.reset();
    if (f && f->pattern != Pattern::clause_then_cue && (row.frames & kAddressee)) f->addressee = object_of(view, v);
  }
  if (!f && (row.frames & (kInfinitive | kObjectInfinitive))) f = infinitive_frame(view, v, row, match.complement);
  if (!f && (row.frames & (kObjectAs | kObjectOf | kObjectFor | kObjectTo | kObjectOn))) f = prepositional_frame(view, v, row, match.complement);
  if (!f && (row.frames & kObjectPredicate)) f = predicate_frame(view, v);
  if (!f && (row.frames & (kGerund | kObject))) f = object_frame(view, v, row, match.complement);
  return f;
}

// Passives without an agent attribute only where convention says so: "is believed to", "it was reported that".
bool impersonal_passive(const SentenceView& view, uint32_t v) {
  static constexpr std::array<std::string_view, 8> kVerbs = {"believe", "say", "think", "report", "understand", "allege", "rumor", "suspect"};
  return view.passive(v) && std::find(kVerbs.begin(), kVerbs.end(), view.lemma(v)) != kVerbs.end();
}

std::vector<Span> spans_of(const SentenceView& view, const std::vector<TokenRange>& parts) {
  std::vector<Span> out;
  for (const TokenRange part : parts) out.push_back(view.span(part));
  return out;
}

// "Yonhap quoted X as saying": X speaks, Yonhap relays.
bool quoted_as(const SentenceView& view, uint32_t v, Draft& draft) {
  const int32_t up = view.head(v);
  if (up < 0 || view.marker(v, "as") < 0 || !(view.lemma(u(up)) == "quote" || view.lemma(u(up)) == "cite")) {
    // The participle may hang on the object instead.
    if (up < 0 || view.marker(v, "as") < 0 || view.rel(v) != Deprel::acl || view.head(u(up)) < 0) return false;
    const auto quote = u(view.head(u(up)));
    if (view.lemma(quote) != "quote" && view.lemma(quote) != "cite") return false;
    draft.speaker = phrase_of(view, u(up), {0, std::max(u(up) + 1, view.extent(v).first)});
    draft.relayer = speaker_of(view, quote);
    draft.cue = cover(view.token(quote), view.token(v));
    return !draft.speaker.empty();
  }
  const auto quote = u(up);
  if (view.passive(quote)) {
    const int32_t subject = view.subject(quote);
    if (subject < 0) return false;
    draft.speaker = phrase_of(view, u(subject), {0, quote});
    draft.relayer = speaker_of(view, quote);
  } else {
    const int32_t object = view.child(quote, Deprel::obj);
    if (object < 0) return false;
    draft.speaker = phrase_of(view, u(object), {quote + 1, v});
    draft.relayer = speaker_of(view, quote);
  }
  draft.cue = cue_words(view, v, v + 1);
  return !draft.speaker.empty();
}

// "said X" where X was read as the object and the content stands before.
SpeakerWords inverted_speaker(const SentenceView& view, uint32_t v, const Found& f) {
  if (f.parts.empty() || f.parts.front().first > v) return {};
  const int32_t object = view.child(v, Deprel::obj);
  if (object < 0 || u(object) < v) return {};
  return phrase_of(view, u(object), {v + 1, view.size()});
}

std::optional<Draft> verb_attribution(const SentenceView& view, uint32_t v, const CueLexicon& lexicon, CuePos pos) {
  for (const CueMatch& match : match_cue(view, v, lexicon, pos)) {
    std::optional<Found> f = content_of(view, v, match);
    if (!f) continue;
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
    if (!quoted_as(view, v, draft)) {
      draft.speaker = speaker_of(view, v);
      if (draft.speaker.empty() && f->pattern == Pattern::clause_then_cue) draft.speaker = inverted_speaker(view, v, *f);
      if (draft.speaker.empty()) {
        if (!impersonal_passive(view, v)) continue;
        draft.pattern = Pattern::passive;
      }
    }
    return draft;
  }
  // "is believed to have left": the subject and the infinitive.
  if (pos == CuePos::verb && impersonal_passive(view, v) && view.child(v, Deprel::nsubj_pass) >= 0) {
    const int32_t inf = infinitive_child(view, v, false);
    const auto rows = lexicon.find(CuePos::verb, view.lemma(v));
    if (inf >= 0 && !rows.empty() && lexicon.find(CuePos::verb, view.lemma(u(inf))).empty()) {
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

std::optional<Draft> adjective_attribution(const SentenceView& view, uint32_t a, const CueLexicon& lexicon) {
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
    if (draft.speaker.empty()) continue;
    return draft;
  }
  return {};
}

// The verb that lends a noun its speaker: "expressed concern that", "issued a warning that".
bool lends_speaker(std::string_view lemma) {
  static constexpr std::array<std::string_view, 24> kVerbs = {"air",   "cite",  "convey", "express", "give", "harbor", "have",  "hold", "issue",   "maintain", "make",  "offer",
                                                              "raise", "reaffirm", "reiterate", "renew", "repeat", "send", "share", "state", "stress", "underline", "voice", "deliver"};
  return std::find(kVerbs.begin(), kVerbs.end(), lemma) != kVerbs.end();
}

SpeakerWords speaker_of_noun(const SentenceView& view, uint32_t n, Draft& draft) {
  int32_t owner = view.child(n, Deprel::nmod_poss);
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

std::optional<Draft> noun_attribution(const SentenceView& view, uint32_t n, const CueLexicon& lexicon) {
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
        if ((row.frames & kClause) && (rel == Deprel::acl || rel == Deprel::ccomp || (rel == Deprel::advcl && holder == n)) && !to && view.marker(c, "that") >= 0 && view.subject(c) >= 0) {
          f = found(view, Pattern::nominal, {view.extent(c)});
          clause = true;
        } else if (holder == n && (row.frames & kInfinitive) && (rel == Deprel::acl || rel == Deprel::xcomp || rel == Deprel::advcl) && to) {
          f = found(view, Pattern::nominal, {view.extent(c)});
        }
        if (f) break;
      }
    }
    if (!f) {
      for (const std::string& preposition : row.prepositions) {
        const int32_t rest = view.marked_child(n, {Deprel::nmod, Deprel::acl, Deprel::obl}, preposition);
        if (rest < 0 || u(rest) < n) continue;
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
std::vector<TokenRange> commented_clause(const SentenceView& view, uint32_t adverbial, TokenRange phrase) {
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

std::optional<Draft> according_to(const SentenceView& view, uint32_t p, const CueLexicon& lexicon) {
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
  TokenRange phrase{p, std::max(view.extent(u(noun)).last, draft.speaker.range.last)};
  if (phrase.last > p + 60 && draft.speaker.range.last < phrase.last) phrase.last = draft.speaker.range.last;
  const uint32_t anchor = view.head(p) == noun ? u(noun) : p;
  std::vector<TokenRange> parts = commented_clause(view, anchor, phrase);
  // After a closing "according to X, which said ..." nothing more belongs to the content.
  if (parts.size() == 2 && parts[1].last - parts[1].first <= 2) parts.pop_back();
  auto f = found(view, Pattern::according_to, parts);
  if (!f) return {};
  draft.content = spans_of(view, f->parts);
  return draft;
}

// "in the minister's view", "in the words of the minister".
std::optional<Draft> possessed(const SentenceView& view, uint32_t n, const CueLexicon& lexicon) {
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

std::vector<CueMatch> match_cue(const SentenceView& view, uint32_t token, const CueLexicon& lexicon, CuePos pos) {
  std::vector<CueMatch> out;
  auto rows = lexicon.find(pos, view.lemma(token));
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

Span cue_words(const SentenceView& view, uint32_t cue, uint32_t last) {
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

std::vector<Draft> find_tree_attributions(const SentenceView& view, const CueLexicon& lexicon, const std::vector<bool>& used) {
  std::vector<Draft> out;
  for (uint32_t i = 0; i < view.size() && out.size() < kMaxCuesInSentence; ++i) {
    if (i < used.size() && used[i]) continue;
    std::optional<Draft> draft;
    if (view.is(i, "according")) draft = according_to(view, i, lexicon);
    const Upos upos = view.node(i).upos;
    const bool participle = view.has_xpos(i, "VBN") || view.has_xpos(i, "VBD");
    if (!draft && upos == Upos::VERB) draft = verb_attribution(view, i, lexicon, CuePos::verb);
    if (!draft && (upos == Upos::ADJ || (upos == Upos::VERB && participle))) draft = adjective_attribution(view, i, lexicon);
    if (!draft && upos == Upos::NOUN) {
      draft = possessed(view, i, lexicon);
      if (!draft) draft = noun_attribution(view, i, lexicon);
    }
    if (draft) out.push_back(std::move(*draft));
  }
  return out;
}

}  // namespace demarche
