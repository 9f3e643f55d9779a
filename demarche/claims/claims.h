// What each party holds true about an event: class, outcome, range, responsibility, casualties ...
// Input: text, sentences, trees, names, statements and events. Output: one row for each claimant, event, property and value.
// Thread safe.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "demarche/core/document.h"

namespace demarche {

// Immutable after loading; share it between threads.
class ClaimRules;
struct ClaimRulesDeleter {
  void operator()(const ClaimRules* p) const;
};
using ClaimRulesPtr = std::unique_ptr<const ClaimRules, ClaimRulesDeleter>;

// Reads this stage's files below `data_dir`. Throws Error with file, line and caret when one is broken.
ClaimRulesPtr load_claim_rules(const std::filesystem::path& data_dir);

std::vector<Claim> find_claims(std::string_view text, uint32_t body_start, std::span<const Sentence> sentences, std::span<const Tree> trees,
                               const Names& names, std::span<const Statement> statements, std::span<const Event> events,
                               const ClaimRules& rules);

}  // namespace demarche
