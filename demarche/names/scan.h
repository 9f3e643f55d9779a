// What stands in one sentence, before anything is resolved: names of the base, title words, and runs of capitalised words
// that no table knows. Input: units and tags; output: items at unit positions. Pure; one linear pass.
#pragma once

#include <span>
#include <vector>

#include "demarche/names/base.h"
#include "demarche/names/units.h"

namespace demarche::names {

// A name of the base at units [first, last). `entries` are all rows that it may mean, in order of preference.
struct Atom {
  uint32_t first = 0, last = 0;
  std::vector<Entry> entries;

  bool has(EntryKind kind) const;
  bool only(EntryKind kind) const;
};

// A title word ("foreign minister") at units [first, last).
struct TitleAtom {
  uint32_t first = 0, last = 0;
  uint32_t row = 0;
  bool plural = false;
  int32_t mod_row = -1;  // where the word is a modifier too ("chief"): that row
  bool modifies = false;  // a modifier or portfolio and nothing else
};

struct Scan {
  std::string_view text;
  std::vector<Unit> units;
  std::vector<Upos> upos;  // of each unit's token; empty without a tree
  std::vector<Atom> atoms;
  std::vector<TitleAtom> titles;
  std::vector<int32_t> atom_at, title_at;  // at its first unit, else -1
  std::vector<int32_t> atom_of;            // the atom that covers the unit, else -1
  std::vector<uint64_t> family_names;      // hashes of words that are places elsewhere and part of a person's name here

  uint32_t size() const { return static_cast<uint32_t>(units.size()); }
  bool is(uint32_t unit, std::string_view lower) const;  // false beyond the end
  bool any(uint32_t unit, std::span<const std::string_view> lower) const;
  bool possessive(uint32_t unit) const { return unit < size() && units[unit].kind == UnitKind::possessive; }
  bool comma(uint32_t unit) const { return unit < size() && units[unit].kind == UnitKind::punct && units[unit].text == ","; }
  bool word(uint32_t unit) const { return unit < size() && (units[unit].kind == UnitKind::word); }
  // End of the run of capitalised words that begins here and is in no atom or title; `at` itself when there is none.
  uint32_t capital_run(uint32_t at) const;
  // The capital at `at` opens a sentence or quotation and the tagger takes the word for no proper noun.
  bool weak_capital(uint32_t at) const;
};

Scan scan_sentence(std::string_view text, const Sentence& sentence, const Tree& tree, const Base& base);

}  // namespace demarche::names
