#include "demarche/ingest/files.h"

#include <glob.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace demarche::ingest {
namespace {

namespace fs = std::filesystem;

// Names that are taken up from folders; what they hold is told by their content.
constexpr std::array<std::string_view, 20> kSuffixes = {".html", ".htm",  ".xhtml", ".shtml", ".txt", ".text", ".jsonl", ".ndjson", ".warc", ".xml", ".rss",
                                                        ".atom", ".mhtml", ".mht",  ".eml",   ".json", ".php", ".asp",   ".aspx",   ".rdf"};

bool ends_with_folded(std::string_view name, std::string_view suffix) {
  if (name.size() < suffix.size()) return false;
  name.remove_prefix(name.size() - suffix.size());
  return std::equal(name.begin(), name.end(), suffix.begin(), [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

bool looks_like_report(std::string_view name) {
  if (name.empty() || name.front() == '.') return false;
  for (const std::string_view packed : {".gz", ".zst"}) {
    if (ends_with_folded(name, packed)) name.remove_suffix(packed.size());
  }
  return std::any_of(kSuffixes.begin(), kSuffixes.end(), [&](std::string_view suffix) { return ends_with_folded(name, suffix); });
}

}  // namespace

FileWalk::FileWalk(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) steps_.push_back({path, true, false});
}

std::optional<std::string> FileWalk::open_folder(const std::string& path) {
  std::error_code error;
  std::vector<Step> found;
  for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    const bool link = it->is_symlink(ignored);
    // Links to folders are not followed: they may lead in circles.
    if (it->is_directory(ignored)) {
      if (!link && it->path().filename().string().front() != '.') found.push_back({it->path().string(), false, true});
    } else if (it->is_regular_file(ignored) && looks_like_report(it->path().filename().string())) {
      found.push_back({it->path().string(), false, false});
    }
  }
  std::sort(found.begin(), found.end(), [](const Step& a, const Step& b) { return a.path < b.path; });
  steps_.insert(steps_.begin(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  if (error) return "cannot be read: " + error.message();
  return std::nullopt;
}

std::optional<Result<std::string>> FileWalk::next() {
  while (!steps_.empty()) {
    const Step step = std::move(steps_.front());
    steps_.pop_front();
    if (!step.folder) {
      if (step.path == "-" || !step.named) return Result<std::string>(step.path);
      struct stat st = {};
      if (::stat(step.path.c_str(), &st) != 0) {
        const int why = errno;
        glob_t found = {};
        const bool any = step.path.find_first_of("*?[") != std::string::npos && ::glob(step.path.c_str(), 0, nullptr, &found) == 0;
        if (!any) {
          globfree(&found);
          return Result<std::string>::failure(step.path + ": cannot be opened: " + std::generic_category().message(why));
        }
        std::vector<std::string> paths(found.gl_pathv, found.gl_pathv + found.gl_pathc);
        globfree(&found);
        std::sort(paths.begin(), paths.end(), std::greater<>());  // pushed to the front one by one
        // A file whose own name looks like a pattern is found by the stat above, so that this cannot go on for ever.
        for (std::string& path : paths) steps_.push_front({std::move(path), true, false});
        continue;
      }
      if (!S_ISDIR(st.st_mode)) return Result<std::string>(step.path);
    }
    if (const auto why = open_folder(step.path)) return Result<std::string>::failure(step.path + ": " + *why);
  }
  return std::nullopt;
}

}  // namespace demarche::ingest
