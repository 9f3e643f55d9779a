#include "demarche/article/article.h"

#include "demarche/article/body.h"
#include "demarche/article/builder.h"
#include "demarche/article/decode.h"
#include "demarche/article/dom.h"
#include "demarche/article/metadata.h"
#include "demarche/article/page_date.h"
#include "demarche/article/plain.h"
#include "demarche/article/rules.h"
#include "demarche/core/utf8.h"

namespace demarche {

void ArticleRulesDeleter::operator()(const ArticleRules* p) const { delete p; }

ArticleRulesPtr load_article_rules(const std::filesystem::path& data_dir) { return ArticleRulesPtr(new ArticleRules(data_dir)); }

namespace {

using namespace article;

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

Article read_html(const Page& page, const ArticleRules& rules, std::vector<Diagnostic>& diagnostics) {
  Article out;
  const std::string decoded = decode_page(page.bytes, page.http_charset, true, diagnostics);
  const Dom dom = parse_html(decoded);
  if (dom.cut) diagnostics.push_back({"article.page_cut", Severity::warning, "The page has more than " + std::to_string(kMaxNodes) + " elements; only these were read.", std::nullopt});
  const PageMetadata metadata = read_metadata(dom, rules);
  const BodyParts parts = find_body(dom, rules, metadata);
  const PageDates dates = read_page_dates(dom, parts, metadata, page.url.value_or(""), rules);

  TextBuilder builder(decoded, &rules.references);
  out.title = page.title ? page.title : told(metadata.title);
  if (metadata.heading != kNoNode && !page.title) {
    add_heading(dom, metadata.heading, builder);
  } else if (out.title) {
    builder.add_foreign(*out.title);
    builder.end_paragraph();
  }
  const size_t before = builder.text().size();
  for (const uint32_t index : parts.body) add_block(dom, parts.page, parts.page.blocks[index], builder);
  out.text = std::move(builder.text());
  out.body_start = static_cast<uint32_t>(out.text.size() > before && before > 0 ? before + 2 : before);
  out.page_map = std::move(builder.segments());
  for (const uint32_t index : parts.captions) {
    TextBuilder caption(decoded, &rules.references);
    add_block(dom, parts.page, parts.page.blocks[index], caption);
    if (!caption.text().empty()) out.captions.push_back({caption.text(), ""});
  }

  out.publisher = page.publisher ? page.publisher : told(metadata.publisher);
  out.url = page.url ? page.url : told(metadata.url);
  out.language = told(metadata.language);
  out.section = told(metadata.section);
  out.authors = metadata.authors;
  out.published = dates.published;
  out.modified = dates.modified;
  // A page for subscribers may hold the whole text; a short one that says so holds a part.
  out.complete = !(metadata.linked.partial && out.text.size() - out.body_start < kShortBody) && !asks_to_read_on(dom, parts, rules);
  return out;
}

}  // namespace

namespace {

// The text as it stands: offsets that the caller knows stay right.
Article read_as_it_stands(const Page& page, std::vector<Diagnostic>& diagnostics) {
  Article out;
  size_t replaced = 0;
  out.text = repair_utf8(page.bytes, &replaced);
  if (replaced > 0) diagnostics.push_back({"article.encoding", Severity::warning, std::to_string(replaced) + " bytes are no UTF-8 and were replaced by U+FFFD.", std::nullopt});
  out.title = page.title;
  if (page.title && !page.title->empty() && std::string_view(out.text).substr(0, page.title->size()) == *page.title) {
    const size_t after = out.text.find_first_not_of(" \t\r\n", page.title->size());
    // Only a line of its own is a title; a text may begin with the same words.
    if (after == std::string::npos || out.text.substr(page.title->size(), after - page.title->size()).find('\n') != std::string::npos) {
      out.body_start = static_cast<uint32_t>(std::min(after, out.text.size()));
    }
  }
  if (!out.text.empty() && replaced == 0) out.page_map.push_back({{0, static_cast<uint32_t>(out.text.size())}, 0});
  return out;
}

}  // namespace

Article extract_article(const Page& page, const ArticleRules& rules, std::vector<Diagnostic>& diagnostics) {
  Article article;
  switch (page.format) {
    case PageFormat::html: article = read_html(page, rules, diagnostics); break;
    case PageFormat::text: article = read_plain(decode_page(page.bytes, page.http_charset, false, diagnostics), page.title, rules, diagnostics); break;
    case PageFormat::article: article = read_as_it_stands(page, diagnostics); break;
  }
  if (page.url) article.url = page.url;
  if (page.publisher) article.publisher = page.publisher;
  if (page.language) article.language = page.language;
  if (page.section) article.section = page.section;
  if (!page.authors.empty()) article.authors = page.authors;
  if (page.format != PageFormat::html && !article.published.date && article.url) {
    if (const auto day = date_in_url(*article.url)) article.published = {day, "", std::nullopt, DateBasis::url, std::nullopt};
  }
  if (page.given_date) article.published = {page.given_date, "", std::nullopt, DateBasis::given, std::nullopt};
  if (article.text.size() <= article.body_start) diagnostics.push_back({"article.no_text", Severity::warning, "No article was found on the page.", std::nullopt});
  return article;
}

}  // namespace demarche
