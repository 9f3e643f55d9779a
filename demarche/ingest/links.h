// Lists of addresses: feeds, sitemaps and their indexes, JSON of news services. For fetch/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/core/calendar.h"
#include "demarche/ingest/ingest.h"

namespace demarche::ingest {

struct SourceLink {
  std::string url;         // as it stands: may be relative to the list's own address
  std::optional<Day> day;  // published or last changed
  bool list = false;       // a list itself: an entry of a sitemap index
};

// The addresses in the order of the list; nothing when `bytes` are no list. At most kMaxLinks; one list holds 50,000 by sitemaps.org.
inline constexpr size_t kMaxLinks = 100'000;
std::optional<std::vector<SourceLink>> read_links(std::string bytes, const IngestRules* rules);

}  // namespace demarche::ingest
