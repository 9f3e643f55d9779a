// Who did what to whom, when: PLOVER events with factuality and attribution.
// Input: text, sentences, trees, names, times, statements (for attribution), the report's day. Output: one entry an act and
// report, by position. Thread safe.
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
class FrameLexicon;
struct FrameLexiconDeleter {
  void operator()(const FrameLexicon* p) const;
};
using FrameLexiconPtr = std::unique_ptr<const FrameLexicon, FrameLexiconDeleter>;

// Reads this stage's files below `data_dir`. Throws Error with file, line and caret when one is broken.
FrameLexiconPtr load_frame_lexicon(const std::filesystem::path& data_dir);

std::vector<Event> find_events(std::string_view text, uint32_t body_start, std::span<const Sentence> sentences, std::span<const Tree> trees,
                               const Names& names, std::span<const TimeExpression> times, std::span<const Statement> statements,
                               const Published& published, const FrameLexicon& frames);

}  // namespace demarche
