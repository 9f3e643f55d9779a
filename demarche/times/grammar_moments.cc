// Times of day, and dates with what goes before and after them.
#include <algorithm>
#include <cstdlib>
#include <utility>

#include "demarche/times/grammar_dates.h"
#include "demarche/times/grammar_parts.h"

namespace demarche {

using Form = Expression::Form;

namespace {

size_t parse_part_after(const Words& w, size_t at, Expression& out) {
  // "Friday morning", "Friday late morning", "Sunday's early hours" - the date is parsed, a part of the day may follow
  size_t p = at;
  if (any_of(w, p, {"early", "late", "mid"})) ++p;
  if (w.is(p, "-") && p > at && w.glued(p)) ++p;
  const LexiconEntry* part = w.match(p, WordClass::daypart);
  if (!part || part->value == "DT" || w[p].form.ends_with("s")) return 0;
  out.part = part->value;
  return p + part->words.size();
}

bool takes_time(const Expression& e) {
  return e.form == Form::weekday || e.form == Form::day || (e.form == Form::calendar && (e.day != 0 || e.feast));
}

// "3-4 May", "May 3/4", "3 to 4 May", "Friday to Saturday": two days in a row, `out` the first.
size_t parse_two_days(const Words& w, size_t at, Expression& out) {
  const auto joined = [&](size_t p) { return any_of(w, p, {"-", "/", "to", "and", "into", "through"}); };
  if (const int day = digits(w, at); day >= 1 && day <= 31 && joined(at + 1) && digits(w, at + 2) > 0) {
    const size_t after = parse_month_date(w, at + 2, out);
    if (!after || (out.day != day + 1 && out.day != 1)) return 0;
    if (out.day == 1) {  // "31 to 1 May" tells the second month
      out.day_steps = -1;
    } else {
      out.day = day;
    }
    out.spread = 1;
    return after;
  }
  const size_t end = parse_date(w, at, out);
  if (!end || !joined(end)) return 0;
  if (out.form == Form::calendar && out.day && !out.year && digits(w, end + 1) == out.day + 1) {
    out.spread = 1;
    const size_t after = parse_year_after(w, end + 2, out);
    return after;
  }
  Expression second;
  const size_t after = parse_date(w, end + 1, second);
  const bool weekdays = out.form == Form::weekday && second.form == Form::weekday && second.weekday == (out.weekday + 1) % 7;
  const bool dates = out.form == Form::calendar && out.day && second.form == Form::calendar && second.month &&
                     (second.day == out.day + 1 || second.day == 1);
  if (!after || (!weekdays && !dates)) return 0;
  out.spread = 1;
  return after;
}

}  // namespace

size_t parse_night(const Words& w, size_t at, Expression& out) {
  const bool led = any_of(w, at, {"of", "on", "from", "between", "into"});
  const size_t p = led ? at + 1 : at;
  if (const size_t end = parse_two_days(w, p, out)) return end;
  if (!w.is(at, "into")) return 0;
  const size_t end = parse_date(w, p, out);  // "overnight into Saturday"
  if (!end || !takes_time(out)) return 0;
  out.day_steps = -1;
  out.spread = 1;
  return end;
}

size_t parse_clock(const Words& w, size_t at, Expression& out) {
  out = Expression();
  out.form = Form::clock;
  size_t p = at;
  if (const LexiconEntry* word = w.match(p, WordClass::clockword)) {
    out.hour = word->value == "12:00" ? 12 : 24;
    out.minute = 0;
    out.rule = "time.word";
    out.confidence = 0.8f;
    p += word->words.size();
    if (const LexiconEntry* zone = w.match(p, WordClass::zone)) {
      out.zulu = zone->value == "0";
      p += zone->words.size();
    }
    return p;
  }
  if (!w.is_number(p)) {
    const LexiconEntry* number = w.match(p, WordClass::number);
    if (!number || number->number > 12 || !(w.is(p + 1, "o") && w.is(p + 2, "'") && w.is(p + 3, "clock"))) {
      if (!number || number->number > 12 || !w.match(p + 1, WordClass::ampm)) return 0;
    }
    out.hour = number->number;
    p += 1;
  } else {
    const std::string_view form = w[p].form;
    const bool beside_clock = any_of(w, p + 1, {"(", "["}) && w.is_number(p + 2) && w.match(p + 3, WordClass::zone);  // "1353 (1023 GMT)"
    if (form.size() == 4 && digits(w, p) >= 0 && (w.match(p + 1, WordClass::zone) || beside_clock)) {                 // "0737 GMT"
      out.hour = digits(w, p) / 100;
      out.minute = digits(w, p) % 100;
      ++p;
    } else if (form.size() >= 4 && form.size() <= 5 && form.find('.') != std::string_view::npos &&
               form.find('.') + 3 == form.size()) {  // "9.35am", "17.30 GMT"
      const size_t dot = form.find('.');
      out.hour = form[0] - '0';
      if (dot == 2) out.hour = out.hour * 10 + (form[1] - '0');
      out.minute = (form[dot + 1] - '0') * 10 + (form[dot + 2] - '0');
      ++p;
      if (!w.match(p, WordClass::ampm) && !w.match(p, WordClass::zone)) return 0;
    } else {
      const int hour = digits(w, p);
      if (hour < 0 || hour > 24 || form.size() > 2) return 0;
      out.hour = hour;
      ++p;
      const bool loose_dot =
          w.is(p, ".") && w.is_number(p + 1) && w[p + 1].form.size() == 2 && w.match(p + 2, WordClass::ampm);  // "9. 35am"
      const bool hour_mark = w.is(p, "h") && w.glued(p) && w.glued(p + 1);                                     // "17h30"
      if (((w.is(p, ":") && w.glued(p)) || loose_dot || hour_mark) && w.is_number(p + 1) && w[p + 1].form.size() == 2) {
        out.minute = digits(w, p + 1);
        p += 2;
        if (w.is(p, ":") && w.glued(p) && w.is_number(p + 1) && w[p + 1].form.size() == 2) {
          out.second = digits(w, p + 1);
          p += 2;
        }
      }
    }
  }
  if (out.minute > 59 || out.second > 59 || out.hour > 24) return 0;
  bool marked = out.minute >= 0;
  const bool four_digits = w.is_number(at) && w[at].form.size() == 4 && out.minute >= 0;
  size_t m = p;
  if (w.is(m, "-") && w.glued(m)) ++m;
  const LexiconEntry* ampm = w.match(m, WordClass::ampm);
  if (ampm) {
    if (w[m].form == "am" && !w[m].glued && w[m].span.size() == 2 && !w[m].all_capitals && m + 1 < w.size() &&
        w.is(at > 0 ? at - 1 : at, "i"))
      return 0;
    if (out.hour > 12 || out.hour == 0) {
      if (out.hour > 12 && ampm->value == "AM") return 0;
    } else if (ampm->value == "PM") {
      out.hour = out.hour % 12 + 12;
    } else {
      out.hour %= 12;
    }
    p = m + 1;
    marked = true;
    if (w.is(p, ".") && w.glued(p) && p + 1 < w.size() && !w[p + 1].capital) ++p;
  } else if (out.minute >= 0 && out.hour >= 1 && out.hour <= 12 && any_of(w, p, {"a", "p"}) && w.glued(p) && !w[p].capital) {  // "5:55p"
    if (w.is(p, "p"))
      out.hour = out.hour % 12 + 12;
    else
      out.hour %= 12;
    ++p;
    out.confidence = 0.7f;
    out.rule = "time.clock";
    return p;
  } else if (w.is(p, "o") && w.is(p + 1, "'") && w.is(p + 2, "clock")) {
    p += 3;
    marked = true;
    out.confidence = 0.6f;
  }
  const LexiconEntry* zone = w.match(p, WordClass::zone);
  if (zone && (w[p].all_capitals || w[p].form.size() > 4)) {
    if (zone->words.front() == "hours" || zone->words.front() == "hrs") {
      if (out.minute < 0) zone = nullptr;
    }
    if (zone) {
      out.zulu = zone->value == "0";
      p += zone->words.size();
      marked = true;
    }
  }
  if (!zone && marked && p + 1 < w.size() && w[p].kind == Word::Kind::letters && w[p].capital && w[p].entries == nullptr &&
      w.is(p + 1, "time"))
    p += 2;                                                                        // "Strelsau time"
  if (!marked && out.hour >= 1 && out.hour <= 12 && any_of(w, p, {"in", "at"})) {  // "5 in the afternoon"
    const LexiconEntry* part = w.match(w.is(p + 1, "the") ? p + 2 : p + 1, WordClass::daypart);
    marked = part && part->value != "DT" && (w.is(p, "in") ? w.is(p + 1, "the") : part->value == "NI" && w.is(p + 1, "night"));
  }
  if (!marked) return 0;
  if (out.minute >= 0 && !ampm && !zone && !w.is(p - 1, "clock")) {
    // "3:30" may be a score or a verse
    const bool led =
        at > 0 && any_of(w, at - 1,
                         {"at", "around", "about", "by", "until", "before", "after", "from", "since", "to", "between", "-", ",", "[", "("});
    const bool beside_clock = any_of(w, p, {"(", "["}) && w.is_number(p + 1) && w.match(p + 2, WordClass::zone);
    if (!led || (four_digits && !beside_clock)) return 0;
    if (w[at].form.size() == 1 && out.minute % 5 != 0) return 0;  // "stopped the fight at 2:56"
    out.confidence = 0.6f;
  }
  out.rule = "time.clock";
  // "in the morning"
  if (!ampm && (w.is(p, "in") || w.is(p, "at"))) {
    const size_t q = w.is(p + 1, "the") ? p + 2 : p + 1;
    if (const LexiconEntry* part = w.match(q, WordClass::daypart); part && (q == p + 2 || part->value == "NI")) {
      if ((part->value == "AF" || part->value == "EV" || part->value == "NI") && out.hour < 12 && out.hour >= 1) out.hour += 12;
      p = q + part->words.size();
    }
  }
  return p;
}

namespace {

// "early", "the end of", "mid-": words before a date that pick a part of it.
size_t parse_position(const Words& w, size_t at, Position& position) {
  size_t p = at;
  if (w.is(p, "the") || w.is(p, "very")) ++p;
  if (w.is(p, "very")) ++p;
  const LexiconEntry* entry = w.match(p, WordClass::position);
  if (!entry) return 0;
  const bool of = entry->words.back() == "of";
  if (p != at && !of && !any_of(w, p, {"early", "late", "mid"})) return 0;
  if (p == at && of && at > 0 && w.is(at - 1, "an")) return 0;
  const std::string_view v = entry->value;
  if (v == "START")
    position = of ? Position::start : Position::early;
  else if (v == "END")
    position = of ? Position::end : Position::late;
  else if (v == "MID")
    position = Position::mid;
  else if (v == "BEFORE")
    position = Position::earlier;
  else if (v == "AFTER")
    position = Position::later;
  else
    position = v == "FH" ? Position::first_half : Position::second_half;
  p += entry->words.size();
  if (w.is(p, "-") && w.glued(p)) ++p;
  if (!of && w.is(p, "on") && !w.match(p + 1, WordClass::daypart)) ++p;  // "early on Sunday"
  return p;
}

// "T09:30:00Z" glued to a date.
size_t parse_iso_clock(const Words& w, size_t at, Expression& e) {
  if (!w.is(at, "t") || !w.glued(at) || !w.is_number(at + 1) || !w.glued(at + 1) || w[at + 1].form.size() != 2 || !w.is(at + 2, ":"))
    return 0;
  const int hour = digits(w, at + 1), minute = digits(w, at + 3);
  if (hour < 0 || hour > 24 || minute < 0 || minute > 59) return 0;
  e.hour = hour;
  e.minute = minute;
  e.rule = "time.iso";
  size_t p = at + 4;
  if (w.is(p, ":") && w.glued(p) && w.is_number(p + 1)) p += 2;
  if (w.is(p, "z") && w.glued(p)) {
    e.zulu = true;
    ++p;
  }
  return p;
}

// "041200Z JUL 18", "041200ZJUL2018": day, hour and minute, zone letter, month, year of a military signal.
size_t parse_signal_time(const Words& w, size_t at, Expression& e) {
  if (!w.is_number(at) || w[at].form.size() != 6 || at + 2 >= w.size() || w[at + 1].kind != Word::Kind::letters || !w.glued(at + 1))
    return 0;
  int part[3];
  for (int k = 0; k < 3; ++k) {
    const char high = w[at].form[static_cast<size_t>(2 * k)], low = w[at].form[static_cast<size_t>(2 * k + 1)];
    if (high < '0' || high > '9' || low < '0' || low > '9') return 0;
    part[k] = (high - '0') * 10 + (low - '0');
  }
  const std::string_view letters = w[at + 1].form;
  size_t p = at + 2;
  e = Expression();
  e.form = Form::calendar;
  if (letters.size() == 1) {
    p = parse_month(w, p, e.month);
    if (!p) return 0;
  } else {
    e.month = w.month_named(letters.substr(1));
  }
  const int year = digits(w, p);
  if (!e.month || year < 0 || (w[p].form.size() != 2 && w[p].form.size() != 4)) return 0;
  e.year = w[p].form.size() == 2 ? 2000 + year : year;
  e.day = part[0];
  e.hour = part[1];
  e.minute = part[2];
  e.zulu = letters.front() == 'z';
  e.rule = "time.signal";
  return e.hour <= 24 && e.minute < 60 && make_day(e.year, e.month, e.day) ? p + 1 : 0;
}

// "9 p.m. local time (1200 GMT)": the same moment on another clock, in brackets. Takes over its value where it is UTC on the same day.
size_t parse_same_clock(const Words& w, size_t end, Expression& e) {
  if (!w.is(end, "(") && !w.is(end, "[")) return end;
  Expression other;
  const size_t after = parse_clock(w, end + 1, other);
  if (!after || other.hour < 0 || (!w.is(after, ")") && !w.is(after, "]"))) return end;
  if (other.zulu && std::abs(other.hour - e.hour) <= 12) {
    e.hour = other.hour;
    e.minute = other.minute;
    e.zulu = true;
  }
  return after + 1;
}

// "at dawn", "before dusk on Friday": a turn of the day by itself.
size_t parse_day_turn(const Words& w, size_t at, Expression& out) {
  const LexiconEntry* turn = w.match(at, WordClass::dayturn);
  if (!turn || w[at].capital || at == 0 || !any_of(w, at - 1, {"at", "before", "after", "until", "by", "since", "from"})) return 0;
  const size_t end = at + turn->words.size();
  Expression date;
  const size_t p = any_of(w, end, {"on", "of"}) ? end + 1 : end;
  if (const size_t after = parse_date(w, p, date); after && takes_time(date) && date.part.empty()) {
    out = date;
    out.part = turn->value;
    out.rule = "time.turn";
    return after;
  }
  if (w.is(end, "of")) return 0;  // "the dawn of a new age"
  out = Expression();
  out.form = Form::clock;
  out.part = turn->value;
  out.rule = "time.turn";
  out.confidence = 0.6f;
  return end;
}

// "8" where nothing but an hour can stand: what follows ends the phrase.
bool bare_hour(const Words& w, size_t at) {
  const int hour = digits(w, at);
  if (hour < 1 || hour > 12 || w[at].form.size() > 2) return false;
  if (at + 1 >= w.size()) return true;
  if (w.is_mark(at + 1)) return any_of(w, at + 1, {".", ",", ")", ";"}) && !(w.is_number(at + 2) && w.glued(at + 2));
  return any_of(w, at + 1, {"and", "in", "to", "for", "with", "when", "on", "but", "from", "at", "after", "before", "as"});
}

// A date with the time of day before or after it.
size_t parse_plain_moment(const Words& w, size_t at, Expression& out) {
  size_t best = 0;
  Expression e;
  const auto keep = [&](size_t end) {
    if (end > best) {
      best = end;
      out = e;
    }
  };
  if (const size_t end = parse_signal_time(w, at, e)) keep(end);
  if (const size_t end = parse_day_turn(w, at, e)) keep(end);
  // A clock first: "5 p.m. on Friday", "noon today".
  if (const size_t end = parse_clock(w, at, e)) {
    size_t p = parse_same_clock(w, end, e);
    keep(p);
    const Expression clock = e;
    if (w.is(p, ",")) ++p;
    if (w.is(p, "on")) ++p;
    Expression date;
    if (const size_t after = parse_date(w, p, date); after && takes_time(date) && date.hour < 0) {
      e = date;
      e.hour = clock.hour;
      e.minute = clock.minute;
      e.second = clock.second;
      e.zulu = clock.zulu;
      if (!e.part.empty() && e.hour < 12 && e.hour > 0 && (e.part == "AF" || e.part == "EV" || (e.part == "NI" && e.hour > 5)))
        e.hour += 12;
      size_t tail = after;
      Expression part;
      if (const size_t t = parse_part_after(w, tail, part)) tail = t;
      if (tail + 1 < w.size() && w[tail].capital && w.is(tail + 1, "time")) tail += 2;  // "5 p.m. Saturday Pyongyang time"
      e.part = {};
      e.rule = "time.clock_date";
      if (w.is(tail, "(") || w.is(tail, "[")) {
        Expression full;
        if (const size_t close = parse_date(w, tail + 1, full);
            close && full.form == Form::calendar && full.month && full.day && (w.is(close, ")") || w.is(close, "]"))) {
          full.hour = e.hour;
          full.minute = e.minute;
          full.second = e.second;
          full.zulu = e.zulu;
          full.rule = e.rule;
          e = full;
          tail = close + 1;
        } else {
          tail = parse_same_clock(w, tail, e);
        }
      }
      keep(tail);
    }
  }
  // "the early hours of Monday", "the morning of July 4", "the night"
  {
    size_t p = w.is(at, "the") ? at + 1 : at;
    const LexiconEntry* hours = w.match(p, WordClass::hours);
    const LexiconEntry* part = hours ? nullptr : w.match(p, WordClass::daypart);
    const bool led = p != at || (at > 0 && any_of(w, at - 1, {"in", "during", "until", "on"}));
    const LexiconEntry* entry = hours ? hours : part;
    if (entry && (p != at || hours || (at > 0 && any_of(w, at - 1, {"early", "late", "on", "a", "one"})) || w.is(p + 1, "of"))) {
      size_t q = p + entry->words.size();
      if (w.is(q, "of") || w.is(q, "on")) ++q;
      Expression date;
      size_t after = entry->value == "NI" ? parse_night(w, p + entry->words.size(), date) : 0;
      if (after)
        q = std::max(q, p + entry->words.size() + 1);
      else
        after = parse_date(w, q, date);
      if (hours && w.is(p + hours->words.size(), "of") && w.is(q, "the") && w.match(q + 1, WordClass::daypart)) {
        date = Expression();
        date.form = Form::day;
        date.anchor = Anchor::focus;
        date.part = w.match(q + 1, WordClass::daypart)->value;
        after = q + 2;
      }
      if (after && takes_time(date) && q != p + entry->words.size()) {
        e = date;
        if (e.part.empty()) e.part = entry->value;
        e.rule = "time.part_of";
        if (Expression tail; const size_t t = parse_part_after(w, after, tail)) {
          e.part = tail.part;
          after = t;
        }
        keep(after);
      } else if (hours && led) {
        e = Expression();
        e.form = Form::day;
        e.anchor = Anchor::focus;
        e.part = hours->value;
        e.rule = "time.hours";
        e.confidence = 0.6f;
        keep(p + hours->words.size());
      }
    }
  }
  // A date first: "Friday", "Friday morning", "Friday at 5 p.m."
  if (size_t end = parse_date(w, at, e)) {
    if (takes_time(e)) {
      if (e.part.empty())
        if (const size_t t = parse_part_after(w, end, e)) end = t;
      keep(end);
      const size_t bracket = w.is(end, "'") && w.is(end + 1, "s") ? end + 2 : end;
      if (w.is(bracket, "(") || w.is(bracket, "[")) {  // "this morning (July 21)", "today's (July 21)"
        Expression date;
        const size_t after = parse_date(w, bracket + 1, date);
        if (after && date.form == Form::calendar && date.day && date.month) {
          date.part = e.part;
          if (e.form == Form::day && e.anchor == Anchor::report && e.direction != Direction::last) date.report_steps = e.steps;
          e = date;
          keep(w.is(after, ")") || w.is(after, "]") ? after + 1 : after);
          return best;
        }
      } else if (e.form == Form::day && e.anchor == Anchor::report && e.direction != Direction::last &&
                 bracket == end) {  // "this morning 16 August"
        Expression date;
        if (const size_t after = parse_date(w, end, date); after && date.form == Form::calendar && date.day && date.month) {
          date.part = e.part;
          date.report_steps = e.steps;
          e = date;
          keep(after);
          return best;
        }
      }
      size_t p = end;
      if (const size_t t = parse_iso_clock(w, p, e)) {
        keep(t);
        return best;
      }
      if (w.is(p, ",")) ++p;
      if (any_of(w, p, {"at", "around", "about"}) && any_of(w, p + 1, {"around", "about", "approximately"})) ++p;
      const bool at_word = any_of(w, p, {"at", "around", "about"});
      if (at_word) ++p;
      if (at_word && !e.part.empty() && e.part != "DT" && bare_hour(w, p)) {  // "tonight at 8"
        e.hour = digits(w, p) % 12 + (e.part == "MO" ? 0 : 12);
        if (e.hour == 24) e.hour = e.part == "NI" ? 24 : 12;
        e.minute = 0;
        e.part = {};
        e.rule = "time.date_clock";
        e.confidence = 0.7f;
        keep(p + 1);
        return best;
      }
      Expression clock;
      if (const size_t t = parse_clock(w, p, clock); t && (at_word || p == end || w.is(end, ","))) {
        e.hour = clock.hour;
        e.minute = clock.minute;
        e.second = clock.second;
        e.zulu = clock.zulu;
        if (!e.part.empty() && (e.part == "AF" || e.part == "EV") && e.hour < 12) e.hour += 12;
        e.part = {};
        e.rule = "time.date_clock";
        keep(parse_same_clock(w, t, e));
      }
    } else {
      keep(end);
    }
  }
  return best;
}

}  // namespace

size_t parse_moment(const Words& w, size_t at, Expression& out) {
  size_t best = 0;
  Position position = Position::none;
  if (const size_t p = parse_position(w, at, position)) {
    Expression e;
    const bool of = w.is(p - 1, "of");
    if (const size_t end = parse_plain_moment(w, p, e)) {
      const bool clock_only = e.form == Form::clock;
      const bool comparative = (position == Position::earlier || position == Position::later) && e.form != Form::period &&
                               e.form != Form::day && e.form != Form::weekday && !w.is(p - 1, "in");
      const bool anaphor = e.rule == "date.the_period" && e.form == Form::day && !of && !w.is(p - 1, "in");
      if (!clock_only && !comparative && !anaphor && e.position == Position::none) {
        e.position = position;
        // "the early October offensive": the article is the noun's
        if (!of && w.is(at, "the") && e.form == Form::calendar && e.decade < 0 && e.century == 0) e.skip = 1;
        out = e;
        best = end;
      }
    } else if (const LexiconEntry* part = w.match(p, WordClass::daypart); part && !of && part->value != "DT" &&
                                                                          p == at + 1 + (w.is(at, "the") ? 1u : 0u) && at > 0 &&
                                                                          any_of(w, at - 1, {"in", "by", "the", "on", "until", "since"})) {
      e = Expression();  // "in late afternoon"
      e.form = Form::day;
      e.anchor = Anchor::focus;
      e.part = part->value;
      e.rule = "time.position_part";
      e.confidence = 0.5f;
      out = e;
      best = p + part->words.size();
    }
  }
  Expression e;
  if (const size_t end = parse_plain_moment(w, at, e); end > best || (end && end == best && e.rule == "time.part_of")) {
    out = e;
    best = end;
  }
  return best;
}

}  // namespace demarche
