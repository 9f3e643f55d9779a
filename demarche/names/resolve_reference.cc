// Words that stand for others: pronouns, "the two sides", "the country", "the group".
#include "demarche/names/resolver.h"

#include <algorithm>

namespace demarche::names {

void Resolver::remember(size_t i) {
  const Phrase& p = phrase(i);
  if (!refs_[i].valid()) return;
  if (refs_[i].actor.valid()) actors_.state(refs_[i].actor).last_sentence = sentence_;
  for (const ActorId m : refs_[i].members) actors_.state(m).last_sentence = sentence_;
  if (refs_[i].actor.valid() && refs_[i].form != MentionForm::pronoun) ++spoken_[actors_[refs_[i].actor].party];
  Seen seen{refs_[i], sentence_, p.first, is_subject(p), p.parent >= 0, quoted_[p.first] != 0, speaks(p)};
  push_seen(std::move(seen));
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

bool Resolver::speaks(const Phrase& p) const {
  static constexpr std::array<std::string_view, 22> kSay = {"say", "tell", "add", "warn", "claim", "announce", "note", "state", "stress", "insist", "report", "declare", "argue", "deny", "call", "accuse", "urge", "vow", "pledge", "promise", "threaten", "condemn"};
  if (sentence_ >= trees_.size()) return false;
  const std::vector<Node>& nodes = trees_[sentence_].nodes;
  const uint32_t head = head_token(p);
  if (head >= nodes.size() || nodes[head].head < 0 || (nodes[head].deprel != Deprel::nsubj && nodes[head].deprel != Deprel::nsubj_pass)) return false;
  const std::string& lemma = nodes[static_cast<size_t>(nodes[head].head)].lemma;
  return std::find(kSay.begin(), kSay.end(), lemma) != kSay.end();
}

bool Resolver::is_subject(const Phrase& p) const {
  const uint32_t head = head_token(p);
  if (sentence_ < trees_.size() && head < trees_[sentence_].nodes.size()) {
    const Deprel d = trees_[sentence_].nodes[head].deprel;
    return d == Deprel::nsubj || d == Deprel::nsubj_pass || d == Deprel::nsubj_outer;
  }
  return p.first <= 1;
}

Referent Resolver::resolve_pronoun(const Phrase& p) {
  static constexpr std::array<std::string_view, 4> kMale = {"he", "him", "his", "himself"};
  static constexpr std::array<std::string_view, 3> kFemale = {"she", "her", "herself"};
  static constexpr std::array<std::string_view, 4> kPlural = {"they", "them", "their", "themselves"};
  const Scan& s = scan();
  const bool male = s.any(p.first, kMale), female = s.any(p.first, kFemale), plural = s.any(p.first, kPlural);
  const bool possessive = s.is(p.first, "his") || s.is(p.first, "its") || s.is(p.first, "their") || s.is(p.first, "her");
  const bool quoted = quoted_[p.first] != 0, speaker = speaks(p);
  const Seen* best = nullptr;
  float best_score = -100;
  for (size_t h = history_.size(); h-- > 0;) {
    const Seen& seen = history_[h];
    if (seen.sentence + kPronounSentences < sentence_) break;
    if (!fits(seen, male, female, plural)) continue;
    const float back = static_cast<float>(sentence_ - seen.sentence);
    float score = -1.6f * back;
    if (seen.subject) score += 1.5f;
    if (seen.nested) score -= 0.8f;
    if (seen.what.form == MentionForm::demonym) score -= 2.0f;
    if (seen.quoted && !quoted) score -= 2.0f;
    if (speaker && seen.speaker && seen.sentence != sentence_) score += 1.0f;
    if (seen.sentence == sentence_) {
      if (seen.unit >= p.first) continue;
      // "X told Y that it": near ones are as good as far ones; the subject leads.
      score += possessive && !seen.subject ? 0.4f : 0.f;
    }
    score += 0.001f * static_cast<float>(h);
    if (score > best_score) best = &seen, best_score = score;
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
  if (parties.size() < wanted) return {};
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
    if (a.party.empty() || (outlet ? a.kind != ActorKind::organization : base_.party_row(a.party) >= 0 && a.sector != "REB")) continue;
    r = seen.what;
    r.form = MentionForm::nominal;
    r.rule = "names.group";
    r.confidence = std::min(r.confidence, 0.75f);
    return r;
  }
  return r;
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

}  // namespace demarche::names
