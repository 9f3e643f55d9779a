#include "demarche/core/calendar.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <tuple>

namespace demarche {
namespace {

TEST(Calendar, EveryDayOfFourHundredYearsComesBack) {
  Day expected = *make_day(1900, 1, 1);
  int expected_weekday = 0;  // 1 January 1900 was a Monday
  for (int year = 1900; year < 2300; ++year)
    for (int month = 1; month <= 12; ++month) {
      const DayRange whole = month_of(year, month);
      ASSERT_EQ(whole.end - whole.start + 1, days_in_month(year, month));
      for (int day = 1; day <= days_in_month(year, month); ++day) {
        const Day made = *make_day(year, month, day);
        ASSERT_EQ(made, expected);
        ASSERT_EQ(weekday(made), expected_weekday);
        const YearMonthDay back = civil(made);
        ASSERT_TRUE(back.year == year && back.month == month && back.day == day) << to_string(made);
        ASSERT_EQ(parse_day(to_string(made)), made);
        expected = expected + 1;
        expected_weekday = (expected_weekday + 1) % 7;
      }
    }
}

TEST(Calendar, KnownDays) {
  EXPECT_EQ(make_day(1970, 1, 1)->number, 0);
  EXPECT_EQ(make_day(1969, 12, 31)->number, -1);
  EXPECT_EQ(weekday(*make_day(2017, 7, 4)), 1);   // Tuesday
  EXPECT_EQ(weekday(*make_day(2000, 2, 29)), 1);  // Tuesday
  EXPECT_EQ(*make_day(2018, 1, 1) - *make_day(2017, 7, 4), 181);
  EXPECT_EQ(year_of(2016).end - year_of(2016).start + 1, 366);
  EXPECT_EQ(year_of(1900).end - year_of(1900).start + 1, 365);
  EXPECT_EQ(to_string(*make_day(33, 4, 3)), "0033-04-03");
}

TEST(Calendar, NoSuchDay) {
  for (const auto& [year, month, day] : std::initializer_list<std::tuple<int, int, int>>{{2017, 2, 29},
                                                                                         {1900, 2, 29},
                                                                                         {2017, 2, 30},
                                                                                         {2017, 4, 31},
                                                                                         {2017, 13, 1},
                                                                                         {2017, 0, 1},
                                                                                         {2017, 1, 0},
                                                                                         {2017, 1, 32},
                                                                                         {0, 1, 1},
                                                                                         {10000, 1, 1},
                                                                                         {2017, -1, 1}})
    EXPECT_FALSE(make_day(year, month, day)) << year << ' ' << month << ' ' << day;
  for (const char* text : {"", "2017-07-4", "2017-7-04", "2017/07/04", "2017-07-04 ", " 2017-07-04", "2017-02-30", "17-07-04", "20170704xx",
                           "2017-07--4", "----------", "२०१७-०७-०४"})
    EXPECT_FALSE(parse_day(text)) << text;
}

TEST(Calendar, RangesCompareByStartThenEnd) {
  const Day a = *make_day(2017, 7, 4), b = a + 1;
  EXPECT_LT((DayRange{a, a}), (DayRange{a, b}));
  EXPECT_LT((DayRange{a, b}), (DayRange{b, b}));
  EXPECT_EQ((DayRange{a, b}), (DayRange{a, b}));
}

}  // namespace
}  // namespace demarche
