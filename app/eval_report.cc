#include "app/eval_report.h"

#include <cstdio>
#include <nlohmann/json.hpp>
#include <ostream>

#include "demarche/core/names_of.h"
#include "demarche/exports/record_json.h"

namespace demarche::app {
namespace {

using Json = nlohmann::ordered_json;

// Lower limits of the bins of confidence in which reliability is told.
constexpr std::array<double, 6> kBins = {0.9, 0.8, 0.7, 0.6, 0.3, 0.0};

struct Bin {
  size_t rows = 0, right = 0;
  double confidence = 0;  // summed
};

std::array<Bin, kBins.size()> reliability(const ScoreSum& tally) {
  std::array<Bin, kBins.size()> bins;
  for (const auto& [confidence, right] : tally.shown) {
    size_t i = 0;
    while (i + 1 < kBins.size() && confidence < kBins[i]) ++i;
    ++bins[i].rows;
    bins[i].right += right;
    bins[i].confidence += confidence;
  }
  return bins;
}

double share(size_t part, size_t whole) { return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole); }

// Four decimals, as a number that JSON prints so.
double rounded(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4f", value);
  return std::strtod(text, nullptr);
}

std::string fixed(double value, int decimals = 3) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

std::string padded(std::string text, size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

// The fields compared for a kind of entry, in the order of the gold format's page.
std::vector<std::string_view> field_order(EntryType type) {
  switch (type) {
    case EntryType::event: return {"actors", "recipients", "date", "factuality", "kind"};
    case EntryType::statement: return {"source", "party", "anonymity", "quotation"};
    case EntryType::claim: return {"exact"};
    case EntryType::commitment: return {"by", "due", "status"};
  }
  return {};
}

const std::vector<std::string>& signs_of(const Document& doc, EntryType type, size_t row) {
  switch (type) {
    case EntryType::event: return doc.events[row].signs;
    case EntryType::statement: return doc.statements[row].signs;
    case EntryType::claim: return doc.claims[row].signs;
    case EntryType::commitment: break;
  }
  return doc.commitments[row].signs;
}

std::vector<std::string> wrong_fields(const ScoredRow& row, EntryType type) {
  std::vector<std::string> out;
  for (const std::string_view field : field_order(type))
    if (const auto it = row.fields.find(std::string(field)); it != row.fields.end() && !it->second) out.emplace_back(field);
  return out;
}

std::string singular(EntryType type) {
  const std::string_view list = list_name(type);
  return std::string(list.substr(0, list.size() - 1));
}

}  // namespace

void print_errors(std::ostream& out, const CaseResult& result) {
  const ReportScore& score = result.score;
  if (!score.read) out << result.name << ": could not be read\n";
  if (score.day_scored && !score.day_right) out << result.name << ": published " << (score.day.empty() ? "-" : score.day) << " is not the gold's day\n";
  for (const auto& check : score.body)
    if (!check.right) out << result.name << ": the text should " << (check.must ? "" : "not ") << "hold: " << check.text << "\n";
  for (size_t k = 0; k < kScoredEntries.size(); ++k) {
    for (const ScoredRow& row : score.rows[k]) {
      const std::string name = singular(kScoredEntries[k]);
      if (row.outcome == Outcome::missed) out << result.name << ": missed " << name << ": " << row.shown << "\n";
      if (row.outcome == Outcome::extra) out << result.name << ": extra " << name << ": " << row.shown << " [" << row.rule << "]\n";
      if (row.outcome != Outcome::flawed) continue;
      out << result.name << ": " << name << " " << row.gold_shown << " :: wrong";
      for (const std::string& field : wrong_fields(row, kScoredEntries[k])) out << " " << field;
      out << " in " << row.shown << " [" << row.rule << "]\n";
    }
  }
}

void print_rows(std::ostream& out, const CaseResult& result) {
  for (size_t k = 0; k < kScoredEntries.size(); ++k) {
    for (const ScoredRow& row : result.score.rows[k]) {
      Json line = {{"report", result.name}, {"list", list_name(kScoredEntries[k])}, {"outcome", to_string(row.outcome)}};
      if (row.predicted) {
        line["id"] = entry_id(kScoredEntries[k], static_cast<uint32_t>(*row.predicted));
        line["rule"] = row.rule;
        line["confidence"] = row.confidence;
        line["wrong"] = wrong_fields(row, kScoredEntries[k]);
        line["signs"] = signs_of(result.doc, kScoredEntries[k], *row.predicted);
      }
      line["row"] = row.shown;
      if (row.gold) line["gold"] = row.gold_shown;
      out << dump(line) << "\n";
    }
  }
}

void EvalReport::add(const CaseResult& result) {
  const ReportScore& score = result.score;
  ++reports_;
  read_ += score.read;
  days_ += score.day_scored;
  days_right_ += score.day_scored && score.day_right;
  for (const auto& check : score.body) {
    ++body_;
    body_right_ += check.right;
  }
  for (size_t k = 0; k < kScoredEntries.size(); ++k) {
    for (const ScoredRow& row : score.rows[k]) {
      tallies_[k].add(row);
      if (!row.predicted) continue;
      RuleCount& count = rules_[k][row.rule];
      count.right += row.outcome == Outcome::right;
      count.flawed += row.outcome == Outcome::flawed;
      count.extra += row.outcome == Outcome::extra;
      count.optional += row.outcome == Outcome::optional;
      if (row.outcome == Outcome::flawed)
        for (const std::string& field : wrong_fields(row, kScoredEntries[k])) ++count.wrong[field];
    }
  }
}

void EvalReport::print_text(std::ostream& out, bool by_rule) const {
  out << "reports read " << read_ << "/" << reports_ << "   publication date right " << days_right_ << "/" << days_ << "   body checks right " << body_right_ << "/" << body_ << "\n";
  for (size_t k = 0; k < kScoredEntries.size(); ++k) {
    const ScoreSum& t = tallies_[k];
    const auto shown = [](double value) { return fixed(rounded(value)); };
    out << padded(std::string(list_name(kScoredEntries[k])), 12) << " P " << shown(t.precision()) << "  R " << shown(t.recall()) << "  F1 " << shown(t.f1()) << "  strict F1 "
        << shown(t.strict_f1()) << "  coverage@.90 " << shown(t.coverage()) << "  (gold " << t.found_right + t.missed << ", found " << t.found_right + t.extra << ", optional "
        << t.optional << ")";
    for (const std::string_view field : field_order(kScoredEntries[k]))
      if (const auto it = t.fields.find(std::string(field)); it != t.fields.end()) out << "  " << field << " " << shown(share(it->second.first, it->second.second));
    out << "\n";
  }
  out << "\nreliability     rows by confidence: how many, mean confidence, share strictly right\n";
  for (size_t k = 0; k < kScoredEntries.size(); ++k) {
    const auto bins = reliability(tallies_[k]);
    out << padded(std::string(list_name(kScoredEntries[k])), 12);
    for (size_t i = 0; i < bins.size(); ++i) {
      out << "  " << fixed(kBins[i], 1) << "+ ";
      const auto n = static_cast<double>(bins[i].rows);
      out << padded(bins[i].rows == 0 ? "-" : std::to_string(bins[i].rows) + ": " + fixed(bins[i].confidence / n, 2) + ", " + fixed(share(bins[i].right, bins[i].rows), 2), 15);
    }
    out << "\n";
  }
  if (!by_rule) return;
  for (size_t k = 0; k < kScoredEntries.size(); ++k) {
    if (rules_[k].empty()) continue;
    out << "\n" << padded("rule of " + std::string(list_name(kScoredEntries[k])), 44) << "  right  flawed  extra  optional  wrong fields\n";
    for (const auto& [rule, count] : rules_[k]) {
      char numbers[64];
      std::snprintf(numbers, sizeof numbers, "  %5zu  %6zu  %5zu  %8zu ", count.right, count.flawed, count.extra, count.optional);
      out << padded(rule, 44) << numbers;
      for (const auto& [field, n] : count.wrong) out << " " << field << " " << n;
      out << "\n";
    }
  }
}

void EvalReport::print_json(std::ostream& out, const Producer& producer) const {
  Json json = {{"producer", {{"version", producer.version}, {"model", producer.model}, {"lexicon", producer.lexicon}}},
               {"documents", {{"reports", reports_}, {"read", read_}, {"published", days_}, {"published_right", days_right_}, {"body", body_}, {"body_right", body_right_}}}};
  for (size_t k = 0; k < kScoredEntries.size(); ++k) {
    const ScoreSum& t = tallies_[k];
    Json one = {{"precision", rounded(t.precision())}, {"recall", rounded(t.recall())}, {"f1", rounded(t.f1())}, {"strict_f1", rounded(t.strict_f1())},
                {"coverage", rounded(t.coverage())}, {"gold", t.found_right + t.missed}, {"found", t.found_right + t.extra}, {"optional_found", t.optional}};
    for (const std::string_view field : field_order(kScoredEntries[k]))
      if (const auto it = t.fields.find(std::string(field)); it != t.fields.end()) one[std::string(field)] = rounded(share(it->second.first, it->second.second));
    Json bins = Json::array();
    const auto counted = reliability(t);
    for (size_t i = 0; i < counted.size(); ++i)
      bins.push_back({{"from", kBins[i]}, {"rows", counted[i].rows}, {"confidence", rounded(counted[i].rows ? counted[i].confidence / static_cast<double>(counted[i].rows) : 0)}, {"right", rounded(share(counted[i].right, counted[i].rows))}});
    one["reliability"] = std::move(bins);
    Json rules = Json::object();
    for (const auto& [rule, count] : rules_[k])
      rules[rule] = {{"right", count.right}, {"flawed", count.flawed}, {"extra", count.extra}, {"optional", count.optional}, {"wrong", count.wrong}};
    one["rules"] = std::move(rules);
    json[std::string(list_name(kScoredEntries[k]))] = std::move(one);
  }
  out << json.dump(1) << "\n";
}

}  // namespace demarche::app
