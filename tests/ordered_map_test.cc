// The parallel map keeps order, passes exceptions on, stops when told, and never holds more than its window.
#include "demarche/pipeline/ordered_map.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>

namespace demarche {
namespace {

std::vector<int> squares(size_t jobs, int count, std::atomic<int>* most_open = nullptr) {
  std::vector<int> out;
  int drawn = 0;
  int consumed = 0;
  ordered_map<int, int>(
      jobs,
      [&]() -> std::optional<int> {
        if (drawn == count) return std::nullopt;
        if (most_open) *most_open = std::max(most_open->load(), drawn - consumed + 1);
        return drawn++;
      },
      [](const int& i) {
        if (i % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(300));
        return i * i;
      },
      [&](int&& i, int&& square) {
        EXPECT_EQ(square, i * i);
        ++consumed;
        out.push_back(square);
        return true;
      });
  return out;
}

TEST(OrderedMap, KeepsInputOrderForAnyNumberOfJobs) {
  const std::vector<int> one = squares(1, 500);
  ASSERT_EQ(one.size(), 500u);
  EXPECT_EQ(squares(2, 500), one);
  EXPECT_EQ(squares(9, 500), one);
  EXPECT_TRUE(squares(3, 0).empty());
}

TEST(OrderedMap, HoldsNoMoreThanItsWindow) {
  std::atomic<int> most_open = 0;
  squares(3, 1000, &most_open);
  EXPECT_LE(most_open.load(), static_cast<int>(3 * kWindowPerJob));
}

TEST(OrderedMap, ThrowsAWorkersExceptionAfterWhatCameBefore) {
  std::vector<int> seen;
  int drawn = 0;
  const auto run = [&] {
    ordered_map<int, int>(
        4, [&]() -> std::optional<int> { return drawn++; },
        [](const int& i) {
          if (i == 10) throw std::runtime_error("ten");
          return i;
        },
        [&](int&& i, int&&) {
          seen.push_back(i);
          return true;
        });
  };
  EXPECT_THROW(run(), std::runtime_error);
  EXPECT_EQ(seen, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

TEST(OrderedMap, StopsWhenToldTo) {
  int drawn = 0;
  int seen = 0;
  ordered_map<int, int>(
      2, [&]() -> std::optional<int> { return drawn++; }, [](const int& i) { return i; }, [&](int&&, int&&) { return ++seen < 5; });
  EXPECT_EQ(seen, 5);
  EXPECT_LE(drawn, 5 + static_cast<int>(2 * kWindowPerJob));
}

}  // namespace
}  // namespace demarche
