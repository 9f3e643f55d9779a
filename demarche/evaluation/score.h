// A record held against the gold record of the same report: which rows are right, which have a wrong field, which are
// extra, which gold rows were missed. One gold row answers to one row of the record at most; docs/formats/gold.md says which.
// Pure functions; thread safe.
#pragma once

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "demarche/core/document.h"
#include "demarche/evaluation/gold.h"

namespace demarche {

inline constexpr std::array<EntryType, 4> kScoredEntries = {EntryType::event, EntryType::statement, EntryType::claim, EntryType::commitment};
// "events": the key in the record and in the gold.
std::string_view list_name(EntryType type);

enum class Outcome : uint8_t {
  right,      // every compared field is
  flawed,     // the gold has this row, but a field differs
  extra,      // the gold has no such row
  optional,   // the gold has it as one that may be left out: neither right nor wrong
  missed,     // a gold row without an answer
  spared,     // an optional gold row without an answer
};
std::string_view to_string(Outcome outcome);

struct ScoredRow {
  Outcome outcome = Outcome::extra;
  std::optional<size_t> predicted, gold;  // index in the record's and the gold's list
  std::string rule;       // of the record's row
  double confidence = 1;  // of the record's row
  std::map<std::string, bool> fields;  // compared field -> right
  std::string shown;      // the row in one line; for missed rows the gold's
  std::string gold_shown;
};

struct ReportScore {
  bool read = false;
  bool day_scored = false, day_right = false;
  std::string day;  // the program's
  // Strings that the text must or must not hold: the string, whether it must, whether that is so.
  struct BodyCheck {
    std::string text;
    bool must = false, right = false;
  };
  std::vector<BodyCheck> body;
  std::array<std::vector<ScoredRow>, 4> rows;  // in the order of kScoredEntries; matched, missed, extra
};

// `file_text`: the report's file when it is text, else empty. `record`: one object of `demarche read --format jsonl`; null
// when the report could not be read. Fails when a quote of the gold does not stand in the report.
Result<ReportScore> score_report(const Gold& gold, std::string_view file_text, const nlohmann::ordered_json& record);

// Sums over reports, for one kind of entry.
struct ScoreSum {
  size_t found_right = 0;   // rows that the gold has, optional ones left out
  size_t extra = 0, missed = 0, strict = 0, optional = 0;
  std::map<std::string, std::pair<size_t, size_t>> fields;  // right, compared
  std::vector<std::pair<double, bool>> shown;  // confidence, strictly right; optional ones left out

  void add(const ScoredRow& row);
  double precision() const;
  double recall() const;
  double f1() const;
  double strict_f1() const;
  // Share of the gold that comes out strictly right among the surest rows, as many as keep that precision.
  double coverage(double least_precision = 0.90) const;
};

}  // namespace demarche
