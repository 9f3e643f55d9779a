// Time expressions, recognised and normalised (TIMEX3), and the day of a report that does not tell its own.
// Input: text, sentences, trees, the report's day. Output: expressions in text order. Thread safe.
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
class TimeRules;
struct TimeRulesDeleter {
  void operator()(const TimeRules* p) const;
};
using TimeRulesPtr = std::unique_ptr<const TimeRules, TimeRulesDeleter>;

// Reads this stage's files below `data_dir`. Throws Error with file, line and caret when one is broken.
TimeRulesPtr load_time_rules(const std::filesystem::path& data_dir);

// `entries`: of a live page; the times of each are told from its own day.
std::vector<TimeExpression> find_times(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees,
                                       const Published& published, const TimeRules& rules, std::vector<Diagnostic>& diagnostics,
                                       std::span<const DatedEntry> entries = {});

// The day of a report whose page has none, worked out from dated public episodes that it tells of and from weekdays;
// basis `inferred` with evidence, a range when one day cannot be pinned, basis `unknown` when nothing holds.
Published infer_published(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees, const TimeRules& rules);

}  // namespace demarche
