// The questions: demarche timeline | statements | claims | divergence | commitments | agenda | actors.
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "app/answer.h"
#include "app/commands.h"

namespace demarche::app {
namespace {

struct AskFlags {
  std::string record = "demarche.db";
  std::string party, type, from, to, as_of;
  std::string format = "table";
  double min_confidence = 0;
  bool all = false;
  bool tellings = false;
};

struct QuestionKind {
  const char* name;
  const char* help;
  const char* example;
  Answer (*ask)(const Record&, const Question&);
  bool items;  // shown in the table without being asked for
};

constexpr QuestionKind kQuestions[] = {
    {"timeline", "What happened, by day: events that several reports tell are joined", "demarche timeline --record crisis.db --party PRK --from 2017-07-01",
     ask_timeline, false},
    {"statements", "Who said what, with the words", "demarche statements --record crisis.db --party CHN", ask_statements, false},
    {"claims", "What each party holds true about an event", "demarche claims --record crisis.db --type missile_class", ask_claims, false},
    {"divergence", "Events on which parties' claims differ, each with its words", "demarche divergence --record crisis.db --format json", ask_divergence, true},
    {"commitments", "Pledges, threats, demands, red lines, moratoria, deadlines, agreements, and what became of them",
     "demarche commitments --record crisis.db --as-of 2018-01-01", ask_commitments, true},
    {"agenda", "Planned events and due dates still ahead", "demarche agenda --record crisis.db --as-of 2017-07-05", ask_agenda, false},
    {"actors", "Persons, offices, governments, organisations, places and weapons spoken of", "demarche actors --record crisis.db --type person", ask_actors, false},
};

size_t terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) return size.ws_col;
  return 120;
}

int run_question(const QuestionKind& kind, const AskFlags& flags) {
  const Record record(flags.record, RecordMode::read);
  Question question;
  question.party = flags.party;
  question.type = flags.type;
  question.from = parse_day(flags.from);
  question.to = parse_day(flags.to);
  question.as_of = parse_day(flags.as_of);
  question.min_confidence = flags.min_confidence;
  const Answer answer = kind.ask(record, question);
  if (flags.format == "json") {
    print_json(std::cout, answer);
  } else if (flags.format == "csv") {
    print_csv(std::cout, answer);
  } else {
    TableStyle style;
    style.width = terminal_width();
    style.items = kind.items || flags.tellings;
    style.colour = isatty(STDOUT_FILENO) != 0;
    print_table(std::cout, answer, style);
  }
  std::cout.flush();
  if (!std::cout) throw Error("the output cannot be written (disk full or closed pipe)");
  return kOk;
}

std::string is_day(const std::string& day) { return parse_day(day) ? std::string() : "'" + day + "' is no day; write YYYY-MM-DD"; }

}  // namespace

std::vector<Command> add_questions(CLI::App& app) {
  std::vector<Command> commands;
  for (const QuestionKind& kind : kQuestions) {
    const auto flags = std::make_shared<AskFlags>();
    CLI::App* sub = app.add_subcommand(kind.name, kind.help);
    sub->add_option("--record", flags->record, "The record to ask")->type_name("FILE")->capture_default_str();
    sub->add_option("--party", flags->party, "Only rows of this party: JPN, UN, NATO ...")->type_name("CODE");
    sub->add_option("--type", flags->type, "Only this PLOVER type or kind; for claims and divergence a property")->type_name("TYPE");
    sub->add_option("--from", flags->from, "First day")->type_name("YYYY-MM-DD")->check(is_day);
    sub->add_option("--to", flags->to, "Last day")->type_name("YYYY-MM-DD")->check(is_day);
    sub->add_option("--as-of", flags->as_of, "Tell what is due as of this day (default: the newest report's)")->type_name("YYYY-MM-DD")->check(is_day);
    sub->add_option("--min-confidence", flags->min_confidence, "Leave out rows less sure than this")->check(CLI::Range(0.0, 1.0));
    sub->add_option("--format", flags->format, "table, json or csv")->check(CLI::IsMember({"table", "json", "csv"}))->capture_default_str();
    if (!kind.items) sub->add_flag("--tellings", flags->tellings, "Also show every report's telling of a joined event");
    sub->footer(std::string("Example:\n  ") + kind.example);
    commands.push_back({sub, [&kind, flags] { return run_question(kind, *flags); }});
  }
  return commands;
}

}  // namespace demarche::app
