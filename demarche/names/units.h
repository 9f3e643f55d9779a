// The units in which names are compared: a token without hyphens, dots, apostrophes, case and diacritics, so that
// "Kim Jong-un", "Kim Jong Un" and "U.S.", "US" meet whatever the tokens are. Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/core/document.h"

namespace demarche::names {

enum class UnitKind : uint8_t { word, number, possessive, punct };

struct Unit {
  UnitKind kind = UnitKind::word;
  bool capital = false;   // begins with an upper-case letter
  bool all_caps = false;  // at least two letters, all upper case ("US", "U.N.")
  bool mixed = false;     // capitals at both ends of a short word ("LeT", "JeM")
  bool initial = false;   // one upper-case letter ("J.")
  bool hyphen_before = false;  // joined to the unit before by a hyphen
  uint32_t token = 0;
  Span span;
  uint64_t hash = 0;      // of the folded letters; 0 for punctuation
  std::string_view text;  // as it stands
};

// The units of a sentence in order. Hyphens inside words vanish; a dash between words is punctuation.
std::vector<Unit> units_of(std::string_view text, const Sentence& sentence);

// The same for a name of the knowledge base.
std::vector<Unit> units_of_name(std::string_view name);

// Hash of one folded word ("ministry"), as in Unit::hash.
uint64_t word_hash(std::string_view folded);
// Hash of a sequence: start with 0 and add the units in order.
inline uint64_t chain(uint64_t sequence, uint64_t unit) { return (sequence * 0x9E3779B97F4A7C15ull + unit) ^ ((sequence * 0x9E3779B97F4A7C15ull) >> 29); }

}  // namespace demarche::names
