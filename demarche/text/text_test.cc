#include "demarche/text/text.h"

#include <gtest/gtest.h>

#include <string>

namespace demarche {
namespace {

const TextModel& model() {
  static const TextModelPtr loaded = load_text_model(DEMARCHE_SOURCE_DIR "/data");
  return *loaded;
}

// "Tokens of one sentence | of the next"; words of a multiword token joined by '+'.
std::string split(std::string_view text) {
  std::string out;
  for (const Sentence& sentence : split_text(text, model())) {
    if (!out.empty()) out += " | ";
    for (uint32_t i = 0; i < sentence.tokens.size(); ++i) {
      bool inside = false;
      for (const MultiwordToken& m : sentence.multiword) inside |= m.first < i && i < m.last;
      if (i > 0) out += inside ? "+" : " ";
      out += text_of(text, sentence.tokens[i].span);
    }
  }
  return out;
}

struct Case {
  const char* text;
  const char* expected;
};

class Tokens : public testing::TestWithParam<Case> {};

TEST_P(Tokens, AreThoseOfUdEnglish) { EXPECT_EQ(split(GetParam().text), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    Words, Tokens,
    testing::Values(
        Case{"They don't know and can't say.", "They do+n't know and ca+n't say ."},
        Case{"It cannot be Kim's or the workers' own.", "It can+not be Kim+'s or the workers+' own ."},
        Case{"He\xE2\x80\x99ll say it isn\xE2\x80\x99t.", "He+\xE2\x80\x99ll say it is+n\xE2\x80\x99t ."},
        Case{"a well-known anti-ship missile", "a well - known anti-ship missile"},
        Case{"President Moon Jae-in met mid-level envoys", "President Moon Jae-in met mid-level envoys"},
        Case{"U.S.-led talks on 9/11 at 7:30 p.m. local time", "U.S. - led talks on 9/11 at 7:30 p.m. local time"},
        Case{"It cost $1,200.50, or 15% of US$4.5bn.", "It cost $ 1,200.50 , or 15 % of US$ 4.5 bn ."},
        Case{"flew 933km up", "flew 933 km up"},
        Case{"See https://example.org/a?b=1, or write to a.b@example.com.", "See https://example.org/a?b=1 , or write to a.b@example.com ."},
        Case{"Lt. Gen. J. P. Smith of AT&T Corp. spoke.", "Lt. Gen. J. P. Smith of AT&T Corp. spoke ."},
        Case{"Well... \"no,\" he said -- twice!!", "Well ... \" no , \" he said -- twice !!"},
        Case{"the '90s, 'em and 'quoted' words", "the '90s , 'em and ' quoted ' words"}));

INSTANTIATE_TEST_SUITE_P(
    Sentences, Tokens,
    testing::Values(Case{"", ""}, Case{" \n\n \t", ""},
                    Case{"Title without a stop\n\nBody here.", "Title without a stop | Body here ."},
                    Case{"\xE2\x80\x9CWe will go.\xE2\x80\x9D He left.", "\xE2\x80\x9C We will go . \xE2\x80\x9D | He left ."},
                    Case{"It lies in the U.S. The talks failed.", "It lies in the U.S. | The talks failed ."},
                    Case{"The U.S. Navy sailed. Gen. Ruritan spoke.", "The U.S. Navy sailed . | Gen. Ruritan spoke ."},
                    Case{"He left.She stayed.", "He left . | She stayed ."},
                    Case{"They make shells, etc. The plant is old.", "They make shells , etc . | The plant is old ."}));

}  // namespace
}  // namespace demarche
