// What demarche eval prints: sums over reports, reliability of confidence, counts by rule, one line a row.
#pragma once

#include <array>
#include <iosfwd>
#include <map>
#include <string>

#include "demarche/core/document.h"
#include "demarche/evaluation/score.h"

namespace demarche::app {

struct CaseResult {
  std::string name;
  ReportScore score;
  Document doc;  // empty when the report could not be read
};

// A line a report's error: days, body checks, rows that are flawed, extra or missed.
void print_errors(std::ostream& out, const CaseResult& result);
// JSON Lines: each row of the record with its outcome, rule, confidence, wrong fields and signs; each missed row of the gold.
void print_rows(std::ostream& out, const CaseResult& result);

class EvalReport {
 public:
  void add(const CaseResult& result);
  void print_text(std::ostream& out, bool by_rule) const;
  void print_json(std::ostream& out, const Producer& producer) const;
  bool all_read() const { return read_ == reports_; }

 private:
  struct RuleCount {
    size_t right = 0, flawed = 0, extra = 0, optional = 0;
    std::map<std::string, size_t> wrong;  // field -> how often
  };
  size_t reports_ = 0, read_ = 0, days_ = 0, days_right_ = 0, body_ = 0, body_right_ = 0;
  std::array<ScoreSum, 4> tallies_;
  std::array<std::map<std::string, RuleCount>, 4> rules_;
};

}  // namespace demarche::app
