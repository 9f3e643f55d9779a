// What recurs ("every Friday", "daily") and what is vague ("now", "recent years", "the near future").
#include <algorithm>
#include <initializer_list>

#include "demarche/times/grammar_dates.h"
#include "demarche/times/grammar_parts.h"

namespace demarche {

using Form = Expression::Form;

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
    if (w.is(at, "of") && at > 0 && w.is(at - 1, "as")) return 0;  // "as of late Friday"
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

namespace {

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

}  // namespace

// "every Friday", "each year", "twice a week", "daily", "Sundays".
size_t parse_set(const Words& w, size_t at, Expression& out) {
  out = Expression();
  out.form = Form::set;
  out.confidence = 0.75f;
  if (const LexiconEntry* word = w.match(at, WordClass::set)) {
    if (w[at].capital && (at > 0 || (at + 1 < w.size() && w[at + 1].capital))) return 0;
    if (at > 0 && w.is(at - 1, "-")) return 0;
    // "the daily Ruritanian Post": a newspaper
    const size_t next = at + word->words.size();
    if (at > 0 && any_of(w, at, {"daily", "weekly", "monthly"}) && next < w.size() && w[next].kind == Word::Kind::letters &&
        w[next].capital && !w[next].all_capitals && w[next].entries == nullptr)
      return 0;
    out.set_value = word->value;
    out.rule = word->id;
    return at + word->words.size();
  }
  // "at weekends"; "the first Monday of every month"
  if (w.is(at, "weekends") && at > 0 && any_of(w, at - 1, {"at", "on", "over"})) {
    out.set_value = "XXXX-WXX-WE";
    out.rule = "set.weekends";
    return at + 1;
  }
  if (w.is(at, "the") && w.match(at + 1, WordClass::ordinal) && any_of(w, at + 3, {"of", "in"}) && w.match(at + 4, WordClass::every)) {
    Unit unit = Unit::day;
    const size_t of = at + 4 + w.match(at + 4, WordClass::every)->words.size();
    if ((w.match(at + 2, WordClass::weekday) || parse_unit(w, at + 2, unit)) && parse_unit(w, of, unit)) {
      out.set_value = "P1" + unit_letter(unit);
      out.rule = "set.nth";
      return of + 1;
    }
  }
  // "every Monday and Thursday": the second
  if (const LexiconEntry* weekday = w.match(at, WordClass::weekday);
      weekday && w[at].capital && at >= 3 && any_of(w, at - 1, {"and", "or"}) && w.match(at - 2, WordClass::weekday) &&
      any_of(w, at - 3, {"every", "each"})) {
    out.set_value = "XXXX-WXX-" + std::to_string(weekday->number + 1);
    out.rule = "set.weekday_too";
    return at + 1;
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
      if (unit == Unit::weekend && amount == 1) {
        out.set_value = "XXXX-WXX-WE";
        return p + 1;
      }
      const double n = unit == Unit::fortnight ? amount * 2 : unit == Unit::half ? amount * 6 : amount;
      out.set_value =
          std::string(unit < Unit::night ? "PT" : "P") + (vague ? "X" : std::to_string(static_cast<long>(n))) + unit_letter(unit);
      return p + 1;
    }
    if (w.is(at, "per")) return 0;
    if (const LexiconEntry* weekday = w.match(p, WordClass::weekday); weekday && w[p].capital) {
      out.set_value = "XXXX-WXX-" + std::to_string(weekday->number + 1);
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

}  // namespace demarche
