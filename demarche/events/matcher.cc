// Triggers are visited from the root downwards, so that a governing frame ("agreed to hold talks") can claim what stands
// below it before that is coded apart.
#include "demarche/events/matcher.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "demarche/events/recipients.h"

namespace demarche {
namespace {

struct Candidate {
  const Scene& scene;
  uint32_t trigger;
  uint32_t anchor;
  TriggerPos pos;
  const Arguments& args;
};

bool head_satisfies(const Scene& scene, uint32_t token, const Alternative& a) {
  const ClauseView& view = scene.view;
  using Kind = Alternative::Kind;
  switch (a.kind) {
    case Kind::any:
      return true;
    case Kind::lemma:
      return view.lemma[token] == a.id || view.form[token] == a.id;
    case Kind::cls:
      return scene.frames.is(view.lemma[token], a.id) || scene.frames.is(view.form[token], a.id) ||
             (a.id == scene.frames.known.weapon_class && is_kind(scene, token, ActorKind::weapon)) || (a.id == scene.frames.known.sail && is_kind(scene, token, ActorKind::vessel));
    case Kind::weapon:
      return is_kind(scene, token, ActorKind::weapon) || scene.frames.is(view.lemma[token], scene.frames.known.weapon_class);
    case Kind::place:
      return is_kind(scene, token, ActorKind::place);
    case Kind::person:
      return is_kind(scene, token, ActorKind::person) || is_kind(scene, token, ActorKind::office);
    case Kind::party:
      return !cast_nominal(scene, token, false, false).parties.empty();
    case Kind::base:
      return (view.node(token).xpos == "VB" || view.node(token).xpos == "VBP" || is_endless_past(view, token)) && view.index.child(token, Deprel::aux) < 0;
    case Kind::none:
    case Kind::several:
      return false;
  }
  return false;
}

bool any_satisfies(const Scene& scene, std::span<const uint32_t> heads, const std::vector<Alternative>& alternatives) {
  for (const Alternative& a : alternatives)
    if (a.kind == Alternative::Kind::none && heads.empty()) return true;
  const auto satisfies = [&](uint32_t token) { return std::any_of(alternatives.begin(), alternatives.end(), [&](const Alternative& a) { return head_satisfies(scene, token, a); }); };
  if (std::any_of(heads.begin(), heads.end(), satisfies)) return true;
  for (const uint32_t head : heads) {
    const std::vector<uint32_t> more = joined_to(scene, head);
    if (std::any_of(more.begin(), more.end(), satisfies)) return true;
  }
  return false;
}

std::vector<uint32_t> children_with(const ClauseView& view, uint32_t token, std::initializer_list<Deprel> rels) {
  std::vector<uint32_t> found;
  for (const uint32_t c : view.index.children(token))
    if (std::find(rels.begin(), rels.end(), view.node(c).deprel) != rels.end()) found.push_back(c);
  return found;
}

// From the first to behind the last.
std::pair<uint32_t, uint32_t> clause_tokens(const ClauseView& view, uint32_t token) {
  constexpr uint32_t kWindow = 60;  // tokens
  const auto [first, last] = view.index.extent(token);
  return {std::max(first, token > kWindow ? token - kWindow : 0), std::min(last, token + kWindow)};
}

// Of the places that the arguments do not hold as a list already.
std::vector<uint32_t> gathered_heads(const Candidate& c, const SlotTest& condition) {
  const ClauseView& view = c.scene.view;
  switch (condition.slot) {
    case Slot::subj: {  // of a noun
      std::vector<uint32_t> heads = c.args.subj;
      heads.insert(heads.end(), c.args.poss.begin(), c.args.poss.end());
      heads.insert(heads.end(), c.args.means_subj.begin(), c.args.means_subj.end());
      return heads;
    }
    case Slot::compobj: {
      std::vector<uint32_t> heads;
      for (const uint32_t comp : c.args.comps) {
        for (const uint32_t o : verb_arguments(view, comp, c.scene.frames).obj) heads.push_back(o);
        for (const uint32_t x : children_with(view, comp, {Deprel::xcomp}))  // "agreed to stop fighting"
          if (view.node(x).xpos == "VBG") heads.push_back(x);
      }
      return heads;
    }
    case Slot::prep: {
      std::vector<uint32_t> heads;
      for (const Oblique& o : c.args.obliques)
        if (o.preposition == condition.prep) heads.push_back(o.head);
      return heads;
    }
    case Slot::preps: {
      std::vector<uint32_t> heads;
      for (const Oblique& o : c.args.obliques) heads.push_back(o.head);
      return heads;
    }
    case Slot::aux:
      return children_with(view, c.args.clause_verb, {Deprel::aux, Deprel::aux_pass, Deprel::cop});
    case Slot::adv:
      return children_with(view, c.args.clause_verb, {Deprel::advmod, Deprel::compound_prt});
    case Slot::compmod: {
      std::vector<uint32_t> heads;
      for (const uint32_t comp : c.args.comps)
        for (const uint32_t m : children_with(view, comp, {Deprel::amod, Deprel::compound, Deprel::conj, Deprel::advmod})) heads.push_back(m);
      return heads;
    }
    case Slot::compsubj: {
      std::vector<uint32_t> heads;
      for (const uint32_t comp : c.args.comps) {
        const Arguments inner = verb_arguments(view, comp, c.scene.frames);
        heads.insert(heads.end(), inner.subj.begin(), inner.subj.end());
      }
      return heads;
    }
    case Slot::around: {
      // The trigger and what fills its places, each with its modifiers.
      std::vector<uint32_t> heads{c.trigger};
      for (const auto* place : {&c.args.subj, &c.args.obj, &c.args.iobj}) heads.insert(heads.end(), place->begin(), place->end());
      for (const Oblique& o : c.args.obliques) heads.push_back(o.head);
      const size_t places = heads.size();
      for (size_t i = 0; i < places; ++i)
        for (const uint32_t m : children_with(view, heads[i], {Deprel::amod, Deprel::compound, Deprel::nmod_desc, Deprel::nmod_unmarked})) heads.push_back(m);
      return heads;
    }
    case Slot::marker:
      return children_with(view, c.anchor, {Deprel::case_});
    case Slot::det:
      return children_with(view, c.trigger, {Deprel::det, Deprel::nummod});
    case Slot::head: {
      const uint32_t head = view.head(c.trigger);
      return head == kNoToken ? std::vector<uint32_t>{} : std::vector<uint32_t>{head};
    }
    case Slot::antecedent:
      return view.node(c.trigger).deprel == Deprel::acl_relcl && view.head(c.trigger) != kNoToken ? std::vector<uint32_t>{view.head(c.trigger)} : std::vector<uint32_t>{};
    case Slot::clause: {
      const auto [first, last] = clause_tokens(view, c.args.clause_verb);
      std::vector<uint32_t> heads(last - std::min(first, last));
      std::iota(heads.begin(), heads.end(), first);
      return heads;
    }
    case Slot::objmod: {
      std::vector<uint32_t> heads;
      for (const uint32_t o : c.args.obj)
        for (const uint32_t t : joined(c.scene, o))
          for (const uint32_t m : children_with(view, t, {Deprel::amod, Deprel::compound, Deprel::nmod_desc, Deprel::nmod, Deprel::nmod_poss})) heads.push_back(m);
      return heads;
    }
    default:
      return {};
  }
}

// The words of a place; `made` holds them where they had to be gathered.
std::span<const uint32_t> slot_heads(const Candidate& c, const SlotTest& condition, std::vector<uint32_t>& made) {
  switch (condition.slot) {
    case Slot::subj:
      if (c.pos != TriggerPos::noun) return c.args.subj;
      return made = gathered_heads(c, condition);
    case Slot::obj:
      return c.args.obj;
    case Slot::iobj:
      return c.args.iobj;
    case Slot::poss:
      return c.args.poss;
    case Slot::mod:
      return c.args.mods;
    case Slot::comp:
      return c.args.comps;
    case Slot::word:
      return {&c.trigger, 1};
    case Slot::anchor:
      return {&c.anchor, 1};
    case Slot::light:
      return c.args.light ? std::span<const uint32_t>(&c.args.light->verb, 1) : std::span<const uint32_t>();
    default:
      return made = gathered_heads(c, condition);
  }
}

bool test_holds(const Candidate& c, const SlotTest& condition) {
  bool holds = false;
  if (condition.slot == Slot::statement) {
    const bool none = condition.alternatives.front().kind == Alternative::Kind::none;
    holds = c.scene.statements.innermost(c.scene.view.id, c.scene.view.sentence.tokens[c.trigger].span).valid() != none;
  } else if (condition.slot == Slot::passive) {
    holds = c.args.passive;
  } else if (condition.slot == Slot::clause) {
    const auto [first, last] = clause_tokens(c.scene.view, c.args.clause_verb);
    for (uint32_t token = first; token < last && !holds; ++token)
      for (const Alternative& a : condition.alternatives)
        if (token != c.trigger && head_satisfies(c.scene, token, a)) holds = true;
  } else {
    std::vector<uint32_t> made;
    holds = any_satisfies(c.scene, slot_heads(c, condition, made), condition.alternatives);
    // "is to return the islands", "is going to": still to come as if with "will".
    if (!holds && condition.slot == Slot::aux) {
      const Symbol will = c.scene.frames.asked.will;
      holds = std::any_of(condition.alternatives.begin(), condition.alternatives.end(), [&](const Alternative& a) { return a.kind == Alternative::Kind::lemma && a.id == will; }) &&
              is_scheduled(c.scene.view, c.args.clause_verb, c.scene.frames);
    }
  }
  return holds;
}

bool condition_holds(const Candidate& c, const Condition& condition) {
  return std::any_of(condition.tests.begin(), condition.tests.end(), [&](const SlotTest& test) { return test_holds(c, test); }) != condition.negated;
}

bool asks_about_roles(const Condition& condition) { return condition.tests.front().slot == Slot::actor || condition.tests.front().slot == Slot::recipient; }

// The further words of a trigger: right after a verb or among its dependents; right before a noun.
bool further_words_present(const ClauseView& view, uint32_t token, const Trigger& trigger, std::vector<uint32_t>& places) {
  places.clear();
  const auto is = [&](uint32_t t, Symbol s) { return view.lemma[t] == s || view.form[t] == s; };
  if (trigger.pos == TriggerPos::noun) {
    uint32_t at = token;
    for (size_t i = trigger.more.size(); i-- > 0;) {
      if (at == 0) return false;
      --at;
      if (view.node(at).upos == Upos::PUNCT && at > 0) --at;  // "cease-fire", "no-fly" split at the hyphen
      if (!is(at, trigger.more[i])) return false;
      places.push_back(at);
    }
    return true;
  }
  constexpr uint32_t kReach = 7;  // tokens between a verb and the rest of its idiom ("put the troops on alert")
  uint32_t from = token;
  for (const Symbol s : trigger.more) {
    uint32_t found = kNoToken;
    if (from + 1 < view.size() && is(from + 1, s)) found = from + 1;
    for (uint32_t t = token + 1; found == kNoToken && t < view.size() && t <= token + kReach; ++t) {
      if (!is(t, s)) continue;
      const uint32_t head = view.head(t);
      if (head == token || (head != kNoToken && view.head(head) == token)) found = t;
    }
    // "fire was opened": the object of a passive stands before.
    for (uint32_t t = token; found == kNoToken && t-- > 0 && token - t <= 4;)
      if (is(t, s) && view.head(t) == token && view.node(t).deprel != Deprel::nsubj) found = t;
    if (found == kNoToken) return false;
    places.push_back(found);
    from = found;
  }
  return true;
}

// "Should Russia choose war", "would it leave": a condition or a question.
bool before_subject(const ClauseView& view, uint32_t aux) {
  const uint32_t verb = view.head(aux);
  const int32_t subject = verb == kNoToken ? -1 : view.index.child(verb, Deprel::nsubj);
  return subject > static_cast<int32_t>(aux) && subject < static_cast<int32_t>(verb);
}

bool pos_fits(const ClauseView& view, uint32_t token, TriggerPos pos) {
  const Node& node = view.node(token);
  switch (pos) {
    case TriggerPos::verb:
      if (view.index.child(token, Deprel::det) >= 0 && static_cast<uint32_t>(view.index.child(token, Deprel::det)) + 1 == token) return false;  // "the accused"
      return node.upos != Upos::AUX && view.is_verb(token) && node.deprel != Deprel::compound && node.deprel != Deprel::case_ && node.deprel != Deprel::mark &&
             (node.deprel != Deprel::amod || garden_path(view, token).has_value());
    case TriggerPos::noun:
      return node.upos == Upos::NOUN || node.upos == Upos::PROPN;
    case TriggerPos::adjective:
      return node.upos == Upos::ADJ || node.upos == Upos::VERB || node.upos == Upos::ADV;
    case TriggerPos::aux:
      return node.upos == Upos::AUX && (node.deprel == Deprel::aux || node.deprel == Deprel::cop) && !before_subject(view, token);
  }
  return false;
}

class SentenceMatcher {
 public:
  explicit SentenceMatcher(const Scene& scene) : scene_(scene), view_(scene.view), taken_(view_.size(), false), said_(view_.size(), false) {}

  std::vector<Match> run() {
    std::vector<uint32_t> order;
    order.reserve(view_.size());
    order.push_back(view_.index.root());
    for (size_t k = 0; k < order.size(); ++k)
      for (const uint32_t c : view_.index.children(order[k])) order.push_back(c);
    for (const uint32_t token : order) {
      if (taken_[token]) continue;
      // "must cut its ties": the auxiliary speaks before its verb.
      for (const uint32_t c : view_.index.children(token))
        if ((view_.node(c).deprel == Deprel::aux || view_.node(c).deprel == Deprel::cop) && (view_.lemma[c] != kNoSymbol || view_.form[c] != kNoSymbol)) visit(c);
      if ((view_.lemma[token] != kNoSymbol || view_.form[token] != kNoSymbol) && !taken_[token]) visit(token);
    }
    std::sort(matches_.begin(), matches_.end(), [](const Match& a, const Match& b) { return a.trigger < b.trigger; });
    return std::move(matches_);
  }

 private:
  void visit(uint32_t token) {
    std::optional<Arguments> as_verb, as_noun;
    saw_loose_ = allow_loose_ = false;
    fits_.fill(-1);
    if (visit_triggers(token, view_.lemma[token], false, as_verb, as_noun)) return;
    // "prepared to use force": an adjective that the parser read as a participle keeps its form.
    if (view_.form[token] != view_.lemma[token] && visit_triggers(token, view_.form[token], true, as_verb, as_noun)) return;
    allow_loose_ = saw_loose_;
    if (allow_loose_) visit_triggers(token, view_.lemma[token], false, as_verb, as_noun);
    allow_loose_ = false;
  }

  bool visit_triggers(uint32_t token, Symbol symbol, bool adjectives_only, std::optional<Arguments>& as_verb, std::optional<Arguments>& as_noun) {
    for (const Trigger& trigger : scene_.frames.triggers(symbol)) {
      if (adjectives_only && trigger.pos != TriggerPos::adjective) continue;
      int8_t& fits = fits_[static_cast<size_t>(trigger.pos)];
      if (fits < 0) fits = pos_fits(view_, token, trigger.pos) ? 1 : 0;
      if (fits == 0 || !further_words_present(view_, token, trigger, further_words_)) continue;
      if (trigger.pos == TriggerPos::adjective && view_.node(token).upos == Upos::VERB && view_.form[token] != symbol) continue;
      const uint32_t anchor = trigger.pos == TriggerPos::aux ? view_.head(token) : token;
      if (anchor == kNoToken || (anchor != token && taken_[anchor])) continue;
      std::optional<Arguments>& args = trigger.pos == TriggerPos::noun ? as_noun : as_verb;
      if (!args) args = trigger.pos == TriggerPos::noun ? noun_arguments(view_, token, scene_.frames) : verb_arguments(view_, anchor, scene_.frames);
      const Frame& frame = scene_.frames.frames()[trigger.frame];
      if (trigger.pos == TriggerPos::adjective && args->passive) {
        // "is bound by the treaty", "was prepared to act": of an adjective the surface subject is the subject.
        Arguments stative = *args;
        stative.passive = false;
        stative.subj = std::exchange(stative.obj, {});
        if (try_frame(frame, {scene_, token, anchor, trigger.pos, stative})) return true;
        continue;
      }
      if (try_frame(frame, {scene_, token, anchor, trigger.pos, *args})) return true;
    }
    return false;
  }

  bool try_frame(const Frame& frame, const Candidate& c) {
    if (c.pos == TriggerPos::noun && !frame.bare && !c.args.light) {
      // A bare noun needs its doer beside it to be more than a mention.
      if (c.args.poss.empty() && c.args.mods.empty() && c.args.obliques.empty() && view_.index.child(c.trigger, Deprel::cop) < 0) return false;
    }
    if (said_[c.trigger] && reads_speaker(frame)) return false;
    if (c.pos == TriggerPos::verb && is_aside(c)) return false;
    for (const Condition& condition : frame.where)
      if (!asks_about_roles(condition) && !condition_holds(c, condition)) return false;
    Match match;
    match.frame = &frame;
    match.sentence = view_.id;
    match.trigger = c.trigger;
    match.anchor = c.anchor;
    match.actor = cast_chain(scene_, c.args, c.trigger, frame.actor, c.pos);
    match.recipient = cast_chain(scene_, c.args, c.trigger, frame.recipient, c.pos, frame.reciprocal ? nullptr : &match.actor);
    complete_recipient(scene_, frame, c.args, c.trigger, match);
    add_conjoined(frame, match, c);
    separate(frame, match, c);
    if (frame.foreign && match.domestic) return false;
    if (!political_enough(frame, match) && !political_by_words(frame, match, c)) {
      // Only when no row of the trigger finds anybody.
      const bool may_be = may_be_political(frame, c);
      saw_loose_ = saw_loose_ || may_be;
      if (!may_be || !allow_loose_) return false;
      match.loose = true;
    }
    for (const Condition& condition : frame.where) {
      if (!asks_about_roles(condition)) continue;
      const SlotTest& test = condition.tests.front();
      const Cast& cast = test.slot == Slot::actor ? match.actor : match.recipient;
      const Alternative::Kind asked = test.alternatives.front().kind;
      const bool holds = asked == Alternative::Kind::none ? cast.parties.empty() : cast.parties.size() >= (asked == Alternative::Kind::several ? 2U : 1U);
      if (holds == condition.negated) return false;
    }
    if (match.actor.parties.empty() && !frame.sure && frame.type != "ASSAULT") place_actor(match, c);  // the place of an attack is whom it hit
    match.args = c.args;
    // "urged him by telephone to stay": the call is as real as the urging, not as the staying.
    if (!c.args.host.empty() && reads(frame, Slot::host)) match.args.clause_verb = clause_of(view_, c.trigger);
    match.verdict = judge_factuality(view_, c.trigger, match.args, scene_.frames);
    if (frame.denies && (match.verdict.factuality == Factuality::negated || (frame.act && match.verdict.factuality == Factuality::hypothetical && !match.verdict.embedded))) match.verdict.factuality = Factuality::actual;
    // "an agreement to end the war": what is to end is no act to come.
    if (c.args.light && c.args.light->entry->effect == CueEffect::ended && match.verdict.factuality != Factuality::actual) return false;
    match.statement = scene_.statements.innermost(view_.id, view_.sentence.tokens[c.trigger].span);
    match.from_speaker = reads_speaker(frame);
    // "The test did not violate the resolution": a judgement denied is none.
    if (match.from_speaker && frame.type == "ACCUSE" && match.verdict.factuality == Factuality::negated) return false;
    match.at_border = frame.type == "MOBILIZE" && at_border(view_, c.args);
    match.wants_back = frame.type == "REQUEST" && asks_back(scene_, c.args);
    const std::vector<uint32_t> heads = recipient_heads(frame, c);
    match.each_other = names_each_other(view_, heads);
    match.recipient_named = names_somebody(scene_, heads);
    match.recipient_sides = match.recipient.parties.empty() && names_sides(scene_, heads);
    // What someone does by saying it is done, whatever the tense of the words.
    if (match.from_speaker) match.verdict = Verdict{};
    if (frame.act && match.verdict.factuality == Factuality::planned && said_on_occasion(c.trigger)) match.verdict = Verdict{};
    if (frame.act && c.pos == TriggerPos::noun && frame.type != "REJECT") rejected_act(match);
    match.kind = kind_of(frame, c);
    if (tells_outcome(match)) {
      claim_ground(frame, c);
      return true;
    }
    // What may come to nothing must not silence what stands below it.
    if (match.loose) taken_[c.trigger] = taken_[c.anchor] = true;
    else claim_ground(frame, c);
    matches_.push_back(std::move(match));
    return true;
  }

  // "telephoned him to assure him of help", "flew to New York to ask for help": what a call or a visit that took place was for was said.
  bool said_on_occasion(uint32_t trigger) const {
    if (view_.node(trigger).deprel != Deprel::advcl || view_.node(trigger).xpos != "VB") return false;
    return std::any_of(matches_.begin(), matches_.end(), [&](const Match& other) {
      return other.args.clause_verb == view_.head(trigger) && other.frame->type == "CONSULT" && other.verdict.factuality == Factuality::actual;
    });
  }

  // "bombed the town, killing ten", "used tear gas to disperse the crowd": the second is no act of its own, but may tell whom the first befell.
  bool tells_outcome(const Match& match) {
    const Node& node = view_.node(match.trigger);
    // "said that it violates the law and is intolerable": one reproach.
    if (match.from_speaker && match.frame->type == "ACCUSE" && match.statement.valid())
      for (const Match& other : matches_)
        if (other.from_speaker && other.frame->type == "ACCUSE" && other.statement == match.statement) return true;
    // "flew to Vienna to discuss the deal": what a journey or a meeting is for.
    if (match.frame->type == "CONSULT" && node.deprel == Deprel::advcl && node.xpos == "VB" && !match.recipient_named && match.kind != "phone_call" && match.actor.parties.size() < 2)
      for (const Match& other : matches_)
        if (other.args.clause_verb == view_.head(match.trigger) && (other.frame->type == "CONSULT" || other.frame->type == "AGREE")) return true;
    if (match.frame->type != "ASSAULT" || node.deprel != Deprel::advcl || (node.xpos != "VBG" && node.xpos != "VB")) return false;
    for (Match& other : matches_) {
      if (other.args.clause_verb != view_.head(match.trigger) || other.frame->type != match.frame->type) continue;
      if (other.recipient.parties.empty() && !other.frame->reciprocal) other.recipient.merge(match.recipient);
      return true;
    }
    return false;
  }

  std::string_view kind_of(const Frame& frame, const Candidate& c) const {
    for (const uint32_t k : frame.kind_rules) {
      const KindRule& rule = scene_.frames.kind_rules()[k];
      if (std::all_of(rule.where.begin(), rule.where.end(), [&](const Condition& condition) { return condition_holds(c, condition); })) return rule.kind;
    }
    return frame.kind;
  }

  // "as agreed", "as planned": no telling of its own.
  bool is_aside(const Candidate& c) const {
    if (view_.node(c.trigger).deprel != Deprel::advcl || c.args.subject_is_own) return false;
    const Symbol as = scene_.frames.asked.as;
    for (const uint32_t child : view_.index.children(c.trigger)) {
      const Deprel rel = view_.node(child).deprel;
      if (child < c.trigger && (rel == Deprel::mark || rel == Deprel::case_ || rel == Deprel::advmod) && view_.form[child] == as && as != kNoSymbol) return true;
    }
    return false;
  }

  // What stands where the frame looks for its recipient first.
  std::vector<uint32_t> recipient_heads(const Frame& frame, const Candidate& c) const {
    std::vector<uint32_t> heads;
    if (frame.recipient.empty()) return heads;
    for (const RoleSource& source : frame.recipient.front()) {
      if (source.slot == Slot::speaker || source.slot == Slot::subj) continue;
      std::vector<uint32_t> made;
      const std::span<const uint32_t> more = slot_heads(c, SlotTest{source.slot, source.prep, {}}, made);
      heads.insert(heads.end(), more.begin(), more.end());
    }
    return heads;
  }

  static bool reads(const Frame& frame, Slot slot) {
    return std::any_of(frame.actor.begin(), frame.actor.end(),
                       [slot](const RoleSum& sum) { return std::any_of(sum.begin(), sum.end(), [slot](const RoleSource& s) { return s.slot == slot; }); });
  }

  static bool reads_speaker(const Frame& frame) { return reads(frame, Slot::speaker); }

  // "Hollande and Merkel, who talked on Friday": a relative clause on the last of those who met.
  void add_conjoined(const Frame& frame, Match& match, const Candidate& c) const {
    if (frame.type != "CONSULT" || match.actor.parties.size() != 1 || !match.recipient.parties.empty() || c.args.subj.size() != 1) return;
    const uint32_t subject = c.args.subj.front();
    const uint32_t first = view_.head(subject);
    if (view_.node(subject).deprel != Deprel::conj || first == kNoToken || view_.head(c.args.clause_verb) != subject || view_.node(c.args.clause_verb).deprel != Deprel::acl_relcl) return;
    if (view_.headed[first]) match.actor.merge(cast_nominal(scene_, first, false, false));
  }

  // Rebels and an opposition bear their country's code, and face its government.
  static bool opposes(const Participant& p) { return p.sector == "REB" || p.sector == "OPP" || p.sector == "PTY" || p.sector == "UAF"; }

  // One party is not both sides, unless it is all there is.
  void separate(const Frame& frame, Match& match, const Candidate& c) const {
    if (frame.reciprocal) {
      match.actor.merge(match.recipient);
      match.recipient = {};
      return;
    }
    auto& to = match.recipient.parties;
    const auto erased = std::erase_if(to, [&](const Participant& r) {
      return std::any_of(match.actor.parties.begin(), match.actor.parties.end(), [&](const Participant& a) { return a.party == r.party && opposes(a) == opposes(r); });
    });
    // "called his own minister's plan a mistake"; but "condemned the attack on its ships" is aimed at somebody else.
    match.home_ground = erased > 0 && to.empty() && match.recipient.signs.place;
    const bool force = std::any_of(c.args.obj.begin(), c.args.obj.end(), [&](uint32_t o) { return scene_.frames.is(view_.lemma[o], scene_.frames.known.aggression); });
    // "would respond to any action against it": of whom, it does not say.
    const bool by_pronoun = match.recipient.signs.pronoun || match.recipient.signs.speaker;
    match.domestic = erased > 0 && to.empty() && !by_pronoun && !(force && frame.recipient.front().front().deep);
  }

  static bool political_enough(const Frame& frame, const Match& match) {
    if (frame.sure) return true;
    const auto& actors = match.actor.parties;
    if (frame.civil) return !actors.empty() || !match.recipient.parties.empty() || !match.recipient.unplaced.empty();
    return std::any_of(actors.begin(), actors.end(), is_political) || !match.actor.unplaced.empty();
  }

  // "The bridge was blown up", "the clerics accused the junta": nobody whose party is known.
  bool may_be_political(const Frame& frame, const Candidate& c) const {
    if (c.pos != TriggerPos::verb || frame.confidence < 0.55F) return false;
    const Deprel place = view_.node(c.trigger).deprel;
    if (place != Deprel::root && place != Deprel::ccomp && place != Deprel::conj && place != Deprel::parataxis) return false;
    return c.args.passive || !c.args.subj.empty();
  }

  // Whoever acts is no known party, but is called a government, an army, rebels; or acts on a known party.
  bool political_by_words(const Frame& frame, Match& match, const Candidate& c) {
    std::vector<uint32_t> doers = c.args.subj;
    if (c.pos == TriggerPos::noun) doers.insert(doers.end(), c.args.poss.begin(), c.args.poss.end());
    bool polity = false;
    for (const uint32_t d : doers)
      for (const uint32_t t : joined(scene_, d)) polity = polity || scene_.frames.is(view_.lemma[t], frame.type == "PROTEST" ? scene_.frames.known.crowd : scene_.frames.known.polity);
    const bool on_party = !doers.empty() && frame.confidence >= 0.55F && std::any_of(match.recipient.parties.begin(), match.recipient.parties.end(), is_political);
    if (!polity && !(on_party && c.pos == TriggerPos::verb)) return false;
    match.actor.signs.words = true;
    return true;
  }

  // "The president imposed a curfew in Algiers", "crowds rallied outside the embassy in Hanoi": an actor of no known party, at home where the act is.
  void place_actor(Match& match, const Candidate& c) {
    const FrameLexicon::Asked& asked = scene_.frames.asked;
    const auto placed = [&](Symbol p) { return p != kNoSymbol && (p == asked.in || p == asked.at || p == asked.near); };
    const auto at_home = [&](const Oblique& o) {
      if (!placed(o.preposition) || !is_kind(scene_, o.head, ActorKind::place)) return false;
      const Cast home = cast_nominal(scene_, o.head, false, true);
      if (home.parties.size() != 1) return false;
      match.actor.parties.push_back(home.parties.front());
      match.actor.signs.home = true;
      return true;
    };
    for (const Oblique& o : c.args.obliques) {
      if (at_home(o)) return;
      if (o.preposition != asked.outside && !placed(o.preposition)) continue;
      const Arguments site = noun_arguments(view_, o.head, scene_.frames);
      if (std::any_of(site.obliques.begin(), site.obliques.end(), at_home)) return;
    }
  }

  // "rejected a Houthi demand that ...", "denied accusations by Britain": what is turned down was itself an act of somebody else.
  bool has_doer(uint32_t noun) const {
    const Arguments args = noun_arguments(view_, noun, scene_.frames);
    const auto party = [&](uint32_t t) { return !cast_nominal(scene_, t, false, false).parties.empty(); };
    if (std::any_of(args.poss.begin(), args.poss.end(), party) || std::any_of(args.mods.begin(), args.mods.end(), party)) return true;
    const Symbol by = scene_.frames.asked.by;
    return std::any_of(args.obliques.begin(), args.obliques.end(), [&](const Oblique& o) { return o.preposition == by && party(o.head); });
  }

  // What was turned down was done all the same, and to whoever turned it down.
  void rejected_act(Match& match) const {
    for (const Match& other : matches_) {
      if (other.frame->type != "REJECT" || view_.head(match.trigger) != other.trigger || !has_doer(match.trigger)) continue;
      if (match.verdict.refused) match.verdict = Verdict{};
      if (!match.recipient.parties.empty()) continue;
      match.recipient.merge(other.actor);
      std::erase_if(match.recipient.parties, [&](const Participant& p) { return std::any_of(match.actor.parties.begin(), match.actor.parties.end(), [&](const Participant& a) { return a.party == p.party; }); });
    }
  }

  // Marks what this frame speaks for, so that it is not coded again.
  void claim_ground(const Frame& frame, const Candidate& c) {
    taken_[c.trigger] = true;
    taken_[c.anchor] = true;
    for (const uint32_t token : further_words_) taken_[token] = true;
    if (c.args.light) taken_[c.args.light->verb] = true;
    for (const Condition& condition : frame.where) {
      if (condition.negated) continue;
      for (const SlotTest& test : condition.tests) {
        const bool names_noun = test.slot == Slot::obj || test.slot == Slot::prep || test.slot == Slot::compobj || (test.slot == Slot::subj && frame.type == "ASSAULT");  // "the bombing killed"
        if (!names_noun) continue;
        std::vector<uint32_t> made;
        for (const uint32_t head : slot_heads(c, test, made))
          for (const uint32_t token : joined(scene_, head))
            if (frame.type != "REJECT" || !has_doer(token)) taken_[token] = true;
      }
    }
    // "condemned what they described as threats": what is condemned is not called names again.
    if (frame.act) {
      std::vector<uint32_t> named = c.args.obj;
      for (const Oblique& o : c.args.obliques) named.push_back(o.head);
      for (const uint32_t o : named)
        if (view_.node(o).lemma == "what")
          for (const uint32_t r : view_.index.children(o))
            if (view_.node(r).deprel == Deprel::acl_relcl) taken_[r] = true;
    }
    if (frame.eats) {
      for (const uint32_t o : c.args.obj)
        if (frame.type != "REJECT" || !has_doer(o)) take_subtree(o);
      for (const Oblique& o : c.args.obliques) {
        // "In a phone call on Sunday he urged", "promised by telephone": the setting is an act of its own.
        const bool setting = o.head < c.trigger || scene_.frames.is(view_.lemma[o.head], scene_.frames.known.distance_word);
        if (!setting) take_subtree(o.head);
      }
    }
    if (frame.eats)
      for (const uint32_t comp : c.args.comps) take_subtree(comp);
    // What is asked, alleged or threatened is judged once: no second act of the same speaker is read from its words.
    if (frame.act)
      for (const uint32_t comp : c.args.comps)
        for (uint32_t t = view_.index.extent(comp).first; t < view_.index.extent(comp).second; ++t) said_[t] = true;
  }

  void take_subtree(uint32_t root) {
    std::vector<uint32_t> stack{root};
    while (!stack.empty()) {
      const uint32_t token = stack.back();
      stack.pop_back();
      taken_[token] = true;
      for (const uint32_t c : view_.index.children(token))
        if (view_.node(c).deprel != Deprel::acl_relcl && view_.node(c).deprel != Deprel::parataxis) stack.push_back(c);
    }
  }

  const Scene& scene_;
  const ClauseView& view_;
  std::vector<char> taken_;
  std::vector<char> said_;  // under a speech act that is an event already
  std::vector<uint32_t> further_words_;
  std::array<int8_t, 4> fits_{};  // whether the word at hand can be a trigger, by TriggerPos; -1: not asked yet
  bool allow_loose_ = false, saw_loose_ = false;  // whether acts of nobody known count, and whether there was one
  std::vector<Match> matches_;
};

}  // namespace

std::vector<Match> match_sentence(const Scene& scene) {
  if (scene.view.size() == 0) return {};
  return SentenceMatcher(scene).run();
}

}  // namespace demarche
