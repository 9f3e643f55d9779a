// Whether a cue is told as having been said. A planned, refused, imagined or denied saying is no statement ("will call on",
// "declined to comment", "could demand", "did not say"); a denied belief is one ("does not believe that").

#include <algorithm>
#include <array>

#include "demarche/statements/cue_finder.h"

namespace demarche::attribution {
namespace {

template <size_t N>
bool among(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Governors of an infinitive that keep it real: "seems to think", "went on to say", "is believed to see".
constexpr std::array<std::string_view, 22> kRaising = {"seem",  "appear",  "continue", "begin",  "start",      "go",    "come",   "happen",  "tend",  "proceed", "believe",
                                                       "think", "say",     "report",   "know",   "understand", "hasten", "use",   "venture", "take",  "rush",    "see"};
constexpr std::array<std::string_view, 9> kHypothetical = {"if", "unless", "whether", "should", "lest", "until", "before", "whenever", "suppose"};
constexpr std::array<std::string_view, 10> kModals = {"would", "could", "may", "might", "must", "should", "can", "will", "'ll", "wo"};

// Words inside a quotation before the cue are none of its own ("Probably not," he said).
bool across_marks(const ParsedSentence& view, uint32_t child, uint32_t verb) {
  for (uint32_t i = child + 1; i < verb; ++i)
    if (view.is_any(i, {"\"", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x99", "''", "``"}) && view.punct(i)) return true;
  return false;
}

bool denies(const CueRow& row) { return row.stance == CueStance::denying || row.act == "refuse"; }

}  // namespace

Reality reality_of(const ParsedSentence& view, uint32_t cue, const CueRow& row) {
  const bool mental = row.kind == StatementKind::belief || row.kind == StatementKind::intention || row.kind == StatementKind::forecast;
  Reality reality;
  // Climbs over coordination to the verb that carries auxiliaries ("will meet and urge").
  uint32_t at = cue;
  for (int step = 0; step < 8; ++step) {
    bool own_finite = view.subject(at) >= 0 || view.has_xpos(at, "VBD") || view.has_xpos(at, "VBZ") || view.has_xpos(at, "VBN");
    for (const uint32_t c : view.children(at)) {
      const Deprel rel = view.rel(c);
      if (across_marks(view, c, at)) continue;
      if (at == cue && c < cue && rel == Deprel::advmod && view.is_any(c, {"not", "n't", "n\xE2\x80\x99t", "never", "hardly"})) reality.negated = true;
      if (rel == Deprel::aux || rel == Deprel::aux_pass) {
        own_finite = true;
        const std::string_view w = view.word(c);
        if (c < at && (among(kModals, w) || view.lemma(c) == "would" || view.lemma(c) == "will")) {
          // "could demand", "may find it harder" are not said or thought; "would like", "would prefer" are.
          const bool wish = view.lemma(at) == "like" || view.lemma(at) == "prefer" || view.lemma(at) == "want" || view.lemma(at) == "expect" || view.lemma(at) == "hope";
          if (!mental || !wish) reality.told = false;
        }
      }
      if (rel == Deprel::mark && among(kHypothetical, view.word(c)) && !mental) reality.told = false;
    }
    if (view.to_infinitive(at)) {
      const int32_t up = view.head(at);
      // "said it would be examined, to determine if ..." is a purpose; "went on to say" may be read as one.
      const bool goes_on = up >= 0 && (view.lemma(static_cast<uint32_t>(up)) == "go" || view.lemma(static_cast<uint32_t>(up)) == "come" || view.lemma(static_cast<uint32_t>(up)) == "continue" || view.lemma(static_cast<uint32_t>(up)) == "proceed" ||
                                       view.lemma(static_cast<uint32_t>(up)) == "hasten" || view.lemma(static_cast<uint32_t>(up)) == "rush");
      const bool raised = up >= 0 && view.rel(at) != Deprel::acl && (view.rel(at) != Deprel::advcl || goes_on) && among(kRaising, view.lemma(static_cast<uint32_t>(up)));
      if (!raised) reality.told = false;
      return reality;
    }
    if (view.rel(at) == Deprel::conj && !own_finite && view.head(at) >= 0) {
      at = static_cast<uint32_t>(view.head(at));
      continue;
    }
    break;
  }
  if (reality.negated && !mental && !denies(row)) reality.told = false;
  // An order or a question is no report: "Say that ...".
  if (view.head(cue) < 0 && view.subject(cue) < 0 && view.node(cue).xpos == "VB") reality.told = false;
  return reality;
}

}  // namespace demarche::attribution
