// Phrases of a site's furniture, by data/en/furniture.tsv. Private to article/.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "demarche/core/document.h"

namespace demarche::article {

enum class Furniture : uint8_t { none, caption, line, end };  // caption: the line after it is one

class FurnitureTable {
 public:
  // Throws Error for a broken row, or one whose own examples fail.
  explicit FurnitureTable(const std::filesystem::path& path);
  // Of a whole line, white space squeezed. Lines longer than kMaxBytes are none: furniture is short.
  Furniture match(std::string_view line) const;

  static constexpr size_t kMaxBytes = 260;

 private:
  struct Pattern {
    std::string text;
    Furniture effect;
  };
  Furniture match_folded(std::string_view line, size_t letters) const;

  // By what a line must begin with, so that few are tried; those that begin with '*' or '#' are tried always.
  std::unordered_map<std::string, std::vector<Pattern>> by_start_;
  std::vector<Pattern> anywhere_;
};

// Whether a line ends in whose picture it is ("... on Tuesday. (Image: AGENCY)").
bool looks_like_caption(std::string_view text);
// The words under a picture and whose picture it is: "... on Tuesday. (Image: AGENCY)", "... © Agency", "... Photo: Jane Doe/AGENCY".
Caption split_caption(std::string_view text);

}  // namespace demarche::article
