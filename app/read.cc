// demarche read: reports in, their record out.
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <iostream>

#include "app/commands.h"
#include "app/progress.h"
#include "app/reading.h"
#include "demarche/ingest/ingest.h"
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

void print_stats(const StageTimes& t, double store_seconds, double wall_seconds, const ReadCounts& counts) {
  const double total = t.article + t.text + t.syntax + t.times + t.names + t.statements + t.events + t.claims + t.commitments + t.linking + store_seconds;
  const auto line = [&](const char* name, double seconds) {
    std::fprintf(stderr, "  %-12s %9.3f s  %5.1f %%\n", name, seconds, total > 0 ? 100 * seconds / total : 0);
  };
  std::fprintf(stderr, "stage             seconds  share (processor time, all threads together)\n");
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
  note_interrupts();
  const auto start = std::chrono::steady_clock::now();
  Reading reading(pipeline, record ? &*record : nullptr, format == "jsonl", flags.jobs);
  reading.run([&] { return pages.next(); }, [&] { progress.clear(); }, [&] { progress.update(pages.progress().bytes, reading.counts.reports); });
  progress.clear();
  std::cout.flush();
  if (!std::cout) throw Error("the output cannot be written (disk full or closed pipe)");
  if (format == "summary") print_summary(std::cout, reading.counts, flags.record);
  if (flags.stats) print_stats(reading.times, reading.store_seconds, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), reading.counts);
  if (interrupted) {
    std::cerr << "demarche: interrupted; " << reading.counts.reports << " reports are done" << (record ? " and in the record" : "") << "\n";
    return kInterrupted;
  }
  return reading.counts.unread > 0 ? kSomeUnread : kOk;
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
  sub->add_flag("--stats", flags->stats, "Print the processor time of each stage on standard error");
  sub->footer("Examples:\n  demarche read report.html > record.jsonl\n  demarche read --record crisis.db reports/ 'more/2017-*.txt'\n"
              "  demarche read --date 2017-07-05 undated.txt\n  zcat corpus.jsonl.gz | demarche read --input jsonl - > records.jsonl\n"
              "Reading a file again changes nothing; with another program, lexicon or --date it replaces that report's rows.\n"
              "A file that cannot be read gives one line on standard error and exit code 3 at the end; the rest is read.");
  return {sub, [flags, &settings] { return run_read(*flags, settings); }};
}

}  // namespace demarche::app
