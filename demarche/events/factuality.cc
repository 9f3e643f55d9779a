// The verdict is built from the inside out. Each step up the tree may only move it away from `actual`:
//
//   The North did not fire a missile              negation at the clause                     -> negated
//   The North may fire / plans to fire a missile  modal / governing cue (factuality.tsv)     -> hypothetical / planned
//   If the North fires a missile                  mark of the clause or of one above it      -> hypothetical
//   The North denied that it had fired a missile  governing cue, effect negated              -> negated
//   The North did not deny firing a missile       negation of a negating cue                 -> actual
//   no sign that it would fire                    "no" on a governing noun                   -> negated
//
// Of two steps the weaker wins: hypothetical over planned over negated over actual; a negation under a modal stays
// hypothetical ("may not attack"). Saying is transparent: what a speaker asserts is told as actual, attributed.
#include "demarche/events/factuality.h"

#include <algorithm>

namespace demarche {
namespace {

constexpr int kMaxClimb = 10;

struct Words {
  const ClauseView& view;
  const FrameLexicon& frames;
  bool is(uint32_t token, std::string_view lemma) const { return view.lemma[token] != kNoSymbol && view.lemma[token] == frames.lexemes().find(lemma); }
  bool form_is(uint32_t token, std::string_view form) const { return view.form[token] != kNoSymbol && view.form[token] == frames.lexemes().find(form); }
  bool in(uint32_t token, uint32_t cls) const { return frames.is(view.lemma[token], cls) || frames.is(view.form[token], cls); }
};

bool is_negated(const Words& w, uint32_t token) {
  for (const uint32_t c : w.view.index.children(token)) {
    const Deprel rel = w.view.node(c).deprel;
    if ((rel == Deprel::advmod || rel == Deprel::cc_preconj || rel == Deprel::cc) && w.in(c, w.frames.known.negation)) return true;
    if (rel == Deprel::det && w.in(c, w.frames.known.neg_det)) return true;
    // "No Indian raid had reached", "neither Washington nor London has struck", "none of the truces".
    if (rel == Deprel::nsubj || rel == Deprel::nsubj_pass) {
      if (w.in(c, w.frames.known.neg_det)) return true;
      for (const uint32_t d : w.view.index.children(c))
        if ((w.view.node(d).deprel == Deprel::det || w.view.node(d).deprel == Deprel::cc_preconj || w.view.node(d).deprel == Deprel::advmod || w.view.node(d).deprel == Deprel::cc) &&
            d < c && w.in(d, w.frames.known.neg_det))
          return true;
    }
    if (rel == Deprel::obj)
      for (const uint32_t d : w.view.index.children(c))
        if (w.view.node(d).deprel == Deprel::det && w.in(d, w.frames.known.neg_det)) return true;
    if ((rel == Deprel::mark || rel == Deprel::case_) && w.form_is(c, "without")) return true;
  }
  return false;
}

bool is_finite_past(const ClauseView& view, uint32_t clause) {
  if (view.node(clause).xpos == "VBD" && !is_endless_past(view, clause)) return true;
  for (const uint32_t c : view.index.children(clause)) {
    const Deprel rel = view.node(c).deprel;
    if ((rel == Deprel::aux || rel == Deprel::aux_pass || rel == Deprel::cop) && (view.node(c).xpos == "VBD" || view.node(c).lemma == "have")) return true;
  }
  return false;
}

enum class Modal : uint8_t { none, future, would, possible, necessary, could_not };

Modal modal_of(const Words& w, uint32_t token) {
  Modal modal = Modal::none;
  for (const uint32_t c : w.view.index.children(token)) {
    const Deprel rel = w.view.node(c).deprel;
    if (rel != Deprel::aux && rel != Deprel::aux_pass && rel != Deprel::cop) continue;
    if (w.is(c, "will") || w.form_is(c, "will") || w.form_is(c, "'ll") || w.is(c, "shall")) modal = w.form_is(c, "would") || w.form_is(c, "'d") ? Modal::would : Modal::future;
    else if (w.is(c, "would") || w.form_is(c, "would")) modal = Modal::would;
    else if (w.is(c, "may") || w.is(c, "might") || w.is(c, "can") || w.is(c, "could")) modal = Modal::possible;
    else if (w.is(c, "should") || w.is(c, "must") || w.is(c, "ought")) modal = Modal::necessary;
  }
  return modal;
}

bool marked_by(const Words& w, uint32_t token, uint32_t cls) {
  for (const uint32_t c : w.view.index.children(token)) {
    const Deprel rel = w.view.node(c).deprel;
    if ((rel == Deprel::mark || rel == Deprel::advmod || rel == Deprel::case_) && c < token) {
      if (w.in(c, cls)) return true;
      for (const uint32_t d : w.view.index.children(c))  // "in case", "provided that"
        if (w.view.node(d).deprel == Deprel::fixed && w.in(d, cls)) return true;
    }
    // "Should Pakistan make good on its warning": inversion.
    if (rel == Deprel::aux && w.form_is(c, "should") && w.view.node(token).deprel == Deprel::advcl) {
      const int32_t s = w.view.index.child(token, Deprel::nsubj);
      if (s >= 0 && c < static_cast<uint32_t>(s)) return true;
    }
  }
  return false;
}

bool has_conditional(const Words& w, uint32_t token) {
  for (const uint32_t c : w.view.index.children(token))
    if (w.view.node(c).deprel == Deprel::advcl && marked_by(w, c, w.frames.known.if_mark)) return true;
  return false;
}

// "is to meet", "are to be deployed": be + to-infinitive.
bool is_scheduled_infinitive(const Words& w, uint32_t token) {
  bool to = false, be = false;
  for (const uint32_t c : w.view.index.children(token)) {
    if (w.view.node(c).deprel == Deprel::mark && w.form_is(c, "to")) to = true;
    if ((w.view.node(c).deprel == Deprel::aux || w.view.node(c).deprel == Deprel::cop) && w.is(c, "be") && c < token) be = true;
  }
  if (to && be) return true;
  const uint32_t head = w.view.head(token);
  // "is going to meet".
  if (to && head != kNoToken && w.is(head, "go") && w.view.node(head).xpos == "VBG" && w.view.node(token).deprel == Deprel::xcomp) return true;
  return to && head != kNoToken && w.is(head, "be") && (w.view.node(token).deprel == Deprel::xcomp || w.view.node(token).deprel == Deprel::ccomp) &&
         (w.view.node(head).xpos == "VBZ" || w.view.node(head).xpos == "VBP" || w.view.node(head).xpos == "VBD");
}

bool has_to(const Words& w, uint32_t token) {
  for (const uint32_t c : w.view.index.children(token))
    if (w.view.node(c).deprel == Deprel::mark && w.form_is(c, "to")) return true;
  return false;
}

// Mutable verdict while climbing.
struct State {
  bool negated = false;
  bool planned = false;
  bool hypothetical = false;
};

void apply(CueEffect effect, bool cue_negated, State& s, Verdict& verdict) {
  switch (effect) {
    case CueEffect::planned:
      if (cue_negated) s.negated = true;
      else s.planned = true;
      verdict.embedded = true;
      break;
    case CueEffect::hypothetical:
      s.hypothetical = true;
      verdict.embedded = true;
      break;
    case CueEffect::negated:
      s.negated = s.negated != !cue_negated;
      verdict.refused = true;
      break;
    case CueEffect::ended:
      verdict.ended = !cue_negated;
      break;
    case CueEffect::actual:
      if (cue_negated) s.negated = true;
      break;
  }
}

void judge_clause(const Words& w, uint32_t clause, bool is_trigger_clause, State& s, Verdict& verdict) {
  if (is_trigger_clause && is_negated(w, clause)) s.negated = !s.negated;
  switch (modal_of(w, clause)) {
    case Modal::future:
      s.planned = true;
      verdict.future_tense = true;
      if (has_conditional(w, clause)) s.hypothetical = true;
      break;
    case Modal::would:
      if (has_conditional(w, clause)) s.hypothetical = true;
      else s.planned = true;
      verdict.future_tense = true;
      break;
    case Modal::possible:
      if (s.negated && is_trigger_clause) break;  // "could not agree" did not
      s.hypothetical = true;
      break;
    case Modal::necessary:
      s.hypothetical = true;
      break;
    default:
      break;
  }
  if (is_scheduled_infinitive(w, clause)) s.planned = true;
  if (marked_by(w, clause, w.frames.known.if_mark)) s.hypothetical = true;
  // "whoever attacks us": nobody has.
  for (const uint32_t c : w.view.index.children(clause))
    if (w.view.node(c).deprel == Deprel::nsubj && (w.form_is(c, "whoever") || w.form_is(c, "whomever"))) s.hypothetical = true;
}

// "planned", "possible", "no", "any" on the noun itself.
// With a verb that says it was done ("mounted its long-threatened invasion") only a denial counts.
void judge_modifiers(const Words& w, uint32_t noun, bool done, State& s, Verdict& verdict) {
  for (const uint32_t c : w.view.index.children(noun)) {
    const Deprel rel = w.view.node(c).deprel;
    if (rel != Deprel::amod && rel != Deprel::det && rel != Deprel::advmod && rel != Deprel::case_) continue;
    if (rel == Deprel::det && w.in(c, w.frames.known.neg_det)) s.negated = true;
    else if (done) continue;
    else if (rel == Deprel::det && w.form_is(c, "any")) s.hypothetical = true;
    else if (w.in(c, w.frames.known.future_mod)) s.planned = true;
    else if (w.in(c, w.frames.known.irrealis_mod)) s.hypothetical = true;
    else if (rel == Deprel::case_ && w.form_is(c, "without")) s.negated = true;
    else continue;
    verdict.embedded = true;
  }
}

bool marked_with(const Words& w, uint32_t token, std::string_view form) {
  for (const uint32_t c : w.view.index.children(token))
    if ((w.view.node(c).deprel == Deprel::mark || w.view.node(c).deprel == Deprel::case_) && w.form_is(c, form)) return true;
  return false;
}

TriggerPos cue_pos(const ClauseView& view, uint32_t token) {
  if (view.is_verb(token)) return TriggerPos::verb;
  return view.node(token).upos == Upos::ADJ || view.node(token).upos == Upos::ADV ? TriggerPos::adjective : TriggerPos::noun;
}

// "is determined to", "are set to": a participle after "be" may be an adjective of that form.
const FactualityCue* cue_of(const ClauseView& view, uint32_t head, const FrameLexicon& frames) {
  if (const FactualityCue* cue = frames.cue(view.lemma[head], cue_pos(view, head))) return cue;
  return view.node(head).xpos == "VBN" && is_passive(view, head) ? frames.cue(view.form[head], TriggerPos::adjective) : nullptr;
}

// "the denial that it had launched a missile", read as a relative clause: "that" has no place of its own in it.
bool is_content_clause(const Words& w, uint32_t clause) {
  bool subject = false, object = false, that = false;
  for (const uint32_t c : w.view.index.children(clause)) {
    const Deprel rel = w.view.node(c).deprel;
    if (c < clause && w.form_is(c, "that")) that = rel != Deprel::nsubj && rel != Deprel::nsubj_pass;
    else if (rel == Deprel::nsubj) subject = true;
    else if (rel == Deprel::obj) object = true;
  }
  return subject && object && that;
}

// Whether the governor in this relation says something about whether the thing below it happens.
bool governs(const Words& w, uint32_t token, uint32_t head) {
  switch (w.view.node(token).deprel) {
    case Deprel::xcomp:
    case Deprel::ccomp:
    case Deprel::csubj:
      return true;
    case Deprel::acl_relcl:  // only a clause that says what the noun is
      return true;
    case Deprel::acl:
      // "a deal signed on Monday" was signed, whatever a deal may lead to.
      return (w.view.node(token).xpos != "VBN" && w.view.node(token).xpos != "VBD") || is_content_clause(w, token);
    case Deprel::advcl:
      // "prevented it from firing", "accused it of firing"; a bare participle ("while meeting") stands on its own.
      if (has_to(w, token)) return true;
      return w.view.node(token).xpos == "VBG" && (marked_with(w, token, "from") || marked_with(w, token, "of") || marked_with(w, token, "against") || marked_with(w, token, "to"));
    case Deprel::obj:
    case Deprel::nsubj_pass:
    case Deprel::obl:
    case Deprel::nmod:
    case Deprel::compound:
      return true;
    case Deprel::nsubj:
      // "Russia, backed by Iran, blocked the text": what the text suffers is no matter of Russia's.
      if (w.view.is_verb(head) && !is_passive(w.view, head) && w.view.index.child(head, Deprel::obj) >= 0) return false;
      return is_passive(w.view, head) || !w.view.is_verb(head) || w.frames.light_verbs(w.view.lemma[head]) == nullptr;
    case Deprel::conj:
      return false;
    default:
      return false;
  }
}

}  // namespace

bool is_scheduled(const ClauseView& view, uint32_t verb, const FrameLexicon& frames) { return is_scheduled_infinitive(Words{view, frames}, verb); }

Verdict judge_factuality(const ClauseView& view, uint32_t trigger, const Arguments& args, const FrameLexicon& frames) {
  const Words w{view, frames};
  Verdict verdict;
  State s;
  if (args.clause_verb != trigger || !view.is_verb(trigger)) judge_modifiers(w, trigger, args.light && args.light->entry->effect == CueEffect::actual, s, verdict);
  if (args.light) apply(args.light->entry->effect, false, s, verdict);
  uint32_t token = args.clause_verb;
  judge_clause(w, token, true, s, verdict);
  for (int i = 0; i < kMaxClimb; ++i) {
    const uint32_t head = view.head(token);
    if (head == kNoToken) break;
    const Deprel rel = view.node(token).deprel;
    if (rel == Deprel::acl_relcl && !is_content_clause(w, token)) {
      // "anyone who attacks us": nobody has.
      if (w.in(head, frames.known.anyone)) s.hypothetical = true;
      break;
    }
    if (rel == Deprel::conj) {
      // "will meet Kishida and visit a base": the auxiliary is shared when the second verb is bare.
      if (view.is_verb(token) && view.is_verb(head) && (view.node(token).xpos == "VB" || view.node(head).deprel == Deprel::xcomp || view.node(head).deprel == Deprel::advcl) &&
          view.index.child(token, Deprel::aux) < 0)
        judge_clause(w, head, is_negated(w, head) && view.node(token).xpos == "VB", s, verdict);
      if (marked_by(w, head, frames.known.if_mark)) s.hypothetical = true;
      token = head;
      continue;
    }
    if (governs(w, token, head)) {
      const FactualityCue* cue = cue_of(view, head, frames);
      // "insists that it did not open fire": a finite clause about what was is told, not asked for.
      if (cue && cue->effect == CueEffect::hypothetical && cue->id == "v.demand" && rel == Deprel::ccomp && is_finite_past(view, token)) cue = nullptr;
      const bool nominal_step = view.is_nominal(token) && !view.is_verb(token);
      // A noun under a plain verb or noun is told as it stands ("during the drill"); a cue speaks of it all the same.
      if (cue) {
        apply(cue->effect, is_negated(w, head), s, verdict);
        if (cue->effect == CueEffect::actual || cue->effect == CueEffect::ended) judge_clause(w, head, false, s, verdict);
      } else if (!nominal_step && rel == Deprel::acl && has_to(w, token) && !is_first_of_its_kind(view, head, frames)) {
        s.hypothetical = true;
        verdict.embedded = true;
      } else if (!nominal_step && rel == Deprel::advcl && has_to(w, token) && view.node(token).xpos != "VBG" && !w.in(head, w.frames.known.ordinal)) {
        s.planned = true;  // purpose: meant, not told as done
        verdict.embedded = true;
      }
      if (view.is_nominal(head) && !view.is_verb(head) && cue) judge_modifiers(w, head, false, s, verdict);
    }
    if (view.is_verb(head) && marked_by(w, head, frames.known.if_mark)) s.hypothetical = true;
    // "provided the army withdraws", read as a participle with a clause.
    if ((rel == Deprel::ccomp || rel == Deprel::xcomp) && view.node(head).deprel == Deprel::advcl && frames.is(view.form[head], frames.known.if_mark)) s.hypothetical = true;
    token = head;
  }
  if (s.hypothetical) verdict.factuality = Factuality::hypothetical;
  else if (s.negated) verdict.factuality = Factuality::negated;
  else if (s.planned) verdict.factuality = Factuality::planned;
  return verdict;
}

}  // namespace demarche
