// Puts an article's text together from pieces of the decoded page and keeps the map back. Private to article/.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/core/document.h"
#include "demarche/article/decode.h"

namespace demarche::article {

// White space is folded as it comes: runs become one space, none at the ends of a paragraph.
class TextBuilder {
 public:
  // `page` is the decoded page that every piece points into.
  TextBuilder(std::string_view page, const CharacterReferences* references) : page_(page), references_(references) {}

  // More of the current paragraph. Character references are resolved if there is a table for them.
  void add(std::string_view piece);
  void line_break();  // one newline within the paragraph
  void end_paragraph();
  // Text that stands nowhere in the page in this form (from metadata).
  void add_foreign(std::string_view text);

  std::string& text() { return text_; }
  std::vector<PageSegment>& segments() { return segments_; }

 private:
  void put(std::string_view bytes, uint32_t page_offset, bool exact);
  void put_space();

  std::string_view page_;
  const CharacterReferences* references_;
  std::string text_, buffer_;
  std::vector<PageSegment> segments_;
  bool space_ = false, newline_ = false, in_paragraph_ = false;
  bool last_exact_ = false;  // the last segment stands in the page byte for byte, so that more can join it
};

}  // namespace demarche::article
