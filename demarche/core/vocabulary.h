// Words as numbers: what data files name is numbered once when they are loaded, so that a word of a report is looked up once and
// compared as a number from then on.
#pragma once

#include <cstdint>
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
  uint32_t size() const { return static_cast<uint32_t>(words_.size()); }

 private:
  struct Slot {
    uint32_t hash = 0;
    uint32_t number = 0;  // 0: free
  };
  void grow();

  std::vector<std::string> words_;  // by number - 1
  std::vector<Slot> slots_;         // open addressing; a power of two, at most half full; looked up, never walked through for results
};

}  // namespace demarche
