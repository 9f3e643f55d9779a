#include "demarche/events/recipients.h"

#include <algorithm>

namespace demarche {
namespace {

// "France accused Mali of murder, a charge which Bamako rejected": whoever the clause before is about.
void said_before(const Scene& scene, const Arguments& args, Match& match) {
  const ClauseView& view = scene.view;
  if (view.node(args.clause_verb).deprel != Deprel::acl_relcl) return;
  const uint32_t thing = view.head(args.clause_verb);
  if (thing == kNoToken || !scene.frames.is(view.lemma[thing], scene.frames.known.nobodys_noun)) return;
  const uint32_t verb = view.index.root();
  if (!view.is_verb(verb) || view.index.under(verb, thing)) return;
  Cast teller;
  for (const uint32_t head : verb_arguments(view, verb, scene.frames).subj) teller.merge(cast_nominal(scene, head, false, false));
  for (const Participant& p : teller.parties)
    if (std::none_of(match.actor.parties.begin(), match.actor.parties.end(), [&](const Participant& a) { return a.party == p.party; })) match.recipient.add(p);
  match.recipient.signs.shared = !match.recipient.parties.empty();
}

// "sent a note to New Delhi proposing talks": whoever the note goes to.
void addressee_above(const Scene& scene, const Arguments& args, Match& match) {
  const ClauseView& view = scene.view;
  const uint32_t verb = args.clause_verb;
  if (view.node(verb).xpos != "VBG" || (view.node(verb).deprel != Deprel::advcl && view.node(verb).deprel != Deprel::acl)) return;
  uint32_t above = view.head(verb);
  if (above != kNoToken && !view.is_verb(above)) above = view.head(above);  // "a note demanding ..."
  if (above == kNoToken || !view.is_verb(above)) return;
  const Arguments sent = verb_arguments(view, above, scene.frames);
  for (const uint32_t head : sent.iobj) match.recipient.merge(cast_nominal(scene, head, false, false));
  const Symbol to = scene.frames.asked.to;
  for (const Oblique& o : sent.obliques)
    if (o.preposition == to && match.recipient.parties.empty()) match.recipient.merge(cast_nominal(scene, o.head, false, true));
}

// "Goris", "Sisaket province".
bool names_place(const Scene& scene, uint32_t head) {
  if (is_kind(scene, head, ActorKind::place)) return true;
  const auto below = scene.view.index.children(head);
  return scene.view.headed[head] == nullptr &&
         std::any_of(below.begin(), below.end(), [&](uint32_t c) { return scene.view.node(c).deprel == Deprel::compound && is_kind(scene, c, ActorKind::place); });
}

// "Missiles hit a block of flats in Kharkiv", "a strike on Dnipro killed four": the country of the place that was hit. Where a ship, a plane or
// a weapon was hit says nothing of whose it is; what is fired at a place ("rockets at army posts in Vinh") is not what is hit.
void struck_place(const Scene& scene, const Frame& frame, const Arguments& args, uint32_t trigger, Match& match) {
  const FrameLexicon& frames = scene.frames;
  const ClauseView& view = scene.view;
  const auto arms = [&](uint32_t o) { return frames.is(view.lemma[o], frames.known.political_noun) || is_kind(scene, o, ActorKind::weapon) || is_kind(scene, o, ActorKind::vessel); };
  if (frame.recipient.front().front().slot == Slot::obj && std::any_of(args.obj.begin(), args.obj.end(), arms)) return;
  const auto take = [&](const Arguments& from, bool aimed) {
    for (const Oblique& o : from.obliques) {
      if (!match.recipient.parties.empty() || o.preposition == kNoSymbol) return;
      const bool at = frames.is(o.preposition, frames.known.place_prep);
      if (aimed ? at || o.preposition == frames.asked.against : at && names_place(scene, o.head))
        match.recipient.merge(cast_nominal(scene, o.head, aimed || !is_kind(scene, o.head, ActorKind::place), true));
    }
  };
  for (const uint32_t s : args.subj)
    if (frames.is(view.lemma[s], frames.known.aggression) && s != trigger) take(noun_arguments(view, s, frames), true);
  take(args, false);
}

// "accused its neighbour": the one it is at odds with.
bool is_opponent(const Scene& scene, uint32_t head) {
  const ClauseView& view = scene.view;
  return scene.frames.is(view.lemma[head], scene.frames.known.related) && scene.frames.is(view.lemma[head], scene.frames.known.sides) && view.node(head).xpos == "NN" &&
         view.index.child(head, Deprel::nmod_poss) >= 0;
}

bool is_somebody(const Scene& scene, uint32_t token) {
  const FrameLexicon& frames = scene.frames;
  const Symbol lemma = scene.view.lemma[token];
  return scene.view.node(token).upos == Upos::PROPN || frames.is(lemma, frames.known.people) || frames.is(lemma, frames.known.group_noun) || frames.is(lemma, frames.known.related);
}

// "his rival's return".
bool owned_by_somebody(const Scene& scene, uint32_t head) {
  const ClauseView& view = scene.view;
  const auto below = view.index.children(head);
  return std::any_of(below.begin(), below.end(), [&](uint32_t c) { return view.node(c).deprel == Deprel::nmod_poss && view.node(c).upos == Upos::NOUN && is_somebody(scene, c); });
}

// "gave the new rulers 72 hours": those of whom the report has told.
bool is_told_of(const Scene& scene, uint32_t head) {
  const ClauseView& view = scene.view;
  const auto below = view.index.children(head);
  const bool definite = std::any_of(below.begin(), below.end(), [&](uint32_t c) { return view.node(c).deprel == Deprel::det && view.node(c).lemma == "the"; });
  return view.node(head).xpos == "NNS" && definite && view.index.child(head, Deprel::nmod) < 0 && view.index.child(head, Deprel::nmod_poss) < 0;
}

}  // namespace

namespace {

// "complained to the Security Council": the body hears of it; whoever it is about is somebody else.
bool told_to_body(const Scene& scene, const Arguments& args, const Cast& cast) {
  if (cast.parties.size() != 1 || !cast.parties.front().actor.valid()) return false;
  if (scene.names.actors[cast.parties.front().actor.index].kind != ActorKind::organization) return false;
  const Lexemes& lexemes = scene.frames.lexemes();
  return std::any_of(args.obliques.begin(), args.obliques.end(), [&](const Oblique& o) {
    const bool addressed = o.preposition != kNoSymbol && (o.preposition == lexemes.find("to") || o.preposition == lexemes.find("with") || o.preposition == lexemes.find("at"));
    return addressed && std::find(cast.heads.begin(), cast.heads.end(), o.head) != cast.heads.end();
  });
}

// "demanded that Ruritania be expelled": it is to be expelled by somebody else. Of a person whose own country is asked nothing is known.
bool only_suffers(const Scene& scene, const Arguments& args, const Cast& cast) {
  if (cast.heads.empty()) return false;
  for (const uint32_t comp : args.comps) {
    const Arguments inner = verb_arguments(scene.view, comp, scene.frames);
    if (!inner.passive) continue;
    const auto suffers = [&](uint32_t head) { return std::any_of(inner.obj.begin(), inner.obj.end(), [&](uint32_t o) { const auto all = joined(scene, o); return std::find(all.begin(), all.end(), head) != all.end(); }); };
    const auto asked = [&](uint32_t head) { return std::find(args.obj.begin(), args.obj.end(), head) != args.obj.end(); };
    if (std::all_of(cast.heads.begin(), cast.heads.end(), [&](uint32_t h) { return suffers(h) && !asked(h) && !is_kind(scene, h, ActorKind::person); })) return true;
  }
  return false;
}

}  // namespace

void complete_recipient(const Scene& scene, const Frame& frame, const Arguments& args, uint32_t trigger, Match& match) {
  if (frame.type == "ACCUSE" && told_to_body(scene, args, match.recipient)) match.recipient = {};
  if (frame.type == "REQUEST" && only_suffers(scene, args, match.recipient)) match.recipient = {};
  if (!match.recipient.parties.empty() || frame.reciprocal) return;
  for (const uint32_t head : args.sufferers) match.recipient.merge(cast_nominal(scene, head, false, true));
  if (match.recipient.parties.empty() && frame.type == "REQUEST") addressee_above(scene, args, match);
  if (match.recipient.parties.empty() && frame.type == "REJECT") said_before(scene, args, match);
  if (match.recipient.parties.empty() && frame.type == "ASSAULT" && !frame.recipient.empty()) struck_place(scene, frame, args, trigger, match);
}

bool names_sides(const Scene& scene, std::span<const uint32_t> heads) {
  const ClauseView& view = scene.view;
  const Symbol all = scene.frames.asked.all;
  return std::any_of(heads.begin(), heads.end(), [&](uint32_t head) {
    // "All sides" may be any number; "both", "the two" are those just told of.
    if (!scene.frames.is(view.lemma[head], scene.frames.known.sides) || has_child_lemma(view, head, all)) return false;
    const Node& node = view.node(head);
    return node.xpos == "NNS" || node.xpos == "CD" || node.upos == Upos::DET || node.upos == Upos::PRON;
  });
}

bool names_each_other(const ClauseView& view, std::span<const uint32_t> heads) {
  return std::any_of(heads.begin(), heads.end(), [&](uint32_t head) {
    const uint32_t first = head > 0 && (view.word(head) == "other" || view.word(head) == "another") ? head - 1 : head;
    return first + 1 < view.size() && ((view.word(first) == "each" && view.word(first + 1) == "other") || (view.word(first) == "one" && view.word(first + 1) == "another"));
  });
}

bool names_somebody(const Scene& scene, std::span<const uint32_t> heads) {
  return std::any_of(heads.begin(), heads.end(), [&](uint32_t head) {
    return !is_opponent(scene, head) && !is_told_of(scene, head) && (is_somebody(scene, head) || owned_by_somebody(scene, head));
  });
}

bool at_border(const ClauseView& view, const Arguments& args) {
  const auto border = [&](uint32_t head) { return view.node(head).lemma == "border" || view.node(head).lemma == "frontier"; };
  return std::any_of(args.obj.begin(), args.obj.end(), border) || std::any_of(args.obliques.begin(), args.obliques.end(), [&](const Oblique& o) { return border(o.head); });
}

bool asks_back(const Scene& scene, const Arguments& args) {
  const auto given_up = [&](uint32_t head) { return scene.frames.is(scene.view.lemma[head], scene.frames.known.given_up); };
  return std::any_of(args.obj.begin(), args.obj.end(), given_up) || std::any_of(args.obliques.begin(), args.obliques.end(), [&](const Oblique& o) { return given_up(o.head); });
}

}  // namespace demarche
