// How sure a statement is: the weights of what can be told of the row (data/en/statement_confidence.tsv), added up and put on the
// scale of probability. The weights are fitted by tools/fit_statement_confidence.py on rows that people judged.
#pragma once

#include <string>
#include <vector>

#include "demarche/statements/draft.h"

namespace demarche::attribution {

// What a row's confidence rests on: its construction, how the speaker is named and resolved, the extent of its content.
// `drafts_in_sentence`: attributions of the same sentence, this one included. Every feature is a name of the weights' table.
std::vector<std::string> confidence_features(const Draft& draft, const Statement& statement, const ParsedSentence& view, const ParsedSentence& speaker_view, const Names& names,
                                             const CueLexicon& lexicon, size_t drafts_in_sentence);

float confidence_of(const std::vector<std::string>& features, const CueLexicon& lexicon);

}  // namespace demarche::attribution
