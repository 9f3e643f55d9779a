#include "demarche/statements/statements.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>

#include "demarche/core/table.h"
#include "demarche/statements/cue_lexicon.h"
#include "demarche/statements/quotes.h"
#include "demarche/statements/resolve.h"

namespace demarche {

using namespace attribution;

namespace {

// "[inner](depth)" of each quotation; "~" when it has no closing mark, "+" when it goes on in the next paragraph, "^" when it
// goes on from the one before.
std::string quotes_in(std::string_view text) {
  std::string out;
  for (const QuoteSpan& q : find_quotes(text, 0)) {
    out += "[" + std::string(text_of(text, q.inner)) + "]";
    if (q.depth > 0) out += std::to_string(q.depth);
    if (!q.closed) out += "~";
    if (q.carried_on) out += "+";
    if (q.continues) out += "^";
  }
  return out;
}

struct QuoteCase {
  const char* text;
  const char* expected;
};

class Quotes : public testing::TestWithParam<QuoteCase> {};

TEST_P(Quotes, ArePaired) { EXPECT_EQ(quotes_in(GetParam().text), GetParam().expected) << GetParam().text; }

INSTANTIATE_TEST_SUITE_P(
    Marks, Quotes,
    testing::Values(
        QuoteCase{"He said \"we go\" and \"we stay\".", "[we go][we stay]"},
        QuoteCase{"\xE2\x80\x9CWe go,\xE2\x80\x9D he said.", "[We go,]"},
        QuoteCase{"\xE2\x80\x9CHe called it \xE2\x80\x98our hill\xE2\x80\x99 twice,\xE2\x80\x9D she said.", "[He called it \xE2\x80\x98our hill\xE2\x80\x99 twice,][our hill]1"},
        QuoteCase{"\"He called it 'our hill' twice,\" she said.", "[He called it 'our hill' twice,][our hill]1"},
        QuoteCase{"It's the army's hill, isn't it? The '90s and the officers' mess.", ""},
        QuoteCase{"'We go,' he said. It's late.", "[We go,]"},
        QuoteCase{"\xE2\x80\x98We don\xE2\x80\x99t go,\xE2\x80\x99 he said.", "[We don\xE2\x80\x99t go,]"},
        QuoteCase{"The officers\xE2\x80\x99 mess and the sailors\xE2\x80\x99 bar.", ""},
        QuoteCase{"\"We go.\n\n\"We stay,\" he said.", "[We go.]~+[We stay,]^"},
        QuoteCase{"\xE2\x80\x9CWe go.\n\n\xE2\x80\x9CWe wait.\n\n\xE2\x80\x9CWe stay,\xE2\x80\x9D he said.", "[We go.]~+[We wait.]~+^[We stay,]^"},
        QuoteCase{"He was \xE2\x80\x9Clate again, Kim said, \xE2\x80\x9Cwe wait.\xE2\x80\x9D", "[late again, Kim said,]~[we wait.]"},
        QuoteCase{"A closing mark\xE2\x80\x9D without its fellow.", ""}, QuoteCase{"``We go,'' he said.", "[We go,]"},
        QuoteCase{"\xC2\xABWe go\xC2\xBB, he said.", "[We go]"}, QuoteCase{"Empty \"\" and \" \" and \"...\".", ""},
        QuoteCase{"A 6\" gun and a 12\" gun.", ""}));

// Whatever the marks, spans lie in the text, those of one depth do not overlap, and nesting is bounded.
TEST(QuotesProperty, HoldForRandomMarks) {
  static constexpr const char* kPieces[] = {"\"", "'", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x98", "\xE2\x80\x99", "a", "War", " ", ", ", ".", "\n\n", "``", "''", "\xC2\xAB", "\xC2\xBB"};
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += kPieces[random() % std::size(kPieces)];
    const std::vector<QuoteSpan> quotes = find_quotes(text, 0);
    std::vector<uint32_t> end_at_depth(kMaxQuoteDepth + 1, 0);
    for (size_t i = 0; i < quotes.size(); ++i) {
      const QuoteSpan& q = quotes[i];
      ASSERT_LE(q.outer.end, text.size());
      ASSERT_TRUE(q.outer.contains(q.inner)) << text;
      ASSERT_LT(q.inner.begin, q.inner.end) << text;
      ASSERT_LT(q.depth, kMaxQuoteDepth);
      ASSERT_GE(q.outer.begin, end_at_depth[q.depth]) << text;
      end_at_depth[q.depth] = q.outer.end;
      ASSERT_LE(quotes[i - (i > 0)].outer.begin, q.outer.begin);
    }
    EXPECT_EQ(find_quotes(text, 0), quotes);
  }
}

// What is not linear here runs into the test's time limit.
TEST(QuotesProperty, FiveMegabytesOfMarksAreBounded) {
  std::string straight, curly, nested, single;
  while (straight.size() < 5'000'000) straight += "\"a";
  while (curly.size() < 5'000'000) curly += "\xE2\x80\x9Cwar ";
  for (int i = 0; i < 1000; ++i) nested += "\xE2\x80\x9Cwar ";
  for (int i = 0; i < 1000; ++i) nested += "\xE2\x80\x9D";
  while (nested.size() < 5'000'000) nested += nested.substr(0, 6000);
  while (single.size() < 5'000'000) single += " 'a";
  for (const std::string& text : {straight, curly, nested, single}) EXPECT_LE(find_quotes(text, 0).size(), text.size());
}

const CueLexiconPtr& lexicon() {
  static const CueLexiconPtr loaded = load_cue_lexicon(DEMARCHE_SOURCE_DIR "/data");
  return loaded;
}

// The sentence of a tree written as "word/lemma/UPOS/XPOS/head/deprel", heads counted from 1.
struct Parsed {
  std::string text;
  Sentence sentence;
  Tree tree;
};

Parsed parsed(std::string_view rows) {
  Parsed out;
  for (const std::string_view row : split_list(rows, ' ')) {
    const auto cells = split_list(row, '/');
    const bool glued = cells[0] == "." || cells[0] == "," || cells[0] == "'s";
    if (!out.text.empty() && !glued) out.text += ' ';
    const auto begin = static_cast<uint32_t>(out.text.size());
    out.text += cells[0];
    out.sentence.tokens.push_back({{begin, static_cast<uint32_t>(out.text.size())}});
    Node node;
    node.lemma = cells[1];
    node.upos = *parse_upos(cells[2]);
    node.xpos = cells[3];
    node.head = std::stoi(std::string(cells[4])) - 1;
    node.deprel = *parse_deprel(cells[5]);
    out.tree.nodes.push_back(node);
  }
  out.sentence.span = {0, static_cast<uint32_t>(out.text.size())};
  return out;
}

std::string told(const Parsed& p) {
  std::string out;
  for (const Statement& s : find_statements(p.text, 0, {&p.sentence, 1}, {&p.tree, 1}, {}, {}, {}, *lexicon())) {
    if (!out.empty()) out += " | ";
    out += std::string(text_of(p.text, s.speaker.span)) + " > " + (s.cue ? std::string(text_of(p.text, *s.cue)) : "-") + " >";
    for (const Span part : s.content) out += " [" + std::string(text_of(p.text, part)) + "]";
  }
  return out;
}

TEST(Statements, ClauseAfterItsVerb) {
  EXPECT_EQ(told(parsed("The/the/DET/DT/2/det minister/minister/NOUN/NN/3/nsubj said/say/VERB/VBD/0/root that/that/SCONJ/IN/6/mark it/it/PRON/PRP/6/nsubj rained/rain/VERB/VBD/3/ccomp ././PUNCT/./3/punct")),
            "The minister > said > [it rained]");
}

TEST(Statements, ClauseAroundItsVerbInPieces) {
  EXPECT_EQ(told(parsed("The/the/DET/DT/2/det truce/truce/NOUN/NN/7/nsubj ,/,/PUNCT/,/5/punct Moscow/Moscow/PROPN/NNP/5/nsubj said/say/VERB/VBD/7/parataxis ,/,/PUNCT/,/5/punct collapsed/collapse/VERB/VBD/0/root ././PUNCT/./7/punct")),
            "Moscow > said > [The truce] [collapsed]");
}

TEST(Statements, RefusedAndPlannedSpeechIsNone) {
  EXPECT_EQ(told(parsed("He/he/PRON/PRP/2/nsubj declined/decline/VERB/VBD/0/root to/to/PART/TO/4/mark say/say/VERB/VB/2/xcomp why/why/ADV/WRB/7/advmod it/it/PRON/PRP/7/nsubj failed/fail/VERB/VBD/4/ccomp ././PUNCT/./2/punct"))
                .find("> say >"), std::string::npos);
  EXPECT_EQ(told(parsed("He/he/PRON/PRP/3/nsubj will/will/AUX/MD/3/aux say/say/VERB/VB/0/root that/that/SCONJ/IN/6/mark it/it/PRON/PRP/6/nsubj failed/fail/VERB/VBD/3/ccomp ././PUNCT/./3/punct")), "");
}

TEST(Statements, CoordinatedVerbsShareTheirSubject) {
  EXPECT_EQ(told(parsed("Lee/Lee/PROPN/NNP/2/nsubj came/come/VERB/VBD/0/root and/and/CCONJ/CC/4/cc said/say/VERB/VBD/2/conj it/it/PRON/PRP/6/nsubj failed/fail/VERB/VBD/4/ccomp ././PUNCT/./2/punct")), "Lee > said > [it failed]");
}

TEST(Statements, QuotationIsToldByCoverage) {
  const std::string text = "it was \"a mistake\" and more";
  const auto quotes = find_quotes(text, 0);
  const Span all{0, static_cast<uint32_t>(text.size())}, inside{8, 17};
  EXPECT_EQ(quotation_of(text, {&inside, 1}, quotes), Quotation::direct);
  EXPECT_EQ(quotation_of(text, {&all, 1}, quotes), Quotation::mixed);
  const Span before{0, 6};
  EXPECT_EQ(quotation_of(text, {&before, 1}, quotes), Quotation::indirect);
}

TEST(CueLexicon, IsWideAndFinds) {
  EXPECT_GE(lexicon()->rows().size(), 500u);
  ASSERT_FALSE(lexicon()->find(CuePos::verb, "say").empty());
  EXPECT_EQ(lexicon()->find(CuePos::verb, "say").front()->id, "cue.say");
  EXPECT_TRUE(lexicon()->find(CuePos::verb, "walk").empty());
  // Longest first: "point out" before any "point".
  EXPECT_EQ(lexicon()->find(CuePos::verb, "point").front()->words.size(), 2u);
}

// A long sentence of cues and a deep chain of clauses end in time and give few statements.
TEST(Statements, LongAndDeepSentencesAreBounded) {
  Parsed p;
  for (int i = 0; i < 100'000; ++i) {
    const auto begin = static_cast<uint32_t>(p.text.size());
    p.text += i % 2 ? "said " : "he ";
    p.sentence.tokens.push_back({{begin, static_cast<uint32_t>(p.text.size() - 1)}});
    Node node;
    node.lemma = i % 2 ? "say" : "he";
    node.upos = i % 2 ? Upos::VERB : Upos::PRON;
    node.xpos = i % 2 ? "VBD" : "PRP";
    node.deprel = i % 2 ? (i == 1 ? Deprel::root : Deprel::ccomp) : Deprel::nsubj;
    node.head = i % 2 ? i - 2 : i + 1;
    if (i == 1) node.head = -1;
    p.tree.nodes.push_back(node);
  }
  p.sentence.span = {0, static_cast<uint32_t>(p.text.size())};
  (void)told(p);
}

}  // namespace
}  // namespace demarche
