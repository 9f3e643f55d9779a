// What the page tells of itself apart from its dates: title, outlet, section, language, address. Private to article/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/article/dom.h"
#include "demarche/article/linked_data.h"
#include "demarche/article/rules.h"

namespace demarche::article {

struct MetaTag {
  std::string name;   // lower case: of name, property, http-equiv or itemprop
  std::string value;  // decoded
};

struct PageMetadata {
  LinkedData linked;
  std::vector<MetaTag> meta;
  std::string html_title;                // of <title>
  std::string title;                     // the headline as metadata or the title element tell it; empty when unknown
  uint32_t heading = kNoNode;            // the h1 (or h2) that holds the headline
  uint32_t headline = kNoNode;           // it, or the part of it that is the headline without what stands over it ("Border | Crossing reopens")
  std::string publisher, section, language, url;
  std::string written_by;                // the agency that metadata name beside the outlet; empty when none
};

PageMetadata read_metadata(const Dom& dom, const ArticleRules& rules);
// Text below a node, white space folded, without what is never shown.
std::string visible_text(const Dom& dom, uint32_t node, const CharacterReferences& references);
// Runs of white space as one space, none at the ends.
std::string squeeze(std::string_view text);
// Share of the words of the shorter one that stand in the other, in [0, 1]. Letters and digits only, case folded.
double word_overlap(std::string_view a, std::string_view b);
// First value among these names, in the order of the names; empty when none.
std::string meta_value(const PageMetadata& metadata, std::initializer_list<std::string_view> names);

}  // namespace demarche::article
