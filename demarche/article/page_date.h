// When a page says it was published, and last changed. Private to article/.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "demarche/article/body.h"
#include "demarche/article/metadata.h"

namespace demarche::article {

struct PageDates {
  Published published;
  std::optional<std::string> modified;
};

// `url`: where the page is known to come from; empty when unknown.
PageDates read_page_dates(const Dom& dom, const BodyParts& parts, const PageMetadata& metadata, std::string_view url, const ArticleRules& rules);

}  // namespace demarche::article
