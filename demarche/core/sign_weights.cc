#include "demarche/core/sign_weights.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "demarche/core/error.h"
#include "demarche/core/table.h"

namespace demarche {

SignWeights::SignWeights(const std::filesystem::path& file) {
  const Table table = Table::load(file, {"part", "sign", "weight", "rows"});
  table.require_sorted(0);
  if (table.size() == 0) throw Error(file.string() + ": no weights");
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string_view cell = table.cell(row, 2);
    double weight = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), weight);
    if (error != std::errc{} || end != cell.data() + cell.size() || !(std::abs(weight) < 100)) table.fail(row, 2, "expected a number between -100 and 100");
    const bool same_part = row > 0 && table.cell(row, 0) == table.cell(row - 1, 0);
    if (same_part && table.cell(row, 1) <= table.cell(row - 1, 1)) table.fail(row, 1, "the signs of a part must be sorted and unique");
    if (!same_part) ++parts_;
    const uint32_t sign = signs_.add(table.cell(row, 1));
    weights_.resize(signs_.size());
    weights_[sign - 1].push_back({parts_ - 1, weight});
  }
}

float SignWeights::confidence(const std::vector<std::string>& signs) const {
  std::vector<double> sums(parts_, 0);
  for (const std::string& sign : signs)
    if (const uint32_t number = signs_.find(sign))
      for (const Weight& weight : weights_[number - 1]) sums[weight.part] += weight.value;
  double chance = 1;
  for (const double sum : sums) chance /= 1 + std::exp(-sum);
  return static_cast<float>(std::clamp(chance, 0.01, 0.99));
}

}  // namespace demarche
