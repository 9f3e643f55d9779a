#include "demarche/events/describe.h"

#include <algorithm>
#include <set>

namespace demarche {
namespace {

// Dependents that are clauses of their own, with their own acts.
bool is_neighbour(const ClauseView& view, uint32_t token, uint32_t verb) {
  switch (view.node(token).deprel) {
    case Deprel::conj:
      return view.is_verb(token) || view.index.child(token, Deprel::nsubj) >= 0;
    case Deprel::parataxis:
    case Deprel::discourse:
    case Deprel::vocative:
      return true;
    case Deprel::punct:
    case Deprel::cc:
    case Deprel::mark:
      return true;
    case Deprel::advcl:
      // "While X ..., Y did": ahead of the verb it is another clause; "saying that ..." behind it as well.
      if (token < verb || view.node(token).xpos == "VBD" || view.node(token).xpos == "VBZ") return true;
      // "accused Moscow of acting in bad faith" keeps its complement.
      return view.node(token).xpos == "VBG" && view.index.child(token, Deprel::mark) < 0;
    case Deprel::advcl_relcl:
      return true;
    default:
      return false;
  }
}

// "Ruritania protested; its ships had to turn back".
bool behind_semicolon(const ClauseView& view, uint32_t root, uint32_t child) {
  if (child < root || !view.is_verb(child)) return false;
  for (uint32_t t = root + 1; t < child; ++t)
    if (view.word(t) == ";") return true;
  return false;
}

struct Extent {
  uint32_t first, last;
  void add(uint32_t token) {
    first = std::min(first, token);
    last = std::max(last, token + 1);
  }
};

void grow(const ClauseView& view, uint32_t root, Extent& extent, bool skip_relatives) {
  constexpr size_t kMaxTokens = 400;
  std::vector<uint32_t> stack{root};
  size_t seen = 0;
  while (!stack.empty() && ++seen < kMaxTokens) {
    const uint32_t token = stack.back();
    stack.pop_back();
    extent.add(token);
    for (const uint32_t c : view.index.children(token)) {
      if (is_neighbour(view, c, token) && (token == root || view.node(c).deprel == Deprel::punct)) continue;
      if (token == root && (behind_semicolon(view, root, c) || (view.node(c).deprel == Deprel::nsubj && stands_behind_to(view, root, c)))) continue;
      if (skip_relatives && token == root &&
          (view.node(c).deprel == Deprel::acl_relcl || view.node(c).deprel == Deprel::acl || view.node(c).deprel == Deprel::appos || view.node(c).deprel == Deprel::conj))
        continue;
      stack.push_back(c);
    }
  }
}

}  // namespace

Span clause_span(const ClauseView& view, const Match& match) {
  uint32_t root = match.args.clause_verb;
  if (match.anchor != match.trigger) root = match.anchor;
  Extent extent{root, root + 1};
  grow(view, root, extent, !view.is_verb(root));
  extent.add(match.trigger);
  // An antecedent belongs to the clause that tells something of it: "the weapons that the North fired".
  if ((view.node(root).deprel == Deprel::acl_relcl || view.node(root).deprel == Deprel::acl) && view.head(root) != kNoToken) {
    const uint32_t noun = view.head(root);
    extent.add(noun);
    for (const uint32_t c : view.index.children(noun))
      if (c < noun && view.node(c).deprel != Deprel::punct && view.node(c).deprel != Deprel::case_) extent.add(view.index.extent(c).first);
  }
  // An infinitive or participle with its governor's subject: "threatened to attack" keeps who.
  uint32_t top = root;
  for (int i = 0; i < 3 && view.head(top) != kNoToken && view.node(top).deprel == Deprel::xcomp; ++i) top = view.head(top);
  if (top != root) {
    extent.add(top);
    for (const uint32_t c : view.index.children(top))
      if (view.node(c).deprel == Deprel::nsubj || view.node(c).deprel == Deprel::nsubj_pass || (view.node(c).deprel == Deprel::obl && c < top)) extent.add(view.index.extent(c).first < c ? view.index.extent(c).first : c);
  }
  return token_span(view.sentence, extent.first, std::min(extent.last, view.size()));
}

std::optional<Location> find_location(const Scene& scene, const Match& match) {
  const ClauseView& view = scene.view;
  static constexpr std::string_view kPlacePrepositions[] = {"in", "at", "near", "off", "over", "into", "toward", "towards", "outside", "inside", "around", "on"};
  for (const Oblique& o : match.args.obliques) {
    if (o.preposition == kNoSymbol) continue;
    const Mention* m = view.headed[o.head];
    if (!m || !m->actor.valid()) continue;
    const Actor& actor = scene.names.actors[m->actor.index];
    if (actor.kind != ActorKind::place && actor.kind != ActorKind::government) continue;
    const bool local = std::any_of(std::begin(kPlacePrepositions), std::end(kPlacePrepositions), [&](std::string_view p) { return scene.frames.lexemes().find(p) == o.preposition; });
    if (!local) continue;
    Location location{actor.name, actor.country.empty() ? actor.party : actor.country, actor.lat, actor.lon};
    return location;
  }
  return std::nullopt;
}

std::vector<std::string> find_contexts(const Scene& scene, const Match& match) {
  std::set<std::string> found;
  const ClauseView& view = scene.view;
  const auto [first, last] = view.index.extent(match.args.clause_verb);
  constexpr uint32_t kWindow = 40;  // tokens around the trigger
  for (uint32_t t = std::max(first, match.trigger > kWindow ? match.trigger - kWindow : 0); t < std::min(last, match.trigger + kWindow); ++t)
    if (const auto* contexts = scene.frames.contexts_of(view.lemma[t])) found.insert(contexts->begin(), contexts->end());
  return {found.begin(), found.end()};
}

}  // namespace demarche
