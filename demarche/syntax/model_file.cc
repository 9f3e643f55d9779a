#include "demarche/syntax/model_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

#include "demarche/core/error.h"
#include "demarche/core/utf8.h"
#include "demarche/syntax/features.h"

namespace demarche {
namespace {

constexpr std::string_view kMagic = "demarche-parser\n";
constexpr uint64_t kFormat = 1;

// 64 bits over words of eight bytes, against damage, not against forgery. The same as in train/export.py.
std::string content_hash(std::span<const std::byte> bytes) {
  uint64_t h = 0x9E3779B97F4A7C15u;
  size_t at = 0;
  for (; at < bytes.size(); at += 8) {
    uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, std::min<size_t>(8, bytes.size() - at));
    h = (h ^ word) * 0xFF51AFD7ED558CCDu;
    h ^= h >> 32;
  }
  std::string hex(16, '0');
  for (size_t i = 0; i < 16; ++i) hex[i] = "0123456789abcdef"[(h >> (60 - 4 * i)) & 15];
  return hex;
}

// Bytes of one element; 0 for an unknown type.
size_t element_size(std::string_view type) {
  if (type == "f32") return 4;
  return type == "i8" || type == "u8" || type == "text" ? 1 : 0;
}

}  // namespace

ModelFile ModelFile::open(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) throw Error("cannot open the parser model " + path.string());
  struct stat status {};
  if (::fstat(file, &status) != 0 || status.st_size <= 0) {
    ::close(file);
    throw Error("the parser model " + path.string() + " is empty");
  }
  const auto size = static_cast<size_t>(status.st_size);
  void* mapping = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  ::close(file);
  if (mapping == MAP_FAILED) throw Error("cannot map the parser model " + path.string());
  ModelFile model;
  model.name_ = path.string();
  model.mapping_ = mapping;
  model.mapped_bytes_ = size;
  model.read({static_cast<const std::byte*>(mapping), size});
  return model;
}

ModelFile ModelFile::parse(std::string name, std::span<const std::byte> bytes) {
  ModelFile model;
  model.name_ = std::move(name);
  model.read(bytes);
  return model;
}

ModelFile::ModelFile(ModelFile&& other) noexcept
    : name_(std::move(other.name_)),
      version_(std::move(other.version_)),
      hash_(std::move(other.hash_)),
      mapping_(std::exchange(other.mapping_, nullptr)),
      mapped_bytes_(other.mapped_bytes_),
      tensors_(std::move(other.tensors_)),
      labels_(std::move(other.labels_)),
      sizes_(std::move(other.sizes_)) {}

ModelFile::~ModelFile() {
  if (mapping_) ::munmap(mapping_, mapped_bytes_);
}

void ModelFile::fail(const std::string& why) const { throw Error(name_ + ": " + why); }

void ModelFile::read(std::span<const std::byte> bytes) {
  uint64_t header_size = 0;
  const size_t start = kMagic.size() + sizeof header_size;
  if (bytes.size() < start || std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) != 0) fail("this is no parser model");
  std::memcpy(&header_size, bytes.data() + kMagic.size(), sizeof header_size);
  if (header_size > bytes.size() - start) fail("the parser model is cut off in its header");
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + start, header_size);
  const std::span<const std::byte> blob = bytes.subspan(start + header_size);
  if (!is_valid_utf8(text)) fail("the parser model's header is damaged");
  try {
    const nlohmann::json header = nlohmann::json::parse(text);
    if (header.at("format").get<uint64_t>() != kFormat) fail("the parser model has another format than this program reads");
    if (header.at("feature_set").get<std::string>() != kFeatureSet) {
      fail("the parser model was trained with the features \"" + header.at("feature_set").get<std::string>() + "\", this program has \"" +
           std::string(kFeatureSet) + "\"");
    }
    version_ = header.at("version").get<std::string>();
    hash_ = header.at("hash").get<std::string>();
    if (header.at("bytes").get<uint64_t>() != blob.size()) fail("the parser model is cut off or too long");
    if (content_hash(blob) != hash_) fail("the parser model is damaged: its hash is not the one in its manifest");
    for (const auto& [key, list] : header.at("labels").items()) labels_[key] = list.get<std::vector<std::string>>();
    for (const auto& [key, value] : header.at("sizes").items()) sizes_[key] = value.get<size_t>();
    for (const auto& entry : header.at("tensors")) {
      Tensor t;
      t.type = entry.at("type").get<std::string>();
      t.rows = entry.at("rows").get<size_t>();
      t.columns = entry.at("columns").get<size_t>();
      const auto offset = entry.at("offset").get<size_t>(), length = entry.at("bytes").get<size_t>();
      const size_t width = element_size(t.type);
      if (width == 0 || offset > blob.size() || length > blob.size() - offset || offset % width != 0) fail("the parser model's table of tensors is wrong");
      if (t.type != "text" && (t.rows > length || t.columns > length || t.rows * t.columns * width != length)) {
        fail("the parser model's table of tensors is wrong");
      }
      t.data = blob.subspan(offset, length);
      if (reinterpret_cast<uintptr_t>(t.data.data()) % width != 0) fail("the parser model is not aligned");
      tensors_[entry.at("name").get<std::string>()] = t;
    }
  } catch (const nlohmann::json::exception&) {
    fail("the parser model's header is damaged");
  }
}

const ModelFile::Tensor& ModelFile::tensor(std::string_view name, std::string_view type) const {
  const auto found = tensors_.find(name);
  if (found == tensors_.end() || found->second.type != type) fail("the parser model lacks \"" + std::string(name) + "\"");
  return found->second;
}

QuantizedMatrix ModelFile::matrix(std::string_view name) const {
  const Tensor& t = tensor(name, "i8");
  const std::span<const float> scales = floats(std::string(name) + ".scale");
  if (scales.size() != t.rows) fail("the parser model's \"" + std::string(name) + "\" has not one scale a row");
  return {reinterpret_cast<const int8_t*>(t.data.data()), scales.data(), t.rows, t.columns};
}

std::span<const float> ModelFile::floats(std::string_view name) const {
  const Tensor& t = tensor(name, "f32");
  return {reinterpret_cast<const float*>(t.data.data()), t.rows * t.columns};
}

std::span<const uint8_t> ModelFile::bytes(std::string_view name, size_t rows, size_t columns) const {
  const Tensor& t = tensor(name, "u8");
  if (t.rows != rows || t.columns != columns) fail("the parser model's \"" + std::string(name) + "\" has another size than its labels");
  return {reinterpret_cast<const uint8_t*>(t.data.data()), rows * columns};
}

std::vector<std::string_view> ModelFile::lines(std::string_view name) const {
  const Tensor& t = tensor(name, "text");
  std::string_view text(reinterpret_cast<const char*>(t.data.data()), t.data.size());
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    out.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return out;
}

const std::vector<std::string>& ModelFile::labels(const std::string& kind) const {
  const auto found = labels_.find(kind);
  if (found == labels_.end() || found->second.empty()) fail("the parser model has no labels for \"" + kind + "\"");
  return found->second;
}

size_t ModelFile::size(const std::string& name) const {
  const auto found = sizes_.find(name);
  if (found == sizes_.end()) fail("the parser model's manifest lacks the size \"" + name + "\"");
  return found->second;
}

}  // namespace demarche
