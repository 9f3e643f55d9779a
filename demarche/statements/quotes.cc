// A mark opens or closes by its shape where it has one (curly), else by its neighbours: an opening mark stands after white
// space or a bracket and before a word, a closing mark the other way round; where both fit, it closes what is open. A single
// mark between letters is an apostrophe. Open marks are kept on a small stack for each paragraph; what is still open at
// the paragraph's end stays unclosed and, when the next paragraph begins with an opening mark, is carried on.

#include "demarche/statements/quotes.h"

#include <algorithm>

#include "demarche/core/utf8.h"

namespace demarche::attribution {
namespace {

enum class Shape : uint8_t { none, open_double, close_double, straight_double, open_single, close_single, straight_single };

struct Mark {
  Shape shape = Shape::none;
  uint32_t size = 1;
};

struct Open {
  uint32_t begin = 0;  // of the mark
  uint32_t inner = 0;  // after it
  bool single = false;
  bool straight = false;
  bool continues = false;
};

bool is_space(char32_t c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0xA0 || c == 0x2009 || c == 0x202F; }
bool is_word(char32_t c) { return c >= 0x80 ? !(c >= 0x2000 && c <= 0x206F) && c != 0xA0 && c != 0xAB && c != 0xBB : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class QuoteFinder {
 public:
  QuoteFinder(std::string_view text, uint32_t from) : text_(text), at_(from) {}

  std::vector<QuoteSpan> run() {
    char32_t previous = '\n';
    while (at_ < text_.size()) {
      if (text_[at_] == '\n' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') {
        end_paragraph(at_);
        while (at_ < text_.size() && text_[at_] == '\n') ++at_;
        ++paragraph_;
        paragraph_begin_ = true;
        previous = '\n';
        continue;
      }
      const CodePoint here = code_point_at(text_, at_);
      const Mark mark = mark_at(here);
      if (mark.shape != Shape::none) {
        take(mark, previous);
        // For the next mark's neighbours a mark counts as a space when it opened and as punctuation when it closed.
        previous = last_opened_ ? U' ' : U'"';
        at_ += mark.size;
      } else {
        previous = here.value;
        at_ += here.size;
        if (!is_space(here.value)) paragraph_begin_ = false;
      }
    }
    end_paragraph(static_cast<uint32_t>(text_.size()));
    std::sort(spans_.begin(), spans_.end(), [](const QuoteSpan& a, const QuoteSpan& b) { return a.outer.begin < b.outer.begin; });
    return std::move(spans_);
  }

 private:
  Mark mark_at(CodePoint here) const {
    switch (here.value) {
      case U'\u201C': case U'\u00AB': case U'\u201E': return {Shape::open_double, here.size};
      case U'\u201D': case U'\u00BB': return {Shape::close_double, here.size};
      case U'"': case U'\uFF02': return {Shape::straight_double, here.size};
      case U'\u2018': case U'\u201A': case U'\u2039': return {Shape::open_single, here.size};
      case U'\u2019': case U'\u203A': return {Shape::close_single, here.size};
      case U'`': return text_.substr(at_, 2) == "``" ? Mark{Shape::open_double, 2} : Mark{Shape::none, 1};
      case U'\'': return text_.substr(at_, 2) == "''" ? Mark{Shape::straight_double, 2} : Mark{Shape::straight_single, 1};
      default: return {};
    }
  }

  char32_t next_after(const Mark& mark) const {
    return at_ + mark.size < text_.size() ? code_point_at(text_, at_ + mark.size).value : U'\n';
  }

  int32_t top_of(bool single) const {
    for (size_t i = open_.size(); i-- > 0;)
      if (open_[i].single == single) return static_cast<int32_t>(i);
    return -1;
  }

  void take(const Mark& mark, char32_t previous) {
    const char32_t next = next_after(mark);
    const bool can_open = !is_space(next) && !is_word(previous);
    const bool can_close = !is_space(previous);
    last_opened_ = false;
    switch (mark.shape) {
      case Shape::open_double:
        // Typed the wrong way round: it stands after the words and before a space.
        if (top_of(false) >= 0 && can_close && !can_open) close(mark, false);
        else open(mark, false, false);
        break;
      case Shape::close_double:
        if (top_of(false) >= 0) close(mark, false);
        else if (can_open && !can_close) open(mark, false, false);
        break;
      case Shape::straight_double:
        if (top_of(false) >= 0 && (can_close || !can_open)) close(mark, false);
        else if (can_open || !can_close || paragraph_begin_) open(mark, false, true);
        break;
      case Shape::open_single:
        if (!is_word(previous)) open(mark, true, false);
        break;
      case Shape::close_single:
        if (top_of(true) >= 0 && !is_word(next) && can_close) close(mark, true);
        break;
      case Shape::straight_single:
        if (is_word(previous) && is_word(next)) break;  // don't
        if (top_of(true) >= 0 && !is_word(next) && can_close) close(mark, true);
        else if (can_open && !is_word(previous) && !(next >= U'0' && next <= U'9') && closes_soon(at_ + mark.size)) open(mark, true, true);
        break;
      case Shape::none: break;
    }
    paragraph_begin_ = false;
  }

  // Whether a straight single mark that could open finds its closing mark near by: else it is an apostrophe ('90s, 'em).
  bool closes_soon(size_t from) const {
    constexpr size_t kWindow = 400;  // bytes; a longer single-quoted passage in straight marks was not met
    const size_t end = std::min(text_.size(), from + kWindow);
    for (size_t i = from; i < end; ++i) {
      if (text_[i] == '\n') return false;
      if (text_[i] != '\'' || i == from) continue;
      const char before = text_[i - 1], after = i + 1 < text_.size() ? text_[i + 1] : '\n';
      const bool letter_after = is_word(static_cast<unsigned char>(after));
      const bool letter_before = is_word(static_cast<unsigned char>(before));
      if (!letter_after && before != ' ' && (before != 's' || after != ' ' || !letter_before || i - from > 3)) return true;
    }
    return false;
  }

  void open(const Mark& mark, bool single, bool straight) {
    if (open_.size() >= kMaxQuoteDepth) return;
    const bool continues = paragraph_begin_ && carried_ && !single;
    open_.push_back({at_, at_ + mark.size, single, straight, continues});
    last_opened_ = true;
  }

  void close(const Mark& mark, bool single) {
    const auto top = static_cast<size_t>(top_of(single));
    // A mark that closes an outer quotation leaves the inner ones unclosed up to here.
    while (open_.size() > top + 1) finish(at_, at_, false);
    finish(at_, at_ + mark.size, true);
  }

  // Takes the top of the stack off and keeps it unless nothing stands inside.
  void finish(uint32_t inner_end, uint32_t outer_end, bool closed) {
    const Open top = open_.back();
    open_.pop_back();
    uint32_t begin = top.inner, end = inner_end;
    while (begin < end && is_space(static_cast<unsigned char>(text_[begin]))) ++begin;
    while (end > begin && is_space(static_cast<unsigned char>(text_[end - 1]))) --end;
    if (begin >= end) return;
    const bool has_word = std::any_of(text_.begin() + begin, text_.begin() + std::min<size_t>(end, begin + 64), [](char c) { return is_word(static_cast<unsigned char>(c)); });
    if (!has_word) return;
    if (!closed && outer_end > end) outer_end = end;
    spans_.push_back({{top.begin, outer_end}, {begin, end}, static_cast<uint32_t>(open_.size()), paragraph_, closed, top.single, false, top.continues});
  }

  void end_paragraph(uint32_t end) {
    carried_ = false;
    if (open_.empty()) return;
    // What the next paragraph begins with decides whether the quotation goes on.
    size_t next = end;
    while (next < text_.size() && text_[next] == '\n') ++next;
    bool goes_on = false;
    if (next < text_.size()) {
      const char32_t c = code_point_at(text_, next).value;
      goes_on = c == U'\u201C' || c == U'"' || c == U'\u00AB' || text_.substr(next, 2) == "``";
    }
    while (open_.size() > 1) finish(end, end, false);
    // A mark that was never closed ends where the next quotation begins, which then stands on its own.
    uint32_t cut = end;
    if (!goes_on)
      for (size_t i = 0; i < spans_.size() && spans_[spans_.size() - 1 - i].paragraph == paragraph_; ++i) {
        QuoteSpan& inside = spans_[spans_.size() - 1 - i];
        if (inside.outer.begin < open_.front().begin) continue;
        if (inside.depth > 0) --inside.depth;
        cut = std::min(cut, inside.outer.begin);
      }
    if (cut < end) end = cut;
    const bool is_double = !open_.front().single;
    const size_t before = spans_.size();
    finish(end, end, false);
    carried_ = goes_on && is_double && spans_.size() > before;
    if (carried_) spans_.back().carried_on = true;
  }

  std::string_view text_;
  uint32_t at_ = 0;
  uint32_t paragraph_ = 0;
  bool paragraph_begin_ = true;
  bool carried_ = false;
  bool last_opened_ = false;
  std::vector<Open> open_;
  std::vector<QuoteSpan> spans_;
};

}  // namespace

std::vector<QuoteSpan> find_quotes(std::string_view text, uint32_t from) { return QuoteFinder(text, from).run(); }

}  // namespace demarche::attribution
