// Ways around a dependency tree. Thread safe; all indices are tokens of one sentence.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "demarche/core/document.h"

namespace demarche {

// The children of every node in text order, and subtree extents; built once per sentence, O(n).
class TreeIndex {
 public:
  explicit TreeIndex(const Tree& tree);

  std::span<const uint32_t> children(uint32_t node) const;
  // First child with that relation, or -1.
  int32_t child(uint32_t node, Deprel deprel) const;
  // Smallest [first, last) that holds the whole subtree.
  std::pair<uint32_t, uint32_t> extent(uint32_t node) const { return extents_[node]; }
  // Whether `node` is `ancestor` or below it.
  bool under(uint32_t node, uint32_t ancestor) const;
  uint32_t root() const { return root_; }

 private:
  const Tree* tree_;
  std::vector<uint32_t> child_begin_, children_;
  std::vector<std::pair<uint32_t, uint32_t>> extents_;
  uint32_t root_ = 0;
};

// Bytes from the first to the last of tokens [first, last). REQUIRES: first < last.
Span token_span(const Sentence& sentence, uint32_t first, uint32_t last);
// The token that covers or follows `byte` in the sentence; tokens.size() when none does.
uint32_t token_at(const Sentence& sentence, uint32_t byte);
// Index of the sentence that holds `byte`, or of the last that begins before it; sentences.size() when none does.
uint32_t sentence_at(std::span<const Sentence> sentences, uint32_t byte);
// Value of one UD feature ("Tense" in "Mood=Ind|Tense=Past"); empty when absent.
std::string_view feature(const Node& node, std::string_view name);
// The longest mention whose head is this token, or null.
const Mention* mention_headed_by(const Names& names, SentenceId sentence, uint32_t token);
// The shortest mention that covers this token, or null.
const Mention* mention_covering(const Names& names, SentenceId sentence, uint32_t token);

}  // namespace demarche
