#include "demarche/statements/frames.h"

#include <algorithm>

namespace demarche::attribution {
namespace {

// "that water was scarce", with "that" read as a pronoun: a subject follows it.
bool finite_clause_from(const ParsedSentence& view, TokenRange r) {
  const Upos next = view.node(r.first + 1).upos;
  if (next != Upos::DET && next != Upos::PRON && next != Upos::PROPN && next != Upos::NOUN && next != Upos::ADJ) return false;
  for (uint32_t i = r.first + 1; i < std::min(r.last, r.first + 12); ++i)
    if (finite_verb(view, i)) return view.rel(r.first) != Deprel::det;
  return false;
}

// Ranges without punctuation, conjunctions and a leading "that" at their ends; empty ones are dropped.
TokenRange trimmed(const ParsedSentence& view, TokenRange r) {
  r.first = std::max(r.first, after_dateline(view));
  const auto drop_front = [&](uint32_t i) { return view.punct(i) && !view.is_any(i, {"(", "[", "$", "#", "-"}); };
  const auto drop_back = [&](uint32_t i) { return view.punct(i) && !view.is_any(i, {")", "]", "%"}); };
  while (!r.empty() && drop_front(r.first)) ++r.first;
  const bool conjunction = !r.empty() && view.is(r.first, "that") && (view.rel(r.first) == Deprel::mark || view.node(r.first).upos == Upos::SCONJ ||
                                                                      (r.first + 2 < r.last && !finite_verb(view, r.first + 1) && finite_clause_from(view, r)));
  if (conjunction) {
    ++r.first;
    while (!r.empty() && drop_front(r.first)) ++r.first;
  }
  while (!r.empty() && drop_back(r.last - 1)) --r.last;
  return r;
}





// The part of a sentence that an interposed or final attribution reports: everything under `main` but the attribution, and
// no clause that is coordinated after it ("..., X said, and she demanded ...").
std::vector<TokenRange> around(const ParsedSentence& view, uint32_t main, TokenRange attribution) {
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

// Clauses and adverbial clauses of the cue that go on right after its complement are said, too, where the parser cut the
// complement short ("threatened to leave | unless it rained").
TokenRange with_following(const ParsedSentence& view, uint32_t v, TokenRange r) {
  for (const uint32_t c : view.children(v)) {
    const TokenRange part = view.extent(c);
    if (part.first < r.last) continue;
    if (view.punct(c)) continue;
    const Deprel rel = view.rel(c);
    bool marked = false;
    for (const uint32_t m : view.children(c)) marked = marked || (view.rel(m) == Deprel::mark && view.is_any(m, {"unless", "if", "until", "because", "so", "once", "since", "that"}));
    const bool same = rel == Deprel::ccomp || (rel == Deprel::xcomp && !is_gerund(view, c)) || (rel == Deprel::advcl && marked);
    if (!same) return r;
    r.last = part.last;
  }
  // Nothing of the cue's own follows: what the parser hung elsewhere is said, too.
  r.last = std::max(r.last, view.extent(v).last);
  return r;
}

std::optional<Found> clause_frame(const ParsedSentence& view, uint32_t v, const CueRow& row) {
  int32_t clause = view.child(v, Deprel::ccomp);
  // "Asked whether they would go, he said ...": a participle before the cue is not what was said.
  if (clause >= 0 && u(clause) < v && view.subject(u(clause)) < 0 && view.child(u(clause), Deprel::expl) < 0 && view.child(u(clause), Deprel::csubj) < 0) {
    clause = -1;
    for (const uint32_t c : view.children(v))
      if (c > v && clause < 0 && view.rel(c) == Deprel::ccomp) clause = static_cast<int32_t>(c);
  }
  // "seems to think they left": the parser may hang the clause on the governor.
  if (clause < 0 && view.rel(v) == Deprel::xcomp && view.head(v) >= 0) {
    const int32_t other = view.child(u(view.head(v)), Deprel::ccomp);
    if (other > static_cast<int32_t>(v)) clause = other;
  }
  // "made it clear he had misgivings": the clause may hang on the adjective.
  if (clause < 0 && row.words.size() > 1) {
    const int32_t predicate = view.child(v, Deprel::xcomp);
    if (predicate > static_cast<int32_t>(v)) clause = view.child(u(predicate), Deprel::ccomp);
  }
  if (clause < 0) clause = view.child(v, Deprel::csubj_pass);
  if (clause < 0 && view.passive(v)) clause = view.child(v, Deprel::csubj);
  if (clause >= 0 && !(is_gerund(view, u(clause)) && (row.frames & kGerund)) && finite_clause(view, u(clause))) {
    // "X told ..., and Y had vowed to ...": two reports side by side, not one inside the other.
    if (u(clause) < v) {
      if (view.is(view.extent(u(clause)).first, "asked")) return {};
      const int32_t own = view.subject(v);
      const uint32_t front = own >= 0 ? view.extent(u(own)).first : v;
      if (((row.frames & kInfinitive) && infinitive_child(view, v, true) >= 0) || (front > 0 && view.is_any(front - 1, {"and", "but", "while"}))) return {};
    }
    // A clause that wraps around its cue ("It fell, X said, at noon") leaves a hole.
    TokenRange hole{v, v + 1};
    const int32_t subject = view.subject(v);
    if (subject >= 0) hole = {std::min(v, view.extent(u(subject)).first), std::max(v + 1, view.extent(u(subject)).last)};
    TokenRange extent = view.extent(u(clause));
    if (u(clause) > v) {
      extent.first = std::max(extent.first, v + 1);  // an adverbial before the cue is not what was said
      // "said on Thursday it had left": the day is that of saying.
      if (view.is(extent.first, "on") && extent.first + 2 < extent.last &&
          view.is_any(extent.first + 1, {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}))
        extent.first += 2;
      // "says its staff left": the subject of what was said, read as an object of saying.
      const int32_t object = view.child(v, Deprel::obj);
      if (object > static_cast<int32_t>(v) && u(object) < extent.first && (row.frames & kAddressee) == 0 && (row.frames & kQuote)) extent.first = std::max(v + 1, view.extent(u(object)).first);
      // "said a constable, ..., saw the men, decided to ...": the clause begins right after the cue unless a time stands there.
      const bool plain = row.pos == CuePos::verb && (row.frames & kQuote) && (row.frames & kAddressee) == 0 && row.strength >= 0.85f && row.words.size() == 1;
      if (plain && v + 1 < extent.first && view.marker(u(clause), "that") < 0) {
        const Upos next = view.node(v + 1).upos;
        const bool time = view.is_any(v + 1, {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "last", "this", "late", "early"});
        if (!time && (next == Upos::DET || next == Upos::PROPN || next == Upos::NOUN || next == Upos::PRON || next == Upos::ADJ || next == Upos::NUM)) extent.first = v + 1;
      }
    }
    return found(view, u(clause) < v ? Pattern::clause_then_cue : Pattern::clause,
                 extent.holds(v) ? without(extent, hole) : std::vector{u(clause) > v ? with_following(view, v, extent) : extent});
  }
  // "We go on, he said": the cue hangs on what was said.
  if (view.rel(v) == Deprel::parataxis && view.head(v) >= 0 && view.subject(v) >= 0 && !(view.nominal(u(view.head(v))) && view.subject(u(view.head(v))) < 0 && !view.punct(view.extent(v).first))) {
    const auto main = u(view.head(v));
    TokenRange attribution = view.extent(v);
    if (attribution.first <= view.extent(main).first) return {};
    // ": the researchers found traces", "; the mayor asked for time": a clause of its own, not an attribution of the one before.
    const uint32_t first = attribution.first;
    const bool set_off = view.is_any(first, {",", "\"", "\xE2\x80\x9D", "--", "\xE2\x80\x94", "\xE2\x80\x93"}) || (first > 0 && view.is_any(first - 1, {",", "\"", "\xE2\x80\x9D", "--", "\xE2\x80\x94", "\xE2\x80\x93"}));
    if (!set_off || (view.child(v, Deprel::obj) > static_cast<int32_t>(v) && (row.frames & kAddressee) == 0)) return {};
    if (!view.verbal(main) && view.subject(main) < 0 && attribution.first - view.extent(main).first < 3) return {};
    if (main > v) return found(view, Pattern::clause_then_cue, around(view, main, attribution));
    return found(view, Pattern::clause_then_cue, around(view, main, attribution));
  }
  // "He said: we go on."
  const int32_t beside = view.child(v, Deprel::parataxis);
  const bool acts = view.child(v, Deprel::obj) > static_cast<int32_t>(v) && (row.frames & kAddressee) == 0;  // "dismissed it as weakness: ..."
  if (beside >= 0 && !acts && u(beside) > v && view.extent(u(beside)).first > v && finite_clause(view, u(beside)) && (view.is(view.extent(u(beside)).first - 1, ":") || view.is(view.extent(u(beside)).first, ":")))
    return found(view, Pattern::clause, {view.extent(u(beside))});
  // "As he said, it rained."
  if (view.rel(v) == Deprel::advcl && view.marker(v, "as") >= 0 && view.head(v) >= 0 && view.subject(v) >= 0 && view.child(v, Deprel::obj) < 0 && (row.kind == StatementKind::speech || row.kind == StatementKind::belief))
    return found(view, Pattern::as_clause, without(view.extent(u(view.head(v))), view.extent(v)));
  return {};
}


int32_t object_of(const ParsedSentence& view, uint32_t v) {
  const int32_t o = view.child(v, Deprel::obj);
  return o >= 0 ? o : view.child(v, Deprel::iobj);
}

std::optional<Found> infinitive_frame(const ParsedSentence& view, uint32_t v, const CueRow& row, int32_t complement) {
  int32_t object = complement >= 0 ? complement : object_of(view, v);
  const int32_t inf = infinitive_child(view, v, object >= 0 || view.node(v).upos == Upos::NOUN || (row.strength >= 0.75f && row.kind == StatementKind::speech));
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
    auto f = found(view, Pattern::infinitive, {with_following(view, v, view.extent(u(inf)))});
    if (f && object >= 0) f->addressee = object;
    return f;
  }
  return {};
}

// What a passive or active cue is about: its object, or its subject when passive.
int32_t theme_of(const ParsedSentence& view, uint32_t v) {
  const int32_t object = object_of(view, v);
  return object >= 0 ? object : view.child(v, Deprel::nsubj_pass);
}

std::optional<Found> joined(const ParsedSentence& view, Pattern pattern, TokenRange theme, TokenRange rest, uint32_t v) {
  if (theme.first < v) return found(view, pattern, {{theme.first, std::min(theme.last, v)}, rest});
  return found(view, pattern, {{std::min(theme.first, rest.first), std::max(theme.last, rest.last)}});
}

// "at six", "at about half a kiloton", "at $3 billion"
bool holds_number(const ParsedSentence& view, TokenRange r) {
  for (uint32_t i = r.first; i < r.last; ++i)
    if (view.node(i).upos == Upos::NUM || view.is_any(i, {"half", "zero", "dozen", "hundred", "thousand", "million", "dozens", "hundreds", "thousands", "none"})) return true;
  return false;
}

std::optional<Found> prepositional_frame(const ParsedSentence& view, uint32_t v, const CueRow& row, int32_t complement) {
  struct Choice {
    Frame frame;
    std::string_view word;
    Pattern pattern;
  };
  static constexpr Choice kChoices[] = {{kObjectAs, "as", Pattern::object_as}, {kObjectOf, "of", Pattern::object_of}, {kObjectFor, "for", Pattern::object_for},
                                        {kObjectTo, "to", Pattern::object_for}, {kObjectOn, "on", Pattern::object_for}, {kObjectWith, "with", Pattern::object_for},
                                        {kObjectAt, "at", Pattern::object_as}};
  const int32_t theme = complement >= 0 ? complement : theme_of(view, v);
  if (theme < 0) return {};
  for (const Choice& choice : kChoices) {
    if (!(row.frames & choice.frame)) continue;
    int32_t rest = view.marked_child(v, {Deprel::obl, Deprel::advcl, Deprel::xcomp, Deprel::nmod, Deprel::ccomp, Deprel::acl, Deprel::obl_agent, Deprel::obj}, choice.word);
    if (rest < 0 && u(theme) > v) rest = view.marked_child(u(theme), {Deprel::nmod, Deprel::acl, Deprel::advcl, Deprel::obl}, choice.word);
    if (rest < 0 || u(rest) < v || (u(theme) > v && u(rest) < u(theme))) continue;
    if (choice.frame == kObjectAt && !holds_number(view, view.extent(u(rest)))) continue;
    auto f = joined(view, choice.pattern, view.extent(u(theme)), view.extent(u(rest)), v);
    if (f && choice.frame == kObjectOf) f->addressee = theme;
    return f;
  }
  return {};
}

std::optional<Found> predicate_frame(const ParsedSentence& view, uint32_t v) {
  const int32_t theme = theme_of(view, v);
  int32_t predicate = view.child(v, Deprel::xcomp);
  // "what the ministry called a grave error": only the name given.
  if (view.rel(v) == Deprel::acl_relcl && view.head(v) >= 0 && view.is(u(view.head(v)), "what")) {
    if (predicate < 0) predicate = view.child(v, Deprel::obj);
    if (predicate >= 0 && u(predicate) > v) return found(view, Pattern::object_predicate, {view.extent(u(predicate))});
  }
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

std::optional<Found> object_frame(const ParsedSentence& view, uint32_t v, const CueRow& row, int32_t complement) {
  if (row.frames & kGerund) {
    for (const uint32_t c : view.children(v)) {
      const bool complement_clause = ((view.rel(c) == Deprel::advcl || view.rel(c) == Deprel::acl) && c == v + 1) || view.rel(c) == Deprel::xcomp || view.rel(c) == Deprel::ccomp || (complement == static_cast<int32_t>(c));
      if (c > v && complement_clause && is_gerund(view, c)) {
        TokenRange r = view.extent(c);
        for (const uint32_t m : view.children(c))
          if ((view.rel(m) == Deprel::mark || view.rel(m) == Deprel::case_) && m < c) r.first = std::max(r.first, m + 1);
        // "denies sinking the boat and has blamed the crew": the second verb is the speaker's.
        for (uint32_t i = c + 1; i + 1 < r.last; ++i)
          if (view.is(i, "and") && finite_verb(view, i + 1)) r.last = i;
        return found(view, Pattern::gerund, {r});
      }
    }
  }
  if (!(row.frames & kObject) || view.passive(v)) return {};
  const int32_t object = complement >= 0 ? complement : view.child(v, Deprel::obj);
  if (object < 0 || u(object) < v) return {};
  // "shows trucks moving", "shows him with his hands up": all of what is seen.
  if (row.words[0] == "show" || row.words[0] == "depict")
    for (const uint32_t c : view.children(v))
      if (c > u(object) && (view.rel(c) == Deprel::xcomp || view.rel(c) == Deprel::obl || view.rel(c) == Deprel::advcl) && view.extent(c).first > u(object) && !view.is(view.extent(c).first - 1, ","))
        return found(view, Pattern::clause, {{view.extent(u(object)).first, view.extent(c).last}});
  if (view.node(u(object)).upos == Upos::PRON && view.extent(u(object)).last - view.extent(u(object)).first == 1) return {};
  TokenRange r = view.extent(u(object));
  for (const uint32_t c : view.children(u(object)))
    if (view.rel(c) == Deprel::case_ && c < u(object) && complement >= 0) r.first = std::max(r.first, c + 1);
  // "reported the storm dissipated", "requested the butterflies be protected": a verb right behind makes it a clause.
  const bool clause = (row.frames & kClause) || (row.frames & kObjectInfinitive);
  if (clause && complement < 0 && r.last + 1 < view.size()) {
    const bool subjunctive = view.is(r.last, "be") && view.node(r.last).xpos == "VB";
    const bool past = (row.frames & kClause) && row.strength >= 0.7f && (finite_verb(view, r.last) || view.node(r.last).xpos == "VBN");
    if (subjunctive || past) return found(view, Pattern::clause, {{r.first, view.size()}});
  }
  // "expressed no regret and mentioned honor": the second verb is another act.
  for (uint32_t i = u(object) + 1; i + 1 < r.last; ++i)
    if (view.is(i, "and") && (finite_verb(view, i + 1) || (view.node(i + 1).upos == Upos::ADV && i + 2 < r.last && finite_verb(view, i + 2)))) r.last = i;
  return found(view, Pattern::object, {r});
}

}  // namespace

std::vector<TokenRange> without(TokenRange whole, TokenRange hole) {
  if (hole.empty() || hole.last <= whole.first || whole.last <= hole.first) return {whole};
  std::vector<TokenRange> out;
  if (whole.first < hole.first) out.push_back({whole.first, hole.first});
  if (hole.last < whole.last) out.push_back({hole.last, whole.last});
  return out;
}

std::optional<Found> found(const ParsedSentence& view, Pattern pattern, const std::vector<TokenRange>& parts) {
  Found f{pattern, {}, -1, {}};
  for (const TokenRange part : parts) {
    const TokenRange t = trimmed(view, part);
    if (!t.empty()) f.parts.push_back(t);
  }
  if (f.parts.empty()) return {};
  return f;
}

bool is_gerund(const ParsedSentence& view, uint32_t i) {
  return (view.has_xpos(i, "VBG") || feature(view.node(i), "VerbForm") == "Ger") && view.subject(i) < 0 && view.child(i, Deprel::aux) < 0;
}

bool finite_clause(const ParsedSentence& view, uint32_t c) {
  if (view.subject(c) >= 0 || view.child(c, Deprel::csubj) >= 0 || view.child(c, Deprel::expl) >= 0) return true;
  if (view.marker(c, "that") >= 0 || view.marker(c, "whether") >= 0 || view.marker(c, "if") >= 0) return true;
  if (feature(view.node(c), "VerbForm") == "Fin" || view.has_xpos(c, "VBD") || view.has_xpos(c, "VBZ")) return true;
  // "says too much is made of it", whose subject the tree lost
  for (const uint32_t a : view.children(c))
    if ((view.rel(a) == Deprel::aux || view.rel(a) == Deprel::aux_pass || view.rel(a) == Deprel::cop) && finite_verb(view, a)) return !view.to_infinitive(c);
  return false;
}

int32_t infinitive_child(const ParsedSentence& view, uint32_t v, bool also_advcl) {
  for (const uint32_t c : view.children(v)) {
    const Deprel rel = view.rel(c);
    const bool read_as_noun = rel == Deprel::obl && view.node(c).upos == Upos::VERB;  // "intend to march", with "to" read as a preposition
    const bool adjacent = rel == Deprel::advcl && view.marker(c, "to") == static_cast<int32_t>(v) + 1 && view.child(v, Deprel::obj) < 0;  // "plans to expel", read as a purpose
    if (c > v && (read_as_noun || adjacent || rel == Deprel::xcomp || rel == Deprel::ccomp || (also_advcl && (rel == Deprel::advcl || rel == Deprel::acl))) && view.to_infinitive(c)) return static_cast<int32_t>(c);
  }
  return -1;
}

std::optional<Found> content_by_tree(const ParsedSentence& view, uint32_t v, const CueMatch& match) {
  const CueRow& row = *match.row;
  std::optional<Found> f;
  if (row.frames & (kClause | kQuestion | kQuote)) {
    f = clause_frame(view, v, row);
    if (f && (row.frames & (kClause | kQuestion)) == 0) f.reset();
    if (f && f->pattern != Pattern::clause_then_cue && (row.frames & kAddressee)) f->addressee = object_of(view, v);
  }
  if (!f && (row.frames & (kInfinitive | kObjectInfinitive))) f = infinitive_frame(view, v, row, match.complement);
  if (!f && (row.frames & (kObjectAs | kObjectOf | kObjectFor | kObjectTo | kObjectOn | kObjectWith | kObjectAt))) f = prepositional_frame(view, v, row, match.complement);
  if (!f && (row.frames & kObjectPredicate)) f = predicate_frame(view, v);
  if (!f && (row.frames & (kGerund | kObject))) f = object_frame(view, v, row, match.complement);
  // "called the charge unfounded and invented by rivals", "a trick played by his rivals"
  if (f && f->pattern == Pattern::object_predicate && f->parts.back().first > v) {
    TokenRange& last = f->parts.back();
    const uint32_t next = last.last;
    const bool agent = next + 1 < view.size() && view.is(next, "by") && view.node(next - 1).xpos == "VBN";
    const bool joined = next + 2 < view.size() && view.is(next, "and") && (view.node(next + 1).upos == Upos::ADJ || view.node(next + 1).xpos == "VBN") && (view.node(next - 1).upos == Upos::ADJ || view.node(next - 1).xpos == "VBN");
    uint32_t end = next;
    while (end < view.size() && !view.is_any(end, {",", ";", ".", "\"", "--"}) && !(end > next && finite_verb(view, end))) ++end;
    if (agent || joined) last = trimmed(view, {last.first, end});
  }
  // "ruled out talks unless it returned to the accord": the condition is part of what was said.
  if (f && (f->pattern == Pattern::object || f->pattern == Pattern::object_predicate) && f->parts.back().first > v) {
    TokenRange& last = f->parts.back();
    if (last.last + 3 < view.size() && view.is_any(last.last, {"unless", "until"})) last = trimmed(view, {last.first, view.size()});
  }
  return f;
}

}  // namespace demarche::attribution
