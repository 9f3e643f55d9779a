#include "demarche/core/utf8.h"

#include <cstring>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace demarche {
namespace {

constexpr size_t kBlockBytes = 64;

bool is_continuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// Length of the valid sequence at `at`, 0 when there is none (overlong, surrogate and > U+10FFFF refused).
uint32_t valid_sequence(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return 1;
  const uint32_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (size == 0 || lead > 0xF4 || at + size > text.size()) return 0;
  for (uint32_t i = 1; i < size; ++i)
    if (!is_continuation(byte(at + i))) return 0;
  const unsigned char second = byte(at + 1);
  if (lead == 0xE0 && second < 0xA0) return 0;
  if (lead == 0xED && second > 0x9F) return 0;
  if (lead == 0xF0 && second < 0x90) return 0;
  if (lead == 0xF4 && second > 0x8F) return 0;
  return size;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    // Eight ASCII bytes at a time.
    for (uint64_t eight; i + sizeof eight <= text.size(); i += sizeof eight) {
      std::memcpy(&eight, text.data() + i, sizeof eight);
      if (eight & 0x8080808080808080ull) break;
    }
    if (i == text.size()) break;
    const uint32_t size = valid_sequence(text, i);
    if (size == 0) return false;
    i += size;
  }
  return true;
}

std::string repair_utf8(std::string_view text, size_t* replaced) {
  std::string out;
  out.reserve(text.size());
  size_t bad = 0;
  for (size_t i = 0; i < text.size();) {
    const uint32_t size = text[i] == '\0' ? 0 : valid_sequence(text, i);
    if (size == 0) {
      out += "\xEF\xBF\xBD";
      ++bad;
      ++i;
      continue;
    }
    out.append(text, i, size);
    i += size;
  }
  if (replaced) *replaced = bad;
  return out;
}

CodePoint code_point_at(std::string_view text, size_t at) {
  const uint32_t size = valid_sequence(text, at);
  if (size <= 1) return {size == 1 ? static_cast<char32_t>(text[at]) : U'\uFFFD', 1};
  char32_t value = static_cast<unsigned char>(text[at]) & (0xFFu >> (size + 1));
  for (uint32_t i = 1; i < size; ++i) value = (value << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3Fu);
  return {value, size};
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::string fold(std::string_view text) {
  std::string out;
  fold_into(text, out);
  return out;
}

void fold_into(std::string_view text, std::string& out) {
  out.assign(text);
  unsigned char all = 0;
  for (char& c : out) {
    all |= static_cast<unsigned char>(c);
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  if (all < 0x80) return;
  out.clear();
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
  icu::UnicodeString source = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  if (U_SUCCESS(status)) source = nfkd->normalize(source, status);
  source.foldCase();
  for (int32_t i = 0; i < source.length();) {
    const UChar32 c = source.char32At(i);
    i += U16_LENGTH(c);
    const int type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK) continue;
    switch (c) {
      case 0x2018: case 0x2019: case 0x02BC: case 0x02BB: out += '\''; break;
      case 0x201C: case 0x201D: out += '"'; break;
      case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: out += '-'; break;
      case 0x0142: out += 'l'; break;  // l with stroke has no decomposition
      case 0x00F8: out += 'o'; break;
      case 0x0111: out += 'd'; break;
      case 0x0131: out += 'i'; break;
      default: append_utf8(out, static_cast<char32_t>(c));
    }
  }
}

CodePointIndex::CodePointIndex(std::string_view text) : text_(text) {
  ascii_ = std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (ascii_) return;
  at_block_.reserve(text.size() / kBlockBytes + 1);
  uint32_t count = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i % kBlockBytes == 0) at_block_.push_back(count);
    count += !is_continuation(static_cast<unsigned char>(text[i]));
  }
  if (text.size() % kBlockBytes == 0) at_block_.push_back(count);
}

size_t CodePointIndex::offset(size_t byte) const {
  if (ascii_) return byte;
  size_t count = at_block_[byte / kBlockBytes];
  for (size_t i = byte / kBlockBytes * kBlockBytes; i < byte; ++i) count += !is_continuation(static_cast<unsigned char>(text_[i]));
  return count;
}

size_t CodePointIndex::byte(size_t code_point) const {
  if (ascii_) return code_point;
  const auto block = std::upper_bound(at_block_.begin(), at_block_.end(), code_point) - at_block_.begin() - 1;
  size_t i = static_cast<size_t>(block) * kBlockBytes;
  size_t count = at_block_[static_cast<size_t>(block)];
  while (i < text_.size() && is_continuation(static_cast<unsigned char>(text_[i]))) ++i;
  while (i < text_.size() && count < code_point) {
    ++i;
    while (i < text_.size() && is_continuation(static_cast<unsigned char>(text_[i]))) ++i;
    ++count;
  }
  return i;
}

}  // namespace demarche
