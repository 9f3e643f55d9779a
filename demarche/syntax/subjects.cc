#include "demarche/syntax/subjects.h"

namespace demarche {
namespace {

bool subject(Deprel relation) { return relation == Deprel::nsubj || relation == Deprel::nsubj_pass; }

// The subject that ends right before the name i on the same verb, or the last of the conjuncts that it consists of; -1 without one.
int32_t subject_before(std::span<const Node> words, std::span<const int32_t> heads, int32_t i) {
  int32_t member = i - 1, below = -1;
  if (words[static_cast<size_t>(member)].upos == Upos::PUNCT) return -1;
  while (member >= 0 && member != i && heads[static_cast<size_t>(member)] != heads[static_cast<size_t>(i)]) {
    below = member;
    member = heads[static_cast<size_t>(member)];
  }
  if (member < 0 || member >= i || !subject(words[static_cast<size_t>(member)].deprel)) return -1;
  if (below > member && words[static_cast<size_t>(below)].deprel == Deprel::conj) member = below;
  const Upos upos = words[static_cast<size_t>(member)].upos;
  return upos == Upos::NOUN || upos == Upos::PROPN ? member : -1;
}

// True if the name from `first` on goes on without a break up to the word i.
bool name_up_to(std::span<const Node> words, std::span<const int32_t> heads, int32_t first, int32_t i) {
  if (words[static_cast<size_t>(first)].upos != Upos::PROPN) return false;
  for (int32_t k = first + 1; k < i; ++k)
    if (words[static_cast<size_t>(k)].deprel != Deprel::flat || heads[static_cast<size_t>(k)] != first) return false;
  return true;
}

}  // namespace

void join_doubled_subjects(std::span<Node> words, std::vector<int32_t>& heads) {
  for (size_t i = 1; i < words.size(); ++i) {
    if (words[i].upos != Upos::PROPN || !subject(words[i].deprel) || heads[i] < 0) continue;
    const int32_t before = subject_before(words, heads, static_cast<int32_t>(i));
    if (before < 0) continue;
    heads[i] = before;
    words[i].deprel = Deprel::appos;
    if (!name_up_to(words, heads, before, static_cast<int32_t>(i))) continue;
    words[i].deprel = Deprel::flat;
    for (int32_t& head : heads)
      if (head == static_cast<int32_t>(i)) head = before;  // the parts of a flat name hang on its first
  }
}

}  // namespace demarche
