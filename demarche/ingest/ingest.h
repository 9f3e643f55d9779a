// Paths, folders, globs and standard input -> Pages, one at a time and in a fixed order, in bounded memory.
//
//   PageSource pages(paths, options);
//   while (std::optional<Result<Page>> page = pages.next()) {
//     if (!*page) report(page->error());       // "reports/a.png: is no text: it begins like a PNG image"; exit code 3 at the end
//     else run(**page);
//   }
//
// What a path may be: "-" (standard input), a file, a folder (read recursively, names in byte order; files that do not look like
// reports by their name are passed over), or a glob ("reports/2017-*.html", in byte order) where no file has that very name.
// What a file may hold: HTML or text, JSON Lines and JSON of news services, WARC, RSS, Atom or JSON Feed, mail or MHTML; each also
// compressed with gzip or zstd. The content decides, the name only helps. Every failure names its path and is one sentence; the rest is read on. Not thread safe: call next() from one thread or
// under a lock. No file is open before its first next().
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/core/document.h"

namespace demarche {

enum class InputFormat : uint8_t {
  detect,  // by content
  jsonl,   // one JSON object a line: {"id", "text", "date"?, "title"?, "url"?, "publisher"?}; the text is the article as it stands
  text,    // as detect, but text is never taken for HTML
};

// Immutable after loading; share it between threads.
class IngestRules;
struct IngestRulesDeleter {
  void operator()(const IngestRules* p) const;
};
using IngestRulesPtr = std::unique_ptr<const IngestRules, IngestRulesDeleter>;
// Reads this stage's files below `data_dir`. Throws Error with file, line and caret when one is broken.
IngestRulesPtr load_ingest_rules(const std::filesystem::path& data_dir);

struct IngestOptions {
  InputFormat format = InputFormat::detect;
  // A page that is larger once decompressed is refused, not cut; a text file already at half of it.
  uint64_t max_page_bytes = uint64_t{32} << 20;
  // The reader knows the day: becomes Page::given_date of every page and stands over a day that JSON Lines give.
  std::optional<Day> given_date;
  // How news services name things; outlives the source. Without it JSON is read by the names of InputFormat::jsonl alone.
  const IngestRules* rules = nullptr;
};

// How far the source is, for a progress bar. Compressed bytes count as they lie on the disk.
struct IngestProgress {
  uint64_t pages = 0, failures = 0, bytes = 0;
};

class PageSource {
 public:
  PageSource(std::vector<std::string> paths, IngestOptions options);
  ~PageSource();
  PageSource(const PageSource&) = delete;  // holds open files; make another one instead
  PageSource& operator=(const PageSource&) = delete;

  // The next page, or why one could not be read; nothing at the end.
  std::optional<Result<Page>> next();
  IngestProgress progress() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

// Bytes of all files that a PageSource with these paths would read; 0 when standard input is among them. Walks the folders.
uint64_t count_input_bytes(const std::vector<std::string>& paths);

// The files that a PageSource with these paths would read, in its order; folders that cannot be read are left out.
std::vector<std::string> list_input_files(const std::vector<std::string>& paths);

// "sha256:" and 64 hex digits.
std::string content_id(std::string_view bytes);

}  // namespace demarche
