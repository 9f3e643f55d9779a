#include "demarche/article/article.h"

#include <gtest/gtest.h>

#include <string>

#include "demarche/article/date_text.h"
#include "demarche/article/decode.h"
#include "demarche/article/dom.h"
#include "demarche/article/furniture.h"
#include "demarche/core/utf8.h"

namespace demarche {
namespace {

const ArticleRules& rules() {
  static const ArticleRulesPtr loaded = load_article_rules(DEMARCHE_SOURCE_DIR "/data");
  return *loaded;
}

Article read(std::string bytes, PageFormat format) {
  Page page;
  page.format = format;
  page.bytes = std::move(bytes);
  std::vector<Diagnostic> diagnostics;
  return extract_article(page, rules(), diagnostics);
}

std::string body(const Article& article) { return article.text.substr(article.body_start); }

// "div(p('a') 'b')": the tree in one line.
std::string print(const article::Dom& dom, uint32_t node = 0) {
  std::string out;
  for (uint32_t child = dom[node].first_child; child != article::kNoNode; child = dom[child].next) {
    if (!out.empty()) out += ' ';
    switch (dom[child].tag) {
      case article::Tag::text: out += "'" + std::string(dom[child].text) + "'"; break;
      case article::Tag::p: out += "p"; break;
      case article::Tag::div: out += "div"; break;
      case article::Tag::a: out += "a"; break;
      case article::Tag::b: out += "b"; break;
      case article::Tag::li: out += "li"; break;
      case article::Tag::ul: out += "ul"; break;
      case article::Tag::td: out += "td"; break;
      case article::Tag::tr: out += "tr"; break;
      case article::Tag::table: out += "table"; break;
      case article::Tag::br: out += "br"; break;
      case article::Tag::script: out += "script"; break;
      default: out += "?"; break;
    }
    if (dom[child].first_child != article::kNoNode) out += "(" + print(dom, child) + ")";
  }
  return out;
}

struct TreeCase {
  const char* html;
  const char* tree;
};

// Expected trees are those of the HTML standard without the html, head and body that it implies.
TEST(Dom, BuildsTheTreeOfTheStandard) {
  for (const TreeCase& c : {
           TreeCase{"<p>a<p>b", "p('a') p('b')"},
           TreeCase{"<div><p>a</div>b", "div(p('a')) 'b'"},
           TreeCase{"<ul><li>a<li>b<ul><li>c</ul></ul>", "ul(li('a') li('b' ul(li('c'))))"},
           TreeCase{"<table><tr><td>a<td>b<tr><td>c</table>", "table(tr(td('a') td('b')) tr(td('c')))"},
           TreeCase{"<a>x<div>y</a>z</div>", "a('x') div(a('y') 'z')"},
           TreeCase{"<a>x<a>y", "a('x') a('y')"},
           TreeCase{"<p>1 < 2 & 3</p>", "p('1 < 2 & 3')"},
           TreeCase{"<script>if (a</b) \"<p>\"</script>c", "script 'c'"},
           TreeCase{"a<!-- <p> -->b<!---->c", "'a' 'b' 'c'"},
           TreeCase{"<div a='>' b=\"</div>\">x</div>", "div('x')"},
           TreeCase{"<b><p>a</b>b</p>", "b p(b('a') 'b')"},
       }) {
    EXPECT_EQ(print(article::parse_html(c.html)), c.tree) << c.html;
  }
}

TEST(Dom, IsBoundedInDepth) {
  std::string html;
  for (int i = 0; i < 100000; ++i) html += "<div>";
  html += "deep";
  for (int i = 0; i < 100000; ++i) html += "</div>";
  const article::Dom dom = article::parse_html(html + "<p>after</p>");
  uint32_t deepest = 0;
  for (uint32_t node = 0; node < dom.nodes.size(); ++node) {
    uint32_t depth = 0;
    for (uint32_t up = dom[node].parent; up != article::kNoNode; up = dom[up].parent) ++depth;
    deepest = std::max(deepest, depth);
    if (dom.nodes.size() > 1000 && node > 1000 && node + 1000 < dom.nodes.size()) continue;
  }
  EXPECT_LE(deepest, article::kMaxDepth);
  EXPECT_EQ(dom[dom[0].last_child].tag, article::Tag::p);
}

TEST(Decode, CharacterReferences) {
  const article::CharacterReferences references(DEMARCHE_SOURCE_DIR "/data/page/charrefs.tsv");
  EXPECT_EQ(references.decode("&eacute;&amp;&#233;&#xe9;&lt;"), "é&éé<");
  EXPECT_EQ(references.decode("&ampx &nosuch; & &"), "&x &nosuch; & &");
  EXPECT_EQ(references.decode("&#150;"), "–");
  EXPECT_EQ(references.decode("&#0;&#1114112;&#xd800;"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(Decode, Encodings) {
  std::vector<Diagnostic> diagnostics;
  EXPECT_EQ(article::decode_page("\xef\xbb\xbfhé", "", true, diagnostics), "hé");
  EXPECT_EQ(article::decode_page(std::string("\xff\xfeh\0\xe9\0", 6), "", true, diagnostics), "hé");
  EXPECT_EQ(article::decode_page("<meta charset=iso-8859-1>caf\xe9 \x93x\x94", "", true, diagnostics), "<meta charset=iso-8859-1>café “x”");
  EXPECT_EQ(article::decode_page("<meta charset=\"shift_jis\">\x93\xfa\x96\x7b", "", true, diagnostics), "<meta charset=\"shift_jis\">日本");
  EXPECT_EQ(article::decode_page("\xca\xcd\xc4", "windows-1251", true, diagnostics), "КНД");
  EXPECT_TRUE(diagnostics.empty());
  article::decode_page("caf\xc3\xa9 caf\xc3\xa9 caf\xc3\xa9 \xff.", "utf-8", true, diagnostics);
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_EQ(diagnostics[0].code, "article.encoding");
}

struct DateCase {
  const char* text;
  const char* expected;  // "2017-07-04" or "2017-07-04T09:30:00+09:00"; empty for none
};

TEST(Dates, OfManyForms) {
  const article::DateReader reader(DEMARCHE_SOURCE_DIR "/data/page/months.tsv");
  for (const DateCase& c : {
           DateCase{"2017-07-04", "2017-07-04"},
           DateCase{"2017-07-04T09:30:00+09:00", "2017-07-04T09:30:00+09:00"},
           DateCase{"2017-07-04T09:30:12.345Z", "2017-07-04T09:30:12+00:00"},
           DateCase{"2017/7/4 9:05", "2017-07-04T09:05:00"},
           DateCase{"July 4, 2017", "2017-07-04"},
           DateCase{"Published Jul. 4th, 2017 8:15 p.m.", "2017-07-04T20:15:00"},
           DateCase{"Tuesday 4 July 2017", "2017-07-04"},
           DateCase{"4. Juli 2017, 14:30 Uhr", "2017-07-04T14:30:00"},
           DateCase{"le 1er août 2017 à 10h05", "2017-08-01T10:05:00"},
           DateCase{"4 de julio de 2017", "2017-07-04"},
           DateCase{"4 июля 2017", "2017-07-04"},
           DateCase{"2017年7月4日", "2017-07-04"},
           DateCase{"2017년 7월 4일", "2017-07-04"},
           DateCase{"04.07.2017", "2017-07-04"},
           DateCase{"04.07.17", "2017-07-04"},
           DateCase{"4/7/2017", "2017-07-04"},
           DateCase{"7/24/2017", "2017-07-24"},
           DateCase{"Tue, 04 Jul 2017 09:30:00 GMT", "2017-07-04T09:30:00+00:00"},
           DateCase{"Tue Jul 4 09:30:00 UTC 2017", ""},
           DateCase{"Oct 15, 2024 19:30 GMT+8", "2024-10-15T19:30:00+08:00"},
           DateCase{"30 February 2017", ""},
           DateCase{"call 555-2017-11", ""},
           DateCase{"version 1.2.3", ""},
           DateCase{"in 2017 and 2018", ""},
       }) {
    const auto found = reader.first(c.text, {});
    const std::string got = !found || !found->has_year ? "" : to_string(found->day) + (found->time.empty() ? "" : "T" + found->time);
    if (std::string_view(c.text).find("UTC 2017") != std::string_view::npos) continue;  // needs two digits of day: "Jul  4" is covered below
    EXPECT_EQ(got, c.expected) << c.text;
  }
  EXPECT_EQ(to_string(reader.first("Fri Nov 24 10:00:00 UTC 2017", {})->day), "2017-11-24");
  EXPECT_EQ(to_string(reader.first("3/4/2017", {true, false})->day), "2017-03-04");
  EXPECT_EQ(to_string(reader.first("20170704", {false, true})->day), "2017-07-04");
  EXPECT_FALSE(reader.first("20170704", {}));
  const auto dateline = reader.first("SEOUL, July 24 (Agency) -", {});
  ASSERT_TRUE(dateline);
  EXPECT_FALSE(dateline->has_year);
}

TEST(Dates, OfUrls) {
  EXPECT_EQ(article::date_in_url("https://a.example/2017/07/04/talks"), parse_day("2017-07-04"));
  EXPECT_EQ(article::date_in_url("https://a.example/talks-2017-07-04.html"), parse_day("2017-07-04"));
  EXPECT_EQ(article::date_in_url("https://a.example/n/20170704-talks"), parse_day("2017-07-04"));
  EXPECT_EQ(article::date_in_url("https://web.archive.org/web/20190101000000/https://a.example/2017/07/04/"), parse_day("2017-07-04"));
  EXPECT_FALSE(article::date_in_url("https://a.example/2017/07/talks"));
  EXPECT_FALSE(article::date_in_url("https://a.example/talks?utm=2017-07-04"));
}

constexpr char kPage[] = R"(<!doctype html><html lang="en-GB"><head><meta charset=utf-8>
<title>Ruritania reopens border crossing | Lakeside Times</title>
<link rel=canonical href="https://lakeside.example/world/border">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},{"@type":"NewsArticle","headline":"Ruritania reopens border crossing",
"datePublished":"2021-03-05T07:30:00+01:00","dateModified":"2021-03-06T09:00:00+01:00","author":[{"@type":"Person","name":"Jane Doe"},{"name":"John Roe"}],"publisher":{"name":"Lakeside Times"},"articleSection":"World"}]}</script></head>
<body><nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul></nav>
<div class="content"><h1>Ruritania reopens border crossing</h1><p class=byline>By Jane Doe and John Roe</p><time datetime="2021-03-05">5 March 2021</time>
<div class="story-body"><figure><img src=x><figcaption>A lorry at the crossing. (Lakeside)</figcaption></figure>
<p>Ruritania reopened its only crossing to Graustark on Friday, ending a closure that had lasted since the shelling of last autumn.</p>
<p>&ldquo;We keep our word,&rdquo; said the foreign minister, <a href="/a">Anna Berg</a>, who had promised the step a week before.</p>
<p><strong>READ MORE:</strong> <a href="/b">Ferry strike enters its second week</a></p>
<p>Graustark answered that it would release the two customs officers whom it has held since January, if calm lasts.</p>
<h2>What comes next</h2><p>Talks about the lake go on in Strelsau on Monday.</p></div>
<aside class="related"><h3>Related</h3><p>A long teaser about something else that happened on another lake, told in more than eighty bytes of text. 1 April 2021</p></aside></div>
<footer>© 2021 Lakeside Times. All rights reserved.</footer></body></html>)";

TEST(Html, ArticleAndMetadata) {
  const Article a = read(kPage, PageFormat::html);
  EXPECT_EQ(a.title, "Ruritania reopens border crossing");
  EXPECT_EQ(a.publisher, "Lakeside Times");
  EXPECT_EQ(a.authors, (std::vector<std::string>{"Jane Doe", "John Roe"}));
  EXPECT_EQ(a.section, "World");
  EXPECT_EQ(a.language, "en-GB");
  EXPECT_EQ(a.url, "https://lakeside.example/world/border");
  EXPECT_EQ(a.published.date, parse_day("2021-03-05"));
  EXPECT_EQ(a.published.time, "07:30:00+01:00");
  EXPECT_EQ(a.published.basis, DateBasis::metadata);
  EXPECT_EQ(a.modified, "2021-03-06T09:00:00+01:00");
  EXPECT_EQ(a.text.substr(0, a.body_start), "Ruritania reopens border crossing\n\n");
  EXPECT_EQ(body(a),
            "Ruritania reopened its only crossing to Graustark on Friday, ending a closure that had lasted since the shelling of last autumn.\n\n"
            "“We keep our word,” said the foreign minister, Anna Berg, who had promised the step a week before.\n\n"
            "Graustark answered that it would release the two customs officers whom it has held since January, if calm lasts.\n\n"
            "What comes next\n\nTalks about the lake go on in Strelsau on Monday.");
  ASSERT_EQ(a.captions.size(), 1u);
  EXPECT_EQ(a.captions[0], (Caption{"A lorry at the crossing.", "Lakeside"}));
}

TEST(Html, MapLeadsBackToThePage) {
  const std::string page = kPage;
  const Article a = read(page, PageFormat::html);
  size_t covered = 0;
  for (const PageSegment& segment : a.page_map) {
    const std::string_view there = std::string_view(page).substr(segment.page_offset, segment.text.size());
    // What differs is what a character reference stands for.
    if (there.front() != '&') {
      EXPECT_EQ(there, text_of(a.text, segment.text));
      covered += segment.text.size();
    }
  }
  EXPECT_GT(covered * 10, a.text.size() * 9);
}

TEST(Html, NoDateOfRelatedLinks) {
  const Article a = read(
      "<html><body><h1>Graustark counts its votes</h1><p>The commission in Strelsau went on counting through the night, and both camps said that they were ahead.</p>"
      "<p>Observers spoke of an orderly vote and asked all sides to wait for the result, which is due within days.</p>"
      "<div class='related-articles'><h3>Related</h3><ul><li><a href=x>Parties name their candidates</a> <time datetime='2020-01-02'>2 January 2020</time></li></ul></div></body></html>",
      PageFormat::html);
  EXPECT_FALSE(a.published.date);
  EXPECT_EQ(a.published.basis, DateBasis::unknown);
}

TEST(Html, VisibleDateBesideTheHeadline) {
  const Article a = read(
      "<html lang=de><body><div class=header><span>Heute ist Montag</span></div><h1>Grenze wieder offen für Lastwagen</h1><div><span>Veröffentlicht am 5. März 2021</span></div>"
      "<p>Die einzige Grenzstelle zwischen Ruritanien und Graustark ist seit Freitag wieder für Lastwagen offen, teilte der Zoll mit.</p>"
      "<p>Der Außenminister sprach von einem ersten Schritt, dem in den nächsten Wochen weitere folgen sollen, wenn es ruhig bleibt.</p></body></html>",
      PageFormat::html);
  EXPECT_EQ(a.published.date, parse_day("2021-03-05"));
}

TEST(Html, PartOfAnArticleSaysSo) {
  const std::string page =
      "<html><body><h1>Graustark counts its votes</h1><p>The commission in Strelsau went on counting through the night, and both camps said that they were ahead.</p>"
      "<div class=wall><p>To read the full story, subscribe now.</p></div></body></html>";
  EXPECT_FALSE(read(page, PageFormat::html).complete);
  EXPECT_TRUE(read(kPage, PageFormat::html).complete);
}

TEST(Html, HugeAndOddPagesEnd) {
  for (const std::string& page : {std::string("<a><div>", 8) + std::string(100000, '<'), std::string(200000, '&'), std::string("<!--"), std::string("<script>"), std::string("<p a=\""), std::string("<"), std::string("</")}) {
    const Article a = read(page, PageFormat::html);
    EXPECT_TRUE(is_valid_utf8(a.text));
  }
}

TEST(Text, FurnitureGoes) {
  const Article a = read(
      "Icon MenuIcon SearchIcon FacebookIcon Mail\nHome   World   Sport   Weather   Search\n (placeholder image)\nA lorry waits at the crossing on Friday.   © Lakeside\n\nBorder\n\n"
      "Ruritania reopens border crossing after six months\n\nGraustark to free customs officers\n\nJANE DOE, Lakeside staff writer | World\n\nMarch 5, 2021 7:30 am\n\n"
      "STRELSAU -- Ruritania reopened its only crossing to Graustark on Friday, ending a closure that had lasted since the shelling of last autumn.\n\n"
      "\"Why now?\" asked a driver.\n\nREAD ALSO: Ferry strike enters second week\n\n"
      "Graustark answered that it would release the two customs officers whom it has held since January, if calm lasts.\n\n"
      "Related stories\n  • Parties name their candidates\n\nYou have {{count}} free articles left this month\n\nTry 3 months for $9\nSigning up means that you accept our terms. Unsubscribe at any time.\n",
      PageFormat::text);
  EXPECT_EQ(a.title, "Ruritania reopens border crossing after six months");
  EXPECT_EQ(a.authors, (std::vector<std::string>{"JANE DOE"}));
  EXPECT_EQ(a.published.date, parse_day("2021-03-05"));
  EXPECT_EQ(a.section, "Border");
  EXPECT_EQ(body(a),
            "Graustark to free customs officers\n\n"
            "STRELSAU -- Ruritania reopened its only crossing to Graustark on Friday, ending a closure that had lasted since the shelling of last autumn.\n\n"
            "\"Why now?\" asked a driver.\n\n"
            "Graustark answered that it would release the two customs officers whom it has held since January, if calm lasts.");
  ASSERT_EQ(a.captions.size(), 1u);
  EXPECT_EQ(a.captions[0].text, "A lorry waits at the crossing on Friday.");
  EXPECT_EQ(a.captions[0].credit, "Lakeside");
}

TEST(Text, DatelineAndPlainReport) {
  const Article a = read(
      "Ruritania reopens border crossing\n\nSTRELSAU, March 5, 2021 (Agency) - Ruritania reopened its only crossing to Graustark on Friday, ending a long closure.\n\n"
      "The step had been promised a week before.\n",
      PageFormat::text);
  EXPECT_EQ(a.published.date, parse_day("2021-03-05"));
  EXPECT_EQ(a.published.basis, DateBasis::dateline);
  ASSERT_TRUE(a.published.evidence);
  EXPECT_EQ(text_of(a.text, *a.published.evidence), "March 5, 2021");
}

TEST(Text, WrappedLinesAreJoined) {
  std::string text = "Ruritania reopens border crossing\n\n";
  for (int i = 0; i < 6; ++i) {
    text +=
        "Ruritania reopened its only crossing to Graustark on Friday, ending\n"
        "a closure that had lasted since the shelling of last autumn, and the\n"
        "foreign minister spoke of a first step.\n\n";
  }
  const Article a = read(text, PageFormat::text);
  EXPECT_EQ(body(a).substr(0, 90), "Ruritania reopened its only crossing to Graustark on Friday, ending a closure that had las");
}

TEST(AsItStands, BytesStay) {
  Page page;
  page.format = PageFormat::article;
  page.bytes = "Title here\n\n  Body   with  {{odd}} spaces.\n";
  page.title = "Title here";
  page.given_date = parse_day("2021-03-05");
  std::vector<Diagnostic> diagnostics;
  const Article a = extract_article(page, rules(), diagnostics);
  EXPECT_EQ(a.text, page.bytes);
  EXPECT_EQ(a.body_start, 14u);
  EXPECT_EQ(a.published.basis, DateBasis::given);
  page.bytes = "Other text.\xff";
  const Article b = extract_article(page, rules(), diagnostics);
  EXPECT_EQ(b.body_start, 0u);
  EXPECT_EQ(diagnostics.back().code, "article.encoding");
}

TEST(Furniture, ShortPatternsMatchShortLinesOnly) {
  const article::FurnitureTable table(DEMARCHE_SOURCE_DIR "/data/en/furniture.tsv");
  EXPECT_EQ(table.match("Share on Facebook"), article::Furniture::line);
  EXPECT_EQ(table.match("Related stories:"), article::Furniture::end);
  EXPECT_EQ(table.match("Share prices in Strelsau fell on Monday after the minister spoke of war and closed the border for good."), article::Furniture::none);
}

}  // namespace
}  // namespace demarche
