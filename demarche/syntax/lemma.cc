#include "demarche/syntax/lemma.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "demarche/core/utf8.h"
#include "demarche/syntax/features.h"

namespace demarche {
namespace {

constexpr size_t kMaxSuffix = 6;
// Longer words are their own lemmas: no English word is as long, and nothing is copied twice.
constexpr size_t kMaxBytes = 200;

// Cells of a line; nothing when their number is another.
template <size_t kCells>
bool split(std::string_view line, std::array<std::string_view, kCells>& cells) {
  for (size_t i = 0; i < kCells; ++i) {
    const size_t tab = line.find('\t');
    if ((tab == std::string_view::npos) != (i + 1 == kCells)) return false;
    cells[i] = line.substr(0, tab);
    if (tab != std::string_view::npos) line.remove_prefix(tab + 1);
  }
  return true;
}

bool is_proper(std::string_view xpos) { return xpos.starts_with("NNP") || xpos.starts_with("ADD"); }

// Tags whose regular forms are checked against the vocabulary.
bool is_inflected(std::string_view xpos) {
  return xpos == "VBD" || xpos == "VBN" || xpos == "VBG" || xpos == "VBZ" || xpos == "NNS" || xpos == "JJR" || xpos == "JJS";
}

// What an inflected form may come from, the likelier first; empty ones are none.
std::array<std::string, 3> alternatives(std::string_view low) {
  const auto cut = [&](size_t count, std::string_view add = {}) { return std::string(low.substr(0, low.size() - count)).append(add); };
  const auto doubled = [&](size_t count) {
    const std::string stem = cut(count);
    return stem.size() > 3 && stem[stem.size() - 1] == stem[stem.size() - 2] ? stem.substr(0, stem.size() - 1) : std::string();
  };
  if (low.ends_with("ed") || low.ends_with("er")) return {cut(1), cut(2), doubled(2)};
  if (low.ends_with("ing")) return {cut(3, "e"), cut(3), doubled(3)};
  if (low.ends_with("est")) return {cut(2), cut(3), doubled(3)};
  if (low.ends_with("ies")) return {cut(3, "y"), cut(1), ""};
  if (low.ends_with("es")) return {cut(1), cut(2), ""};
  return {};
}

// Without the last `count` characters.
std::string_view without_last(std::string_view text, size_t count) {
  while (count-- > 0 && !text.empty()) {
    while (text.size() > 1 && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.remove_suffix(1);
    text.remove_suffix(1);
  }
  return text;
}

}  // namespace

struct Lemmatizer::Spelling {
  std::string plain, low;           // straight apostrophes; lower case besides
  std::vector<uint32_t> starts;     // bytes of `low` at which characters begin
  std::string_view shape;           // "", "^" or "^^" (train/lemmas.py, word_class)

  Spelling(std::string_view form, bool first, bool name);
};

Lemmatizer::Spelling::Spelling(std::string_view form, bool first, bool name) {
  size_t size = 0, upper = 0, neither = 0;
  bool first_upper = false;
  for (size_t at = 0; at < form.size();) {
    const CodePoint c = code_point_at(form, at);
    at += c.size;
    const char32_t small = lower(c.value);
    if (small != c.value) {
      ++upper;
      first_upper |= size == 0;
    } else if (!is_letter(c.value)) {
      ++neither;
    }
    ++size;
    const char32_t straight = c.value == U'‘' || c.value == U'’' ? U'\'' : c.value;
    append_utf8(plain, straight);
    starts.push_back(static_cast<uint32_t>(low.size()));
    append_utf8(low, straight == U'\'' ? straight : small);
  }
  shape = size > 1 && upper > 1 && upper + neither == size ? "^^" : first_upper && (!first || name) ? "^" : "";
}

Lemmatizer::Lemmatizer(const ModelFile& file) {
  const std::vector<std::string_view> exceptions = file.lines("lemma_exceptions"), rules = file.lines("lemma_rules");
  exceptions_.reserve(exceptions.size());
  for (const std::string_view line : exceptions) {
    std::array<std::string_view, 3> cells;
    if (!split(line, cells)) file.fail("a row of the parser model's lemma exceptions has not three cells");
    exceptions_.emplace(Key{cells[0], cells[1]}, cells[2]);
  }
  const std::vector<std::string_view> words = file.lines("vocabulary");
  known_.insert(words.begin(), words.end());
  rules_.reserve(rules.size());
  for (const std::string_view line : rules) {
    std::array<std::string_view, 5> cells;
    Script script;
    if (!split(line, cells) || (cells[2] != "l" && cells[2] != "k" && cells[2] != "c") ||
        std::from_chars(cells[3].data(), cells[3].data() + cells[3].size(), script.strip).ptr != cells[3].data() + cells[3].size()) {
      file.fail("a row of the parser model's lemma rules is broken");
    }
    script.letters = cells[2][0];
    script.add = cells[4];
    rules_.emplace(Key{cells[1], cells[0]}, script);
  }
}

const Lemmatizer::Script* Lemmatizer::rule_for(const Spelling& s, std::string_view cls) const {
  for (size_t k = std::min(kMaxSuffix, s.starts.size()) + 1; k-- > 0;) {
    const std::string_view suffix = k == 0 ? std::string_view() : std::string_view(s.low).substr(s.starts[s.starts.size() - k]);
    if (const auto found = rules_.find({suffix, cls}); found != rules_.end()) return &found->second;
  }
  return nullptr;
}

std::string Lemmatizer::lemma(std::string_view form, std::string_view xpos, bool first) const {
  if (form.size() > kMaxBytes) return std::string(form);
  if (const auto found = exceptions_.find({form, xpos}); found != exceptions_.end()) return std::string(found->second);
  const bool name = is_proper(xpos);
  const Spelling s(form, first, name);
  if (!name) {
    if (const auto found = exceptions_.find({s.low, xpos}); found != exceptions_.end()) return std::string(found->second);
  }
  const Script* script = rule_for(s, std::string(xpos).append(s.shape));
  // A capital that says nothing about the lemma: the rule for small letters knows more words.
  if (!s.shape.empty() && !name && (!script || script->letters == 'l')) script = rule_for(s, xpos);
  if (!script || script->strip > s.starts.size()) return s.plain;
  std::string out(without_last(script->letters == 'l' ? s.low : s.plain, script->strip));
  if (script->letters == 'c' && !out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
  out += script->add;
  if (script->letters == 'l' && is_inflected(xpos) && !known_.contains(out)) {
    for (const std::string& other : alternatives(s.low))
      if (other.size() > 2 && known_.contains(other)) return other;
  }
  return out;
}

}  // namespace demarche
