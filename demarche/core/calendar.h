// Days of the proleptic Gregorian calendar and closed intervals of them. Pure values; thread safe.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace demarche {

// A calendar day, counted from 1970-01-01 (day 0). ISO 8601 in text.
struct Day {
  int32_t number = 0;

  auto operator<=>(const Day&) const = default;
};

struct YearMonthDay {
  int year = 1970;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
};

// Closed interval of days.
struct DayRange {
  Day start;
  Day end;

  auto operator<=>(const DayRange&) const = default;
};

YearMonthDay civil(Day day);
// Nothing when there is no such day (30 February, month 13, year outside 1..9999).
std::optional<Day> make_day(int year, int month, int day);
int days_in_month(int year, int month);
// 0 = Monday ... 6 = Sunday.
int weekday(Day day);
inline Day operator+(Day day, int days) { return {day.number + days}; }
inline int operator-(Day a, Day b) { return a.number - b.number; }
// All days of the month or year.
DayRange month_of(int year, int month);
DayRange year_of(int year);
// "2017-07-04".
std::string to_string(Day day);
// Exactly YYYY-MM-DD; nothing otherwise.
std::optional<Day> parse_day(std::string_view text);

}  // namespace demarche
