#include "demarche/core/table.h"

#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <set>

#include "demarche/core/utf8.h"

namespace demarche {
namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error("cannot read the data file " + path.string());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<std::string_view> split_tabs(std::string_view line) {
  std::vector<std::string_view> cells;
  for (size_t at = 0;;) {
    const size_t tab = line.find('\t', at);
    cells.push_back(line.substr(at, tab == std::string_view::npos ? tab : tab - at));
    if (tab == std::string_view::npos) return cells;
    at = tab + 1;
  }
}

std::string located(const std::string& name, size_t line, std::string_view why, std::string_view text, size_t caret) {
  constexpr size_t kShownBytes = 200;  // a hostile line may be endless
  std::string shown(text.substr(0, kShownBytes));
  std::replace(shown.begin(), shown.end(), '\t', ' ');
  return name + ":" + std::to_string(line) + ": " + std::string(why) + "\n  " + shown + "\n  " + std::string(std::min(caret, kShownBytes), ' ') + "^";
}

}  // namespace

Table Table::load(const std::filesystem::path& path, const std::vector<std::string_view>& columns, bool more) {
  return parse(path.string(), read_file(path), columns, more);
}

Table Table::parse(std::string name, std::string bytes, const std::vector<std::string_view>& columns, bool more) {
  Table table;
  table.name_ = std::move(name);
  table.bytes_.assign(bytes.begin(), bytes.end());
  const std::string_view all(table.bytes_.data(), table.bytes_.size());
  if (!is_valid_utf8(all)) throw Error(table.name_ + ": not valid UTF-8");
  size_t line_number = 0;
  for (size_t at = 0; at < all.size();) {
    size_t end = all.find('\n', at);
    if (end == std::string_view::npos) end = all.size();
    std::string_view line = all.substr(at, end - at);
    at = end + 1;
    ++line_number;
    if (line.empty() || line.front() == '#') continue;
    if (line.back() == '\r') throw Error(located(table.name_, line_number, "line ends with CR; data files use LF", line, line.size() - 1));
    std::vector<std::string_view> cells = split_tabs(line);
    if (table.header_.empty()) {
      table.header_ = cells;
      for (size_t i = 0; i < columns.size(); ++i)
        if (i >= cells.size() || cells[i] != columns[i])
          throw Error(located(table.name_, line_number, "column " + std::to_string(i + 1) + " must be '" + std::string(columns[i]) + "'", line,
                              i < cells.size() ? static_cast<size_t>(cells[i].data() - line.data()) : line.size()));
      if (!more && cells.size() != columns.size())
        throw Error(located(table.name_, line_number, "more columns than the format has", line, static_cast<size_t>(cells[columns.size()].data() - line.data())));
      continue;
    }
    if (cells.size() != table.header_.size())
      throw Error(located(table.name_, line_number, "has " + std::to_string(cells.size()) + " cells, not " + std::to_string(table.header_.size()), line, line.size()));
    table.rows_.push_back({std::move(cells), line_number});
  }
  if (table.header_.empty()) throw Error(table.name_ + ": has no header line");
  return table;
}

size_t Table::column(std::string_view name) const {
  return static_cast<size_t>(std::find(header_.begin(), header_.end(), name) - header_.begin());
}

std::string Table::located_at(size_t row, size_t column, std::string_view why) const {
  const Row& r = rows_[row];
  const char* begin = r.cells.front().data();
  const std::string_view line(begin, static_cast<size_t>(r.cells.back().data() + r.cells.back().size() - begin));
  return located(name_, r.line, why, line, static_cast<size_t>(r.cells[column].data() - begin));
}

void Table::fail(size_t row, size_t column, std::string_view why) const { throw Error(located_at(row, column, why)); }

void Table::require_unique(size_t column) const {
  std::set<std::string_view> seen;
  for (size_t i = 0; i < rows_.size(); ++i)
    if (!seen.insert(cell(i, column)).second) fail(i, column, "the " + std::string(header_[column]) + " stands twice");
}

void Table::require_sorted(size_t column) const {
  for (size_t i = 1; i < rows_.size(); ++i)
    if (cell(i, column) < cell(i - 1, column)) fail(i, column, "rows must be sorted by " + std::string(header_[column]));
}

std::vector<std::string_view> split_list(std::string_view cell, char separator) {
  std::vector<std::string_view> out;
  for (size_t at = 0; at <= cell.size();) {
    size_t end = cell.find(separator, at);
    if (end == std::string_view::npos) end = cell.size();
    const std::string_view item = trim(cell.substr(at, end - at));
    if (!item.empty()) out.push_back(item);
    at = end + 1;
  }
  return out;
}

std::string_view trim(std::string_view text) {
  const auto space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  while (!text.empty() && space(text.back())) text.remove_suffix(1);
  return text;
}

std::string hash_folder(const std::filesystem::path& dir) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(dir))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  XXH3_state_t* state = XXH3_createState();
  if (!state || XXH3_64bits_reset(state) != XXH_OK) throw Error("out of memory");
  for (const auto& file : files) {
    const std::string name = std::filesystem::relative(file, dir).generic_string();
    const std::string bytes = read_file(file);
    XXH3_64bits_update(state, name.data(), name.size() + 1);  // with its NUL, so that names and bytes cannot run together
    XXH3_64bits_update(state, bytes.data(), bytes.size());
  }
  const uint64_t hash = XXH3_64bits_digest(state);
  XXH3_freeState(state);
  char out[20];
  std::snprintf(out, sizeof out, "%016llx", static_cast<unsigned long long>(hash));
  return out;
}

}  // namespace demarche
