#include "demarche/times/grammar_dates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>

namespace demarche {
namespace {

using Form = Expression::Form;

bool any_of(const Words& w, size_t at, std::initializer_list<std::string_view> forms) {
  return at < w.size() && std::find(forms.begin(), forms.end(), w[at].form) != forms.end();
}

bool glued_to_next(const Words& w, size_t at) { return at + 1 < w.size() && w.glued(at + 1); }

// Day of the month: "4", "4th", "fourth". With `ordinal_only` a plain number is none.
size_t parse_month_day(const Words& w, size_t at, int& day, bool ordinal_only = false) {
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

// A year of four digits, or "'99".
size_t parse_year(const Words& w, size_t at, Expression& out) {
  const int year = digits(w, at);
  if (year >= 1000 && year <= 2199 && w[at].form.size() == 4) {
    if (at + 1 < w.size() && w.glued(at + 1) && (w[at + 1].kind == Word::Kind::letters || w.is(at + 1, "%"))) return 0;  // "1990s", "2000km"
    out.year = year;
    return at + 1;
  }
  if (w.is(at, "'") && w.glued(at + 1) && w.is_number(at + 1) && w[at + 1].form.size() == 2 && digits(w, at + 1) >= 0) {
    if (at + 2 < w.size() && w.glued(at + 2) && w[at + 2].kind == Word::Kind::letters) return 0;
    const int two = digits(w, at + 1);
    out.year = two < 40 ? 2000 + two : 1900 + two;
    out.short_year = true;
    return at + 2;
  }
  return 0;
}

// "2017", ", 2017", "of 2017", "last year", "of this year" after a month; `at` itself when there is none.
size_t parse_year_after(const Words& w, size_t at, Expression& out) {
  size_t p = at;
  if (w.is(p, ",") || w.is(p, "of") || w.is(p, "in")) {
    const bool comma = w.is(p, ",");
    const bool in = w.is(p, "in");
    Expression year;
    const size_t end = parse_year(w, p + 1, year);
    if (end && !in && !(comma && year.short_year)) {
      out.year = year.year;
      return end;
    }
    if (comma) return at;
    ++p;
    if (in) return at;
  }
  Expression year;
  if (const size_t end = parse_year(w, p, year)) {
    out.year = year.year;
    return end;
  }
  Direction direction = Direction::none;
  Unit unit = Unit::day;
  bool plural = false;
  if (const size_t end = parse_direction(w, p, direction); end && parse_unit(w, end, unit, &plural) && unit == Unit::year && !plural) {
    out.year_steps = steps_of(direction);
    out.anchor = anchor_of(direction);
    return end + 1;
  }
  return at;
}

// "may", "march" and "mar" are words of their own: a month only where the surroundings say so.
bool month_stands(const Words& w, size_t at, size_t after) {
  const std::string_view form = w[at].form;
  if (form != "may" && form != "march" && form != "mar" && form != "jan" && form != "dec" && form != "august" && form != "april" && form != "june") return true;
  const bool dotted = after > at + 1;
  if (dotted) return true;
  if (at > 0 && w[at - 1].kind == Word::Kind::letters && w[at - 1].capital && w[at - 1].entries == nullptr) return false;  // "General March", "Theresa May"
  if (form == "jan" || form == "mar" || form == "dec") return false;  // alone: a name more often than a month
  if (at > 0 && any_of(w, at - 1, {"in", "of", "since", "by", "until", "till", "from", "to", "through", "last", "next", "this", "early", "late", "mid", "before", "after",
                                   "during", "between", "and", "or", "for", "-", "throughout", "every", "previous", "following", "past", "around", "that", "to", "on", "on-"}))
    return form != "may" || !any_of(w, at - 1, {"and", "or", "that", "for", "to", "from", "of", "after", "before"}) || !(at + 1 < w.size() && w[at + 1].kind == Word::Kind::letters && w[at + 1].entries == nullptr && w[at+1].form != "to" && w[at+1].form != "when" && w[at+1].form != "and");
  if (form == "april" || form == "august" || form == "june") return at + 1 >= w.size() || !w[at + 1].capital;  // "June Carter"
  if (any_of(w, after, {"'", "-"}) && w.glued(after)) return form == "may";
  return form == "march" && at > 0 && !any_of(w, at - 1, {"the", "a", "will", "'s"}) && (at + 1 >= w.size() || !w[at + 1].capital);
}

// "July 4", "4 July", "the 4th of July", each with an optional year; "July 2017"; "July".
size_t parse_month_date(const Words& w, size_t at, Expression& out) {
  out = Expression();
  out.form = Form::calendar;
  size_t p = at;
  int month = 0, day = 0;
  // "the Unaizah May 4": a ship's name
  const bool in_name = p > 0 && w.is(p, "may") && w[p - 1].kind == Word::Kind::letters && w[p - 1].capital && !w[p - 1].all_capitals && w[p - 1].entries == nullptr && p > 1;
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
    if (w.is(m, "of")) ++m;
    else if (w.is(m, "-") && w.glued(m)) ++m;  // "4-Jul-2017"
    else if (article && w.is_number(p) && after_day == p + 1) return 0;  // "the 4 July" is rare, but "the 5 March hares" is not a date
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
      if (out.year == 0 && !out.year_steps && w.is_number(after_month) && w[after_month].form.size() == 2 && w[at].form.size() <= 2 && !glued_to_next(w, after_month)) {
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

// "2017-07-04", "07/04/2017", "4.7.2017".
size_t parse_numeric_date(const Words& w, size_t at, Expression& out) {
  if (!w.is_number(at) || at + 2 >= w.size()) return 0;
  out = Expression();
  out.form = Form::calendar;
  out.rule = "date.numeric";
  if (w[at].form.size() == 4 && at + 4 < w.size() && any_of(w, at + 1, {"-", "/"}) && w.glued(at + 1) && w.is_number(at + 2) && w.glued(at + 2) && w[at + 3].form == w[at + 1].form &&
      w.is_number(at + 4) && w.glued(at + 4)) {
    out.year = digits(w, at);
    out.month = digits(w, at + 2);
    out.day = digits(w, at + 4);
    return out.year > 0 && make_day(out.year, out.month, out.day) ? at + 5 : 0;
  }
  if (w[at].form.size() <= 2 && at + 4 < w.size() && any_of(w, at + 1, {"/", "-"}) && w.glued(at + 1) && w.is_number(at + 2) && w.glued(at + 2) && w[at + 2].form.size() <= 2 &&
      w[at + 3].form == w[at + 1].form && w.is_number(at + 4) && w.glued(at + 3) && w.glued(at + 4) && (w[at + 4].form.size() == 4 || (w[at + 4].form.size() == 2 && w.is(at + 1, "/")))) {
    int a = digits(w, at), b = digits(w, at + 2), year = digits(w, at + 4);
    if (w[at + 4].form.size() == 2) year += year < 40 ? 2000 : 1900;
    out.confidence = a > 12 || b > 12 || a == b ? 0.9f : 0.6f;  // month or day first
    if (a > 12) std::swap(a, b);
    out.year = year;
    out.month = a;
    out.day = b;
    return make_day(year, a, b) ? at + 5 : 0;
  }
  return 0;
}

// Words before which a bare number of four digits is a year.
bool year_context(const Words& w, size_t at) {
  if (at == 0) return false;
  const Word& before = w[at - 1];
  if (any_of(w, at - 1, {"in", "since", "by", "until", "till", "from", "before", "after", "during", "between", "through", "throughout", "early", "late", "mid", "year", "fiscal", "circa",
                         "for", "to", "and", "or", "of", "around", "spring", "summer", "autumn", "fall", "winter", "-", "the", "a", "its", "their", "his", "her", "our", "whose", "s", "(", "[", ",",
                         "about", "as", "than", "like", "prior", "post", "pre", "through", "on", "this", "'", "/", "that", "into", "with"}))
    return true;
  return before.kind == Word::Kind::letters && !before.capital && w.match(at - 1, WordClass::number) == nullptr && w.match(at - 1, WordClass::approx) == nullptr;
}

// What a number counts when it is no year: "2000 troops", "Resolution 2094".
bool counted(const Words& w, size_t at, size_t after) {
  if (any_of(w, after, {"%", "percent", "per", "people", "troops", "soldiers", "men", "women", "children", "members", "miles", "mile", "km", "kilometers", "kilometres", "meters", "metres",
                        "feet", "foot", "pounds", "kilograms", "tons", "tonnes", "dollars", "euros", "yen", "won", "deaths", "cases", "others", "hectares", "acres", "victims", "civilians", "refugees",
                        "tanks", "missiles", "times", "employees", "workers", "fighters", "residents", "homes", "houses", "points", "prisoners", "personnel", "degrees", "mph", "mw", "megawatts",
                        "barrels", "gmt", "utc", "hours", "hrs", "hundred", "thousand", "million", "billion", "years", "year", "days", "months", "weeks", "minutes", "vehicles", "aircraft", "students", "votes", "calories", "liters", "litres", "square", "cubic", "yards", "migrants", "police", "rockets", "bombs", "local", "edt", "est", "bst"}))
    return true;
  if (at == 0) return false;
  // "of 2000 soldiers"
  if (any_of(w, at - 1, {"of", "and", "to", "for", "a", "with", "than", "as", "by", "or", "-", ","}) && after < w.size() && w[after].kind == Word::Kind::letters && !w[after].capital &&
      !w[after].glued && w[after].form.ends_with("s") && w[after].form.size() > 4 && w[after].entries == nullptr && !any_of(w, after, {"across", "unless", "whereas", "always", "perhaps", "besides"}))
    return true;
  if (any_of(w, at - 1, {"$", "£", "€", "¥", "#", "no", "number", "resolution", "flight", "about", "nearly", "almost", "over", "than", "some", "approximately", "roughly", "least", "another", "page", "room", "section", "article", "rule",
                         "windows", "decree", "order", "act", "law", "s/"}) &&
      !(any_of(w, at - 1, {"about", "than", "over", "around"}) && any_of(w, after, {".", ",", ";", ")"})))
    return true;
  if (w.is(at - 1, ".") && at > 1 && w.is(at - 2, "no")) return true;
  // "resolutions 1718, 1874 and 2087"
  for (size_t back = at - 1, steps = 0; steps < 12; --back, ++steps) {
    if (any_of(w, back, {"resolution", "resolutions"})) return true;
    if (back == 0 || !(w.is_number(back) || any_of(w, back, {",", "and", "(", ")", "or"}))) break;
  }
  return false;
}

// "2017", "the 1990s", "the nineties", "the 20th century", "fiscal 2009".
size_t parse_years(const Words& w, size_t at, Expression& out) {
  out = Expression();
  out.form = Form::calendar;
  size_t p = at;
  const bool article = w.is(p, "the");
  if (article) ++p;
  // decades
  if (w.is_number(p) && digits(w, p) >= 1000 && digits(w, p) % 10 == 0 && w[p].form.size() == 4) {
    size_t e = p + 1;
    if (w.is(e, "'") && w.glued(e)) ++e;
    if (w.is(e, "s") && w.glued(e)) {
      out.decade = digits(w, p) / 10;
      out.rule = "date.decade";
      return e + 1;
    }
  }
  if (w.is(p, "'") && w.is_number(p + 1) && w.glued(p + 1) && w.is(p + 2, "s") && w.glued(p + 2) && digits(w, p + 1) >= 0 && w[p + 1].form.size() == 2 && digits(w, p + 1) % 10 == 0) {
    out.decade = (digits(w, p + 1) < 30 ? 2000 : 1900) / 10 + digits(w, p + 1) / 10;
    out.rule = "date.decade";
    return p + 3;
  }
  if (const LexiconEntry* word = w.match(p, WordClass::decadeword); word && (article || w[p].capital || any_of(w, p - (p ? 1 : 0), {"early", "late", "mid", "-"}))) {
    out.decade = (word->number < 30 ? 2000 : 1900) / 10 + word->number / 10;
    out.rule = "date.decade";
    out.confidence = 0.7f;
    return p + 1;
  }
  // "the 1960s and 70s", "the late 70s"
  if (!article && p > 0 && w.is_number(p) && w[p].form.size() == 2 && digits(w, p) >= 20 && digits(w, p) % 10 == 0 && w.is(p + 1, "s") && w.glued(p + 1) &&
      (any_of(w, p - 1, {"late", "early"}) || (any_of(w, p - 1, {"and", "or", "to", "-"}) && p > 1 && w.is(p - 2, "s")))) {
    out.decade = (digits(w, p) < 30 ? 2000 : 1900) / 10 + digits(w, p) / 10;
    out.rule = "date.decade";
    out.confidence = 0.7f;
    return p + 2;
  }
  // centuries
  int n = 0;
  if (const size_t ordinal = parse_month_day(w, p, n, true)) {
    size_t e = ordinal;
    if (w.is(e, "-") && w.glued(e)) ++e;
    if (any_of(w, e, {"century", "centuries"})) {
      out.century = n;
      out.rule = "date.century";
      return e + 1;
    }
  }
  if (article && p != at && !any_of(w, p, {"fiscal"})) {
    // "the year 2017"
    if (!w.is(p, "year")) return 0;
  }
  if (w.is(p, "fiscal") || w.is(p, "year") || w.is(p, "calendar")) {
    size_t e = p + 1;
    if (w.is(e, "year")) ++e;
    if (const size_t end = parse_year(w, e, out)) {
      out.rule = "date.fiscal_year";
      return end;
    }
    if (!w.is_number(p)) return 0;
  }
  if (article) return 0;
  if (const size_t end = parse_year(w, p, out)) {
    if (counted(w, p, end)) return 0;
    const bool plain = out.year >= 1700 && out.year <= 2059;
    const bool first_word = p == 0;
    const bool range = w.is(end, "-") && w.glued(end) && w.is_number(end + 1);
    if (!first_word && !year_context(w, p) && !range) return 0;
    if (!plain && !any_of(w, p - (p ? 1 : 0), {"in", "since", "by", "until", "from", "before", "after", "between", "late", "early", "during", "circa"})) return 0;
    if (first_word && !(w.is(end, ",") || w.is(end, ".") || w.is(end, ":") || w.is(end, "-")) && w.size() > 1) out.confidence = 0.6f;
    if (out.short_year && !any_of(w, p - (p ? 1 : 0), {"in", "since", "of", "by", "until", "from", "to"})) return 0;
    out.rule = "date.year";
    return end;
  }
  return 0;
}

// "the first quarter of 2008", "Q3 2009", "the second half of the year", "summer 2010", "last summer", "the winter".
size_t parse_year_part(const Words& w, size_t at, Expression& out) {
  out = Expression();
  out.form = Form::calendar;
  size_t p = at;
  Direction direction = Direction::none;
  const size_t after_direction = parse_direction(w, p, direction);
  if (after_direction) p = after_direction;
  const bool article = !after_direction && w.is(p, "the");
  if (article) ++p;
  if (!after_direction && !article && p == at && any_of(w, p, {"every", "each"})) return 0;
  if (const LexiconEntry* season = w.match(p, WordClass::season)) {
    const std::string_view form = w[p].form;
    Expression year;
    size_t end = p + season->words.size();
    const size_t after_year = parse_year_after(w, end, year);
    const bool dated = after_year != end;
    const bool led = after_direction || article || (p > 0 && any_of(w, p - 1, {"in", "this", "early", "late", "mid", "-", "since", "by", "until", "of", "during"}));
    const bool risky = form == "fall" || form == "spring";
    const bool bare = p == at && !risky && !w[p].capital && p > 0 && (end >= w.size() || w.is_mark(end) || any_of(w, end, {"and", "or", "to", "in", "when", "as", "but", "he", "they", "the"})) &&
                      any_of(w, p - 1, {"in", "during", "since", "until", "by", "for", "and", "or", "through", "throughout", "before", "after", "of", "late", "early", "mid", "-"});
    if (!dated && !after_direction && !bare && (!led || (risky && !(p > 0 && any_of(w, p - 1, {"in", "early", "late", "this"}) && !article) && !(article && p > 1 && any_of(w, p - 2, {"in", "during", "by", "until", "since"})))))
      return 0;
    if (!dated && risky && any_of(w, end, {"in", "of", "offensive", "festival", "back", "from", "to"}) && !after_direction) return 0;
    if (w[p].capital && p > 0 && !dated && !after_direction) return 0;
    out.season = season->value;
    out.year = year.year;
    out.year_steps = year.year_steps;
    out.anchor = year.anchor;
    out.direction = direction;
    if (after_direction && !dated) out.anchor = anchor_of(direction);
    out.rule = "date.season";
    out.confidence = dated ? 0.85f : 0.75f;
    return dated ? after_year : end;
  }
  const auto with_year = [&](size_t end) {
    size_t after = parse_year_after(w, end, out);
    if (after == end && w.is(end, "of") && (w.is(end + 1, "the") || w.is(end + 1, "fiscal")) && any_of(w, end + 2, {"year", "fiscal"})) {
      out.year_steps = 0;
      out.anchor = Anchor::report;
      after = end + 3;
    }
    if (after == end && w.is(end, "of") && w.is(end + 1, "fiscal") && w.is(end + 2, "year")) {
      const size_t fiscal = parse_year(w, end + 3, out);
      if (fiscal) after = fiscal;
    }
    if (after != end) {
      out.direction = Direction::none;
    } else {
      out.direction = direction;
      out.anchor = after_direction ? anchor_of(direction) : Anchor::report;
    }
    return after;
  };
  if (const LexiconEntry* ordinal = w.match(p, WordClass::ordinal); ordinal && ordinal->number <= 4) {
    size_t e = p + 1;
    if (w.is(e, "-") && w.glued(e)) ++e;
    if (w.is(e, "fiscal")) ++e;
    if (w.is(e, "quarter")) {
      out.quarter = ordinal->number;
      out.rule = "date.quarter";
      out.confidence = 0.8f;
      return with_year(e + 1);
    }
    if (w.is(e, "half") && ordinal->number <= 2) {
      out.half = ordinal->number;
      const size_t end = with_year(e + 1);
      out.rule = "date.half";
      return end != e + 1 ? end : 0;  // "the second half" of anything else
    }
  }
  if (w.is(p, "q") && w.is_number(p + 1) && w.glued(p + 1) && digits(w, p + 1) >= 1 && digits(w, p + 1) <= 4) {
    out.quarter = digits(w, p + 1);
    out.rule = "date.quarter";
    return with_year(p + 2);
  }
  return 0;
}

// "Christmas", "New Year's Day 2018", "last Thanksgiving".
size_t parse_feast(const Words& w, size_t at, Expression& out) {
  out = Expression();
  out.form = Form::calendar;
  size_t p = at;
  Direction direction = Direction::none;
  if (const size_t e = parse_direction(w, p, direction)) p = e;
  const LexiconEntry* feast = w.match(p, WordClass::feast);
  if (!feast || !w[p].capital) return 0;
  if (p == at && p > 1 && w[p - 1].capital && w[p - 1].entries == nullptr) return 0;  // a surname
  if (w.is(p + feast->words.size(), "-") && w.glued(p + feast->words.size())) return 0;  // "Halloween-themed"
  out.feast = feast;
  out.direction = direction;
  if (direction != Direction::none) out.anchor = anchor_of(direction);
  out.rule = "date.feast";
  out.confidence = 0.8f;
  const size_t end = p + feast->words.size();
  Expression year;
  const size_t after = parse_year_after(w, end, year);
  if (after != end && (year.year || year.year_steps)) {
    out.year = year.year;
    out.year_steps = year.year_steps;
    if (year.year_steps) out.anchor = year.anchor;
    return after;
  }
  return end;
}

// "9/11".
size_t parse_nine_eleven(const Words& w, size_t at, Expression& out) {
  if (!(w.is(at, "9") && w.is(at + 1, "/") && w.is(at + 2, "11") && w.glued(at + 1) && w.glued(at + 2)) || (w.is(at + 3, "/"))) return 0;
  out = Expression();
  out.year = 2001;
  out.month = 9;
  out.day = 11;
  out.rule = "date.nine_eleven";
  return at + 3;
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
  if (abbreviated && (e == p + 1 || at + 1 == p)) {
    if (!(e > p + 1)) return 0;  // "Sun", "Sat", "Mon" need a dot or a date
  }
  out.form = Form::weekday;
  out.weekday = weekday->number;
  out.direction = direction;
  out.anchor = direction == Direction::none ? Anchor::report : anchor_of(direction);
  out.rule = direction == Direction::none ? "date.weekday" : "date.weekday_direction";
  out.confidence = direction == Direction::none ? 0.9f : 0.85f;
  // "Tuesday last week", "Tuesday of next week"
  size_t u = e;
  if (w.is(u, "of")) ++u;
  Direction week = Direction::none;
  Unit unit = Unit::day;
  bool plural = false;
  if (const size_t after = parse_direction(w, u, week); after && direction == Direction::none && parse_unit(w, after, unit, &plural) && unit == Unit::week && !plural) {
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
    out.form = Form::day;
    out.anchor = Anchor::focus;
    out.direction = Direction::that;
    out.part = "NI";
    out.rule = "time.overnight";
    out.confidence = 0.5f;
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
  // "the day before", "the day after", "the night before": counted from the day in focus
  if (article && any_of(w, p, {"day", "night", "week", "month", "year", "evening", "morning", "afternoon"}) && any_of(w, p + 1, {"before", "after"}) &&
      !w.match(p, WordClass::deictic)) {
    const bool object = p + 2 < w.size() && (w[p + 2].kind == Word::Kind::letters || w.is_number(p + 2)) && !any_of(w, p + 2, {"in", "at", "and", "that", "with", "when", "as", "on", "to", "but", "by", "that", "from"});
    if (!object) {
      out.steps = w.is(p + 1, "before") ? -1 : 1;
      out.anchor = Anchor::focus;
      out.direction = w.is(p + 1, "before") ? Direction::previous : Direction::following;
      const LexiconEntry* part = w.match(p, WordClass::daypart);
      Unit unit = Unit::day;
      if (part || !parse_unit(w, p, unit)) {
        out.form = Form::day;
        if (part) out.part = part->value;
      } else {
        out.form = unit == Unit::day ? Form::day : Form::period;
        out.unit = unit;
      }
      out.rule = "date.day_before";
      out.confidence = 0.7f;
      return p + 2;
    }
  }
  if (const LexiconEntry* part = w.match(p, WordClass::daypart); part && p != at && w[p].form.back() != 's') {
    if (direction == Direction::past) return 0;
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
  if (p == at && !(unit == Unit::weekend && p > 0 && any_of(w, p - 1, {"over", "at", "on"}))) return 0;
  if (article && unit == Unit::century) return 0;
  if (article && unit == Unit::quarter) {
    if (!any_of(w, p - 2 < w.size() ? p - 2 : 0, {"in", "for", "during", "of"})) return 0;
  }
  if (article && unit == Unit::day && (w.is(p + 1, "of") || w.is(p + 1, "that") || w.is(p + 1, "-") || any_of(w, p + 1, {"he", "she", "it", "they", "when", "i", "we"}))) out.confidence = 0.5f;
  if (direction == Direction::that && (w.is(p + 1, "'") )) out.confidence = 0.5f;
  if (unit == Unit::day) {
    if (direction == Direction::last || direction == Direction::past) return 0;  // "the last day" of something
    if (direction == Direction::this_ && w.is(at, "this") == false && any_of(w, at, {"current", "present"})) return 0;
    out.form = Form::day;
    if (direction == Direction::next) out.anchor = Anchor::focus;  // "the next day"
  } else {
    out.form = Form::period;
    out.unit = unit;
    if ((direction == Direction::past) && unit != Unit::week && unit != Unit::weekend && unit != Unit::year) return 0;  // "the past month": a duration
    if (direction == Direction::past && w.is(at, "the")) return 0;
    if (direction == Direction::past && unit == Unit::year && !w.is(at, "this")) return 0;
    if (direction == Direction::that && unit == Unit::quarter) return 0;
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

size_t parse_direction_month(const Words& w, size_t at, Expression& out);

// "the last week of August", "the first Monday of May", "the third day of 2018".
size_t parse_part_of_period(const Words& w, size_t at, Expression& out) {
  const size_t p = w.is(at, "the") ? at + 1 : at;
  int nth = 0;
  size_t q = 0;
  if (any_of(w, p, {"last", "final"})) {
    nth = -1;
    q = p + 1;
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
  if (!weekday && (!parse_unit(w, q, unit, &plural) || plural || (unit != Unit::day && unit != Unit::week && unit != Unit::weekend && unit != Unit::month))) return 0;
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
  if (!end || (end < w.size() && w[end].kind == Word::Kind::letters && !any_of(w, end, {"and", "when", "the", "in", "at", "but", "with", "after", "as", "to", "he", "they", "it", "for", "by"}))) return 0;
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

}  // namespace

int digits(const Words& words, size_t at) {
  if (!words.is_number(at) || words[at].form.size() > 4) return -1;
  int n = 0;
  for (const char c : words[at].form) {
    if (c < '0' || c > '9') return -1;
    n = n * 10 + (c - '0');
  }
  return n;
}

bool parse_unit(const Words& words, size_t at, Unit& unit, bool* plural) {
  const LexiconEntry* entry = words.match(at, WordClass::unit);
  if (!entry || entry->words.size() != 1) return false;
  static constexpr std::array<std::pair<std::string_view, Unit>, 15> kUnits = {{{"S", Unit::second}, {"MI", Unit::minute}, {"H", Unit::hour}, {"NI", Unit::night}, {"D", Unit::day},
      {"WE", Unit::weekend}, {"W", Unit::week}, {"FN", Unit::fortnight}, {"M", Unit::month}, {"Q", Unit::quarter}, {"HY", Unit::half}, {"Y", Unit::year}, {"DE", Unit::decade},
      {"CE", Unit::century}, {"ML", Unit::millennium}}};
  for (const auto& [name, value] : kUnits)
    if (entry->value == name) {
      unit = value;
      if (plural) *plural = words[at].form.ends_with("s") || words[at].form == "centuries" || words[at].form == "millennia";
      return true;
    }
  return false;
}

int steps_of(Direction direction) {
  switch (direction) {
    case Direction::last: case Direction::past: case Direction::previous: return -1;
    case Direction::next: case Direction::following: return 1;
    default: return 0;
  }
}

Anchor anchor_of(Direction direction) {
  switch (direction) {
    case Direction::last: case Direction::past: case Direction::this_: case Direction::next: return Anchor::report;
    case Direction::previous: case Direction::following: case Direction::same: case Direction::that: return Anchor::focus;
    case Direction::none: break;
  }
  return Anchor::none;
}

size_t parse_direction(const Words& words, size_t at, Direction& direction) {
  size_t p = at;
  if (words.is(p, "the")) ++p;
  const LexiconEntry* entry = words.match(p, WordClass::direction);
  if (!entry) entry = words.match(at, WordClass::direction);
  else if (p != at && words.match(at, WordClass::direction)) {
    entry = words.match(at, WordClass::direction);
    p = at;
  }
  if (!entry) return 0;
  static constexpr std::array<std::pair<std::string_view, Direction>, 8> kDirections = {{{"last", Direction::last}, {"past", Direction::past}, {"this", Direction::this_}, {"next", Direction::next},
      {"previous", Direction::previous}, {"following", Direction::following}, {"same", Direction::same}, {"that", Direction::that}}};
  for (const auto& [name, value] : kDirections)
    if (entry->value == name) direction = value;
  if (words.match(p, WordClass::direction) != entry) p = at;
  if (p != at && (direction == Direction::this_ || direction == Direction::that) && words.is(p, "this")) return 0;
  return p + entry->words.size();
}

size_t parse_amount(const Words& words, size_t at, double& amount) {
  if (words.is_number(at)) {
    double value = 0, fraction = 0;
    for (const char c : words[at].form) {
      if (c == ',') continue;
      if (c == '.') {
        if (fraction != 0) return 0;
        fraction = 1;
        continue;
      }
      if (fraction == 0) {
        value = value * 10 + (c - '0');
      } else {
        fraction /= 10;
        value += fraction * (c - '0');
      }
      if (value > 1e9) return 0;
    }
    amount = value;
    size_t p = at + 1;
    if (const LexiconEntry* scale = words.match(p, WordClass::scale)) {
      amount *= scale->number;
      ++p;
    }
    if (words.is(p, "1") && words.is(p + 1, "/") && words.is(p + 2, "2")) {
      amount += 0.5;
      return p + 3;
    }
    if (words.is(p, "and") && words.is(p + 1, "a") && words.is(p + 2, "half")) {
      amount += 0.5;
      return p + 3;
    }
    return p;
  }
  size_t p = at;
  if ((words.is(p, "a") || words.is(p, "one")) && words.match(p + 1, WordClass::scale)) {
    amount = words.match(p + 1, WordClass::scale)->number;
    return p + 2;
  }
  if (words.is(p, "a") && words.is(p + 1, "couple")) ++p;
  const LexiconEntry* number = words.match(p, WordClass::number);
  if (!number) return 0;
  amount = number->number;
  p += number->words.size();
  if (amount >= 20 && words.is(p, "-") && words.glued(p)) {
    if (const LexiconEntry* ones = words.match(p + 1, WordClass::number); ones && ones->number < 10) {
      amount += ones->number;
      p += 2;
    }
  }
  if (const LexiconEntry* scale = words.match(p, WordClass::scale)) {
    amount *= scale->number;
    ++p;
  }
  if (words.is(p, "and") && words.is(p + 1, "a") && words.is(p + 2, "half")) {
    amount += 0.5;
    return p + 3;
  }
  if (words.is(p, "and") && words.is(p + 1, "half")) {
    amount += 0.5;
    return p + 2;
  }
  if (words.is(p, "-") && words.is(p + 1, "and") && words.is(p + 2, "-") && words.is(p + 3, "a") && words.is(p + 4, "-") && words.is(p + 5, "half")) {
    amount += 0.5;
    return p + 6;
  }
  return p;
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
    if (form.size() == 4 && digits(w, p) >= 0 && w.match(p + 1, WordClass::zone)) {  // "0737 GMT"
      out.hour = digits(w, p) / 100;
      out.minute = digits(w, p) % 100;
      if (!w.glued(p + 1) || w.match(p + 1, WordClass::zone)->words.size() >= 1) ++p;
    } else if (form.size() >= 4 && form.size() <= 5 && form.find('.') != std::string_view::npos && form.find('.') + 3 == form.size()) {  // "9.35am", "17.30 GMT"
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
      const bool loose_dot = w.is(p, ".") && w.is_number(p + 1) && w[p + 1].form.size() == 2 && w.match(p + 2, WordClass::ampm);  // "9. 35am"
      if (((w.is(p, ":") && w.glued(p)) || loose_dot) && w.is_number(p + 1) && w[p + 1].form.size() == 2) {
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
    if (w[m].form == "am" && !w[m].glued && w[m].span.size() == 2 && !w[m].all_capitals && m + 1 < w.size() && w.is(at > 0 ? at - 1 : at, "i")) return 0;
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
  } else if (w.is(p, "o") && w.is(p + 1, "'") && w.is(p + 2, "clock")) {
    p += 3;
    marked = true;
    out.confidence = 0.6f;
  }
  const LexiconEntry* zone = w.match(p, WordClass::zone);
  if (zone && (w[p].all_capitals || w[p].form.size() > 4)) {
    if (zone->words.front() == "hours" || zone->words.front() == "hrs") {
      if (!four_digits) zone = nullptr;
    }
    if (zone) {
      out.zulu = zone->value == "0";
      p += zone->words.size();
      marked = true;
    }
  }
  if (!marked) return 0;
  if (out.minute >= 0 && !ampm && !zone && !w.is(p - 1, "clock")) {
    // "3:30" may be a score or a verse
    const bool led = at > 0 && any_of(w, at - 1, {"at", "around", "about", "by", "until", "before", "after", "from", "since", "to", "between", "-", ",", "[", "("});
    if (!led || four_digits) return 0;
    out.confidence = 0.6f;
  }
  out.rule = "time.clock";
  // "in the morning"
  if (!ampm && (w.is(p, "in") || w.is(p, "at")) ) {
    const size_t q = w.is(p + 1, "the") ? p + 2 : p + 1;
    if (const LexiconEntry* part = w.match(q, WordClass::daypart); part && (q == p + 2 || part->value == "NI")) {
      if ((part->value == "AF" || part->value == "EV" || part->value == "NI") && out.hour < 12 && out.hour >= 1) out.hour += 12;
      p = q + part->words.size();
    }
  }
  return p;
}

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
  attempt(parse_weekday);
  attempt(parse_numeric_date);
  attempt(parse_nine_eleven);
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
  if (v == "START") position = of ? Position::start : Position::early;
  else if (v == "END") position = of ? Position::end : Position::late;
  else if (v == "MID") position = Position::mid;
  else if (v == "BEFORE") position = Position::earlier;
  else if (v == "AFTER") position = Position::later;
  else position = v == "FH" ? Position::first_half : Position::second_half;
  p += entry->words.size();
  if (w.is(p, "-") && w.glued(p)) ++p;
  if (!of && w.is(p, "on") && !w.match(p + 1, WordClass::daypart)) ++p;  // "early on Sunday"
  return p;
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
  // A clock first: "5 p.m. on Friday", "noon today".
  if (const size_t end = parse_clock(w, at, e)) {
    keep(end);
    const Expression clock = e;
    size_t p = end;
    if (w.is(p, "(") ) {  // "4:30 a.m. local time (11.30 p.m. ET)": the bracket stands for itself
    }
    if (w.is(p, ",")) ++p;
    if (w.is(p, "on")) ++p;
    Expression date;
    if (const size_t after = parse_date(w, p, date); after && takes_time(date) && date.hour < 0) {
      e = date;
      e.hour = clock.hour;
      e.minute = clock.minute;
      e.second = clock.second;
      e.zulu = clock.zulu;
      if (!e.part.empty() && e.hour < 12 && e.hour > 0 && (e.part == "AF" || e.part == "EV" || (e.part == "NI" && e.hour > 5)) ) e.hour += 12;
      size_t tail = after;
      Expression part;
      if (const size_t t = parse_part_after(w, tail, part)) tail = t;
      if (tail + 1 < w.size() && w[tail].capital && w.is(tail + 1, "time")) tail += 2;  // "5 p.m. Saturday Pyongyang time"
      e.part = {};
      e.rule = "time.clock_date";
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
      size_t after = parse_date(w, q, date);
      if (const int night = digits(w, q); !after && night >= 1 && night <= 31 && any_of(w, q + 1, {"-", "/"}) && digits(w, q + 2) == night + 1) {  // "the night of 3-4 May"
        after = parse_month_date(w, q + 2, date);
        date.day = night;
      }
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
      }
      size_t p = end;
      if (w.is(p, ",")) ++p;
      if (any_of(w, p, {"at", "around", "about"}) && any_of(w, p + 1, {"around", "about", "approximately"})) ++p;
      const bool at_word = any_of(w, p, {"at", "around", "about"});
      if (at_word) ++p;
      Expression clock;
      if (const size_t t = parse_clock(w, p, clock); t && (at_word || p == end || w.is(end, ","))) {
        e.hour = clock.hour;
        e.minute = clock.minute;
        e.second = clock.second;
        e.zulu = clock.zulu;
        if (!e.part.empty() && (e.part == "AF" || e.part == "EV") && e.hour < 12) e.hour += 12;
        e.part = {};
        e.rule = "time.date_clock";
        keep(t);
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
      const bool comparative = (position == Position::earlier || position == Position::later) && e.form != Form::period && e.form != Form::day && e.form != Form::weekday && !w.is(p - 1, "in");
      const bool anaphor = e.rule == "date.the_period" && e.form == Form::day && !of && !w.is(p - 1, "in");
      if (!clock_only && !comparative && !anaphor && e.position == Position::none) {
        e.position = position;
        // "the early October offensive": the article is the noun's
        if (!of && w.is(at, "the") && e.form == Form::calendar && e.decade < 0 && e.century == 0) e.skip = 1;
        out = e;
        best = end;
      }
    } else if (const LexiconEntry* part = w.match(p, WordClass::daypart); part && !of && part->value != "DT" && p == at + 1 + (w.is(at, "the") ? 1u : 0u) && at > 0 && any_of(w, at - 1, {"in", "by", "the", "on", "until", "since"})) {
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
  if (const size_t end = parse_plain_moment(w, at, e); end > best) {
    out = e;
    best = end;
  }
  return best;
}

}  // namespace demarche
