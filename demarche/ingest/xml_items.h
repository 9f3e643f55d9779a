// A feed or sitemap of any size -> its items' XML, one at a time: a broken item costs itself, not the rest. Private to ingest/.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/ingest/stream.h"

namespace demarche::ingest {

class XmlItems {
 public:
  // `names`: elements that are items ("item", "entry"); one that begins within another ends it.
  XmlItems(Input& input, std::vector<std::string_view> names, uint64_t max_item_bytes) : input_(input), names_(std::move(names)), max_item_bytes_(max_item_bytes) {}

  enum class Item : uint8_t { item, too_long, cut_off, end };
  // The next item with its tags, as a document of its own for a parser: the declaration of the whole before it, no NUL bytes.
  Item next(std::string& item);
  // What stands before the first item, up to kMaxHead bytes; whole once the first item is given.
  const std::string& head() const { return head_; }

 private:
  static constexpr size_t kMaxHead = size_t{256} << 10;
  void take(size_t bytes);
  bool take_through(std::string_view end);
  bool is_item(std::string_view name) const;
  Item give(std::string& item, Item as);

  Input& input_;
  std::vector<std::string_view> names_;
  uint64_t max_item_bytes_;
  std::string head_, item_;
  bool open_ = false, any_ = false, too_long_ = false;
};

// The value of a simple element within an item, character references resolved: <loc>https://a.example/?a=1&amp;b=2</loc>. Empty when absent.
std::string xml_text_of(std::string_view item, std::string_view element);

}  // namespace demarche::ingest
