// Who said what: attributions of words, thoughts and intentions to a speaker.
// Input: text, the byte at which the body begins, sentences, trees, names, times, the report's day. Output: statements by
// position of their cue. Thread safe.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/core/document.h"

namespace demarche {

// Immutable after loading; share it between threads.
class CueLexicon;
struct CueLexiconDeleter {
  void operator()(const CueLexicon* p) const;
};
using CueLexiconPtr = std::unique_ptr<const CueLexicon, CueLexiconDeleter>;

// Reads this stage's files below `data_dir`. Throws Error with file, line and caret when one is broken.
CueLexiconPtr load_cue_lexicon(const std::filesystem::path& data_dir);

std::vector<Statement> find_statements(std::string_view text, uint32_t body_start, std::span<const Sentence> sentences,
                                       std::span<const Tree> trees, const Names& names, std::span<const TimeExpression> times,
                                       const Published& published, const CueLexicon& cues);

}  // namespace demarche
