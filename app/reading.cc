#include "app/reading.h"

#include <algorithm>
#include <csignal>
#include <iostream>
#include <thread>

#include "demarche/exports/record_json.h"
#include "demarche/pipeline/ordered_map.h"

namespace demarche::app {

std::atomic<bool> interrupted = false;

namespace {

extern "C" void note_interrupt(int) { interrupted = true; }

// Bytes of pages that are drawn and not yet done with: a few large ones must not fill the memory together.
constexpr uint64_t kMaxBytesUnderWay = 8 << 20;

// One input drawn from the source: a page, or why there is none.
struct Input {
  std::optional<Result<Page>> page;
  bool known = false;  // stands in the record already
};

struct Output {
  Document doc;
  std::string json;  // only when it is to be printed
  StageTimes times;
};

void count(ReadCounts& counts, const Document& doc) {
  counts.events += doc.events.size();
  counts.statements += doc.statements.size();
  counts.claims += doc.claims.size();
  counts.commitments += doc.commitments.size();
  counts.diagnostics += doc.diagnostics.size();
}

}  // namespace

void note_interrupts() {
  std::signal(SIGINT, note_interrupt);
  std::signal(SIGTERM, note_interrupt);
}

void print_summary(std::ostream& out, const ReadCounts& c, const std::string& record_path) {
  out << c.reports << (c.reports == 1 ? " report read" : " reports read");
  if (!record_path.empty()) out << " into " << record_path << " (" << c.added << " new, " << c.replaced << " replaced, " << c.unchanged << " unchanged)";
  out << ": " << c.events << " events, " << c.statements << " statements, " << c.claims << " claims, " << c.commitments << " commitments";
  if (c.unread > 0) out << "; " << c.unread << (c.unread == 1 ? " input" : " inputs") << " could not be read";
  out << "\n";
}

Reading::Reading(const Pipeline& pipeline, Record* record, bool print, unsigned jobs)
    : pipeline_(pipeline), record_(record), print_(print), jobs_(jobs > 0 ? jobs : std::max(1u, std::thread::hardware_concurrency())) {}

void Reading::run(const std::function<std::optional<Result<Page>>()>& draw_page, const std::function<void()>& before_message, const std::function<void()>& after_each) {
  uint64_t under_way = 0;
  const auto draw = [&]() -> std::optional<Input> {
    if (interrupted) return std::nullopt;
    std::optional<Result<Page>> page = draw_page();
    if (!page) return std::nullopt;
    Input input;
    input.known = *page && !print_ && record_ != nullptr && record_->holds((*page)->id, pipeline_.producer(), (*page)->given_date);
    if (*page) under_way += (*page)->bytes.size();
    input.page = std::move(page);
    return input;
  };
  const auto work = [&](const Input& input) {
    Output output;
    if (!*input.page || input.known) return output;
    output.doc = pipeline_.run(**input.page, &output.times);
    // Words and trees are the most of a document, and are done with.
    output.doc.trees = {};
    output.doc.sentences = {};
    if (print_) output.json = dump(RecordJson(output.doc).record(pipeline_.producer()));
    return output;
  };
  const auto consume = [&](Input&& input, Output&& output) {
    if (!*input.page) {
      ++counts.unread;
      before_message();
      std::cerr << "demarche: " << input.page->error() << "\n";
      return true;
    }
    under_way -= (*input.page)->bytes.size();
    ++counts.reports;
    count(counts, output.doc);
    times.add(output.times);
    if (record_ != nullptr) {
      const double begin = thread_seconds();
      switch (input.known ? Stored::unchanged : record_->put(output.doc, pipeline_.producer(), (*input.page)->given_date)) {
        case Stored::added: ++counts.added; break;
        case Stored::replaced: ++counts.replaced; break;
        case Stored::unchanged: ++counts.unchanged; break;
      }
      store_seconds += thread_seconds() - begin;
    }
    if (print_) {
      std::cout << output.json << "\n";
      if (!std::cout) throw Error("the output cannot be written (disk full or closed pipe)");
    }
    after_each();
    return !interrupted.load();
  };
  ordered_map<Input, Output>(jobs_, draw, work, consume, [&] { return under_way < kMaxBytesUnderWay; });
}

}  // namespace demarche::app
