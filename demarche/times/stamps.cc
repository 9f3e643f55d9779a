#include "demarche/times/stamps.h"

#include <algorithm>
#include <cstdlib>

#include "demarche/times/words.h"

namespace demarche {
namespace {

constexpr size_t kLongestStamp = 160;

// One line of the text with the expressions [first, last) that begin in it.
struct Line {
  Span span;
  size_t first = 0, last = 0;
};

Line line_of(std::string_view text, const std::vector<Pending>& all, size_t i) {
  const size_t newline = text.substr(0, all[i].span.begin).find_last_of('\n');
  Line line;
  line.span.begin = newline == std::string_view::npos ? 0 : static_cast<uint32_t>(newline + 1);
  line.span.end = static_cast<uint32_t>(std::min(text.find('\n', all[i].span.begin), text.size()));
  line.first = line.last = i;
  while (line.last < all.size() && all[line.last].span.begin < line.span.end) ++line.last;
  return line;
}

std::optional<Day> full_day(const Expression& e) { return e.year && e.month && e.day ? make_day(e.year, e.month, e.day) : std::nullopt; }

bool is_covered(const std::vector<Pending>& all, const Line& line, Span word) {
  return std::any_of(all.begin() + static_cast<std::ptrdiff_t>(line.first), all.begin() + static_cast<std::ptrdiff_t>(line.last),
                     [&](const Pending& p) { return p.span.contains(word); });
}

// Whether the line holds nothing but dates and words of a stamp, and says so or is close to the report's day.
bool is_stamp(std::string_view text, const Line& line, std::optional<Day> report, const TimeLexicon& lexicon,
              const std::vector<Pending>& all) {
  if (line.span.size() > kLongestStamp) return false;
  bool near = false, marked = false;
  for (size_t k = line.first; k < line.last; ++k) {
    const Expression& e = all[k].expression;
    if (e.has_clock()) marked = true;
    const std::optional<Day> day = full_day(e), swapped = e.either_order ? make_day(e.year, e.day, e.month) : std::nullopt;
    near = near || (report && ((day && std::abs(*day - *report) <= 3) || (swapped && std::abs(*swapped - *report) <= 3)));
  }
  const Words words(text, line.span, lexicon);
  for (size_t w = 0; w < words.size(); ++w) {
    if (is_covered(all, line, words[w].span) || words[w].kind != Word::Kind::letters) continue;
    const LexiconEntry* word = words.match(w, WordClass::stamp);
    marked = marked || word;
    if (!word && !words.match(w, WordClass::zone) && !words.match(w, WordClass::weekday) && !words.match(w, WordClass::month)) return false;
  }
  return near || marked;
}

// "SEOUL, July 4 (Agency) -", "SEOUL, July 4, 2017" on its own line: the report's own day before the text opens.
bool is_dateline(std::string_view text, const Line& line, std::optional<Day> report, const TimeLexicon& lexicon, const Pending& p) {
  const Expression& e = p.expression;
  if (!report || e.form != Expression::Form::calendar || !e.month || !e.day || e.has_clock()) return false;
  const std::optional<Day> day = make_day(e.year ? e.year : civil(*report).year, e.month, e.day);
  if (!day || std::abs(*day - *report) > 1) return false;
  constexpr uint32_t kLongestLead = 60, kLongestTail = 60;
  if (p.span.begin - line.span.begin > kLongestLead) return false;
  const Words lead(text, {line.span.begin, p.span.begin}, lexicon);
  for (size_t w = 0; w < lead.size(); ++w)
    if (lead[w].kind == Word::Kind::letters ? !lead[w].capital
                                            : !(lead.is(w, ",") || lead.is(w, "(") || lead.is(w, "/") || lead.is(w, "-")))
      return false;
  const Words tail(text, {p.span.end, std::min(line.span.end, p.span.end + kLongestTail)}, lexicon);
  bool bracket = false;
  if (tail.size() == 0) return lead.size() > 0 && lead.size() <= 4;
  for (size_t w = 0; w < tail.size() && w < 10; ++w) {
    if (!bracket && (tail.is(w, "-") || tail.is(w, ":"))) return lead.size() > 0 || w > 0;
    bracket = tail.is(w, "(") || (bracket && !tail.is(w, ")"));
    if (!bracket && tail[w].kind == Word::Kind::letters && !tail[w].capital) return false;
  }
  return false;
}

// The day of "Posted: Apr 2, 2009 11:06 PM CEST", if the line says that it tells the first publication and is a day off the report's: the
// stamp is in the newsroom's time, the given day may be by Greenwich.
std::optional<Day> newsroom_day(std::string_view text, const Line& line, Day report, const TimeLexicon& lexicon, const std::vector<Pending>& all) {
  const Words words(text, line.span, lexicon);
  bool first = false;
  for (size_t w = 0; w < words.size(); ++w) {
    const LexiconEntry* word = words.match(w, WordClass::stamp);
    if (word && word->value == "later") return std::nullopt;
    first = first || (word && word->value == "first");
  }
  if (!first || line.last != line.first + 1) return std::nullopt;
  const Expression& e = all[line.first].expression;
  const std::optional<Day> day = full_day(e), swapped = e.either_order ? make_day(e.year, e.day, e.month) : std::nullopt;
  if (day == report || swapped == report) return std::nullopt;
  for (const std::optional<Day>& told : {day, swapped})
    if (told && std::abs(*told - report) == 1) return told;
  return std::nullopt;
}

}  // namespace

void drop_stamps(std::string_view text, std::optional<Day>& report, const TimeLexicon& lexicon, std::vector<Pending>& all) {
  std::vector<bool> dropped(all.size());
  for (size_t i = 0; i < all.size();) {
    const Line line = line_of(text, all, i);
    const bool stamp = is_stamp(text, line, report, lexicon, all);
    for (size_t k = line.first; stamp && k < line.last; ++k) {
      dropped[k] = true;
      if (!report) report = full_day(all[k].expression);
    }
    if (stamp && report)
      if (const std::optional<Day> day = newsroom_day(text, line, *report, lexicon, all)) report = day;
    if (!stamp && is_dateline(text, line, report, lexicon, all[i])) dropped[i] = true;
    // a year-less date alone on its line, close to the report's day, heads an entry
    if (!stamp && report && line.last == i + 1 && line.span.size() <= kLongestStamp &&
        all[i].expression.form == Expression::Form::calendar && all[i].expression.day && !all[i].expression.year) {
      uint32_t others = 0;
      for (uint32_t k = line.span.begin; k < line.span.end; ++k)
        others += (k < all[i].span.begin || k >= all[i].span.end) && text[k] != ' ' && text[k] != ':' && text[k] != '\r';
      all[i].heading = others == 0;
    }
    i = line.last;
  }
  size_t kept = 0;
  for (size_t i = 0; i < all.size(); ++i) {
    if (dropped[i]) continue;
    if (kept != i) all[kept] = std::move(all[i]);
    ++kept;
  }
  all.resize(kept);
}

}  // namespace demarche
