// Words as numbers: what data files name is numbered once when they are loaded, so that a word of a report is looked up once and
// compared as a number from then on.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace demarche {

// Numbers count from 1 in the order of add(). Immutable after loading; then thread safe.
class Vocabulary {
 public:
  // The number of the word, a new one when it has none yet.
  uint32_t add(std::string_view word);
  // 0 when the word was never added.
  uint32_t find(std::string_view word) const;
  uint32_t size() const { return size_; }

 private:
  // Half a cache line with the word in it: a look-up waits for memory once.
  struct alignas(32) Slot {
    static constexpr uint32_t kMaxHeld = 20;  // bytes

    uint32_t hash = 0;
    uint32_t number = 0;  // 0: free
    uint32_t size = 0;    // bytes of the word
    char word[kMaxHeld] = {};  // nothing of a longer one, which stands in long_words_
  };
  bool holds(const Slot& slot, std::string_view word) const;
  void grow();

  uint32_t size_ = 0;
  std::map<uint32_t, std::string> long_words_;  // by number; few
  std::vector<Slot> slots_;                     // open addressing; a power of two, at most half full; looked up, never walked through for results
};

}  // namespace demarche
