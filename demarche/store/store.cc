#include "demarche/store/store.h"

#include <algorithm>

#include "demarche/core/names_of.h"
#include "demarche/exports/record_json.h"
#include "demarche/store/layout.h"
#include "demarche/store/sqlite.h"

namespace demarche {
namespace {

using sqlite::Query;

constexpr int kApplicationId = 0x64656D61;  // "dema": tells a record from other SQLite files
constexpr int kBusyTimeoutMs = 10'000;      // another writer's report is done long before
constexpr size_t kShortIdDigits = 8;        // of the sha256; longer where two reports would share one

int64_t pragma(sqlite3* db, const char* sql) {
  Query statement(db, sql);
  return statement.step() ? statement.integer(0) : 0;
}

bool is_empty(sqlite3* db) { return pragma(db, "SELECT count(*) FROM sqlite_master") == 0; }

// Brings an older layout forward, one version a step, each in one transaction. There is only one layout so far.
void make_or_migrate(sqlite3* db, const std::string& path) {
  sqlite::execute(db, "BEGIN IMMEDIATE");
  try {
    if (is_empty(db)) {
      sqlite::execute(db, kLayout1);
      sqlite::execute(db, ("PRAGMA application_id = " + std::to_string(kApplicationId)).c_str());
      sqlite::execute(db, ("PRAGMA user_version = " + std::to_string(kRecordLayout)).c_str());
    }
    sqlite::execute(db, "COMMIT");
  } catch (...) {
    sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
  (void)path;
}

void check_is_record(sqlite3* db, const std::string& path) {
  if (pragma(db, "PRAGMA application_id") != kApplicationId) throw Error(path + " is a SQLite file, but no record of demarche");
  const int64_t layout = pragma(db, "PRAGMA user_version");
  if (layout > kRecordLayout)
    throw Error(path + " has layout " + std::to_string(layout) + ", made by a newer demarche; this program knows up to " + std::to_string(kRecordLayout));
}

std::string day_or_empty(const std::optional<Day>& day) { return day ? to_string(*day) : std::string(); }

// Empty text is stored as NULL.
void bind_optional(Query& statement, std::string_view text) {
  if (text.empty())
    statement.bind(nullptr);
  else
    statement.bind(text);
}

struct Days {
  std::string start, end;
};
Days days_of(const std::optional<EventDate>& date) {
  if (!date) return {};
  return {to_string(date->days.start), to_string(date->days.end)};
}

}  // namespace

struct Record::State {
  sqlite3* db = nullptr;
  ~State() { sqlite3_close(db); }
};

Record::Record(const std::filesystem::path& path, RecordMode mode) : state_(std::make_unique<State>()) {
  const std::string name = path.string();
  std::error_code ignored;
  if (mode == RecordMode::read && !std::filesystem::exists(path, ignored)) throw Error(name + ": there is no such record; make one with demarche read --record");
  if (std::filesystem::is_directory(path, ignored)) throw Error(name + " is a folder, not a record");
  const int flags = mode == RecordMode::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE;
  int code = sqlite3_open_v2(name.c_str(), &state_->db, flags, nullptr);
  if (code != SQLITE_OK) throw Error(name + " cannot be opened: " + sqlite3_errmsg(state_->db));
  sqlite3* db = state_->db;
  sqlite3_busy_timeout(db, kBusyTimeoutMs);
  sqlite::execute(db, "PRAGMA foreign_keys = ON");
  if (mode == RecordMode::write) {
    if (!is_empty(db)) check_is_record(db, name);
    sqlite::execute(db, "PRAGMA journal_mode = WAL");
    sqlite::execute(db, "PRAGMA synchronous = NORMAL");
    make_or_migrate(db, name);
  }
  check_is_record(db, name);
}

Record::~Record() = default;
Record::Record(Record&&) noexcept = default;

sqlite3* Record::connection() const { return state_->db; }

uint64_t Record::reports() const { return static_cast<uint64_t>(pragma(state_->db, "SELECT count(*) FROM report")); }

bool Record::holds(std::string_view document_id, const Producer& producer, const std::optional<Day>& given_date) const {
  Query statement(state_->db,
                      "SELECT 1 FROM report WHERE id = ? AND version = ? AND model = ? AND lexicon = ? AND coalesce(given_date, '') = ?");
  statement.bind_all(document_id, producer.version, producer.model, producer.lexicon, day_or_empty(given_date));
  return statement.step();
}

namespace {

// The first digits of the sha256 that no other report has.
std::string free_short_id(sqlite3* db, const std::string& id) {
  const size_t colon = id.find(':');
  const std::string digits = colon == std::string::npos ? id : id.substr(colon + 1);
  for (size_t n = std::min(kShortIdDigits, digits.size()); n < digits.size(); ++n) {
    Query statement(db, "SELECT 1 FROM report WHERE short_id = ? AND id <> ?");
    statement.bind_all(digits.substr(0, n), id);
    if (!statement.step()) return digits.substr(0, n);
  }
  return digits;
}

int64_t put_report(sqlite3* db, const Document& doc, const RecordJson& json, const Producer& producer, const std::optional<Day>& given_date) {
  const Article& a = doc.article;
  RecordJson::Json document = json.document();
  document.erase("text");
  Query s(db,
              "INSERT INTO report (id, short_id, read_from, title, publisher, url, language, published, published_basis, text, version, model, lexicon, "
              "given_date, json) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  s.bind_all(doc.id, free_short_id(db, doc.id), doc.read_from);
  bind_optional(s, a.title.value_or(""));
  bind_optional(s, a.publisher.value_or(""));
  bind_optional(s, a.url.value_or(""));
  bind_optional(s, a.language.value_or(""));
  bind_optional(s, day_or_empty(a.published.date));
  s.bind_all(to_string(a.published.basis), a.text, producer.version, producer.model, producer.lexicon);
  bind_optional(s, day_or_empty(given_date));
  s.bind(dump(document));
  s.run();
  return sqlite3_last_insert_rowid(db);
}

void put_actors(sqlite3* db, int64_t report, const Document& doc, const RecordJson& json) {
  Query s(db, "INSERT INTO actor VALUES (?,?,?,?,?,?,?,?,?,?,?,?)");
  for (size_t i = 0; i < doc.names.actors.size(); ++i) {
    const Actor& a = doc.names.actors[i];
    const RecordJson::Json row = json.actor(i);
    s.bind_all(report, "a" + std::to_string(i + 1), a.name, to_string(a.kind));
    bind_optional(s, a.party);
    bind_optional(s, a.sector);
    bind_optional(s, a.role);
    bind_optional(s, a.wikidata);
    s.bind_all(a.key, static_cast<int64_t>(row["mentions"].size()), static_cast<double>(a.confidence), dump(row));
    s.run();
  }
}

void put_parties(sqlite3* db, const char* table, int64_t report, const std::string& id, std::string_view role, const std::vector<Participant>& list) {
  Query s(db, std::string("INSERT INTO ") + table + " VALUES (?,?,?,?,?,?,?)");
  for (size_t i = 0; i < list.size(); ++i) {
    s.bind_all(report, id, role, static_cast<int64_t>(i));
    bind_optional(s, list[i].actor.valid() ? "a" + std::to_string(list[i].actor.index + 1) : std::string());
    bind_optional(s, list[i].party);
    bind_optional(s, list[i].sector);
    s.run();
  }
}

void put_statements(sqlite3* db, int64_t report, const Document& doc, const RecordJson& json) {
  Query s(db, "INSERT INTO statement VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  for (size_t i = 0; i < doc.statements.size(); ++i) {
    const Statement& row = doc.statements[i];
    const RecordJson::Json out = json.statement(i);
    const Days days = days_of(row.date);
    s.bind_all(report, entry_id(EntryType::statement, i));
    bind_optional(s, text_of(doc.article.text, row.speaker.span));
    bind_optional(s, row.speaker.party);
    bind_optional(s, row.speaker.sector);
    s.bind_all(to_string(row.speaker.anonymity), to_string(row.kind), to_string(row.quotation), out["content"]["exact"].get<std::string>());
    bind_optional(s, days.start);
    bind_optional(s, days.end);
    s.bind_all(to_string(row.standing), out["evidence"]["start"].get<int64_t>(), out["evidence"]["end"].get<int64_t>(), row.rule,
               static_cast<double>(row.confidence), dump(out));
    s.run();
  }
}

void put_events(sqlite3* db, int64_t report, const Document& doc, const RecordJson& json) {
  Query s(db, "INSERT INTO event VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  for (size_t i = 0; i < doc.events.size(); ++i) {
    const Event& row = doc.events[i];
    const RecordJson::Json out = json.event(i);
    const Days days = days_of(row.date);
    const std::string id = entry_id(EntryType::event, i);
    s.bind_all(report, id, row.type);
    bind_optional(s, row.mode);
    bind_optional(s, row.kind);
    s.bind(to_string(row.factuality));
    bind_optional(s, days.start);
    bind_optional(s, days.end);
    bind_optional(s, row.date ? to_string(row.date->basis) : std::string_view());
    bind_optional(s, row.attributed_to.valid() ? entry_id(EntryType::statement, row.attributed_to.index) : std::string());
    bind_optional(s, row.quad_class);
    if (row.intensity)
      s.bind(*row.intensity);
    else
      s.bind(nullptr);
    bind_optional(s, row.location ? row.location->name : std::string());
    s.bind_all(text_of(doc.article.text, row.evidence), out["evidence"]["start"].get<int64_t>(), out["evidence"]["end"].get<int64_t>(), row.rule,
               static_cast<double>(row.confidence), dump(out));
    s.run();
    put_parties(db, "event_party", report, id, "actor", row.actors);
    put_parties(db, "event_party", report, id, "recipient", row.recipients);
  }
}

void put_claims(sqlite3* db, int64_t report, const Document& doc, const RecordJson& json) {
  Query s(db, "INSERT INTO claim VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  for (size_t i = 0; i < doc.claims.size(); ++i) {
    const Claim& row = doc.claims[i];
    const RecordJson::Json out = json.claim(i);
    s.bind_all(report, entry_id(EntryType::claim, i), row.by);
    bind_optional(s, row.statement.valid() ? entry_id(EntryType::statement, row.statement.index) : std::string());
    bind_optional(s, row.event.valid() ? entry_id(EntryType::event, row.event.index) : std::string());
    s.bind_all(row.property, row.value, dump(out["normal"]), to_string(row.stance), text_of(doc.article.text, row.evidence),
               out["evidence"]["start"].get<int64_t>(), out["evidence"]["end"].get<int64_t>(), row.rule, static_cast<double>(row.confidence), dump(out));
    s.run();
  }
}

// The day a commitment was made: that of the statement or event told in the same words, else the report's.
std::string made_on(const Document& doc, const Commitment& commitment) {
  for (const Statement& s : doc.statements)
    if (s.date && s.evidence.overlaps(commitment.evidence)) return to_string(s.date->days.start);
  for (const Event& e : doc.events)
    if (e.date && e.date->days.start <= doc.article.published.date.value_or(e.date->days.start) && e.evidence.overlaps(commitment.evidence) &&
        (e.type == "AGREE" || e.type == "CONCEDE" || e.type == "THREATEN" || e.type == "REQUEST"))
      return to_string(e.date->days.start);
  return day_or_empty(doc.article.published.date);
}

void put_commitments(sqlite3* db, int64_t report, const Document& doc, const RecordJson& json) {
  Query s(db, "INSERT INTO commitment VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  Query forswears(db, "INSERT OR IGNORE INTO commitment_forswears VALUES (?,?,?)");
  for (size_t i = 0; i < doc.commitments.size(); ++i) {
    const Commitment& row = doc.commitments[i];
    const RecordJson::Json out = json.commitment(i);
    const Days due = days_of(row.due);
    const std::string id = entry_id(EntryType::commitment, i);
    s.bind_all(report, id, to_string(row.kind), to_string(row.status));
    bind_optional(s, due.start);
    bind_optional(s, due.end);
    s.bind(text_of(doc.article.text, row.what));
    bind_optional(s, row.condition ? text_of(doc.article.text, *row.condition) : std::string_view());
    bind_optional(s, row.event.valid() ? entry_id(EntryType::event, row.event.index) : std::string());
    bind_optional(s, made_on(doc, row));
    s.bind_all(text_of(doc.article.text, row.evidence), out["evidence"]["start"].get<int64_t>(), out["evidence"]["end"].get<int64_t>(), row.rule,
               static_cast<double>(row.confidence), dump(out));
    s.run();
    put_parties(db, "commitment_party", report, id, "by", row.by);
    put_parties(db, "commitment_party", report, id, "to", row.to);
    for (const std::string& kind : row.forswears) forswears.bind_all(report, id, kind).run();
  }
}

void put_rest(sqlite3* db, int64_t report, const Document& doc, const RecordJson& json) {
  Query link(db, "INSERT INTO link VALUES (?,?,?,?,?,?,?,?)");
  for (size_t i = 0; i < doc.links.size(); ++i) {
    const Link& row = doc.links[i];
    link.bind_all(report, "l" + std::to_string(i + 1), row.kind, entry_id(row.from.type, row.from.index), entry_id(row.to.type, row.to.index), row.rule,
                  static_cast<double>(row.confidence), dump(json.link(i)));
    link.run();
  }
  Query time(db, "INSERT INTO time VALUES (?,?,?,?,?,?,?,?)");
  for (size_t i = 0; i < doc.times.size(); ++i) {
    const TimeExpression& row = doc.times[i];
    time.bind_all(report, "t" + std::to_string(i + 1), text_of(doc.article.text, row.span), to_string(row.type), row.value);
    bind_optional(time, row.interval ? to_string(row.interval->start) : std::string());
    bind_optional(time, row.interval ? to_string(row.interval->end) : std::string());
    time.bind(dump(json.time(i)));
    time.run();
  }
  Query diagnostic(db, "INSERT INTO diagnostic VALUES (?,?,?,?,?,?)");
  for (size_t i = 0; i < doc.diagnostics.size(); ++i) {
    const Diagnostic& row = doc.diagnostics[i];
    diagnostic.bind_all(report, static_cast<int64_t>(i), row.code, to_string(row.severity), row.message, dump(json.diagnostic(i))).run();
  }
}

}  // namespace

Stored Record::put(const Document& doc, const Producer& producer, const std::optional<Day>& given_date) {
  if (holds(doc.id, producer, given_date)) return Stored::unchanged;
  sqlite3* db = state_->db;
  const RecordJson json(doc);
  sqlite::execute(db, "BEGIN IMMEDIATE");
  try {
    Query remove(db, "DELETE FROM report WHERE id = ?");
    remove.bind(doc.id).run();
    const bool replaced = sqlite3_changes(db) > 0;
    const int64_t report = put_report(db, doc, json, producer, given_date);
    put_actors(db, report, doc, json);
    put_statements(db, report, doc, json);
    put_events(db, report, doc, json);
    put_claims(db, report, doc, json);
    put_commitments(db, report, doc, json);
    put_rest(db, report, doc, json);
    sqlite::execute(db, "COMMIT");
    return replaced ? Stored::replaced : Stored::added;
  } catch (...) {
    sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
}

}  // namespace demarche
