#include "demarche/fetch/robots.h"

#include <algorithm>
#include <charconv>

namespace demarche::fetch {
namespace {

// The standard asks for 500 KiB at least.
constexpr size_t kMaxBytes = size_t{512} << 10;
constexpr size_t kMaxRules = 10'000;
constexpr size_t kMaxPattern = 2000;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  const size_t from = text.find_first_not_of(" \t\r\f\v");
  return from == std::string_view::npos ? std::string_view() : text.substr(from, text.find_last_not_of(" \t\r\f\v") - from + 1);
}

int hex_value(char c) {
  c = lower(c);
  return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// One form for what may be written in two: "%7E" and "~", "%c3" and "%C3" and the bare octet.
std::string normalised(std::string_view path) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  const auto add = [&](unsigned char octet, bool escaped) {
    const auto c = static_cast<char>(octet);
    const bool unreserved = (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || c == '-' || c == '.' || c == '_' || c == '~';
    if (unreserved || (!escaped && octet > 0x20 && octet < 0x7f)) {
      out += c;
      return;
    }
    out += '%';
    out += kHex[octet >> 4];
    out += kHex[octet & 15];
  };
  for (size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '%' && i + 2 < path.size() && hex_value(path[i + 1]) >= 0 && hex_value(path[i + 2]) >= 0) {
      add(static_cast<unsigned char>(hex_value(path[i + 1]) * 16 + hex_value(path[i + 2])), true);
      i += 2;
    } else {
      add(static_cast<unsigned char>(path[i]), false);
    }
  }
  return out;
}

// The pieces between asterisks one after the other, each as far left as it fits.
bool fits(std::string_view pattern, std::string_view path) {
  const bool to_end = !pattern.empty() && pattern.back() == '$';
  if (to_end) pattern.remove_suffix(1);
  size_t star = pattern.find('*');
  if (path.substr(0, std::min(star, pattern.size())) != pattern.substr(0, star)) return false;
  if (star == std::string_view::npos) return !to_end || path.size() == pattern.size();
  path.remove_prefix(star);
  pattern.remove_prefix(star + 1);
  for (;;) {
    star = pattern.find('*');
    const std::string_view piece = pattern.substr(0, star);
    if (star == std::string_view::npos && to_end) return path.size() >= piece.size() && path.substr(path.size() - piece.size()) == piece;
    const size_t found = path.find(piece);
    if (found == std::string_view::npos) return false;
    if (star == std::string_view::npos) return true;
    path.remove_prefix(found + piece.size());
    pattern.remove_prefix(star + 1);
  }
}

}  // namespace

Robots Robots::parse(std::string_view text, std::string_view product) {
  Robots ours, others;
  bool named = false;                            // a group for us was found
  bool for_us = false, for_others = false;       // whose group the rules at hand belong to
  bool in_names = false;                         // the line before was a user-agent's
  text = text.substr(0, kMaxBytes);
  if (text.substr(0, 3) == "\xef\xbb\xbf") text.remove_prefix(3);
  while (!text.empty()) {
    const size_t end = text.find_first_of("\r\n");
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    line = line.substr(0, line.find('#'));
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view key = trimmed(line.substr(0, colon)), value = trimmed(line.substr(colon + 1));
    if (same(key, "user-agent") || same(key, "useragent") || same(key, "user agent")) {
      if (!in_names) for_us = for_others = false;
      in_names = true;
      const auto word_end = std::find_if_not(value.begin(), value.end(), [](char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || c == '_' || c == '-'; });
      const std::string_view word = value.substr(0, static_cast<size_t>(word_end - value.begin()));
      for_us = for_us || (!word.empty() && same(word, product));
      for_others = for_others || value == "*";
      named = named || for_us;
      continue;
    }
    const bool allow = same(key, "allow"), disallow = same(key, "disallow");
    if (!allow && !disallow && !same(key, "crawl-delay")) continue;
    in_names = false;
    for (Robots* group : {for_us ? &ours : nullptr, for_others ? &others : nullptr}) {
      if (group == nullptr) continue;
      if (!allow && !disallow) {
        double seconds = 0;
        const auto [last, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
        if (error == std::errc() && seconds >= 0) group->delay_seconds_ = std::max(seconds, group->delay_seconds_.value_or(0));
      } else if (!value.empty() && value.size() <= kMaxPattern && group->rules_.size() < kMaxRules) {
        group->rules_.push_back({normalised(value), allow});
      }
    }
  }
  return named ? ours : others;
}

Robots Robots::closed() {
  Robots out;
  out.rules_.push_back({"/", false});
  return out;
}

bool Robots::allows(std::string_view path) const {
  const std::string compared = normalised(path);
  // What robots.txt says cannot close robots.txt itself.
  if (compared == "/robots.txt") return true;
  size_t longest = 0;
  bool allowed = true;
  for (const Rule& rule : rules_) {
    if (rule.pattern.size() < longest || (rule.pattern.size() == longest && !rule.allow) || !fits(rule.pattern, compared)) continue;
    longest = rule.pattern.size();
    allowed = rule.allow;
  }
  return allowed;
}

}  // namespace demarche::fetch
