// How sure a row is: signs of how each part of it was read, weighed by figures fitted on judged rows (data/en/event_confidence.tsv,
// tools/calibrate.py). Thread safe.
#pragma once

#include <string>
#include <vector>

namespace demarche {

struct Draft;

// The signs of a row, in a fixed order: "date=clause", "actor=own", ... REQUIRES: the discourse has had its say.
std::vector<std::string> signs_of(const Draft& draft);

}  // namespace demarche
