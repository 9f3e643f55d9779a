// Pages: any bytes, as HTML and as text, give an article whose spans lie inside its text, which is valid UTF-8.
#include "demarche/article/article.h"
#include "demarche/core/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  static const demarche::ArticleRulesPtr rules = demarche::load_article_rules(DEMARCHE_SOURCE_DIR "/data");
  for (const demarche::PageFormat format : {demarche::PageFormat::html, demarche::PageFormat::text, demarche::PageFormat::article}) {
    demarche::Page page;
    page.format = format;
    page.bytes.assign(reinterpret_cast<const char*>(bytes), size);
    std::vector<demarche::Diagnostic> diagnostics;
    const demarche::Article article = demarche::extract_article(page, *rules, diagnostics);
    DEMARCHE_CHECK(demarche::is_valid_utf8(article.text));
    DEMARCHE_CHECK(article.body_start <= article.text.size());
    uint32_t end = 0;
    for (const demarche::PageSegment& segment : article.page_map) {
      DEMARCHE_CHECK(segment.text.begin >= end && segment.text.end > segment.text.begin && segment.text.end <= article.text.size());
      end = segment.text.end;
    }
    if (article.published.evidence) DEMARCHE_CHECK(article.published.evidence->end <= article.text.size());
  }
  return 0;
}
