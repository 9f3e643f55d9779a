// Dates and times of day: the part of the grammar that names a place on the calendar or the clock.
#pragma once

#include <cstddef>

#include "demarche/times/expression.h"
#include "demarche/times/words.h"

namespace demarche {

// Each parse_ function tries at word `at`; it returns the word after the expression and fills `out`, or returns 0 and
// leaves `out` undefined.

// "Tuesday", "July 4, 2017", "last month", "the early 1990s", "this morning", "5 p.m. on Friday", "the night of 4 July".
size_t parse_moment(const Words& words, size_t at, Expression& out);
// One day or longer period, with no time of day.
size_t parse_date(const Words& words, size_t at, Expression& out);
// "5 p.m.", "17:30 GMT", "noon".
size_t parse_clock(const Words& words, size_t at, Expression& out);

// Shared by the other half of the grammar: a unit's name, and how far a direction steps from its anchor.
bool parse_unit(const Words& words, size_t at, Unit& unit, bool* plural = nullptr);
int steps_of(Direction direction);
Anchor anchor_of(Direction direction);
// The direction at `at`, "the" before it allowed; 0 when none stands there.
size_t parse_direction(const Words& words, size_t at, Direction& direction);
// The number at `at` ("12", "twenty-five", "two and a half", "1.5", "half a"); 0 when none stands there.
size_t parse_amount(const Words& words, size_t at, double& amount);
// A whole number written in digits, at most four of them without marks; -1 when word `at` is none.
int digits(const Words& words, size_t at);

}  // namespace demarche
