// demarche show STAGE FILE: what one stage made of a file, in its printed form.
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>

#include "app/commands.h"
#include "app/show_statements.h"
#include "demarche/core/print.h"
#include "demarche/core/utf8.h"
#include "demarche/exports/record_json.h"
#include "demarche/ingest/ingest.h"
#include "demarche/pipeline/pipeline.h"
#include "demarche/syntax/conllu.h"

namespace demarche::app {
namespace {

struct ShowFlags {
  std::string stage;
  std::vector<std::string> files;
  std::string format;  // empty: marked for statements on a terminal, else text
  std::string input = "page";
  std::string date;
  bool signs = false;
};

std::string read_all(const std::string& path) {
  if (path == "-") return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(path + ": cannot be read");
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// Paragraphs are taken in blocks of about this size, so that a long file neither waits for its end nor fills the memory.
constexpr size_t kBlockBytes = size_t{1} << 18;
// A paragraph without end is cut at the end of a line.
constexpr size_t kParagraphBytes = size_t{1} << 24;
constexpr size_t kBlockSentences = 1000;

// Plain text as it stands, without the article stage: paragraphs apart by blank lines.
void show_parse_of_text(const Pipeline& pipeline, std::istream& in) {
  size_t sentences = 0;
  std::string block, line;
  const auto parse_block = [&] {
    Document doc;
    doc.article.text = repair_utf8(block);
    doc.sentences = pipeline.split(doc.article.text);
    doc.trees = pipeline.parse(doc.article.text, doc.sentences);
    std::cout << print_parse(doc, sentences);
    sentences += doc.sentences.size();
    block.clear();
  };
  while (std::getline(in, line)) {
    block.append(line).append("\n");
    const bool blank = line.find_first_not_of(" \t\r") == std::string::npos;
    if ((blank && block.size() >= kBlockBytes) || block.size() >= kParagraphBytes) parse_block();
  }
  if (!block.empty()) parse_block();
}

void show_parse_of_text(const Pipeline& pipeline, const std::string& path) {
  if (path == "-") return show_parse_of_text(pipeline, std::cin);
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(path + ": cannot be read");
  show_parse_of_text(pipeline, in);
}

// Sentences and words of the file kept, the rest predicted.
void show_parse_of_conllu(const Pipeline& pipeline, const std::string& path) {
  ConlluText given = read_conllu(path, read_all(path));
  Document doc;
  doc.article.text = std::move(given.text);
  for (size_t at = 0; at < given.sentences.size(); at += kBlockSentences) {
    const auto first = given.sentences.begin() + static_cast<std::ptrdiff_t>(at);
    doc.sentences.assign(first, first + static_cast<std::ptrdiff_t>(std::min(kBlockSentences, given.sentences.size() - at)));
    doc.trees = pipeline.parse(doc.article.text, doc.sentences);
    std::cout << print_parse(doc, at);
  }
}

RecordJson::Json article_json(const Document& doc) {
  const Article& a = doc.article;
  const auto text = [](const std::optional<std::string>& value) { return value ? RecordJson::Json(*value) : RecordJson::Json(); };
  return {{"read_from", doc.read_from},
          {"title", text(a.title)},
          {"authors", a.authors},
          {"publisher", text(a.publisher)},
          {"published", RecordJson(doc).published()},
          {"modified", text(a.modified)},
          {"language", text(a.language)},
          {"url", text(a.url)},
          {"body", a.text.substr(a.body_start)}};
}

// The record with what each row's confidence rests on.
RecordJson::Json with_signs(const Document& doc, const Producer& producer) {
  RecordJson::Json record = RecordJson(doc).record(producer);
  const auto add = [&record](const char* list, const auto& rows) {
    for (size_t i = 0; i < rows.size(); ++i) record[list][i]["signs"] = rows[i].signs;
  };
  add("events", doc.events);
  add("statements", doc.statements);
  add("claims", doc.claims);
  add("commitments", doc.commitments);
  return record;
}

int run_show(const ShowFlags& flags, const Settings& settings) {
  const Pipeline pipeline(settings.data_dir, settings.parser, settings.lexicon);
  if (flags.stage == "parse" && flags.input == "text") {
    for (const std::string& file : flags.files) show_parse_of_text(pipeline, file);
    return kOk;
  }
  if (flags.stage == "parse" && flags.input == "conllu") {
    for (const std::string& file : flags.files) show_parse_of_conllu(pipeline, file);
    return kOk;
  }
  const IngestRulesPtr ingest_rules = load_ingest_rules(settings.data_dir);
  IngestOptions options;
  options.rules = ingest_rules.get();
  if (flags.input == "jsonl") options.format = InputFormat::jsonl;
  if (!flags.date.empty()) options.given_date = parse_day(flags.date);
  PageSource pages(flags.files, options);
  int code = kOk;
  while (const std::optional<Result<Page>> page = pages.next()) {
    if (!*page) {
      std::cerr << "demarche: " << page->error() << "\n";
      code = kSomeUnread;
      continue;
    }
    Document doc;
    if (flags.stage == "article") {
      doc.read_from = (*page)->read_from;
      doc.article = pipeline.extract(**page, doc.diagnostics);
    } else {
      doc = pipeline.run(**page);
    }
    if (flags.stage == "article" && flags.format == "jsonl")
      std::cout << dump(article_json(doc)) << "\n";
    else if (flags.format == "jsonl")
      std::cout << dump(flags.signs ? with_signs(doc, pipeline.producer()) : RecordJson(doc).record(pipeline.producer())) << "\n";
    else if ((flags.format == "marked" && flags.stage == "statements") || (flags.format.empty() && flags.stage == "statements" && isatty(STDOUT_FILENO)))
      std::cout << marked_statements(doc, isatty(STDOUT_FILENO));
    else
      std::cout << print_stage(doc, flags.stage);
  }
  return code;
}

}  // namespace

Command add_show(CLI::App& app, const Settings& settings) {
  const auto flags = std::make_shared<ShowFlags>();
  CLI::App* sub = app.add_subcommand("show", "Print what one stage makes of a file");
  sub->add_option("stage", flags->stage,
                  "article, sentences, parse (CoNLL-U), times, names, statements, events, claims, commitments or links")
      ->required()
      ->check(CLI::IsMember({"article", "sentences", "parse", "times", "names", "statements", "events", "claims", "commitments", "links"}));
  sub->add_option("files", flags->files, "Files as for read; - is standard input")->required();
  sub->add_option("--format", flags->format, "text: a line a result; jsonl: for article one object a file with its metadata, else the whole record;\n"
                  "marked: for statements the text with speaker, cue and content marked. Default: text, on a terminal marked for statements")
      ->check(CLI::IsMember({"text", "jsonl", "marked"}));
  sub->add_option("--input", flags->input,
                  "page, jsonl (as for read); for parse also text (paragraphs as they stand) or conllu (sentences and words kept)")
      ->check(CLI::IsMember({"page", "jsonl", "text", "conllu"}))
      ->capture_default_str();
  sub->add_option("--date", flags->date, "The report's day, over what the page says")->type_name("YYYY-MM-DD")->check([](const std::string& day) {
    return parse_day(day) ? std::string() : "'" + day + "' is no day; write YYYY-MM-DD";
  });
  sub->add_flag("--signs", flags->signs, "With --format jsonl: each row also has `signs`, what its confidence rests on (tools/calibrate.py)");
  sub->footer("Examples:\n  demarche show events report.html\n  demarche show parse --input text - < plain.txt\n"
              "  demarche show article --format jsonl pages/*.html");
  return {sub, [flags, &settings] { return run_show(*flags, settings); }};
}

}  // namespace demarche::app
