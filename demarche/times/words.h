// A sentence as the grammar of times sees it: words, numbers and marks, independent of how the tokeniser cuts them
// ("mid-July", "6am", "10-year" come apart here). Views point into the Words that made them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/core/span.h"
#include "demarche/times/lexicon.h"

namespace demarche {

struct Word {
  enum class Kind : uint8_t { letters, number, mark } kind = Kind::letters;
  Span span;              // in the article's text
  std::string_view form;  // lower case; "a.m." is "am"; every dash is "-", every apostrophe "'"
  bool capital = false;   // begins with an upper-case letter
  bool glued = false;     // no white space before it
  bool all_capitals = false;
  const std::vector<const LexiconEntry*>* entries = nullptr;  // of the lexicon, by first word
};

// The words of one sentence.
class Words {
 public:
  Words(std::string_view text, Span sentence, const TimeLexicon& lexicon);
  Words(const Words&) = delete;  // words_ points into forms_
  Words& operator=(const Words&) = delete;

  size_t size() const { return words_.size(); }
  const Word& operator[](size_t i) const { return words_[i]; }
  // Whether word i exists and has this form.
  bool is(size_t i, std::string_view form) const { return i < words_.size() && words_[i].form == form; }
  bool is_number(size_t i) const { return i < words_.size() && words_[i].kind == Word::Kind::number; }
  bool is_mark(size_t i) const { return i < words_.size() && words_[i].kind == Word::Kind::mark; }
  bool glued(size_t i) const { return i < words_.size() && words_[i].glued; }

  // The month of that name, 1 to 12; 0 when there is none.
  int month_named(std::string_view name) const;
  // The longest entry of that class that stands at i; null when none does.
  const LexiconEntry* match(size_t i, WordClass word_class) const;

 private:
  const TimeLexicon& lexicon_;
  std::string forms_;
  std::vector<Word> words_;
};

}  // namespace demarche
