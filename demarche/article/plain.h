// Text copied or saved from a page: the article without what stood around it. Private to article/.
#pragma once

#include "demarche/article/rules.h"

namespace demarche::article {

// `text`: decoded; the title that the caller knows, if any, is looked for first.
Article read_plain(std::string_view text, const std::optional<std::string>& known_title, const ArticleRules& rules, std::vector<Diagnostic>& diagnostics);

}  // namespace demarche::article
