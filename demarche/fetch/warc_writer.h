// Responses -> a WARC 1.1 archive, each record a gzip member of its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace demarche::fetch {

class WarcWriter {
 public:
  // Opens the archive for writing on. `whole`: the bytes of it that are known to be whole; what an interrupted run left behind them is
  // cut off. UINT64_MAX: all. Throws Error.
  WarcWriter(const std::filesystem::path& path, uint64_t whole, std::string_view software, std::string_view date);
  ~WarcWriter();
  WarcWriter(const WarcWriter&) = delete;
  WarcWriter& operator=(const WarcWriter&) = delete;

  // `head`: status line and fields, with the empty line at their end. Throws Error when the disk is full.
  void write_response(std::string_view url, std::string_view date, std::string_view address, std::string_view head, std::string_view body);
  // Bytes written so far, all of them on the disk.
  uint64_t sync();

 private:
  void write_record(std::string_view type, std::string_view fields, std::string_view date, std::string_view block);
  std::string path_;
  int fd_ = -1;
  uint64_t size_ = 0;
};

}  // namespace demarche::fetch
