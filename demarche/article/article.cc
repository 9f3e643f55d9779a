#include "demarche/article/article.h"

#include "demarche/core/utf8.h"
namespace demarche {

class ArticleRules {};

void ArticleRulesDeleter::operator()(const ArticleRules* p) const { delete p; }

ArticleRulesPtr load_article_rules(const std::filesystem::path&) { return ArticleRulesPtr(new ArticleRules); }

Article extract_article(const Page& page, const ArticleRules&, std::vector<Diagnostic>&) {
  Article article;
  article.text = repair_utf8(page.bytes);
  article.published = {page.given_date, "", std::nullopt, page.given_date ? DateBasis::given : DateBasis::unknown, std::nullopt};
  return article;
}

}  // namespace demarche
