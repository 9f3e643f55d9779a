#include "demarche/claims/confidence.h"

#include "demarche/core/names_of.h"

namespace demarche {

std::vector<std::string> claim_signs(const Claim& claim, std::span<const Statement> statements) {
  std::vector<std::string> out = {"row"};
  const float trust = claim.confidence;
  out.emplace_back(trust >= 0.8F ? "trust=high" : trust >= 0.65F ? "trust=good" : trust >= 0.5F ? "trust=fair" : "trust=low");
  const bool number = claim.property == "count" || claim.property.starts_with("casualties");
  out.push_back("property=" + (number ? std::string("number") : claim.property));
  out.emplace_back(claim.by == "reporter" ? "by=reporter" : "by=party");
  if (claim.stance != Stance::asserts) out.emplace_back("stance=other");
  if (claim.normal.size() > 1) out.emplace_back("values=several");
  if (!claim.statement.valid()) {
    out.emplace_back("told=plainly");
    return out;
  }
  const Statement& said = statements[claim.statement.index];
  out.push_back("told=" + std::string(to_string(said.speaker.anonymity)));
  out.emplace_back(said.confidence >= 0.85F ? "statement=sure" : said.confidence >= 0.6F ? "statement=fair" : "statement=doubtful");
  return out;
}

}  // namespace demarche
