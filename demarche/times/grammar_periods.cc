// Periods that are told by where they stand: "last week", "the next day", "the first Monday of May".
#include <algorithm>
#include <utility>

#include "demarche/times/grammar_dates.h"
#include "demarche/times/grammar_parts.h"

namespace demarche {

using Form = Expression::Form;

namespace {

// "the day before", "the night after": counted from the day in focus. "the day after the vote", "the week before his arrest", "the
// day of the attack", "the day he left": counted from what follows, which is no part of the extent. `p` is the word after "the".
size_t parse_day_beside(const Words& w, size_t p, Expression& out) {
  const LexiconEntry* part = w.match(p, WordClass::daypart);
  Unit unit = Unit::day;
  bool plural = false;
  if (w.match(p, WordClass::deictic)) return 0;
  if (w.is(p, "eve") && w.is(p + 1, "of") && any_of(w, p + 2, {"the", "his", "her", "its", "their", "a", "an"})) {
    out = Expression();
    out.form = Form::day;
    out.anchor = Anchor::focus;
    out.needs_object = true;
    out.relation = Expression::Relation::before;
    out.object = static_cast<uint32_t>(p + 2);
    out.steps = -1;
    out.rule = "date.eve";
    return p + 1;
  }
  if (part ? w[p].form.ends_with("s") : !parse_unit(w, p, unit, &plural) || plural || unit < Unit::day) return 0;
  Expression e;
  e.anchor = Anchor::focus;
  e.form = part || unit == Unit::day ? Form::day : Form::period;
  e.unit = unit;
  if (part) e.part = part->value;
  if (any_of(w, p + 1, {"before", "after"}) && any_of(w, p + 2, {"last", "next"}) && w.is(p + 1, "before") == w.is(p + 2, "last") &&
      e.form == Form::period) {
    e.anchor = Anchor::report;  // "the week before last"
    e.steps = w.is(p + 2, "last") ? -2 : 2;
    e.direction = e.steps < 0 ? Direction::last : Direction::next;
    e.rule = "date.before_last";
    e.confidence = 0.85f;
    out = e;
    return p + 3;
  }
  if (parse_object(w, p + 1, e)) {
    e.steps = e.relation == Expression::Relation::before ? -1 : 1;
    e.rule = "date.beside";
  } else if (any_of(w, p + 1, {"before", "after"})) {
    e.steps = w.is(p + 1, "before") ? -1 : 1;
    e.direction = e.steps < 0 ? Direction::previous : Direction::following;
    e.rule = "date.day_before";
    e.confidence = 0.7f;
    out = e;
    return p + 2;
  } else if (e.form == Form::day &&
             ((w.is(p + 1, "of") && any_of(w, p + 2, {"the", "his", "her", "its", "their"})) || any_of(w, p + 1, {"he", "she", "they"}))) {
    e.relation = Expression::Relation::on;
    e.object = static_cast<uint32_t>(w.is(p + 1, "of") ? p + 2 : p + 1);
    e.direction = Direction::that;
    e.rule = "date.day_of";
  } else {
    return 0;
  }
  e.confidence = 0.5f;  // until the day of what follows is found
  out = e;
  return p + 1;
}

}  // namespace

// "last week", "this year", "the next day", "the following month", "that night", "the week", "the weekend".
size_t parse_period(const Words& w, size_t at, Expression& out) {
  out = Expression();
  Direction direction = Direction::none;
  size_t p = parse_direction(w, at, direction);
  const bool article = !p && w.is(at, "the");
  if (!p) p = article ? at + 1 : at;
  out.direction = direction;
  out.anchor = p == at || article ? Anchor::focus : anchor_of(direction);
  out.steps = steps_of(direction);
  if (w.is(p, "fiscal") || w.is(p, "calendar")) ++p;
  // "the day after Christmas"
  if (article && w.is(p, "day") && any_of(w, p + 1, {"before", "after"})) {
    size_t end = parse_feast(w, p + 2, out);
    if (!end) end = parse_month_date(w, p + 2, out);
    if (end && (out.feast || out.day) && !(w.is(end, "'") && w.glued(end))) {
      out.day_steps = w.is(p + 1, "before") ? -1 : 1;
      out.rule = "date.day_beside";
      return end;
    }
    out = Expression();
    out.anchor = Anchor::focus;
  }
  // "year's end", "a year-end deadline"
  if (direction == Direction::none && any_of(w, p, {"year", "month", "week", "quarter"})) {
    size_t q = p + 1;
    if (w.is(q, "'") && w.is(q + 1, "s"))
      q += 2;
    else if (w.is(q, "-") && w.glued(q))
      ++q;
    else if (!(w.is(p, "year") && w.is(q, "end") && digits(w, q + 1) >= 1900))  // "year end 2014"
      q = 0;
    Unit unit = Unit::year;
    if (q && w.is(q, "end") && parse_unit(w, p, unit)) {
      out.position = Position::end;
      if (unit == Unit::year && w.is_number(q + 1) && w[q + 1].form.size() == 4 && digits(w, q + 1) >= 1900 &&
          digits(w, q + 1) < 2100) {  // "by year-end 2014"
        out.form = Form::calendar;
        out.anchor = Anchor::none;
        out.year = digits(w, q + 1);
        out.rule = "date.year_end";
        return q + 2;
      }
      out.form = Form::period;
      out.unit = unit;
      out.anchor = Anchor::report;
      out.rule = "date.period_end";
      out.confidence = 0.8f;
      return q + 1;
    }
  }
  if (article)
    if (const size_t end = parse_day_beside(w, p, out)) return end;
  if (const LexiconEntry* part = w.match(p, WordClass::daypart); part && p != at && w[p].form.back() != 's') {
    if (direction == Direction::past) return 0;
    if (w.is(p, "dawn") && w.is(p + 1, "of")) return 0;          // "the dawn of a new age"
    if (w[p].capital && p > 0 && !w[at].all_capitals) return 0;  // "... in the Morning", a title
    out.form = Form::day;
    out.part = part->value;
    if (part->value == "DT" && direction == Direction::none) return 0;
    out.rule = article ? "time.the_part" : "time.direction_part";
    if (direction == Direction::next) out.anchor = Anchor::focus;  // "the next morning"
    if (direction == Direction::this_) out.anchor = Anchor::report;
    out.confidence = article ? 0.6f : 0.85f;
    // "last night" is the night before the report
    return p + part->words.size();
  }
  Unit unit = Unit::day;
  bool plural = false;
  if (!parse_unit(w, p, unit, &plural) || plural) return 0;
  if (unit < Unit::day) return 0;
  if (unit == Unit::night) return 0;
  if (w.is(p + 1, "-") && w.glued(p + 1) && any_of(w, p + 2, {"long", "ago", "earlier", "old"}) && w.glued(p + 2))
    return 0;  // "the month-long siege"
  if (p == at && !(unit == Unit::weekend && p > 0 && any_of(w, p - 1, {"over", "at", "on"}))) return 0;
  if (article && unit == Unit::century) return 0;
  if (Expression date; article && (unit == Unit::quarter || unit == Unit::year) && any_of(w, p + 1, {"ended", "ending"}) &&
                       parse_month_date(w, p + 2, date)) {
    out = Expression();  // "the year ended March 31": how long, not which of the calendar's
    out.form = Form::duration;
    out.unit = unit;
    out.amount = 1;
    out.rule = "duration.ended";
    out.confidence = 0.7f;
    return p + 1;
  }
  if (article && unit == Unit::quarter) {
    if (!any_of(w, p - 2 < w.size() ? p - 2 : 0, {"in", "for", "during", "of"})) return 0;
  }
  if (article && unit == Unit::day &&
      (w.is(p + 1, "of") || w.is(p + 1, "that") || w.is(p + 1, "-") || any_of(w, p + 1, {"he", "she", "it", "they", "when", "i", "we"})))
    out.confidence = 0.5f;
  if (direction == Direction::that && (w.is(p + 1, "'"))) out.confidence = 0.5f;
  if (unit == Unit::day) {
    if (direction == Direction::last || direction == Direction::past) return 0;  // "the last day" of something
    if (direction == Direction::this_ && any_of(w, p - 1, {"current", "present"})) return 0;
    out.form = Form::day;
    if (direction == Direction::next) out.anchor = Anchor::focus;  // "the next day"
  } else {
    out.form = Form::period;
    out.unit = unit;
    if ((direction == Direction::past) && unit != Unit::week && unit != Unit::weekend && unit != Unit::year)
      return 0;  // "the past month": a duration
    if (direction == Direction::past && w.is(at, "the")) return 0;
    if (direction == Direction::past && unit == Unit::year && !w.is(at, "this")) return 0;
    if (direction == Direction::that && unit == Unit::quarter) return 0;
    if (direction == Direction::last && unit >= Unit::decade && w.is(at, "the")) return 0;  // "in the last decade": a duration
  }
  if (article) {
    out.steps = 0;
    out.direction = Direction::that;
  }
  out.rule = article ? "date.the_period" : "date.direction_period";
  out.confidence = std::min(out.confidence, out.anchor == Anchor::focus ? 0.7f : 0.88f);
  if (unit == Unit::second || unit == Unit::minute || unit == Unit::hour) return 0;
  return p + 1;
}

// "the last week of August", "the first Monday of May", "the third day of 2018".
size_t parse_part_of_period(const Words& w, size_t at, Expression& out) {
  const size_t p = w.is(at, "the") ? at + 1 : at;
  int nth = 0;
  size_t q = 0;
  if (any_of(w, p, {"last", "final"})) {
    nth = -1;
    q = p + 1;
  } else if (w.is(p, "week") && any_of(w, p + 1, {"of", "beginning", "starting", "ending"})) {  // "the week of April 15"
    const size_t week_end = parse_month_date(w, p + 2, out);
    if (!week_end || !out.day) return 0;
    out.nth = 1;
    out.nth_unit = Unit::week;
    out.rule = "date.week_of";
    return week_end;
  } else if (int n = 0; const size_t ordinal = parse_month_day(w, p, n, true)) {
    nth = n;
    q = ordinal;
  } else {
    return 0;
  }
  if (any_of(w, q, {"full", "whole"})) ++q;
  Unit unit = Unit::day;
  bool plural = false;
  const LexiconEntry* weekday = w.match(q, WordClass::weekday);
  if (weekday && !w[q].capital) weekday = nullptr;
  if (nth > 0 && w.is(q, "of") && !w.match(q + 1, WordClass::month)) {  // "the 10th of this month"
    const size_t month = parse_period(w, q + 1, out);
    if (!month || out.form != Form::period || out.unit != Unit::month) return 0;
    out.nth = nth;
    out.nth_unit = Unit::day;
    out.rule = "date.part_of_period";
    return month;
  }
  if (!weekday && (!parse_unit(w, q, unit, &plural) || plural ||
                   (unit != Unit::day && unit != Unit::week && unit != Unit::weekend && unit != Unit::month)))
    return 0;
  if (!any_of(w, q + 1, {"of", "in"})) return 0;
  const size_t d = q + 2;
  size_t end = parse_month_date(w, d, out);
  if (!end) end = parse_direction_month(w, d, out);
  if (!end) {
    end = parse_years(w, d, out);
    if (end && out.month == 0 && (out.year == 0 || w.is(q + 1, "in"))) return 0;
  }
  if (!end) {
    end = parse_period(w, d, out);
    if (end && !(out.form == Form::period && (out.unit == Unit::month || out.unit == Unit::year))) return 0;
  }
  if (!end || out.day != 0) return 0;
  out.nth = nth;
  out.nth_unit = unit;
  out.nth_weekday = weekday ? weekday->number : -1;
  out.rule = "date.part_of_period";
  out.confidence = 0.8f;
  return end;
}

// "on the 13th": a day of the month in focus.
size_t parse_bare_day(const Words& w, size_t at, Expression& out) {
  if (!w.is(at, "the") || at == 0 || !any_of(w, at - 1, {"on", "until", "by", "since", "from"}) || !w.is_number(at + 1)) return 0;
  int day = 0;
  const size_t end = parse_month_day(w, at + 1, day, true);
  if (!end || (end < w.size() && w[end].kind == Word::Kind::letters &&
               !any_of(w, end, {"and", "when", "the", "in", "at", "but", "with", "after", "as", "to", "he", "they", "it", "for", "by"})))
    return 0;
  out = Expression();
  out.form = Form::calendar;
  out.day = day;
  out.rule = "date.bare_day";
  out.confidence = 0.6f;
  return end;
}

// "last July", "this April", "next March", "last September 11".
size_t parse_direction_month(const Words& w, size_t at, Expression& out) {
  Direction direction = Direction::none;
  const size_t p = parse_direction(w, at, direction);
  if (!p) return 0;
  int month = 0;
  if (!parse_month(w, p, month)) return 0;
  const size_t end = parse_month_date(w, p, out);
  if (!end || out.year || out.year_steps) return 0;
  out.direction = direction;
  out.anchor = anchor_of(direction);
  out.rule = "date.direction_month";
  out.confidence = 0.85f;
  return end;
}

}  // namespace demarche
