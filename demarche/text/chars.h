// Character classes as the tokenizer needs them. Pure functions.
#pragma once

#include <cstdint>
#include <string_view>

#include "demarche/core/utf8.h"

namespace demarche {

enum class CharClass : uint8_t { space, newline, letter, digit, mark };  // mark: punctuation and symbols

CharClass char_class(char32_t c);
bool is_upper(char32_t c);
bool is_lower(char32_t c);

inline bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_ascii_upper(char c) { return c >= 'A' && c <= 'Z'; }
inline bool is_ascii_lower(char c) { return c >= 'a' && c <= 'z'; }
inline bool is_ascii_letter(char c) { return is_ascii_upper(c) || is_ascii_lower(c); }
inline bool is_ascii_alnum(char c) { return is_ascii_letter(c) || is_ascii_digit(c); }
inline char ascii_lower(char c) { return is_ascii_upper(c) ? static_cast<char>(c + 32) : c; }

// Length in bytes of an apostrophe (' or U+2019) at `at`, 0 when there is none.
inline uint32_t apostrophe_at(std::string_view text, size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] == '\'') return 1;
  return text.substr(at, 3) == "\xE2\x80\x99" ? 3 : 0;
}

inline bool starts_upper(std::string_view word) { return !word.empty() && is_upper(code_point_at(word, 0).value); }
inline bool starts_lower(std::string_view word) { return !word.empty() && is_lower(code_point_at(word, 0).value); }
inline bool starts_digit(std::string_view word) { return !word.empty() && is_ascii_digit(word[0]); }

}  // namespace demarche
