// Periods told by where they stand, days counted from others, durations.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "demarche/times/resolve.h"
#include "demarche/times/values.h"

namespace demarche {

using Form = Expression::Form;

namespace {

// The value of a period that nobody can place.
std::string_view unknown_period(Unit unit) {
  switch (unit) {
    case Unit::week:
    case Unit::fortnight:
      return "XXXX-WXX";
    case Unit::weekend:
      return "XXXX-WXX-WE";
    case Unit::month:
      return "XXXX-XX";
    case Unit::quarter:
      return "XXXX-QX";
    default:
      return "XXXX";
  }
}

}  // namespace

Resolver::Moment Resolver::period(const Expression& e, ClauseTense tense) {
  Moment m;
  std::optional<Day> base =
      anchor_day(narrative_ && focus_ && (e.direction == Direction::next || e.direction == Direction::this_ || e.rule == "date.period_end")
                     ? Anchor::focus
                     : e.anchor);
  // "the year", "the week": those of the report, unless the words just before speak of another time
  const bool pointed = e.rule != "date.the_period" && (e.direction == Direction::that || e.direction == Direction::same);  // "that week"
  const bool close = focus_in_paragraph_ && sentence_ <= focus_sentence_ + (pointed ? 2u : 1u) && (focus_explicit_year_ || pointed);
  if (e.anchor == Anchor::focus &&
      (!base || (!close && !narrative_ && e.steps == 0 && (e.direction == Direction::that || e.direction == Direction::none))))
    base = report_ ? report_ : base;
  if (e.anchor == Anchor::none) base = report_;
  const int n = e.steps;
  if (!base) {
    m.value = unknown_period(e.unit);
    return m;
  }
  m.against = base;
  const YearMonthDay ymd = civil(*base);
  switch (e.unit) {
    case Unit::week:
    case Unit::fortnight: {
      const Day start = week_start(*base) + 7 * n;
      m.value = week_value(start);
      m.days = DayRange{start, start + 6};
      break;
    }
    case Unit::weekend: {
      int steps = n;
      const int wd = weekday(*base);
      if (e.direction == Direction::last && wd == 6) steps = -1;
      const bool plain = e.direction == Direction::none || e.direction == Direction::that;
      if ((plain || e.direction == Direction::this_) && tense != ClauseTense::future && wd <= (plain && tense == ClauseTense::past ? 4 : 2))
        steps = -1;
      if (e.direction == Direction::past && wd >= 5) steps = 0;
      const Day saturday = week_start(*base) + 7 * steps + 5;
      m.value = week_value(saturday) + "-WE";
      m.days = DayRange{saturday, saturday + 1};
      break;
    }
    case Unit::month: {
      const std::optional<Day> moved = add_months(*base, n);
      if (!moved) break;
      const YearMonthDay to = civil(*moved);
      m.value = month_value(to.year, to.month);
      m.days = month_of(to.year, to.month);
      break;
    }
    case Unit::quarter: {
      const int index = ymd.year * 4 + (ymd.month - 1) / 3 + n;
      const int year = index / 4, quarter = index % 4;
      if (!valid_year(year)) break;
      m.value = pad(year, 4) + "-Q" + std::to_string(quarter + 1);
      m.days = DayRange{month_of(year, quarter * 3 + 1).start, month_of(year, quarter * 3 + 3).end};
      break;
    }
    case Unit::half:
    case Unit::year: {
      const int year = ymd.year + n;
      if (!valid_year(year)) break;
      m.value = pad(year, 4);
      m.days = year_of(year);
      break;
    }
    case Unit::decade: {
      const int decade = ymd.year / 10 + n;
      m.value = std::to_string(decade) + "X";
      if (decade >= 1 && valid_year(decade * 10 + 9)) m.days = DayRange{*make_day(decade * 10, 1, 1), *make_day(decade * 10 + 9, 12, 31)};
      break;
    }
    case Unit::century: {
      const int century = ymd.year / 100 + n;
      m.value = pad(century, 2);
      break;
    }
    default:
      m.value = "XXXX";
      break;
  }
  if (m.value.empty()) m.value = "XXXX";
  return m;
}

Resolver::Moment Resolver::shifted(const Expression& e) const {
  std::optional<Day> base = anchor_day(e.anchor == Anchor::focus && e.unit <= Unit::hour ? Anchor::last_day : e.anchor);
  if (e.anchor == Anchor::focus && !base) base = report_;
  return shifted_from(e, base);
}

Resolver::Moment Resolver::shifted_from(const Expression& e, std::optional<Day> base) {
  Moment m;
  if (e.vague) {
    m.value = e.backward ? "PAST_REF" : "FUTURE_REF";
    if (e.unit <= Unit::hour) {
      if (base) m.value = to_string(*base) + "TXX:XX";
    }
    return m;
  }
  const std::optional<Step> step = step_of(e.unit, e.amount);
  if (!base || !step) {
    m.value = e.unit <= Unit::hour        ? "XXXX-XX-XXTXX:XX"
              : e.unit <= Unit::day       ? "XXXX-XX-XX"
              : e.unit <= Unit::fortnight ? "XXXX-WXX"
              : e.unit == Unit::month     ? "XXXX-XX"
                                          : "XXXX";
    return m;
  }
  m.against = base;
  const std::optional<Day> day = advance(*base, *step, e.backward);
  if (!day) {
    m.value = "XXXX";
    return m;
  }
  const YearMonthDay ymd = civil(*day);
  if (e.exact && e.unit > Unit::hour) {
    m.value = to_string(*day);
    m.days = DayRange{*day, *day};
    return m;
  }
  switch (e.unit) {
    case Unit::second:
    case Unit::minute:
      m.value = to_string(*day) + "TXX:XX";
      return m;
    case Unit::hour:
      m.value = e.amount >= 24 && std::fmod(e.amount, 24) == 0 ? to_string(*day) : to_string(*day) + "TXX:XX";
      if (e.amount >= 24) m.days = DayRange{*day, *day};
      break;
    case Unit::night:
    case Unit::day:
      m.value = to_string(*day);
      m.days = DayRange{*day, *day};
      break;
    case Unit::weekend:
    case Unit::week:
    case Unit::fortnight:
      m.value = week_value(*day);
      m.days = DayRange{week_start(*day), week_start(*day) + 6};
      if (e.amount == 1 && e.anchor == Anchor::focus) m.days = DayRange{*day, *day};  // "a week earlier": to the day
      break;
    case Unit::month:
    case Unit::half:
      m.value = month_value(ymd.year, ymd.month);
      m.days = month_of(ymd.year, ymd.month);
      break;
    case Unit::quarter:
      m.value = pad(ymd.year, 4) + "-Q" + std::to_string((ymd.month - 1) / 3 + 1);
      m.days = DayRange{month_of(ymd.year, (ymd.month - 1) / 3 * 3 + 1).start, month_of(ymd.year, (ymd.month - 1) / 3 * 3 + 3).end};
      break;
    case Unit::year:
      if (e.amount != std::floor(e.amount)) {
        m.value = month_value(ymd.year, ymd.month);
        m.days = month_of(ymd.year, ymd.month);
      } else {
        m.value = pad(ymd.year, 4);
        m.days = year_of(ymd.year);
      }
      break;
    case Unit::decade:
      m.value = e.amount == 1 ? pad(ymd.year, 4) : pad(ymd.year, 4);
      m.days = year_of(ymd.year);
      break;
    default:
      m.value = pad(ymd.year, 4).substr(0, 2);
      break;
  }
  return m;
}

// The nth day, week, weekend, month or weekday of the period in `m`.
void Resolver::pick_part(const Expression& e, Moment& m) {
  if (!m.days) {
    m.value = e.nth_unit == Unit::week && e.nth_weekday < 0 ? "XXXX-WXX" : "XXXX-XX-XX";
    return;
  }
  const DayRange whole = *m.days;
  DayRange part = whole;
  if (whole.start == whole.end && e.nth_unit == Unit::week) {  // "the week of April 15"
    m.value = week_value(whole.start);
    m.days = DayRange{week_start(whole.start), week_start(whole.start) + 6};
    return;
  }
  if (e.nth_weekday >= 0) {
    const Day first = whole.start + (e.nth_weekday - weekday(whole.start) + 7) % 7;
    const Day last = whole.end + -((weekday(whole.end) - e.nth_weekday + 7) % 7);
    const Day day = e.nth > 0 ? first + 7 * (e.nth - 1) : last;
    part = {day, day};
    m.value = to_string(day);
  } else if (e.nth_unit == Unit::day) {
    const Day day = e.nth > 0 ? whole.start + (e.nth - 1) : whole.end;
    part = {day, day};
    m.value = to_string(day);
  } else if (e.nth_unit == Unit::weekend) {
    const Day first = whole.start + (5 - weekday(whole.start) + 7) % 7;
    part.start = e.nth > 0 ? first + 7 * (e.nth - 1) : whole.end + -((weekday(whole.end) - 5 + 7) % 7);
    part.end = part.start + 1;
    m.value = week_value(part.start) + "-WE";
    m.days = part;
    return;
  } else if (e.nth_unit == Unit::week) {
    // weeks of a month are counted by sevens: the first is the 1st to the 7th
    part.start = e.nth > 0 ? whole.start + 7 * (e.nth - 1) : whole.end + -6;
    part.end = part.start + 6;
    m.value = week_value(e.nth > 0 ? part.start : part.end);
  } else {
    const std::optional<Day> start =
        e.nth > 0 ? add_months(whole.start, e.nth - 1) : std::optional<Day>(month_of(civil(whole.end).year, civil(whole.end).month).start);
    if (start) {
      part = month_of(civil(*start).year, civil(*start).month);
      m.value = month_value(civil(*start).year, civil(*start).month);
    }
  }
  if (part.start >= whole.start && part.end <= whole.end) m.days = part;
}

void Resolver::duration(const Expression& e, ClauseTense tense, TimeExpression& out) {
  out.type = TimexType::duration;
  out.value = duration_value(e);
  // "within ten days", "in two weeks": from the report's day on
  if (e.lead != Expression::Lead::none && !e.vague && report_ && e.direction == Direction::none &&
      (e.lead == Expression::Lead::in ? tense == ClauseTense::future : tense != ClauseTense::past)) {
    const std::optional<Step> ahead = step_of(e.unit, e.amount);
    const std::optional<Day> day = ahead && (ahead->days || ahead->months) ? advance(*report_, *ahead, false) : std::nullopt;
    if (day) {
      out.interval = DayRange{e.lead == Expression::Lead::within ? *report_ : *day, *day};
      out.basis = TimeBasis::relative;
      out.resolved_against = report_;
      out.future = true;
      return;
    }
  }
  // "the past three months", "the next ten days": a stretch that touches the report's day
  if (e.anchor != Anchor::report || e.vague || !report_ || e.unit < Unit::hour || (e.unit == Unit::hour && e.amount < 24)) return;
  const std::optional<Step> step = step_of(e.unit, e.amount);
  if (!step) return;
  const bool backward = e.direction == Direction::last || e.direction == Direction::past;
  const std::optional<Day> other = advance(*report_, *step, backward);
  if (!other) return;
  out.interval = backward ? DayRange{*other, *report_} : DayRange{*report_, *other};
  out.basis = TimeBasis::relative;
  out.resolved_against = report_;
  out.future = !backward || tense == ClauseTense::future;
}

// "two days after the summit", once the summit's day is known.
void Resolver::anchor_to(const Expression& e, DayRange base, TimeExpression& out) const {
  using Relation = Expression::Relation;
  const bool back = e.relation == Relation::before;
  const Day from = back ? base.start : base.end;
  out.basis = TimeBasis::relative;
  out.resolved_against = from;
  out.confidence = 0.7f;
  if (e.form != Form::duration) {  // "the day before the vote"
    Resolver there(*this);
    there.report_ = there.focus_day_ = from;
    there.focus_ = base;
    there.focus_in_paragraph_ = there.focus_explicit_year_ = true;
    there.focus_sentence_ = sentence_;
    Expression plain = e;
    plain.relation = Relation::none;
    plain.needs_object = false;
    there.resolve(plain, ClauseTense::unknown, false, out);
    out.future = report_ && out.interval && out.interval->start > *report_;
    return;
  }
  if (e.vague && e.unit > Unit::hour) return;
  const double days = e.unit > Unit::hour ? 0 : e.vague ? 0 : std::ceil(e.amount / (e.unit == Unit::hour ? 24 : 24 * 60) - 0.5);
  std::optional<Day> far =
      e.unit <= Unit::hour ? std::optional<Day>(from + static_cast<int>(std::min(days, 4000.0)) * (back ? -1 : 1)) : std::nullopt;
  if (e.unit > Unit::hour)
    if (const std::optional<Step> step = step_of(e.unit, e.amount)) far = advance(from, *step, back);
  if (!far) return;
  const bool stretch = e.whole || e.lead == Expression::Lead::within;
  if (stretch) {
    out.interval = back ? DayRange{*far, from} : DayRange{from, *far};
  } else if (e.unit > Unit::fortnight) {
    out.interval = shifted_from(e, from).days;  // "two months after": a month
    if (e.unit > Unit::hour && !out.interval) out.interval = DayRange{*far, *far};
  } else {
    out.interval = DayRange{*far, *far};
  }
  out.rule = "duration.from_happening";
  out.future = report_ && out.interval->start > *report_;
}

}  // namespace demarche
