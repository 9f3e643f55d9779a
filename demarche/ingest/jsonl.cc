#include "demarche/ingest/jsonl.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "demarche/core/utf8.h"

namespace demarche::ingest {
namespace {

// Takes the strings and numbers of the outermost object and drops the rest unread, so that memory is bounded by the line.
class TopFields {
 public:
  using json = nlohmann::json;
  std::string id, text, date, title, url, publisher;
  bool is_object = false, has_text = false;

  bool null() { return true; }
  bool boolean(bool) { return true; }
  bool number_integer(json::number_integer_t v) { return value(std::to_string(v)); }
  bool number_unsigned(json::number_unsigned_t v) { return value(std::to_string(v)); }
  bool number_float(json::number_float_t, const std::string& s) { return value(s); }
  bool string(std::string& s) {
    if (depth_ == 1 && field_ == &text) has_text = true;
    return value(s);
  }
  bool binary(json::binary_t&) { return true; }
  bool start_object(size_t) {
    if (depth_ == 0) is_object = true;
    ++depth_;
    return true;
  }
  bool end_object() {
    --depth_;
    return true;
  }
  bool start_array(size_t) {
    ++depth_;
    return true;
  }
  bool end_array() {
    --depth_;
    return true;
  }
  bool key(std::string& k) {
    if (depth_ != 1) return true;
    field_ = k == "id" ? &id : k == "text" ? &text : k == "date" ? &date : k == "title" ? &title : k == "url" ? &url : k == "publisher" ? &publisher : nullptr;
    return true;
  }
  bool parse_error(size_t, const std::string&, const nlohmann::detail::exception&) { return false; }

 private:
  bool value(std::string s) {
    if (depth_ == 1 && field_ != nullptr) *field_ = std::move(s);
    return true;
  }
  size_t depth_ = 0;
  std::string* field_ = nullptr;
};

}  // namespace

Result<Page> parse_json_page(std::string_view line) {
  TopFields fields;
  if (!nlohmann::json::sax_parse(line.begin(), line.end(), &fields)) {
    // Broken UTF-8 is the commonest reason, and it can be mended.
    fields = TopFields();
    const std::string mended = repair_utf8(line);
    if (!nlohmann::json::sax_parse(mended, &fields)) return Result<Page>::failure("is no JSON");
  }
  if (!fields.is_object) return Result<Page>::failure("is no JSON object");
  if (!fields.has_text) return Result<Page>::failure("has no \"text\"");
  Page page;
  page.format = PageFormat::article;
  page.read_from = std::move(fields.id);
  page.bytes = std::move(fields.text);
  if (!fields.date.empty()) {
    page.given_date = parse_day(std::string_view(fields.date).substr(0, 10));
    if (!page.given_date) return Result<Page>::failure("has the date \"" + fields.date.substr(0, 40) + "\", which is no day like 2017-07-04");
  }
  const auto given = [](std::string& s) { return s.empty() ? std::nullopt : std::optional<std::string>(std::move(s)); };
  page.title = given(fields.title);
  page.url = given(fields.url);
  page.publisher = given(fields.publisher);
  return page;
}

}  // namespace demarche::ingest
