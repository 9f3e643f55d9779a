// JSON of any size -> the objects in it that are reports, one at a time: elements of a list at the top or under a known key
// ("articles", "response.results"), or the object itself. Private to ingest/.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/ingest/json_fields.h"
#include "demarche/ingest/stream.h"

namespace demarche::ingest {

class JsonRows {
 public:
  // `input` and `fields` outlive this.
  JsonRows(Input& input, const JsonFields& fields, uint64_t max_row_bytes) : input_(input), fields_(fields), max_row_bytes_(max_row_bytes) {}

  enum class Row : uint8_t { row, too_long, cut_off, end };
  // The next row's bytes as they stand. A damaged string ends at its line's end, so that damage stays within a row or two.
  Row next(std::string& row);
  // Whether the bytes given last are an element of a list, not an object that stands alone.
  bool in_list() const { return in_list_; }
  // What the list says of itself before its first row: texts under keys at the top ("title" of a JSON Feed).
  const std::map<std::string, std::string>& list_fields() const { return list_fields_; }

 private:
  struct Level {
    bool array = false;
    std::string key;  // the last key of an object
  };
  void open(char bracket);
  bool close();  // whether a row ended
  void end_string();
  bool at_row() const;

  Input& input_;
  const JsonFields& fields_;
  uint64_t max_row_bytes_;
  std::vector<Level> levels_;   // the outermost ones only; a row is never deeper
  uint64_t depth_ = 0;          // brackets open, all of them
  uint64_t row_depth_ = 0;      // depth within which the open row lies; 0: none
  bool in_string_ = false, escaped_ = false, is_key_ = false, keep_ = false;
  bool alone_ = false, in_list_ = false, too_long_ = false;
  std::string row_, text_;      // bytes of the open row; the string being read, where it is wanted
  std::map<std::string, std::string> list_fields_;
};

}  // namespace demarche::ingest
