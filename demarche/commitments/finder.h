// How a fit of a row becomes a commitment. Private to commitments: commitments.cc reads the sentences, binding.cc tells who is
// bound, checks.cc whether the words bind at all.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "demarche/commitments/rules.h"
#include "demarche/commitments/terms.h"
#include "demarche/core/sentence_view.h"

namespace demarche {

class CommitmentFinder {
 public:
  CommitmentFinder(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees, std::span<const std::vector<PatternWord>> words, const Names& names,
         std::span<const TimeExpression> times, std::span<const Statement> statements, std::span<const Event> events, const Published& published, const CommitmentRules& rules)
      : text_(text), sentences_(sentences), trees_(trees), words_(words), names_(names), times_(times), statements_(statements), events_(events), published_(published), rules_(rules),
        by_sentence_(sentences.size()), cued_in_(sentences.size()) {
    for (uint32_t i = 0; i < statements.size(); ++i)
      if (statements[i].cue && statements[i].sentence.index < sentences.size()) cued_in_[statements[i].sentence.index].push_back(i);
    for (uint32_t i = 0; i < statements.size(); ++i)
      for (const Span part : statements[i].content)
        for (uint32_t s = sentence_at(sentences, part.begin); s < sentences.size() && sentences[s].span.begin < part.end; ++s)
          if (by_sentence_[s].empty() || by_sentence_[s].back() != i) by_sentence_[s].push_back(i);
  }

  void read_sentence(uint32_t i);
  void read_agreements();
  std::vector<Commitment> take();

 private:
  static constexpr uint32_t kMaxSubjectTokens = 8;   // a longer subject is cited by its head only
  static constexpr uint32_t kMaxClauseTokens = 45;   // evidence is a clause, never a whole long sentence
  static constexpr uint32_t kLookBackSentences = 4;  // how far "such hopes" reaches back
  static constexpr uint32_t kLookBackForSides = 8;   // how far "the two sides" reaches back
  static constexpr size_t kMaxRecalled = 40;         // commitments that a later mention can mean
  static constexpr uint32_t kSameThingSentences = 300;  // a moratorium named again within as many sentences is the same one
  static constexpr uint32_t kBreath = 40;            // bytes: "We will not forgive."
  static constexpr int kFreshDays = 14;                 // an agreement told as news is no older
  static constexpr uint32_t kMaxEventSentences = 12;    // how far the act that breaks a commitment is looked for

  static bool first_person(std::string_view word) { return word == "we" || word == "i" || word == "our" || word == "us" || word == "my"; }
  static bool third_pronoun(std::string_view word) { return word == "it" || word == "they" || word == "he" || word == "she"; }

  // One fit on its way to a commitment.
  struct Draft {
    const CommitmentRule* rule = nullptr;
    uint32_t anchor = 0;
    uint32_t verb = 0;          // of the clause
    int32_t complement = -1;
    StatementId around;         // whose words these are
    StatementId cued;           // the statement that the trigger introduces
    Span inside;
    std::vector<Participant> by, to;
    TokenRange what{0, 0}, evidence{0, 0};
    float trust = 0;
  };

  std::vector<std::string> signs_of(const SentenceView& s, const Draft& d) const;
  float certainty(const SentenceView& s, const Draft& d) const;
  bool shape(const SentenceView& s, const PatternMatch& match, Draft& d) const;
  bool bind(const SentenceView& s, Draft& d) const;
  bool bind_by_subject(const SentenceView& s, Draft& d, const std::vector<Participant>& subject_parties, bool ours) const;
  void bind_by_context(const SentenceView& s, Draft& d, int32_t subject, const std::vector<Participant>& subject_parties) const;
  bool mild_answer(const SentenceView& s, const PatternMatch& match, const Draft& d) const;
  std::vector<Participant> brokers(const SentenceView& s) const;
  std::vector<Participant> agreeing(const SentenceView& s, const Draft& d) const;
  bool side_fits(const SentenceView& s, const Draft& d, int32_t subject, const std::vector<Participant>& subject_parties, bool ours) const;
  bool number_fits(const SentenceView& s, const Draft& d, int32_t subject) const;
  bool allowed(const SentenceView& s, const PatternMatch& match, const Draft& d) const;
  bool stands(const SentenceView& s, const PatternMatch& match, const Draft& d) const;
  bool pause_stands(const SentenceView& s, const Draft& d) const;
  bool complement_fits(const SentenceView& s, const PatternMatch& match, const Draft& d) const;
  bool sense_fits(const SentenceView& s, const PatternMatch& match, const Draft& d) const;
  bool modal_fits(const SentenceView& s, const PatternMatch& match, const Draft& d) const;
  bool foretells_harm(const SentenceView& s, const Draft& d) const;
  bool affairs_of_state(const SentenceView& s, const Draft& d) const;
  bool states_near(uint32_t sentence) const;
  bool terms_fit(const SentenceView& s, const Draft& d) const;
  void address(const SentenceView& s, Draft& d) const;
  void date(const SentenceView& s, const Draft& d, Commitment& c) const;
  void read_match(const SentenceView& s, const PatternMatch& match);
  bool forswear(const SentenceView& s, const Draft& d, Commitment& c) const;
  std::optional<EventDate> due_in_condition(const SentenceView& s, Span condition) const;
  void tell_status(const SentenceView& s, const std::vector<PatternMatch>& matches);
  std::vector<Participant> named_owner(const SentenceView& s, uint32_t noun) const;
  std::vector<Participant> owner_of(const SentenceView& s, uint32_t noun) const;
  std::vector<Participant> all_parties(const SentenceView& s, TokenRange range) const;
  Participant speaker_of(StatementId id) const {
    const Speaker& speaker = statements_[id.index].speaker;
    return {speaker.actor, speaker.party, speaker.sector};
  }
  std::vector<Participant> speakers_of(const SentenceView& s, StatementId id) const;
  StatementId statement_around(uint32_t sentence, Span span, Span* part) const;
  std::span<const TimeExpression> times_of(uint32_t sentence) const;
  bool has_time(const SentenceView& s, TokenRange range) const;
  std::vector<Participant> two_sides(const SentenceView& s) const;
  std::vector<Participant> subject_of_sentence(uint32_t sentence) const;

  std::string_view text_;
  std::span<const Sentence> sentences_;
  std::span<const Tree> trees_;
  std::span<const std::vector<PatternWord>> words_;  // of each sentence
  const Names& names_;
  std::span<const TimeExpression> times_;
  std::span<const Statement> statements_;
  std::span<const Event> events_;
  const Published& published_;
  const CommitmentRules& rules_;
  std::vector<std::vector<uint32_t>> by_sentence_;  // statements whose content touches the sentence
  std::vector<std::vector<uint32_t>> cued_in_;      // statements whose cue stands in it
  std::vector<Commitment> found_;
};

}  // namespace demarche
