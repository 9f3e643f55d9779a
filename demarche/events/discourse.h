// What only the whole report can tell: doers left unsaid, days carried on, and tellings of one act.
#pragma once

#include <vector>

#include "demarche/events/dates.h"
#include "demarche/events/matcher.h"

namespace demarche {

// How a party that the clause does not name was found.
enum class Inferred : uint8_t { no, thing, same_kind, adversary, rival, sides, target };
enum class Tense : uint8_t { none, past, present, perfect, pluperfect, future };

// A match on its way to an event.
struct Draft {
  Match match;
  Event event;
  std::string word;        // the trigger's lemma
  std::string pending;     // lemma of the thing whose doer is the recipient ("the launch"); empty when there is none
  uint32_t paragraph = 0;
  bool in_title = false;
  bool leads = false;      // such a noun is what its clause is about ("Russia's deployment alarmed ...")
  bool nominal = false;    // a noun without a light verb
  bool bounded = false;    // its date is bounded on one side: none may be carried over
  DatePlace date_place = DatePlace::none;
  bool several_dates = false;
  std::optional<CountedDay> counted;  // its day is told from that of another event
  Inferred actor_inferred = Inferred::no, recipient_inferred = Inferred::no;
  Tense tense = Tense::none;
  bool aside = false;      // told in a relative clause ("X, which tested a missile on Monday, ..."): its day carries no further
  std::string topic;       // what it is about: the lemma of its complement, object or first phrase
  bool further = false;    // "also fired", "another call": told as one more
  bool habitual = false;   // "each time", "repeatedly": no one day
  bool in_reply = false;   // "responded by": against whoever did the thing before
  std::optional<EventDate> heading;  // the day that the entry of a timeline is headed with
  std::optional<EventDate> led_by;   // the day of the sentence before, which tells no act
  uint32_t depth = 0;      // clauses above its own
  uint32_t sentence_events = 1;
  uint32_t sentence_words = 0;
  uint32_t report_parties = 0;  // parties that the report's rows name
  bool pair_again = false;      // another row of the report has the same two sides
  bool dropped = false;
};

// "was fired from Kusong", "condemned the launch": the nearest telling of the same thing lends its doer.
void infer_participants(std::vector<Draft>& drafts, const FrameLexicon& frames);
// Days counted from those of other events ("a day before the clash").
void count_dates(std::vector<Draft>& drafts, const FrameLexicon& frames);
// A day told once carries to the sentences of the same paragraph that go on about the same act.
void carry_dates(std::vector<Draft>& drafts);
// Tellings of one act become one, anchored where it is told most fully; the others stand in `also`.
void merge_tellings(std::vector<Draft>& drafts);

}  // namespace demarche
