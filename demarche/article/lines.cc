#include "demarche/article/lines.h"

#include <algorithm>
#include <string>

#include "demarche/core/utf8.h"

namespace demarche::article {
namespace {

using namespace std::string_view_literals;

// "Jane Doe in Strelsau and John Roe in Brussels"
bool is_names_and_places(std::string_view text) {
  size_t words = 0, names = 0, places = 0;
  for (size_t from = 0; from < text.size();) {
    const size_t end = std::min(text.find(' ', from), text.size());
    const std::string_view word = text.substr(from, end - from);
    from = end + 1;
    ++words;
    if (word == "in") {
      ++places;
    } else if (word != "and" && word != "in," && word != "at") {
      if (word.empty() || !(is_upper(word[0]) || (static_cast<unsigned char>(word[0]) & 0x80) != 0)) return false;
      ++names;
    }
  }
  return places >= 1 && names >= 3 && words <= 5 * places + 2;
}

}  // namespace

bool ends_sentence(std::string_view text) {
  for (bool more = true; more && !text.empty();) {
    more = false;
    for (const std::string_view close : {"\""sv, "'"sv, ")"sv, "]"sv, "\xe2\x80\x9d"sv, "\xe2\x80\x99"sv, "\xc2\xbb"sv, "\xe2\x80\x9c"sv, " "sv}) {
      if (ends(text, close)) {
        text.remove_suffix(close.size());
        more = true;
      }
    }
  }
  for (const std::string_view mark : {"."sv, "!"sv, "?"sv, ":"sv, ";"sv, "\xe2\x80\xa6"sv, "\xe3\x80\x82"sv, "\xef\xbc\x9f"sv, "\xef\xbc\x81"sv, "\xe0\xa5\xa4"sv, "\xd8\x9f"sv}) {
    if (ends(text, mark)) return true;
  }
  return false;
}

size_t count_words(std::string_view text) {
  size_t n = 0;
  bool in = false;
  for (const char c : text) {
    const bool letter = is_upper(c) || is_lower(c) || (static_cast<unsigned char>(c) & 0x80) != 0 || (c >= '0' && c <= '9');
    if (letter && !in) ++n;
    in = letter || (in && (c == '\'' || c == '-' || c == '.' || c == ','));
  }
  return n;
}

bool is_menu(std::string_view raw, std::string_view text) {
  size_t gaps = 0, bars = 0;
  for (size_t i = 0; i + 2 < raw.size(); ++i) {
    if (raw[i] == ' ' && raw[i + 1] == ' ' && raw[i + 2] != ' ') ++gaps;
  }
  for (size_t at = text.find(" | "); at != std::string_view::npos; at = text.find(" | ", at + 3)) ++bars;
  for (const std::string_view dot : {" \xc2\xb7 "sv, " \xe2\x80\xa2 "sv, " / "sv}) {
    for (size_t at = text.find(dot); at != std::string_view::npos; at = text.find(dot, at + dot.size())) ++bars;
  }
  const size_t entries = std::max(gaps, bars) + 1;
  return entries >= 3 && text.size() / entries < 40 && !ends_sentence(text);
}

bool is_icon_run(std::string_view text) {
  size_t joins = 0, icons = 0;
  for (size_t i = 1; i < text.size(); ++i) joins += is_lower(text[i - 1]) && is_upper(text[i]);
  for (size_t at = text.find("Icon"); at != std::string_view::npos; at = text.find("Icon", at + 4)) ++icons;
  const size_t words = count_words(text);
  return (icons >= 2 && joins >= 2 && !ends_sentence(text)) || (joins >= 4 && joins * 3 >= words && !ends_sentence(text));
}

bool is_byline(std::string_view text) {
  if (text.size() > 140 || ends_sentence(text)) return false;
  const bool by = (starts(text, "By ") || starts(text, "BY ")) && text.size() > 4;
  if (by) {
    // Names or desks, no clause: "By the time the ship sank" has a verb but nothing tells it here; it ends without a stop only in titles.
    size_t capitals = 0, small = 0;
    for (size_t i = 3; i < text.size(); ++i) {
      if (text[i - 1] != ' ') continue;
      if (is_upper(text[i]) || (static_cast<unsigned char>(text[i]) & 0x80) != 0) ++capitals;
      if (is_lower(text[i])) ++small;
    }
    return capitals >= 1 ? small <= capitals + 2 : has(text, "correspondent") || has(text, "desk") || has(text, "staff") || has(text, "reporter") || has(text, "editor");
  }
  if (is_names_and_places(text)) return true;
  const std::string folded = fold(text);
  for (const std::string_view role : {"staff writer"sv, "staff writers"sv, "staff reporter"sv, "senior writer"sv, "correspondent |"sv, "contributing writer"sv, "chief correspondent"sv, "special correspondent"sv}) {
    if (has(folded, role)) return true;
  }
  return false;
}

}  // namespace demarche::article
