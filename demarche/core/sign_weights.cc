#include "demarche/core/sign_weights.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "demarche/core/table.h"

namespace demarche {

SignWeights::SignWeights(const std::filesystem::path& file) {
  const Table table = Table::load(file, {"id", "weight", "rows"});
  table.require_unique(0);
  table.require_sorted(0);
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string_view cell = table.cell(row, 1);
    double weight = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), weight);
    if (error != std::errc{} || end != cell.data() + cell.size() || !(std::abs(weight) < 100)) table.fail(row, 1, "expected a number between -100 and 100");
    weights_.emplace(table.cell(row, 0), weight);
  }
}

float SignWeights::confidence(const std::vector<std::string>& signs) const {
  double sum = 0;
  for (const std::string& sign : signs)
    if (const auto it = weights_.find(sign); it != weights_.end()) sum += it->second;
  return static_cast<float>(std::clamp(1 / (1 + std::exp(-sum)), 0.01, 0.99));
}

}  // namespace demarche
