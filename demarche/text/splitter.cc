// A gap between two pieces is settled in this order. A line break behind a full stop, before a bullet, or behind a line
// too short to be wrapped ends a sentence. Behind an abbreviation the next word may tell (abbreviation_ends). The dash of
// a dateline ends nothing. For the rest the classifier decides, except that a quotation that closes with ? or ! goes on
// when its speaker follows.
#include "demarche/text/splitter.h"

#include <algorithm>
#include <optional>
#include <string>

#include "demarche/text/chars.h"

namespace demarche {
namespace {

// Log odds above which a sentence ends. Measured on EWT and GUM dev with the classifier's own history: between -1 and 0
// the sentences' F1 differs by less than half a point.
constexpr float kThreshold = -0.25F;
// The same for a plain full stop (with its closing quotation mark) before a capital, which the treebanks' letters and
// reviews leave in more doubt than news does.
constexpr float kPlainThreshold = -2.5F;

// The same behind a colon or a dash and before an opening quotation mark: in news these stand inside sentences, and what
// is said must stay with who says it.
constexpr float kInnerThreshold = 2.0F;

// A wrapped text has lines of about the same width; one shorter than this share of the longest was ended on purpose.
constexpr double kShortLine = 0.6;
// Longer lines, in bytes, were not wrapped by hand or by mail: each is a paragraph of its own.
constexpr uint32_t kWrapWidth = 120;

constexpr size_t kLongestDateline = 16;  // in pieces
constexpr size_t kLongestSpeaker = 9;    // in words, behind a quotation
constexpr size_t kLongestAddressee = 3;

bool ends_sentence(Shape s) { return s == Shape::stop || s == Shape::question || s == Shape::exclamation || s == Shape::stops || s == Shape::dots; }

bool opens_sentence(Shape s) {
  return s == Shape::capitalised || s == Shape::capital || s == Shape::capitals || s == Shape::open_quote || s == Shape::number || s == Shape::title_abbreviation ||
         s == Shape::opening || s == Shape::bullet || s == Shape::dash || s == Shape::rule;
}

class Splitter {
 public:
  Splitter(std::string_view text, const std::vector<Piece>& pieces, const TextLexicon& lexicon, const BoundaryModel& model)
      : text_(text), pieces_(pieces), lexicon_(lexicon), model_(model), context_(text, pieces) {}

  std::vector<uint8_t> run() {
    std::vector<uint8_t> ends(pieces_.size(), 0);
    const uint32_t widest = widest_line();
    size_t first = 0;                             // of the sentence
    uint32_t line_begin = pieces_[0].span.begin;  // in bytes
    for (size_t i = 0; i + 1 < pieces_.size(); ++i) {
      bool end = false;
      if (pieces_[i + 1].newline_before) {
        end = line_ends_sentence(i, pieces_[i].span.end - line_begin, widest);
        line_begin = pieces_[i + 1].span.begin;
      }
      if (!end) end = words_end_sentence(i, first);
      ends[i] = end;
      if (end) first = i + 1;
    }
    ends.back() = 1;
    return ends;
  }

 private:
  std::string_view form(size_t at) const { return at < pieces_.size() ? text_of(text_, pieces_[at].span) : std::string_view(); }
  Shape shape(size_t at) const { return context_.shape(at); }

  uint32_t widest_line() const {
    uint32_t widest = 0, begin = pieces_.front().span.begin;
    for (const Piece& piece : pieces_) {
      if (piece.newline_before) begin = piece.span.begin;
      widest = std::max(widest, piece.span.end - begin);
    }
    return widest;
  }

  // Whether the line break behind piece `at` ends a sentence whatever the words are.
  bool line_ends_sentence(size_t at, uint32_t line_width, uint32_t widest) const {
    const Shape left = shape(at), right = shape(at + 1);
    if (ends_sentence(left)) return true;
    if ((left == Shape::close_quote || left == Shape::closing) && at > 0 && ends_sentence(shape(at - 1))) return true;
    if (right == Shape::bullet || right == Shape::rule || left == Shape::rule) return true;
    if (left == Shape::comma || !opens_sentence(right)) return false;
    return widest > kWrapWidth || line_width < kShortLine * widest;
  }

  // "8. 40am": a full stop inside a time of day, with a space gone astray.
  bool inside_clock(size_t at) const {
    const auto digits = [](std::string_view word, size_t most) {
      return !word.empty() && word.size() <= most && word.find_first_not_of("0123456789") == std::string_view::npos;
    };
    const std::string_view minutes = form(at + 1), half = form(at + 2);
    if (at == 0 || form(at) != "." || pieces_[at].space_before || !digits(form(at - 1), 2) || minutes.size() != 2 || !digits(minutes, 2))
      return false;
    return half == "am" || half == "pm" || half == "a.m." || half == "p.m.";
  }

  bool words_end_sentence(size_t at, size_t first) const {
    if (inside_clock(at)) return false;
    if (pieces_[at + 1].space_before)
      if (const std::optional<bool> told = abbreviation_ends(at)) return *told;
    if (!context_.candidate(at) || (first == 0 && dateline(at))) return false;
    return model_.score(context_.features(at, first)) > threshold(at) && !quotation_goes_on(at);
  }

  // Whether a sentence ends between an abbreviation's full stop and the next word; nothing when the words do not tell.
  std::optional<bool> abbreviation_ends(size_t at) const {
    const Abbreviation kind = pieces_[at].abbreviation;
    if (kind == Abbreviation::none) return std::nullopt;
    const SentenceStart* start = lexicon_.sentence_starts.find(form(at + 1));
    const std::string_view word = form(at);
    const bool clock = word == "a.m." || word == "p.m." || word == "A.M." || word == "P.M.";
    if (clock && start && *start == SentenceStart::time) return false;
    if (clock && (form(at + 2) == "time" || form(at + 3) == "time")) return false;  // "6 a.m. New York time"
    if (start && *start == SentenceStart::starter && kind != Abbreviation::title) return true;
    if ((kind == Abbreviation::month || kind == Abbreviation::number) && shape(at + 1) == Shape::number) return false;
    if (kind == Abbreviation::title && !start) return false;
    return std::nullopt;
  }

  float threshold(size_t at) const {
    if (plain_end(at)) return kPlainThreshold;
    const Shape left = shape(at);
    const bool word = left == Shape::capitalised || left == Shape::capitals || left == Shape::lower || left == Shape::number;
    if (left == Shape::colon || left == Shape::dash || (word && shape(at + 1) == Shape::open_quote)) return kInnerThreshold;
    return kThreshold;
  }

  // "... said. He", "... said." He": a full stop that belongs to no abbreviation, then a capital.
  bool plain_end(size_t at) const {
    const Shape left = shape(at), right = shape(at + 1);
    const bool stop = left == Shape::stop || (left == Shape::close_quote && at > 0 && shape(at - 1) == Shape::stop);
    return stop && (right == Shape::capitalised || right == Shape::title_abbreviation || right == Shape::open_quote);
  }

  // "GENEVA (AP) —", "BEIJING, March 3 --": a dash with nothing but names, numbers and marks before it opens the first
  // sentence of its paragraph.
  bool dateline(size_t at) const {
    if (shape(at) != Shape::dash || at > kLongestDateline) return false;
    for (size_t i = 0; i < at; ++i)
      if (shape(i) == Shape::lower || ends_sentence(shape(i))) return false;
    return true;
  }

  const Reporting* reporting(size_t at) const {
    const std::string_view word = form(at);
    if (word.empty() || word.size() > lexicon_.reporting.longest()) return nullptr;
    std::string lower;
    for (const char c : word) lower += ascii_lower(c);
    return lexicon_.reporting.find(lower);
  }

  // Whether the quotation that ends with ? or ! and piece `at` is what the next words' speaker said: a name or office of
  // a few words, a verb of saying, and then nothing that could be its own content. `"Why now?" Kim asked on Friday.`
  bool quotation_goes_on(size_t at) const {
    if (shape(at) != Shape::close_quote || at == 0) return false;
    const Shape mark = shape(at - 1);
    if (mark != Shape::question && mark != Shape::exclamation && mark != Shape::stops) return false;
    for (size_t i = at + 2; i <= at + 1 + kLongestSpeaker && i + 1 < pieces_.size(); ++i) {
      if (ends_sentence(shape(i - 1)) || shape(i - 1) == Shape::open_quote) return false;
      const Reporting* verb = reporting(i);
      if (!verb || *verb == Reporting::follower) continue;
      const size_t last = *verb == Reporting::addressing ? i + 1 + kLongestAddressee : i + 1;
      for (size_t after = i + 1; after <= last; ++after) {
        const Reporting* follower = reporting(after);
        // `Kim said, "..."` has a quotation of its own.
        if (follower && *follower == Reporting::follower && shape(after + 1) != Shape::open_quote) return true;
      }
      return false;
    }
    return false;
  }

  std::string_view text_;
  const std::vector<Piece>& pieces_;
  const TextLexicon& lexicon_;
  const BoundaryModel& model_;
  const BoundaryContext context_;
};

}  // namespace

std::vector<uint8_t> find_sentence_ends(std::string_view text, const std::vector<Piece>& pieces, const TextLexicon& lexicon, const BoundaryModel& model) {
  return pieces.empty() ? std::vector<uint8_t>{} : Splitter(text, pieces, lexicon, model).run();
}

}  // namespace demarche
