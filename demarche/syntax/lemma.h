// Lemmas by lookup, by the usual spelling of names, then by the longest suffix that has a rule. The tables come from the model file; train/lemmas.py builds
// them and defines the same choice.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <functional>
#include <unordered_map>
#include <unordered_set>

#include "demarche/syntax/model_file.h"

namespace demarche {

// Two letters or more, all of them capitals.
bool in_capitals(std::string_view form);

class Lemmatizer {
 public:
  // Throws Error when a table is broken. The file must outlive the object.
  explicit Lemmatizer(const ModelFile& file);
  // `first`: the word begins its sentence; `shouting`: a word beside is in capitals too. REQUIRES: form is not empty.
  std::string lemma(std::string_view form, std::string_view xpos, bool first, bool shouting = false) const;

 private:
  struct Script {
    char letters = 'k';  // k: as they stand, l: lower case, c: first letter a capital
    uint32_t strip = 0;
    std::string_view add;
  };
  struct Spelling;
  const Script* rule_for(const Spelling& spelling, std::string_view cls) const;
  // The lemma of a number, and of a name or an adjective whose capitals are not the usual ones; empty for other words.
  std::string spelled(std::string_view form, std::string_view xpos, const Spelling& spelling, bool shouting) const;
  // A known word from which `low` differs by a slip of the keyboard; empty when there is none, or several.
  std::string mended(std::string_view low) const;
  struct Key {
    std::string_view first, second;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    size_t operator()(const Key& key) const { return std::hash<std::string_view>()(key.first) * 31 + std::hash<std::string_view>()(key.second); }
  };
  std::unordered_map<Key, std::string_view, KeyHash> exceptions_;  // (form, xpos)
  std::unordered_map<Key, Script, KeyHash> rules_;                 // (suffix, class)
  std::unordered_set<std::string_view> known_;                     // the model's vocabulary
  std::unordered_map<std::string, std::string_view> spellings_;    // small letters to the usual spelling; also words that are no slips of others
};

}  // namespace demarche
