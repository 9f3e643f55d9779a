// What a party binds itself or others to: pledges, threats, demands, red lines, moratoria, deadlines, agreements.
// Input: text, sentences, trees, the words of patterns, names, times, statements and events. Output: commitments by position. Thread safe.
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
class CommitmentRules;
struct CommitmentRulesDeleter {
  void operator()(const CommitmentRules* p) const;
};
using CommitmentRulesPtr = std::unique_ptr<const CommitmentRules, CommitmentRulesDeleter>;

// Reads this stage's files below `data_dir`; their words go into `vocabulary`. Throws Error with file, line and caret when one is broken.
CommitmentRulesPtr load_commitment_rules(const std::filesystem::path& data_dir, Vocabulary& vocabulary);

// `words`: of each sentence, as pattern_words() reads them with the vocabulary of the rules.
std::vector<Commitment> find_commitments(std::string_view text, uint32_t body_start, std::span<const Sentence> sentences,
                                         std::span<const Tree> trees, std::span<const std::vector<PatternWord>> words, const Names& names,
                                         std::span<const TimeExpression> times,
                                         std::span<const Statement> statements, std::span<const Event> events, const Published& published,
                                         const CommitmentRules& rules);

}  // namespace demarche
