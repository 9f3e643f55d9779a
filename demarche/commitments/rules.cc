#include "demarche/commitments/rules.h"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "demarche/core/table.h"

namespace demarche {
namespace {

std::optional<CommitmentKind> parse_kind(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, CommitmentKind>, 7> kKinds{{{"pledge", CommitmentKind::pledge},
                                                                               {"threat", CommitmentKind::threat},
                                                                               {"demand", CommitmentKind::demand},
                                                                               {"red_line", CommitmentKind::red_line},
                                                                               {"moratorium", CommitmentKind::moratorium},
                                                                               {"deadline", CommitmentKind::deadline},
                                                                               {"agreement", CommitmentKind::agreement}}};
  for (const auto& [n, kind] : kKinds)
    if (n == name) return kind;
  return std::nullopt;
}

std::optional<CommitmentStatus> parse_status(std::string_view name) {
  if (name == "kept") return CommitmentStatus::kept;
  if (name == "broken") return CommitmentStatus::broken;
  if (name == "expired") return CommitmentStatus::expired;
  if (name == "withdrawn") return CommitmentStatus::withdrawn;
  return std::nullopt;
}

std::optional<Bound> parse_bound(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, Bound>, 6> kBounds{{{"subject", Bound::subject},
                                                                       {"speaker", Bound::speaker},
                                                                       {"owner", Bound::owner},
                                                                       {"parties", Bound::parties},
                                                                       {"context", Bound::context},
                                                                       {"parent_subject", Bound::parent_subject}}};
  for (const auto& [n, bound] : kBounds)
    if (n == name) return bound;
  return std::nullopt;
}

bool CommitmentRule::*parse_need(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, bool CommitmentRule::*>, 29> kNeeds{{{"comp", &CommitmentRule::comp},
                                                                                        {"obl", &CommitmentRule::obl},
                                                                                        {"inf", &CommitmentRule::inf},
                                                                                        {"content", &CommitmentRule::content},
                                                                                        {"noun", &CommitmentRule::noun},
                                                                                        {"clause", &CommitmentRule::clause},
                                                                                        {"self", &CommitmentRule::self},
                                                                                        {"other", &CommitmentRule::other},
                                                                                        {"statement", &CommitmentRule::statement},
                                                                                        {"one", &CommitmentRule::one},
                                                                                        {"two", &CommitmentRule::two},
                                                                                        {"agent", &CommitmentRule::agent},
                                                                                        {"not_threat", &CommitmentRule::not_threat},
                                                                                        {"not_blow", &CommitmentRule::not_blow},
                                                                                        {"future_harm", &CommitmentRule::future_harm},
                                                                                        {"must_content", &CommitmentRule::must_content},
                                                                                        {"party_near", &CommitmentRule::party_near},
                                                                                        {"party_obj", &CommitmentRule::party_obj},
                                                                                        {"other_obj", &CommitmentRule::other_obj},
                                                                                        {"agreed", &CommitmentRule::agreed},
                                                                                        {"time", &CommitmentRule::time},
                                                                                        {"timed_subject", &CommitmentRule::timed_subject},
                                                                                        {"legal", &CommitmentRule::legal},
                                                                                        {"actual", &CommitmentRule::actual},
                                                                                        {"imperative", &CommitmentRule::imperative},
                                                                                        {"lapsed", &CommitmentRule::lapsed},
                                                                                        {"future", &CommitmentRule::future},
                                                                                        {"tight", &CommitmentRule::tight},
                                                                                        {"-", nullptr}}};
  for (const auto& [n, member] : kNeeds)
    if (n == name) return member;
  return nullptr;
}

}  // namespace

CommitmentRules::CommitmentRules(const std::filesystem::path& data_dir, Vocabulary& vocabulary) : sets(WordSets::load(data_dir / "en" / "word_sets.tsv")), weights(data_dir / "en" / "commitment_confidence.tsv") {
  const Table table =
      Table::load(data_dir / "en" / "commitments.tsv", {"id", "kind", "pattern", "by", "needs", "forswears", "confidence", "must match", "must not match", "why"});
  table.require_unique(0);
  table.require_sorted(0);
  for (size_t row = 0; row < table.size(); ++row) {
    CommitmentRule rule;
    rule.id = table.cell(row, 0);
    const auto kind = parse_kind(table.cell(row, 1));
    if (!kind) table.fail(row, 1, "unknown kind of commitment");
    rule.kind = *kind;
    if (const auto wrong = patterns.add(table.cell(row, 2), static_cast<uint32_t>(row), sets, vocabulary)) table.fail(row, 2, *wrong);
    for (const std::string_view word : {"not", "never", "no", "nothing", "refuse", "n't"})
      for (const std::string_view element : split_list(table.cell(row, 2), ' '))
        for (const std::string_view alternative : split_list(element.starts_with("=") ? element.substr(1) : element, '|')) rule.negative = rule.negative || alternative == word;
    const auto by = parse_bound(table.cell(row, 3));
    if (!by) table.fail(row, 3, "expected subject, speaker, owner, parties, context or parent_subject");
    rule.by = *by;
    for (const std::string_view need : split_list(table.cell(row, 4), ',')) {
      const auto member = parse_need(need);
      if (!member && need != "-") table.fail(row, 4, "unknown condition");
      if (member) rule.*member = true;
    }
    for (const std::string_view kind_of_event : split_list(table.cell(row, 5))) {
      if (kind_of_event == "<topic>")
        rule.forswears_topic = true;
      else if (kind_of_event != "-")
        rule.forswears.emplace_back(kind_of_event);
    }
    const std::string_view confidence = table.cell(row, 6);
    const auto [end, error] = std::from_chars(confidence.data(), confidence.data() + confidence.size(), rule.confidence);
    if (error != std::errc{} || end != confidence.data() + confidence.size() || rule.confidence <= 0 || rule.confidence > 1) table.fail(row, 6, "expected a number in (0, 1]");
    rules.push_back(std::move(rule));
  }
  const Table status = Table::load(data_dir / "en" / "commitment_status.tsv", {"id", "status", "pattern", "kinds", "reach", "must match", "must not match", "why"});
  status.require_unique(0);
  status.require_sorted(0);
  for (size_t row = 0; row < status.size(); ++row) {
    StatusRule rule;
    rule.id = status.cell(row, 0);
    const auto value = parse_status(status.cell(row, 1));
    if (!value) status.fail(row, 1, "unknown status");
    rule.status = *value;
    if (const auto wrong = status_patterns.add(status.cell(row, 2), static_cast<uint32_t>(row), sets, vocabulary)) status.fail(row, 2, *wrong);
    for (const std::string_view name : split_list(status.cell(row, 3), '|')) {
      const auto kind = parse_kind(name);
      if (!kind) status.fail(row, 3, "unknown kind of commitment");
      rule.kinds.push_back(*kind);
    }
    const std::string_view reach = status.cell(row, 4);
    if (reach != "sentence" && reach != "before") status.fail(row, 4, "expected sentence or before");
    rule.before = reach == "before";
    status_rules.push_back(std::move(rule));
  }
  patterns.finish();
  status_patterns.finish();
}

}  // namespace demarche
