// Pages as content systems make them, in our own words.
#include <gtest/gtest.h>

#include <string>

#include "demarche/article/article.h"

namespace demarche {
namespace {

Article read(std::string bytes, std::optional<std::string> url = std::nullopt) {
  static const ArticleRulesPtr rules = load_article_rules(DEMARCHE_SOURCE_DIR "/data");
  Page page;
  page.format = PageFormat::html;
  page.bytes = std::move(bytes);
  page.url = std::move(url);
  std::vector<Diagnostic> diagnostics;
  return extract_article(page, *rules, diagnostics);
}

// A page with `head` in its head and `by` under the headline; other dates stand where they are not the article's.
std::string page(const std::string& head, const std::string& by, const std::string& lang = "en") {
  return "<!DOCTYPE html><html lang='" + lang + "'><head><title>Crossing reopens after talks - Lakeside Times</title>" + head +
         "<script>var now = '2026-01-02'; window.__STATE__ = {\"published\": \"2019-07-08\"};</script></head><body>"
         "<header class='site-header'><a href='/'>Lakeside Times</a> <span class='today'>Monday, 3 June 2024</span></header>"
         "<main><h1>Crossing reopens after talks</h1>" + by +
         "<div class='article-body'><p>Ruritania reopened its only crossing to Graustark on Friday, ending a closure that had lasted since the shelling of last autumn.</p>"
         "<p>Graustark answered that it would release the two customs officers whom it has held since January 7, 2021, if calm lasts along the lake.</p>"
         "<p>Talks about the lake are to go on in Strelsau on Monday, and both sides have said that they will keep their patrols away from the shore.</p></div></main>"
         "<div class='related'><h3>Related</h3><ul><li><a href='/a'>Parties name their candidates</a> <time datetime='2024-05-30'>30 May 2024</time></li>"
         "<li><a href='/b'>Ferry strike enters second week</a> <time datetime='2024-05-29'>29 May 2024</time></li></ul></div>"
         "<footer>© 2018-2024 Lakeside Times</footer></body></html>";
}

struct DateCase {
  const char* head;
  const char* by;
};

// Each tells 5 March 2021.
TEST(PageDate, AsContentSystemsTellIt) {
  for (const DateCase& c : {
           // metadata
           DateCase{"<meta property='article:published_time' content='2021-03-05T07:30:00+01:00'>", ""},
           DateCase{"<meta name='dcterms.issued' content='2021-03-05'>", ""},
           DateCase{"<meta name='pubdate' content='20210305'>", ""},
           DateCase{"<meta name='parsely-pub-date' content='2021-03-05T07:30:00Z'>", ""},
           DateCase{"<meta name='DC.date.issued' content='05.03.2021'>", ""},
           DateCase{"<script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"WebSite\"},{\"@type\":\"NewsArticle\",\"headline\":\"Crossing reopens after talks\",\"datePublished\":\"2021-03-05\"}]}</script>", ""},
           DateCase{"<script type='application/ld+json'>[{\"@type\":[\"ReportageNewsArticle\"],\"datePublished\":\"2021-03-05T10:00:00\"}]</script>", ""},
           DateCase{"<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2021-03-05\",\"headline\":\"a \"bad\" one\",}</script>", ""},
           DateCase{"<script type='application/ld+json'>{\"@type\":\"WebPage\",\"mainEntity\":{\"@type\":\"Article\",\"headline\":\"x\",\"datePublished\":1614931200}}</script>", ""},
           // microdata, RDFa, microformats
           DateCase{"", "<time itemprop='datePublished' datetime='2021-03-05T07:30'>today</time>"},
           DateCase{"", "<meta itemprop='datePublished' content='2021-03-05'>"},
           DateCase{"", "<span property='dc:date dc:created' content='2021-03-05T07:30:00+01:00'>Fri, 03/05/2021 - 07:30</span>"},
           DateCase{"", "<span property='schema:datePublished' content='2021-03-05T07:30:00+00:00'>on Friday</span>"},
           DateCase{"", "<abbr class='published' title='2021-03-05T07:30:00+01:00'>7:30 AM</abbr>"},
           DateCase{"", "<a class='u-url' href='/x'><time class='dt-published' datetime='2021-03-05'>a while ago</time></a>"},
           DateCase{"", "<time pubdate='pubdate' datetime='2021-03-05T07:30:00+00:00'> </time>"},
           DateCase{"", "<amp-timeago layout='fixed' datetime='2021-03-05T07:30:00Z' class='date'>March 5</amp-timeago>"},
           DateCase{"", "<relative-time class='timestamp' datetime='2021-03-05T07:30:00Z'></relative-time>"},
           DateCase{"", "<span class='timestamp' data-timestamp='1614931200'>March 5</span>"},
           // what readers see
           DateCase{"", "<div>First published on Fri 5 Mar 2021 07.30 GMT</div>"},
           DateCase{"", "<div class='meta'>Published On 5 Mar 2021</div>"},
           DateCase{"", "<dl><dt>Published</dt><dd>5 March 2021</dd><dt>Last updated</dt><dd>9 March 2021</dd></dl>"},
           DateCase{"", "<p class='byline'>By Jane Doe | Mar. 5, 2021 at 7:30 a.m. EST</p>"},
           DateCase{"", "<p>Updated: March 9, 2021, 8:00 am; published: March 5, 2021, 7:30 am</p>"},
           DateCase{"", "<p>Posted at: Mar 5, 2021, 7:30 AM (IST); last updated: Mar 9, 2021</p>"},
           DateCase{"", "<div class='info'>Source: Agency | 2021-03-05 07:30:45 | Editor: jd</div>"},
           DateCase{"", "<div class='date'>07:30, 5 March 2021</div>"},
           DateCase{"", "<div class='date'>07:30 March 05, 2021</div>"},
           DateCase{"", "<p>FOR IMMEDIATE RELEASE<br>March 5, 2021</p>"},
           DateCase{"", "<div class='date-header'><span>Friday, March 5, 2021</span></div>"},
           DateCase{"", "<small>Issued on: 05/03/2021 - 07:30</small>"},
           DateCase{"", "<span class='date'>5 Mar 2021</span><span class='views'>Views: 20 210 306</span>"},
       }) {
    const Article a = read(page(c.head, c.by, "en-GB"));
    EXPECT_EQ(a.published.date ? to_string(*a.published.date) : "none", "2021-03-05") << c.head << c.by;
  }
}

struct LanguageCase {
  const char* lang;
  const char* by;
};

TEST(PageDate, InManyLanguages) {
  for (const LanguageCase& c : {
           LanguageCase{"de", "Veröffentlicht am 5. März 2021 um 07:30 Uhr"}, LanguageCase{"de", "Stand: 05.03.2021, 07:30 Uhr"},
           LanguageCase{"fr", "Publié le 5 mars 2021 à 07h30 - Mis à jour le 9 mars 2021"}, LanguageCase{"fr", "Vendredi 5 mars 2021"},
           LanguageCase{"es", "Publicado el 5 de marzo de 2021 a las 07:30"}, LanguageCase{"es", "05 mar 2021"},
           LanguageCase{"pt", "5 de março de 2021 às 7h30"}, LanguageCase{"it", "Pubblicato il 5 marzo 2021"},
           LanguageCase{"nl", "Gepubliceerd op 5 maart 2021"}, LanguageCase{"pl", "Opublikowano: 5 marca 2021, 07:30"},
           LanguageCase{"ru", "5 марта 2021, 07:30"}, LanguageCase{"uk", "5 березня 2021, 07:30"},
           LanguageCase{"tr", "5 Mart 2021 Cuma"}, LanguageCase{"ar", "الجمعة ٥ مارس ٢٠٢١"},
           LanguageCase{"fa", "۱۵ اسفند ۱۳۹۹"}, LanguageCase{"he", "5 במרץ 2021"},
           LanguageCase{"ja", "2021年3月5日 7時30分"}, LanguageCase{"ja", "令和3年3月5日"},
           LanguageCase{"ko", "입력 2021.03.05 07:30"}, LanguageCase{"ko", "2021년 3월 5일"},
           LanguageCase{"zh", "2021年03月05日 07:30 来源：通讯社"}, LanguageCase{"zh-TW", "2021/03/05 07:30"},
           LanguageCase{"vi", "Thứ Sáu, 5 tháng 3, 2021"}, LanguageCase{"th", "5 มีนาคม 2564"},
           LanguageCase{"hi", "5 मार्च 2021"}, LanguageCase{"id", "Jumat, 5 Maret 2021"},
           LanguageCase{"hu", "2021. március 5."}, LanguageCase{"cs", "5. března 2021"},
           LanguageCase{"fi", "Julkaistu 5.3.2021"}, LanguageCase{"sv", "Publicerad 5 mars 2021"},
           LanguageCase{"el", "5 Μαρτίου 2021"}, LanguageCase{"ro", "5 martie 2021"},
       }) {
    const Article a = read(page("", std::string("<div class='date'>") + c.by + "</div>", c.lang));
    EXPECT_EQ(a.published.date ? to_string(*a.published.date) : "none", "2021-03-05") << c.lang << ": " << c.by;
  }
}

TEST(PageDate, WhatIsNoDateOfTheArticle) {
  // Nothing on the page but a head that shows today, related links, scripts, a legal line and days in the text.
  const Article none = read(page("", ""));
  EXPECT_FALSE(none.published.date) << to_string(*none.published.date);
  // A month in the URL is an interval.
  const Article month = read(page("", ""), "https://lakeside.example/2021/03/crossing-reopens");
  EXPECT_FALSE(month.published.date);
  ASSERT_TRUE(month.published.range);
  EXPECT_EQ(month.published.range->start, *parse_day("2021-03-01"));
  EXPECT_EQ(month.published.basis, DateBasis::url);
  // Day and month by the headline take the year of the URL.
  EXPECT_EQ(read(page("", "<div class='date'>5 March</div>"), "https://lakeside.example/2021/03/crossing-reopens").published.date, parse_day("2021-03-05"));
  // Put out again: <meta> and the line by the headline agree against JSON-LD.
  const Article again = read(page("<meta property='article:published_time' content='2021-03-05T10:00:00+01:00'>"
                                  "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"x\",\"datePublished\":\"2021-03-02T10:00:00+01:00\"}</script>",
                                  "<div class='date'>5 March 2021</div>"));
  EXPECT_EQ(again.published.date, parse_day("2021-03-05"));
  // What was changed later is not what was published.
  const Article changed = read(page("<meta property='article:modified_time' content='2021-03-09T10:00:00+01:00'>", "<div>Published 5 March 2021. Updated 9 March 2021.</div>"));
  EXPECT_EQ(changed.published.date, parse_day("2021-03-05"));
  ASSERT_TRUE(changed.modified);
  EXPECT_EQ(changed.modified->substr(0, 10), "2021-03-09");
  // A writer who joined the site.
  EXPECT_EQ(read(page("", "<div class='date' title='x'>Jane Doe, joined 1 May 2014</div><div class='date'>5 March 2021</div>")).published.date, parse_day("2021-03-05"));
}

struct BylineCase {
  const char* head;
  const char* by;
  std::vector<std::string> authors;
};

TEST(Authors, FromMetadataAndBylines) {
  for (const BylineCase& c : {
           BylineCase{"<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"x\",\"author\":[{\"@type\":\"Person\",\"name\":\"Jane Doe\"},{\"@type\":\"Person\",\"name\":\"John Roe\"}]}</script>", "", {"Jane Doe", "John Roe"}},
           BylineCase{"<meta name='author' content='By JANE DOE, AP Diplomatic Writer'>", "", {"JANE DOE"}},
           // the outlet's own name tells nobody; the byline does
           BylineCase{"<meta property='og:site_name' content='Lakeside Times'><meta name='author' content='Lakeside Times'>", "<p class='byline'>By <a href='/jd'>Jane Doe</a> | 5 March 2021</p>", {"Jane Doe"}},
           BylineCase{"<meta name='author' content='admin'>", "<div class='post-author'>Posted by Jane Doe on Friday</div>", {"Jane Doe"}},
           BylineCase{"", "<div class='meta'><span class='author-name'>Jane Doe</span><span class='author-name'>John Roe</span><time>5 March 2021</time></div>", {"Jane Doe", "John Roe"}},
           BylineCase{"", "<p>By Jane Doe and John Roe in Strelsau</p>", {"Jane Doe", "John Roe"}},
           BylineCase{"", "<span itemprop='author' itemscope><span itemprop='name'>Jane Doe</span> 12 articles</span>", {"Jane Doe"}},
           BylineCase{"", "<div>Von Hanna Müller</div>", {"Hanna Müller"}},
           BylineCase{"", "<div>Par Jeanne Dupont et Luc Martin</div>", {"Jeanne Dupont", "Luc Martin"}},
           BylineCase{"", "<div>By the lake, talks go on.</div>", {}},
           BylineCase{"<meta property='article:author' content='https://www.example.org/jane'>", "", {}},
       }) {
    EXPECT_EQ(read(page(c.head, c.by)).authors, c.authors) << c.head << c.by;
  }
}

TEST(Title, IsTheArticlesAndNotTheSites) {
  const std::string body = "<p>Ruritania reopened its only crossing to Graustark on Friday, ending a closure that had lasted since the shelling of last autumn.</p></body></html>";
  struct Case {
    const char* page;
    const char* title;
  };
  for (const Case& c : {
           Case{"<html><head><title>Crossing reopens after talks - Lakeside Times</title></head><body><h1><a href='/'>Lakeside Times</a></h1><h2>Crossing reopens after talks</h2>", "Crossing reopens after talks"},
           Case{"<html><head><title>Lakeside Times: Crossing</title><meta property='og:title' content='Crossing reopens after talks'><meta property='og:site_name' content='Lakeside Times'></head><body><h1>Lakeside Times</h1>", "Crossing reopens after talks"},
           Case{"<html><head><title>Crossing reopens after talks</title><meta property='og:title' content='Crossing reopens after talks'></head><body><h1><span>Border</span> <span>Crossing reopens after talks</span></h1>", "Crossing reopens after talks"},
           Case{"<html><head><title>Lakeside Times - Crossing reopens after talks</title></head><body><h1 class='post-title'>Crossing reopens after talks</h1>", "Crossing reopens after talks"},
           Case{"<html><head><title>Crossing reopens after talks | World | Lakeside Times</title></head><body>", "Crossing reopens after talks"},
       }) {
    EXPECT_EQ(read(c.page + body).title, c.title) << c.page;
  }
}

}  // namespace
}  // namespace demarche
