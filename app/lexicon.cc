// demarche lexicon: a user's own rows of names over the shipped ones - check them, add to them, see what they change, import office holders.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>

#include "app/commands.h"
#include "demarche/ingest/ingest.h"
#include "demarche/ingest/stream.h"
#include "demarche/names/lexicon.h"
#include "demarche/names/wikidata.h"
#include "demarche/pipeline/pipeline.h"

namespace demarche::app {
namespace {

struct LexiconFlags {
  std::string table, folder;
  std::vector<std::string> cells;
  std::vector<std::string> paths;
  std::string input = "pages";
  std::string date;
  std::string dump, results;
  int from_year = 2000;
  size_t most_lines = 200;
};

const std::filesystem::path& own_folder(const Settings& settings) {
  if (settings.lexicon.empty()) throw Error("which lexicon? Give --lexicon DIR before the command, or set DEMARCHE_LEXICON");
  return settings.lexicon;
}

// `folder`: given behind the command; the same as --lexicon before it.
int run_check(Settings settings, const std::string& folder) {
  if (!folder.empty()) {
    std::error_code failed;
    if (!std::filesystem::is_directory(folder, failed)) throw Error("'" + folder + "' is no folder; give the folder that holds your rows (groups.tsv, persons.tsv ...)");
    if (!settings.lexicon.empty() && !std::filesystem::equivalent(folder, settings.lexicon, failed))
      throw Error("two lexicons: '" + settings.lexicon.string() + "' (--lexicon or DEMARCHE_LEXICON) and '" + folder + "'; give one");
    settings.lexicon = folder;
  }
  // All other data files are checked as a start checks them.
  const Pipeline pipeline(settings.data_dir, settings.parser, settings.lexicon);
  const LexiconCheck check = check_lexicon(settings.data_dir, settings.lexicon);
  size_t errors = 0;
  for (const LexiconNote& note : check.notes) {
    std::cout << (note.error ? "error: " : "note: ") << note.message << "\n";
    errors += note.error;
  }
  for (const LexiconCount& c : check.tables) {
    std::cout << c.table << ": " << c.shipped << " shipped rows";
    if (!settings.lexicon.empty()) std::cout << ", " << c.added << " added, " << c.replaced << " replaced";
    std::cout << "\n";
  }
  std::cout << "lexicon " << pipeline.producer().lexicon << ": " << errors << (errors == 1 ? " error, " : " errors, ") << check.notes.size() - errors << " notes\n";
  return errors > 0 ? kFailed : kOk;
}

int run_add(const LexiconFlags& flags, const Settings& settings) {
  LexiconRow row{flags.table, {}};
  for (const std::string& cell : flags.cells) {
    const size_t equals = cell.find('=');
    if (equals == std::string::npos || equals == 0) throw Error("\"" + cell + "\" is no cell; write column=value, or column+=value to add to the list that stands there");
    row.cells.emplace_back(cell.substr(0, equals), cell.substr(equals + 1));
  }
  for (const std::string& id : add_to_lexicon(settings.data_dir, own_folder(settings), {row})) std::cout << flags.table << " " << id << " is in " << settings.lexicon.string() << "\n";
  return kOk;
}

std::string described(const Document& doc, const Mention& m) {
  std::string out;
  const auto one = [&](ActorId id) {
    const Actor& a = doc.names.actors[id.index];
    const bool place = a.kind == ActorKind::place;
    out += (out.empty() ? "" : " + ") + (place ? "place " + a.country : (a.party.empty() ? "?" : a.party) + " " + (a.sector.empty() ? "?" : a.sector)) + " " + a.name;
  };
  if (m.actor.valid()) one(m.actor);
  for (const ActorId id : m.members) one(id);
  return out;
}

std::string parties(const std::vector<Participant>& list) {
  std::string out;
  for (const Participant& p : list) out += (out.empty() ? "" : "+") + (p.party.empty() ? "?" : p.party);
  return out.empty() ? "-" : out;
}

std::string shortened(std::string_view text) {
  constexpr size_t kMost = 100;
  std::string out(text.substr(0, kMost));
  while (text.size() > kMost && !out.empty() && (static_cast<unsigned char>(out.back()) & 0xC0) == 0x80) out.pop_back();
  if (text.size() > kMost && !out.empty() && static_cast<unsigned char>(out.back()) >= 0x80) out.pop_back();
  std::replace(out.begin(), out.end(), '\n', ' ');
  return text.size() > kMost ? out + "..." : out;
}

// What one reading tells, by where and what: the key of a line, and what stands there.
std::map<std::pair<std::string, std::string>, std::string> told(const Document& doc) {
  std::map<std::pair<std::string, std::string>, std::string> out;
  const auto words = [&](Span s) { return std::string_view(doc.article.text).substr(s.begin, s.end - s.begin); };
  const auto where = [](Span s) {
    char at[32];
    std::snprintf(at, sizeof at, "%010u-%010u", s.begin, s.end);
    return std::string(at);
  };
  for (const Mention& m : doc.names.mentions) out[{where(m.span), "mention \"" + shortened(words(m.span)) + "\""}] = described(doc, m);
  for (const Event& e : doc.events) out[{where(e.evidence), "event \"" + shortened(words(e.evidence)) + "\""}] = e.type + " " + parties(e.actors) + " > " + parties(e.recipients);
  for (const Statement& s : doc.statements)
    if (!s.content.empty()) out[{where(s.content[0]), "statement \"" + shortened(words(s.content[0])) + "\""}] = (s.speaker.party.empty() ? "?" : s.speaker.party) + " " + (s.speaker.sector.empty() ? "?" : s.speaker.sector);
  return out;
}

int run_diff(const LexiconFlags& flags, const Settings& settings) {
  const Pipeline before(settings.data_dir, settings.parser), after(settings.data_dir, settings.parser, own_folder(settings));
  IngestOptions options;
  if (flags.input == "jsonl") options.format = InputFormat::jsonl;
  if (!flags.date.empty()) options.given_date = parse_day(flags.date);
  PageSource pages(flags.paths, options);
  size_t reports = 0, changed = 0, lines = 0, unread = 0;
  std::map<std::string, size_t> kinds;
  while (const std::optional<Result<Page>> page = pages.next()) {
    if (!*page) {
      std::cerr << "demarche: " << page->error() << "\n";
      ++unread;
      continue;
    }
    ++reports;
    const auto old_rows = told(before.run(**page)), new_rows = told(after.run(**page));
    std::map<std::pair<std::string, std::string>, std::pair<std::string, std::string>> all;
    for (const auto& [key, value] : old_rows) all[key].first = value;
    for (const auto& [key, value] : new_rows) all[key].second = value;
    bool first = true;
    for (const auto& [key, values] : all) {
      if (values.first == values.second) continue;
      ++kinds[key.second.substr(0, key.second.find(' '))];
      if (++lines > flags.most_lines) continue;
      if (first) std::cout << (*page)->read_from << "\n";
      first = false;
      std::cout << "  " << key.second << "\n    - " << (values.first.empty() ? "(none)" : values.first) << "\n    + " << (values.second.empty() ? "(none)" : values.second) << "\n";
    }
    changed += std::any_of(all.begin(), all.end(), [](const auto& row) { return row.second.first != row.second.second; });
  }
  if (lines > flags.most_lines) std::cout << "(" << lines - flags.most_lines << " more changes are not shown: --most)\n";
  std::cout << changed << " of " << reports << (reports == 1 ? " report" : " reports") << " changed: " << kinds["mention"] << " mentions, " << kinds["event"] << " events, " << kinds["statement"] << " statements\n";
  return unread > 0 ? kSomeUnread : kOk;
}

constexpr uint64_t kLongestEntity = uint64_t{64} << 20;  // bytes of one line of a dump; Wikidata's longest is a tenth of it

template <class Take>
void each_line(const std::string& path, size_t& too_long, const Take& take) {
  auto file = ingest::open_file(path);
  if (!file) throw Error(path + " " + file.error());
  ingest::Input input(std::move(*file));
  input.decompress();
  std::string line;
  for (;;) {
    const auto got = input.read_line(line, kLongestEntity);
    if (got == ingest::Input::Line::end) break;
    if (got == ingest::Input::Line::too_long) ++too_long;
    else take(line);
  }
  if (!input.error().empty()) throw Error(path + " " + input.error());
}

int run_import(const LexiconFlags& flags, const Settings& settings) {
  if (flags.dump.empty() == flags.results.empty()) throw Error("give --wikidata DUMP or --results FILE");
  const std::filesystem::path& folder = own_folder(settings);
  WikidataImport import(settings.data_dir, flags.from_year);
  size_t too_long = 0;
  if (!flags.dump.empty()) {
    if (flags.dump == "-") throw Error("a dump is read twice; standard input cannot be");
    each_line(flags.dump, too_long, [&](const std::string& line) { import.note_office(line); });
    each_line(flags.dump, too_long, [&](const std::string& line) { import.note_holder(line); });
  } else {
    std::ifstream in(flags.results, std::ios::binary);
    if (!in) throw Error("cannot read " + flags.results);
    import.read_results(in);
  }
  const std::vector<LexiconRow> rows = import.rows();
  const WikidataCounts& counts = import.counts();
  if (!rows.empty()) (void)add_to_lexicon(settings.data_dir, folder, rows);
  std::cout << counts.entities << (flags.dump.empty() ? " results read, " : " entities read, ") << counts.unread + too_long / 2 << " of them unreadable; " << counts.persons << " persons with " << counts.terms << " terms are in "
            << (folder / "persons.tsv").string() << " (" << counts.merged << " of them known: their terms were added to). Wikidata's facts are under CC0.\n";
  return kOk;
}

}  // namespace

Command add_lexicon(CLI::App& app, const Settings& settings) {
  const auto flags = std::make_shared<LexiconFlags>();
  CLI::App* sub = app.add_subcommand("lexicon", "Your own rows of names over the shipped ones: check, add, diff, import");
  sub->require_subcommand(1);
  CLI::App* check = sub->add_subcommand("check", "Load and check all data files, and your own rows beyond that: unknown codes, ids, names that mean something else already");
  check->add_option("folder", flags->folder, "Folder of your own rows; the same as --lexicon DIR before the command")->type_name("DIR");
  CLI::App* add = sub->add_subcommand("add", "Add a row to your lexicon, or change one (shipped or yours) by its id");
  add->add_option("table", flags->table, "parties, groups, persons, titles, places, cities, arms, given_names or party_traits")->required()->check(CLI::IsMember(lexicon_tables()));
  add->add_option("cells", flags->cells, "column=value; column+=value adds to a list; what is not named stays as it stands")->required()->type_name("COLUMN=VALUE");
  CLI::App* diff = sub->add_subcommand("diff", "Read reports with and without your lexicon and print what changes");
  diff->add_option("paths", flags->paths, "Reports, as for read")->required()->type_name("PATH");
  diff->add_option("--input", flags->input, "pages or jsonl, as for read")->check(CLI::IsMember({"pages", "jsonl"}))->capture_default_str();
  diff->add_option("--date", flags->date, "The day of these reports")->type_name("YYYY-MM-DD")->check([](const std::string& day) {
    return parse_day(day) ? std::string() : "'" + day + "' is no day; write YYYY-MM-DD";
  });
  diff->add_option("--most", flags->most_lines, "Changes printed at most")->capture_default_str();
  CLI::App* import = sub->add_subcommand("import", "Office holders from Wikidata into your lexicon's persons.tsv");
  import->add_option("--wikidata", flags->dump, "A JSON dump of entities, one a line; plain, .gz, .bz2 or .zst; read twice")->type_name("DUMP");
  import->add_option("--results", flags->results, "The JSON of a query's results (docs/formats/names.md has the query)")->type_name("FILE");
  import->add_option("--from-year", flags->from_year, "Leave out terms that ended before this year")->check(CLI::Range(1800, 2100))->capture_default_str();
  sub->footer("Examples:\n  demarche --lexicon mine lexicon add groups name='Ruritanian Liberation Front' aliases=RLF party=RLF country=MLI sector=REB kind=armed_group\n"
              "  demarche --lexicon mine lexicon add parties id=USA aliases+='Uncle Sam'\n  demarche --lexicon mine lexicon check\n"
              "  demarche --lexicon mine lexicon diff reports/\n  demarche --lexicon mine lexicon import --wikidata latest-all.json.gz");
  return {sub, [flags, &settings, check, add, diff, import] {
            if (check->parsed()) return run_check(settings, flags->folder);
            if (add->parsed()) return run_add(*flags, settings);
            if (diff->parsed()) return run_diff(*flags, settings);
            if (import->parsed()) return run_import(*flags, settings);
            return kUsage;
          }};
}

}  // namespace demarche::app
