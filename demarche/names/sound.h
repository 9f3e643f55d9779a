// A key under which spellings of one foreign name meet: Qaddafi, Gadhafi, Kadhafi; Lukashenko, Lukashenka; Zelensky, Zelenskyy. Consonants
// by class, vowels and doubled letters left out. Coarse: to be used only where something else (party, office) agrees. Pure.
#pragma once

#include <cstdint>
#include <string_view>

namespace demarche::names {

struct Sound {
  uint32_t hash = 0;
  unsigned consonants = 0;
  bool operator==(const Sound&) const = default;
};

// Adds a word of folded letters; particles ("al", "bin") add nothing.
Sound with_word(Sound sound, std::string_view folded);

}  // namespace demarche::names
