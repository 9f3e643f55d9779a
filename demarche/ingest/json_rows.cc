#include "demarche/ingest/json_rows.h"

#include <algorithm>
#include <utility>

namespace demarche::ingest {
namespace {

constexpr size_t kBlock = size_t{64} << 10;
// Lists of reports lie no deeper than this ("hits.hits"); what lies deeper belongs to a row.
constexpr size_t kMaxLevels = 8;
constexpr size_t kMaxListField = 1000;   // bytes of a text at the top of a list
constexpr size_t kMaxListFields = 64;

}  // namespace

// Whether an object that opens here is a report in a list: lists of lists count as one.
bool JsonRows::at_row() const {
  if (levels_.empty() || depth_ > levels_.size() || !levels_.back().array) return false;
  std::string path;
  for (const Level& level : levels_) {
    if (level.array) continue;
    if (!path.empty()) path += '.';
    path += level.key;
  }
  return path.empty() || fields_.holds_rows(path);
}

void JsonRows::open(char bracket) {
  if (row_depth_ == 0 && bracket == '{') {
    if (at_row()) {
      row_depth_ = depth_ + 1;
      row_.clear();
      too_long_ = false;
      in_list_ = true;
      alone_ = false;
    } else if (depth_ == 0) {
      alone_ = true;  // until a list of rows is found in it
      row_.clear();
      too_long_ = false;
    }
  }
  if (row_depth_ == 0 && levels_.size() < kMaxLevels && depth_ == levels_.size()) levels_.push_back({bracket == '[', ""});
  ++depth_;
}

bool JsonRows::close() {
  if (depth_ == 0) return false;
  --depth_;
  if (row_depth_ > 0) {
    if (depth_ + 1 > row_depth_) return false;
    row_depth_ = 0;
    return true;
  }
  if (levels_.size() > depth_) levels_.pop_back();
  if (depth_ > 0 || !alone_) return false;
  in_list_ = false;
  return true;
}

void JsonRows::end_string() {
  in_string_ = false;
  if (!keep_ || levels_.empty() || levels_.back().array) return;
  if (is_key_) {
    levels_.back().key = std::move(text_);
  } else if (levels_.size() == 1 && list_fields_.size() < kMaxListFields && text_.size() < kMaxListField) {
    list_fields_.emplace(levels_.back().key, std::move(text_));
  }
  text_.clear();
}

JsonRows::Row JsonRows::next(std::string& row) {
  for (;;) {
    const std::string_view block = input_.peek(1).empty() ? std::string_view() : input_.peek(kBlock);
    if (block.empty()) {
      const bool open = depth_ > 0 && (row_depth_ > 0 || alone_);
      depth_ = row_depth_ = 0;
      alone_ = in_string_ = false;
      levels_.clear();
      return open || !input_.error().empty() ? Row::cut_off : Row::end;
    }
    size_t from = 0, at = 0;  // bytes of the block from `from` on are not yet in the row
    const auto take = [&] {
      if ((row_depth_ > 0 || alone_) && !too_long_) {
        too_long_ = row_.size() + (at - from) > max_row_bytes_;
        if (!too_long_) row_.append(block.substr(from, at - from));
        if (too_long_) row_.clear();
      }
      from = at;
    };
    for (; at < block.size(); ++at) {
      const char c = block[at];
      if (in_string_) {
        // A text holds no bare line end: here a quotation mark is lost.
        if (c == '\n') {
          end_string();
        } else if (escaped_) {
          escaped_ = false;
        } else if (c == '\\') {
          escaped_ = true;
        } else if (c == '"') {
          end_string();
          continue;
        }
        if (in_string_ && keep_ && text_.size() < kMaxListField) text_ += c;
        continue;
      }
      switch (c) {
        case '"':
          in_string_ = true;
          escaped_ = false;
          keep_ = row_depth_ == 0 && depth_ == levels_.size() && !levels_.empty();
          text_.clear();
          break;
        case ':':
          if (row_depth_ == 0) is_key_ = false;
          break;
        case ',':
          if (row_depth_ == 0) is_key_ = true;
          break;
        case '{':
        case '[': {
          const bool was_alone = alone_, was_row = row_depth_ > 0;
          if (was_row) {
            open(c);
            break;
          }
          take();
          open(c);
          is_key_ = c == '{';
          // A list of rows in an object: the object is no report itself.
          if (was_alone && row_depth_ > 0) row_.clear();
          from = at;
          break;
        }
        case '}':
        case ']':
          if (!close()) break;
          ++at;
          // The last bracket belongs to the row.
          if (!too_long_ && row_.size() + (at - from) <= max_row_bytes_) {
            row_.append(block.substr(from, at - from));
          } else {
            too_long_ = true;
          }
          input_.skip(at);
          alone_ = false;
          row = std::exchange(row_, {});
          return std::exchange(too_long_, false) ? Row::too_long : Row::row;
        default: break;
      }
    }
    take();
    input_.skip(at);
  }
}

}  // namespace demarche::ingest
