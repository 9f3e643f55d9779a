#include "demarche/core/token_pattern.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <numeric>

#include "demarche/core/sentence_view.h"
#include "demarche/core/table.h"
#include "demarche/core/utf8.h"

namespace demarche {
namespace {

constexpr size_t kMaxSteps = 4096;  // per start of a pattern; bounds the search on hostile text
constexpr size_t kMaxNumbers = 4;   // <num> in one pattern
constexpr uint32_t kMaxReach = 63;  // words behind the first of a fit that are looked at before its pattern is read

struct NumberWord {
  std::string_view word;
  double value;
};
// Sorted.
constexpr std::array<NumberWord, 34> kNumberWords{{{"billion", 1e9}, {"dozen", 12},     {"eight", 8},     {"eighteen", 18},  {"eighty", 80},    {"eleven", 11},   {"fifteen", 15},
                                                   {"fifty", 50},    {"five", 5},       {"forty", 40},    {"four", 4},       {"fourteen", 14},  {"hundred", 100}, {"million", 1e6},
                                                   {"nine", 9},      {"nineteen", 19},  {"ninety", 90},   {"one", 1},        {"seven", 7},      {"seventeen", 17}, {"seventy", 70},
                                                   {"six", 6},       {"sixteen", 16},   {"sixty", 60},    {"ten", 10},       {"thirteen", 13},  {"thirty", 30},   {"thousand", 1e3},
                                                   {"three", 3},     {"trillion", 1e12}, {"twelve", 12},  {"twenty", 20},    {"two", 2},        {"zero", 0}}};
constexpr size_t kLongestNumberWord = 9;

bool is_scale(double value) { return value == 12 || value == 100 || value >= 1000; }

std::optional<double> parse_number(std::string_view form) {
  if (form.empty()) return std::nullopt;
  if (form[0] >= '0' && form[0] <= '9') {
    std::string digits;
    for (const char c : form) {
      if (c == ',') continue;
      if ((c < '0' || c > '9') && c != '.') return std::nullopt;
      digits += c;
    }
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
  }
  if (form.size() < 3 || form.size() > kLongestNumberWord) return std::nullopt;
  const auto at = std::partition_point(kNumberWords.begin(), kNumberWords.end(), [&](const NumberWord& n) { return n.word < form; });
  if (at == kNumberWords.end() || at->word != form) return std::nullopt;
  return at->value;
}

// "blame" -> blames, blamed, blaming; "deny" -> denies, denied, denying; "stop" -> stopped, stopping.
void add_regular_forms(const std::string word, std::vector<std::string>& out) {
  if (word.size() < 3 || std::any_of(word.begin(), word.end(), [](char c) { return c < 'a' || c > 'z'; })) return;
  const auto vowel = [](char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; };
  const char last = word.back(), before = word[word.size() - 2];
  const std::string stem = word.substr(0, word.size() - 1);
  if (last == 'e') {
    for (const char* ending : {"es", "ed", "ing"}) out.push_back(stem + ending);
  } else if (last == 'y' && !vowel(before)) {
    for (const char* ending : {"ies", "ied", "ying"}) out.push_back(stem + ending);
  } else {
    out.push_back(word + (last == 's' || last == 'x' || last == 'h' ? "es" : "s"));
    out.push_back(word + "ed");
    out.push_back(word + "ing");
    if (!vowel(last) && vowel(before) && !vowel(word[word.size() - 3]) && last != 'w' && last != 'x') {
      out.push_back(word + last + "ed");
      out.push_back(word + last + "ing");
    }
  }
}

bool is_quote(std::string_view form) { return form == "\"" || form == "``" || form == "''" || form == "'" || form == "`"; }

PatternWord::Role role_of(std::string_view form, Upos upos) {
  using Role = PatternWord::Role;
  if (form.size() > 2) return Role::none;
  if (upos == Upos::PUNCT && (form == ";" || form == ":" || form == "." || form == "(" || form == ")")) return Role::stop;
  if (upos == Upos::PUNCT && form == ",") return Role::comma;
  return form == "of" ? Role::of : form == "'s" ? Role::possessive : Role::none;
}

uint64_t bit_of(uint32_t word) { return word == 0 ? 0 : uint64_t{1} << (word % 64); }

// The words of one sentence in the making.
class WordReader {
 public:
  WordReader(std::string_view text, const Sentence& sentence, const Tree& tree, const Vocabulary& vocabulary) : text_(text), tokens_(sentence.tokens), tree_(tree), vocabulary_(vocabulary) {
    words_.reserve(tokens_.size());
  }

  std::vector<PatternWord> read() {
    for (uint32_t i = 0; i < tokens_.size(); ++i) {
      fold_into(text_of(text_, tokens_[i].span), form_);
      if (is_quote(form_)) continue;
      if (form_.find('-') == std::string::npos)
        read_whole(i);
      else
        read_parts(i);
    }
    return std::move(words_);
  }

 private:
  bool joined(uint32_t at) const { return at + 1 < tokens_.size() && tokens_[at].span.end == tokens_[at + 1].span.begin; }
  bool is_hyphen(uint32_t at) const { return text_of(text_, tokens_[at].span) == "-"; }
  // "sixty-six".
  static bool tens_and_ones(const PatternWord& tens, double ones) { return tens.number && *tens.number >= 20 && *tens.number < 100 && ones < 10; }

  void push(uint32_t token, std::string_view form, uint32_t lemma, std::optional<double> number) {
    const Upos upos = tree_.nodes[token].upos;
    words_.push_back({token, lemma, lemma, bit_of(lemma), upos, role_of(form, upos), number});
    after_mach_ = form == "mach";
  }

  void read_whole(uint32_t i) {
    std::optional<double> number = parse_number(form_);
    if (number) {
      // "CoV-2", "25-year-old": part of a name or an age, no count. "Mach-10" and "39-minute" are counts.
      if (i >= 2 && is_hyphen(i - 1) && joined(i - 2) && joined(i - 1) && !words_.empty() && !after_mach_ && !words_.back().number) number.reset();
      // "sixty-six" is one number, also in three tokens.
      if (number && i >= 2 && is_hyphen(i - 1) && !words_.empty() && tens_and_ones(words_.back(), *number) && form_.find_first_of("0123456789") == std::string::npos) {
        words_.back().number = *words_.back().number + *number;
        return;
      }
      if (i + 2 < tokens_.size() && is_hyphen(i + 1) && joined(i) && fold(text_of(text_, tokens_[i + 2].span)) == "year") number.reset();
    }
    const uint32_t form = vocabulary_.find(form_);
    push(i, form_, form, number);
    fold_into(tree_.nodes[i].lemma, lemma_);
    if (lemma_.empty() || lemma_ == form_) return;
    words_.back().lemma = vocabulary_.find(lemma_);
    words_.back().bits |= bit_of(words_.back().lemma);
  }

  // A hyphenated token counts as its parts.
  void read_parts(uint32_t i) {
    const size_t first_part = words_.size();
    for (size_t at = 0; at < form_.size();) {
      const size_t end = std::min(form_.find('-', at), form_.size());
      if (end > at) {
        const std::string_view part = std::string_view(form_).substr(at, end - at);
        push(i, part, vocabulary_.find(part), parse_number(part));
      }
      at = end + 1;
    }
    if (words_.size() == first_part + 2 && words_.back().number && tens_and_ones(words_[first_part], *words_.back().number)) {
      words_[first_part].number = *words_[first_part].number + *words_.back().number;
      words_.pop_back();
    }
  }

  std::string_view text_;
  const std::vector<Token>& tokens_;
  const Tree& tree_;
  const Vocabulary& vocabulary_;
  std::vector<PatternWord> words_;
  std::string form_, lemma_;  // of the word at hand, lower case
  bool after_mach_ = false;
};

}  // namespace

std::vector<PatternWord> pattern_words(std::string_view text, const Sentence& sentence, const Tree& tree, const Vocabulary& words) { return WordReader(text, sentence, tree, words).read(); }

std::vector<std::vector<PatternWord>> pattern_words(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees, const Vocabulary& words) {
  std::vector<std::vector<PatternWord>> all(sentences.size());
  for (size_t i = 0; i < sentences.size(); ++i)
    if (sentences[i].tokens.size() <= kMaxProseTokens && trees[i].nodes.size() == sentences[i].tokens.size()) all[i] = pattern_words(text, sentences[i], trees[i], words);
  return all;
}

WordSets WordSets::load(const std::filesystem::path& path) {
  WordSets sets;
  const Table table = Table::load(path, {"id", "words", "why"});
  table.require_unique(0);
  table.require_sorted(0);
  for (size_t row = 0; row < table.size(); ++row) {
    std::vector<std::string> words;
    for (const std::string_view word : split_list(table.cell(row, 1), '|')) words.emplace_back(word);
    if (words.empty()) table.fail(row, 1, "a set needs at least one word");
    sets.add(std::string(table.cell(row, 0)), std::move(words));
  }
  return sets;
}

void WordSets::add(std::string name, std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  const uint32_t set = names_.add(name);
  for (const std::string& word : words) {
    const uint32_t number = words_.add(word);
    sets_of_.resize(words_.size());
    sets_of_[number - 1].push_back(set);
  }
  sets_[std::move(name)] = std::move(words);
}

const std::vector<std::string>* WordSets::find(std::string_view name) const {
  const auto it = sets_.find(name);
  return it == sets_.end() ? nullptr : &it->second;
}

bool WordSets::contains(std::string_view name, std::string_view word) const {
  const uint32_t number = words_.find(word);
  if (number == 0) return false;
  const std::vector<uint32_t>& sets = sets_of_[number - 1];
  return std::find(sets.begin(), sets.end(), names_.find(name)) != sets.end();
}

std::optional<std::string> TokenPatterns::add(std::string_view cell, uint32_t row, const WordSets& sets, Vocabulary& vocabulary) {
  for (size_t at = 0;;) {
    const size_t end = std::min(cell.find("||", at), cell.size());
    if (auto wrong = add_one(trim(cell.substr(at, end - at)), row, sets, vocabulary)) return wrong;
    if (end == cell.size()) return std::nullopt;
    at = end + 2;
  }
}

std::optional<std::string> TokenPatterns::read_words(std::string_view piece, const WordSets& sets, Vocabulary& vocabulary, Element& element) {
  const std::string whole(piece);
  if (piece.starts_with("=")) {
    element.form_only = true;
    piece.remove_prefix(1);
  }
  if (const size_t slash = piece.rfind('/'); slash != std::string_view::npos) {
    element.upos = parse_upos(piece.substr(slash + 1));
    if (!element.upos) return "unknown part of speech in '" + whole + "'";
    piece = piece.substr(0, slash);
  }
  if (piece == "*") return std::nullopt;
  std::vector<std::string> named;
  for (const std::string_view alternative : split_list(piece, '|')) {
    if (alternative.starts_with("@")) {
      const auto* set = sets.find(alternative.substr(1));
      if (!set) return "unknown set '" + std::string(alternative) + "'";
      named.insert(named.end(), set->begin(), set->end());
    } else if (alternative.find('-') != std::string_view::npos) {
      return "write '" + whole + "' as two words: hyphens are passed over";
    } else {
      named.emplace_back(alternative);
    }
  }
  if (named.empty()) return "empty word in '" + whole + "'";
  // Lemmas come from a model and may be wrong; regular forms are told by their ending alone.
  if (!element.form_only) {
    const size_t written = named.size();
    for (size_t k = 0; k < written; ++k) add_regular_forms(named[k], named);
  }
  element.words_begin = static_cast<uint32_t>(words_.size());
  for (const std::string& word : named) {
    words_.push_back(vocabulary.add(word));
    element.word_bits |= bit_of(words_.back());
  }
  const auto first = words_.begin() + element.words_begin;
  std::sort(first, words_.end());
  words_.erase(std::unique(first, words_.end()), words_.end());
  element.words_end = static_cast<uint32_t>(words_.size());
  return std::nullopt;
}

std::optional<std::string> TokenPatterns::add_one(std::string_view one, uint32_t row, const WordSets& sets, Vocabulary& vocabulary) {
  if (one.empty()) return "empty pattern";
  Pattern pattern{row, static_cast<uint32_t>(elements_.size()), 0};
  bool opens = false;
  for (std::string_view piece : split_list(one, ' ')) {
    if (piece == "[") {
      opens = true;
      continue;
    }
    if (piece == "]") {
      if (elements_.size() == pattern.begin) return "']' before any word";
      elements_.back().closes = true;
      continue;
    }
    Element element;
    element.opens = std::exchange(opens, false);
    const std::string whole(piece);
    if (piece.starts_with("<!")) {
      element.behind = element.negative = true;
      piece.remove_prefix(2);
    } else if (piece.starts_with("!")) {
      element.negative = true;
      piece.remove_prefix(1);
    }
    if (piece.starts_with("^")) {
      element.anchor = true;
      piece.remove_prefix(1);
    }
    if (piece.size() > 1 && piece.ends_with("?")) {
      element.optional = true;
      piece.remove_suffix(1);
    }
    if (piece == "<num>") {
      element.kind = Kind::number;
    } else if (piece == "<np>") {
      element.kind = Kind::nouns;
    } else if (piece.starts_with("~")) {
      element.kind = Kind::gap;
      piece.remove_prefix(1);
      if (piece.starts_with(",")) {
        element.cross_comma = true;
        piece.remove_prefix(1);
      }
      int gap = 0;
      const auto [stop, error] = std::from_chars(piece.data(), piece.data() + piece.size(), gap);
      if (error != std::errc{} || stop != piece.data() + piece.size() || gap < 1 || gap > 30) return "bad gap '" + whole + "'";
      element.gap = static_cast<uint8_t>(gap);
    } else if (auto wrong = read_words(piece, sets, vocabulary, element)) {
      return wrong;
    }
    elements_.push_back(element);
  }
  pattern.end = static_cast<uint32_t>(elements_.size());
  const std::span<const Element> elements(elements_.data() + pattern.begin, pattern.end - pattern.begin);
  if (std::count_if(elements.begin(), elements.end(), [](const Element& e) { return e.kind == Kind::number; }) > static_cast<ptrdiff_t>(kMaxNumbers)) return "more than " + std::to_string(kMaxNumbers) + " <num> in '" + std::string(one) + "'";
  // Index by the first element that takes a word.
  const auto first = std::find_if(elements.begin(), elements.end(), [](const Element& e) { return !e.negative; });
  if (first == elements.end()) return "no word in '" + std::string(one) + "'";
  if (first->optional || first->kind == Kind::gap || first->kind == Kind::nouns) return "a pattern must begin with a word or <num>: '" + std::string(one) + "'";
  const auto index = static_cast<uint32_t>(patterns_.size());
  patterns_.push_back(pattern);
  if (first->kind == Kind::number) {
    number_first_.push_back(start_of(index));
  } else if (first->words_begin == first->words_end) {
    any_first_.push_back(start_of(index));
  } else {
    for (uint32_t w = first->words_begin; w < first->words_end; ++w) first_words_.emplace_back(words_[w], index);
  }
  return std::nullopt;
}

// Of the words that every fit holds, those that the fewest words of a report pass for.
TokenPatterns::Start TokenPatterns::start_of(uint32_t pattern) const {
  constexpr uint32_t kLongestNumber = 3;  // words: "2 hundred thousand"
  Start best;
  best.pattern = pattern;
  uint32_t fewest = UINT32_MAX;
  uint32_t reach = 0;  // how far behind the first word the element at hand may stand
  for (uint32_t i = patterns_[pattern].begin; i < patterns_[pattern].end; ++i) {
    const Element& e = elements_[i];
    if (e.negative) continue;
    if (e.kind == Kind::nouns) break;  // of any length
    if (e.kind == Kind::literal && !e.optional && e.word_bits != 0 && reach > 0) {
      const uint32_t passing = static_cast<uint32_t>(std::popcount(e.word_bits)) * reach;
      if (passing < fewest) {
        fewest = passing;
        best.bits = e.word_bits;
        best.reach = reach;
      }
    }
    reach += e.kind == Kind::gap ? e.gap : e.kind == Kind::number ? kLongestNumber : 1;
    if (reach > kMaxReach) break;
  }
  return best;
}

void TokenPatterns::finish() {
  std::sort(first_words_.begin(), first_words_.end());
  starts_begin_.assign(first_words_.empty() ? 1 : first_words_.back().first + 2, 0);
  starts_.reserve(first_words_.size());
  for (const auto& [word, pattern] : first_words_) {
    ++starts_begin_[word + 1];
    starts_.push_back(start_of(pattern));
  }
  std::partial_sum(starts_begin_.begin(), starts_begin_.end(), starts_begin_.begin());
  first_words_ = {};
}

std::span<const TokenPatterns::Start> TokenPatterns::beginning_with(uint32_t word) const {
  if (word + 1 >= starts_begin_.size()) return {};
  return {starts_.data() + starts_begin_[word], starts_begin_[word + 1] - starts_begin_[word]};
}

// Where the search stands. A choice that fails is undone by taking back a copy, all but the steps.
struct TokenPatterns::State {
  static constexpr uint32_t kNone = UINT32_MAX;
  size_t steps = 0;
  size_t end = 0;  // word after the last
  uint32_t anchor = kNone, first_literal = kNone, open = kNone, close = kNone;
  uint32_t number_count = 0;
  std::array<double, kMaxNumbers> numbers{};  // the first number_count of them

  void take(const Element& e, size_t from, size_t to) {
    if (e.opens) open = static_cast<uint32_t>(from);
    if (e.closes) close = static_cast<uint32_t>(to);
    if (e.anchor) anchor = static_cast<uint32_t>(from);
  }
  void undo(const State& before) {
    const size_t spent = steps;
    *this = before;
    steps = spent;
  }
};

inline bool TokenPatterns::fits(const Element& element, const PatternWord& word) const {
  if (element.upos && word.upos != *element.upos) return false;
  if (element.words_begin == element.words_end) return true;
  const auto has = [&](uint32_t id) { return (element.word_bits >> (id % 64) & 1) != 0 && std::binary_search(words_.data() + element.words_begin, words_.data() + element.words_end, id); };
  return has(word.form) || (!element.form_only && word.lemma != word.form && has(word.lemma));
}

bool TokenPatterns::step(const Pattern& pattern, std::span<const PatternWord> words, size_t element, size_t word, State& state) const {
  using Role = PatternWord::Role;
  for (;; ++element) {
    if (++state.steps > kMaxSteps) return false;
    if (element == pattern.end) {
      state.end = word;
      return true;
    }
    const Element& e = elements_[element];
    if (e.behind) {
      if (word > 0 && fits(e, words[word - 1])) return false;
      continue;
    }
    if (e.negative) {
      if (word < words.size() && fits(e, words[word])) return false;
      continue;
    }
    size_t end = word;
    double value = 0;
    switch (e.kind) {
      case Kind::literal:
        if (word < words.size() && fits(e, words[word])) end = word + 1;
        break;
      case Kind::number:
        if (word >= words.size() || !words[word].number) break;
        value = *words[word].number;
        for (end = word + 1; end < words.size() && words[end].number && is_scale(*words[end].number) && end < word + 3; ++end) value *= *words[end].number;
        break;
      case Kind::nouns: {
        const auto nominal = [](const PatternWord& w) {
          return w.upos == Upos::DET || w.upos == Upos::ADJ || w.upos == Upos::NOUN || w.upos == Upos::PROPN || w.upos == Upos::NUM || w.upos == Upos::PRON || w.role == Role::possessive || w.role == Role::of;
        };
        while (end < words.size() && nominal(words[end])) ++end;
        while (end > word && (words[end - 1].role == Role::of || words[end - 1].role == Role::possessive || words[end - 1].upos == Upos::DET)) --end;
        break;
      }
      case Kind::gap: {
        const State before = state;
        // Most words behind a gap are not the one that it leads to: seen without a step of its own.
        const Element* next = element + 1 < pattern.end ? &elements_[element + 1] : nullptr;
        if (next && (next->kind != Kind::literal || next->optional || next->negative)) next = nullptr;
        for (; end <= word + e.gap && end <= words.size(); ++end) {
          if (end > word && (words[end - 1].role == Role::stop || (words[end - 1].role == Role::comma && !e.cross_comma))) break;
          if (next && (end == words.size() || !fits(*next, words[end]))) {
            ++state.steps;
            continue;
          }
          state.take(e, word, end);
          if (step(pattern, words, element + 1, end, state)) return true;
          state.undo(before);
        }
        return false;
      }
    }
    if (end == word) {
      if (!e.optional) return false;
      continue;
    }
    const auto go_on = [&] {
      if (e.kind == Kind::literal && state.first_literal == State::kNone) state.first_literal = static_cast<uint32_t>(word);
      if (e.kind == Kind::number) state.numbers[state.number_count++] = value;
      state.take(e, word, end);
    };
    if (e.optional) {
      const State before = state;
      go_on();
      if (step(pattern, words, element + 1, end, state)) return true;
      state.undo(before);
    } else {
      go_on();
      word = end;
    }
  }
}

PatternMatch TokenPatterns::match_of(const Pattern& pattern, std::span<const PatternWord> words, size_t first, const State& state) const {
  PatternMatch m;
  m.row = pattern.row;
  m.first = words[first].token;
  m.last = words[state.end - 1].token + 1;
  m.anchor = words[state.anchor != State::kNone ? state.anchor : state.first_literal != State::kNone ? state.first_literal : first].token;
  m.numbers.assign(state.numbers.begin(), state.numbers.begin() + state.number_count);
  if (state.open != State::kNone && state.close != State::kNone && state.close > state.open) m.capture = {words[state.open].token, words[state.close - 1].token + 1};
  return m;
}

std::vector<PatternMatch> TokenPatterns::match(std::span<const PatternWord> words) const {
  std::vector<PatternMatch> out;
  std::vector<uint32_t> candidates;
  candidates.reserve(32);
  std::array<uint64_t, kMaxReach + 1> behind{~uint64_t{0}};  // bits of the words up to so many behind the one at hand
  for (size_t i = 0; i < words.size(); ++i) {
    uint32_t seen = 0;
    candidates.clear();
    const auto consider = [&](std::span<const Start> starts) {
      for (const Start& start : starts) {
        for (; seen < start.reach; ++seen) behind[seen + 1] = (seen == 0 ? 0 : behind[seen]) | (i + seen + 1 < words.size() ? words[i + seen + 1].bits : 0);
        if ((behind[start.reach] & start.bits) != 0) candidates.push_back(start.pattern);
      }
    };
    consider(beginning_with(words[i].form));
    if (words[i].lemma != words[i].form) consider(beginning_with(words[i].lemma));
    if (words[i].number) consider(number_first_);
    consider(any_first_);
    // Patterns are tried in the order of their rows, each once.
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    for (const uint32_t c : candidates) {
      State state;
      if (!step(patterns_[c], words, patterns_[c].begin, i, state) || state.end <= i) continue;
      PatternMatch m = match_of(patterns_[c], words, i, state);
      // Of one row's fits at one word the longest.
      if (!out.empty() && out.back().row == m.row && out.back().first == m.first) {
        if (m.last > out.back().last) out.back() = std::move(m);
      } else {
        out.push_back(std::move(m));
      }
    }
  }
  return out;
}

}  // namespace demarche
