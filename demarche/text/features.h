// What the boundary classifier looks at: hashed features of the gap behind a piece. Shared by the program and by the
// tool that writes training examples, so both always see the same.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "demarche/text/tokenizer.h"

namespace demarche {

// Raise when any feature changes: a model names the version that it was trained with.
inline constexpr uint32_t kBoundaryFeatureVersion = 2;
inline constexpr size_t kBoundaryFeatures = 41;  // of one gap

enum class Shape : uint8_t {
  outside, lower, capitalised, capital, capitals, number, mixed, stop, question, exclamation, dots, stops, comma, colon,
  semicolon, dash, opening, closing, open_quote, close_quote, quote, symbol, rule, bullet, abbreviation, title_abbreviation,
  address, slash
};

// A paragraph's pieces as the features see them. Built once per paragraph, O(pieces).
class BoundaryContext {
 public:
  BoundaryContext(std::string_view text, const std::vector<Piece>& pieces);

  size_t size() const { return views_.size(); }
  // Whether a sentence might end behind piece `at`; the classifier is asked only then.
  bool candidate(size_t at) const;
  // Features of the gap behind piece `at`, of a sentence that began with piece `first`.
  std::array<uint32_t, kBoundaryFeatures> features(size_t at, size_t first) const;
  Shape shape(size_t at) const { return at < views_.size() ? views_[at].shape : Shape::outside; }

 private:
  struct View {
    uint32_t word = 0;    // hash of the lower-case form
    uint32_t suffix = 0;  // hash of its last three bytes
    Shape shape = Shape::outside;
    uint8_t gap = 0;      // before the piece: 0 glued, 1 space, 2 line break
    uint8_t state = 0;    // behind the piece: quotation open, brackets open
    uint8_t next_stop = 0;  // pieces to the next full stop, question or exclamation mark, in classes
    uint8_t capitals = 0;   // of the next four words, those with a capital
  };
  const View& view(size_t at, int offset) const;
  void add_look_ahead();

  std::vector<View> views_;
  View outside_;
  uint32_t informal_ = 0;  // how the paragraph treats capitals behind full stops
};

}  // namespace demarche
