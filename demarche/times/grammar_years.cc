// Years, decades, centuries, seasons, quarters, feasts.
#include <algorithm>
#include <utility>

#include "demarche/times/grammar_dates.h"
#include "demarche/times/grammar_parts.h"

namespace demarche {

using Form = Expression::Form;

namespace {

// Words before which a bare number of four digits is a year.
bool year_context(const Words& w, size_t at) {
  if (at == 0) return false;
  const Word& before = w[at - 1];
  if (any_of(w, at - 1,
             {"in",     "since",   "by",     "until", "till",   "from",  "before", "after", "during", "between", "through", "throughout",
              "early",  "late",    "mid",    "year",  "fiscal", "circa", "for",    "to",    "and",    "or",      "of",      "around",
              "spring", "summer",  "autumn", "fall",  "winter", "-",     "the",    "a",     "its",    "their",   "his",     "her",
              "our",    "whose",   "s",      "(",     "[",      ",",     "about",  "as",    "than",   "like",    "prior",   "post",
              "pre",    "through", "on",     "this",  "'",      "/",     "that",   "into",  "with"}))
    return true;
  return before.kind == Word::Kind::letters && !before.capital && w.match(at - 1, WordClass::number) == nullptr &&
         w.match(at - 1, WordClass::approx) == nullptr;
}

// What a number counts when it is no year: "2000 troops", "Resolution 2094".
bool counted(const Words& w, size_t at, size_t after) {
  if (any_of(w, after,
             {"%",         "percent",   "per",     "people",     "troops",     "soldiers",  "men",       "women",    "children",  "members",
              "miles",     "mile",      "km",      "kilometers", "kilometres", "meters",    "metres",    "feet",     "foot",      "pounds",
              "kilograms", "tons",      "tonnes",  "dollars",    "euros",      "yen",       "won",       "deaths",   "cases",     "others",
              "hectares",  "acres",     "victims", "civilians",  "refugees",   "tanks",     "missiles",  "times",    "employees", "workers",
              "fighters",  "residents", "homes",   "houses",     "points",     "prisoners", "personnel", "degrees",  "mph",       "mw",
              "megawatts", "barrels",   "gmt",     "utc",        "hours",      "hrs",       "hundred",   "thousand", "million",   "billion",
              "years",     "year",      "days",    "months",     "weeks",      "minutes",   "vehicles",  "aircraft", "students",  "votes",
              "calories",  "liters",    "litres",  "square",     "cubic",      "yards",     "migrants",  "police",   "rockets",   "bombs",
              "local",     "edt",       "est",     "bst"}))
    return true;
  if (at == 0) return false;
  if (at > 1 && w.is(at - 1, "/") && w.glued(at) && w.glued(at - 1) && w.is_number(at - 2) && w[at - 2].form.size() > 2 &&
      !(w[at - 2].form.size() == 4 && digits(w, at - 2) >= 1900 && digits(w, at - 2) < 2100))
    return true;  // "resolution 1430/2019"
  // "of 2000 soldiers"
  if (any_of(w, at - 1, {"of", "and", "to", "for", "a", "with", "than", "as", "by", "or"}) && after < w.size() &&
      w[after].kind == Word::Kind::letters && !w[after].capital && !w[after].glued && w[after].form.ends_with("s") &&
      w[after].form.size() > 4 && w[after].entries == nullptr &&
      !any_of(w, after, {"across", "unless", "whereas", "always", "perhaps", "besides"}))
    return true;
  if (any_of(w, at - 1, {"$",       "£",      "€",       "¥",      "#",    "no",      "number",  "resolution",
                         "flight",  "about",  "nearly",  "almost", "over", "than",    "some",    "approximately",
                         "roughly", "least",  "another", "page",   "room", "section", "article", "rule",
                         "windows", "decree", "order",   "act",    "law",  "s/"}) &&
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

}  // namespace

// A year of four digits, or "'99".
size_t parse_year(const Words& w, size_t at, Expression& out) {
  const int year = digits(w, at);
  if (year >= 1000 && year <= 2199 && w[at].form.size() == 4) {
    if (at + 1 < w.size() && w.glued(at + 1) && (w[at + 1].kind == Word::Kind::letters || w.is(at + 1, "%")))
      return 0;  // "1990s", "2000km"
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
    ++p;
    if (in) return at;
    if (comma && !(out.day && any_of(w, p, {"last", "this", "next"}) && w.is(p + 1, "year") && !w.is(p + 2, "'")))
      return at;  // "December 22, last year"
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

namespace {

// Past "BC", "B.C.E."; `at` itself when none stands there.
size_t parse_era(const Words& w, size_t at) { return any_of(w, at, {"bc", "bce"}) && w[at].all_capitals ? at + 1 : at; }

// "-17" behind 2016: one year, told by both that it touches. `end` itself when it does not follow; the year told stays the first.
size_t year_range_end(const Words& w, size_t end, Expression& out) {
  if (!any_of(w, end, {"-", "/"}) || !w.glued(end) || !w.is_number(end + 1) || !w.glued(end + 1) || w[end + 1].form.size() != 2) return end;
  if (digits(w, end + 1) != (out.year + 1) % 100) return end;
  if (end + 2 < w.size() && w.glued(end + 2) && (any_of(w, end + 2, {"-", "/"}) || w[end + 2].kind != Word::Kind::mark)) return end;
  out.two_years = true;
  return end + 2;
}

}  // namespace

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
  if (w.is(p, "'") && w.is_number(p + 1) && w.glued(p + 1) && w.is(p + 2, "s") && w.glued(p + 2) && digits(w, p + 1) >= 0 &&
      w[p + 1].form.size() == 2 && digits(w, p + 1) % 10 == 0) {
    out.decade = (digits(w, p + 1) < 30 ? 2000 : 1900) / 10 + digits(w, p + 1) / 10;
    out.rule = "date.decade";
    return p + 3;
  }
  if (const LexiconEntry* word = w.match(p, WordClass::decadeword);
      word && (article || w[p].capital || any_of(w, p - (p ? 1 : 0), {"early", "late", "mid", "-"}))) {
    out.decade = (word->number < 30 ? 2000 : 1900) / 10 + word->number / 10;
    out.rule = "date.decade";
    out.confidence = 0.7f;
    return p + 1;
  }
  // "the 1960s and 70s", "the late 70s"
  if (!article && p > 0 && w.is_number(p) && w[p].form.size() == 2 && digits(w, p) >= 20 && digits(w, p) % 10 == 0 && w.is(p + 1, "s") &&
      w.glued(p + 1) &&
      ((any_of(w, p - 1, {"late", "early"}) && !(p > 1 && any_of(w, p - 2, {"his", "her", "their", "my", "our", "its"}))) ||
       (any_of(w, p - 1, {"and", "or", "to", "-"}) && p > 1 && w.is(p - 2, "s")))) {
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
    if (!w.is(p, "year") && !w.is(p, "years")) {
      const size_t end = w.is(p - 1, "the") ? parse_year(w, p, out) : 0;  // "the 2016-17 fiscal year"
      const size_t tail = end ? year_range_end(w, end, out) : 0;
      const size_t noun = w.is(tail, "fiscal") ? tail + 1 : tail;
      if (!tail || !any_of(w, noun, {"year", "season"}) || (noun == tail && tail == end)) return 0;
      out.rule = "date.fiscal_year";
      return noun + 1;
    }
  }
  if (w.is(p, "fy") && w.is_number(p + 1)) {  // "FY2017", "FY17", "FY 2016-17"
    const int year = digits(w, p + 1);
    const size_t digits_told = w[p + 1].form.size();
    if (year >= 0 && (digits_told == 4 || (digits_told == 2 && w.glued(p + 1)))) {
      out.year = digits_told == 4 ? year : 2000 + year;
      out.rule = "date.fiscal_year";
      return year_range_end(w, p + 2, out);
    }
  }
  if (w.is(p, "fiscal") || w.is(p, "year") || w.is(p, "calendar") || w.is(p, "years")) {
    size_t e = p + 1;
    if (w.is(e, "year")) ++e;
    if (const size_t end = parse_year(w, e, out)) {
      out.rule = "date.fiscal_year";
      return w.is(p, "fiscal") ? year_range_end(w, end, out) : end;
    }
    if (!w.is_number(p)) return 0;
  }
  if (article) return 0;
  if (const int year = digits(w, p); year > 0 && w[p].form.size() <= 4) {  // "218 BC"
    if (const size_t era = parse_era(w, p + 1); era != p + 1) {
      out.year = year;
      out.before_christ = true;
      out.rule = "date.before_christ";
      return era;
    }
  }
  if (const size_t end = parse_year(w, p, out)) {
    if (counted(w, p, end)) return 0;
    const bool plain = out.year >= 1700 && out.year <= 2059;
    const bool first_word = p == 0;
    const bool range = w.is(end, "-") && w.glued(end) && w.is_number(end + 1);
    if (!first_word && !year_context(w, p) && !range) return 0;
    if (!plain && !any_of(w, p - (p ? 1 : 0),
                          {"in", "since", "by", "until", "from", "before", "after", "between", "late", "early", "during", "circa"}))
      return 0;
    if (first_word && !(w.is(end, ",") || w.is(end, ".") || w.is(end, ":") || w.is(end, "-")) && w.size() > 1) out.confidence = 0.6f;
    if (out.short_year && !any_of(w, p - (p ? 1 : 0), {"in", "since", "of", "by", "until", "from", "to"})) return 0;
    out.rule = "date.year";
    return year_range_end(w, end, out);
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
    const bool led = after_direction || article ||
                     (p > 0 && any_of(w, p - 1, {"in", "this", "early", "late", "mid", "-", "since", "by", "until", "of", "during"}));
    const bool risky = form == "fall" || form == "spring";
    const bool bare =
        p == at && !risky && !w[p].capital && p > 0 &&
        (end >= w.size() || w.is_mark(end) || any_of(w, end, {"and", "or", "to", "in", "when", "as", "but", "he", "they", "the"})) &&
        any_of(w, p - 1,
               {"in", "during", "since", "until", "by", "for", "and", "or", "through", "throughout", "before", "after", "of", "late",
                "early", "mid", "-"});
    if (!dated && !after_direction && !bare &&
        (!led || (risky && !(p > 0 && any_of(w, p - 1, {"in", "early", "late", "this"}) && !article) &&
                  !(article && p > 1 && any_of(w, p - 2, {"in", "during", "by", "until", "since"})))))
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
  if (int from = 0, to = 0; !after_direction) {  // "the January-March quarter"
    const size_t dash = parse_month(w, p, from);
    const size_t end = dash && any_of(w, dash, {"-", "to", "through"}) ? parse_month(w, dash + 1, to) : 0;
    if (end && from % 3 == 1 && to == from + 2 && w.is(end, "quarter")) {
      out.quarter = to / 3;
      out.rule = "date.quarter";
      out.confidence = 0.85f;
      return with_year(end + 1);
    }
  }
  if (w.is(p, "fiscal")) ++p;  // "the fiscal first quarter"
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
  if (w.is_number(p) && w.is(p + 1, "q") && w.glued(p + 1) && digits(w, p) >= 1 && digits(w, p) <= 4) {  // "1Q 2018"
    out.quarter = digits(w, p);
    out.rule = "date.quarter";
    return with_year(p + 2);
  }
  if (w.is(p, "h") && w[p].capital && w.is_number(p + 1) && w.glued(p + 1) && digits(w, p + 1) >= 1 &&
      digits(w, p + 1) <= 2) {  // "H1 2018"
    out.half = digits(w, p + 1);
    out.rule = "date.half";
    const size_t end = with_year(p + 2);
    return end != p + 2 ? end : 0;
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
  if (p == at && p > 1 && w[p - 1].capital && w[p - 1].entries == nullptr) return 0;     // a surname
  if (w.is(p + feast->words.size(), "-") && w.glued(p + feast->words.size())) return 0;  // "Halloween-themed"
  if (const size_t after = p + feast->words.size();                                      // "the Easter Rising", "Christmas Island"
      after < w.size() && w[after].kind == Word::Kind::letters && w[after].capital && !w[after].all_capitals && w[after].entries == nullptr)
    return 0;
  out.feast = feast;
  // "the Boxing Day tsunami": which year's, the words do not tell
  if (const size_t after = p + feast->words.size();
      p == at && p > 0 && direction == Direction::none &&
      !any_of(w, p - 1, {"on", "at", "by", "for", "since", "until", "before", "after", "over", "every"}) && after < w.size() &&
      w[after].kind == Word::Kind::letters && (w[after].entries == nullptr || w.match(after, WordClass::incident)) && !w[after].capital &&
      !any_of(w, after,
              {"in", "and", "when", "with", "as", "but", "or", "to", "was", "is", "that", "because", "while", "if", "were", "had", "has"}))
    out.some_year = true;
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

}  // namespace demarche
