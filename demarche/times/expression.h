// What a time expression says before it is set on the calendar: the grammar makes it, resolve.h turns it into days.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "demarche/times/lexicon.h"

namespace demarche {

enum class Unit : uint8_t {
  second,
  minute,
  hour,
  night,
  day,
  weekend,
  week,
  fortnight,
  month,
  quarter,
  half,
  year,
  decade,
  century,
  millennium
};

// What an expression counts from.
enum class Anchor : uint8_t {
  none,     // the calendar itself
  report,   // the report's day: "yesterday", "last week", "two years ago"
  focus,    // the time last spoken of: "the next day", "two weeks later"
  last_day  // the single day last spoken of, for a time of day by itself
};

// A part of a longer period. "earlier this week" ends with the report's day, "later this week" begins after it.
enum class Position : uint8_t { none, early, mid, late, earlier, later, start, end, first_half, second_half };

// "last", "this", ...: also the step from the anchor in units, where it is one.
enum class Direction : uint8_t { none, last, past, this_, next, previous, following, same, that };

struct Expression {
  enum class Form : uint8_t {
    calendar,  // year, month, day, weekday, quarter, season, decade, century or feast, as far as told
    weekday,   // a weekday by itself or with "last", "next", "of next week"
    day,       // the anchor's day and `steps` from it: "today", "the next day"
    period,    // a week, month, year ... and `steps` from the anchor's: "last month", "this year", "the week"
    shift,     // `amount` units from the anchor: "two years ago", "a day earlier"
    clock,     // a time of day whose day is not told
    duration,
    set,
    reference,  // PRESENT_REF, PAST_REF, FUTURE_REF
  };

  uint32_t first = 0, last = 0;  // words [first, last)
  uint32_t skip = 0;             // words parsed at the front that do not belong to the extent
  Form form = Form::calendar;
  Anchor anchor = Anchor::none;
  Direction direction = Direction::none;
  Position position = Position::none;

  // calendar: 0 or -1 where not told
  int year = 0, month = 0, day = 0, weekday = -1;
  int quarter = 0, half = 0;
  int decade = -1;                  // 199 for the 1990s; 9 for "the nineties"
  int century = 0;                  // 20 for the 1900s ("the 20th century")
  bool short_year = false;          // "'99"
  bool two_years = false;           // "2016-17": the next year too
  bool before_christ = false;       // then year counts back
  std::optional<int> year_steps;    // "July last year": -1
  std::optional<int> week_steps;    // "Tuesday of next week": 1
  std::optional<int> report_steps;  // "today (July 4)": the date is 0 days from the report's day
  std::string_view season;          // SP, SU, FA, WI
  const LexiconEntry* feast = nullptr;

  int day_steps = 0;          // "the day after Christmas": from the day itself
  int spread = 0;             // "the night of 3-4 May": 1, the next day too; "overnight": -1, the day before too
  bool some_year = false;     // "the Boxing Day tsunami": of no told year
  bool known = false;         // "9/11": a day with a name; what follows does not lean on it
  bool either_order = false;  // "03/04/2017": day or month first
  // "the last week of August": the nth (-1: last) unit or weekday of the period; 0 where not told
  int nth = 0, nth_weekday = -1;
  Unit nth_unit = Unit::day;

  Unit unit = Unit::day;
  int steps = 0;
  double amount = 0;
  bool vague = false;     // "a few", "several", or no number: X
  bool backward = false;  // shift: into the past
  // What leads a duration that counts from the report's day: "within ten days", "in two weeks".
  enum class Lead : uint8_t { none, within, in } lead = Lead::none;
  bool exact = false;  // "exactly two years ago"
  // "two days after the summit", "the eve of the vote": counted from what the words from `object` on tell of.
  enum class Relation : uint8_t { none, before, after, on } relation = Relation::none;
  uint32_t object = 0;
  bool needs_object = false;  // "the eve of the vote": no time while the vote's day is unknown
  bool whole = false;         // "for 100 days from April 2": the stretch, not its far end
  bool ahead = false;         // "a week on Friday": points ahead whatever the tense
  bool of = false;            // stands behind "of"
  bool since = false;         // stands behind "since": never ahead

  // time of day
  int hour = -1, minute = -1, second = -1;
  std::string_view part;  // MO, AF, EV, NI, MI, DT
  bool zulu = false;      // told in UTC

  std::string_view reference;
  std::string set_value;      // "P1D", "XXXX-WXX-5"
  std::string duration_tail;  // second part of "1 hour 4 minutes": "4M"
  std::string_view rule;      // id of the grammar rule
  float confidence = 0.9f;

  bool has_clock() const { return hour >= 0 || !part.empty(); }
};

}  // namespace demarche
