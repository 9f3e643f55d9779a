#include "demarche/times/times.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <tuple>

#include "demarche/times/anchors.h"
#include "demarche/times/grammar.h"
#include "demarche/times/pending.h"
#include "demarche/times/quotes.h"
#include "demarche/times/report_words.h"
#include "demarche/times/resolve.h"
#include "demarche/times/rules.h"
#include "demarche/times/stamps.h"
#include "demarche/times/tense.h"
#include "demarche/times/words.h"

namespace demarche {
namespace {

using Form = Expression::Form;

// Whether two neighbours are the ends of one stretch.
bool are_ends(const Words& w, const Expression& a, const Expression& b) {
  if (b.first != a.last + 1) return false;
  const auto dated = [](const Expression& e) {
    return e.form == Form::calendar || e.form == Form::weekday || e.form == Form::day || e.form == Form::period;
  };
  const bool clocks = a.form == Form::clock && b.has_clock() && b.form != Form::clock;
  if (!clocks && (!dated(a) || !dated(b))) return false;
  const std::string_view middle = w[a.last].form;
  const std::string_view before = a.first > 0 ? w[a.first - 1].form : std::string_view();
  if (middle == "and") return before == "between";
  if (middle == "-") return true;
  return (middle == "to" || middle == "until" || middle == "through" || middle == "till") &&
         (before == "from" || middle == "through" || b.rule == "date.range_end" || a.rule == "date.range_start");
}

// Reports tell the news of their own days; histories give year after year and hardly ever say "today".
bool is_narrative(const std::vector<Pending>& all, std::optional<Day> report) {
  size_t distant = 0, near = 0, deictic = 0;
  for (const Pending& p : all) {
    const Expression& e = p.expression;
    if (e.form == Form::calendar && e.year) ++(!report || std::abs(e.year - civil(*report).year) >= 2 ? distant : near);
    if ((e.form == Form::weekday || e.form == Form::day || e.form == Form::period) && e.anchor == Anchor::report) ++deictic;
  }
  return distant >= 5 && distant >= (report ? 4 : 2) * deictic && distant >= 2 * near;
}

// "between August and September 1914", "July 3 and July 5, 2017": the year told last holds for all.
void share_years(std::string_view text, std::vector<Pending>& all) {
  static constexpr std::array<std::string_view, 11> kJoints = {"and",    "or", "to",    "until", "through", "-",
                                                               "\u2013", ",",  ", and", "&",     "/"};
  for (size_t i = all.size(); i-- > 1;) {
    Expression& e = all[i - 1].expression;
    const Expression& next = all[i].expression;
    if (all[i].sentence != all[i - 1].sentence || e.form != Form::calendar || next.form != Form::calendar || !e.month || !next.month ||
        e.year || !next.year || e.year_steps || e.direction != Direction::none || e.weekday >= 0 || all[i].span.begin < all[i - 1].span.end)
      continue;
    std::string_view joint = text.substr(all[i - 1].span.end, all[i].span.begin - all[i - 1].span.end);
    while (!joint.empty() && joint.front() == ' ') joint.remove_prefix(1);
    while (!joint.empty() && joint.back() == ' ') joint.remove_suffix(1);
    if (std::find(kJoints.begin(), kJoints.end(), joint) == kJoints.end()) continue;
    if ((joint == "," || joint == ", and") && !e.day != !next.day) continue;
    e.year = e.month <= next.month ? next.year : next.year - 1;
  }
}

// "from 9 a.m. to 5 p.m. on Friday": both clocks are of the day told last.
void share_days(std::vector<Pending>& all) {
  for (size_t i = all.size(); i-- > 1;) {
    Expression& e = all[i - 1].expression;
    const Expression& next = all[i].expression;
    if (!all[i - 1].joins_next || e.form != Form::clock || next.form == Form::clock || !next.has_clock()) continue;
    Expression dated = next;
    std::tie(dated.first, dated.last, dated.skip) = std::tie(e.first, e.last, e.skip);
    std::tie(dated.hour, dated.minute, dated.second, dated.part) = std::tie(e.hour, e.minute, e.second, e.part);
    std::tie(dated.zulu, dated.rule, dated.confidence) = std::tie(e.zulu, e.rule, e.confidence);
    e = dated;
    all[i - 1].tense = all[i].tense;
  }
}

// Finds the expressions of one report and sets them on the calendar.
class TimeFinder {
 public:
  TimeFinder(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees, const TimeRules& rules)
      : text_(text), sentences_(sentences), trees_(trees), lexicon_(rules.lexicon), episodes_(rules.episodes) {}

  std::vector<TimeExpression> run(std::optional<Day> report, std::span<const DatedEntry> entries, std::vector<Diagnostic>& diagnostics) {
    report_ = report;
    entries_ = entries;
    for (uint32_t s = 0; s < sentences_.size(); ++s) recognise_in(s);
    drop_stamps(text_, report_, lexicon_, pending_);
    share_years(text_, pending_);
    share_days(pending_);
    resolve_all(diagnostics);
    anchor_all(diagnostics);
    drop_unplaced();
    order_weekdays();
    join_stretches();
    return std::move(out_);
  }

 private:
  const Tree* tree_of(uint32_t s) const { return s < trees_.size() && !trees_[s].nodes.empty() ? &trees_[s] : nullptr; }

  static constexpr uint32_t kLongestObject = 120;  // bytes of "the summit of the two leaders in Singapore" that are looked at

  // What stands where in one sentence.
  void recognise_in(uint32_t s) {
    const Sentence& sentence = sentences_[s];
    const Words words(text_, sentence.span, lexicon_);
    const std::vector<Expression> found = recognise(words);
    if (found.empty()) return;
    const ClauseReader clauses(text_, sentence, tree_of(s), words, is_title(sentences_, s));
    for (size_t i = 0; i < found.size(); ++i) {
      Pending p;
      p.expression = found[i];
      p.sentence = s;
      p.span = {words[found[i].first].span.begin, words[found[i].last - 1].span.end};
      if (p.expression.relation != Expression::Relation::none && p.expression.object < words.size())
        p.object = {words[p.expression.object].span.begin,
                    std::min(sentence.span.end, words[p.expression.object].span.begin + kLongestObject)};
      std::tie(p.first, p.last) = tokens_of(sentence, p.span);
      p.tense = clauses.tense_around(found[i], p.first, p.last);
      p.bounded = clauses.is_bound(found[i], p.first, p.last);
      p.aside = clauses.is_aside(found[i], p.first, p.last);
      p.joins_next = i + 1 < found.size() && are_ends(words, found[i], found[i + 1]);
      p.run_in = i == 0 && opens_entry(words, found[i], s);
      p.said = stands_by_saying(words, found[i].first, found[i].last);
      pending_.push_back(std::move(p));
    }
  }

  // "5 June. The embassy closes." and "5 June: the embassy closes": a date that opens its paragraph and stands apart from the rest.
  bool opens_entry(const Words& words, const Expression& e, uint32_t s) const {
    if (e.form != Form::calendar || !e.month || !e.day || e.first != 0 || (s > 0 && sentences_[s - 1].paragraph == sentences_[s].paragraph))
      return false;
    const bool alone = e.last == words.size() || (e.last + 1 == words.size() && words.is_mark(e.last));
    const bool goes_on = s + 1 < sentences_.size() && sentences_[s + 1].paragraph == sentences_[s].paragraph;
    return alone ? goes_on : words.is(e.last, ":");
  }

  // Sets each on the calendar in text order, since later ones lean on earlier ones.
  void resolve_all(std::vector<Diagnostic>& diagnostics) {
    const std::vector<QuotedBy> quoted = days_of_quotations(text_, sentences_, pending_);
    Resolver resolver(lexicon_, report_, is_narrative(pending_, report_));
    out_.reserve(pending_.size());
    uint32_t paragraph = UINT32_MAX;
    std::optional<Day> base = report_;  // what the paragraph begins with
    size_t entry = 0;
    for (size_t i = 0; i < pending_.size(); ++i) {
      const Pending& p = pending_[i];
      for (; entry < entries_.size() && entries_[entry].begin <= p.span.begin; ++entry) resolver.set_report(*(base = entries_[entry].day));
      if (sentences_[p.sentence].paragraph != paragraph) {
        paragraph = sentences_[p.sentence].paragraph;
        resolver.begin_paragraph();
        if (base) resolver.set_report(*base);
      }
      resolver.begin_sentence(p.sentence);
      TimeExpression t;
      t.span = p.span;
      t.sentence = SentenceId{p.sentence};
      t.first = p.first;
      t.last = p.last;
      t.rule = p.expression.rule;
      t.confidence = p.expression.confidence;
      const bool place = p.expression.form != Form::duration && p.expression.form != Form::set;
      t.bound_only = p.bounded && place && p.expression.form != Form::reference;
      if (const std::optional<Day> said = said_day(resolver, quoted, i)) {
        Resolver speaker(resolver);
        speaker.set_report(*said);
        speaker.resolve(p.expression, p.tense, p.bounded, t);
        t.future = t.interval && report_ && t.interval->start > *report_;
      } else {
        std::optional<Resolver> by_the_way;
        if (p.aside && resolver.keeps_day(p.expression)) by_the_way.emplace(resolver);
        Resolver& reader = by_the_way ? *by_the_way : resolver;
        reader.resolve(p.expression, p.tense, p.bounded, t);
        tell_doubt(reader.doubt(), t, diagnostics);
      }
      if (p.heading && t.interval && report_ && std::abs(t.interval->start - *report_) <= 10) {
        base = t.interval->start;
        resolver.set_report(*base);
      }
      if (p.run_in && t.interval) resolver.set_report(t.interval->start);
      out_.push_back(std::move(t));
    }
    last_.emplace(resolver);
  }

  // The day on which the words around pending expression i were spoken, if the text tells another than the report's.
  std::optional<Day> said_day(const Resolver& resolver, const std::vector<QuotedBy>& quoted, size_t i) const {
    constexpr int kLongestPast = 60;  // days; what was said before that is history told, not this report's speaker
    const auto found = std::partition_point(quoted.begin(), quoted.end(), [&](const QuotedBy& q) { return q.inside < i; });
    if (found == quoted.end() || found->inside != i || !report_) return std::nullopt;
    TimeExpression told;
    if (found->saying < i) {
      told = out_[found->saying];
    } else {
      const Pending& p = pending_[found->saying];
      Resolver(resolver).resolve(p.expression, p.tense == ClauseTense::future ? ClauseTense::unknown : p.tense, p.bounded, told);
    }
    if (!told.interval || told.interval->start != told.interval->end) return std::nullopt;
    const int back = *report_ - told.interval->start;
    return back > 0 && back <= kLongestPast ? std::optional<Day>(told.interval->start) : std::nullopt;
  }

  static bool short_enough(const TimeExpression& t) {
    constexpr int kLongestHappening = 3;  // days
    return t.interval && t.interval->end - t.interval->start < kLongestHappening &&
           (t.type == TimexType::date || t.type == TimexType::time);
  }

  // "responded the same day", with no day spoken of in its paragraph: it leans on a happening that was.
  bool wants_happening(size_t i) const {
    const Expression& e = pending_[i].expression;
    return e.form == Form::day && (e.direction == Direction::same || e.direction == Direction::that) &&
           e.relation == Expression::Relation::none && e.steps == 0 && report_ && !told_in_paragraph(i);
  }

  bool told_in_paragraph(size_t i) const {
    constexpr size_t kMostBack = 12;  // expressions
    const uint32_t paragraph = sentences_[pending_[i].sentence].paragraph;
    for (size_t k = i, back = 0; k-- > 0 && back < kMostBack && sentences_[pending_[k].sentence].paragraph == paragraph; ++back)
      if (out_[k].interval && out_[k].interval->start == out_[k].interval->end) return true;
    return false;
  }

  // Gives expressions that count from a happening ("two days after the summit") the day that the text tells for it.
  void anchor_all(std::vector<Diagnostic>& diagnostics) {
    bool any = false;
    for (size_t i = 0; i < out_.size() && !any; ++i) any = !pending_[i].object.empty() || wants_happening(i);
    if (!any) return;
    Happenings happenings(text_);
    for (size_t i = 0; i < out_.size(); ++i)
      if (short_enough(out_[i]) && !out_[i].bound_only && pending_[i].object.empty() && !wants_happening(i))
        happenings.learn(sentences_[pending_[i].sentence], pending_[i].sentence, tree_of(pending_[i].sentence), pending_[i].first,
                         pending_[i].last, *out_[i].interval);
    constexpr size_t kMostAsked = 300;  // of one report; real ones have fewer than twenty
    size_t asked = 0;
    for (size_t i = 0; i < out_.size() && asked < kMostAsked; ++i) {
      const bool counts = !pending_[i].object.empty();
      if (counts)
        anchor_one(i, happenings, diagnostics);
      else if (wants_happening(i))
        anchor_same_day(i, happenings);
      asked += counts || wants_happening(i);
    }
  }

  void anchor_one(size_t i, const Happenings& happenings, std::vector<Diagnostic>& diagnostics) {
    const Pending& p = pending_[i];
    if (p.expression.form == Form::duration && i > 0 &&
        beside_date(i)) {  // "on June 12, minutes before the committee voted": that day itself
      out_[i].interval = out_[i - 1].interval;
      out_[i].basis = TimeBasis::relative;
      out_[i].resolved_against = out_[i - 1].interval->start;
      out_[i].future = out_[i - 1].future;
      out_[i].rule = "duration.beside_date";
      return;
    }
    // A date in the same clause settles it: "a day after the truce took effect on June 20".
    Happenings::Found found;
    for (size_t k = i + 1; k < out_.size() && pending_[k].sentence == p.sentence && !found.days; ++k) {
      if (pending_[k].span.begin < p.object.begin) continue;
      const std::string_view between = text_.substr(p.object.begin, pending_[k].span.begin - p.object.begin);
      constexpr size_t kLongestClause = 90;
      if (between.size() > kLongestClause || between.find_first_of(",;:\n") != std::string_view::npos) break;
      if (short_enough(out_[k])) found.days = out_[k].interval;
    }
    if (!found.days) found = happenings.find(sentences_[p.sentence], p.sentence, tree_of(p.sentence), p.object);
    if (found.days) {
      TimeExpression anchored = out_[i];
      last_->anchor_to(p.expression, *found.days, anchored);
      if (p.tense == ClauseTense::future || !anchored.future) out_[i] = std::move(anchored);  // what is told as past cannot lie ahead
    } else if (const std::optional<DayRange> episode = episode_of(p)) {
      last_->anchor_to(p.expression, *episode, out_[i]);
    } else if (const std::optional<DayRange> news = day_of_news(p)) {
      last_->anchor_to(p.expression, *news, out_[i]);
      out_[i].confidence = 0.5f;
    } else if (found.rivals) {
      diagnostics.push_back(
          {"times.ambiguous_anchor", Severity::info,
           "The text gives several days to what \"" + std::string(text_of(text_, p.span)) + "\" counts from; none was taken.", p.span});
    }
  }

  // Whether expression i only says more of the day told just before it: "On September 13, two days after the ruling, he ...".
  bool beside_date(size_t i) const {
    const Pending &date = pending_[i - 1], &p = pending_[i];
    if (date.sentence != p.sentence || !short_enough(out_[i - 1]) || out_[i - 1].bound_only || p.expression.whole ||
        p.expression.lead != Expression::Lead::none)
      return false;
    std::string_view between = text_.substr(date.span.end, p.span.begin - date.span.end);
    while (!between.empty() && between.front() == ' ') between.remove_prefix(1);
    while (!between.empty() && between.back() == ' ') between.remove_suffix(1);
    return between == "," || between == "-" || between == "--" || between == "\u2014" || between == "\u2013" || between == "(";
  }

  // The nearest "the launch" before, in this sentence or the one or two before it, whose day the text tells.
  void anchor_same_day(size_t i, const Happenings& happenings) {
    const Pending& p = pending_[i];
    constexpr uint32_t kSentencesBack = 2;
    for (uint32_t back = 0; back <= kSentencesBack && back <= p.sentence; ++back) {
      const uint32_t s = p.sentence - back;
      const Sentence& sentence = sentences_[s];
      if (sentence.paragraph != sentences_[p.sentence].paragraph) return;
      constexpr size_t kMostTokens = 200;
      if (sentence.tokens.size() > kMostTokens) return;
      for (uint32_t t = back ? static_cast<uint32_t>(sentence.tokens.size()) : p.first; t-- > 0;) {
        const std::string_view word = text_of(text_, sentence.tokens[t].span);
        if (word != "the" && word != "The" && word != "that" && word != "this") continue;
        if (t + 1 >= sentence.tokens.size()) continue;
        const Happenings::Found found =
            happenings.find(sentence, s, tree_of(s), {sentence.tokens[t].span.begin, sentence.tokens[t + 1].span.end});
        if (!found.days || !found.earlier) continue;
        Expression e = p.expression;
        e.relation = Expression::Relation::on;
        last_->anchor_to(e, *found.days, out_[i]);
        out_[i].confidence = 0.6f;
        return;
      }
    }
  }

  // "two days after the Singapore summit": a public episode whose days are known.
  std::optional<DayRange> episode_of(const Pending& p) {
    if (!report_) return std::nullopt;
    if (!words_) words_ = read_words(text_, sentences_, lexicon_);
    return named_episode(episodes_, *words_, Words(text_, p.object, lexicon_), *report_);
  }

  // "a day before the clash", where no words tell when that was: the incident is the one that the report opens with, and has its day.
  std::optional<DayRange> day_of_news(const Pending& p) const {
    constexpr int kFreshNews = 7;     // days
    constexpr uint32_t kOpening = 3;  // paragraphs, the title counted
    const Words object(text_, p.object, lexicon_);
    if (!report_ || p.tense == ClauseTense::future || !any_article(object) || !object.match(1, WordClass::incident)) return std::nullopt;
    for (size_t i = 0; i < out_.size() && sentences_[pending_[i].sentence].paragraph < kOpening; ++i) {
      const TimeExpression& t = out_[i];
      if (!t.interval || t.bound_only || t.interval->start != t.interval->end || t.type == TimexType::duration) continue;
      const int back = *report_ - t.interval->start;
      return back >= 0 && back <= kFreshNews ? t.interval : std::nullopt;
    }
    return std::nullopt;
  }
  static bool any_article(const Words& object) { return object.is(0, "the") || object.is(0, "this") || object.is(0, "that"); }

  // "the eve of the vote" is a time only once the vote's day is known.
  void drop_unplaced() {
    size_t kept = 0;
    for (size_t i = 0; i < out_.size(); ++i) {
      if (pending_[i].expression.needs_object && !out_[i].resolved_against) continue;
      if (kept != i) {
        out_[kept] = std::move(out_[i]);
        pending_[kept] = std::move(pending_[i]);
      }
      ++kept;
    }
    out_.resize(kept);
    pending_.resize(kept);
  }

  // "will meet Tuesday and Wednesday", told on a Wednesday: the second lies behind the first.
  void order_weekdays() {
    for (size_t i = 0; i + 1 < out_.size(); ++i) {
      const TimeExpression& a = out_[i];
      TimeExpression& b = out_[i + 1];
      const Expression &first = pending_[i].expression, &second = pending_[i + 1].expression;
      if (first.form != Form::weekday || second.form != Form::weekday || second.direction != Direction::none || second.week_steps ||
          pending_[i].sentence != pending_[i + 1].sentence || !a.interval || !b.interval || !a.future ||
          a.interval->start <= b.interval->start)
        continue;
      const std::string_view between = text_.substr(a.span.end, b.span.begin - a.span.end);
      if (between != " and " && between != " or " && between != ", ") continue;
      b.interval = DayRange{b.interval->start + 7, b.interval->end + 7};
      b.value = to_string(b.interval->start) + b.value.substr(std::min<size_t>(10, b.value.size()));
      b.future = true;
    }
  }

  // The ends of one stretch both cover it.
  void join_stretches() {
    for (size_t i = 0; i + 1 < out_.size(); ++i) {
      TimeExpression &a = out_[i], &b = out_[i + 1];
      if (!pending_[i].joins_next || !a.interval || !b.interval) continue;
      if (a.interval->start > b.interval->end && pending_[i].expression.form == Form::weekday &&
          pending_[i + 1].expression.form == Form::weekday) {
        // "from Monday through Wednesday" on a Monday or Tuesday: the stretch goes on, or it lies behind
        TimeExpression& moved = pending_[i + 1].tense == ClauseTense::past && *a.resolved_against != a.interval->start ? a : b;
        const int step = &moved == &a ? -7 : 7;
        moved.interval = DayRange{moved.interval->start + step, moved.interval->end + step};
        moved.value = to_string(moved.interval->start) + moved.value.substr(std::min<size_t>(10, moved.value.size()));
        moved.future = report_ && moved.interval->start > *report_;
      }
      if (a.interval->start > b.interval->end) continue;
      const DayRange whole{a.interval->start, b.interval->end};
      a.interval = b.interval = whole;
      a.bound_only = b.bound_only = false;
    }
  }

  void tell_doubt(Doubt doubt, const TimeExpression& t, std::vector<Diagnostic>& diagnostics) {
    constexpr size_t kMostDoubts = 50;  // of one report: a hostile one could fill the record with them
    if (doubt == Doubt::none || doubts_ >= kMostDoubts) return;
    ++doubts_;
    const std::string told = "\"" + std::string(text_of(text_, t.span)) + "\"";
    if (doubt == Doubt::year)
      diagnostics.push_back({"times.ambiguous_year", Severity::info,
                             told + " has no year and its clause no tense; " + t.value.substr(0, 4) + " was assumed.", t.span});
    else if (doubt == Doubt::weekday)
      diagnostics.push_back(
          {"times.ambiguous_weekday", Severity::info, told + " stands in a clause without tense; the past one was assumed.", t.span});
    else if (doubt == Doubt::order)
      diagnostics.push_back(
          {"times.ambiguous_order", Severity::info, told + " may begin with the month or the day; the month was assumed.", t.span});
    else
      diagnostics.push_back(
          {"times.weekday_mismatch", Severity::warning, told + " names a weekday that its date is not; the date was taken.", t.span});
  }

  std::string_view text_;
  std::span<const Sentence> sentences_;
  std::span<const Tree> trees_;
  const TimeLexicon& lexicon_;
  const EpisodeTable& episodes_;
  std::optional<ReportWords> words_;  // made when first asked for
  std::optional<Day> report_;
  std::span<const DatedEntry> entries_;
  std::vector<Pending> pending_;
  std::vector<TimeExpression> out_;  // one for each of pending_
  size_t doubts_ = 0;                // told so far
  std::optional<Resolver> last_;     // as it stood at the end of the text
};

}  // namespace

void TimeRulesDeleter::operator()(const TimeRules* p) const { delete p; }

TimeRulesPtr load_time_rules(const std::filesystem::path& data_dir) {
  auto rules = std::make_unique<TimeRules>();
  rules->lexicon = TimeLexicon::load(data_dir);
  rules->episodes = EpisodeTable::load(data_dir);
  return TimeRulesPtr(rules.release());
}

std::vector<TimeExpression> find_times(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees,
                                       const Published& published, const TimeRules& rules, std::vector<Diagnostic>& diagnostics,
                                       std::span<const DatedEntry> entries) {
  std::optional<Day> report = published.date;
  // Some days leave a weekday its week; a month does not.
  if (!report && published.range && published.range->end - published.range->start <= 6) report = published.range->start;
  return TimeFinder(text, sentences, trees, rules).run(report, entries, diagnostics);
}

}  // namespace demarche
