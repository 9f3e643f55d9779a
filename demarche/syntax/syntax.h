// Sentences -> tags, lemmas, dependency trees and entity spans.
// Output: one Tree a sentence, in order; every tree has one root and no cycle. Thread safe.
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
class ParserModel;
struct ParserModelDeleter {
  void operator()(const ParserModel* p) const;
};
using ParserModelPtr = std::unique_ptr<const ParserModel, ParserModelDeleter>;

// Reads data_dir/model/NAME.bin: "default", or "fast", which is smaller, quicker and less accurate. Throws Error when the
// file is missing, damaged or made for another program.
ParserModelPtr load_parser_model(const std::filesystem::path& data_dir, const std::string& name = "default");

std::vector<Tree> parse_sentences(std::string_view text, std::span<const Sentence> sentences, const ParserModel& model);

}  // namespace demarche
