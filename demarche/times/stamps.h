// Dates that belong to the page, not to what the report tells: "Published: 4 July 2017", "SEOUL, July 4 (Agency) -".
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "demarche/times/pending.h"

namespace demarche {

// Takes the expressions of lines that hold nothing but a date and words like "Updated", and of datelines with the report's own day,
// out of `all`. The first gives the report's day when nobody else does. Marks a date alone on its line as a heading.
void drop_stamps(std::string_view text, std::optional<Day>& report, const TimeLexicon& lexicon, std::vector<Pending>& all);

}  // namespace demarche
