// The language engine alone: engine_bench [--data DIR] [--rounds N] TEXT > CoNLL-U. On standard error, one JSON object:
// words, sentences, seconds to load, and CPU seconds of the fastest of N rounds for splitting and for parsing, on one thread.
#include <chrono>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "demarche/core/error.h"
#include "demarche/core/print.h"
#include "demarche/core/utf8.h"
#include "demarche/syntax/syntax.h"
#include "demarche/text/text.h"

namespace {

using namespace demarche;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

int run(const std::string& data, int rounds, const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(path + ": cannot be read");
  Document doc;
  doc.article.text = repair_utf8(std::string(std::istreambuf_iterator<char>(in), {}));
  const auto begin = std::chrono::steady_clock::now();
  const TextModelPtr splitter = load_text_model(data);
  const ParserModelPtr parser = load_parser_model(data);
  const double load = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  double split = 1e9, parse = 1e9;
  for (int i = 0; i < rounds; ++i) {
    const double start = cpu_seconds();
    std::vector<Sentence> sentences = split_text(doc.article.text, *splitter);
    const double middle = cpu_seconds();
    std::vector<Tree> trees = parse_sentences(doc.article.text, sentences, *parser);
    split = std::min(split, middle - start);
    parse = std::min(parse, cpu_seconds() - middle);
    if (i > 0 && (sentences != doc.sentences || trees != doc.trees)) throw Error("two rounds gave different results");
    doc.sentences = std::move(sentences);
    doc.trees = std::move(trees);
  }
  size_t words = 0;
  for (const Sentence& sentence : doc.sentences) words += sentence.tokens.size();
  std::cout << print_stage(doc, "parse");
  std::cerr << "{\"words\": " << words << ", \"sentences\": " << doc.sentences.size() << ", \"load_s\": " << load << ", \"split_s\": " << split
            << ", \"parse_s\": " << parse << "}\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::string data = DEMARCHE_DATA_DIR, path;
  int rounds = 3;
  for (int i = 1; i < argc; ++i) {
    const std::string flag = argv[i];
    if (flag == "--data" && i + 1 < argc) data = argv[++i];
    else if (flag == "--rounds" && i + 1 < argc) rounds = std::max(1, std::atoi(argv[++i]));
    else path = flag;
  }
  try {
    if (path.empty()) throw Error("usage: engine_bench [--data DIR] [--rounds N] TEXT > CoNLL-U");
    return run(data, rounds, path);
  } catch (const std::exception& error) {
    std::cerr << "engine_bench: " << error.what() << "\n";
    return 1;
  }
}
