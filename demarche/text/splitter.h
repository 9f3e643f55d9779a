// Where a paragraph's sentences end.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "demarche/text/boundary_model.h"
#include "demarche/text/tokenizer.h"

namespace demarche {

// For every piece whether a sentence ends behind it; the last is always an end. O(pieces).
std::vector<uint8_t> find_sentence_ends(std::string_view text, const std::vector<Piece>& pieces, const TextLexicon& lexicon,
                                        const BoundaryModel& model);

}  // namespace demarche
