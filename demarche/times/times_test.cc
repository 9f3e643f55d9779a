#include "demarche/times/times.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include "demarche/core/table.h"
#include "demarche/times/lexicon.h"
#include "demarche/times/values.h"

namespace demarche {
namespace {

const std::filesystem::path kData = std::filesystem::path(DEMARCHE_SOURCE_DIR) / "data";

// Tokens at white space, sentences at full stops before a capital: enough for these texts, and no other stage is needed.
std::vector<Sentence> cut(std::string_view text) {
  std::vector<Sentence> out;
  Sentence sentence;
  const auto close = [&](size_t end) {
    if (!sentence.tokens.empty()) {
      sentence.span = {sentence.tokens.front().span.begin, static_cast<uint32_t>(end)};
      out.push_back(sentence);
    }
    sentence = Sentence();
  };
  for (size_t at = 0; at < text.size();) {
    if (text[at] == ' ' || text[at] == '\n') {
      ++at;
      continue;
    }
    size_t end = at;
    while (end < text.size() && text[end] != ' ' && text[end] != '\n') ++end;
    sentence.tokens.push_back({{static_cast<uint32_t>(at), static_cast<uint32_t>(end)}});
    const bool stop = text[end - 1] == '.' && end - at > 5 && end + 1 < text.size() && text[end + 1] >= 'A' && text[end + 1] <= 'Z';
    if (stop) close(end);
    at = end;
  }
  close(text.size());
  return out;
}

const TimeRules& rules() {
  static const TimeRulesPtr loaded = load_time_rules(kData);
  return *loaded;
}

std::vector<TimeExpression> times_of(std::string_view text, std::optional<Day> report) {
  Published published;
  published.date = report;
  std::vector<Diagnostic> diagnostics;
  return find_times(text, cut(text), {}, published, rules(), diagnostics);
}

std::string type_name(TimexType type) {
  switch (type) {
    case TimexType::date:
      return "DATE";
    case TimexType::time:
      return "TIME";
    case TimexType::duration:
      return "DURATION";
    case TimexType::set:
      return "SET";
  }
  return "";
}

// One expression in the notation of cases/expressions.tsv, with only those of its optional parts that `like` has.
std::string printed(std::string_view text, const TimeExpression& t, std::string_view like) {
  std::string out = std::string(text_of(text, t.span)) + " " + type_name(t.type) + " " + t.value;
  if (like.find('[') != std::string_view::npos)
    out += t.interval ? " [" + to_string(t.interval->start) + ".." + to_string(t.interval->end) + "]" : " []";
  if (like.find(" bound") != std::string_view::npos) out += t.bound_only ? " bound" : " unbound";
  if (like.ends_with(" future")) out += t.future ? " future" : " past";
  return out;
}

TEST(Times, Expressions) {
  const Table table =
      Table::load(std::filesystem::path(DEMARCHE_SOURCE_DIR) / "demarche/times/cases/expressions.tsv", {"report", "sentence", "expected"});
  size_t expressions = 0;
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string_view sentence = table.cell(row, 1);
    const std::vector<TimeExpression> found = times_of(sentence, parse_day(table.cell(row, 0)));
    const std::vector<std::string_view> expected =
        table.cell(row, 2) == "-" ? std::vector<std::string_view>() : split_list(table.cell(row, 2));
    std::string want, got;
    for (const std::string_view e : expected) want += std::string(e) + "; ";
    for (size_t i = 0; i < found.size(); ++i) got += printed(sentence, found[i], i < expected.size() ? expected[i] : "") + "; ";
    EXPECT_EQ(want, got) << table.cell(row, 0) << " " << sentence;
    expressions += expected.size();
  }
  EXPECT_GE(expressions, 200u);
}

TEST(Times, IsoWeeksAtTheTurnOfTheYear) {
  EXPECT_EQ(iso_week(*make_day(2016, 1, 3)).week, 53);
  EXPECT_EQ(iso_week(*make_day(2016, 1, 3)).year, 2015);
  EXPECT_EQ(iso_week(*make_day(2018, 12, 31)).week, 1);
  EXPECT_EQ(iso_week(*make_day(2018, 12, 31)).year, 2019);
  EXPECT_EQ(iso_week(*make_day(2017, 7, 5)).week, 27);
}

TEST(Times, Easter) {
  EXPECT_EQ(to_string(easter(2000)), "2000-04-23");
  EXPECT_EQ(to_string(easter(2016)), "2016-03-27");
  EXPECT_EQ(to_string(easter(2019)), "2019-04-21");
  EXPECT_EQ(to_string(easter(2024)), "2024-03-31");
}

TEST(Times, AddMonthsKeepsToTheCalendar) {
  EXPECT_EQ(to_string(*add_months(*make_day(2016, 3, 31), -1)), "2016-02-29");
  EXPECT_EQ(to_string(*add_months(*make_day(2016, 12, 31), 2)), "2017-02-28");
  EXPECT_FALSE(add_months(*make_day(1, 1, 1), -1).has_value());
  EXPECT_FALSE(add_months(*make_day(9998, 12, 1), 1).has_value());
}

// Whatever words come together: spans in order and inside the text, tokens inside the sentence, intervals the right way round.
TEST(Times, HoldsOnRandomWords) {
  const Table words = Table::load(kData / "en" / "times.tsv", {"id", "class", "value", "words", "example"});
  std::vector<std::string> pool = {"the", "a", "2017", "4",  "31", "1,000", "99999",   "0",     "'99",        "-",          ",", "(", ")",
                                   "'s",  ":", "of",   "on", "to", "and",   "Hwasong", "12:30", "2017-02-30", "13/13/2013", "°", "“"};
  for (size_t row = 0; row < words.size(); ++row)
    for (const std::string_view word : split_list(words.cell(row, 3))) {
      pool.emplace_back(word);
      pool.emplace_back(word);
      if (pool.back()[0] >= 'a' && pool.back()[0] <= 'z') pool.back()[0] = static_cast<char>(pool.back()[0] - 'a' + 'A');
    }
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int n = 0; n < 24; ++n) text += pool[random() % pool.size()] + (random() % 7 ? " " : "");
    const std::vector<Sentence> sentences = cut(text);
    const std::optional<Day> report = random() % 4 ? std::optional<Day>(Day{static_cast<int32_t>(random() % 30000)}) : std::nullopt;
    Published published;
    published.date = report;
    std::vector<Diagnostic> diagnostics;
    uint32_t end = 0;
    for (const TimeExpression& t : find_times(text, sentences, {}, published, rules(), diagnostics)) {
      ASSERT_LE(end, t.span.begin) << text;
      ASSERT_LT(t.span.begin, t.span.end) << text;
      ASSERT_LE(t.span.end, text.size()) << text;
      ASSERT_LT(t.sentence.index, sentences.size()) << text;
      ASSERT_TRUE(sentences[t.sentence.index].span.contains(t.span)) << text;
      ASSERT_LT(t.first, t.last) << text;
      ASSERT_LE(t.last, sentences[t.sentence.index].tokens.size()) << text;
      ASSERT_FALSE(t.value.empty()) << text;
      ASSERT_FALSE(t.rule.empty()) << text;
      ASSERT_GT(t.confidence, 0) << text;
      ASSERT_TRUE(!t.interval || t.interval->start <= t.interval->end) << text << " " << t.value;
      end = t.span.end;
    }
  }
}

// What is not linear in these runs into the test's time limit.
TEST(Times, BoundedOnOneEndlessSentence) {
  for (const std::string unit :
       {"Tuesday ", "July 4, ", "the ", "about ", "two days later and ", "1 2 3 4 ", "- 1 - ", "year ", "\n", "and 5 ", "resolution 1718, ",
        "7", "a day before the clash ", "two days after the trump summit in singapore; ", "\"yesterday\" said on Monday ",
        "the same day the launch "}) {
    std::string text;
    while (text.size() < 500'000) text += unit;
    Published published;
    published.date = make_day(2017, 7, 5);
    std::vector<Diagnostic> diagnostics;
    std::vector<Sentence> one(1);
    one[0].span = {0, static_cast<uint32_t>(text.size())};
    for (uint32_t at = 0; at + 8 < text.size(); at += 8) one[0].tokens.push_back({{at, at + 8}});
    EXPECT_LE(find_times(text, one, {}, published, rules(), diagnostics).size(), text.size()) << unit;
    (void)infer_published(text, one, {}, rules());
  }
}

// The same with a tree: a chain of nouns as deep as the sentence is long.
TEST(Times, BoundedOnADeepTree) {
  std::string text;
  while (text.size() < 1'200'000) text += "by Tuesday ";
  std::vector<Sentence> one = cut(text);
  ASSERT_EQ(one.size(), 1u);
  std::vector<Tree> tree(1);
  for (size_t i = 0; i < one[0].tokens.size(); ++i) {
    Node node;
    node.upos = Upos::NOUN;
    node.head = static_cast<int32_t>(i) - 1;
    tree[0].nodes.push_back(node);
  }
  Published published;
  published.date = make_day(2017, 7, 5);
  std::vector<Diagnostic> diagnostics;
  EXPECT_GT(find_times(text, one, tree, published, rules(), diagnostics).size(), 100'000u);
  (void)infer_published(text, one, tree, rules());
}

// ---- data files ----------------------------------------------------------------------------------------------------

// A copy of data/en in which one file has other contents.
class BrokenData {
 public:
  BrokenData(const std::string& file, const std::string& contents)
      : dir_(std::filesystem::temp_directory_path() / ("demarche-times-" + std::to_string(std::random_device()()))) {
    std::filesystem::create_directories(dir_ / "en");
    for (const char* name : {"times.tsv", "feasts.tsv", "episodes.tsv", "tenures.tsv"})
      std::filesystem::copy_file(kData / "en" / name, dir_ / "en" / name);
    std::ofstream(dir_ / "en" / file) << contents;
  }
  ~BrokenData() { std::filesystem::remove_all(dir_); }
  std::string error() const {
    try {
      (void)load_time_rules(dir_);
    } catch (const Error& e) {
      return e.what();
    }
    return "";
  }

 private:
  std::filesystem::path dir_;
};

TEST(TimesData, BrokenRowsStopTheStart) {
  const std::string times = "id\tclass\tvalue\twords\texample\n", feasts = "id\trule\twords\texample\n",
                    episodes = "id\tstart\tend\twords\tsource\n", tenures = "id\tstart\tend\twords\n";
  const auto expect = [](const std::string& file, const std::string& contents, const std::string& part) {
    const std::string error = BrokenData(file, contents).error();
    EXPECT_NE(error.find(part), std::string::npos) << error;
    EXPECT_NE(error.find(file + ":2:"), std::string::npos) << error;
    EXPECT_NE(error.find('^'), std::string::npos) << error;
  };
  expect("times.tsv", times + "month.01\tmoon\t1\tjanuary\t-\n", "unknown class");
  expect("times.tsv", times + "month.01\tmonth\t13\tjanuary\t-\n", "from 1 to 12");
  expect("times.tsv", times + "month.01\tmonth\t1\tJanuary\t-\n", "lower case");
  expect("times.tsv", times + "month.01\tmonth\t1\t\t-\n", "no words");
  expect("feasts.tsv", feasts + "feast.x\t13-45\tx day\t-\n", "no rule of a feast");
  expect("episodes.tsv", episodes + "e\t2017-02-30\t2017-03-01\ta & b\ts\n", "no day");
  expect("episodes.tsv", episodes + "e\t2017-03-02\t2017-03-01\ta & b\ts\n", "ends before");
  expect("episodes.tsv", episodes + "e\t2017-03-01\t2017-03-01\ta\ts\n", "two groups");
  expect("tenures.tsv", tenures + "t\t2017-03-01\t2018-03-01\tPresident X\n", "lower case");
}

TEST(TimesData, EpisodesAreDatedAndSourced) {
  const Table table = Table::load(kData / "en" / "episodes.tsv", {"id", "start", "end", "words", "source"});
  EXPECT_GE(table.size(), 250u);
  for (size_t row = 0; row < table.size(); ++row) {
    EXPECT_TRUE(table.cell(row, 0).starts_with(table.cell(row, 1))) << table.cell(row, 0);
    EXPECT_FALSE(table.cell(row, 4).empty()) << table.cell(row, 0);
  }
}

// ---- the day of a report that does not tell it -----------------------------------------------------------------------

std::string inferred(std::string_view text) {
  const Published p = infer_published(text, cut(text), {}, rules());
  if (p.basis == DateBasis::unknown) return "unknown";
  EXPECT_EQ(p.basis, DateBasis::inferred);
  EXPECT_TRUE(p.evidence && p.evidence->end <= text.size());
  return (p.date ? to_string(*p.date) : std::string("-")) +
         (p.range ? " " + to_string(p.range->start) + ".." + to_string(p.range->end) : "");
}

TEST(InferPublished, ByNamedEpisodesAndWeekdays) {
  // the first intercontinental missile was fired on Tuesday, 4 July 2017; the summit in Hamburg began on the Friday
  EXPECT_EQ(
      inferred(
          "North Korea fired an intercontinental ballistic missile on Tuesday, before the G20 summit that starts on Friday in Germany."),
      "2017-07-05 2017-07-04..2017-07-05");
  // Thursday is the newest day told
  EXPECT_EQ(inferred("Turkish forces shot down a Russian warplane on Tuesday. Ankara and Moscow traded blame over the jet on Wednesday, "
                     "and envoys met on Thursday."),
            "2015-11-27 2015-11-26..2015-11-27");
  // a day before the episode's does not count as the newest
  EXPECT_EQ(inferred("Troops were seen on Monday. Indian warplanes bombed a camp at Balakot in Pakistan on Tuesday, and India called the "
                     "airstrike a success."),
            "2019-02-27 2019-02-26..2019-02-27");
  EXPECT_EQ(inferred("Iraqi troops entered Kirkuk on Monday and Kurdish Peshmerga left their posts. Baghdad said on Tuesday that it had retaken the oil fields."),
            "2017-10-18 2017-10-17..2017-10-18");
  EXPECT_EQ(inferred("Ethiopia's government and the rebels of Tigray agreed in Pretoria on Wednesday to end hostilities. The South African hosts spoke on Thursday of a chance for peace."),
            "2022-11-04 2022-11-03..2022-11-04");
  EXPECT_EQ(inferred("The drill Joint Sword-2024B around Taiwan was over on Monday."), "2024-10-15 2024-10-14..2024-10-15");
}

TEST(InferPublished, ByTheReportsOwnDay) {
  EXPECT_EQ(inferred("The cabinet met this morning (July 12, 2016)."), "2016-07-12");
  EXPECT_EQ(inferred("KYIV, July 24 (Agency) - Moscow conceded on Sunday that missiles of its own had struck the port of Odesa, where "
                     "Ukrainian grain is "
                     "shipped under the deal made with Turkey."),
            "2022-07-24");
}

TEST(InferPublished, ByTheAddressAboveTheText) {
  EXPECT_EQ(inferred("https://example.org/world/2016/07/12/talks-resume/\nTalks resume in Strelsau\nThe envoys met on Monday."), "2016-07-12");
  EXPECT_EQ(inferred("https://example.org/2016-07-12-talks\nThe envoys met on Monday."), "2016-07-12");
  EXPECT_EQ(inferred("https://example.org/2016/13/12/talks\nThe envoys met on Monday."), "unknown");
  EXPECT_EQ(inferred("https://example.org/2016/07/123/talks\nThe envoys met on Monday."), "unknown");
  EXPECT_EQ(inferred("The envoys met on Monday, see https://example.org/2016/07/12/talks"), "unknown");
}

TEST(InferPublished, UnknownRatherThanWrong) {
  EXPECT_EQ(inferred(""), "unknown");
  EXPECT_EQ(inferred("Ruritania fired a missile on Tuesday."), "unknown");
  // one test of many, and nothing else to hold on to
  EXPECT_EQ(inferred("North Korea fired a short-range missile on Friday."), "unknown");
  // the weekday is not that of the episode: the report looks back
  EXPECT_EQ(inferred("A court on Thursday heard how a Russian warplane was shot down by Turkish jets."), "unknown");
  // the years that the report tells lie later
  EXPECT_EQ(inferred("Turkish jets shot down a Russian warplane on Tuesday in the film. It was made in 2019."), "unknown");
  // an office holder who came later
  EXPECT_EQ(inferred("President Joe Biden recalled on Tuesday how Turkish jets shot down a Russian warplane."), "unknown");
}

TEST(Times, EntriesOfALivePageHaveTheirOwnDays) {
  const std::string text =
      "Talks at the lake: live\n\nThe delegations left on Tuesday and will meet again tomorrow.\n\nThe second round began an hour late on Sunday.\n\n"
      "The ministers arrived yesterday.";
  const auto at = [&](const char* words) { return static_cast<uint32_t>(text.find(words)); };
  // Published on Friday 5 March 2021; entries of Wednesday 10, Monday 8 and Friday 5 March.
  const std::vector<DatedEntry> entries = {{at("The delegations"), *make_day(2021, 3, 10), ""}, {at("The second"), *make_day(2021, 3, 8), ""}, {at("The ministers"), *make_day(2021, 3, 5), ""}};
  Published published;
  published.date = make_day(2021, 3, 5);
  std::vector<Diagnostic> diagnostics;
  std::vector<std::string> days;
  for (const TimeExpression& t : find_times(text, cut(text), {}, published, rules(), diagnostics, entries))
    if (t.interval) days.push_back(std::string(text_of(text, t.span)) + " " + to_string(t.interval->start));
  const std::vector<std::string> wanted = {"Tuesday 2021-03-09", "tomorrow 2021-03-11", "Sunday 2021-03-07", "yesterday 2021-03-04"};
  for (const std::string& one : wanted) EXPECT_TRUE(std::any_of(days.begin(), days.end(), [&](const std::string& d) { return d.ends_with(one); })) << one << ", last found: " << (days.empty() ? "" : days.back());
}

}  // namespace
}  // namespace demarche
