#include "demarche/article/outlets.h"

#include <algorithm>
#include <array>

#include "demarche/article/metadata.h"
#include "demarche/core/table.h"
#include "demarche/core/utf8.h"

namespace demarche::article {
namespace {

using namespace std::string_view_literals;

// Bytes of an outlet's name.
constexpr size_t kMaxName = 60;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Words that stand in lower case within names.
bool joins_names(std::string_view word) {
  constexpr std::array kWords = {"of"sv, "and"sv, "the"sv, "for"sv, "de"sv, "der"sv, "di"sv, "la"sv, "le"sv, "el"sv, "&"sv, "in"sv};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

template <class Visit>
void for_each_word(std::string_view text, const Visit& visit) {
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) visit(text.substr(at, end - at));
    at = end + 1;
  }
}

// The run of capitalised words that begins the text; ends at a stop, a comma or a word in lower case that joins nothing.
std::string leading_name(std::string_view text) {
  size_t end = 0;
  for (size_t at = 0; at < text.size() && at < kMaxName;) {
    const size_t space = std::min(text.find(' ', at), text.size());
    std::string_view word = text.substr(at, space - at);
    const bool last = !word.empty() && (word.back() == '.' || word.back() == ',' || word.back() == ';' || word.back() == ':' || word.back() == ')');
    while (!word.empty() && (word.back() == '.' || word.back() == ',' || word.back() == ';' || word.back() == ':' || word.back() == ')')) word.remove_suffix(1);
    if (word.empty()) break;
    const bool name = is_upper(word.front()) || is_digit(word.front()) || (static_cast<unsigned char>(word.front()) & 0x80) != 0;
    if (!name && !joins_names(word)) break;
    if (name) end = at + word.size();
    if (last) break;
    at = space + 1;
  }
  std::string name(text.substr(0, end));
  for (const std::string_view article : {"the "sv, "The "sv}) {
    if (std::string_view(name).substr(0, 4) == article && article[0] == 't') name.erase(0, 4);
  }
  return name;
}

}  // namespace

OutletTable::OutletTable(const std::filesystem::path& path) {
  const Table table = Table::load(path, {"id", "kind", "words", "must match", "must not match", "why"});
  table.require_sorted(0);
  table.require_unique(0);
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string_view kind = table.cell(row, 1);
    if (kind != "agency" && kind != "word" && kind != "generic" && kind != "credit" && kind != "partial") table.fail(row, 1, "the kind is agency, word, generic, credit or partial");
    const auto words = split_list(table.cell(row, 2), '|');
    if (words.empty()) table.fail(row, 2, "at least one word");
    for (const std::string_view one : words) {
      if (kind == "agency") {
        agencies_.emplace(std::string(one), std::string(words.front()));
        continue;
      }
      if (one != fold(one)) table.fail(row, 2, "words are folded: lower case, no accents");
      if (kind == "word") words_.emplace(one);
      if (kind == "generic") generic_.emplace(one);
      if (kind == "credit") credits_.emplace_back(one);
      if (kind == "partial") partials_.emplace_back(one);
    }
  }
  for (size_t row = 0; row < table.size(); ++row) {
    if (!matches(table.cell(row, 1), table.cell(row, 3))) table.fail(row, 3, "the table does not match this example");
    if (matches(table.cell(row, 1), table.cell(row, 4))) table.fail(row, 4, "the table must not match this example");
  }
}

bool OutletTable::matches(std::string_view kind, std::string_view text) const {
  if (kind == "agency") return agency(text).has_value();
  if (kind == "word") return is_outlet(text);
  if (kind == "generic") return !is_outlet(text);
  return kind == "credit" ? credited(text).has_value() : says_partial(text);
}

std::optional<std::string> OutletTable::agency(std::string_view name) const {
  const auto found = agencies_.find(std::string(name));
  if (found == agencies_.end()) return std::nullopt;
  return found->second;
}

bool OutletTable::is_outlet(std::string_view line) const {
  if (line.size() < 4 || line.size() > kMaxName) return false;
  if (agency(line)) return true;
  size_t words = 0;
  bool capitals = true, known = false, named = false;
  for_each_word(line, [&](std::string_view word) {
    const bool name = is_upper(word.front()) || (static_cast<unsigned char>(word.front()) & 0x80) != 0;
    if (!name && !(words > 0 && joins_names(word))) capitals = false;
    if (word.find_first_of(".,:;!?|/()\"") != std::string_view::npos) capitals = false;
    ++words;
    const std::string folded = fold(word);
    if (words_.count(folded) > 0 && !known) {
      known = true;
    } else {
      named = named || (!joins_names(folded) && generic_.count(folded) == 0);
    }
  });
  // A name has more than the word: "Daily" alone and "World News" are a menu's entries.
  return capitals && known && named && words <= 6;
}

std::optional<std::string> OutletTable::credited(std::string_view text) const {
  if (text.size() > 400) return std::nullopt;
  const std::string folded = fold(text);
  if (folded.size() != text.size() && folded.find("translat") == std::string::npos && folded.find("publish") == std::string::npos && folded.find("appeared") == std::string::npos) return std::nullopt;
  for (const std::string& phrase : credits_) {
    const size_t at = folded.find(phrase);
    if (at == std::string::npos) continue;
    // What was published is an article, not a book; a translation may stand alone.
    const std::string_view before = std::string_view(folded).substr(0, at);
    constexpr std::array kTexts = {"article"sv, "story"sv, "post"sv, "report"sv, "piece"sv, "column"sv, "essay"sv, "interview"sv, "text"sv, "commentary"sv, "op-ed"sv, "version"sv};
    const bool translation = phrase.substr(0, 9) == "translate";
    const bool about_text = std::any_of(kTexts.begin(), kTexts.end(), [&](std::string_view word) { return before.find(word) != std::string_view::npos; });
    if (translation ? at > 24 : !about_text || at > 90) continue;
    // Folding may move bytes: the phrase is sought again as it stands, without regard to its first letter.
    const size_t there = text.find(std::string_view(phrase).substr(1));
    if (there == std::string_view::npos) continue;
    std::string_view rest = text.substr(there + phrase.size() - 1);
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == ':')) rest.remove_prefix(1);
    if (rest.substr(0, 4) == "the ") rest.remove_prefix(4);
    std::string name = leading_name(rest);
    if (name.size() < 2 || generic_.count(fold(name)) > 0 || (translation && !is_outlet(name))) continue;
    if (const auto known = agency(name)) name = *known;
    return name;
  }
  return std::nullopt;
}

bool OutletTable::says_partial(std::string_view text) const {
  const std::string folded = fold(text);
  return std::any_of(partials_.begin(), partials_.end(), [&](const std::string& phrase) { return folded.find(phrase) != std::string::npos; });
}

std::string rights_holder(std::string_view line) {
  size_t at = std::string_view::npos;
  for (const std::string_view mark : {"\xc2\xa9"sv, "Copyright"sv, "COPYRIGHT"sv, "(c) "sv, "(C) "sv}) {
    const size_t found = line.find(mark);
    if (found != std::string_view::npos && (at == std::string_view::npos || found + mark.size() > at)) at = found + mark.size();
  }
  if (at == std::string_view::npos) return "";
  std::string_view rest = line.substr(at);
  // "2021", "2019-2021", "by": between the sign and the name.
  for (bool more = true; more && !rest.empty();) {
    more = false;
    for (const std::string_view skip : {"\xc2\xa9"sv, "(c)"sv, "by "sv, "\xe2\x80\x93"sv, ","sv, "-"sv, " "sv}) {
      if (rest.substr(0, skip.size()) == skip) {
        rest.remove_prefix(skip.size());
        more = true;
      }
    }
    while (!rest.empty() && is_digit(rest.front())) {
      rest.remove_prefix(1);
      more = true;
    }
  }
  std::string name = leading_name(rest);
  for (const std::string_view end : {" All Rights Reserved"sv, " All rights"sv, " All Rights"sv, " Inc"sv, " Ltd"sv, " LLC"sv, " Limited"sv, " All"sv}) {
    if (name.size() > end.size() && std::string_view(name).substr(name.size() - end.size()) == end) name.resize(name.size() - end.size());
  }
  const bool letters = std::any_of(name.begin(), name.end(), [](char c) { return is_lower(c) || is_upper(c) || (static_cast<unsigned char>(c) & 0x80) != 0; });
  return letters && name.size() >= 3 && name != "All" && name.substr(0, 4) != "All " ? name : "";
}

}  // namespace demarche::article
