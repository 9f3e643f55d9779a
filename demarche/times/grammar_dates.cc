// Days and months.
#include "demarche/times/grammar_dates.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "demarche/times/grammar_parts.h"

namespace demarche {

using Form = Expression::Form;

namespace {

// "may", "march" and "mar" are words of their own: a month only where the surroundings say so.
bool month_stands(const Words& w, size_t at, size_t after) {
  const std::string_view form = w[at].form;
  if (form != "may" && form != "march" && form != "mar" && form != "jan" && form != "dec" && form != "august" && form != "april" &&
      form != "june")
    return true;
  const bool dotted = after > at + 1;
  if (dotted) return true;
  if (at > 0 && w[at - 1].kind == Word::Kind::letters && w[at - 1].capital && w[at - 1].entries == nullptr)
    return false;                                                     // "General March", "Theresa May"
  if (form == "jan" || form == "mar" || form == "dec") return false;  // alone: a name more often than a month
  if (at > 0 &&
      any_of(w, at - 1, {"in",   "of",         "since", "by",       "until",     "till",  "from",   "to",      "through", "last", "next",
                         "this", "early",      "late",  "mid",      "before",    "after", "during", "between", "and",     "or",   "for",
                         "-",    "throughout", "every", "previous", "following", "past",  "around", "that",    "to",      "on",   "on-"}))
    return form != "may" || !any_of(w, at - 1, {"and", "or", "that", "for", "to", "from", "of", "after", "before"}) ||
           !(at + 1 < w.size() && w[at + 1].kind == Word::Kind::letters && w[at + 1].entries == nullptr && w[at + 1].form != "to" &&
             w[at + 1].form != "when" && w[at + 1].form != "and");
  if (form == "april" || form == "august" || form == "june") return at + 1 >= w.size() || !w[at + 1].capital;  // "June Carter"
  if (any_of(w, after, {"'", "-"}) && w.glued(after)) return form == "may";
  return form == "march" && at > 0 && !any_of(w, at - 1, {"the", "a", "will", "'s"}) && (at + 1 >= w.size() || !w[at + 1].capital);
}

}  // namespace

// Day of the month: "4", "4th", "fourth". With `ordinal_only` a plain number is none.
size_t parse_month_day(const Words& w, size_t at, int& day, bool ordinal_only) {
  if (w.is_number(at)) {
    const int n = digits(w, at);
    if (n < 1 || n > 31 || w[at].form.size() > 2) return 0;
    day = n;
    if (at + 1 < w.size() && w.glued(at + 1) && any_of(w, at + 1, {"st", "nd", "rd", "th"})) return at + 2;
    if (ordinal_only) return 0;
    if (w.glued(at + 1) && at + 1 < w.size() && w[at + 1].kind == Word::Kind::letters) return 0;  // "4am", "5G"
    return at + 1;
  }
  if (const LexiconEntry* ordinal = w.match(at, WordClass::ordinal); ordinal && ordinal->number <= 31) {
    day = ordinal->number;
    return at + ordinal->words.size();
  }
  return 0;
}

// A month's name, with the dot of an abbreviation.
size_t parse_month(const Words& w, size_t at, int& month) {
  const LexiconEntry* entry = w.match(at, WordClass::month);
  if (!entry || !w[at].capital) return 0;
  month = entry->number;
  const bool abbreviated = w[at].form.size() <= 4 && w[at].form != "june" && w[at].form != "july" && w[at].form != "may";
  return abbreviated && w.is(at + 1, ".") && w.glued(at + 1) && at + 2 < w.size() ? at + 2 : at + 1;
}

// What may stand behind a year of two digits: "10 Nov 11." and "10 Nov 11 at", but not "5 May 12 people", "5 May 12.30".
bool closes_date(const Words& w, size_t at) {
  if (at >= w.size()) return true;
  if (w[at].kind == Word::Kind::letters) return any_of(w, at, {"and", "at", "in", "to", "by", "when", "with", "the", "after", "before", "until", "from"});
  return any_of(w, at, {".", ",", ")", ";"}) && !(at + 1 < w.size() && w.is_number(at + 1) && w.glued(at + 1));
}

// "July 4", "4 July", "the 4th of July", each with an optional year; "July 2017"; "July".
size_t parse_month_date(const Words& w, size_t at, Expression& out) {
  out = Expression();
  out.form = Form::calendar;
  size_t p = at;
  int month = 0, day = 0;
  // "the Unaizah May 4": a ship's name
  const bool in_name = p > 0 && w.is(p, "may") && w[p - 1].kind == Word::Kind::letters && w[p - 1].capital && !w[p - 1].all_capitals &&
                       w[p - 1].entries == nullptr && p > 1;
  if (const size_t after_month = in_name ? 0 : parse_month(w, p, month)) {
    out.month = month;
    size_t d = after_month;
    if (w.is(d, "the") && d + 1 < w.size() && !w[d + 1].capital) ++d;
    if (const size_t after_day = parse_month_day(w, d, day, d != after_month)) {
      const bool spelled = !w.is_number(d);
      const bool clock = w.is(after_day, ":") && w.glued(after_day);
      const bool percent = any_of(w, after_day, {"%", "percent"});
      if (!(spelled && d == after_month) && !clock && !percent) {
        out.day = day;
        out.rule = "date.month_day";
        size_t end = parse_year_after(w, after_day, out);
        if (out.year || out.year_steps) out.rule = "date.full";
        return end;
      }
    }
    const size_t end = parse_year_after(w, after_month, out);
    if (end != after_month) {
      out.rule = "date.month_year";
      return end;
    }
    if (!month_stands(w, p, after_month)) return 0;
    out.rule = "date.month";
    out.confidence = 0.88f;
    return after_month;
  }
  bool article = false;
  if (w.is(p, "the")) {
    article = true;
    ++p;
  }
  if (const size_t after_day = parse_month_day(w, p, day)) {
    size_t m = after_day;
    if (w.is(m, "of"))
      ++m;
    else if (w.is(m, "-") && w.glued(m))
      ++m;  // "4-Jul-2017"
    else if (article && w.is_number(p) && after_day == p + 1 && !(at > 0 && any_of(w, at - 1, {"on", "by", "until", "from", "since"})))
      return 0;  // "on the 4 July" is a date, "the 5 March hares" is not
    if (const size_t after_month = parse_month(w, m, month)) {
      const bool spelled = !w.is_number(p);
      if (spelled && m == after_day && !article) return 0;  // "Second March"
      out.day = day;
      out.month = month;
      out.rule = "date.day_month";
      size_t y = after_month;
      if (w.is(y, "-") && w.glued(y)) ++y;
      size_t end = parse_year_after(w, y, out);
      if (end == y) end = after_month;
      if (out.year == 0 && !out.year_steps && w.is_number(after_month) && w[after_month].form.size() == 2 && w[at].form.size() <= 2 &&
          closes_date(w, after_month + 1)) {
        out.year = 2000 + digits(w, after_month);  // "10 Nov 11"
        if (out.year > 2039) out.year -= 100;
        end = after_month + 1;
      }
      if (out.year || out.year_steps) out.rule = "date.full";
      return end;
    }
  }
  return 0;
}

namespace {

// "2017-07-04", "07/04/2017", "4.7.2017".
size_t parse_numeric_date(const Words& w, size_t at, Expression& out) {
  if (!w.is_number(at) || at + 2 >= w.size()) return 0;
  out = Expression();
  out.form = Form::calendar;
  out.rule = "date.numeric";
  if (w[at].form.size() == 4 && at + 4 < w.size() && any_of(w, at + 1, {"-", "/"}) && w.glued(at + 1) && w.is_number(at + 2) &&
      w.glued(at + 2) && w[at + 3].form == w[at + 1].form && w.is_number(at + 4) && w.glued(at + 4)) {
    out.year = digits(w, at);
    out.month = digits(w, at + 2);
    out.day = digits(w, at + 4);
    return out.year > 0 && make_day(out.year, out.month, out.day) ? at + 5 : 0;
  }
  if (w[at].form.size() <= 2 && at + 4 < w.size() && any_of(w, at + 1, {"/", "-"}) && w.glued(at + 1) && w.is_number(at + 2) &&
      w.glued(at + 2) && w[at + 2].form.size() <= 2 && w[at + 3].form == w[at + 1].form && w.is_number(at + 4) && w.glued(at + 3) &&
      w.glued(at + 4) && (w[at + 4].form.size() == 4 || (w[at + 4].form.size() == 2 && w.is(at + 1, "/")))) {
    int a = digits(w, at), b = digits(w, at + 2), year = digits(w, at + 4);
    if (w[at + 4].form.size() == 2) year += year < 40 ? 2000 : 1900;
    out.confidence = a > 12 || b > 12 || a == b ? 0.9f : 0.6f;  // month or day first
    out.either_order = a <= 12 && b <= 12 && a != b;
    if (a > 12) std::swap(a, b);
    out.year = year;
    out.month = a;
    out.day = b;
    return make_day(year, a, b) ? at + 5 : 0;
  }
  // "12.6.2018": the day first
  const std::string_view form = w[at].form;
  const size_t dot = form.find('.');
  if (dot != std::string_view::npos && dot >= 1 && dot <= 2 && form.size() - dot - 1 >= 1 && form.size() - dot - 1 <= 2 &&
      w.is(at + 1, ".") && w.glued(at + 1) && w.glued(at + 2) && digits(w, at + 2) >= 1900 && digits(w, at + 2) < 2100) {
    const auto number = [](std::string_view s) { return s.size() == 2 ? (s[0] - '0') * 10 + (s[1] - '0') : s[0] - '0'; };
    out.year = digits(w, at + 2);
    out.day = number(form.substr(0, dot));
    out.month = number(form.substr(dot + 1));
    out.confidence = 0.8f;
    return make_day(out.year, out.month, out.day) ? at + 3 : 0;
  }
  return 0;
}

// Days with a name of their own: "9/11", "the September 11 attacks". Behind the day, a row may tell words of which one must follow.
size_t parse_named_day(const Words& w, size_t at, Expression& out) {
  const LexiconEntry* named = w.match(at, WordClass::named);
  if (!named) return 0;
  const size_t end = at + named->words.size();
  if (w.is(end, "/") && w.glued(end)) return 0;
  std::string_view followers = std::string_view(named->value).substr(10);
  bool follows = followers.empty();
  while (!followers.empty() && !follows) {
    followers.remove_prefix(1);  // the space before each
    const std::string_view word = followers.substr(0, followers.find(' '));
    follows = w.is(end, word);
    followers.remove_prefix(word.size());
  }
  const std::optional<Day> day = parse_day(named->value.substr(0, 10));
  if (!follows || !day) return 0;
  const YearMonthDay ymd = civil(*day);
  out = Expression();
  out.year = ymd.year;
  out.month = ymd.month;
  out.day = ymd.day;
  out.known = true;
  out.rule = named->id;
  return end;
}

// "Tuesday", "last Tuesday", "Tuesday last week", "Tuesday, July 4, 2017", "Tuesday (July 4)".
size_t parse_weekday(const Words& w, size_t at, Expression& out) {
  out = Expression();
  size_t p = at;
  Direction direction = Direction::none;
  if (const size_t e = parse_direction(w, p, direction)) {
    Unit unit = Unit::day;
    bool plural = false;
    if (parse_unit(w, e, unit, &plural) && unit == Unit::week && !plural && w.match(e + 1, WordClass::weekday)) {  // "last week Friday"
      out.form = Form::weekday;
      out.weekday = w.match(e + 1, WordClass::weekday)->number;
      out.week_steps = steps_of(direction);
      out.anchor = anchor_of(direction);
      out.rule = "date.weekday_of_week";
      return e + 2;
    }
    p = e;
  } else if (w.is(p, "the") && w.match(p + 1, WordClass::weekday)) {
    ++p;
  }
  const LexiconEntry* weekday = w.match(p, WordClass::weekday);
  if (!weekday || !w[p].capital) return 0;
  if (p > 0 && w[p - 1].capital && w.match(p - 1, WordClass::notday)) return 0;  // "Super Tuesday"
  size_t e = p + 1;
  const bool abbreviated = w[p].form.size() <= 5 && !w[p].form.ends_with("day");
  if (abbreviated && w.is(e, ".") && w.glued(e)) ++e;
  size_t d = e;
  bool bracket = false;
  if (w.is(d, ",")) ++d;
  if (w.is(d, "(") || w.is(d, "[")) {
    bracket = true;
    ++d;
  }
  if (w.is(d, "the") && w.is_number(d + 1)) ++d;
  Expression date;
  size_t end = parse_month_date(w, d, date);
  if (!end || date.day == 0) end = parse_numeric_date(w, d, date);
  if (end && date.day != 0) {
    if (bracket && (w.is(end, ")") || w.is(end, "]"))) ++end;
    date.weekday = weekday->number;
    date.rule = "date.weekday_full";
    date.confidence = 0.95f;
    out = date;
    return end;
  }
  int month_day = 0;
  if (d = w.is(e, ",") ? e + 1 : e, w.is(d, "the")) {
    if (const size_t day_end = parse_month_day(w, d + 1, month_day, true); day_end && direction == Direction::none) {  // "Friday the 13th"
      out.form = Form::calendar;
      out.weekday = weekday->number;
      out.day = month_day;
      out.rule = "date.weekday_day";
      out.confidence = 0.7f;
      return day_end;
    }
  }
  if (abbreviated) {  // "Sun", "Sat", "Mon." need a dot inside the sentence and a word that leads a day, or a date
    const bool led = direction != Direction::none || (p == at && p > 0 && any_of(w, p - 1, {"on", "by", "until", "since", "from", "to"}));
    if (e == p + 1 || e >= w.size() || !led) return 0;
  }
  out.form = Form::weekday;
  out.weekday = weekday->number;
  out.direction = direction;
  out.anchor = direction == Direction::none ? Anchor::report : anchor_of(direction);
  out.rule = direction == Direction::none ? "date.weekday" : "date.weekday_direction";
  out.confidence = direction == Direction::none ? 0.9f : 0.85f;
  // "Friday week": seven days after the coming one; "last Friday week": seven before the last
  if (w.is(e, "week") && (direction == Direction::none || direction == Direction::last) && !w.is(e + 1, "-") && !w.is(e + 1, "'") &&
      (e + 1 >= w.size() || w.is_mark(e + 1) ||
       any_of(w, e + 1, {"in", "at", "when", "and", "the", "to", "with", "after", "for", "as", "he", "she", "they", "it"}))) {
    out.day_steps = direction == Direction::none ? 7 : -7;
    out.ahead = direction == Direction::none;
    out.rule = "date.weekday_week";
    out.confidence = 0.7f;
    return e + 1;
  }
  // "Tuesday last week", "Tuesday of next week"
  size_t u = e;
  if (w.is(u, "of")) ++u;
  Direction week = Direction::none;
  Unit unit = Unit::day;
  bool plural = false;
  if (const size_t after = parse_direction(w, u, week);
      after && direction == Direction::none && parse_unit(w, after, unit, &plural) && unit == Unit::week && !plural) {
    out.week_steps = steps_of(week);
    out.anchor = anchor_of(week);
    out.rule = "date.weekday_of_week";
    return after + 1;
  }
  return e;
}

// "today", "the day before yesterday", "yesterday (July 4)".
size_t parse_deictic(const Words& w, size_t at, Expression& out) {
  out = Expression();
  size_t p = at;
  if (w.is(p, "the")) ++p;
  const LexiconEntry* word = w.match(p, WordClass::deictic);
  const LexiconEntry* tonight = word ? nullptr : w.match(p, WordClass::tonight);
  if (!word && !tonight && p == at && w.match(p, WordClass::overnight) && !w[p].capital) {
    size_t q = p + 1;
    if (const size_t end = parse_night(w, q, out)) {
      out.part = "NI";
      out.rule = "time.overnight";
      return end;
    }
    if (w.is(q, "on")) ++q;
    if (const size_t end = parse_weekday(w, q, out); end && (out.form == Form::weekday || out.day)) {  // "overnight on Tuesday"
      out.part = "NI";
      out.rule = "time.overnight";
      return end;
    }
    out = Expression();
    out.form = Form::clock;
    out.part = "NI";
    out.rule = "time.overnight";
    out.confidence = 0.5f;
    out.spread = -1;
    return p + 1;
  }
  if ((!word && !tonight) || (p != at && (!word || word->words.size() == 1))) return 0;
  if (word && w[p].capital && p > 0 && w[p].form == "today" && p > 0 && any_of(w, p - 1, {"usa", "russia"})) return 0;
  const size_t end = p + (word ? word->words.size() : 1);
  const size_t bracket = w.is(end, ",") ? end + 1 : end;
  if (w.is(bracket, "(") || w.is(bracket, "[")) {
    Expression date;
    if (const size_t after = parse_month_date(w, bracket + 1, date); after && date.day) {
      out = date;
      if (word) out.report_steps = word->number;
      return w.is(after, ")") || w.is(after, "]") ? after + 1 : after;
    }
  }
  out.form = Form::day;
  out.anchor = Anchor::report;
  out.steps = word ? word->number : 0;
  if (tonight) out.part = "NI";
  out.rule = word ? "date.deictic" : "time.tonight";
  out.confidence = 0.93f;
  return end;
}

}  // namespace

size_t parse_date(const Words& w, size_t at, Expression& out) {
  size_t best = 0;
  Expression candidate;
  const auto attempt = [&](size_t (*parse)(const Words&, size_t, Expression&)) {
    const size_t end = parse(w, at, candidate);
    if (end > best) {
      best = end;
      out = candidate;
    }
  };
  attempt(parse_named_day);
  attempt(parse_weekday);
  attempt(parse_numeric_date);
  attempt(parse_month_date);
  attempt(parse_deictic);
  attempt(parse_direction_month);
  attempt(parse_feast);
  attempt(parse_year_part);
  attempt(parse_period);
  attempt(parse_years);
  attempt(parse_part_of_period);
  attempt(parse_bare_day);
  return best;
}

}  // namespace demarche
