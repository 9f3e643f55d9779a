#include "demarche/core/syntax_labels.h"

#include <array>

namespace demarche {
namespace {

constexpr auto kUposNames = std::to_array<std::string_view>({
#define X_LABEL(name) #name,
    DEMARCHE_UPOS(X_LABEL)
#undef X_LABEL
});

constexpr auto kDeprelNames = std::to_array<std::string_view>({
#define X_LABEL(name, text) text,
    DEMARCHE_DEPREL(X_LABEL)
#undef X_LABEL
});

}  // namespace

std::string_view to_string(Upos upos) { return kUposNames[static_cast<size_t>(upos)]; }
std::string_view to_string(Deprel deprel) { return kDeprelNames[static_cast<size_t>(deprel)]; }

std::optional<Upos> parse_upos(std::string_view name) {
  for (size_t i = 0; i < kUposNames.size(); ++i)
    if (kUposNames[i] == name) return static_cast<Upos>(i);
  return std::nullopt;
}

std::optional<Deprel> parse_deprel(std::string_view name) {
  for (size_t i = 0; i < kDeprelNames.size(); ++i)
    if (kDeprelNames[i] == name) return static_cast<Deprel>(i);
  const size_t colon = name.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  return parse_deprel(name.substr(0, colon));
}

}  // namespace demarche
