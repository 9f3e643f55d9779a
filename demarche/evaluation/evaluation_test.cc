#include <gtest/gtest.h>

#include "demarche/core/utf8.h"
#include "demarche/evaluation/gold.h"
#include "demarche/evaluation/places.h"
#include "demarche/evaluation/score.h"

namespace demarche {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kReport = "Ruritania condemned the launch on Monday. “It was an ICBM,” Mr Rassendyll said.";
constexpr const char* kGold = R"({"published": "2020-01-07",
  "events": [{"type": "ACCUSE", "actors": ["RUR"], "recipients": ["GRA"], "date": ["2020-01-06", "2020-01-06"], "quote": "Ruritania condemned the launch on Monday"}],
  "statements": [{"source": "Mr Rassendyll", "party": "RUR", "content": "It was an ICBM", "quotation": "direct"}],
  "claims": [{"by": "RUR", "property": "missile_class", "normal": ["ICBM"], "stance": "asserts"}], "commitments": [],
  "must_body": ["the launch on  Monday"], "not_body": ["Subscribe"]})";

Json record() {
  return Json::parse(R"({"document": {"text": "Ruritania condemned the launch on Monday.", "published": {"date": "2020-01-07"}},
    "events": [{"type": "ACCUSE", "actors": [{"party": "RUR"}], "recipients": [], "date": {"start": "2020-01-06", "end": "2020-01-06"}, "factuality": "actual",
                "evidence": {"exact": "Ruritania condemned the launch"}, "rule": "accuse.condemn", "confidence": 0.7},
               {"type": "REJECT", "actors": [], "evidence": {"exact": "Monday"}}],
    "statements": [{"speaker": {"text": "Mr Rassendyll", "party": "RUR"}, "content": {"exact": "It was an ICBM"}, "quotation": "direct"}],
    "claims": [{"by": "RUR", "property": "missile_class", "normal": ["ICBM"], "stance": "asserts"}], "commitments": []})");
}

ReportScore score(const Json& predicted) {
  const Result<Gold> gold = parse_gold(kGold);
  EXPECT_TRUE(gold) << (gold ? "" : gold.error());
  Result<ReportScore> result = score_report(*gold, kReport, predicted);
  EXPECT_TRUE(result) << (result ? "" : result.error());
  return *result;
}

ScoreSum tally(const ReportScore& score, size_t list) {
  ScoreSum out;
  for (const ScoredRow& row : score.rows[list]) out.add(row);
  return out;
}

TEST(Score, CountsRightFlawedExtraAndMissed) {
  const ReportScore s = score(record());
  EXPECT_TRUE(s.day_right);
  for (const auto& check : s.body) EXPECT_TRUE(check.right) << check.text;
  const ScoreSum events = tally(s, 0);
  EXPECT_DOUBLE_EQ(events.precision(), 0.5);
  EXPECT_DOUBLE_EQ(events.recall(), 1);
  EXPECT_DOUBLE_EQ(events.strict_f1(), 0);  // the recipient is missing
  EXPECT_DOUBLE_EQ(events.coverage(), 0);
  EXPECT_EQ(events.fields.at("recipients"), (std::pair<size_t, size_t>(0, 1)));
  EXPECT_EQ(events.fields.count("kind"), 0U);  // the gold names none
  EXPECT_EQ(s.rows[0][0].outcome, Outcome::flawed);
  EXPECT_EQ(s.rows[0][0].rule, "accuse.condemn");
  EXPECT_EQ(s.rows[0][1].outcome, Outcome::extra);
  EXPECT_DOUBLE_EQ(tally(s, 1).strict_f1(), 1);
  EXPECT_DOUBLE_EQ(tally(s, 1).coverage(), 1);
  EXPECT_DOUBLE_EQ(tally(s, 2).strict_f1(), 1);
}

TEST(Score, SureRowsCover) {
  Json predicted = record();
  predicted["events"][0]["recipients"] = Json::parse(R"([{"party": "GRA"}])");
  predicted["events"][0]["confidence"] = 0.9;
  predicted["events"][1]["confidence"] = 0.4;
  const ScoreSum events = tally(score(predicted), 0);
  EXPECT_DOUBLE_EQ(events.coverage(), 1);
  EXPECT_NEAR(events.strict_f1(), 2.0 / 3, 1e-12);
  predicted["events"][1]["confidence"] = 0.95;  // a wrong row that is surer leaves nothing to rely on
  EXPECT_DOUBLE_EQ(tally(score(predicted), 0).coverage(), 0);
}

TEST(Score, TooSmallAPartOfTheClauseIsNoAnswer) {
  Json predicted = record();
  predicted["events"] = Json::parse(R"([{"type": "ACCUSE", "actors": [], "evidence": {"exact": "launch"}}])");
  EXPECT_DOUBLE_EQ(tally(score(predicted), 0).recall(), 0);
}

TEST(Score, AnUnreadReportMissesAll) {
  const ReportScore s = score(Json());
  EXPECT_FALSE(s.read);
  EXPECT_FALSE(s.day_right);
  for (size_t list = 0; list < 3; ++list) EXPECT_DOUBLE_EQ(tally(s, list).recall(), 0) << list;
}

TEST(Score, OptionalRowsCostNothing) {
  const Result<Gold> gold = parse_gold(R"({"events": [{"type": "ACCUSE", "actors": ["RUR"], "quote": "Ruritania condemned the launch", "optional": true},
                                                     {"type": "REQUEST", "quote": "Mr Rassendyll said", "optional": true}]})");
  ASSERT_TRUE(gold);
  const Result<ReportScore> s = score_report(*gold, kReport, record());
  ASSERT_TRUE(s);
  EXPECT_FALSE(s->day_scored);
  const ScoreSum events = tally(*s, 0);
  EXPECT_EQ(events.optional, 1U);
  EXPECT_EQ(events.missed, 0U);
  EXPECT_EQ(events.extra, 1U);
}

TEST(Score, AQuoteThatTheReportDoesNotHoldIsTold) {
  const Result<Gold> gold = parse_gold(R"({"commitments": [{"kind": "pledge", "quote": "never said"}]})");
  ASSERT_TRUE(gold);
  const Result<ReportScore> s = score_report(*gold, kReport, record());
  ASSERT_FALSE(s);
  EXPECT_EQ(s.error(), "quote not in the report: never said");
}

TEST(Gold, BrokenFilesSayWhere) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"[]", "is no JSON object"},
      {"{\"published\": \"soon\"}", "gold: \"published\" is no day"},
      {"{\"events\": [{\"quote\": \"x\"}]}", "events[0]: \"type\" is missing"},
      {"{\"events\": [{\"type\": \"ACCUSE\", \"quote\": \"x\", \"date\": [\"2020-01-02\", \"2020-01-01\"]}]}", "events[0]: \"date\" is not [first day, last day]"},
      {"{\"events\": [{\"type\": \"ACCUSE\", \"quote\": \"x\", \"factuality\": \"maybe\"}]}", "events[0]: \"factuality\" cannot be \"maybe\""},
      {"{\"commitments\": [{\"kind\": \"wish\", \"quote\": \"x\"}]}", "commitments[0]: \"kind\" cannot be \"wish\""},
      {"{\"claims\": [{\"by\": \"RUR\", \"property\": \"count\"}]}", "claims[0]: \"normal\" is missing"},
      {"{\"statements\": {}}", "gold: \"statements\" is no list"},
      {"{\"statements\": [1]}", "statements[0]: is no object"},
  };
  for (const auto& [json, why] : cases) {
    const Result<Gold> gold = parse_gold(json);
    ASSERT_FALSE(gold) << json;
    EXPECT_EQ(gold.error(), why);
  }
}

TEST(Places, QuotationMarksDashesAndSpacesDoNotCount) {
  const std::u32string text = fold_quotes("  He said:\n“It’s – over.”\u00a0 It’s – over.");
  EXPECT_EQ(text, U"He said: \"It's - over.\" It's - over.");
  const auto first = find_place(text, fold_quotes("It’s — over"));
  ASSERT_TRUE(first);
  EXPECT_EQ(first->begin, 10U);
  const auto second = find_place(text, fold_quotes("It's - over"), fold_quotes("over.” "), {});
  ASSERT_TRUE(second);
  EXPECT_EQ(second->begin, 24U);
  EXPECT_FALSE(find_place(text, U"absent"));
  EXPECT_FALSE(find_place(text, U""));
}

}  // namespace
}  // namespace demarche
