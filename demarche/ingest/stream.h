// Bytes of files and standard input, decompressed on the way, in constant memory. For ingest/ and for commands that read other files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "demarche/core/error.h"

namespace demarche::ingest {

// A run of bytes from the world. Virtual since it is the edge of the world: a file, or a decompressor over another reader.
class ByteReader {
 public:
  virtual ~ByteReader() = default;
  // Up to `size` bytes into `out`; 0 at the end or on an error. REQUIRES: size > 0.
  virtual size_t read(char* out, size_t size) = 0;
  // Empty, or what went wrong, as the end of a sentence that begins with the path: "cannot be read: Input/output error".
  const std::string& error() const { return error_; }
  // After an error in compressed data: goes on at the next member whose decompressed bytes begin with `begins_with`; false when there is none.
  virtual bool recover(std::string_view begins_with) {
    static_cast<void>(begins_with);
    return false;
  }
  // Whether nothing of the member being decompressed has come out yet: an error then is not one of what was read before.
  virtual bool at_member_start() const { return false; }

 protected:
  std::string error_;
};

// "-" is standard input. Fails with the end of a sentence ("cannot be opened: Permission denied").
Result<std::unique_ptr<ByteReader>> open_file(const std::string& path);
std::unique_ptr<ByteReader> open_bytes(std::string bytes);

// A reader with a buffer in front: peeks, lines, bounded wholes. Takes off one layer of gzip, zstd or bzip2 when asked to.
class Input {
 public:
  explicit Input(std::unique_ptr<ByteReader> reader);

  // Looks at the first bytes and puts a decompressor in between if they are gzip's, zstd's or bzip2's.
  void decompress();
  // The next bytes without taking them: `size` of them, fewer only at the end. Valid until the next call.
  std::string_view peek(size_t size);
  void skip(size_t size);  // REQUIRES: size <= what the last peek gave
  // Takes all that is left, or as many bytes as `limit`; false when there are more, and then the rest is left unread.
  bool read_rest(std::string& out, uint64_t limit);
  // Takes `size` bytes; fewer at the end.
  size_t read_exactly(std::string& out, uint64_t size);
  enum class Line : uint8_t { line, too_long, end };
  // The next line without its line end. A longer one than `limit` is passed over whole.
  Line read_line(std::string& out, uint64_t limit);
  bool at_end() { return peek(1).empty(); }
  // Puts bytes back in front.
  void unread(std::string_view bytes);
  // ByteReader's; what is in the buffer is dropped.
  bool recover(std::string_view begins_with);
  bool at_member_start() const { return reader_->at_member_start(); }
  bool compressed() const { return compressed_; }
  const std::string& error() const { return reader_->error(); }

 private:
  bool fill();  // more bytes into the buffer; false at the end

  std::unique_ptr<ByteReader> reader_;
  std::string buffer_;
  size_t begin_ = 0;  // bytes before it are taken
  bool compressed_ = false;
};

// Decompressors over a whole buffered input; gzip, zstd and bzip2 go on over several members.
std::unique_ptr<ByteReader> gunzip(std::unique_ptr<Input> compressed);
std::unique_ptr<ByteReader> unzstd(std::unique_ptr<Input> compressed);
std::unique_ptr<ByteReader> bunzip2(std::unique_ptr<Input> compressed);
std::unique_ptr<ByteReader> unbrotli(std::unique_ptr<Input> compressed);  // has no mark of its own: only where a header says so
std::unique_ptr<ByteReader> inflate_deflate(std::unique_ptr<Input> compressed);  // HTTP's "deflate", with or without zlib's header

}  // namespace demarche::ingest
