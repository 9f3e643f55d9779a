// Which parts of a page's tree are the article. Private to article/.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "demarche/article/dom.h"
#include "demarche/article/metadata.h"
#include "demarche/article/rules.h"

namespace demarche::article {

inline constexpr uint32_t kLineBreak = UINT32_MAX - 1;  // stands for <br> among text nodes

// A run of text between two block boundaries.
struct Block {
  uint32_t owner = 0;                // innermost block element
  uint32_t begin = 0, end = 0;       // its text nodes in PageBlocks::texts
  uint32_t bytes = 0, link_bytes = 0;
  Tag kind = Tag::p;                 // p, li, td, h2 (any heading), blockquote, pre, figcaption
};

struct PageBlocks {
  std::vector<uint32_t> texts;  // text nodes in document order, or kLineBreak
  std::vector<Block> blocks;
};

struct BodyParts {
  PageBlocks page;
  PageBlocks whole;                // the same blocks with the furniture within their lines, which may be a date
  std::vector<uint32_t> body;      // blocks of the article, in order
  std::vector<uint32_t> captions;  // blocks that are captions near the article
  std::vector<bool> dropped;       // by node: no part of the body
  std::vector<bool> elsewhere;     // by node: belongs to something else (related links, comments, navigation); its dates are not the article's
  std::vector<bool> foreign;       // by node: elsewhere beyond doubt (navigation, related links, comments)
  std::vector<bool> stamped;       // by node: a class name speaks of a date or byline
  uint32_t container = 0;          // the smallest element that holds the body
};

// Number of the block that holds the headline; SIZE_MAX when nobody knows.
size_t heading_block(const Dom& dom, const BodyParts& parts, const PageMetadata& metadata);

BodyParts find_body(const Dom& dom, const ArticleRules& rules, const PageMetadata& metadata);

}  // namespace demarche::article
