// Whether a class of missile is said of something that was launched, and not of missiles in general. Private to claims.
#pragma once

#include "demarche/core/sentence_view.h"
#include "demarche/core/token_pattern.h"

namespace demarche {

struct ClassUse {
  bool said = false;
  bool denied = false;
  float confidence = 0;
};
// The words of the class are tokens [first, last); `inside` is the statement's content around them, or the sentence.
ClassUse class_use(const SentenceView& s, uint32_t first, uint32_t last, Span inside, const WordSets& sets);

}  // namespace demarche
