// Attributions that quotation marks show: a quotation and the cue and speaker beside it, found by place rather than by tree,
// since trees of sentences cut by quotation marks are the least sure; and quotations that only their surroundings attribute.
#pragma once

#include <span>
#include <vector>

#include "demarche/statements/draft.h"
#include "demarche/statements/quotes.h"

namespace demarche::attribution {

// One quotation as a reader takes it: a quotation carried on over paragraphs is one with several parts.
struct QuotedPassage {
  std::vector<Span> inner;
  uint32_t begin = 0, end = 0;          // of the outer marks, first to last
  uint32_t paragraph = 0;               // of the first part
  uint32_t first_sentence = 0, last_sentence = 0;
  bool whole = false;                   // stands as a sentence or more of its own, not as a phrase in another's sentence
  bool attributed = false;
};

std::vector<QuotedPassage> join_quotations(std::string_view text, std::span<const QuoteSpan> quotes, std::span<const Sentence> sentences);

// Quotations with a cue beside them. Marks those it attributes, and the cue tokens it uses (by sentence).
std::vector<Draft> attribute_by_cue(std::span<QuotedPassage> quotations, std::span<const ParsedSentence> views, const CueLexicon& lexicon,
                                    std::vector<std::vector<bool>>& used);

// The rest: a whole quotation right after an attributed one, or after a sentence with a speaker, is that speaker's. `drafts`
// are in order of position, without those told inside quotations.
std::vector<Draft> attribute_by_place(std::span<QuotedPassage> quotations, std::span<const ParsedSentence> views, std::span<const Draft> drafts);

}  // namespace demarche::attribution
