#include "demarche/evaluation/gold.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "demarche/core/calendar.h"

namespace demarche {
namespace {

using Json = nlohmann::json;

// What is wrong with a file, thrown and caught in this file alone.
struct Broken {
  std::string why;
};

// One object of the file, and its name for messages: "events[3]".
struct Object {
  const Json& json;
  std::string where;

  [[noreturn]] void fail(const std::string& why) const { throw Broken{where + ": " + why}; }
  const Json* find(const char* key) const {
    const auto it = json.find(key);
    return it == json.end() || it->is_null() ? nullptr : &*it;
  }
  // Empty when the key is absent or null.
  std::string text(const char* key) const {
    const Json* value = find(key);
    if (!value) return "";
    if (!value->is_string()) fail(std::string("\"") + key + "\" is no string");
    return value->get<std::string>();
  }
  std::string required(const char* key) const {
    std::string value = text(key);
    if (value.empty()) fail(std::string("\"") + key + "\" is missing");
    return value;
  }
  std::string one_of(const char* key, std::initializer_list<std::string_view> allowed, bool must) const {
    std::string value = must ? required(key) : text(key);
    if (!value.empty() && std::find(allowed.begin(), allowed.end(), value) == allowed.end()) fail(std::string("\"") + key + "\" cannot be \"" + value + "\"");
    return value;
  }
  std::vector<std::string> texts(const char* key) const {
    std::vector<std::string> out;
    const Json* list = find(key);
    if (!list) return out;
    if (!list->is_array()) fail(std::string("\"") + key + "\" is no list");
    for (const Json& item : *list) {
      if (!item.is_string()) fail(std::string("\"") + key + "\" holds something that is no string");
      out.push_back(item.get<std::string>());
    }
    return out;
  }
  std::vector<std::string> set(const char* key) const { return sorted(texts(key)); }
  static std::vector<std::string> sorted(std::vector<std::string> list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return list;
  }
  GoldDays days(const char* key) const {
    const std::vector<std::string> list = texts(key);
    if (list.empty()) return std::nullopt;
    if (list.size() != 2 || !parse_day(list[0]) || !parse_day(list[1]) || list[1] < list[0]) fail(std::string("\"") + key + "\" is not [first day, last day]");
    return std::pair(list[0], list[1]);
  }
  bool optional() const {
    const Json* value = find("optional");
    if (value && !value->is_boolean()) fail("\"optional\" is neither true nor false");
    return value && value->get<bool>();
  }
};

GoldEvent read_event(const Object& o) {
  std::string factuality = o.one_of("factuality", {"actual", "negated", "planned", "hypothetical"}, false);
  return {o.required("type"), o.text("mode"), o.text("kind"), o.set("actors"), o.set("recipients"), o.days("date"),
          factuality.empty() ? "actual" : factuality, o.required("quote"), o.optional()};
}

GoldStatement read_statement(const Object& o) {
  return {o.text("source"), o.text("party"), o.one_of("anonymity", {"named", "office", "anonymous", "collective"}, false),
          o.one_of("quotation", {"direct", "indirect", "mixed"}, false), o.required("content"), o.optional()};
}

GoldClaim read_claim(const Object& o) {
  GoldClaim claim{o.required("by"), o.required("property"), o.one_of("stance", {"asserts", "denies", "doubts"}, false), {}, o.text("quote"), o.texts("also"), o.optional()};
  if (claim.stance.empty()) claim.stance = "asserts";
  const Json* normal = o.find("normal");
  if (!normal) o.fail("\"normal\" is missing");
  const auto add = [&](const Json& value) {
    if (value.is_object() || value.is_array()) o.fail("\"normal\" holds something that is neither word nor number");
    claim.normal.push_back(value.is_string() ? value.get<std::string>() : value.dump());
  };
  if (normal->is_array())
    for (const Json& value : *normal) add(value);
  else
    add(*normal);
  claim.normal = Object::sorted(std::move(claim.normal));
  return claim;
}

GoldCommitment read_commitment(const Object& o) {
  return {o.one_of("kind", {"pledge", "threat", "demand", "red_line", "moratorium", "deadline", "agreement"}, true), o.set("by"), o.days("due"),
          o.one_of("status", {"open", "kept", "broken", "expired", "withdrawn"}, false), o.required("quote"), o.optional()};
}

template <class Row>
std::vector<Row> read_list(const Object& file, const char* key, Row (*read)(const Object&)) {
  std::vector<Row> rows;
  const Json* list = file.find(key);
  if (!list) return rows;
  if (!list->is_array()) file.fail(std::string("\"") + key + "\" is no list");
  if (list->size() > kMaxGoldRows) file.fail(std::string("\"") + key + "\" has more than " + std::to_string(kMaxGoldRows) + " rows");
  for (size_t i = 0; i < list->size(); ++i) {
    const Object row{(*list)[i], std::string(key) + "[" + std::to_string(i) + "]"};
    if (!row.json.is_object()) row.fail("is no object");
    rows.push_back(read(row));
  }
  return rows;
}

std::string read_day(const Object& file, const char* key) {
  std::string day = file.text(key);
  if (!day.empty() && !parse_day(day)) file.fail(std::string("\"") + key + "\" is no day");
  return day;
}

}  // namespace

Result<Gold> parse_gold(std::string_view bytes) {
  if (bytes.size() > kMaxGoldBytes) return Result<Gold>::failure("is larger than a gold record can be");
  const Json json = Json::parse(bytes, nullptr, false);
  if (json.is_discarded() || !json.is_object()) return Result<Gold>::failure("is no JSON object");
  const Object file{json, "gold"};
  try {
    Gold gold;
    gold.day_known = json.contains("published");
    gold.published = read_day(file, "published");
    gold.published_range = file.texts("published_range");
    gold.given_date = read_day(file, "given_date");
    gold.text = file.text("text");
    gold.must_body = file.texts("must_body");
    gold.not_body = file.texts("not_body");
    gold.events = read_list(file, "events", read_event);
    gold.statements = read_list(file, "statements", read_statement);
    gold.claims = read_list(file, "claims", read_claim);
    gold.commitments = read_list(file, "commitments", read_commitment);
    return gold;
  } catch (const Broken& broken) {
    return Result<Gold>::failure(broken.why);
  }
}

}  // namespace demarche
