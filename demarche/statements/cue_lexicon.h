// data/en/cues.tsv, speaker_nouns.tsv, channels.tsv and statement_confidence.tsv in memory. Immutable after loading; thread safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/core/document.h"
#include "demarche/core/sign_weights.h"

// The stage's own types stand in demarche::attribution, apart from other stages' names.
namespace demarche::attribution {

enum class CuePos : uint8_t { verb, noun, adjective, preposition, possessed, colon };
enum class CueStance : uint8_t { neutral, distant, affirming, denying };

// What a cue takes as its content; a row may take several.
enum Frame : uint32_t {
  kClause = 1u << 0,           // "said (that) it rained"
  kQuestion = 1u << 1,         // "asked whether it rained"
  kQuote = 1u << 2,            // a quotation beside it
  kInfinitive = 1u << 3,       // "threatened to leave": the speaker is its subject
  kObjectInfinitive = 1u << 4, // "urged them to leave"
  kObjectAs = 1u << 5,         // "described it as a test"
  kObjectPredicate = 1u << 6,  // "called it a test"
  kObjectOf = 1u << 7,         // "accused them of lying"
  kObjectFor = 1u << 8,        // "blamed them for the fire"
  kObjectTo = 1u << 9,         // "attributed the fire to sabotage"
  kObjectOn = 1u << 10,        // "blamed the fire on them"
  kObject = 1u << 11,          // "denied the charge"
  kGerund = 1u << 12,          // "denied laying mines"
  kAddressee = 1u << 13,       // "told reporters that"
  kObjectWith = 1u << 15,      // "threatened them with sanctions"
  kObjectAt = 1u << 16,        // "put the toll at 13": a number
  kObjectWords = 1u << 14,     // "took back the claim", not "took back the bridge"
};

struct CueRow {
  std::string id;
  std::vector<std::string> words;  // lemma of the head, then the words that must follow it
  CuePos pos = CuePos::verb;
  uint32_t frames = 0;
  std::vector<std::string> prepositions;  // of nouns and adjectives: "of", "about"
  StatementKind kind = StatementKind::speech;
  CueStance stance = CueStance::neutral;
  std::string act;
  float strength = 0;
  std::string must_match, must_not_match;
};

// What a common noun tells of a speaker.
enum class SpeakerClass : uint8_t { unknown, person, spokesperson, group, body, document, media, role };

}  // namespace demarche::attribution

namespace demarche {

class CueLexicon {
 public:
  using CuePos = attribution::CuePos;
  using CueRow = attribution::CueRow;
  using SpeakerClass = attribution::SpeakerClass;
  // Rows whose first word is this lemma, longest first; those of other parts of speech are left out.
  std::span<const CueRow* const> find(CuePos pos, std::string_view lemma) const;
  SpeakerClass speaker_class(std::string_view lemma) const;
  // "briefing" for the noun "briefing", empty when it is no channel.
  std::string_view channel(std::string_view lemma) const;
  const std::vector<CueRow>& rows() const { return rows_; }
  float confidence(const std::vector<std::string>& signs) const { return weights_->confidence(signs); }

 private:
  friend CueLexicon read_cue_lexicon(const std::filesystem::path& data_dir);
  struct Key {
    CuePos pos;
    std::string_view lemma;
    uint32_t first = 0, last = 0;  // of order_
  };
  std::vector<CueRow> rows_;
  std::vector<const CueRow*> order_;
  std::vector<Key> keys_;                                        // sorted by (pos, lemma)
  std::vector<std::pair<std::string, SpeakerClass>> speakers_;   // sorted
  std::vector<std::pair<std::string, std::string>> channels_;    // sorted
  std::optional<SignWeights> weights_;
};

// Throws Error with file, line and caret when a row is broken.
CueLexicon read_cue_lexicon(const std::filesystem::path& data_dir);

}  // namespace demarche
