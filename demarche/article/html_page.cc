#include "demarche/article/html_page.h"

#include "demarche/article/authors.h"
#include "demarche/article/body.h"
#include "demarche/article/builder.h"
#include "demarche/article/metadata.h"
#include "demarche/article/page_date.h"

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
  out.authors = find_authors(dom, parts, metadata, rules.bylines, rules.outlets, rules.references);
  out.published = dates.published;
  out.modified = dates.modified;
  // A page for subscribers may hold the whole text; a short one that says so holds a part.
  out.complete = !(metadata.linked.partial && out.text.size() - out.body_start < kShortBody) && !asks_to_read_on(dom, parts, rules);
  return out;
}

}  // namespace demarche::article
