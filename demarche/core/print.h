// One readable line for every result: what `demarche show` prints and what case files expect.
//
//   sentence    "North Korea fired a missile on Tuesday."
//   time        "Tuesday" DATE 2017-07-04 [2017-07-04..2017-07-04] relative
//   mention     "Moon" name person KOR/GOV "Moon Jae-in"
//   statement   speaker="Moon" KOR/GOV named cue="said" content="it had failed" indirect speech
//   event       MOBILIZE/weapons missile_launch PRK > - 2017-07-04 actual "North Korea fired a missile on Tuesday"
//   claim       JPN asserts missile_class=IRBM,ICBM "intermediate-range or longer"
//   commitment  deadline by=KOR to=- due=2017-07-27 open what="the offer stands until July 27"
//   link        response_to e2 -> e1
#pragma once

#include <string>

#include "demarche/core/document.h"

namespace demarche {

std::string print(const Document& doc, const Sentence& sentence);
std::string print(const Document& doc, const TimeExpression& time);
std::string print(const Document& doc, const Mention& mention);
std::string print(const Document& doc, const Statement& statement);
std::string print(const Document& doc, const Event& event);
std::string print(const Document& doc, const Claim& claim);
std::string print(const Document& doc, const Commitment& commitment);
std::string print(const Document& doc, const Link& link);
// CoNLL-U; sentences are numbered on from `sentences_before`.
std::string print_parse(const Document& doc, size_t sentences_before = 0);
// All results of one stage, a line each: "article", "sentences", "parse" (CoNLL-U), "names", "times", "statements",
// "events", "claims", "commitments", "links". Throws Error when there is no such stage.
std::string print_stage(const Document& doc, std::string_view stage);

}  // namespace demarche
