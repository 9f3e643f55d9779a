#include "demarche/article/linked_data.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace demarche::article {
namespace {

using Json = nlohmann::json;

// Scripts beyond this are data of the site's programs, not a description of the page.
constexpr size_t kMaxScriptBytes = size_t{2} << 20;
constexpr int kMaxDepth = 32;
constexpr int kMaxObjects = 2000;

std::string text_of_value(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return std::to_string(value.get<int64_t>());
  if (value.is_array() && !value.empty()) return text_of_value(value.front());
  if (value.is_object()) {
    for (const char* key : {"name", "@value", "@id", "url"}) {
      if (const auto found = value.find(key); found != value.end() && found->is_string()) return found->get<std::string>();
    }
  }
  return "";
}

std::string field(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? "" : text_of_value(*found);
}

bool ends_with(std::string_view text, std::string_view end) { return text.size() >= end.size() && text.substr(text.size() - end.size()) == end; }

int rank_of(const Json& object, std::string& type) {
  const auto found = object.find("@type");
  std::vector<std::string> types;
  if (found != object.end() && found->is_string()) types.push_back(found->get<std::string>());
  if (found != object.end() && found->is_array()) {
    for (const Json& one : *found) {
      if (one.is_string()) types.push_back(one.get<std::string>());
    }
  }
  int rank = 0;
  for (const std::string& one : types) {
    const int here = ends_with(one, "Article") || ends_with(one, "Posting") || ends_with(one, "Report") || ends_with(one, "Review") ? 3 : ends_with(one, "WebPage") || ends_with(one, "ItemPage") ? 1 : 0;
    if (here > rank) {
      rank = here;
      type = one;
    }
  }
  if (rank == 0 && object.contains("datePublished") && (object.contains("headline") || object.contains("name"))) rank = 2;
  // An article without date or headline is a mere mention.
  if (rank == 3 && !object.contains("datePublished") && !object.contains("headline") && !object.contains("articleBody") && !object.contains("dateModified")) rank = 1;
  return rank;
}

void add_names(const Json& value, std::vector<std::string>& out) {
  if (value.is_array()) {
    for (const Json& one : value) {
      if (!one.is_array()) add_names(one, out);
    }
    return;
  }
  std::string name;
  if (value.is_string()) name = value.get<std::string>();
  if (value.is_object()) {
    const auto found = value.find("name");
    if (found != value.end() && found->is_array()) return add_names(*found, out);
    name = field(value, "name");
  }
  if (!name.empty() && name.find("://") == std::string::npos) out.push_back(name);
}

class Reader {
 public:
  LinkedData best;

  void read(const Json& root) {
    // By hand instead of by recursion: (value, depth).
    std::vector<std::pair<const Json*, int>> open = {{&root, 0}};
    int seen = 0;
    while (!open.empty() && seen < kMaxObjects) {
      const auto [value, depth] = open.back();
      open.pop_back();
      if (depth > kMaxDepth) continue;
      if (value->is_array()) {
        for (size_t i = value->size(); i-- > 0;) open.emplace_back(&(*value)[i], depth + 1);
      } else if (value->is_object()) {
        ++seen;
        take(*value);
        for (const char* key : {"mainEntity", "mainEntityOfPage", "@graph"}) {
          if (const auto found = value->find(key); found != value->end() && (found->is_object() || found->is_array())) open.emplace_back(&*found, depth + 1);
        }
      }
    }
  }

 private:
  void take(const Json& object) {
    LinkedData found;
    found.rank = rank_of(object, found.type);
    if (found.rank <= best.rank) return;
    found.headline = field(object, "headline");
    if (found.headline.empty() && found.rank != 1) found.headline = field(object, "name");
    found.body = field(object, "articleBody");
    found.section = field(object, "articleSection");
    found.url = field(object, "url");
    if (found.url.empty()) found.url = field(object, "mainEntityOfPage");
    if (found.url.find("://") == std::string::npos) found.url.clear();
    found.language = field(object, "inLanguage");
    found.published = field(object, "datePublished");
    if (found.published.empty()) found.published = field(object, "dateCreated");
    if (found.published.empty() && found.type == "LiveBlogPosting") found.published = field(object, "coverageStartTime");
    found.modified = field(object, "dateModified");
    if (const auto publisher = object.find("publisher"); publisher != object.end() && (publisher->is_object() || publisher->is_string())) {
      found.publisher = publisher->is_object() ? field(*publisher, "name") : publisher->get<std::string>();
    }
    if (const auto author = object.find("author"); author != object.end()) add_names(*author, found.authors);
    if (found.authors.empty()) {
      if (const auto creator = object.find("creator"); creator != object.end()) add_names(*creator, found.authors);
    }
    if (const auto free = object.find("isAccessibleForFree"); free != object.end()) {
      found.partial = (free->is_boolean() && !free->get<bool>()) || (free->is_string() && (free->get<std::string>() == "False" || free->get<std::string>() == "false"));
    }
    if (const auto updates = object.find("liveBlogUpdate"); updates != object.end() && updates->is_array()) {
      for (const Json& update : *updates) {
        if (!update.is_object() || found.entries.size() >= kMaxObjects) continue;
        std::string published = field(update, "datePublished");
        if (published.empty()) published = field(update, "dateCreated");
        found.entries.push_back({field(update, "headline"), field(update, "articleBody"), std::move(published)});
      }
    }
    best = std::move(found);
  }
};

// The script without what sites wrap around it, control characters as spaces.
std::string clean(std::string_view script) {
  std::string out(script);
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  for (const std::string_view wrap : {"<!--", "-->", "//<![CDATA[", "//]]>", "<![CDATA[", "]]>"}) {
    if (const size_t at = out.find(wrap); at != std::string::npos) out.erase(at, wrap.size());
  }
  const size_t end = out.find_last_not_of(" ;");
  out.resize(end == std::string::npos ? 0 : end + 1);
  return out;
}

// The value of a key in what is no JSON.
std::string search(std::string_view script, std::string_view key) {
  const std::string quoted = "\"" + std::string(key) + "\"";
  size_t at = script.find(quoted);
  if (at == std::string_view::npos) return "";
  at = script.find_first_not_of(" \t\r\n:", at + quoted.size());
  if (at == std::string_view::npos || script[at] != '"') return "";
  const size_t end = script.find('"', at + 1);
  return end == std::string_view::npos ? "" : std::string(script.substr(at + 1, end - at - 1));
}

}  // namespace

LinkedData read_linked_data(const std::vector<std::string_view>& scripts, const CharacterReferences& references) {
  Reader reader;
  for (const std::string_view script : scripts) {
    if (script.size() > kMaxScriptBytes) continue;
    const Json json = Json::parse(clean(script), nullptr, false, true);
    if (!json.is_discarded()) {
      reader.read(json);
    } else if (reader.best.rank < 2 && script.find("Article") != std::string_view::npos) {
      LinkedData found;
      found.rank = 2;
      found.published = search(script, "datePublished");
      found.modified = search(script, "dateModified");
      found.headline = search(script, "headline");
      if (!found.published.empty()) reader.best = std::move(found);
    }
  }
  LinkedData& best = reader.best;
  for (std::string* text : {&best.headline, &best.section, &best.publisher, &best.published, &best.modified}) *text = references.decode(*text);
  for (std::string& author : best.authors) author = references.decode(author);
  return std::move(best);
}

}  // namespace demarche::article
