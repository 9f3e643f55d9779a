// The days of an event, as its own words tell them: never the publication date for want of better.
#pragma once

#include <optional>
#include <vector>

#include "demarche/events/matcher.h"

namespace demarche {

// A time expression and the word it belongs to.
struct PlacedTime {
  const TimeExpression* time = nullptr;
  uint32_t verb = kNoToken;  // predicate of its clause
  bool deadline = false;     // behind "until" or "by"
  uint32_t noun = kNoToken;  // the nearest noun above it, when it modifies one ("Tuesday's launch")
};

// The time expressions of one sentence, placed in its tree. `times` must be those of the sentence.
std::vector<PlacedTime> place_times(const ClauseView& view, std::span<const TimeExpression> times, const FrameLexicon& frames);

// Where a day was read.
enum class DatePlace : uint8_t { none, trigger, clause, setting, above, beside, speech, speech_before, carried, counted, heading };

struct DateFinding {
  std::optional<EventDate> date;
  bool bounded = false;  // the text gives a one-sided limit only: no date may be taken from elsewhere
  DatePlace place = DatePlace::none;
  bool several = false;  // other times stand in the same place
};

// From the event's clause, then the clauses that it hangs on.
DateFinding date_in_sentence(const ClauseView& view, const Match& match, std::span<const PlacedTime> times, const FrameLexicon& frames);

// "A day before the clash", "came twelve days after a bomber killed ...": a day counted from that of another event.
struct CountedDay {
  int offset = 0;                       // days from the anchor
  std::string anchor;                   // lemma of the noun that names the other event
  std::optional<DayRange> anchor_days;  // when the sentence tells them
  std::string text;
};
std::optional<CountedDay> counted_day(const ClauseView& view, const Match& match, std::span<const PlacedTime> times, const FrameLexicon& frames);

// "Spoke on Saturday and again on Sunday", "expelled three in December and two more in January": one verb, told of another day as well.
struct FurtherDay {
  const TimeExpression* time = nullptr;
  uint32_t first = 0;  // the token that its words begin with
};
std::optional<FurtherDay> further_day(const ClauseView& view, const Match& match, std::span<const PlacedTime> times, const EventDate& taken, const FrameLexicon& frames);

EventDate event_date(const TimeExpression& time, std::string_view text);

}  // namespace demarche
