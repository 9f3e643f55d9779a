// Paths as the user wrote them -> files, in a fixed order, one folder in memory at a time. Private to ingest/.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "demarche/core/error.h"

namespace demarche::ingest {

class FileWalk {
 public:
  explicit FileWalk(const std::vector<std::string>& paths);
  // The next file ("-" for standard input), or why a path or folder gives none; nothing at the end.
  std::optional<Result<std::string>> next();

 private:
  struct Step {
    std::string path;
    bool named;   // the user wrote it: it is opened whatever its name, and may be a glob
    bool folder;  // known to be one
  };
  std::optional<std::string> open_folder(const std::string& path);  // why it cannot be read

  std::deque<Step> steps_;
};

}  // namespace demarche::ingest
