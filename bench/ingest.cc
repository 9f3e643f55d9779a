// How many pages a second of processor time the readers give before extraction. Each page's text is counted; two readings that differ stop it.
#include <ctime>
#include <cstdio>

#include "demarche/ingest/ingest.h"

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: bench_ingest PATH...\n");
    return 2;
  }
  const demarche::IngestRulesPtr rules = demarche::load_ingest_rules(DEMARCHE_DATA_DIR);
  demarche::IngestOptions options;
  options.rules = rules.get();
  uint64_t pages_before = 0, bytes_before = 0;
  for (int round = 0; round < 3; ++round) {
    const std::clock_t start = std::clock();
    demarche::PageSource source(std::vector<std::string>(argv + 1, argv + argc), options);
    uint64_t pages = 0, bytes = 0, failures = 0;
    while (const auto page = source.next()) {
      if (*page) {
        ++pages;
        bytes += (*page)->bytes.size();
      } else {
        ++failures;
      }
    }
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    if (round > 0 && (pages != pages_before || bytes != bytes_before)) {
      std::fprintf(stderr, "two readings of the same files differ\n");
      return 1;
    }
    pages_before = pages;
    bytes_before = bytes;
    std::printf("%llu pages, %llu failures, %.1f MB in %.3f s of processor time: %.0f pages and %.0f MB a second\n", static_cast<unsigned long long>(pages), static_cast<unsigned long long>(failures), static_cast<double>(bytes) / 1e6,
                seconds, static_cast<double>(pages) / seconds, static_cast<double>(bytes) / 1e6 / seconds);
  }
  return 0;
}
