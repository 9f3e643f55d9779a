// The rows of data/en/properties.tsv, ready to match. Private to claims.
#pragma once

#include <string>
#include <vector>

#include "demarche/claims/claims.h"
#include "demarche/core/sign_weights.h"
#include "demarche/core/token_pattern.h"

namespace demarche {

// Whose claim a match is: of the statement around it, of the subject of its anchor, of the agent after "by".
enum class Claimant : uint8_t { context, subject, agent };

struct ClaimRule {
  std::string id, property;
  std::vector<std::string> normal;
  Claimant by = Claimant::context;
  float confidence = 0;
  // What must hold besides the words; the names are those of the column `needs`.
  bool actual = false;        // neither modal nor hypothetical nor asked for
  bool assertive = false;     // not under if, unless, whether, or a wish
  bool statement = false;     // inside somebody's words
  bool flight = false;        // a missile is spoken of in the sentence or the one before
  bool weapon_near = false;   // likewise a missile, a launch or a test
  bool force_near = false;    // the report tells of force around the words
  bool dead_near = false;     // the words of the fit speak of the dead
  bool hostile = false;       // the object of the anchor is a party other than the claimant
  bool self_subject = false;  // the anchor's subject is the claimant
  bool self_object = false;   // what is admitted has the claimant's own subject
  bool class_words = false;   // names a class: must be said of what was launched
  bool singular = false;      // no word of it is a plural
  std::string subject_set;    // the anchor's subject is one of these words
  std::string befalls;        // what is counted is object of a verb of the set "X_object" or subject of one of "X_subject"
  std::string counted_set;    // and is one of these words
};

class ClaimRules {
 public:
  ClaimRules(const std::filesystem::path& data_dir, Vocabulary& vocabulary);

  WordSets sets;
  SignWeights weights;  // of a row's confidence
  std::vector<ClaimRule> rules;
  TokenPatterns patterns;
};

}  // namespace demarche
