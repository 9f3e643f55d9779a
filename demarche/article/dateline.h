// The dateline that begins an agency's report: place, agency and day, in any order that desks use. Private to article/.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "demarche/article/date_text.h"

namespace demarche::article {

struct Dateline {
  std::string agency;             // as written; empty when none is named
  std::optional<FoundDate> date;  // bytes of the paragraph; without a year when none is told
  uint32_t end = 0;               // where the report itself begins
};

// "SEOUL, July 4, 2017 (Agency) - ...", "LONDON (Agency) — Friday, August 4, 2023. ...", "TOKYO/TAIPEI -- August 5, 2022. ...",
// "Paris, 4 August (Agency): ...", "(Agency) Aug. 4, 2023 - ...". Nothing when the paragraph begins otherwise.
std::optional<Dateline> read_dateline(std::string_view paragraph, const DateReader& dates, DateStyle style);

}  // namespace demarche::article
