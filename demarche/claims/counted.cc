#include "demarche/claims/counted.h"

namespace demarche {
namespace {

bool is_noun(const SentenceView& s, uint32_t token) {
  const Upos upos = s.node(token).upos;
  return upos == Upos::NOUN || upos == Upos::PROPN || upos == Upos::NUM || upos == Upos::PRON || upos == Upos::ADJ;
}

// The noun that a number counts: its head, or itself.
uint32_t counted_noun(const SentenceView& s, uint32_t number) {
  uint32_t noun = number;
  for (int climb = 0; climb < 4 && s.node(noun).head >= 0; ++climb) {
    const Deprel r = s.node(noun).deprel;
    const auto up = static_cast<uint32_t>(s.node(noun).head);
    const std::string over = s.lemma(up);
    const bool modifies = (r == Deprel::nummod || r == Deprel::compound || r == Deprel::amod || r == Deprel::advmod || r == Deprel::det) && is_noun(s, up);
    const bool sum = (r == Deprel::nmod || r == Deprel::appos) && (over == "total" || over == "number" || over == "least");
    if (!modifies && !sum) break;
    noun = up;
  }
  return noun;
}

}  // namespace

Counted counted_by(const SentenceView& s, uint32_t number) {
  Counted out;
  uint32_t noun = counted_noun(s, number);
  if (noun != number) out.noun = s.lemma(noun);
  if (noun == number)  // "23 of the missiles"
    for (const uint32_t c : s.index.children(noun))
      if (const int32_t of = s.index.child(c, Deprel::case_); s.node(c).deprel == Deprel::nmod && of >= 0 && s.form(static_cast<uint32_t>(of)) == "of") out.noun = s.lemma(c);
  const auto take = [&](uint32_t verb, bool suffers, bool acts) {
    out.verb = s.lemma(verb);
    out.form = s.form(verb);
    out.suffers = suffers;
    out.acts = acts;
  };
  for (int climb = 0; climb < 3 && s.node(noun).head >= 0; ++climb) {
    const auto up = static_cast<uint32_t>(s.node(noun).head);
    const Deprel r = s.node(noun).deprel;
    if (r == Deprel::conj && is_noun(s, up) && s.node(up).upos != Upos::ADJ) {
      noun = up;
      continue;
    }
    if (r == Deprel::obj || r == Deprel::nsubj_pass) {
      take(up, true, r == Deprel::nsubj_pass && s.index.child(up, Deprel::aux_pass) < 0);
    } else if (r == Deprel::nsubj) {
      const bool passive = s.node(up).xpos == "VBN" && s.index.child(up, Deprel::aux_pass) >= 0;
      const bool bare = s.node(up).xpos == "VBN" && s.index.child(up, Deprel::aux) < 0;  // "three others injured"; or a past tense by its look ("300 passed")
      take(up, passive || bare, !passive);
    }
    break;
  }
  // "Nineteen drones crossed the border, the minister told parliament", hung on the telling.
  const bool told = out.verb == "tell" || out.verb == "say";
  if (told) out = Counted{out.noun, {}, {}, false, false};
  for (const uint32_t c : s.index.children(noun))
    if (told && out.verb.empty() && (s.node(c).deprel == Deprel::acl || s.node(c).deprel == Deprel::acl_relcl)) take(c, true, true);
  if (out.verb.empty())
    for (const uint32_t c : s.index.children(noun))  // "three people killed in the raid"
      if (s.node(c).deprel == Deprel::acl && s.node(c).xpos == "VBN") take(c, true, false);
  return out;
}

bool measures(const SentenceView& s, uint32_t number, const WordSets& sets) {
  const uint32_t noun = counted_noun(s, number);
  if (sets.contains("measure", s.lemma(noun)) || sets.contains("measure", s.form(noun))) return true;
  if (s.node(number).head >= 0 && sets.contains("measure", s.form(static_cast<uint32_t>(s.node(number).head)))) return true;
  const std::string before = number > 0 ? s.form(number - 1) : "";
  const std::string after = number + 1 < s.size() ? s.form(number + 1) : "";
  return sets.contains("measure", before) || sets.contains("measure", after) || before == "$" || before == "€" || before == "£" || after == "%" || after == "-year" || after == "year";
}

bool partial(const SentenceView& s, uint32_t number) {
  // "six men had been hurt, two of them seriously": a part of the figure before.
  if (number + 2 < s.size() && s.form(number + 1) == "of")
    if (const std::string whom = s.form(number + 2); whom == "them" || whom == "whom" || whom == "these" || whom == "those")
      for (uint32_t i = 0; i < number; ++i)
        if (s.node(i).upos == Upos::NUM) return true;
  for (uint32_t back = 1; back <= 4 && back <= number; ++back) {
    const std::string word = s.form(number - back);
    if (word == "including" || word == "them" || word == "whom" || word == "include") return true;
    if (word != "at" && word != "least" && word != "about" && word != "some" && word != "nearly") return false;
  }
  return false;
}

bool no_count(const SentenceView& s, uint32_t number) {
  // "Ada Gray, 16, was killed": an age.
  if (number > 0 && number + 1 < s.size() && s.form(number - 1) == "," && (s.form(number + 1) == "," || s.form(number + 1) == ".")) return true;
  // "a mother of 12", "the father to two boys", "two of the three victims": not those who came to harm.
  const uint32_t noun = counted_noun(s, number);
  if (s.node(noun).head < 0 || s.node(noun).deprel != Deprel::nmod) return false;
  const auto over = static_cast<uint32_t>(s.node(noun).head);
  const std::string whose = s.lemma(over);
  const int32_t preposition = s.index.child(noun, Deprel::case_);
  const std::string word = preposition >= 0 ? s.form(static_cast<uint32_t>(preposition)) : "";
  return s.node(over).upos == Upos::NUM || whose == "mother" || whose == "father" || whose == "parent" || whose == "boy" || whose == "girl" || whose == "son" || whose == "daughter" || word == "to" || word == "with";
}

Harm harm_told(const Tree& tree, const WordSets& sets) {
  int force = 0, accident = 0;
  for (const Node& node : tree.nodes) {
    if (node.upos != Upos::NOUN && node.upos != Upos::PROPN && node.upos != Upos::VERB && node.upos != Upos::ADJ) continue;
    force += sets.contains("force", node.lemma) ? 1 : 0;
    accident += sets.contains("accident", node.lemma) ? 1 : 0;
  }
  if (force == accident) return Harm::unknown;
  return force > accident ? Harm::force : Harm::accident;
}

}  // namespace demarche
