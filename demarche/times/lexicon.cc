#include "demarche/times/lexicon.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "demarche/core/table.h"

namespace demarche {
namespace {

constexpr std::array<std::string_view, 38> kWordClassNames = {
    "ampm",      "approx",   "bound",   "clockword", "daypart",  "dayturn", "decadeword", "deictic", "direction", "every",
    "feast",     "freq",     "future",  "hours",     "incident", "month",   "named",      "notday",  "number",    "ordinal",
    "overnight", "position", "recent",  "reference", "refnoun",  "saying",  "scale",      "season",  "set",       "shift",
    "span",      "stamp",    "tonight", "unit",      "vague",    "weekday", "weekdays",   "zone"};

bool parse_int(std::string_view text, int& out) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

// Cuts a spelling as Words cuts text: letters and digits by themselves, every other mark by itself.
std::vector<std::string> cut_spelling(std::string_view spelling) {
  std::vector<std::string> out;
  int last = 0;  // 0 space, 1 letter, 2 digit, 3 mark
  for (const char c : spelling) {
    const bool digit = c >= '0' && c <= '9';
    const bool letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    const int kind = c == ' ' ? 0 : letter ? 1 : digit ? 2 : 3;
    if (kind != 0 && kind != 3 && kind == last)
      out.back() += c;
    else if (kind != 0)
      out.push_back(std::string(1, c));
    last = kind;
  }
  return out;
}

FeastRule parse_feast(const Table& table, size_t row, size_t column) {
  const std::string_view text = table.cell(row, column);
  FeastRule rule;
  const std::vector<std::string_view> parts = split_list(text, ' ');
  if (parts.size() == 4 && parts[0] == "nth" && parse_int(parts[1], rule.a) && parse_int(parts[2], rule.b) && parse_int(parts[3], rule.c) &&
      rule.a >= 1 && rule.a <= 4 && rule.b >= 0 && rule.b <= 6 && rule.c >= 1 && rule.c <= 12) {
    rule.kind = FeastRule::Kind::nth;
  } else if (parts.size() == 3 && parts[0] == "last" && parse_int(parts[1], rule.a) && parse_int(parts[2], rule.b) && rule.a >= 0 &&
             rule.a <= 6 && rule.b >= 1 && rule.b <= 12) {
    rule.kind = FeastRule::Kind::last;
  } else if (parts.size() > 1 && parts[0] == "list") {
    rule.kind = FeastRule::Kind::list;
    for (size_t i = 1; i < parts.size(); ++i) {
      const std::optional<Day> day = parse_day(parts[i]);
      if (!day || (!rule.days.empty() && *day <= rule.days.back()))
        table.fail(row, column, "a list of feasts must be days in order, YYYY-MM-DD");
      rule.days.push_back(*day);
    }
  } else if (text.starts_with("orthodox") && parse_int(text.substr(8), rule.a) && rule.a > -100 && rule.a < 100) {
    rule.kind = FeastRule::Kind::orthodox;
  } else if (text.starts_with("easter") && parse_int(text.substr(6), rule.a) && rule.a > -100 && rule.a < 100) {
    rule.kind = FeastRule::Kind::easter;
  } else if (text.size() == 5 && text[2] == '-' && parse_int(text.substr(0, 2), rule.a) && parse_int(text.substr(3), rule.b) &&
             make_day(2023, rule.a, rule.b)) {
    rule.kind = FeastRule::Kind::fixed;
  } else {
    table.fail(row, column,
               "no rule of a feast (MM-DD, easter+N, orthodox+N, 'nth N WEEKDAY MONTH', 'last WEEKDAY MONTH', 'list DAY ...')");
  }
  return rule;
}

}  // namespace

TimeLexicon TimeLexicon::load(const std::filesystem::path& data_dir) {
  TimeLexicon lexicon;
  const auto add = [&lexicon](const Table& table, size_t row, size_t column, WordClass word_class, std::string_view value, int number) {
    const std::vector<std::string_view> spellings = split_list(table.cell(row, column));
    if (spellings.empty()) table.fail(row, column, "no words");
    for (const std::string_view spelling : spellings) {
      auto entry = std::make_unique<LexiconEntry>();
      entry->word_class = word_class;
      entry->id = table.cell(row, 0);
      entry->value = value;
      entry->number = number;
      entry->words = cut_spelling(spelling);
      for (const char c : spelling)
        if (c >= 'A' && c <= 'Z') table.fail(row, column, "words must be in lower case");
      lexicon.by_first_word_[entry->words.front()].push_back(entry.get());
      lexicon.entries_.push_back(std::move(entry));
    }
  };
  const Table words = Table::load(data_dir / "en" / "times.tsv", {"id", "class", "value", "words", "example"});
  words.require_unique(0);
  words.require_sorted(0);
  for (size_t row = 0; row < words.size(); ++row) {
    const auto found = std::find(kWordClassNames.begin(), kWordClassNames.end(), words.cell(row, 1));
    if (found == kWordClassNames.end()) words.fail(row, 1, "unknown class");
    const auto word_class = static_cast<WordClass>(found - kWordClassNames.begin());
    int number = 0;
    const bool numeric = parse_int(words.cell(row, 2), number);
    const auto within = [&](int low, int high) {
      if (!numeric || number < low || number > high)
        words.fail(row, 2, "must be a number from " + std::to_string(low) + " to " + std::to_string(high));
    };
    if (word_class == WordClass::month) within(1, 12);
    if (word_class == WordClass::weekday || word_class == WordClass::weekdays) within(0, 6);
    if (word_class == WordClass::ordinal) within(1, 31);
    if (word_class == WordClass::number || word_class == WordClass::scale) within(1, 1000);
    if (word_class == WordClass::deictic) within(-2, 2);
    if (word_class == WordClass::named && !parse_day(words.cell(row, 2).substr(0, 10)))
      words.fail(row, 2, "must begin with a day, YYYY-MM-DD");
    add(words, row, 3, word_class, words.cell(row, 2), number);
  }
  const Table feasts = Table::load(data_dir / "en" / "feasts.tsv", {"id", "rule", "words", "example"});
  feasts.require_unique(0);
  feasts.require_sorted(0);
  for (size_t row = 0; row < feasts.size(); ++row) {
    lexicon.feasts_.push_back(parse_feast(feasts, row, 1));
    add(feasts, row, 2, WordClass::feast, feasts.cell(row, 1), static_cast<int>(row));
  }
  for (auto& [word, list] : lexicon.by_first_word_)
    std::stable_sort(list.begin(), list.end(),
                     [](const LexiconEntry* a, const LexiconEntry* b) { return a->words.size() > b->words.size(); });
  return lexicon;
}

const std::vector<const LexiconEntry*>* TimeLexicon::starting_with(std::string_view word) const {
  const auto found = by_first_word_.find(word);
  return found == by_first_word_.end() ? nullptr : &found->second;
}

std::optional<Day> TimeLexicon::feast_day(const LexiconEntry& entry, int year) const {
  const FeastRule& rule = feasts_[static_cast<size_t>(entry.number)];
  switch (rule.kind) {
    case FeastRule::Kind::fixed:
      return *make_day(year, rule.a, rule.b);
    case FeastRule::Kind::easter:
      return easter(year) + rule.a;
    case FeastRule::Kind::orthodox:
      return orthodox_easter(year) + rule.a;
    case FeastRule::Kind::list: {
      const auto found = std::find_if(rule.days.begin(), rule.days.end(), [&](Day day) { return civil(day).year == year; });
      return found == rule.days.end() ? std::nullopt : std::optional<Day>(*found);
    }
    case FeastRule::Kind::nth: {
      const Day first = month_of(year, rule.c).start;
      return first + (rule.b - weekday(first) + 7) % 7 + 7 * (rule.a - 1);
    }
    case FeastRule::Kind::last: {
      const Day end = month_of(year, rule.b).end;
      return end + -((weekday(end) - rule.a + 7) % 7);
    }
  }
  return {};
}

Day orthodox_easter(
    int year) {  // Meeus, Julian; thirteen days later in the Gregorian calendar from 1900 to 2099, one more each century without leap day
  const int d = (19 * (year % 19) + 15) % 30, e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  const int century = year / 100, shift = century - century / 4 - 2;
  return *make_day(year, (d + e + 114) / 31, (d + e + 114) % 31 + 1) + shift;
}

Day easter(int year) {  // Meeus, Jones, Butcher
  const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4;
  const int f = (b + 8) / 25, g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
  return *make_day(year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
}

}  // namespace demarche
