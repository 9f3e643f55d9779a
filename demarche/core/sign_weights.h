// From the signs of how a row was read to the chance that it is right. A row is right when all of its parts are (that it is
// told at all, its actors, its day): each part's chance is a logistic sum of fitted weights, and the row's is their product. A
// stage gives its rows signs ("actor=pronoun", "date=clause"), tools/calibrate.py fits the weights on judged rows (demarche eval
// --format jsonl), and the stage reads them at start. The file's format is docs/formats/confidence.md. Thread safe.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "demarche/core/vocabulary.h"

namespace demarche {

class SignWeights {
 public:
  // Throws Error when the file is broken.
  explicit SignWeights(const std::filesystem::path& file);

  // In [0.01, 0.99]. A sign without a weight counts nothing.
  float confidence(const std::vector<std::string>& signs) const;

 private:
  struct Weight {
    uint32_t part = 0;
    double value = 0;
  };
  Vocabulary signs_;
  std::vector<std::vector<Weight>> weights_;  // by the sign's number - 1
  uint32_t parts_ = 0;
};

}  // namespace demarche
