// What the finders hand to find_statements: an attribution by its places in the text, not yet resolved to actors.
#pragma once

#include <cstdint>
#include <vector>

#include "demarche/statements/cue_lexicon.h"
#include "demarche/statements/parsed_sentence.h"

namespace demarche::attribution {

// The construction that gave the attribution; each has its own base rate of being wholly right (see confidence.cc).
enum class Pattern : uint8_t {
  quote_then_cue,    // "It rained," he said.
  cue_then_quote,    // He said, "It rained."
  quote_carried_on,  // "It rained," he said. "It poured."
  quote_alone,       // a quotation that only its surroundings attribute
  quote_colon,       // Minister: "It rained."
  label,             // Minister: It rained. "It rained." - Minister
  clause,            // He said (that) it rained.
  clause_then_cue,   // It rained, he said.
  as_clause,         // As he said, it rained.
  infinitive,        // He threatened to leave.
  object_infinitive, // He urged them to leave.
  object_as,         // He described it as a test.
  object_predicate,  // He called it a test.
  object_of,         // He accused them of lying.
  object_for,        // He blamed them for the fire.
  gerund,            // He denied leaving.
  object,            // He denied the charge.
  according_to,      // It rained, according to him.
  possessed,         // In his view, it rained.
  nominal,           // his claim that it rained
  adjective,         // He is wary that it may rain.
  impersonal,        // There is concern in Tokyo that ...
  passive,           // It is believed that ..., he is said to ...
};
inline constexpr int kPatternCount = static_cast<int>(Pattern::passive) + 1;

// Words that name the speaker: tokens of one sentence and the token that heads them.
struct SpeakerWords {
  uint32_t sentence = 0;
  TokenRange range;
  uint32_t head = 0;

  bool empty() const { return range.empty(); }
};

struct Draft {
  const CueRow* row = nullptr;  // null for a quotation without a cue
  Pattern pattern = Pattern::clause;
  uint32_t sentence = 0;
  uint32_t cue_token = 0;       // meaningless without a cue
  Span cue;
  SpeakerWords speaker;
  SpeakerWords relayer;         // "Yonhap" in "Yonhap quoted him as saying"
  std::vector<Span> content;    // in order, at least one
  int32_t addressee = -1;       // token of the sentence
  bool negated = false;
  bool nested = false;          // inside another's words
  float factor = 1;             // lowers confidence for what is doubtful about this very case
};

}  // namespace demarche::attribution
