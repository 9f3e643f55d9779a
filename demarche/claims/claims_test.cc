// The stage on hand-made values; what it makes of real trees is in cases/ and tests/rows_test.cc.
#include "demarche/claims/claims.h"

#include <gtest/gtest.h>

#include <fstream>

namespace demarche {
namespace {

const std::filesystem::path kData = std::filesystem::path(DEMARCHE_SOURCE_DIR) / "data";

// A folder like data/ with this properties.tsv.
std::filesystem::path data_with(const std::string& name, const std::string& properties) {
  const auto dir = std::filesystem::temp_directory_path() / ("demarche_claims_test_" + name);
  std::filesystem::create_directories(dir / "en");
  for (const char* file : {"claim_confidence.tsv", "word_sets.tsv"}) std::filesystem::copy_file(kData / "en" / file, dir / "en" / file, std::filesystem::copy_options::overwrite_existing);
  std::ofstream(dir / "en" / "properties.tsv") << properties;
  return dir;
}

const std::string kHead = "id\tproperty\tpattern\tnormal\tby\tneeds\tconfidence\tmust match\tmust not match\twhy\n";

TEST(Claims, BrokenRowsStopTheStart) {
  const std::pair<const char*, const char*> broken[] = {
      {"property", "a\tnone\tfly <num>\t<num>\tcontext\t-\t0.5\t-\t-\t-\n"},   {"pattern", "a\trange_km\t@none\t<num>\tcontext\t-\t0.5\t-\t-\t-\n"},
      {"by", "a\trange_km\tfly <num>\t<num>\tme\t-\t0.5\t-\t-\t-\n"},          {"needs", "a\trange_km\tfly <num>\t<num>\tcontext\tluck\t0.5\t-\t-\t-\n"},
      {"confidence", "a\trange_km\tfly <num>\t<num>\tcontext\t-\t2\t-\t-\t-\n"}, {"sorted", "b\trange_km\tfly <num>\t<num>\tcontext\t-\t0.5\t-\t-\t-\na\trange_km\tfly <num>\t<num>\tcontext\t-\t0.5\t-\t-\t-\n"},
  };
  for (const auto& [name, row] : broken) {
    const auto dir = data_with(name, kHead + row);
    try {
      Vocabulary vocabulary;
      load_claim_rules(dir, vocabulary);
      ADD_FAILURE() << name << " was let pass";
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()).find("properties.tsv:"), std::string::npos) << e.what();
    }
    std::filesystem::remove_all(dir);
  }
}

TEST(Claims, NothingFromNothing) {
  Vocabulary vocabulary;
  const ClaimRulesPtr rules = load_claim_rules(kData, vocabulary);
  EXPECT_TRUE(find_claims("", 0, {}, {}, {}, Names{}, {}, {}, *rules).empty());
  // A sentence without words, and one whose tree has another length, are left alone.
  std::vector<Sentence> sentences(2);
  sentences[1].span = {0, 4};
  sentences[1].tokens.push_back({{0, 4}});
  const std::vector<Tree> trees(2);
  EXPECT_TRUE(find_claims("flew", 0, sentences, trees, pattern_words("flew", sentences, trees, vocabulary), Names{}, {}, {}, *rules).empty());
}

}  // namespace
}  // namespace demarche
