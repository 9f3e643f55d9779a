// The language engine alone: engine_bench [--data DIR] [--parser NAME] [--kernels NAME] [--rounds N] TEXT > CoNLL-U. On standard
// error, one JSON object: words, sentences, instruction set (the fastest unless --kernels names another: portable, avx2, avx-vnni,
// avx512-vnni), seconds to load, and CPU seconds of the fastest of N rounds for splitting and for parsing, on one thread.
#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "demarche/core/error.h"
#include "demarche/core/print.h"
#include "demarche/core/utf8.h"
#include "demarche/syntax/kernels.h"
#include "demarche/syntax/parser_model.h"
#include "demarche/syntax/syntax.h"
#include "demarche/text/text.h"

namespace {

using namespace demarche;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

const Kernels& kernels_named(const std::string& name) {
  const Kernels* all[4];
  const size_t count = supported_kernels(all);
  if (name.empty()) return *all[count - 1];
  const auto found = std::find_if(all, all + count, [&](const Kernels* k) { return k->name == name; });
  if (found == all + count) throw Error("this processor has no instruction set \"" + name + "\"");
  return **found;
}

struct Options {
  std::string data = DEMARCHE_DATA_DIR, parser = "default", kernels, path;
  int rounds = 3;
};

int run(const Options& options) {
  std::ifstream in(options.path, std::ios::binary);
  if (!in) throw Error(options.path + ": cannot be read");
  const ParseOptions how{&kernels_named(options.kernels), false};
  Document doc;
  doc.article.text = repair_utf8(std::string(std::istreambuf_iterator<char>(in), {}));
  const auto begin = std::chrono::steady_clock::now();
  const TextModelPtr splitter = load_text_model(options.data);
  const ParserModelPtr parser = load_parser_model(options.data, options.parser);
  const double load = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  double split = 1e9, parse = 1e9;
  for (int i = 0; i < options.rounds; ++i) {
    const double start = cpu_seconds();
    std::vector<Sentence> sentences = split_text(doc.article.text, *splitter);
    const double middle = cpu_seconds();
    std::vector<Tree> trees = parse_with(doc.article.text, sentences, *parser, how);
    split = std::min(split, middle - start);
    parse = std::min(parse, cpu_seconds() - middle);
    if (i > 0 && (sentences != doc.sentences || trees != doc.trees)) throw Error("two rounds gave different results");
    doc.sentences = std::move(sentences);
    doc.trees = std::move(trees);
  }
  size_t words = 0;
  for (const Sentence& sentence : doc.sentences) words += sentence.tokens.size();
  std::cout << print_stage(doc, "parse");
  std::cerr << "{\"words\": " << words << ", \"sentences\": " << doc.sentences.size() << ", \"kernels\": \"" << how.kernels->name << "\", \"load_s\": " << load << ", \"split_s\": " << split
            << ", \"parse_s\": " << parse << "}\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string flag = argv[i];
    if (flag == "--data" && i + 1 < argc) options.data = argv[++i];
    else if (flag == "--parser" && i + 1 < argc) options.parser = argv[++i];
    else if (flag == "--kernels" && i + 1 < argc) options.kernels = argv[++i];
    else if (flag == "--rounds" && i + 1 < argc) options.rounds = std::max(1, std::atoi(argv[++i]));
    else options.path = flag;
  }
  try {
    if (options.path.empty()) throw Error("usage: engine_bench [--data DIR] [--parser NAME] [--kernels NAME] [--rounds N] TEXT > CoNLL-U");
    return run(options);
  } catch (const std::exception& error) {
    std::cerr << "engine_bench: " << error.what() << "\n";
    return 1;
  }
}
