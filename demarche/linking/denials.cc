#include "demarche/linking/denials.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "demarche/core/tree.h"

namespace demarche {
namespace {

constexpr size_t kReach = 40;            // statements before and behind that a denial is held against
constexpr uint32_t kMaxSentencesBack = 3;  // from "denied the charge" to the charge
constexpr double kShared = 0.6;          // of the shorter content's words: less is another matter

using Words = std::set<std::string>;

// Lemmas of the content's nouns, names, numbers and full verbs.
Words words_of(const Statement& statement, std::span<const Sentence> sentences, std::span<const Tree> trees) {
  static constexpr std::array<std::string_view, 6> kLight = {"be", "have", "do", "make", "take", "any"};
  Words out;
  for (const Span part : statement.content)
    for (uint32_t s = sentence_at(sentences, part.begin); s < sentences.size() && sentences[s].span.begin < part.end; ++s) {
      if (trees[s].nodes.size() != sentences[s].tokens.size()) continue;
      for (uint32_t i = token_at(sentences[s], part.begin); i < trees[s].nodes.size() && sentences[s].tokens[i].span.begin < part.end; ++i) {
        const Node& node = trees[s].nodes[i];
        const bool tells = node.upos == Upos::NOUN || node.upos == Upos::PROPN || node.upos == Upos::NUM || node.upos == Upos::VERB;
        if (tells && std::find(kLight.begin(), kLight.end(), node.lemma) == kLight.end()) out.insert(node.lemma);
      }
    }
  return out;
}

bool other_speaker(const Statement& a, const Statement& b) {
  if (a.speaker.span.empty() || b.speaker.span.empty()) return false;
  if (a.speaker.actor.valid() && a.speaker.actor == b.speaker.actor) return false;
  return a.speaker.party.empty() || a.speaker.party != b.speaker.party;
}

// "the charge", "the accusations", "it": what was said before stands for the content.
bool points_back(const Words& words) {
  static constexpr std::array<std::string_view, 10> kNouns = {"accusation", "allegation", "assertion", "charge", "claim", "report", "suggestion", "account", "version", "responsibility"};
  return words.size() <= 1 && std::all_of(words.begin(), words.end(), [](const std::string& w) { return std::find(kNouns.begin(), kNouns.end(), w) != kNouns.end(); });
}

bool asserts(const Statement& s) { return s.standing == Standing::asserted && (s.kind == StatementKind::speech || s.kind == StatementKind::writing); }

}  // namespace

std::vector<Link> link_denials(std::span<const Sentence> sentences, std::span<const Tree> trees, std::span<const Statement> statements) {
  std::vector<Link> out;
  for (uint32_t d = 0; d < statements.size(); ++d) {
    const Statement& denial = statements[d];
    if (denial.standing != Standing::denied) continue;
    const Words denied = words_of(denial, sentences, trees);
    int32_t best = -1;
    double best_share = 0;
    const size_t first = d > kReach ? d - kReach : 0, last = std::min(statements.size(), d + kReach + 1);
    for (size_t j = first; j < last; ++j) {
      const Statement& said = statements[j];
      if (j == d || !asserts(said) || !other_speaker(denial, said)) continue;
      double share = 0;
      if (points_back(denied)) {
        const bool near = j < d && said.sentence.index + kMaxSentencesBack >= denial.sentence.index;
        if (near && (said.act == "accuse" || said.act == "claim")) share = 1 + static_cast<double>(j) * 1e-6;  // the latest of them
      } else if (denied.size() >= 2) {
        const Words words = words_of(said, sentences, trees);
        const auto shared = static_cast<double>(std::count_if(denied.begin(), denied.end(), [&](const std::string& w) { return words.count(w) > 0; }));
        if (shared >= 2) share = shared / static_cast<double>(std::min(denied.size(), words.size()));
      }
      if (share >= kShared && share > best_share) {
        best = static_cast<int32_t>(j);
        best_share = share;
      }
    }
    if (best < 0) continue;
    const float trust = std::min(denial.confidence, statements[static_cast<size_t>(best)].confidence);
    out.push_back({"contradicts", {EntryType::statement, d}, {EntryType::statement, static_cast<uint32_t>(best)}, denial.evidence, "link.entry.denied_words", 0.7F * trust});
  }
  return out;
}

}  // namespace demarche
