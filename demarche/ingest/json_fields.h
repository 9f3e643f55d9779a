// Names of JSON keys at news services -> ours (data/page/json_fields.tsv), and one JSON object -> a Page. Private to ingest/.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/core/document.h"

namespace demarche::ingest {

enum class JsonField : uint8_t { id, text, body, html, summary, title, url, publisher, author, date, language, section, rows };

class JsonFields {
 public:
  struct Meaning {
    JsonField field;
    int rank;  // of several that are there the lowest counts
  };
  JsonFields();  // our own names alone
  explicit JsonFields(const std::filesystem::path& table);

  // `path`: keys from the row inwards, parted by dots; lists are passed through ("authors.name").
  const Meaning* find(std::string_view path) const;
  // Whether a list under this path of the whole text holds reports.
  bool holds_rows(std::string_view path) const { return rows_.find(path) != rows_.end(); }

 private:
  std::map<std::string, Meaning, std::less<>> fields_;
  std::map<std::string, int, std::less<>> rows_;
};

struct JsonPage {
  Page page;
  bool has_text = false;  // else a title and an address at best: a teaser, or a report that lies elsewhere
};

// Why not, as the end of a sentence: "is no JSON object". Page::id stays empty; read_from is the row's id or address, or empty. A date
// that is none leaves the page undated, with the diagnostic `ingest.invalid_date`.
Result<JsonPage> parse_json_page(std::string_view row, const JsonFields& fields);

}  // namespace demarche::ingest
