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

namespace {
bool is_present(const ClauseView& view, uint32_t verb) { return view.node(verb).xpos == "VBZ" || view.node(verb).xpos == "VBP"; }
}  // namespace

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
    // "struck a post that X says it does not use on Saturday": a past day is no day of a verb in the present.
    if (!time.future && time.interval && p.noun == kNoToken && is_present(view, p.verb))
      for (uint32_t up = p.verb, steps = 0; steps < 4 && view.head(up) != kNoToken; ++steps) {
        up = clause_of(view, view.head(up));
        if (view.node(up).xpos == "VBD") p.verb = up;
        if (!is_present(view, up)) break;
      }
    const Symbol before = time.first > 0 ? view.form[time.first - 1] : kNoSymbol;
    // "By Wednesday evening they had met" is that day.
    p.deadline = frames.is(before, frames.known.deadline_prep) && (time.future || before != frames.asked.by);
    placed.push_back(p);
  }
  return placed;
}

namespace {

bool usable(const TimeExpression& t) { return t.interval && (t.type == TimexType::date || t.type == TimexType::time); }

// Day, week, month, or more: February pins nothing down better than March.
int grain(const DayRange& days) {
  const int length = days.end - days.start;
  return length <= 1 ? length : length < 7 ? 2 : length <= 31 ? 3 : length;
}

// Of several times of one clause the one that pins the fewest days; of equals, the nearest to the trigger.
const TimeExpression* best_of(const std::vector<const TimeExpression*>& times, uint32_t trigger) {
  const TimeExpression* best = nullptr;
  const auto distance = [&](const TimeExpression* t) { return t->first > trigger ? t->first - trigger : trigger - t->first; };
  for (const TimeExpression* t : times) {
    if (!best) {
      best = t;
      continue;
    }
    const int a = grain(*t->interval), b = grain(*best->interval);
    if (a < b || (a == b && distance(t) < distance(best))) best = t;
  }
  return best;
}

struct Gathered {
  std::vector<const TimeExpression*> times;
  bool bounded = false;
};

void gather(const PlacedTime& p, Gathered& out) {
  // "after midnight on Tuesday" is a limit within a day that is known; "until noon" is a day to come.
  const bool within_day = p.time->type == TimexType::time && p.time->interval && p.time->interval->start == p.time->interval->end && !p.deadline;
  if (p.time->bound_only && !within_day) out.bounded = true;
  else if (usable(*p.time)) out.times.push_back(p.time);
}

bool is_event_noun(const ClauseView& view, uint32_t noun, const FrameLexicon& frames) {
  if (frames.is(view.lemma[noun], frames.known.people)) return false;  // "A court in Moscow on Monday sentenced ..."
  const auto& triggers = frames.triggers(view.lemma[noun]);
  const bool names_event = std::any_of(triggers.begin(), triggers.end(), [](const Trigger& t) { return t.pos == TriggerPos::noun && t.more.empty(); });
  return names_event || frames.is(view.lemma[noun], frames.known.event_noun);
}

// "at the talks on Tuesday", "in Wednesday's debate", "during a visit on Monday": what the clause tells happened then as well.
bool is_setting(const ClauseView& view, uint32_t noun, const FrameLexicon& frames) {
  if (view.node(noun).deprel != Deprel::obl) return false;
  const Symbol prep = view.preposition(noun);
  return prep != kNoSymbol && frames.is(prep, frames.known.setting);
}

// "After the failure on Monday X asked ...": the noun's day is only a limit.
bool is_limit(const ClauseView& view, uint32_t noun, const FrameLexicon& frames) {
  for (uint32_t steps = 0; noun != kNoToken && steps < 4; ++steps, noun = view.head(noun)) {
    const Symbol prep = view.preposition(noun);
    if (prep != kNoSymbol && frames.is(prep, frames.known.limit_prep)) return true;
    if (view.node(noun).deprel != Deprel::nmod) return false;
  }
  return false;
}

// Whether a noun that carries a time of its own is another event than this one.
bool is_other_event(const ClauseView& view, const PlacedTime& p, const Match& match, const FrameLexicon& frames) {
  const uint32_t noun = p.noun;
  if (noun == kNoToken || noun == match.trigger) return false;
  if (!is_event_noun(view, noun, frames)) return false;
  // The object that makes the frame ("held talks on Tuesday") is no other event.
  if (match.args.light && view.head(noun) == match.args.clause_verb) return false;
  // "The strike on Saturday killed four": its effect is of the same day.
  if (match.frame && match.frame->type == "ASSAULT" && std::find(match.args.subj.begin(), match.args.subj.end(), noun) != match.args.subj.end()) return false;
  // "asked for help on Tuesday": what is asked for has no day of its own; "called for talks on Friday" may, if Friday is to come.
  if (match.frame && match.frame->eats && (match.frame->act || p.time->first > noun) && !(p.time->future && frames.is(view.lemma[noun], frames.known.meet_noun)) && view.index.under(noun, match.args.clause_verb)) return false;
  return true;
}

bool has_mark(const ClauseView& view, uint32_t clause, uint32_t cls, const FrameLexicon& frames) {
  for (const uint32_t c : view.index.children(clause))
    if ((view.node(c).deprel == Deprel::mark || view.node(c).deprel == Deprel::advmod) && c < clause && frames.is(view.lemma[c], cls)) return true;
  return false;
}

// "In a note that it passed on Monday, X warned": the note's day is that of its words.
bool in_writing(const ClauseView& view, uint32_t verb, uint32_t clause, const FrameLexicon& frames) {
  const Deprel rel = view.node(verb).deprel;
  if (rel != Deprel::acl && rel != Deprel::acl_relcl) return false;
  const uint32_t noun = view.head(verb);
  if (noun == kNoToken || view.head(noun) != clause || view.node(noun).deprel != Deprel::obl || !frames.is(view.lemma[noun], frames.known.writing)) return false;
  const Symbol prep = view.preposition(noun);
  return prep != kNoSymbol && frames.is(prep, frames.known.setting);
}

// "a briefing at which he condemned the launch".
bool at_which(const ClauseView& view, uint32_t clause, const FrameLexicon& frames) {
  const uint32_t noun = view.head(clause);
  if (noun == kNoToken || !is_event_noun(view, noun, frames)) return false;
  for (const uint32_t c : view.index.children(clause)) {
    if (c > clause || !frames.is(view.lemma[c], frames.known.relative)) continue;
    const Symbol prep = view.preposition(c);
    if (view.node(c).lemma == "where" || (prep != kNoSymbol && frames.is(prep, frames.known.setting))) return true;
  }
  return false;
}

// "Speaking in Ankara on Saturday, X criticised Y", "X, speaking in Ankara on Saturday, criticised Y": what goes with the words. A match without a frame is a saying.
bool goes_with(const ClauseView& view, uint32_t clause, const Match& match) {
  if ((match.frame && !match.frame->act) || view.node(clause).xpos != "VBG" || clause > match.args.clause_verb || view.index.child(clause, Deprel::mark) >= 0) return false;
  const uint32_t head = view.head(clause);
  if (view.node(clause).deprel == Deprel::advcl) return head == match.args.clause_verb;
  return view.node(clause).deprel == Deprel::acl && clause > 0 && view.word(clause - 1) == "," && head != kNoToken && view.node(head).deprel == Deprel::nsubj && view.head(head) == match.args.clause_verb;
}

// "invited both to talks for May 3": the day of what is asked for.
bool is_day_asked_for(const ClauseView& view, const PlacedTime& p, const Match& match, const FrameLexicon& frames) {
  return match.frame && match.frame->type == "REQUEST" && match.verdict.factuality == Factuality::actual && p.time->first > 0 && view.form[p.time->first - 1] == frames.asked.for_;
}

// Times of the clause itself; then those of its settings and of the clauses that tell when ("when they met last week").
void gather_clause(const ClauseView& view, uint32_t clause, bool bare_noun, const Match& match, std::span<const PlacedTime> times, const FrameLexicon& frames, Gathered& own,
                   DateFinding& finding) {
  Gathered settings, written;
  for (const PlacedTime& p : times) {
    if (is_day_asked_for(view, p, match, frames)) continue;
    if (p.verb == clause) {
      if (p.noun != kNoToken && p.noun != match.trigger && is_limit(view, p.noun, frames)) {
        settings.bounded = true;
        continue;
      }
      if (is_other_event(view, p, match, frames)) {
        if (is_setting(view, p.noun, frames) && !bare_noun) gather(p, settings);
        continue;
      }
      if (bare_noun && p.time->first < match.trigger && p.noun == kNoToken && match.trigger - p.time->last > 6) continue;
      gather(p, own);
    } else if (!bare_noun && view.head(p.verb) == clause && view.node(p.verb).deprel == Deprel::advcl && has_mark(view, p.verb, frames.known.when_mark, frames) && p.noun == kNoToken) {
      gather(p, settings);
    } else if (!bare_noun && clause == match.args.clause_verb && p.noun == kNoToken && goes_with(view, p.verb, match)) {
      gather(p, settings);
    } else if (!bare_noun && p.noun == kNoToken && in_writing(view, p.verb, clause, frames)) {
      gather(p, written);
    }
  }
  if (!own.times.empty() || own.bounded) return;
  own = settings.times.empty() && !settings.bounded ? written : settings;
  if (!settings.times.empty()) finding.place = DatePlace::setting;
}

bool is_perfect(const ClauseView& view, uint32_t clause) {
  for (const uint32_t c : view.index.children(clause))
    if (view.node(c).deprel == Deprel::aux && view.node(c).lemma == "have") return true;
  return false;
}

// Whether a clause shares the day of the one that it hangs on.
bool shares_day(const ClauseView& view, uint32_t clause, const Match& match, std::span<const PlacedTime> times, const FrameLexicon& frames) {
  const uint32_t head = view.head(clause);
  switch (view.node(clause).deprel) {
    case Deprel::parataxis:
      return true;
    case Deprel::xcomp:
      // A plan's day is not the day of what is planned; a decision's is all that can be told of it.
      return match.verdict.factuality == Factuality::actual || frames.is(view.lemma[head], frames.known.decide);
    case Deprel::advcl:
      if (view.node(clause).xpos != "VBG" && has_mark(view, clause, frames.known.limit_prep, frames)) return false;  // "a day after he had met X"
      // "because X had attacked" was before; "if X attacks" has not been.
      return !has_mark(view, clause, frames.known.if_mark, frames) && !is_perfect(view, clause);
    case Deprel::acl_relcl:
      return at_which(view, clause, frames);
    case Deprel::acl:
      // "handed over a note demanding ..."
      return view.node(clause).xpos == "VBG" && match.frame && match.frame->act;
    case Deprel::conj: {
      // "X met Y on Monday and left"; with a subject of its own and another tense a second verb shares only a day that stands before both
      // ("The ministers are to meet on Monday, and X has offered to help").
      const bool alike = view.node(clause).xpos == view.node(head).xpos && view.index.child(clause, Deprel::aux) < 0;
      const bool shared = std::any_of(times.begin(), times.end(), [&](const PlacedTime& p) { return p.verb == head && p.time->first < (alike ? clause : head); });
      // "met Y on Monday and will fly home": another tense, another day.
      return shared || (view.index.child(clause, Deprel::nsubj) < 0 && view.index.child(clause, Deprel::nsubj_pass) < 0 && view.index.child(clause, Deprel::aux) < 0);
    }
    default:
      return false;
  }
}

// "P12D" -> 12, "P2W" -> 14; 0 for what is no whole number of days.
int days_of(std::string_view value) {
  if (value.size() < 3 || value[0] != 'P') return 0;
  int n = 0;
  for (const char c : value.substr(1, value.size() - 2)) {
    if (c < '0' || c > '9' || n > 10'000) return 0;
    n = n * 10 + (c - '0');
  }
  return value.back() == 'D' ? n : value.back() == 'W' ? 7 * n : 0;
}

}  // namespace

// "At the same meeting they decided", "said after the talks": the day of the meeting, which is told elsewhere.
std::optional<CountedDay> day_of_setting(const ClauseView& view, const Match& match, const FrameLexicon& frames) {
  const Symbol after = frames.asked.after;
  for (const uint32_t c : view.index.children(match.args.clause_verb)) {
    if (view.node(c).deprel != Deprel::obl || !frames.is(view.lemma[c], frames.known.meet_noun)) continue;
    const Symbol prep = view.preposition(c);
    if (prep == kNoSymbol || (!frames.is(prep, frames.known.setting) && prep != after)) continue;
    if (view.index.child(c, Deprel::det) < 0 || view.node(static_cast<uint32_t>(view.index.child(c, Deprel::det))).lemma == "a") continue;
    return CountedDay{0, view.node(c).lemma, std::nullopt, {}};
  }
  return std::nullopt;
}

std::optional<CountedDay> counted_day(const ClauseView& view, const Match& match, std::span<const PlacedTime> times, const FrameLexicon& frames) {
  const Symbol after = frames.asked.after, before = frames.asked.before;
  for (const PlacedTime& p : times) {
    const int days = p.time->type == TimexType::duration ? days_of(p.time->value) : 0;
    const uint32_t word = p.time->last;
    if (days == 0 || word >= view.size()) continue;
    const bool is_after = view.form[word] == after && after != kNoSymbol;
    if (!is_after && (view.form[word] != before || before == kNoSymbol)) continue;
    const uint32_t governed = view.head(word);
    if (governed == kNoToken) continue;
    CountedDay counted;
    counted.text = text_of(view.text, p.time->span);
    if (view.node(word).deprel == Deprel::mark && view.is_verb(governed)) {
      // "The raid came twelve days after a bomber killed ...": the clause behind "after" lies so far before its governor.
      if (clause_of(view, match.args.clause_verb) != governed || view.head(governed) == kNoToken) continue;
      const uint32_t matrix = view.head(governed);
      counted.offset = is_after ? -days : days;
      for (const PlacedTime& q : times)
        if (q.verb == matrix && usable(*q.time) && !q.time->bound_only) counted.anchor_days = q.time->interval;
      // "said on Monday that it would leave, a day after X had fired": so far before it was said.
      if (!counted.anchor_days && view.node(matrix).deprel == Deprel::ccomp)
        for (const PlacedTime& q : times)
          if (q.verb == view.head(matrix) && usable(*q.time) && !q.time->bound_only) counted.anchor_days = q.time->interval;
      if (const uint32_t subject = surface_subject(view, matrix, frames); subject != kNoToken) counted.anchor = view.node(subject).lemma;
    } else if (view.node(word).deprel == Deprel::case_ && view.is_nominal(governed)) {
      // "A day before the clash X told Y ...": the clause lies so far from what the noun names.
      if (clause_of(view, governed) != clause_of(view, match.args.clause_verb)) continue;
      counted.offset = is_after ? days : -days;
      counted.anchor = view.node(governed).lemma;
      for (const PlacedTime& q : times)
        if (q.noun == governed && usable(*q.time)) counted.anchor_days = q.time->interval;
      // "a day after North Korea fired ...", where the tree has lost the clause: a name is nothing to count from.
      if (!counted.anchor_days && view.node(governed).upos == Upos::PROPN) continue;
    } else {
      continue;
    }
    return counted;
  }
  return day_of_setting(view, match, frames);
}

std::optional<FurtherDay> further_day(const ClauseView& view, const Match& match, std::span<const PlacedTime> times, const EventDate& taken, const FrameLexicon& frames) {
  constexpr uint32_t kMostWords = 6;  // between "and" and the time
  for (const PlacedTime& p : times) {
    if (!usable(*p.time) || p.time->bound_only || p.deadline || p.time->first <= match.trigger || p.time->interval->start <= taken.days.end) continue;
    uint32_t first = p.time->first;
    bool more = false;
    while (first > match.trigger && p.time->first - first <= kMostWords && view.node(first - 1).upos != Upos::CCONJ) {
      --first;
      if (view.is_verb(first) || view.node(first).upos == Upos::PUNCT) break;
      more = more || frames.is(view.form[first], frames.known.further) || view.node(first).lemma == "more" || view.node(first).lemma == "other";
    }
    if (!more || first <= match.trigger + 1 || view.node(first - 1).upos != Upos::CCONJ || view.is_verb(first)) continue;
    // The day that the verb has first stands on this side of "and", with no other verb between.
    bool dated = false, verb = false;
    for (const PlacedTime& q : times) dated = dated || (q.time->interval && *q.time->interval == taken.days && q.time->last < first);
    for (uint32_t t = match.trigger + 1; t < first; ++t) verb = verb || view.is_verb(t);
    if (dated && !verb) return FurtherDay{p.time, first};
  }
  return std::nullopt;
}

DateFinding date_in_sentence(const ClauseView& view, const Match& match, std::span<const PlacedTime> times, const FrameLexicon& frames) {
  DateFinding finding;
  if (times.empty()) return finding;
  Gathered own;
  for (const PlacedTime& p : times)
    if (p.noun == match.trigger || p.noun == match.anchor) gather(p, own);
  DatePlace level = DatePlace::clause;
  finding.place = DatePlace::trigger;
  uint32_t clause = match.args.clause_verb;
  if (!view.is_verb(clause)) clause = own.times.empty() && !own.bounded ? clause_of(view, clause) : kNoToken;
  const bool bare_noun = clause != kNoToken && clause != match.args.clause_verb && clause != match.anchor;
  // "met at Turkey's request on Tuesday": Tuesday is the day of the meeting.
  if (bare_noun && match.frame && (match.frame->act || match.frame->type == "REQUEST")) clause = kNoToken;
  constexpr int kMaxClimb = 6;
  for (int i = 0; i < kMaxClimb && clause != kNoToken && own.times.empty() && !own.bounded; ++i) {
    finding.place = level;
    gather_clause(view, clause, bare_noun, match, times, frames, own, finding);
    if (!own.times.empty() || own.bounded || bare_noun) break;
    const uint32_t head = view.head(clause);
    if (head == kNoToken || !shares_day(view, clause, match, times, frames)) break;
    if (view.node(clause).deprel == Deprel::acl_relcl)
      for (const PlacedTime& p : times)
        if (p.noun == head) gather(p, own);  // "a briefing on Thursday at which ..."
    level = view.node(clause).deprel == Deprel::conj || level == DatePlace::beside ? DatePlace::beside : DatePlace::above;
    clause = view.is_verb(head) ? head : clause_of(view, head);
  }
  finding.bounded = own.bounded && own.times.empty();
  if (const TimeExpression* best = best_of(own.times, match.trigger)) {
    finding.date = event_date(*best, view.text);
    finding.several = own.times.size() > 1;
  } else {
    finding.place = DatePlace::none;
  }
  return finding;
}

}  // namespace demarche
