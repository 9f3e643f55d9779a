#include "demarche/times/episodes.h"

#include "demarche/core/table.h"

namespace demarche {
namespace {

// Cuts as Words cuts text, '*' staying at the end of its word.
Phrase cut_phrase(const Table& table, size_t row, size_t column, std::string_view spelling) {
  Phrase phrase;
  int last = 0;  // 0 space, 1 letter, 2 digit, 3 mark
  for (const char c : spelling) {
    if (c >= 'A' && c <= 'Z') table.fail(row, column, "words must be in lower case");
    if (c == '*') {
      if (last != 1 && last != 2) table.fail(row, column, "'*' must end a word");
      phrase.words.back() += c;
      last = 3;
      continue;
    }
    const bool digit = c >= '0' && c <= '9';
    const bool letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    const int kind = c == ' ' ? 0 : letter ? 1 : digit ? 2 : 3;
    if (kind != 0 && kind != 3 && kind == last)
      phrase.words.back() += c;
    else if (kind != 0)
      phrase.words.emplace_back(1, c);
    last = kind;
  }
  if (phrase.words.empty()) table.fail(row, column, "an empty phrase");
  return phrase;
}

DayRange parse_range(const Table& table, size_t row) {
  const std::optional<Day> start = parse_day(table.cell(row, 1)), end = parse_day(table.cell(row, 2));
  if (!start) table.fail(row, 1, "no day like 2017-07-04");
  if (!end) table.fail(row, 2, "no day like 2017-07-04");
  if (*end < *start) table.fail(row, 2, "ends before it starts");
  return {*start, *end};
}

std::vector<Phrase> parse_phrases(const Table& table, size_t row, size_t column, std::string_view cell) {
  std::vector<Phrase> out;
  for (const std::string_view spelling : split_list(cell, '|')) out.push_back(cut_phrase(table, row, column, spelling));
  if (out.empty()) table.fail(row, column, "no words");
  return out;
}

}  // namespace

EpisodeTable EpisodeTable::load(const std::filesystem::path& data_dir) {
  EpisodeTable out;
  const Table episodes = Table::load(data_dir / "en" / "episodes.tsv", {"id", "start", "end", "words", "source"});
  episodes.require_unique(0);
  episodes.require_sorted(0);
  for (size_t row = 0; row < episodes.size(); ++row) {
    Episode episode;
    episode.id = episodes.cell(row, 0);
    episode.days = parse_range(episodes, row);
    if (episode.days.end - episode.days.start > 31) episodes.fail(row, 2, "an episode is at most a month long");
    episode.series = episode.id.find(".prk-") != std::string::npos || episode.id.find(".unsc-") != std::string::npos;
    for (const std::string_view group : split_list(episodes.cell(row, 3), '&'))
      episode.groups.push_back(parse_phrases(episodes, row, 3, group));
    if (episode.groups.size() < 2) episodes.fail(row, 3, "needs at least two groups of words");
    out.episodes_.push_back(std::move(episode));
  }
  const Table tenures = Table::load(data_dir / "en" / "tenures.tsv", {"id", "start", "end", "words"});
  tenures.require_unique(0);
  tenures.require_sorted(0);
  for (size_t row = 0; row < tenures.size(); ++row)
    out.tenures_.push_back(
        {std::string(tenures.cell(row, 0)), parse_range(tenures, row), parse_phrases(tenures, row, 3, tenures.cell(row, 3))});
  return out;
}

}  // namespace demarche
