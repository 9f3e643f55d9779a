#include "app/fetching.h"

#include <chrono>
#include <ctime>
#include <filesystem>
#include <iostream>

#include "demarche/ingest/http_page.h"

namespace demarche::app {
namespace {

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm tm = {};
  gmtime_r(&now, &tm);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
  return text;
}

}  // namespace

void add_network_flags(CLI::App& command, NetworkFlags& flags) {
  flags.options.user_agent = "demarche/" DEMARCHE_VERSION;
  command.add_option("--delay", flags.options.delay_seconds, "Seconds between two requests to a host; a longer Crawl-delay of its robots.txt stands over it")
      ->check(CLI::Range(0.0, 3600.0))
      ->capture_default_str();
  command.add_option("--timeout", flags.options.timeout_seconds, "Seconds for one request")->check(CLI::Range(1.0, 3600.0))->capture_default_str();
  command.add_option("--max-size", flags.max_mib, "MiB of one page or list, as sent and once decompressed; larger ones are not fetched")
      ->check(CLI::Range(0.001, 1024.0))
      ->capture_default_str();
  command.add_option("--parallel", flags.options.parallel, "Hosts asked at once; each gets one request at a time")->check(CLI::Range(1, 64))->capture_default_str();
  command.add_option("--limit", flags.options.limit, "Pages fetched in one run; the rest waits for the next (default: all)");
  command.add_option("--since", flags.since, "Leave out pages that a list says are older")->type_name("YYYY-MM-DD")->check([](const std::string& day) {
    return parse_day(day) ? std::string() : "'" + day + "' is no day; write YYYY-MM-DD";
  });
  command.add_option("--user-agent", flags.options.user_agent, "Who we say we are; robots.txt is read for the word before '/'")->capture_default_str();
  command.add_flag("--allow-private", flags.options.allow_private, "Also reach loopback, private and link-local addresses");
}

fetch::FetchOptions network_options(const NetworkFlags& flags) {
  fetch::FetchOptions options = flags.options;
  options.max_bytes = static_cast<uint64_t>(flags.max_mib * (1 << 20));
  if (!flags.since.empty()) options.since = parse_day(flags.since);
  return options;
}

PageKeeper::PageKeeper(const std::string& warc, Reading* reading, fetch::State& state, uint64_t max_bytes) : reading_(reading), state_(state), max_bytes_(max_bytes) {
  if (warc.empty()) return;
  warc_path_ = std::filesystem::absolute(warc).lexically_normal().string();
  warc_.emplace(warc, state.archive_size(warc_path_).value_or(UINT64_MAX), "demarche/" DEMARCHE_VERSION, utc_now());
  state_.begin();
  state_.put_archive_size(warc_path_, warc_->sync());
  state_.commit();
}

void PageKeeper::keep(const fetch::Response& response, const std::function<void()>& before_message) {
  if (warc_) {
    warc_->write_response(response.url, response.date, response.address, response.head, response.body);
    state_.put_archive_size(warc_path_, warc_->sync());
  }
  if (reading_ == nullptr) return;
  auto page = ingest::page_of_response(response.url, ingest::parse_http_head(response.head), response.body, max_bytes_);
  // Neither HTML nor text.
  if (!page) return;
  std::optional<Result<Page>> next = *page ? std::move(*page) : Result<Page>::failure(response.url + ": " + page->error());
  reading_->run([&] { return std::exchange(next, std::nullopt); }, before_message, [] {});
}

std::string sentence(const fetch::Summary& s) {
  std::string out = std::to_string(s.pages) + (s.pages == 1 ? " page" : " pages") + " fetched";
  if (s.lists > 0) out += " from " + std::to_string(s.lists) + (s.lists == 1 ? " list" : " lists") + " (" + std::to_string(s.links) + " new addresses)";
  out += ", " + std::to_string(s.unchanged) + " unchanged";
  if (s.disallowed > 0) out += ", " + std::to_string(s.disallowed) + " closed to robots";
  if (s.failed > 0) out += ", " + std::to_string(s.failed) + " failed";
  if (s.pending > 0) out += ", " + std::to_string(s.pending) + " still to be fetched";
  return out;
}

}  // namespace demarche::app
