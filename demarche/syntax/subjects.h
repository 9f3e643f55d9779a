// Two subjects side by side are one: an office and the name of who holds it, or two parts of a name.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "demarche/core/document.h"

namespace demarche {

// A verb has one subject in UD (none of 23,000 sentences of EWT and GUM has two). Where the network hangs both the office and the
// name behind it on the verb ("Foreign minister Ilya Brandt said"), the name goes to the office, as apposition or as the
// next part of a flat name. Heads count in the same list as the words, -1 is the root; still a tree.
void join_doubled_subjects(std::span<Node> words, std::vector<int32_t>& heads);

}  // namespace demarche
