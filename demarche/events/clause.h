// Who fills which place around a verb or a noun, read off a dependency tree: active, passive, relative, controlled and
// conjoined verbs; possessives, prepositions and light verbs of nouns. Heads only: who they are is participants.h.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "demarche/core/document.h"
#include "demarche/core/tree.h"
#include "demarche/events/lexicon.h"

namespace demarche {

inline constexpr uint32_t kNoToken = UINT32_MAX;

// One sentence with all that later steps look up again and again. Refers to, and must not outlive, its arguments.
struct ClauseView {
  ClauseView(SentenceId id, std::string_view text, const Sentence& sentence, const Tree& tree, const Names& names, const FrameLexicon& frames);

  SentenceId id;
  std::string_view text;
  const Sentence& sentence;
  const Tree& tree;
  TreeIndex index;
  std::vector<Symbol> lemma, form;             // lower case
  std::vector<const Mention*> headed;          // longest mention headed by the token, or null

  uint32_t size() const { return static_cast<uint32_t>(tree.nodes.size()); }
  const Node& node(uint32_t token) const { return tree.nodes[token]; }
  uint32_t head(uint32_t token) const { return tree.nodes[token].head < 0 ? kNoToken : static_cast<uint32_t>(tree.nodes[token].head); }
  std::string_view word(uint32_t token) const { return text_of(text, sentence.tokens[token].span); }
  // The preposition (first `case` child) of a nominal; kNoSymbol when it has none.
  Symbol preposition(uint32_t token) const;
  // A finite form counts whatever its universal tag: "overran" may be tagged a preposition in the past tense.
  bool is_verb(uint32_t token) const {
    const std::string_view tag = node(token).xpos;  // a view is compared by its length first
    return node(token).upos == Upos::VERB || node(token).upos == Upos::AUX || tag == "VBD" || tag == "VBZ";
  }
  bool is_nominal(uint32_t token) const { return node(token).upos == Upos::NOUN || node(token).upos == Upos::PROPN || node(token).upos == Upos::PRON || node(token).upos == Upos::NUM; }
};

struct Oblique {
  Symbol preposition = kNoSymbol;
  uint32_t head = 0;
};

struct LightUse {
  uint32_t verb = 0;
  const LightVerb* entry = nullptr;
};

// The logical places: of a passive, `obj` is the surface subject.
struct Arguments {
  std::vector<uint32_t> subj, obj, iobj, poss, mods, comps;
  std::vector<uint32_t> means_subj;  // of a noun: who acts by means of it ("said during a visit", "responded through sanctions")
  std::vector<uint32_t> host;        // of a noun in a prepositional phrase: subject, objects, "with" and "to" of the verb it stands by
  std::vector<uint32_t> sufferers;   // of a noun: whom it befell ("the convoy came under attack")
  std::vector<Oblique> obliques;
  bool passive = false;
  bool subject_is_own = false;  // not taken over from another clause
  std::optional<LightUse> light;  // of a noun
  // The verb whose tense and negation tell whether it happened: the verb itself, the light verb, or the noun.
  uint32_t clause_verb = 0;
};

// "Ruritania eased measures" read as a noun phrase with a participle in it: the finite verb in disguise.
struct GardenPath {
  uint32_t subject = kNoToken;
  uint32_t object = kNoToken;  // the phrase's head; kNoToken when the verb has its own object
};
std::optional<GardenPath> garden_path(const ClauseView& view, uint32_t verb);

Arguments verb_arguments(const ClauseView& view, uint32_t verb, const FrameLexicon& frames);
Arguments noun_arguments(const ClauseView& view, uint32_t noun, const FrameLexicon& frames);

// The surface subject of a verb or predicate, own or taken over from the clause that controls it; kNoToken when none.
uint32_t surface_subject(const ClauseView& view, uint32_t verb, const FrameLexicon& frames);
// The subject of a predicate noun or adjective, past a relative pronoun; kNoToken when it has none of its own.
uint32_t predicate_subject(const ClauseView& view, uint32_t predicate, const FrameLexicon& frames);
bool is_passive(const ClauseView& view, uint32_t verb);
// "sent a note to Delhi proposing talks", read as "Delhi proposing": no clause is marked so, its subject is an addressee.
bool stands_behind_to(const ClauseView& view, uint32_t verb, uint32_t subject);
// "demanded that it free them", "free" read as a past: those that are like the base end in t or d ("cut", "spread").
bool is_endless_past(const ClauseView& view, uint32_t verb);
// "the first country", "the latest": what follows with "to" was done.
bool is_first_of_its_kind(const ClauseView& view, uint32_t noun, const FrameLexicon& frames);
// "Iran, which denies it, called on ...", read as a name with a participle: the verb of the sentence.
// Its subject; kNoToken for any other verb.
uint32_t subject_of_disguised(const ClauseView& view, uint32_t verb);
// The verb or predicate of the clause that a token stands in.
uint32_t clause_of(const ClauseView& view, uint32_t token);
bool has_child_lemma(const ClauseView& view, uint32_t token, Symbol lemma);

}  // namespace demarche
