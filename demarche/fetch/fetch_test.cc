// robots.txt, addresses, the state and the archive; whole runs against a server are in tests/program/test_fetch.py.
#include "demarche/fetch/fetch.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "demarche/fetch/address.h"
#include "demarche/fetch/robots.h"
#include "demarche/fetch/warc_writer.h"

namespace demarche::fetch {
namespace {

namespace fs = std::filesystem;

TEST(RobotsTxt, GroupsAndLongestMatch) {
  const Robots robots = Robots::parse(
      "\xef\xbb\xbfUser-agent: other\nDisallow: /\n\n# ours\nUSER-AGENT: x\nUser-Agent: Demarche/2.0\nDisallow: /private # not this\nAllow: /private/open\nCrawl-delay: 2.5\n"
      "Disallow: /*.pdf$\nDisallow: /a*b*c\nUser-agent: *\nDisallow: /\nuser-agent: demarche\nDisallow: /second\n",
      "demarche");
  for (const char* path : {"/", "/x", "/private/open/1", "/paper.pdf?x", "/a1b2d", "/robots.txt", "/privat"}) EXPECT_TRUE(robots.allows(path)) << path;
  for (const char* path : {"/private", "/private/closed", "/private2", "/x/paper.pdf", "/a1b2c3", "/second"}) EXPECT_FALSE(robots.allows(path)) << path;
  EXPECT_EQ(robots.delay_seconds(), 2.5);
}

TEST(RobotsTxt, OthersAndOddities) {
  EXPECT_FALSE(Robots::parse("User-agent: *\rDisallow: /x\r", "demarche").allows("/x"));
  EXPECT_TRUE(Robots::parse("User-agent: *\nDisallow:\n", "demarche").allows("/x"));
  EXPECT_TRUE(Robots::parse("Disallow: /\n", "demarche").allows("/x"));  // belongs to nobody
  EXPECT_TRUE(Robots::parse("User-agent: demarcheur\nDisallow: /\n", "demarche").allows("/x"));
  EXPECT_TRUE(Robots::parse("<!doctype html><p>Disallow: /</p>", "demarche").allows("/x"));
  // As long: the one that allows.
  EXPECT_TRUE(Robots::parse("User-agent: *\nDisallow: /x\nAllow: /x\n", "demarche").allows("/x"));
  EXPECT_TRUE(Robots::parse("User-agent: *\nDisallow: /\nAllow: /$\n", "demarche").allows("/"));
  EXPECT_FALSE(Robots::parse("User-agent: *\nDisallow: /\nAllow: /$\n", "demarche").allows("/x"));
  // One octet written in several ways.
  for (const char* path : {"/caf\xc3\xa9", "/caf%c3%a9", "/caf%C3%A9", "/%63af%C3%A9"}) EXPECT_FALSE(Robots::parse("User-agent: *\nDisallow: /caf\xc3\xa9\n", "demarche").allows(path)) << path;
  EXPECT_TRUE(Robots::parse("User-agent: *\nDisallow: /a%2Fb\n", "demarche").allows("/a/b"));
  EXPECT_FALSE(Robots::closed().allows("/x"));
  EXPECT_TRUE(Robots::closed().allows("/robots.txt"));
}

bool is_public(const char* text) {
  sockaddr_in v4 = {};
  sockaddr_in6 v6 = {};
  v4.sin_family = AF_INET;
  v6.sin6_family = AF_INET6;
  if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) return is_public_address(reinterpret_cast<const sockaddr*>(&v4), sizeof v4);
  EXPECT_EQ(inet_pton(AF_INET6, text, &v6.sin6_addr), 1) << text;
  return is_public_address(reinterpret_cast<const sockaddr*>(&v6), sizeof v6);
}

TEST(Addresses, PublicOrNot) {
  for (const char* text : {"1.1.1.1", "93.184.215.14", "172.15.0.1", "172.32.0.1", "100.63.0.1", "192.169.0.1", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1"}) EXPECT_TRUE(is_public(text)) << text;
  for (const char* text : {"0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.255", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9",
                           "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "fe80::1", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "64:ff9b::7f00:1",
                           "2002:7f00:1::1", "2002:a00:1::", "2001::1", "2001:db8::1", "100::1", "3fff::1"}) {
    EXPECT_FALSE(is_public(text)) << text;
  }
}

TEST(Urls, OneForm) {
  EXPECT_EQ(normal_url(" HTTP://A.Example:80/x/../y?b=1#part\n"), "http://a.example/y?b=1");
  EXPECT_EQ(normal_url("https://user:secret@a.example"), "https://a.example/");
  EXPECT_EQ(normal_url("//b.example/z", "https://a.example/x"), "https://b.example/z");
  EXPECT_EQ(normal_url("../z", "https://a.example/x/y/w"), "https://a.example/x/z");
  EXPECT_EQ(normal_url("https://a.example/caf\xc3\xa9 1"), "https://a.example/caf%c3%a9%201");
  for (const char* text : {"", "a", "file:///etc/passwd", "ftp://a.example/", "javascript:alert(1)", "gopher://a.example", "http://"}) EXPECT_FALSE(normal_url(text)) << text;
  EXPECT_FALSE(normal_url("file:///etc/passwd", "https://a.example/"));
}

class FetchFiles : public testing::Test {
 protected:
  void SetUp() override {
    dir_ = fs::temp_directory_path() / ("demarche_fetch_test." + std::to_string(getpid()));
    fs::remove_all(dir_);
    fs::create_directories(dir_);
  }
  void TearDown() override { fs::remove_all(dir_); }
  fs::path dir_;
};

TEST_F(FetchFiles, StateKeepsWhatWaits) {
  {
    State state(dir_ / "s");
    state.begin();
    state.put_pending({"https://a.example/2", 1, false});
    state.put_pending({"https://a.example/1", 2, true});
    state.commit();
    state.begin();
    state.put_result("https://a.example/2", {UrlState::done, 0, 77, "\"e\"", "then"});
    state.put_archive_size("x", 5);
    state.put_file("f", {1, 2, "r"});
    state.commit();
    state.begin();
    state.put_result("https://a.example/1", {UrlState::done, 0, 88, "", ""});
    EXPECT_THROW(State(dir_ / "s"), Error);  // in use
  }  // no commit
  State state(dir_ / "s");
  ASSERT_EQ(state.pending(9).size(), 1u);
  EXPECT_EQ(state.pending(9)[0].url, "https://a.example/1");
  EXPECT_TRUE(state.pending(9)[0].list);
  EXPECT_EQ(state.find("https://a.example/2")->etag, "\"e\"");
  EXPECT_FALSE(state.find("https://a.example/3"));
  EXPECT_EQ(state.archive_size("x"), 5u);
  EXPECT_EQ(state.file("f"), (SeenFile{1, 2, "r"}));
  std::ofstream(dir_ / "junk") << std::string(5000, 'j');
  EXPECT_THROW(State(dir_ / "junk"), Error);
}

TEST_F(FetchFiles, ArchiveGoesOnAfterWhatIsWhole) {
  const std::string path = (dir_ / "a.warc.gz").string();
  uint64_t whole = 0;
  {
    WarcWriter warc(path, UINT64_MAX, "demarche/test", "2026-01-01T00:00:00Z");
    warc.write_response("https://a.example/1", "2026-01-01T00:00:00Z", "192.0.2.1", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 10\r\n\r\n", "<p>one</p>");
    whole = warc.sync();
    warc.write_response("https://a.example/2", "2026-01-01T00:00:00Z", "", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", "<p>lost</p>");
  }
  fs::resize_file(path, fs::file_size(path) - 7);
  {
    WarcWriter warc(path, whole, "demarche/test", "2026-01-02T00:00:00Z");
    warc.write_response("https://a.example/3", "2026-01-02T00:00:00Z", "", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", "<p>three</p>");
  }
  PageSource pages({path}, {});
  std::string out;
  while (const auto page = pages.next()) out += *page ? (*page)->read_from + " " + (*page)->bytes + "\n" : "! " + page->error() + "\n";
  EXPECT_EQ(out, "https://a.example/1 <p>one</p>\nhttps://a.example/3 <p>three</p>\n");
}

}  // namespace
}  // namespace demarche::fetch
