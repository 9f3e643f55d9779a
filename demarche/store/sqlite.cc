#include "demarche/store/sqlite.h"

namespace demarche::sqlite {

std::string explain(sqlite3* db, int code) {
  const char* file = db ? sqlite3_db_filename(db, nullptr) : nullptr;
  const std::string path = file && *file ? file : "the record";
  switch (code & 0xFF) {
    case SQLITE_FULL: return path + ": the disk is full; what was read before is kept, make room and read again";
    case SQLITE_NOTADB: return path + " is no record of demarche (not a SQLite file)";
    case SQLITE_CORRUPT: return path + " is damaged (" + sqlite3_errmsg(db) + "); restore it from a copy or read the reports into a new record";
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return path + " is being written by another program; try again when it is done";
    case SQLITE_READONLY: return path + " cannot be written: it or its folder is read-only";
    case SQLITE_CANTOPEN: return path + " cannot be opened";
    case SQLITE_IOERR: return path + ": the disk cannot be read or written (" + sqlite3_errmsg(db) + ")";
    default: return path + ": " + (db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
  }
}

Query::Query(sqlite3* db, std::string_view sql) : db_(db) {
  const int code = sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &statement_, nullptr);
  if (code != SQLITE_OK) throw Error(explain(db, code));
}

Query::~Query() { sqlite3_finalize(statement_); }

Query& Query::bind(std::string_view text) {
  const int code = sqlite3_bind_text64(statement_, next_++, text.data() ? text.data() : "", text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  if (code != SQLITE_OK) throw Error(explain(db_, code));
  return *this;
}

Query& Query::bind(int64_t number) {
  const int code = sqlite3_bind_int64(statement_, next_++, number);
  if (code != SQLITE_OK) throw Error(explain(db_, code));
  return *this;
}

Query& Query::bind(double number) {
  const int code = sqlite3_bind_double(statement_, next_++, number);
  if (code != SQLITE_OK) throw Error(explain(db_, code));
  return *this;
}

Query& Query::bind(std::nullptr_t) {
  const int code = sqlite3_bind_null(statement_, next_++);
  if (code != SQLITE_OK) throw Error(explain(db_, code));
  return *this;
}

bool Query::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  const std::string why = explain(db_, code);
  sqlite3_reset(statement_);
  throw Error(why);
}

void Query::run() {
  while (step()) {
  }
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  next_ = 1;
}

std::string Query::text(int column) const {
  const unsigned char* bytes = sqlite3_column_text(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return bytes ? std::string(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size)) : std::string();
}

void execute(sqlite3* db, const char* sql) {
  const int code = sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw Error(explain(db, code));
}

}  // namespace demarche::sqlite
