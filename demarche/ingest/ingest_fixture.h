// What the tests of this stage share: a folder of their own, packers, and pages printed one a line.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "demarche/ingest/ingest.h"

namespace demarche {

class IngestFixture : public testing::Test {
 protected:
  void SetUp() override {
    dir_ = std::filesystem::temp_directory_path() / ("demarche_ingest_test." + std::to_string(getpid()));
    std::filesystem::remove_all(dir_);
    std::filesystem::create_directories(dir_);
  }
  void TearDown() override { std::filesystem::remove_all(dir_); }

  std::string write(const std::string& name, const std::string& bytes) {
    const std::filesystem::path path = dir_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }

  // One line a page ("name format size") or failure ("! why"), paths without the folder.
  std::string read(std::vector<std::string> paths, IngestOptions options = {}) {
    PageSource pages(std::move(paths), options);
    std::string out;
    while (const auto page = pages.next()) {
      std::string line;
      if (*page) {
        static const char* kFormats[] = {"html", "text", "article"};
        line = (*page)->read_from + " " + kFormats[static_cast<int>((*page)->format)] + " " + std::to_string((*page)->bytes.size());
      } else {
        line = "! " + page->error();
      }
      for (size_t at = line.find(dir_.string() + "/"); at != std::string::npos; at = line.find(dir_.string() + "/")) line.erase(at, dir_.string().size() + 1);
      out += line + "\n";
    }
    return out;
  }

  static std::string gzip(const std::string& bytes) {
    z_stream z = {};
    deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&z, bytes.size()) + 64, '\0');
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    z.avail_in = static_cast<uInt>(bytes.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    deflate(&z, Z_FINISH);
    out.resize(z.total_out);
    deflateEnd(&z);
    return out;
  }

  static std::string zstd(const std::string& bytes) {
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
    return out;
  }

  std::filesystem::path dir_;
};

inline const std::string kHtml = "<!doctype html><html><body><p>Talks go on.</p></body></html>";
inline const std::string kText = "Talks go on in Strelsau, the minister said.\n";

inline std::string warc_record(const std::string& type, const std::string& url, const std::string& block) {
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: " + url + "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

}  // namespace demarche
