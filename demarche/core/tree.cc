#include "demarche/core/tree.h"

#include <algorithm>

namespace demarche {

TreeIndex::TreeIndex(const Tree& tree) : tree_(&tree) {
  const auto n = static_cast<uint32_t>(tree.nodes.size());
  child_begin_.assign(n + 1, 0);
  extents_.resize(n);
  for (uint32_t i = 0; i < n; ++i) {
    extents_[i] = {i, i + 1};
    if (tree.nodes[i].head < 0) {
      root_ = i;
    } else {
      DEMARCHE_CHECK(static_cast<uint32_t>(tree.nodes[i].head) < n);
      ++child_begin_[static_cast<uint32_t>(tree.nodes[i].head)];
    }
  }
  for (uint32_t i = 0; i < n; ++i) child_begin_[i + 1] += child_begin_[i];
  children_.resize(child_begin_[n]);
  // Filled from behind, so that the ends of the lists, counted above, become their beginnings.
  for (uint32_t i = n; i-- > 0;)
    if (tree.nodes[i].head >= 0) children_[--child_begin_[static_cast<uint32_t>(tree.nodes[i].head)]] = i;
  // Parents after their children: breadth-first order from the root, backwards.
  std::vector<uint32_t> order;
  order.reserve(n);
  if (n > 0) order.push_back(root_);
  for (size_t k = 0; k < order.size(); ++k)
    for (const uint32_t c : children(order[k])) order.push_back(c);
  for (size_t k = order.size(); k-- > 1;) {
    auto& up = extents_[static_cast<uint32_t>(tree.nodes[order[k]].head)];
    up.first = std::min(up.first, extents_[order[k]].first);
    up.second = std::max(up.second, extents_[order[k]].second);
  }
}

std::span<const uint32_t> TreeIndex::children(uint32_t node) const {
  return {children_.data() + child_begin_[node], child_begin_[node + 1] - child_begin_[node]};
}

int32_t TreeIndex::child(uint32_t node, Deprel deprel) const {
  for (const uint32_t c : children(node))
    if (tree_->nodes[c].deprel == deprel) return static_cast<int32_t>(c);
  return -1;
}

bool TreeIndex::under(uint32_t node, uint32_t ancestor) const {
  for (int32_t i = static_cast<int32_t>(node); i >= 0; i = tree_->nodes[static_cast<uint32_t>(i)].head)
    if (static_cast<uint32_t>(i) == ancestor) return true;
  return false;
}

Span token_span(const Sentence& sentence, uint32_t first, uint32_t last) {
  DEMARCHE_CHECK(first < last && last <= sentence.tokens.size());
  return {sentence.tokens[first].span.begin, sentence.tokens[last - 1].span.end};
}

uint32_t token_at(const Sentence& sentence, uint32_t byte) {
  const auto it = std::partition_point(sentence.tokens.begin(), sentence.tokens.end(), [&](const Token& t) { return t.span.end <= byte; });
  return static_cast<uint32_t>(it - sentence.tokens.begin());
}

uint32_t sentence_at(std::span<const Sentence> sentences, uint32_t byte) {
  const auto it = std::partition_point(sentences.begin(), sentences.end(), [&](const Sentence& s) { return s.span.begin <= byte; });
  if (it == sentences.begin()) return static_cast<uint32_t>(sentences.size());
  return static_cast<uint32_t>(it - sentences.begin() - 1);
}

std::string_view feature(const Node& node, std::string_view name) {
  const std::string_view feats = node.feats;
  for (size_t at = 0; at < feats.size();) {
    size_t end = feats.find('|', at);
    if (end == std::string_view::npos) end = feats.size();
    const std::string_view pair = feats.substr(at, end - at);
    if (pair.size() > name.size() && pair.substr(0, name.size()) == name && pair[name.size()] == '=') return pair.substr(name.size() + 1);
    at = end + 1;
  }
  return {};
}

namespace {

// Mentions are sorted by begin, so those of one sentence stand together.
template <class Visit>
void for_sentence(const Names& names, SentenceId sentence, Visit visit) {
  auto it = std::partition_point(names.mentions.begin(), names.mentions.end(), [&](const Mention& m) { return m.sentence < sentence; });
  for (; it != names.mentions.end() && it->sentence == sentence; ++it) visit(*it);
}

}  // namespace

const Mention* mention_headed_by(const Names& names, SentenceId sentence, uint32_t token) {
  const Mention* best = nullptr;
  for_sentence(names, sentence, [&](const Mention& m) {
    if (m.head == token && (!best || m.last - m.first > best->last - best->first)) best = &m;
  });
  return best;
}

const Mention* mention_covering(const Names& names, SentenceId sentence, uint32_t token) {
  const Mention* best = nullptr;
  for_sentence(names, sentence, [&](const Mention& m) {
    if (m.first <= token && token < m.last && (!best || m.last - m.first < best->last - best->first)) best = &m;
  });
  return best;
}

}  // namespace demarche
