#include "demarche/claims/rules.h"

#include <array>
#include <charconv>

#include "demarche/core/table.h"

namespace demarche {
namespace {

constexpr std::array<std::string_view, 16> kProperties{"missile_class", "outcome",   "range_km", "apogee_km", "flight_minutes",    "speed_mach",         "landing_area", "responsibility",
                                                       "legality",      "intent",    "severity", "casualties_killed", "casualties_wounded", "count",   "happened",     "capability"};

bool known_property(std::string_view name) {
  if (name == "programme_stage") return true;
  for (const std::string_view p : kProperties)
    if (p == name) return true;
  return false;
}

}  // namespace

ClaimRules::ClaimRules(const std::filesystem::path& data_dir, Vocabulary& vocabulary) : sets(WordSets::load(data_dir / "en" / "word_sets.tsv")), weights(data_dir / "en" / "claim_confidence.tsv") {
  const Table table =
      Table::load(data_dir / "en" / "properties.tsv", {"id", "property", "pattern", "normal", "by", "needs", "confidence", "must match", "must not match", "why"});
  table.require_unique(0);
  table.require_sorted(0);
  for (size_t row = 0; row < table.size(); ++row) {
    ClaimRule rule;
    rule.id = table.cell(row, 0);
    rule.property = table.cell(row, 1);
    if (!known_property(rule.property)) table.fail(row, 1, "unknown property");
    if (const auto wrong = patterns.add(table.cell(row, 2), static_cast<uint32_t>(row), sets, vocabulary)) table.fail(row, 2, *wrong);
    for (const std::string_view value : split_list(table.cell(row, 3), '|')) rule.normal.emplace_back(value);
    if (rule.normal.empty()) table.fail(row, 3, "a value is needed");
    const std::string_view by = table.cell(row, 4);
    if (by == "context")
      rule.by = Claimant::context;
    else if (by == "subject")
      rule.by = Claimant::subject;
    else if (by == "agent")
      rule.by = Claimant::agent;
    else
      table.fail(row, 4, "expected context, subject or agent");
    for (const std::string_view need : split_list(table.cell(row, 5), ',')) {
      if (need == "actual")
        rule.actual = true;
      else if (need == "assertive")
        rule.assertive = true;
      else if (need == "statement")
        rule.statement = true;
      else if (need == "flight")
        rule.flight = true;
      else if (need == "weapon_near")
        rule.weapon_near = true;
      else if (need == "force_near")
        rule.force_near = true;
      else if (need == "singular")
        rule.singular = true;
      else if (need == "dead_near")
        rule.dead_near = true;
      else if (need == "hostile")
        rule.hostile = true;
      else if (need == "self_subject")
        rule.self_subject = true;
      else if (need == "self_object")
        rule.self_object = true;
      else if (need == "class")
        rule.class_words = true;
      else if (need.starts_with("subject=") && sets.find(need.substr(8)))
        rule.subject_set = need.substr(8);
      else if (need.starts_with("befalls=") && (sets.find(std::string(need.substr(8)) + "_object") && sets.find(std::string(need.substr(8)) + "_subject")))
        rule.befalls = need.substr(8);
      else if (need.starts_with("counted=") && sets.find(need.substr(8)))
        rule.counted_set = need.substr(8);
      else if (need != "-")
        table.fail(row, 5, "unknown condition");
    }
    const std::string_view confidence = table.cell(row, 6);
    const auto [end, error] = std::from_chars(confidence.data(), confidence.data() + confidence.size(), rule.confidence);
    if (error != std::errc{} || end != confidence.data() + confidence.size() || rule.confidence <= 0 || rule.confidence > 1) table.fail(row, 6, "expected a number in (0, 1]");
    rules.push_back(std::move(rule));
  }
  patterns.finish();
}

}  // namespace demarche
