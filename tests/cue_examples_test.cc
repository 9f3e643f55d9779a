// Every row of data/en/cues.tsv through the whole pipeline: its first sentence must give a statement with the row as rule, its
// second must not.
#include <gtest/gtest.h>

#include <iostream>

#include "demarche/core/table.h"
#include "demarche/pipeline/pipeline.h"

namespace demarche {
namespace {

std::string rules_in(const Pipeline& pipeline, std::string_view sentence, std::string_view id, bool& there) {
  Page page;
  page.format = PageFormat::article;
  page.bytes = sentence;
  std::string out;
  there = false;
  for (const Statement& s : pipeline.run(page).statements) {
    there = there || s.rule == id;
    out += " " + s.rule;
  }
  return out;
}

TEST(CueExamples, EachRowMatchesWhatItSays) {
  const std::filesystem::path data = DEMARCHE_SOURCE_DIR "/data";
  const Pipeline pipeline(data);
  const Table cues = Table::load(data / "en" / "cues.tsv", {"id"}, true);
  const size_t match = cues.column("must match"), no_match = cues.column("must not match");
  size_t wrong = 0;
  for (size_t r = 0; r < cues.size(); ++r) {
    bool there = false;
    const std::string got = rules_in(pipeline, cues.cell(r, match), cues.cell(r, 0), there);
    if (!there) std::cout << ++wrong << ": " << cues.cell(r, 0) << " should match: " << cues.cell(r, match) << " got:" << got << "\n";
    rules_in(pipeline, cues.cell(r, no_match), cues.cell(r, 0), there);
    if (there) std::cout << ++wrong << ": " << cues.cell(r, 0) << " should not match: " << cues.cell(r, no_match) << "\n";
  }
  // A parser that is right in 86 of 100 words misreads some of these; more than one row in fifty is a broken rule.
  EXPECT_LE(wrong, cues.size() / 50);
}

}  // namespace
}  // namespace demarche
