// How sure a statement is: the base rate of its construction, lowered by what is doubtful about the case.
#pragma once

#include "demarche/statements/draft.h"

namespace demarche::attribution {

float confidence_of(const Draft& draft, const Statement& statement);

}  // namespace demarche::attribution
