#include "demarche/evaluation/places.h"

#include <algorithm>

#include "demarche/core/utf8.h"

namespace demarche {
namespace {

bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x20) || c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
         c == 0x202f || c == 0x205f || c == 0x3000;
}

char32_t plain(char32_t c) {
  switch (c) {
    case U'“': case U'”': return U'"';
    case U'‘': case U'’': return U'\'';
    case U'–': case U'—': return U'-';
    default: return c;
  }
}

constexpr size_t kContext = 16;  // code points of a prefix or suffix that are compared

// How well the surroundings of [begin, end) fit.
int fit(const std::u32string& text, size_t begin, size_t end, const std::u32string& prefix, const std::u32string& suffix) {
  int score = 0;
  if (!prefix.empty()) {
    size_t before = begin;
    while (before > 0 && is_space(text[before - 1])) --before;
    const size_t n = std::min(kContext, prefix.size());
    if (before >= n && text.compare(before - n, n, prefix, prefix.size() - n, n) == 0) score += 2;
  }
  if (!suffix.empty()) {
    size_t after = end;
    while (after < text.size() && is_space(text[after])) ++after;
    const size_t n = std::min(kContext, suffix.size());
    if (text.compare(after, n, suffix, 0, n) == 0) score += 2;
  }
  return score;
}

}  // namespace

std::u32string fold_quotes(std::string_view text) {
  std::u32string out;
  bool space = false;
  for (size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    at += c.size;
    if (is_space(c.value)) {
      space = true;
      continue;
    }
    if (space && !out.empty()) out += U' ';
    space = false;
    out += plain(c.value);
  }
  return out;
}

std::optional<TextPlace> find_place(const std::u32string& text, const std::u32string& exact, const std::u32string& prefix, const std::u32string& suffix) {
  if (exact.empty()) return std::nullopt;
  std::optional<TextPlace> best;
  int best_fit = -1;
  for (size_t at = text.find(exact); at != std::u32string::npos; at = text.find(exact, at + 1)) {
    const int here = fit(text, at, at + exact.size(), prefix, suffix);
    if (here > best_fit) best = TextPlace{at, at + exact.size()}, best_fit = here;
    if (best_fit == 4 || (prefix.empty() && suffix.empty())) break;
  }
  return best;
}

size_t shared_length(const std::optional<TextPlace>& a, const std::optional<TextPlace>& b) {
  if (!a || !b) return 0;
  const size_t begin = std::max(a->begin, b->begin), end = std::min(a->end, b->end);
  return end > begin ? end - begin : 0;
}

double shared_part(const std::optional<TextPlace>& a, const std::optional<TextPlace>& b) {
  const size_t shared = shared_length(a, b);
  if (shared == 0) return 0;
  return static_cast<double>(shared) / static_cast<double>((a->end - a->begin) + (b->end - b->begin) - shared);
}

}  // namespace demarche
