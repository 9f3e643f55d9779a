// What JSON-LD (schema.org) on a page tells of its article. Private to article/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "demarche/article/decode.h"

namespace demarche::article {

// An entry of a live page.
struct LinkedEntry {
  std::string headline, body, published;
};

// Empty strings for what is not told.
struct LinkedData {
  std::string type;  // "NewsArticle"
  std::string headline, body, section, url, language, publisher;
  std::string published, modified;  // as written
  std::vector<std::string> authors;
  bool partial = false;             // isAccessibleForFree is false
  std::vector<LinkedEntry> entries; // liveBlogUpdate

  int rank = 0;  // 0: nothing found; 3: an article; 2: something with headline and date; 1: a web page
};

// Of several scripts' contents; the best-ranked object counts, the first of equals. Broken JSON is searched for its dates only.
LinkedData read_linked_data(const std::vector<std::string_view>& scripts, const CharacterReferences& references);

}  // namespace demarche::article
