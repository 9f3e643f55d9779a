#include "demarche/syntax/syntax.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "demarche/core/error.h"
#include "demarche/core/utf8.h"
#include "demarche/syntax/conjuncts.h"
#include "demarche/syntax/conllu.h"
#include "demarche/syntax/decode.h"
#include "demarche/syntax/kernels.h"
#include "demarche/syntax/parser_model.h"
#include "demarche/syntax/punctuation.h"
#include "demarche/syntax/subjects.h"

namespace demarche {
namespace {

const std::filesystem::path kData = std::filesystem::path(DEMARCHE_SOURCE_DIR) / "data";

const ParserModel& model() {
  static const ParserModelPtr loaded = load_parser_model(kData);
  return *loaded;
}

std::vector<const Kernels*> kernels_here() {
  const Kernels* all[4];
  return {all, all + supported_kernels(all)};
}

// Sentences parted by '\n', words by ' '.
std::vector<Sentence> split(std::string_view text) {
  std::vector<Sentence> out(1);
  uint32_t begin = 0;
  for (uint32_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] != ' ' && text[i] != '\n') continue;
    if (i > begin) out.back().tokens.push_back({{begin, i}});
    if (i < text.size() && text[i] == '\n') out.emplace_back();
    begin = i + 1;
  }
  return out;
}

constexpr std::string_view kText =
    "The foreign ministry of Ruritania said on Tuesday that it would reopen the border within ten days if Graustark withdrew its troops .\n"
    "“ We will not accept threats , ” a senior official who asked not to be named told reporters in the capital .\n"
    "Talks between the two sides collapsed in March after each accused the other of breaking a ceasefire they had signed in Geneva .\n"
    "Fire !\n"
    "RURITANIA CLOSES BORDER\n"
    "Neither the president nor her advisers , most of whom had opposed the plan , commented on the 250 kilometres of new fence .";

void expect_tree(const Tree& tree, size_t words) {
  ASSERT_EQ(tree.nodes.size(), words);
  if (words == 0) return;
  size_t roots = 0;
  std::vector<uint8_t> state(words, 0);  // 1: on this walk, 2: reaches the root
  for (size_t i = 0; i < words; ++i) {
    const Node& node = tree.nodes[i];
    ASSERT_LT(node.head, static_cast<int32_t>(words));
    ASSERT_EQ(node.head < 0, node.deprel == Deprel::root);
    roots += node.head < 0 ? 1 : 0;
    std::vector<size_t> walk;
    size_t at = i;
    while (state[at] == 0) {
      state[at] = 1;
      walk.push_back(at);
      if (tree.nodes[at].head < 0) break;
      at = static_cast<size_t>(tree.nodes[at].head);
      ASSERT_NE(state[at], 1) << "a cycle at word " << at;
    }
    for (const size_t w : walk) state[w] = 2;
  }
  EXPECT_EQ(roots, 1u);
  for (const EntitySpan& e : tree.entities) {
    EXPECT_LT(e.first, e.last);
    EXPECT_LE(e.last, words);
    EXPECT_GT(e.score, 0);
    EXPECT_LE(e.score, 1);
  }
}

void expect_trees(std::string_view text, const std::vector<Sentence>& sentences) {
  const std::vector<Tree> trees = parse_sentences(text, sentences, model());
  ASSERT_EQ(trees.size(), sentences.size());
  for (size_t i = 0; i < trees.size(); ++i) expect_tree(trees[i], sentences[i].tokens.size());
}

TEST(Parse, ReadsAnEasySentence) {
  const std::string_view text = "North Korea fired two missiles into the sea on Tuesday .";
  const Tree tree = parse_sentences(text, split(text), model())[0];
  std::string got;
  for (const Node& n : std::span(tree.nodes).subspan(1)) got += std::string(to_string(n.upos)) + ":" + std::string(to_string(n.deprel)) + ":" + std::to_string(n.head + 1) + " ";
  EXPECT_EQ(got,
            "PROPN:nsubj:3 VERB:root:0 NUM:nummod:5 NOUN:obj:3 ADP:case:8 DET:det:8 NOUN:obl:3 ADP:case:10 PROPN:obl:3 PUNCT:punct:3 ");
  EXPECT_EQ(tree.nodes[2].lemma, "fire");
  EXPECT_EQ(tree.nodes[4].lemma, "missile");
  EXPECT_EQ(tree.nodes[2].xpos, "VBD");
  EXPECT_NE(tree.nodes[4].feats.find("Number=Plur"), std::string::npos);
  const auto is_sea = [](const EntitySpan& e) { return e.first == 6 && e.last == 8 && e.type == "place"; };
  EXPECT_TRUE(std::any_of(tree.entities.begin(), tree.entities.end(), is_sea));
}

TEST(Parse, EmptyInput) {
  EXPECT_TRUE(parse_sentences("", {}, model()).empty());
  expect_trees("", std::vector<Sentence>(3));
}

TEST(Parse, AlwaysGivesATree) {
  expect_trees(kText, split(kText));
  std::string capitals(kText);
  for (char& c : capitals) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  expect_trees(capitals, split(capitals));
}

TEST(Parse, RandomBytesGiveATree) {
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    std::string bytes;
    for (int i = 0; i < 3000; ++i) bytes += static_cast<char>(random() % 16 == 0 ? ' ' : random() % 256);
    const std::string text = repair_utf8(bytes);
    expect_trees(text, split(text));
  }
}

TEST(Parse, AHundredThousandLettersInOneSentence) {
  std::string text;
  for (int i = 0; i < 100000; ++i) text += i % 7 == 0 ? "b " : "a ";
  expect_trees(text, split(text));
}

TEST(Parse, OneWordOfFiveMegabytes) {
  const std::string text(5'000'000, 'x');
  expect_trees(text, split(text));
}

TEST(Parse, DoesNotDependOnTheCompany) {
  // A sentence is read alike whatever stands in the same batch.
  const std::vector<Sentence> all = split(kText);
  const std::vector<Tree> together = parse_sentences(kText, all, model());
  for (size_t i = 0; i < all.size(); ++i) EXPECT_EQ(parse_sentences(kText, std::span(&all[i], 1), model())[0], together[i]);
}

TEST(Kernels, AllInstructionSetsGiveTheSameBits) {
  const std::vector<Sentence> sentences = split(kText);
  ParseOptions options;
  options.kernels = &portable_kernels();
  const std::vector<Tree> expected = parse_with(kText, sentences, model(), options);
  for (const Kernels* kernels : kernels_here()) {
    options.kernels = kernels;
    EXPECT_EQ(parse_with(kText, sentences, model(), options), expected) << kernels->name;
  }
}

// Weights and activations at their bounds: no sum may be cut off, whatever stands beside it.
TEST(Kernels, ProductsAtTheBounds) {
  std::mt19937 random(3);
  const size_t outputs = 48, columns = 32, blocks = 3, rows = 7;
  for (const int strongest : {127, 64, 40}) {
    std::vector<int8_t> values(outputs * columns * blocks);
    for (int8_t& v : values) v = static_cast<int8_t>(random() % 5 == 0 ? static_cast<int>(random() % 255) - 127 : random() % 7 == 0 ? -strongest : strongest);
    std::vector<uint32_t> wide_begin{0};
    std::vector<uint16_t> wide_columns;
    for (size_t at = 0; at < values.size(); at += columns * 16) {
      for (size_t c = 0; c < columns; c += 8)
        if (!fits_16_bits(values.data() + at + c * 16)) wide_columns.push_back(static_cast<uint16_t>(c));
      wide_begin.push_back(static_cast<uint32_t>(wide_columns.size()));
    }
    EXPECT_GT(wide_columns.size(), 0U);  // both ways are tried
    EXPECT_EQ(wide_columns.size() == values.size() / 128, strongest == 127);
    std::vector<uint8_t> input((rows + blocks) * columns);
    for (uint8_t& v : input) v = random() % 3 == 0 ? 1 : 127;
    const std::vector<int32_t> corrections(outputs * blocks, 11);
    const std::vector<float> scales(outputs, 0.5f), biases(outputs, 0.25f), input_scales(rows + blocks, 2.0f);
    const PackedWeights weights{values.data(), corrections.data(), scales.data(), biases.data(), wide_begin.data(), wide_columns.data(), outputs, columns, blocks};
    std::vector<float> expected(rows * outputs), got(rows * outputs);
    portable_kernels().multiply(weights, {input.data(), input_scales.data(), 1, rows, expected.data(), outputs});
    for (const Kernels* kernels : kernels_here()) {
      kernels->multiply(weights, {input.data(), input_scales.data(), 1, rows, got.data(), outputs});
      EXPECT_EQ(got, expected) << kernels->name << ", weights up to " << strongest;
    }
  }
}

// Runs the network over the text; returns tag scores and arc scores.
std::vector<float> scores_of(const Network& network, const Kernels& kernels, bool reference) {
  Workspace w;
  w.kernels = &kernels;
  w.reference = reference;
  network.begin(w);
  for (const Sentence& s : split(kText)) {
    network.begin_segment(w);
    for (size_t i = 0; i < s.tokens.size(); ++i) network.add_word(w, text_of(kText, s.tokens[i].span), i == 0);
    network.end_segment(w);
  }
  network.run(w);
  std::vector<float> out, arcs;
  for (const Segment& s : w.segments) {
    const size_t columns = network.tag_columns();
    out.insert(out.end(), w.tags.begin() + static_cast<ptrdiff_t>(s.first_row * columns), w.tags.begin() + static_cast<ptrdiff_t>((s.first_row + s.words) * columns));
    network.score_arcs(w, s, arcs);
    out.insert(out.end(), arcs.begin(), arcs.end());
  }
  return out;
}

TEST(Kernels, StayNearTheFloatReference) {
  // Tolerance: activations of seven bits move a score by at most a twentieth of the scores' standard deviation on average.
  const std::vector<float> expected = scores_of(model().network, portable_kernels(), true);
  double mean = 0, square = 0;
  for (const float v : expected) mean += v, square += v * v;
  mean /= static_cast<double>(expected.size());
  const double deviation = std::sqrt(square / static_cast<double>(expected.size()) - mean * mean);
  for (const Kernels* kernels : kernels_here()) {
    const std::vector<float> got = scores_of(model().network, *kernels, false);
    ASSERT_EQ(got.size(), expected.size());
    double error = 0;
    for (size_t i = 0; i < got.size(); ++i) error += std::abs(got[i] - expected[i]);
    EXPECT_LT(error / static_cast<double>(got.size()), deviation / 20) << kernels->name;
  }
}

TEST(Kernels, ParseAsTheFloatReference) {
  const std::vector<Sentence> sentences = split(kText);
  ParseOptions options;
  options.reference = true;
  const std::vector<Tree> expected = parse_with(kText, sentences, model(), options);
  const std::vector<Tree> got = parse_sentences(kText, sentences, model());
  size_t words = 0, same = 0;
  for (size_t s = 0; s < got.size(); ++s) {
    for (size_t i = 0; i < got[s].nodes.size(); ++i) {
      ++words;
      same += got[s].nodes[i].head == expected[s].nodes[i].head && got[s].nodes[i].deprel == expected[s].nodes[i].deprel ? 1 : 0;
    }
  }
  EXPECT_GE(same * 100, words * 97) << same << " of " << words;
}

// The best tree with one root by trying all assignments of heads.
double best_by_trial(const std::vector<float>& scores, size_t n) {
  double best = -1e30;
  std::vector<size_t> head(n, 0);
  for (;;) {
    size_t roots = 0;
    bool tree = true;
    double total = 0;
    for (size_t i = 0; i < n && tree; ++i) {
      roots += head[i] == 0 ? 1 : 0;
      total += scores[i * (n + 1) + head[i]];
      size_t at = i + 1;
      for (size_t k = 0; k <= n && at != 0; ++k) at = head[at - 1];
      tree = at == 0;
    }
    if (tree && roots == 1) best = std::max(best, total);
    size_t i = 0;
    while (i < n && ++head[i] > n) head[i++] = 0;
    if (i == n) return best;
  }
}

TEST(DecodeTree, FindsTheBestTree) {
  std::mt19937 random(11);
  std::normal_distribution<float> normal(0, 3);
  for (int round = 0; round < 300; ++round) {
    const size_t n = 1 + random() % 5;
    std::vector<float> scores(n * (n + 1));
    for (float& v : scores) v = normal(random);
    std::vector<int32_t> heads;
    decode_tree(scores, n, heads);
    double total = 0;
    for (size_t i = 0; i < n; ++i) total += scores[i * (n + 1) + static_cast<size_t>(heads[i] + 1)];
    EXPECT_NEAR(total, best_by_trial(scores, n), 1e-3) << "round " << round;
  }
}

TEST(DecodeTree, LongSentencesWithManyCycles) {
  std::mt19937 random(5);
  std::normal_distribution<float> normal(0, 1);
  const size_t n = kMaxSegmentWords;
  std::vector<float> scores(n * (n + 1));
  for (int round = 0; round < 3; ++round) {
    for (size_t i = 0; i < n; ++i)
      for (size_t j = 0; j <= n; ++j) scores[i * (n + 1) + j] = normal(random) + ((i ^ 1) + 1 == j ? 5.0f : 0.0f);  // pairs that head each other
    Tree tree;
    std::vector<int32_t> heads;
    decode_tree(scores, n, heads);
    for (const int32_t head : heads) {
      tree.nodes.emplace_back().head = head;
      if (head < 0) tree.nodes.back().deprel = Deprel::root;
    }
    expect_tree(tree, n);
  }
}

TEST(RehangMarks, PairsAndCommas) {
  // "We met , he ( the envoy ) said ." with the comma and the brackets hung up wrongly.
  const std::vector<MarkedWord> words = {{"We", false}, {"met", false},   {",", true}, {"he", false}, {"(", true},
                                         {"the", false}, {"envoy", false}, {")", true}, {"said", false}, {".", true}};
  std::vector<int32_t> heads = {1, 8, 3, 8, 8, 6, 3, 3, -1, 8};
  rehang_marks(words, heads);
  EXPECT_EQ(heads, (std::vector<int32_t>{1, 8, 1, 8, 6, 6, 3, 6, -1, 8}));
}

TEST(LiftPastConjuncts, BehindAPastPerfectAlone) {
  const auto word = [](std::string_view xpos, Deprel relation, int32_t head) {
    Node node;
    node.xpos = xpos;
    node.deprel = relation;
    node.head = head;
    return node;
  };
  const auto lifted = [](const std::vector<Node>& words) {
    std::vector<int32_t> heads;
    for (const Node& w : words) heads.push_back(w.head);
    lift_past_conjuncts(words, heads);
    return heads;
  };
  // "denied troops had crossed and accused Peru"
  std::vector<Node> words{word("VBD", Deprel::root, -1), word("NNS", Deprel::nsubj, 3), word("VBD", Deprel::aux, 3), word("VBN", Deprel::ccomp, 0), word("CC", Deprel::cc, 5), word("VBD", Deprel::conj, 3), word("NNP", Deprel::obj, 5)};
  EXPECT_EQ(lifted(words), (std::vector<int32_t>{-1, 3, 3, 0, 5, 0, 5}));
  words[5].xpos = "VBN";  // "had crossed and attacked Peru"
  EXPECT_EQ(lifted(words), (std::vector<int32_t>{-1, 3, 3, 0, 5, 3, 5}));
  words[5].xpos = "VBD";
  words[6].deprel = Deprel::nsubj;  // a subject of its own
  EXPECT_EQ(lifted(words), (std::vector<int32_t>{-1, 3, 3, 0, 5, 3, 5}));
}

TEST(JoinDoubledSubjects, OfficeAndNameAndPartsOfAName) {
  const auto joined = [](std::vector<Node> words) {
    std::vector<int32_t> heads;
    for (const Node& word : words) heads.push_back(word.head);
    join_doubled_subjects(words, heads);
    std::string out;
    for (size_t i = 0; i < words.size(); ++i) out += std::string(to_string(words[i].deprel)) + ":" + std::to_string(heads[i]) + " ";
    return out;
  };
  const auto word = [](Upos upos, Deprel relation, int32_t head) {
    Node node;
    node.upos = upos;
    node.deprel = relation;
    node.head = head;
    return node;
  };
  const Node said = word(Upos::VERB, Deprel::root, -1);
  // "minister Ilya Brandt said"
  EXPECT_EQ(joined({word(Upos::NOUN, Deprel::nsubj, 3), word(Upos::PROPN, Deprel::nsubj, 3), word(Upos::PROPN, Deprel::flat, 1), said}), "nsubj:3 appos:0 flat:1 root:-1 ");
  // "Mina van Tand said", the name broken at its second word
  EXPECT_EQ(joined({word(Upos::PROPN, Deprel::nsubj, 3), word(Upos::PROPN, Deprel::nsubj, 3), word(Upos::PROPN, Deprel::flat, 1), said}), "nsubj:3 flat:0 flat:0 root:-1 ");
  // "the union and trade minister Ilya said": the last conjunct bears the name
  EXPECT_EQ(joined({word(Upos::NOUN, Deprel::nsubj, 4), word(Upos::CCONJ, Deprel::cc, 2), word(Upos::NOUN, Deprel::conj, 0), word(Upos::PROPN, Deprel::nsubj, 4), said}), "nsubj:4 cc:2 conj:0 appos:2 root:-1 ");
  // "These whales, Ilya said": a mark between keeps them apart
  EXPECT_EQ(joined({word(Upos::NOUN, Deprel::nsubj, 3), word(Upos::PUNCT, Deprel::punct, 0), word(Upos::PROPN, Deprel::nsubj, 3), said}), "nsubj:3 punct:0 nsubj:3 root:-1 ");
}

TEST(Lemmatizer, RulesAndExceptions) {
  const auto lemma = [](std::string_view form, std::string_view xpos, bool first = false) { return model().lemmas.lemma(form, xpos, first); };
  EXPECT_EQ(lemma("said", "VBD"), "say");
  EXPECT_EQ(lemma("The", "DT", true), "the");
  EXPECT_EQ(lemma("Seoul", "NNP"), "Seoul");
  EXPECT_EQ(lemma("children", "NNS"), "child");
  EXPECT_EQ(lemma("Children", "NNS", true), "child");
  EXPECT_EQ(lemma("n’t", "RB"), "not");
  EXPECT_EQ(lemma("blockades", "NNS"), "blockade");
  EXPECT_EQ(lemma("provoked", "VBN"), "provoke");
  EXPECT_EQ(lemma("Talks", "NNS"), "talk");
  EXPECT_EQ(lemma("MOVED", "VBD"), "move");
  EXPECT_EQ(lemma("Did", "VBD"), "do");
  EXPECT_EQ(lemma("Men", "NNS"), "man");
  EXPECT_EQ(lemma("Ĉu", "NNP"), "Ĉu");
  EXPECT_EQ(lemma("1,234", "CD"), "1234");
  EXPECT_EQ(lemma("41,234,000.50", "CD"), "41234000.50");
  EXPECT_EQ(lemma("3,40", "CD"), "3,40");
  EXPECT_EQ(lemma("1,23,4", "CD"), "1,23,4");
  EXPECT_EQ(lemma("CANADA", "NNP"), "Canada");
  EXPECT_EQ(lemma("canada", "NNP"), "Canada");
  EXPECT_EQ(model().lemmas.lemma("SCHWIRZ", "NNP", false, true), "Schwirz");
  EXPECT_EQ(lemma("SCHWIRZ", "NNP"), "SCHWIRZ");  // alone in capitals: an abbreviation
  EXPECT_EQ(lemma("SCHW", "NNP"), "SCHW");
  EXPECT_EQ(lemma("korean", "JJ"), "Korean");
  EXPECT_EQ(lemma("Korean", "JJ", true), "Korean");
  EXPECT_EQ(lemma("Largest", "JJS"), "large");
  EXPECT_EQ(lemma("Nuclear", "JJ"), "nuclear");
  EXPECT_EQ(lemma("misisles", "NNS"), "missile");
  EXPECT_EQ(lemma("goverment", "NN"), "goverment");  // a letter left out: several words may be meant elsewhere
  EXPECT_EQ(lemma("commited", "VBD"), "commit");
  EXPECT_EQ(lemma("neverrrr", "RB"), "never");
  EXPECT_EQ(lemma("griping", "VBG"), "gripe");  // a word, and no slip
}

std::string message_of(std::span<const std::byte> bytes) {
  try {
    const ParserModel broken(ModelFile::parse("model.bin", bytes));
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(ModelFile, RefusesWhatIsDamaged) {
  std::ifstream in(kData / "model" / "default.bin", std::ios::binary);
  std::vector<char> chars{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const auto bytes = [&] { return std::as_bytes(std::span<const char>(chars)); };
  EXPECT_EQ(message_of(bytes()), "");
  EXPECT_EQ(message_of({}), "model.bin: this is no parser model");
  EXPECT_EQ(message_of(bytes().first(100)), "model.bin: the parser model is cut off in its header");
  EXPECT_EQ(message_of(bytes().first(chars.size() - 1)), "model.bin: the parser model is cut off or too long");
  chars[chars.size() - 1000] ^= 1;
  EXPECT_EQ(message_of(bytes()), "model.bin: the parser model is damaged: its hash is not the one in its manifest");
  chars[chars.size() - 1000] ^= 1;
  const std::string_view all(chars.data(), chars.size());
  const size_t at = all.find(kFeatureSet);
  ASSERT_NE(at, std::string_view::npos);
  chars[at] = 'W';
  EXPECT_NE(message_of(bytes()).find("was trained with the features \"Word-piece"), std::string::npos);
  EXPECT_THROW(load_parser_model("/nowhere"), Error);
}

TEST(ReadConllu, KeepsSentencesAndWords) {
  const ConlluText got = read_conllu("x.conllu",
                                     "# newdoc\n1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tdo\t_\t_\t_\t_\t_\t_\t_\t_\n2\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n"
                                     "3\tgo\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n4\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n# newpar\n1\tYes\t_\t_\t_\t_\t_\t_\t_\t_\n");
  EXPECT_EQ(got.text, "don't go.\n\nYes\n");
  ASSERT_EQ(got.sentences.size(), 2u);
  EXPECT_EQ(got.sentences[0].tokens.size(), 4u);
  EXPECT_EQ(got.sentences[0].multiword, (std::vector<MultiwordToken>{{0, 2}}));
  EXPECT_EQ(got.sentences[1].paragraph, 1u);
}

TEST(ReadConllu, RefusesABrokenLine) {
  const auto message = [](std::string_view bytes) -> std::string {
    try {
      read_conllu("x.conllu", bytes);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(message("1\tYes\n"), "x.conllu:1: a word's line has not ten cells");
  EXPECT_EQ(message("2\tYes\t_\t_\t_\t_\t_\t_\t_\t_\n"), "x.conllu:1: the words are not numbered 1, 2, 3 ...");
  EXPECT_EQ(message("1-2\tYes\t_\t_\t_\t_\t_\t_\t_\t_\n\n"), "x.conllu:2: the sentence ends inside a multiword token");
}

}  // namespace
}  // namespace demarche
