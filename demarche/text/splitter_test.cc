// Properties that hold for any text, the classifier's file, and the word lists' checks.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "demarche/text/boundary_model.h"
#include "demarche/text/chars.h"
#include "demarche/text/lexicon.h"
#include "demarche/text/text.h"

namespace demarche {
namespace {

const std::string kData = DEMARCHE_SOURCE_DIR "/data";

const TextModel& model() {
  static const TextModelPtr loaded = load_text_model(kData);
  return *loaded;
}

bool is_space_at(std::string_view text, size_t at) {
  const CharClass kind = char_class(code_point_at(text, at).value);
  return kind == CharClass::space || kind == CharClass::newline;
}

// Tokens in order, none empty, covering all that is no white space; sentences and multiword tokens fit them.
void expect_sound(const std::string& text) {
  size_t at = 0;
  uint32_t paragraph = 0;
  for (const Sentence& sentence : split_text(text, model())) {
    ASSERT_FALSE(sentence.tokens.empty());
    EXPECT_EQ(sentence.span, (Span{sentence.tokens.front().span.begin, sentence.tokens.back().span.end}));
    EXPECT_LE(paragraph, sentence.paragraph);
    paragraph = sentence.paragraph;
    for (const Token& token : sentence.tokens) {
      ASSERT_LT(token.span.begin, token.span.end);
      ASSERT_LE(at, token.span.begin);
      for (; at < token.span.begin; at += code_point_at(text, at).size) ASSERT_TRUE(is_space_at(text, at)) << "byte " << at << " is in no token";
      ASSERT_EQ(at, token.span.begin) << "a token begins inside a character";
      at = token.span.end;
    }
    uint32_t last = 0;
    for (const MultiwordToken& m : sentence.multiword) {
      EXPECT_LE(last, m.first);
      EXPECT_LT(m.first + 1, m.last);
      ASSERT_LE(m.last, sentence.tokens.size());
      for (uint32_t i = m.first; i + 1 < m.last; ++i) EXPECT_EQ(sentence.tokens[i].span.end, sentence.tokens[i + 1].span.begin);
      last = m.last;
    }
  }
  for (; at < text.size(); at += code_point_at(text, at).size) ASSERT_TRUE(is_space_at(text, at)) << "byte " << at << " is in no token";
}

TEST(SplitText, IsSoundForRandomPiecesOfText) {
  static constexpr const char* kBits[] = {"U.S.", " ", "\n", "\n\n", ".", "...", "'", "\xE2\x80\x99", "\xE2\x80\x9C", "\xE2\x80\x9D", "\"", "(", ")", "don't", "Mr.", "a.m.", "5", "km", "-", "--", "http://",
                                          "a@b.com", "Kim", "said", "the", "He", "\xC3\xA9t\xC3\xA9", "\xE5\x8C\x97\xE4\xBA\xAC", "\xE3\x80\x82", "#", "$", "%", "/", ",", ":", ";", "!", "?", "No.", "etc.", "\xF0\x9F\x98\x80", "\xC2\xA0", "*", "_", "s'"};
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 30; ++i) text += kBits[random() % std::size(kBits)];
    expect_sound(text);
    if (HasFatalFailure()) FAIL() << text;
  }
}

TEST(SplitText, IsSoundForRandomBytes) {
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    std::string bytes;
    for (int i = 0; i < 400; ++i) bytes += static_cast<char>(random() % 256);
    expect_sound(repair_utf8(bytes));
    if (HasFatalFailure()) FAIL();
    // Invalid UTF-8 is against the contract, but must not do harm.
    for (const Sentence& sentence : split_text(bytes, model())) EXPECT_LE(sentence.span.end, bytes.size());
  }
}

// What is not linear here runs into the test's time limit.
TEST(SplitText, EndsOnFiveMegabytesOfAnything) {
  constexpr size_t kBytes = 5'000'000;
  for (const char* unit : {"a", "1-", "ab.", "a b ", "A. ", "' ", "(", "...", "http://x.y/", "a@", "\"?", "don't", "U.S.", "x-y/", "\n", "Kim said \"", "\xE2\x80\x99"}) {
    std::string text;
    while (text.size() < kBytes) text += unit;
    EXPECT_LE(split_text(text, model()).size(), text.size()) << unit;
  }
}

TEST(SplitText, GivesTheSameTwice) {
  const std::string text = "SEOUL -- \"Why now?\" Kim asked on Friday. The U.S. said no. It didn't say why.";
  EXPECT_EQ(split_text(text, model()), split_text(text, model()));
}

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

TEST(BoundaryModel, RefusesBrokenFiles) {
  const std::string good = read(kData + "/model/splitter.bin");
  EXPECT_NO_THROW((void)BoundaryModel::parse(good, "good"));
  EXPECT_THROW((void)BoundaryModel::parse("", "empty"), Error);
  EXPECT_THROW((void)BoundaryModel::parse(good.substr(0, good.size() - 1), "short"), Error);
  EXPECT_THROW((void)BoundaryModel::parse(good + "x", "long"), Error);
  std::string other = good;
  other[8] = static_cast<char>(other[8] + 1);
  EXPECT_THROW((void)BoundaryModel::parse(other, "other features"), Error);
}

TEST(BoundaryModel, RefusesAManifestOfAnotherModel) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "splitter_manifest";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "splitter.bin", std::ios::binary) << read(kData + "/model/splitter.bin");
  std::ofstream(folder / "splitter.tsv") << "key\tvalue\nhash\tfnv1a:0000000000000000\n";
  EXPECT_THROW((void)BoundaryModel::load(folder), Error);
  std::ofstream(folder / "splitter.tsv") << "key\tvalue\nname\tsplitter-en\n";
  EXPECT_THROW((void)BoundaryModel::load(folder), Error);
  std::filesystem::copy_file(kData + "/model/splitter.tsv", folder / "splitter.tsv", std::filesystem::copy_options::overwrite_existing);
  EXPECT_NO_THROW((void)BoundaryModel::load(folder));
  std::filesystem::remove_all(folder);
}

TEST(TextLexicon, StopsTheStartAtABrokenRow) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "text_lexicon";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder / "en");
  for (const char* name : {"abbreviations", "contractions", "hyphens", "units", "emoticons", "addresses", "reporting", "sentence_starts"})
    std::filesystem::copy_file(kData + "/en/" + name + ".tsv", folder / "en" / (std::string(name) + ".tsv"));
  EXPECT_NO_THROW((void)load_text_lexicon(folder));
  std::ofstream(folder / "en" / "contractions.tsv") << "form\tparts\ncannot\tcan nott\n";
  try {
    (void)load_text_lexicon(folder);
    FAIL() << "a broken row was taken";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("contractions.tsv:2"), std::string::npos) << error.what();
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace demarche
