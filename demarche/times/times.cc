#include "demarche/times/times.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "demarche/times/grammar.h"
#include "demarche/times/resolve.h"
#include "demarche/times/rules.h"
#include "demarche/times/tense.h"
#include "demarche/times/words.h"

namespace demarche {
namespace {

// A recognised expression that waits for its day.
struct Pending {
  Expression expression;
  Span span;
  uint32_t sentence = 0, first = 0, last = 0;
  Tense tense = Tense::unknown;
  bool bounded = false;
  bool heading = false;     // a line by itself: the date of what follows
  bool joins_next = false;  // "between A and B", "from A to B", "July 4-6"
};

// Whether two neighbours are the ends of one stretch.
bool are_ends(const Words& w, const Expression& a, const Expression& b) {
  if (b.first != a.last + 1) return false;
  using Form = Expression::Form;
  const auto dated = [](const Expression& e) {
    return e.form == Form::calendar || e.form == Form::weekday || e.form == Form::day || e.form == Form::period;
  };
  if (!dated(a) || !dated(b)) return false;
  const std::string_view middle = w[a.last].form;
  const std::string_view before = a.first > 0 ? w[a.first - 1].form : std::string_view();
  if (middle == "and") return before == "between";
  if (middle == "-") return true;
  return (middle == "to" || middle == "until" || middle == "through" || middle == "till") &&
         (before == "from" || middle == "through" || b.rule == "date.range_end" || a.rule == "date.range_start");
}

// Reports tell the news of their own days; histories give year after year and hardly ever say "today".
bool is_narrative(const std::vector<Pending>& all, std::optional<Day> report) {
  using Form = Expression::Form;
  size_t distant = 0, near = 0, deictic = 0;
  for (const Pending& p : all) {
    const Expression& e = p.expression;
    if (e.form == Form::calendar && e.year) ++(!report || std::abs(e.year - civil(*report).year) >= 2 ? distant : near);
    if ((e.form == Form::weekday || e.form == Form::day || e.form == Form::period) && e.anchor == Anchor::report) ++deictic;
  }
  return distant >= 5 && distant >= (report ? 4 : 2) * deictic && distant >= 2 * near;
}

// Lines that hold nothing but a date and words like "Updated": when the page was published, not what it tells.
// Removes their expressions; the first gives the report's day when nobody else does.
void drop_stamps(std::string_view text, std::optional<Day>& report, const TimeLexicon& lexicon, std::vector<Pending>& all) {
  constexpr size_t kLongestStamp = 160;
  size_t kept = 0;
  for (size_t i = 0; i < all.size();) {
    const size_t newline = text.substr(0, all[i].span.begin).find_last_of('\n');
    const uint32_t line_begin = newline == std::string_view::npos ? 0 : static_cast<uint32_t>(newline + 1);
    const uint32_t line_end = static_cast<uint32_t>(std::min(text.find('\n', all[i].span.begin), text.size()));
    size_t j = i;
    while (j < all.size() && all[j].span.begin < line_end) ++j;
    bool stamp = line_end - line_begin <= kLongestStamp;
    bool near = false, marked = false;
    for (size_t k = i; k < j && stamp; ++k) {
      const Expression& e = all[k].expression;
      if (e.has_clock()) marked = true;
      if (report && e.year && e.month && e.day) {
        const std::optional<Day> day = make_day(e.year, e.month, e.day);
        near = near || (day && std::abs(*day - *report) <= 3);
      }
    }
    if (stamp) {
      const Words line(text, {line_begin, line_end}, lexicon);
      for (size_t w = 0; w < line.size() && stamp; ++w) {
        const bool covered = std::any_of(all.begin() + static_cast<std::ptrdiff_t>(i), all.begin() + static_cast<std::ptrdiff_t>(j),
                                         [&](const Pending& p) { return p.span.contains(line[w].span); });
        if (covered || line[w].kind != Word::Kind::letters) continue;
        const bool word = line.match(w, WordClass::stamp) != nullptr;
        marked = marked || word;
        stamp = word || line.match(w, WordClass::zone) || line.match(w, WordClass::weekday) || line.match(w, WordClass::month);
      }
      stamp = stamp && (near || marked);
      for (size_t k = i; k < j && stamp && !report; ++k) {
        const Expression& e = all[k].expression;
        if (e.year && e.month && e.day) report = make_day(e.year, e.month, e.day);
      }
    }
    // a year-less date alone on its line, close to the report's day, heads an entry
    if (!stamp && report && j == i + 1 && line_end - line_begin <= kLongestStamp && all[i].expression.form == Expression::Form::calendar &&
        all[i].expression.day && !all[i].expression.year) {
      const Span line{line_begin, line_end};
      uint32_t others = 0;
      for (uint32_t k = line.begin; k < line.end; ++k)
        others += (k < all[i].span.begin || k >= all[i].span.end) && text[k] != ' ' && text[k] != ':' && text[k] != '\r';
      all[i].heading = others == 0;
    }
    for (; i < j; ++i)
      if (!stamp) {
        if (kept != i) all[kept] = std::move(all[i]);
        ++kept;
      }
  }
  all.resize(kept);
}

}  // namespace

void TimeRulesDeleter::operator()(const TimeRules* p) const { delete p; }

TimeRulesPtr load_time_rules(const std::filesystem::path& data_dir) {
  auto rules = std::make_unique<TimeRules>();
  rules->lexicon = TimeLexicon::load(data_dir);
  rules->episodes = EpisodeTable::load(data_dir);
  return TimeRulesPtr(rules.release());
}

std::vector<TimeExpression> find_times(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees,
                                       const Published& published, const TimeRules& rules, std::vector<Diagnostic>& diagnostics) {
  std::optional<Day> report = published.date;
  // Some days leave a weekday its week; a month does not.
  if (!report && published.range && published.range->end - published.range->start <= 6) report = published.range->start;
  // What stands where.
  std::vector<Pending> pending;
  for (uint32_t s = 0; s < sentences.size(); ++s) {
    const Sentence& sentence = sentences[s];
    const Tree* tree = s < trees.size() && !trees[s].nodes.empty() ? &trees[s] : nullptr;
    const Words words(text, sentence.span, rules.lexicon);
    const std::vector<Expression> found = recognise(words);
    if (found.empty()) continue;
    const ClauseReader clauses(text, sentence, tree, words, is_title(sentences, s));
    for (size_t i = 0; i < found.size(); ++i) {
      Pending p;
      p.expression = found[i];
      p.sentence = s;
      p.span = {words[found[i].first].span.begin, words[found[i].last - 1].span.end};
      std::tie(p.first, p.last) = tokens_of(sentence, p.span);
      p.tense = clauses.tense_around(found[i], p.first, p.last);
      p.bounded = clauses.is_bound(found[i], p.first, p.last);
      p.joins_next = i + 1 < found.size() && are_ends(words, found[i], found[i + 1]);
      pending.push_back(std::move(p));
    }
  }
  drop_stamps(text, report, rules.lexicon, pending);
  // From here on every expression is known; each is set on the calendar in text order, since later ones lean on earlier ones.
  Resolver resolver(rules.lexicon, report, is_narrative(pending, report));
  std::vector<TimeExpression> out;
  out.reserve(pending.size());
  uint32_t paragraph = UINT32_MAX;
  for (const Pending& p : pending) {
    if (sentences[p.sentence].paragraph != paragraph) {
      paragraph = sentences[p.sentence].paragraph;
      resolver.begin_paragraph();
    }
    resolver.begin_sentence(p.sentence);
    TimeExpression t;
    t.span = p.span;
    t.sentence = SentenceId{p.sentence};
    t.first = p.first;
    t.last = p.last;
    t.rule = p.expression.rule;
    t.confidence = p.expression.confidence;
    const bool place = p.expression.form != Expression::Form::duration && p.expression.form != Expression::Form::set;
    t.bound_only = p.bounded && place && p.expression.form != Expression::Form::reference;
    resolver.resolve(p.expression, p.tense, p.bounded, t);
    if (p.heading && t.interval && report && std::abs(t.interval->start - *report) <= 10) resolver.set_report(t.interval->start);
    out.push_back(std::move(t));
  }
  // The ends of one stretch both cover it.
  for (size_t i = 0; i + 1 < out.size(); ++i) {
    if (!pending[i].joins_next || !out[i].interval || !out[i + 1].interval || out[i].interval->start > out[i + 1].interval->end) continue;
    const DayRange whole{out[i].interval->start, out[i + 1].interval->end};
    out[i].interval = out[i + 1].interval = whole;
    out[i].bound_only = out[i + 1].bound_only = false;
  }
  (void)diagnostics;
  return out;
}

}  // namespace demarche
