// Whether the words tell a fact of the kind that a row asks for.
#include "demarche/claims/finder.h"

#include "demarche/claims/clause.h"
#include "demarche/core/utf8.h"

namespace demarche {

// Whether the sentence or one of the two before it has a word of the set, or a mention that fits.
template <class Fits>
bool ClaimFinder::near(uint32_t sentence, std::string_view set, Fits fits) const {
  const uint32_t first = sentence >= 2 ? sentence - 2 : 0;
  for (uint32_t s = first; s <= sentence; ++s)
    for (const Node& node : trees_[s].nodes)
      if ((node.upos == Upos::NOUN || node.upos == Upos::PROPN || node.upos == Upos::ADJ) && rules_.sets.contains(set, fold(node.lemma))) return true;
  const auto& all = names_.mentions;
  auto at = std::partition_point(all.begin(), all.end(), [&](const Mention& m) { return m.sentence.index < first; });
  for (; at != all.end() && at->sentence.index <= sentence; ++at)
    if (at->actor.valid() && fits(names_.actors[at->actor.index])) return true;
  return false;
}

bool ClaimFinder::weapon_near(uint32_t sentence) const {
  return near(sentence, "weapon", [](const Actor& actor) { return actor.kind == ActorKind::weapon; });
}

Harm ClaimFinder::harm_in(uint32_t sentence) {
  if (!harm_[sentence]) harm_[sentence] = harm_told(trees_[sentence], rules_.sets);
  return *harm_[sentence];
}

// Whether those counted in a sentence came to harm by force, not by accident or illness: as its own words tell, else those of the
// sentences before it, else those of the whole report.
bool ClaimFinder::by_force(uint32_t sentence) {
  constexpr uint32_t kBack = 4, kWholeReport = 400;
  for (uint32_t back = 0; back <= kBack && back <= sentence; ++back)
    if (const Harm harm = harm_in(sentence - back); harm != Harm::unknown) return harm == Harm::force;
  int force = 0, accident = 0;
  for (uint32_t s = 0; s < std::min<size_t>(sentences_.size(), kWholeReport); ++s) {
    force += harm_in(s) == Harm::force ? 1 : 0;
    accident += harm_in(s) == Harm::accident ? 1 : 0;
  }
  return force > accident;
}

// Whether the matter is one between parties: another one than the claimant is named near by, or the words around tell of force or of dealings between states. A
// court's word on its own government is no claim about an event of a crisis.
bool ClaimFinder::between_parties(uint32_t sentence, const std::string& by) {
  if (by_force(sentence)) return true;
  return near(sentence, "interstate", [&](const Actor& actor) { return !actor.party.empty() && actor.party != by; });
}

// Whether the words that attribute a statement stand inside another one's words.
bool ClaimFinder::quoted_by_another(StatementId id) const {
  const Statement& inner = statements_[id.index];
  if (!inner.cue) return false;
  for (const uint32_t i : by_sentence_[inner.sentence.index])
    if (i != id.index && std::any_of(statements_[i].content.begin(), statements_[i].content.end(), [&](const Span part) { return part.contains(*inner.cue); })) return true;
  return false;
}

bool ClaimFinder::fits(const SentenceView& s, const ClaimRule& rule, const PatternMatch& match, const ClauseStanding& standing) const {
  if (rule.singular)
    for (uint32_t i = match.first; i < match.last; ++i)
      if (s.node(i).xpos == "NNS" || s.node(i).xpos == "NNPS" || s.form(i) == "were") return false;
  // "events in which four or more are killed": told of any, not of one.
  if (rule.property.starts_with("casualties"))
    for (uint32_t i = match.first; i < match.last; ++i)
      if ((s.form(i) == "are" || s.form(i) == "is") && i + 1 < s.size() && s.node(i + 1).xpos == "VBN" && s.form(i + 1) != "confirmed" && s.form(i + 1) != "feared" && s.form(i + 1) != "believed") return false;
  if (rule.dead_near) {
    bool told = false;
    for (uint32_t i = match.first; i < match.last && !told; ++i)
      if (const std::string word = s.form(i); word == "dead" || word == "killed" || word == "deaths" || word == "toll" || word == "fatalities" || word == "died") told = true;
    if (!told) return false;
  }
  if (rule.actual && (standing.modal || standing.conditional || standing.hypothetical)) return false;
  // "it is likely that Ruritania was behind the attack" still says who.
  bool likely = false;
  if (rule.property == "responsibility" && standing.hypothetical)
    for (uint32_t i = match.first; i-- > 0 && !likely;) likely = s.form(i) == "likely" || s.form(i) == "probable";
  if (rule.assertive && (standing.conditional || (standing.hypothetical && !likely))) return false;
  if ((rule.flight || rule.weapon_near) && !weapon_near(s.id.index)) return false;
  const bool counts = rule.normal[0] == "<num>" && (rule.property == "count" || rule.property.starts_with("casualties"));
  for (uint32_t i = match.first; counts && i < match.last; ++i)
    if (s.node(i).upos == Upos::NUM && (measures(s, i, rules_.sets) || partial(s, i) || no_count(s, i))) return false;
  if (rule.property == "count" && standing.negated) return false;
  // "Killing an officer will not be tolerated": of any.
  if (rule.property.starts_with("casualties") && (s.node(match.anchor).deprel == Deprel::csubj || (s.node(match.anchor).xpos == "VBG" && s.node(match.anchor).deprel == Deprel::nsubj))) return false;
  // "three people died and 12 were hurt": another figure stands between the number and its verb.
  if (counts && rule.befalls.empty() && match.numbers.size() == 1) {
    uint32_t figures = 0;
    for (uint32_t i = match.first; i < match.last; ++i) figures += s.node(i).upos == Upos::NUM && (i == match.first || s.node(i - 1).upos != Upos::NUM) && s.form(i) != "one" ? 1 : 0;
    if (figures > 1) return false;
  }
  if (!rule.befalls.empty()) {
    const Counted counted = counted_by(s, match.first);
    if (s.node(match.first).upos == Upos::PRON || (match.first > 0 && s.form(match.first - 1) == "no")) return false;  // "no one"
    // "two million" from "million" on; "between 20 and 25", which rows of their own read; "killed seven and wounded 18" of a wrong tree.
    std::string left;
    for (uint32_t back = 1; back <= 4 && back <= match.first && (left.empty() || rules_.sets.contains("approx", left)); ++back) left = s.lemma(match.first - back);
    if (match.first > 0 && (s.node(match.first - 1).upos == Upos::NUM || left == "between")) return false;
    if (match.first > 2 && left == "and" && s.node(match.first - 2).upos == Upos::NUM && s.form(match.first - 3) == "between") return false;
    if ((rule.befalls != "wounded" && rules_.sets.contains("wounded_object", left)) || (rule.befalls != "killed" && rules_.sets.contains("killed_object", left))) return false;
    const auto of = [&](std::string_view role) { return rules_.sets.contains(rule.befalls + std::string(role), counted.verb) || rules_.sets.contains(rule.befalls + std::string(role), counted.form); };
    if (!(counted.suffers && of("_object")) && !(counted.acts && of("_subject"))) return false;
    if (!rule.counted_set.empty() && !rules_.sets.contains(rule.counted_set, counted.noun)) return false;
  }
  if (!rule.subject_set.empty()) {
    const int32_t subject = subject_of(s, match.anchor);
    if (subject >= 0) {
      const auto token = static_cast<uint32_t>(subject);
      const Mention* m = mention_covering(names_, s.id, token);
      const bool weapon = m && m->actor.valid() && names_.actors[m->actor.index].kind == ActorKind::weapon;
      if (!weapon && !rules_.sets.contains(rule.subject_set, s.lemma(token)) && !rules_.sets.contains(rule.subject_set, s.form(token))) return false;
    } else if (!weapon_near(s.id.index)) {
      return false;
    }
  }
  return true;
}

// Whether the clause tells a fact of the kind that the row asks for; turns the stance where it is denied.
bool ClaimFinder::stands(const SentenceView& s, const PatternMatch& match, Draft& d) const {
  const ClaimRule& rule = rules_.rules[match.row];
  const auto turn = [&] { d.claim.stance = d.claim.stance == Stance::denies ? Stance::asserts : Stance::denies; };
  if (rule.class_words) {
    const ClassUse use = class_use(s, match.first, match.last, d.inside, rules_.sets);
    if (!use.said) return false;
    d.trust = std::min(d.trust, 1.0F) * use.confidence / 0.85F;
    if (use.denied) turn();
    return true;
  }
  const uint32_t head = rule.by == Claimant::context ? head_of(s, match.first, match.last) : match.anchor;
  const ClauseStanding standing = clause_standing(s, head, d.inside);
  const bool own_denial = rule.normal[0].ends_with('!');
  if (!fits(s, rule, match, standing)) return false;
  if (standing.negated && rule.self_subject && rule.normal[0] == "<self>") return false;  // "it had not carried out the bombing"
  if (standing.negated && own_denial && rule.by == Claimant::subject) return false;  // "neither confirmed nor denied"
  if (standing.negated && !own_denial && rule.by == Claimant::subject && rule.property == "responsibility") return false;  // "did not blame"
  if (standing.modal && rule.property == "intent") return false;  // "it will be a mistake"
  if (rule.property == "legality" && standing.negated && standing.modal) return false;  // "would not tolerate X, in violation of": of what may come
  // "refused to take responsibility".
  if (rule.by == Claimant::subject && !own_denial)
    for (int32_t at = static_cast<int32_t>(match.anchor), climb = 0; at >= 0 && climb < 3; ++climb) {
      const Deprel r = s.node(static_cast<uint32_t>(at)).deprel;
      if (r != Deprel::xcomp && r != Deprel::conj) break;
      at = s.node(static_cast<uint32_t>(at)).head;
      if (const std::string word = at >= 0 ? s.lemma(static_cast<uint32_t>(at)) : ""; r == Deprel::xcomp && (word == "refuse" || word == "decline" || word == "fail" || word == "avoid" || word == "stop")) return false;
    }
  if (rule.self_subject && d.around.valid()) {
    const Statement& statement = statements_[d.around.index];
    if (statement.act == "accuse") return false;  // the accused's doing
    // In their own words they say "we".
    const int32_t subject = subject_of(s, match.anchor);
    const std::string word = subject >= 0 ? s.form(static_cast<uint32_t>(subject)) : "";
    if (statement.quotation == Quotation::direct && statement.speaker.party == d.claim.by && !quoted_by_another(d.around) && (word == "they" || word == "he" || word == "she" || word == "it")) return false;
  }
  if (rule.self_subject && rules_.sets.contains("battlefield", s.lemma(match.anchor)) && rule.normal[0] == "<self>") return false;  // losses inflicted in battle confess nothing
  if (rule.self_subject && !own_subject(s, static_cast<uint32_t>(match.anchor), d.claim.by)) return false;
  if (rule.self_object) {
    int32_t clause = s.index.child(match.anchor, Deprel::ccomp);
    if (clause < 0)  // "rejected accusations that it had"
      if (const int32_t object = s.index.child(match.anchor, Deprel::obj); object >= 0) clause = std::max(s.index.child(static_cast<uint32_t>(object), Deprel::acl), s.index.child(static_cast<uint32_t>(object), Deprel::ccomp));
    if (clause < 0 || !own_subject(s, static_cast<uint32_t>(clause), d.claim.by)) return false;
  }
  if (standing.negated && !rule.self_subject && !rule.self_object && !own_denial && rule.normal[0] != "0" && rule.normal[0] != "none") {
    turn();
    d.trust *= 0.6F;
  }
  if (standing.modal) d.trust *= 0.7F;
  return true;
}

}  // namespace demarche
