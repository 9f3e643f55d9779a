// The features of every statement's confidence, for tools/fit_statement_confidence.py: statement_features [--jsonl] PATH...
// One JSON object a report: {"read_from", "features": [[...], ...]} in the order of its statements.
#include <iostream>

#include <nlohmann/json.hpp>

#include "demarche/core/error.h"
#include "demarche/ingest/ingest.h"
#include "demarche/pipeline/pipeline.h"
#include "demarche/statements/statements.h"

int main(int argc, char** argv) {
  using namespace demarche;
  try {
    IngestOptions options;
    std::vector<std::string> paths(argv + 1, argv + argc);
    if (!paths.empty() && paths[0] == "--jsonl") {
      options.format = InputFormat::jsonl;
      paths.erase(paths.begin());
    }
    const Pipeline pipeline(DEMARCHE_DATA_DIR);
    const CueLexiconPtr cues = load_cue_lexicon(DEMARCHE_DATA_DIR);
    PageSource pages(paths, options);
    while (const std::optional<Result<Page>> page = pages.next()) {
      if (!*page) throw Error((*page).error());
      const Document doc = pipeline.run(**page);
      std::cout << nlohmann::json{{"read_from", doc.read_from},
                                  {"features", statement_features(doc.article.text, doc.article.body_start, doc.sentences, doc.trees, doc.names, doc.times, *cues)}}
                << "\n";
    }
  } catch (const std::exception& error) {
    std::cerr << "statement_features: " << error.what() << "\n";
    return 1;
  }
}
