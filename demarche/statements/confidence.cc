#include "demarche/statements/confidence.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "demarche/core/names_of.h"
#include "demarche/statements/resolve.h"

namespace demarche::attribution {
namespace {

constexpr std::array<std::string_view, kPatternCount> kPatternNames = {
    "quote_then_cue", "cue_then_quote", "quote_carried_on", "quote_alone", "quote_colon", "label",        "clause",     "clause_then_cue",
    "as_clause",      "infinitive",     "object_infinitive", "object_as", "object_predicate", "object_of", "object_for", "gerund",
    "object",         "according_to",   "possessed",         "nominal",   "adjective",        "impersonal", "passive"};

// Upper bounds of the steps that a number is told in; what lies above the last is "more".
template <size_t N>
std::string step(std::string_view name, double value, const std::array<std::pair<double, std::string_view>, N>& bounds) {
  for (const auto& [bound, label] : bounds)
    if (value <= bound) return std::string(name) + "." + std::string(label);
  return std::string(name) + ".more";
}

constexpr std::array<std::pair<double, std::string_view>, 4> kSureness = {{{0.3, "poor"}, {0.55, "fair"}, {0.75, "good"}, {0.88, "better"}}};
constexpr std::array<std::pair<double, std::string_view>, 3> kFactor = {{{0.45, "low"}, {0.72, "mid"}, {0.99, "high"}}};
constexpr std::array<std::pair<double, std::string_view>, 3> kStrength = {{{0.5, "low"}, {0.7, "mid"}, {0.84, "high"}}};
constexpr std::array<std::pair<double, std::string_view>, 3> kLength = {{{2, "2"}, {5, "5"}, {30, "30"}}};

// "title.president" -> "title"; "names.definite" stays.
std::string family(std::string_view rule) {
  const size_t dot = rule.find('.');
  return std::string(dot == std::string_view::npos || rule.starts_with("names.") ? rule : rule.substr(0, dot));
}

uint32_t words_of(std::string_view text) {
  uint32_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool word = c != ' ' && c != '\n';
    words += word && !inside;
    inside = word;
  }
  return words;
}

// How the speaker came to its party: what names made of the words, and how sure names was.
void add_speaker(std::vector<std::string>& out, const Draft& draft, const Statement& statement, const ParsedSentence& view, const Names& names, const CueLexicon& lexicon) {
  if (draft.speaker.empty()) {
    out.push_back("speaker.none");
    return;
  }
  const uint32_t head = draft.speaker.head;
  const Upos tag = view.node(head).upos;
  out.push_back(tag == Upos::PRON ? "speaker.pronoun" : tag == Upos::PROPN ? "speaker.name" : "speaker.noun");
  const bool party = !statement.speaker.party.empty();
  out.push_back("who." + std::string(to_string(statement.speaker.anonymity)) + (party ? ".party" : ".none"));
  if (draft.speaker.range.last - draft.speaker.range.first > 12) out.push_back("speaker.long");
  const SpeakerBasis basis = speaker_basis(view, draft.speaker, names, lexicon);
  out.push_back("noun." + std::string(basis.noun));
  if (!basis.actor) {
    out.push_back("basis.none");
    return;
  }
  out.push_back(!basis.actor->wikidata.empty() ? "basis.listed" : party && basis.actor->party.empty() ? "basis.inside" : "basis." + family(basis.mention->rule));
  out.push_back(step("mention", basis.mention->confidence, kSureness));
  out.push_back(step("actor", basis.actor->confidence, kSureness));
  if (statement.speaker.actor != basis.mention->actor) out.push_back("basis.heard");
}

}  // namespace

std::vector<std::string> confidence_signs(const Draft& draft, const Statement& statement, const ParsedSentence& view, const ParsedSentence& speaker_view, const Names& names,
                                             const CueLexicon& lexicon, size_t drafts_in_sentence) {
  std::vector<std::string> out{"row"};
  out.push_back("pattern." + std::string(kPatternNames[static_cast<size_t>(draft.pattern)]));
  out.push_back("quotation." + std::string(to_string(statement.quotation)));
  if (draft.row && draft.pattern > Pattern::label) {
    out.push_back(step("strength", draft.row->strength, kStrength));
    if (draft.row->kind != StatementKind::speech && draft.row->kind != StatementKind::writing) out.push_back("kind." + std::string(to_string(draft.row->kind)));
  }
  add_speaker(out, draft, statement, speaker_view, names, lexicon);
  if (draft.nested) out.push_back("nested");
  if (draft.negated) out.push_back("negated");
  if (draft.content.size() > 1) out.push_back("parts");
  if (draft.factor < 1) out.push_back(step("factor", draft.factor, kFactor));
  uint32_t words = 0;
  for (const Span part : draft.content) words += words_of(text_of(view.text(), part));
  out.push_back(step("length", words, kLength));
  if (view.size() > 45) out.push_back("sentence.long");
  // An indirect content that ends where its sentence ends is cut by nothing that could be wrong.
  const uint32_t end = token_at(view.sentence(), draft.content.back().end);
  const bool closes = end >= view.size() || (end + 3 >= view.size() && view.punct(end));
  if (statement.quotation != Quotation::direct) out.push_back(closes ? "end.sentence" : draft.content.back().end < draft.cue.begin ? "end.cue" : view.is(end, ",") ? "end.comma" : "end.inside");
  out.push_back(drafts_in_sentence <= 1 ? "cues.1" : drafts_in_sentence == 2 ? "cues.2" : "cues.more");
  return out;
}

}  // namespace demarche::attribution
