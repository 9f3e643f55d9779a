// gzip, zstd, bzip2, brotli and deflate over an Input. The first three are a row of members, as web archives are written; where one is
// damaged, reading can go on at the next.
#include <brotli/decode.h>
#include <bzlib.h>
#include <libdeflate.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <type_traits>
#include <utility>

#include "demarche/ingest/stream.h"

namespace demarche::ingest {
namespace {

constexpr size_t kBlock = size_t{32} << 10;
// zstd frames may ask for windows up to 2 GiB; more than this much memory is refused (the reference tool's own default is 27).
constexpr int kMaxZstdWindowLog = 27;
// A damaged member may swallow those behind it before the damage shows: the next is sought from its beginning on, within this many bytes.
constexpr size_t kLookBack = size_t{4} << 20;
// Members up to these sizes are decompressed whole, which takes less than half the time; larger ones in pieces.
constexpr size_t kWholePacked = size_t{128} << 10, kWholeUnpacked = size_t{2} << 20;

enum class Step : uint8_t { more, member_end, damaged };
struct Moved {
  Step step = Step::more;
  size_t used = 0, made = 0;
};

class Zlib {
 public:
  // As inflateInit2 has it: 31 gzip, 15 zlib, -15 bare.
  explicit Zlib(int window_bits) { DEMARCHE_CHECK(inflateInit2(&z_, window_bits) == Z_OK); }
  Zlib(const Zlib&) = delete;
  Zlib& operator=(const Zlib&) = delete;
  ~Zlib() { inflateEnd(&z_); }
  void reset() { inflateReset(&z_); }
  Moved move(std::string_view in, char* out, size_t size) {
    z_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    z_.avail_in = static_cast<uInt>(in.size());
    z_.next_out = reinterpret_cast<Bytef*>(out);
    z_.avail_out = static_cast<uInt>(size);
    const int status = inflate(&z_, Z_NO_FLUSH);
    const Step step = status == Z_STREAM_END ? Step::member_end : status == Z_OK || status == Z_BUF_ERROR ? Step::more : Step::damaged;
    return {step, in.size() - z_.avail_in, size - z_.avail_out};
  }

 private:
  z_stream z_ = {};
};

class Gzip : public Zlib {
 public:
  Gzip() : Zlib(31), whole_(libdeflate_alloc_decompressor()) { DEMARCHE_CHECK(whole_ != nullptr); }
  ~Gzip() { libdeflate_free_decompressor(whole_); }
  // The member that `in` begins with; member_end when all of it is there, fits and has the right checksum, else damaged or more.
  Moved move_whole(std::string_view in, char* out, size_t size) {
    Moved moved;
    const libdeflate_result status = libdeflate_gzip_decompress_ex(whole_, in.data(), in.size(), out, size, &moved.used, &moved.made);
    moved.step = status == LIBDEFLATE_SUCCESS ? Step::member_end : status == LIBDEFLATE_BAD_DATA ? Step::damaged : Step::more;
    return moved;
  }
  static constexpr const char* kName = "gzip";
  static constexpr std::string_view kMagic = std::string_view("\x1f\x8b\x08", 3);
  static constexpr bool kMembers = true;

 private:
  libdeflate_decompressor* whole_;
};

class Zstd {
 public:
  Zstd() : z_(ZSTD_createDStream()) {
    DEMARCHE_CHECK(z_ != nullptr);
    ZSTD_DCtx_setParameter(z_, ZSTD_d_windowLogMax, kMaxZstdWindowLog);
  }
  Zstd(const Zstd&) = delete;
  Zstd& operator=(const Zstd&) = delete;
  ~Zstd() { ZSTD_freeDStream(z_); }
  static constexpr const char* kName = "zstd";
  static constexpr std::string_view kMagic = std::string_view("\x28\xb5\x2f\xfd", 4);
  static constexpr bool kMembers = true;
  void reset() { ZSTD_DCtx_reset(z_, ZSTD_reset_session_only); }
  Moved move(std::string_view in, char* out, size_t size) {
    ZSTD_inBuffer from = {in.data(), in.size(), 0};
    ZSTD_outBuffer to = {out, size, 0};
    const size_t status = ZSTD_decompressStream(z_, &to, &from);
    return {ZSTD_isError(status) ? Step::damaged : status == 0 ? Step::member_end : Step::more, from.pos, to.pos};
  }

 private:
  ZSTD_DStream* z_;
};

class Bzip2 {
 public:
  Bzip2() { start(); }
  Bzip2(const Bzip2&) = delete;
  Bzip2& operator=(const Bzip2&) = delete;
  ~Bzip2() { BZ2_bzDecompressEnd(&z_); }
  static constexpr const char* kName = "bzip2";
  static constexpr std::string_view kMagic = "BZh";
  static constexpr bool kMembers = true;
  void reset() {
    BZ2_bzDecompressEnd(&z_);
    start();
  }
  Moved move(std::string_view in, char* out, size_t size) {
    z_.next_in = const_cast<char*>(in.data());
    z_.avail_in = static_cast<unsigned>(in.size());
    z_.next_out = out;
    z_.avail_out = static_cast<unsigned>(size);
    const int status = BZ2_bzDecompress(&z_);
    return {status == BZ_STREAM_END ? Step::member_end : status == BZ_OK ? Step::more : Step::damaged, in.size() - z_.avail_in, size - z_.avail_out};
  }

 private:
  void start() {
    z_ = {};
    DEMARCHE_CHECK(BZ2_bzDecompressInit(&z_, 0, 0) == BZ_OK);
  }
  bz_stream z_ = {};
};

class Brotli {
 public:
  Brotli() : state_(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)) { DEMARCHE_CHECK(state_ != nullptr); }
  Brotli(const Brotli&) = delete;
  Brotli& operator=(const Brotli&) = delete;
  ~Brotli() { BrotliDecoderDestroyInstance(state_); }
  static constexpr const char* kName = "brotli";
  static constexpr std::string_view kMagic = {};
  static constexpr bool kMembers = false;
  void reset() {}
  Moved move(std::string_view in, char* out, size_t size) {
    size_t left = in.size(), room = size;
    const auto* from = reinterpret_cast<const uint8_t*>(in.data());
    auto* to = reinterpret_cast<uint8_t*>(out);
    const BrotliDecoderResult status = BrotliDecoderDecompressStream(state_, &left, &from, &room, &to, nullptr);
    const Step step = status == BROTLI_DECODER_RESULT_SUCCESS ? Step::member_end : status == BROTLI_DECODER_RESULT_ERROR ? Step::damaged : Step::more;
    return {step, in.size() - left, size - room};
  }

 private:
  BrotliDecoderState* state_;
};

class Deflate : public Zlib {
 public:
  explicit Deflate(bool with_header) : Zlib(with_header ? 15 : -15) {}
  static constexpr const char* kName = "deflate";
  static constexpr std::string_view kMagic = {};
  static constexpr bool kMembers = false;
};

template <class Codec>
class Decompressor : public ByteReader {
 public:
  template <class... Arguments>
  explicit Decompressor(std::unique_ptr<Input> in, Arguments... arguments) : in_(std::move(in)), codec_(arguments...) {}

  size_t read(char* out, size_t size) override {
    size = std::min(size, size_t{1} << 30);
    while (!done_) {
      if (unpacked_begin_ < unpacked_end_) return hand_out(out, size);
      if (between_members_) {
        const std::string_view input = in_->peek(kBlock);
        // Tapes and some writers pad with zeros; anything else after a member must be a member.
        if (input.find_first_not_of('\0') == std::string_view::npos || !Codec::kMembers) return finish(in_->error());
        begin_member();
      }
      if (std::exchange(untried_, false) && take_whole_member()) continue;
      const std::string_view input = in_->peek(kBlock);
      const Moved moved = codec_.move(input, out, size);
      if (Codec::kMembers) remember(input.substr(0, moved.used));
      in_->skip(moved.used);
      made_any_ = made_any_ || moved.made > 0;
      between_members_ = moved.step == Step::member_end;
      if (moved.step == Step::damaged) finish(std::string("is damaged: its ") + Codec::kName + " data cannot be decompressed");
      if (moved.made > 0) return moved.made;
      if (moved.step == Step::more && moved.used == 0) {
        if (!input.empty()) return finish(std::string("is damaged: its ") + Codec::kName + " data cannot be decompressed");
        return finish(in_->error().empty() ? std::string("is cut off: its ") + Codec::kName + " data end too early" : in_->error());
      }
    }
    return 0;
  }

  bool at_member_start() const override { return !made_any_; }

  bool recover(std::string_view begins_with) override {
    if (!Codec::kMembers || !done_ || error_.empty() || !in_->error().empty()) return false;
    if (!member_.empty()) in_->unread(std::string_view(member_).substr(1));
    member_.clear();
    for (;;) {
      const std::string_view block = in_->peek(kBlock * 2);
      const size_t found = block.find(Codec::kMagic);
      if (found == std::string_view::npos) {
        if (block.size() < kBlock * 2) return false;
        in_->skip(block.size() - Codec::kMagic.size());
        continue;
      }
      in_->skip(found);
      if (begins(in_->peek(kBlock), begins_with)) break;
      in_->skip(1);
    }
    begin_member();
    done_ = false;
    error_.clear();
    return true;
  }

 private:
  static bool begins(std::string_view compressed, std::string_view with) {
    if constexpr (Codec::kMembers) {
      Codec codec;
      std::array<char, 64> out{};
      const Moved moved = codec.move(compressed, out.data(), out.size());
      return moved.step != Step::damaged && moved.made >= with.size() && moved.made > 0 && std::string_view(out.data(), with.size()) == with;
    } else {
      return false;
    }
  }
  // Takes the next member into `unpacked_` if it is small and sound; the others are left to be read in pieces.
  bool take_whole_member() {
    if constexpr (std::is_same_v<Codec, Gzip>) {
      if (unpacked_.empty()) unpacked_.resize(kWholeUnpacked);
      const Moved moved = codec_.move_whole(in_->peek(kWholePacked), unpacked_.data(), unpacked_.size());
      if (moved.step != Step::member_end) return false;
      in_->skip(moved.used);
      unpacked_begin_ = 0;
      unpacked_end_ = moved.made;
      between_members_ = true;
      return true;
    } else {
      return false;
    }
  }
  size_t hand_out(char* out, size_t size) {
    size = std::min(size, unpacked_end_ - unpacked_begin_);
    std::memcpy(out, unpacked_.data() + unpacked_begin_, size);
    unpacked_begin_ += size;
    made_any_ = true;
    return size;
  }
  void begin_member() {
    codec_.reset();
    between_members_ = made_any_ = false;
    untried_ = true;
    member_.clear();
  }
  void remember(std::string_view bytes) {
    if (member_.size() + bytes.size() > kLookBack) member_.erase(0, member_.size() / 2);
    member_.append(bytes);
  }
  size_t finish(std::string why) {
    done_ = true;
    error_ = std::move(why);
    return 0;
  }
  std::unique_ptr<Input> in_;
  Codec codec_;
  std::string member_;  // the compressed bytes of the member so far, or the last of them
  std::string unpacked_;  // a whole member; its bytes from `unpacked_begin_` on have not been handed out yet
  size_t unpacked_begin_ = 0, unpacked_end_ = 0;
  bool between_members_ = false, done_ = false, made_any_ = false;
  bool untried_ = true;  // whether the member may be taken whole
};

}  // namespace

std::unique_ptr<ByteReader> gunzip(std::unique_ptr<Input> compressed) { return std::make_unique<Decompressor<Gzip>>(std::move(compressed)); }
std::unique_ptr<ByteReader> unzstd(std::unique_ptr<Input> compressed) { return std::make_unique<Decompressor<Zstd>>(std::move(compressed)); }
std::unique_ptr<ByteReader> bunzip2(std::unique_ptr<Input> compressed) { return std::make_unique<Decompressor<Bzip2>>(std::move(compressed)); }
std::unique_ptr<ByteReader> unbrotli(std::unique_ptr<Input> compressed) { return std::make_unique<Decompressor<Brotli>>(std::move(compressed)); }
std::unique_ptr<ByteReader> inflate_deflate(std::unique_ptr<Input> compressed) {
  // RFC 9110: zlib's format; many servers send the bare one.
  const std::string_view head = compressed->peek(2);
  const bool zlib = head.size() == 2 && (head[0] & 0x0f) == 8 && (static_cast<unsigned char>(head[0]) * 256u + static_cast<unsigned char>(head[1])) % 31 == 0;
  return std::make_unique<Decompressor<Deflate>>(std::move(compressed), zlib);
}

}  // namespace demarche::ingest
