#include "demarche/ingest/stream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace demarche::ingest {
namespace {

constexpr size_t kBlock = size_t{64} << 10;

class FileReader : public ByteReader {
 public:
  FileReader(int fd, bool owned) : fd_(fd), owned_(owned) {}
  FileReader(const FileReader&) = delete;
  FileReader& operator=(const FileReader&) = delete;
  ~FileReader() override {
    if (owned_) ::close(fd_);
  }
  size_t read(char* out, size_t size) override {
    if (!error_.empty()) return 0;
    for (;;) {
      const ssize_t got = ::read(fd_, out, size);
      if (got >= 0) return static_cast<size_t>(got);
      if (errno == EINTR) continue;
      error_ = "cannot be read: " + std::generic_category().message(errno);
      return 0;
    }
  }

 private:
  int fd_;
  bool owned_;
};

class MemoryReader : public ByteReader {
 public:
  explicit MemoryReader(std::string bytes) : bytes_(std::move(bytes)) {}
  size_t read(char* out, size_t size) override {
    const size_t n = std::min(size, bytes_.size() - at_);
    std::memcpy(out, bytes_.data() + at_, n);
    at_ += n;
    return n;
  }

 private:
  std::string bytes_;
  size_t at_ = 0;
};

}  // namespace

Result<std::unique_ptr<ByteReader>> open_file(const std::string& path) {
  using Out = Result<std::unique_ptr<ByteReader>>;
  if (path == "-") return Out(std::make_unique<FileReader>(STDIN_FILENO, false));
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return Out::failure("cannot be opened: " + std::generic_category().message(errno));
  return Out(std::make_unique<FileReader>(fd, true));
}

std::unique_ptr<ByteReader> open_bytes(std::string bytes) { return std::make_unique<MemoryReader>(std::move(bytes)); }

Input::Input(std::unique_ptr<ByteReader> reader) : reader_(std::move(reader)) {}

void Input::decompress() {
  const std::string magic(peek(4));  // a copy: the next peek may move the buffer
  const bool gzip = magic.substr(0, 3) == std::string_view("\x1f\x8b\x08", 3);
  // A zstd frame, or one of the sixteen skippable frames (as at the head of .warc.zst).
  const bool zstd = magic == std::string_view("\x28\xb5\x2f\xfd", 4) ||
                    (magic.size() == 4 && (magic[0] & 0xf0) == 0x50 && magic.substr(1) == std::string_view("\x2a\x4d\x18", 3));
  const bool bzip2 = magic.size() == 4 && magic.substr(0, 3) == "BZh" && magic[3] >= '1' && magic[3] <= '9' && peek(10).substr(4) == "1AY&SY";
  if (!gzip && !zstd && !bzip2) return;
  auto inner = std::make_unique<Input>(std::move(reader_));
  inner->buffer_ = std::move(buffer_);
  inner->begin_ = begin_;
  buffer_.clear();
  begin_ = 0;
  compressed_ = true;
  reader_ = gzip ? gunzip(std::move(inner)) : zstd ? unzstd(std::move(inner)) : bunzip2(std::move(inner));
}

bool Input::fill() {
  if (begin_ > 0) {
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
  const size_t old = buffer_.size();
  buffer_.resize(old + kBlock);
  const size_t got = reader_->read(buffer_.data() + old, kBlock);
  buffer_.resize(old + got);
  return got > 0;
}

std::string_view Input::peek(size_t size) {
  while (buffer_.size() - begin_ < size && fill()) {
  }
  return std::string_view(buffer_).substr(begin_, size);
}

void Input::skip(size_t size) { begin_ += size; }

bool Input::read_rest(std::string& out, uint64_t limit) {
  out.clear();
  for (;;) {
    const std::string_view block = peek(kBlock);
    if (block.empty()) return true;
    if (out.size() + block.size() > limit) {
      const auto fits = static_cast<size_t>(limit - out.size());
      out.append(block.substr(0, fits));
      skip(fits);
      return false;
    }
    out.append(block);
    skip(block.size());
  }
}

size_t Input::read_exactly(std::string& out, uint64_t size) {
  out.clear();
  while (out.size() < size) {
    const std::string_view block = peek(static_cast<size_t>(std::min<uint64_t>(size - out.size(), kBlock)));
    if (block.empty()) break;
    out.append(block);
    skip(block.size());
  }
  return out.size();
}

Input::Line Input::read_line(std::string& out, uint64_t limit) {
  out.clear();
  bool any = false, too_long = false;
  for (;;) {
    // What is in the buffer already is enough: a line seldom needs a second block.
    std::string_view block = std::string_view(buffer_).substr(begin_);
    if (block.empty()) block = peek(1).empty() ? std::string_view() : std::string_view(buffer_).substr(begin_);
    if (block.empty()) break;
    any = true;
    const size_t newline = block.find('\n');
    const std::string_view part = block.substr(0, newline);
    if (out.size() + part.size() > limit) too_long = true;
    if (!too_long) out.append(part);
    skip(newline == std::string_view::npos ? block.size() : newline + 1);
    if (newline != std::string_view::npos) break;
  }
  if (!any) return Line::end;
  if (too_long) {
    out.clear();
    return Line::too_long;
  }
  if (!out.empty() && out.back() == '\r') out.pop_back();
  return Line::line;
}

void Input::unread(std::string_view bytes) {
  const std::string rest = buffer_.substr(begin_);
  buffer_ = std::string(bytes);
  buffer_ += rest;
  begin_ = 0;
}

bool Input::recover(std::string_view begins_with) {
  buffer_.clear();
  begin_ = 0;
  return reader_->recover(begins_with);
}

}  // namespace demarche::ingest
