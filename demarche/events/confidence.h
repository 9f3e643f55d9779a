// How sure a row is: signs of how each part of it was read, weighed by figures fitted on judged rows (data/en/event_confidence.tsv,
// tools/calibrate.py). Thread safe.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/core/document.h"

namespace demarche {

struct Draft;

// Weights of signs; a logistic sum of them is the chance that the row is right in every field.
class ConfidenceWeights {
 public:
  explicit ConfidenceWeights(const std::filesystem::path& file);
  // In [0.01, 0.99]. A sign without a weight counts nothing.
  float confidence(const std::vector<std::string>& signs) const;

 private:
  std::map<std::string, double, std::less<>> weights_;
};

// The signs of a row, in a fixed order: "date=clause", "actor=own", ... REQUIRES: the discourse has had its say.
std::vector<std::string> signs_of(const Draft& draft);

}  // namespace demarche
