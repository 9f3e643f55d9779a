// Durations, sets and vague times, and the scan that puts all rules together. Dates and clocks: grammar_dates.cc.
#include "demarche/times/grammar.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "demarche/times/grammar_dates.h"
#include "demarche/times/grammar_parts.h"

namespace demarche {
namespace {

using Form = Expression::Form;

// "more than", "at least", "nearly", "just over": part of the extent, as TimeML has it.
size_t parse_approx(const Words& w, size_t at) {
  size_t p = at;
  for (int k = 0; k < 3; ++k) {
    const LexiconEntry* entry = w.match(p, WordClass::approx);
    if (!entry) break;
    // "over the past year": a preposition
    const bool preposition = entry->words.size() == 1 && any_of(w, p, {"over", "under", "about", "around", "some"});
    if (preposition && any_of(w, p + 1, {"the", "this", "that", "last", "next", "past", "these", "those", "coming"})) break;
    p += entry->words.size();
  }
  return p;
}

// What a duration's number and unit are followed by when it is an age or a name: "year-old", "years old", "years of age".
bool is_age(const Words& w, size_t p) {
  if (w.is(p, "-") && w.glued(p)) ++p;
  return any_of(w, p, {"old", "olds"}) || (w.is(p, "of") && w.is(p + 1, "age"));
}

// "ago", "earlier", "later", "from now", "before" at the end of its phrase.
size_t parse_shift_word(const Words& w, size_t at, Expression& e) {
  const LexiconEntry* word = w.match(at, WordClass::shift);
  if (!word) return 0;
  const size_t end = at + word->words.size();
  if (any_of(w, at, {"before", "after", "prior"})) {
    // "two days after the summit" counts from something else: then the amount alone is the expression
    const bool object = end < w.size() && (w[end].kind == Word::Kind::letters || w.is_number(end)) &&
                        !any_of(w, end, {"and", "in", "at", "on", "by", "but", "with", "when", "as", "for", "was", "were", "is"});
    if (object) return 0;
  }
  if (w.is(at, "earlier") && any_of(w, end, {"than"})) return 0;
  if (w.is(at, "later") && any_of(w, end, {"than"})) return 0;
  if (w.is(at, "back") && any_of(w, end, {"to", "in", "from", "at", "on", "into"})) return 0;
  e.form = Form::shift;
  e.backward = word->value == "ago" || word->value == "before";
  e.anchor = word->value == "ago" || word->value == "hence" ? Anchor::report : Anchor::focus;
  e.rule = e.anchor == Anchor::report ? "shift.report" : "shift.focus";
  e.confidence = e.vague ? 0.6f : e.anchor == Anchor::report ? 0.85f : 0.7f;
  return end;
}

// "a quarter of a", "three quarters of an", "a quarter-": before "century" or "hour".
size_t parse_quarter_of(const Words& w, size_t at, double& amount) {
  size_t p = at;
  const bool three = w.is(p, "three");
  if (any_of(w, p, {"a", "one", "three"})) ++p;
  if (three && w.is(p, "-")) ++p;
  if (!any_of(w, p, {"quarter", "quarters"})) return 0;
  ++p;
  if (w.is(p, "-") && w.glued(p)) {
    ++p;
  } else {
    if (!w.is(p, "of") || !any_of(w, p + 1, {"a", "an"})) return 0;
    p += 2;
  }
  if (!any_of(w, p, {"century", "hour"})) return 0;
  amount = three ? 0.75 : 0.25;
  return p;
}

// "$10 million a year", "three times a day": the unit is a rate.
bool is_rate(const Words& w, size_t at) {
  if (at == 0) return false;
  return any_of(w, at - 1, {"times",  "once",    "twice",   "thrice", "million", "billion", "trillion", "thousand", "percent",
                            "%",      "dollars", "euros",   "pounds", "tons",    "tonnes",  "barrels",  "cents",    "yen",
                            "people", "hours",   "minutes", "days",   "miles",   "bpd",     "meals"}) ||
         (w.is_number(at - 1) && w[at - 1].form.size() > 0);
}

// "about two years", "the last three months", "a few days later", "90-day", "weeks", "half an hour".
size_t parse_span(const Words& w, size_t at, Expression& out) {
  Expression e;
  e.form = Form::duration;
  e.rule = "duration.amount";
  size_t p = at;
  bool article = false;
  if (w.is(p, "the")) {
    article = true;
    ++p;
  }
  size_t q = parse_approx(w, p);
  bool approx = q != p;
  p = q;
  if (approx && w.is(p, "the")) {
    article = true;
    ++p;
  }
  Direction direction = Direction::none;
  if (const size_t d = parse_direction(w, p, direction); d && w[p].form != "that") {
    p = d;
    if (direction == Direction::same) return 0;
    q = parse_approx(w, p);
    p = q;
  } else if (article && any_of(w, p, {"first", "final", "opening", "initial", "closing"})) {
    ++p;
  } else {
    direction = Direction::none;
  }
  e.direction = direction;
  if (approx && any_of(w, p - 1, {"exactly", "precisely"})) e.exact = true;
  // the number
  bool indefinite = false, bare = false;
  const size_t before_number = p;
  if (any_of(w, p, {"a", "an"}) && w.match(p + 1, WordClass::vague)) {
    e.vague = true;
    p += 1 + w.match(p + 1, WordClass::vague)->words.size();
    if (any_of(w, p, {"more", "dozen", "hundred", "thousand"})) ++p;
  } else if (any_of(w, p, {"a", "an"}) && any_of(w, p + 1, {"good", "great"}) && w.is(p + 2, "many")) {
    e.vague = true;
    p += 3;
  } else if (w.is(p, "half") || (any_of(w, p, {"a", "an"}) && w.is(p + 1, "half"))) {
    if (!w.is(p, "half")) ++p;
    ++p;
    if (w.is(p, "-") && w.glued(p)) ++p;
    if (any_of(w, p, {"a", "an", "the"})) ++p;
    e.amount = 0.5;
  } else if (const size_t quarter = parse_quarter_of(w, p, e.amount)) {
    p = quarter;
  } else if (size_t n = parse_amount(w, p, e.amount)) {
    p = n;
    if (any_of(w, p, {"to", "or", "-", "and"}) &&
        (w.is(p, "-") ? w.is_number(p + 1) && w.glued(p + 1) : true)) {  // "three to five years", "10-15 minutes"
      double second = 0;
      Unit unit = Unit::day;
      if (const size_t m = parse_amount(w, p + 1, second)) {
        size_t u = m;
        if (w.is(u, "-") && w.glued(u)) ++u;
        if (second > e.amount && parse_unit(w, u, unit)) {
          e.vague = true;
          p = m;
        }
      }
    }
    if (any_of(w, p,
               {"more", "full", "straight", "consecutive", "whole", "long", "additional", "further", "extra", "successive", "solid",
                "entire", "good", "other"}))
      ++p;
    if (any_of(w, p, {"calendar", "working", "business", "fiscal"})) ++p;
    // "three bloody weeks": one word between number and plural unit
    if (Unit unit = Unit::day; p + 1 < w.size() && w[p].kind == Word::Kind::letters && !w[p].capital && !w[p].glued &&
                               (w[p].entries == nullptr || w.match(p, WordClass::notday)) && w[p].form.size() > 3 && e.amount >= 2 &&
                               !any_of(w, p, {"with", "from", "into", "than", "that", "each", "people", "million", "billion", "percent"}) &&
                               !parse_unit(w, p, unit)) {
      bool many = false;
      if (parse_unit(w, p + 1, unit, &many) && many && unit >= Unit::day) ++p;
    }
  } else if (w.match(p, WordClass::vague)) {
    if (p > 0 && w.is(p - 1, "as") && w.is(p, "many")) return 0;  // "its third test in as many weeks"
    e.vague = true;
    p += w.match(p, WordClass::vague)->words.size();
    if (any_of(w, p, {"more", "of"})) ++p;
    if (w.is(p, "the")) ++p;
  } else if (any_of(w, p, {"a", "an"})) {
    indefinite = true;
    e.amount = 1;
    ++p;
    if (Unit unit = Unit::day; parse_unit(w, p, unit) && w[p].form.ends_with("s") && w.is(p + 1, "-") && w.is(p + 2, "long")) return 0;
    if (any_of(w, p, {"full", "whole", "further", "solid"})) ++p;
  } else {
    bare = true;
    e.vague = true;
  }
  // "weeklong"
  if (const LexiconEntry* span = w.match(p, WordClass::span); span && (bare || indefinite)) {
    const bool vague = span->value.starts_with("X");
    const std::string_view unit = std::string_view(span->value).substr(vague ? 1 : 0);
    e.vague = vague;
    e.amount = 1;
    e.unit = unit == "D"   ? Unit::day
             : unit == "W" ? Unit::week
             : unit == "M" ? Unit::month
             : unit == "Y" ? Unit::year
             : unit == "H" ? Unit::hour
                           : Unit::decade;
    e.rule = "duration.long";
    out = e;
    return bare ? p + 1 : 0;
  }
  const bool hyphen = w.is(p, "-") && w.glued(p) && w.glued(p + 1);
  if (hyphen) ++p;
  bool plural = false;
  if (!parse_unit(w, p, e.unit, &plural)) return 0;
  if (e.amount >= 1900 && e.amount <= 2100 && !plural) return 0;  // "the 2018 day of ..."
  if (e.unit == Unit::weekend && (bare || indefinite)) return 0;
  if (w[p].form == "min" || w[p].form == "mins" || w[p].form == "sec" || w[p].form == "secs" || w[p].form == "hr" || w[p].form == "hrs" ||
      w[p].form == "yr" || w[p].form == "yrs")
    if (bare || indefinite) return 0;
  if (w[p].form == "second" && (indefinite || bare)) return 0;
  if (w[p].form == "quarter" || w[p].form == "quarters") {
    if (bare || e.amount == 0.5 || indefinite) return 0;
    if (w.is(p + 1, "of") || w.is(p + 1, "million")) return 0;
  }
  if (w[p].form == "minute" && bare) return 0;
  size_t end = p + 1;
  if (is_age(w, end)) return 0;
  if (indefinite && w.is(end, "-") && w.glued(end)) return 0;  // "a year-end deadline"
  if (hyphen && w.is(end, "-") && w.glued(end) && w.is(end + 1, "long"))
    end += 2;
  else if (w.is(end, "-") && w.glued(end) && w.is(end + 1, "long") && w.glued(end + 1))
    end += 2;
  if (bare && at > 1 && w.is(at - 1, "many") && w.is(at - 2, "as")) return 0;
  if (bare && approx && direction == Direction::none && !article) return 0;  // "about hours upon hours": a preposition
  if (end > p + 1 && direction == Direction::none) e.skip = static_cast<uint32_t>(before_number - at);  // "the minutes-long ride"
  if (bare) {
    // a unit with no number: "years", "the days"; the singular is a period or nothing
    if (direction == Direction::none && !plural) {
      if (!(approx && end == p + 1 && false)) return 0;
    }
    if (direction != Direction::none && !plural) {
      // "the past year", "the last decade", "the coming month": a stretch up to or from the report
      if (direction == Direction::this_ || direction == Direction::that) return 0;
      if (e.unit < Unit::day || e.unit == Unit::day) {
        if (direction != Direction::past) return 0;
      }
      if (direction == Direction::previous || direction == Direction::following) return 0;
      if (direction == Direction::last || direction == Direction::next) {
        const bool coming = any_of(w, before_number - 1, {"coming", "upcoming"});
        if (!coming && !(article && direction == Direction::last)) return 0;
        if (article && direction == Direction::last && !(at > 0 && any_of(w, at - 1, {"in", "over", "during", "for", "within"}))) return 0;
      }
      e.vague = false;
      e.amount = 1;
    } else if (direction == Direction::next && e.unit >= Unit::day) {
      e.form = Form::reference;
      e.reference = "FUTURE_REF";
      e.rule = "ref.coming";
      e.confidence = 0.6f;
      out = e;
      return end;
    }
    e.confidence = 0.6f;
    e.rule = "duration.bare";
  }
  if (e.unit == Unit::night && bare && direction == Direction::none) return 0;
  if (article && !bare && direction == Direction::none && indefinite) return 0;
  // "a year and a half", "1 hour 4 minutes"
  if ((indefinite || e.amount == 1) && w.is(end, "and") && w.is(end + 1, "a") && w.is(end + 2, "half")) {
    e.amount += 0.5;
    end += 3;
  } else if (!bare && !e.vague) {
    size_t m = end;
    if (w.is(m, "and") || w.is(m, ",")) ++m;
    double second = 0;
    Unit unit = Unit::day;
    if (const size_t n = parse_amount(w, m, second);
        n && parse_unit(w, n, unit) && unit < e.unit && second == std::floor(second) && second < 100) {
      const bool clock_tail = unit <= Unit::hour;
      if (!is_age(w, n + 1)) {
        e.duration_tail = (clock_tail && e.unit > Unit::hour ? "T" : "") + std::to_string(static_cast<int>(second)) +
                          (unit == Unit::second   ? "S"
                           : unit == Unit::minute ? "M"
                           : unit == Unit::hour   ? "H"
                           : unit == Unit::day    ? "D"
                           : unit == Unit::week   ? "W"
                                                  : "M");
        end = n + 1;
      }
    }
  }
  if (w.is(end, "'") && plural && w.glued(end) && false) ++end;
  if (!hyphen && indefinite && !approx && is_rate(w, at) && e.unit >= Unit::second && !w.match(end, WordClass::shift)) {
    e.form = Form::set;
    e.rule = "set.rate";
    e.confidence = 0.7f;
    out = e;
    return end;
  }
  if (!hyphen || w.match(end, WordClass::shift)) {
    size_t s = end;
    if (w.is(s, ",")) s = end;
    if (const size_t after = parse_shift_word(w, s, e)) {
      if (bare && e.anchor == Anchor::focus && direction != Direction::none) return 0;
      out = e;
      return after;
    }
  }
  if (w.is(end, "of") && (direction == Direction::none) && indefinite && e.unit == Unit::day) e.confidence = 0.5f;  // "a day of mourning"
  if (direction == Direction::past || direction == Direction::last || direction == Direction::next) e.anchor = Anchor::report;
  if (hyphen && at != before_number && indefinite) return 0;
  if (indefinite && hyphen) return 0;
  if (hyphen)
    e.skip =
        static_cast<uint32_t>(before_number - at) * (direction == Direction::none ? 1 : 0);  // "the 90-day plan": the article is the noun's
  out = e;
  return end;
}

// "recent years", "the recent past"; "now"; "the future".
size_t parse_reference(const Words& w, size_t at, Expression& out) {
  out = Expression();
  out.form = Form::reference;
  if (const LexiconEntry* word = w.match(at, WordClass::reference)) {
    const size_t end = at + word->words.size();
    const std::string_view form = w[at].form;
    if (form == "now" && (any_of(w, end, {"that", "-", "famous", "defunct"}) || (at == 0 && w.is(end, ",")))) return 0;
    if (form == "now" && at > 0 && (any_of(w, at - 1, {"-", "\"", "'"}) && w.glued(at))) return 0;
    if (w[at].capital && at > 0 && !w.is_mark(at - 1)) return 0;
    out.reference = word->value;
    out.rule = word->id;
    out.confidence = 0.7f;
    return end;
  }
  if (const LexiconEntry* recent = w.match(at, WordClass::recent)) {
    Unit unit = Unit::day;
    bool plural = false;
    size_t p = at + recent->words.size();
    if ((parse_unit(w, p, unit, &plural) && plural) || any_of(w, p, {"times", "decades"})) {
      out.reference = "PAST_REF";
      out.rule = "ref.recent";
      out.confidence = 0.7f;
      return p + 1;
    }
    return 0;
  }
  size_t p = at;
  if (any_of(w, p, {"the", "a"})) ++p;
  if (const LexiconEntry* noun = w.match(p, WordClass::refnoun)) {
    const size_t end = p + noun->words.size();
    const bool led = at > 0 && any_of(w, at - 1, {"in", "for", "from", "of", "into", "at", "to", "until"});
    const bool closed = end >= w.size() || w[end].kind == Word::Kind::mark ||
                        (w[end].entries == nullptr &&
                         any_of(w, end, {"and", "to",   "as", "in",  "for",  "but", "when", "if",  "because", "is", "was",  "will",
                                         "on",  "with", "he", "she", "they", "it",  "we",   "has", "have",    "or", "that", "the"})) ||
                        any_of(w, end, {"to", "in", "for", "when", "but", "will", "on", "before", "after", "by"});
    if (w.is(end, "-") || (end < w.size() && w.is(end, "'"))) return 0;
    if ((p == at && !(noun->words.size() == 1 && w.is(p, "future") && at > 0 && w.is(at - 1, "in"))) || !closed) return 0;
    if (noun->words.size() == 1 && !led && noun->value == "PRESENT_REF") return 0;
    out.reference = noun->value;
    out.rule = noun->id;
    out.confidence = 0.65f;
    return end;
  }
  return 0;
}

std::string unit_letter(Unit unit) {
  switch (unit) {
    case Unit::second:
      return "S";
    case Unit::minute:
      return "M";
    case Unit::hour:
      return "H";
    case Unit::night:
      return "NI";
    case Unit::day:
      return "D";
    case Unit::weekend:
      return "WE";
    case Unit::week:
      return "W";
    case Unit::fortnight:
      return "W";
    case Unit::month:
      return "M";
    case Unit::quarter:
      return "Q";
    case Unit::half:
      return "M";
    case Unit::year:
      return "Y";
    case Unit::decade:
      return "DE";
    case Unit::century:
      return "CE";
    case Unit::millennium:
      return "ML";
  }
  return "D";
}

// "every Friday", "each year", "twice a week", "daily", "Sundays".
size_t parse_set(const Words& w, size_t at, Expression& out) {
  out = Expression();
  out.form = Form::set;
  out.confidence = 0.75f;
  if (const LexiconEntry* word = w.match(at, WordClass::set)) {
    if (w[at].capital && (at > 0 || (at + 1 < w.size() && w[at + 1].capital))) return 0;
    if (at > 0 && w.is(at - 1, "-")) return 0;
    out.set_value = word->value;
    out.rule = word->id;
    return at + word->words.size();
  }
  if (const LexiconEntry* days = w.match(at, WordClass::weekdays); days && w[at].capital) {
    out.set_value = "XXXX-WXX-" + std::to_string(days->number + 1);
    out.rule = days->id;
    return at + 1;
  }
  if (const LexiconEntry* every = w.match(at, WordClass::every)) {
    size_t p = at + every->words.size();
    out.rule = every->id;
    double amount = every->value == "2" ? 2 : 1;
    bool vague = false;
    if (w.match(p, WordClass::vague)) {
      vague = true;
      p += w.match(p, WordClass::vague)->words.size();
    } else if (const size_t n = parse_amount(w, p, amount)) {
      p = n;
    } else if (const LexiconEntry* ordinal = w.match(p, WordClass::ordinal); ordinal && w.match(p + 1, WordClass::unit)) {
      amount = ordinal->number;
      ++p;
    }
    if (w.is(p, "passing") || w.is(p, "single") || w.is(p, "calendar") || w.is(p, "working") || w.is(p, "successive")) ++p;
    Unit unit = Unit::day;
    if (parse_unit(w, p, unit)) {
      if (w.is(at, "each") && w.is(p, "second")) return 0;
      const double n = unit == Unit::fortnight ? amount * 2 : unit == Unit::half ? amount * 6 : amount;
      out.set_value =
          std::string(unit < Unit::night ? "PT" : "P") + (vague ? "X" : std::to_string(static_cast<long>(n))) + unit_letter(unit);
      return p + 1;
    }
    if (w.is(at, "per")) return 0;
    if (const LexiconEntry* weekday = w.match(p, WordClass::weekday); weekday && w[p].capital) {
      out.set_value = "XXXX-WXX-" + std::to_string(weekday->number + 1);
      Expression part;
      if (const LexiconEntry* dp = w.match(p + 1, WordClass::daypart)) {
        out.set_value += "T" + dp->value;
        return p + 2;
      }
      return p + 1;
    }
    if (const LexiconEntry* part = w.match(p, WordClass::daypart)) {
      out.set_value = "XXXX-XX-XXT" + part->value;
      return p + 1;
    }
    if (const LexiconEntry* month = w.match(p, WordClass::month); month && w[p].capital) {
      out.set_value = std::string("XXXX-") + (month->number < 10 ? "0" : "") + std::to_string(month->number);
      return p + 1;
    }
    if (const LexiconEntry* season = w.match(p, WordClass::season)) {
      out.set_value = "XXXX-" + season->value;
      return p + 1;
    }
    return 0;
  }
  // "twice a week", "three times a day"
  size_t p = at;
  if (any_of(w, p, {"once", "twice", "thrice"})) {
    ++p;
  } else {
    double amount = 0;
    const size_t n = parse_amount(w, p, amount);
    const LexiconEntry* vague = n ? nullptr : w.match(p, WordClass::vague);
    const size_t q = n ? n : vague ? p + vague->words.size() : 0;
    if (!q || !w.is(q, "times")) return 0;
    p = q + 1;
  }
  if (!any_of(w, p, {"a", "an", "per", "every", "each"})) return 0;
  Unit unit = Unit::day;
  bool plural = false;
  if (!parse_unit(w, p + 1, unit, &plural) || plural) return 0;
  out.set_value = std::string(unit < Unit::night ? "PT1" : "P1") + unit_letter(unit);
  out.rule = "set.times";
  return p + 2;
}

// A bare day that shares month and year with its neighbour: "July 4-6", "4 to 6 July", "July 4, 5 and 6".
void add_day_ranges(const Words& w, std::vector<Expression>& found) {
  std::vector<Expression> more;
  for (const Expression& e : found) {
    if (e.form != Form::calendar || e.day == 0 || e.month == 0 || e.has_clock()) continue;
    // after the date: the month stands first
    if (w.match(e.first, WordClass::month) || w.match(e.first, WordClass::weekday)) {
      size_t p = e.last;
      int last_day = e.day;
      for (int guard = 0; guard < 4 && any_of(w, p, {"-", "to", "and", "through", ",", "or", "/"}) && e.year == 0; ++guard) {
        size_t n = p + 1;
        if (w.is(p, ",") && w.is(n, "and")) ++n;
        const int day = digits(w, n);
        if (day <= last_day || day > 31 || w[n].form.size() > 2) break;
        if (w.is(p, "-") ? !w.glued(n) : false) break;
        if (n + 1 < w.size() &&
            (w.glued(n + 1) ? !w.is_mark(n + 1) || any_of(w, n + 1, {"%", ":", "/"})
                            : w[n + 1].kind == Word::Kind::letters &&
                                  !any_of(w, n + 1, {"in", "at", "and", "for", "to", "as", "with", "when", "after", "by", "the", "on"})))
          break;
        Expression day_of = e;
        day_of.first = static_cast<uint32_t>(n);
        day_of.last = static_cast<uint32_t>(n + 1);
        day_of.day = day;
        day_of.weekday = -1;
        day_of.rule = "date.range_end";
        day_of.confidence = 0.8f;
        more.push_back(day_of);
        last_day = day;
        p = n + 1;
      }
    } else if (w.is_number(e.first)) {  // "4-6 July"
      size_t p = e.first;
      int next_day = e.day;
      for (int guard = 0; guard < 4 && p >= 2 && any_of(w, p - 1, {"-", "to", "and", "through", ",", "or"}); ++guard) {
        size_t n = p - 2;
        if (w.is(n, ",") && n > 0) --n;
        if (w.is_mark(n) || (any_of(w, n, {"st", "nd", "rd", "th"}) && n > 0 && w.glued(n))) {
          if (!w.is_mark(n))
            --n;
          else
            break;
        }
        const int day = digits(w, n);
        if (day < 1 || day >= next_day || w[n].form.size() > 2) break;
        if (n > 0 && w.glued(n) && !any_of(w, n - 1, {"(", "\""})) break;
        Expression day_of = e;
        day_of.first = static_cast<uint32_t>(n);
        day_of.last = static_cast<uint32_t>(n + 1);
        day_of.day = day;
        day_of.weekday = -1;
        day_of.rule = "date.range_start";
        day_of.confidence = 0.8f;
        more.push_back(day_of);
        next_day = day;
        p = n;
      }
    }
  }
  if (more.empty()) return;
  for (const Expression& e : more) {
    const bool free =
        std::none_of(found.begin(), found.end(), [&](const Expression& other) { return other.first < e.last && e.first < other.last; });
    if (free) found.push_back(e);
  }
  std::sort(found.begin(), found.end(), [](const Expression& a, const Expression& b) { return a.first < b.first; });
}

// A number inside a name: "Hwasong-14", "F-16", "No. 4".
bool inside_name(const Words& w, size_t at) {
  if (!w.is_number(at) || at < 2 || !w.glued(at) || !w.is(at - 1, "-") || !w.glued(at - 1)) return false;
  return w[at - 2].kind == Word::Kind::letters && !any_of(w, at - 2, {"mid", "early", "late", "pre", "post", "pre", "s"});
}

bool may_begin(const Words& w, size_t at) {
  const Word& word = w[at];
  if (word.kind == Word::Kind::number) return !inside_name(w, at);
  return word.entries != nullptr || word.form == "the" || word.form == "a" || word.form == "an" || word.form == "'" ||
         word.form == "half" || word.form == "q" || word.form == "very" || word.form == "once" || word.form == "twice" ||
         word.form == "fiscal";
}

}  // namespace

std::vector<Expression> recognise(const Words& words) {
  std::vector<Expression> found;
  for (size_t at = 0; at < words.size();) {
    if (!may_begin(words, at)) {
      ++at;
      continue;
    }
    Expression best, e;
    size_t end = 0;
    const auto attempt = [&](size_t (*parse)(const Words&, size_t, Expression&), size_t from) {
      if (const size_t after = parse(words, from, e); after > end) {
        end = after;
        best = e;
        best.first = static_cast<uint32_t>(at);
      }
    };
    attempt(parse_moment, at);
    attempt(parse_span, at);
    attempt(parse_set, at);
    attempt(parse_reference, at);
    if (words.match(at, WordClass::approx)) {  // "around noon", "about 10 a.m. on Friday"
      const size_t inner = parse_approx(words, at);
      Expression moment;
      if (const size_t after = parse_moment(words, inner, moment); after > end && moment.hour >= 0) {
        end = after;
        best = moment;
      }
    }
    if (!end) {
      ++at;
      continue;
    }
    best.first = static_cast<uint32_t>(at) + best.skip;
    best.last = static_cast<uint32_t>(end);
    if (best.form == Form::duration && best.first > 0) {
      if (words.is(best.first - 1, "within")) best.lead = Expression::Lead::within;
      if (words.is(best.first - 1, "in")) best.lead = Expression::Lead::in;
    }
    found.push_back(best);
    at = end;
  }
  add_day_ranges(words, found);
  return found;
}

}  // namespace demarche
