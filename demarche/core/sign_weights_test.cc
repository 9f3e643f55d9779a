#include "demarche/core/sign_weights.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <fstream>

#include "demarche/core/error.h"

namespace demarche {
namespace {

// A weights file that goes with the test.
class WeightsFile {
 public:
  explicit WeightsFile(const std::string& rows) : path_(std::filesystem::path(testing::TempDir()) / "weights.tsv") {
    std::ofstream(path_) << "# weights of a test. Licence: CC0.\nid\tweight\trows\n" << rows;
  }
  ~WeightsFile() { std::filesystem::remove(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

TEST(SignWeights, AddUpToALogisticChance) {
  const WeightsFile file("actor=name\t0.5\t40\nactor=pronoun\t-2\t12\nrow\t1.5\t52\n");
  const SignWeights weights(file.path());
  EXPECT_NEAR(weights.confidence({"row", "actor=name"}), 1 / (1 + std::exp(-2.0)), 1e-6);
  EXPECT_NEAR(weights.confidence({"row", "actor=pronoun"}), 1 / (1 + std::exp(0.5)), 1e-6);
  EXPECT_FLOAT_EQ(weights.confidence({"row", "never seen"}), weights.confidence({"row"}));
  EXPECT_FLOAT_EQ(weights.confidence({}), 0.5F);
}

TEST(SignWeights, NeverQuiteSure) {
  const WeightsFile file("row\t99\t1\n");
  EXPECT_FLOAT_EQ(SignWeights(file.path()).confidence({"row"}), 0.99F);
}

TEST(SignWeights, BrokenFilesStopTheStart) {
  for (const char* rows : {"row\tmuch\t1\n", "row\t1e9\t1\n", "row\tnan\t1\n", "row\t\t1\n", "b\t1\t1\na\t1\t1\n", "a\t1\t1\na\t1\t1\n", "row\t1\n"}) {
    const WeightsFile file(rows);
    EXPECT_THROW(SignWeights(file.path()), Error) << rows;
  }
}

}  // namespace
}  // namespace demarche
