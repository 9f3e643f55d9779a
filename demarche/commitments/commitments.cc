#include "demarche/commitments/commitments.h"

namespace demarche {

class CommitmentRules {};

void CommitmentRulesDeleter::operator()(const CommitmentRules* p) const { delete p; }

CommitmentRulesPtr load_commitment_rules(const std::filesystem::path&) { return CommitmentRulesPtr(new CommitmentRules); }

std::vector<Commitment> find_commitments(std::string_view, uint32_t, std::span<const Sentence>, std::span<const Tree>, const Names&,
                                         std::span<const TimeExpression>, std::span<const Statement>, std::span<const Event>,
                                         const Published&, const CommitmentRules&) {
  return {};
}

}  // namespace demarche
