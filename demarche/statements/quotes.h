// Quotation marks, paired within paragraphs: curly, straight, single, double, guillemets, nested, left open, carried on
// over paragraphs. Linear in the text; holds no state. Thread safe.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "demarche/core/span.h"

namespace demarche::attribution {

// One quotation. `outer` includes the marks that are there, `inner` what stands between them without the space at its ends.
struct QuoteSpan {
  Span outer;
  Span inner;
  uint32_t depth = 0;        // 0: inside no other quotation
  uint32_t paragraph = 0;    // counted from 0 by blank lines
  bool closed = true;        // false: no closing mark; then it ends with its paragraph
  bool single = false;       // single marks
  bool carried_on = false;   // unclosed, and the next paragraph opens with a mark: it goes on there
  bool continues = false;    // the quotation of the paragraph before goes on here

  bool operator==(const QuoteSpan&) const = default;
};

// Deepest nesting that is kept; marks beyond it are text. News has two levels, three in court reports.
inline constexpr uint32_t kMaxQuoteDepth = 8;

// By position of the opening mark. Marks before `from` are not looked at. Every span lies inside the text, spans of one
// depth do not overlap, and none is empty inside.
std::vector<QuoteSpan> find_quotes(std::string_view text, uint32_t from);

}  // namespace demarche::attribution
