// Dates as pages write them: ISO, numbers, month names in many languages. Private to article/.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "demarche/core/calendar.h"

namespace demarche::article {

struct FoundDate {
  Day day;
  std::string time;             // "09:30:00", with "+09:00" when the zone is told; empty when unknown
  uint32_t begin = 0, end = 0;  // bytes of the text, with the time
  bool has_year = true;         // else `day` lies in year 4, which has all days
};

struct DateStyle {
  bool month_first = false;  // 3/4/2020 is 4 March
  bool machine = false;      // also 20200304, 20200304103000 and seconds since 1970: in attributes, not in prose
};

class DateReader {
 public:
  explicit DateReader(const std::filesystem::path& months);
  // All dates, in order; not overlapping.
  std::vector<FoundDate> find(std::string_view text, DateStyle style) const;
  // The first one.
  std::optional<FoundDate> first(std::string_view text, DateStyle style) const;
  // Month 1..12 of a name, 0 if it is none.
  int month(std::string_view word) const;
  // The same of Iran's solar calendar.
  int persian_month(std::string_view word) const;

 private:
  class Scan;
  std::vector<FoundDate> scan(std::string_view text, DateStyle style, bool only_first) const;
  std::unordered_map<std::string, int> months_, persian_months_;  // folded; looked up only
};

// A day in a URL's path ("/2017/07/04/", "2017-07-04", "20170704").
std::optional<Day> date_in_url(std::string_view url);
// The month of one that tells no day ("/2017/07/").
std::optional<DayRange> month_in_url(std::string_view url);

}  // namespace demarche::article
