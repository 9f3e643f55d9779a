#include "demarche/claims/clause.h"

#include <algorithm>
#include <array>

namespace demarche {
namespace {

template <size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 23> kAssess{"judge",    "believe", "assess", "call",  "describe", "consider", "deem",  "identify", "classify", "regard", "dub",
                                                   "conclude", "label",   "name",   "appear", "seem",    "presume",  "suspect", "confirm", "term",     "brand",  "determine", "speak"};
constexpr std::array<std::string_view, 16> kFlight{"fly", "climb", "reach", "fall", "land", "cover", "travel", "rise", "hit", "strike", "pass", "soar", "splash", "crash", "leave", "lift"};
constexpr std::array<std::string_view, 11> kSeen{"detect", "track", "observe", "identify", "monitor", "announce", "report", "unveil", "intercept", "see", "spot"};
constexpr std::array<std::string_view, 8> kLaunchNouns{"launch", "test", "firing", "shot", "launching", "experiment", "test-fire", "testing"};
constexpr std::array<std::string_view, 9> kKinds{"type", "kind", "sort", "class", "model", "version", "variant", "form", "grade"};
constexpr std::array<std::string_view, 10> kWeapons{"missile", "rocket", "weapon", "projectile", "vehicle", "warhead", "type", "class", "launcher", "system"};

}  // namespace

ClassUse class_use(const SentenceView& s, uint32_t first, uint32_t last, Span inside, const WordSets& sets) {
  ClassUse use;
  // "instead of an ICBM", "not an ICBM", "rather than an ICBM".
  for (uint32_t back = 1; back <= 4 && back <= first; ++back) {
    const std::string word = s.form(first - back);
    if (word == "instead" || word == "rather" || word == "not" || word == "n't") {
      const bool only = first - back + 1 < s.sentence.tokens.size() && s.form(first - back + 1) == "only";
      use.denied = !only;
      break;
    }
    if (s.node(first - back).upos == Upos::PUNCT && word != "\"" && word != "-") break;
  }
  // "the launch", "its test", "this week's launch"; "a launch" and "launches" may be any.
  const auto definite = [&](uint32_t noun) {
    if (s.index.child(noun, Deprel::nmod_poss) >= 0) return true;
    const int32_t det = s.index.child(noun, Deprel::det);
    if (det < 0) return false;
    const std::string word = s.form(static_cast<uint32_t>(det));
    return word == "the" || word == "this" || word == "that";
  };
  uint32_t head = head_of(s, first, last);
  bool plural = false;
  for (int climb = 0; climb < 6; ++climb) {
    const Node& node = s.node(head);
    plural = plural || feature(node, "Number") == "Plur" || node.xpos == "NNS";
    const int32_t copula = s.index.child(head, Deprel::cop);
    const ClauseStanding standing = clause_standing(s, head, inside);
    const bool fact = !standing.modal && !standing.conditional && !standing.hypothetical;
    if (copula >= 0) {
      // "dropped its assessment that it was": no longer held.
      if (node.head >= 0 && (node.deprel == Deprel::acl || node.deprel == Deprel::ccomp)) {
        const int32_t over = s.node(static_cast<uint32_t>(node.head)).head;
        const std::string act = over >= 0 ? s.lemma(static_cast<uint32_t>(over)) : "";
        if (act == "drop" || act == "abandon" || act == "revise" || act == "withdraw" || act == "retract" || act == "correct") return use;
      }
      const int32_t subject = subject_of(s, head);
      const std::string who = subject >= 0 ? s.lemma(static_cast<uint32_t>(subject)) : "it";
      const bool fit = sets.contains("weaponlike", who) || who == "this" || who == "that" || who == "which" || who == "what" || who == "he";
      if (!fit || standing.conditional || standing.hypothetical) return use;
      use.said = true;
      use.denied = use.denied || standing.negated;
      use.confidence = standing.modal ? 0.5F : 0.85F;
      return use;
    }
    if (node.head < 0) return use;
    const auto up = static_cast<uint32_t>(node.head);
    const std::string governor = s.lemma(up);
    switch (node.deprel) {
      case Deprel::compound:
      case Deprel::amod:
      case Deprel::nmod_desc:
        if (one_of(governor, kWeapons)) {
          head = up;
          continue;
        }
        if (one_of(governor, kLaunchNouns) && fact && !plural) {
          use.said = definite(up);
          use.confidence = 0.5F;
        }
        return use;
      case Deprel::conj:
        head = up;
        if (s.node(up).upos == Upos::VERB) return use;
        continue;
      case Deprel::appos: {
        const Mention* m = mention_covering(s.names, s.id, up);
        const bool weapon = (m && m->actor.valid() && s.names.actors[m->actor.index].kind == ActorKind::weapon) || one_of(governor, kWeapons);
        use.said = weapon && fact;
        use.confidence = 0.6F;
        return use;
      }
      case Deprel::obj:
      case Deprel::nsubj_pass:
        if (!fact) return use;
        use.said = sets.contains("launch", governor) || governor == "conduct" || one_of(governor, kSeen) || one_of(governor, kAssess);
        use.confidence = sets.contains("launch", governor) ? 0.85F : 0.7F;
        use.denied = use.denied || standing.negated;
        return use;
      case Deprel::nsubj:
        use.said = fact && !standing.negated && one_of(governor, kFlight);
        use.confidence = 0.7F;
        return use;
      case Deprel::xcomp:
      case Deprel::ccomp:
      case Deprel::obl:
      case Deprel::advcl:
        if (!one_of(governor, kAssess) || standing.conditional || standing.hypothetical) return use;
        use.said = true;
        use.denied = use.denied || standing.negated;
        use.confidence = 0.8F;
        return use;
      case Deprel::nmod:
        if (one_of(governor, kKinds)) {
          head = up;
          plural = false;
          continue;
        }
        if (one_of(governor, kLaunchNouns) && fact && !plural) {
          use.said = definite(up);
          use.confidence = 0.65F;
        } else if (governor == "first" || governor == "instead" || governor == "test") {
          use.said = fact;
          use.confidence = 0.6F;
        } else if (one_of(governor, kWeapons) && fact) {
          head = up;
          continue;
        }
        return use;
      default:
        // Words without a verb inside somebody's statement: "it was" lies outside the quotation.
        if (!inside.contains(s.sentence.tokens[up].span) && fact && inside.size() < s.sentence.span.size() / 2 + 1) {
          use.said = one_of(governor, kAssess) || governor == "say" || governor == "announce";
          use.confidence = 0.6F;
        }
        return use;
    }
  }
  return use;
}

}  // namespace demarche
