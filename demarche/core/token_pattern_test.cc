#include "demarche/core/token_pattern.h"

#include <gtest/gtest.h>

namespace demarche {
namespace {

// Words parted by blanks; "form/lemma/UPOS" where lemma and part of speech matter.
struct Text {
  std::string text;
  Sentence sentence;
  Tree tree;

  explicit Text(std::string_view words) {
    for (size_t at = 0; at < words.size();) {
      size_t end = std::min(words.find(' ', at), words.size());
      const std::string_view word = words.substr(at, end - at);
      const size_t a = word.find('/'), b = a == std::string_view::npos ? a : word.find('/', a + 1);
      if (!text.empty()) text += ' ';
      const auto begin = static_cast<uint32_t>(text.size());
      text += word.substr(0, a);
      sentence.tokens.push_back({{begin, static_cast<uint32_t>(text.size())}});
      Node node;
      node.lemma = a == std::string_view::npos ? std::string(word) : std::string(word.substr(a + 1, b - a - 1));
      if (b != std::string_view::npos) node.upos = *parse_upos(word.substr(b + 1));
      if (word == "," || word == ".") node.upos = Upos::PUNCT;
      tree.nodes.push_back(node);
      at = end + 1;
    }
    sentence.span = {0, static_cast<uint32_t>(text.size())};
  }
  std::vector<PatternWord> words(const Vocabulary& vocabulary) const { return pattern_words(text, sentence, tree, vocabulary); }
};

struct Case {
  const char* pattern;
  const char* text;
  const char* want;  // the words matched, "" for none
};

TEST(TokenPattern, Matches) {
  WordSets sets;
  sets.add("km", {"km", "kilometers"});
  const Case cases[] = {
      {"fly <num> @km", "it flew/fly 900 km far", "flew 900 km"},
      {"fly ~2 <num> @km", "it flew/fly some well 900 kilometers", "flew some well 900 kilometers"},
      {"fly ~1 <num> @km", "it flew/fly some well 900 km", ""},
      {"fly ~3 <num>", "it flew/fly , then 900", ""},
      {"fly ~,3 <num>", "it flew/fly , then 900", "flew , then 900"},
      {"=flew high", "they fly high", ""},
      {"blame", "it blamed/blam him", "blamed"},  // the lemma is wrong, the form regular
      {"stop", "they were stopping/x", "stopping"},
      {"deny", "they denied/x it", "denied"},
      {"intermediate range missile", "an intermediate-range missile", "intermediate-range missile"},
      {"intermediate range missile", "an \" intermediate - range \" missile", "intermediate - range \" missile"},
      {"claim/NOUN", "they claim/claim/VERB it", ""},
      {"claim/NOUN", "the claim/claim/NOUN stands", "claim"},
      {"fail !to", "it failed/fail to fly", ""},
      {"fail !to", "it failed/fail", "failed"},
      {"<!not a missile", "not a missile", ""},
      {"<!not a missile", "just a missile", "a missile"},
      {"take the? lead", "they take lead", "take lead"},
      {"red ^line || red ^mark", "a red mark here", "red mark"},
      {"kill <num> ~2 man", "it killed/kill 2 hundred thousand of the men/man", "killed 2 hundred thousand of the men"},
      {"kill <num> ~2 man", "it killed/kill 2 hundred thousand of all the men/man", ""},
      {"kill <num>", "it killed/kill 1.4 million", "killed 1.4 million"},
      {"in [ <np> ] on", "in the/the/DET open/open/ADJ sea/sea/NOUN on", "in the open sea on"},
  };
  for (const Case& c : cases) {
    TokenPatterns patterns;
    Vocabulary vocabulary;
    const auto wrong = patterns.add(c.pattern, 0, sets, vocabulary);
    ASSERT_FALSE(wrong) << *wrong;
    patterns.finish();
    const Text text(c.text);
    const auto found = patterns.match(text.words(vocabulary));
    const std::string got = found.empty() ? "" : text.text.substr(text.sentence.tokens[found[0].first].span.begin, text.sentence.tokens[found[0].last - 1].span.end - text.sentence.tokens[found[0].first].span.begin);
    EXPECT_EQ(got, c.want) << c.pattern << " in " << c.text;
  }
}

TEST(TokenPattern, Numbers) {
  const WordSets sets;
  TokenPatterns patterns;
  Vocabulary vocabulary;
  ASSERT_FALSE(patterns.add("<num> and <num>", 0, sets, vocabulary));
  patterns.finish();
  const auto found = patterns.match(Text("1,080 and two hundred men").words(vocabulary));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].numbers, (std::vector<double>{1080, 200}));
  // An age and a part of a name are no numbers.
  TokenPatterns single;
  ASSERT_FALSE(single.add("<num>", 0, sets, vocabulary));
  single.finish();
  EXPECT_TRUE(single.match(Text("25-year-old").words(vocabulary)).size() <= 1);
}

// Several sets of patterns match the same words, also those that another set alone knows.
TEST(TokenPattern, OneVocabularyForSeveralSets) {
  const WordSets sets;
  Vocabulary vocabulary;
  TokenPatterns launches, tests;
  ASSERT_FALSE(launches.add("fire a missile", 0, sets, vocabulary));
  ASSERT_FALSE(tests.add("test a || a device", 0, sets, vocabulary));
  launches.finish();
  tests.finish();
  const auto words = Text("they fired/fire a missile and tested/test a device").words(vocabulary);
  ASSERT_EQ(launches.match(words).size(), 1U);
  EXPECT_EQ(launches.match(words)[0].first, 1U);
  EXPECT_EQ(tests.match(words).size(), 2U);
}

TEST(TokenPattern, RefusesBrokenPatterns) {
  const WordSets sets;
  for (const char* bad : {"", "a || ", "@none", "~99 a", "~x a", "a/NOTAG", "a? b", "intermediate-range", "~2 a", "!a", "<num> <num> <num> <num> <num>"}) {
    TokenPatterns patterns;
    Vocabulary vocabulary;
    EXPECT_TRUE(patterns.add(bad, 0, sets, vocabulary)) << bad;
  }
}

// Many optional words and gaps over a long run of one word: bounded, and the answer is still right for short ones.
TEST(TokenPattern, StaysBounded) {
  const WordSets sets;
  TokenPatterns patterns;
  Vocabulary vocabulary;
  ASSERT_FALSE(patterns.add("a ~30 a ~30 a ~30 a ~30 b", 0, sets, vocabulary));
  patterns.finish();
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "a ";
  text.pop_back();
  EXPECT_TRUE(patterns.match(Text(text).words(vocabulary)).empty());
}

}  // namespace
}  // namespace demarche
