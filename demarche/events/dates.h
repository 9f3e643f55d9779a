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
  uint32_t noun = kNoToken;  // the nearest noun above it, when it modifies one ("Tuesday's launch")
};

// The time expressions of one sentence, placed in its tree. `times` must be those of the sentence.
std::vector<PlacedTime> place_times(const ClauseView& view, std::span<const TimeExpression> times, const FrameLexicon& frames);

struct DateFinding {
  std::optional<EventDate> date;
  bool bounded = false;  // the text gives a one-sided limit only: no date may be taken from elsewhere
  float certainty = 1;
};

// From the event's clause, then the clauses that it hangs on.
DateFinding date_in_sentence(const ClauseView& view, const Match& match, std::span<const PlacedTime> times, const FrameLexicon& frames);

EventDate event_date(const TimeExpression& time, std::string_view text);

}  // namespace demarche
