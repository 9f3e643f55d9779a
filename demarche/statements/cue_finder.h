// Attributions that the trees show: verbs, nouns, adjectives and prepositions of the cue lexicon with what they take.
#pragma once

#include <vector>

#include "demarche/statements/draft.h"
#include "demarche/statements/quotes.h"

namespace demarche::attribution {

// Cue tokens at most of one sentence; a sentence with more is a list, not prose.
inline constexpr uint32_t kMaxCuesInSentence = 48;

// The row of the lexicon that matches the verb (adjective, noun) at `token` with all its words, and the token after its last
// word; null when none does.
struct CueMatch {
  const CueRow* row = nullptr;
  uint32_t last = 0;        // one past the last word of the cue
  int32_t complement = -1;  // object of a cue that ends in a preposition ("call on X")
};
std::vector<CueMatch> match_cue(const ParsedSentence& view, uint32_t token, const CueLexicon& lexicon, CuePos pos);

// Whether the cue is told as having been said: not asked for, refused, planned, imagined or denied. `negated`: a belief that
// is denied ("does not believe"), which is kept.
struct Reality {
  bool told = true;
  bool negated = false;
};
Reality reality_of(const ParsedSentence& view, uint32_t cue, const CueRow& row);

// The bytes of the cue with its auxiliaries, adverbs and particles, as far as they stand together.
Span cue_words(const ParsedSentence& view, uint32_t cue, uint32_t last);

// By position of the cue. Tokens for which `used` is set are left out.
std::vector<Draft> find_tree_attributions(const ParsedSentence& view, const CueLexicon& lexicon, const std::vector<bool>& used);

}  // namespace demarche::attribution
