#include "demarche/times/report_words.h"

#include <algorithm>

namespace demarche {
namespace {

bool phrase_at(const std::vector<std::string>& words, size_t at, size_t end, const Phrase& phrase) {
  if (at + phrase.words.size() > end) return false;
  for (size_t k = 0; k < phrase.words.size(); ++k)
    if (!word_matches(phrase.words[k], words[at + k])) return false;
  return true;
}

// How many words of `object`, before its clause ends, begin a phrase of the episode.
size_t words_shared(const Words& object, const Episode& episode) {
  constexpr size_t kMostWords = 10;
  size_t shared = 0;
  for (size_t at = 0; at < std::min(object.size(), kMostWords) && !object.is(at, ",") && !object.is(at, ";"); ++at) {
    const auto stands_here = [&](const Phrase& phrase) {
      bool all = at + phrase.words.size() <= object.size();
      for (size_t k = 0; k < phrase.words.size() && all; ++k) all = word_matches(phrase.words[k], object[at + k].form);
      return all;
    };
    shared += std::any_of(episode.groups.begin(), episode.groups.end(),
                          [&](const std::vector<Phrase>& group) { return std::any_of(group.begin(), group.end(), stands_here); });
  }
  return shared;
}

}  // namespace

bool ReportWords::add(const Words& sentence) {
  if (sentence_begin.size() >= kMostSentences || words.size() + sentence.size() > kMostWords) return false;
  sentence_begin.push_back(static_cast<uint32_t>(words.size()));
  for (size_t i = 0; i < sentence.size(); ++i) words.emplace_back(sentence[i].form);
  return true;
}

void ReportWords::finish() {
  sentence_begin.push_back(static_cast<uint32_t>(words.size()));
  for (uint32_t i = 0; i < words.size(); ++i) sorted.emplace_back(words[i], i);
  std::sort(sorted.begin(), sorted.end());
}

bool ReportWords::holds(size_t begin, size_t end, const Phrase& phrase) const {
  for (size_t at = begin; at + phrase.words.size() <= end; ++at)
    if (phrase_at(words, at, end, phrase)) return true;
  return false;
}

int64_t ReportWords::find(const Phrase& phrase) const {
  std::string_view first = phrase.words.front();
  const bool prefix = first.size() > 1 && first.back() == '*';
  if (prefix) first.remove_suffix(1);
  auto it =
      std::lower_bound(sorted.begin(), sorted.end(), first, [](const auto& entry, std::string_view word) { return entry.first < word; });
  for (; it != sorted.end() && (prefix ? it->first.starts_with(first) : it->first == first); ++it)
    if (phrase_at(words, it->second, words.size(), phrase)) return it->second;
  return -1;
}

bool ReportWords::speaks_of(const Episode& episode) const {
  return std::all_of(episode.groups.begin(), episode.groups.end(), [&](const std::vector<Phrase>& group) {
    return std::any_of(group.begin(), group.end(), [&](const Phrase& p) { return find(p) >= 0; });
  });
}

ReportWords read_words(std::string_view text, std::span<const Sentence> sentences, const TimeLexicon& lexicon) {
  ReportWords report;
  for (const Sentence& sentence : sentences)
    if (!report.add(Words(text, sentence.span, lexicon))) break;
  report.finish();
  return report;
}

std::optional<DayRange> named_episode(const EpisodeTable& table, const ReportWords& report, const Words& object, Day report_day) {
  constexpr int kFurthestBack = 730, kFurthestAhead = 31;  // days
  std::optional<DayRange> found;
  for (const Episode& episode : table.episodes()) {
    if (episode.series || report_day - episode.days.start > kFurthestBack || episode.days.start - report_day > kFurthestAhead) continue;
    // Two words of the object, at the least, must be words of the episode: its kind and what tells it from others.
    if (words_shared(object, episode) < 2 || !report.speaks_of(episode)) continue;
    if (found) return std::nullopt;
    found = episode.days;
  }
  return found;
}

}  // namespace demarche
