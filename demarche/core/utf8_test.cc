#include "demarche/core/utf8.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace demarche {
namespace {

using namespace std::string_literals;

TEST(Utf8, Validity) {
  for (const std::string& text : {""s, "plain"s, "caf\u00e9"s, "\u4e1c\u4eac"s, "\U0001F680"s, "eight bytes and then \u00e9"s, "a\0b"s,
                                  "\U0010FFFF"s, "\uD7FF\uE000"s})
    EXPECT_TRUE(is_valid_utf8(text)) << text;
  for (const std::string& text : {"\x80"s, "\xC3"s, "\xC0\xAF"s, "\xE0\x80\x80"s, "\xED\xA0\x80"s, "\xF4\x90\x80\x80"s, "\xF5\x80\x80\x80"s,
                                  "\xF0\x82\x82\xAC"s, "12345678\xFF"s, "12345678\xE2\x82"s})
    EXPECT_FALSE(is_valid_utf8(text));
}

TEST(Utf8, RepairCountsAndIsValid) {
  size_t replaced = 7;
  EXPECT_EQ(repair_utf8("clean", &replaced), "clean");
  EXPECT_EQ(replaced, 0u);
  EXPECT_EQ(repair_utf8("a\xFF\xFE"
                        "b\0c"s,
                        &replaced),
            "a\uFFFD\uFFFDb\uFFFDc");
  EXPECT_EQ(replaced, 3u);
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    for (int i = 0; i < 40; ++i) bytes += static_cast<char>(random() % 256);
    const std::string once = repair_utf8(bytes, &replaced);
    ASSERT_TRUE(is_valid_utf8(once));
    ASSERT_EQ(replaced == 0, once == bytes);
    ASSERT_EQ(repair_utf8(once), once);
  }
}

TEST(Utf8, EveryCodePointComesBack) {
  for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 97) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, c);
    ASSERT_TRUE(is_valid_utf8(text)) << static_cast<uint32_t>(c);
    const CodePoint back = code_point_at(text, 0);
    ASSERT_EQ(static_cast<uint32_t>(back.value), static_cast<uint32_t>(c));
    ASSERT_EQ(back.size, text.size());
  }
  EXPECT_EQ(static_cast<uint32_t>(code_point_at("\xFFx", 0).value), 0xFFFDu);
  EXPECT_EQ(code_point_at("\xFFx", 0).size, 1u);
}

TEST(Utf8, Fold) {
  EXPECT_EQ(fold("Zelensky\u012D"), "zelenskyi");
  EXPECT_EQ(fold("ERDO\u011EAN"), "erdogan");
  EXPECT_EQ(fold("\u00C5land \u2013 \u201Cquote\u201D it\u2019s"), "aland - \"quote\" it's");
  EXPECT_EQ(fold("Wa\u0142\u0119sa"), "walesa");
  EXPECT_EQ(fold("MIXED Case 42"), "mixed case 42");
  for (const std::string& text : {"Stra\u00DFe"s, "\u0130stanbul"s, "\uFB01ne"s, "\u4e1c\u4eac"s})
    EXPECT_EQ(fold(fold(text)), fold(text)) << text;
}

TEST(Utf8, OffsetsOfCodePoints) {
  std::mt19937 random(3);
  for (int round = 0; round < 60; ++round) {
    std::string text;
    std::vector<size_t> starts;
    const int length = static_cast<int>(random() % 400);
    for (int i = 0; i < length; ++i) {
      starts.push_back(text.size());
      append_utf8(text, round % 3 == 0 ? U'a' : std::u32string_view(U"a\u00e9\u4e1c\U0001F680 ")[random() % 5]);
    }
    const CodePointIndex index(text);
    for (size_t i = 0; i < starts.size(); ++i) {
      ASSERT_EQ(index.offset(starts[i]), i);
      ASSERT_EQ(index.byte(i), starts[i]);
    }
    ASSERT_EQ(index.offset(text.size()), starts.size());
    ASSERT_EQ(index.byte(starts.size()), text.size());
  }
}

}  // namespace
}  // namespace demarche
