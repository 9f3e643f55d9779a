// A page's tree -> its article: body, title, outlet, dates, captions. Private to article/.
#pragma once

#include <string_view>

#include "demarche/article/dom.h"
#include "demarche/article/rules.h"
#include "demarche/core/document.h"

namespace demarche::article {

// `dom` is the tree of `decoded`, the page as UTF-8; what `page` knows besides its bytes stands over what the tree says.
Article read_html_tree(const Dom& dom, std::string_view decoded, const Page& page, const ArticleRules& rules);

}  // namespace demarche::article
