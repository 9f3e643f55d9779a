// Whether the clause around a time expression points back or ahead, and whether the expression is a one-sided limit.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "demarche/core/document.h"
#include "demarche/times/expression.h"
#include "demarche/times/resolve.h"
#include "demarche/times/words.h"

namespace demarche {

// Tokens of the sentence that touch the span, [first, last).
std::pair<uint32_t, uint32_t> tokens_of(const Sentence& sentence, Span span);

// Whether the sentence is the report's headline, where the present tense tells of the past.
bool is_title(std::span<const Sentence> sentences, uint32_t index);

// One sentence with its clauses; keeps references to all that it is made of. Building it is O(tokens), each question O(1)
// but for the depth of the tree, which is cut off.
class ClauseReader {
 public:
  // `tree` is null, or of another size than the sentence, when there is none: then the words nearby must do.
  ClauseReader(std::string_view text, const Sentence& sentence, const Tree* tree, const Words& words, bool title);

  // ClauseTense of the verb that governs tokens [first, last), which are those of the expression.
  ClauseTense tense_around(const Expression& e, uint32_t first, uint32_t last) const;
  // "after", "by", "until", "since" before the expression, and the expression is what they limit ("after Friday", not "after Friday's
  // talks").
  bool is_bound(const Expression& e, uint32_t first, uint32_t last) const;
  // Behind "of", or in a relative clause ("the election of 1 December", "X, who seized power in 1994,"): it tells which or who is meant.
  bool is_aside(const Expression& e, uint32_t first, uint32_t last) const;

 private:
  bool is_modifier(uint32_t first, uint32_t last) const;
  std::optional<ClauseTense> tense_of_marks(const Expression& e) const;
  std::optional<ClauseTense> tense_of_near_verb(const Expression& e, uint32_t first) const;
  std::optional<ClauseTense> tense_of_relative_clause(uint32_t comma) const;
  std::optional<ClauseTense> tense_of_verb(const Expression& e, uint32_t verb, bool through_noun) const;
  std::optional<ClauseTense> tense_of_infinitive(const Node& node) const;
  ClauseTense tense_of_words(const Expression& e) const;
  std::string_view form(uint32_t token) const { return text_of(text_, sentence_.tokens[token].span); }

  std::string_view text_;
  const Sentence& sentence_;
  const Tree* tree_;
  const Words& words_;
  bool title_;
  std::vector<uint8_t> helpers_;  // of each node: which auxiliaries, copulas and "to" it governs
  std::vector<bool> quoted_;      // of each node: stands between quotation marks
};

}  // namespace demarche
