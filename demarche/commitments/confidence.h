// Signs of how a commitment was read; their weights (data/en/commitment_confidence.tsv) make its confidence. Private to commitments.
#pragma once

#include <string>
#include <vector>

#include "demarche/core/document.h"

namespace demarche {

// In a fixed order; those that the reading itself left in `signs` come last. REQUIRES: confidence is still the trust that the reading put in it.
std::vector<std::string> commitment_signs(const Commitment& commitment);

}  // namespace demarche
