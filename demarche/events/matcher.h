// Finds the frames' triggers in one sentence, tests their conditions and fills their roles.
#pragma once

#include <string_view>
#include <vector>

#include "demarche/events/factuality.h"
#include "demarche/events/participants.h"

namespace demarche {

// One trigger in its clause, before the discourse has its say.
struct Match {
  const Frame* frame = nullptr;
  std::string_view kind;  // the frame's, or a narrower one that the surroundings tell
  SentenceId sentence;
  uint32_t trigger = 0;  // the word
  uint32_t anchor = 0;   // whose arguments were read ("must stop": stop)
  Arguments args;
  Cast actor, recipient;
  Verdict verdict;
  StatementId statement;   // whose content holds the trigger
  bool recipient_named = false;  // the place of the recipient is filled, though by no known party ("the West")
  bool each_other = false;       // "accused each other"
  bool recipient_sides = false;  // "both sides": the parties at odds
  bool home_ground = false;   // hit or entered a place of its own country: somebody there is meant
  bool at_border = false;     // "crossed the border", "along the border": the neighbour's
  bool wants_back = false;    // "called for his release"
  bool domestic = false;      // acts on its own party: no other is meant
  bool loose = false;         // nobody known acts or suffers: counts only in a report that tells of such acts
  bool from_speaker = false;  // the actor is the speaker of that statement
};

// In text order of their triggers.
std::vector<Match> match_sentence(const Scene& scene);

}  // namespace demarche
