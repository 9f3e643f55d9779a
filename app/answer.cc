#include "app/answer.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ostream>

#include "demarche/core/utf8.h"

namespace demarche::app {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string cell(const Json& fields, const std::string& column) {
  const auto it = fields.find(column);
  if (it == fields.end() || it->is_null()) return "";
  if (it->is_string()) return it->get<std::string>();
  if (it->is_number_float()) {
    char out[32];
    std::snprintf(out, sizeof out, "%.2f", std::floor(it->get<double>() * 100 + 1e-9) / 100);  // 0.897 is not yet 0.90
    return out;
  }
  if (it->is_array()) {
    std::string out;
    for (const Json& one : *it) out += (out.empty() ? "" : ",") + (one.is_string() ? one.get<std::string>() : dump(one));
    return out;
  }
  return dump(*it);
}

// Columns on a terminal; East Asian wide characters take two.
size_t display_width(std::string_view text) {
  size_t width = 0;
  for (size_t i = 0; i < text.size();) {
    const CodePoint c = code_point_at(text, i);
    const int kind = u_getIntPropertyValue(static_cast<UChar32>(c.value), UCHAR_EAST_ASIAN_WIDTH);
    width += kind == U_EA_WIDE || kind == U_EA_FULLWIDTH ? 2 : 1;
    i += c.size;
  }
  return width;
}

std::string padded(std::string_view text, size_t width) {
  const size_t now = display_width(text);
  return std::string(text) + std::string(now < width ? width - now : 0, ' ');
}

// Words folded to lines of at most `width`, white space squeezed.
std::vector<std::string> wrapped(std::string_view text, size_t width) {
  std::vector<std::string> lines(1);
  size_t at = 0;
  while (at < text.size()) {
    size_t end = text.find_first_of(" \n\t", at);
    if (end == std::string_view::npos) end = text.size();
    if (end > at) {
      const std::string_view word = text.substr(at, end - at);
      if (!lines.back().empty() && display_width(lines.back()) + 1 + display_width(word) > width) lines.emplace_back();
      lines.back() += (lines.back().empty() ? "" : " ") + std::string(word);
    }
    at = end + 1;
  }
  return lines;
}

void print_quote(std::ostream& out, const Json& fields, size_t indent, const TableStyle& style) {
  const std::string words = cell(fields, "evidence");
  if (words.empty()) return;
  std::string who = cell(fields, "publisher");
  if (who.empty()) who = cell(fields, "read_from");
  const std::string day = cell(fields, "published");
  const std::string quote = "“" + words + "” (" + who + (day.empty() ? "" : ", " + day) + ")";
  for (const std::string& line : wrapped(quote, style.width > indent + 20 ? style.width - indent : 60))
    out << std::string(indent, ' ') << (style.colour ? "\x1b[2m" : "") << line << (style.colour ? "\x1b[0m" : "") << "\n";
}

bool shown_apart(const std::string& column) { return column == "evidence" || column == "publisher" || column == "published"; }

struct Grid {
  std::vector<std::string> columns;
  std::vector<size_t> widths;
};

Grid grid_of(const std::vector<std::string>& columns, const std::vector<const Json*>& rows) {
  constexpr size_t kWidestCell = 34;
  Grid grid;
  for (const std::string& column : columns) {
    if (shown_apart(column)) continue;
    size_t width = display_width(column);
    for (const Json* row : rows) width = std::max(width, std::min(kWidestCell, display_width(cell(*row, column))));
    grid.columns.push_back(column);
    grid.widths.push_back(width);
  }
  return grid;
}

bool to_review(const Json& fields, const TableStyle& style) {
  return fields.contains("confidence") && fields["confidence"].get<double>() < style.sure;
}

// A confidence below `sure` bears a question mark: the row is to be reviewed.
void print_cells(std::ostream& out, const Grid& grid, const Json& fields, size_t indent, const TableStyle& style) {
  std::string line(indent, ' ');
  for (size_t i = 0; i < grid.columns.size(); ++i) {
    const bool marked = grid.columns[i] == "confidence" && to_review(fields, style);
    line += padded(cell(fields, grid.columns[i]) + (marked ? "?" : ""), grid.widths[i]) + "  ";
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  out << line << "\n";
}

void print_head(std::ostream& out, const Grid& grid, const TableStyle& style) {
  std::string line;
  for (size_t i = 0; i < grid.columns.size(); ++i) line += padded(grid.columns[i], grid.widths[i]) + "  ";
  while (!line.empty() && line.back() == ' ') line.pop_back();
  out << (style.colour ? "\x1b[1m" : "") << line << (style.colour ? "\x1b[0m" : "") << "\n";
}

std::string csv(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

Json row_json(const AnswerRow& row) {
  Json out = row.fields;
  if (!row.items.empty()) {
    Json items = Json::array();
    for (const AnswerRow& item : row.items) items.push_back(row_json(item));
    out["items"] = std::move(items);
  }
  return out;
}

}  // namespace

void print_table(std::ostream& out, const Answer& answer, const TableStyle& style) {
  constexpr size_t kIndent = 4;
  std::vector<const Json*> rows, items;
  for (const AnswerRow& row : answer.rows) {
    rows.push_back(&row.fields);
    for (const AnswerRow& item : row.items) items.push_back(&item.fields);
  }
  const bool told_by_items = style.items && std::find(answer.columns.begin(), answer.columns.end(), "evidence") == answer.columns.end();
  const Grid grid = grid_of(answer.columns, rows);
  const Grid item_grid = grid_of(answer.item_columns, items);
  if (!rows.empty()) print_head(out, grid, style);
  for (const AnswerRow& row : answer.rows) {
    print_cells(out, grid, row.fields, 0, style);
    if (!told_by_items) print_quote(out, row.fields, kIndent, style);
    if (style.items) {
      for (const AnswerRow& item : row.items) {
        print_cells(out, item_grid, item.fields, kIndent, style);
        print_quote(out, item.fields, 2 * kIndent, style);
      }
    }
  }
  if (rows.empty()) out << "Nothing found.\n";
  rows.insert(rows.end(), items.begin(), items.end());
  if (std::any_of(rows.begin(), rows.end(), [&](const Json* fields) { return to_review(*fields, style); }))
    out << "A question mark behind the confidence: less sure than " << cell(Json{{"sure", style.sure}}, "sure") << ", to be reviewed.\n";
  for (const std::string& note : answer.notes) out << note << "\n";
}

void print_json(std::ostream& out, const Answer& answer) {
  Json rows = Json::array();
  for (const AnswerRow& row : answer.rows) rows.push_back(row_json(row));
  out << dump(Json{{"rows", std::move(rows)}, {"notes", answer.notes}}) << "\n";
}

void print_csv(std::ostream& out, const Answer& answer) {
  std::vector<std::string> columns = answer.columns;
  for (const char* always : {"publisher", "published", "read_from"})
    if (std::find(columns.begin(), columns.end(), always) == columns.end()) columns.emplace_back(always);
  std::string line;
  for (const std::string& column : columns) line += (line.empty() ? "" : ",") + column;
  for (const std::string& column : answer.item_columns) line += ",item_" + column;
  out << line << "\r\n";
  for (const AnswerRow& row : answer.rows) {
    line.clear();
    for (size_t i = 0; i < columns.size(); ++i) line += (i ? "," : "") + csv(cell(row.fields, columns[i]));
    if (answer.item_columns.empty()) out << line << "\r\n";
    if (answer.item_columns.empty()) continue;
    for (const AnswerRow& item : row.items) {
      out << line;
      for (const std::string& column : answer.item_columns) out << "," << csv(cell(item.fields, column));
      out << "\r\n";
    }
    if (row.items.empty()) out << line << std::string(answer.item_columns.size(), ',') << "\r\n";
  }
}

}  // namespace demarche::app
