// Who is bound, and to whom.
#include "demarche/commitments/finder.h"

#include <algorithm>
#include <array>

#include "demarche/core/utf8.h"

namespace demarche {

std::vector<Participant> CommitmentFinder::all_parties(const SentenceView& s, TokenRange range) const {
  std::vector<Participant> out;
  for (uint32_t i = range.first; i < range.second; ++i) {
    const Mention* m = mention_headed_by(names_, s.id, i);
    if (!m) continue;
    const auto add = [&](ActorId id) {
      if (!id.valid() || names_.actors[id.index].party.empty()) return;
      const Actor& a = names_.actors[id.index];
      if (a.kind == ActorKind::weapon || a.kind == ActorKind::vessel) return;
      if (std::none_of(out.begin(), out.end(), [&](const Participant& p) { return p.party == a.party; })) out.push_back({id, a.party, a.sector});
    };
    add(m->actor);
    for (const ActorId member : m->members) add(member);
  }
  return out;
}

std::vector<Participant> CommitmentFinder::subject_of_sentence(uint32_t sentence) const {
  if (sentences_[sentence].tokens.empty() || trees_[sentence].nodes.size() != sentences_[sentence].tokens.size()) return {};
  const TreeIndex index(trees_[sentence]);
  const SentenceView s{text_, SentenceId{sentence}, sentences_[sentence], trees_[sentence], index, names_};
  const int32_t subject = subject_of(s, index.root());
  return subject >= 0 ? participants_of(s, static_cast<uint32_t>(subject)) : std::vector<Participant>{};
}

// "The two sides": those of the nearest sentence before that names just two.
std::vector<Participant> CommitmentFinder::two_sides(const SentenceView& s) const {
  for (uint32_t back = 0; back <= kLookBackForSides && back <= s.id.index; ++back) {
    const uint32_t i = s.id.index - back;
    if (sentences_[i].tokens.empty() || sentences_[i].tokens.size() > kMaxProseTokens || trees_[i].nodes.size() != sentences_[i].tokens.size()) continue;
    const TreeIndex index(trees_[i]);
    const SentenceView before{text_, SentenceId{i}, sentences_[i], trees_[i], index, names_};
    auto named = all_parties(before, {0, before.size()});
    const std::vector<Participant> helpers = brokers(before);
    std::erase_if(named, [&](const Participant& a) {
      return a.party == "UN" || a.party == "EU" || std::any_of(helpers.begin(), helpers.end(), [&](const Participant& b) { return a.party == b.party; });
    });
    if (named.size() == 2) return named;
  }
  return {};
}

// The owner that a noun's own phrase names: "its", "of Ruritania", "that Ruritania declared".
std::vector<Participant> CommitmentFinder::named_owner(const SentenceView& s, uint32_t noun) const {
  for (const uint32_t c : s.index.children(noun))
    if (s.node(c).deprel == Deprel::nmod_poss || s.node(c).deprel == Deprel::amod || s.node(c).deprel == Deprel::compound)
      if (auto p = participants_of(s, c); !p.empty()) return p;
  // "an ultimatum by the bloc": its alone, wherever the phrase hangs.
  if (noun + 1 < s.size() && s.form(noun + 1) == "by" && s.node(noun + 1).deprel == Deprel::case_ && s.node(noun + 1).head > static_cast<int32_t>(noun))
    return participants_of(s, static_cast<uint32_t>(s.node(noun + 1).head));
  for (const uint32_t c : s.index.children(noun)) {
    if (s.node(c).deprel == Deprel::acl_relcl) {
      const int32_t subject = s.index.child(c, Deprel::nsubj);
      if (subject >= 0)
        if (auto p = participants_of(s, static_cast<uint32_t>(subject)); !p.empty()) return p;
    }
    if (s.node(c).deprel == Deprel::nmod || s.node(c).deprel == Deprel::acl) {
      const int32_t preposition = s.index.child(c, Deprel::case_);
      if (preposition >= 0 && (s.form(static_cast<uint32_t>(preposition)) == "by" || s.form(static_cast<uint32_t>(preposition)) == "of"))
        if (auto p = participants_of(s, c); !p.empty()) return p;
      // "the condition set by Ruritania"
      if (s.node(c).deprel == Deprel::acl)
        for (const Deprel r : {Deprel::obl_agent, Deprel::obl})
          if (const int32_t agent = s.index.child(c, r); agent >= 0)
            if (const int32_t by = s.index.child(static_cast<uint32_t>(agent), Deprel::case_); by >= 0 && s.form(static_cast<uint32_t>(by)) == "by")
              if (auto p = participants_of(s, static_cast<uint32_t>(agent)); !p.empty()) return p;
    }
  }
  return {};
}

// Whose promise, moratorium, red line: "its", "of Ruritania", "that Ruritania declared", "Ruritania has a red line".
// Who gives the word that a noun stands for and another receives: the token after "by" or "from"; -1 when nobody is told.
int32_t giver_of(const SentenceView& s, uint32_t noun) {
  const uint32_t verb = clause_head(s, noun);
  for (const uint32_t over : {noun, verb})
    for (const uint32_t c : s.index.children(over)) {
      const Deprel r = s.node(c).deprel;
      if (c < noun || (r != Deprel::obl && r != Deprel::obl_agent && r != Deprel::nmod)) continue;
      const int32_t preposition = s.index.child(c, Deprel::case_);
      const std::string word = preposition >= 0 ? s.form(static_cast<uint32_t>(preposition)) : "";
      if (word == "from" || (word == "by" && (over == noun || s.node(verb).xpos == "VBN"))) return static_cast<int32_t>(c);
    }
  return -1;
}

std::vector<Participant> CommitmentFinder::owner_of(const SentenceView& s, uint32_t noun) const {
  if (auto named = named_owner(s, noun); !named.empty()) return named;
  // "warned it not to cross its red lines": a possessive that nothing resolves is the sentence's subject's.
  if (const int32_t own = s.index.child(noun, Deprel::nmod_poss); own >= 0 && s.node(static_cast<uint32_t>(own)).upos == Upos::PRON)
    if (const int32_t first = subject_of(s, s.index.root()); first >= 0)
      if (auto p = participants_of(s, static_cast<uint32_t>(first)); !p.empty()) return p;
  // "For Ruritania this is a red line."
  if (s.index.child(noun, Deprel::cop) >= 0)
    for (const uint32_t c : s.index.children(noun))
      if (const int32_t preposition = s.index.child(c, Deprel::case_); preposition >= 0 && s.form(static_cast<uint32_t>(preposition)) == "for")
        if (auto p = participants_of(s, c); !p.empty()) return p;
  // "had been given assurances by Ruritania", "had a promise from Ruritania": the giver's, and no one's where it cannot be told.
  if (const int32_t giver = giver_of(s, noun); giver >= 0) {
    auto p = participants_of(s, static_cast<uint32_t>(giver));
    if (p.empty() && (s.form(static_cast<uint32_t>(giver)) == "each" || s.form(static_cast<uint32_t>(giver)) == "both")) p = two_sides(s);
    return p;
  }
  const int32_t subject = subject_of(s, clause_head(s, noun));
  if (subject >= 0 && static_cast<uint32_t>(subject) != noun)
    if (auto p = participants_of(s, static_cast<uint32_t>(subject)); !p.empty()) return p;
  return {};
}

// Who only brought an agreement about: "brokered by Ruritania".
std::vector<Participant> CommitmentFinder::brokers(const SentenceView& s) const {
  std::vector<Participant> out;
  for (uint32_t i = 0; i < s.size(); ++i) {
    if (!rules_.sets.contains("broker", s.lemma(i))) continue;
    for (const uint32_t c : s.index.children(i))
      if (const Deprel r = s.node(c).deprel; r == Deprel::obl_agent || r == Deprel::obl || r == Deprel::nsubj || r == Deprel::compound)
        for (const Participant& p : participants_of(s, c)) out.push_back(p);
  }
  return out;
}

// Between whom an agreement stands: "between A and B", the names before it, those of the clause, of the sentence, or of the agreement
// told before ("the truce").
std::vector<Participant> CommitmentFinder::agreeing(const SentenceView& s, const Draft& d) const {
  std::vector<Participant> by;
  // "between A and B", "with B": those alone.
  for (const uint32_t c : s.index.children(d.anchor)) {
    const int32_t preposition = s.index.child(c, Deprel::case_);
    const std::string word = preposition >= 0 ? s.form(static_cast<uint32_t>(preposition)) : "";
    if (word == "between" || word == "among") by = participants_of(s, c);
    // "Ruritania left its pact with Graustark on the islands": the islands are no party.
    if (word == "with" && by.empty())
      if (const int32_t subject = subject_of(s, clause_head(s, d.anchor)); subject >= 0) {
        by = participants_of(s, static_cast<uint32_t>(subject));
        for (const Participant& p : participants_of(s, c))
          if (std::none_of(by.begin(), by.end(), [&](const Participant& q) { return q.party == p.party; })) by.push_back(p);
      }
  }
  if (by.size() < 2) {
    std::vector<Participant> named;
    for (const uint32_t c : s.index.children(d.anchor))
      if (s.node(c).deprel == Deprel::compound || s.node(c).deprel == Deprel::amod)
        for (const Participant& p : participants_of(s, c)) named.push_back(p);
    if (named.size() >= 2) by = named;
  }
  const bool truce = s.lemma(d.anchor) == "ceasefire" || s.lemma(d.anchor) == "truce" || s.lemma(d.anchor) == "armistice";
  if (by.size() < 2 && !truce) by = all_parties(s, d.evidence);
  const std::vector<Participant> helpers = brokers(s);
  const auto helps = [&](const Participant& p) { return std::any_of(helpers.begin(), helpers.end(), [&](const Participant& q) { return q.party == p.party; }); };
  if (by.size() < 2)
    if (auto named = all_parties(s, {0, s.size()}); std::erase_if(named, helps), named.size() == 2) by = named;
  // "the truce", "the agreement": the one told before.
  const int32_t det = s.index.child(d.anchor, Deprel::det);
  const bool known = truce || (det >= 0 && (s.form(static_cast<uint32_t>(det)) == "the" || s.form(static_cast<uint32_t>(det)) == "this")) || s.index.child(d.anchor, Deprel::nmod_poss) >= 0;
  if (by.size() < 2 && known)
    for (size_t k = found_.size() > kMaxRecalled ? found_.size() - kMaxRecalled : 0; k < found_.size(); ++k)
      if (found_[k].kind == CommitmentKind::agreement && found_[k].by.size() >= 2) by = found_[k].by;
  if (by.size() < 2 && truce) by = all_parties(s, d.evidence);
  std::erase_if(by, helps);
  return by;
}

// Whether the clause's subject is on the speaker's side, or on another, as the row asks.
bool CommitmentFinder::side_fits(const SentenceView& s, const Draft& d, int32_t subject, const std::vector<Participant>& subject_parties, bool ours) const {
  const CommitmentRule& rule = *d.rule;
  const std::string subject_word = subject >= 0 ? s.form(static_cast<uint32_t>(subject)) : "";
  const std::string speaker = d.around.valid() ? statements_[d.around.index].speaker.party : "";
  // "the military", "the government": the speaker's own when no party is named.
  const bool own = subject >= 0 && subject_parties.empty() && rules_.sets.contains("own_side", s.lemma(static_cast<uint32_t>(subject)));
  // In one's own words "he" and "they" are others.
  const bool quoted_pronoun = d.around.valid() && statements_[d.around.index].quotation == Quotation::direct && (subject_word == "he" || subject_word == "she" || subject_word == "they");
  const bool same = ours || own || (speaker.empty() && d.around.valid() && !subject_parties.empty()) || (!speaker.empty() && std::any_of(subject_parties.begin(), subject_parties.end(), [&](const Participant& p) { return p.party == speaker; })) ||
                    (d.around.valid() && subject_parties.empty() && third_pronoun(subject_word) && !quoted_pronoun);
  if (rule.self && d.around.valid() && !same) return false;
  if (rule.self && d.around.valid() && statements_[d.around.index].kind == StatementKind::belief) return false;  // "few believe that it would protect them"
  const std::string act = s.lemma(d.anchor);
  const bool made_to = act == "force" || act == "compel" || act == "oblige" || act == "leave";  // "will be forced to respond"
  if (rule.self && !made_to && s.index.child(d.verb, Deprel::aux_pass) >= 0) return false;  // "will not be blocked"
  if (rule.self && !d.around.valid() && subject_parties.empty()) return false;
  // "Any settlement must include", told by one of its sides.
  const bool terms = subject >= 0 && rules_.sets.contains("pactnoun", s.lemma(static_cast<uint32_t>(subject)));
  // "The rebels must", whoever they are; not "everyone must".
  const bool somebody = quoted_pronoun || (subject >= 0 && !own && (rules_.sets.contains("official", s.lemma(static_cast<uint32_t>(subject))) || rules_.sets.contains("official", subject_word)) && !third_pronoun(subject_word));
  const bool given = s.lemma(d.anchor) == "give" || s.lemma(d.anchor) == "grant" || s.lemma(d.anchor) == "allow";
  if (rule.other && given && s.index.child(d.verb, Deprel::aux_pass) >= 0) return false;  // "should be given the freedom"
  if (rule.other && (same || (subject_parties.empty() && rule.kind == CommitmentKind::demand && !somebody && !terms))) return false;
  if (rule.other && !d.around.valid() && !under_saying(s, d.anchor)) return false;
  return true;
}

// Whether as many are bound as the row asks, and whether they are anybody.
bool CommitmentFinder::number_fits(const SentenceView& s, const Draft& d, int32_t subject) const {
  const CommitmentRule& rule = *d.rule;
  const std::string subject_word = subject >= 0 ? s.form(static_cast<uint32_t>(subject)) : "";
  // "The two sides", "all members of the alliance", "they": several, even where they cannot be told apart.
  bool several = d.by.size() > 1;
  if (!several && subject >= 0 && (rule.one || rule.two)) {
    const auto [first, last] = s.index.extent(static_cast<uint32_t>(subject));
    for (uint32_t i = first; i < last && i < first + kMaxSubjectTokens; ++i) {
      const std::string word = s.form(i);
      several = several || word == "two" || word == "both" || word == "sides" || word == "koreas" || word == "members" || word == "countries" || word == "states" || word == "parties" ||
                word == "nations" || word == "neighbors" || word == "neighbours" || word == "capitals" || word == "governments" || word == "allies";
    }
    several = several || (d.by.empty() && (subject_word == "they" || subject_word == "who"));
    several = several || (rule.two && s.index.child(static_cast<uint32_t>(subject), Deprel::conj) >= 0);  // "the government and the rebels"
    if (subject_word == "you") return false;
  }
  if (rule.kind == CommitmentKind::red_line && d.by.empty()) return false;  // of a tram, or of nobody in particular
  if (rule.two && !several) return false;
  if (rule.one && several) return false;
  // A subject that stands for no party binds nobody of interest ("the producers promised").
  // Nor do people nobody can tell, where no states deal with each other ("members demanded justice").
  static constexpr std::array<std::string_view, 7> kAnybody{"they", "who", "members", "group", "committee", "office", "party"};
  if (d.by.empty() && !several && rule.by == Bound::subject && rule.kind != CommitmentKind::deadline && std::find(kAnybody.begin(), kAnybody.end(), subject_word) != kAnybody.end() && !states_near(s.id.index)) return false;
  if (d.by.empty() && !several && (rule.by == Bound::subject || rule.by == Bound::owner) && rule.kind != CommitmentKind::red_line && rule.kind != CommitmentKind::deadline &&
      (subject < 0 || (!rules_.sets.contains("official", s.lemma(static_cast<uint32_t>(subject))) && !rules_.sets.contains("official", subject_word)) || first_person(subject_word)))
    return false;
  if (d.by.empty() && rule.by == Bound::speaker) return false;
  // An agreement of nobody in particular says nothing.
  const std::string what = s.lemma(d.anchor);
  const bool truce = what == "ceasefire" || what == "truce" || what == "armistice";  // whose it is, the report has told or will tell
  if (rule.kind == CommitmentKind::agreement && !rule.two && d.by.empty() && !truce) return false;
  if (rule.kind == CommitmentKind::agreement && rule.noun && d.by.size() < 2) return false;
  if (rule.agent && d.by.empty()) return false;
  return true;
}

// Who says it: one, or several together ("Ruritania and Graustark have said").
std::vector<Participant> CommitmentFinder::speakers_of(const SentenceView& s, StatementId id) const {
  const Statement& statement = statements_[id.index];
  if (statement.sentence == s.id)
    for (uint32_t t = 0; t < s.size(); ++t)
      if (statement.speaker.span.contains(s.sentence.tokens[t].span) && s.index.child(t, Deprel::conj) >= 0)
        if (auto joint = participants_of(s, t); joint.size() > 1) return joint;
  return {speaker_of(id)};
}

// The subject of the trigger, or who stands in its place. False when nobody can.
bool CommitmentFinder::bind_by_subject(const SentenceView& s, Draft& d, const std::vector<Participant>& subject_parties, bool ours) const {
  const CommitmentRule& rule = *d.rule;
  d.by = subject_parties;
  // "Both have promised to send teams": the two that were named before.
  if (const int32_t subject = subject_of(s, d.verb); rule.kind == CommitmentKind::pledge && d.by.size() < 2 && subject >= 0 && s.form(static_cast<uint32_t>(subject)) == "both")
    if (auto sides = two_sides(s); sides.size() == 2) {
      d.by = std::move(sides);
      return true;
    }
  // "he had been assured by his ministers": they bind themselves.
  if (rule.comp && (rule.kind == CommitmentKind::pledge || rule.kind == CommitmentKind::demand) && s.index.child(d.anchor, Deprel::aux_pass) >= 0) {
    int32_t agent = s.index.child(d.anchor, Deprel::obl_agent);
    for (const uint32_t c : s.index.children(d.anchor))
      if (const int32_t by = s.index.child(c, Deprel::case_); agent < 0 && s.node(c).deprel == Deprel::obl && by >= 0 && s.form(static_cast<uint32_t>(by)) == "by") agent = static_cast<int32_t>(c);
    if (agent < 0) return false;
    d.by = participants_of(s, static_cast<uint32_t>(agent));
    return true;
  }
  if (d.by.empty() && d.cued.valid() && !speaker_of(d.cued).party.empty()) d.by = {speaker_of(d.cued)};
  if (d.by.empty() && ours && d.around.valid()) d.by = {speaker_of(d.around)};
  // "issued a declaration demanding that": of whoever issued it.
  if (d.by.empty() && s.node(d.verb).deprel == Deprel::acl && s.node(d.verb).head >= 0)
    if (const int32_t issuer = subject_of(s, clause_head(s, static_cast<uint32_t>(s.node(d.verb).head))); issuer >= 0) d.by = participants_of(s, static_cast<uint32_t>(issuer));
  if (rule.two || rule.one) {
    // "agreed with Graustark to": both.
    for (const uint32_t c : s.index.children(d.verb)) {
      const int32_t preposition = s.index.child(c, Deprel::case_);
      if (s.node(c).deprel == Deprel::obl && preposition >= 0 && s.form(static_cast<uint32_t>(preposition)) == "with")
        for (const Participant& p : participants_of(s, c))
          if (std::none_of(d.by.begin(), d.by.end(), [&](const Participant& q) { return q.party == p.party; })) d.by.push_back(p);
    }
  }
  return true;
}

// Whoever the clause or the sentences before are about.
void CommitmentFinder::bind_by_context(const SentenceView& s, Draft& d, int32_t subject, const std::vector<Participant>& subject_parties) const {
  const CommitmentRule& rule = *d.rule;
  d.by = d.around.valid() ? std::vector<Participant>{speaker_of(d.around)} : subject_parties;
  // "The ultimatum to Ruritania expires": only an owner is meant, not whoever the phrase names.
  if (rule.timed_subject && subject >= 0 && !d.around.valid()) d.by = named_owner(s, static_cast<uint32_t>(subject));
  // "For Ruritania, talks are out of the question until".
  for (const uint32_t c : s.index.children(d.verb))
    if (const int32_t preposition = s.index.child(c, Deprel::case_); c < d.anchor && preposition >= 0 && s.form(static_cast<uint32_t>(preposition)) == "for")
      if (auto p = participants_of(s, c); p.size() == 1) d.by = p;
  // "ordered its citizens to leave within", "obliges the rebels to hand over within": who orders, who is obliged.
  for (int32_t at = static_cast<int32_t>(d.verb), climb = 0; at >= 0 && climb < 3; at = s.node(static_cast<uint32_t>(at)).head, ++climb) {
    const auto order = static_cast<uint32_t>(at);
    const std::string word = s.lemma(order);
    const bool obliged = word == "oblige" || word == "require" || word == "commit" || word == "bind";
    if (!obliged && word != "order" && word != "instruct" && word != "direct" && word != "give") continue;
    const int32_t who = obliged ? s.index.child(order, Deprel::obj) : subject_of(s, order);
    if (who >= 0 && !participants_of(s, static_cast<uint32_t>(who)).empty()) d.by = participants_of(s, static_cast<uint32_t>(who));
    break;
  }
  // "The withdrawal must be completed within": by those who have just agreed on it, not by who tells of it.
  if (rule.legal && subject_parties.size() > 1) {
    d.by = subject_parties;
  } else if (rule.legal && subject_parties.empty()) {
    for (size_t k = found_.size(); k-- > 0 && found_[k].sentence.index + kLookBackSentences > s.id.index;)
      if (found_[k].kind == CommitmentKind::agreement && found_[k].by.size() > 1) {
        d.by = found_[k].by;
        break;
      }
  }
  if (d.by.empty()) d.by = all_parties(s, d.evidence);
  // "when the 100 days run out": of the plan that was just told.
  for (uint32_t back = 1; back <= (rule.legal ? 2 : kLookBackSentences) && d.by.empty() && !rule.timed_subject && back <= s.id.index; ++back)
    for (const Participant& p : subject_of_sentence(s.id.index - back))
      if (p.actor.valid() && names_.actors[p.actor.index].kind == ActorKind::organization && p.party.size() != 3) d.by = {p};
  for (size_t k = found_.size(); d.by.empty() && k-- > 0 && found_[k].sentence.index + kLookBackSentences > s.id.index;)
    if (found_[k].kind == CommitmentKind::agreement) d.by = found_[k].by;
}

// Who binds whom. False when nobody can be told whom the row needs.
bool CommitmentFinder::bind(const SentenceView& s, Draft& d) const {
  const CommitmentRule& rule = *d.rule;
  const int32_t subject = subject_of(s, d.verb);
  const std::vector<Participant> subject_parties = subject >= 0 ? participants_of(s, static_cast<uint32_t>(subject)) : std::vector<Participant>{};
  const std::string subject_word = subject >= 0 ? s.form(static_cast<uint32_t>(subject)) : "";
  bool ours = false;
  if (subject >= 0) {
    const int32_t possessive = s.index.child(static_cast<uint32_t>(subject), Deprel::nmod_poss);
    ours = first_person(subject_word) || (possessive >= 0 && first_person(s.form(static_cast<uint32_t>(possessive))));
  }
  // "Ruritania's team", "a Ruritanian bank": no party, whatever stands before it.
  if (subject >= 0 && rules_.sets.contains("private", s.lemma(static_cast<uint32_t>(subject)))) return false;
  if ((rule.self || rule.other) && !side_fits(s, d, subject, subject_parties, ours)) return false;
  switch (rule.by) {
    case Bound::subject:
      if (!bind_by_subject(s, d, subject_parties, ours)) return false;
      break;
    case Bound::speaker:
      if (rule.self && subject_parties.size() > 1)
        d.by = subject_parties;  // "Graustark and its ally would resume"
      else if (d.around.valid())
        d.by = speakers_of(s, d.around);
      if (!d.around.valid() && !rule.self) {
        uint32_t verb = 0;
        const int32_t speaker = attributed_subject(s, d.anchor, &verb);
        d.by = speaker >= 0 ? participants_of(s, static_cast<uint32_t>(speaker)) : std::vector<Participant>{};
        if (d.by.empty()) return false;
      }
      if (d.by.empty() || (d.by[0].party.empty() && rule.self)) d.by = subject_parties;
      break;
    case Bound::owner:
      // "Jerusalem is a red line," says who draws it; "its red lines" are those of their owner.
      if (rule.kind == CommitmentKind::red_line && d.around.valid() && s.index.child(d.anchor, Deprel::nmod_poss) < 0 && !speaker_of(d.around).party.empty()) d.by = {speaker_of(d.around)};
      // "a red line for Ruritania", with or without a copula.
      for (uint32_t i = d.anchor + 1; rule.kind == CommitmentKind::red_line && d.by.empty() && i + 1 < s.size() && i <= d.anchor + 2; ++i)
        if (s.form(i) == "for" && s.node(i).head > static_cast<int32_t>(i)) d.by = participants_of(s, static_cast<uint32_t>(s.node(i).head));
      if (d.by.empty()) d.by = owner_of(s, d.anchor);
      // "a moratorium on launches that Ruritania had declared": the only party of the sentence, however the clause hangs.
      if (d.by.empty() && rule.kind == CommitmentKind::moratorium)
        if (const auto named = all_parties(s, {0, s.size()}); named.size() == 1) d.by = named;
      if (d.by.empty() && d.around.valid()) d.by = {speaker_of(d.around)};
      break;
    case Bound::parties:
      d.by = agreeing(s, d);
      break;
    case Bound::context:
      bind_by_context(s, d, subject, subject_parties);
      break;
    case Bound::parent_subject: {
      if (d.around.valid() && !speaker_of(d.around).party.empty()) d.by = {speaker_of(d.around)};
      for (int32_t at = s.node(d.verb).head; at >= 0 && d.by.empty(); at = s.node(static_cast<uint32_t>(at)).head) {
        const int32_t above = subject_of(s, static_cast<uint32_t>(at));
        if (above >= 0) d.by = participants_of(s, static_cast<uint32_t>(above));
      }
      break;
    }
  }
  std::erase_if(d.by, [](const Participant& p) { return p.party.empty(); });
  // "Ruritania must not be forgotten," its president pleads: no demand on another.
  if (rule.kind == CommitmentKind::demand && rule.by == Bound::speaker && rule.clause && !subject_parties.empty() && d.by.size() == 1 && subject_parties[0].party == d.by[0].party && !rule.self) return false;
  if (!number_fits(s, d, subject)) return false;
  if (rule.two && d.by.empty()) d.by = two_sides(s);
  return true;
}

// How far the reading of who is bound can be trusted.
float CommitmentFinder::certainty(const SentenceView& s, const Draft& d) const {
  if (d.by.empty()) return 0.5F;
  const CommitmentRule& rule = *d.rule;
  float trust = 1;
  if (rule.by == Bound::subject) {
    const int32_t subject = subject_of(s, d.verb);
    if (subject < 0 || participants_of(s, static_cast<uint32_t>(subject)).empty()) {
      trust *= 0.75F;  // taken from the statement
    } else {
      const auto token = static_cast<uint32_t>(subject);
      if (s.node(token).head != static_cast<int32_t>(d.verb)) trust *= 0.8F;  // shared, controlled or guessed
      if (s.node(token).upos == Upos::PRON) trust *= 0.85F;
      if (const Mention* m = mention_covering(names_, s.id, token)) trust *= 0.7F + 0.3F * std::clamp(m->confidence, 0.0F, 1.0F);
    }
  } else if (rule.by == Bound::context || rule.by == Bound::parent_subject) {
    trust *= 0.8F;
  } else if (rule.by == Bound::parties && d.by.size() < 2) {
    trust *= 0.6F;
  }
  return trust;
}

// To whom it is addressed: the parties in its terms that do not bind themselves.
void CommitmentFinder::address(const SentenceView& s, Draft& d) const {
  if (d.rule->kind == CommitmentKind::agreement || d.rule->kind == CommitmentKind::moratorium) return;
  const auto add = [&](const Participant& p) {
    const auto same = [&](const Participant& q) { return q.party == p.party; };
    if (!p.party.empty() && std::none_of(d.by.begin(), d.by.end(), same) && std::none_of(d.to.begin(), d.to.end(), same)) d.to.push_back(p);
  };
  // Whom the verb takes ("warned Ruritania", "demanded of Ruritania"), or to whom the words were said; else those named in the terms.
  for (const uint32_t c : s.index.children(d.verb)) {
    const Deprel r = s.node(c).deprel;
    if (r == Deprel::obj || r == Deprel::iobj)
      for (const Participant& p : participants_of(s, c)) add(p);
  }
  for (const StatementId words : {d.cued, d.around})
    if (d.to.empty() && words.valid() && statements_[words.index].addressee) add(*statements_[words.index].addressee);
  if (d.to.empty())
    for (const Participant& p : all_parties(s, d.evidence)) add(p);
  if (d.to.size() > 2) d.to.resize(2);
}

}  // namespace demarche
