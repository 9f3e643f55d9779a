// The days that containers give: headers of mail, feeds, news APIs, press archives. Private to ingest/.
#pragma once

#include <optional>
#include <string_view>

#include "demarche/core/calendar.h"
#include "demarche/core/error.h"

namespace demarche::ingest {

// "2021-03-05T10:00:00Z", "20210305T100000Z", "20210305", "Fri, 5 Mar 2021 10:00:00 GMT", "March 5, 2021 Friday", seconds or
// milliseconds since 1970 (the day in UTC). The day as written, whatever its zone. Nothing for another form, for a day that does not
// exist, and for "05/03/2021", which means two days.
std::optional<Day> parse_source_date(std::string_view text);
// What is told of a report whose source gives a date that is none.
Diagnostic invalid_date(std::string_view text);

}  // namespace demarche::ingest
