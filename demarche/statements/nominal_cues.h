// Attributions without a verb of their own: adjectives ("is wary that"), nouns ("his claim that"), "according to", "in X's view".
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "demarche/statements/frames.h"

namespace demarche::attribution {

// Each: the attribution whose cue stands at that token, or nothing.
std::optional<Draft> adjective_attribution(const ParsedSentence& view, uint32_t a, const CueLexicon& lexicon);
std::optional<Draft> noun_attribution(const ParsedSentence& view, uint32_t n, const CueLexicon& lexicon);
std::optional<Draft> according_to(const ParsedSentence& view, uint32_t p, const CueLexicon& lexicon);
std::optional<Draft> possessed(const ParsedSentence& view, uint32_t n, const CueLexicon& lexicon);

// Whether the verb lends a noun its speaker: "expressed concern that", "issued a warning that".
bool lends_speaker(std::string_view lemma);
std::vector<Span> spans_of(const ParsedSentence& view, const std::vector<TokenRange>& parts);

}  // namespace demarche::attribution
