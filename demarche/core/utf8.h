// UTF-8: validity, code points, and the one conversion from byte offsets to code point offsets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace demarche {

bool is_valid_utf8(std::string_view text);
// Every byte that belongs to no valid sequence becomes U+FFFD; *replaced (if given) counts them. NUL becomes U+FFFD too.
std::string repair_utf8(std::string_view text, size_t* replaced = nullptr);

// The code point that begins at `at`, and its length in bytes. Invalid bytes give U+FFFD of length 1.
// REQUIRES: at < text.size().
struct CodePoint {
  char32_t value = 0;
  uint32_t size = 1;
};
CodePoint code_point_at(std::string_view text, size_t at);
void append_utf8(std::string& out, char32_t code_point);

// Lower case and without diacritics, so that "Zelenskyĭ" and "zelenskyi" compare equal. Curly quotes and dashes
// become their ASCII forms. Not for display.
std::string fold(std::string_view text);
// The same into a string that is used again. REQUIRES: `text` does not lie in `out`.
void fold_into(std::string_view text, std::string& out);

// Byte offsets of one text to code point offsets, O(1) amortised by a sparse table.
class CodePointIndex {
 public:
  explicit CodePointIndex(std::string_view text);
  // REQUIRES: byte <= text.size() and at a code point's start.
  size_t offset(size_t byte) const;
  // The inverse. REQUIRES: code_point <= length of the text in code points.
  size_t byte(size_t code_point) const;

 private:
  std::string_view text_;
  bool ascii_ = false;
  std::vector<uint32_t> at_block_;  // code points before byte 64 * i
};

}  // namespace demarche
