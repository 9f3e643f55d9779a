// A bounded parallel map that keeps order: inputs are drawn and results consumed on the calling thread, in input order,
// whatever the number of workers. Memory holds at most `jobs * kWindowPerJob` items.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace demarche {

inline constexpr size_t kWindowPerJob = 4;

// draw() -> std::optional<Input>; work(const Input&) -> Output, on worker threads; consume(Input&&, Output&&) -> bool, false
// stops. An exception from any of them ends the map and is thrown again on the calling thread, once all before it is consumed.
// has_room() -> bool, false while what was drawn and not yet consumed is enough; it is asked only when there is something.
template <class Input, class Output, class Draw, class Work, class Consume, class HasRoom>
void ordered_map(size_t jobs, Draw draw, Work work, Consume consume, HasRoom has_room) {
  struct Slot {
    Input input;
    std::optional<Output> output;
    std::exception_ptr error;
    bool taken = false, done = false;
  };
  std::mutex mutex;
  std::condition_variable wake_workers, wake_caller;
  std::deque<std::unique_ptr<Slot>> window;
  bool stop = false;

  const auto worker = [&] {
    std::unique_lock lock(mutex);
    for (;;) {
      Slot* slot = nullptr;
      for (const auto& candidate : window) {
        if (!candidate->taken) {
          slot = candidate.get();
          break;
        }
      }
      if (!slot) {
        if (stop) return;
        wake_workers.wait(lock);
        continue;
      }
      slot->taken = true;
      lock.unlock();
      try {
        slot->output.emplace(work(slot->input));
      } catch (...) {
        slot->error = std::current_exception();
      }
      lock.lock();
      slot->done = true;
      wake_caller.notify_one();
    }
  };

  std::vector<std::thread> threads;
  for (size_t i = 0; i < jobs; ++i) threads.emplace_back(worker);
  const auto finish = [&] {
    {
      const std::lock_guard lock(mutex);
      stop = true;
      for (const auto& slot : window) slot->taken = true;  // what nobody began is dropped
    }
    wake_workers.notify_all();
    for (std::thread& thread : threads) thread.join();
  };

  try {
    bool more = true;
    for (;;) {
      while (more && window.size() < jobs * kWindowPerJob && (window.empty() || has_room())) {
        std::optional<Input> input = draw();
        if (!input) {
          more = false;
          break;
        }
        auto slot = std::make_unique<Slot>();
        slot->input = std::move(*input);
        {
          const std::lock_guard lock(mutex);
          window.push_back(std::move(slot));
        }
        wake_workers.notify_one();
      }
      if (window.empty()) break;
      std::unique_ptr<Slot> front;
      {
        std::unique_lock lock(mutex);
        wake_caller.wait(lock, [&] { return window.front()->done; });
        front = std::move(window.front());
        window.pop_front();
      }
      if (front->error) std::rethrow_exception(front->error);
      if (!consume(std::move(front->input), std::move(*front->output))) break;
    }
  } catch (...) {
    finish();
    throw;
  }
  finish();
}

template <class Input, class Output, class Draw, class Work, class Consume>
void ordered_map(size_t jobs, Draw draw, Work work, Consume consume) {
  ordered_map<Input, Output>(jobs, draw, work, consume, [] { return true; });
}

}  // namespace demarche
