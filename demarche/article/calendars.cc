#include "demarche/article/calendars.h"

#include <array>

#include "demarche/core/utf8.h"

namespace demarche::article {
namespace {

using namespace std::string_view_literals;

// First digits of the scripts in which news is dated; each is followed by its nine others.
constexpr std::array<char32_t, 12> kZeros = {0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xbe6, 0xc66, 0xce6, 0xe50, 0x1040, 0xff10};

struct Era {
  std::string_view name;
  int before_first;  // the year before year 1
};
constexpr std::array<Era, 4> kEras = {{{"令和", 2018}, {"平成", 1988}, {"民國", 1911}, {"民国", 1911}}};

}  // namespace

AsciiDigits::AsciiDigits(std::string_view text) {
  bool any = false;
  for (size_t i = 0; i + 1 < text.size() && !any; ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    any = lead == 0xd9 || lead == 0xdb || lead == 0xe0 || lead == 0xe1 || (lead == 0xef && static_cast<unsigned char>(text[i + 1]) == 0xbc);
  }
  if (!any) return;
  text_.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    const size_t length = c.size;
    bool digit = false;
    for (const char32_t zero : kZeros) {
      if (c.value < zero || c.value > zero + 9) continue;
      text_ += static_cast<char>('0' + (c.value - zero));
      offsets_.push_back(static_cast<uint32_t>(at));
      digit = true;
    }
    for (size_t i = 0; i < length && !digit; ++i) {
      text_ += text[at + i];
      offsets_.push_back(static_cast<uint32_t>(at + i));
    }
    at += length;
  }
  offsets_.push_back(static_cast<uint32_t>(text.size()));
}

std::optional<Day> persian_day(int year, int month, int day) {
  if (year < 1178 || year > 1633 || month < 1 || month > 12 || day < 1 || day > (month <= 6 ? 31 : 30)) return std::nullopt;
  // 1 Farvardin 1399 was 20 March 2020; leap years are those of the 33-year cycle.
  const auto leaps_before = [](int y) { return (8 * y + 21) / 33; };
  const int years = year - 1399;
  const int to_year = 365 * years + leaps_before(year) - leaps_before(1399);
  const int in_year = month <= 7 ? 31 * (month - 1) : 186 + 30 * (month - 7);
  return *make_day(2020, 3, 20) + (to_year + in_year + day - 1);
}

int era_year(int year, std::string_view before) {
  while (!before.empty() && before.back() == ' ') before.remove_suffix(1);
  for (const Era& era : kEras) {
    if (before.size() >= era.name.size() && before.substr(before.size() - era.name.size()) == era.name) return year <= 150 ? era.before_first + year : 0;
  }
  // Thailand's years; no Western year of this size is news.
  if (year >= 2533 && year <= 2612) return year - 543;
  return 0;
}

}  // namespace demarche::article
