// One paragraph -> pieces: words and marks in UD English's conventions, before sentence boundaries are known.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "demarche/core/document.h"
#include "demarche/text/lexicon.h"

namespace demarche {

struct Piece {
  Span span;
  bool space_before = false;
  bool newline_before = false;
  bool glued_stop = false;  // a full stop, ! or ? with the next sentence's first word written straight after it
  // The piece ends in a full stop that belongs to it.
  Abbreviation abbreviation = Abbreviation::none;
};

struct Pieces {
  std::vector<Piece> pieces;
  std::vector<MultiwordToken> multiword;  // over `pieces`, in order
};

// Appends the pieces of `text[paragraph]`; pieces cover all that is no white space, in order. O(length).
void tokenize(std::string_view text, Span paragraph, const TextLexicon& lexicon, Pieces& out);

}  // namespace demarche
