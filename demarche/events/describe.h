// What else the clause tells of an event: its words as evidence, where it was, PLOVER contexts.
#pragma once

#include "demarche/events/matcher.h"

namespace demarche {

// From the first argument to the last, without neighbouring clauses.
Span clause_span(const ClauseView& view, const Match& match);
std::optional<Location> find_location(const Scene& scene, const Match& match);
std::vector<std::string> find_contexts(const Scene& scene, const Match& match);

}  // namespace demarche
