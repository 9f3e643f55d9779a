// What the resolver keeps while it reads a report: what phrases were tied to, who was spoken of, lists of names, and what a title's words say of
// whose it is.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "demarche/core/document.h"

namespace demarche::names {

// Sentences back in which a pronoun or "the ministry" finds what it stands for; chosen by reading, further back is mostly wrong.
inline constexpr uint32_t kPronounSentences = 3;
inline constexpr size_t kHistory = 64;  // mentions kept for it
inline constexpr int kHome = 5;  // points of the state of the dateline, beside those of Resolver::focus
inline constexpr size_t kMostJoined = 32;  // names of one list; nobody says "they" of more
inline constexpr size_t kMostTitleWords = 32;  // kept of one person

// What a phrase was tied to.
struct Referent {
  ActorId actor;
  std::vector<ActorId> members;
  MentionForm form = MentionForm::name;
  std::string rule;
  float confidence = 0;
  bool place = false;
  bool valid() const { return actor.valid() || !members.empty(); }
};

struct Seen {
  Referent what;
  uint32_t sentence = 0, unit = 0;
  bool subject = false, nested = false;
  bool main = false;     // subject of the sentence's own clause, not of one inside it
  bool quoted = false;   // inside quotation marks
  bool speaker = false;  // subject of a verb of saying
  uint32_t head = 0;     // token that heads it
};

// Names joined by commas and "and": "Mali, Burkina Faso and Niger"; "between" A and B.
struct Joined {
  std::vector<ActorId> members;
  uint32_t sentence = 0, unit = 0;
  size_t last_phrase = 0;
  bool subject = false, between = false, quoted = false;
  bool closed = false;  // its last name stands behind "and": "Russia, Serbia's ally" is no list
};

// Party and the like that stand in a titled phrase.
struct Source {
  std::string party, sector;
  std::string country;
  std::vector<std::string> parties;  // of a plural head with several countries
  ActorId person;                    // the origin is a person ("the Trump administration")
  int32_t group = -1;
  bool explicit_ = false;
  bool elsewhere = false;  // it belongs to a body of which no party is known ("director of the Greek Energy Forum")
  float confidence = 0.3f;
};

}  // namespace demarche::names
