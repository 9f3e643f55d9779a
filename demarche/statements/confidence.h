// How sure a statement is: what can be told of the row, weighed by figures fitted on judged rows (data/en/statement_confidence.tsv,
// core/sign_weights.h).
#pragma once

#include <string>
#include <vector>

#include "demarche/statements/draft.h"

namespace demarche::attribution {

// What a row's confidence rests on: its construction, how the speaker is named and resolved, the extent of its content.
// `drafts_in_sentence`: attributions of the same sentence, this one included.
std::vector<std::string> confidence_signs(const Draft& draft, const Statement& statement, const ParsedSentence& view, const ParsedSentence& speaker_view, const Names& names,
                                             const CueLexicon& lexicon, size_t drafts_in_sentence);

}  // namespace demarche::attribution
