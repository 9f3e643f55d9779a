#include "demarche/syntax/entities.h"

#include <algorithm>

#include "demarche/core/tree.h"

namespace demarche {
namespace {

// Parts of the clause of which the entity is the predicate or a member, not of the entity.
bool outside(Deprel deprel) {
  switch (deprel) {
    case Deprel::cc: case Deprel::mark: case Deprel::cop: case Deprel::parataxis: case Deprel::aux: case Deprel::aux_pass: case Deprel::discourse:
    case Deprel::vocative: case Deprel::csubj: case Deprel::csubj_outer: case Deprel::csubj_pass: case Deprel::expl: case Deprel::dislocated:
    case Deprel::reparandum: case Deprel::list: case Deprel::conj: case Deprel::appos: case Deprel::nsubj: case Deprel::nsubj_outer:
    case Deprel::nsubj_pass: case Deprel::orphan: case Deprel::punct: case Deprel::advcl: case Deprel::obl: case Deprel::obl_agent:
    case Deprel::obl_unmarked: case Deprel::ccomp: case Deprel::xcomp:
      return true;
    default:
      return false;
  }
}

class Reach {
 public:
  Reach(std::string_view text, const Sentence& sentence, const Tree& tree) : text_(text), sentence_(sentence), tree_(tree), index_(tree) {}

  EntitySpan span_of(const EntityHead& head) const {
    const uint32_t h = head.word;
    bool predicate = tree_.nodes[h].head < 0;
    for (const uint32_t c : index_.children(h)) predicate |= tree_.nodes[c].deprel == Deprel::cop;
    uint32_t first = h, last = h + 1;
    for (const uint32_t c : index_.children(h)) {
      const Deprel deprel = tree_.nodes[c].deprel;
      if (outside(deprel)) continue;
      const auto [from, to] = index_.extent(c);
      if (deprel == Deprel::case_ && (c < h || to != c + 1)) continue;   // "of the ministry" ends before "of"; "Seoul's" keeps its "'s"
      if (deprel == Deprel::advmod && (c < h || predicate)) continue;    // "even the state"
      first = std::min(first, from);
      last = std::max(last, to);
    }
    strip(h, first, last);
    return {first, last, std::string(head.type), head.score};
  }

 private:
  std::string_view form(uint32_t i) const { return text_of(text_, sentence_.tokens[i].span); }
  bool is_punct(uint32_t i) const { return tree_.nodes[i].deprel == Deprel::punct; }

  // Marks at the edges fall off, unless they are the other half of one inside.
  void strip(uint32_t head, uint32_t& first, uint32_t& last) const {
    constexpr uint32_t kMaxLook = 64;  // words looked through for the other half
    while (last - 1 > head && is_punct(last - 1)) {
      const std::string_view mark = form(last - 1);
      const std::string_view open = mark == ")" ? "(" : mark == "]" ? "[" : mark == "”" ? "“" : "";
      if (open.empty() && mark != "\"") {
        --last;
        continue;
      }
      uint32_t opened = 0, closed = 0;
      for (uint32_t i = last > first + kMaxLook ? last - kMaxLook : first; i < last; ++i) {
        opened += form(i) == open ? 1 : 0;
        closed += form(i) == mark ? 1 : 0;
      }
      const bool paired = open.empty() ? closed % 2 == 0 : opened >= closed;
      if (paired) break;
      --last;
    }
    while (first < head && is_punct(first) && form(first) != "\"") ++first;
  }

  std::string_view text_;
  const Sentence& sentence_;
  const Tree& tree_;
  TreeIndex index_;
};

}  // namespace

std::vector<EntitySpan> entity_spans(std::string_view text, const Sentence& sentence, const Tree& tree, std::span<const EntityHead> heads) {
  std::vector<EntitySpan> out;
  if (heads.empty()) return out;
  const Reach reach(text, sentence, tree);
  out.reserve(heads.size());
  for (const EntityHead& head : heads) out.push_back(reach.span_of(head));
  return out;
}

}  // namespace demarche
