#include "demarche/statements/confidence.h"

#include <algorithm>
#include <array>

namespace demarche::attribution {
namespace {

// Share of a construction's rows that are wholly right (speaker, party, anonymity, content, quotation), in the order of Pattern.
constexpr std::array<float, kPatternCount> kPatternRate = {
    0.93f,  // quote_then_cue
    0.90f,  // cue_then_quote
    0.82f,  // quote_carried_on
    0.60f,  // quote_alone
    0.70f,  // quote_colon
    0.60f,  // label
    0.92f,  // clause
    0.92f,  // clause_then_cue
    0.45f,  // as_clause
    0.75f,  // infinitive
    0.88f,  // object_infinitive
    0.82f,  // object_as
    0.80f,  // object_predicate
    0.86f,  // object_of
    0.60f,  // object_for
    0.80f,  // gerund
    0.45f,  // object
    0.90f,  // according_to
    0.80f,  // possessed
    0.45f,  // nominal
    0.62f,  // adjective
    0.65f,  // impersonal
    0.30f,  // passive
};

}  // namespace

float confidence_of(const Draft& draft, const Statement& statement) {
  float p = kPatternRate[static_cast<size_t>(draft.pattern)] * draft.factor;
  // A plain quotation needs no strong verb; without one the verb decides.
  if (draft.row && draft.pattern > Pattern::quote_colon) p *= std::min(1.0f, 0.35f + 0.72f * draft.row->strength);
  if (statement.speaker.span.empty()) p *= 0.6f;
  else if (statement.speaker.party.empty()) p *= 0.55f;
  if (draft.negated) p *= 0.7f;
  return std::clamp(p, 0.02f, 0.97f);
}

}  // namespace demarche::attribution
