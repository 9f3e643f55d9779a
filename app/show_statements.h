// The text of a report with its statements marked: who speaks, the words that attribute, what was said.
#pragma once

#include <string>

#include "demarche/core/document.h"

namespace demarche::app {

// In colour for a terminal, else with brackets: [S speaker] [C cue] [content]. Where marks overlap, a speaker goes before a
// cue and a cue before content, so that nested statements stay readable. The title, which is not read, stays plain.
std::string marked_statements(const Document& doc, bool colour);

}  // namespace demarche::app
