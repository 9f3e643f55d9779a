#include "demarche/article/html_page.h"

#include "demarche/article/authors.h"
#include "demarche/article/body.h"
#include "demarche/article/builder.h"
#include "demarche/article/dateline.h"
#include "demarche/article/live.h"
#include "demarche/article/metadata.h"
#include "demarche/article/page_date.h"
#include "demarche/core/utf8.h"

namespace demarche::article {
namespace {

void add_block(const Dom& dom, const PageBlocks& page, const Block& block, TextBuilder& builder) {
  for (uint32_t i = block.begin; i < block.end; ++i) {
    if (page.texts[i] == kLineBreak) {
      builder.line_break();
    } else {
      builder.add(dom[page.texts[i]].text);
    }
  }
  builder.end_paragraph();
}

void add_heading(const Dom& dom, uint32_t heading, TextBuilder& builder) {
  for (uint32_t node = heading; node != kNoNode;) {
    const Tag tag = dom[node].tag;
    if (tag == Tag::text) builder.add(dom[node].text);
    if (tag == Tag::br) builder.add(" ");
    const bool unread = tag == Tag::script || tag == Tag::style || tag == Tag::svg || tag == Tag::button;
    node = unread ? dom.after(node, heading) : dom.following(node, heading);
  }
  builder.end_paragraph();
}

std::optional<std::string> told(const std::string& value) { return value.empty() ? std::nullopt : std::optional<std::string>(value); }

// Bytes below which the body of a page for subscribers is taken for its beginning only.
constexpr size_t kShortBody = 1500;

// "To read the full story, subscribe" behind the body.
bool asks_to_read_on(const Dom& dom, const BodyParts& parts, const ArticleRules& rules) {
  const size_t first = parts.body.empty() ? 0 : parts.body.back() + 1;
  for (size_t i = first; i < parts.whole.blocks.size() && i < first + 12; ++i) {
    const Block& block = parts.whole.blocks[i];
    if (block.bytes > 300 || block.end == block.begin || parts.foreign[block.owner]) continue;
    if (rules.outlets.says_partial(visible_text(dom, block.owner, rules.references))) return true;
  }
  return false;
}

// How much longer the text in JSON-LD must be than that of the page for it to stand for it: pages that scripts fill.
constexpr size_t kFuller = 2, kLeastLinked = 500;

// The text of a JSON-LD value: some hold markup.
std::string plain_of(const std::string& value, const ArticleRules& rules) {
  if (value.find("</") == std::string::npos && value.find("<br") == std::string::npos) return rules.references.decode(value);
  std::string out;
  const Dom dom = parse_html(value);
  for (uint32_t node = 0; node != kNoNode; node = dom.following(node, 0)) {
    const Tag tag = dom[node].tag;
    if (tag == Tag::text) out += rules.references.decode(dom[node].text);
    if (tag == Tag::p || tag == Tag::br || tag == Tag::div || tag == Tag::li) out += '\n';
  }
  return out;
}

void add_lines(std::string_view text, TextBuilder& builder) {
  for (size_t from = 0; from <= text.size();) {
    const size_t end = std::min(text.find('\n', from), text.size());
    builder.add_foreign(text.substr(from, end - from));
    builder.end_paragraph();
    from = end + 1;
  }
}

// Puts the body together: the blocks of the page, or what JSON-LD has when the page itself holds hardly any of it.
void write_body(const Dom& dom, const BodyParts& parts, const PageMetadata& metadata, const ArticleRules& rules, TextBuilder& builder, std::vector<DatedEntry>& entries) {
  const auto begin_of_next = [&] { return static_cast<uint32_t>(builder.text().empty() ? 0 : builder.text().size() + 2); };
  size_t bytes = 0, linked = 0;
  for (const uint32_t index : parts.body) bytes += parts.page.blocks[index].bytes;
  for (const LinkedEntry& entry : metadata.linked.entries) linked += entry.body.size();
  if (linked >= kLeastLinked && linked > kFuller * bytes) {
    for (const LinkedEntry& entry : metadata.linked.entries) {
      if (entry.body.empty()) continue;
      if (const auto date = rules.dates.first(entry.published, {false, true}); date && date->has_year) entries.push_back({begin_of_next(), date->day, date->time});
      add_lines(rules.references.decode(entry.headline), builder);
      add_lines(plain_of(entry.body, rules), builder);
    }
    return;
  }
  if (metadata.linked.body.size() >= kLeastLinked && metadata.linked.body.size() > kFuller * bytes) return add_lines(plain_of(metadata.linked.body, rules), builder);
  const std::vector<LiveBlock> live = find_live_blocks(dom, parts, rules.dates, metadata.linked.type == "LiveBlogPosting");
  size_t next = 0;
  for (const uint32_t index : parts.body) {
    if (next < live.size() && live[next].block == index) {
      entries.push_back({begin_of_next(), live[next].day, live[next].time});
      ++next;
    }
    add_block(dom, parts.page, parts.page.blocks[index], builder);
  }
}

// "example.org" of "https://www.example.org/path"; empty for what stands between a page and its readers.
std::string site_of(std::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return "";
  url.remove_prefix(scheme + 3);
  std::string host = fold(url.substr(0, url.find_first_of("/?#:")));
  for (const std::string_view between : {"ampproject.org", "archive.org", "archive.ph", "archive.is", "archive.today", "google.com", "googleusercontent.com", "translate.goog", "localhost"}) {
    if (host.size() >= between.size() && std::string_view(host).substr(host.size() - between.size()) == between) return "";
  }
  // Two labels, or three where the second is one of registries ("co.uk").
  size_t dot = host.rfind('.');
  if (dot == std::string::npos || dot == 0) return "";
  const size_t last = host.size() - dot - 1;
  size_t before = host.rfind('.', dot - 1);
  if (last == 2 && before != std::string::npos && dot - before - 1 <= 3) before = before == 0 ? std::string::npos : host.rfind('.', before - 1);
  return before == std::string::npos ? host : host.substr(before + 1);
}

// Whose article this is when the page says that it is another's: a sentence, metadata, the agency of the dateline or of a last line, an
// address elsewhere that the page calls its own.
std::optional<std::string> find_original_outlet(const Dom& dom, const BodyParts& parts, const PageMetadata& metadata, const Page& page, const ArticleRules& rules, const Article& article) {
  const std::string publisher = fold(article.publisher.value_or(""));
  const auto other = [&](const std::string& name) { return !name.empty() && (publisher.empty() || publisher.find(fold(name)) == std::string::npos); };
  const size_t last = parts.body.empty() ? 0 : parts.body.back(), first = parts.body.empty() ? 0 : parts.body.front();
  for (size_t i = first > 4 ? first - 4 : 0; i < parts.whole.blocks.size() && i < last + 8; ++i) {
    const Block& block = parts.whole.blocks[i];
    if (block.bytes > 400 || block.begin == block.end || parts.foreign[block.owner]) continue;
    if (const auto credited = rules.outlets.credited(visible_text(dom, block.owner, rules.references)); credited && other(*credited)) return credited;
  }
  if (other(metadata.written_by)) return metadata.written_by;
  const std::string_view body = std::string_view(article.text).substr(article.body_start);
  if (const auto dateline = read_dateline(body, rules.dates, {true, false})) {
    const auto agency = rules.outlets.agency(dateline->agency);
    if (agency && other(*agency)) return agency;
  }
  std::string_view line = body.substr(body.rfind('\n') == std::string_view::npos ? 0 : body.rfind('\n') + 1);
  while (!line.empty() && (line.front() == '(' || line.front() == '-' || line.front() == ' ')) line.remove_prefix(1);
  while (!line.empty() && (line.back() == ')' || line.back() == '.' || line.back() == ' ')) line.remove_suffix(1);
  if (const auto agency = rules.outlets.agency(line); agency && other(*agency)) return agency;
  if (article.authors.size() == 1) {
    if (const auto agency = rules.outlets.agency(article.authors.front()); agency && other(*agency)) return agency;
  }
  const std::string own = site_of(page.url ? *page.url : meta_value(metadata, {"og:url"}));
  for (const std::string& url : {metadata.url, meta_value(metadata, {"syndication-source"}), meta_value(metadata, {"original-source"})}) {
    const std::string site = site_of(url);
    if (!own.empty() && !site.empty() && site != own) return site;
  }
  return std::nullopt;
}

}  // namespace

Article read_html_tree(const Dom& dom, std::string_view decoded, const Page& page, const ArticleRules& rules) {
  Article out;
  const PageMetadata metadata = read_metadata(dom, rules);
  const BodyParts parts = find_body(dom, rules, metadata);
  const PageDates dates = read_page_dates(dom, parts, metadata, page.url.value_or(""), rules);

  TextBuilder builder(decoded, &rules.references);
  out.title = page.title ? page.title : told(metadata.title);
  if (metadata.headline != kNoNode && !page.title) {
    add_heading(dom, metadata.headline, builder);
  } else if (out.title) {
    builder.add_foreign(*out.title);
    builder.end_paragraph();
  }
  const size_t before = builder.text().size();
  write_body(dom, parts, metadata, rules, builder, out.entries);
  out.text = std::move(builder.text());
  out.body_start = static_cast<uint32_t>(out.text.size() > before && before > 0 ? before + 2 : before);
  out.page_map = std::move(builder.segments());
  for (const uint32_t index : parts.captions) {
    TextBuilder caption(decoded, &rules.references);
    add_block(dom, parts.page, parts.page.blocks[index], caption);
    if (!caption.text().empty()) out.captions.push_back(split_caption(caption.text()));
  }

  out.publisher = page.publisher ? page.publisher : told(metadata.publisher);
  out.url = page.url ? page.url : told(metadata.url);
  out.language = told(metadata.language);
  out.section = told(metadata.section);
  out.authors = find_authors(dom, parts, metadata, rules.bylines, rules.outlets, rules.references);
  out.published = dates.published;
  out.modified = dates.modified;
  out.original_outlet = find_original_outlet(dom, parts, metadata, page, rules, out);
  // A page for subscribers may hold the whole text; a short one that says so holds a part.
  const bool locked = meta_value(metadata, {"article:content_tier"}) == "locked";
  out.complete = !((metadata.linked.partial || locked) && out.text.size() - out.body_start < kShortBody) && !asks_to_read_on(dom, parts, rules);
  return out;
}

}  // namespace demarche::article
