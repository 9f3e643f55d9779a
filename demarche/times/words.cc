#include "demarche/times/words.h"

#include "demarche/core/utf8.h"

namespace demarche {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }

// What a character beyond ASCII is to this grammar.
enum class Wide : uint8_t { letter, space, dash, apostrophe, mark };

Wide wide_kind(char32_t c) {
  switch (c) {
    case 0xA0:
    case 0x202F:
    case 0x2009:
    case 0x200A:
    case 0x2007:
    case 0x3000:
    case 0xFEFF:
    case 0x200B:
      return Wide::space;
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
      return Wide::dash;
    case 0x2018:
    case 0x2019:
    case 0x02BC:
      return Wide::apostrophe;
    default:
      break;
  }
  if (c == 0xAA || c == 0xB5 || c == 0xBA) return Wide::letter;
  if (c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x206F) || (c >= 0x20A0 && c <= 0x20CF) || (c >= 0x2100 && c <= 0x2BFF))
    return Wide::mark;
  return Wide::letter;
}

// Cuts one sentence; each cut_ function consumes one word at at_.
class Cutter {
 public:
  Cutter(std::string_view text, Span sentence, std::string& forms, std::vector<Word>& words)
      : text_(text), at_(sentence.begin), end_(sentence.end), forms_(forms), words_(words) {}

  void run() {
    bool glued = false;
    while (at_ < end_) {
      const char c = text_[at_];
      if (is_space(c)) {
        ++at_;
        glued = false;
        continue;
      }
      if (static_cast<unsigned char>(c) >= 0x80) {
        const CodePoint point = code_point_at(text_, at_);
        const Wide kind = wide_kind(point.value);
        if (kind == Wide::space) {
          at_ += point.size;
          glued = false;
          continue;
        }
        if (kind == Wide::letter) {
          cut_letters();
        } else {
          add(Word::Kind::mark, at_, at_ + point.size, kind == Wide::dash ? "-" : kind == Wide::apostrophe ? "'" : "?");
          at_ += point.size;
        }
      } else if (is_digit(c)) {
        cut_number();
      } else if (is_upper(c) || is_lower(c)) {
        cut_letters();
      } else {
        add(Word::Kind::mark, at_, at_ + 1, std::string_view(&text_[at_], 1));
        ++at_;
      }
      words_.back().glued = glued;
      glued = true;
    }
  }

 private:
  char peek(size_t at) const { return at < end_ ? text_[at] : ' '; }

  void add(Word::Kind kind, size_t begin, size_t end, std::string_view form) {
    Word word;
    word.kind = kind;
    word.span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
    const size_t offset = forms_.size();
    for (const char c : form) forms_ += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    word.form = std::string_view(forms_.data() + offset, form.size());  // forms_ was reserved: it does not move
    words_.push_back(word);
  }

  // "2,500" and "1.5" are one number each; "2017-07-04" and "3:30" are not.
  void cut_number() {
    const size_t begin = at_;
    while (is_digit(peek(at_))) ++at_;
    while (peek(at_) == ',' && is_digit(peek(at_ + 1)) && is_digit(peek(at_ + 2)) && is_digit(peek(at_ + 3)) && !is_digit(peek(at_ + 4)))
      at_ += 4;
    if (peek(at_) == '.' && is_digit(peek(at_ + 1))) {
      ++at_;
      while (is_digit(peek(at_))) ++at_;
    }
    add(Word::Kind::number, begin, at_, text_.substr(begin, at_ - begin));
  }

  void cut_letters() {
    const size_t begin = at_;
    if (const size_t dotted = dotted_abbreviation(begin); dotted) {
      std::string form;
      for (size_t i = begin; i < dotted; ++i)
        if (text_[i] != '.') form += text_[i];
      at_ = dotted;
      add(Word::Kind::letters, begin, dotted, form);
    } else {
      while (at_ < end_) {
        const char c = text_[at_];
        if (is_upper(c) || is_lower(c)) {
          ++at_;
        } else if (static_cast<unsigned char>(c) >= 0x80) {
          const CodePoint point = code_point_at(text_, at_);
          if (wide_kind(point.value) != Wide::letter) break;
          at_ += point.size;
        } else {
          break;
        }
      }
      add(Word::Kind::letters, begin, at_, text_.substr(begin, at_ - begin));
    }
    Word& word = words_.back();
    word.capital = is_upper(text_[begin]);
    word.all_capitals = word.capital;
    for (size_t i = begin; i < word.span.end && word.all_capitals; ++i) word.all_capitals = !is_lower(text_[i]);
  }

  // End of "a.m.", "p.m", "U.S.", "G.M.T." that begins here; 0 when there is none.
  size_t dotted_abbreviation(size_t begin) const {
    const auto letter = [&](size_t at) { return is_upper(peek(at)) || is_lower(peek(at)); };
    size_t at = begin;
    size_t letters = 0;
    while (letter(at) && !letter(at + 1) && peek(at + 1) == '.' && letters < 6) {
      at += 2;
      ++letters;
    }
    if (letters == 0) return 0;
    if (letter(at) && !letter(at + 1) && !is_digit(peek(at + 1))) {  // "p.m" without the last dot
      ++at;
      ++letters;
    }
    return letters >= 2 ? at : 0;
  }

  std::string_view text_;
  size_t at_, end_;
  std::string& forms_;
  std::vector<Word>& words_;
};

}  // namespace

Words::Words(std::string_view text, Span sentence, const TimeLexicon& lexicon) : lexicon_(lexicon) {
  forms_.reserve(sentence.size() + 1);  // views into it must stay where they are
  words_.reserve(sentence.size() / 5 + 4);
  Cutter(text, sentence, forms_, words_).run();
  for (Word& word : words_)
    if (word.kind != Word::Kind::mark) word.entries = lexicon.starting_with(word.form);
}

int Words::month_named(std::string_view name) const {
  const std::vector<const LexiconEntry*>* entries = lexicon_.starting_with(name);
  if (entries)
    for (const LexiconEntry* entry : *entries)
      if (entry->word_class == WordClass::month) return entry->number;
  return 0;
}

const LexiconEntry* Words::match(size_t i, WordClass word_class) const {
  if (i >= words_.size() || !words_[i].entries) return nullptr;
  for (const LexiconEntry* entry : *words_[i].entries) {
    if (entry->word_class != word_class || i + entry->words.size() > words_.size()) continue;
    bool all = true;
    for (size_t k = 1; k < entry->words.size() && all; ++k) all = words_[i + k].form == entry->words[k];
    if (all) return entry;
  }
  return nullptr;
}

}  // namespace demarche
