// Pages as content systems make them, in our own words.
#include <gtest/gtest.h>

#include <string>

#include "demarche/article/article.h"

namespace demarche {
namespace {

using namespace std::string_literals;

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

std::string body(const Article& article) { return article.text.substr(article.body_start); }

// A live page: the newest entry first, each with its instant and no other day.
std::string live_page(const std::string& head, const std::string& entries) {
  return "<html><head><title>Talks at the lake: live</title>" + head + "</head><body><header><a href='/'>Lakeside Times</a></header><main><h1>Talks at the lake: live</h1>" + entries +
         "</main><aside class='most-read'><h3>Most read</h3><a href='/a'>Ferry strike enters second week</a> <time datetime='2021-02-01T09:00:00Z'>1 Feb</time></aside></body></html>";
}

const char* const kLiveEntries =
    "<div class='live-post'><time datetime='2021-03-06T09:10:00+01:00'>09:10</time><h3>Delegations leave</h3><p>Both delegations have left the town hall, and the Graustark minister said that his side would answer the proposal on Tuesday at the latest.</p></div>"
    "<div class='live-post'><time datetime='2021-03-05T18:40:00+01:00'>18:40</time><h3>Second round begins</h3><p>The second round of talks has begun an hour late after Ruritania asked for a written list of the officers whom Graustark released yesterday.</p></div>"
    "<div class='live-post'><time datetime='2021-03-05T10:05:00+01:00'>10:05</time><h3>Ministers arrive</h3><p>The ministers have arrived in Strelsau, where a few hundred people with candles wait outside the town hall in the cold and the snow.</p></div>";

TEST(Live, EntriesByStructure) {
  const Article a = read(live_page("", kLiveEntries));
  ASSERT_EQ(a.entries.size(), 3u);
  const char* const days[] = {"2021-03-06", "2021-03-05", "2021-03-05"};
  const char* const begins[] = {"09:10", "18:40", "10:05"};
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(to_string(a.entries[i].day), days[i]);
    EXPECT_EQ(a.entries[i].time.substr(0, 5), begins[i]);
    EXPECT_TRUE(i == 0 || a.entries[i].begin > a.entries[i - 1].begin);
    EXPECT_LT(a.entries[i].begin, a.text.size());
  }
  EXPECT_EQ(a.text.substr(a.entries[1].begin).find("Ministers arrive") != std::string::npos, true);
  EXPECT_EQ(body(a).find("Ferry strike"), std::string::npos);
  // An article that tells when it was published and changed is none.
  EXPECT_TRUE(read(page("", "<time datetime='2021-03-05T07:30:00+01:00'>5 March</time> <time datetime='2021-03-06T07:30:00+01:00'>updated</time>")).entries.empty());
}

TEST(Live, EntriesOfScriptsOnly) {
  const std::string text = " The Graustark minister said that his side would answer the proposal on Tuesday at the latest, and the delegations left the town hall without another word to the press.";
  const Article a = read(live_page("<script type='application/ld+json'>{\"@type\":\"LiveBlogPosting\",\"headline\":\"Talks at the lake: live\",\"coverageStartTime\":\"2021-03-05T09:00:00+01:00\",\"liveBlogUpdate\":["
                                   "{\"@type\":\"BlogPosting\",\"headline\":\"Delegations leave\",\"datePublished\":\"2021-03-06T09:10:00+01:00\",\"articleBody\":\"<p>One." + text + "</p>\"},"
                                   "{\"@type\":\"BlogPosting\",\"headline\":\"Second round\",\"datePublished\":\"2021-03-05T18:40:00+01:00\",\"articleBody\":\"Two." + text + "\"},"
                                   "{\"@type\":\"BlogPosting\",\"headline\":\"Arrival\",\"datePublished\":\"2021-03-05T10:05:00+01:00\",\"articleBody\":\"Three." + text + "\"}]}</script>",
                                   "<div id='app'></div>"));
  EXPECT_EQ(a.published.date, parse_day("2021-03-05"));
  ASSERT_EQ(a.entries.size(), 3u);
  EXPECT_EQ(a.text.substr(a.entries[2].begin, 7), "Arrival");
  EXPECT_EQ(body(a).find("<p>"), std::string::npos);
  EXPECT_NE(body(a).find("Delegations leave\n\nOne. The Graustark minister"), std::string::npos);
}

TEST(Page, BodyOfJsonLdWhenThePageHasNone) {
  std::string text;
  for (int i = 0; i < 6; ++i) text += "Ruritania reopened its only crossing to Graustark on Friday, ending a closure that had lasted since autumn.\\n";
  const std::string head = "<html><head><title>Crossing reopens</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Crossing reopens\",\"articleBody\":\"" + text + "\"}</script></head>";
  EXPECT_GT(body(read(head + "<body><h1>Crossing reopens</h1><div id='root'></div></body></html>")).size(), 500u);
  // The page's own text stands where it is about as long.
  const std::string own = "<p>Ruritania reopened its only crossing to Graustark on Friday, and <b>that</b> is the page's own text, which is long enough to stand for itself here.</p>";
  EXPECT_NE(body(read(head + "<body><h1>Crossing reopens</h1>" + own + own + own + "</body></html>")).find("own text"), std::string::npos);
}

struct OutletCase {
  const char* head;
  const char* by;
  const char* end;
  const char* original;  // "" for null
};

TEST(Page, OriginalOutlet) {
  const std::string first = "Ruritania reopened its only crossing to Graustark on Friday, ending a closure that had lasted since the shelling of last autumn.</p>"
                            "<p>Graustark answered that it would release the two customs officers whom it has held since January, if calm lasts along the lake.</p>";
  for (const OutletCase& c : {
           OutletCase{"", "<p>STRELSAU (Reuters) - ", "", "Reuters"},
           OutletCase{"", "<p>STRELSAU, Ruritania (AP) \xe2\x80\x94 ", "", "Associated Press"},
           OutletCase{"", "<p>", "<p>This story originally appeared in <a href='#'>Harbour Ledger</a> and is published here by agreement.</p>", "Harbour Ledger"},
           OutletCase{"", "<p>", "<p>(AFP)</p>", "AFP"},
           OutletCase{"<meta name='author' content='Reuters'>", "<p>", "", "Reuters"},
           OutletCase{"<link rel=canonical href='https://harbour.example/crossing'><meta property='og:url' content='https://www.lakeside.test/crossing'>", "<p>", "", "harbour.example"},
           OutletCase{"<link rel=canonical href='https://www.lakeside.test/crossing'><meta property='og:url' content='https://amp.lakeside.test/crossing'>", "<p>", "", ""},
           OutletCase{"", "<p>", "<p>Her first novel was originally published by a small press.</p>", ""},
           OutletCase{"", "<p>", "", ""},
       }) {
    const Article a = read("<html><head><title>Crossing reopens after talks</title><meta property='og:site_name' content='Lakeside Times'>" + std::string(c.head) + "</head><body><h1>Crossing reopens after talks</h1>" + c.by + first + c.end + "</body></html>");
    EXPECT_EQ(a.original_outlet.value_or(""), c.original) << c.head << c.by << c.end;
  }
  // On the agency's own page its name in the dateline tells nothing.
  EXPECT_FALSE(read("<html><head><meta property='og:site_name' content='Reuters'></head><body><h1>Crossing reopens after talks</h1><p>STRELSAU (Reuters) - " + first + "</body></html>").original_outlet);
}

TEST(Page, PartsOfArticlesSaySo) {
  const std::string start = "<html><body><h1>Crossing reopens after talks</h1><p>Ruritania reopened its only crossing to Graustark on Friday, ending a closure that had lasted since the shelling of last autumn.</p>";
  for (const char* wall : {"<div class='paywall'><p>To continue reading, subscribe or log in.</p></div>", "<section><h3>This article is for subscribers only</h3></section>", "<p>You have reached your limit of free articles.</p>"}) {
    EXPECT_FALSE(read(start + wall + "</body></html>").complete) << wall;
  }
  EXPECT_FALSE(read("<html><head><meta property='article:content_tier' content='locked'></head>" + start.substr(6) + "</body></html>").complete);
  EXPECT_TRUE(read(start + "<div><p>Subscribe to our newsletter for more of this.</p></div></body></html>").complete);
}

TEST(Page, CaptionsWithTheirCredits) {
  const Article a = read(page("", "<figure><img src=a.jpg><figcaption>A lorry waits at the crossing on Friday. <span class=credit>Photo: Jane Doe/Agency</span></figcaption></figure>"
                                  "<figure><img src=b.jpg><figcaption>The town hall of Strelsau in the snow \xc2\xa9 Lakeside</figcaption></figure>"));
  ASSERT_EQ(a.captions.size(), 2u);
  EXPECT_EQ(a.captions[0], (Caption{"A lorry waits at the crossing on Friday.", "Jane Doe/Agency"}));
  EXPECT_EQ(a.captions[1], (Caption{"The town hall of Strelsau in the snow", "Lakeside"}));
  EXPECT_EQ(body(a).find("lorry"), std::string::npos);
}

TEST(Page, AmpAndPrintPages) {
  const std::string story = "<p>Ruritania reopened its only crossing to Graustark on Friday, ending a closure that had lasted since the shelling of last autumn.</p>"
                            "<p>Graustark answered that it would release the two customs officers whom it has held since January, if calm lasts along the lake.</p>";
  const Article amp = read("<!doctype html><html \xe2\x9a\xa1 lang=en><head><title>Crossing reopens after talks</title></head><body><amp-sidebar id=s layout=nodisplay><ul><li><a href='/w'>World</a></li></ul></amp-sidebar>"
                           "<article><h1>Crossing reopens after talks</h1><amp-img src=a.jpg></amp-img>" + story +
                           "<amp-ad type=x><div>Advertisement: buy boats that are better than all other boats on the lake this summer.</div></amp-ad></article></body></html>");
  EXPECT_EQ(amp.title, "Crossing reopens after talks");
  EXPECT_EQ(body(amp).find("boats"), std::string::npos);
  EXPECT_EQ(body(amp).substr(0, 19), "Ruritania reopened ");
  const Article print = read("<html><head><title>Lakeside Times - Print view</title></head><body onload='print()'><p>Printed from www.lakeside.example</p><h1>Crossing reopens after talks</h1><p>5 March 2021</p>" + story +
                             "<hr><p>Copyright 2021 Lakeside Times</p></body></html>");
  EXPECT_EQ(print.published.date, parse_day("2021-03-05"));
  EXPECT_EQ(body(print).substr(0, 19), "Ruritania reopened ");
  EXPECT_EQ(body(print).find("Printed"), std::string::npos);
}

TEST(Page, HostileBytes) {
  std::string deep, attributes = "<p";
  const std::string nul ="<h1>A title\0 with NUL</h1><p>Ruritania reopened its only crossing to Graustark on Friday, ending a closure\0 that had lasted since autumn.</p>"s;
  for (int i = 0; i < 100000; ++i) deep += "<div><b>";
  for (int i = 0; i < 200000; ++i) attributes += " data-x" + std::to_string(i) + "='y'";
  const std::string story = "<p>Ruritania reopened its only crossing to Graustark on Friday, ending a closure that had lasted since the shelling of last autumn.</p>";
  EXPECT_NE(read(story + deep + "deep").text.find("Ruritania"), std::string::npos);
  EXPECT_NE(read(attributes + ">x</p>" + story).text.find("Ruritania"), std::string::npos);
  const Article a = read(nul);
  EXPECT_EQ(a.text.find('\0'), std::string::npos);
  EXPECT_NE(a.text.find("closure"), std::string::npos);
  // Windows-1252 bytes under a wrong <meta>, and UTF-16 without a mark.
  EXPECT_NE(read("<meta charset=utf-8><h1>R\xe9union</h1>" + story + "<p>Caf\xe9 f\xfcr Z\xfcrich \x96 und \xe4hnliche W\xf6rter mit Umlauten, die hier in gro\xdf" "er Zahl stehen.</p>").text.find("Zürich"), std::string::npos);
  std::string wide;
  for (const char c : "<html><body><h1>Crossing reopens</h1>" + story) {
    wide += c;
    wide += '\0';
  }
  EXPECT_NE(read(wide).text.find("Ruritania"), std::string::npos);
}

}  // namespace
}  // namespace demarche
