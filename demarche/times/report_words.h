// The words of a report, for the questions whether it speaks of an episode (data/en/episodes.tsv). Filled sentence by sentence, then asked.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "demarche/core/document.h"
#include "demarche/times/episodes.h"
#include "demarche/times/words.h"

namespace demarche {

struct ReportWords {
  static constexpr uint32_t kMostSentences = 300;  // the news stands at the beginning
  static constexpr size_t kMostWords = 12000;

  std::vector<std::string> words;                             // of all sentences, in order
  std::vector<uint32_t> sentence_begin;                       // index of each sentence's first word; one more at the end
  std::vector<std::pair<std::string_view, uint32_t>> sorted;  // (word, position), sorted

  // False when the report is read far enough; then the sentence was not taken.
  bool add(const Words& sentence);
  // To be called once, after the last sentence.
  void finish();

  // Whether the phrase stands in words [begin, end). O(end - begin).
  bool holds(size_t begin, size_t end, const Phrase& phrase) const;
  // Position of the phrase anywhere, or -1; the cost is that of its first word's occurrences.
  int64_t find(const Phrase& phrase) const;
  // Whether each group of the episode has a phrase in the report.
  bool speaks_of(const Episode& episode) const;
};

// The words of the first sentences.
ReportWords read_words(std::string_view text, std::span<const Sentence> sentences, const TimeLexicon& lexicon);

// The days of the one episode that `object` names ("the Singapore summit"), which the report speaks of and which lies within two years
// before its day, or a month after; nothing when none or several do.
std::optional<DayRange> named_episode(const EpisodeTable& table, const ReportWords& report, const Words& object, Day report_day);

}  // namespace demarche
