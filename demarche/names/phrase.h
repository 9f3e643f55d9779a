// Noun phrases that name an actor: "Japanese Chief Cabinet Secretary Yoshihide Suga", "a senior official at Japan's Defense
// Ministry", "its foreign ministry", "the two sides". Input: the scan of a sentence; output: phrases by their parts, in
// text order, nothing resolved yet. Pure.
#pragma once

#include <vector>

#include "demarche/names/scan.h"

namespace demarche::names {

enum class PhraseKind : uint8_t {
  atom,      // a name of the base standing alone
  titled,    // with a title word as head, with or without a person's name
  unknown,   // capitalised words that no table knows
  pronoun,   // he, she, it, they and their objects and possessives
  several,   // "the two sides", "the trio", "both countries"
  country,   // "the country", "the island nation"
  group,     // "the group", "the movement"
  other,     // "the other side", "its neighbor"
};

enum class Determiner : uint8_t { none, definite, indefinite, demonstrative, possessive };

// Where a phrase says that its head belongs: a demonym, a possessor, an "of" phrase, a city after "in".
struct Origin {
  int32_t atom = -1;         // index into Scan::atoms
  int32_t phrase = -1;       // or index into the sentence's phrases ("the ministry's spokesman", "at the foreign ministry")
  uint32_t first = 0, last = 0;  // units; of a run of unknown capitalised words when both are -1
  bool possessive = false;
  bool after = false;        // stands behind the head
  bool of = false;           // behind "of"
  bool location = false;     // "in Tokyo"
};

struct Phrase {
  PhraseKind kind = PhraseKind::atom;
  uint32_t first = 0, last = 0;  // units
  uint32_t head = 0;             // unit
  Determiner determiner = Determiner::none;
  uint32_t determiner_unit = 0;
  int32_t atom = -1;             // of an atom phrase, or of the person's name
  int32_t title = -1;            // row of Base::titles() of the head
  std::vector<uint32_t> head_titles;  // rows of all title words before and at the head, in order
  uint32_t title_first = 0, title_last = 0;  // units of the title words
  bool plural = false;
  bool former = false;
  bool elsewhere = false;        // of a family, a company, a club, a whole region: no one state's
  bool of_more = false;  // "head of Iran's drone programme": of something of that state's
  bool deputy = false;           // vice, deputy, acting: not the holder of the office
  std::string_view sector, cls;  // from the fields and the head
  std::vector<Origin> origins;
  std::vector<int32_t> loose;    // atoms inside that say nothing of whose it is ("Iran-backed", "pro-Beijing")
  uint32_t name_first = 0, name_last = 0;  // units of the person's name; equal when none
  int32_t parent = -1;           // the phrase that holds this one
  int32_t apposition = -1;       // the phrase with the same referent
  bool weak = false;             // an unknown name whose capital may be that of the sentence's first word
};

// Phrases in the order of their first unit, an outer one before those it holds.
std::vector<Phrase> find_phrases(const Scan& scan, const Base& base);

}  // namespace demarche::names
