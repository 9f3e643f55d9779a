// From the words of an attribution to its fields: which actor speaks and how openly, to whom, through what, when, where.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "demarche/statements/draft.h"
#include "demarche/statements/quotes.h"

namespace demarche::attribution {

// A speaker heard before, for pronouns.
struct Heard {
  Speaker speaker;
  uint32_t paragraph = 0, sentence = 0;
  bool nested = false;  // inside another's words
};

// Null when the mention is, or names nobody.
const Actor* actor_of(const Names& names, const Mention* mention);

// Actors that are persons known by name: the text names them or an inventory knows them.
std::vector<bool> named_persons(const Names& names);

// What a speaker's noun can be; 0: it cannot speak (then the draft is dropped), else a factor on confidence.
float can_speak(const ParsedSentence& view, const SpeakerWords& words, const CueRow* row, Pattern pattern, const Names& names, const CueLexicon& lexicon);

// `earlier` are the speakers of the statements before, latest last. "It said" goes back to the last body that spoke rather than
// to the last thing named; "he said" only where names knows nobody.
Speaker resolve_speaker(const ParsedSentence& view, const SpeakerWords& words, const Names& names, const std::vector<bool>& named,
                        const CueLexicon& lexicon, const ParsedSentence* before, std::span<const Heard> earlier);

// What the speaker's words rest on: the mention and actor that names found, null when none, and the class of the noun.
struct SpeakerBasis {
  const Mention* mention = nullptr;
  const Actor* actor = nullptr;
  std::string_view noun;
};
SpeakerBasis speaker_basis(const ParsedSentence& view, const SpeakerWords& words, const Names& names, const CueLexicon& lexicon);

// The rest stands in circumstance.cc.
std::optional<EventDate> date_of(const ParsedSentence& view, const Draft& draft, std::span<const TimeExpression> times, const CueLexicon& lexicon);
// Content right behind its cue without the time of saying at its front: "said | late Sunday | the men had fled".
Span without_time_of_saying(const ParsedSentence& view, const Draft& draft, std::span<const TimeExpression> times);
std::string channel_of(const ParsedSentence& view, const Draft& draft, const CueLexicon& lexicon);
std::optional<Location> location_of(const ParsedSentence& view, const Draft& draft, const Names& names);
void set_addressee(const ParsedSentence& view, const Draft& draft, const Names& names, const CueLexicon& lexicon, Statement& statement);

// direct when all of the content stands in quotation marks, mixed when some does, names and titles in marks not counted.
Quotation quotation_of(std::string_view text, std::span<const Span> content, std::span<const QuoteSpan> quotes);

}  // namespace demarche::attribution
