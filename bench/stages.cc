// Whole reports, from saved pages to the SQLite record, on one thread: stages [--data DIR] [--rounds N] PAGE...
//
// Every page is read N times; a comment behind its end makes each reading a report of its own, so that the record takes
// it as new. Before anything is timed, each page's results are held against those of its first reading: a fast wrong answer
// stops the bench. Prints reports and megabytes a second and the share of each stage.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "demarche/core/error.h"
#include "demarche/ingest/ingest.h"
#include "demarche/pipeline/pipeline.h"
#include "demarche/store/store.h"

namespace {

using namespace demarche;

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::vector<Page> read_pages(const std::vector<std::string>& paths) {
  PageSource source(paths, {});
  std::vector<Page> pages;
  while (std::optional<Result<Page>> page = source.next()) {
    if (!*page) throw Error(page->error());
    pages.push_back(std::move(**page));
  }
  if (pages.empty()) throw Error("no pages: name files or folders");
  return pages;
}

// The same page as another report.
Page variant(const Page& page, int round) {
  Page out = page;
  if (out.format == PageFormat::html) out.bytes += "<!-- reading " + std::to_string(round) + " -->";
  out.id = content_id(out.bytes + std::to_string(round));
  return out;
}

void require_same(const Document& first, const Document& again, const std::string& path) {
  if (first.sentences == again.sentences && first.trees == again.trees && first.events == again.events && first.statements == again.statements &&
      first.claims == again.claims && first.commitments == again.commitments)
    return;
  throw Error(path + ": two readings gave different results");
}

void print_times(const StageTimes& t, double store, double cpu, double total, size_t reports, double megabytes) {
  const std::pair<const char*, double> rows[] = {{"article", t.article},         {"text", t.text},     {"syntax", t.syntax}, {"times", t.times},
                                                 {"names", t.names},             {"statements", t.statements}, {"events", t.events}, {"claims", t.claims},
                                                 {"commitments", t.commitments}, {"linking", t.linking},       {"store", store}};
  std::printf("%-12s %10s %10s %7s\n", "stage", "seconds", "ms/report", "share");
  for (const auto& [name, seconds] : rows)
    std::printf("%-12s %10.3f %10.3f %6.1f%%\n", name, seconds, 1000 * seconds / static_cast<double>(reports), 100 * seconds / cpu);
  std::printf("%zu reports in %.2f s: %.1f reports/s, %.2f MB/s\n", reports, total, static_cast<double>(reports) / total, megabytes / total);
}

int run(const std::string& data, int rounds, const std::vector<std::string>& paths) {
  const auto load_begin = std::chrono::steady_clock::now();
  const Pipeline pipeline(data);
  std::printf("load %.0f ms\n", 1000 * seconds_since(load_begin));
  const std::vector<Page> pages = read_pages(paths);
  for (const Page& page : pages) require_same(pipeline.run(variant(page, 0)), pipeline.run(variant(page, 1)), page.read_from);

  const std::filesystem::path folder = std::filesystem::temp_directory_path() / ("demarche_bench_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  StageTimes times;
  double store = 0, bytes = 0;
  size_t reports = 0;
  {
    Record record(folder / "bench.db", RecordMode::write);
    const auto begin = std::chrono::steady_clock::now();
    const double cpu_begin = thread_seconds();
    for (int round = 0; round < rounds; ++round)
      for (const Page& page : pages) {
        const Page one = variant(page, round);
        const Document doc = pipeline.run(one, &times);
        const double put = thread_seconds();
        if (record.put(doc, pipeline.producer(), {}) != Stored::added) throw Error(page.read_from + ": was in the record already");
        store += thread_seconds() - put;
        bytes += static_cast<double>(one.bytes.size());
        ++reports;
      }
    const double cpu = thread_seconds() - cpu_begin;
    print_times(times, store, cpu, seconds_since(begin), reports, bytes / 1e6);
    // On a busy machine the wall clock also counts the time of others.
    std::printf("%.2f s of CPU: %.1f reports/s of CPU\n", cpu, static_cast<double>(reports) / cpu);
  }
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::string data = DEMARCHE_DATA_DIR;
  int rounds = 10;
  std::vector<std::string> paths;
  for (int i = 1; i < argc; ++i) {
    const std::string flag = argv[i];
    if (flag == "--data" && i + 1 < argc) data = argv[++i];
    else if (flag == "--rounds" && i + 1 < argc) rounds = std::max(1, std::atoi(argv[++i]));
    else paths.push_back(flag);
  }
  try {
    if (paths.empty()) throw Error("usage: stages [--data DIR] [--rounds N] PAGE...");
    return run(data, rounds, paths);
  } catch (const std::exception& error) {
    std::cerr << "stages: " << error.what() << "\n";
    return 1;
  }
}
