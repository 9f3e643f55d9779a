// Questions to a record and their answers, as rows that any view can print. Reads only; one Record belongs to one thread.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "demarche/core/calendar.h"
#include "demarche/store/store.h"

namespace demarche {

// What every question can be narrowed by. Empty means all.
struct Question {
  std::string party;         // a party that acts, is acted on, speaks or is bound: "JPN"
  std::string type;          // PLOVER type or kind of an event, kind of a statement, actor or commitment, property of a claim
  std::optional<Day> from, to;  // days, both included
  double min_confidence = 0;
  // The day from which "due" and "ahead" are told; without it the newest report's day, so that answers do not depend on a clock.
  std::optional<Day> as_of;
};

// A row, and the rows it stands on (a joined event's tellings, a divergence's claims). Keys are the record's field names.
struct AnswerRow {
  nlohmann::ordered_json fields;
  std::vector<AnswerRow> items;
};

struct Answer {
  std::vector<std::string> columns;       // keys of `fields` in the order to show
  std::vector<std::string> item_columns;  // the same for items
  std::vector<AnswerRow> rows;
  std::vector<std::string> notes;         // what was left out and why, a sentence each
};

// What happened, by day: events of all reports, those of one kind, acting party and day joined. Items: each telling.
Answer ask_timeline(const Record& record, const Question& question);
// Who said what, by day of the report.
Answer ask_statements(const Record& record, const Question& question);
// What each party holds true about an event.
Answer ask_claims(const Record& record, const Question& question);
// Joined events on which parties' claims differ. Items: each claim with its words.
Answer ask_divergence(const Record& record, const Question& question);
// What binds, with what became of it: told by a report, or broken by a later event of a kind that it forswears, or run out.
Answer ask_commitments(const Record& record, const Question& question);
// Planned events and due dates from `as_of` on.
Answer ask_agenda(const Record& record, const Question& question);
// Who is spoken of, over all reports.
Answer ask_actors(const Record& record, const Question& question);

// One entry of the record by its row id ("1f2e3d4c.e3"): its JSON, its report's text and producer. Throws Error when there
// is none, or when the id is not of that form.
struct Entry {
  std::string id;        // "e3"
  nlohmann::ordered_json fields;
  std::string read_from, document_id, text;
  std::optional<std::string> published;
  Producer producer;
};
Entry find_entry(const Record& record, const std::string& row_id);

}  // namespace demarche
