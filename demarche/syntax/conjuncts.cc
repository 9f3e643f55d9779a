#include "demarche/syntax/conjuncts.h"

namespace demarche {
namespace {

bool has_subject(std::span<const Node> words, std::span<const int32_t> heads, size_t verb) {
  for (size_t i = 0; i < words.size(); ++i)
    if (heads[i] == static_cast<int32_t>(verb) && (words[i].deprel == Deprel::nsubj || words[i].deprel == Deprel::nsubj_pass)) return true;
  return false;
}

// "had crossed"
bool past_perfect(std::span<const Node> words, std::span<const int32_t> heads, size_t verb) {
  if (words[verb].xpos != "VBN") return false;
  for (size_t i = 0; i < verb; ++i)
    if (heads[i] == static_cast<int32_t>(verb) && words[i].deprel == Deprel::aux && words[i].xpos == "VBD") return true;
  return false;
}

}  // namespace

void lift_past_conjuncts(std::span<const Node> words, std::vector<int32_t>& heads) {
  for (size_t i = 1; i < words.size(); ++i) {
    if (words[i].deprel != Deprel::conj || words[i].xpos != "VBD" || heads[i] < 0) continue;
    const auto inner = static_cast<size_t>(heads[i]);
    if (inner > i || words[inner].deprel != Deprel::ccomp || heads[inner] < 0) continue;
    const auto outer = static_cast<size_t>(heads[inner]);
    if (outer > inner || words[outer].xpos != "VBD" || !past_perfect(words, heads, inner) || has_subject(words, heads, i)) continue;
    heads[i] = heads[inner];
  }
}

}  // namespace demarche
