// An answer as a table for people, JSON for programs, CSV for spreadsheets.
#pragma once

#include <iosfwd>

#include "demarche/query/query.h"

namespace demarche::app {

struct TableStyle {
  size_t width = 100;     // columns of the terminal
  bool items = false;     // also the rows each row stands on
  double sure = 0.9;      // rows below this confidence are marked as to be reviewed
  bool colour = false;
};

void print_table(std::ostream& out, const Answer& answer, const TableStyle& style);
// {"rows": [...], "notes": [...]}, rows with "items" where they have some.
void print_json(std::ostream& out, const Answer& answer);
// RFC 4180. A row that has items is printed once for each of them, the items' columns after its own, as item_NAME.
void print_csv(std::ostream& out, const Answer& answer);

}  // namespace demarche::app
