// The public spelling of every enumerated value: in JSON, in the database, on the command line. Do not change one.
#pragma once

#include <string_view>

#include "demarche/core/document.h"

namespace demarche {

std::string_view to_string(Severity value);
std::string_view to_string(DateBasis value);
std::string_view to_string(TimexType value);
std::string_view to_string(TimeBasis value);
std::string_view to_string(ActorKind value);
std::string_view to_string(MentionForm value);
std::string_view to_string(EventDateBasis value);
std::string_view to_string(Anonymity value);
std::string_view to_string(StatementKind value);
std::string_view to_string(Quotation value);
std::string_view to_string(Standing value);
std::string_view to_string(Factuality value);
std::string_view to_string(Stance value);
std::string_view to_string(CommitmentKind value);
std::string_view to_string(CommitmentStatus value);
// "e1" for the first event; the letter tells the type (e, s, c, k).
std::string entry_id(EntryType type, size_t index);

}  // namespace demarche
