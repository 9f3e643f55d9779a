// One sentence with what surrounds it, and the questions that several stages ask of its tree: how a clause stands (negated, modal,
// hypothetical), who its subject is, which parties words name. Thread safe.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/core/document.h"
#include "demarche/core/tree.h"

namespace demarche {

// A longer sentence is no prose (a list, a table, a hostile page); the stages that ask these questions leave it alone, so that
// their cost stays linear in the text.
inline constexpr uint32_t kMaxProseTokens = 1000;

struct SentenceView {
  std::string_view text;
  SentenceId id;
  const Sentence& sentence;
  const Tree& tree;
  const TreeIndex& index;
  const Names& names;

  const Node& node(uint32_t token) const { return tree.nodes[token]; }
  uint32_t size() const { return static_cast<uint32_t>(sentence.tokens.size()); }
  // Folded lemma, or form where there is none.
  std::string lemma(uint32_t token) const;
  std::string form(uint32_t token) const;
};

// A short paragraph of one sentence without a full stop: a subheading, which only repeats what the text tells.
bool is_heading(std::string_view text, std::span<const Sentence> sentences, uint32_t index);

// How the words at a token stand in their clause, judged up to the edge of `inside` (a statement's content, or the sentence).
struct ClauseStanding {
  bool negated = false;
  bool modal = false;         // will, would, could, may ...
  bool conditional = false;   // if, unless, whether
  bool hypothetical = false;  // under a verb or noun of wish, plan, ban, fear
};
ClauseStanding clause_standing(const SentenceView& s, uint32_t token, Span inside);

// Whether what a statement of this act holds is no fact but wished, planned, asked for or refused (Statement::act).
bool no_fact_act(std::string_view act);

// The token of [first, last) that governs the others. REQUIRES: first < last.
uint32_t head_of(const SentenceView& s, uint32_t first, uint32_t last);
// The subject of a verb or predicate: its own, or that of the verb it is conjoined to, controlled by or a participle of; -1 when none.
int32_t subject_of(const SentenceView& s, uint32_t verb);
// Who is said to hold what the words at a token tell, as far as the tree shows it: the subject of the nearest verb of saying,
// thinking or naming above them (or beside them: "..., the ministry said"). The token of the subject, or -1.
int32_t attributed_subject(const SentenceView& s, uint32_t token, uint32_t* verb = nullptr);
// Whether a verb of saying governs the words at a token, or hangs on them.
bool under_saying(const SentenceView& s, uint32_t token);
// Token after the dash of "SEOUL, July 4 (Agency) -"; 0 when the sentence has no dateline.
uint32_t dateline_end(const SentenceView& s);
// Parties that the words headed by a token name; empty when nobody can be told.
std::vector<std::string> parties_of(const SentenceView& s, uint32_t token);
// The same with actor and sector.
std::vector<Participant> participants_of(const SentenceView& s, uint32_t token);

}  // namespace demarche
