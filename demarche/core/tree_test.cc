#include "demarche/core/tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace demarche {
namespace {

Tree tree_of(std::initializer_list<int32_t> heads) {
  Tree tree;
  for (const int32_t head : heads) {
    Node node;
    node.head = head;
    tree.nodes.push_back(node);
  }
  return tree;
}

// "Ruritania fired two missiles on Tuesday"
Tree example() {
  Tree tree = tree_of({1, -1, 3, 1, 5, 1});
  const Deprel relations[] = {Deprel::nsubj, Deprel::root, Deprel::nummod, Deprel::obj, Deprel::case_, Deprel::obl};
  for (size_t i = 0; i < 6; ++i) tree.nodes[i].deprel = relations[i];
  return tree;
}

TEST(TreeIndex, ChildrenExtentsAncestors) {
  const Tree tree = example();
  const TreeIndex index(tree);
  EXPECT_EQ(index.root(), 1u);
  const auto children = index.children(1);
  EXPECT_EQ(std::vector<uint32_t>(children.begin(), children.end()), (std::vector<uint32_t>{0, 3, 5}));
  EXPECT_TRUE(index.children(0).empty());
  EXPECT_EQ(index.child(1, Deprel::obj), 3);
  EXPECT_EQ(index.child(1, Deprel::iobj), -1);
  EXPECT_EQ(index.extent(1), (std::pair<uint32_t, uint32_t>{0, 6}));
  EXPECT_EQ(index.extent(3), (std::pair<uint32_t, uint32_t>{2, 4}));
  EXPECT_EQ(index.extent(0), (std::pair<uint32_t, uint32_t>{0, 1}));
  EXPECT_TRUE(index.under(2, 3));
  EXPECT_TRUE(index.under(2, 1));
  EXPECT_TRUE(index.under(3, 3));
  EXPECT_FALSE(index.under(3, 2));
}

TEST(TreeIndex, EmptyTree) {
  const Tree tree;
  const TreeIndex index(tree);
  EXPECT_EQ(index.root(), 0u);
}

TEST(TreeIndex, ExtentsOfRandomTreesAreThoseOfTheirSubtrees) {
  std::mt19937 random(5);
  for (int round = 0; round < 300; ++round) {
    // heads among earlier nodes, then the words shuffled: any shape, crossing arcs included
    const auto n = static_cast<uint32_t>(1 + random() % 30);
    std::vector<uint32_t> place(n);
    for (uint32_t i = 0; i < n; ++i) place[i] = i;
    std::shuffle(place.begin(), place.end(), random);
    Tree tree;
    tree.nodes.resize(n);
    for (uint32_t i = 0; i < n; ++i) tree.nodes[place[i]].head = i == 0 ? -1 : static_cast<int32_t>(place[random() % i]);
    const TreeIndex index(tree);
    ASSERT_EQ(index.root(), place[0]);
    for (uint32_t i = 0; i < n; ++i) {
      uint32_t first = n, last = 0, children = 0;
      for (uint32_t k = 0; k < n; ++k) {
        bool below = false;
        for (int32_t at = static_cast<int32_t>(k); at >= 0; at = tree.nodes[static_cast<size_t>(at)].head)
          below = below || at == static_cast<int32_t>(i);
        ASSERT_EQ(index.under(k, i), below);
        if (below) {
          first = std::min(first, k);
          last = std::max(last, k + 1);
        }
        children += tree.nodes[k].head == static_cast<int32_t>(i);
      }
      ASSERT_EQ(index.extent(i), (std::pair<uint32_t, uint32_t>{first, last}));
      ASSERT_EQ(index.children(i).size(), children);
    }
  }
}

TEST(TreeIndex, DeepChainNeedsNoStack) {
  Tree tree;
  tree.nodes.resize(200'000);
  for (size_t i = 0; i < tree.nodes.size(); ++i) tree.nodes[i].head = static_cast<int32_t>(i) - 1;
  const TreeIndex index(tree);
  EXPECT_EQ(index.extent(0), (std::pair<uint32_t, uint32_t>{0, 200'000}));
}

TEST(Tokens, ByByte) {
  Sentence sentence;
  sentence.span = {10, 30};
  sentence.tokens = {{{10, 14}}, {{15, 20}}, {{20, 21}}, {{25, 30}}};
  EXPECT_EQ(token_span(sentence, 1, 3), (Span{15, 21}));
  EXPECT_EQ(token_at(sentence, 10), 0u);
  EXPECT_EQ(token_at(sentence, 14), 1u);  // between two: the one that follows
  EXPECT_EQ(token_at(sentence, 20), 2u);
  EXPECT_EQ(token_at(sentence, 22), 3u);
  EXPECT_EQ(token_at(sentence, 30), 4u);
}

TEST(Sentences, ByByte) {
  std::vector<Sentence> sentences(2);
  sentences[0].span = {5, 10};
  sentences[1].span = {12, 20};
  EXPECT_EQ(sentence_at(sentences, 0), 2u);
  EXPECT_EQ(sentence_at(sentences, 5), 0u);
  EXPECT_EQ(sentence_at(sentences, 11), 0u);
  EXPECT_EQ(sentence_at(sentences, 12), 1u);
  EXPECT_EQ(sentence_at(sentences, 500), 1u);
}

TEST(Node, Features) {
  Node node;
  node.feats = "Mood=Ind|Number=Sing|Tense=Past";
  EXPECT_EQ(feature(node, "Mood"), "Ind");
  EXPECT_EQ(feature(node, "Tense"), "Past");
  EXPECT_EQ(feature(node, "Num"), "");
  EXPECT_EQ(feature(node, "Person"), "");
  node.feats.clear();
  EXPECT_EQ(feature(node, "Mood"), "");
}

TEST(Mentions, LongestHeadedAndShortestCovering) {
  Names names;
  const auto add = [&](uint32_t sentence, uint32_t first, uint32_t last, uint32_t head) {
    Mention m;
    m.sentence = SentenceId{sentence};
    m.first = first;
    m.last = last;
    m.head = head;
    names.mentions.push_back(m);
  };
  add(0, 0, 2, 1);
  add(1, 0, 5, 4);
  add(1, 3, 5, 4);
  add(1, 3, 4, 3);
  EXPECT_EQ(mention_headed_by(names, SentenceId{1}, 4), &names.mentions[1]);
  EXPECT_EQ(mention_covering(names, SentenceId{1}, 3), &names.mentions[3]);
  EXPECT_EQ(mention_covering(names, SentenceId{1}, 4), &names.mentions[2]);
  EXPECT_EQ(mention_headed_by(names, SentenceId{0}, 4), nullptr);
  EXPECT_EQ(mention_covering(names, SentenceId{2}, 0), nullptr);
}

}  // namespace
}  // namespace demarche
