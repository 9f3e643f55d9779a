// SQLite queries as values: bind in order, step, read columns. Private to store/ and query/.
#pragma once

#include <sqlite3.h>

#include <concepts>
#include <string>
#include <string_view>

#include "demarche/core/error.h"

namespace demarche::sqlite {

// The error of the last call as a sentence a user can act on.
std::string explain(sqlite3* db, int code);

// A prepared statement. Throws Error on every failure.
class Query {
 public:
  Query(sqlite3* db, std::string_view sql);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  Query(Query&& other) noexcept : db_(other.db_), statement_(std::exchange(other.statement_, nullptr)) {}

  Query& bind(std::string_view text);
  Query& bind(const std::string& text) { return bind(std::string_view(text)); }
  Query& bind(const char* text) { return bind(std::string_view(text)); }
  Query& bind(int64_t number);
  Query& bind(double number);
  Query& bind(std::nullptr_t);
  template <class... Values>
  Query& bind_all(const Values&... values) {
    (bind(values), ...);
    return *this;
  }
  // True while there is a row.
  bool step();
  // Runs to the end and makes it ready for the next binding.
  void run();

  bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::string text(int column) const;
  int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  double real(int column) const { return sqlite3_column_double(statement_, column); }

 private:
  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
  int next_ = 1;
};

void execute(sqlite3* db, const char* sql);

}  // namespace demarche::sqlite
