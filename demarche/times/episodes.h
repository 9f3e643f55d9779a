// Dated public episodes and terms of office, read from data/en/episodes.tsv and data/en/tenures.tsv.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/core/calendar.h"

namespace demarche {

// A word or phrase; each word may end in '*': then it matches what begins so.
struct Phrase {
  std::vector<std::string> words;
};

struct Episode {
  std::string id;
  DayRange days;
  bool series = false;  // one of many alike (tests, resolutions): the weekday alone does not prove it
  // One phrase of each group must be there, that of the first in the sentence which tells of it.
  std::vector<std::vector<Phrase>> groups;
};

struct Tenure {
  std::string id;
  DayRange days;
  std::vector<Phrase> phrases;
};

class EpisodeTable {
 public:
  // Throws Error with file, line and caret when a row is broken.
  static EpisodeTable load(const std::filesystem::path& data_dir);

  const std::vector<Episode>& episodes() const { return episodes_; }
  const std::vector<Tenure>& tenures() const { return tenures_; }

 private:
  std::vector<Episode> episodes_;
  std::vector<Tenure> tenures_;
};

// Whether a word of a text matches one of a phrase.
inline bool word_matches(std::string_view pattern, std::string_view word) {
  if (pattern.size() > 1 && pattern.back() == '*') return word.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == word;
}

}  // namespace demarche
