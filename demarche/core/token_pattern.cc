#include "demarche/core/token_pattern.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "demarche/core/table.h"
#include "demarche/core/utf8.h"

namespace demarche {
namespace {

constexpr size_t kMaxSteps = 4096;  // per start of a pattern; bounds the search on hostile text

struct NumberWord {
  std::string_view word;
  double value;
};
constexpr std::array<NumberWord, 34> kNumberWords{{{"one", 1},       {"two", 2},       {"three", 3},      {"four", 4},      {"five", 5},      {"six", 6},
                                                   {"seven", 7},     {"eight", 8},     {"nine", 9},       {"ten", 10},      {"eleven", 11},   {"twelve", 12},
                                                   {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15},   {"sixteen", 16},  {"seventeen", 17}, {"eighteen", 18},
                                                   {"nineteen", 19}, {"twenty", 20},   {"thirty", 30},    {"forty", 40},    {"fifty", 50},    {"sixty", 60},
                                                   {"seventy", 70},  {"eighty", 80},   {"ninety", 90},    {"hundred", 100}, {"thousand", 1e3}, {"million", 1e6},
                                                   {"billion", 1e9}, {"trillion", 1e12}, {"dozen", 12},    {"zero", 0}}};

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
  for (const NumberWord& n : kNumberWords)
    if (form == n.word) return n.value;
  return std::nullopt;
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

}  // namespace

std::vector<PatternWord> pattern_words(std::string_view text, const Sentence& sentence, const Tree& tree) {
  std::vector<PatternWord> words;
  words.reserve(sentence.tokens.size());
  for (uint32_t i = 0; i < sentence.tokens.size(); ++i) {
    const std::string form = fold(text_of(text, sentence.tokens[i].span));
    if (is_quote(form)) continue;
    const Node& node = tree.nodes[i];
    if (form.find('-') == std::string::npos) {
      PatternWord word{i, form, fold(node.lemma), node.upos, parse_number(form)};
      if (word.number) {
        // "CoV-2", "25-year-old": part of a name or an age, no count. "Mach-10" and "39-minute" are counts.
        const auto joined = [&](uint32_t at) { return at + 1 < sentence.tokens.size() && sentence.tokens[at].span.end == sentence.tokens[at + 1].span.begin; };
        const auto is_hyphen = [&](uint32_t at) { return text_of(text, sentence.tokens[at].span) == "-"; };
        if (i >= 2 && is_hyphen(i - 1) && joined(i - 2) && joined(i - 1) && !words.empty() && words.back().form != "mach" && !words.back().number) word.number.reset();
        // "sixty-six" is one number, also in three tokens.
        if (word.number && i >= 2 && is_hyphen(i - 1) && !words.empty() && words.back().number && *words.back().number >= 20 && *words.back().number < 100 && *word.number < 10 && form.find_first_of("0123456789") == std::string::npos) {
          words.back().number = *words.back().number + *word.number;
          continue;
        }
        if (i + 2 < sentence.tokens.size() && is_hyphen(i + 1) && joined(i) && fold(text_of(text, sentence.tokens[i + 2].span)) == "year") word.number.reset();
      }
      if (word.lemma.empty()) word.lemma = form;
      words.push_back(std::move(word));
      continue;
    }
    const size_t first_part = words.size();
    for (size_t at = 0; at < form.size();) {
      const size_t end = std::min(form.find('-', at), form.size());
      if (end > at) {
        const std::string part = form.substr(at, end - at);
        words.push_back({i, part, part, node.upos, parse_number(part)});
      }
      at = end + 1;
    }
    // "sixty-six" is one number.
    if (words.size() == first_part + 2 && words[first_part].number && words.back().number && *words[first_part].number >= 20 && *words[first_part].number < 100 && *words.back().number < 10) {
      words[first_part].number = *words[first_part].number + *words.back().number;
      words.pop_back();
    }
  }
  return words;
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
  sets_[std::move(name)] = std::move(words);
}

const std::vector<std::string>* WordSets::find(std::string_view name) const {
  const auto it = sets_.find(name);
  return it == sets_.end() ? nullptr : &it->second;
}

bool WordSets::contains(std::string_view name, std::string_view word) const {
  const auto* words = find(name);
  return words && std::binary_search(words->begin(), words->end(), word);
}

std::optional<std::string> TokenPatterns::add(std::string_view cell, uint32_t row, const WordSets& sets) {
  size_t at = 0;
  while (at <= cell.size()) {
    const size_t end = std::min(cell.find("||", at), cell.size());
    const std::string_view one = trim(cell.substr(at, end - at));
    at = end + 2;
    if (one.empty()) return "empty pattern";
    Pattern pattern{row, {}};
    bool opens = false;
    for (std::string_view piece : split_list(one, ' ')) {
      if (piece == "[") {
        opens = true;
        continue;
      }
      if (piece == "]") {
        if (pattern.elements.empty()) return "']' before any word";
        pattern.elements.back().closes = true;
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
      } else {
        if (piece.starts_with("=")) {
          element.form_only = true;
          piece.remove_prefix(1);
        }
        if (const size_t slash = piece.rfind('/'); slash != std::string_view::npos) {
          element.upos = parse_upos(piece.substr(slash + 1));
          if (!element.upos) return "unknown part of speech in '" + whole + "'";
          piece = piece.substr(0, slash);
        }
        if (piece != "*") {
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
          if (named.empty()) return "empty word in '" + std::string(one) + "'";
          // Lemmas come from a model and may be wrong; regular forms are told by their ending alone.
          if (!element.form_only) {
            const size_t written = named.size();
            for (size_t k = 0; k < written; ++k) add_regular_forms(named[k], named);
          }
          for (const std::string& word : named) element.words.push_back(ids_.try_emplace(word, static_cast<uint32_t>(ids_.size() + 1)).first->second);
          std::sort(element.words.begin(), element.words.end());
        }
      }
      pattern.elements.push_back(std::move(element));
    }
    // Index by the first element that takes a word.
    const auto index = static_cast<uint32_t>(patterns_.size());
    const auto first = std::find_if(pattern.elements.begin(), pattern.elements.end(), [](const Element& e) { return !e.negative; });
    if (first == pattern.elements.end()) return "no word in '" + std::string(one) + "'";
    if (first->optional || first->kind == Kind::gap || first->kind == Kind::nouns) return "a pattern must begin with a word or <num>: '" + std::string(one) + "'";
    if (first->kind == Kind::number) {
      number_first_.push_back(index);
    } else if (first->words.empty()) {
      any_first_.push_back(index);
    } else {
      if (by_first_.size() <= ids_.size()) by_first_.resize(ids_.size() + 1);
      for (const uint32_t word : first->words) {
        auto& list = by_first_[word];
        if (list.empty() || list.back() != index) list.push_back(index);
      }
    }
    patterns_.push_back(std::move(pattern));
    if (end == cell.size()) break;
  }
  return std::nullopt;
}

struct TokenPatterns::State {
  size_t steps = 0;
  size_t end = 0;  // word after the last
  std::optional<size_t> anchor, first_literal, open, close;
  std::vector<double> numbers;
};

bool TokenPatterns::fits(const Element& element, const Numbered& text, size_t word) {
  if (element.upos && text.words[word].upos != *element.upos) return false;
  if (element.words.empty()) return true;
  const auto has = [&](uint32_t id) { return id > 0 && std::binary_search(element.words.begin(), element.words.end(), id); };
  const auto [form, lemma] = text.ids[word];
  return has(form) || (!element.form_only && lemma != form && has(lemma));
}

bool TokenPatterns::step(const Pattern& pattern, const Numbered& text, size_t element, size_t word, State& state) {
  const std::vector<PatternWord>& words = text.words;
  if (++state.steps > kMaxSteps) return false;
  if (element == pattern.elements.size()) {
    state.end = word;
    return true;
  }
  const Element& e = pattern.elements[element];
  if (e.behind) return (word == 0 || !fits(e, text, word - 1)) && step(pattern, text, element + 1, word, state);
  if (e.negative) return (word >= words.size() || !fits(e, text, word)) && step(pattern, text, element + 1, word, state);
  const State saved = state;
  const auto taken = [&](size_t from, size_t to) {
    if (e.opens) state.open = from;
    if (e.closes) state.close = to;
    if (e.anchor) state.anchor = from;
    return step(pattern, text, element + 1, to, state);
  };
  const auto restore = [&] {
    const size_t steps = state.steps;
    state = saved;
    state.steps = steps;
  };
  const auto stops = [&](const PatternWord& w) {
    if (w.upos != Upos::PUNCT) return false;
    return w.form == ";" || w.form == ":" || w.form == "." || w.form == "(" || w.form == ")" || (w.form == "," && !e.cross_comma);
  };
  switch (e.kind) {
    case Kind::literal:
      if (word < words.size() && fits(e, text, word)) {
        if (!state.first_literal) state.first_literal = word;
        if (taken(word, word + 1)) return true;
        restore();
      }
      break;
    case Kind::number:
      if (word < words.size() && words[word].number) {
        double value = *words[word].number;
        size_t end = word + 1;
        while (end < words.size() && words[end].number && is_scale(*words[end].number) && end < word + 3) value *= *words[end++].number;
        state.numbers.push_back(value);
        if (taken(word, end)) return true;
        restore();
      }
      break;
    case Kind::gap:
      for (size_t end = word; end <= word + e.gap && end <= words.size(); ++end) {
        if (end > word && stops(words[end - 1])) break;
        if (taken(word, end)) return true;
        restore();
      }
      return false;
    case Kind::nouns: {
      size_t end = word;
      const auto nominal = [&](const PatternWord& w) {
        return w.upos == Upos::DET || w.upos == Upos::ADJ || w.upos == Upos::NOUN || w.upos == Upos::PROPN || w.upos == Upos::NUM || w.upos == Upos::PRON || w.form == "'s" || w.form == "of" ||
               w.form == "'";
      };
      while (end < words.size() && nominal(words[end])) ++end;
      while (end > word && (words[end - 1].form == "of" || words[end - 1].form == "'s" || words[end - 1].upos == Upos::DET)) --end;
      if (end > word && taken(word, end)) return true;
      restore();
      break;
    }
  }
  return e.optional && step(pattern, text, element + 1, word, state);
}

std::vector<PatternMatch> TokenPatterns::match(const std::vector<PatternWord>& words) const {
  std::vector<PatternMatch> out;
  std::vector<uint32_t> candidates;
  const auto number_of = [&](const std::string& word) {
    const auto it = ids_.find(word);
    return it == ids_.end() ? 0 : it->second;
  };
  Numbered text{words, {}};
  text.ids.reserve(words.size());
  for (const PatternWord& word : words) {
    const uint32_t form = number_of(word.form);
    text.ids.emplace_back(form, word.lemma == word.form ? form : number_of(word.lemma));
  }
  for (size_t i = 0; i < words.size(); ++i) {
    const auto [form, lemma] = text.ids[i];
    if (any_first_.empty() && !words[i].number && form == 0 && lemma == 0) continue;
    candidates = any_first_;
    const auto look_up = [&](uint32_t id) {
      if (id > 0 && id < by_first_.size()) candidates.insert(candidates.end(), by_first_[id].begin(), by_first_[id].end());
    };
    look_up(text.ids[i].first);
    if (text.ids[i].second != text.ids[i].first) look_up(text.ids[i].second);
    if (words[i].number) candidates.insert(candidates.end(), number_first_.begin(), number_first_.end());
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    for (const uint32_t c : candidates) {
      const Pattern& pattern = patterns_[c];
      State state;
      if (!step(pattern, text, 0, i, state) || state.end <= i) continue;
      PatternMatch m;
      m.row = pattern.row;
      m.first = words[i].token;
      m.last = words[state.end - 1].token + 1;
      m.anchor = words[state.anchor.value_or(state.first_literal.value_or(i))].token;
      m.numbers = state.numbers;
      if (state.open && state.close && *state.close > *state.open) m.capture = {words[*state.open].token, words[*state.close - 1].token + 1};
      // Of one row's fits at one word the longest.
      if (!out.empty() && out.back().row == m.row && out.back().first == m.first) {
        if (m.last > out.back().last) out.back() = m;
      } else {
        out.push_back(m);
      }
    }
  }
  return out;
}

}  // namespace demarche
