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
// Letters of a name among other capitals that is unknown, and yet hardly an abbreviation.
constexpr size_t kShouted = 6;
// Letters of words that are held against the vocabulary for slips: a key held down, and other ones.
constexpr size_t kHeldLeast = 4, kSlipLeast = 6, kSlipMost = 32;

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

// First letter as a capital, ASCII alone.
std::string with_capital(std::string_view word) {
  if (word.empty()) return {};
  const char first = word[0] >= 'a' && word[0] <= 'z' ? static_cast<char>(word[0] - 32) : word[0];
  return std::string(1, first).append(word.substr(1));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "1,100" and "20,000.50": thousands are set apart by commas.
bool has_thousands(std::string_view form) {
  const size_t point = form.find('.');
  const std::string_view whole = form.substr(0, point), part = point == std::string_view::npos ? "0" : form.substr(point + 1);
  const size_t comma = whole.find(',');
  if (comma == 0 || comma > 3 || (whole.size() - comma) % 4 != 0 || part.empty()) return false;
  for (size_t i = 0; i < whole.size(); ++i)
    if (i >= comma && (i - comma) % 4 == 0 ? whole[i] != ',' : !is_digit(whole[i])) return false;
  return std::all_of(part.begin(), part.end(), is_digit);
}

// Every run of three or more of one letter cut down to `keep`.
std::string without_runs(std::string_view low, size_t keep) {
  std::string out;
  for (size_t i = 0; i < low.size();) {
    const size_t end = std::min(low.find_first_not_of(low[i], i), low.size());
    out.append(end - i > 2 ? keep : end - i, low[i]);
    i = end;
  }
  return out;
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

bool in_capitals(std::string_view form) {
  size_t letters = 0;
  for (size_t at = 0; at < form.size(); ++letters) {
    const CodePoint c = code_point_at(form, at);
    if (!is_upper(c.value)) return false;
    at += c.size;
  }
  return letters > 1;
}

struct Lemmatizer::Spelling {
  std::string plain, low;           // straight apostrophes; lower case besides
  std::vector<uint32_t> starts;     // bytes of `low` at which characters begin
  std::string_view shape;           // "", "^" or "^^" (train/lemmas.py, word_class)
  bool letters = false;             // nothing but letters
  bool shouted = false;             // four letters or more, all of them capitals

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
  letters = neither == 0;
  shouted = letters && upper == size && size > 3;
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
  for (const std::string_view word : file.lines("spellings")) {
    if (word.empty()) file.fail("a row of the parser model's spellings is empty");
    spellings_.emplace(Spelling(word, false, false).low, word);
  }
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

std::string Lemmatizer::spelled(std::string_view form, std::string_view xpos, const Spelling& s, bool shouting) const {
  std::string out;
  if (xpos == "CD" && has_thousands(form)) {
    std::ranges::copy_if(form, std::back_inserter(out), [](char c) { return c != ','; });
    return out;
  }
  const bool adjective = xpos == "JJ";
  if ((!adjective && xpos != "NNP") || !s.letters) return out;
  if (const auto found = spellings_.find(s.low); found != spellings_.end() && found->second != s.low) {
    if (adjective || form == s.low || s.shouted) out = found->second;
  } else if (adjective) {
    if (form != s.low && known_.contains(s.low)) out = s.low;
  } else if (shouting && s.shouted && s.starts.size() >= kShouted) {
    out = with_capital(s.low);
  }
  return out;
}

std::string Lemmatizer::mended(std::string_view low) const {
  const size_t n = low.size();
  if (n < kHeldLeast || n > kSlipMost || !std::ranges::all_of(low, [](char c) { return c >= 'a' && c <= 'z'; }) || known_.contains(low) ||
      spellings_.contains(std::string(low))) {
    return {};
  }
  if (const std::string two = without_runs(low, 2); two.size() != n) {
    for (const std::string& word : {two, without_runs(low, 1)})
      if (known_.contains(word)) return word;
    return {};
  }
  if (n < kSlipLeast) return {};
  // Known words that a slip of one kind may have been; the first kind that has any decides.
  std::vector<std::string> found;
  const auto consider = [&](std::string word) {
    if (known_.contains(word) && std::ranges::find(found, word) == found.end()) found.push_back(std::move(word));
  };
  for (size_t i = 1; i < n; ++i) {
    std::string word(low);
    std::swap(word[i - 1], word[i]);
    consider(std::move(word));
  }
  if (found.empty()) {
    for (size_t i = 1; i < n; ++i)
      if (low[i] == low[i - 1]) consider(std::string(low).erase(i, 1));
  }
  if (found.empty()) {
    for (size_t i = 0; i < n; ++i) consider(std::string(low).insert(i, 1, low[i]));
  }
  return found.size() == 1 ? found[0] : std::string();
}

std::string Lemmatizer::lemma(std::string_view form, std::string_view xpos, bool first, bool shouting) const {
  if (form.size() > kMaxBytes) return std::string(form);
  if (const auto found = exceptions_.find({form, xpos}); found != exceptions_.end()) return std::string(found->second);
  const bool name = is_proper(xpos);
  const Spelling s(form, first, name);
  if (!name) {
    if (const auto found = exceptions_.find({s.low, xpos}); found != exceptions_.end()) return std::string(found->second);
  }
  if (std::string word = spelled(form, xpos, s, shouting); !word.empty()) return word;
  if (!name) {
    if (const std::string word = mended(s.low); !word.empty()) return lemma(word, xpos, first);
  }
  const Script* script = rule_for(s, std::string(xpos).append(s.shape));
  // A capital that says nothing about the lemma: the rule for small letters knows more words.
  if (!s.shape.empty() && !name && (!script || script->letters == 'l')) script = rule_for(s, xpos);
  if (!script || script->strip > s.starts.size()) return s.plain;
  std::string out(without_last(script->letters == 'l' ? s.low : s.plain, script->strip));
  if (script->letters == 'c') out = with_capital(out);
  out += script->add;
  if (script->letters == 'l' && is_inflected(xpos) && !known_.contains(out)) {
    for (const std::string& other : alternatives(s.low))
      if (other.size() > 2 && known_.contains(other)) return other;
  }
  return out;
}

}  // namespace demarche
