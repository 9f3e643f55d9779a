#include "demarche/article/article.h"

#include "demarche/article/body.h"
#include "demarche/article/builder.h"
#include "demarche/article/decode.h"
#include "demarche/article/dom.h"
#include "demarche/article/rules.h"
#include "demarche/core/utf8.h"

namespace demarche {

void ArticleRulesDeleter::operator()(const ArticleRules* p) const { delete p; }

ArticleRulesPtr load_article_rules(const std::filesystem::path& data_dir) { return ArticleRulesPtr(new ArticleRules(data_dir)); }

namespace {

using namespace article;

Article read_html(const Page& page, const ArticleRules& rules, std::vector<Diagnostic>& diagnostics) {
  Article out;
  const std::string decoded = decode_page(page.bytes, page.http_charset, true, diagnostics);
  const Dom dom = parse_html(decoded);
  const BodyParts parts = find_body(dom, rules, "");
  TextBuilder builder(decoded, &rules.references);
  for (const uint32_t index : parts.body) {
    const Block& block = parts.page.blocks[index];
    for (uint32_t i = block.begin; i < block.end; ++i) {
      if (parts.page.texts[i] == kLineBreak) {
        builder.line_break();
      } else {
        builder.add(dom[parts.page.texts[i]].text);
      }
    }
    builder.end_paragraph();
  }
  out.text = std::move(builder.text());
  out.page_map = std::move(builder.segments());
  return out;
}

}  // namespace

Article extract_article(const Page& page, const ArticleRules& rules, std::vector<Diagnostic>& diagnostics) {
  Article article;
  if (page.format == PageFormat::html) {
    article = read_html(page, rules, diagnostics);
  } else {
    article.text = repair_utf8(page.bytes);
  }
  if (page.given_date) article.published = {page.given_date, "", std::nullopt, DateBasis::given, std::nullopt};
  return article;
}

}  // namespace demarche
