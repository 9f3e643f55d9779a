// Which entry stands at either end of the words that tie two together: the act told in the phrase behind them, that of the main clause,
// of their subject, or the one told before. A definite noun ("the attack") means the last act of its kind. Private to linking.
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "demarche/core/sentence_view.h"
#include "demarche/core/token_pattern.h"

namespace demarche {

enum class Place : uint8_t { governed, main, subject, previous, earlier, here, claim_before, claim_after };

struct LinkEnd {
  EntryRef entry;
  float trust = 1;  // lower where a noun stands for what was told before
};

class LinkEnds {
 public:
  LinkEnds(std::span<const Sentence> sentences, std::span<const Event> events, std::span<const Commitment> commitments, const WordSets& sets);

  std::optional<LinkEnd> at(Place place, const SentenceView& s, const PatternMatch& match, std::optional<EntryRef> not_this) const;
  // What an answer answers: the nearest act before it of another party that is a blow or is done to the one who answers.
  std::optional<LinkEnd> provoked(const SentenceView& s, const PatternMatch& match, const LinkEnd& answer) const;
  // Trigger token and event, for each telling in a sentence.
  const std::vector<std::pair<uint32_t, uint32_t>>& in_sentence(uint32_t sentence) const { return events_in_[sentence]; }

 private:
  std::optional<LinkEnd> in_phrase(const SentenceView& s, uint32_t head, std::optional<EntryRef> not_this) const;
  std::optional<LinkEnd> meant_by(const SentenceView& s, uint32_t head, std::optional<EntryRef> not_this) const;

  std::span<const Event> events_;
  const WordSets& sets_;
  std::vector<std::vector<std::pair<uint32_t, uint32_t>>> events_in_;
  std::vector<std::vector<uint32_t>> commitments_in_;
  std::span<const Commitment> commitments_;
};

// The head of the phrase or clause behind the words of a match; -1 when nothing follows.
int32_t governed_head(const SentenceView& s, const PatternMatch& match);

}  // namespace demarche
