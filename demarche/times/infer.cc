// The day of a report that does not tell its own.
//
// A report names the days of its own week by weekday: "launched an ICBM on Tuesday", "the summit that starts on Friday". Where the words of
// a sentence are those of an episode whose date is known (data/en/episodes.tsv), and the weekday is that of the episode, the sentence ties
// the report to one week. The last weekday told as past in that week is the newest news; the report went out that day or the
// morning after. One such tie can be chance (one in seven), so each tie is held against the others, the terms of the office holders
// whom the report names, and the years it mentions; what contradicts them is dropped, and where two weeks are left nothing is said.
#include <algorithm>
#include <array>
#include <map>

#include "demarche/times/grammar.h"
#include "demarche/times/report_words.h"
#include "demarche/times/resolve.h"
#include "demarche/times/rules.h"
#include "demarche/times/tense.h"
#include "demarche/times/values.h"
#include "demarche/times/words.h"

namespace demarche {
namespace {

using Form = Expression::Form;

// A dated phrase of the report.
struct Told {
  Expression expression;
  Span span;
  ClauseTense tense = ClauseTense::unknown;
  uint32_t sentence = 0;
};

// All that the inference looks at.
struct Reading {
  ReportWords report;
  std::vector<Told> told;
};

// A day of the report that one phrase allows.
struct Tie {
  size_t episode = 0;
  DayRange report;       // the report went out in these days
  Day anchor;            // the episode's day that the phrase names
  bool weekday = false;  // named by its weekday, in the past
  bool dated = false;    // named by day and month
  Span span;
};

Reading read(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees, const TimeLexicon& lexicon) {
  Reading r;
  for (uint32_t s = 0; s < sentences.size(); ++s) {
    const Sentence& sentence = sentences[s];
    const Words words(text, sentence.span, lexicon);
    if (!r.report.add(words)) break;
    const Tree* tree = s < trees.size() && !trees[s].nodes.empty() ? &trees[s] : nullptr;
    const std::vector<Expression> found = recognise(words);
    if (found.empty()) continue;
    const ClauseReader clauses(text, sentence, tree, words, is_title(sentences, s));
    for (const Expression& e : found) {
      Told t;
      t.expression = e;
      t.span = {words[e.first].span.begin, words[e.last - 1].span.end};
      const auto [first, last] = tokens_of(sentence, t.span);
      t.tense = clauses.tense_around(e, first, last);
      t.sentence = s;
      r.told.push_back(std::move(t));
    }
  }
  r.report.finish();
  return r;
}

// The weekday of a phrase that names one of the report's own week; -1 for others.
int plain_weekday(const Told& t) {
  const Expression& e = t.expression;
  if (e.form != Form::weekday || e.week_steps) return -1;
  return e.direction == Direction::none || e.direction == Direction::this_ ? e.weekday : -1;
}

// What one dated phrase says about the report's day, if its sentence tells of the episode.
void add_ties(const Told& t, const Episode& episode, size_t index, std::vector<Tie>& ties) {
  const Expression& e = t.expression;
  Tie tie;
  tie.episode = index;
  tie.span = t.span;
  if (const int wd = plain_weekday(t); wd >= 0) {
    if (t.tense == ClauseTense::future) {
      if (episode.series || weekday(episode.days.start) != wd) return;  // tests and votes are not told beforehand
      tie.anchor = episode.days.start;
      tie.report = {tie.anchor + -6, tie.anchor + -1};
      ties.push_back(tie);
      return;
    }
    for (Day day = episode.days.start; day <= episode.days.end && day - episode.days.start < 4; day = day + 1)
      if (weekday(day) == wd) {
        tie.anchor = day;
        tie.report = {day, day + 6};
        tie.weekday = true;
        ties.push_back(tie);
        return;
      }
    return;
  }
  if (e.form == Form::calendar && e.month && e.day && !e.year && !e.year_steps) {
    for (const Day day : {episode.days.start, episode.days.end}) {
      const YearMonthDay ymd = civil(day);
      if (ymd.month != e.month || ymd.day != e.day) continue;
      tie.anchor = day;
      tie.report = t.tense == ClauseTense::future ? DayRange{day + -180, day} : DayRange{day, day + 180};
      tie.dated = t.tense != ClauseTense::future;
      ties.push_back(tie);
      return;
    }
    return;
  }
  if (e.form == Form::period && e.unit == Unit::month && e.anchor == Anchor::report && e.position == Position::none &&
      !episode.series) {  // "the Olympics next month"
    const std::optional<Day> month = add_months(episode.days.start, -e.steps);
    if (!month) return;
    tie.anchor = episode.days.start;
    tie.report = month_of(civil(*month).year, civil(*month).month);
    ties.push_back(tie);
  }
}

std::vector<Tie> find_ties(const Reading& r, const EpisodeTable& table) {
  std::vector<Tie> ties;
  if (r.told.empty()) return ties;
  for (size_t index = 0; index < table.episodes().size(); ++index) {
    const Episode& episode = table.episodes()[index];
    if (!r.report.speaks_of(episode)) continue;
    for (const Told& t : r.told) {
      const size_t begin = r.report.sentence_begin[t.sentence], end = r.report.sentence_begin[t.sentence + 1];
      const auto& group = episode.groups.front();
      if (std::any_of(group.begin(), group.end(), [&](const Phrase& p) { return r.report.holds(begin, end, p); }))
        add_ties(t, episode, index, ties);
    }
  }
  return ties;
}

// Whether the office holders whom the report names allow that day: nobody's term lies wholly ahead, and of each country
// one of those named is in office.
bool tenures_allow(const std::vector<std::vector<const Tenure*>>& named, Day day) {
  std::map<std::string, bool> in_office;
  for (const std::vector<const Tenure*>& terms : named) {
    const auto begun = std::any_of(terms.begin(), terms.end(), [&](const Tenure* t) { return t->days.start <= day; });
    if (!begun) return false;
    bool& ok = in_office[terms.front()->id.substr(0, 3)];
    ok = ok || std::any_of(terms.begin(), terms.end(), [&](const Tenure* t) { return t->days.start <= day && day <= t->days.end + 1; });
  }
  return std::all_of(in_office.begin(), in_office.end(), [](const auto& entry) { return entry.second; });
}

// The terms of the office holders whom the report names without "former", one list a holder.
std::vector<std::vector<const Tenure*>> named_tenures(const Reading& r, const EpisodeTable& table) {
  std::map<std::string, std::vector<const Tenure*>> by_holder;
  for (const Tenure& tenure : table.tenures()) {
    bool named = false;
    std::string key;
    for (const Phrase& p : tenure.phrases) {
      for (const std::string& w : p.words) key += w + ' ';
      const int64_t at = r.report.find(p);
      if (at < 0) continue;
      bool former = false;
      for (int64_t back = 1; back <= 3 && back <= at; ++back) {
        const std::string_view before = r.report.words[static_cast<size_t>(at - back)];
        former = former || before == "former" || before == "then" || before == "late" || before == "ex" || before == "vice" ||
                 before == "predecessor";
      }
      named = named || !former;
    }
    if (named) by_holder[key].push_back(&tenure);
  }
  std::vector<std::vector<const Tenure*>> out;
  for (auto& [key, terms] : by_holder) out.push_back(std::move(terms));
  return out;
}

// Whether the years and full dates that the report tells as past lie before that day.
bool years_allow(const Reading& r, Day day) {
  for (const Told& t : r.told) {
    const Expression& e = t.expression;
    if (e.form != Form::calendar || !e.year || t.tense == ClauseTense::future) continue;
    const int year = civil(day).year;
    if (e.year > year + (t.tense == ClauseTense::past && e.month ? 0 : 1)) return false;
    if (e.month && e.day && t.tense == ClauseTense::past) {
      const std::optional<Day> told = make_day(e.year, e.month, e.day);
      if (told && *told > day + 1) return false;
    }
  }
  return true;
}

// Days from `anchor` to the newest weekday that the report tells as past: the weekdays are laid on the shortest arc of
// the week that holds them all.
int days_to_newest(const Reading& r, int anchor_weekday) {
  std::array<bool, 7> told{};
  told[static_cast<size_t>(anchor_weekday)] = true;
  for (const Told& t : r.told)
    if (const int wd = plain_weekday(t); wd >= 0 && t.tense != ClauseTense::future) told[static_cast<size_t>(wd)] = true;
  int best_gap = 0, newest = anchor_weekday;
  for (int wd = 0; wd < 7; ++wd) {
    if (!told[static_cast<size_t>(wd)]) continue;
    int gap = 1;
    while (gap < 7 && !told[static_cast<size_t>((wd + gap) % 7)]) ++gap;
    if (gap > best_gap) {
      best_gap = gap;
      newest = wd;
    }
  }
  return (newest - anchor_weekday + 7) % 7;
}

// A day and month that the report gives as its own: "today (July 4)", "TOKYO, July 4 (Agency)".
struct OwnDay {
  const Told* told = nullptr;
  int steps = 0;  // from the report's day
};

OwnDay own_day(const Reading& r, std::span<const Sentence> sentences) {
  for (const Told& t : r.told)
    if (t.expression.report_steps && t.expression.month && t.expression.day) return {&t, *t.expression.report_steps};
  for (const Told& t : r.told) {
    const Expression& e = t.expression;
    if (sentences[t.sentence].paragraph > 5) break;
    if (e.form != Form::calendar || !e.month || !e.day || e.first == 0 || e.first > 8) continue;
    const size_t begin = r.report.sentence_begin[t.sentence], end = r.report.sentence_begin[t.sentence + 1];
    if (begin + e.last >= end) continue;
    const std::string& before = r.report.words[begin + e.first - 1];
    const std::string& after = r.report.words[begin + e.last];
    if (before == "," && (after == "(" || after == "-" || after == ":")) return {&t, 0};
  }
  return {};
}

// The day that `own` is, its year found by what else the report tells; nothing when two years are possible.
std::optional<Day> date_own_day(const Reading& r, const OwnDay& own, const EpisodeTable& table,
                                const std::vector<std::vector<const Tenure*>>& named) {
  const Expression& e = own.told->expression;
  const auto day_in = [&](int year) -> std::optional<Day> {
    const std::optional<Day> told = make_day(year, e.month, e.day);
    return told ? std::optional<Day>(*told + -own.steps) : std::nullopt;
  };
  if (e.year) return day_in(e.year);
  std::array<bool, 7> told{};
  bool any_weekday = false;
  int latest_year = 0;
  for (const Told& t : r.told) {
    if (const int wd = plain_weekday(t); wd >= 0 && t.tense != ClauseTense::future) {
      told[static_cast<size_t>(wd)] = true;
      any_weekday = true;
    }
    if (t.expression.form == Form::calendar && t.expression.year && t.tense != ClauseTense::future && t.expression.year < 2100)
      latest_year = std::max(latest_year, t.expression.year);
  }
  std::vector<Day> proved, possible;
  for (int year = std::max(2000, latest_year); year <= 2035; ++year) {
    const std::optional<Day> day = day_in(year);
    if (!day || !tenures_allow(named, *day)) continue;
    if (any_weekday && !told[static_cast<size_t>(weekday(*day))] && !told[static_cast<size_t>((weekday(*day) + 6) % 7)]) continue;
    if (latest_year && year <= latest_year + 1) possible.push_back(*day);
    const bool proof = std::any_of(table.episodes().begin(), table.episodes().end(), [&](const Episode& episode) {
      if (episode.days.start > *day || *day - episode.days.end > 6) return false;
      return std::all_of(episode.groups.begin(), episode.groups.end(), [&](const auto& group) {
        return std::any_of(group.begin(), group.end(), [&](const Phrase& p) { return r.report.find(p) >= 0; });
      });
    });
    if (proof) proved.push_back(*day);
  }
  if (proved.size() == 1) return proved.front();
  if (proved.empty() && any_weekday && possible.size() == 1) return possible.front();
  return std::nullopt;
}

// The date in a web address that stands above the text, "https://example.org/2019/08/06/talks": the pasted page's own.
std::optional<Span> date_in_address(std::string_view text, std::optional<Day>& day) {
  constexpr size_t kTopLines = 4, kLongestAddress = 400, kDate = 10;  // "2019/08/06"
  size_t begin = 0;
  for (size_t line = 0; line < kTopLines && begin < text.size(); ++line) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view address = text.substr(begin, std::min(end - begin, kLongestAddress));
    if (address.starts_with("http://") || address.starts_with("https://"))
      for (size_t at = address.find('/', 8); at != std::string_view::npos && at + kDate < address.size(); at = address.find('/', at + 1)) {
        std::string told(address.substr(at + 1, kDate));
        if (told[4] != told[7] || (told[4] != '/' && told[4] != '-')) continue;
        if (at + 1 + kDate < address.size() && address[at + 1 + kDate] >= '0' && address[at + 1 + kDate] <= '9') continue;
        told[4] = told[7] = '-';
        day = parse_day(told);
        if (day && civil(*day).year >= 1990)
          return Span{static_cast<uint32_t>(begin + at + 1), static_cast<uint32_t>(begin + at + 1 + kDate)};
      }
    begin = end + 1;
  }
  day.reset();
  return std::nullopt;
}

}  // namespace

Published infer_published(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees, const TimeRules& rules) {
  std::optional<Day> told;
  if (const std::optional<Span> address = date_in_address(text, told)) {
    Published out;
    out.basis = DateBasis::inferred;
    out.evidence = address;
    out.date = told;
    return out;
  }
  const Reading r = read(text, sentences, trees, rules.lexicon);
  std::vector<Tie> ties = find_ties(r, rules.episodes);
  const std::vector<std::vector<const Tenure*>> named = named_tenures(r, rules.episodes);
  Published out;
  if (const OwnDay own = own_day(r, sentences); own.told) {
    if (const std::optional<Day> day = date_own_day(r, own, rules.episodes, named)) {
      out.basis = DateBasis::inferred;
      out.evidence = own.told->span;
      out.date = day;
      return out;
    }
  }
  std::erase_if(ties, [&](const Tie& t) {
    return !tenures_allow(named, t.weekday || t.dated ? t.anchor : t.report.start) || !years_allow(r, t.report.end);
  });
  // Weeks that the ties name, each with the ties that agree with it.
  const Tie* best = nullptr;
  size_t best_count = 0;
  bool rivals = false;
  for (const Tie& tie : ties) {
    if (!tie.weekday && !tie.dated) continue;
    std::vector<size_t> agreeing;
    for (const Tie& other : ties) {
      if (other.report.start > tie.report.end || other.report.end < tie.report.start) continue;
      if (std::find(agreeing.begin(), agreeing.end(), other.episode) == agreeing.end()) agreeing.push_back(other.episode);
    }
    if (agreeing.size() < 2 && (!tie.weekday || rules.episodes.episodes()[tie.episode].series)) continue;
    const size_t count = agreeing.size() * 2 + (tie.weekday ? 1 : 0);
    const bool same_week = best && tie.report.start <= best->report.end && best->report.start <= tie.report.end;
    if (!best || count > best_count) {
      if (best && !same_week && count < best_count + 2) rivals = true;
      if (best && !same_week && count >= best_count + 2) rivals = false;
      best = &tie;
      best_count = count;
    } else if (!same_week && count + 2 > best_count) {
      rivals = true;
    }
  }
  if (!best || rivals) return out;
  out.basis = DateBasis::inferred;
  out.evidence = best->span;
  if (!best->weekday) {  // the year is known, the day is not
    out.range = DayRange{best->anchor, best->anchor + 6};
    return out;
  }
  const Day newest = best->anchor + days_to_newest(r, weekday(best->anchor));
  // a report that says "yesterday" keeps weekdays for days before that
  const bool yesterday = std::any_of(r.told.begin(), r.told.end(), [](const Told& t) {
    return t.expression.form == Form::day && t.expression.anchor == Anchor::report && t.expression.steps == -1;
  });
  if (yesterday) {
    out.range = DayRange{best->anchor + 1, best->anchor + 6};
    return out;
  }
  out.range = DayRange{newest, newest + 1};
  out.date = newest + 1;
  return out;
}

}  // namespace demarche
