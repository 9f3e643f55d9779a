#include "demarche/times/values.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace demarche {
namespace {

std::string number_value(double amount) {
  if (amount == std::floor(amount)) return std::to_string(static_cast<long long>(amount));
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.2f", amount);
  std::string s = buffer;
  for (char& c : s)
    if (c == ',') c = '.';
  while (s.back() == '0') s.pop_back();
  return s;
}

}  // namespace

std::string pad(int n, int width) {
  std::string digits = std::to_string(n);
  return digits.size() < static_cast<size_t>(width) ? std::string(static_cast<size_t>(width) - digits.size(), '0') + digits : digits;
}

std::string month_value(int year, int month) { return pad(year, 4) + "-" + pad(month, 2); }

std::string week_value(Day day) {
  const IsoWeek w = iso_week(day);
  return pad(w.year, 4) + "-W" + pad(w.week, 2);
}

bool valid_year(int year) { return year >= 1 && year <= 9998; }

// A season's months, the winter that begins in December counting for the year it begins in.
std::optional<DayRange> season_days(std::string_view season, int year) {
  if (!valid_year(year)) return std::nullopt;
  if (season == "SP") return DayRange{month_of(year, 3).start, month_of(year, 5).end};
  if (season == "SU") return DayRange{month_of(year, 6).start, month_of(year, 8).end};
  if (season == "FA") return DayRange{month_of(year, 9).start, month_of(year, 11).end};
  return DayRange{month_of(year, 12).start, month_of(year + 1, 2).end};
}

// The part of a period that "early", "mid", "the end of" picks out.
DayRange part_of(DayRange days, Position position, std::optional<Day> report, bool bounded) {
  const int length = days.end - days.start + 1;
  if (length <= 1) return days;
  const auto cut = [&](double from, double to) {
    DayRange out{days.start + static_cast<int>(std::floor(length * from)), days.start + (static_cast<int>(std::ceil(length * to)) - 1)};
    if (out.end > days.end) out.end = days.end;
    return out;
  };
  const bool month = length >= 28 && length <= 31;
  switch (position) {
    case Position::none:
      return days;
    case Position::start:
      if (bounded) return {days.start, days.start};
      [[fallthrough]];
    case Position::early:
      return month ? DayRange{days.start, days.start + 9} : cut(0, 1.0 / 3);
    case Position::mid:
      return month ? DayRange{days.start + 10, days.start + 19} : cut(1.0 / 3, 2.0 / 3);
    case Position::end:
      if (bounded) return {days.end, days.end};
      [[fallthrough]];
    case Position::late:
      return month ? DayRange{days.start + 20, days.end} : cut(2.0 / 3, 1);
    case Position::first_half:
      return {days.start, days.start + (length / 2 - 1)};
    case Position::second_half:
      return {days.start + length / 2, days.end};
    case Position::earlier:
      if (length == 7) return days;
      return report && days.start <= *report && *report < days.end ? DayRange{days.start, *report} : days;
    case Position::later:
      return report && days.start <= *report && *report < days.end ? DayRange{*report, days.end} : days;
  }
  return days;
}

std::string duration_value(const Expression& e) {
  if (e.vague) {
    switch (e.unit) {
      case Unit::second:
        return "PTXS";
      case Unit::minute:
        return "PTXM";
      case Unit::hour:
        return "PTXH";
      case Unit::night:
        return "PXNI";
      case Unit::day:
        return "PXD";
      case Unit::weekend:
        return "PXWE";
      case Unit::week:
      case Unit::fortnight:
        return "PXW";
      case Unit::month:
      case Unit::half:
        return "PXM";
      case Unit::quarter:
        return "PXQ";
      case Unit::year:
        return "PXY";
      case Unit::decade:
        return "PXDE";
      case Unit::century:
        return "PXCE";
      case Unit::millennium:
        return "PXML";
    }
  }
  double n = e.amount;
  const bool half = n == 0.5;
  if (n == 0.25 || n == 0.75) {
    if (e.unit == Unit::hour) return n == 0.25 ? "PT15M" : "PT45M";
    if (e.unit == Unit::century) return n == 0.25 ? "P25Y" : "P75Y";
  }
  const auto with = [&](std::string_view prefix, std::string_view unit) {
    return std::string(prefix) + number_value(n) + std::string(unit) + e.duration_tail;
  };
  switch (e.unit) {
    case Unit::second:
      return with("PT", "S");
    case Unit::minute:
      return with("PT", "M");
    case Unit::hour:
      if (half) return "PT30M";
      return with("PT", "H");
    case Unit::night:
      return with("P", "NI");
    case Unit::day:
      if (half) return "PT12H";
      return with("P", "D");
    case Unit::weekend:
      return with("P", "WE");
    case Unit::week:
      return with("P", "W");
    case Unit::fortnight:
      n *= 2;
      return with("P", "W");
    case Unit::month:
      return with("P", "M");
    case Unit::quarter:
      return with("P", "Q");
    case Unit::half:
      n *= 6;
      return with("P", "M");
    case Unit::year:
      if (half) return "P6M";
      return with("P", "Y");
    case Unit::decade:
      if (half) return "P5Y";
      return with("P", "DE");
    case Unit::century:
      if (half) return "P50Y";
      return with("P", "CE");
    case Unit::millennium:
      return with("P", "ML");
  }
  return "PXD";
}

std::optional<Step> step_of(Unit unit, double amount) {
  if (amount > 12000) return std::nullopt;
  const int n = static_cast<int>(std::lround(amount));
  switch (unit) {
    case Unit::second:
    case Unit::minute:
      return Step{};
    case Unit::hour:
      return Step{static_cast<int>(std::floor(amount / 24)), 0};
    case Unit::night:
    case Unit::day:
      return Step{n, 0};
    case Unit::weekend:
    case Unit::week:
      return Step{static_cast<int>(std::lround(amount * 7)), 0};
    case Unit::fortnight:
      return Step{14 * n, 0};
    case Unit::month:
      return Step{0, n};
    case Unit::quarter:
      return Step{0, 3 * n};
    case Unit::half:
      return Step{0, 6 * n};
    case Unit::year:
      return Step{0, static_cast<int>(std::lround(amount * 12))};
    case Unit::decade:
      return Step{0, static_cast<int>(std::lround(amount * 120))};
    case Unit::century:
      return Step{0, static_cast<int>(std::lround(amount * 1200))};
    case Unit::millennium:
      return Step{0, 12000 * n};
  }
  return std::nullopt;
}

std::optional<Day> advance(Day day, Step step, bool backward) {
  if (step.months) {
    const std::optional<Day> moved = add_months(day, backward ? -step.months : step.months);
    if (!moved) return std::nullopt;
    day = *moved;
  }
  return day + (backward ? -step.days : step.days);
}

std::string clock_suffix(const Expression& e) {
  if (e.hour >= 0) {
    std::string s = "T" + pad(e.hour, 2) + ":" + pad(std::max(e.minute, 0), 2);
    if (e.second >= 0) s += ":" + pad(e.second, 2);
    if (e.zulu) s += "Z";
    return s;
  }
  return e.part.empty() ? std::string() : "T" + std::string(e.part);
}

IsoWeek iso_week(Day day) {
  const Day thursday = week_start(day) + 3;
  const int year = civil(thursday).year;
  const Day january1 = *make_day(year, 1, 1);
  return {year, (thursday - january1) / 7 + 1};
}

Day week_start(Day day) { return day + -weekday(day); }

std::optional<Day> add_months(Day day, int months) {
  const YearMonthDay ymd = civil(day);
  const int total = ymd.year * 12 + (ymd.month - 1) + months;
  const int year = total >= 0 ? total / 12 : -1;
  const int month = total >= 0 ? total % 12 + 1 : 1;
  if (!valid_year(year)) return std::nullopt;
  return make_day(year, month, std::min(ymd.day, days_in_month(year, month)));
}

}  // namespace demarche
