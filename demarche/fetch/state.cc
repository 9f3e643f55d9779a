#include "demarche/fetch/state.h"

#include <sqlite3.h>

#include "demarche/core/error.h"
#include "demarche/store/sqlite.h"

namespace demarche::fetch {
namespace {

using sqlite::Query;

constexpr int kApplicationId = 0x64656D73;  // "dems"
constexpr int kLayout = 1;

constexpr const char* kTables = R"(
CREATE TABLE url (
  number INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  state INTEGER NOT NULL,
  depth INTEGER NOT NULL DEFAULT 0,
  list INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  fetched INTEGER NOT NULL DEFAULT 0,
  etag TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT ''
);
CREATE INDEX url_pending ON url (number) WHERE state = 0;
CREATE TABLE robots (origin TEXT PRIMARY KEY, fetched INTEGER NOT NULL, status INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE archive (path TEXT PRIMARY KEY, size INTEGER NOT NULL);
CREATE TABLE file (path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified_ns INTEGER NOT NULL, reader TEXT NOT NULL);
)";

}  // namespace

struct State::Connection {
  sqlite3* db = nullptr;
  ~Connection() { sqlite3_close(db); }
};

State::State(const std::filesystem::path& path) : db_(std::make_unique<Connection>()) {
  const std::string name = path.string();
  if (sqlite3_open_v2(name.c_str(), &db_->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr) != SQLITE_OK) {
    throw Error(name + " cannot be opened: " + sqlite3_errmsg(db_->db));
  }
  sqlite3* db = db_->db;
  sqlite3_busy_timeout(db, 2000);
  // One process at a time: two would fetch the same pages and write one archive.
  sqlite::execute(db, "PRAGMA locking_mode = EXCLUSIVE");
  const auto number = [&](const char* sql) {
    Query query(db, sql);
    return query.step() ? query.integer(0) : 0;
  };
  try {
    const bool fresh = number("SELECT count(*) FROM sqlite_master") == 0;
    if (!fresh && number("PRAGMA application_id") != kApplicationId) throw Error(name + " is no state file of demarche fetch or watch");
    if (!fresh && number("PRAGMA user_version") > kLayout) throw Error(name + " was made by a newer demarche");
    sqlite::execute(db, "PRAGMA journal_mode = WAL");
    sqlite::execute(db, "PRAGMA synchronous = NORMAL");
    sqlite::execute(db, "BEGIN IMMEDIATE");
    if (fresh) {
      sqlite::execute(db, kTables);
      sqlite::execute(db, ("PRAGMA application_id = " + std::to_string(kApplicationId)).c_str());
      sqlite::execute(db, ("PRAGMA user_version = " + std::to_string(kLayout)).c_str());
    }
    sqlite::execute(db, "COMMIT");
  } catch (const Error& error) {
    if (sqlite3_errcode(db) == SQLITE_BUSY) throw Error(name + " is in use by another demarche fetch or watch");
    throw Error(std::string(error.what()).find(name) == std::string::npos ? name + ": " + error.what() : error.what());
  }
}

State::~State() = default;

void State::begin() { sqlite::execute(db_->db, "BEGIN IMMEDIATE"); }
void State::commit() { sqlite::execute(db_->db, "COMMIT"); }

std::optional<KnownUrl> State::find(std::string_view url) const {
  Query query(db_->db, "SELECT state, tries, fetched, etag, last_modified FROM url WHERE url = ?");
  if (!query.bind(url).step()) return std::nullopt;
  return KnownUrl{static_cast<UrlState>(query.integer(0)), static_cast<int>(query.integer(1)), query.integer(2), query.text(3), query.text(4)};
}

void State::put_pending(const PendingUrl& url) {
  Query query(db_->db, "INSERT INTO url (url, state, depth, list) VALUES (?, 0, ?, ?) ON CONFLICT (url) DO UPDATE SET state = 0, depth = excluded.depth, list = excluded.list");
  query.bind_all(url.url, int64_t{url.depth}, int64_t{url.list}).run();
}

std::vector<PendingUrl> State::pending(size_t limit) const {
  Query query(db_->db, "SELECT url, depth, list FROM url WHERE state = 0 ORDER BY number LIMIT ?");
  query.bind(static_cast<int64_t>(limit));
  std::vector<PendingUrl> out;
  while (query.step()) out.push_back({query.text(0), static_cast<int>(query.integer(1)), query.integer(2) != 0});
  return out;
}

void State::put_result(std::string_view url, const KnownUrl& result) {
  Query query(db_->db,
              "INSERT INTO url (url, state, tries, fetched, etag, last_modified) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET state = excluded.state, "
              "tries = excluded.tries, fetched = excluded.fetched, etag = excluded.etag, last_modified = excluded.last_modified");
  query.bind_all(url, static_cast<int64_t>(result.state), int64_t{result.tries}, result.fetched, result.etag, result.last_modified).run();
}

std::optional<State::RobotsText> State::robots(std::string_view origin) const {
  Query query(db_->db, "SELECT fetched, status, text FROM robots WHERE origin = ?");
  if (!query.bind(origin).step()) return std::nullopt;
  return RobotsText{query.integer(0), static_cast<int>(query.integer(1)), query.text(2)};
}

void State::put_robots(std::string_view origin, const RobotsText& robots) {
  Query query(db_->db, "INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?)");
  query.bind_all(origin, robots.fetched, int64_t{robots.status}, robots.text).run();
}

std::optional<uint64_t> State::archive_size(std::string_view path) const {
  Query query(db_->db, "SELECT size FROM archive WHERE path = ?");
  if (!query.bind(path).step()) return std::nullopt;
  return static_cast<uint64_t>(query.integer(0));
}

void State::put_archive_size(std::string_view path, uint64_t size) {
  Query query(db_->db, "INSERT OR REPLACE INTO archive VALUES (?, ?)");
  query.bind_all(path, static_cast<int64_t>(size)).run();
}

std::optional<SeenFile> State::file(std::string_view path) const {
  Query query(db_->db, "SELECT size, modified_ns, reader FROM file WHERE path = ?");
  if (!query.bind(path).step()) return std::nullopt;
  return SeenFile{static_cast<uint64_t>(query.integer(0)), query.integer(1), query.text(2)};
}

void State::put_file(std::string_view path, const SeenFile& file) {
  Query query(db_->db, "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)");
  query.bind_all(path, static_cast<int64_t>(file.size), file.modified_ns, file.reader).run();
}

}  // namespace demarche::fetch
