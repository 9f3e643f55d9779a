// Whose claim the words make.
#include "demarche/claims/finder.h"

#include "demarche/core/utf8.h"

namespace demarche {

// "neither confirmed nor denied".
bool not_even_denied(std::string_view text, Span cue) {
  std::string_view before = text.substr(0, cue.begin);
  while (before.ends_with(' ')) before.remove_suffix(1);
  return before.ends_with(" nor") || before.ends_with(" not") || before.ends_with("n't") || before.ends_with(" neither");
}

// "rejected reports that", "dismissed the charge that"; not "rejected the plan".
bool ClaimFinder::rejects_report(const Statement& statement) const {
  if (statement.act != "reject" || statement.content.empty()) return false;
  const std::string_view content = text_of(text_, statement.content[0]);
  const auto has = [&](std::string_view word) { return content.find(word) != std::string_view::npos; };
  return has(" that ") && (has("report") || has("claim") || has("allegation") || has("suggestion") || has("charge") || has("accusation"));
}

// The parties of conjoined speakers; empty for a single one.
std::vector<std::string> joint_parties(const SentenceView& s, uint32_t head) {
  const bool joint = s.index.child(head, Deprel::conj) >= 0;
  return joint ? parties_of(s, head) : std::vector<std::string>{};
}

// Whose claim it is by a row that names its holder: the anchor's subject or agent.
bool ClaimFinder::attribute_by_tree(const SentenceView& s, const PatternMatch& match, Draft& d) const {
  const ClaimRule& rule = rules_.rules[match.row];
  Claim& claim = d.claim;
  int32_t token = rule.by == Claimant::subject ? subject_of(s, match.anchor) : s.index.child(match.anchor, Deprel::obl_agent);
  // "Ruritania, accused of the attack by Graustark": wherever the agent hangs.
  for (uint32_t i = match.anchor + 1; rule.by == Claimant::agent && token < 0 && i < match.last; ++i)
    if (s.form(i) == "by" && s.node(i).deprel == Deprel::case_ && s.node(i).head > static_cast<int32_t>(i)) token = s.node(i).head;
  if (rule.by == Claimant::agent && token < 0) token = s.index.child(match.anchor, Deprel::obl);
  if (token < 0) return false;
  auto parties = parties_of(s, static_cast<uint32_t>(token));
  // "the attack on the town that X claimed": neither the deed nor the place holds anything.
  if (const std::string what = s.lemma(static_cast<uint32_t>(token)); rules_.sets.contains("assault", what) || what == "town" || what == "village" || what == "city") return false;
  // "Each side accused the other": those of the nearest sentence before that names just two.
  if (const std::string who = s.lemma(static_cast<uint32_t>(token)); parties.empty() && rule.normal[0] == "<other>" && (who == "side" || who == "they" || who == "both" || who == "party" || who == "army" || who == "each" || who == "government" || who == "country"))
    parties = two_before(s.id.index);
  if (parties.size() == 2 && rule.normal[0] == "<other>") d.other = parties[1];
  if (parties.size() != 1 && d.other.empty()) return false;
  claim.by = parties[0];
  d.span = cover(d.span, token_span(s.sentence, static_cast<uint32_t>(token), static_cast<uint32_t>(token) + 1));
  return true;
}

// Whose claim the words make: sets by, statement, stance. False when it is nobody's, or no claim.
bool ClaimFinder::attribute(const SentenceView& s, const PatternMatch& match, Draft& d) const {
  const ClaimRule& rule = rules_.rules[match.row];
  Claim& claim = d.claim;
  claim.statement = d.around;
  if (rule.by != Claimant::context) return attribute_by_tree(s, match, d);
  const uint32_t words = head_of(s, match.first, match.last);
  uint32_t verb = 0;
  const int32_t sayer = attributed_subject(s, words, &verb);
  const auto said_by = sayer >= 0 ? parties_of(s, static_cast<uint32_t>(sayer)) : std::vector<std::string>{};
  if (sayer >= 0)
    if (const int32_t det = s.index.child(static_cast<uint32_t>(sayer), Deprel::det); det >= 0 && s.form(static_cast<uint32_t>(det)) == "no") return false;  // "no group has said that"
  if (sayer >= 0 && !d.around.valid())
    for (const uint32_t c : s.index.children(verb))  // "has not said that it did it"
      if (const std::string word = s.form(c); s.node(c).deprel == Deprel::advmod && c < verb && (word == "not" || word == "n't" || word == "never")) return false;
  if (!d.around.valid()) {  // no statement was found: the tree may still show whose words they are
    claim.by = said_by.empty() ? "reporter" : said_by[0];
    if (said_by.size() > 1) d.also.assign(said_by.begin() + 1, said_by.end());  // "officials in both capitals said"
    d.trust *= sayer >= 0 && said_by.empty() ? kNobodyKnown : 0.8F;
    return true;
  }
  const Statement& statement = statements_[d.around.index];
  if (statement.cue && not_even_denied(text_, *statement.cue)) return false;
  claim.by = statement.speaker.party;
  const std::string speaker = fold(text_of(text_, statement.speaker.span));
  const bool nobody = speaker.starts_with("nobody") || speaker.starts_with("no one") || speaker.starts_with("none") || speaker.starts_with("few ");
  // "No group has said that it was behind it": nobody's claim; but "nobody denies that".
  if ((nobody || speaker.starts_with("no ")) && statement.standing != Standing::denied && statement.act != "deny" && statement.act != "reject") return false;
  // "By stating that it was ..., Seoul meant ...", he said: words within his words.
  bool inner_words = false;
  if (!said_by.empty() && d.inside.contains(s.sentence.tokens[verb].span) && said_by[0] != claim.by) {
    claim.by = said_by[0];
    inner_words = true;
    d.trust *= 0.7F;
  }
  // "The two presidents said jointly": the claim of each.
  if (!nobody && !inner_words && statement.sentence == s.id)
    for (uint32_t t = 0; t < s.size(); ++t)
      if (const Node& node = s.node(t); statement.speaker.span.contains(s.sentence.tokens[t].span) && (node.head < 0 || !statement.speaker.span.contains(s.sentence.tokens[static_cast<uint32_t>(node.head)].span)))
        for (const std::string& party : joint_parties(s, t))
          if (party != claim.by && !claim.by.empty()) d.also.push_back(party);
  if (nobody) claim.by = "reporter";  // "nobody disputes that"
  if (claim.by.empty()) {
    // What analysts think likely is nobody's claim.
    if (statement.speaker.anonymity == Anonymity::collective && clause_standing(s, words, d.inside).modal) return false;
    claim.by = "reporter";
    d.trust *= kNobodyKnown;
  }
  if (statement.kind == StatementKind::forecast || statement.kind == StatementKind::intention || no_fact_act(statement.act)) {
    // "refuses to talk about the blast that maimed two": the relative clause is told as known.
    if (!presupposed(s, words, d.inside)) return false;
    claim.by = "reporter";
    claim.statement = {};
    d.trust *= 0.8F;
  }
  if ((statement.standing == Standing::denied || rejects_report(statement)) && !nobody && !inner_words) claim.stance = Stance::denies;
  return true;
}

bool ClaimFinder::presupposed(const SentenceView& s, uint32_t token, Span inside) const {
  constexpr int kMaxClimb = 6;
  for (int climb = 0; climb < kMaxClimb && inside.contains(s.sentence.tokens[token].span); ++climb) {
    if (s.node(token).deprel == Deprel::acl_relcl) return s.node(token).xpos == "VBD" || s.node(token).xpos == "VBN";
    if (s.node(token).head < 0) return false;
    token = static_cast<uint32_t>(s.node(token).head);
  }
  return false;
}

// The parties of the nearest sentence before that names just two; empty when there is none.
std::vector<std::string> ClaimFinder::two_before(uint32_t sentence) const {
  constexpr uint32_t kMaxBack = 8;
  for (uint32_t back = 1; back <= kMaxBack && back <= sentence; ++back) {
    std::vector<std::string> named;
    const auto& all = names_.mentions;
    auto at = std::partition_point(all.begin(), all.end(), [&](const Mention& m) { return m.sentence.index < sentence - back; });
    for (; at != all.end() && at->sentence.index == sentence - back; ++at)
      if (at->actor.valid())
        if (const std::string& party = names_.actors[at->actor.index].party; !party.empty() && party != "UN" && party != "EU" && std::find(named.begin(), named.end(), party) == named.end()) named.push_back(party);
    if (named.size() == 2) return named;
  }
  return {};
}

// Whether the subject of a verb is the claimant, by name, as "we", or as a pronoun that may stand for it.
bool ClaimFinder::own_subject(const SentenceView& s, uint32_t verb, const std::string& by) const {
  if (s.index.child(verb, Deprel::aux_pass) >= 0) return false;  // "its aircraft had been shot down"
  const int32_t subject = subject_of(s, verb);
  if (subject < 0) return false;
  const auto token = static_cast<uint32_t>(subject);
  const auto parties = parties_of(s, token);
  const std::string word = s.form(token);
  if (word == "he" || word == "she") return false;  // a person, not the party
  if (word == "we" || word == "i") return true;
  const int32_t possessive = s.index.child(token, Deprel::nmod_poss);
  const bool pronoun = word == "it" || word == "they" || (possessive >= 0 && s.node(static_cast<uint32_t>(possessive)).upos == Upos::PRON);
  return parties.empty() ? pronoun : parties.size() == 1 && parties[0] == by;
}

}  // namespace demarche
