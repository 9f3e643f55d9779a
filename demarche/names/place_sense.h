// Whether a country's or capital's name stands for the place ("in Tokyo", "flew over Japan") or for its government ("Tokyo
// said", "talks with Pyongyang", "pressure on Beijing"). By the words around it. Pure.
#pragma once

#include "demarche/names/phrase.h"

namespace demarche::names {

// REQUIRES: `p` is an atom phrase of the scan. `before_is_place`: what a preceding phrase in the same list was; `motion`: it hangs on a verb of motion.
bool is_place_sense(const Scan& scan, const Phrase& p, bool capital, bool before_is_place, bool motion);

}  // namespace demarche::names
