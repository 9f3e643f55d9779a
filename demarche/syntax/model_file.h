// The model file: magic "demarche-parser\n", the header's length (u64, little endian), a JSON header (manifest, label sets,
// table of tensors), then the tensors, each at a multiple of 64 bytes after the header. train/export.py writes it.
// The file stays mapped; every view below points into the mapping. Immutable, thread safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace demarche {

// int8 weights, row after row, with one scale a row: weight = value * scale.
struct QuantizedMatrix {
  const int8_t* values = nullptr;
  const float* scales = nullptr;
  size_t rows = 0, columns = 0;
};

class ModelFile {
 public:
  // Throws Error when the file is missing, damaged, or made for another program.
  static ModelFile open(const std::filesystem::path& path);
  // The same from memory, which must outlive the object; `name` stands for the path in messages.
  static ModelFile parse(std::string name, std::span<const std::byte> bytes);

  QuantizedMatrix matrix(std::string_view name) const;
  std::span<const float> floats(std::string_view name) const;
  std::span<const uint8_t> bytes(std::string_view name, size_t rows, size_t columns) const;
  // Lines of a text tensor, without their ends.
  std::vector<std::string_view> lines(std::string_view name) const;
  // One of "upos", "xpos", "feats", "deprel", "entity".
  const std::vector<std::string>& labels(const std::string& kind) const;
  size_t size(const std::string& name) const;  // an entry of the manifest's "sizes"
  const std::string& version() const { return version_; }
  const std::string& hash() const { return hash_; }
  // Throws Error "path: why".
  [[noreturn]] void fail(const std::string& why) const;

  ModelFile(ModelFile&& other) noexcept;
  ModelFile& operator=(ModelFile&&) = delete;
  ModelFile(const ModelFile&) = delete;
  ModelFile& operator=(const ModelFile&) = delete;
  ~ModelFile();

 private:
  struct Tensor {
    std::string type;
    size_t rows = 0, columns = 0;
    std::span<const std::byte> data;
  };
  ModelFile() = default;
  void read(std::span<const std::byte> bytes);
  const Tensor& tensor(std::string_view name, std::string_view type) const;

  std::string name_, version_, hash_;
  void* mapping_ = nullptr;
  size_t mapped_bytes_ = 0;
  std::map<std::string, Tensor, std::less<>> tensors_;
  std::map<std::string, std::vector<std::string>> labels_;
  std::map<std::string, size_t> sizes_;
};

}  // namespace demarche
