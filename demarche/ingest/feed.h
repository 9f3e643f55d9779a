// RSS, Atom and RDF feeds: one page an item that holds its whole text. Private to ingest/.
#pragma once

#include <optional>
#include <string>

#include "demarche/core/document.h"
#include "demarche/ingest/stream.h"
#include "demarche/ingest/xml_items.h"

namespace demarche::ingest {

// What a feed says of one of its items; texts as they stand in it.
struct FeedItem {
  std::string title, link, guid, date, updated, content, description, section;
  std::vector<std::string> authors;
  bool plain = false;    // the content is text, not HTML
  bool damaged = false;  // its XML breaks off
  // The item's address, from link or guid; empty when neither is one.
  std::string address() const;
};

// Reads item by item; no entity of the feed is expanded and nothing is fetched.
class FeedItems {
 public:
  FeedItems(Input& input, uint64_t max_item_bytes) : items_(input, {"item", "entry"}, max_item_bytes) {}
  // The next item, why one cannot be read (the end of a sentence that begins with the path), or nothing at the end.
  std::optional<Result<FeedItem>> next();
  const std::string& title() const { return title_; }  // the feed's own; known from the first item on
  const std::string& language() const { return language_; }

 private:
  void read_head();
  XmlItems items_;
  std::string title_, language_;
  uint64_t count_ = 0;
  bool done_ = false;
};

class FeedReader {
 public:
  FeedReader(Input& input, uint64_t max_page_bytes) : input_(input), items_(input, max_page_bytes) {}
  // The next item with a text; Page::id and read_from stay empty where the item has no address. Items that hold only a teaser are
  // passed over and told of once, at the end. A failure is the end of a sentence that begins with the path; reading goes on after it.
  std::optional<Result<Page>> next();

 private:
  Input& input_;
  FeedItems items_;
  size_t whole_ = 0, teasers_ = 0;
  bool done_ = false;
};

}  // namespace demarche::ingest
