// Pages, feeds and sitemaps over HTTP(S), politely: robots.txt is kept to (RFC 9309), a host is asked one thing at a time with a pause
// between, what has not changed is not sent again, and no private address is reached unless that is allowed. What was to be fetched and
// what was is in a State, so a run that is stopped at any instant goes on with the next. The only part of demarche that uses the network.
//
//   fetch::State state("crisis.warc.gz.state");
//   fetch::Fetcher fetcher(options, state, rules, [&](const fetch::Response& r) { archive.write(r); });
//   const fetch::Summary summary = fetcher.run({"https://a.example/feed.xml"}, [] { return stopped; });
//
// One thread. Throws Error when libcurl cannot start or the state cannot be written.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "demarche/core/calendar.h"
#include "demarche/fetch/state.h"
#include "demarche/ingest/ingest.h"

namespace demarche::fetch {

struct FetchOptions {
  std::string user_agent;           // its first word up to '/' is the name that robots.txt knows
  double delay_seconds = 1;         // between two requests to a host; a longer Crawl-delay stands over it, up to kMaxDelaySeconds
  double timeout_seconds = 30;      // of one request
  uint64_t max_bytes = 16 << 20;    // of one response as sent, and once decompressed
  int max_redirects = 5;            // the standard asks for five where robots.txt is sought
  int parallel = 8;                 // hosts asked at once
  int tries = 3;                    // of one address, where the failure may pass
  uint64_t limit = 0;               // pages fetched in this run; 0: all
  std::optional<Day> since;         // pages that a list tells to be older are left out
  bool allow_private = false;       // loopback, private and link-local addresses too
};
inline constexpr double kMaxDelaySeconds = 60;

struct Response {
  std::string url;      // the last one, after redirects
  std::string date;     // "2026-03-05T10:00:00Z"
  std::string address;  // of the server
  std::string head;     // status line, fields and empty line, without fields of the transfer
  std::string body;     // as sent: perhaps compressed
};

struct Summary {
  uint64_t requests = 0, pages = 0, lists = 0, links = 0, unchanged = 0, disallowed = 0, failed = 0, pending = 0, bytes = 0;
};

// Told of each page when it is whole; the state is written right after it returns.
using PageSink = std::function<void(const Response&)>;
// One sentence for each address that could not be fetched.
using FailureSink = std::function<void(const std::string&)>;

class Fetcher {
 public:
  Fetcher(FetchOptions options, State& state, const IngestRules* rules, PageSink page, FailureSink failure);
  ~Fetcher();
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  // What is pending from earlier runs, then `addresses`: pages, or lists whose pages are fetched. `stop` is asked several times a second.
  Summary run(const std::vector<std::string>& addresses, const std::function<bool()>& stop, const std::function<void(const Summary&)>& progress);

 private:
  class Run;
  std::unique_ptr<Run> run_;
};

// The address in one form ("HTTP://A.example:80/x#y" -> "http://a.example/x"), without user and fragment, relative to `base` where that
// is given; nothing when it is none of http or https.
std::optional<std::string> normal_url(std::string_view url, std::string_view base = {});

}  // namespace demarche::fetch
