#include "demarche/text/boundary_model.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>

#include "demarche/core/error.h"
#include "demarche/core/table.h"

namespace demarche {
namespace {

constexpr std::string_view kMagic = "dmsplit1";
constexpr uint32_t kMaxRows = 1U << 22;

// Takes little-endian values off the front of a model's bytes.
class Reader {
 public:
  Reader(std::string_view bytes, const std::string& name) : bytes_(bytes), name_(name) {}

  std::string_view take(size_t size) {
    if (bytes_.size() - at_ < size) throw Error(name_ + ": ends too early");
    const std::string_view out = bytes_.substr(at_, size);
    at_ += size;
    return out;
  }
  uint32_t number() {
    const std::string_view b = take(4);
    uint32_t out = 0;
    for (size_t i = 4; i-- > 0;) out = out << 8 | static_cast<unsigned char>(b[i]);
    return out;
  }
  float real() {
    const float out = std::bit_cast<float>(number());
    if (!std::isfinite(out)) throw Error(name_ + ": holds a number that is not finite");
    return out;
  }
  bool at_end() const { return at_ == bytes_.size(); }

 private:
  std::string_view bytes_;
  const std::string& name_;
  size_t at_ = 0;
};

std::string fnv1a_hex(std::string_view bytes) {
  uint64_t hash = 14695981039346656037ULL;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  std::string out(16, '0');
  for (size_t i = 16; i-- > 0; hash >>= 4) out[i] = "0123456789abcdef"[hash & 15];
  return out;
}

}  // namespace

BoundaryModel BoundaryModel::load(const std::filesystem::path& model_dir) {
  const std::filesystem::path path = model_dir / "splitter.bin";
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error("cannot read the model " + path.string());
  const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const Table manifest = Table::load(model_dir / "splitter.tsv", {"key", "value"});
  manifest.require_unique(0);
  bool hashed = false;
  for (size_t row = 0; row < manifest.size(); ++row) {
    if (manifest.cell(row, 0) != "hash") continue;
    hashed = true;
    if (manifest.cell(row, 1) != "fnv1a:" + fnv1a_hex(bytes)) manifest.fail(row, 1, "is not the hash of splitter.bin: model and manifest do not belong together");
  }
  if (!hashed) throw Error(manifest.name() + ": has no row 'hash'");
  return parse(bytes, path.string());
}

BoundaryModel BoundaryModel::parse(std::string_view bytes, const std::string& name) {
  Reader in(bytes, name);
  if (bytes.substr(0, kMagic.size()) != kMagic) throw Error(name + ": is no splitter model");
  in.take(kMagic.size());
  const uint32_t version = in.number(), count = in.number(), hidden = in.number(), rows = in.number();
  if (version != kBoundaryFeatureVersion || count != kBoundaryFeatures)
    throw Error(name + ": was trained with features of version " + std::to_string(version) + ", the program has version " + std::to_string(kBoundaryFeatureVersion));
  if (hidden != kBoundaryHidden) throw Error(name + ": has " + std::to_string(hidden) + " hidden units, not " + std::to_string(kBoundaryHidden));
  if (rows == 0 || rows > kMaxRows) throw Error(name + ": has an impossible number of rows");
  BoundaryModel model;
  for (float& v : model.scale_) v = in.real();
  for (float& v : model.bias_) v = in.real();
  for (float& v : model.output_) v = in.real();
  model.output_bias_ = in.real();
  model.slots_.resize(std::bit_ceil(rows * 2));
  model.mask_ = static_cast<uint32_t>(model.slots_.size() - 1);
  for (uint32_t row = 0; row < rows; ++row) {
    const uint32_t key = in.number();
    const std::string_view weights = in.take(kBoundaryHidden);
    uint32_t at = key & model.mask_;
    while (model.slots_[at].key != 0) {
      if (model.slots_[at].key == key) throw Error(name + ": has a feature twice");
      at = (at + 1) & model.mask_;
    }
    if (key == 0) throw Error(name + ": has a feature with key 0");
    model.slots_[at].key = key;
    std::memcpy(model.slots_[at].weights.data(), weights.data(), kBoundaryHidden);
  }
  if (!in.at_end()) throw Error(name + ": has bytes behind its end");
  return model;
}

const BoundaryModel::Slot* BoundaryModel::find(uint32_t key) const {
  for (uint32_t at = key & mask_; slots_[at].key != 0; at = (at + 1) & mask_)
    if (slots_[at].key == key) return &slots_[at];
  return nullptr;
}

float BoundaryModel::score(std::span<const uint32_t> features) const {
  std::array<int32_t, kBoundaryHidden> sum{};
  for (const uint32_t feature : features)
    if (const Slot* slot = find(feature))
      for (size_t i = 0; i < kBoundaryHidden; ++i) sum[i] += slot->weights[i];
  float out = output_bias_;
  for (size_t i = 0; i < kBoundaryHidden; ++i) {
    const float h = static_cast<float>(sum[i]) * scale_[i] + bias_[i];
    if (h > 0) out += h * output_[i];
  }
  return out;
}

}  // namespace demarche
