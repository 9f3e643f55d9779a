#include "demarche/events/dates.h"

#include <algorithm>

namespace demarche {

EventDate event_date(const TimeExpression& time, std::string_view text) {
  EventDate date;
  date.days = *time.interval;
  date.text = text_of(text, time.span);
  date.basis = time.basis == TimeBasis::explicit_ ? EventDateBasis::explicit_ : EventDateBasis::relative;
  return date;
}

std::vector<PlacedTime> place_times(const ClauseView& view, std::span<const TimeExpression> times, const FrameLexicon& frames) {
  std::vector<PlacedTime> placed;
  for (const TimeExpression& time : times) {
    if (time.first >= time.last || time.last > view.size()) continue;
    PlacedTime p{&time};
    uint32_t token = time.first;
    const auto inside = [&](uint32_t t) { return t >= time.first && t < time.last; };
    for (uint32_t steps = 0; steps < view.size() && inside(token) && view.head(token) != kNoToken; ++steps) token = view.head(token);
    if (!inside(token)) {
      // Past further time words ("at 5:30 a.m. on Wednesday") to what they modify.
      for (uint32_t steps = 0; steps < view.size(); ++steps) {
        if (!view.is_verb(token) && view.is_nominal(token) && !frames.is(view.lemma[token], frames.known.time_noun) && view.node(token).upos != Upos::NUM && p.noun == kNoToken &&
            view.node(token).deprel != Deprel::root)
          p.noun = token;
        if (clause_of(view, token) == token || view.head(token) == kNoToken) break;
        token = view.head(token);
      }
    }
    p.verb = clause_of(view, token);
    placed.push_back(p);
  }
  return placed;
}

namespace {

bool usable(const TimeExpression& t) { return t.interval && (t.type == TimexType::date || t.type == TimexType::time); }

// Of several times of one clause the one that pins the fewest days; of equals, the nearest to the trigger.
const TimeExpression* best_of(const std::vector<const TimeExpression*>& times, uint32_t trigger) {
  const TimeExpression* best = nullptr;
  const auto distance = [&](const TimeExpression* t) { return t->first > trigger ? t->first - trigger : trigger - t->first; };
  for (const TimeExpression* t : times) {
    if (!best) {
      best = t;
      continue;
    }
    const int a = t->interval->end - t->interval->start, b = best->interval->end - best->interval->start;
    if (a < b || (a == b && distance(t) < distance(best))) best = t;
  }
  return best;
}

struct Gathered {
  std::vector<const TimeExpression*> times;
  bool bounded = false;
};

void gather(const PlacedTime& p, Gathered& out) {
  // "after midnight on Tuesday" is a limit within a day that is known.
  const bool within_day = p.time->type == TimexType::time && p.time->interval && p.time->interval->start == p.time->interval->end;
  if (p.time->bound_only && !within_day) out.bounded = true;
  else if (usable(*p.time)) out.times.push_back(p.time);
}

// Whether a noun that carries a time of its own is another event than this one.
bool is_other_event(const ClauseView& view, uint32_t noun, const Match& match, const FrameLexicon& frames) {
  if (noun == kNoToken || noun == match.trigger) return false;
  const auto& triggers = frames.triggers(view.lemma[noun]);
  const bool names_event = std::any_of(triggers.begin(), triggers.end(), [](const Trigger& t) { return t.pos == TriggerPos::noun && t.more.empty(); });
  if (!names_event && !frames.is(view.lemma[noun], frames.known.event_noun)) return false;
  // The object that makes the frame ("held talks on Tuesday") is no other event.
  if (match.args.light && view.head(noun) == match.args.clause_verb) return false;
  return true;
}

}  // namespace

DateFinding date_in_sentence(const ClauseView& view, const Match& match, std::span<const PlacedTime> times, const FrameLexicon& frames) {
  DateFinding finding;
  if (times.empty()) return finding;
  Gathered own;
  for (const PlacedTime& p : times)
    if (p.noun == match.trigger || p.noun == match.anchor) gather(p, own);
  uint32_t clause = match.args.clause_verb;
  if (!view.is_verb(clause)) clause = own.times.empty() && !own.bounded ? clause_of(view, clause) : kNoToken;
  const bool bare_noun = clause != kNoToken && clause != match.args.clause_verb && clause != match.anchor;
  constexpr int kMaxClimb = 6;
  for (int i = 0; i < kMaxClimb && clause != kNoToken && own.times.empty() && !own.bounded; ++i) {
    // A noun that is only mentioned has the clause's day when it is its subject or stands with its verb ("At the talks on Tuesday").
    for (const PlacedTime& p : times) {
      if (p.verb != clause || is_other_event(view, p.noun, match, frames)) continue;
      if (bare_noun && p.time->first < match.trigger && p.noun == kNoToken && match.trigger - p.time->last > 6) continue;
      gather(p, own);
    }
    if (!own.times.empty() || own.bounded || bare_noun) break;
    const Deprel rel = view.node(clause).deprel;
    const uint32_t head = view.head(clause);
    if (head == kNoToken || (rel != Deprel::xcomp && rel != Deprel::conj && rel != Deprel::advcl && rel != Deprel::parataxis)) break;
    if (rel == Deprel::advcl && view.node(clause).xpos != "VBG" && view.node(clause).xpos != "VB" && view.node(clause).xpos != "VBN") break;
    // A plan's day is not the day of what is planned.
    if (rel == Deprel::xcomp && match.verdict.factuality != Factuality::actual) break;
    // "X met Y on Monday and left": the second verb shares a day that stands before both.
    if (rel == Deprel::conj) {
      bool shared = false;
      for (const PlacedTime& p : times)
        if (p.verb == head && p.time->first < clause) shared = true;
      if (!shared && view.index.child(clause, Deprel::nsubj) >= 0) break;
      finding.certainty = 0.85F;
    } else {
      finding.certainty = std::min(finding.certainty, 0.9F);
    }
    clause = head;
  }
  finding.bounded = own.bounded && own.times.empty();
  if (const TimeExpression* best = best_of(own.times, match.trigger)) {
    finding.date = event_date(*best, view.text);
    finding.certainty = std::min(finding.certainty, 0.6F + 0.4F * best->confidence);
    if (own.times.size() > 1) finding.certainty = std::min(finding.certainty, 0.85F);
  }
  return finding;
}

}  // namespace demarche
