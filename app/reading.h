// Pages -> records, on several threads and in the order they came: what demarche read, fetch and watch share.
#pragma once

#include <atomic>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>

#include "demarche/core/document.h"
#include "demarche/pipeline/pipeline.h"
#include "demarche/store/store.h"

namespace demarche::app {

// Set by Ctrl-C and by SIGTERM once note_interrupts was called.
extern std::atomic<bool> interrupted;
void note_interrupts();

struct ReadCounts {
  uint64_t reports = 0, added = 0, replaced = 0, unchanged = 0, unread = 0;
  uint64_t events = 0, statements = 0, claims = 0, commitments = 0, diagnostics = 0;
};
// "3 reports read into crisis.db (2 new, 1 replaced, 0 unchanged): ..."
void print_summary(std::ostream& out, const ReadCounts& counts, const std::string& record_path);

// Reads pages until there are none or the user stops; each is whole in the record, or printed, before the next is.
class Reading {
 public:
  // `record`: where to keep them; none: nowhere. `print`: also as JSON Lines on standard output. All outlive this.
  Reading(const Pipeline& pipeline, Record* record, bool print, unsigned jobs);

  // `draw` gives a page, why one could not be read, or nothing at the end. `before_message` is called before a line on standard error,
  // `after_each` after every page. Throws Error when the record or the output cannot be written.
  void run(const std::function<std::optional<Result<Page>>()>& draw, const std::function<void()>& before_message, const std::function<void()>& after_each);

  ReadCounts counts;
  StageTimes times;
  double store_seconds = 0;  // thread_seconds()

 private:
  const Pipeline& pipeline_;
  Record* record_;
  bool print_;
  unsigned jobs_;
};

}  // namespace demarche::app
