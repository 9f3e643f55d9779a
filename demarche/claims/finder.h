// How a fit of a row becomes a claim. Private to claims: claims.cc reads the sentences, holders.cc tells whose claim it is,
// checks.cc whether the words tell a fact, values.cc which value they give, told_acts.cc what follows from acts told by others.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/claims/counted.h"
#include "demarche/claims/rules.h"
#include "demarche/core/sentence_view.h"

namespace demarche {

// Types of event that do something to somebody or to something.
inline bool is_physical(const Event& e) { return e.type == "ASSAULT" || e.type == "MOBILIZE" || e.type == "COERCE" || e.type == "SANCTION"; }

// "neither confirmed nor denied".
bool not_even_denied(std::string_view text, Span cue);

class ClaimFinder {
 public:
  ClaimFinder(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees, std::span<const std::vector<PatternWord>> words, const Names& names,
              std::span<const Statement> statements, std::span<const Event> events, const ClaimRules& rules);
  void read_sentence(uint32_t s);
  void read_events();
  void read_charges();
  void read_denials();
  std::vector<Claim> take();

 private:
  static constexpr float kNobodyKnown = 0.5F;  // of a claim whose speaker stands for no party that can be told

  // A claim on the way.
  struct Draft {
    Claim claim;
    StatementId around;  // whose words these are
    Span inside, span;
    std::string other;    // of "each other"
    std::vector<std::string> also;  // further parties that say it jointly
    float trust = 0;
  };
  void weigh(const SentenceView& s, const PatternMatch& match, const std::vector<PatternMatch>& all);
  bool outdone(const PatternMatch& match, const std::vector<PatternMatch>& all) const;
  bool attribute(const SentenceView& s, const PatternMatch& match, Draft& d) const;
  bool attribute_by_tree(const SentenceView& s, const PatternMatch& match, Draft& d) const;
  bool stands(const SentenceView& s, const PatternMatch& match, Draft& d) const;
  std::vector<std::string> two_before(uint32_t sentence) const;
  bool denies_own_deed(uint32_t sentence, const Statement& statement) const;
  bool rejects_report(const Statement& statement) const;
  bool quoted_by_another(StatementId id) const;
  bool names_actor(const Event& e) const;
  bool tells_of_itself(const Event& e, const std::string& by) const;
  bool own_subject(const SentenceView& s, uint32_t verb, const std::string& by) const;
  bool fits(const SentenceView& s, const ClaimRule& rule, const PatternMatch& match, const ClauseStanding& standing) const;
  StatementId statement_around(uint32_t sentence, Span span, Span* part) const;
  bool presupposed(const SentenceView& s, uint32_t token, Span inside) const;
  Span clause_around(const SentenceView& s, const PatternMatch& match, Span words, Span inside) const;
  EventId event_of(const ClaimRule& rule, uint32_t sentence, Span span) const;
  template <class Fits>
  bool near(uint32_t sentence, std::string_view set, Fits fits) const;
  bool weapon_near(uint32_t sentence) const;
  Harm harm_in(uint32_t sentence);
  bool by_force(uint32_t sentence);
  bool between_parties(uint32_t sentence, const std::string& by);
  std::optional<std::vector<std::string>> values(const SentenceView& s, const ClaimRule& rule, const PatternMatch& match, Span inside, const std::string& by, Stance& stance,
                                                 Span& span) const;

  std::string_view text_;
  std::span<const Sentence> sentences_;
  std::span<const Tree> trees_;
  std::span<const std::vector<PatternWord>> words_;  // of each sentence
  const Names& names_;
  std::span<const Statement> statements_;
  std::span<const Event> events_;
  const ClaimRules& rules_;
  std::vector<std::vector<uint32_t>> by_sentence_;  // statements whose content touches the sentence
  std::vector<uint32_t> physical_, flights_;  // events that took place, by position
  std::vector<std::optional<Harm>> harm_;     // of each sentence, as far as it was asked
  std::vector<Claim> found_;
};

}  // namespace demarche
