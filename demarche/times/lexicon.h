// The words of time, read from data/en/times.tsv and data/en/feasts.tsv.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "demarche/core/calendar.h"

namespace demarche {

// What the grammar may do with a word; one value for each class name in times.tsv, in the order of kWordClassNames.
enum class WordClass : uint8_t {
  ampm,
  approx,
  bound,
  clockword,
  daypart,
  dayturn,
  decadeword,
  deictic,
  direction,
  every,
  feast,
  freq,
  future,
  hours,
  incident,
  month,
  named,
  notday,
  number,
  ordinal,
  overnight,
  position,
  recent,
  reference,
  refnoun,
  saying,
  scale,
  season,
  set,
  shift,
  span,
  stamp,
  tonight,
  unit,
  vague,
  weekday,
  weekdays,
  zone
};

// One spelling of one row: a word or a phrase.
struct LexiconEntry {
  WordClass word_class = WordClass::unit;
  std::string id;     // of the row
  std::string value;  // as the class needs it
  int number = 0;     // value as a number where it is one
  std::vector<std::string> words;
};

// A feast's rule; see docs/formats/times.md.
struct FeastRule {
  enum class Kind : uint8_t { fixed, easter, orthodox, nth, last, list } kind = Kind::fixed;
  int a = 0, b = 0, c = 0;
  std::vector<Day> days;  // of a list, sorted
};

class TimeLexicon {
 public:
  // Throws Error with file, line and caret when a row is broken.
  static TimeLexicon load(const std::filesystem::path& data_dir);

  // Entries whose first word is `word`, longest first; null when there are none.
  const std::vector<const LexiconEntry*>* starting_with(std::string_view word) const;
  // The day of the feast in that year; nothing when a list does not reach that far. REQUIRES: entry.word_class == WordClass::feast.
  std::optional<Day> feast_day(const LexiconEntry& entry, int year) const;

 private:
  std::vector<std::unique_ptr<LexiconEntry>> entries_;
  std::vector<FeastRule> feasts_;  // LexiconEntry::number of a feast is an index into it
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view s) const { return std::hash<std::string_view>()(s); }
  };
  std::unordered_map<std::string, std::vector<const LexiconEntry*>, Hash, std::equal_to<>> by_first_word_;
};

// Easter Sunday of the Gregorian calendar. REQUIRES: 1583 <= year <= 9999.
Day easter(int year);
// The same of the churches that keep the Julian calendar, as a day of the Gregorian one.
Day orthodox_easter(int year);

}  // namespace demarche
