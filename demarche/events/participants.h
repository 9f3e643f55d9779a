// Who stands behind the words: from the head of a nominal to parties, through Names, possessives, demonyms and speakers.
#pragma once

#include <vector>

#include "demarche/core/document.h"
#include "demarche/events/clause.h"
#include "demarche/events/lexicon.h"

namespace demarche {

// The statements whose content touches a sentence; built once per document.
class StatementIndex {
 public:
  StatementIndex(std::span<const Sentence> sentences, std::span<const Statement> statements);
  // The statement with the shortest content that holds `place` and whose cue does not; invalid when none does.
  StatementId innermost(SentenceId sentence, Span place) const;
  const Statement& operator[](StatementId id) const { return statements_[id.index]; }

 private:
  std::span<const Statement> statements_;
  std::vector<std::vector<uint32_t>> by_sentence_;
};

// How the parties of a place were read; each sign makes it less sure that these, and no others, are meant.
struct CastSigns {
  bool pronoun = false, nominal = false;  // named by such a mention
  bool modifier = false;                  // by what stands before or hangs on the noun ("the Chinese embassy")
  bool speaker = false;                   // whoever says the words, or "we"
  bool shared = false;                    // a subject taken over from another clause
  bool means = false;                     // a clause's subject, for a noun
  bool words = false;                     // no known party, but called a government, an army
  bool home = false;                      // the country of a place in the clause
  bool place = false;                     // the country of the place named
  uint8_t choice = 0;                     // which of the frame's places yielded it, from 0
  float name = 1;                         // the least sure name

  void merge(const CastSigns& other);
};

struct Cast {
  std::vector<Participant> parties;  // without repeats of party
  std::vector<Participant> unplaced; // political, but of no known party ("the president", "rebels")
  std::vector<uint32_t> heads;       // tokens they were read from
  CastSigns signs;
  uint32_t pending = kNoToken;       // a thing named without its doer ("condemned the launch"): the discourse may tell

  void add(const Participant& p);
  void merge(const Cast& other);
};

// Everything a sentence's casting needs. Refers to its arguments.
struct Scene {
  const ClauseView& view;
  const Names& names;
  const StatementIndex& statements;
  const FrameLexicon& frames;
};

// The parties of the nominal headed by `head` and of those joined to it by "and".
Cast cast_nominal(const Scene& scene, uint32_t head, bool deep, bool place);
// The parties of one place around a trigger.
Cast cast_role(const Scene& scene, const Arguments& args, uint32_t trigger, const RoleSource& source, TriggerPos pos);
// The first place that yields a party; one that holds none but `others` is passed over ("warned that it would hit back at Iran").
Cast cast_chain(const Scene& scene, const Arguments& args, uint32_t trigger, const RoleChain& chain, TriggerPos pos, const Cast* others = nullptr);

// A part of a state, body or armed group; not its business, press or citizens.
bool is_political(const Participant& participant);
// `head` and the nominals joined to it, past measures ("a volley of missiles").
std::vector<uint32_t> joined(const Scene& scene, uint32_t head);
// The same without the head: empty for most.
std::vector<uint32_t> joined_to(const Scene& scene, uint32_t head);
bool is_kind(const Scene& scene, uint32_t head, ActorKind kind);

}  // namespace demarche
