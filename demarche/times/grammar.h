// Recognises time expressions in the words of one sentence.
#pragma once

#include <vector>

#include "demarche/times/expression.h"
#include "demarche/times/words.h"

namespace demarche {

// Longest expressions from left to right, none overlapping. O(words).
std::vector<Expression> recognise(const Words& words);

}  // namespace demarche
