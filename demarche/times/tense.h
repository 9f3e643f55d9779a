// Whether the clause around a time expression points back or ahead, and whether the expression is a one-sided limit.
#pragma once

#include "demarche/core/document.h"
#include "demarche/times/expression.h"
#include "demarche/times/resolve.h"
#include "demarche/times/words.h"

namespace demarche {

// Tense of the verb that governs tokens [first, last); from the tree when it has nodes, else from the words nearby.
Tense tense_around(std::string_view text, const Sentence& sentence, const Tree* tree, const Words& words, const Expression& e, uint32_t first, uint32_t last, bool title);

// "after", "by", "until", "since" before the expression, and the expression is what they limit ("after Friday", not "after Friday's talks").
bool is_bound(const Sentence& sentence, const Tree* tree, const Words& words, const Expression& e, uint32_t first, uint32_t last);

}  // namespace demarche
