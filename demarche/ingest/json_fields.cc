#include "demarche/ingest/json_fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "demarche/core/table.h"
#include "demarche/core/utf8.h"
#include "demarche/ingest/dates.h"

namespace demarche::ingest {
namespace {

constexpr std::array<std::pair<std::string_view, JsonField>, 13> kFieldNames = {{{"id", JsonField::id},
                                                                                 {"text", JsonField::text},
                                                                                 {"body", JsonField::body},
                                                                                 {"html", JsonField::html},
                                                                                 {"summary", JsonField::summary},
                                                                                 {"title", JsonField::title},
                                                                                 {"url", JsonField::url},
                                                                                 {"publisher", JsonField::publisher},
                                                                                 {"author", JsonField::author},
                                                                                 {"date", JsonField::date},
                                                                                 {"language", JsonField::language},
                                                                                 {"section", JsonField::section},
                                                                                 {"rows", JsonField::rows}}};
// Paths are as deep as this at most; what lies deeper has no name for us.
constexpr size_t kMaxPathDepth = 6;
// Signatures of one report; more are a list of something else.
constexpr size_t kMaxAuthors = 100;

// Takes the values that have a meaning and drops the rest unread, so that memory is bounded by the row.
class RowFields {
 public:
  using json = nlohmann::json;
  explicit RowFields(const JsonFields& fields) : fields_(fields) { ranks_.fill(INT32_MAX); }

  bool is_object = false;
  const std::vector<std::string>& values(JsonField field) const { return values_[static_cast<size_t>(field)]; }
  std::string first(JsonField field) const { return values(field).empty() ? std::string() : values(field).front(); }
  bool has(JsonField field) const { return ranks_[static_cast<size_t>(field)] != INT32_MAX; }

  bool null() { return true; }
  bool boolean(bool) { return true; }
  bool number_integer(json::number_integer_t v) { return value(std::to_string(v), false); }
  bool number_unsigned(json::number_unsigned_t v) { return value(std::to_string(v), false); }
  bool number_float(json::number_float_t, const std::string& s) { return value(s, false); }
  bool string(std::string& s) { return value(std::move(s), true); }
  bool binary(json::binary_t&) { return true; }
  bool start_object(size_t) {
    if (lengths_.empty()) is_object = true;
    return open();
  }
  bool end_object() { return close(); }
  bool start_array(size_t) { return open(); }
  bool end_array() { return close(); }
  bool key(std::string& k) {
    path_.resize(lengths_.back());
    if (lengths_.size() > kMaxPathDepth) return true;
    if (!path_.empty()) path_ += '.';
    path_ += k;
    return true;
  }
  bool parse_error(size_t, const std::string&, const nlohmann::detail::exception&) { return false; }

 private:
  // A value nested deeper keeps the path of its nearest key: lists are passed through.
  bool open() {
    lengths_.push_back(path_.size());
    return true;
  }
  bool close() {
    path_.resize(lengths_.back());
    lengths_.pop_back();
    return true;
  }
  bool value(std::string s, bool is_text) {
    if (lengths_.empty() || lengths_.size() > kMaxPathDepth) return true;
    const JsonFields::Meaning* meaning = fields_.find(path_);
    if (meaning == nullptr) return true;
    if (!is_text && (meaning->field == JsonField::text || meaning->field == JsonField::body || meaning->field == JsonField::html)) return true;
    if (s.empty() && meaning->field != JsonField::text) return true;
    const auto index = static_cast<size_t>(meaning->field);
    if (meaning->rank > ranks_[index]) return true;
    if (meaning->rank < ranks_[index]) values_[index].clear();
    ranks_[index] = meaning->rank;
    if (values_[index].size() < kMaxAuthors) values_[index].push_back(std::move(s));
    return true;
  }

  const JsonFields& fields_;
  std::array<std::vector<std::string>, kFieldNames.size()> values_;
  std::array<int, kFieldNames.size()> ranks_{};
  std::vector<size_t> lengths_;  // of the path at each open bracket
  std::string path_;
};

bool has_tags(std::string_view text) {
  constexpr std::array<std::string_view, 4> kTags = {"</p>", "<br", "</div>", "</a>"};
  return std::any_of(kTags.begin(), kTags.end(), [&](std::string_view tag) { return text.find(tag) != std::string_view::npos; });
}

// "... the ministry [+2143 chars]": services that sell the rest.
bool is_cut(std::string_view text) {
  const size_t end = text.find_last_not_of(" \r\n");
  if (end == std::string_view::npos || text[end] != ']') return false;
  text = text.substr(0, end);
  if (text.size() < 8 || text.substr(text.size() - 6) != " chars") return false;
  text.remove_suffix(6);
  const size_t digits = text.find_last_not_of("0123456789");
  if (digits == std::string_view::npos || digits + 1 == text.size()) return false;
  return text[digits] == '[' || (text[digits] == '+' && digits > 0 && text[digits - 1] == '[');
}

std::string without_by(std::string name) {
  if (name.size() > 3 && (name[0] == 'B' || name[0] == 'b') && (name[1] == 'y' || name[1] == 'Y') && name[2] == ' ') name.erase(0, 3);
  return name;
}

}  // namespace

JsonFields::JsonFields() {
  for (const auto& [path, field] : std::array<std::pair<std::string_view, JsonField>, 6>{{{"id", JsonField::id},
                                                                                          {"text", JsonField::text},
                                                                                          {"date", JsonField::date},
                                                                                          {"title", JsonField::title},
                                                                                          {"url", JsonField::url},
                                                                                          {"publisher", JsonField::publisher}}}) {
    fields_.emplace(path, Meaning{field, 1});
  }
}

JsonFields::JsonFields(const std::filesystem::path& path) {
  const Table table = Table::load(path, {"id", "path", "field", "rank", "services"});
  table.require_sorted(0);
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string_view name = table.cell(row, 2), rank_text = table.cell(row, 3);
    const auto found = std::find_if(kFieldNames.begin(), kFieldNames.end(), [&](const auto& entry) { return entry.first == name; });
    if (found == kFieldNames.end()) table.fail(row, 2, "no such field");
    int rank = 0;
    const auto [end, error] = std::from_chars(rank_text.data(), rank_text.data() + rank_text.size(), rank);
    if (error != std::errc() || end != rank_text.data() + rank_text.size() || rank < 1) table.fail(row, 3, "no rank like 1, 2, 3");
    const std::string key(table.cell(row, 1));
    if (key.empty() || static_cast<size_t>(std::count(key.begin(), key.end(), '.')) >= kMaxPathDepth) table.fail(row, 1, "no path of keys parted by dots");
    const bool fresh = found->second == JsonField::rows ? rows_.emplace(key, rank).second : fields_.emplace(key, Meaning{found->second, rank}).second;
    if (!fresh) table.fail(row, 1, "this path has a meaning already");
  }
}

const JsonFields::Meaning* JsonFields::find(std::string_view path) const {
  const auto found = fields_.find(path);
  return found == fields_.end() ? nullptr : &found->second;
}

Result<JsonPage> parse_json_page(std::string_view row, const JsonFields& names) {
  RowFields fields(names);
  if (!nlohmann::json::sax_parse(row.begin(), row.end(), &fields)) {
    // Broken UTF-8 is the commonest reason, and it can be mended.
    const std::string mended = repair_utf8(row);
    if (mended == row) return Result<JsonPage>::failure("is no JSON");
    return parse_json_page(mended, names);
  }
  if (!fields.is_object) return Result<JsonPage>::failure("is no JSON object");
  JsonPage out;
  Page& page = out.page;
  page.http_charset = "utf-8";
  page.format = PageFormat::article;
  page.read_from = fields.first(JsonField::id);
  const auto given = [](std::string s) { return s.empty() ? std::nullopt : std::optional<std::string>(std::move(s)); };
  page.title = given(fields.first(JsonField::title));
  page.url = given(fields.first(JsonField::url));
  page.publisher = given(fields.first(JsonField::publisher));
  page.language = given(fields.first(JsonField::language));
  page.section = given(fields.first(JsonField::section));
  for (const std::string& author : fields.values(JsonField::author)) page.authors.push_back(without_by(author));
  if (page.read_from.empty() && page.url) page.read_from = *page.url;
  if (const std::string date = fields.first(JsonField::date); !date.empty()) {
    page.given_date = parse_source_date(date);
    if (!page.given_date) page.diagnostics.push_back(invalid_date(date));
  }
  if (fields.has(JsonField::text)) {
    page.bytes = fields.first(JsonField::text);
    out.has_text = true;
    return out;
  }
  std::string body = fields.first(JsonField::html);
  const bool html = !body.empty();
  if (body.empty()) body = fields.first(JsonField::body);
  out.has_text = !body.empty() && !is_cut(body);
  if (!out.has_text) return out;
  if (html || has_tags(body)) {
    page.format = PageFormat::html;
    page.bytes = std::move(body);
    return out;
  }
  // The article as it stands under its title.
  const bool has_title = page.title && body.compare(0, page.title->size() + 1, *page.title + "\n") == 0;
  if (page.title && !has_title) page.bytes = *page.title + "\n\n";
  page.bytes += body;
  return out;
}

}  // namespace demarche::ingest
