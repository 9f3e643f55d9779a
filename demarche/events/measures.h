// What the lexicon knows of details: units, and words that say what a number counts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace demarche {

// Words that fill a detail (data/en/detail_words.tsv): whose object, subject or state is counted, or what they say of a weapon test.
enum class DetailRole : uint8_t { verb, subject, state, noun, height, flag, without };
struct DetailWord {
  std::string key, value;
};

// Which roles a word has, by its symbol, and whether it begins the name of a class of weapon: most words have none, and are told by one byte.
class DetailRoles {
 public:
  void add(uint32_t symbol, DetailRole role) { set(symbol, bit(role)); }
  void add_class(uint32_t symbol) { set(symbol, kBeginsClass); }
  bool has(uint32_t symbol, DetailRole role) const { return symbol < bits_.size() && (bits_[symbol] & bit(role)) != 0; }
  bool begins_class(uint32_t symbol) const { return symbol < bits_.size() && (bits_[symbol] & kBeginsClass) != 0; }

 private:
  static constexpr uint8_t kBeginsClass = 0x80;  // behind the bits of the roles
  static uint8_t bit(DetailRole role) { return static_cast<uint8_t>(1U << static_cast<unsigned>(role)); }
  void set(uint32_t symbol, uint8_t bits) {
    if (bits_.size() <= symbol) bits_.resize(size_t{symbol} + 1);
    bits_[symbol] |= bits;
  }

  std::vector<uint8_t> bits_;
};

struct MeasureUnit {
  std::string key;  // detail name, with the unit
  double factor = 1;
};

}  // namespace demarche
