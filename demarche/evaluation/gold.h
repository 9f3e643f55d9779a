// A gold record: what a careful reader takes from one report, written down by hand. The format is docs/formats/gold.md.
// Reading one never throws: a broken file is one sentence. Pure values; thread safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "demarche/core/error.h"

namespace demarche {

using GoldDays = std::optional<std::pair<std::string, std::string>>;  // first and last day, ISO 8601

struct GoldEvent {
  std::string type, mode, kind;  // mode and kind empty for null
  std::vector<std::string> actors, recipients;  // parties; sorted, each once
  GoldDays date;
  std::string factuality;
  std::string quote;
  bool optional = false;
};

struct GoldStatement {
  std::string source, party;  // party empty for null
  std::string anonymity, quotation;  // empty: not compared
  std::string content;
  bool optional = false;
};

struct GoldClaim {
  std::string by, property, stance;
  std::vector<std::string> normal;  // sorted, each once; numbers as JSON prints them
  std::string quote;                // empty: the claim may stand anywhere
  std::vector<std::string> also;    // other places where it is told
  bool optional = false;
};

struct GoldCommitment {
  std::string kind;
  std::vector<std::string> by;  // sorted, each once
  GoldDays due;
  std::string status;  // empty: not compared
  std::string quote;
  bool optional = false;
};

struct Gold {
  bool day_known = false;        // the file has "published"; null means that nobody can tell
  std::string published;         // empty for null
  std::vector<std::string> published_range;
  std::string given_date;        // the day the reader is told; empty for none
  std::string text;              // the article of an HTML page; empty: the report's file is the text
  std::vector<std::string> must_body, not_body;
  std::vector<GoldEvent> events;
  std::vector<GoldStatement> statements;
  std::vector<GoldClaim> claims;
  std::vector<GoldCommitment> commitments;
};

// Bounds on what is read: a gold file is some dozen kilobytes.
inline constexpr size_t kMaxGoldBytes = size_t{4} << 20;
inline constexpr size_t kMaxGoldRows = 2000;  // of each kind

// Whether the quotes stand in the report is for score.h to say.
Result<Gold> parse_gold(std::string_view json);

}  // namespace demarche
