// The parts of the grammar of dates, for each other only. Each parse_ function tries at word `at` and returns the word after
// what it found, or 0; parse_year_after returns `at` when no year follows.
#pragma once

#include <initializer_list>
#include <string_view>

#include "demarche/times/grammar_dates.h"

namespace demarche {

// Whether word `at` has one of these forms.
bool any_of(const Words& w, size_t at, std::initializer_list<std::string_view> forms);

// A year of four digits, or "'99".
size_t parse_year(const Words& w, size_t at, Expression& out);
// "2017", ", 2017", "of 2017", "last year", "of this year" after a month; `at` itself when there is none.
size_t parse_year_after(const Words& w, size_t at, Expression& out);
// "2017", "the 1990s", "the nineties", "the 20th century", "fiscal 2009".
size_t parse_years(const Words& w, size_t at, Expression& out);
// "the first quarter of 2008", "Q3 2009", "the second half of the year", "summer 2010", "last summer", "the winter".
size_t parse_year_part(const Words& w, size_t at, Expression& out);
// "Christmas", "New Year's Day 2018", "last Thanksgiving".
size_t parse_feast(const Words& w, size_t at, Expression& out);
// Day of the month: "4", "4th", "fourth". With `ordinal_only` a plain number is none.
size_t parse_month_day(const Words& w, size_t at, int& day, bool ordinal_only = false);
// A month's name, with the dot of an abbreviation.
size_t parse_month(const Words& w, size_t at, int& month);
// "July 4", "4 July", "the 4th of July", each with an optional year; "July 2017"; "July".
size_t parse_month_date(const Words& w, size_t at, Expression& out);
// "last week", "this year", "the next day", "the following month", "that night", "the week", "the weekend".
size_t parse_period(const Words& w, size_t at, Expression& out);
// "the last week of August", "the first Monday of May", "the third day of 2018".
size_t parse_part_of_period(const Words& w, size_t at, Expression& out);
// After "the night" or "overnight": "of 3-4 May", "from Friday to Saturday", "into Saturday".
size_t parse_night(const Words& w, size_t at, Expression& out);
// "on the 13th": a day of the month in focus.
size_t parse_bare_day(const Words& w, size_t at, Expression& out);
// "last July", "this April", "next March", "last September 11".
size_t parse_direction_month(const Words& w, size_t at, Expression& out);

// "about two years", "the last three months", "a few days later", "90-day", "weeks", "half an hour".
size_t parse_span(const Words& w, size_t at, Expression& out);
// "more than", "at least", "nearly": part of the extent, as TimeML has it; `at` itself when there is none.
size_t parse_approx(const Words& w, size_t at);
// "before", "after", "following" and what they count from: fills relation and object, returns the object's first word, else 0.
size_t parse_object(const Words& w, size_t at, Expression& e);
// "every Friday", "each year", "twice a week", "daily", "Sundays".
size_t parse_set(const Words& w, size_t at, Expression& out);
// "recent years", "the recent past"; "now"; "the future".
size_t parse_reference(const Words& w, size_t at, Expression& out);

}  // namespace demarche
