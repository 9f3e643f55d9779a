// The scan that puts all rules together, and dates that share their month or year with a neighbour.
#include "demarche/times/grammar.h"

#include <algorithm>
#include <initializer_list>

#include "demarche/times/grammar_dates.h"
#include "demarche/times/grammar_parts.h"

namespace demarche {
namespace {

using Form = Expression::Form;

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
  return w[at - 2].kind == Word::Kind::letters && !w.match(at - 2, WordClass::month) &&
         !any_of(w, at - 2, {"mid", "early", "late", "pre", "post", "pre", "s"});
}

bool may_begin(const Words& w, size_t at) {
  const Word& word = w[at];
  if (word.kind == Word::Kind::number) return !inside_name(w, at);
  return word.entries != nullptr || word.form == "the" || word.form == "a" || word.form == "an" || word.form == "'" ||
         word.form == "half" || word.form == "these" || word.form == "those" || word.form == "q" || word.form == "very" ||
         word.form == "once" || word.form == "twice" || word.form == "fiscal" || word.form == "fy" || word.form == "h";
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
    attempt(parse_set, at);
    attempt(parse_moment, at);
    attempt(parse_span, at);
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
    best.of = best.first > 0 && words.is(best.first - 1, "of");
    best.since = best.first > 0 && words.is(best.first - 1, "since");
    found.push_back(best);
    at = end;
  }
  add_day_ranges(words, found);
  return found;
}

}  // namespace demarche
