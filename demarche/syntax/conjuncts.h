// A verb in the past behind a clause in the past perfect goes with the verb above that clause.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "demarche/core/document.h"

namespace demarche {

// "The ministry denied that troops had crossed and accused the North": what stands in the plain past, without a subject of its own, does not go on
// with "had crossed" (that would be a participle) but with "denied". Of the sentences of EWT and GUM built so, all three hang it there. Heads count in
// the same list as the words, -1 is the root; still a tree.
void lift_past_conjuncts(std::span<const Node> words, std::vector<int32_t>& heads);

}  // namespace demarche
