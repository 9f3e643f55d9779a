// The rows of data/en/commitments.tsv and data/en/commitment_status.tsv, ready to match. Private to commitments.
#pragma once

#include <string>
#include <vector>

#include "demarche/commitments/commitments.h"
#include "demarche/core/sign_weights.h"
#include "demarche/core/token_pattern.h"

namespace demarche {

// Who is bound: the subject of the trigger; the speaker of the words; the owner of a noun ("its moratorium"); all parties to an
// agreement; whoever the clause is about; the subject of the clause that the trigger hangs on.
enum class Bound : uint8_t { subject, speaker, owner, parties, context, parent_subject };

struct CommitmentRule {
  std::string id;
  CommitmentKind kind = CommitmentKind::pledge;
  Bound by = Bound::subject;
  std::vector<std::string> forswears;
  bool forswears_topic = false;  // what is forsworn stands in the words: nuclear tests, launches, drills
  float confidence = 0;
  // What must hold besides the words; the names are those of the column `needs`.
  bool comp = false;          // an infinitive, a clause or an object that says what
  bool obl = false;           // "to" and a noun or an infinitive
  bool inf = false;           // an infinitive
  bool content = false;       // the words promised are a statement's content
  bool noun = false;          // the trigger is a noun; what is around its verb
  bool clause = false;        // the trigger is the verb of the clause that binds
  bool self = false;          // its subject is the speaker or the speaker's side
  bool other = false;         // its subject is another party
  bool statement = false;     // inside somebody's words
  bool one = false, two = false;  // number of parties bound
  bool agent = false;         // the subject is a party
  bool not_threat = false;    // what is promised is no response, revenge, consequences
  bool not_blow = false;      // nor an infinitive like "retaliate"
  bool future_harm = false;   // what is warned of is the speaker's blow
  bool must_content = false;  // what is insisted on is another's duty
  bool party_near = false;    // a party is named in the clause
  bool party_obj = false;     // the object is a party
  bool other_obj = false;     // the object is not the subject's own
  bool agreed = false;        // under decide, agree, promise, pledge, or told as a fact
  bool time = false;          // a time stands in the clause
  bool timed_subject = false; // the subject is a span of time, an offer, an ultimatum
  bool legal = false;         // the day comes from the words around the trigger
  bool actual = false;        // told as a fact
  bool future = false;        // the complement lies ahead: an infinitive, or a clause with will, would, should
  bool negative = false;      // its own words deny ("will not tolerate")
  bool imperative = false;    // the trigger is an order that begins the quoted words
  bool lapsed = false;        // told as gone by: counts without a day as well
  bool tight = false;         // the complement is among the matched words
};

struct StatusRule {
  std::string id;
  CommitmentStatus status = CommitmentStatus::open;
  std::vector<CommitmentKind> kinds;
  bool before = false;  // speaks of a commitment in the sentences before
};

class CommitmentRules {
 public:
  CommitmentRules(const std::filesystem::path& data_dir, Vocabulary& vocabulary);

  WordSets sets;
  SignWeights weights;  // of a row's confidence
  std::vector<CommitmentRule> rules;
  TokenPatterns patterns;
  std::vector<StatusRule> status_rules;
  TokenPatterns status_patterns;
};

}  // namespace demarche
