// demarche why ID: the words, rule, lexicon row, sentence and parse that made a row.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "app/commands.h"
#include "demarche/core/print.h"
#include "demarche/core/table.h"
#include "demarche/core/tree.h"
#include "demarche/core/utf8.h"
#include "demarche/pipeline/pipeline.h"
#include "demarche/query/query.h"

namespace demarche::app {
namespace {

struct WhyFlags {
  std::string id;
  std::string record = "demarche.db";
};

// The data row whose first cell is the rule's id, under its file's name and with its columns; empty when a rule is code.
std::string lexicon_row(const std::filesystem::path& data_dir, const std::string& rule) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(data_dir))
    if (entry.path().extension() == ".tsv") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    std::ifstream in(file);
    std::string header, line;
    for (size_t number = 1; std::getline(in, line); ++number) {
      if (line.empty() || line.front() == '#') continue;
      if (header.empty()) {
        header = line;
        continue;
      }
      if (line.compare(0, rule.size(), rule) != 0 || (line.size() > rule.size() && line[rule.size()] != '\t')) continue;
      const std::vector<std::string_view> names = split_list(header, '\t'), cells = [&] {
        std::vector<std::string_view> out;
        for (std::string_view rest = line;;) {
          const size_t tab = rest.find('\t');
          out.push_back(rest.substr(0, tab));
          if (tab == std::string_view::npos) return out;
          rest.remove_prefix(tab + 1);
        }
      }();
      std::string out = "  " + std::filesystem::relative(file, data_dir.parent_path()).string() + ":" + std::to_string(number) + "\n";
      for (size_t i = 0; i < cells.size(); ++i)
        if (!cells[i].empty()) out += "    " + (i < names.size() ? std::string(names[i]) : std::string("?")) + ": " + std::string(cells[i]) + "\n";
      return out;
    }
  }
  return "";
}

int run_why(const WhyFlags& flags, const Settings& settings) {
  const Record record(flags.record, RecordMode::read);
  const Entry entry = find_entry(record, flags.id);
  const Pipeline pipeline(settings.data_dir, settings.parser, settings.lexicon);
  std::cout << "row " << flags.id << "\n" << entry.fields.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n\n";
  std::cout << "report\n  " << entry.read_from << (entry.published ? " (" + *entry.published + ")" : "") << "\n  " << entry.document_id << "\n\n";
  std::cout << "made by\n  demarche " << entry.producer.version << ", model " << entry.producer.model << ", lexicon " << entry.producer.lexicon << "\n";
  if (entry.producer != pipeline.producer())
    std::cout << "  (this program, model or lexicon is another one: the parse below may differ from the one that made the row; read the report again)\n";
  const std::string rule = entry.fields.value("rule", std::string());
  if (!rule.empty()) {
    std::cout << "\nrule\n  " << rule << "\n";
    const std::string row = lexicon_row(settings.data_dir, rule);
    std::cout << (row.empty() ? "  (no lexicon row: a rule of the program, see its stage's README)\n" : row);
  }
  Document doc;
  doc.article.text = entry.text;
  doc.sentences = pipeline.split(doc.article.text);
  const CodePointIndex index(doc.article.text);
  const auto& place = entry.fields.contains("evidence") ? entry.fields["evidence"] : entry.fields;
  if (!place.contains("start")) return kOk;
  const auto begin = static_cast<uint32_t>(index.byte(place["start"].get<size_t>()));
  const auto end = static_cast<uint32_t>(index.byte(place["end"].get<size_t>()));
  std::vector<Sentence> touched;
  for (const Sentence& s : doc.sentences)
    if (s.span.overlaps(Span{begin, end})) touched.push_back(s);
  doc.sentences = std::move(touched);
  doc.trees = pipeline.parse(doc.article.text, doc.sentences);
  std::cout << "\nsentence" << (doc.sentences.size() == 1 ? "" : "s") << " and parse (CoNLL-U)\n" << print_stage(doc, "parse");
  return kOk;
}

}  // namespace

Command add_why(CLI::App& app, const Settings& settings) {
  const auto flags = std::make_shared<WhyFlags>();
  CLI::App* sub = app.add_subcommand("why", "Which words, rule, lexicon row and parse made a row");
  sub->add_option("id", flags->id, "A row's id, as in the id column of any answer: 1f2e3d4c.e3")->required();
  sub->add_option("--record", flags->record, "The record")->type_name("FILE")->capture_default_str();
  sub->footer("Example:\n  demarche why --record crisis.db 1f2e3d4c.e3");
  return {sub, [flags, &settings] { return run_why(*flags, settings); }};
}

}  // namespace demarche::app
