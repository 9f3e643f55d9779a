// demarche eval: a folder of reports with gold records, read as a user would, and how right the record is.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

#include "app/commands.h"
#include "app/eval_report.h"
#include "demarche/evaluation/score.h"
#include "demarche/exports/record_json.h"
#include "demarche/ingest/ingest.h"
#include "demarche/pipeline/ordered_map.h"
#include "demarche/pipeline/pipeline.h"

namespace demarche::app {
namespace {

namespace fs = std::filesystem;

struct EvalFlags {
  std::string folder;
  std::string format = "text";
  bool by_rule = false, errors = false, dated = false;
  unsigned jobs = 0;
};

constexpr std::string_view kGoldSuffix = ".gold.json";

// One report of the folder and the gold that belongs to it.
struct GoldCase {
  std::string name;
  fs::path report;
  Gold gold;
  std::string file_text;  // empty for HTML
};

std::string file_bytes(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  if (!in) throw Error(path.string() + " cannot be read");
  return std::move(out).str();
}

std::vector<GoldCase> load_cases(const fs::path& folder) {
  if (!fs::is_directory(folder)) throw Error(folder.string() + " is no folder");
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string file = entry.path().filename().string();
    if (file.ends_with(kGoldSuffix)) names.push_back(file.substr(0, file.size() - kGoldSuffix.size()));
  }
  if (names.empty()) throw Error(folder.string() + " holds no *.gold.json");
  std::sort(names.begin(), names.end());
  std::vector<GoldCase> cases;
  for (const std::string& name : names) {
    const fs::path file = folder / (name + std::string(kGoldSuffix));
    if (fs::file_size(file) > kMaxGoldBytes) throw Error(file.string() + " is larger than a gold record can be");
    const Result<Gold> gold = parse_gold(file_bytes(file));
    if (!gold) throw Error(file.string() + ": " + gold.error());
    GoldCase c{name, folder / (name + ".txt"), *gold, ""};
    if (fs::exists(c.report))
      c.file_text = file_bytes(c.report);
    else
      c.report = folder / (name + ".html");
    if (!fs::exists(c.report)) throw Error(file.string() + ": there is neither " + name + ".txt nor " + name + ".html beside it");
    cases.push_back(std::move(c));
  }
  return cases;
}

CaseResult read_case(const GoldCase& c, const Pipeline& pipeline, bool dated) {
  IngestOptions options;
  const std::string& day = !c.gold.given_date.empty() ? c.gold.given_date : dated ? c.gold.published : std::string();
  if (!day.empty()) options.given_date = parse_day(day);
  PageSource pages({c.report.string()}, options);
  const std::optional<Result<Page>> page = pages.next();
  nlohmann::ordered_json record;
  CaseResult result{c.name, {}, {}};
  if (page && *page) {
    result.doc = pipeline.run(**page);
    record = RecordJson(result.doc).record(pipeline.producer());
  }
  Result<ReportScore> score = score_report(c.gold, c.file_text, record);
  if (!score) throw Error(c.name + std::string(kGoldSuffix) + ": " + score.error());
  result.score = std::move(*score);
  return result;
}

int run_eval(const EvalFlags& flags, const Settings& settings) {
  const std::vector<GoldCase> cases = load_cases(flags.folder);
  const Pipeline pipeline(settings.data_dir, settings.parser, settings.lexicon);
  EvalReport report;
  size_t next = 0;
  const auto draw = [&]() -> std::optional<size_t> { return next < cases.size() ? std::optional(next++) : std::nullopt; };
  const auto work = [&](size_t i) { return read_case(cases[i], pipeline, flags.dated); };
  const auto consume = [&](size_t&&, CaseResult&& result) {
    if (flags.format == "jsonl") print_rows(std::cout, result);
    if (flags.errors && flags.format == "text") print_errors(std::cout, result);
    report.add(result);
    return static_cast<bool>(std::cout);
  };
  const unsigned hardware = std::max(1u, std::thread::hardware_concurrency());
  ordered_map<size_t, CaseResult>(flags.jobs ? flags.jobs : hardware, draw, work, consume);
  if (flags.format == "text") report.print_text(std::cout, flags.by_rule);
  if (flags.format == "json") report.print_json(std::cout, pipeline.producer());
  std::cout.flush();
  if (!std::cout) throw Error("the output cannot be written (disk full or closed pipe)");
  return report.all_read() ? kOk : kSomeUnread;
}

}  // namespace

Command add_eval(CLI::App& app, const Settings& settings) {
  const auto flags = std::make_shared<EvalFlags>();
  CLI::App* sub = app.add_subcommand("eval", "How right the record is, held against gold records of your own");
  sub->add_option("folder", flags->folder, "Folder of NAME.txt or NAME.html with NAME.gold.json (docs/formats/gold.md)")->required()->type_name("FOLDER");
  sub->add_flag("--by-rule", flags->by_rule, "Also right, flawed and extra rows of every rule and lexicon row");
  sub->add_flag("--errors", flags->errors, "Also a line for each row that is wrong, extra or missed");
  sub->add_option("--format", flags->format, "text; json: the figures, rules included; jsonl: a line a row with its rule, outcome, wrong fields and signs")
      ->check(CLI::IsMember({"text", "json", "jsonl"}))
      ->capture_default_str();
  sub->add_flag("--dated", flags->dated, "Tell the reader each report's day, so that finding the day does not count");
  sub->add_option("--jobs", flags->jobs, "Reports read at once (default: one a processor); the output is the same for any number")->check(CLI::Range(1u, 256u));
  sub->footer("Examples:\n  demarche eval tests/tuning\n  demarche eval tests/tuning --by-rule --errors\n  demarche eval tests/tuning --format jsonl > rows.jsonl\n"
              "A gold file that is broken, or quotes words that its report does not hold, ends the run with code 1.");
  return {sub, [flags, &settings] { return run_eval(*flags, settings); }};
}

}  // namespace demarche::app
