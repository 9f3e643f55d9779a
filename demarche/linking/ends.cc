#include "demarche/linking/ends.h"

#include <algorithm>
#include <string>

namespace demarche {
namespace {

constexpr uint32_t kMaxBackSentences = 2;   // how far "responded by" reaches back
constexpr uint32_t kMaxAnsweredSentences = 3;  // how far back stands what "responded" answers
constexpr uint32_t kMaxNounSentences = 12;  // how far "the attack" does

bool definite(const SentenceView& s, uint32_t noun) {
  if (s.index.child(noun, Deprel::nmod_poss) >= 0) return true;
  const int32_t det = s.index.child(noun, Deprel::det);
  if (det < 0) return false;
  const std::string word = s.form(static_cast<uint32_t>(det));
  return word == "the" || word == "this" || word == "that" || word == "these" || word == "those" || word == "such";
}

// One party; but a country's rebels are not its government, though they have its code.
bool same_side(const Participant& p, const Participant& q) { return !p.party.empty() && p.party == q.party && (p.sector == "REB") == (q.sector == "REB"); }

// Whether an act's trigger belongs to the clause that the phrase behind the words hangs on: "because" tells why its own clause holds,
// not what another clause of the sentence tells.
bool in_clause(const SentenceView& s, uint32_t trigger, int32_t phrase, const PatternMatch& match) {
  if (phrase < 0 || s.node(static_cast<uint32_t>(phrase)).head < 0) return true;
  auto over = s.node(static_cast<uint32_t>(phrase)).head;
  constexpr int kMaxSteps = 6;
  for (int steps = 0; over >= static_cast<int32_t>(match.first) && over < static_cast<int32_t>(match.last) && s.node(static_cast<uint32_t>(over)).head >= 0 && steps < kMaxSteps; ++steps)
    over = s.node(static_cast<uint32_t>(over)).head;  // "to avenge the raid": what is done to avenge it
  for (int steps = 0; s.node(static_cast<uint32_t>(over)).upos != Upos::VERB && s.node(static_cast<uint32_t>(over)).head >= 0 && steps < kMaxSteps; ++steps) over = s.node(static_cast<uint32_t>(over)).head;  // "in protest against"
  // The trigger is what it hangs on, or above it ...
  for (int32_t at = over, steps = 0; at >= 0 && steps < kMaxSteps; at = s.node(static_cast<uint32_t>(at)).head, ++steps)
    if (at == static_cast<int32_t>(trigger)) return true;
  // ... or below it in the same clause.
  for (int32_t at = static_cast<int32_t>(trigger), steps = 0; at >= 0 && steps < kMaxSteps; at = s.node(static_cast<uint32_t>(at)).head, ++steps) {
    if (at == over) return true;
    const Deprel r = s.node(static_cast<uint32_t>(at)).deprel;
    if (r == Deprel::acl_relcl || r == Deprel::advcl || r == Deprel::parataxis) return false;
  }
  return false;
}

}  // namespace

LinkEnds::LinkEnds(std::span<const Sentence> sentences, std::span<const Event> events, std::span<const Commitment> commitments, const WordSets& sets)
    : events_(events), sets_(sets), events_in_(sentences.size()), commitments_in_(sentences.size()), commitments_(commitments) {
  for (uint32_t i = 0; i < events.size(); ++i) {
    if (events[i].sentence.index < sentences.size()) events_in_[events[i].sentence.index].push_back({events[i].trigger, i});
    for (const auto& [sentence, token] : events[i].also)  // told again there
      if (sentence.index < sentences.size()) events_in_[sentence.index].push_back({token, i});
  }
  for (auto& list : events_in_) std::sort(list.begin(), list.end());
  for (uint32_t i = 0; i < commitments.size(); ++i)
    if (commitments[i].sentence.index < sentences.size()) commitments_in_[commitments[i].sentence.index].push_back(i);
}

int32_t governed_head(const SentenceView& s, const PatternMatch& match) {
  constexpr uint32_t kReach = 12;
  for (uint32_t i = match.last; i < std::min(s.size(), match.last + kReach); ++i) {
    const Upos upos = s.node(i).upos;
    if (upos == Upos::PUNCT && i > match.last) return -1;
    if (upos != Upos::NOUN && upos != Upos::PROPN && upos != Upos::VERB && upos != Upos::PRON) continue;
    const int32_t head = s.node(i).head;
    if (head < static_cast<int32_t>(match.last) || head > static_cast<int32_t>(match.last + 2 * kReach)) return static_cast<int32_t>(i);
    // "after Prague expelled": the noun's own clause, when it hangs outside.
    const int32_t over = s.node(static_cast<uint32_t>(head)).head;
    if (s.node(static_cast<uint32_t>(head)).upos == Upos::VERB && (over < static_cast<int32_t>(match.last)) && s.node(i).deprel == Deprel::nsubj) return head;
  }
  return -1;
}

std::optional<LinkEnd> LinkEnds::in_phrase(const SentenceView& s, uint32_t head, std::optional<EntryRef> not_this) const {
  const auto [first, last] = s.index.extent(head);
  std::optional<LinkEnd> best;
  uint32_t distance = 0;
  for (const auto& [token, event] : events_in_[s.id.index]) {
    const EntryRef entry{EntryType::event, event};
    if (token < first || token >= last || (not_this && *not_this == entry)) continue;
    const uint32_t d = token > head ? token - head : head - token;
    if (!best || d < distance) best = LinkEnd{entry, 1.0F}, distance = d;
  }
  if (best) return best;
  const Span phrase = token_span(s.sentence, first, last);
  for (const uint32_t c : commitments_in_[s.id.index])
    if (phrase.contains(commitments_[c].what) && !(not_this && *not_this == EntryRef{EntryType::commitment, c})) return LinkEnd{{EntryType::commitment, c}, 0.9F};
  return std::nullopt;
}

// "the attack", "the sanctions", "that": the last act of such a kind told before this sentence.
std::optional<LinkEnd> LinkEnds::meant_by(const SentenceView& s, uint32_t head, std::optional<EntryRef> not_this) const {
  const std::string noun = s.lemma(head);
  const bool pronoun = s.node(head).upos == Upos::PRON && (noun == "it" || noun == "this" || noun == "that" || noun == "these" || noun == "which");
  const bool any = pronoun || sets_.contains("act_any", noun);
  if (!pronoun && !definite(s, head)) return std::nullopt;
  for (uint32_t back = 1; back <= (any ? kMaxBackSentences : kMaxNounSentences) && back <= s.id.index; ++back) {
    const auto& told = events_in_[s.id.index - back];
    for (size_t k = told.size(); k-- > 0;) {
      const Event& e = events_[told[k].second];
      const EntryRef entry{EntryType::event, told[k].second};
      if (e.factuality != Factuality::actual || (not_this && *not_this == entry)) continue;
      if (any || sets_.contains("act_" + e.type, noun) || sets_.contains("act_" + e.type, s.form(head))) return LinkEnd{entry, any ? 0.7F : 0.85F};
    }
  }
  return std::nullopt;
}

std::optional<LinkEnd> LinkEnds::provoked(const SentenceView& s, const PatternMatch& match, const LinkEnd& answer) const {
  if (answer.entry.type != EntryType::event) return std::nullopt;
  const Event& reply = events_[answer.entry.index];
  const auto shared = [](const std::vector<Participant>& a, const std::vector<Participant>& b) {
    return std::any_of(a.begin(), a.end(), [&](const Participant& p) { return std::any_of(b.begin(), b.end(), [&](const Participant& q) { return same_side(p, q); }); });
  };
  // Of one whom nobody can tell, only the sentence before is asked.
  const uint32_t reach = reply.actors.empty() ? 1 : kMaxAnsweredSentences;
  for (uint32_t back = 0; back <= reach && back <= s.id.index; ++back) {
    const auto& told = events_in_[s.id.index - back];
    for (size_t k = told.size(); k-- > 0;) {
      const Event& e = events_[told[k].second];
      if ((back == 0 && (told[k].first >= match.first || told[k].first >= reply.trigger)) || told[k].second == answer.entry.index || e.factuality != Factuality::actual || shared(e.actors, reply.actors)) continue;
      const bool at_it = shared(e.recipients, reply.actors);
      const bool blow = e.type == "ASSAULT" || e.type == "COERCE" || e.type == "SANCTION" || e.type == "MOBILIZE" || e.type == "COOPERATE";
      if (at_it || (blow && !(reply.actors.empty() && e.actors.empty())) || back == 0) return LinkEnd{{EntryType::event, told[k].second}, at_it ? 0.9F : 0.75F};
    }
  }
  return std::nullopt;
}

std::optional<LinkEnd> LinkEnds::at(Place place, const SentenceView& s, const PatternMatch& match, std::optional<EntryRef> not_this) const {
  const auto& here = events_in_[s.id.index];
  const auto entry = [](uint32_t event) { return EntryRef{EntryType::event, event}; };
  const auto fits = [&](uint32_t event) { return !not_this || *not_this != entry(event); };
  switch (place) {
    case Place::governed: {
      const int32_t head = governed_head(s, match);
      if (head < 0) return std::nullopt;
      if (const auto found = in_phrase(s, static_cast<uint32_t>(head), not_this)) return found;
      for (const uint32_t c : s.index.children(match.anchor))  // "prompted Ruritania to launch"
        if (s.node(c).deprel == Deprel::xcomp && c > match.anchor)
          if (const auto found = in_phrase(s, c, not_this)) return found;
      return meant_by(s, static_cast<uint32_t>(head), not_this);
    }
    case Place::main: {
      const int32_t head = governed_head(s, match);
      const auto [first, last] = head >= 0 ? s.index.extent(static_cast<uint32_t>(head)) : std::pair{match.first, match.last};
      for (size_t k = here.size(); k-- > 0;)  // the nearest before the words
        if (here[k].first < match.first && (here[k].first < first || here[k].first >= last) && fits(here[k].second) && in_clause(s, here[k].first, head >= 0 ? head : static_cast<int32_t>(match.last) - 1, match)) return LinkEnd{entry(here[k].second)};
      if (match.first > 2) return std::nullopt;  // "In response to the raid, ..." alone looks ahead
      for (const auto& [token, event] : here)
        if (token >= std::max(last, match.last) && fits(event)) return LinkEnd{entry(event)};
      return std::nullopt;
    }
    case Place::subject: {
      const int32_t subject = subject_of(s, match.anchor);
      if (subject >= 0) {
        if (const auto found = in_phrase(s, static_cast<uint32_t>(subject), not_this)) return found;
        if (const auto found = meant_by(s, static_cast<uint32_t>(subject), not_this)) return found;
      }
      // "..., which led to": what the clause before tells.
      const std::string word = match.first > 0 ? s.form(match.first - 1) : "";
      const bool clause = word == "which" || word == "," || (subject >= 0 && s.node(static_cast<uint32_t>(subject)).upos == Upos::PRON);
      for (size_t k = here.size(); clause && k-- > 0;)
        if (here[k].first < match.first && fits(here[k].second)) return LinkEnd{entry(here[k].second), 0.85F};
      return std::nullopt;
    }
    case Place::here:
      for (const auto& [token, event] : here)
        if (token >= match.first && fits(event)) return LinkEnd{entry(event)};
      return std::nullopt;
    case Place::earlier:
    case Place::previous:
      for (size_t k = here.size(); place == Place::previous && k-- > 0;)
        if (here[k].first < match.first && fits(here[k].second)) return LinkEnd{entry(here[k].second)};
      // "Lithuania opened an office; China cut its ties in protest": the clause before the semicolon.
      for (uint32_t cut = match.first; place == Place::earlier && cut-- > 0;)
        if (s.form(cut) == ";") {
          for (size_t k = here.size(); k-- > 0;)
            if (here[k].first < cut && fits(here[k].second)) return LinkEnd{entry(here[k].second)};
          break;
        }
      for (uint32_t back = 1; back <= kMaxBackSentences && back <= s.id.index; ++back) {
        const auto& told = events_in_[s.id.index - back];
        for (size_t k = told.size(); k-- > 0;)
          if (fits(told[k].second)) return LinkEnd{entry(told[k].second), 0.85F};
      }
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

}  // namespace demarche
