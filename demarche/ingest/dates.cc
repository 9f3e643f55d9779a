#include "demarche/ingest/dates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>

#include "demarche/core/utf8.h"

namespace demarche::ingest {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::optional<int> month_named(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kMonths = {"january", "february", "march",     "april",   "may",      "june",
                                                               "july",    "august",   "september", "october", "november", "december"};
  if (word.size() < 3) return std::nullopt;
  std::string folded(word);
  for (char& c : folded) c = static_cast<char>(c | 0x20);
  if (folded == "sept") return 9;
  for (size_t i = 0; i < kMonths.size(); ++i) {
    if (folded == kMonths[i] || folded == kMonths[i].substr(0, 3)) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

int to_number(std::string_view digits) {
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() ? value : -1;
}

// "20210305", alone or before a 'T'; ten or thirteen digits since 1970.
std::optional<Day> from_digits(std::string_view text) {
  const size_t digits = static_cast<size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
  const bool alone = digits == text.size();
  if (digits == 8 && (alone || text[8] == 'T')) return make_day(to_number(text.substr(0, 4)), to_number(text.substr(4, 2)), to_number(text.substr(6, 2)));
  if (digits == 14 && alone) return from_digits(text.substr(0, 8));
  const bool fraction = !alone && text[digits] == '.' && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(digits) + 1, text.end(), is_digit);
  if ((digits == 10 && (alone || fraction)) || (digits == 13 && alone)) {
    int64_t seconds = 0;
    std::from_chars(text.data(), text.data() + 10, seconds);
    return Day{static_cast<int32_t>(seconds / 86'400)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Day> parse_source_date(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return std::nullopt;
  text = text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
  if (text.size() >= 10) {
    if (const auto day = parse_day(text.substr(0, 10)); day && (text.size() == 10 || !is_digit(text[10]))) return day;
  }
  if (const auto day = from_digits(text)) return day;
  // A month's name, the first number beside it a day or a year, the second the other; what follows is the time of day.
  std::array<int, 2> numbers{};
  std::optional<int> month;
  size_t count = 0;
  for (size_t at = 0; at < text.size() && (count < 2 || !month);) {
    size_t end = at + 1;
    if (is_digit(text[at])) {
      while (end < text.size() && is_digit(text[end])) ++end;
      if (count == 2 || end - at > 4) return std::nullopt;
      // A time that stands before the day ("10:00, March 5, 2021") is passed over.
      if (end < text.size() && text[end] == ':') {
        while (end < text.size() && (is_digit(text[end]) || text[end] == ':')) ++end;
      } else {
        numbers[count++] = to_number(text.substr(at, end - at));
      }
    } else if (is_letter(text[at])) {
      while (end < text.size() && is_letter(text[end])) ++end;
      if (!month) month = month_named(text.substr(at, end - at));
    }
    at = end;
  }
  if (!month || count < 2) return std::nullopt;
  auto [day, year] = numbers;
  if (day > 31) std::swap(day, year);
  if (year < 100) year += year < 70 ? 2000 : 1900;
  return make_day(year, *month, day);
}

Diagnostic invalid_date(std::string_view text) {
  return {"ingest.invalid_date", Severity::warning,
          "The date \"" + repair_utf8(text.substr(0, 40)) + "\" of the source cannot be read as a day; the report was read without it.", std::nullopt};
}

}  // namespace demarche::ingest
