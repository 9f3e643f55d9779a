// The record: a SQLite file that holds every report wholly or not at all. docs/data-model.md describes its tables.
//
// Kept in WAL mode with foreign keys; `user_version` is the layout's version, older layouts are brought forward when the
// record is opened for writing. A process that is killed at any instant leaves a record that opens and goes on. One writer
// at a time, many readers; a Record itself belongs to one thread.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "demarche/core/document.h"

struct sqlite3;

namespace demarche {

enum class RecordMode : uint8_t {
  write,  // made when it is not there
  read,   // must be there
};

enum class Stored : uint8_t { added, replaced, unchanged };

class Record {
 public:
  // Throws Error when the file is no record, is newer than this program, or cannot be opened.
  Record(const std::filesystem::path& path, RecordMode mode);
  ~Record();
  Record(Record&&) noexcept;
  Record& operator=(Record&&) = delete;

  // Whether this very report stands in the record, read by this producer and told this day: then reading it changes nothing.
  bool holds(std::string_view document_id, const Producer& producer, const std::optional<Day>& given_date) const;
  // Writes a report's rows in one transaction, in place of those it had. Throws Error when the disk is full.
  Stored put(const Document& doc, const Producer& producer, const std::optional<Day>& given_date);
  uint64_t reports() const;

  // For query/ only. Never null.
  sqlite3* connection() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The layout that this program writes; docs/data-model.md.
inline constexpr int kRecordLayout = 1;

}  // namespace demarche
