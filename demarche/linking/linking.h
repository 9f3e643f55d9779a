// How entries hang together: links inside one report, where its words say so.
// Input: text, sentences, trees, the words of patterns and the entries. Output: links by position. Thread safe.
// Joining entries across reports works on the record, in query/.
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
class LinkRules;
struct LinkRulesDeleter {
  void operator()(const LinkRules* p) const;
};
using LinkRulesPtr = std::unique_ptr<const LinkRules, LinkRulesDeleter>;

// Reads this stage's files below `data_dir`; their words go into `vocabulary`. Throws Error with file, line and caret when one is broken.
LinkRulesPtr load_link_rules(const std::filesystem::path& data_dir, Vocabulary& vocabulary);

// `words`: of each sentence, as pattern_words() reads them with the vocabulary of the rules.
std::vector<Link> link_entries(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees,
                               std::span<const std::vector<PatternWord>> words, std::span<const Statement> statements, std::span<const Event> events, std::span<const Claim> claims,
                               std::span<const Commitment> commitments, const LinkRules& rules);

}  // namespace demarche
