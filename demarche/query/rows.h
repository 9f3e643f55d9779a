// Rows of the record as the questions need them. Private to query/.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "demarche/core/calendar.h"
#include "demarche/query/query.h"
#include "demarche/store/sqlite.h"

namespace demarche::query {

using Json = nlohmann::ordered_json;

struct ReportRow {
  int64_t report = 0;
  std::string short_id, read_from, title, publisher;
  std::optional<Day> published;
};

struct EventRow {
  const ReportRow* report = nullptr;
  std::string id, type, mode, kind, factuality, attributed_to, evidence, location;
  std::optional<DayRange> days;
  std::set<std::string> actors, recipients;
  double confidence = 0;

  std::string row_id() const { return report->short_id + "." + id; }
};

// Reports by their number, and the events of all of them in (published, read_from, place) order.
struct Events {
  std::vector<ReportRow> reports;
  std::vector<EventRow> events;
  std::map<int64_t, size_t> place;  // report number -> index of reports

  const ReportRow& report(int64_t number) const;
};
Events load_events(sqlite3* db);

// Events of several reports that tell one act, by kind (type and mode where there is none), acting party and overlapping days.
struct JoinedEvent {
  std::vector<const EventRow*> tellings;  // surest first
  std::optional<DayRange> days;           // of the telling that is most exact
  std::set<std::string> actors, recipients;
  size_t reports = 0;

  const EventRow& best() const { return *tellings.front(); }
};
// The joined events by day, then by kind and actors; undated ones that join no dated one come last.
std::vector<JoinedEvent> join_events(const Events& events);

// "report" fields that every answer row carries: id, outlet, day.
void add_report(Json& fields, const ReportRow& report);
std::string listed(const std::set<std::string>& parties);
bool within(const std::optional<DayRange>& days, const Question& question);
Json day_or_null(const std::optional<Day>& day);
std::optional<DayRange> read_days(sqlite::Query& query, int start_column);
// The day of the newest report, or the question's.
std::optional<Day> as_of(const Events& events, const Question& question);

}  // namespace demarche::query
