// The places around a noun: possessors, prepositions, and the light verb that lends it doer, tense and negation ("held talks",
// "the test that it carried out"). See clause.h.
#include <algorithm>

#include "demarche/events/clause.h"

namespace demarche {
namespace {

bool alternatives_allow(const ClauseView& view, uint32_t noun, const std::vector<Alternative>& nouns, const FrameLexicon& frames) {
  if (nouns.empty()) return true;
  return std::any_of(nouns.begin(), nouns.end(), [&](const Alternative& a) {
    if (a.kind == Alternative::Kind::cls) return frames.is(view.lemma[noun], a.id);
    if (a.kind == Alternative::Kind::lemma) return view.lemma[noun] == a.id;
    return true;
  });
}

// The light verb that carries a noun standing in relation `rel` to it.
std::optional<LightUse> light_verb_of(const ClauseView& view, uint32_t noun, uint32_t place, const FrameLexicon& frames) {
  const uint32_t verb = view.head(place);
  if (verb == kNoToken || view.lemma[verb] == kNoSymbol) return std::nullopt;
  const std::vector<LightVerb>* lights = frames.light_verbs(view.lemma[verb]);
  if (!lights) return std::nullopt;
  const Deprel rel = view.node(place).deprel;
  // "called the trip a provocation" calls no trip.
  if (frames.is(view.lemma[verb], frames.known.naming) && rel == Deprel::obj && !verb_arguments(view, verb, frames).comps.empty()) return std::nullopt;
  const bool passive = is_passive(view, verb);
  const bool as_object = rel == Deprel::obj || (rel == Deprel::nsubj_pass) || (rel == Deprel::nsubj && passive);
  const bool as_subject = rel == Deprel::nsubj || rel == Deprel::nsubj_pass;
  for (const LightVerb& light : *lights) {
    if (light.particle != kNoSymbol && !has_child_lemma(view, verb, light.particle)) continue;
    if (!alternatives_allow(view, noun, light.nouns, frames)) continue;
    if (light.noun_is_subject ? as_subject && !as_object
                              : light.with == kNoSymbol ? as_object : (rel == Deprel::obl && view.preposition(place) == light.with))
      return LightUse{verb, &light};
  }
  return std::nullopt;
}

// "No group has claimed responsibility": said of an act that took place all the same.
bool by_nobody(const ClauseView& view, uint32_t verb, const FrameLexicon& frames) {
  const auto negates = [&](uint32_t token) { return frames.is(view.lemma[token], frames.known.negation); };
  for (const uint32_t c : view.index.children(verb)) {
    if (negates(c)) return true;
    if (view.node(c).deprel != Deprel::nsubj && view.node(c).deprel != Deprel::nsubj_pass) continue;
    if (view.node(c).feats.find("PronType=Neg") != std::string::npos) return true;
    const auto below = view.index.children(c);
    if (std::any_of(below.begin(), below.end(), negates)) return true;
  }
  return false;
}

// Where a noun stands in its clause: past "and", past measures ("a series of tests", "the second round of talks"), and past whose deed it is
// ("claimed responsibility for the attack").
uint32_t standing(const ClauseView& view, uint32_t noun, const FrameLexicon& frames) {
  const Symbol of = frames.asked.of;
  constexpr int kMaxSteps = 12;  // a tree may be as deep as its sentence is long
  for (int i = 0; i < kMaxSteps; ++i) {
    const uint32_t head = view.head(noun);
    if (head == kNoToken) return noun;
    const Deprel rel = view.node(noun).deprel;
    if (rel == Deprel::conj && view.is_nominal(head)) noun = head;
    else if (rel == Deprel::nmod && view.preposition(noun) == of && frames.is(view.lemma[head], frames.known.measure)) noun = head;
    else if (rel == Deprel::nmod && view.preposition(noun) == frames.asked.for_ && frames.is(view.lemma[head], frames.known.authorship) && view.head(head) != kNoToken &&
             !by_nobody(view, view.head(head), frames)) noun = head;
    else return noun;
  }
  return noun;
}

void take_light_verb(const ClauseView& view, uint32_t place, const LightUse& light, const FrameLexicon& frames, Arguments& args) {
  args.light = light;
  args.clause_verb = light.verb;
  const Arguments verb = verb_arguments(view, light.verb, frames);
  if (!light.entry->noun_is_subject && !light.entry->subject_tells)
    for (const uint32_t s : verb.subj)
      if (s != place) (light.entry->subject_suffers ? args.sufferers : args.subj).push_back(s);
  args.subject_is_own = verb.subject_is_own;
  for (const Oblique& o : verb.obliques)
    if (o.head != place) args.obliques.push_back(o);
  for (const uint32_t i : verb.iobj) args.iobj.push_back(i);
  for (const uint32_t c : verb.comps) args.comps.push_back(c);
}

// "the missile test that the North carried out": the light verb stands in a relative clause on the noun.
std::optional<LightUse> light_relative(const ClauseView& view, uint32_t noun, const FrameLexicon& frames) {
  for (const uint32_t c : view.index.children(noun)) {
    const Deprel rel = view.node(c).deprel;
    if (rel != Deprel::acl_relcl && rel != Deprel::acl) continue;
    if (const auto* lights = frames.light_verbs(view.lemma[c]))
      for (const LightVerb& light : *lights) {
        if (light.with != kNoSymbol || (light.particle != kNoSymbol && !has_child_lemma(view, c, light.particle))) continue;
        if (!alternatives_allow(view, noun, light.nouns, frames)) continue;
        const Arguments verb = verb_arguments(view, c, frames);
        const auto& here = light.noun_is_subject ? verb.subj : verb.obj;
        if (std::find(here.begin(), here.end(), noun) != here.end()) return LightUse{c, &light};
      }
  }
  return std::nullopt;
}

}  // namespace

Arguments noun_arguments(const ClauseView& view, uint32_t noun, const FrameLexicon& frames) {
  Arguments args;
  args.clause_verb = noun;
  const uint32_t place = standing(view, noun, frames);
  if (const auto light = light_verb_of(view, noun, place, frames)) take_light_verb(view, place, *light, frames, args);
  else if (const auto relative = light_relative(view, noun, frames)) take_light_verb(view, noun, *relative, frames, args);
  const auto gather = [&](uint32_t at) {
    for (const uint32_t c : view.index.children(at)) {
      switch (view.node(c).deprel) {
        case Deprel::nmod_poss:
          args.poss.push_back(c);
          break;
        case Deprel::amod:
        case Deprel::compound:
        case Deprel::nmod_desc:
        case Deprel::nmod_unmarked:
          args.mods.push_back(c);
          break;
        case Deprel::nmod:
        case Deprel::obl:
          if (view.preposition(c) != kNoSymbol) args.obliques.push_back({view.preposition(c), c});
          break;
        case Deprel::acl:
        case Deprel::ccomp:
          args.comps.push_back(c);
          break;
        default:
          break;
      }
    }
  };
  gather(noun);
  if (place != noun) gather(place);
  // "The launch was a provocation": a predicate noun speaks of its subject.
  if (!args.light && view.index.child(noun, Deprel::cop) >= 0)
    if (const uint32_t subject = predicate_subject(view, noun, frames); subject != kNoToken) args.subj.push_back(subject);
  const uint32_t governor = view.head(place);
  if (!args.light && governor != kNoToken && view.is_verb(governor) && view.node(place).deprel == Deprel::obl) {
    const Arguments verb = verb_arguments(view, governor, frames);
    args.host = verb.subj;
    args.host.insert(args.host.end(), verb.obj.begin(), verb.obj.end());
    args.host.insert(args.host.end(), verb.iobj.begin(), verb.iobj.end());
    const Symbol with = frames.asked.with, to = frames.asked.to;
    for (const Oblique& o : verb.obliques)
      if (o.preposition != kNoSymbol && (o.preposition == with || o.preposition == to)) args.host.push_back(o.head);
    for (const uint32_t c : view.index.children(place))
      if (view.node(c).deprel == Deprel::case_ && frames.is(view.lemma[c], frames.known.means)) {
        args.means_subj = verb.subj;
        break;
      }
  }
  return args;
}

}  // namespace demarche
