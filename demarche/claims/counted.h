// What a number counts, and what befell those counted. Private to claims.
#pragma once

#include <string>

#include "demarche/core/sentence_view.h"
#include "demarche/core/token_pattern.h"

namespace demarche {

struct Counted {
  std::string noun;  // lemma of what is counted; empty when the number stands alone ("killed 12")
  std::string verb, form;  // lemma and form of the verb that it depends on; empty when none does
  bool suffers = false;  // its object, or the subject of its passive
  bool acts = false;     // the subject of its active
};
Counted counted_by(const SentenceView& s, uint32_t number);

// Whether a number is an hour, a day, a share, a distance, and counts nobody.
bool measures(const SentenceView& s, uint32_t number, const WordSets& sets);
// Whether it counts only some of those told of: "including six children".
bool partial(const SentenceView& s, uint32_t number);

// Whether the words around a sentence tell of an accident or an illness rather than of force.
enum class Harm : uint8_t { unknown, force, accident };
// Whether a number is an age or belongs to a phrase that only describes ("a mother of 12").
bool no_count(const SentenceView& s, uint32_t number);
Harm harm_told(const Tree& tree, const WordSets& sets);

}  // namespace demarche
