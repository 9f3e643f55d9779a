// Page -> Article: the decoded page without its furniture, with title, outlet, authors and dates.
// Input: one Page (HTML, text with a site's furniture, or an article as it stands). Output: the article; oddities as diagnostics
// ("article.no_text"). Never fails: a page without an article gives an empty text. Thread safe.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "demarche/core/document.h"

namespace demarche {

// Immutable after loading; share it between threads.
class ArticleRules;
struct ArticleRulesDeleter {
  void operator()(const ArticleRules* p) const;
};
using ArticleRulesPtr = std::unique_ptr<const ArticleRules, ArticleRulesDeleter>;

// Reads this stage's files below `data_dir`. Throws Error with file, line and caret when one is broken.
ArticleRulesPtr load_article_rules(const std::filesystem::path& data_dir);

Article extract_article(const Page& page, const ArticleRules& rules, std::vector<Diagnostic>& diagnostics);

}  // namespace demarche
