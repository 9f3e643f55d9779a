// TIMEX3 values and steps on the calendar: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "demarche/core/calendar.h"
#include "demarche/times/expression.h"

namespace demarche {

// ISO week date of a day: year and week number.
struct IsoWeek {
  int year = 0, week = 0;
};
IsoWeek iso_week(Day day);
// The Monday on or before.
Day week_start(Day day);
// The day `months` later, the 31st becoming the last day of a shorter month; nothing outside the calendar.
std::optional<Day> add_months(Day day, int months);

// Units as a step on the calendar; zero for parts of a day.
struct Step {
  int days = 0, months = 0;
};
std::optional<Step> step_of(Unit unit, double amount);
// Nothing when that lies outside the calendar.
std::optional<Day> advance(Day day, Step step, bool backward);

// Whether all days of the year, and those of the next, are on the calendar.
bool valid_year(int year);
// A season's days, the winter that begins in December counting for the year it begins in.
std::optional<DayRange> season_days(std::string_view season, int year);
// The part of a period that "early", "mid", "the end of" picks out. `bounded`: a limit ("by the end of July"), then one day.
DayRange part_of(DayRange days, Position position, std::optional<Day> report, bool bounded);

// A number in at least `width` digits.
std::string pad(int n, int width);
std::string month_value(int year, int month);     // "2017-07"
std::string week_value(Day day);                  // "2017-W27"
std::string duration_value(const Expression& e);  // "P3M", "PXD"
std::string clock_suffix(const Expression& e);    // "T17:00", "TMO"; empty without a time of day

}  // namespace demarche
