#include "demarche/article/classes.h"

#include "demarche/core/table.h"

namespace demarche::article {
namespace {

// Longest entry, in words.
constexpr size_t kMaxWords = 3;
// Names are made by programs; what is longer than this is a hash or a whole sentence.
constexpr size_t kMaxNameBytes = 200;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

// "entry-contentMain2" -> entry, content, main.
void split_words(std::string_view name, std::vector<std::string>& words) {
  words.clear();
  bool open = false;
  for (size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!is_upper(c) && !is_lower(c)) {
      open = false;
      continue;
    }
    if (is_upper(c) && i > 0 && is_lower(name[i - 1])) open = false;
    if (!open) words.emplace_back();
    open = true;
    words.back() += is_upper(c) ? static_cast<char>(c + 32) : c;
  }
}

}  // namespace

ClassTable::ClassTable(const std::filesystem::path& path) {
  const Table table = Table::load(path, {"id", "words", "effect"});
  table.require_sorted(0);
  table.require_unique(0);
  table.require_unique(1);
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string_view effect = table.cell(row, 2);
    const uint8_t bit = effect == "drop" ? kClassDrop : effect == "caption" ? kClassCaption : effect == "body" ? kClassBody : effect == "stamp" ? kClassStamp : effect == "junk" ? kClassJunk : 0;
    if (bit == 0) table.fail(row, 2, "the effect is drop, junk, stamp, caption or body");
    std::string words(table.cell(row, 1));
    const bool whole = !words.empty() && words.front() == '=';
    if (words.size() <= (whole ? 1u : 0u) || !is_lower(words[whole ? 1 : 0])) table.fail(row, 1, "words are lower-case letters");
    if (words.back() == '*' && words.find(' ') == std::string::npos) {
      words.pop_back();
      prefixes_[words.front() - 'a'].push_back({words, bit});
    } else {
      phrases_[words] |= bit;
    }
  }
}

uint8_t ClassTable::effects_of_name(std::string_view name, std::vector<std::string>& words) const {
  split_words(name, words);
  if (words.empty()) return 0;
  // "no-sidebar", "has-comments" speak of something else.
  const std::string& first = words.front();
  if (first == "has" || first == "no" || first == "with" || first == "without" || first == "not") return 0;
  uint8_t found = 0;
  std::string phrase = "=";
  for (const std::string& word : words) phrase += (phrase.size() > 1 ? " " : "") + word;
  if (const auto hit = phrases_.find(phrase); hit != phrases_.end()) found |= hit->second;
  for (size_t from = 0; from < words.size(); ++from) {
    phrase.clear();
    for (size_t n = 0; n < kMaxWords && from + n < words.size(); ++n) {
      if (n > 0) phrase += ' ';
      phrase += words[from + n];
      if (const auto hit = phrases_.find(phrase); hit != phrases_.end()) found |= hit->second;
    }
    for (const Prefix& prefix : prefixes_[words[from].front() - 'a']) {
      if (words[from].compare(0, prefix.text.size(), prefix.text) == 0) found |= prefix.effect;
    }
  }
  return found;
}

uint8_t ClassTable::effects(std::string_view names) const {
  uint8_t found = 0;
  std::vector<std::string> words;
  for (size_t at = 0; at < names.size();) {
    const size_t begin = names.find_first_not_of(" \t\r\n", at);
    if (begin == std::string_view::npos) break;
    at = std::min(names.find_first_of(" \t\r\n", begin), names.size());
    if (at - begin <= kMaxNameBytes) found |= effects_of_name(names.substr(begin, at - begin), words);
  }
  return found;
}

}  // namespace demarche::article
