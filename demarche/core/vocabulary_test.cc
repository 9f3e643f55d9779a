#include "demarche/core/vocabulary.h"

#include <gtest/gtest.h>

namespace demarche {
namespace {

TEST(Vocabulary, NumbersInTheOrderOfTheFirstAdd) {
  Vocabulary words;
  EXPECT_EQ(words.find("truce"), 0U);
  EXPECT_EQ(words.add("truce"), 1U);
  EXPECT_EQ(words.add(""), 2U);
  EXPECT_EQ(words.add("truce"), 1U);
  EXPECT_EQ(words.find(""), 2U);
  EXPECT_EQ(words.find("truces"), 0U);
  EXPECT_EQ(words.size(), 2U);
}

TEST(Vocabulary, ManyWordsOfAllLengths) {
  Vocabulary words;
  std::vector<std::string> all;
  for (uint32_t i = 0; i < 5000; ++i) all.push_back(std::string(i % 19, 'a') + std::to_string(i));
  for (uint32_t i = 0; i < all.size(); ++i) ASSERT_EQ(words.add(all[i]), i + 1);
  for (uint32_t i = 0; i < all.size(); ++i) ASSERT_EQ(words.find(all[i]), i + 1);
  EXPECT_EQ(words.find("a5000"), 0U);
}

}  // namespace
}  // namespace demarche
