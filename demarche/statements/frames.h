// What a cue takes as its content: the frames of its lexicon row tried on the tree, then on the order of words where trees fail.
#pragma once

#include <optional>
#include <vector>

#include "demarche/statements/cue_finder.h"

namespace demarche::attribution {

struct Found {
  Pattern pattern = Pattern::clause;
  std::vector<TokenRange> parts;  // in order, trimmed, at least one
  int32_t addressee = -1;
  SpeakerWords speaker;           // set where the word order gives the speaker too
};

// A token that is known to be there.
inline uint32_t u(int32_t token) { return static_cast<uint32_t>(token); }

// Parts without punctuation and a leading "that" at their ends; nothing when none is left.
std::optional<Found> found(const ParsedSentence& view, Pattern pattern, const std::vector<TokenRange>& parts);
// `whole` without `hole`, in one or two pieces.
std::vector<TokenRange> without(TokenRange whole, TokenRange hole);
bool is_gerund(const ParsedSentence& view, uint32_t token);
// A clause with a subject, a complementiser or a finite verb.
bool finite_clause(const ParsedSentence& view, uint32_t token);
// The complement of v with "to", or -1.
int32_t infinitive_child(const ParsedSentence& view, uint32_t v, bool also_advcl);

// By the tree.
std::optional<Found> content_by_tree(const ParsedSentence& view, uint32_t v, const CueMatch& match);

// By the order of words (surface.cc). "It rained, the minister said on Monday.": the attribution that ends or cuts a sentence.
std::optional<Found> closing_attribution(const ParsedSentence& view, uint32_t v, const CueMatch& match, const CueLexicon& lexicon);
// "told parliament on Monday that ..."
std::optional<Found> that_clause(const ParsedSentence& view, uint32_t v, const CueMatch& match);
// "told the court she had fled" whatever the tree makes of the court: who was told, then a clause.
std::optional<Found> told_clause(const ParsedSentence& view, uint32_t v, const CueMatch& match, const CueLexicon& lexicon);
// "It says the campaign broke the law" where the tree shows no clause: a plain verb of saying takes what follows it.
std::optional<Found> clause_by_order(const ParsedSentence& view, uint32_t v, const CueMatch& match);
// "urged X to ...", "accused X of ...", "called X Y", "described X as Y" where the tree shows none.
std::optional<Found> object_by_order(const ParsedSentence& view, uint32_t v, const CueMatch& match);
// The clause that an adverbial ("according to X") at the front or the end of its sentence comments on.
std::optional<Found> clause_beside(const ParsedSentence& view, TokenRange phrase);
// Where the relative clause that a cue stands in ends (", who said it rained, left"); the content's end when it is in none.
uint32_t relative_end(const ParsedSentence& view, uint32_t cue, TokenRange content);
// Where in a content the reporter's own comment begins (", a charge that ..."); its end when there is none.
uint32_t reporter_comment(const ParsedSentence& view, TokenRange content, const CueLexicon& lexicon);
// The first token after a dateline ("SEOUL, May 5 (Agency) -"), 0 without one.
uint32_t after_dateline(const ParsedSentence& view);
// Past or present tense form, by the tag.
bool finite_verb(const ParsedSentence& view, uint32_t token);

}  // namespace demarche::attribution
