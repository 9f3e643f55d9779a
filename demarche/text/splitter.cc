// A gap between two pieces is settled in this order: gaps that cannot end a sentence are left out (candidate); a line
// break behind a full stop, before a bullet or behind a line too short to be wrapped ends one; else the classifier decides.
#include "demarche/text/splitter.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "demarche/text/chars.h"

namespace demarche {
namespace {

// Log odds above which a sentence ends. Measured on EWT and GUM dev with the classifier's own history: between -1.5 and 0
// the sentences' F1 differs by less than half a point.
constexpr float kThreshold = -0.25F;

// The same for a plain full stop (with its closing quotation mark) before a capital, which the treebanks' letters and
// reviews leave in more doubt than news does.
constexpr float kPlainThreshold = -2.5F;

// A wrapped text has lines of about the same width; one shorter than this share of the longest was ended on purpose.
constexpr double kShortLine = 0.6;
// Longer lines were not wrapped by hand or by mail: each is a paragraph of its own.
constexpr uint32_t kWrapWidth = 120;

bool ends_sentence(Shape s) { return s == Shape::stop || s == Shape::question || s == Shape::exclamation || s == Shape::stops || s == Shape::dots; }

bool opens_sentence(Shape s) {
  return s == Shape::capitalised || s == Shape::capital || s == Shape::capitals || s == Shape::open_quote || s == Shape::number || s == Shape::title_abbreviation ||
         s == Shape::opening || s == Shape::bullet || s == Shape::dash || s == Shape::rule;
}

// "... said. He", "... said." He": a full stop that belongs to no abbreviation, then a capital.
bool plain_end(const BoundaryContext& context, size_t at) {
  const Shape left = context.shape(at), right = context.shape(at + 1);
  const bool stop = left == Shape::stop || (left == Shape::close_quote && at > 0 && context.shape(at - 1) == Shape::stop);
  return stop && (right == Shape::capitalised || right == Shape::title_abbreviation || right == Shape::open_quote);
}

const Reporting* reporting(std::string_view text, const std::vector<Piece>& pieces, size_t at, const TextLexicon& lexicon) {
  if (at >= pieces.size()) return nullptr;
  const std::string_view form = text_of(text, pieces[at].span);
  if (form.size() > lexicon.reporting.longest()) return nullptr;
  std::string lower;
  for (const char c : form) lower += ascii_lower(c);
  return lexicon.reporting.find(lower);
}

// Whether the quotation that ends with ? or ! and piece `at` is what the next words' speaker said: a name or office of
// a few words, a verb of saying, and then nothing that could be its own content. `"Why now?" Kim asked on Friday.`
bool quotation_goes_on(std::string_view text, const std::vector<Piece>& pieces, const BoundaryContext& context, const TextLexicon& lexicon, size_t at) {
  constexpr size_t kLongestName = 9, kLongestAddressee = 3;  // in words
  if (context.shape(at) != Shape::close_quote || at == 0) return false;
  const Shape mark = context.shape(at - 1);
  if (mark != Shape::question && mark != Shape::exclamation && mark != Shape::stops) return false;
  for (size_t i = at + 2; i <= at + 1 + kLongestName && i + 1 < pieces.size(); ++i) {
    if (ends_sentence(context.shape(i - 1)) || context.shape(i - 1) == Shape::open_quote) return false;
    const Reporting* verb = reporting(text, pieces, i, lexicon);
    if (!verb || *verb == Reporting::follower) continue;
    const size_t last = *verb == Reporting::addressing ? i + 1 + kLongestAddressee : i + 1;
    for (size_t after = i + 1; after <= last; ++after) {
      const Reporting* follower = reporting(text, pieces, after, lexicon);
      // `Kim said, "..."` has a quotation of its own.
      const bool opens = after + 1 < pieces.size() && context.shape(after + 1) == Shape::open_quote;
      if (follower && *follower == Reporting::follower && !opens) return true;
    }
    return false;
  }
  return false;
}

// Longest line of the paragraph in bytes.
uint32_t widest_line(const std::vector<Piece>& pieces) {
  uint32_t widest = 0, begin = pieces.front().span.begin;
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].newline_before) begin = pieces[i].span.begin;
    widest = std::max(widest, pieces[i].span.end - begin);
  }
  return widest;
}

// Whether the line break behind piece `at` ends a sentence whatever the words are.
bool line_ends_sentence(const BoundaryContext& context, size_t at, uint32_t line_width, uint32_t widest) {
  const Shape left = context.shape(at), right = context.shape(at + 1);
  if (ends_sentence(left)) return true;
  if ((left == Shape::close_quote || left == Shape::closing) && at > 0 && ends_sentence(context.shape(at - 1))) return true;
  if (right == Shape::bullet || right == Shape::rule || left == Shape::rule) return true;
  if (left == Shape::comma || !opens_sentence(right)) return false;
  return widest > kWrapWidth || line_width < kShortLine * widest;
}

}  // namespace

std::vector<uint8_t> find_sentence_ends(std::string_view text, const std::vector<Piece>& pieces, const TextLexicon& lexicon, const BoundaryModel& model) {
  std::vector<uint8_t> ends(pieces.size(), 0);
  if (pieces.empty()) return ends;
  ends.back() = 1;
  const BoundaryContext context(text, pieces);
  const uint32_t widest = widest_line(pieces);
  size_t first = 0;                            // of the sentence
  uint32_t line_begin = pieces[0].span.begin;  // in bytes
  for (size_t i = 0; i + 1 < pieces.size(); ++i) {
    const Piece& next = pieces[i + 1];
    if (next.newline_before) {
      ends[i] = line_ends_sentence(context, i, pieces[i].span.end - line_begin, widest);
      line_begin = next.span.begin;
    }
    if (!ends[i] && context.candidate(i)) ends[i] = model.score(context.features(i, first)) > (plain_end(context, i) ? kPlainThreshold : kThreshold);
    if (ends[i] && !next.newline_before && quotation_goes_on(text, pieces, context, lexicon, i)) ends[i] = 0;
    if (ends[i]) first = i + 1;
  }
  return ends;
}

}  // namespace demarche
