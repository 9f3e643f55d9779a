// A progress bar on a terminal, nothing elsewhere.
#pragma once

#include <chrono>
#include <cstdint>

namespace demarche::app {

class Progress {
 public:
  // `total_bytes` 0 when unknown; then it counts reports only.
  Progress(uint64_t total_bytes, bool shown) : total_bytes_(total_bytes), shown_(shown) {}
  ~Progress() { clear(); }
  void update(uint64_t bytes, uint64_t reports);
  // Takes the bar off the screen, so that a line can be printed.
  void clear();

 private:
  uint64_t total_bytes_;
  bool shown_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_;
};

}  // namespace demarche::app
