// What figures, weapons and ways the clause tells of an event, under names that carry the unit (docs/formats/frames.md, "Details").
#pragma once

#include "demarche/events/matcher.h"

namespace demarche {

std::map<std::string, Detail> find_details(const Scene& scene, const Match& match);

}  // namespace demarche
