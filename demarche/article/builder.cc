#include "demarche/article/builder.h"

#include <algorithm>

namespace demarche::article {
namespace {

// Invisible characters that only get in the way: soft hyphen, zero-width space and joiners' kin, byte order mark, word joiner.
bool is_invisible(std::string_view c) { return c == "\xc2\xad" || c == "\xe2\x80\x8b" || c == "\xef\xbb\xbf" || c == "\xe2\x81\xa0"; }
bool is_wide_space(std::string_view c) {
  return c == "\xc2\xa0" || c == "\xe3\x80\x80" || c == "\xe2\x80\xa8" || c == "\xe2\x80\xa9" || c == "\xe2\x80\xaf" || (c.size() == 3 && c >= "\xe2\x80\x80" && c <= "\xe2\x80\x8a");
}
bool is_ascii_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }

}  // namespace

void TextBuilder::put_space() {
  if (!in_paragraph_) {
    if (!text_.empty()) text_ += "\n\n";
  } else if (newline_) {
    text_ += '\n';
  } else if (space_) {
    text_ += ' ';
  }
  in_paragraph_ = true;
  space_ = newline_ = false;
}

void TextBuilder::put(std::string_view bytes, uint32_t page_offset, bool exact) {
  if (bytes.empty()) return;
  put_space();
  const auto begin = static_cast<uint32_t>(text_.size());
  text_.append(bytes);
  const auto end = static_cast<uint32_t>(text_.size());
  if (!segments_.empty() && exact && last_exact_) {
    PageSegment& last = segments_.back();
    if (last.text.end == begin && last.page_offset + last.text.size() == page_offset) {
      last.text.end = end;
      return;
    }
    // One space in both: the segment goes on over it.
    if (last.text.end + 1 == begin && last.page_offset + last.text.size() + 1 == page_offset && page_[page_offset - 1] == ' ' && text_[begin - 1] == ' ') {
      last.text.end = end;
      return;
    }
  }
  segments_.push_back({{begin, end}, page_offset});
  last_exact_ = exact;
}

void TextBuilder::add(std::string_view piece) {
  const auto base = static_cast<uint32_t>(piece.data() - page_.data());
  size_t from = 0, at = 0;
  const auto flush = [&](size_t end) {
    put(piece.substr(from, end - from), base + static_cast<uint32_t>(from), true);
  };
  while (at < piece.size()) {
    const char c = piece[at];
    const auto u = static_cast<unsigned char>(c);
    if (is_ascii_space(c)) {
      flush(at);
      space_ = true;
      from = ++at;
    } else if (c == '&' && references_ != nullptr) {
      const CharacterReferences::Match match = references_->match(piece.substr(at), buffer_);
      if (match.length == 0) {
        ++at;
        continue;
      }
      flush(at);
      if (is_wide_space(match.characters) || match.characters == "\n" || match.characters == "\t" || match.characters == " ") {
        space_ = true;
      } else if (!is_invisible(match.characters)) {
        put(match.characters, base + static_cast<uint32_t>(at), false);
      }
      from = at += match.length;
    } else if (u == 0xc2 || u == 0xe2 || u == 0xe3 || u == 0xef) {
      const std::string_view character = piece.substr(at, u == 0xc2 ? 2 : 3);
      if (is_wide_space(character) || is_invisible(character)) {
        flush(at);
        if (is_wide_space(character)) space_ = true;
        from = at += character.size();
      } else {
        at += character.size();
      }
    } else if (u < 0x20 || u == 0x7f) {
      flush(at);
      from = ++at;
    } else {
      ++at;
    }
  }
  flush(std::min(at, piece.size()));
}

void TextBuilder::line_break() {
  if (in_paragraph_) newline_ = true;
}

void TextBuilder::end_paragraph() {
  in_paragraph_ = false;
  space_ = newline_ = false;
}

void TextBuilder::add_foreign(std::string_view text) {
  size_t from = 0;
  while (from < text.size()) {
    size_t end = from;
    while (end < text.size() && !is_ascii_space(text[end])) ++end;
    if (end > from) {
      put_space();
      text_.append(text.substr(from, end - from));
    }
    if (end < text.size()) space_ = true;
    from = end + 1;
  }
}

}  // namespace demarche::article
