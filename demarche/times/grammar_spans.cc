// Durations, and what is counted from a day: "two years", "three days ago", "two days after the summit".
#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <optional>

#include "demarche/times/grammar_dates.h"
#include "demarche/times/grammar_parts.h"

namespace demarche {

using Form = Expression::Form;
using Relation = Expression::Relation;

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

// "before", "after", "following" and what they count from: fills relation and object, returns the object's first word, else 0.
size_t parse_object(const Words& w, size_t at, Expression& e) {
  size_t p = at + 1;
  if (any_of(w, at, {"before", "after", "following"})) {
    e.relation = w.is(at, "before") ? Relation::before : Relation::after;
  } else if ((w.is(at, "prior") && w.is(p, "to")) || (w.is(at, "ahead") && w.is(p, "of")) || (w.is(at, "in") && w.is(p, "advance"))) {
    e.relation = Relation::before;
    p += w.is(at, "in") ? 2 : 1;
  } else {
    return 0;
  }
  const bool begins =
      p < w.size() && (w[p].kind == Word::Kind::letters || w.is_number(p)) &&
      !any_of(w, p, {"and",  "in",   "at",   "on",   "by",   "but",  "with",  "when",  "as",     "for",    "was",
                     "were", "is",   "from", "had",  "has",  "have", "would", "will",  "could",  "said",   "told",
                     "rose", "fell", "went", "came", "took", "grew", "began", "stood", "became", "reached"});  // "the toll of the quake a
                                                                                                               // day before rose"
  if (!begins) {
    e.relation = Relation::none;
    return 0;
  }
  e.object = static_cast<uint32_t>(p);
  return p;
}

namespace {

// What a duration's number and unit are followed by when it is an age or a name: "year-old", "years old", "years of age".
bool is_age(const Words& w, size_t p) {
  if (w.is(p, "-") && w.glued(p)) ++p;
  return any_of(w, p, {"old", "olds"}) || (w.is(p, "of") && w.is(p + 1, "age"));
}

// "ago", "earlier", "later", "from now", "before" at the end of its phrase.
size_t parse_shift_word(const Words& w, size_t at, Expression& e) {
  const LexiconEntry* word = w.match(at, WordClass::shift);
  if (!word) return 0;
  size_t end = at + word->words.size();
  if (any_of(w, at, {"before", "after", "prior"}) && parse_object(w, at, e)) return 0;  // the amount alone is the expression
  if (w.is(at, "earlier") && any_of(w, end, {"than"})) return 0;
  if (w.is(at, "later") && any_of(w, end, {"than"})) return 0;
  if (w.is(at, "back") && any_of(w, end, {"to", "in", "from", "at", "on", "into"})) return 0;
  if (w.is(at, "ago") && w.is(end, "today")) {
    e.exact = true;
    ++end;
  }
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

// The number before a unit, or its want: "a few", "half an", "three to five", "two bloody", "a", nothing (`bare`). Fills amount and
// vague; returns the word at which the unit should stand.
std::optional<size_t> parse_count(const Words& w, size_t at, Expression& e, bool& indefinite, bool& bare) {
  size_t p = at;
  if (any_of(w, p, {"a", "an"}) && w.match(p + 1, WordClass::vague)) {
    e.vague = true;
    p += 1 + w.match(p + 1, WordClass::vague)->words.size();
    if (any_of(w, p, {"more", "dozen", "hundred", "thousand"})) ++p;
  } else if (any_of(w, p, {"a", "an"}) && any_of(w, p + 1, {"good", "great"}) && w.is(p + 2, "many")) {
    e.vague = true;
    p += 3;
  } else if (w.is(p, "half") && (w.is(p + 1, "a") || w.is(p + 1, "-")) && w.is(p + 2, "dozen")) {
    e.amount = 6;
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
    if (any_of(w, p, {"million", "billion"})) {  // "65 million years ago": beyond any calendar
      e.vague = true;
      ++p;
    }
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
    if (p > 0 && w.is(p - 1, "as") && w.is(p, "many")) return std::nullopt;  // "its third test in as many weeks"
    e.vague = true;
    p += w.match(p, WordClass::vague)->words.size();
    if (any_of(w, p, {"more", "of"})) ++p;
    if (w.is(p, "the")) ++p;
  } else if (any_of(w, p, {"a", "an"})) {
    indefinite = true;
    e.amount = 1;
    ++p;
    if (Unit unit = Unit::day; parse_unit(w, p, unit) && w[p].form.ends_with("s") && w.is(p + 1, "-") && w.is(p + 2, "long"))
      return std::nullopt;
    if (any_of(w, p, {"full", "whole", "further", "solid", "single"})) ++p;
  } else {
    bare = true;
    e.vague = true;
  }
  return p;
}

// "weeklong", "monthslong".
void set_long(const LexiconEntry& span, Expression& e) {
  e.vague = span.value.starts_with("X");
  const std::string_view unit = std::string_view(span.value).substr(e.vague ? 1 : 0);
  e.amount = 1;
  e.unit = unit == "D"   ? Unit::day
           : unit == "W" ? Unit::week
           : unit == "M" ? Unit::month
           : unit == "Y" ? Unit::year
           : unit == "H" ? Unit::hour
                         : Unit::decade;
  e.rule = "duration.long";
}

// "month-long", "year-ago", "year-earlier" at a bare unit: returns the word after it.
size_t parse_compound(const Words& w, size_t p, Expression& e) {
  if (!w.is(p + 1, "-") || !w.glued(p + 1) || !w.glued(p + 2)) return 0;
  const bool back = any_of(w, p + 2, {"ago", "earlier"});
  if (!back && !w.is(p + 2, "long")) return 0;
  e.vague = false;
  e.amount = 1;
  e.rule = "duration.long";
  if (back) {
    e.form = Form::shift;
    e.backward = true;
    e.anchor = Anchor::report;
    e.rule = "shift.report";
  }
  return p + 3;
}

// "a year and a half", "1 hour 4 minutes": what follows the unit; returns the word after it, `end` when nothing does.
size_t parse_second_unit(const Words& w, size_t end, bool indefinite, bool bare, Expression& e) {
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
  return end;
}

// "a week from Friday", "a week on Friday": a day, `e` becoming it; returns the word after it. "for 100 days from April 2": a stretch
// that begins there; then `e` learns its object, and 0 is returned.
size_t parse_from_date(const Words& w, size_t at, size_t end, Expression& e) {
  const bool on = w.is(end, "on") && e.unit == Unit::week && e.amount == 1 && at > 0 &&
                  !any_of(w, at - 1, {"for", "in", "of", "after", "than", "within", "once", "twice", "times", "every"});
  if (!on && !any_of(w, end, {"from", "starting", "beginning"})) return 0;
  Expression date;
  const size_t after = parse_date(w, end + 1, date);
  if (!after) return 0;
  const bool deictic = date.form == Form::day && date.anchor == Anchor::report;
  if (date.form != Form::weekday && !deictic && !(date.form == Form::calendar && date.day && !on)) return 0;
  const bool counted = e.unit == Unit::day || e.unit == Unit::week || e.unit == Unit::fortnight;
  const bool stretch = !w.is(end, "from") || (at > 0 && any_of(w, at - 1, {"for", "lasting", "lasted", "last", "of"}));
  if (stretch && !on) {
    e.relation = Relation::after;
    e.object = static_cast<uint32_t>(end + 1);
    e.whole = true;
    return 0;
  }
  if (!counted || e.vague || e.amount > 400 || e.amount != std::floor(e.amount)) return 0;
  date.day_steps += static_cast<int>(e.amount) * (e.unit == Unit::day ? 1 : e.unit == Unit::week ? 7 : 14);
  date.ahead = true;
  date.rule = "date.from_date";
  date.confidence = 0.75f;
  e = date;
  return after;
}

}  // namespace

// "about two years", "the last three months", "a few days later", "90-day", "weeks", "half an hour".
size_t parse_span(const Words& w, size_t at, Expression& out) {
  Expression e;
  e.form = Form::duration;
  e.rule = "duration.amount";
  size_t p = at;
  bool article = false;
  const bool pointed = any_of(w, p, {"these", "those"});
  if (w.is(p, "the") || pointed) {
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
  const bool verb = p > 0 && w.is(p, "last") &&
                    any_of(w, p - 1, {"could", "can", "will", "would", "may", "might", "must", "should", "to", "not", "did", "'ll"});
  if (verb && p == at) return 0;  // "could last four weeks"
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
  const size_t before_number = p;
  bool indefinite = false, bare = false;
  const std::optional<size_t> counted = parse_count(w, p, e, indefinite, bare);
  if (!counted || (pointed && (bare || indefinite))) return 0;
  p = *counted;
  if (const LexiconEntry* span = w.match(p, WordClass::span); span && (bare || indefinite)) {  // "weeklong"
    set_long(*span, e);
    e.skip = static_cast<uint32_t>(before_number - at);  // "the weeklong siege"
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
  if (bare && !plural && p == at)
    if (const size_t after = parse_compound(w, p, e)) {
      out = e;
      return after;
    }
  size_t end = p + 1;
  if (is_age(w, end)) return 0;
  if (indefinite && w.is(end, "-") && w.glued(end)) return 0;  // "a year-end deadline"
  if (hyphen && w.is(end, "-") && w.glued(end) && w.is(end + 1, "long"))
    end += 2;
  else if (w.is(end, "-") && w.glued(end) && w.is(end + 1, "long") && w.glued(end + 1))
    end += 2;
  if (bare && at > 1 && w.is(at - 1, "many") && w.is(at - 2, "as")) return 0;
  if (bare && p == at && at > 1 &&
      ((w.is(at - 1, "-") && w.glued(at)) || (w[at - 1].capital && w[at - 1].entries == nullptr && !w.is_mark(at - 1))))
    return 0;                                                                         // "after-hours trading", "the Cold War years"
  const bool some = bare && plural && w.is(before_number - 1, "some");                // "some years ago"
  if (bare && approx && direction == Direction::none && !article && !some) return 0;  // "about hours upon hours": a preposition
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
  end = parse_second_unit(w, end, indefinite, bare, e);
  if (!hyphen && indefinite && !approx && is_rate(w, at) && e.unit >= Unit::second && !w.match(end, WordClass::shift)) {
    e.form = Form::set;
    e.rule = "set.rate";
    e.confidence = 0.7f;
    out = e;
    return end;
  }
  if (!bare && !hyphen && direction == Direction::none && !approx) {
    if (const size_t after = parse_from_date(w, at, end, e)) {
      out = e;
      return after;
    }
  }
  if (!hyphen || w.match(end, WordClass::shift)) {
    if (const size_t after = parse_shift_word(w, end, e)) {
      if (bare && e.anchor == Anchor::focus && direction != Direction::none) return 0;
      out = e;
      return after;
    }
  }
  if (w.is(end, "of") && at > 0 && w.is(at - 1, "within") && any_of(w, end + 1, {"the", "a", "an", "his", "her", "its", "their", "that"})) {
    e.relation = Relation::after;  // "within three days of the signing"
    e.object = static_cast<uint32_t>(end + 1);
  }
  parse_object(w, end, e);
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

}  // namespace demarche
