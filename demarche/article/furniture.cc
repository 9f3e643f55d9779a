#include "demarche/article/furniture.h"

#include <algorithm>
#include <array>

#include "demarche/core/table.h"
#include "demarche/core/utf8.h"

namespace demarche::article {
namespace {

using namespace std::string_view_literals;

// Bytes of a pattern's fixed beginning that are the key.
constexpr size_t kKeyBytes = 3;
// A heading or button of two words and '*' would match a sentence that begins with them: the rest of such a line is at most this long.
constexpr size_t kMaxRestBytes = 40;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// '*' any run, '#' a number; linear but for one step back per star.
bool glob(std::string_view pattern, std::string_view text) {
  size_t p = 0, t = 0, star = std::string_view::npos, mark = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.size() && pattern[p] == '#' && is_digit(text[t])) {
      while (t < text.size() && (is_digit(text[t]) || ((text[t] == '.' || text[t] == ',') && t + 1 < text.size() && is_digit(text[t + 1])))) ++t;
      ++p;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

// A short pattern with an open end matches short lines only.
bool fits(std::string_view pattern, std::string_view line) {
  if (pattern.find(':') != std::string_view::npos || pattern.substr(0, 2) == "\xc2\xa9") return true;
  const size_t fixed = static_cast<size_t>(std::count_if(pattern.begin(), pattern.end(), [](char c) { return c != '*'; }));
  return line.size() <= fixed + kMaxRestBytes || fixed >= 14;
}

}  // namespace

FurnitureTable::FurnitureTable(const std::filesystem::path& path) {
  const Table table = Table::load(path, {"id", "pattern", "effect", "must match", "must not match", "why"});
  table.require_sorted(0);
  table.require_unique(0);
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string_view effect = table.cell(row, 2);
    if (effect != "line" && effect != "end" && effect != "caption") table.fail(row, 2, "the effect is line, end or caption");
    for (const std::string_view pattern : split_list(table.cell(row, 1), '|')) {
      if (pattern != fold(pattern)) table.fail(row, 1, "patterns are folded: lower case, no accents, straight quotes");
      Pattern one{std::string(pattern), effect == "end" ? Furniture::end : effect == "caption" ? Furniture::caption : Furniture::line};
      const size_t fixed = std::min(pattern.find_first_of("*#"), pattern.size());
      if (fixed == 0) {
        anywhere_.push_back(std::move(one));
      } else {
        by_start_[std::string(pattern.substr(0, std::min(fixed, kKeyBytes)))].push_back(std::move(one));
      }
    }
  }
  for (size_t row = 0; row < table.size(); ++row) {
    if (match(table.cell(row, 3)) == Furniture::none) table.fail(row, 3, "the table does not match this example");
    if (match(table.cell(row, 4)) != Furniture::none) table.fail(row, 4, "the table must not match this example");
  }
}

Furniture FurnitureTable::match(std::string_view line) const {
  if (line.size() > kMaxBytes) return Furniture::none;
  std::string folded = fold(line);
  // Bullets, arrows and the like at the front are no part of the phrase.
  size_t begin = 0;
  while (begin < folded.size() && (folded[begin] == ' ' || folded[begin] == '-' || folded[begin] == '>' || folded[begin] == '|' || folded[begin] == '+')) ++begin;
  while (folded.compare(begin, 3, "\xe2\x80\xa2") == 0 || folded.compare(begin, 3, "\xe2\x96\xb6") == 0 || folded.compare(begin, 3, "\xe2\x96\xba") == 0 || folded.compare(begin, 3, "\xe2\x86\x92") == 0) {
    begin += 3;
    while (begin < folded.size() && folded[begin] == ' ') ++begin;
  }
  size_t end = folded.size();
  while (end > begin && (folded[end - 1] == ' ' || folded[end - 1] == '>' || folded[end - 1] == ':')) --end;
  const std::string_view core = std::string_view(folded).substr(begin, end - begin);
  if (core.empty()) return Furniture::none;
  const Furniture found = match_folded(core, core.size());
  // The colon may be what makes the phrase.
  return found != Furniture::none || end == folded.size() ? found : match_folded(std::string_view(folded).substr(begin), core.size());
}

Furniture FurnitureTable::match_folded(std::string_view line, size_t) const {
  Furniture found = Furniture::none;
  const auto look = [&](const std::vector<Pattern>& patterns) {
    for (const Pattern& pattern : patterns) {
      if (pattern.effect > found && fits(pattern.text, line) && glob(pattern.text, line)) found = pattern.effect;
    }
  };
  for (size_t size = 1; size <= kKeyBytes && size <= line.size(); ++size) {
    if (const auto hit = by_start_.find(std::string(line.substr(0, size))); hit != by_start_.end()) look(hit->second);
  }
  look(anywhere_);
  return found;
}

bool looks_like_caption(std::string_view text) {
  for (const std::string_view mark : {"\xc2\xa9 "sv, "(Photo"sv, "(Image:"sv, "(Picture:"sv, "[Image"sv, "Photo by "sv, "Getty Images"sv, "(AP Photo"sv, "/AP)"sv, "/AFP)"sv, "AFP PHOTO"sv, "/Reuters)"sv, "File photo"sv, "[Photo"sv, "(KCNA)"sv, "EPA-EFE"sv, "(File)"sv, "Handout photo"sv, "Credit..."sv}) {
    const size_t at = text.find(mark);
    if (at == std::string_view::npos || text.size() > 400) continue;
    // The credit stands at the end; a © at the front is a legal line.
    if (mark == "\xc2\xa9 "sv ? at > 10 && text.size() - at < 60 : text.size() - at < 80) return true;
  }
  return false;
}

Caption split_caption(std::string_view text) {
  Caption out;
  // The last sign of a credit counts; a bracket only at the end, since words stand in brackets too.
  size_t at = std::string_view::npos, skip = 0;
  for (const std::string_view mark : {"\xc2\xa9"sv, "Photo: "sv, "Photo credit: "sv, "Photograph: "sv, "Picture: "sv, "Image: "sv, "Credit: "sv, "Credit..."sv, "Foto: "sv, "File photo: "sv, "Photo by "sv, "Photo/"sv}) {
    const size_t found = text.rfind(mark);
    if (found == std::string_view::npos || (at != std::string_view::npos && found <= at)) continue;
    at = found;
    skip = mark.size();
  }
  std::string_view trimmed = text;
  while (!trimmed.empty() && (trimmed.back() == ' ' || trimmed.back() == '.')) trimmed.remove_suffix(1);
  if (at == std::string_view::npos && !trimmed.empty() && (trimmed.back() == ')' || trimmed.back() == ']')) {
    const size_t open = trimmed.find_last_of("([");
    // "(File)" tells no owner, and a bracket of many words is part of the caption.
    if (open != std::string_view::npos && open > 0 && trimmed.size() - open <= 60) {
      at = open;
      skip = 1;
    }
  }
  const auto tidy = [](std::string_view part) {
    while (!part.empty() && (part.back() == ' ' || part.back() == '(' || part.back() == '[' || part.back() == '|' || part.back() == '-')) part.remove_suffix(1);
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    return std::string(part);
  };
  out.text = tidy(at == std::string_view::npos ? text : text.substr(0, at));
  if (at != std::string_view::npos) {
    out.credit = tidy(text.substr(at + skip));
    while (!out.credit.empty() && (out.credit.back() == ')' || out.credit.back() == ']' || out.credit.back() == '.')) out.credit.pop_back();
  }
  return out;
}

}  // namespace demarche::article
