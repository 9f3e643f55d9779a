// demarche fetch: pages, feeds and sitemaps over HTTP(S) into an archive or the record.
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/fetching.h"

namespace demarche::app {
namespace {

struct FetchFlags {
  std::vector<std::string> addresses;
  std::string warc, record, state;
  std::string format = "summary";
  NetworkFlags network;
};

void print_json_summary(const fetch::Summary& s, const FetchFlags& flags, const Reading* reading) {
  nlohmann::ordered_json out = {{"pages", s.pages},         {"lists", s.lists},           {"links", s.links},     {"unchanged", s.unchanged},
                                {"disallowed", s.disallowed}, {"failed", s.failed},       {"pending", s.pending}, {"requests", s.requests},
                                {"bytes", s.bytes},         {"interrupted", interrupted.load()}};
  out["warc"] = flags.warc.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(flags.warc);
  out["record"] = flags.record.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(flags.record);
  if (reading != nullptr) {
    const ReadCounts& c = reading->counts;
    out["read"] = {{"reports", c.reports}, {"added", c.added}, {"replaced", c.replaced}, {"unchanged", c.unchanged}, {"unread", c.unread}, {"events", c.events},
                   {"statements", c.statements}, {"claims", c.claims}, {"commitments", c.commitments}};
  }
  std::cout << out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
}

int run_fetch(const FetchFlags& flags, const Settings& settings) {
  if (flags.warc.empty() && flags.record.empty()) {
    std::cerr << "demarche fetch: say where the pages go: --warc FILE or --record FILE\n";
    return kUsage;
  }
  const IngestRulesPtr rules = load_ingest_rules(settings.data_dir);
  std::optional<Pipeline> pipeline;
  std::optional<Record> record;
  std::optional<Reading> reading;
  if (!flags.record.empty()) {
    pipeline.emplace(settings.data_dir, settings.parser, settings.lexicon);
    record.emplace(flags.record, RecordMode::write);
    reading.emplace(*pipeline, &*record, false, 1);
  }
  const fetch::FetchOptions options = network_options(flags.network);
  fetch::State state(!flags.state.empty() ? flags.state : (flags.warc.empty() ? flags.record : flags.warc) + ".state");
  PageKeeper keeper(flags.warc, reading ? &*reading : nullptr, state, options.max_bytes);
  note_interrupts();
  const bool shown = isatty(STDERR_FILENO) != 0;
  const auto clear = [&] {
    if (shown) std::fputs("\r\x1b[K", stderr);
  };
  fetch::Fetcher fetcher(
      options, state, rules.get(), [&](const fetch::Response& response) { keeper.keep(response, clear); },
      [&](const std::string& why) {
        clear();
        std::cerr << "demarche: " << why << "\n";
      });
  const fetch::Summary summary = fetcher.run(flags.addresses, [] { return interrupted.load(); }, [&](const fetch::Summary& s) {
    if (shown) std::fprintf(stderr, "\r%llu pages, %llu waiting, %.1f MB\x1b[K", static_cast<unsigned long long>(s.pages), static_cast<unsigned long long>(s.pending), static_cast<double>(s.bytes) / 1e6);
  });
  clear();
  if (flags.format == "json") {
    print_json_summary(summary, flags, reading ? &*reading : nullptr);
  } else {
    std::cout << sentence(summary) << (flags.warc.empty() ? "" : "; archive: " + flags.warc) << "\n";
    if (reading) print_summary(std::cout, reading->counts, flags.record);
  }
  std::cout.flush();
  if (!std::cout) throw Error("the output cannot be written (disk full or closed pipe)");
  if (interrupted) {
    std::cerr << "demarche: interrupted; the same command goes on\n";
    return kInterrupted;
  }
  return summary.failed + summary.disallowed > 0 || (reading && reading->counts.unread > 0) ? kSomeUnread : kOk;
}

}  // namespace

Command add_fetch(CLI::App& app, const Settings& settings) {
  const auto flags = std::make_shared<FetchFlags>();
  CLI::App* sub = app.add_subcommand("fetch", "Get pages, feeds and sitemaps over HTTP into an archive or the record");
  sub->add_option("addresses", flags->addresses, "Addresses of pages, or of feeds, sitemaps and JSON lists, whose pages are fetched")->required()->type_name("URL");
  sub->add_option("--warc", flags->warc, "Write the pages to the end of this archive (.warc.gz), which demarche read takes")->type_name("FILE");
  sub->add_option("--record", flags->record, "Read the pages into this record")->type_name("FILE");
  sub->add_option("--state", flags->state, "What was fetched and what waits (default: the archive's or record's name and .state)")->type_name("FILE");
  sub->add_option("--format", flags->format, "summary: a line for people; json: one object")->check(CLI::IsMember({"summary", "json"}))->capture_default_str();
  add_network_flags(*sub, flags->network);
  sub->footer("Examples:\n  demarche fetch --warc crisis.warc.gz https://news.example/world/rss.xml\n"
              "  demarche fetch --record crisis.db --since 2026-03-01 https://news.example/sitemap-news.xml\n"
              "robots.txt is kept to. The same command goes on where it was stopped; run later, it fetches what is new.");
  return {sub, [flags, &settings] { return run_fetch(*flags, settings); }};
}

}  // namespace demarche::app
