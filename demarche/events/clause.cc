// See clause.h. Every climb is bounded (kMaxClimb): a tree may be as deep as its sentence is long.
#include "demarche/events/clause.h"

#include <algorithm>

namespace demarche {
namespace {

constexpr int kMaxClimb = 12;

bool is_participle(const Node& node) { return node.xpos == "VBN" || node.xpos == "VBD"; }

void lower_into(std::string& out, std::string_view word) {
  out.assign(word);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
}

bool is_relative(const ClauseView& view, uint32_t token, const FrameLexicon& frames) {
  const Node& node = view.node(token);
  return (node.upos == Upos::PRON || node.upos == Upos::DET) && frames.is(view.lemma[token], frames.known.relative);
}

// The noun that a relative clause says something about; kNoToken outside one.
uint32_t antecedent_of(const ClauseView& view, uint32_t verb) {
  for (int i = 0; i < kMaxClimb && verb != kNoToken; ++i) {
    const Deprel rel = view.node(verb).deprel;
    if (rel == Deprel::acl_relcl) return view.head(verb);
    if (rel != Deprel::conj && rel != Deprel::xcomp && rel != Deprel::ccomp) return kNoToken;
    verb = view.head(verb);
  }
  return kNoToken;
}

uint32_t resolve_relative(const ClauseView& view, uint32_t token, uint32_t verb, const FrameLexicon& frames) {
  if (!is_relative(view, token, frames)) return token;
  const uint32_t antecedent = antecedent_of(view, verb);
  if (antecedent == kNoToken) return token;
  // "relations with Ruritania, which they accuse of ...": the party named last, not the thing that no name stands for.
  if (view.headed[antecedent] == nullptr && view.word(token) != "that" && token > 1 && view.word(token - 1) == ",")
    for (uint32_t t = token - 1; t-- > antecedent;)
      if (view.headed[t]) return view.headed[t]->last == token - 1 && view.index.under(t, antecedent) ? t : antecedent;
  return antecedent;
}

// "MANILA - The Philippines said": what stands after the dash speaks, not the dateline.
uint32_t past_dateline(const ClauseView& view, uint32_t subject) {
  if (subject != 0 && view.index.extent(subject).first != 0) return subject;
  for (const uint32_t c : view.index.children(subject)) {
    if (view.node(c).deprel != Deprel::appos || view.headed[c] == nullptr) continue;
    for (uint32_t t = subject + 1; t < c; ++t)
      if (view.word(t) == "\xE2\x80\x94" || view.word(t) == "--" || view.word(t) == "\xE2\x80\x93" || view.word(t) == "-") return c;
  }
  return subject;
}

// "called for Russia to withdraw": "for" marks the clause, whose subject may hang on the verb above; kNoToken elsewhere.
uint32_t named_by_mark(const ClauseView& view, uint32_t clause) {
  const Node& node = view.node(clause);
  const uint32_t head = view.head(clause);
  if (head == kNoToken || head > clause || node.xpos != "VB" || (node.deprel != Deprel::xcomp && node.deprel != Deprel::advcl)) return kNoToken;
  for (const uint32_t m : view.index.children(clause)) {
    if (view.node(m).deprel != Deprel::mark || m < head || view.word(m) != "for") continue;
    for (const uint32_t c : view.index.children(head))
      if (c > m && c < clause && view.node(c).deprel == Deprel::obl && view.index.extent(c).first == m + 1) return c;
  }
  // ... or "for" and the name hang there together; "called for help to escape" has no such subject.
  const uint32_t before = view.index.extent(clause).first;
  for (const uint32_t c : view.index.children(head))
    if (c > head && c < clause && view.node(c).deprel == Deprel::obl && view.headed[c] && view.headed[c]->last == before && view.word(before) == "to")
      for (const uint32_t m : view.index.children(c))
        if (view.node(m).deprel == Deprel::case_ && view.word(m) == "for") return c;
  return kNoToken;
}

// The subject nearest before the verb: an earlier one is a dateline or a slip of the parser. A day is none beside another
// ("The RSF the same day accused").
uint32_t own_subject(const ClauseView& view, uint32_t verb, const FrameLexicon& frames) {
  if (const uint32_t named = named_by_mark(view, verb); named != kNoToken) return named;
  uint32_t found = kNoToken;
  for (const uint32_t c : view.index.children(verb)) {
    const Deprel rel = view.node(c).deprel;
    if (rel != Deprel::nsubj && rel != Deprel::nsubj_pass && rel != Deprel::nsubj_outer) continue;
    if (stands_behind_to(view, verb, c)) continue;
    if (found != kNoToken && frames.is(view.lemma[c], frames.known.time_noun) && view.headed[c] == nullptr) continue;
    if (found == kNoToken || c < verb) found = c;
  }
  return found == kNoToken ? found : past_dateline(view, found);
}

uint32_t first_child(const ClauseView& view, uint32_t token, Deprel rel) {
  const int32_t c = view.index.child(token, rel);
  return c < 0 ? kNoToken : static_cast<uint32_t>(c);
}

// "On Monday Britain and France condemned ...": the parser may take day and subject for one phrase; with a `subject` known, the first
// of a list that it ends ("On Monday Britain, France and Germany").
uint32_t misplaced_subject(const ClauseView& view, uint32_t verb, const FrameLexicon& frames, uint32_t subject = kNoToken) {
  if (view.node(verb).xpos != "VBD" && view.node(verb).xpos != "VBZ" && view.node(verb).xpos != "VBP" && view.index.child(verb, Deprel::aux) < 0) return kNoToken;
  for (const uint32_t c : view.index.children(verb)) {
    if (c > verb || view.node(c).deprel != Deprel::obl || view.headed[c] == nullptr) continue;
    bool has_time = false, adjacent = true;
    for (const uint32_t d : view.index.children(c))
      if (d < c && frames.is(view.lemma[d], frames.known.time_noun)) has_time = true;
    // ... or for two, one beside the other.
    const uint32_t first = view.headed[c]->first;
    if (first > 0 && frames.is(view.lemma[first - 1], frames.known.time_noun) && view.head(first - 1) == verb) has_time = true;
    if (!has_time) continue;
    if (subject != kNoToken) {
      if (c + 1 < view.size() && view.word(c + 1) == "," && view.index.extent(subject).first == c + 2) return c;
      continue;
    }
    for (const uint32_t d : view.index.children(verb))
      if (d > c && d < verb && view.node(d).upos != Upos::PUNCT && view.node(d).upos != Upos::ADV && view.node(d).upos != Upos::AUX) adjacent = false;
    if (adjacent) return c;
  }
  return kNoToken;
}

// Who would do what an infinitive names when `governor` governs it: its object, or its subject ("promise").
uint32_t controller(const ClauseView& view, uint32_t governor, const FrameLexicon& frames) {
  if (!frames.is(view.lemma[governor], frames.known.subject_control) && !is_passive(view, governor)) {
    for (const Deprel rel : {Deprel::obj, Deprel::iobj})
      if (const uint32_t c = first_child(view, governor, rel); c != kNoToken) return c;
    const Symbol on = frames.asked.on, call = frames.asked.call, to = frames.asked.to, appeal = frames.asked.appeal;
    for (const uint32_t c : view.index.children(governor))
      if (view.node(c).deprel == Deprel::obl) {
        const Symbol p = view.preposition(c);
        if ((p == on && view.lemma[governor] == call) || (p == to && view.lemma[governor] == appeal)) return c;
      }
  }
  return surface_subject(view, governor, frames);
}



// "accused Russia of bombing", "barred it from flying", "blamed X for shelling": the object does what the gerund tells.
uint32_t accused_of(const ClauseView& view, uint32_t verb, uint32_t governor, const FrameLexicon& frames) {
  if (view.node(verb).xpos != "VBG" || !view.is_verb(governor) || is_passive(view, governor)) return kNoToken;
  const uint32_t object = first_child(view, governor, Deprel::obj);
  const uint32_t mark = first_child(view, verb, Deprel::mark);
  if (object == kNoToken || object > verb || mark == kNoToken || mark < object) return kNoToken;
  const Symbol of = frames.asked.of, from = frames.asked.from, for_ = frames.asked.for_;
  if (view.lemma[mark] == of || view.lemma[mark] == from) return object;
  return view.lemma[mark] == for_ && frames.is(view.lemma[governor], frames.known.judge) ? object : kNoToken;
}

}  // namespace

std::optional<GardenPath> garden_path(const ClauseView& view, uint32_t verb) {
  const Node& node = view.node(verb);
  const uint32_t head = view.head(verb);
  // "Colombia severed relations": where no other verb is, an adjective in form may be the verb.
  const bool only_verb = node.xpos == "JJ" && head != kNoToken && view.node(head).deprel == Deprel::root && view.form[verb] != view.lemma[verb];
  if (node.upos != Upos::VERB || head == kNoToken || verb == 0 || (node.xpos != "VBD" && node.xpos != "VBN" && !only_verb)) return std::nullopt;
  if (node.deprel == Deprel::amod && head > verb) {
    if (const uint32_t own = first_child(view, verb, Deprel::nsubj); own != kNoToken) return GardenPath{own, head};
    // "revoked the status and raised duties": hidden in the second object of the verb before.
    const uint32_t partner = view.head(head);
    if (node.xpos == "VBD" && view.node(verb - 1).upos == Upos::CCONJ && view.node(head).deprel == Deprel::conj && partner != kNoToken && partner < verb && view.head(partner) != kNoToken && view.is_verb(view.head(partner)))
      if (const uint32_t subject = first_child(view, view.head(partner), Deprel::nsubj); subject != kNoToken) return GardenPath{subject, head};
    uint32_t before = verb - 1;
    while (before > 0 && (view.node(before).upos == Upos::ADV)) --before;
    const Node& left = view.node(before);
    const bool nominal = left.upos == Upos::PROPN || left.upos == Upos::NOUN;
    const bool beside = view.head(before) == head || view.head(before) == verb || ((left.xpos == "NNS" || view.headed[before]) && left.deprel != Deprel::compound);
    if (nominal && beside && left.deprel != Deprel::nmod_poss && view.index.child(before, Deprel::case_) < 0)
      return GardenPath{left.deprel == Deprel::conj && view.head(before) != kNoToken ? view.head(before) : before, head};
  }
  if ((node.deprel == Deprel::amod || node.deprel == Deprel::acl) && head < verb && view.is_nominal(head))
    if (const uint32_t object = first_child(view, verb, Deprel::obj); object != kNoToken && view.index.child(verb, Deprel::aux_pass) < 0) return GardenPath{head, kNoToken};
  return std::nullopt;
}

ClauseView::ClauseView(SentenceId sentence_id, std::string_view article, const Sentence& s, const Tree& t, const Names& names, const FrameLexicon& frames)
    : id(sentence_id), text(article), sentence(s), tree(t), index(t), headed(t.nodes.size(), nullptr) {
  std::string lower, lower_lemma;
  lemma.reserve(t.nodes.size());
  form.reserve(t.nodes.size());
  for (uint32_t i = 0; i < t.nodes.size(); ++i) {
    lower_into(lower, word(i));
    form.push_back(frames.lexemes().find(lower));
    lower_into(lower_lemma, t.nodes[i].lemma);
    lemma.push_back(lower_lemma == lower ? form[i] : frames.lexemes().find(lower_lemma));
    // A verb whose lemma the lexicon does not know may be a known one in disguise ("shelled" read as "shel"); a noun may be a plural.
    if (is_verb(i) && t.nodes[i].upos != Upos::AUX) {
      if (const Symbol verb = frames.verb_of_form(lower); verb != kNoSymbol && (lemma[i] == kNoSymbol || t.nodes[i].xpos != "VB")) lemma[i] = verb;
      else if (lemma[i] == kNoSymbol && t.nodes[i].xpos == "VBD") lemma[i] = form[i];  // "insisted that it free them", read as the past of "fre"
    } else if ((lemma[i] == kNoSymbol || lemma[i] == form[i]) && t.nodes[i].upos == Upos::NOUN && lower.size() > 3 && lower.back() == 's') {
      Symbol singular = frames.lexemes().find(std::string_view(lower).substr(0, lower.size() - 1));
      if (singular == kNoSymbol && lower.size() > 4 && lower.ends_with("ies")) singular = frames.lexemes().find(lower.substr(0, lower.size() - 3) + "y");
      if (singular != kNoSymbol) lemma[i] = singular;
    }
  }
  const auto first = std::partition_point(names.mentions.begin(), names.mentions.end(), [&](const Mention& m) { return m.sentence < id; });
  auto it = first;
  for (; it != names.mentions.end() && it->sentence == id; ++it) {
    if (it->head >= headed.size()) continue;
    const Mention*& slot = headed[it->head];
    if (!slot || it->last - it->first > slot->last - slot->first) slot = &*it;
  }
  // A mention whose head the tree sees in another word of it ("the Organization (ABC)"): the word that all others hang under.
  for (auto m = first; m != it; ++m) {
    if (m->first >= m->last || m->last > headed.size() || headed[m->head] != &*m) continue;
    uint32_t top = m->head;
    for (uint32_t steps = m->last - m->first; steps > 0; --steps) {
      const uint32_t up = head(top);
      if (up == kNoToken || up < m->first || up >= m->last) break;
      top = up;
    }
    if (headed[top] == nullptr) headed[top] = &*m;
  }
}

Symbol ClauseView::preposition(uint32_t token) const {
  for (const uint32_t c : index.children(token))
    if (node(c).deprel == Deprel::case_ && lemma[c] != kNoSymbol && word(c) != "'s" && word(c) != "\xE2\x80\x99s") return lemma[c];
  return kNoSymbol;
}

namespace {

// "had condemned": a perfect without "been", whatever the relation of its subject.
bool is_active_perfect(const ClauseView& view, uint32_t verb) {
  bool have = false;
  for (const uint32_t c : view.index.children(verb)) {
    if (view.node(c).deprel == Deprel::aux_pass || view.node(c).lemma == "be") return false;
    have = have || (view.node(c).deprel == Deprel::aux && view.node(c).lemma == "have");
  }
  return have;
}

}  // namespace

uint32_t subject_of_disguised(const ClauseView& view, uint32_t verb) {
  const Node& node = view.node(verb);
  uint32_t head = view.head(verb);
  if (!is_participle(node) || head == kNoToken || head > verb || verb == 0 || view.word(verb - 1) != "," || view.index.child(verb, Deprel::aux_pass) >= 0) return kNoToken;
  if (view.index.child(verb, Deprel::nsubj) >= 0) return kNoToken;
  // "NATO, to which neither belongs, called": hung on the verb of the relative clause.
  if (node.deprel == Deprel::advcl && view.node(head).deprel == Deprel::acl_relcl) head = view.head(head);
  else if (node.deprel != Deprel::acl) return kNoToken;
  if (head == kNoToken || view.node(head).deprel != Deprel::root || view.is_verb(head) || view.index.child(head, Deprel::cop) >= 0) return kNoToken;
  const int32_t aside = view.index.child(head, Deprel::acl_relcl);
  return aside >= 0 && static_cast<uint32_t>(aside) < verb ? head : kNoToken;
}

bool is_passive(const ClauseView& view, uint32_t verb) {
  if (is_active_perfect(view, verb) || subject_of_disguised(view, verb) != kNoToken) return false;
  for (const uint32_t c : view.index.children(verb)) {
    const Deprel rel = view.node(c).deprel;
    if (rel == Deprel::aux_pass || (rel == Deprel::obl_agent && view.node(verb).xpos != "VBD")) return true;
    // "Washington responded by ...": a past tense without auxiliary is active, whatever its subject is called.
    if (rel == Deprel::nsubj_pass && (view.node(verb).xpos == "VBN" && view.index.child(verb, Deprel::aux) < 0 ? view.node(verb).deprel != Deprel::root : view.node(verb).xpos != "VBD")) return true;
  }
  const Node& node = view.node(verb);
  if (node.deprel == Deprel::acl && is_participle(node)) return view.index.child(verb, Deprel::obj) < 0 && view.index.child(verb, Deprel::nsubj) < 0;
  // A conjoined participle shares the auxiliary: "were arrested and deported".
  if (node.deprel == Deprel::conj && node.xpos == "VBN" && view.index.child(verb, Deprel::nsubj) < 0 && view.index.child(verb, Deprel::nsubj_pass) < 0 && view.index.child(verb, Deprel::aux) < 0 &&
      view.index.child(verb, Deprel::obj) < 0 && view.head(verb) != kNoToken && view.node(view.head(verb)).xpos == "VBN" && view.head(verb) < verb)
    return view.index.child(view.head(verb), Deprel::aux_pass) >= 0;
  return false;
}

bool stands_behind_to(const ClauseView& view, uint32_t verb, uint32_t subject) {
  const uint32_t first = view.index.extent(subject).first;
  return view.node(verb).xpos == "VBG" && subject < verb && first > 0 && view.head(first - 1) == verb && view.node(first - 1).deprel == Deprel::mark && view.word(first - 1) == "to";
}

bool is_endless_past(const ClauseView& view, uint32_t verb) {
  const std::string_view word = view.word(verb);
  return view.node(verb).xpos == "VBD" && view.form[verb] == view.lemma[verb] && view.form[verb] != kNoSymbol && !word.ends_with('t') && !word.ends_with('d');
}

bool is_finite(const ClauseView& view, uint32_t verb) {
  const std::string& tag = view.node(verb).xpos;
  if (tag == "VBD" || tag == "VBZ" || tag == "VBP") return true;
  for (const uint32_t c : view.index.children(verb)) {
    const Deprel rel = view.node(c).deprel;
    if ((rel == Deprel::aux || rel == Deprel::aux_pass || rel == Deprel::cop) && view.node(c).xpos != "VB" && view.node(c).xpos != "VBG" && view.node(c).xpos != "VBN") return true;
  }
  return false;
}

bool gives_ground(const ClauseView& view, uint32_t participle, const FrameLexicon& frames) {
  const Symbol of = frames.asked.of, for_ = frames.asked.for_, from = frames.asked.from;
  for (const uint32_t c : view.index.children(participle))
    if ((view.node(c).deprel == Deprel::mark || view.node(c).deprel == Deprel::case_) && c < participle && view.lemma[c] != kNoSymbol &&
        (view.lemma[c] == of || view.lemma[c] == for_ || view.lemma[c] == from))
      return true;
  return false;
}

bool is_first_of_its_kind(const ClauseView& view, uint32_t noun, const FrameLexicon& frames) {
  if (frames.is(view.lemma[noun], frames.known.ordinal)) return true;
  for (const uint32_t c : view.index.children(noun))
    if (view.node(c).deprel == Deprel::amod && frames.is(view.lemma[c], frames.known.ordinal)) return true;
  return false;
}

uint32_t surface_subject(const ClauseView& view, uint32_t verb, const FrameLexicon& frames) {
  for (int i = 0; i < kMaxClimb && verb != kNoToken; ++i) {
    if (const uint32_t own = own_subject(view, verb, frames); own != kNoToken) return resolve_relative(view, own, verb, frames);
    if (const uint32_t misplaced = misplaced_subject(view, verb, frames); misplaced != kNoToken) return misplaced;
    if (const uint32_t disguised = subject_of_disguised(view, verb); disguised != kNoToken) return disguised;
    const uint32_t head = view.head(verb);
    if (head == kNoToken) return kNoToken;
    switch (view.node(verb).deprel) {
      case Deprel::advcl:
        // "jailed him for criticising the war", "accused Iran of arming them": who did that is the object.
        if (view.node(verb).xpos == "VBG" && !is_passive(view, head) && gives_ground(view, verb, frames))
          if (const uint32_t blamed = first_child(view, head, Deprel::obj); blamed != kNoToken && blamed < verb) return blamed;
        [[fallthrough]];
      case Deprel::conj:
        // "Congo severed relations and recalled its staff", the first verb read as a participle of "relations".
        if (view.is_nominal(head) && !view.is_verb(head) && head < verb)
          for (const uint32_t c : view.index.children(head))
            if (const auto path = garden_path(view, c); path && path->object == head) return path->subject;
        // "denies laying mines and has accused the South": a finite verb goes with a finite one.
        if (is_finite(view, verb) && !is_finite(view, head)) {
          uint32_t above = head;
          for (int k = 0; k < kMaxClimb && above != kNoToken && !is_finite(view, above); ++k) above = view.head(above);
          if (above != kNoToken) {
            verb = above;
            continue;
          }
        }
        [[fallthrough]];
      case Deprel::parataxis:
        if (view.node(verb).deprel == Deprel::parataxis && view.node(verb).xpos != "VBG") return kNoToken;
        if (const uint32_t c = accused_of(view, verb, head, frames); c != kNoToken) return c;
        verb = head;
        continue;
      case Deprel::xcomp:
        if (const uint32_t c = first_child(view, head, Deprel::obj); c != kNoToken || view.index.child(head, Deprel::obl) >= 0) return controller(view, head, frames);
        verb = head;
        continue;
      case Deprel::ccomp:
        // "X signed a treaty, the agency reported": the subject may hang on the verb of saying behind.
        if (verb < head) {
          uint32_t before = kNoToken, after = kNoToken;
          for (const uint32_t c : view.index.children(head))
            if (view.node(c).deprel == Deprel::nsubj) (c < verb ? before : after) = c;
          if (before != kNoToken && after != kNoToken) return before;
        }
        // "had earlier condemned", read as having a clause.
        if (view.node(verb).xpos != "VBG" && view.node(verb).xpos != "VB" && !(view.node(verb).xpos == "VBN" && view.node(head).lemma == "have")) return kNoToken;
        verb = head;
        continue;
      case Deprel::acl:
        // "handed over a note demanding ...": whoever writes demands.
        if (view.node(verb).xpos == "VBG" && frames.is(view.lemma[head], frames.known.writing)) {
          verb = clause_of(view, head);
          if (verb == head || is_passive(view, verb)) return kNoToken;
          continue;
        }
        if (view.node(verb).xpos == "VBG" || is_participle(view.node(verb))) return head;
        // "its decision to suspend", "X's plan to hold": whoever has the plan.
        if (const uint32_t owner = first_child(view, head, Deprel::nmod_poss); owner != kNoToken) return owner;
        // "became the first state to recognise it", "the latest to leave": whoever is called so.
        if (is_first_of_its_kind(view, head, frames)) {
          if (const uint32_t own = own_subject(view, head, frames); own != kNoToken) return resolve_relative(view, own, head, frames);
          if (view.node(head).deprel != Deprel::xcomp) return head;
          verb = head;
          continue;
        }
        verb = view.is_verb(head) ? head : clause_of(view, head);
        if (verb == head || is_passive(view, verb)) return kNoToken;
        continue;
      case Deprel::acl_relcl:
        return head;
      default:
        return kNoToken;
    }
  }
  return kNoToken;
}

uint32_t clause_of(const ClauseView& view, uint32_t token) {
  for (uint32_t i = 0; i < view.size() && token != kNoToken; ++i) {
    switch (view.node(token).deprel) {
      case Deprel::root:
      case Deprel::ccomp:
      case Deprel::xcomp:
      case Deprel::advcl:
      case Deprel::advcl_relcl:
      case Deprel::acl:
      case Deprel::acl_relcl:
      case Deprel::csubj:
      case Deprel::parataxis:
        return token;
      case Deprel::conj:
        if (view.is_verb(token)) return token;
        break;
      default:
        break;
    }
    if (view.head(token) == kNoToken) return token;
    token = view.head(token);
  }
  return token;
}

bool has_child_lemma(const ClauseView& view, uint32_t token, Symbol lemma) {
  if (lemma == kNoSymbol) return false;
  for (const uint32_t c : view.index.children(token))
    if (view.lemma[c] == lemma || view.form[c] == lemma) return true;
  return false;
}

namespace {

bool is_complement_clause(const ClauseView& view, uint32_t clause, const FrameLexicon& frames) {
  for (const uint32_t c : view.index.children(clause))
    if (view.node(c).deprel == Deprel::mark) return frames.is(view.lemma[c], frames.known.complement_mark);
  return view.node(clause).xpos == "VB";
}

bool names_complement_subject(const ClauseView& view, uint32_t verb, uint32_t nominal) {
  const auto below = view.index.children(verb);
  return std::any_of(below.begin(), below.end(), [&](uint32_t c) { return named_by_mark(view, c) == nominal; });
}

// Sorts one dependent of a verb into its place.
void place_dependent(const ClauseView& view, uint32_t verb, uint32_t c, const FrameLexicon& frames, Arguments& args, uint32_t& surface_own) {
  switch (view.node(c).deprel) {
    case Deprel::nsubj:
    case Deprel::nsubj_outer:
    case Deprel::nsubj_pass:
      if (stands_behind_to(view, verb, c)) break;
      if (surface_own != kNoToken && surface_own < verb && c > verb && view.node(c).deprel == Deprel::nsubj) {
        args.obj.push_back(c);  // a second subject behind the verb is its object
        break;
      }
      if (surface_own != kNoToken && frames.is(view.lemma[c], frames.known.time_noun) && view.headed[c] == nullptr) break;
      if (surface_own == kNoToken || c < verb) surface_own = past_dateline(view, resolve_relative(view, c, verb, frames));
      break;
    case Deprel::obj:
      // "stands with our ally", read as an object.
      if (const Symbol prep = c > verb ? view.preposition(c) : kNoSymbol; prep != kNoSymbol) args.obliques.push_back({prep, c});
      else args.obj.push_back(resolve_relative(view, c, verb, frames));
      break;
    case Deprel::iobj:
      args.iobj.push_back(resolve_relative(view, c, verb, frames));
      break;
    case Deprel::obl_agent:
      args.subj.push_back(c);
      args.subject_is_own = true;
      args.obliques.push_back({view.preposition(c), c});
      break;
    case Deprel::obl:
    case Deprel::nmod: {
      const Symbol prep = view.preposition(c);
      if (args.passive && prep == frames.asked.by && prep != kNoSymbol && !frames.is(view.lemma[c], frames.known.time_noun)) {
        args.subj.push_back(c);
        args.subject_is_own = true;
        args.obliques.push_back({prep, c});
      } else if (frames.is(view.lemma[c], frames.known.time_noun) || view.node(c).upos == Upos::NUM) {
        // "at 5:30 a.m.", "on Tuesday": times are no participants; a limit ("until December") may be asked for.
        if (prep != kNoSymbol && prep == frames.asked.until) args.obliques.push_back({prep, c});
      } else if (prep == kNoSymbol && c > verb && view.index.child(c, Deprel::case_) < 0 && view.is_nominal(c)) {
        if (!names_complement_subject(view, verb, c)) args.obj.push_back(c);  // an object that lost its name
      } else if (prep != kNoSymbol && frames.is(prep, frames.known.particle) && verb + 1 < view.size() && view.lemma[verb + 1] == prep && view.head(verb + 1) == c) {
        args.obj.push_back(c);  // "brushed aside the appeal": a particle taken for a preposition
      } else {
        args.obliques.push_back({prep, resolve_relative(view, c, verb, frames)});
      }
      break;
    }
    case Deprel::vocative:
      if (surface_own == kNoToken && c < verb && view.headed[c]) surface_own = c;  // "Kim, however, has given ..."
      break;
    case Deprel::xcomp:
    case Deprel::ccomp:
      args.comps.push_back(c);
      break;
    case Deprel::advcl:
      // "granted asylum to five officers holed up there", read as a clause of the officers'.
      for (const uint32_t d : view.index.children(c))
        if (view.node(d).deprel == Deprel::nsubj && d > verb) {
          const Symbol prep = stands_behind_to(view, c, d) ? frames.lexemes().find("to") : view.preposition(d);
          if (prep != kNoSymbol) args.obliques.push_back({prep, d});
        }
      // "called on X to stop", "accused X of doing": complements that the parser hangs in as adverbials.
      // "ruled out sending tanks": a gerund right behind its verb completes it.
      if (is_complement_clause(view, c, frames) || (view.node(c).xpos == "VBG" && c > verb && c - verb <= 2)) args.comps.push_back(c);
      break;
    default:
      break;
  }
}

// "a plan that Chile drew up", read as "the claim that ..." but for its "that": a relative clause.
bool is_gapped(const ClauseView& view, uint32_t clause) {
  if (view.node(clause).deprel != Deprel::acl || view.index.child(clause, Deprel::nsubj) < 0 || view.index.child(clause, Deprel::ccomp) >= 0) return false;
  const auto below = view.index.children(clause);
  return std::any_of(below.begin(), below.end(), [&](uint32_t c) { return c < clause && view.node(c).xpos == "WDT" && view.node(c).deprel == Deprel::mark; });
}

// The parser found no subject: an actor named right before the verb ("its Foreign Ministry did not rule out") is one.
uint32_t adjacent_subject(const ClauseView& view, uint32_t verb) {
  const Node& node = view.node(verb);
  const bool finite = node.xpos == "VBD" || node.xpos == "VBZ" || node.xpos == "VBP" || view.index.child(verb, Deprel::aux) >= 0;
  if (!finite || node.deprel == Deprel::conj || node.deprel == Deprel::acl_relcl || node.deprel == Deprel::xcomp || node.deprel == Deprel::acl) return kNoToken;
  uint32_t end = verb;
  while (end > 0 && (view.node(end - 1).upos == Upos::AUX || view.node(end - 1).upos == Upos::ADV || view.node(end - 1).upos == Upos::PART)) --end;
  constexpr uint32_t kReach = 4;  // tokens from the end of a mention to its head
  for (uint32_t t = end; t-- > 0 && end - t <= kReach;)
    if (const Mention* m = view.headed[t]; m && m->last == end && view.preposition(t) == kNoSymbol) return t;
  return kNoToken;
}

}  // namespace

Arguments verb_arguments(const ClauseView& view, uint32_t verb, const FrameLexicon& frames) {
  Arguments args;
  args.clause_verb = verb;
  args.passive = is_passive(view, verb);
  uint32_t surface = kNoToken;
  for (const uint32_t c : view.index.children(verb)) place_dependent(view, verb, c, frames, args, surface);
  if (const auto path = garden_path(view, verb)) {
    surface = path->subject;
    if (path->object != kNoToken) args.obj.push_back(path->object);
  }
  if (surface == kNoToken) surface = misplaced_subject(view, verb, frames);
  bool own = surface != kNoToken;
  if (!own) surface = surface_subject(view, verb, frames);
  if (surface == kNoToken) surface = adjacent_subject(view, verb);
  if (surface != kNoToken && surface != verb) {
    if (args.passive) {
      args.obj.insert(args.obj.begin(), surface);
    } else if (args.subj.empty()) {
      args.subj.push_back(surface);
      args.subject_is_own = own;
    }
  }
  // "On Monday Britain, France and Germany condemned": day and first name taken for one phrase.
  if (surface != kNoToken && !args.passive) {
    uint32_t bearer = verb;  // of conjoined verbs the first bears the subject
    for (int i = 0; i < kMaxClimb && !own && view.node(bearer).deprel == Deprel::conj && view.head(bearer) != kNoToken; ++i) bearer = view.head(bearer);
    if (const uint32_t c = misplaced_subject(view, bearer, frames, surface); c != kNoToken && c != surface) args.subj.push_back(c);
  }
  // "the missile that the North fired", "missiles the North fired": the object is the antecedent.
  if (args.obj.empty() && !args.passive && (view.node(verb).deprel == Deprel::acl_relcl || is_gapped(view, verb))) {
    const uint32_t antecedent = view.head(verb);
    if (!args.subj.empty() && args.subj.front() != antecedent) args.obj.push_back(antecedent);
  }
  // "launched what it called a satellite": the thing is what it was called.
  for (uint32_t& o : args.obj) {
    if (view.node(o).lemma != "what") continue;
    const uint32_t naming = first_child(view, o, Deprel::acl_relcl);
    if (naming == kNoToken) continue;
    for (const Deprel rel : {Deprel::xcomp, Deprel::obj})
      if (const uint32_t name = first_child(view, naming, rel); name != kNoToken && name > naming && view.is_nominal(name)) {
        o = name;
        break;
      }
  }
  // "Egypt and Bahrain cut ties": what stands behind the verb, but was hung in the list before it.
  if (args.obj.empty() && !args.passive && args.comps.empty())
    for (uint32_t t = verb + 1; t < view.size() && t <= verb + 4; ++t) {
      const Upos pos = view.node(t).upos;
      if (pos == Upos::DET || pos == Upos::ADJ || pos == Upos::NUM) continue;
      if (pos == Upos::NOUN && view.node(t).deprel == Deprel::conj && view.head(t) != kNoToken && view.head(t) < verb && view.index.child(t, Deprel::case_) < 0) args.obj.push_back(t);
      break;
    }
  // "called the launch reckless", "called it a breach": the name may hang on what is named.
  if (frames.is(view.lemma[verb], frames.known.naming) && args.obj.size() == 1 && args.comps.empty())
    for (const uint32_t c : view.index.children(args.obj.front())) {
      const Deprel rel = view.node(c).deprel;
      const bool joined = rel == Deprel::conj && view.index.child(c, Deprel::cc) < 0;
      if (c > args.obj.front() && (rel == Deprel::amod || rel == Deprel::appos || joined || (rel == Deprel::nmod && view.node(c).upos == Upos::ADJ))) args.comps.push_back(c);
    }
  // "gave them shelter", read as two objects: to whom comes first.
  if (args.obj.size() == 2 && args.iobj.empty() && !args.passive && args.obj[0] > verb && args.obj[0] < args.obj[1] && view.node(args.obj[1]).upos == Upos::NOUN &&
      (view.node(args.obj[0]).upos == Upos::PRON || view.headed[args.obj[0]]) && !frames.is(view.lemma[verb], frames.known.naming)) {
    args.iobj.push_back(args.obj[0]);
    args.obj.erase(args.obj.begin());
  }
  // "called the test a reckless act": the second object is a predicate. "called on the council to act": so is an infinitive on the noun.
  if (args.obj.size() > 1 && args.iobj.empty()) args.comps.push_back(args.obj.back());
  const auto infinitives_of = [&](uint32_t noun) {
    for (const uint32_t c : view.index.children(noun))
      if (view.node(c).deprel == Deprel::acl && (view.node(c).xpos == "VB" || view.node(c).upos == Upos::ADJ)) args.comps.push_back(c);
  };
  // "gave the rebels a week to leave": what is given may be a time.
  if (!args.iobj.empty() && args.obj.empty())
    for (const uint32_t c : view.index.children(verb))
      if (c > verb && (view.node(c).deprel == Deprel::obl_unmarked || view.node(c).deprel == Deprel::obl) && view.preposition(c) == kNoSymbol && frames.is(view.lemma[c], frames.known.time_noun)) {
        args.obj.push_back(c);
        break;
      }
  if (args.obj.empty() && !args.iobj.empty()) args.obj = args.iobj;
  // "called on both governments", "on" read as a particle.
  if (!args.obj.empty())
    for (const uint32_t c : view.index.children(verb))
      if (view.node(c).deprel == Deprel::compound_prt && c == verb + 1 && view.lemma[c] != kNoSymbol && !frames.is(view.lemma[c], frames.known.particle))
        args.obliques.push_back({view.lemma[c], args.obj.front()});
  // "asked Russia and the council for help", "imposed sanctions on Iran": what stands by the object may belong to the verb.
  const size_t own_obliques = args.obliques.size();
  const Symbol of = frames.asked.of, with = frames.asked.with;
  for (const uint32_t o : args.obj) {
    std::vector<uint32_t> heads{o};
    for (size_t k = 0; k < heads.size() && k < 12; ++k)
      for (const uint32_t c : view.index.children(heads[k])) {
        if (view.node(c).deprel == Deprel::conj && !view.is_verb(c)) heads.push_back(c);
        // "cast doubt on it", "doubt" read as a verb: so may an oblique.
        const Symbol prep = view.node(c).deprel == Deprel::nmod || view.node(c).deprel == Deprel::obl ? view.preposition(c) : kNoSymbol;
        if (prep == kNoSymbol) continue;
        // "a package of sanctions against Iran": past what the thing consists of.
        if (prep != of) args.obliques.push_back({prep, c});
        if (view.headed[c] == nullptr && (prep == of || prep == with)) heads.push_back(c);  // "sent ships with medicine to Peru"
      }
  }
  // "spoke by phone with the minister": so may what stands by a thing in the clause.
  for (size_t i = 0; i < own_obliques; ++i)
    if (const uint32_t head = args.obliques[i].head; !view.headed[head])
      for (const uint32_t c : view.index.children(head))
        if (const Symbol prep = view.node(c).deprel == Deprel::nmod ? view.preposition(c) : kNoSymbol; prep != kNoSymbol && prep != of) args.obliques.push_back({prep, c});
  for (const uint32_t o : args.obj) infinitives_of(o);
  for (size_t i = 0; i < own_obliques; ++i) infinitives_of(args.obliques[i].head);
  // "shot down the drone and the plane" is one object; a conjoined verb may share it: "built and tested a missile".
  if (args.obj.empty() && !args.passive)
    for (const uint32_t c : view.index.children(verb))
      if (view.node(c).deprel == Deprel::conj && view.is_verb(c) && c == verb + 2)
        for (const uint32_t d : view.index.children(c))
          if (view.node(d).deprel == Deprel::obj) args.obj.push_back(d);
  return args;
}

uint32_t predicate_subject(const ClauseView& view, uint32_t predicate, const FrameLexicon& frames) {
  const uint32_t subject = own_subject(view, predicate, frames);
  return subject == kNoToken ? kNoToken : resolve_relative(view, subject, predicate, frames);
}

}  // namespace demarche
