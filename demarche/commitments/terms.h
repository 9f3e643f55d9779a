// The terms of a commitment, read from the tree: what is bound, on which condition, until when. Private to commitments.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "demarche/core/document.h"
#include "demarche/core/sentence_view.h"
#include "demarche/core/token_pattern.h"

namespace demarche {

using TokenRange = std::pair<uint32_t, uint32_t>;  // half-open

// The clause under a verb without what is merely beside it: attributions, conjoined clauses, relative clauses of other nouns stay.
TokenRange clause_range(const SentenceView& s, uint32_t verb);
// Without punctuation, conjunctions and markers at the front, and punctuation at the end.
TokenRange trimmed(const SentenceView& s, TokenRange range);
// The complement that says what a verb binds to: infinitive, clause, object with its infinitive. Its head, or -1.
int32_t complement_of(const SentenceView& s, uint32_t verb, bool infinitive_only, bool object_too);
// The clause that holds a token: the nearest verb (or predicate with a copula) at or above it.
uint32_t clause_head(const SentenceView& s, uint32_t token);
// The condition under one of two heads, or nothing.
std::optional<TokenRange> condition_of(const SentenceView& s, uint32_t verb, int32_t complement);

// The day or days by which it falls due, from the time expressions inside `where` that stand at or after token `from`.
struct DueSearch {
  std::span<const TimeExpression> times;  // of this sentence
  TokenRange where{0, 0};
  uint32_t from = 0;
  bool bare = false;                 // a time without a preposition of limit counts too, when it lies ahead
  bool bare_term = false;            // a length of time without a preposition counts ("gave it 48 hours")
  bool skip_terms = false;           // lengths of time do not count ("when the 100 days run out")
  bool told_past = false;            // ran out already: a day behind the report counts without a preposition
  bool looks_back = false;           // told of a term set before ("had given them until Friday")
  std::optional<Day> base;           // the report's day: what is due does not lie before it
  std::optional<Day> term_base;      // terms ("within 24 months") run from here
};
std::optional<EventDate> due_of(const SentenceView& s, const DueSearch& search);

// Kinds of event that the words of a restraint forswear: "nuclear tests and launches" -> nuclear_test, missile_launch.
std::vector<std::string> forsworn_kinds(const SentenceView& s, TokenRange range);

}  // namespace demarche
