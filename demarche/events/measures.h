// What the lexicon knows of details: units, and words that say what a number counts.
#pragma once

#include <cstdint>
#include <string>

namespace demarche {

// Words that fill a detail (data/en/detail_words.tsv): whose object, subject or state is counted, or what they say of a weapon test.
enum class DetailRole : uint8_t { verb, subject, state, noun, height, flag, without };
struct DetailWord {
  std::string key, value;
};

struct MeasureUnit {
  std::string key;  // detail name, with the unit
  double factor = 1;
};

}  // namespace demarche
