#include "demarche/commitments/confidence.h"

#include "demarche/core/names_of.h"

namespace demarche {

std::vector<std::string> commitment_signs(const Commitment& commitment) {
  std::vector<std::string> out = {"row"};
  const float trust = commitment.confidence;
  out.emplace_back(trust >= 0.8F ? "trust=high" : trust >= 0.65F ? "trust=good" : trust >= 0.5F ? "trust=fair" : "trust=low");
  out.push_back("kind=" + std::string(to_string(commitment.kind)));
  out.emplace_back(commitment.by.empty() ? "by=nobody" : commitment.by.size() == 1 ? "by=one" : "by=several");
  if (commitment.to.empty()) out.emplace_back("to=nobody");
  if (commitment.due) out.emplace_back(commitment.due->basis == EventDateBasis::explicit_ ? "due=explicit" : "due=relative");
  if (commitment.condition) out.emplace_back("condition");
  if (commitment.status != CommitmentStatus::open) out.emplace_back("status=told");
  out.insert(out.end(), commitment.signs.begin(), commitment.signs.end());
  return out;
}

}  // namespace demarche
