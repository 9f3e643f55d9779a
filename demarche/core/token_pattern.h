// Patterns over the words of one sentence, as the data files of claims, commitments and links write them.
// The language is in docs/formats/patterns.md. Immutable after loading; thread safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "demarche/core/document.h"

namespace demarche {

// A word as patterns see it: hyphens and quotation marks are passed over, a hyphenated token counts as its parts.
struct PatternWord {
  uint32_t token = 0;
  std::string form, lemma;  // lower case
  Upos upos = Upos::X;
  std::optional<double> number;  // "12", "1,080", "twelve", "million"
};

std::vector<PatternWord> pattern_words(std::string_view text, const Sentence& sentence, const Tree& tree);

// Where a pattern fits. Token ranges are half-open.
struct PatternMatch {
  uint32_t row = 0;
  uint32_t first = 0, last = 0;
  uint32_t anchor = 0;  // token of the word marked ^, else of the first literal
  std::vector<double> numbers;  // of each <num>
  std::optional<std::pair<uint32_t, uint32_t>> capture;  // between [ and ]
};

// Named sets of words (@launch), from data/en/word_sets.tsv.
class WordSets {
 public:
  // Throws Error when the file is broken.
  static WordSets load(const std::filesystem::path& path);
  const std::vector<std::string>* find(std::string_view name) const;
  bool contains(std::string_view name, std::string_view word) const;
  void add(std::string name, std::vector<std::string> words);

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> sets_;
};

class TokenPatterns {
 public:
  // Adds the patterns of a cell (several are parted by "||") under a row number. What is wrong with the cell, or nothing.
  std::optional<std::string> add(std::string_view cell, uint32_t row, const WordSets& sets);
  // All fits, in the order of their first word and then of their row; of one row's fits that begin at one word the longest.
  std::vector<PatternMatch> match(const std::vector<PatternWord>& words) const;

 private:
  enum class Kind : uint8_t { literal, number, gap, nouns };
  struct Element {
    Kind kind = Kind::literal;
    std::vector<uint32_t> words;  // numbers of ids_, sorted; empty: any word
    std::optional<Upos> upos;
    bool form_only = false, optional = false, negative = false, behind = false;
    bool cross_comma = false;
    uint8_t gap = 0;
    bool opens = false, closes = false, anchor = false;
  };
  struct Pattern {
    uint32_t row = 0;
    std::vector<Element> elements;
  };
  struct State;
  // The words of a sentence with their numbers; 0: in no pattern.
  struct Numbered {
    const std::vector<PatternWord>& words;
    std::vector<std::pair<uint32_t, uint32_t>> ids;  // of form and lemma
  };

  static bool fits(const Element& element, const Numbered& text, size_t word);
  static bool step(const Pattern& pattern, const Numbered& text, size_t element, size_t word, State& state);

  std::vector<Pattern> patterns_;
  std::unordered_map<std::string, uint32_t> ids_;  // from 1; only looked up, never walked through
  std::vector<std::vector<uint32_t>> by_first_;    // patterns that can begin with a word, by its number
  std::vector<uint32_t> number_first_, any_first_;
};

}  // namespace demarche
