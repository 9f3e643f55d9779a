// Arc scores -> heads that form a tree.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace demarche {

// scores[i * (n + 1) + j]: how well word j - 1 (j = 0: the root) heads word i. Returns for each word its head, -1 for the
// root: the tree with the highest sum among those with exactly one word at the root (Chu and Liu 1965, Edmonds 1967; in the
// form of Gabow et al. 1986 for dense graphs, O(n^2) time and memory). Most sentences need no more than each word's best head.
void decode_tree(std::span<const float> scores, size_t n, std::vector<int32_t>& heads);

}  // namespace demarche
