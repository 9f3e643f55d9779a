// The classifier of doubtful sentence boundaries: a network with one hidden layer over hashed features, trained by
// train/splitter.py. Immutable after loading; thread safe.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/text/features.h"

namespace demarche {

inline constexpr size_t kBoundaryHidden = 8;

class BoundaryModel {
 public:
  // Reads model_dir/splitter.bin and its manifest model_dir/splitter.tsv (docs/formats/splitter.md). Throws Error when
  // they do not belong together, were made for other features, or are broken.
  static BoundaryModel load(const std::filesystem::path& model_dir);
  // The same from memory; `name` stands for the path in messages.
  static BoundaryModel parse(std::string_view bytes, const std::string& name);

  // Log odds that a sentence ends in the gap.
  float score(std::span<const uint32_t> features) const;

 private:
  struct Slot {
    uint32_t key = 0;  // 0: empty
    std::array<int8_t, kBoundaryHidden> weights{};
  };
  const Slot* find(uint32_t key) const;

  std::vector<Slot> slots_;  // open addressing, a power of two
  uint32_t mask_ = 0;
  std::array<float, kBoundaryHidden> scale_{}, bias_{}, output_{};
  float output_bias_ = 0;
};

}  // namespace demarche
