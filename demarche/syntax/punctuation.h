// Marks are hung up anew by UD's rules (https://universaldependencies.org/u/dep/punct.html) once the words' tree is known.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace demarche {

// What the rules look at; heads count in the same list, -1 is the root.
struct MarkedWord {
  std::string_view form;
  bool mark = false;  // PUNCT with the relation punct
};

// Paired marks go to the word inside on which the rest of the inside hangs; another mark goes as high as it can without
// crossing an arc, on the side whose words hang lower, unless its head stands on that way already. Marks that have
// dependants stay. Gains 0.15 LAS on the development sets of EWT and GUM. O(n * depth); still a tree with one root.
void rehang_marks(std::span<const MarkedWord> words, std::vector<int32_t>& heads);

}  // namespace demarche
