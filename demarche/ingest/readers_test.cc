// Damaged archives, JSON of news services, feeds and sitemaps.
#include "demarche/ingest/dates.h"
#include "demarche/ingest/ingest_fixture.h"

namespace demarche {
namespace {

class Readers : public IngestFixture {
 protected:
  void SetUp() override {
    IngestFixture::SetUp();
    rules_ = load_ingest_rules(DEMARCHE_SOURCE_DIR "/data");
    options_.rules = rules_.get();
  }
  IngestRulesPtr rules_;
  IngestOptions options_;
};

std::string page_record(int number, const std::string& body) {
  return warc_record("response", "https://a.example/" + std::to_string(number), "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>" + body);
}

// Text that packs badly, so that damage lies within data and not in a run of one byte.
std::string noise(size_t size, uint32_t seed) {
  std::string out;
  for (uint32_t x = seed * 2654435761u + 1; out.size() < size; x = x * 1664525 + 1013904223) out += "abcdefghijklmnopqrstuvwxyz     "[(x >> 20) % 31];
  return out;
}

TEST_F(Readers, ADamagedMemberCostsOneRecord) {
  for (const bool use_zstd : {false, true}) {
    std::vector<std::string> members;
    for (int i = 0; i < 6; ++i) members.push_back(use_zstd ? zstd(page_record(i, noise(3000, static_cast<uint32_t>(i)))) : gzip(page_record(i, noise(3000, static_cast<uint32_t>(i)))));
    const size_t at = members[2].size();
    // A byte turned over at every hundredth place of the third member, and the member cut in the middle.
    for (size_t place = 0; place <= at; place += 97) {
      std::string all;
      for (size_t i = 0; i < members.size(); ++i) {
        std::string member = members[i];
        if (i == 2 && place + 97 <= at) member[place] = static_cast<char>(member[place] ^ 0x55);
        if (i == 2 && place + 97 > at) member.resize(at / 2);
        all += member;
      }
      const std::string out = read({write(use_zstd ? "a.warc.zst" : "a.warc.gz", all)}, options_);
      for (const char* whole : {"/0 html", "/1 html", "/3 html", "/4 html", "/5 html"}) {
        // zstd frames without a checksum may be read wrongly, but never cost another record.
        EXPECT_NE(out.find(std::string("https://a.example") + whole), std::string::npos) << "place " << place << "\n" << out;
      }
      if (!use_zstd && place > 10) {
        EXPECT_EQ(out.find("https://a.example/2 html"), std::string::npos) << "place " << place << "\n" << out;
        EXPECT_NE(out.find("! a.warc.gz: "), std::string::npos) << "place " << place << "\n" << out;
      }
    }
  }
}

TEST_F(Readers, ARecordOfWrongLengthCostsItself) {
  const std::string one = page_record(1, "one"), three = page_record(3, "three");
  std::string two = page_record(2, "two");
  const size_t length = two.find("Content-Length: ") + 16;
  two.replace(length, two.find('\r', length) - length, std::to_string(60 + three.size()));
  const std::string damaged = "! w.warc: is damaged: a record holds less than it says (record of https://a.example/2)\n";
  EXPECT_EQ(read({write("w.warc", one + two + three)}, options_), "https://a.example/1 html 9\n" + damaged + "https://a.example/3 html 11\n");
  two = page_record(2, "two");
  two.replace(length, two.find('\r', length) - length, "99999999999");
  EXPECT_EQ(read({write("w.warc", one + two + three)}, options_), "https://a.example/1 html 9\n" + damaged + "https://a.example/3 html 11\n");
}

TEST_F(Readers, BrotliAndDeflateBodies) {
  const std::string brotli("\x0b\x02\x80\x3c\x70\x3e\x68\x69\x03", 9);  // "<p>hi" as one stored block
  const std::string bare = [] {
    const std::string text = "<p>deflated</p>";
    z_stream z = {};
    deflateInit2(&z, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
    std::string out(100, '\0');
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    z.avail_in = static_cast<uInt>(text.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = 100;
    deflate(&z, Z_FINISH);
    out.resize(z.total_out);
    deflateEnd(&z);
    return out;
  }();
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: ";
  EXPECT_EQ(read({write("b.warc", warc_record("response", "https://a.example/d", head + "deflate\r\n\r\n" + bare) + warc_record("response", "https://a.example/t", head + "br\r\n\r\n<p>unpacked already</p>") +
                                      warc_record("response", "https://a.example/b", head + "br\r\n\r\n" + brotli))},
                 options_),
            "https://a.example/d html 15\nhttps://a.example/t html 23\nhttps://a.example/b html 5\n");
}

TEST_F(Readers, ListsOfNewsServices) {
  EXPECT_EQ(read({write("newsapi.json", R"({"status":"ok","totalResults":3,"articles":[
      {"source":{"id":null,"name":"Lakeside Times"},"author":"By Ann Lee","title":"Talks","url":"https://a.example/1","publishedAt":"2021-03-05T10:00:00Z","content":"Talks went on in Strelsau on Friday."},
      {"source":{"name":"Lakeside Times"},"title":"Cut","url":"https://a.example/2","content":"The minister said… [+2143 chars]"},
      {"title":"No text","url":"https://a.example/3"}]})")},
                 options_),
            "https://a.example/1 article 43\n! newsapi.json: holds 2 items without their whole text\n");
  PageSource pages({(dir_ / "newsapi.json").string()}, options_);
  const auto page = pages.next();
  ASSERT_TRUE(page && *page);
  EXPECT_EQ((*page)->bytes, "Talks\n\nTalks went on in Strelsau on Friday.");
  EXPECT_EQ((*page)->publisher, "Lakeside Times");
  EXPECT_EQ((*page)->authors, std::vector<std::string>{"Ann Lee"});
  EXPECT_EQ((*page)->given_date, parse_day("2021-03-05"));
  EXPECT_EQ(read({write("guardian.json", R"({"response":{"status":"ok","results":[{"id":"world/1","webTitle":"W","webUrl":"https://g.example/1","webPublicationDate":"2021-03-05T10:00:00Z","fields":{"body":"<p>One</p>","headline":"H"}}]}})")}, options_), "world/1 html 10\n");
  EXPECT_EQ(read({write("registry.json", R"({"articles":{"results":[{"uri":"1","url":"https://e.example/1","date":"2021-03-05","title":"T","body":"Body.","source":{"title":"S"},"authors":[{"name":"A"},{"name":"B"}]}],"totalResults":1}})")}, options_), "https://e.example/1 article 8\n");
  EXPECT_EQ(read({write("list.json", R"([{"maintext":"Text one.","url":"https://n.example/1","date_publish":"2021-03-05 10:00:00"},{"maintext":"Text two.","url":"https://n.example/2","date_publish":"soon"}])")}, options_),
            "https://n.example/1 article 9\nhttps://n.example/2 article 9\n");
  PageSource list({(dir_ / "list.json").string()}, options_);
  EXPECT_TRUE((*list.next())->diagnostics.empty());
  const auto undated = list.next();
  ASSERT_EQ((*undated)->diagnostics.size(), 1u);
  EXPECT_EQ((*undated)->diagnostics[0].code, "ingest.invalid_date");
  EXPECT_FALSE((*undated)->given_date);
  EXPECT_EQ(read({write("one.json", "{\n \"title\": \"T\",\n \"text\": \"As it stands.\"\n}\n"), write("other.json", R"({"a":[1,2,{"b":3}]})")}, options_),
            "one.json#1 article 13\n! other.json: holds 1 items without their whole text\n");
}

TEST_F(Readers, JsonFeed) {
  const std::string path = write("feed.json", R"({"version":"https://jsonfeed.org/version/1.1","title":"Lakeside Times","home_page_url":"https://a.example/","language":"en","items":[
      {"id":"https://a.example/1","url":"https://a.example/1","title":"One","content_html":"<p>Talks &amp; more</p>","date_published":"2021-03-05T23:00:00+01:00","authors":[{"name":"Ann Lee"}]},
      {"id":"2","content_text":"Plain text of the second."}]})");
  EXPECT_EQ(read({path}, options_), "https://a.example/1 html 23\n2 article 25\n");
  PageSource pages({path}, options_);
  const auto page = pages.next();
  EXPECT_EQ((*page)->publisher, "Lakeside Times");
  EXPECT_EQ((*page)->language, "en");
  EXPECT_EQ((*page)->given_date, parse_day("2021-03-05"));
}

TEST_F(Readers, BrokenJson) {
  // A quotation mark is lost in the first row, the file ends within the third.
  const std::string broken = "[{\"text\":\"one\n,\"url\":\"https://a.example/1\"},\n{\"text\":\"two\",\"url\":\"https://a.example/2\"},\n{\"text\":\"thr";
  const std::string out = read({write("broken.json", broken)}, options_);
  EXPECT_NE(out.find("https://a.example/2 article 3\n"), std::string::npos) << out;
  EXPECT_NE(out.find("is cut off: its JSON ends too early"), std::string::npos) << out;
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_EQ(read({write("deep.json", "[{\"text\":\"a\",\"x\":" + deep + "},{\"text\":\"b\"}]"), write("deep.jsonl", "{\"text\":\"c\",\"x\":" + deep + "}\n{\"text\":\"d\"}\n")}, options_),
            "deep.json#1 article 1\ndeep.json#2 article 1\ndeep.jsonl:1 article 1\ndeep.jsonl:2 article 1\n");
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  EXPECT_NE(read({write("objects.json", objects)}, options_).find("! objects.json: is cut off"), std::string::npos);
}

TEST_F(Readers, ABrokenItemCostsItself) {
  const std::string body(450, 'a');
  const std::string good = "<item><title>T</title><link>https://a.example/2</link><author>ed@a.example (Ann Lee)</author><category>World</category><description>" + body + "</description></item>";
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<b>";
  for (const std::string& bad : {"<item><link>https://a.example/1</link><description>" + deep + "</description></item>", std::string("<item><description>x</item>"), std::string("<item><a b='><description>"),
                                 std::string("<item>\0\0<description>&undefined; & x < y</description></item>", 62)}) {
    const std::string out = read({write("f.xml", "<?xml version=\"1.0\"?><rss><channel><title>C</title><language>en-gb</language>" + bad + good + "</channel></rss>")}, options_);
    EXPECT_NE(out.find("https://a.example/2 html 450\n"), std::string::npos) << out;
  }
  PageSource pages({write("f.xml", "<rss><channel><title>C</title><language>en-gb</language>" + good + "</channel></rss>")}, options_);
  const auto page = pages.next();
  EXPECT_EQ((*page)->authors, std::vector<std::string>{"Ann Lee"});
  EXPECT_EQ((*page)->section, "World");
  EXPECT_EQ((*page)->language, "en-gb");
}

TEST_F(Readers, SitemapsHoldNoReports) {
  EXPECT_EQ(read({write("s.xml", "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url><loc>https://a.example/1</loc></url><url><loc>https://a.example/2</loc></url></urlset>")}, options_),
            "! s.xml: is a sitemap: a list of 2 addresses and no reports; demarche fetch gets them\n");
}

TEST(SourceDates, ManyForms) {
  using ingest::parse_source_date;
  const auto day = parse_day("2021-03-05");
  for (const char* text : {"2021-03-05", "2021-03-05T23:59:59-05:00", " 2021-03-05 10:00:00", "20210305", "20210305T101500Z", "20210305101500", "Fri, 5 Mar 2021 10:00:00 GMT", "March 5, 2021 Friday",
                           "5 March 2021", "Friday, 05-Mar-21 10:00:00 UTC", "1614938400", "1614938400000", "10:15, March 5, 2021"}) {
    EXPECT_EQ(parse_source_date(text), day) << text;
  }
  for (const char* text : {"", "soon", "05/03/2021", "2021-02-30", "March 2021", "5 Marchpane 2021", "31 June 2020", "99999999999999999999", "2021-03-055"}) EXPECT_FALSE(parse_source_date(text)) << text;
}

}  // namespace
}  // namespace demarche
