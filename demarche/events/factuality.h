// Did it happen? A verdict for a clause from tense, modality, negation, conditionals and the words that govern it.
#pragma once

#include <optional>

#include "demarche/events/clause.h"
#include "demarche/events/lexicon.h"

namespace demarche {

struct Verdict {
  Factuality factuality = Factuality::actual;
  bool refused = false;      // negated by a governing refusal, not by "not"
  bool future_tense = false; // "will", "is to"
  bool ended = false;        // "called off the talks"
  bool embedded = false;     // under a cue that makes it planned or hypothetical, not merely modal
};

// The factuality of what `trigger` names; `args` are its arguments (its light verb, if any, carries tense and negation).
Verdict judge_factuality(const ClauseView& view, uint32_t trigger, const Arguments& args, const FrameLexicon& frames);

// "is to meet", "is going to meet".
bool is_scheduled(const ClauseView& view, uint32_t verb, const FrameLexicon& frames);

}  // namespace demarche
