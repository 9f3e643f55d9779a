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
    std::ofstream(path_) << "# weights of a test. Licence: CC0.\npart\tsign\tweight\trows\n" << rows;
  }
  ~WeightsFile() { std::filesystem::remove(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

TEST(SignWeights, AddUpToALogisticChance) {
  const WeightsFile file("found\tactor=name\t0.5\t40\nfound\tactor=pronoun\t-2\t12\nfound\trow\t1.5\t52\n");
  const SignWeights weights(file.path());
  EXPECT_NEAR(weights.confidence({"row", "actor=name"}), 1 / (1 + std::exp(-2.0)), 1e-6);
  EXPECT_NEAR(weights.confidence({"row", "actor=pronoun"}), 1 / (1 + std::exp(0.5)), 1e-6);
  EXPECT_FLOAT_EQ(weights.confidence({"row", "never seen"}), weights.confidence({"row"}));
  EXPECT_FLOAT_EQ(weights.confidence({}), 0.5F);
}

TEST(SignWeights, ARowIsRightWhenAllOfItsPartsAre) {
  const WeightsFile file("date\trow\t1\t52\nfound\tactor=name\t0.5\t40\nfound\trow\t1.5\t52\n");
  const SignWeights weights(file.path());
  EXPECT_NEAR(weights.confidence({"row", "actor=name"}), 1 / (1 + std::exp(-2.0)) / (1 + std::exp(-1.0)), 1e-6);
}

TEST(SignWeights, NeverQuiteSure) {
  const WeightsFile file("found\trow\t99\t1\n");
  EXPECT_FLOAT_EQ(SignWeights(file.path()).confidence({"row"}), 0.99F);
}

TEST(SignWeights, BrokenFilesStopTheStart) {
  for (const char* rows : {"p\trow\tmuch\t1\n", "p\trow\t1e9\t1\n", "p\trow\tnan\t1\n", "p\trow\t\t1\n", "p\tb\t1\t1\np\ta\t1\t1\n", "p\ta\t1\t1\np\ta\t1\t1\n",
                           "q\ta\t1\t1\np\ta\t1\t1\n", "p\trow\t1\n", ""}) {
    const WeightsFile file(rows);
    EXPECT_THROW(SignWeights(file.path()), Error) << rows;
  }
}

}  // namespace
}  // namespace demarche
