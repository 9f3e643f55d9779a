// Data files: tab-separated tables that stop the start when they are broken. UTF-8, LF; lines that begin with '#' are
// comments; the first other line names the columns. Message form: file:line, the line, and a caret.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/core/error.h"

namespace demarche {

class Table {
 public:
  // Columns that must be there, in this order, at the front; further columns are allowed when `more` is set.
  // Throws Error when the file cannot be read, is no UTF-8, or a row has another number of cells.
  static Table load(const std::filesystem::path& path, const std::vector<std::string_view>& columns, bool more = false);
  // The same from memory; `name` stands for the path in messages.
  static Table parse(std::string name, std::string bytes, const std::vector<std::string_view>& columns, bool more = false);

  size_t size() const { return rows_.size(); }
  std::string_view cell(size_t row, size_t column) const { return rows_[row].cells[column]; }
  size_t columns() const { return header_.size(); }
  // Index of a named column; columns() when there is none.
  size_t column(std::string_view name) const;
  // "file:line: why", with the line and a caret under the cell.
  std::string located_at(size_t row, size_t column, std::string_view why) const;
  // Throws that as an Error.
  [[noreturn]] void fail(size_t row, size_t column, std::string_view why) const;
  // Checks that a column is unique and (for ids) sorted bytewise; throws Error.
  void require_unique(size_t column) const;
  void require_sorted(size_t column) const;
  const std::string& name() const { return name_; }

  // Cells point into bytes_, which never moves once parsed.
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;
  Table(Table&&) = default;
  Table& operator=(Table&&) = default;

 private:
  struct Row {
    std::vector<std::string_view> cells;
    size_t line = 0;
  };
  Table() = default;

  std::string name_;
  std::vector<char> bytes_;  // a vector, since moving a short string would move its bytes
  std::vector<std::string_view> header_;
  std::vector<Row> rows_;
};

// "a; b; c" -> {a, b, c}, trimmed, empty ones left out.
std::vector<std::string_view> split_list(std::string_view cell, char separator = ';');
std::string_view trim(std::string_view text);
// XXH3 over names and bytes of all files below `dir` in sorted order; in hex. Names model and lexicon in `producer`.
std::string hash_folder(const std::filesystem::path& dir);

}  // namespace demarche
