// Terms on hand-made values; what the stage makes of real trees is in cases/ and tests/rows_test.cc.
#include "demarche/commitments/commitments.h"

#include <gtest/gtest.h>

#include "demarche/commitments/terms.h"

namespace demarche {
namespace {

const std::filesystem::path kData = std::filesystem::path(DEMARCHE_SOURCE_DIR) / "data";

// Words parted by blanks, all hanging on the first; no names.
struct Words {
  std::string text;
  Sentence sentence;
  Tree tree;
  Names names;
  std::vector<TimeExpression> times;

  explicit Words(std::string_view words) : text(words) {
    for (size_t at = 0; at < words.size();) {
      const size_t end = std::min(words.find(' ', at), words.size());
      sentence.tokens.push_back({{static_cast<uint32_t>(at), static_cast<uint32_t>(end)}});
      Node node;
      node.head = tree.nodes.empty() ? -1 : 0;
      node.lemma = words.substr(at, end - at);
      tree.nodes.push_back(node);
      at = end + 1;
    }
    sentence.span = {0, static_cast<uint32_t>(text.size())};
  }
  // Tokens [first, last) as a time.
  void time(uint32_t first, uint32_t last, TimexType type, std::string value, std::optional<DayRange> days) {
    TimeExpression t;
    t.span = token_span(sentence, first, last);
    t.sentence = SentenceId{0};
    t.first = first;
    t.last = last;
    t.type = type;
    t.value = std::move(value);
    t.interval = days;
    t.basis = TimeBasis::relative;
    times.push_back(t);
  }
  std::string due(bool bare = false, bool bare_term = false) const {
    const TreeIndex index(tree);
    const SentenceView view{text, SentenceId{0}, sentence, tree, index, names};
    DueSearch search;
    search.times = times;
    search.where = {0, view.size()};
    search.bare = bare;
    search.bare_term = bare_term;
    search.base = search.term_base = make_day(2017, 12, 23);
    const auto found = due_of(view, search);
    return found ? to_string(found->days.start) + (found->days.start == found->days.end ? "" : ".." + to_string(found->days.end)) : "-";
  }
};

DayRange day(int y, int m, int d) { return {*make_day(y, m, d), *make_day(y, m, d)}; }

TEST(Due, LengthsOfTimeRunFromTheirDay) {
  Words months("send them home within 24 months");
  months.time(4, 6, TimexType::duration, "P24M", std::nullopt);
  EXPECT_EQ(months.due(), "2019-12-23");
  Words hours("gave them 48 hours");
  hours.time(2, 4, TimexType::duration, "PT48H", std::nullopt);
  EXPECT_EQ(hours.due(), "-");
  EXPECT_EQ(hours.due(false, true), "2017-12-25");
  Words vague("within weeks");
  vague.time(1, 2, TimexType::duration, "PXW", std::nullopt);
  EXPECT_EQ(vague.due(), "-");
  Words leap("within two months");  // 31 December + 2 months has no day 31
  leap.time(1, 3, TimexType::duration, "P2M", std::nullopt);
  EXPECT_EQ(leap.due(), "2018-02-23");
}

TEST(Due, LimitsAndBareDays) {
  Words by("withdraw by Friday");
  by.time(2, 3, TimexType::date, "2017-12-29", day(2017, 12, 29));
  EXPECT_EQ(by.due(), "2017-12-29");
  Words on("meet on Friday");
  on.time(2, 3, TimexType::date, "2017-12-29", day(2017, 12, 29));
  EXPECT_EQ(on.due(), "-");
  EXPECT_EQ(on.due(true), "2017-12-29");
  Words past("met on Friday");
  past.time(2, 3, TimexType::date, "2017-12-15", day(2017, 12, 15));
  EXPECT_EQ(past.due(true), "-");
}

TEST(Due, EndsAndStarts) {
  Words end("act by the end of 2018");
  end.time(5, 6, TimexType::date, "2018", year_of(2018));
  EXPECT_EQ(end.due(), "2018-12-31");
  Words start("act by the start of 2018");
  start.time(5, 6, TimexType::date, "2018", year_of(2018));
  EXPECT_EQ(start.due(), "2018-01-01");
  Words mid("act by mid-July");
  mid.time(2, 3, TimexType::date, "2018-07", DayRange{*make_day(2018, 7, 11), *make_day(2018, 7, 20)});
  EXPECT_EQ(mid.due(), "2018-07-11..2018-07-20");
}

TEST(Commitments, NothingFromNothing) {
  Vocabulary vocabulary;
  const CommitmentRulesPtr rules = load_commitment_rules(kData, vocabulary);
  EXPECT_TRUE(find_commitments("", 0, {}, {}, {}, Names{}, {}, {}, {}, Published{}, *rules).empty());
}

TEST(Commitments, MissingFileStopsTheStart) {
  Vocabulary vocabulary;
  EXPECT_THROW(load_commitment_rules(kData / "nowhere", vocabulary), Error);
}

}  // namespace
}  // namespace demarche
