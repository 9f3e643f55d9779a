#include "demarche/query/query.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "demarche/query/rows.h"

namespace demarche {
namespace {

using namespace query;

Json date_field(const std::optional<DayRange>& days) {
  if (!days) return {};
  return days->start == days->end ? to_string(days->start) : to_string(days->start) + ".." + to_string(days->end);
}

bool is_party(const std::string& party, const std::set<std::string>& actors, const std::set<std::string>& recipients) {
  return party.empty() || actors.count(party) > 0 || recipients.count(party) > 0;
}

// A claim whose value is wording cannot be told to differ by comparing values.
bool is_free_text(const std::string& property) { return property == "intent" || property == "severity" || property == "landing_area" || property == "capability"; }

Json telling(const EventRow& e) {
  Json fields = {{"id", e.row_id()},         {"type", e.type},
                 {"kind", e.kind.empty() ? Json() : Json(e.kind)}, {"actors", listed(e.actors)},
                 {"recipients", listed(e.recipients)}, {"date", date_field(e.days)},
                 {"factuality", e.factuality}, {"confidence", e.confidence},
                 {"evidence", e.evidence}};
  add_report(fields, *e.report);
  return fields;
}

Json joined_fields(const JoinedEvent& joined) {
  const EventRow& best = joined.best();
  Json fields = {{"date", date_field(joined.days)},
                 {"type", best.type},
                 {"mode", best.mode.empty() ? Json() : Json(best.mode)},
                 {"kind", best.kind.empty() ? Json() : Json(best.kind)},
                 {"actors", listed(joined.actors)},
                 {"recipients", listed(joined.recipients)},
                 {"factuality", best.factuality},
                 {"reports", joined.reports},
                 {"confidence", best.confidence},
                 {"id", best.row_id()},
                 {"evidence", best.evidence}};
  add_report(fields, *best.report);
  return fields;
}

bool asked_for(const JoinedEvent& joined, const Question& q) {
  const EventRow& best = joined.best();
  return is_party(q.party, joined.actors, joined.recipients) && (q.type.empty() || q.type == best.type || q.type == best.kind) &&
         best.confidence >= q.min_confidence && within(joined.days, q);
}

const std::vector<std::string> kTellingColumns = {"publisher", "published", "date", "confidence", "id", "evidence"};

// One row of a table whose entries stand alone: filters, then the record's own JSON and its report.
template <class Fill>
Answer plain_rows(const Record& record, std::vector<std::string> columns, const std::string& sql, Fill fill) {
  Answer answer;
  answer.columns = std::move(columns);
  const Events events = load_events(record.connection());
  sqlite::Query query(record.connection(), sql);
  while (query.step()) {
    AnswerRow row;
    const ReportRow& report = events.report(query.integer(0));
    if (!fill(query, report, row)) continue;
    add_report(row.fields, report);
    answer.rows.push_back(std::move(row));
  }
  return answer;
}

const std::string kByReport = " JOIN report USING (report) ORDER BY coalesce(report.published, '9999'), report.read_from, report.id, evidence_start, ";

}  // namespace

Answer ask_timeline(const Record& record, const Question& q) {
  Answer answer;
  answer.columns = {"date", "type", "kind", "actors", "recipients", "factuality", "reports", "confidence", "id", "evidence"};
  answer.item_columns = kTellingColumns;
  const Events events = load_events(record.connection());
  size_t undated = 0;
  for (const JoinedEvent& joined : join_events(events)) {
    if (!joined.days && !q.from && !q.to) {
      ++undated;
      continue;
    }
    if (!asked_for(joined, q)) continue;
    AnswerRow row{joined_fields(joined), {}};
    for (const EventRow* e : joined.tellings) row.items.push_back({telling(*e), {}});
    answer.rows.push_back(std::move(row));
  }
  if (undated > 0) answer.notes.push_back(std::to_string(undated) + " events to which their reports give no day are not shown.");
  return answer;
}

Answer ask_statements(const Record& record, const Question& q) {
  return plain_rows(record, {"published", "party", "speaker", "anonymity", "kind", "quotation", "confidence", "id", "evidence"},
                    "SELECT statement.report, statement.id, speaker, party, sector, anonymity, kind, quotation, content, date_start, date_end, confidence, "
                    "statement.json FROM statement" + kByReport + "statement.id",
                    [&](sqlite::Query& s, const ReportRow& report, AnswerRow& row) {
                      const std::optional<DayRange> days = read_days(s, 9);
                      const std::optional<DayRange> told = report.published ? std::optional(DayRange{*report.published, *report.published}) : std::nullopt;
                      if ((!q.party.empty() && s.text(3) != q.party) || (!q.type.empty() && s.text(6) != q.type) || s.real(11) < q.min_confidence ||
                          !within(days ? days : told, q))
                        return false;
                      row.fields = {{"id", report.short_id + "." + s.text(1)},
                                    {"speaker", s.is_null(2) ? Json() : Json(s.text(2))},
                                    {"party", s.is_null(3) ? Json() : Json(s.text(3))},
                                    {"sector", s.is_null(4) ? Json() : Json(s.text(4))},
                                    {"anonymity", s.text(5)},
                                    {"kind", s.text(6)},
                                    {"quotation", s.text(7)},
                                    {"date", date_field(days)},
                                    {"confidence", s.real(11)},
                                    {"evidence", s.text(8)},
                                    {"statement", Json::parse(s.text(12))}};
                      return true;
                    });
}

Answer ask_claims(const Record& record, const Question& q) {
  return plain_rows(record, {"published", "by", "property", "normal", "stance", "value", "confidence", "id", "evidence"},
                    "SELECT claim.report, claim.id, \"by\", property, value, normal, stance, event, evidence, confidence, claim.json FROM claim" + kByReport +
                        "claim.id",
                    [&](sqlite::Query& s, const ReportRow& report, AnswerRow& row) {
                      const std::optional<DayRange> told = report.published ? std::optional(DayRange{*report.published, *report.published}) : std::nullopt;
                      if ((!q.party.empty() && s.text(2) != q.party) || (!q.type.empty() && s.text(3) != q.type) || s.real(9) < q.min_confidence ||
                          !within(told, q))
                        return false;
                      row.fields = {{"id", report.short_id + "." + s.text(1)},
                                    {"by", s.text(2)},
                                    {"property", s.text(3)},
                                    {"value", s.text(4)},
                                    {"normal", Json::parse(s.text(5))},
                                    {"stance", s.text(6)},
                                    {"event", s.is_null(7) ? Json() : Json(report.short_id + "." + s.text(7))},
                                    {"confidence", s.real(9)},
                                    {"evidence", s.text(8)}};
                      return true;
                    });
}

namespace {

struct ClaimRow {
  const ReportRow* report = nullptr;
  std::string id, by, property, value, stance, evidence;
  std::vector<std::string> normal;
  double confidence = 0;
};

// Numbers that differ by no more than this share are one figure rounded twice (2,800 and 2,802 km).
constexpr double kSameFigure = 0.02;

bool same_value(const ClaimRow& a, const ClaimRow& b) {
  if (a.stance != b.stance) return false;
  if (a.normal == b.normal) return true;
  if (a.normal.size() != 1 || b.normal.size() != 1) return false;
  char* end_a = nullptr;
  char* end_b = nullptr;
  const double x = std::strtod(a.normal[0].c_str(), &end_a);
  const double y = std::strtod(b.normal[0].c_str(), &end_b);
  if (*end_a || *end_b || a.normal[0].empty() || b.normal[0].empty()) return false;
  return std::abs(x - y) <= kSameFigure * std::max(std::abs(x), std::abs(y));
}

// (report, event id) -> claims about it, in the order of the reports.
std::map<std::pair<int64_t, std::string>, std::vector<ClaimRow>> load_claims(sqlite3* db, const Events& events) {
  std::map<std::pair<int64_t, std::string>, std::vector<ClaimRow>> out;
  sqlite::Query s(db, "SELECT claim.report, claim.id, \"by\", property, value, normal, stance, event, evidence, confidence FROM claim" + kByReport + "claim.id");
  while (s.step()) {
    if (s.is_null(7)) continue;
    const ReportRow& report = events.report(s.integer(0));
    out[{s.integer(0), s.text(7)}].push_back({&report, report.short_id + "." + s.text(1), s.text(2), s.text(3), s.text(4), s.text(6), s.text(8),
                                              Json::parse(s.text(5)).get<std::vector<std::string>>(), s.real(9)});
  }
  return out;
}

bool parties_differ(const std::vector<const ClaimRow*>& claims) {
  for (size_t i = 0; i < claims.size(); ++i)
    for (size_t j = i + 1; j < claims.size(); ++j)
      if (claims[i]->by != claims[j]->by && !same_value(*claims[i], *claims[j])) return true;
  return false;
}

}  // namespace

Answer ask_divergence(const Record& record, const Question& q) {
  Answer answer;
  answer.columns = {"date", "kind", "actors", "property", "parties", "id"};
  answer.item_columns = {"by", "stance", "normal", "value", "publisher", "published", "confidence", "id", "evidence"};
  const Events events = load_events(record.connection());
  const auto claims = load_claims(record.connection(), events);
  for (const JoinedEvent& joined : join_events(events)) {
    if (!within(joined.days, q)) continue;
    std::map<std::string, std::vector<const ClaimRow*>> by_property;
    for (const EventRow* e : joined.tellings) {
      const auto found = claims.find({e->report->report, e->id});
      if (found == claims.end()) continue;
      for (const ClaimRow& c : found->second)
        if (c.by != "reporter" && !is_free_text(c.property) && c.confidence >= q.min_confidence) by_property[c.property].push_back(&c);
    }
    for (auto& [property, list] : by_property) {
      if ((!q.type.empty() && q.type != property && q.type != joined.best().kind) || !parties_differ(list)) continue;
      std::set<std::string> parties;
      for (const ClaimRow* c : list) parties.insert(c->by);
      if (!q.party.empty() && parties.count(q.party) == 0) continue;
      AnswerRow row{joined_fields(joined), {}};
      row.fields["property"] = property;
      row.fields["parties"] = listed(parties);
      std::stable_sort(list.begin(), list.end(), [](const ClaimRow* a, const ClaimRow* b) { return a->by < b->by; });
      for (const ClaimRow* c : list) {
        Json item = {{"id", c->id},       {"by", c->by},       {"stance", c->stance},         {"property", property},
                     {"normal", c->normal}, {"value", c->value}, {"confidence", c->confidence}, {"evidence", c->evidence}};
        add_report(item, *c->report);
        row.items.push_back({std::move(item), {}});
      }
      answer.rows.push_back(std::move(row));
    }
  }
  return answer;
}

namespace {

struct CommitmentRow {
  const ReportRow* report = nullptr;
  std::string id, kind, status, what, condition, event, evidence;
  std::optional<DayRange> due;
  std::optional<Day> made;
  std::set<std::string> by, to, forswears;
  double confidence = 0;
};

std::vector<CommitmentRow> load_commitments(sqlite3* db, const Events& events) {
  std::vector<CommitmentRow> out;
  std::map<std::pair<int64_t, std::string>, size_t> places;
  sqlite::Query s(db,
                  "SELECT commitment.report, commitment.id, kind, status, what, condition, event, evidence, due_start, due_end, made, confidence "
                  "FROM commitment" + kByReport + "commitment.id");
  while (s.step()) {
    places[{s.integer(0), s.text(1)}] = out.size();
    out.push_back({&events.report(s.integer(0)), s.text(1), s.text(2), s.text(3), s.text(4), s.text(5), s.text(6), s.text(7), read_days(s, 8),
                   parse_day(s.text(10)), {}, {}, {}, s.real(11)});
  }
  sqlite::Query parties(db, "SELECT report, id, role, party FROM commitment_party WHERE party IS NOT NULL");
  while (parties.step()) {
    CommitmentRow& row = out[places.at({parties.integer(0), parties.text(1)})];
    (parties.text(2) == "by" ? row.by : row.to).insert(parties.text(3));
  }
  sqlite::Query kinds(db, "SELECT report, id, kind FROM commitment_forswears");
  while (kinds.step()) out[places.at({kinds.integer(0), kinds.text(1)})].forswears.insert(kinds.text(2));
  return out;
}

// Missile classes that are asserted of events, by (report, event).
using Classes = std::map<std::pair<int64_t, std::string>, std::set<std::string>>;
Classes load_classes(sqlite3* db) {
  Classes out;
  sqlite::Query s(db, "SELECT report, event, normal FROM claim WHERE property = 'missile_class' AND stance = 'asserts' AND event IS NOT NULL");
  while (s.step())
    for (const Json& name : Json::parse(s.text(2))) out[{s.integer(0), s.text(1)}].insert(name.get<std::string>());
  return out;
}

// Whether an event is of a kind that a commitment forswears: "missile_launch", or "missile_launch:ICBM" for one class only, which
// somebody must then hold the missile to be of.
bool forsworn(const CommitmentRow& k, const JoinedEvent& j, const Classes& classes) {
  if (k.forswears.count(j.best().kind) > 0) return true;
  for (const EventRow* e : j.tellings)
    if (const auto found = classes.find({e->report->report, e->id}); found != classes.end())
      for (const std::string& name : found->second)
        if (k.forswears.count(j.best().kind + ":" + name) > 0) return true;
  return false;
}

// The first joined event after the commitment was made that does what it forswears, or null.
const JoinedEvent* breaking_event(const CommitmentRow& k, const std::vector<JoinedEvent>& joined, const Classes& classes) {
  if (k.forswears.empty() || !k.made) return nullptr;
  for (const JoinedEvent& j : joined) {  // by day
    if (!j.days || j.best().factuality != "actual" || j.days->start <= *k.made) continue;
    if (k.due && j.days->start > k.due->end) continue;
    if (!forsworn(k, j, classes)) continue;
    if (std::any_of(k.by.begin(), k.by.end(), [&](const std::string& party) { return j.actors.count(party) > 0; })) return &j;
  }
  return nullptr;
}

Json commitment_fields(const CommitmentRow& k, const std::vector<JoinedEvent>& joined, const Classes& classes, const std::optional<Day>& now) {
  std::string status = k.status;
  Json because;
  if (!k.event.empty()) because = k.report->short_id + "." + k.event;
  if (status == "open") {
    if (const JoinedEvent* breaking = breaking_event(k, joined, classes)) {
      status = "broken";
      because = breaking->best().row_id();
    } else if (k.due && now && k.due->end < *now) {
      status = "expired";
    }
  }
  Json fields = {{"id", k.report->short_id + "." + k.id},
                 {"kind", k.kind},
                 {"by", listed(k.by)},
                 {"to", listed(k.to)},
                 {"made", day_or_null(k.made)},
                 {"due", date_field(k.due)},
                 {"status", status},
                 {"event", because},
                 {"what", k.what},
                 {"condition", k.condition.empty() ? Json() : Json(k.condition)},
                 {"confidence", k.confidence},
                 {"evidence", k.evidence}};
  add_report(fields, *k.report);
  return fields;
}

}  // namespace

Answer ask_commitments(const Record& record, const Question& q) {
  Answer answer;
  answer.columns = {"made", "kind", "by", "to", "due", "status", "event", "confidence", "id", "evidence"};
  answer.item_columns = kTellingColumns;
  const Events events = load_events(record.connection());
  const std::vector<JoinedEvent> joined = join_events(events);
  const std::optional<Day> now = as_of(events, q);
  const Classes classes = load_classes(record.connection());
  for (const CommitmentRow& k : load_commitments(record.connection(), events)) {
    const std::optional<DayRange> made = k.made ? std::optional(DayRange{*k.made, *k.made}) : std::nullopt;
    if (!is_party(q.party, k.by, k.to) || (!q.type.empty() && q.type != k.kind) || k.confidence < q.min_confidence) continue;
    if (!within(made, q) && !(k.due && within(k.due, q))) continue;
    AnswerRow row{commitment_fields(k, joined, classes, now), {}};
    if (const JoinedEvent* breaking = k.status == "open" ? breaking_event(k, joined, classes) : nullptr) row.items.push_back({telling(breaking->best()), {}});
    answer.rows.push_back(std::move(row));
  }
  if (now) answer.notes.push_back("What is due is told as of " + to_string(*now) + (q.as_of ? "." : ", the newest report's day."));
  return answer;
}

Answer ask_agenda(const Record& record, const Question& q) {
  Answer answer;
  answer.columns = {"date", "entry", "kind", "actors", "recipients", "confidence", "id", "evidence"};
  const Events events = load_events(record.connection());
  const std::optional<Day> now = as_of(events, q);
  const std::vector<JoinedEvent> joined = join_events(events);
  const Classes classes = load_classes(record.connection());
  std::vector<std::pair<DayRange, AnswerRow>> rows;
  for (const JoinedEvent& j : joined) {
    if (!j.days || j.best().factuality != "planned" || (now && j.days->end < *now) || !asked_for(j, q)) continue;
    rows.push_back({*j.days, {joined_fields(j), {}}});
    rows.back().second.fields["entry"] = "event";
  }
  for (const CommitmentRow& k : load_commitments(record.connection(), events)) {
    if (!k.due || (now && k.due->end < *now) || !is_party(q.party, k.by, k.to) || (!q.type.empty() && q.type != k.kind) ||
        k.confidence < q.min_confidence || !within(k.due, q))
      continue;
    Json fields = commitment_fields(k, joined, classes, now);
    if (fields["status"] != "open") continue;
    fields["entry"] = "commitment";
    fields["date"] = fields["due"];
    fields["actors"] = fields["by"];
    fields["recipients"] = fields["to"];
    rows.push_back({*k.due, {std::move(fields), {}}});
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [days, row] : rows) answer.rows.push_back(std::move(row));
  if (now) answer.notes.push_back("As of " + to_string(*now) + (q.as_of ? "." : ", the newest report's day."));
  return answer;
}

Answer ask_actors(const Record& record, const Question& q) {
  struct Group {
    std::map<std::string, int64_t> names;
    std::set<std::string> roles;
    std::set<int64_t> reports;
    std::string kind, party, sector, wikidata, id;
    int64_t mentions = 0;
    double confidence = 0;
    const ReportRow* report = nullptr;
  };
  const Events events = load_events(record.connection());
  std::map<std::string, Group> groups;
  sqlite::Query s(record.connection(),
                  "SELECT actor.report, actor.id, name, kind, party, sector, role, wikidata, key, mentions, confidence FROM actor JOIN report USING (report) "
                  "ORDER BY coalesce(report.published, '9999'), report.read_from, report.id, actor.id");
  while (s.step()) {
    const ReportRow& report = events.report(s.integer(0));
    const std::optional<DayRange> told = report.published ? std::optional(DayRange{*report.published, *report.published}) : std::nullopt;
    if ((!q.party.empty() && s.text(4) != q.party) || (!q.type.empty() && s.text(3) != q.type) || s.real(10) < q.min_confidence || !within(told, q)) continue;
    Group& g = groups[s.text(8)];
    g.names[s.text(2)] += s.integer(9);
    if (!s.is_null(6)) g.roles.insert(s.text(6));
    g.reports.insert(s.integer(0));
    g.mentions += s.integer(9);
    if (!g.report || s.real(10) > g.confidence) {
      g.kind = s.text(3);
      g.party = s.text(4);
      g.sector = s.text(5);
      if (!s.is_null(7)) g.wikidata = s.text(7);
      g.confidence = s.real(10);
      g.id = report.short_id + "." + s.text(1);
      g.report = &report;
    }
  }
  Answer answer;
  answer.columns = {"name", "kind", "party", "sector", "role", "reports", "mentions", "confidence", "id"};
  for (const auto& [key, g] : groups) {
    const auto most = std::max_element(g.names.begin(), g.names.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    Json aliases = Json::array();
    for (const auto& [name, n] : g.names)
      if (name != most->first) aliases.push_back(name);
    std::set<std::string> roles = g.roles;
    AnswerRow row;
    row.fields = {{"id", g.id},
                  {"name", most->first},
                  {"aliases", std::move(aliases)},
                  {"kind", g.kind},
                  {"party", g.party.empty() ? Json() : Json(g.party)},
                  {"sector", g.sector.empty() ? Json() : Json(g.sector)},
                  {"role", roles.empty() ? Json() : Json(*roles.begin())},
                  {"wikidata", g.wikidata.empty() ? Json() : Json(g.wikidata)},
                  {"key", key},
                  {"reports", g.reports.size()},
                  {"mentions", g.mentions},
                  {"confidence", g.confidence}};
    add_report(row.fields, *g.report);
    answer.rows.push_back(std::move(row));
  }
  std::stable_sort(answer.rows.begin(), answer.rows.end(), [](const AnswerRow& a, const AnswerRow& b) { return a.fields["mentions"] > b.fields["mentions"]; });
  return answer;
}

Entry find_entry(const Record& record, const std::string& row_id) {
  const size_t dot = row_id.find('.');
  static constexpr std::pair<char, const char*> kTables[] = {{'e', "event"}, {'s', "statement"}, {'c', "claim"}, {'k', "commitment"},
                                                             {'a', "actor"}, {'l', "link"},      {'t', "time"}};
  const auto bad = [&]() -> Error { return Error("'" + row_id + "' is no row id; it looks like 1f2e3d4c.e3 (see the id column of any answer)"); };
  if (dot == std::string::npos || dot + 2 > row_id.size()) throw bad();
  const auto table = std::find_if(std::begin(kTables), std::end(kTables), [&](const auto& t) { return t.first == row_id[dot + 1]; });
  if (table == std::end(kTables)) throw bad();
  sqlite::Query s(record.connection(), std::string("SELECT t.json, report.read_from, report.id, report.text, report.published, version, model, lexicon FROM ") +
                                           table->second + " AS t JOIN report USING (report) WHERE report.short_id = ? AND t.id = ?");
  s.bind_all(row_id.substr(0, dot), row_id.substr(dot + 1));
  if (!s.step()) throw Error("there is no row '" + row_id + "' in this record");
  Entry entry{row_id.substr(dot + 1), Json::parse(s.text(0)), s.text(1), s.text(2), s.text(3), std::nullopt, {s.text(5), s.text(6), s.text(7)}};
  if (!s.is_null(4)) entry.published = s.text(4);
  return entry;
}

}  // namespace demarche
