// What each party holds true about an event: class, outcome, range, responsibility, casualties ...
// Input: text, sentences, trees, the words of patterns, names, statements and events. Output: one row for each claimant, event, property and value.
// Thread safe.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "demarche/core/document.h"
#include "demarche/core/token_pattern.h"

namespace demarche {

// Immutable after loading; share it between threads.
class ClaimRules;
struct ClaimRulesDeleter {
  void operator()(const ClaimRules* p) const;
};
using ClaimRulesPtr = std::unique_ptr<const ClaimRules, ClaimRulesDeleter>;

// Reads this stage's files below `data_dir`; their words go into `vocabulary`. Throws Error with file, line and caret when one is broken.
ClaimRulesPtr load_claim_rules(const std::filesystem::path& data_dir, Vocabulary& vocabulary);

// `words`: of each sentence, as pattern_words() reads them with the vocabulary of the rules.
std::vector<Claim> find_claims(std::string_view text, uint32_t body_start, std::span<const Sentence> sentences, std::span<const Tree> trees,
                               std::span<const std::vector<PatternWord>> words, const Names& names, std::span<const Statement> statements, std::span<const Event> events,
                               const ClaimRules& rules);

}  // namespace demarche
