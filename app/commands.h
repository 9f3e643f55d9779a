// The subcommands. Each file app/<name>.cc adds one to the parser and runs it; only app/ prints, parses flags and exits.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace demarche::app {

// Exit codes, as in docs/cli.md.
inline constexpr int kOk = 0;
inline constexpr int kFailed = 1;        // the run could not start or go on: broken lexicon, full disk, no such record
inline constexpr int kUsage = 2;         // wrong flags or arguments
inline constexpr int kSomeUnread = 3;    // the rest was read; each input that was not has a line on standard error
inline constexpr int kInterrupted = 130; // Ctrl-C: what was finished is in the record

// Flags that stand before the subcommand.
struct Settings {
  std::filesystem::path data_dir;
  std::string parser = "default";
  std::filesystem::path lexicon;  // the user's own rows; empty: none
};

// Each adds its subcommand to `app`. The returned function runs it and gives the exit code; main calls the one chosen.
struct Command {
  CLI::App* app;
  std::function<int()> run;
};

Command add_read(CLI::App& app, const Settings& settings);
Command add_fetch(CLI::App& app, const Settings& settings);
Command add_watch(CLI::App& app, const Settings& settings);
Command add_show(CLI::App& app, const Settings& settings);
// timeline, statements, claims, divergence, commitments, agenda, actors.
std::vector<Command> add_questions(CLI::App& app);
Command add_why(CLI::App& app, const Settings& settings);
Command add_lexicon(CLI::App& app, const Settings& settings);
Command add_eval(CLI::App& app, const Settings& settings);

}  // namespace demarche::app
