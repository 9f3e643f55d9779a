#include <bzlib.h>

#include <algorithm>
#include <utility>

#include "demarche/ingest/stream.h"

namespace demarche::ingest {
namespace {

constexpr size_t kAhead = size_t{32} << 10;

class Bzip2Reader : public ByteReader {
 public:
  explicit Bzip2Reader(std::unique_ptr<Input> in) : in_(std::move(in)) { start(); }
  Bzip2Reader(const Bzip2Reader&) = delete;
  Bzip2Reader& operator=(const Bzip2Reader&) = delete;
  ~Bzip2Reader() override { BZ2_bzDecompressEnd(&z_); }

  size_t read(char* out, size_t size) override {
    size = std::min(size, size_t{1} << 30);
    while (!done_) {
      const std::string_view input = in_->peek(kAhead);
      if (input.empty()) return finish(!in_->error().empty() ? in_->error() : between_streams_ ? "" : "is cut off: its bzip2 data end too early");
      if (between_streams_) {
        // Parallel compressors write one stream after the other.
        BZ2_bzDecompressEnd(&z_);
        start();
        between_streams_ = false;
      }
      z_.next_in = const_cast<char*>(input.data());
      z_.avail_in = static_cast<unsigned>(input.size());
      z_.next_out = out;
      z_.avail_out = static_cast<unsigned>(size);
      const int status = BZ2_bzDecompress(&z_);
      in_->skip(input.size() - z_.avail_in);
      const size_t got = size - z_.avail_out;
      if (status == BZ_STREAM_END) between_streams_ = true;
      else if (status != BZ_OK) finish("is damaged: its bzip2 data cannot be decompressed");
      if (got > 0) return got;
    }
    return 0;
  }

 private:
  void start() {
    z_ = {};
    DEMARCHE_CHECK(BZ2_bzDecompressInit(&z_, 0, 0) == BZ_OK);
  }
  size_t finish(std::string why) {
    done_ = true;
    error_ = std::move(why);
    return 0;
  }
  std::unique_ptr<Input> in_;
  bz_stream z_ = {};
  bool between_streams_ = false, done_ = false;
};

}  // namespace

std::unique_ptr<ByteReader> bunzip2(std::unique_ptr<Input> compressed) { return std::make_unique<Bzip2Reader>(std::move(compressed)); }

}  // namespace demarche::ingest
