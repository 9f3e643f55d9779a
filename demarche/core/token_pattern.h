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
#include <utility>
#include <vector>

#include "demarche/core/document.h"
#include "demarche/core/vocabulary.h"

namespace demarche {

// A word as patterns see it: hyphens and quotation marks are passed over, a hyphenated token counts as its parts.
struct PatternWord {
  // What a gap stops at, and what joins nouns to one phrase ("of", "'s").
  enum class Role : uint8_t { none, stop, comma, of, possessive };

  uint32_t token = 0;
  uint32_t form = 0, lemma = 0;  // numbers of the lower-case words; 0: no pattern names them
  uint64_t bits = 0;             // bit (number % 64) of both; none of 0
  Upos upos = Upos::X;
  Role role = Role::none;
  std::optional<double> number;  // "12", "1,080", "twelve", "million"
};

// `words` is the vocabulary that the patterns were added with.
std::vector<PatternWord> pattern_words(std::string_view text, const Sentence& sentence, const Tree& tree, const Vocabulary& words);
// Of each sentence of a report, to be shared by all stages that match patterns; empty where a sentence is no prose (kMaxProseTokens) or
// its tree does not fit.
std::vector<std::vector<PatternWord>> pattern_words(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees, const Vocabulary& words);

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
  Vocabulary names_, words_;
  std::vector<std::vector<uint32_t>> sets_of_;  // by the word's number - 1: numbers of the sets that hold it
};

class TokenPatterns {
 public:
  // Adds the patterns of a cell (several are parted by "||") under a row number. What is wrong with the cell, or nothing.
  // All patterns that are to match the same words are added with one vocabulary.
  std::optional<std::string> add(std::string_view cell, uint32_t row, const WordSets& sets, Vocabulary& vocabulary);
  // Behind the last add(), before the first match().
  void finish();
  // All fits, in the order of their first word and then of their row; of one row's fits that begin at one word the longest.
  std::vector<PatternMatch> match(std::span<const PatternWord> words) const;

 private:
  enum class Kind : uint8_t { literal, number, gap, nouns };
  struct Element {
    Kind kind = Kind::literal;
    uint32_t words_begin = 0, words_end = 0;  // in words_: their numbers, sorted; none: any word
    uint64_t word_bits = 0;                   // bit (number % 64) of each: most other words are told apart by it
    std::optional<Upos> upos;
    bool form_only = false, optional = false, negative = false, behind = false;
    bool cross_comma = false;
    uint8_t gap = 0;
    bool opens = false, closes = false, anchor = false;
  };
  struct Pattern {
    uint32_t row = 0;
    uint32_t begin = 0, end = 0;  // in elements_
  };
  // A pattern that can begin at a word, and what the words behind it must hold for that: most patterns are put aside by it unread.
  struct Start {
    uint64_t bits = 1;  // of the words of one element that no fit can lack (Element::word_bits)
    uint32_t pattern = 0;
    uint32_t reach = 0;  // words behind the first within which that element stands; 0: there is none
  };
  struct State;

  std::optional<std::string> add_one(std::string_view one, uint32_t row, const WordSets& sets, Vocabulary& vocabulary);
  std::optional<std::string> read_words(std::string_view piece, const WordSets& sets, Vocabulary& vocabulary, Element& element);
  Start start_of(uint32_t pattern) const;
  std::span<const Start> beginning_with(uint32_t word) const;
  bool fits(const Element& element, const PatternWord& word) const;
  bool step(const Pattern& pattern, std::span<const PatternWord> words, size_t element, size_t word, State& state) const;
  PatternMatch match_of(const Pattern& pattern, std::span<const PatternWord> words, size_t first, const State& state) const;

  // Side by side in memory, in the order in which a sentence asks for them.
  std::vector<Pattern> patterns_;
  std::vector<Element> elements_;
  std::vector<uint32_t> words_;
  std::vector<std::pair<uint32_t, uint32_t>> first_words_;  // word and pattern, until finish() makes starts_ of them
  std::vector<uint32_t> starts_begin_;                      // in starts_, by a word's number
  std::vector<Start> starts_, number_first_, any_first_;
};

}  // namespace demarche
