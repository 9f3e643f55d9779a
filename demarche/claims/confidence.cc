#include "demarche/claims/confidence.h"

#include <algorithm>

#include "demarche/core/names_of.h"

namespace demarche {

std::vector<std::string> claim_signs(const Claim& claim, std::span<const Statement> statements, const Names& names) {
  std::vector<std::string> out = {"row"};
  const float trust = claim.confidence;
  out.emplace_back(trust >= 0.8F ? "trust=high" : trust >= 0.65F ? "trust=good" : trust >= 0.5F ? "trust=fair" : "trust=low");
  const bool number = claim.property == "count" || claim.property.starts_with("casualties");
  out.push_back("property=" + (number ? std::string("number") : claim.property));
  out.emplace_back(claim.by == "reporter" ? "by=reporter" : "by=party");
  if (claim.stance != Stance::asserts) out.emplace_back("stance=other");
  if (claim.normal.size() > 1) out.emplace_back("values=several");
  // Told by what stands around rather than by words of its own.
  const bool derived = claim.rule == "claim.resp.event" || claim.rule == "claim.happened.denial";
  if (derived) out.emplace_back("rule=derived");
  if (claim.property == "responsibility" && claim.normal.size() == 1 && claim.normal[0] == claim.by) out.emplace_back(claim.stance == Stance::denies ? "own=denied" : "own=claimed");
  if (!claim.event.valid()) out.emplace_back("event=none");
  if (!claim.statement.valid()) {
    out.emplace_back("told=plainly");
    return out;
  }
  const Statement& said = statements[claim.statement.index];
  out.push_back("told=" + std::string(to_string(said.speaker.anonymity)));
  out.emplace_back(said.confidence >= 0.85F ? "statement=sure" : said.confidence >= 0.6F ? "statement=fair" : "statement=doubtful");
  // Who a pronoun or a bare noun means may be read wrongly; a name hardly.
  const auto at = std::find_if(names.mentions.begin(), names.mentions.end(), [&](const Mention& m) { return m.span.overlaps(said.speaker.span); });
  if (at != names.mentions.end()) {
    out.emplace_back(at->form == MentionForm::pronoun ? "speaker=pronoun" : at->form == MentionForm::nominal ? "speaker=noun" : "speaker=name");
    if (at->confidence < 0.6F) out.emplace_back("speaker=doubtful");
  }
  if (claim.by != said.speaker.party) out.emplace_back("by=another");  // jointly, or words within words
  out.emplace_back(said.quotation == Quotation::direct ? "words=direct" : "words=indirect");
  return out;
}

}  // namespace demarche
