// Sentences -> tags, lemmas, dependency trees and entity spans.
// Output: one Tree a sentence, in order; every tree has one root and no cycle. Thread safe.
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
class ParserModel;
struct ParserModelDeleter {
  void operator()(const ParserModel* p) const;
};
using ParserModelPtr = std::unique_ptr<const ParserModel, ParserModelDeleter>;

// Reads this stage's files below `data_dir`. Throws Error with file, line and caret when one is broken.
ParserModelPtr load_parser_model(const std::filesystem::path& data_dir);

std::vector<Tree> parse_sentences(std::string_view text, std::span<const Sentence> sentences, const ParserModel& model);

}  // namespace demarche
