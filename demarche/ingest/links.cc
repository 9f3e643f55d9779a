#include "demarche/ingest/links.h"

#include <utility>

#include "demarche/ingest/dates.h"
#include "demarche/ingest/feed.h"
#include "demarche/ingest/json_rows.h"
#include "demarche/ingest/rules.h"
#include "demarche/ingest/sniff.h"
#include "demarche/ingest/xml_items.h"

namespace demarche::ingest {
namespace {

constexpr uint64_t kMaxItem = uint64_t{16} << 20;

std::vector<SourceLink> sitemap_links(Input& input) {
  std::vector<SourceLink> out;
  XmlItems items(input, {"url", "sitemap"}, 1 << 20);
  std::string item;
  for (auto got = items.next(item); got != XmlItems::Item::end && out.size() < kMaxLinks; got = items.next(item)) {
    if (got == XmlItems::Item::cut_off && item.empty()) break;
    SourceLink link;
    link.url = xml_text_of(item, "loc");
    const std::string changed = xml_text_of(item, "lastmod"), news = xml_text_of(item, "news:publication_date");
    link.day = parse_source_date(changed.empty() ? news : changed);
    link.list = item.find("<sitemap") != std::string::npos;
    if (!link.url.empty()) out.push_back(std::move(link));
    item.clear();
    if (got == XmlItems::Item::cut_off) break;
  }
  return out;
}

std::vector<SourceLink> feed_links(Input& input) {
  std::vector<SourceLink> out;
  FeedItems items(input, kMaxItem);
  while (out.size() < kMaxLinks) {
    const auto item = items.next();
    if (!item) break;
    if (!*item) continue;
    SourceLink link;
    link.url = (*item)->link.empty() ? (*item)->address() : (*item)->link;
    link.day = parse_source_date((*item)->updated.empty() ? (*item)->date : (*item)->updated);
    if (!link.url.empty()) out.push_back(std::move(link));
  }
  return out;
}

std::vector<SourceLink> json_links(Input& input, const JsonFields& names) {
  std::vector<SourceLink> out;
  JsonRows rows(input, names, kMaxItem);
  std::string row;
  for (auto got = rows.next(row); got != JsonRows::Row::end && got != JsonRows::Row::cut_off && out.size() < kMaxLinks; got = rows.next(row)) {
    if (got != JsonRows::Row::row) continue;
    auto parsed = parse_json_page(row, names);
    if (parsed && parsed->page.url) out.push_back({std::move(*parsed.value().page.url), parsed->page.given_date, false});
  }
  return out;
}

}  // namespace

std::optional<std::vector<SourceLink>> read_links(std::string bytes, const IngestRules* rules) {
  const Content content = sniff(std::string_view(bytes).substr(0, kSniffBytes), "");
  if (content != Content::sitemap && content != Content::feed && content != Content::json && content != Content::jsonl) return std::nullopt;
  Input input(open_bytes(std::move(bytes)));
  if (content == Content::sitemap) return sitemap_links(input);
  if (content == Content::feed) return feed_links(input);
  return json_links(input, rules != nullptr ? rules->json_fields : JsonFields());
}

}  // namespace demarche::ingest
