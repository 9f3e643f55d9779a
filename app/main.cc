// demarche: reads news reports of international crises and keeps their record.
#include <cstdlib>
#include <iostream>

#include "app/commands.h"
#include "demarche/core/error.h"

namespace {

// data/ stands beside the installed program (../share/demarche), else where it was built.
std::filesystem::path default_data_dir() {
  if (const char* from_environment = std::getenv("DEMARCHE_DATA")) return from_environment;
  std::error_code ignored;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", ignored);
  const auto installed = self.parent_path().parent_path() / "share" / "demarche";
  if (!ignored && std::filesystem::is_directory(installed / "en", ignored)) return installed;
  return DEMARCHE_DATA_DIR;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace demarche::app;
  std::ios::sync_with_stdio(false);
  CLI::App app{"demarche reads news reports of international crises and keeps their record: who did what, who said what,\n"
               "who calls it what, what was promised, what is due. Every row leads to the words it rests on."};
  app.name("demarche");
  app.set_version_flag("--version", std::string("demarche ") + DEMARCHE_VERSION);
  app.require_subcommand(1);
  app.fallthrough(false);
  Settings settings;
  settings.data_dir = default_data_dir();
  if (const char* own = std::getenv("DEMARCHE_LEXICON")) settings.lexicon = own;
  app.add_option("--data", settings.data_dir, "Folder of lexicons and models (default: the installed one; also DEMARCHE_DATA)")->type_name("DIR");
  app.add_option("--lexicon", settings.lexicon, "Folder of your own rows of names, which stand over the shipped ones (also DEMARCHE_LEXICON)")->type_name("DIR");
  app.add_option("--parser", settings.parser, "Language model: default, or fast (less accurate)")
      ->check(CLI::IsMember({"default", "fast"}))
      ->capture_default_str();
  app.footer("Examples:\n"
             "  demarche read --record crisis.db reports/      read a folder of saved reports into a record\n"
             "  demarche timeline --record crisis.db           what happened, by day\n"
             "  demarche divergence --record crisis.db         where governments describe one event differently\n"
             "  demarche why --record crisis.db 1f2e3d4c.e3    which words, rule and parse made a row\n"
             "Exit codes: 0 done, 1 the run could not start or go on, 2 wrong usage, 3 some inputs could not be read.");
  std::vector<Command> commands = {add_read(app, settings), add_fetch(app, settings), add_watch(app, settings)};
  for (Command& question : add_questions(app)) commands.push_back(std::move(question));
  commands.push_back(add_why(app, settings));
  commands.push_back(add_show(app, settings));
  commands.push_back(add_lexicon(app, settings));
  commands.push_back(add_eval(app, settings));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kOk : kUsage;
  }
  try {
    for (const Command& command : commands)
      if (command.app->parsed()) return command.run();
  } catch (const demarche::Error& error) {
    std::cerr << "demarche: " << error.what() << "\n";
    return kFailed;
  } catch (const std::bad_alloc&) {
    std::cerr << "demarche: out of memory\n";
    return kFailed;
  } catch (const std::exception& error) {
    std::cerr << "demarche: " << error.what() << "\n";
    return kFailed;
  }
  return kUsage;
}
