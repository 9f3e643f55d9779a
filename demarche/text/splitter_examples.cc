// Writes training examples for the boundary classifier: splitter_examples DATA_DIR TREEBANK.conllu... > FILE.
// Output, little endian: u32 feature version, u32 features per gap; then for every candidate gap
// u32 label (bit 0: a sentence ends here; bits 1..: number of the file) and its features as u32.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "demarche/core/error.h"
#include "demarche/text/features.h"
#include "demarche/text/lexicon.h"
#include "demarche/text/tokenizer.h"

namespace {

using namespace demarche;

struct Paragraph {
  std::string text;
  std::vector<size_t> ends;  // bytes at which sentences end
};

// The paragraphs of a CoNLL-U file as running text.
std::vector<Paragraph> read_paragraphs(const char* path) {
  std::ifstream in(path);
  if (!in) throw Error(std::string("cannot read ") + path);
  std::vector<Paragraph> out;
  std::string line;
  long inside = 0;  // last word of the current multiword token
  bool space = false;
  while (std::getline(in, line)) {
    if (line.rfind("# newpar", 0) == 0 || line.rfind("# newdoc", 0) == 0) out.emplace_back();
    if (line.empty()) {
      if (!out.empty() && !out.back().text.empty()) out.back().ends.push_back(out.back().text.size());
      inside = 0;
    }
    if (line.empty() || line[0] == '#') continue;
    const size_t tab = line.find('\t'), form_end = line.find('\t', tab + 1);
    const std::string id = line.substr(0, tab), form = line.substr(tab + 1, form_end - tab - 1);
    if (id.find('.') != id.npos || std::stol(id) <= inside) continue;
    const size_t dash = id.find('-');
    if (dash != id.npos) inside = std::stol(id.substr(dash + 1));
    if (out.empty()) out.emplace_back();
    std::string& text = out.back().text;
    if (space && !text.empty()) text += ' ';
    text += form;
    space = line.find("SpaceAfter=No", form_end) == line.npos;
  }
  return out;
}

void put(uint32_t value) { std::fwrite(&value, sizeof value, 1, stdout); }

void write_examples(const Paragraph& paragraph, uint32_t file, const TextLexicon& lexicon) {
  Pieces pieces;
  tokenize(paragraph.text, {0, static_cast<uint32_t>(paragraph.text.size())}, lexicon, pieces);
  const BoundaryContext context(paragraph.text, pieces.pieces);
  size_t first = 0, next_end = 0;
  for (size_t i = 0; i < pieces.pieces.size(); ++i) {
    while (next_end < paragraph.ends.size() && paragraph.ends[next_end] < pieces.pieces[i].span.end) ++next_end;
    const bool end = next_end < paragraph.ends.size() && paragraph.ends[next_end] == pieces.pieces[i].span.end;
    if (context.candidate(i)) {
      put((file << 1) | (end ? 1U : 0U));
      for (const uint32_t feature : context.features(i, first)) put(feature);
    }
    if (end) first = i + 1;
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc < 3) throw Error("usage: splitter_examples DATA_DIR TREEBANK.conllu...");
    const TextLexicon lexicon = load_text_lexicon(argv[1]);
    put(kBoundaryFeatureVersion);
    put(kBoundaryFeatures);
    for (int i = 2; i < argc; ++i)
      for (const Paragraph& paragraph : read_paragraphs(argv[i])) write_examples(paragraph, static_cast<uint32_t>(i - 2), lexicon);
  } catch (const Error& error) {
    std::cerr << "splitter_examples: " << error.what() << "\n";
    return 1;
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}
