// Article text -> sentences and tokens, in the conventions of UD English.
// Input: the article's text (valid UTF-8). Output: sentences in order; tokens cover all that is no white space. Thread safe.
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
class TextModel;
struct TextModelDeleter {
  void operator()(const TextModel* p) const;
};
using TextModelPtr = std::unique_ptr<const TextModel, TextModelDeleter>;

// Reads this stage's files below `data_dir`. Throws Error with file, line and caret when one is broken.
TextModelPtr load_text_model(const std::filesystem::path& data_dir);

std::vector<Sentence> split_text(std::string_view text, const TextModel& model);

}  // namespace demarche
