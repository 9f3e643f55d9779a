// One sentence with its tree, ready for the questions that attribution asks. Borrows everything; lives as long as the call.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "demarche/core/document.h"
#include "demarche/core/tree.h"

namespace demarche::attribution {

// Tokens [first, last) of one sentence.
struct TokenRange {
  uint32_t first = 0, last = 0;

  bool empty() const { return first >= last; }
  bool holds(uint32_t token) const { return first <= token && token < last; }
  bool operator==(const TokenRange&) const = default;
};

class ParsedSentence {
 public:
  ParsedSentence(std::string_view text, const Sentence& sentence, const Tree& tree, uint32_t id)
      : text_(text), sentence_(&sentence), tree_(&tree), index_(tree), id_(id) {}

  uint32_t id() const { return id_; }
  const Sentence& sentence() const { return *sentence_; }
  uint32_t size() const { return static_cast<uint32_t>(tree_->nodes.size()); }
  const Node& node(uint32_t i) const { return tree_->nodes[i]; }
  Span token(uint32_t i) const { return sentence_->tokens[i].span; }
  std::string_view word(uint32_t i) const { return text_of(text_, token(i)); }
  std::string_view lemma(uint32_t i) const { return node(i).lemma; }
  int32_t head(uint32_t i) const { return node(i).head; }
  Deprel rel(uint32_t i) const { return node(i).deprel; }
  std::span<const uint32_t> children(uint32_t i) const { return index_.children(i); }
  int32_t child(uint32_t i, Deprel rel) const { return index_.child(i, rel); }
  TokenRange extent(uint32_t i) const {
    const auto [first, last] = index_.extent(i);
    return {first, last};
  }
  bool inside(uint32_t i, uint32_t ancestor) const { return extent(ancestor).holds(i); }
  Span span(TokenRange range) const { return token_span(*sentence_, range.first, range.last); }
  std::string_view text() const { return text_; }

  // The word in lower case equals this one (ASCII).
  bool is(uint32_t i, std::string_view lower) const;
  bool is_any(uint32_t i, std::initializer_list<std::string_view> lower) const;
  bool has_xpos(uint32_t i, std::string_view prefix) const { return node(i).xpos.starts_with(prefix); }
  bool verbal(uint32_t i) const { return node(i).upos == Upos::VERB || node(i).upos == Upos::AUX; }
  bool nominal(uint32_t i) const;
  bool plural(uint32_t i) const { return feature(node(i), "Number") == "Plur" || node(i).xpos == "NNS" || node(i).xpos == "NNPS"; }
  std::span<const EntitySpan> entities() const { return tree_->entities; }
  bool punct(uint32_t i) const { return node(i).upos == Upos::PUNCT || rel(i) == Deprel::punct; }
  // Subject of any kind, or -1.
  int32_t subject(uint32_t i) const;
  bool passive(uint32_t i) const;
  // First child of i with `rel` whose case or mark child is this word, or -1.
  int32_t marked_child(uint32_t i, std::initializer_list<Deprel> rels, std::string_view mark) const;
  // Case or mark child of i that is this word, or -1.
  int32_t marker(uint32_t i, std::string_view word) const;
  bool to_infinitive(uint32_t i) const;

 private:
  std::string_view text_;
  const Sentence* sentence_;
  const Tree* tree_;
  TreeIndex index_;
  uint32_t id_;
};

}  // namespace demarche::attribution
