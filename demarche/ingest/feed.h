// RSS, Atom and RDF feeds: one page an item that holds its whole text. Private to ingest/.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "demarche/core/document.h"
#include "demarche/ingest/stream.h"

namespace demarche::ingest {

class FeedReader {
 public:
  explicit FeedReader(Input& input);
  ~FeedReader();
  FeedReader(const FeedReader&) = delete;  // owns a parser over the input
  FeedReader& operator=(const FeedReader&) = delete;

  // The next item with a text; Page::id and read_from stay empty where the item has no address. Items that hold only a teaser are
  // passed over and told of once, at the end. A failure is the end of a sentence that begins with the path.
  std::optional<Result<Page>> next();

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace demarche::ingest
