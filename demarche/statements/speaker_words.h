// Who speaks, as words of the sentence: the subject of a cue, inherited over coordination and participles, the antecedent of
// a relative clause, the agent of a passive.
#pragma once

#include "demarche/statements/draft.h"

namespace demarche::attribution {

// The noun phrase headed by `node` within tokens [low, high), without a trailing relative clause unless that tells how the
// speaker wants to be named ("who asked not to be named"), and without brackets or punctuation at its ends.
SpeakerWords phrase_of(const ParsedSentence& view, uint32_t node, TokenRange within);

// The speaker of a verbal, adjectival or participial cue; empty when the sentence names none.
SpeakerWords speaker_of(const ParsedSentence& view, uint32_t cue);

// The topmost noun of the phrase that ends before, or begins after, `token` within the range; for quotations, where trees
// often fail. Empty when there is none.
SpeakerWords phrase_before(const ParsedSentence& view, uint32_t token, TokenRange within);
SpeakerWords phrase_after(const ParsedSentence& view, uint32_t token, TokenRange within);

// The same words with what identifies the speaker beside them by the order of words, where the tree hung it elsewhere: "Lee
// (Labor), an aide to the mayor, said", "said Lee, who leads the fleet"; and without a day or a channel at their end ("Lee on Friday").
SpeakerWords full_phrase(const ParsedSentence& view, SpeakerWords words, uint32_t cue, const CueLexicon& lexicon);

// The subject nearest before the end of the range: who acts when a participle or a coordinated verb has none of its own.
SpeakerWords last_subject(const ParsedSentence& view, TokenRange range);

}  // namespace demarche::attribution
