// Live pages: which of the article's blocks begin an entry, and when it was written. Private to article/.
#pragma once

#include <string>
#include <vector>

#include "demarche/article/body.h"
#include "demarche/article/date_text.h"

namespace demarche::article {

struct LiveBlock {
  uint32_t block = 0;  // index into PageBlocks::blocks: the first of an entry
  Day day;
  std::string time;    // as FoundDate::time
};

// Entries by structure: elements with an instant, each with prose of its own. Empty for pages that are no live page.
// `known`: the page says so itself (JSON-LD LiveBlogPosting), so that two entries are enough.
std::vector<LiveBlock> find_live_blocks(const Dom& dom, const BodyParts& parts, const DateReader& dates, bool known);

}  // namespace demarche::article
