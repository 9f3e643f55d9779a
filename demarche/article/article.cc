#include "demarche/article/article.h"

#include "demarche/article/date_text.h"
#include "demarche/article/decode.h"
#include "demarche/article/dom.h"
#include "demarche/article/html_page.h"
#include "demarche/article/plain.h"
#include "demarche/article/rules.h"
#include "demarche/core/utf8.h"

namespace demarche {

void ArticleRulesDeleter::operator()(const ArticleRules* p) const { delete p; }

ArticleRulesPtr load_article_rules(const std::filesystem::path& data_dir) { return ArticleRulesPtr(new ArticleRules(data_dir)); }

namespace {

using namespace article;

// Bytes of a page that are read: with its tree and text about 200 MB. The largest of the measured sets has 3 MB.
constexpr size_t kMaxHtmlBytes = size_t{32} << 20;

Article read_html(const Page& page, const ArticleRules& rules, std::vector<Diagnostic>& diagnostics) {
  const std::string_view bytes = std::string_view(page.bytes).substr(0, kMaxHtmlBytes);
  if (bytes.size() < page.bytes.size()) diagnostics.push_back({"article.page_cut", Severity::warning, "The page has more than " + std::to_string(kMaxHtmlBytes >> 20) + " MiB; only these were read.", std::nullopt});
  const std::string decoded = decode_page(bytes, page.http_charset, true, diagnostics);
  const Dom dom = parse_html(decoded);
  if (dom.cut) diagnostics.push_back({"article.page_cut", Severity::warning, "The page has more than " + std::to_string(kMaxNodes) + " elements; only these were read.", std::nullopt});
  return read_html_tree(dom, decoded, page, rules);
}

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
