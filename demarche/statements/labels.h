// Speakers set beside their words by a mark alone: "Vidak: We hold the ridge.", a transcript, a headline ("Poll: Lead shrinks"),
// and the name behind a dash after a quotation.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "demarche/statements/draft.h"
#include "demarche/statements/quotations.h"

namespace demarche::attribution {

// Paragraphs that open with a speaker and a colon, by position. A transcript's speaker has the whole paragraph, else one sentence.
// Quotations after the colon are left to attribute_by_cue.
std::vector<Draft> labelled_paragraphs(std::span<const ParsedSentence> views, const Names& names, const CueLexicon& lexicon);

// "'...' - Vidak" at the end of a paragraph.
std::optional<Draft> name_behind_dash(const QuotedPassage& quotation, std::span<const ParsedSentence> views, const CueLexicon& lexicon);

}  // namespace demarche::attribution
