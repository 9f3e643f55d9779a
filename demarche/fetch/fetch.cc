// How a run goes. Every address is a job in the queue of its host. A host that is not being asked and whose pause is over gives its next
// job to libcurl's multi interface; before the first of an origin stands a job for its robots.txt. What came of a job is written into the
// state in one transaction with what it led to, so that a stop at any instant costs the requests under way alone.
#include "demarche/fetch/fetch.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <ctime>
#include <deque>
#include <map>
#include <set>
#include <utility>

#include "demarche/fetch/robots.h"
#include "demarche/fetch/transfer.h"
#include "demarche/ingest/http_page.h"
#include "demarche/ingest/links.h"

namespace demarche::fetch {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int64_t kRobotsSeconds = 24 * 3600;    // how long robots.txt is held to be true (RFC 9309, 2.4)
constexpr uint64_t kRobotsBytes = 512 << 10;     // what lies behind is not read
constexpr int kMaxDepth = 3;                     // lists within lists
constexpr size_t kMaxQueue = 1'000'000;
constexpr int kMaxRetrySeconds = 120;            // a server that wants a longer pause is asked in the next run
constexpr int kNeverAgain = 1000;                // tries of an address that no try can help
constexpr int kPollMs = 200;                     // how often a stop is looked for

int64_t now_seconds() { return static_cast<int64_t>(std::time(nullptr)); }

std::string utc_text(int64_t seconds) {
  const auto time = static_cast<time_t>(seconds);
  std::tm tm = {};
  gmtime_r(&time, &tm);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
  return text;
}

struct UrlHandle {
  CURLU* url = curl_url();
  UrlHandle() = default;
  UrlHandle(const UrlHandle&) = delete;
  UrlHandle& operator=(const UrlHandle&) = delete;
  ~UrlHandle() { curl_url_cleanup(url); }
  std::string part(CURLUPart which, unsigned flags = 0) const {
    char* text = nullptr;
    if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return "";
    std::string out(text);
    curl_free(text);
    return out;
  }
};

struct UrlParts {
  std::string origin, host, path;  // path with query
};
UrlParts parts_of(const std::string& address) {
  UrlHandle url;
  curl_url_set(url.url, CURLUPART_URL, address.c_str(), 0);
  const std::string query = url.part(CURLUPART_QUERY), host = url.part(CURLUPART_HOST), port = url.part(CURLUPART_PORT);
  return {url.part(CURLUPART_SCHEME) + "://" + host + (port.empty() ? "" : ":" + port), host, url.part(CURLUPART_PATH) + (query.empty() ? "" : "?" + query)};
}

// Seconds or a date in HTTP's form.
int retry_seconds(const std::string& field, int otherwise) {
  int seconds = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), seconds);
  if (error == std::errc() && end == field.data() + field.size() && seconds >= 0) return seconds;
  const time_t when = field.empty() ? -1 : curl_getdate(field.c_str(), nullptr);
  return when < 0 ? otherwise : static_cast<int>(std::clamp<int64_t>(when - now_seconds(), 0, 1'000'000));
}

// Without the fields that tell how the bytes travelled; they are kept as they are after that.
std::string kept_head(const std::string& head, size_t body_size) {
  std::string out;
  for (size_t at = 0; at < head.size();) {
    const size_t end = std::min(head.find('\n', at), head.size() - 1);
    const std::string line = head.substr(at, end + 1 - at);
    at = end + 1;
    std::string name;
    std::string_view value;
    if (line == "\r\n" || line == "\n") break;
    if (ingest::split_http_field(line, name, value) && (name == "transfer-encoding" || name == "content-length" || name == "connection" || name == "set-cookie")) continue;
    out += line;
  }
  return out + "Content-Length: " + std::to_string(body_size) + "\r\n\r\n";
}

}  // namespace

std::optional<std::string> normal_url(std::string_view text, std::string_view base) {
  const size_t from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return std::nullopt;
  const std::string address(text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1));
  // A NUL would end the address for libcurl alone.
  if (address.size() > 8000 || address.find('\0') != std::string::npos) return std::nullopt;
  UrlHandle url;
  if (!base.empty() && curl_url_set(url.url, CURLUPART_URL, std::string(base).c_str(), 0) != CURLUE_OK) return std::nullopt;
  if (curl_url_set(url.url, CURLUPART_URL, address.c_str(), CURLU_URLENCODE) != CURLUE_OK) return std::nullopt;
  const std::string scheme = url.part(CURLUPART_SCHEME), port = url.part(CURLUPART_PORT);
  if (scheme != "http" && scheme != "https") return std::nullopt;
  const std::string host = ingest::lower_ascii(url.part(CURLUPART_HOST));
  if (host.empty() || curl_url_set(url.url, CURLUPART_HOST, host.c_str(), 0) != CURLUE_OK) return std::nullopt;
  for (const CURLUPart part : {CURLUPART_FRAGMENT, CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS}) curl_url_set(url.url, part, nullptr, 0);
  if ((scheme == "http" && port == "80") || (scheme == "https" && port == "443")) curl_url_set(url.url, CURLUPART_PORT, nullptr, 0);
  const std::string out = url.part(CURLUPART_URL);
  return out.empty() ? std::nullopt : std::optional(out);
}

class Fetcher::Run {
 public:
  Run(FetchOptions options, State& state, const IngestRules* rules, PageSink page, FailureSink failure)
      : options_(std::move(options)), state_(state), rules_(rules), page_(std::move(page)), failure_(std::move(failure)) {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    multi_ = curl_multi_init();
    if (started != CURLE_OK || multi_ == nullptr) throw Error("libcurl cannot be started");
    product_ = options_.user_agent.substr(0, options_.user_agent.find_first_of("/ "));
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;
  ~Run() {
    for (const auto& [handle, active] : active_) curl_multi_remove_handle(multi_, handle);
    active_.clear();
    curl_multi_cleanup(multi_);
  }

  Summary run(const std::vector<std::string>& addresses, const std::function<bool()>& stop, const std::function<void(const Summary&)>& progress) {
    summary_ = {};
    begin(addresses);
    while (!stop()) {
      start_ready();
      if (active_.empty() && (queued_.empty() || limit_reached())) break;
      int running = 0;
      curl_multi_perform(multi_, &running);
      int left = 0;
      while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
        if (message->msg == CURLMSG_DONE) finish(message->easy_handle, message->data.result);
      }
      summary_.pending = queued_.size();
      progress(summary_);
      curl_multi_poll(multi_, nullptr, 0, wait_ms(), nullptr);
    }
    summary_.pending = queued_.size();
    // What is under way is dropped; it is pending in the state.
    for (const auto& [handle, active] : active_) curl_multi_remove_handle(multi_, handle);
    active_.clear();
    hosts_.clear();
    queued_.clear();
    closed_.clear();
    robots_.clear();
    return summary_;
  }

 private:
  struct Job {
    std::string url, asked;  // where it is now, after redirects; as it was listed
    int depth = 0, hops = 0, tries = 0;
    bool list = false;       // may be a list: given by the user, or an entry of an index
    bool revisit = false;    // we hold it: ask whether it has changed
    std::string robots_of;   // the origin whose robots.txt this is; empty: a page or list
  };
  struct Host {
    std::deque<Job> queue;
    Clock::time_point next;
    bool busy = false;
  };
  struct Active {
    std::unique_ptr<Transfer> transfer;
    Job job;
  };
  struct Site {
    Robots robots;
    std::string why_closed;  // the site could not tell its wishes
  };

  bool limit_reached() const { return options_.limit > 0 && summary_.pages >= options_.limit; }

  void begin(const std::vector<std::string>& addresses) {
    for (PendingUrl& url : state_.pending(kMaxQueue)) enqueue({url.url, url.url, url.depth, 0, 0, url.list, false, ""});
    for (const std::string& address : addresses) {
      const auto url = normal_url(address);
      if (!url) {
        ++summary_.failed;
        failure_(address + ": is no address of http or https");
        continue;
      }
      const auto known = state_.find(*url);
      enqueue({*url, *url, 0, 0, 0, true, known && known->state == UrlState::done, ""});
    }
  }

  void enqueue(Job job) {
    if (queued_.size() >= kMaxQueue || !queued_.insert(job.asked).second) return;
    Host& host = hosts_[parts_of(job.url).host];
    host.queue.push_back(std::move(job));
  }

  // Gives the next job of each host that may be asked now to libcurl.
  void start_ready() {
    const auto now = Clock::now();
    for (auto& [name, host] : hosts_) {
      if (active_.size() >= static_cast<size_t>(options_.parallel) || limit_reached()) return;
      while (!host.busy && !host.queue.empty() && host.next <= now) start(host);
    }
  }

  void start(Host& host) {
    Job job = std::move(host.queue.front());
    host.queue.pop_front();
    if (job.robots_of.empty()) {
      const UrlParts parts = parts_of(job.url);
      const Site* site = site_of(parts.origin);
      if (site == nullptr) {
        host.queue.push_front(std::move(job));
        host.queue.push_front({parts.origin + "/robots.txt", "", 0, 0, 0, false, false, parts.origin});
        return;
      }
      if (!site->why_closed.empty()) return give_up(job, site->why_closed, UrlState::failed, job.tries + 1);
      if (!site->robots.allows(parts.path)) return give_up(job, "is closed to robots by the site's robots.txt", UrlState::disallowed, 0);
    }
    KnownUrl known;
    if (job.revisit) known = state_.find(job.asked).value_or(known);
    const bool is_robots = !job.robots_of.empty();
    auto transfer = std::make_unique<Transfer>(job.url, known.etag, known.last_modified, is_robots,
                                               TransferLimits{options_.user_agent, options_.timeout_seconds, is_robots ? kRobotsBytes : options_.max_bytes, options_.allow_private});
    CURL* handle = transfer->handle();
    if (curl_multi_add_handle(multi_, handle) != CURLM_OK) throw Error("libcurl cannot take another request");
    host.busy = true;
    ++summary_.requests;
    active_.emplace(handle, Active{std::move(transfer), std::move(job)});
  }

  // The site's wishes if they are known; else they must be asked for.
  const Site* site_of(const std::string& origin) {
    const auto found = robots_.find(origin);
    if (found != robots_.end()) return &found->second;
    const auto kept = state_.robots(origin);
    if (!kept || now_seconds() - kept->fetched > kRobotsSeconds || kept->fetched > now_seconds()) return nullptr;
    return &robots_.emplace(origin, Site{Robots::parse(kept->text, product_), ""}).first->second;
  }

  int wait_ms() const {
    auto next = Clock::now() + std::chrono::milliseconds(kPollMs);
    for (const auto& [name, host] : hosts_) {
      if (!host.busy && !host.queue.empty()) next = std::min(next, host.next);
    }
    return static_cast<int>(std::max<int64_t>(1, std::chrono::duration_cast<std::chrono::milliseconds>(next - Clock::now()).count()));
  }

  void finish(CURL* handle, CURLcode code) {
    const auto node = active_.extract(handle);
    curl_multi_remove_handle(multi_, handle);
    Transfer& transfer = *node.mapped().transfer;
    Job job = std::move(node.mapped().job);
    const UrlParts parts = parts_of(job.url);
    Host& host = hosts_[parts.host];
    host.busy = false;
    summary_.bytes += transfer.head.size() + transfer.body.size();
    double delay = options_.delay_seconds;
    if (const auto site = robots_.find(parts.origin); site != robots_.end()) delay = std::max(delay, std::min(site->second.robots.delay_seconds().value_or(0), kMaxDelaySeconds));
    pause(host, delay);

    ingest::HttpHead head = ingest::parse_http_head(transfer.head);
    head.status = transfer.status();
    std::string why = transfer.why_failed(code);
    const bool redirect = why.empty() && !head.location.empty() && (head.status == 301 || head.status == 302 || head.status == 303 || head.status == 307 || head.status == 308);
    if (redirect) {
      const auto target = normal_url(head.location, job.url);
      if (!target) {
        why = "leads to an address that is none of http or https";
      } else if (job.hops >= options_.max_redirects) {
        why = "leads on more than " + std::to_string(options_.max_redirects) + " times";
      } else {
        job.url = *target;
        ++job.hops;
        hosts_[parts_of(job.url).host].queue.push_front(std::move(job));
        return;
      }
    }
    if (!job.robots_of.empty()) return finish_robots(job, head.status, why, transfer.body);
    if (why.empty() && head.status == 304) return finish_unchanged(job);
    if (why.empty() && head.status == 200) return finish_found(job, head, transfer);
    const bool may_pass = why.empty() ? head.status == 429 || head.status == 408 || head.status >= 500 : transfer.may_pass(code) && !redirect;
    if (why.empty()) why = "was answered with status " + std::to_string(head.status);
    if (!may_pass) return give_up(job, why, UrlState::failed, kNeverAgain);
    const int wait = retry_seconds(head.retry_after, 1 << std::min(job.tries, 6));
    if (++job.tries >= options_.tries || wait > kMaxRetrySeconds) return give_up(job, why, UrlState::failed, job.tries);
    pause(host, std::max(delay, static_cast<double>(wait)));
    host.queue.push_front(std::move(job));
  }

  static void pause(Host& host, double seconds) { host.next = Clock::now() + std::chrono::milliseconds(static_cast<int64_t>(seconds * 1000)); }

  void finish_robots(const Job& job, int status, const std::string& why, const std::string& body) {
    Site site;
    if (!why.empty() && status < 300) {
      site = {Robots::closed(), why};
    } else if (status >= 500 || status == 429) {
      site = {Robots::closed(), "is not fetched: the site's robots.txt was answered with status " + std::to_string(status)};
    } else {
      // No such file, or redirected in circles: no wishes.
      const std::string text = status >= 200 && status < 300 ? unpacked(body, kRobotsBytes) : "";
      site.robots = Robots::parse(text, product_);
      state_.begin();
      state_.put_robots(job.robots_of, {now_seconds(), status, text});
      state_.commit();
    }
    robots_.insert_or_assign(job.robots_of, std::move(site));
  }

  void close(const Job& job) {
    queued_.erase(job.asked);
    closed_.insert(job.asked);
  }

  static std::string unpacked(std::string body, uint64_t limit) {
    static_cast<void>(ingest::unpack_body(body, {}, limit));
    return body;
  }

  void give_up(const Job& job, const std::string& why, UrlState as, int tries) {
    close(job);
    ++(as == UrlState::disallowed ? summary_.disallowed : summary_.failed);
    KnownUrl known = state_.find(job.asked).value_or(KnownUrl());
    // What we hold of it stays ours.
    if (known.state != UrlState::done || known.fetched == 0) known.state = as;
    known.tries = tries;
    state_.begin();
    state_.put_result(job.asked, known);
    state_.commit();
    failure_(job.asked + (job.url == job.asked ? "" : " (at " + job.url + ")") + ": " + why);
  }

  void finish_unchanged(const Job& job) {
    close(job);
    ++summary_.unchanged;
    KnownUrl known = state_.find(job.asked).value_or(KnownUrl());
    known.state = UrlState::done;
    known.fetched = now_seconds();
    state_.begin();
    state_.put_result(job.asked, known);
    state_.commit();
  }

  void finish_found(const Job& job, const ingest::HttpHead& head, Transfer& transfer) {
    close(job);
    std::optional<std::vector<ingest::SourceLink>> links;
    if (job.list) links = list_in(head, transfer.body);
    const int64_t now = now_seconds();
    state_.begin();
    if (links) {
      ++summary_.lists;
      for (const ingest::SourceLink& link : *links) follow(link, job);
    } else {
      ++summary_.pages;
      page_({job.url, utc_text(now), transfer.address(), kept_head(transfer.head, transfer.body.size()), std::move(transfer.body)});
    }
    const KnownUrl result{UrlState::done, 0, now, head.etag, head.last_modified};
    state_.put_result(job.asked, result);
    if (job.url != job.asked && !links) state_.put_result(job.url, result);
    state_.commit();
  }

  std::optional<std::vector<ingest::SourceLink>> list_in(const ingest::HttpHead& head, std::string body) const {
    if (ingest::unpack_body(body, head, options_.max_bytes)) return std::nullopt;
    // Sitemaps may be gzip files themselves.
    return ingest::read_links(unpacked(std::move(body), options_.max_bytes), rules_);
  }

  void follow(const ingest::SourceLink& link, const Job& from) {
    const auto url = normal_url(link.url, from.url);
    if (!url || from.depth >= kMaxDepth || (options_.since && link.day && *link.day < *options_.since)) return;
    const auto known = state_.find(*url);
    bool revisit = false;
    if (known) {
      revisit = known->state == UrlState::done;
      const bool changed = link.list || (link.day && link.day->number > known->fetched / 86'400);
      if (revisit && !changed) return;
      if (known->state == UrlState::failed && known->tries >= 2 * options_.tries) return;
    }
    if (queued_.count(*url) > 0 || closed_.count(*url) > 0) return;
    ++summary_.links;
    const int depth = from.depth + 1;
    state_.put_pending({*url, depth, link.list});
    enqueue({*url, *url, depth, 0, 0, link.list, revisit, ""});
  }

  FetchOptions options_;
  State& state_;
  const IngestRules* rules_;
  PageSink page_;
  FailureSink failure_;
  CURLM* multi_ = nullptr;
  std::string product_;
  std::map<std::string, Host> hosts_;
  std::map<std::string, Site> robots_;  // by origin
  std::map<CURL*, Active> active_;
  std::set<std::string> queued_;        // addresses as listed, waiting or under way
  std::set<std::string> closed_;        // those this run is done with
  Summary summary_;
};

Fetcher::Fetcher(FetchOptions options, State& state, const IngestRules* rules, PageSink page, FailureSink failure)
    : run_(std::make_unique<Run>(std::move(options), state, rules, std::move(page), std::move(failure))) {}
Fetcher::~Fetcher() = default;
Summary Fetcher::run(const std::vector<std::string>& addresses, const std::function<bool()>& stop, const std::function<void(const Summary&)>& progress) {
  return run_->run(addresses, stop, progress);
}

}  // namespace demarche::fetch
