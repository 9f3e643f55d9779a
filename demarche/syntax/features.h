// What the model sees of a word: see train/features.py, which defines the same numbers.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace demarche {

inline constexpr std::string_view kFeatureSet = "word-piece-affix-shape/1";
inline constexpr size_t kMaxWordChars = 32;  // longer words: the first and the last half of that
inline constexpr size_t kAffixes = 7;        // three prefixes, four suffixes
inline constexpr size_t kShapes = 128;

struct WordFeatures {
  std::u32string chars;  // the normal spelling: lower case, digits as 0, quotes and dashes as in ASCII
  std::string key;       // the same in UTF-8, as in the model's vocabulary
  std::vector<uint32_t> pieces;
  std::array<uint32_t, kAffixes> affixes{};
  uint32_t shape = 0;
};

// Fills `out`, whose memory is used again.
void compute_features(std::string_view form, bool first, uint32_t piece_rows, uint32_t affix_rows, WordFeatures& out);

// Lower case of Latin, Greek and Cyrillic letters.
char32_t lower(char32_t c);
inline bool is_upper(char32_t c) { return lower(c) != c; }
inline bool is_letter(char32_t c) { return (c >= 'a' && c <= 'z') || is_upper(c) || c >= 0xC0; }

}  // namespace demarche
