// Whether the clause around a time expression points back or ahead, and whether the expression is a one-sided limit.
#pragma once

#include <span>
#include <utility>

#include "demarche/core/document.h"
#include "demarche/times/expression.h"
#include "demarche/times/resolve.h"
#include "demarche/times/words.h"

namespace demarche {

// Tokens of the sentence that touch the span, [first, last).
std::pair<uint32_t, uint32_t> tokens_of(const Sentence& sentence, Span span);

// Whether the sentence is the report's headline, where the present tense tells of the past.
bool is_title(std::span<const Sentence> sentences, uint32_t index);

// Tense of the verb that governs tokens [first, last); from the tree when it has nodes, else from the words nearby.
Tense tense_around(std::string_view text, const Sentence& sentence, const Tree* tree, const Words& words, const Expression& e, uint32_t first, uint32_t last, bool title);

// "after", "by", "until", "since" before the expression, and the expression is what they limit ("after Friday", not "after Friday's talks").
bool is_bound(const Sentence& sentence, const Tree* tree, const Words& words, const Expression& e, uint32_t first, uint32_t last);

}  // namespace demarche
