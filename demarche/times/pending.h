// An expression that was recognised and waits for its day.
#pragma once

#include <cstdint>

#include "demarche/core/span.h"
#include "demarche/times/expression.h"
#include "demarche/times/resolve.h"

namespace demarche {

struct Pending {
  Expression expression;
  Span span;
  Span object;  // "two days after [the summit]": what it counts from, to the end of the clause; empty where nothing
  uint32_t sentence = 0, first = 0, last = 0;
  ClauseTense tense = ClauseTense::unknown;
  bool bounded = false;
  bool heading = false;     // a line by itself: the date of what follows
  bool run_in = false;      // "5 June. The embassy closes.": the date of its paragraph
  bool joins_next = false;  // "between A and B", "from A to B", "July 4-6"
  bool aside = false;       // in a relative clause or behind "of" ("the election of 1 December"): it says which, the text goes on from elsewhere
  bool said = false;        // beside a verb of saying: "he said on Friday"
};

}  // namespace demarche
