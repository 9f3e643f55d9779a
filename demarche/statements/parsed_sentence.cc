#include "demarche/statements/parsed_sentence.h"

#include <algorithm>

namespace demarche::attribution {

bool ParsedSentence::is(uint32_t i, std::string_view lower) const {
  const std::string_view w = word(i);
  return w.size() == lower.size() && std::equal(w.begin(), w.end(), lower.begin(), [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

bool ParsedSentence::is_any(uint32_t i, std::initializer_list<std::string_view> lower) const {
  return std::any_of(lower.begin(), lower.end(), [&](std::string_view w) { return is(i, w); });
}

bool ParsedSentence::nominal(uint32_t i) const {
  const Upos u = node(i).upos;
  return u == Upos::NOUN || u == Upos::PROPN || u == Upos::PRON || u == Upos::NUM;
}

int32_t ParsedSentence::subject(uint32_t i) const {
  for (const uint32_t c : children(i))
    if (rel(c) == Deprel::nsubj || rel(c) == Deprel::nsubj_pass || rel(c) == Deprel::nsubj_outer) return static_cast<int32_t>(c);
  return -1;
}

bool ParsedSentence::passive(uint32_t i) const {
  return child(i, Deprel::aux_pass) >= 0 || (child(i, Deprel::nsubj_pass) >= 0 && node(i).xpos != "VBD");
}

int32_t ParsedSentence::marker(uint32_t i, std::string_view word) const {
  for (const uint32_t c : children(i))
    if ((rel(c) == Deprel::case_ || rel(c) == Deprel::mark || rel(c) == Deprel::fixed) && is(c, word)) return static_cast<int32_t>(c);
  return -1;
}

int32_t ParsedSentence::marked_child(uint32_t i, std::initializer_list<Deprel> rels, std::string_view mark) const {
  for (const uint32_t c : children(i))
    if (std::find(rels.begin(), rels.end(), rel(c)) != rels.end() && marker(c, mark) >= 0) return static_cast<int32_t>(c);
  return -1;
}

bool ParsedSentence::to_infinitive(uint32_t i) const { return marker(i, "to") >= 0; }

}  // namespace demarche::attribution
