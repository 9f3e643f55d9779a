#include "demarche/core/names_of.h"

#include <array>

namespace demarche {
namespace {

template <class Enum, size_t N>
std::string_view pick(Enum value, const std::array<std::string_view, N>& names) {
  DEMARCHE_CHECK(static_cast<size_t>(value) < N);
  return names[static_cast<size_t>(value)];
}

template <class... Names>
constexpr auto names(Names... list) {
  return std::array<std::string_view, sizeof...(list)>{list...};
}

}  // namespace

std::string_view to_string(Severity v) { return pick(v, names("info", "warning", "error")); }
std::string_view to_string(DateBasis v) { return pick(v, names("metadata", "dateline", "url", "given", "inferred", "unknown")); }
std::string_view to_string(TimexType v) { return pick(v, names("DATE", "TIME", "DURATION", "SET")); }
std::string_view to_string(TimeBasis v) { return pick(v, names("explicit", "relative")); }
std::string_view to_string(ActorKind v) {
  return pick(v, names("person", "office", "government", "organization", "group", "place", "weapon", "vessel"));
}
std::string_view to_string(MentionForm v) { return pick(v, names("name", "nominal", "demonym", "pronoun")); }
std::string_view to_string(EventDateBasis v) { return pick(v, names("explicit", "relative", "report", "inferred")); }
std::string_view to_string(Anonymity v) { return pick(v, names("named", "office", "anonymous", "collective")); }
std::string_view to_string(StatementKind v) { return pick(v, names("speech", "writing", "belief", "intention", "forecast")); }
std::string_view to_string(Quotation v) { return pick(v, names("direct", "indirect", "mixed")); }
std::string_view to_string(Standing v) { return pick(v, names("asserted", "denied", "retracted", "corrected")); }
std::string_view to_string(Factuality v) { return pick(v, names("actual", "negated", "planned", "hypothetical")); }
std::string_view to_string(Stance v) { return pick(v, names("asserts", "denies", "doubts")); }
std::string_view to_string(CommitmentKind v) {
  return pick(v, names("pledge", "threat", "demand", "red_line", "moratorium", "deadline", "agreement"));
}
std::string_view to_string(CommitmentStatus v) { return pick(v, names("open", "kept", "broken", "expired", "withdrawn")); }

std::string entry_id(EntryType type, size_t index) {
  return std::string(pick(type, names("e", "s", "c", "k"))) + std::to_string(index + 1);
}

}  // namespace demarche
