#include "demarche/ingest/ingest_fixture.h"

namespace demarche {
namespace {

namespace fs = std::filesystem;
using Ingest = IngestFixture;

TEST_F(Ingest, FoldersInByteOrder) {
  write("b/two.txt", kText);
  write("a.html", kHtml);
  write("b/one.txt.gz", gzip(kText));
  write("c.html.zst", zstd(kHtml));
  write("picture.png", "\x89PNG....");
  write(".hidden.txt", kText);
  EXPECT_EQ(read({dir_.string()}), "a.html html 60\nb/one.txt.gz text 44\nb/two.txt text 44\nc.html.zst html 60\n");
  EXPECT_EQ(read({(dir_ / "b/t*.txt").string()}), "b/two.txt text 44\n");
}

TEST_F(Ingest, SameBytesSameId) {
  const std::string plain = write("a.txt", kText), packed = write("a.txt.gz", gzip(kText));
  PageSource pages({plain, packed}, {});
  const auto one = pages.next(), two = pages.next();
  EXPECT_EQ((*one)->id, (*two)->id);
  EXPECT_EQ(content_id("abc"), "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(Ingest, FailuresAreOneSentenceAndTheRestIsRead) {
  EXPECT_EQ(read({write("empty.txt", ""), write("image.txt", "\x89PNG\r\n\x1a\n"), (dir_ / "none.txt").string(), write("cut.txt.gz", gzip(kText).substr(0, 25)), write("good.txt", kText)}),
            "! empty.txt: is empty\n! image.txt: is no text: it begins like a PNG image\n! none.txt: cannot be opened: No such file or directory\n"
            "! cut.txt.gz: is cut off: its gzip data end too early\ngood.txt text 44\n");
}

TEST_F(Ingest, LargePagesAndBombsAreRefused) {
  IngestOptions options;
  options.max_page_bytes = 1 << 20;
  EXPECT_EQ(read({write("big.txt", std::string((1 << 20) + 1, 'a')), write("bomb.txt.gz", gzip(std::string(100 << 20, 'a'))), write("bomb.html.zst", zstd("<html>" + std::string(100 << 20, 'a')))}, options),
            "! big.txt: is larger than 524288 bytes\n! bomb.txt.gz: is larger than 524288 bytes\n! bomb.html.zst: is larger than 1 MiB\n");
}

TEST_F(Ingest, TextThatIsHtml) {
  EXPECT_EQ(read({write("page.txt", kHtml), write("text.html", "No tags at all here.\n"), write("about.txt", "The tag <p> begins a paragraph, <br> a line.\n")}), "page.txt html 60\ntext.html text 21\nabout.txt text 45\n");
}

TEST_F(Ingest, JsonLines) {
  const std::string path = write("in.jsonl", "{\"id\":\"r1\",\"text\":\"Caf\\u00e9.\",\"date\":\"2021-03-05T10:00:00Z\",\"title\":\"T\",\"publisher\":\"P\",\"meta\":{\"text\":\"no\",\"deep\":[[[1]]]}}\r\n\nnot json\n{\"id\":\"r2\"}\n{\"id\":7,\"text\":\"x\"}\n{\"text\":\"y\",\"date\":\"soon\"}\n");
  EXPECT_EQ(read({path}), "r1 article 6\n! in.jsonl:3: is no JSON\n! in.jsonl:4: has no \"text\"\n7 article 1\nin.jsonl:6 article 1\n");
  IngestOptions options;
  options.given_date = parse_day("2020-01-01");
  PageSource pages({path}, options);
  const auto first = pages.next();
  EXPECT_EQ((*first)->given_date, parse_day("2020-01-01"));
  EXPECT_EQ((*first)->title, "T");
}

TEST_F(Ingest, FolderWithoutPermission) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  write("closed/a.txt", kText);
  fs::permissions(dir_ / "closed", fs::perms::none);
  const std::string out = read({dir_.string()});
  fs::permissions(dir_ / "closed", fs::perms::owner_all);
  EXPECT_EQ(out, "! closed: cannot be read: Permission denied\n");
}

TEST_F(Ingest, WarcPlainGzipAndZstd) {
  const std::string info = warc_record("warcinfo", "", "software: x\r\n");
  const std::string page = warc_record("response", "https://a.example/1", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1252\r\n\r\n" + kHtml);
  const std::string gone = warc_record("response", "https://a.example/2", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n" + kHtml);
  const std::string image = warc_record("response", "https://a.example/3", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG");
  const std::string chunked = warc_record("response", "https://a.example/4", "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<html\r\n8;x=1\r\n><body>t\r\n0\r\n\r\n");
  const std::string packed = warc_record("response", "https://a.example/5", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + gzip(kHtml));
  const std::string converted = warc_record("conversion", "https://a.example/6", kText);
  const std::string expected = "https://a.example/1 html 60\nhttps://a.example/4 html 13\nhttps://a.example/5 html 60\nhttps://a.example/6 text 44\n";
  std::string all, gzipped, zstded;
  for (const std::string& record : {info, page, gone, image, chunked, packed, converted}) {
    all += record;
    gzipped += gzip(record);
    zstded += zstd(record);
  }
  EXPECT_EQ(read({write("a.warc", all)}), expected);
  EXPECT_EQ(read({write("a.warc.gz", gzipped)}), expected);
  EXPECT_EQ(read({write("a.warc.zst", zstded)}), expected);
  PageSource pages({(dir_ / "a.warc").string()}, {});
  const auto first = pages.next();
  EXPECT_EQ((*first)->url, "https://a.example/1");
  EXPECT_EQ((*first)->http_charset, "windows-1252");
}

TEST_F(Ingest, DamagedWarcKeepsWhatCameBefore) {
  const std::string page = warc_record("response", "https://a.example/1", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + kHtml);
  EXPECT_EQ(read({write("cut.warc", page + page.substr(0, page.size() - 30))}), "https://a.example/1 html 60\n! cut.warc: is cut off (record of https://a.example/1)\n");
  EXPECT_EQ(read({write("cut.warc.gz", gzip(page) + gzip(page).substr(0, 40))}), "https://a.example/1 html 60\n! cut.warc.gz: is cut off: its gzip data end too early\n");
  EXPECT_EQ(read({write("bad.warc", page + "garbage\r\n" + page)}), "https://a.example/1 html 60\n! bad.warc: has bytes between its records that are none\nhttps://a.example/1 html 60\n");
}

TEST_F(Ingest, SavedPageAndMail) {
  const std::string mhtml =
      "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/talks\r\nSubject: Talks\r\nDate: Fri, 5 Mar 2021 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----b\"\r\n\r\n\r\n------b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
      "<p>Caf=C3=A9 talks =\r\ngo on.</p>\r\n------b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBO\r\n------b--\r\n";
  PageSource pages({write("talks.mhtml", mhtml)}, {});
  const auto page = pages.next();
  ASSERT_TRUE(page && *page);
  EXPECT_EQ((*page)->bytes, "<p>Caf\xc3\xa9 talks go on.</p>\r\n");
  EXPECT_EQ((*page)->format, PageFormat::html);
  EXPECT_EQ((*page)->url, "https://a.example/talks");
  EXPECT_FALSE((*page)->given_date);
  const std::string mail =
      "Received: from x\r\nSubject: =?utf-8?Q?Talks_in_Caf=C3=A9?=\r\nDate: Fri, 5 Mar 2021 23:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n"
      "--x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nVGFsa3MgZ28gb24u\r\n--x--\r\n";
  PageSource mails({write("talks.eml", mail)}, {});
  const auto letter = mails.next();
  ASSERT_TRUE(letter && *letter);
  EXPECT_EQ((*letter)->bytes, "Talks go on.");
  EXPECT_EQ((*letter)->title, "Talks in Caf\xc3\xa9");
  EXPECT_EQ((*letter)->given_date, parse_day("2021-03-05"));
}

TEST_F(Ingest, SubjectsOfMailInOtherEncodings) {
  PageSource mails({write("letter.eml",
                          "Received: from x\r\nSubject: =?iso-8859-1?Q?Caf=E9?=\r\n =?windows-1251*ru?B?z+Xw5ePu4u7w+w==?= =?x-none?Q?a=20b?=\r\nMIME-Version: 1.0\r\n"
                          "Content-Type: text/plain\r\n\r\nTalks go on.")}, {});
  const auto letter = mails.next();
  ASSERT_TRUE(letter && *letter);
  EXPECT_EQ((*letter)->title, "Caf\xc3\xa9Переговоры=?x-none?Q?a=20b?=");
}

TEST_F(Ingest, Feeds) {
  const std::string body(450, 'a');
  const std::string rss =
      "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Lakeside Times</title><link>https://a.example</link>"
      "<item><title>One &amp; only</title><link>https://a.example/1</link><pubDate>Fri, 05 Mar 2021 10:00:00 GMT</pubDate><description>short</description><content:encoded><![CDATA[<p>" +
      body + "</p>]]></content:encoded></item><item><title>Two</title><link>https://a.example/2</link><description>teaser</description></item></channel></rss>";
  EXPECT_EQ(read({write("feed.xml", rss)}), "https://a.example/1 html 457\n! feed.xml: holds 1 items without their whole text\n");
  PageSource pages({(dir_ / "feed.xml").string()}, {});
  const auto page = pages.next();
  EXPECT_EQ((*page)->title, "One & only");
  EXPECT_EQ((*page)->publisher, "Lakeside Times");
  EXPECT_EQ((*page)->given_date, parse_day("2021-03-05"));
  const std::string atom =
      "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>L</title><entry><title>T</title><id>urn:1</id><link rel=\"alternate\" href=\"https://a.example/3\"/><published>2021-03-05T10:00:00Z</published>"
      "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>1 &lt; 2 " +
      body + "</p></div></content></entry></feed>";
  EXPECT_EQ(read({write("atom.xml", atom)}), "https://a.example/3 html 477\n");
  EXPECT_EQ(read({write("cut.xml", rss.substr(0, rss.size() - 40))}), "https://a.example/1 html 457\n! cut.xml: is damaged: its XML breaks off after 1 whole items\n");
  // Entities that grow, and files that a DTD names, are not read.
  EXPECT_EQ(read({write("bomb.xml", "<!DOCTYPE rss [<!ENTITY a \"" + body + "\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY x SYSTEM \"/etc/passwd\">]><rss><channel><item><title>t</title><description>&b;&b;&x;</description></item></channel></rss>")}),
            "! bomb.xml: holds 1 items without their whole text\n");
}

}  // namespace
}  // namespace demarche
