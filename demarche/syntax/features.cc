#include "demarche/syntax/features.h"

#include <algorithm>

#include "demarche/core/utf8.h"

namespace demarche {
namespace {

constexpr uint32_t kSeedPiece = 2166136261u, kSeedPrefix = 0x2545F491u, kSeedSuffix = 0x9E3779B9u;
constexpr size_t kPieceMin = 2, kPieceMax = 5, kPrefixMax = 3, kSuffixMax = 4;

// FNV-1a over one code point.
uint32_t step(uint32_t h, char32_t c) { return (h ^ static_cast<uint32_t>(c)) * 16777619u; }

// The finalizer of MurmurHash3.
uint32_t mix(uint32_t h) {
  h ^= h >> 16;
  h *= 0x85EBCA6Bu;
  h ^= h >> 13;
  h *= 0xC2B2AE35u;
  return h ^ h >> 16;
}

char32_t plain(char32_t c) {
  if (c < 0xAB) return c;
  switch (c) {
    case U'‘': case U'’': case U'‚': return '\'';
    case U'“': case U'”': case U'„': case U'«': case U'»': return '"';
    case U'–': case U'—': case U'―': case U'‐': case U'‑': case U'−': return '-';
    default: return c;
  }
}

uint32_t shape_of(uint32_t upper, uint32_t letters, uint32_t digits, uint32_t size, bool first_upper, bool first) {
  const uint32_t kind_of_case = upper == 0 ? 0u : upper == letters && upper > 1 ? 2u : first_upper ? 1u : 3u;
  const uint32_t kind_of_digits = digits == 0 ? 0u : digits < size ? 1u : 2u;
  return (first ? 1u : 0u) + 2 * kind_of_case + 8 * kind_of_digits + (size > letters + digits ? 32u : 0u) + (size > 3 ? 64u : 0u);
}

}  // namespace

char32_t lower(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F)) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  if (((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177)) && c % 2 == 0) return c + 1;
  if (((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) && c % 2 == 1) return c + 1;
  return c;
}

void compute_features(std::string_view form, bool first, uint32_t piece_rows, uint32_t affix_rows, WordFeatures& out) {
  out.chars.clear();
  uint32_t upper = 0, letters = 0, digits = 0, size = 0;
  bool first_upper = false;
  for (size_t at = 0; at < form.size();) {
    const CodePoint c = code_point_at(form, at);
    at += c.size;
    const char32_t low = lower(c.value);
    const bool digit = c.value >= '0' && c.value <= '9';
    if (low != c.value) {
      ++upper;
      if (size == 0) first_upper = true;
    }
    letters += is_letter(c.value) ? 1 : 0;
    digits += digit ? 1 : 0;
    ++size;
    const char32_t quote = plain(c.value);
    const char32_t ch = digit ? U'0' : quote != c.value ? quote : low;
    if (out.chars.size() == kMaxWordChars) {  // keep the first half and the last characters
      out.chars.erase(kMaxWordChars / 2, 1);
    }
    out.chars.push_back(ch);
  }
  out.shape = shape_of(upper, letters, digits, size, first_upper, first);
  out.key.clear();
  for (const char32_t c : out.chars) append_utf8(out.key, c);

  const size_t n = out.chars.size();
  const auto at = [&](size_t i) { return i == 0 ? U'^' : i == n + 1 ? U'$' : out.chars[i - 1]; };
  out.pieces.clear();
  for (size_t i = 0; i < n + 2; ++i) {
    uint32_t h = kSeedPiece;
    for (size_t k = 0; k < kPieceMax && i + k < n + 2; ++k) {
      h = step(h, at(i + k));
      if (k + 1 >= kPieceMin) out.pieces.push_back(mix(h) % piece_rows);
    }
  }
  uint32_t h = kSeedPrefix;
  for (size_t k = 0; k < kPrefixMax; ++k) {
    h = step(h, k < n ? out.chars[k] : U'\0');
    out.affixes[k] = mix(h) % affix_rows;
  }
  h = kSeedSuffix;
  for (size_t k = 0; k < kSuffixMax; ++k) {
    h = step(h, k < n ? out.chars[n - 1 - k] : U'\0');
    out.affixes[kPrefixMax + k] = mix(h) % affix_rows;
  }
}

}  // namespace demarche
