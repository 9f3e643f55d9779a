// demarche read: reports in, their record out.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <iostream>

#include "app/commands.h"
#include "app/progress.h"
#include "demarche/exports/record_json.h"
#include "demarche/ingest/ingest.h"
#include "demarche/pipeline/ordered_map.h"
#include "demarche/pipeline/pipeline.h"
#include "demarche/store/store.h"

namespace demarche::app {
namespace {

struct ReadFlags {
  std::vector<std::string> paths;
  std::string record;
  std::string format;
  std::string input = "pages";
  std::string date;
  unsigned jobs = 0;
  bool stats = false;
};

std::atomic<bool> interrupted = false;
extern "C" void note_interrupt(int) { interrupted = true; }

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

struct Counts {
  uint64_t reports = 0, added = 0, replaced = 0, unchanged = 0, unread = 0;
  uint64_t events = 0, statements = 0, claims = 0, commitments = 0, diagnostics = 0;
};

void count(Counts& counts, const Document& doc) {
  counts.events += doc.events.size();
  counts.statements += doc.statements.size();
  counts.claims += doc.claims.size();
  counts.commitments += doc.commitments.size();
  counts.diagnostics += doc.diagnostics.size();
}

void print_summary(std::ostream& out, const Counts& c, const ReadFlags& flags) {
  out << c.reports << (c.reports == 1 ? " report read" : " reports read");
  if (!flags.record.empty()) out << " into " << flags.record << " (" << c.added << " new, " << c.replaced << " replaced, " << c.unchanged << " unchanged)";
  out << ": " << c.events << " events, " << c.statements << " statements, " << c.claims << " claims, " << c.commitments << " commitments";
  if (c.unread > 0) out << "; " << c.unread << (c.unread == 1 ? " input" : " inputs") << " could not be read";
  out << "\n";
}

void print_stats(const StageTimes& t, double store_seconds, double wall_seconds, const Counts& counts) {
  const double total = t.article + t.text + t.syntax + t.times + t.names + t.statements + t.events + t.claims + t.commitments + t.linking + store_seconds;
  const auto line = [&](const char* name, double seconds) {
    std::fprintf(stderr, "  %-12s %9.3f s  %5.1f %%\n", name, seconds, total > 0 ? 100 * seconds / total : 0);
  };
  std::fprintf(stderr, "stage             seconds  share (all threads together)\n");
  line("article", t.article);
  line("text", t.text);
  line("syntax", t.syntax);
  line("times", t.times);
  line("names", t.names);
  line("statements", t.statements);
  line("events", t.events);
  line("claims", t.claims);
  line("commitments", t.commitments);
  line("linking", t.linking);
  line("store", store_seconds);
  std::fprintf(stderr, "  %llu reports in %.3f s: %.1f a second\n", static_cast<unsigned long long>(counts.reports), wall_seconds,
               wall_seconds > 0 ? static_cast<double>(counts.reports) / wall_seconds : 0);
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

int run_read(const ReadFlags& flags, const Settings& settings) {
  const Pipeline pipeline(settings.data_dir, settings.parser, settings.lexicon);
  const std::string format = flags.format.empty() ? (flags.record.empty() ? "jsonl" : "summary") : flags.format;
  const IngestRulesPtr ingest_rules = load_ingest_rules(settings.data_dir);
  IngestOptions options;
  options.rules = ingest_rules.get();
  if (flags.input == "jsonl") options.format = InputFormat::jsonl;
  if (!flags.date.empty()) options.given_date = parse_day(flags.date);
  std::optional<Record> record;
  if (!flags.record.empty()) record.emplace(flags.record, RecordMode::write);
  PageSource pages(flags.paths, options);
  Progress progress(isatty(STDERR_FILENO) != 0 ? count_input_bytes(flags.paths) : 0, isatty(STDERR_FILENO) != 0);
  std::signal(SIGINT, note_interrupt);
  std::signal(SIGTERM, note_interrupt);

  const auto start = std::chrono::steady_clock::now();
  Counts counts;
  StageTimes times;
  double store_seconds = 0;
  const auto draw = [&]() -> std::optional<Input> {
    if (interrupted) return std::nullopt;
    std::optional<Result<Page>> page = pages.next();
    if (!page) return std::nullopt;
    Input input;
    input.known = *page && format != "jsonl" && record && record->holds((*page)->id, pipeline.producer(), (*page)->given_date);
    input.page = std::move(page);
    return input;
  };
  const auto work = [&](const Input& input) {
    Output output;
    if (!*input.page || input.known) return output;
    output.doc = pipeline.run(**input.page, &output.times);
    if (format == "jsonl") output.json = dump(RecordJson(output.doc).record(pipeline.producer()));
    return output;
  };
  const auto consume = [&](Input&& input, Output&& output) {
    if (!*input.page) {
      ++counts.unread;
      progress.clear();
      std::cerr << "demarche: " << input.page->error() << "\n";
      return true;
    }
    ++counts.reports;
    count(counts, output.doc);
    times.add(output.times);
    if (record) {
      const auto begin = std::chrono::steady_clock::now();
      switch (input.known ? Stored::unchanged : record->put(output.doc, pipeline.producer(), (*input.page)->given_date)) {
        case Stored::added: ++counts.added; break;
        case Stored::replaced: ++counts.replaced; break;
        case Stored::unchanged: ++counts.unchanged; break;
      }
      store_seconds += seconds_since(begin);
    }
    if (format == "jsonl") {
      std::cout << output.json << "\n";
      if (!std::cout) throw Error("the output cannot be written (disk full or closed pipe)");
    }
    progress.update(pages.progress().bytes, counts.reports);
    return !interrupted.load();
  };
  const unsigned hardware = std::max(1u, std::thread::hardware_concurrency());
  ordered_map<Input, Output>(flags.jobs ? flags.jobs : hardware, draw, work, consume);
  progress.clear();
  std::cout.flush();
  if (!std::cout) throw Error("the output cannot be written (disk full or closed pipe)");
  if (format == "summary") print_summary(std::cout, counts, flags);
  if (flags.stats) print_stats(times, store_seconds, seconds_since(start), counts);
  if (interrupted) {
    std::cerr << "demarche: interrupted; " << counts.reports << " reports are done" << (record ? " and in the record" : "") << "\n";
    return kInterrupted;
  }
  return counts.unread > 0 ? kSomeUnread : kOk;
}

}  // namespace

Command add_read(CLI::App& app, const Settings& settings) {
  const auto flags = std::make_shared<ReadFlags>();
  CLI::App* sub = app.add_subcommand("read", "Read reports: print their record, or keep it in a file");
  sub->add_option("paths", flags->paths, "Files, folders (with all below them), globs, or - for standard input")->required()->type_name("PATH");
  sub->add_option("--record", flags->record, "Keep the record in this SQLite file; it is made when it is not there")->type_name("FILE");
  sub->add_option("--format", flags->format, "jsonl: one record a report; summary: one line. Default: summary with --record, else jsonl")
      ->check(CLI::IsMember({"jsonl", "summary"}));
  sub->add_option("--input", flags->input, "pages: saved pages and texts; jsonl: a JSON object a line {id, text, date?, title?, url?, publisher?}, text taken as it stands")
      ->check(CLI::IsMember({"pages", "jsonl"}))
      ->capture_default_str();
  sub->add_option("--date", flags->date, "The day of these reports; stands over what the pages say")->type_name("YYYY-MM-DD")->check([](const std::string& day) {
    return parse_day(day) ? std::string() : "'" + day + "' is no day; write YYYY-MM-DD";
  });
  sub->add_option("--jobs", flags->jobs, "Reports read at once (default: one a processor); the output is the same for any number")
      ->check(CLI::Range(1u, 256u));
  sub->add_flag("--stats", flags->stats, "Print the time of each stage on standard error");
  sub->footer("Examples:\n  demarche read report.html > record.jsonl\n  demarche read --record crisis.db reports/ 'more/2017-*.txt'\n"
              "  demarche read --date 2017-07-05 undated.txt\n  zcat corpus.jsonl.gz | demarche read --input jsonl - > records.jsonl\n"
              "Reading a file again changes nothing; with another program, lexicon or --date it replaces that report's rows.\n"
              "A file that cannot be read gives one line on standard error and exit code 3 at the end; the rest is read.");
  return {sub, [flags, &settings] { return run_read(*flags, settings); }};
}

}  // namespace demarche::app
