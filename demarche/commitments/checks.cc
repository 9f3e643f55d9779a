// Whether the words of a fit bind at all.
#include "demarche/commitments/finder.h"

#include <algorithm>
#include <array>

#include "demarche/core/utf8.h"

namespace demarche {

// The checks that look at the clause as a whole.
bool CommitmentFinder::allowed(const SentenceView& s, const PatternMatch& match, const Draft& d) const {
  return stands(s, match, d) && pause_stands(s, d) && complement_fits(s, match, d) && sense_fits(s, match, d) && terms_fit(s, d);
}

// Whether the trigger stands as told: not denied, not under an if, not hoped for.
bool CommitmentFinder::stands(const SentenceView& s, const PatternMatch& match, const Draft& d) const {
  const CommitmentRule& rule = *d.rule;
  const ClauseStanding standing = clause_standing(s, d.anchor, d.inside);
  bool denied_in_words = false;  // the row itself holds "no longer", "not rule out", "never"
  for (uint32_t i = match.first; i < match.last; ++i) {
    const std::string word = s.form(i);
    denied_in_words = denied_in_words || word == "not" || word == "n't" || word == "no" || word == "never" || word == "refuse" || word == "refuses" || word == "refused";
  }
  if (rule.kind == CommitmentKind::agreement && rule.actual) denied_in_words = false;  // "the deal was never signed"
  // "gave no promise": the "no" fills a gap of the row.
  if (const int32_t determiner = s.index.child(d.anchor, Deprel::det); rule.noun && determiner >= 0 && s.form(static_cast<uint32_t>(determiner)) == "no") denied_in_words = false;
  // "would not retaliate" threatens nobody, unless the row's own words deny ("will not tolerate").
  if (rule.kind == CommitmentKind::threat && rule.clause && !rule.negative && denied_in_words && s.node(d.anchor).upos == Upos::VERB)
    for (const uint32_t c : s.index.children(d.anchor))
      if (const std::string word = s.form(c); c < d.anchor && s.node(c).deprel == Deprel::advmod && (word == "not" || word == "n't" || word == "never")) return false;
  // "have yet to agree".
  for (uint32_t back = 1; back <= 3 && back < d.anchor; ++back)
    if (s.form(d.anchor - back) == "yet" && s.form(d.anchor - back + 1) == "to") return false;
  if (standing.negated && !denied_in_words && rule.kind != CommitmentKind::moratorium && rule.kind != CommitmentKind::red_line && !rule.content) return false;
  if (standing.conditional && !(rule.kind == CommitmentKind::threat && rule.clause)) {
    // "If ..., it will": the condition is the commitment's own; only a trigger inside the if-clause is none.
    for (int32_t at = static_cast<int32_t>(d.anchor), climb = 0; at >= 0 && climb < 12; at = s.node(static_cast<uint32_t>(at)).head, ++climb) {
      const int32_t mark = s.index.child(static_cast<uint32_t>(at), Deprel::mark);
      if (mark < 0) continue;
      if (const std::string word = s.form(static_cast<uint32_t>(mark)); word == "if" || word == "whether" || word == "unless" || word == "until") return false;
    }
  }
  if (!rule.clause && !rule.noun && !rule.legal && (standing.modal || standing.hypothetical) && rule.kind != CommitmentKind::deadline && rule.kind != CommitmentKind::moratorium) return false;
  if (rule.actual && (standing.modal || standing.hypothetical)) return false;
  // "denied that it had promised".
  if (d.around.valid() && d.around != d.cued && statements_[d.around.index].standing == Standing::denied) return false;
  // "hope to sign", "refused to promise": inside such a statement nothing is bound yet.
  if ((rule.actual || (!rule.clause && !rule.noun && !rule.legal)) && d.around.valid() && d.around != d.cued && no_fact_act(statements_[d.around.index].act) && rule.kind != CommitmentKind::moratorium &&
      rule.kind != CommitmentKind::deadline)
    return false;
  // "how the two would react": a question.
  if (rule.clause)
    for (const uint32_t c : s.index.children(d.verb)) {
      const std::string word = s.form(c);
      if (c < d.verb && (word == "how" || word == "what" || word == "whether" || word == "why" || word == "when" || word == "if") && s.node(c).deprel != Deprel::advcl && s.form(d.evidence.first) != "if") return false;
    }
  return true;
}

// A pause is one when it is told as a fact or decided, not when others propose or ask for it.
bool CommitmentFinder::pause_stands(const SentenceView& s, const Draft& d) const {
  const CommitmentRule& rule = *d.rule;
  const ClauseStanding standing = clause_standing(s, d.anchor, d.inside);
  if (rule.kind == CommitmentKind::moratorium) {
    // "Their condition is a halt": not told, asked for.
    if (const int32_t about = subject_of(s, clause_head(s, d.anchor)); rule.noun && about >= 0) {
      const std::string noun = s.lemma(static_cast<uint32_t>(about));
      if (noun == "condition" || noun == "demand" || noun == "precondition" || noun == "request" || noun == "proposal" || noun == "appeal") return false;
    }
    // What is only proposed or asked for is no pause yet: "called for a suspension of exercises".
    static constexpr std::array<std::string_view, 9> kAsking{"call", "urge", "propose", "demand", "seek", "want", "suggest", "request", "discuss"};
    if (rule.noun && std::find(kAsking.begin(), kAsking.end(), s.lemma(clause_head(s, d.anchor))) != kAsking.end()) return false;
    const int32_t over = s.node(d.anchor).head;
    const std::string act_on = over >= 0 ? s.lemma(static_cast<uint32_t>(over)) : "";
    const bool brought_to_end = act_on == "end" || act_on == "lift" || act_on == "abandon" || act_on == "break" || act_on == "stop";
    if (rule.noun && standing.hypothetical && !brought_to_end && owner_of(s, d.anchor).empty()) return false;
    if (d.around.valid() && !(rule.noun && s.index.child(d.anchor, Deprel::nmod_poss) >= 0)) {
      const std::string& act = statements_[d.around.index].act;
      if (act == "demand" || act == "request" || act == "propose" || act == "want" || act == "advise" || act == "hope" || act == "ask" || act == "order") return false;
    }
    const int32_t up = s.node(d.anchor).head;
    if (rule.noun && up >= 0 && s.lemma(static_cast<uint32_t>(up)) == "declare" && standing.hypothetical) return false;
  }
  if (rule.agreed && standing.modal) return false;
  if (rule.agreed) {
    // A pause is one when it is told as a fact or decided, not when others ask for it.
    const int32_t up = s.node(d.anchor).head;
    const std::string governor = up >= 0 ? s.lemma(static_cast<uint32_t>(up)) : "";
    const bool decided = governor == "decide" || governor == "agree" || governor == "promise" || governor == "pledge" || governor == "vow" || governor == "announce";
    if (standing.hypothetical && !decided) return false;
    if (d.by.empty()) return false;
  }
  return true;
}

// Whether the complement is of the form that the row asks for.
bool CommitmentFinder::complement_fits(const SentenceView& s, const PatternMatch& match, const Draft& d) const {
  const CommitmentRule& rule = *d.rule;
  if (rule.future) {
    if (d.complement < 0) return false;
    const auto complement = static_cast<uint32_t>(d.complement);
    bool ahead = s.node(complement).deprel == Deprel::xcomp || feature(s.node(complement), "VerbForm") == "Inf" || s.node(complement).deprel == Deprel::advcl;
    for (const uint32_t c : s.index.children(complement)) {
      const std::string word = s.form(c);
      ahead = ahead || word == "will" || word == "would" || word == "should" || word == "shall" || word == "must" || (word == "to" && s.node(c).deprel == Deprel::mark);
    }
    const int32_t acl = s.index.child(complement, Deprel::acl);
    ahead = ahead || acl >= 0 || s.node(complement).xpos == "VB";
    // "agreed on a plan".
    if (!ahead) return false;
  }
  if (rule.tight && (d.complement < static_cast<int32_t>(match.first) || d.complement >= static_cast<int32_t>(match.last))) return false;
  if (rule.kind == CommitmentKind::agreement && rule.by == Bound::parties && !rule.noun && match.anchor > match.first) {
    // "withdrew from the treaty": the noun hangs on the verb.
    const int32_t up = s.node(match.anchor).head;
    if (s.node(match.anchor).upos == Upos::NOUN && (up < static_cast<int32_t>(match.first) || up >= static_cast<int32_t>(match.last))) return false;
  }
  return true;
}

// Whether what is promised is no blow, and what is threatened is one.
bool CommitmentFinder::sense_fits(const SentenceView& s, const PatternMatch& match, const Draft& d) const {
  const CommitmentRule& rule = *d.rule;
  if (rule.kind == CommitmentKind::threat && mild_answer(s, match, d)) return false;
  // "a war on poverty".
  if (rule.kind == CommitmentKind::threat)
    for (uint32_t i = match.last; i < std::min(s.size(), match.last + 3); ++i)
      if (rules_.sets.contains("ills", s.lemma(i))) return false;
  if (rule.not_threat && d.complement >= 0) {
    const std::string what = s.lemma(static_cast<uint32_t>(d.complement));
    if (what == "retaliate" || what == "avenge" || what == "punish" || what == "response" || what == "retaliation" || what == "revenge" || what == "vengeance" || what == "consequence" || what == "reprisal" || what == "suffer" || what == "regret" || what == "perish") return false;
    if (rule.not_blow && rules_.sets.contains("response", what)) return false;
  }
  if (rule.kind == CommitmentKind::threat && rule.comp && !rule.agent && d.complement >= 0 && s.lemma(d.anchor) != "warn") {
    const std::string verb = s.lemma(static_cast<uint32_t>(d.complement));
    const bool noun = s.node(static_cast<uint32_t>(d.complement)).upos == Upos::NOUN;
    if (!rules_.sets.contains("response", verb) && !noun) return false;
  }
  // "will not seek the bomb": a noun that the verb takes.
  if (rule.self && s.node(d.anchor).upos == Upos::NOUN)
    if (const Deprel r = s.node(d.anchor).deprel; r == Deprel::obj || r == Deprel::obl || r == Deprel::nmod || r == Deprel::compound) return false;
  const std::string trigger = s.lemma(d.anchor);
  // What things threaten to do, and what everybody must do by himself, binds nobody.
  if (trigger == "threaten" && d.complement >= 0) {
    const std::string what = s.lemma(static_cast<uint32_t>(d.complement));
    const int32_t object = s.index.child(static_cast<uint32_t>(d.complement), Deprel::obj);
    const std::string mood = object >= 0 ? s.lemma(static_cast<uint32_t>(object)) : "";
    if (rules_.sets.contains("looming", what) || mood == "tension" || mood == "fear" || mood == "concern") return false;
  }
  if (rule.kind == CommitmentKind::demand && rule.clause && rules_.sets.contains("insight", trigger)) return false;
  // "or faced consequences": told of the past.
  if (rule.by == Bound::parent_subject && (s.node(d.anchor).xpos == "VBD" || s.node(d.anchor).xpos == "VBN")) return false;
  // "met to reassure them": what for, not done.
  if (rule.kind == CommitmentKind::pledge && rule.by == Bound::subject && s.node(d.anchor).deprel == Deprel::advcl && s.node(d.anchor).xpos == "VB" && s.index.child(d.anchor, Deprel::mark) >= 0) return false;
  return modal_fits(s, match, d) && (!rule.future_harm || foretells_harm(s, d));
}

// Whether "will" and the like govern the trigger as the row takes it.
bool CommitmentFinder::modal_fits(const SentenceView& s, const PatternMatch& match, const Draft& d) const {
  const CommitmentRule& rule = *d.rule;
  // "will make you pay": the modal is another verb's.
  if (rule.self && rule.clause && s.node(d.anchor).upos == Upos::VERB)
    for (uint32_t i = match.first; i < d.anchor; ++i) {
      if (s.node(i).deprel != Deprel::aux || s.node(i).xpos != "MD" || s.node(i).head < 0) continue;
      const auto owner = static_cast<uint32_t>(s.node(i).head);
      const Deprel r = s.node(d.anchor).deprel;
      const bool causes = s.lemma(owner) == "make" || s.lemma(owner) == "let" || (s.lemma(owner) == "have" && (owner + 1 >= s.size() || s.form(owner + 1) != "to"));
      if (owner != d.anchor && causes && s.node(d.anchor).head == s.node(i).head && (r == Deprel::xcomp || r == Deprel::ccomp)) return false;
    }
  bool keeps_on = false;  // "will continue to", "is prepared to"
  uint32_t modal = d.anchor;  // the words behind "will", not those of an "if" before it
  while (modal > match.first && s.node(modal).xpos != "MD") --modal;
  for (uint32_t i = modal; rule.clause && i < d.anchor; ++i) {
    const std::string word = s.lemma(i);
    if (rule.kind == CommitmentKind::pledge && s.lemma(d.anchor) == "pay" && d.anchor + 3 < s.size() && (s.form(d.anchor + 2) == "price" || s.form(d.anchor + 3) == "price")) return false;
    if (rule.kind == CommitmentKind::pledge && (word == "cease" || word == "refuse" || word == "fail")) return false;
    keeps_on = keeps_on || word == "continue" || word == "ready" || word == "prepared" || word == "force" || word == "have" || word == "go" || word == "right" || word == "live" || word == "need" || word == "ought";
    if (rule.self && word == "to" && !keeps_on && s.node(d.anchor).upos == Upos::VERB) return false;  // "the purpose would be to stop", "would seek to extradite"
  }
  return true;
}

// Whether what is warned of is a threat: "warned that it would respond", "that the port would be lost if"; not what may simply come
// ("warned that the winter would be hard").
bool CommitmentFinder::foretells_harm(const SentenceView& s, const Draft& d) const {
  TokenRange words = d.what;
  auto content = static_cast<uint32_t>(std::max(d.complement, 0));
  if (d.complement < 0) {  // "..., he warned": the words stand before
    if (!d.cued.valid() || statements_[d.cued.index].content.empty()) return false;
    const Span said = statements_[d.cued.index].content.front();
    if (said.end > s.sentence.tokens[d.anchor].span.begin || said.begin < s.sentence.span.begin) return false;
    words = {token_at(s.sentence, said.begin), token_at(s.sentence, said.end)};
    if (words.first >= words.second || words.second > d.anchor) return false;
    content = head_of(s, words.first, words.second);
  }
  // It is a threat where it hangs on a condition, or tells of what the warner itself, or the warned, will do or suffer.
  // The United Nations' warnings of what may come of a thing are none.
  const bool body = d.by.size() == 1 && d.by[0].party == "UN";
  bool future = false, mine = false;
  for (uint32_t i = words.first; i < words.second; ++i) {
    const std::string word = s.lemma(i);
    mine = mine || (!body && (word == "unless" || word == "if" || word == "until"));
    future = future || word == "will" || word == "would" || word == "shall";
  }
  const int32_t subject = subject_of(s, content);
  if (subject < 0) return mine;
  for (const Participant& p : participants_of(s, static_cast<uint32_t>(subject)))
    for (const Participant& q : d.by) mine = mine || p.party == q.party;
  const std::string word = s.form(static_cast<uint32_t>(subject));
  mine = mine || third_pronoun(word) || first_person(word);
  for (uint32_t i = words.first; i < words.second; ++i) mine = mine || s.lemma(i) == "face" || s.lemma(i) == "suffer" || s.lemma(i) == "pay";
  // "An attack could come within hours" only fears it.
  return mine || (future && (word == "there" || word == "attack" || word == "violation"));
}

// Whether a day that binds nobody in particular falls due for states: the sentence, or those before it, speak of their affairs.
bool CommitmentFinder::affairs_of_state(const SentenceView& s, const Draft& d) const {
  const uint32_t sentence = s.id.index;
  if (d.rule->timed_subject && !all_parties(s, {0, s.size()}).empty()) return true;
  return states_near(sentence);
}

bool CommitmentFinder::states_near(uint32_t sentence) const {
  for (uint32_t i = sentence >= kLookBackSentences ? sentence - kLookBackSentences : 0; i <= sentence; ++i)
    for (const Node& node : trees_[i].nodes)
      if ((node.upos == Upos::NOUN || node.upos == Upos::PROPN) && rules_.sets.contains("statecraft", fold(node.lemma))) return true;
  return false;
}

// Whether the parties and times that the row asks for are there.
bool CommitmentFinder::terms_fit(const SentenceView& s, const Draft& d) const {
  const CommitmentRule& rule = *d.rule;
  // "called on drivers to", "urged residents to": one's own people, no party.
  if (rule.kind == CommitmentKind::demand && rule.by == Bound::subject) {
    for (const Deprel r : {Deprel::obj, Deprel::iobj, Deprel::obl}) {
      const int32_t asked = s.index.child(d.anchor, r);
      if (asked < 0 || !participants_of(s, static_cast<uint32_t>(asked)).empty()) continue;
      const std::string who = s.lemma(static_cast<uint32_t>(asked));
      if (rules_.sets.contains("private", who) || who == "resident" || who == "citizen" || who == "driver" || who == "public" || who == "people" || who == "voter" || who == "passenger" || who == "traveler" || who == "local") return false;
    }
  }
  if (rule.must_content) {
    const int32_t content = s.index.child(d.anchor, Deprel::ccomp);
    if (content < 0) return false;
    bool must = false;
    bool finite = false;
    for (const uint32_t c : s.index.children(static_cast<uint32_t>(content))) {
      must = must || s.form(c) == "must" || s.form(c) == "should";
      finite = finite || s.node(c).deprel == Deprel::aux || s.node(c).deprel == Deprel::cop;
    }
    // "insisted that Ruritania leave": a subjunctive.
    const std::string& tag = s.node(static_cast<uint32_t>(content)).xpos;
    // "that the four men be freed".
    bool be = false;
    for (const uint32_t c : s.index.children(static_cast<uint32_t>(content))) be = be || (s.form(c) == "be" && (s.node(c).deprel == Deprel::aux_pass || s.node(c).deprel == Deprel::cop));
    for (const uint32_t c : s.index.children(static_cast<uint32_t>(content))) be = be && s.node(c).deprel != Deprel::aux;
    if (be) return true;
    must = must || (!finite && (tag == "VB" || tag == "VBP") && rules_.sets.contains("yield", s.lemma(static_cast<uint32_t>(content))));
    const int32_t subject = subject_of(s, static_cast<uint32_t>(content));
    if (!must || subject < 0) return false;
    const auto parties = participants_of(s, static_cast<uint32_t>(subject));
    const std::string about = s.lemma(static_cast<uint32_t>(subject));
    const bool terms = about == "deal" || about == "agreement" || about == "ceasefire" || about == "truce" || about == "settlement" || about == "accord" || about == "talk";
    if ((parties.empty() && !terms) || (!parties.empty() && !d.by.empty() && parties[0].party == d.by[0].party)) return false;
  }
  if (rule.party_near && all_parties(s, d.evidence).empty()) return false;
  if (rule.party_obj && !(d.by.size() == 1 && d.by[0].party.size() == 2)) {  // bodies (UN, EU) order whom they will
    const int32_t direct = s.index.child(d.anchor, Deprel::obj);
    const int32_t object = direct >= 0 ? direct : s.index.child(d.anchor, Deprel::iobj);
    if (object < 0 || participants_of(s, static_cast<uint32_t>(object)).empty()) return false;
  }
  if (rule.other_obj) {
    int32_t object = s.index.child(d.anchor, Deprel::obj);
    if (object < 0) object = s.index.child(d.anchor, Deprel::iobj);
    if (object < 0 || s.index.child(static_cast<uint32_t>(object), Deprel::nmod_poss) >= 0) return false;
    if (participants_of(s, static_cast<uint32_t>(object)).empty() && d.by.size() == 1 && d.by[0].party.size() == 3 && rules_.sets.contains("own_side", s.lemma(static_cast<uint32_t>(object)))) return false;  // "ordered the army to"
    for (const Participant& p : participants_of(s, static_cast<uint32_t>(object)))
      if (std::any_of(d.by.begin(), d.by.end(), [&](const Participant& q) { return q.party == p.party; })) return false;
  }
  if (rule.kind == CommitmentKind::deadline && d.by.empty() && !affairs_of_state(s, d)) return false;
  if (rule.time && !has_time(s, d.evidence)) return false;
  if (rule.timed_subject) {
    const int32_t subject = subject_of(s, d.verb);
    if (subject < 0) return false;
    const std::string noun = s.lemma(static_cast<uint32_t>(subject));
    // "The first period ends", "the 100 days run out"; not "X, a candidate in 2020, ended his campaign".
    const auto at = static_cast<uint32_t>(subject);
    if (!has_time(s, {at, at + 1}) && !rules_.sets.contains("lapsing", noun)) return false;
  }
  return true;
}

// "will respond to the letter" threatens nobody.
bool CommitmentFinder::mild_answer(const SentenceView& s, const PatternMatch& match, const Draft& d) const {
  static constexpr std::array<std::string_view, 14> kMild{"reform", "letter", "question", "call", "request", "query", "message", "inquiry", "survey", "email", "need", "proposal", "offer", "invitation"};
  bool answer = false;
  for (uint32_t i = match.first; i < match.last; ++i) {
    const std::string word = s.lemma(i);
    answer = answer || word == "respond" || word == "answer" || word == "react" || word == "reply";
  }
  if (!answer) return false;
  for (uint32_t i = std::min(d.what.first, match.first); i < d.what.second; ++i)
    if (std::find(kMild.begin(), kMild.end(), s.lemma(i)) != kMild.end()) return true;
  return false;
}

}  // namespace demarche
