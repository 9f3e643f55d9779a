// Files: any bytes (archives, compressed or not, JSON Lines, pages) give pages and failures, and an end.
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "demarche/ingest/ingest.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  static const std::string path = (std::filesystem::temp_directory_path() / ("demarche_ingest_fuzz." + std::to_string(getpid()))).string();
  static const demarche::IngestRulesPtr rules = demarche::load_ingest_rules(DEMARCHE_SOURCE_DIR "/data");
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return 0;
  std::fwrite(bytes, 1, size, file);
  std::fclose(file);
  for (const demarche::InputFormat format : {demarche::InputFormat::detect, demarche::InputFormat::jsonl}) {
    demarche::IngestOptions options;
    options.format = format;
    options.rules = rules.get();
    options.max_page_bytes = 1 << 20;
    demarche::PageSource pages({path}, options);
    while (const auto page = pages.next()) {
      if (*page) DEMARCHE_CHECK((*page)->bytes.size() <= options.max_page_bytes);
    }
  }
  return 0;
}
