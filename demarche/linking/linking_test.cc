#include "demarche/linking/linking.h"

#include <gtest/gtest.h>

namespace demarche {
namespace {

const std::filesystem::path kData = std::filesystem::path(DEMARCHE_SOURCE_DIR) / "data";

// Entries that hold one another are linked without any words.
TEST(Links, ByStructure) {
  Vocabulary vocabulary;
  const LinkRulesPtr rules = load_link_rules(kData, vocabulary);
  std::vector<Sentence> sentences(1);
  sentences[0].span = {0, 1};
  sentences[0].tokens.push_back({{0, 1}});
  std::vector<Tree> trees(1);
  trees[0].nodes.resize(1);
  std::vector<Event> events(1);
  events[0].sentence = SentenceId{0};
  Commitment broken;
  broken.status = CommitmentStatus::broken;
  broken.event = EventId{0};
  broken.sentence = SentenceId{0};
  Claim asserted, denied;
  asserted.by = "PRK";
  denied.by = "USA";
  for (Claim* c : {&asserted, &denied}) {
    c->property = "missile_class";
    c->normal = {"ICBM"};
    c->event = EventId{0};
    c->sentence = SentenceId{0};
    c->confidence = 0.8F;
  }
  denied.stance = Stance::denies;
  const std::vector<Claim> claims{asserted, denied};
  const std::vector<Commitment> commitments{broken};
  const auto links = link_entries("a", sentences, trees, pattern_words("a", sentences, trees, vocabulary), {}, events, claims, commitments, *rules);
  ASSERT_EQ(links.size(), 2U);
  EXPECT_EQ(links[0].kind, "breaks");
  EXPECT_EQ(links[0].from, (EntryRef{EntryType::event, 0}));
  EXPECT_EQ(links[0].to, (EntryRef{EntryType::commitment, 0}));
  EXPECT_EQ(links[1].kind, "contradicts");
  EXPECT_EQ(links[1].from, (EntryRef{EntryType::claim, 1}));
  EXPECT_EQ(links[1].to, (EntryRef{EntryType::claim, 0}));
}

}  // namespace
}  // namespace demarche
