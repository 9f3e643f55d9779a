#include "demarche/statements/cue_lexicon.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <tuple>

#include "demarche/core/table.h"

namespace demarche {

using namespace attribution;

namespace {

constexpr std::pair<std::string_view, uint32_t> kFrames[] = {
    {"clause", kClause}, {"question", kQuestion}, {"quote", kQuote}, {"infinitive", kInfinitive}, {"object+infinitive", kObjectInfinitive},
    {"object+as", kObjectAs}, {"object+predicate", kObjectPredicate}, {"object+of", kObjectOf}, {"object+for", kObjectFor},
    {"object+to", kObjectTo}, {"object+on", kObjectOn}, {"object+with", kObjectWith}, {"object+at", kObjectAt}, {"object", kObject}, {"object+words", kObject | kObjectWords}, {"gerund", kGerund}, {"addressee", kAddressee}};
constexpr std::string_view kPrepositions[] = {"of", "about", "over", "for", "to", "on", "in", "at"};

template <class Value>
Value parse_name(const Table& table, size_t row, size_t column, std::initializer_list<std::pair<std::string_view, Value>> names) {
  for (const auto& [name, value] : names)
    if (table.cell(row, column) == name) return value;
  table.fail(row, column, "unknown value");
}

CueRow read_row(const Table& table, size_t r) {
  CueRow row;
  row.id = table.cell(r, 0);
  for (const auto word : split_list(table.cell(r, 1), ' ')) row.words.emplace_back(word);
  if (row.words.empty()) table.fail(r, 1, "a cue needs a lemma");
  row.pos = parse_name<CuePos>(table, r, 2, {{"verb", CuePos::verb}, {"noun", CuePos::noun}, {"adjective", CuePos::adjective},
                                             {"preposition", CuePos::preposition}, {"possessed", CuePos::possessed}, {"colon", CuePos::colon}});
  for (const auto name : split_list(table.cell(r, 3))) {
    const auto frame = std::find_if(std::begin(kFrames), std::end(kFrames), [&](const auto& f) { return f.first == name; });
    if (frame != std::end(kFrames)) row.frames |= frame->second;
    else if (std::find(std::begin(kPrepositions), std::end(kPrepositions), name) != std::end(kPrepositions)) row.prepositions.emplace_back(name);
    else table.fail(r, 3, "unknown frame");
  }
  if (row.frames == 0 && row.prepositions.empty()) table.fail(r, 3, "a cue needs a frame");
  row.kind = parse_name<StatementKind>(table, r, 4, {{"speech", StatementKind::speech}, {"writing", StatementKind::writing}, {"belief", StatementKind::belief},
                                                     {"intention", StatementKind::intention}, {"forecast", StatementKind::forecast}});
  row.stance = parse_name<CueStance>(table, r, 5, {{"neutral", CueStance::neutral}, {"distant", CueStance::distant},
                                                   {"affirming", CueStance::affirming}, {"denying", CueStance::denying}});
  row.act = table.cell(r, 6);
  const std::string_view strength = table.cell(r, 7);
  const auto [end, error] = std::from_chars(strength.data(), strength.data() + strength.size(), row.strength);
  if (error != std::errc() || end != strength.data() + strength.size() || !(row.strength > 0 && row.strength <= 1)) table.fail(r, 7, "a number above 0 and up to 1");
  row.must_match = table.cell(r, 8);
  row.must_not_match = table.cell(r, 9);
  if (row.must_match.empty()) table.fail(r, 8, "a row needs a sentence that it matches");
  if (row.must_not_match.empty()) table.fail(r, 9, "a row needs a sentence that it must leave alone");
  return row;
}

}  // namespace

CueLexicon read_cue_lexicon(const std::filesystem::path& data_dir) {
  CueLexicon lexicon;
  const Table cues = Table::load(data_dir / "en" / "cues.tsv",
                                 {"id", "lemma", "pos", "frames", "kind", "stance", "act", "strength", "must match", "must not match", "why"});
  cues.require_unique(0);
  cues.require_sorted(0);
  for (size_t r = 0; r < cues.size(); ++r) lexicon.rows_.push_back(read_row(cues, r));
  for (const CueRow& row : lexicon.rows_) lexicon.order_.push_back(&row);
  std::stable_sort(lexicon.order_.begin(), lexicon.order_.end(), [](const CueRow* a, const CueRow* b) {
    return std::tuple(a->pos, std::string_view(a->words[0]), b->words.size()) < std::tuple(b->pos, std::string_view(b->words[0]), a->words.size());
  });
  for (uint32_t i = 0; i < lexicon.order_.size(); ++i) {
    const CueRow& row = *lexicon.order_[i];
    if (lexicon.keys_.empty() || lexicon.keys_.back().pos != row.pos || lexicon.keys_.back().lemma != row.words[0])
      lexicon.keys_.push_back({row.pos, row.words[0], i, i});
    lexicon.keys_.back().last = i + 1;
  }
  const Table nouns = Table::load(data_dir / "en" / "speaker_nouns.tsv", {"lemma", "class"});
  nouns.require_unique(0);
  nouns.require_sorted(0);
  for (size_t r = 0; r < nouns.size(); ++r)
    lexicon.speakers_.emplace_back(nouns.cell(r, 0), parse_name<SpeakerClass>(nouns, r, 1, {{"person", SpeakerClass::person}, {"spokesperson", SpeakerClass::spokesperson},
                                   {"group", SpeakerClass::group}, {"body", SpeakerClass::body}, {"document", SpeakerClass::document},
                                   {"media", SpeakerClass::media}, {"role", SpeakerClass::role}}));
  const Table channels = Table::load(data_dir / "en" / "channels.tsv", {"lemma", "channel"});
  channels.require_unique(0);
  channels.require_sorted(0);
  for (size_t r = 0; r < channels.size(); ++r) lexicon.channels_.emplace_back(channels.cell(r, 0), channels.cell(r, 1));
  lexicon.weights_.emplace(data_dir / "en" / "statement_confidence.tsv");
  return lexicon;
}

std::span<const CueRow* const> CueLexicon::find(CuePos pos, std::string_view lemma) const {
  const auto it = std::partition_point(keys_.begin(), keys_.end(), [&](const Key& k) { return std::tuple(k.pos, k.lemma) < std::tuple(pos, lemma); });
  if (it == keys_.end() || it->pos != pos || it->lemma != lemma) return {};
  return {order_.data() + it->first, it->last - it->first};
}

SpeakerClass CueLexicon::speaker_class(std::string_view lemma) const {
  const auto it = std::partition_point(speakers_.begin(), speakers_.end(), [&](const auto& s) { return s.first < lemma; });
  return it != speakers_.end() && it->first == lemma ? it->second : SpeakerClass::unknown;
}

std::string_view CueLexicon::channel(std::string_view lemma) const {
  const auto it = std::partition_point(channels_.begin(), channels_.end(), [&](const auto& c) { return c.first < lemma; });
  return it != channels_.end() && it->first == lemma ? std::string_view(it->second) : std::string_view();
}

}  // namespace demarche
