// Whom an act is aimed at where the frame's own places hold no party: what the clause around it tells, and what the words leave to the report.
#pragma once

#include "demarche/events/matcher.h"

namespace demarche {

// Fills `match.recipient`, when it is empty, from the place that was hit, the addressee of a note, or the clause before.
// REQUIRES: match.actor is cast.
void complete_recipient(const Scene& scene, const Frame& frame, const Arguments& args, uint32_t trigger, Match& match);

// Of the heads that stand where a frame looks for its recipient: "both sides", "the two".
bool names_sides(const Scene& scene, std::span<const uint32_t> heads);
// "each other", "one another".
bool names_each_other(const ClauseView& view, std::span<const uint32_t> heads);
// A name or a word for people, though of no known party ("the West", "its allies"); not "its neighbour" or "the new rulers", of whom the report tells.
bool names_somebody(const Scene& scene, std::span<const uint32_t> heads);
// "crossed the border", "along the frontier".
bool at_border(const ClauseView& view, const Arguments& args);
// "called for his release".
bool asks_back(const Scene& scene, const Arguments& args);

}  // namespace demarche
