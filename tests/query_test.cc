// The record and its questions, over documents made by hand: what is joined, what diverges, what is broken.
#include "demarche/query/query.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace demarche {
namespace {

const Producer kProducer{"test", "model", "lexicon"};

Day day(const char* iso) { return *parse_day(iso); }

Document report(const std::string& id, const char* published) {
  Document doc;
  doc.id = "sha256:" + id + std::string(64 - id.size(), '0');
  doc.read_from = id + ".txt";
  doc.article.text = "North Korea fired a missile.";
  doc.article.published = {day(published), "", std::nullopt, DateBasis::given, std::nullopt};
  return doc;
}

Event event(const char* kind, const char* actor, const char* start, const char* end, Factuality factuality = Factuality::actual) {
  Event e;
  e.type = "MOBILIZE";
  e.mode = "weapons";
  e.kind = kind;
  e.actors = {{ActorId(), actor, "MIL"}};
  if (*start) e.date = EventDate{{day(start), day(end)}, "", EventDateBasis::explicit_};
  e.factuality = factuality;
  e.evidence = {0, 28};
  e.rule = "test.launch";
  e.confidence = 0.5f;
  return e;
}

Claim claim(const char* by, uint32_t event_index, std::vector<std::string> normal, const char* property = "missile_class") {
  Claim c;
  c.by = by;
  c.event = EventId{event_index};
  c.property = property;
  c.value = normal.front();
  c.normal = std::move(normal);
  c.evidence = {0, 28};
  c.rule = "test.claim";
  return c;
}

class Asked : public testing::Test {
 protected:
  void SetUp() override {
    path_ = std::filesystem::path(testing::TempDir()) / ("query_test_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + ".db");
    TearDown();
    record_ = std::make_unique<Record>(path_, RecordMode::write);
  }
  void TearDown() override {
    record_.reset();
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path_.string() + end);
  }
  Stored put(const Document& doc) { return record_->put(doc, kProducer, std::nullopt); }

  std::filesystem::path path_;
  std::unique_ptr<Record> record_;
};

TEST_F(Asked, EventsOfOneKindPartyAndDayAreJoined) {
  Document a = report("a1", "2017-07-05"), b = report("b1", "2017-07-06"), c = report("c1", "2017-07-30");
  a.events = {event("missile_launch", "PRK", "2017-07-04", "2017-07-04"), event("missile_launch", "KOR", "2017-07-04", "2017-07-04")};
  b.events = {event("missile_launch", "PRK", "2017-07-04", "2017-07-04")};
  c.events = {event("missile_launch", "PRK", "2017-07-28", "2017-07-28"), event("missile_launch", "PRK", "2017-07-01", "2017-07-31"),
              event("missile_launch", "PRK", "", "")};
  for (const Document& doc : {a, b, c}) EXPECT_EQ(put(doc), Stored::added);
  const Answer answer = ask_timeline(*record_, {});
  std::vector<std::string> rows;
  for (const AnswerRow& row : answer.rows)
    rows.push_back(row.fields["date"].get<std::string>() + " " + row.fields["actors"].get<std::string>() + " " + row.fields["reports"].dump());
  // "In July" fits two launches of the North and so joins neither; the undated one is told in a note.
  EXPECT_EQ(rows, (std::vector<std::string>{"2017-07-01..2017-07-31 PRK 1", "2017-07-04 KOR 1", "2017-07-04 PRK 2", "2017-07-28 PRK 1"}));
  ASSERT_EQ(answer.notes.size(), 1u);
}

TEST_F(Asked, AVaguerTellingJoinsWhereOneFits) {
  Document a = report("a1", "2017-07-05"), b = report("b1", "2017-08-05");
  a.events = {event("missile_launch", "PRK", "2017-07-04", "2017-07-04")};
  b.events = {event("missile_launch", "PRK", "2017-07-01", "2017-07-31")};
  put(a);
  put(b);
  const Answer answer = ask_timeline(*record_, {});
  ASSERT_EQ(answer.rows.size(), 1u);
  EXPECT_EQ(answer.rows[0].fields["date"], "2017-07-04");
  EXPECT_EQ(answer.rows[0].items.size(), 2u);
}

TEST_F(Asked, PlannedAndActualAreNotJoined) {
  Document a = report("a1", "2017-07-03"), b = report("b1", "2017-07-05");
  a.events = {event("missile_launch", "PRK", "2017-07-04", "2017-07-04", Factuality::planned)};
  b.events = {event("missile_launch", "PRK", "2017-07-04", "2017-07-04")};
  put(a);
  put(b);
  EXPECT_EQ(ask_timeline(*record_, {}).rows.size(), 2u);
}

TEST_F(Asked, DivergenceNeedsTwoPartiesThatDiffer) {
  Document a = report("a1", "2017-07-05"), b = report("b1", "2017-07-06");
  a.events = {event("missile_launch", "PRK", "2017-07-04", "2017-07-04")};
  a.claims = {claim("PRK", 0, {"ICBM"}), claim("reporter", 0, {"SRBM"}), claim("PRK", 0, {"2802"}, "apogee_km")};
  b.events = a.events;
  b.claims = {claim("RUS", 0, {"MRBM"}), claim("KOR", 0, {"ICBM"}), claim("JPN", 0, {"2800"}, "apogee_km")};
  put(a);
  EXPECT_TRUE(ask_divergence(*record_, {}).rows.empty()) << "a party and the reporter are not two parties";
  put(b);
  const Answer answer = ask_divergence(*record_, {});
  ASSERT_EQ(answer.rows.size(), 1u) << "2802 and 2800 km are one figure";
  EXPECT_EQ(answer.rows[0].fields["property"], "missile_class");
  EXPECT_EQ(answer.rows[0].fields["parties"], "KOR,PRK,RUS");
}

TEST_F(Asked, ALaterEventBreaksWhatForsworeIt) {
  Document made = report("a1", "2018-04-21");
  Commitment k;
  k.kind = CommitmentKind::moratorium;
  k.by = {{ActorId(), "PRK", "GOV"}};
  k.what = k.evidence = {0, 28};
  k.forswears = {"missile_launch"};
  k.rule = "test.moratorium";
  made.commitments = {k};
  put(made);
  Document before = report("b1", "2018-01-01"), other = report("c1", "2019-01-01");
  before.events = {event("missile_launch", "PRK", "2017-11-29", "2017-11-29")};
  other.events = {event("missile_launch", "USA", "2018-12-01", "2018-12-01")};
  put(before);
  put(other);
  EXPECT_EQ(ask_commitments(*record_, {}).rows.at(0).fields["status"], "open");
  Document breaking = report("d1", "2022-03-25");
  breaking.events = {event("missile_launch", "PRK", "2022-03-24", "2022-03-24")};
  put(breaking);
  const AnswerRow row = ask_commitments(*record_, {}).rows.at(0);
  EXPECT_EQ(row.fields["status"], "broken");
  EXPECT_EQ(row.fields["event"], "d1000000.e1");
  ASSERT_EQ(row.items.size(), 1u);
}

TEST_F(Asked, WhatIsForswornOfOneClassIsBrokenByThatClassOnly) {
  Document made = report("a1", "2018-04-21");
  Commitment k;
  k.kind = CommitmentKind::moratorium;
  k.by = {{ActorId(), "PRK", "GOV"}};
  k.what = k.evidence = {0, 28};
  k.forswears = {"missile_launch:ICBM"};
  k.rule = "test.moratorium";
  made.commitments = {k};
  put(made);
  Document other = report("b1", "2019-05-05");
  other.events = {event("missile_launch", "PRK", "2019-05-04", "2019-05-04")};
  other.claims = {claim("KOR", 0, {"SRBM"})};
  put(other);
  EXPECT_EQ(ask_commitments(*record_, {}).rows.at(0).fields["status"], "open");
  Document breaking = report("d1", "2022-03-25");
  breaking.events = {event("missile_launch", "PRK", "2022-03-24", "2022-03-24")};
  breaking.claims = {claim("JPN", 0, {"ICBM"})};
  put(breaking);
  EXPECT_EQ(ask_commitments(*record_, {}).rows.at(0).fields["status"], "broken");
  EXPECT_EQ(ask_commitments(*record_, {}).rows.at(0).fields["event"], "d1000000.e1");
}

TEST_F(Asked, UndatedTellingsJoinTheOneActOfThoseDays) {
  Document a = report("a1", "2017-07-05"), b = report("b1", "2017-07-06"), c = report("c1", "2017-09-30"), d = report("d1", "2017-10-01");
  a.events = {event("missile_launch", "PRK", "2017-07-04", "2017-07-04")};
  b.events = a.events;
  b.events[0].date.reset();
  c.events = b.events;
  d.events = b.events;
  put(a);
  put(b);
  EXPECT_EQ(ask_timeline(*record_, {}).rows.at(0).items.size(), 2u) << "in the days before the report";
  put(c);
  put(d);
  const Answer answer = ask_timeline(*record_, {});
  EXPECT_EQ(answer.rows.at(0).items.size(), 2u) << "not months later";
  ASSERT_EQ(answer.notes.size(), 1u);
  EXPECT_TRUE(answer.notes[0].starts_with("1 events")) << "two reports tell the other one: " << answer.notes[0];
}

TEST_F(Asked, DueDatesRunOutAsOfADay) {
  Document doc = report("a1", "2017-07-05");
  Commitment k;
  k.kind = CommitmentKind::deadline;
  k.by = {{ActorId(), "USA", "GOV"}, {ActorId(), "CHN", "GOV"}};
  k.what = k.evidence = {0, 28};
  k.due = EventDate{{day("2017-07-11"), day("2017-07-20")}, "mid-July", EventDateBasis::relative};
  k.rule = "test.deadline";
  doc.commitments = {k};
  put(doc);
  EXPECT_EQ(ask_commitments(*record_, {}).rows.at(0).fields["status"], "open");
  EXPECT_EQ(ask_agenda(*record_, {}).rows.size(), 1u);
  Question later;
  later.as_of = day("2017-08-01");
  EXPECT_EQ(ask_commitments(*record_, later).rows.at(0).fields["status"], "expired");
  EXPECT_TRUE(ask_agenda(*record_, later).rows.empty());
}

TEST_F(Asked, PutAgainIsUnchangedAnotherProducerReplaces) {
  Document doc = report("a1", "2017-07-05");
  doc.events = {event("missile_launch", "PRK", "2017-07-04", "2017-07-04")};
  EXPECT_EQ(put(doc), Stored::added);
  EXPECT_EQ(put(doc), Stored::unchanged);
  doc.events.clear();
  EXPECT_EQ(record_->put(doc, {"test", "model", "another"}, std::nullopt), Stored::replaced);
  EXPECT_EQ(record_->reports(), 1u);
  EXPECT_TRUE(ask_timeline(*record_, {}).rows.empty());
}

TEST_F(Asked, UnknownRowsAreErrors) {
  put(report("a1", "2017-07-05"));
  for (const char* id : {"", ".", "a1000000", "a1000000.", "a1000000.x1", "a1000000.e1", "nonsense.e1"}) EXPECT_THROW((void)find_entry(*record_, id), Error) << id;
}

}  // namespace
}  // namespace demarche
