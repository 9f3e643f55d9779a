// Words that stand for others: pronouns, "the two sides", "the country", "the group".
#include "demarche/names/resolver.h"

#include <algorithm>
#include <map>

namespace demarche::names {

void Resolver::remember(size_t i) {
  const Phrase& p = phrase(i);
  if (!refs_[i].valid()) return;
  if (refs_[i].actor.valid()) actors_.state(refs_[i].actor).last_sentence = sentence_;
  for (const ActorId m : refs_[i].members) actors_.state(m).last_sentence = sentence_;
  if (refs_[i].actor.valid() && refs_[i].form != MentionForm::pronoun) ++spoken_[actors_[refs_[i].actor].party];
  Seen seen{refs_[i], sentence_, p.first, is_subject(p), p.parent >= 0, is_main_subject(p), quoted_[p.first] != 0, speaks(p), head_token(p)};
  if (refs_[i].members.size() > 1 && refs_[i].form != MentionForm::pronoun) {
    if (together_.size() >= kPronounSentences * 8) together_.pop_front();
    together_.push_back(refs_[i].members);
  }
  push_seen(std::move(seen));
  join(i);
}

// Adds the phrase to the list of names that ends right before it.
void Resolver::join(size_t i) {
  const Phrase& p = phrase(i);
  const Scan& s = scan();
  if (p.parent >= 0 || !refs_[i].actor.valid() || refs_[i].place || refs_[i].form == MentionForm::pronoun || refs_[i].form == MentionForm::demonym || actors_[refs_[i].actor].party.empty()) return;
  size_t before = i;
  while (before-- > 0)
    if (phrase(before).parent < 0 && phrase(before).last <= p.first) break;
  if (before < i) {
    uint32_t gap = phrase(before).last;
    if (s.comma(gap)) ++gap;
    const bool closed = s.is(gap, "and");
    if (closed) ++gap;
    const bool joins = gap > phrase(before).last;
    for (int words = 0; joins && gap < p.first && words < 3 && s.word(gap) && !s.units[gap].capital; ++words) ++gap;  // "and the paramilitary RSF"
    const bool touches = joins && gap == p.first;
    if (touches && !joined_.empty() && joined_.back().sentence == sentence_ && joined_.back().last_phrase == before) {
      // "Albin Kurti, Kosovo's prime minister, and Aleksandar Vucic": the second phrase names the first one again.
      if (joined_.back().members.back() != refs_[i].actor && joined_.back().members.size() < kMostJoined) joined_.back().members.push_back(refs_[i].actor), joined_.back().closed = closed;
      joined_.back().last_phrase = i;
      return;
    }
  }
  if (joined_.size() >= kHistory) joined_.pop_front();
  Joined list;
  list.members = {refs_[i].actor};
  list.sentence = sentence_;
  list.unit = p.first;
  list.last_phrase = i;
  list.subject = is_subject(p);
  list.between = p.first > 0 && s.is(p.first - 1, "between");
  list.quoted = quoted_[p.first] != 0;
  joined_.push_back(std::move(list));
}

// The last list of that many names of as many parties; with `between` the last "between A and B".
const Joined* Resolver::joined(size_t wanted, bool states, bool between, bool persons) const {
  for (size_t h = joined_.size(); h-- > 0;) {
    const Joined& list = joined_[h];
    if (list.members.size() != wanted || !list.closed || list.between < between || (states && !all_states(list.members))) continue;
    if (persons && !std::all_of(list.members.begin(), list.members.end(), [&](ActorId id) { return actors_[id].kind == ActorKind::person; })) continue;
    if (list.sentence + (between || persons ? 4 * kPronounSentences : kPronounSentences) < sentence_) break;
    std::vector<std::string_view> parties;
    for (const ActorId id : list.members) parties.push_back(actors_[id].party);
    std::sort(parties.begin(), parties.end());
    if (std::unique(parties.begin(), parties.end()) == parties.end()) return &list;
  }
  return nullptr;
}

// Token of the subject of the clause in which the pronoun is an object: "he" and "him" of one clause are two. The number of tokens when there is none.
uint32_t Resolver::subject_of_clause(const Phrase& p) const {
  const auto none = static_cast<uint32_t>(sentences_[sentence_].tokens.size());
  if (sentence_ >= trees_.size()) return none;
  const std::vector<Node>& nodes = trees_[sentence_].nodes;
  const uint32_t self = scan().units[p.first].token;
  if (self >= nodes.size() || nodes[self].head < 0 || (nodes[self].deprel != Deprel::obj && nodes[self].deprel != Deprel::obl && nodes[self].deprel != Deprel::iobj)) return none;
  for (uint32_t t = 0; t < nodes.size(); ++t)
    if (nodes[t].head == nodes[self].head && (nodes[t].deprel == Deprel::nsubj || nodes[t].deprel == Deprel::nsubj_pass)) return t;
  return none;
}

// "its foreign ministry", "its army", "its ambassador": whose that is, is a state.
bool Resolver::of_state_organ(const Phrase& p) const {
  if (p.parent < 0) return false;
  const Phrase& owner = phrase(static_cast<size_t>(p.parent));
  if (owner.kind != PhraseKind::titled || owner.title < 0) return false;
  const Title& t = title(owner);
  if (t.part == Part::post && (owner.cls == "ambassador" || owner.cls.starts_with("head_of") || is_office(owner.cls))) return true;
  return (t.part == Part::body && (t.cls == "foreign_minister" || t.cls == "defence_minister" || t.cls == "interior_minister" || t.cls == "finance_minister" || is_government(t)));
}

void Resolver::push_seen(Seen seen) {
  if (history_.size() >= kHistory) history_.pop_front();
  history_.push_back(std::move(seen));
}

// Which units stand between quotation marks; marks are paired within a paragraph.
void Resolver::mark_quotes() {
  if (sentence_ == 0 || sentences_[sentence_].paragraph != sentences_[sentence_ - 1].paragraph) in_quote_ = false;
  const Scan& s = scan();
  quoted_.assign(s.size(), 0);
  for (uint32_t u = 0; u < s.size(); ++u) {
    const std::string_view t = s.units[u].text;
    if (s.units[u].kind == UnitKind::punct && (t == "\"" || t == "\u201C" || t == "\u201D" || t == "``" || t == "''")) in_quote_ = t == "\u201C" ? true : t == "\u201D" ? false : !in_quote_;
    else quoted_[u] = in_quote_;
  }
}

// The token whose relation is the phrase's: of a name beside its office ("the company Meridian said") the office.
uint32_t Resolver::relation_token(const Phrase& p) const {
  uint32_t head = head_token(p);
  if (sentence_ >= trees_.size()) return head;
  const std::vector<Node>& nodes = trees_[sentence_].nodes;
  if (head > 0 && head < nodes.size() && nodes[head].deprel == Deprel::appos && nodes[head].head == static_cast<int32_t>(head) - 1) --head;
  return head;
}

bool Resolver::speaks(const Phrase& p) const {
  static constexpr std::array<std::string_view, 28> kSay = {"remark", "tweet", "write", "reply", "explain", "comment", "say", "tell", "add", "warn", "claim", "announce", "note", "state", "stress", "insist", "report", "declare", "argue", "deny", "call", "accuse", "urge", "vow", "pledge", "promise", "threaten", "condemn"};
  if (sentence_ >= trees_.size()) return false;
  const std::vector<Node>& nodes = trees_[sentence_].nodes;
  const uint32_t head = relation_token(p);
  if (head >= nodes.size() || nodes[head].head < 0 || (nodes[head].deprel != Deprel::nsubj && nodes[head].deprel != Deprel::nsubj_pass)) return false;
  const std::string& lemma = nodes[static_cast<size_t>(nodes[head].head)].lemma;
  return std::find(kSay.begin(), kSay.end(), lemma) != kSay.end();
}

bool Resolver::is_subject(const Phrase& p) const {
  const uint32_t head = relation_token(p);
  if (sentence_ < trees_.size() && head < trees_[sentence_].nodes.size()) {
    const Deprel d = trees_[sentence_].nodes[head].deprel;
    return d == Deprel::nsubj || d == Deprel::nsubj_pass || d == Deprel::nsubj_outer;
  }
  return p.first <= 1;
}

bool Resolver::is_main_subject(const Phrase& p) const {
  if (!is_subject(p)) return false;
  if (sentence_ >= trees_.size()) return true;
  const std::vector<Node>& nodes = trees_[sentence_].nodes;
  uint32_t at = relation_token(p);
  for (int step = 0; step < 4 && at < nodes.size() && nodes[at].head >= 0; ++step) {
    at = static_cast<uint32_t>(nodes[at].head);
    if (nodes[at].deprel != Deprel::conj) break;
  }
  return at < nodes.size() && nodes[at].head < 0;
}

Referent Resolver::resolve_pronoun(const Phrase& p) {
  static constexpr std::array<std::string_view, 4> kMale = {"he", "him", "his", "himself"};
  static constexpr std::array<std::string_view, 3> kFemale = {"she", "her", "herself"};
  static constexpr std::array<std::string_view, 4> kPlural = {"they", "them", "their", "themselves"};
  const Scan& s = scan();
  const bool male = s.any(p.first, kMale), female = s.any(p.first, kFemale), plural = s.any(p.first, kPlural);
  const bool possessive = s.is(p.first, "his") || s.is(p.first, "its") || s.is(p.first, "their") || s.is(p.first, "her");
  const bool quoted = quoted_[p.first] != 0, speaker = speaks(p), organ = s.is(p.first, "its") && of_state_organ(p);
  const uint32_t other = s.is(p.first, "itself") || s.is(p.first, "himself") || s.is(p.first, "herself") || s.is(p.first, "themselves") ? static_cast<uint32_t>(sentences_[sentence_].tokens.size()) : subject_of_clause(p);
  const bool own = possessive && s.is(p.last, "own");
  ActorId subject;  // "he" and "him" of one clause are two
  for (const Seen& seen : history_)
    if (seen.sentence == sentence_ && seen.head == other) subject = seen.what.actor;
  const Seen* best = nullptr;
  float best_score = -100;
  if (possessive && p.first > 1 && s.is(p.first - 1, "and"))  // "Joe Biden and his son"
    for (size_t j = 0; j < phrases().size() && !best; ++j)
      if (phrase(j).last + 1 == p.first && done_[j] && refs_[j].actor.valid() && actors_[refs_[j].actor].kind == ActorKind::person && (male || female))
        for (size_t h = history_.size(); h-- > 0 && !best && history_[h].sentence == sentence_;)
          if (history_[h].what.actor == refs_[j].actor && fits(history_[h], male, female, plural)) best = &history_[h], best_score = 1;
  const bool settled = best;
  for (size_t h = history_.size(); h-- > 0 && !settled;) {
    const Seen& seen = history_[h];
    if (seen.sentence + kPronounSentences < sentence_) break;
    if (!fits(seen, male, female, plural)) continue;
    if (subject.valid() && (seen.what.actor == subject || (seen.nested && seen.sentence == sentence_))) continue;
    // 'X said, "I stand with him"': of himself he would say "me"
    if (quoted && (male || female) && !seen.quoted && seen.speaker && seen.sentence + 1 >= sentence_) continue;
    if (organ && seen.what.actor.valid() && base_.party_row(actors_[seen.what.actor].party) < 0) continue;
    const float back = static_cast<float>(sentence_ - seen.sentence);
    float score = -1.6f * back;
    if (seen.subject) score += seen.main ? 1.7f : 1.5f;
    if (seen.nested) score -= 0.8f;
    if (seen.what.form == MentionForm::demonym) score -= 2.0f;
    if (seen.quoted && !quoted) score -= 2.0f;
    if (speaker && seen.speaker && seen.sentence != sentence_) score += 1.0f;
    if (seen.sentence == sentence_) {
      if (seen.unit >= p.first) continue;
      // "X told Y that it": near ones are as good as far ones; the subject leads.
      score += possessive && !seen.subject ? 0.4f : 0.f;
      if (own && seen.subject) score += 2.5f;  // "lost eight soldiers by its own count"
    }
    score += 0.001f * static_cast<float>(h);
    if (score > best_score) best = &seen, best_score = score;
  }
  if (plural)
    for (size_t h = joined_.size(); h-- > 0;) {
      const Joined& list = joined_[h];
      if (list.sentence + kPronounSentences < sentence_) break;
      if (list.members.size() < 2 || !list.closed || (list.sentence == sentence_ && list.unit >= p.first)) continue;
      const float score = -1.6f * static_cast<float>(sentence_ - list.sentence) + (list.subject ? 1.5f : 0.f) - (list.quoted && !quoted ? 2.f : 0.f) + 0.2f;
      if (score <= best_score) continue;
      Referent r;
      r.members = list.members;
      r.form = MentionForm::pronoun;
      r.rule = "names.pronoun";
      r.confidence = 0.6f;
      return r;
    }
  if (!best) return {};
  Referent r = best->what;
  r.form = MentionForm::pronoun;
  r.rule = "names.pronoun";
  r.confidence = std::min(best->what.confidence, best_score > 0.5f ? 0.75f : 0.55f);
  if (r.actor.valid() && male) actors_.state(r.actor).gender = Gender::male;
  if (r.actor.valid() && female) actors_.state(r.actor).gender = Gender::female;
  return r;
}

bool Resolver::fits(const Seen& seen, bool male, bool female, bool plural) const {
  if (seen.what.place) return false;
  if (!seen.what.actor.valid()) return plural && !seen.what.members.empty();
  const Actor& a = actors_[seen.what.actor];
  const ActorState& s = actors_.state(seen.what.actor);
  const bool person = a.kind == ActorKind::person || a.kind == ActorKind::office;
  if (male || female) return person && !s.plural && s.gender != (male ? Gender::female : Gender::male);
  if (plural) return (person && s.plural) || a.kind == ActorKind::group || s.plural;
  return !person && !s.plural && a.kind != ActorKind::weapon && a.kind != ActorKind::vessel;
}

bool Resolver::all_states(const std::vector<ActorId>& ids) const {
  return std::all_of(ids.begin(), ids.end(), [&](ActorId id) { return base_.party_row(actors_[id].party) >= 0; });
}

// "the other side", "its neighbor": the party told most here beside the one whose act or possessive it is.
Referent Resolver::resolve_other(const Phrase& p, size_t i) {
  Referent r;
  std::string self;
  if (p.determiner == Determiner::possessive && i + 1 < phrases().size() && phrase(i + 1).kind == PhraseKind::pronoun) {
    const Referent whose = resolve(i + 1);
    if (whose.actor.valid()) self = actors_[whose.actor].party;
  }
  std::map<std::string, int> counts;
  for (size_t h = history_.size(); h-- > 0;) {
    const Seen& seen = history_[h];
    if (seen.sentence + kPronounSentences < sentence_) break;
    if (!seen.what.actor.valid()) continue;
    const Actor& a = actors_[seen.what.actor];
    if (self.empty() && seen.sentence == sentence_ && seen.subject) self = a.party;
    const std::string& party = seen.what.place ? a.country : a.party;
    if (!party.empty()) counts[party] += seen.sentence == sentence_ ? 3 : 2;
  }
  if (self.empty()) return r;
  std::string best;
  int most = 0;
  bool tie = false;
  for (const auto& [party, n] : counts) {
    if (party == self) continue;
    if (n > most) best = party, most = n, tie = false;
    else if (n == most) tie = true;
  }
  if (best.empty() || tie) return r;
  r = simple(actors_.government(best), 0.55f);
  r.form = MentionForm::nominal;
  r.rule = "names.other";
  return r;
}

// The two states or groups that stand together most often ("Graustark and Ruritania", "both armies"), if more than once and more often than any other two.
std::vector<ActorId> Resolver::usual_pair() {
  std::map<std::pair<std::string, std::string>, int> pairs;
  const auto note = [&](const std::vector<ActorId>& members) {
    if (members.size() != 2) return;
    const std::string &a = actors_[members[0]].party, &b = actors_[members[1]].party;
    if (!a.empty() && !b.empty() && a != b) ++pairs[std::minmax(a, b)];
  };
  for (const Joined& list : joined_)
    if (list.closed) note(list.members);
  for (const std::vector<ActorId>& members : together_) note(members);
  // So do the only two of a sentence ("Graustark accused Ruritania").
  for (size_t h = 0; h < history_.size();) {
    std::vector<ActorId> here;
    const uint32_t sentence = history_[h].sentence;
    for (; h < history_.size() && history_[h].sentence == sentence; ++h) {
      const Seen& seen = history_[h];
      if (seen.what.place || !seen.what.actor.valid() || actors_[seen.what.actor].party.empty() || actors_[seen.what.actor].kind == ActorKind::organization) continue;
      if (std::none_of(here.begin(), here.end(), [&](ActorId id) { return actors_[id].party == actors_[seen.what.actor].party; })) here.push_back(seen.what.actor);
    }
    note(here);
  }
  const std::pair<std::string, std::string>* best = nullptr;
  int most = 1;
  bool tie = false;
  for (const auto& [pair, n] : pairs) {
    tie = n == most ? true : n > most ? false : tie;
    if (n > most) best = &pair, most = n;
  }
  if (!best || tie) return {};
  return {actors_.government(best->first), actors_.government(best->second)};
}

// "the two sides": the parties named last, as many as the words count.
Referent Resolver::resolve_several(const Phrase& p) {
  const Scan& s = scan();
  size_t wanted = 2;
  for (uint32_t u = p.first; u < p.last; ++u) {
    if (s.is(u, "three") || s.is(u, "trio")) wanted = 3;
    if (s.is(u, "four")) wanted = 4;
    if (s.is(u, "five")) wanted = 5;
  }
  Referent r;
  r.form = MentionForm::nominal;
  r.rule = "names.several";
  if (s.is(p.head, "koreas")) {
    r.members = {actors_.government("KOR"), actors_.government("PRK")};
    r.confidence = 0.95f;
    return r;
  }
  const bool states = !s.is(p.head, "sides") && !s.is(p.head, "parties") && !s.is(p.head, "forces") && !s.is(p.head, "pair") && !s.is(p.head, "trio");
  const bool subject = is_subject(p);
  const bool opposed = wanted == 2 && !s.is(p.head, "countries") && !s.is(p.head, "nations") && !s.is(p.head, "leaders") && !s.is(p.head, "ministers") && !s.is(p.head, "presidents") && !s.is(p.head, "men");
  const bool persons = s.is(p.head, "leaders") || s.is(p.head, "ministers") || s.is(p.head, "presidents") || s.is(p.head, "men");
  if (persons)
    if (const Joined* list = joined(wanted, states, false, true)) {
      r.members = list->members;
      r.confidence = 0.75f;
      return r;
    }
  // "his Iranian and Saudi counterparts ... the two": a phrase that names as many, where no list stands behind it.
  const Seen* named = nullptr;
  for (size_t h = history_.size(); h-- > 0 && !named && history_[h].sentence + kPronounSentences >= sentence_;)
    if (const std::vector<ActorId>& members = history_[h].what.members; !history_[h].what.place && members.size() == wanted && (!states || all_states(members))) named = &history_[h];
  for (const bool between : {opposed, false})
    if (const Joined* list = joined(wanted, states, between, false); list && (between || !named || list->sentence > named->sentence)) {
      r.members = list->members;
      r.confidence = between ? 0.75f : 0.7f;
      return r;
    }
  // The two that the report keeps naming together.
  if (wanted == 2)
    if (std::vector<ActorId> pair = usual_pair(); !pair.empty()) {
      r.members = std::move(pair);
      r.confidence = 0.65f;
      return r;
    }
  // The parties told most in this sentence and the last ones; not who acts on them here.
  std::vector<std::pair<int, std::string>> counts;
  for (size_t h = history_.size(); h-- > 0;) {
    const Seen& seen = history_[h];
    if (seen.sentence + kPronounSentences < sentence_) break;
    if (seen.what.place || (seen.quoted && !quoted_[p.first])) continue;
    if (seen.what.members.size() == wanted && (!states || all_states(seen.what.members))) {
      r.members = seen.what.members;
      r.confidence = 0.75f;
      return r;
    }
    if (!seen.what.actor.valid()) continue;
    const std::string& party = actors_[seen.what.actor].party;
    if (party.empty() || (states && base_.party_row(party) < 0)) continue;
    if (!subject && seen.sentence == sentence_ && seen.subject && !seen.nested) continue;
    const auto at = std::find_if(counts.begin(), counts.end(), [&](const auto& c) { return c.second == party; });
    const int points = seen.sentence == sentence_ ? 3 : 2;
    if (at == counts.end()) counts.emplace_back(points, party);
    else at->first += points;
  }
  // Who has been told of often is a side before who is told of in passing.
  for (auto& [points, party] : counts)
    if (const auto at = spoken_.find(party); at != spoken_.end()) points += std::min(at->second, 8);
  // "the U.N. chief ... both sides": a body is seldom a side where states and groups are.
  std::reverse(counts.begin(), counts.end());  // of equals the one told first stands first
  std::stable_sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> parties;
  for (const auto& [n, party] : counts)
    if (parties.size() < wanted) parties.push_back(party);
  if (parties.size() < wanted || (s.is(p.head, "parties") && p.last - p.first == 2)) return {};
  for (const std::string& party : parties) r.members.push_back(actors_.government(party));
  r.confidence = 0.65f;
  return r;
}

// "the group", "the bloc": the group or body spoken of last that is no organ of a state.
Referent Resolver::resolve_group(const Phrase& p) {
  Referent r;
  const bool outlet = scan().is(p.head, "outlet") || scan().is(p.head, "agency");
  for (size_t h = history_.size(); h-- > 0;) {
    const Seen& seen = history_[h];
    if (seen.sentence + 2 * kPronounSentences < sentence_) break;
    if (!seen.what.actor.valid() || seen.what.place) continue;
    const Actor& a = actors_[seen.what.actor];
    if (a.kind != ActorKind::group && a.kind != ActorKind::organization) continue;
    if (!p.origins.empty()) {  // "the Lebanese group"
      const Entry& e = atom(p.origins.front().atom).entries.front();
      if (e.kind <= EntryKind::demonym && base_.parties()[e.row].code != a.country) continue;
    }
    const bool armed = scan().is(p.head, "militia") || scan().is(p.head, "faction") || scan().is(p.head, "cartel");
    if (armed && a.kind != ActorKind::group) continue;
    if (scan().is(p.head, "front") && !a.name.ends_with("Front")) continue;  // not that of a battle
    if ((scan().is(p.head, "bloc") || scan().is(p.head, "alliance")) && (a.kind == ActorKind::group || a.sector == "JRN" || a.sector == "SOC")) continue;
    if (a.party.empty() || (outlet ? a.kind != ActorKind::organization : base_.party_row(a.party) >= 0 && a.sector != "REB")) continue;
    if (r.valid() && a.kind != ActorKind::group) continue;
    r = seen.what;
    r.form = MentionForm::nominal;
    r.rule = "names.group";
    r.confidence = std::min(r.confidence, 0.75f);
    // "the group": an armed one told of before, rather than a union of states told of since.
    if (a.kind == ActorKind::group || !scan().is(p.head, "group")) return r;
  }
  return r;
}

// "the rebels", "the militants": the armed group told last, by its own name or as "Ruritanian rebels".
std::optional<ActorId> Resolver::armed_group() const {
  for (size_t h = history_.size(); h-- > 0;) {
    const Seen& seen = history_[h];
    if (!seen.what.actor.valid() || seen.what.place || seen.what.form == MentionForm::pronoun) continue;
    const Actor& a = actors_[seen.what.actor];
    if (a.kind == ActorKind::group && a.sector == "REB" && !a.party.empty()) return seen.what.actor;
  }
  return std::nullopt;
}

// "the country": the state spoken of last.
Referent Resolver::resolve_country(const Phrase& p, size_t i) {
  Referent r;
  if (p.determiner == Determiner::possessive) {
    if (scan().is(p.head, "neighbor") || scan().is(p.head, "neighbour")) return r;
    if (i + 1 < phrases().size() && phrase(i + 1).kind == PhraseKind::pronoun) {
      const Referent whose = resolve(i + 1);
      if (whose.actor.valid() && base_.party_row(actors_[whose.actor].party) >= 0) {
        r = simple(actors_.government(actors_[whose.actor].party), std::min(0.8f, whose.confidence));
        r.form = MentionForm::nominal;
        r.rule = "names.country";
      }
    }
    return r;
  }
  if (const std::vector<uint32_t> traits = base_.traits_in(units(p.first + 1, p.last)); !traits.empty()) return country_with_traits(p, traits);
  const Seen* best = nullptr;
  float best_score = -100;
  for (size_t h = history_.size(); h-- > 0;) {
    const Seen& seen = history_[h];
    if (seen.sentence + kPronounSentences < sentence_) break;
    if (!seen.what.actor.valid() || actors_[seen.what.actor].kind != ActorKind::government) continue;
    float score = -1.2f * static_cast<float>(sentence_ - seen.sentence) + (seen.subject ? 1.5f : 0.f) - (seen.nested ? 0.7f : 0.f) - (seen.what.form == MentionForm::demonym ? 1.0f : 0.f) + 0.001f * static_cast<float>(h);
    if (score > best_score) best = &seen, best_score = score;
  }
  if (!best) return r;
  r = best->what;
  r.form = MentionForm::nominal;
  r.rule = "names.country";
  r.confidence = 0.65f;
  return r;
}

// "the kingdom", "the West African nation": the state spoken of last that is one; else the only one that the report tells of.
Referent Resolver::country_with_traits(const Phrase& p, const std::vector<uint32_t>& traits) {
  const auto fits_all = [&](std::string_view party) {
    return std::all_of(traits.begin(), traits.end(), [&](uint32_t row) { return base_.has_trait(row, party); });
  };
  // "the kingdom" by itself is first of all the one whose name it is.
  if (const int32_t at = scan().atom_of[p.head]; at >= 0)
    for (const Entry& e : atom(at).entries)
      if (e.kind == EntryKind::party && told(base_.parties()[e.row].code) > 0 && fits_all(base_.parties()[e.row].code)) {
        Referent r = simple(actors_.government(base_.parties()[e.row].code), 0.8f);
        r.form = MentionForm::nominal;
        r.rule = "names.country";
        return r;
      }
  std::string found;
  float confidence = 0.75f;
  for (size_t h = history_.size(); h-- > 0 && found.empty();) {
    if (!history_[h].what.actor.valid()) continue;
    const Actor& a = actors_[history_[h].what.actor];
    const std::string& party = history_[h].what.place ? a.country : a.party;
    if (base_.party_row(party) >= 0 && fits_all(party)) found = party;
  }
  if (found.empty()) {
    confidence = 0.6f;
    for (const auto& [party, count] : told_) {
      if (base_.party_row(party) < 0 || !fits_all(party)) continue;
      if (!found.empty()) return {};
      found = party;
    }
  }
  if (found.empty()) return {};
  Referent r = simple(actors_.government(found), confidence);
  r.form = MentionForm::nominal;
  r.rule = "names.country";
  return r;
}

}  // namespace demarche::names
