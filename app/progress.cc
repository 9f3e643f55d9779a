#include "app/progress.h"

#include <algorithm>
#include <cstdio>
#include <string>

namespace demarche::app {

void Progress::update(uint64_t bytes, uint64_t reports) {
  if (!shown_) return;
  const auto now = std::chrono::steady_clock::now();
  if (drawn_ && now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  drawn_ = true;
  const double seconds = std::max(1e-3, std::chrono::duration<double>(now - start_).count());
  const double rate = static_cast<double>(reports) / seconds;
  if (total_bytes_ == 0) {
    std::fprintf(stderr, "\r%llu reports, %.0f a second\x1b[K", static_cast<unsigned long long>(reports), rate);
  } else {
    constexpr size_t kWidth = 30;
    const double share = std::min(1.0, static_cast<double>(bytes) / static_cast<double>(total_bytes_));
    const auto full = static_cast<size_t>(share * kWidth);
    const double left = share > 0.01 ? seconds * (1 - share) / share : 0;
    std::fprintf(stderr, "\r[%s%s] %3.0f %%  %llu reports, %.0f a second, %.0f s left\x1b[K", std::string(full, '#').c_str(),
                 std::string(kWidth - full, '.').c_str(), share * 100, static_cast<unsigned long long>(reports), rate, left);
  }
  std::fflush(stderr);
}

void Progress::clear() {
  if (!drawn_) return;
  std::fprintf(stderr, "\r\x1b[K");
  std::fflush(stderr);
  drawn_ = false;
}

}  // namespace demarche::app
