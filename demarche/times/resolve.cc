#include "demarche/times/resolve.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "demarche/times/values.h"

namespace demarche {
using Form = Expression::Form;

std::optional<Day> Resolver::anchor_day(Anchor anchor) const {
  if (anchor == Anchor::focus) return focus_day_ ? focus_day_ : focus_ ? std::optional<Day>(focus_->start) : std::nullopt;
  if (anchor == Anchor::last_day) return last_day_ ? last_day_ : report_;
  return report_;
}

std::optional<int> Resolver::year_for(const Expression& e, ClauseTense tense, int month, int day, std::optional<Day>& against) const {
  if (e.year) return e.year;
  const bool by_focus = e.anchor == Anchor::focus;
  if (e.year_steps) {
    const std::optional<Day> anchor = by_focus && focus_ ? std::optional<Day>(focus_->start) : report_;
    if (!anchor) return std::nullopt;
    against = anchor;
    return civil(*anchor).year + *e.year_steps;
  }
  const auto start_in = [&](int year) {
    return *make_day(std::clamp(year, 1, 9998), month, std::min(day ? day : 1, days_in_month(std::clamp(year, 1, 9998), month)));
  };
  const auto end_in = [&](int year) { return day ? start_in(year) : month_of(std::clamp(year, 1, 9998), month).end; };
  // Narrative, or a paragraph about another year: the first such date at or after the focus.
  const bool near_report = report_ && start_in(civil(*report_).year) <= *report_ && *report_ - end_in(civil(*report_).year) < 40;
  const bool elsewhere = focus_ && focus_explicit_year_ && focus_in_paragraph_ && report_ &&
                         civil(focus_->start).year != civil(*report_).year && tense != ClauseTense::future &&
                         e.direction == Direction::none && sentence_ == focus_sentence_ && !near_report;
  if ((focus_ && (narrative_ || !report_)) || elsewhere || (by_focus && focus_)) {
    const Day from = focus_day_ ? *focus_day_ : focus_->start;
    against = from;
    const int year = civil(from).year;
    if (e.direction == Direction::previous) return end_in(year) < from ? year : year - 1;
    if (e.direction == Direction::following) return start_in(year) > from ? year : year + 1;
    // a few months back is telling it in another order, not the year after
    return from - end_in(year) > 240 ? year + 1 : year;
  }
  if (!report_) return std::nullopt;
  against = report_;
  const int year = civil(*report_).year;
  const int past = start_in(year) <= *report_ ? year : year - 1;
  const int coming = end_in(year) >= *report_ ? year : year + 1;
  switch (e.direction) {
    case Direction::this_:
      return year;
    case Direction::last:
    case Direction::past:
      return end_in(year) < *report_ ? year : year - 1;
    case Direction::next:
      return start_in(year) > *report_ ? year : year + 1;
    default:
      break;
  }
  if (past == coming) return past;  // the report's own month or day
  const int behind = *report_ - end_in(past), ahead = start_in(coming) - *report_;
  if (tense == ClauseTense::future) return day && behind <= 60 && ahead > 300 ? past : coming;  // "could be seen on May 25"
  // "offered talks on August 1" in a July report: nobody names a day of the year before without its year.
  constexpr int kSoon = 31, kLongAgo = 300;  // days
  if (tense == ClauseTense::past) return ahead <= (day && !e.feast ? kSoon : 1) && behind > kLongAgo ? coming : past;
  return ahead * 2 < behind ? coming : past;
}

Resolver::Moment Resolver::calendar(const Expression& e, ClauseTense tense) {
  if (e.feast) return feast_date(e, tense);
  if (!e.season.empty() || e.quarter || e.half) return year_part(e, tense);
  if (e.month) return month_date(e, tense);
  if (e.day) return e.weekday < 0 ? bare_day(e, tense) : weekday_with_day(e, tense);
  Moment m;
  if (e.decade >= 0) {
    m.value = std::to_string(e.decade) + "X";
    if (e.decade >= 1 && valid_year(e.decade * 10 + 9))
      m.days = DayRange{*make_day(e.decade * 10, 1, 1), *make_day(e.decade * 10 + 9, 12, 31)};
  } else if (e.century > 0) {
    m.value = pad(e.century - 1, 2);
    if (e.century <= 98 && e.century > 1) m.days = DayRange{*make_day((e.century - 1) * 100 + 1, 1, 1), *make_day(e.century * 100, 12, 31)};
  } else if (e.before_christ) {
    m.value = "BC" + pad(e.year, 4);
  } else {
    m.value = pad(e.year, 4);
    if (valid_year(e.year)) m.days = DayRange{year_of(e.year).start, year_of(e.two_years ? e.year + 1 : e.year).end};
  }
  return m;
}

// "Christmas": the rule gives a day for any year; the year is found as for a date of that month.
Resolver::Moment Resolver::feast_date(const Expression& e, ClauseTense tense) {
  Moment m;
  const int probe_year = report_ ? civil(*report_).year : e.year ? e.year : 2000;
  const std::optional<Day> probed = lexicon_.feast_day(*e.feast, std::max(1583, probe_year));
  if (!probed) {
    m.value = "XXXX-XX-XX";
    return m;
  }
  const YearMonthDay probe = civil(*probed);
  const std::optional<int> year = year_for(e, tense, probe.month, probe.day, m.against);
  constexpr int kFreshFeast = 45;  // days; a feast named with a thing is one of these days, or of nobody knows which year
  const std::optional<Day> of_year = year && *year >= 1583 && *year <= 9000 ? lexicon_.feast_day(*e.feast, *year) : std::nullopt;
  const bool stale = e.some_year && !e.year && !e.year_steps && (!report_ || !of_year || std::abs(*of_year - *report_) > kFreshFeast);
  if (!year || *year < 1583 || *year > 9000 || stale) {
    m.against.reset();
    m.value = "XXXX-" + pad(probe.month, 2) + "-" + pad(probe.day, 2);
    return m;
  }
  const std::optional<Day> day = of_year;
  m.value = day ? to_string(*day) : pad(*year, 4) + "-XX-XX";
  if (day) m.days = DayRange{*day, *day};
  return m;
}

// The year of a season, quarter or half that begins with `month`.
std::optional<int> Resolver::year_of_part(const Expression& e, ClauseTense tense, int month, std::optional<Day>& against) const {
  std::optional<int> year;
  const std::optional<Day> base = narrative_ && focus_ ? std::optional<Day>(focus_->start) : report_;
  if (!e.season.empty() && !e.year && !e.year_steps &&
      (e.direction == Direction::last || e.direction == Direction::this_ || e.direction == Direction::next) && base) {
    // the season as a whole lies behind, around or ahead
    against = base;
    int y = std::clamp(civil(*base).year, 3, 9000);
    if (e.direction == Direction::this_) {
      if (e.season == "WI" && civil(*base).month <= 4) --y;
    } else if (e.direction == Direction::last) {
      while (season_days(e.season, y)->end >= *base && y > 2) --y;
    } else {
      y -= 1;
      while (season_days(e.season, y)->start <= *base && y < 9500) ++y;
    }
    year = y;
  } else if (e.quarter && !e.year && !e.year_steps && report_ && e.direction != Direction::none) {
    year = civil(*report_).year + steps_of_direction_year(e.direction);
    against = report_;
  } else {
    year = year_for(e, tense, month, 0, against);
    if (year && e.season == "WI" && !e.year && !e.year_steps && report_ && !narrative_ && civil(*report_).month <= 2 &&
        tense != ClauseTense::future)
      year = civil(*report_).year - 1;
  }
  return year;
}

// A season, quarter or half.
Resolver::Moment Resolver::year_part(const Expression& e, ClauseTense tense) {
  Moment m;
  int month = e.quarter          ? e.quarter * 3 - 2
              : e.half           ? e.half * 6 - 5
              : e.season == "SP" ? 3
              : e.season == "SU" ? 6
              : e.season == "FA" ? 9
                                 : 12;
  const std::optional<int> year = year_of_part(e, tense, month, m.against);
  const std::string y = year && valid_year(*year) ? pad(*year, 4) : "XXXX";
  m.value = y + "-" + (e.quarter ? "Q" + std::to_string(e.quarter) : e.half ? "H" + std::to_string(e.half) : std::string(e.season));
  if (y != "XXXX") {
    if (!e.season.empty())
      m.days = season_days(e.season, *year);
    else
      m.days = DayRange{month_of(*year, month).start, month_of(*year, month + (e.quarter ? 2 : 5)).end};
  }
  return m;
}

// "on the 13th": in the month spoken of.
Resolver::Moment Resolver::bare_day(const Expression& e, ClauseTense tense) {
  Moment m;
  const std::optional<Day> near = focus_ && focus_in_paragraph_ ? std::optional<Day>(focus_->start) : report_;
  m.value = "XXXX-XX-" + pad(e.day, 2);
  if (!near) return m;
  m.against = near;
  Day month = month_of(civil(*near).year, civil(*near).month).start;
  if (near == report_) {
    if (tense == ClauseTense::past && month + (e.day - 1) > *near) month = month_of(civil(month + -1).year, civil(month + -1).month).start;
    if (tense == ClauseTense::future && month + (e.day - 1) < *near) month = month + 31;
  }
  if (const std::optional<Day> day = make_day(civil(month).year, civil(month).month, e.day)) {
    m.value = to_string(*day);
    m.days = DayRange{*day, *day};
  }
  return m;
}

// "Friday the 13th": the nearest month in which that holds.
Resolver::Moment Resolver::weekday_with_day(const Expression& e, ClauseTense tense) {
  Moment m;
  if (!report_) {
    m.value = "XXXX-XX-" + pad(e.day, 2);
    return m;
  }
  m.against = report_;
  const Day first = month_of(civil(*report_).year, civil(*report_).month).start;
  for (const int step : {0, -1, 1, -2, 2, -3, 3, -4, -5, -6, -7, -8}) {
    const std::optional<Day> month = add_months(first, step);
    if (!month) continue;
    const YearMonthDay ymd = civil(*month);
    const std::optional<Day> day = make_day(ymd.year, ymd.month, e.day);
    if (!day || weekday(*day) != e.weekday) continue;
    if ((tense == ClauseTense::future && *day < *report_) || (tense != ClauseTense::future && *day > *report_)) continue;
    m.value = to_string(*day);
    m.days = DayRange{*day, *day};
    return m;
  }
  m.value = "XXXX-XX-" + pad(e.day, 2);
  return m;
}

// "July", "July 4", "July 4, 2017".
Resolver::Moment Resolver::month_date(const Expression& e, ClauseTense tense) {
  Moment m;
  std::optional<int> year = year_for(e, tense, e.month, e.day, m.against);
  // a weekday beside it settles the year
  if (!e.year && !e.year_steps && e.weekday >= 0 && e.day && report_) {
    const int report_year = civil(*report_).year;
    int best = 0;
    for (const int y : {report_year, report_year - 1, report_year + 1}) {
      const std::optional<Day> day = make_day(y, e.month, e.day);
      if (!day || weekday(*day) != e.weekday) continue;
      const auto distance = [&](int candidate) { return std::abs(*make_day(candidate, e.month, 1) - *report_); };
      if (!best || distance(y) < distance(best)) best = y;
    }
    if (best) {
      year = best;
      m.against = report_;
    }
  }
  if (e.either_order && report_ && e.year) {  // the reading that is close to the report's day
    const std::optional<Day> as_read = make_day(e.year, e.month, e.day), swapped = make_day(e.year, e.day, e.month);
    if (as_read && swapped && std::abs(*as_read - *report_) > 31 && std::abs(*swapped - *report_) <= 31) {
      Expression other = e;
      std::swap(other.month, other.day);
      other.either_order = false;
      return month_date(other, tense);
    }
  }
  if (!year || !valid_year(*year)) {
    m.value = "XXXX-" + pad(e.month, 2) + (e.day ? "-" + pad(e.day, 2) : "");
    return m;
  }
  if (e.day == 0) {
    m.value = month_value(*year, e.month);
    m.days = month_of(*year, e.month);
    return m;
  }
  m.value = month_value(*year, e.month) + "-" + pad(e.day, 2);
  if (const std::optional<Day> day = make_day(*year, e.month, e.day)) m.days = DayRange{*day, *day};
  return m;
}

// What may be otherwise than was assumed.
void Resolver::doubt_on(const Expression& e, ClauseTense tense, const Moment& m) {
  if (!m.days || !report_) return;
  const bool by_report = m.against == report_;
  if (e.form == Form::calendar && e.month && e.day && e.year && e.weekday >= 0 && weekday(m.days->start) != e.weekday)
    doubt_ = Doubt::mismatch;
  if (e.form == Form::calendar && e.either_order && std::abs(m.days->start - *report_) > 31) doubt_ = Doubt::order;
  if (tense != ClauseTense::unknown || !by_report || e.direction != Direction::none) return;
  if (e.form == Form::weekday && !e.week_steps && m.days->start != *report_) doubt_ = Doubt::weekday;
  if (e.form == Form::calendar && e.month && !e.year && !e.year_steps && e.weekday < 0 && !e.feast) {
    const int behind = std::abs(*report_ - m.days->start);
    if (behind > 100 && behind < 265) doubt_ = Doubt::year;  // the other year's is about as far away
  }
}

int Resolver::steps_of_direction_year(Direction direction) {
  return direction == Direction::last ? -1 : direction == Direction::next ? 1 : 0;
}

Resolver::Moment Resolver::weekday_date(const Expression& e, ClauseTense tense) {
  Moment m;
  const bool by_focus = (e.anchor == Anchor::focus || narrative_) && focus_;
  const std::optional<Day> anchor = by_focus ? anchor_day(Anchor::focus) : e.anchor == Anchor::focus ? std::nullopt : report_;
  const std::optional<Day> base = anchor ? anchor : report_;
  if (!base) {
    m.value = "XXXX-WXX-" + std::to_string(e.weekday + 1);
    return m;
  }
  m.against = base;
  Day day = *base;
  if (e.week_steps) {
    day = week_start(*base) + 7 * *e.week_steps + e.weekday;
  } else {
    const int back = (weekday(*base) - e.weekday + 7) % 7;
    const int ahead = (e.weekday - weekday(*base) + 7) % 7;
    switch (e.direction) {
      case Direction::last:
      case Direction::past:
      case Direction::previous:
        day = *base + -(back ? back : 7);
        break;
      case Direction::next:
      case Direction::following:
        day = *base + (ahead ? ahead : 7);
        break;
      case Direction::this_:
        day = tense == ClauseTense::past ? *base + -back : tense == ClauseTense::future ? *base + ahead : week_start(*base) + e.weekday;
        break;
      case Direction::that:
      case Direction::same:
        day = by_focus ? week_start(*base) + e.weekday : *base + -back;
        break;
      case Direction::none:
        day = by_focus ? *base + ahead : tense == ClauseTense::future ? *base + ahead : *base + -back;
        break;
    }
  }
  m.value = to_string(day);
  m.days = DayRange{day, day};
  return m;
}

Resolver::Moment Resolver::day_date(const Expression& e, ClauseTense tense) {
  Moment m;
  std::optional<Day> base = anchor_day(e.anchor);
  if (e.anchor == Anchor::focus && e.rule == "date.the_period" && tense == ClauseTense::past && report_ && base && *base > *report_)
    base = report_;  // "the deadline is Friday; earlier in the day he said"
  if (narrative_ && focus_day_ && e.rule == "date.direction_period" && e.direction == Direction::this_)
    base = focus_day_;                                                                 // "this day", of a history
  if (e.relation != Expression::Relation::none && !focus_in_paragraph_) base.reset();  // "the day of the attack": nobody told which
  if (e.anchor == Anchor::focus && !base && e.steps == 0 && e.relation == Expression::Relation::none &&
      (e.direction == Direction::none || !e.part.empty() || e.direction == Direction::that))
    base = report_;  // "in the morning"
  if (e.anchor == Anchor::focus && focus_day_ == std::nullopt && focus_ && e.relation == Expression::Relation::none)
    base = e.steps == 0 && report_ && *report_ >= focus_->start ? report_ : std::nullopt;
  // "On July 31 ... within two years ... that same day": the last day told, whatever period stands between
  const bool pointed = e.direction == Direction::same || e.direction == Direction::next || e.direction == Direction::following ||
                       (e.direction == Direction::that && e.rule != "date.the_period");
  constexpr uint32_t kSentencesBack = 2;
  if (e.anchor == Anchor::focus && pointed && !focus_day_ && e.relation == Expression::Relation::none && last_day_ && focus_in_paragraph_ &&
      sentence_ <= last_day_sentence_ + kSentencesBack)
    base = last_day_;
  if (!base) {
    m.value = "XXXX-XX-XX";
    return m;
  }
  m.against = base;
  // "last night" told in the morning is the night before the report
  const int steps = e.direction == Direction::last && !e.part.empty() ? -1 : e.steps;
  const Day day = *base + steps;
  m.value = to_string(day);
  m.days = DayRange{day, day};
  return m;
}

void Resolver::set(const Expression& e, TimeExpression& out) {
  out.type = TimexType::set;
  if (!e.set_value.empty()) {
    out.value = e.set_value;
    return;
  }
  Expression one = e;
  one.form = Form::duration;
  out.value = duration_value(one);
}

void Resolver::remember(const Expression& e, const Moment& m) {
  if (!m.days || (e.form == Form::clock && e.spread)) return;  // "overnight" leaves the day as it was
  focus_ = m.days;
  focus_day_ = m.days->start == m.days->end ? std::optional<Day>(m.days->start) : std::nullopt;
  focus_in_paragraph_ = true;
  focus_sentence_ = sentence_;
  if (focus_day_) {
    last_day_ = focus_day_;
    last_day_sentence_ = sentence_;
  }
  focus_explicit_year_ = e.form == Form::calendar &&
                         (e.year != 0 || (focus_explicit_year_ && !e.year_steps && e.anchor == Anchor::none && m.against != report_));
}

void Resolver::resolve(const Expression& e, ClauseTense tense, bool bounded, TimeExpression& out) {
  out.type = e.has_clock() ? TimexType::time : TimexType::date;
  doubt_ = Doubt::none;
  if (e.needs_object) return;  // see anchor_to
  if (e.ahead) tense = ClauseTense::future;
  Moment m;
  switch (e.form) {
    case Form::calendar:
      m = calendar(e, tense);
      break;
    case Form::weekday:
      m = weekday_date(e, tense);
      break;
    case Form::day:
      m = day_date(e, tense);
      break;
    case Form::period:
      m = period(e, tense);
      break;
    case Form::shift:
      m = shifted(e);
      // "40 years later it fell", with nothing told before: not 40 years from now.
      if (!e.backward && e.anchor == Anchor::focus && tense == ClauseTense::past && report_ && m.days && m.days->start > *report_ &&
          !e.vague)
        m = shifted_from(e, std::nullopt);
      if (e.unit <= Unit::hour && m.value.find('T') != std::string::npos && m.value.size() > 10) out.type = TimexType::time;
      if (e.unit <= Unit::minute && e.anchor == Anchor::focus) {  // "minutes later": no clock is told, so the moment stays open
        out.type = TimexType::duration;
        m.value = duration_value(e);
      }
      break;
    case Form::clock: {
      Expression day;
      day.form = Form::day;
      // a time by itself belongs to the day just spoken of, if that is close
      const bool close =
          last_day_ && (!report_ || last_day_sentence_ == sentence_ || (focus_in_paragraph_ && sentence_ <= last_day_sentence_ + 3) ||
                        (*last_day_ <= *report_ && *report_ - *last_day_ <= 4));
      day.anchor = close ? Anchor::last_day : Anchor::report;
      m = day_date(day, tense);
      break;
    }
    case Form::duration:
      duration(e, tense, out);
      return;
    case Form::set:
      set(e, out);
      return;
    case Form::reference:
      out.value = e.reference;
      out.future = e.reference == "FUTURE_REF";
      out.basis = TimeBasis::relative;
      return;
  }
  if (e.form == Form::clock || e.has_clock()) out.type = TimexType::time;
  if (e.form == Form::period && bounded && !e.since && e.position == Position::start && tense != ClauseTense::past && report_ && m.days &&
      m.days->start < *report_ && e.steps == 0) {
    Expression coming = e;  // "by the start of the year": the one that lies ahead
    coming.steps = 1;
    m = period(coming, tense);
  }
  if (e.day_steps && m.days && m.days->start == m.days->end) {  // "the day after Christmas"
    const Day day = m.days->start + e.day_steps;
    m.days = DayRange{day, day};
    m.value = to_string(day);
  }
  if (e.spread && m.days) (e.spread > 0 ? m.days->end : m.days->start) = (e.spread > 0 ? m.days->end : m.days->start) + e.spread;
  if (e.nth) pick_part(e, m);
  if ((e.position == Position::first_half || e.position == Position::second_half) && m.value.size() == 4)
    m.value += e.position == Position::first_half ? "-H1" : "-H2";
  // a deadline is not the time that the next words lean on; nor, in a history, are "today" and "last year"
  const bool deadline = bounded && tense != ClauseTense::past && focus_day_;
  const bool aside = narrative_ && e.anchor == Anchor::report && e.form != Form::calendar;
  doubt_on(e, tense, m);
  if (!deadline && !aside && !e.known && e.relation == Expression::Relation::none) remember(e, m);
  out.value = m.value + clock_suffix(e);
  out.basis = m.against ? TimeBasis::relative : TimeBasis::explicit_;
  out.resolved_against = m.against;
  if (m.days) {
    out.interval = e.has_clock() ? *m.days : part_of(*m.days, e.position, report_, bounded);
    if (out.interval->start > out.interval->end) out.interval = m.days;
  }
  out.future = tense == ClauseTense::future;
  if (e.position == Position::earlier)
    out.future = false;
  else if (report_ && out.interval)
    out.future = out.interval->start > *report_ || (out.future && out.interval->end >= *report_);
}

}  // namespace demarche
