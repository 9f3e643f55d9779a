// Signs of how a claim was read; their weights (data/en/claim_confidence.tsv) make its confidence. Private to claims.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "demarche/core/document.h"

namespace demarche {

// In a fixed order. REQUIRES: claim.confidence is still the trust that the reading put in it.
std::vector<std::string> claim_signs(const Claim& claim, std::span<const Statement> statements, const Names& names);

}  // namespace demarche
