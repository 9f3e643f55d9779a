// Claims that follow from acts told by others, without words of their own.
#include "demarche/claims/finder.h"

#include "demarche/core/utf8.h"

namespace demarche {
namespace {

constexpr uint32_t kMaxEvidenceBytes = 360;

}  // namespace

// "Graustark says Ruritania shelled the town": an attack told inside a statement names who is held responsible. What a party denies
// of anything else did not happen, as far as it goes.
void ClaimFinder::read_events() {
  for (uint32_t i = 0; i < events_.size(); ++i) {
    const Event& e = events_[i];
    if (!e.attributed_to.valid() || !e.sentence.valid() || e.trigger >= trees_[e.sentence.index].nodes.size()) continue;
    if (e.factuality != Factuality::actual && e.factuality != Factuality::negated) continue;
    const Statement& statement = statements_[e.attributed_to.index];
    const std::string& by = statement.speaker.party;
    if (by.empty() || statement.kind == StatementKind::forecast || statement.kind == StatementKind::intention || no_fact_act(statement.act)) continue;
    if (statement.cue && not_even_denied(text_, *statement.cue)) continue;
    const bool denied = e.factuality == Factuality::negated || statement.standing == Standing::denied;
    const Node& trigger = trees_[e.sentence.index].nodes[e.trigger];
    const std::string lemma = fold(trigger.lemma);
    Claim claim;
    if (e.type == "ASSAULT" && e.actors.size() == 1 && !e.actors[0].party.empty()) {
      // A death alone charges nobody.
      if (lemma == "die" || lemma == "death") continue;
      // "condemned the attack": a noun without an agent is nobody's confession. "Accused them of killing": the killers are not the accusers.
      const bool own = by == e.actors[0].party;
      if (own && (trigger.upos != Upos::VERB || statement.act == "accuse")) continue;
      claim.property = "responsibility";
      claim.normal = {e.actors[0].party};
      claim.confidence = 0.6F * std::clamp(e.confidence, 0.3F, 1.0F) * (e.kind.empty() && e.recipients.empty() ? 0.8F : 1.0F);
    } else if (statement.standing == Standing::denied && trigger.upos == Upos::VERB && is_physical(e)) {
      claim.property = "happened";
      claim.normal = {"yes"};
      claim.confidence = 0.5F * std::clamp(e.confidence, 0.3F, 1.0F);
    } else {
      continue;
    }
    claim.by = by;
    claim.statement = e.attributed_to;
    claim.event = EventId{i};
    claim.stance = denied ? Stance::denies : Stance::asserts;
    claim.value = std::string(text_of(text_, e.evidence));
    // With the words that attribute it, unless they are far away.
    claim.evidence = statement.evidence.contains(e.evidence) && statement.evidence.size() <= kMaxEvidenceBytes ? statement.evidence : e.evidence;
    claim.sentence = e.sentence;
    claim.rule = claim.property == "happened" ? "claim.happened.event" : "claim.resp.event";
    found_.push_back(std::move(claim));
  }
}

}  // namespace demarche
