#include "demarche/events/confidence.h"

#include <algorithm>
#include <array>

#include "demarche/events/discourse.h"

namespace demarche {

namespace {

constexpr std::array<std::string_view, 11> kDatePlaces = {"none", "trigger", "clause", "setting", "above", "beside", "speech", "speech_before", "carried", "counted", "heading"};
constexpr std::array<std::string_view, 6> kTenses = {"none", "past", "present", "perfect", "pluperfect", "future"};
constexpr std::array<std::string_view, 4> kFactualities = {"actual", "negated", "planned", "hypothetical"};
constexpr std::array<std::string_view, 7> kInferred = {"no", "thing", "same_kind", "adversary", "rival", "sides", "target"};

std::string sign(std::string_view name, std::string_view value) { return std::string(name) + "=" + std::string(value); }

std::string_view up_to(size_t n) { return n == 0 ? "0" : n == 1 ? "1" : n == 2 ? "2" : "3+"; }

// The signs of one side of the row; its first tells best how the side was found.
void add_cast(std::vector<std::string>& out, std::string_view side, const Cast& cast, const std::vector<Participant>& parties, Inferred inferred) {
  const auto named = static_cast<size_t>(std::count_if(parties.begin(), parties.end(), [](const Participant& p) { return !p.party.empty(); }));
  if (named == 0) {
    out.push_back(sign(side, parties.empty() ? "none" : "unplaced"));
    return;
  }
  if (inferred != Inferred::no) {
    out.push_back(sign(side, kInferred[static_cast<size_t>(inferred)]));
    return;
  }
  const CastSigns& s = cast.signs;
  out.push_back(sign(side, cast.parties.empty() ? "merged" : s.home ? "home" : s.place && side == "recipient" ? "place" : s.speaker ? "speaker" : s.means ? "means" : s.modifier ? "modifier" : s.pronoun ? "pronoun" : s.nominal ? "nominal" : "name"));
  if (s.shared) out.push_back(sign(side, "shared"));
  if (s.choice > 0) out.push_back(sign(side, "fallback"));
  if (s.name < 0.75F) out.push_back(sign(side, "doubtful_name"));
  if (named > 1) out.push_back(sign(side, "several"));
}

}  // namespace

std::vector<std::string> signs_of(const Draft& draft) {
  const Event& e = draft.event;
  const Frame& frame = *draft.match.frame;
  std::vector<std::string> out;
  out.reserve(28);
  out.emplace_back("row");
  out.push_back(sign("type", e.type));
  out.push_back(sign("frame", frame.confidence >= 0.8F ? "high" : frame.confidence >= 0.65F ? "good" : frame.confidence >= 0.5F ? "fair" : "low"));
  out.push_back(sign("act", frame.act ? "speech" : "deed"));
  out.push_back(sign("trigger", draft.nominal ? "noun" : draft.match.args.light ? "light" : draft.match.args.passive ? "passive" : "verb"));
  add_cast(out, "actor", draft.match.actor, e.actors, draft.actor_inferred);
  if (frame.reciprocal || frame.recipient.empty()) out.push_back(sign("recipient", e.recipients.empty() ? "no_place" : "merged"));
  else add_cast(out, "recipient", draft.match.recipient, e.recipients, draft.recipient_inferred);
  // A pronoun that acts on a guessed opponent is less than either alone.
  const auto side_of = [&](std::string_view side) {
    const auto it = std::find_if(out.begin(), out.end(), [&](const std::string& s) { return s.starts_with(side); });
    return it == out.end() ? std::string("none") : it->substr(side.size());
  };
  out.push_back(sign("cast", side_of("actor=") + ">" + side_of("recipient=")));
  if (draft.match.domestic) out.emplace_back("domestic");
  if (draft.aside) out.emplace_back("aside");
  if (draft.match.loose) out.emplace_back("loose");
  const std::string_view mood = e.factuality == Factuality::actual ? "actual" : "unreal";
  out.push_back(e.date ? sign("date", kDatePlaces[static_cast<size_t>(draft.date_place)]) : sign("date", draft.bounded ? "bounded" : mood == "actual" ? (frame.act ? "none_said" : "none_done") : "none_unreal"));
  if (e.date && e.date->days.end - e.date->days.start > 1) out.emplace_back("date=long");
  if (draft.several_dates) out.emplace_back("date=several");
  out.push_back(sign("factuality", kFactualities[static_cast<size_t>(e.factuality)]));
  out.push_back(sign("tense", kTenses[static_cast<size_t>(draft.tense)]));
  if (draft.match.verdict.embedded) out.emplace_back("embedded");
  if (e.attributed_to.valid()) out.emplace_back("attributed");
  if (draft.match.from_speaker) out.emplace_back("from_speaker");
  if (draft.in_title) out.emplace_back("title");
  out.push_back(sign("depth", up_to(draft.depth)));
  out.push_back(sign("beside", up_to(draft.sentence_events - 1)));
  out.push_back(sign("report", draft.report_parties <= 1 ? "one_party" : draft.report_parties <= 3 ? "few_parties" : "many_parties"));
  if (draft.pair_again) out.emplace_back("pair_again");
  out.push_back(sign("sentence", draft.sentence_words <= 15 ? "short" : draft.sentence_words <= 28 ? "middling" : draft.sentence_words <= 42 ? "long" : "very_long"));
  out.push_back(sign("rule", e.rule));
  if (!e.also.empty()) out.emplace_back("told_again");
  return out;
}

}  // namespace demarche
