// Claims that follow from acts told by others, without words of their own.
#include "demarche/claims/finder.h"

#include "demarche/core/utf8.h"

namespace demarche {
namespace {

constexpr uint32_t kMaxEvidenceBytes = 360;

}  // namespace

// Whether the clause names who did it: a charge names its culprit, an agentless passive none.
bool ClaimFinder::names_actor(const Event& e) const {
  const auto& all = names_.mentions;
  auto at = std::partition_point(all.begin(), all.end(), [&](const Mention& m) { return m.sentence < e.sentence; });
  for (; at != all.end() && at->sentence == e.sentence; ++at)
    if (at->actor.valid() && at->span.overlaps(e.evidence) && names_.actors[at->actor.index].kind != ActorKind::place && names_.actors[at->actor.index].party == e.actors[0].party) return true;
  return false;
}

// Whether the act's subject is the party itself, by name or as "we", "it", "its forces".
bool ClaimFinder::tells_of_itself(const Event& e, const std::string& by) const {
  const TreeIndex index(trees_[e.sentence.index]);
  return own_subject({text_, e.sentence, sentences_[e.sentence.index], trees_[e.sentence.index], index, names_}, e.trigger, by);
}

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
    // "blocked its exports": what was done to the one who tells of it.
    const bool at_teller = e.type == "COERCE" && trigger.upos == Upos::VERB && std::any_of(e.recipients.begin(), e.recipients.end(), [&](const Participant& p) { return p.party == by; });
    if ((e.type == "ASSAULT" || at_teller) && e.actors.size() == 1 && !e.actors[0].party.empty()) {
      // A death or a loss alone charges nobody.
      if (lemma == "die" || lemma == "death" || lemma == "lose") continue;
      // Defence and losses inflicted in battle are figures of it, no confession.
      if (by == e.actors[0].party && rules_.sets.contains("battlefield", lemma)) continue;
      if (lemma == "capture" || lemma == "retake" || lemma == "recapture" || lemma == "liberate" || lemma == "repel" || lemma == "recover") continue;
      // "condemned the attack": a noun without an agent is nobody's confession. "Accused them of killing": the killers are not the accusers.
      const bool own = by == e.actors[0].party;
      if (own && ((trigger.xpos != "VBD" && trigger.xpos != "VBN") || statement.act == "accuse" || !tells_of_itself(e, by))) continue;
      if (!own && !names_actor(e)) continue;
      claim.property = "responsibility";
      claim.normal = {e.actors[0].party};
      claim.confidence = 0.6F * std::clamp(e.confidence, 0.3F, 1.0F) * (e.kind.empty() && e.recipients.empty() ? 0.8F : 1.0F);
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
    claim.rule = "claim.resp.event";
    found_.push_back(std::move(claim));
  }
}

// Charges that the events tell and no row has read.
void ClaimFinder::read_charges() {
  for (uint32_t i = 0; i < events_.size(); ++i) {
    const Event& e = events_[i];
    if (!rules_.sets.contains("frames_charge", e.rule) || e.factuality != Factuality::actual || e.actors.size() != 1 || e.recipients.size() != 1 || e.sentence.index >= sentences_.size()) continue;
    const std::string& by = e.actors[0].party;
    const std::string& whom = e.recipients[0].party;
    if (by.empty() || whom.empty() || by == whom || !between_parties(e.sentence.index, by)) continue;
    // "we shall not be responsible for what follows".
    if (e.trigger < trees_[e.sentence.index].nodes.size()) {
      const TreeIndex index(trees_[e.sentence.index]);
      const ClauseStanding standing = clause_standing({text_, e.sentence, sentences_[e.sentence.index], trees_[e.sentence.index], index, names_}, e.trigger, sentences_[e.sentence.index].span);
      if (standing.negated || standing.modal) continue;
    }
    if (std::any_of(found_.begin(), found_.end(), [&](const Claim& c) { return c.by == by && c.property == "responsibility" && c.evidence.overlaps(e.evidence); })) continue;
    Claim claim;
    claim.by = by;
    claim.statement = e.attributed_to;
    claim.event = EventId{i};
    claim.property = "responsibility";
    claim.normal = {whom};
    claim.value = std::string(text_of(text_, e.evidence));
    claim.evidence = e.evidence;
    claim.sentence = e.sentence;
    claim.rule = "claim.resp.charge_event";
    claim.confidence = 0.6F * e.confidence;
    found_.push_back(std::move(claim));
  }
}

// "denies backing the rebels", "denied that its troops had": a deed of its own.
bool ClaimFinder::denies_own_deed(uint32_t sentence, const Statement& statement) const {
  const std::string& by = statement.speaker.party;
  const TreeIndex index(trees_[sentence]);
  const SentenceView s{text_, SentenceId{sentence}, sentences_[sentence], trees_[sentence], index, names_};
  const uint32_t first = token_at(sentences_[sentence], statement.content[0].begin);
  const uint32_t end = token_at(sentences_[sentence], statement.content[0].end);
  bool own = first < s.size() && s.node(first).xpos == "VBG";
  if (!own && first < end && end <= s.size()) {
    own = own_subject(s, head_of(s, first, end), by);
    for (uint32_t t = first; t + 1 < end && !own; ++t)  // "the accusation that its agents had ..."
      if (s.form(t) == "that")
        for (uint32_t n = t + 1; n < std::min(end, t + 4) && !own; ++n) {
          const std::string word = s.form(n);
          const auto parties = parties_of(s, n);
          if (s.node(n).upos == Upos::VERB || s.form(n) == "been") break;
          own = word == "it" || word == "they" || word == "its" || word == "their" || word == "he" || (parties.size() == 1 && parties[0] == by);
        }
    for (uint32_t t = first; t + 1 < end && own; ++t)  // "that its ship had been hit": no deed of its own
      if (const std::string word = s.form(t); (word == "been" || word == "was" || word == "were") && s.node(t + 1).xpos == "VBN") own = false;
  }
  return own;
}

// "Ruritania denied that its troops were there", "denied having sent them": it did not happen, as the denier has it. Where the denial
// was read as one of responsibility or of a breach already, that is the claim.
void ClaimFinder::read_denials() {
  for (uint32_t i = 0; i < statements_.size(); ++i) {
    const Statement& statement = statements_[i];
    const std::string& by = statement.speaker.party;
    // "denied that", "rejected reports that"; not "rejected the plan".
    const bool reports = rejects_report(statement);
    if ((statement.act != "deny" && !reports) || by.empty() || !statement.cue || not_even_denied(text_, *statement.cue) || statement.content.empty() || statement.evidence.size() > kMaxEvidenceBytes) continue;
    const uint32_t sentence = sentence_at(sentences_, statement.content[0].begin);
    if (sentence >= sentences_.size() || trees_[sentence].nodes.size() != sentences_[sentence].tokens.size() || sentences_[sentence].tokens.size() > kMaxProseTokens) continue;
    if (std::any_of(found_.begin(), found_.end(), [&](const Claim& c) { return c.by == by && c.stance == Stance::denies && c.evidence.overlaps(statement.evidence); })) continue;
    bool told = false, ahead = false;  // a deed told; one that lies ahead or is only possible
    for (uint32_t t = 0; t < trees_[sentence].nodes.size(); ++t) {
      if (!statement.content[0].contains(sentences_[sentence].tokens[t].span)) continue;
      const Node& node = trees_[sentence].nodes[t];
      told = told || node.upos == Upos::VERB || node.upos == Upos::AUX;
      ahead = ahead || node.xpos == "MD";
    }
    if (!told || ahead || !between_parties(sentence, by)) continue;
    Claim claim;
    claim.by = by;
    claim.statement = StatementId{i};
    const bool own = denies_own_deed(sentence, statement);
    claim.property = own ? "responsibility" : "happened";
    claim.value = std::string(text_of(text_, statement.content[0]));
    claim.normal = {own ? by : "yes"};
    claim.stance = Stance::denies;
    for (uint32_t e = 0; e < events_.size() && !claim.event.valid(); ++e)
      if (events_[e].attributed_to == claim.statement && events_[e].factuality != Factuality::actual) claim.event = EventId{e};
    claim.evidence = statement.evidence;
    claim.sentence = SentenceId{sentence};
    claim.rule = "claim.happened.denial";
    claim.confidence = 0.6F * statement.confidence;
    found_.push_back(std::move(claim));
  }
}

}  // namespace demarche
