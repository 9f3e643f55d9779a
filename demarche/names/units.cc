#include "demarche/names/units.h"

#include "demarche/core/utf8.h"

namespace demarche::names {
namespace {

bool is_ascii(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// Length of a curly quote or dash at `at`, with the ASCII character that it stands for; 0 when there is none.
struct Mark {
  uint32_t size = 0;
  char ascii = 0;
};
Mark mark_at(std::string_view text, size_t at) {
  const char c = text[at];
  if (c == '\'' || c == '-' || c == '.') return {1, c};
  if (static_cast<unsigned char>(c) < 0x80) return is_word_byte(c) ? Mark{} : Mark{1, ' '};
  const CodePoint p = code_point_at(text, at);
  if (p.value == 0x2018 || p.value == 0x2019 || p.value == 0x02BC || p.value == 0x02BB) return {p.size, '\''};
  if (p.value >= 0x2010 && p.value <= 0x2015) return {p.size, '-'};
  if ((p.value >= 0x2000 && p.value <= 0x206F) || (p.value >= 0xA0 && p.value <= 0xBF) || p.value == 0xFFFD || p.value >= 0x1F000) return {p.size, ' '};
  return {};
}

// Adds one unit for [begin, end) of text, which holds word bytes, dots and apostrophes.
void add_word(std::string_view text, size_t begin, size_t end, uint32_t offset, uint32_t token, bool hyphen_before, std::vector<Unit>& out) {
  while (begin < end && (text[begin] == '.' || text[begin] == '\'')) ++begin;
  while (end > begin && text[end - 1] == '\'') --end;
  if (begin >= end) return;
  const std::string_view word = text.substr(begin, end - begin);
  std::string folded;
  size_t letters = 0, upper = 0, digits = 0;
  const bool ascii = is_ascii(word);
  const std::string full = ascii ? std::string() : fold(word);
  for (const char c : word)
    if (c >= 'A' && c <= 'Z') ++letters, ++upper;
    else if (c >= 'a' && c <= 'z') ++letters;
    else if (c >= '0' && c <= '9') ++digits;
    else if (static_cast<unsigned char>(c) >= 0xC0) ++letters;
  for (const char c : ascii ? word : std::string_view(full))
    if (c != '.' && c != '\'') folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  if (folded.empty()) return;
  Unit unit;
  unit.kind = letters == 0 && digits > 0 ? UnitKind::number : UnitKind::word;
  const unsigned char first = static_cast<unsigned char>(word.front());
  unit.capital = first >= 'A' && first <= 'Z';
  if (first >= 0x80) {  // upper case when folding the code point alone changes its case: compare with its lower-case form
    const CodePoint p = code_point_at(word, 0);
    unit.capital = (p.value >= 0xC0 && p.value <= 0xDE) || (p.value >= 0x100 && p.value <= 0x17F && (p.value & 1) == 0) || (p.value >= 0x179 && p.value <= 0x17D && (p.value & 1) == 1);
    if (unit.capital) ++upper;
  }
  unit.all_caps = upper >= 2 && upper == letters;
  unit.mixed = upper >= 2 && upper < letters && letters <= 4 && word.back() >= 'A' && word.back() <= 'Z';
  unit.initial = letters == 1 && upper == 1 && digits == 0;
  unit.hyphen_before = hyphen_before;
  unit.token = token;
  unit.span = {offset + static_cast<uint32_t>(begin), offset + static_cast<uint32_t>(end)};
  unit.text = word;
  unit.hash = word_hash(folded);
  out.push_back(unit);
}

void add_special(UnitKind kind, std::string_view text, size_t begin, size_t end, uint32_t offset, uint32_t token, std::vector<Unit>& out) {
  Unit unit;
  unit.kind = kind;
  unit.token = token;
  unit.span = {offset + static_cast<uint32_t>(begin), offset + static_cast<uint32_t>(end)};
  unit.text = text.substr(begin, end - begin);
  unit.hash = kind == UnitKind::possessive ? word_hash("'s") : word_hash(unit.text);
  out.push_back(unit);
}

// `glued`: the token touches its neighbour on that side.
void add_token(std::string_view word, uint32_t offset, uint32_t token, bool glued_left, bool glued_right, std::vector<Unit>& out) {
  bool hyphen = false;
  size_t begin = 0;
  for (size_t at = 0; at < word.size();) {
    const Mark mark = mark_at(word, at);
    if (mark.size == 0) {
      at += static_cast<unsigned char>(word[at]) < 0x80 ? 1 : code_point_at(word, at).size;
      continue;
    }
    const bool rest_is_s = mark.ascii == '\'' && at + mark.size + 1 == word.size() && (word.back() == 's' || word.back() == 'S');
    if (rest_is_s || (mark.ascii == '\'' && word.size() == mark.size && glued_left && !out.empty() && (out.back().text.back() == 's' || out.back().text.back() == 'S'))) {
      add_word(word, begin, at, offset, token, hyphen, out);
      add_special(UnitKind::possessive, word, at, word.size(), offset, token, out);
      return;
    }
    if (mark.ascii == '.' || mark.ascii == '\'') {
      if (word.size() == mark.size) {
        add_special(UnitKind::punct, word, 0, word.size(), offset, token, out);
        return;
      }
      at += mark.size;
      continue;
    }
    add_word(word, begin, at, offset, token, hyphen, out);
    const bool inside = (begin < at || glued_left) && (at + mark.size < word.size() || glued_right);
    if (mark.ascii == '-' && inside) {
      hyphen = true;
    } else {
      hyphen = false;
      add_special(UnitKind::punct, word, at, at + mark.size, offset, token, out);
    }
    at += mark.size;
    begin = at;
  }
  add_word(word, begin, word.size(), offset, token, hyphen, out);
}

}  // namespace

uint64_t word_hash(std::string_view folded) {
  uint64_t hash = 0xcbf29ce484222325ull;
  for (const char c : folded) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
  return hash ^ (hash >> 31);
}

std::vector<Unit> units_of(std::string_view text, const Sentence& sentence) {
  std::vector<Unit> out;
  out.reserve(sentence.tokens.size() + 8);
  bool joined = false;  // the token before was a hyphen inside a word
  for (uint32_t i = 0; i < sentence.tokens.size(); ++i) {
    const Span span = sentence.tokens[i].span;
    const bool glued_left = i > 0 && sentence.tokens[i - 1].span.end == span.begin;
    const bool glued_right = i + 1 < sentence.tokens.size() && sentence.tokens[i + 1].span.begin == span.end;
    const size_t before = out.size();
    add_token(text_of(text, span), span.begin, i, glued_left, glued_right, out);
    if (joined && out.size() > before) out[before].hyphen_before = true;
    joined = out.size() == before;
  }
  return out;
}

std::vector<Unit> units_of_name(std::string_view name) {
  Sentence sentence;
  for (size_t at = 0; at < name.size();) {
    size_t end = name.find(' ', at);
    if (end == std::string_view::npos) end = name.size();
    size_t word_end = end;
    if (word_end > at + 1 && name[word_end - 1] == ',') --word_end;
    if (word_end > at) sentence.tokens.push_back({{static_cast<uint32_t>(at), static_cast<uint32_t>(word_end)}});
    if (word_end < end) sentence.tokens.push_back({{static_cast<uint32_t>(word_end), static_cast<uint32_t>(end)}});
    at = end + 1;
  }
  return units_of(name, sentence);
}

}  // namespace demarche::names
