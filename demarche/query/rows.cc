#include "demarche/query/rows.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace demarche::query {
namespace {

std::map<std::pair<int64_t, std::string>, std::pair<std::set<std::string>, std::set<std::string>>> load_parties(sqlite3* db) {
  std::map<std::pair<int64_t, std::string>, std::pair<std::set<std::string>, std::set<std::string>>> out;
  sqlite::Query query(db, "SELECT report, id, role, party FROM event_party WHERE party IS NOT NULL");
  while (query.step()) {
    auto& both = out[{query.integer(0), query.text(1)}];
    (query.text(2) == "actor" ? both.first : both.second).insert(query.text(3));
  }
  return out;
}

bool nested(const std::set<std::string>& a, const std::set<std::string>& b) {
  const auto& small = a.size() < b.size() ? a : b;
  const auto& large = a.size() < b.size() ? b : a;
  return !small.empty() && std::includes(large.begin(), large.end(), small.begin(), small.end());
}

// Acts of one kind by one party on one day are taken for one. Where the trade has no name for the act, its type is too wide
// a net: then those acted on must agree too.
bool same_act(const EventRow& a, const EventRow& b) {
  if (!nested(a.actors, b.actors)) return false;
  if (!a.kind.empty()) return true;
  return (a.recipients.empty() && b.recipients.empty()) || nested(a.recipients, b.recipients);
}

using Key = std::tuple<std::string, std::string, std::string, std::string>;  // factuality, kind, type, mode

Key key_of(const EventRow& e) {
  if (e.kind.empty()) return {e.factuality, "", e.type, e.mode};
  // A meeting that is asked for or refused is none that was held.
  const bool of_words = e.type == "REQUEST" || e.type == "REJECT";
  return {e.factuality, e.kind, of_words ? e.type : "", ""};
}

int width(const EventRow& e) { return e.days->end - e.days->start; }

void finish(JoinedEvent& joined) {
  joined.days = joined.tellings.front()->days;
  std::stable_sort(joined.tellings.begin(), joined.tellings.end(), [](const EventRow* a, const EventRow* b) { return a->confidence > b->confidence; });
  std::set<int64_t> reports;
  for (const EventRow* e : joined.tellings) {
    reports.insert(e->report->report);
    joined.actors.insert(e->actors.begin(), e->actors.end());
    joined.recipients.insert(e->recipients.begin(), e->recipients.end());
  }
  joined.reports = reports.size();
}

// An act of which a report gives no day is the one dated act of its kind and party in the days before that report, if there is just
// one; else it is one with what other reports of those days tell as undated. Only acts that the trade has a name for.
constexpr int kUndatedReach = 7;  // days before its report in which an undated act is looked for
void join_undated(const std::vector<const EventRow*>& undated, std::vector<JoinedEvent>& out) {
  std::map<Key, std::vector<size_t>> groups;
  for (size_t i = 0; i < out.size(); ++i) groups[key_of(*out[i].tellings.front())].push_back(i);
  std::map<Key, std::vector<size_t>> loose;  // groups of undated tellings, in the order of their reports' days
  for (const EventRow* e : undated) {
    const std::optional<Day>& told = e->report->published;
    const Key key = key_of(*e);
    std::vector<size_t> fits;
    if (told && !e->kind.empty() && !e->actors.empty()) {
      for (const size_t i : groups[key]) {
        const EventRow& core = *out[i].tellings.front();
        // Of two that one report tells apart, the undated is another.
        const bool same_report = std::any_of(out[i].tellings.begin(), out[i].tellings.end(), [&](const EventRow* o) { return o->report->report == e->report->report; });
        if (!same_report && core.days->start + kUndatedReach >= *told && core.days->end <= *told && same_act(core, *e)) fits.push_back(i);
      }
      const std::vector<size_t>& others = loose[key];
      for (size_t k = others.size(); fits.empty() && k-- > 0;) {
        const EventRow& core = *out[others[k]].tellings.front();
        if (*core.report->published + kUndatedReach < *told) break;
        if (core.report->report != e->report->report && same_act(core, *e)) fits.push_back(others[k]);
      }
    }
    if (fits.size() == 1) {
      out[fits[0]].tellings.push_back(e);
      continue;
    }
    if (told && !e->kind.empty() && !e->actors.empty()) loose[key].push_back(out.size());
    out.push_back({});
    out.back().tellings.push_back(e);
  }
}

}  // namespace

const ReportRow& Events::report(int64_t number) const {
  const auto it = place.find(number);
  DEMARCHE_CHECK(it != place.end());
  return reports[it->second];
}

Events load_events(sqlite3* db) {
  Events out;
  sqlite::Query reports(db, "SELECT report, short_id, read_from, title, publisher, published FROM report ORDER BY coalesce(published, '9999'), read_from, id");
  while (reports.step())
    out.reports.push_back({reports.integer(0), reports.text(1), reports.text(2), reports.text(3), reports.text(4), parse_day(reports.text(5))});
  for (size_t i = 0; i < out.reports.size(); ++i) out.place[out.reports[i].report] = i;
  const auto parties = load_parties(db);
  sqlite::Query query(db,
                      "SELECT event.report, event.id, type, mode, kind, factuality, date_start, date_end, attributed_to, evidence, location, confidence "
                      "FROM event JOIN report USING (report) ORDER BY coalesce(report.published, '9999'), report.read_from, report.id, evidence_start, event.id");
  while (query.step()) {
    EventRow e;
    e.report = &out.report(query.integer(0));
    e.id = query.text(1);
    e.type = query.text(2);
    e.mode = query.text(3);
    e.kind = query.text(4);
    e.factuality = query.text(5);
    e.days = read_days(query, 6);
    e.attributed_to = query.text(8);
    e.evidence = query.text(9);
    e.location = query.text(10);
    e.confidence = query.real(11);
    const auto both = parties.find({query.integer(0), e.id});
    if (both != parties.end()) std::tie(e.actors, e.recipients) = both->second;
    out.events.push_back(std::move(e));
  }
  return out;
}

std::vector<JoinedEvent> join_events(const Events& events) {
  // The most exact tellings first: they found a group, the vaguer ones ("in July") join where just one group fits.
  std::vector<const EventRow*> order;
  std::vector<JoinedEvent> out;
  std::vector<const EventRow*> undated;
  for (const EventRow& e : events.events) (e.days ? order : undated).push_back(&e);
  std::stable_sort(order.begin(), order.end(), [](const EventRow* a, const EventRow* b) { return width(*a) < width(*b); });
  std::map<Key, std::multimap<Day, size_t>> by_start;  // key -> first day of the group's core -> group
  for (const EventRow* e : order) {
    auto& groups = by_start[key_of(*e)];
    size_t found = 0;
    size_t group = 0;
    // A core is never wider than what is looked at now, so none that overlaps begins before this.
    for (auto it = groups.lower_bound(e->days->start + -width(*e)); it != groups.end() && it->first <= e->days->end; ++it) {
      const EventRow& core = *out[it->second].tellings.front();
      if (core.days->end < e->days->start || !same_act(core, *e)) continue;
      if (found++ == 0) group = it->second;
    }
    if (found == 1 || (found > 1 && width(*e) == 0)) {
      out[group].tellings.push_back(e);
    } else {
      groups.emplace(e->days->start, out.size());
      out.push_back({});
      out.back().tellings.push_back(e);
    }
  }
  join_undated(undated, out);
  for (JoinedEvent& joined : out) finish(joined);
  std::stable_sort(out.begin(), out.end(), [](const JoinedEvent& a, const JoinedEvent& b) {
    if (a.days.has_value() != b.days.has_value()) return a.days.has_value();
    if (a.days && *a.days != *b.days) return *a.days < *b.days;
    return std::tie(a.best().kind, a.best().type, a.actors) < std::tie(b.best().kind, b.best().type, b.actors);
  });
  return out;
}

void add_report(Json& fields, const ReportRow& report) {
  fields["report"] = report.short_id;
  fields["publisher"] = report.publisher.empty() ? Json() : Json(report.publisher);
  fields["published"] = day_or_null(report.published);
  fields["read_from"] = report.read_from;
}

std::string listed(const std::set<std::string>& parties) {
  std::string out;
  for (const std::string& p : parties) out += (out.empty() ? "" : ",") + p;
  return out;
}

bool within(const std::optional<DayRange>& days, const Question& question) {
  if (!question.from && !question.to) return true;
  if (!days) return false;
  return (!question.from || days->end >= *question.from) && (!question.to || days->start <= *question.to);
}

Json day_or_null(const std::optional<Day>& day) { return day ? Json(to_string(*day)) : Json(); }

std::optional<DayRange> read_days(sqlite::Query& query, int start_column) {
  const std::optional<Day> start = parse_day(query.text(start_column));
  const std::optional<Day> end = parse_day(query.text(start_column + 1));
  if (!start || !end) return std::nullopt;
  return DayRange{*start, *end};
}

std::optional<Day> as_of(const Events& events, const Question& question) {
  if (question.as_of) return question.as_of;
  std::optional<Day> newest;
  for (const ReportRow& r : events.reports)
    if (r.published && (!newest || *r.published > *newest)) newest = r.published;
  return newest;
}

}  // namespace demarche::query
