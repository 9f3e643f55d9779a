// Mentions of persons, offices, governments, organisations, groups, places and weapons, resolved to actors with party and sector.
// Input: text, sentences, trees, the report's day (offices are held for a time). Output: mentions in text order and the
// actors they name; what is ambiguous stays ambiguous, with a diagnostic. Thread safe.
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
class NameBase;
struct NameBaseDeleter {
  void operator()(const NameBase* p) const;
};
using NameBasePtr = std::unique_ptr<const NameBase, NameBaseDeleter>;

// Reads this stage's files below `data_dir`, and the users' own rows in the folder `lexicon` (none when empty) that stand over them.
// Throws Error with file, line and caret when one is broken.
NameBasePtr load_name_base(const std::filesystem::path& data_dir, const std::filesystem::path& lexicon = {});

Names find_names(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees, const std::optional<Day>& published,
                 const NameBase& base, std::vector<Diagnostic>& diagnostics);

}  // namespace demarche
