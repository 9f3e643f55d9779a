// Common nouns that stand for parties told before: "the two sides", "the Shiite group", "the other side", "the island nation". Each function
// looks whether such a phrase begins at a unit. Pure. Private to this stage.
#pragma once

#include <optional>

#include "demarche/names/phrase.h"

namespace demarche::names {

struct NounPhrase {
  Phrase phrase;
  bool pronoun = false;  // begins with a possessive ("its neighbor")
};

std::optional<NounPhrase> several_at(const Scan& s, uint32_t u);
std::optional<NounPhrase> group_noun_at(const Scan& s, uint32_t u);
std::optional<NounPhrase> other_at(const Scan& s, uint32_t u);
std::optional<NounPhrase> country_noun_at(const Scan& s, uint32_t u);

Determiner determiner_at(const Scan& s, uint32_t u);
// The name of a party, group, capital or palace that begins at the unit.
bool is_party_atom(const Scan& s, uint32_t u);
// "-backed", "-led", "-based" behind a name.
bool is_hyphen_adjective(const Scan& s, uint32_t u);

}  // namespace demarche::names
