#include "demarche/core/calendar.h"

#include <chrono>
#include <cstdio>

namespace demarche {
namespace chr = std::chrono;

YearMonthDay civil(Day day) {
  const chr::year_month_day ymd{chr::sys_days{chr::days{day.number}}};
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

std::optional<Day> make_day(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return std::nullopt;
  const chr::year_month_day ymd{chr::year{year}, chr::month{static_cast<unsigned>(month)}, chr::day{static_cast<unsigned>(day)}};
  return Day{static_cast<int32_t>(chr::sys_days{ymd}.time_since_epoch().count())};
}

int days_in_month(int year, int month) {
  const chr::year_month_day_last last{chr::year{year}, chr::month_day_last{chr::month{static_cast<unsigned>(month)}}};
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

int weekday(Day day) {
  const chr::weekday wd{chr::sys_days{chr::days{day.number}}};
  return static_cast<int>(wd.iso_encoding()) - 1;
}

DayRange month_of(int year, int month) {
  return {*make_day(year, month, 1), *make_day(year, month, days_in_month(year, month))};
}

DayRange year_of(int year) { return {*make_day(year, 1, 1), *make_day(year, 12, 31)}; }

std::string to_string(Day day) {
  const YearMonthDay ymd = civil(day);
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", ymd.year, ymd.month, ymd.day);
  return buffer;
}

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int parts[3] = {0, 0, 0};
  int part = 0;
  for (const char c : text) {
    if (c == '-') {
      ++part;
      continue;
    }
    if (c < '0' || c > '9' || part > 2) return std::nullopt;
    parts[part] = parts[part] * 10 + (c - '0');
  }
  return make_day(parts[0], parts[1], parts[2]);
}

}  // namespace demarche
