#include "demarche/fetch/warc_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <system_error>

#include "demarche/core/error.h"
#include "demarche/ingest/ingest.h"

namespace demarche::fetch {
namespace {

std::string gzip_member(std::string_view bytes) {
  z_stream z = {};
  DEMARCHE_CHECK(deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&z, bytes.size()), '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  z.avail_in = static_cast<uInt>(bytes.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  DEMARCHE_CHECK(deflate(&z, Z_FINISH) == Z_STREAM_END);
  out.resize(out.size() - z.avail_out);
  deflateEnd(&z);
  return out;
}

// A name for a record made of what it holds (RFC 9562, version 8), so that the same fetch gives the same bytes.
std::string record_id(std::string_view content) {
  std::string hex = content_id(content).substr(7, 32);
  hex[12] = '8';
  hex[16] = 'a';
  return "<urn:uuid:" + hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" + hex.substr(20) + ">";
}

}  // namespace

WarcWriter::WarcWriter(const std::filesystem::path& path, uint64_t whole, std::string_view software, std::string_view date) : path_(path.string()) {
  fd_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (fd_ < 0) throw Error(path_ + " cannot be written: " + std::generic_category().message(errno));
  struct stat st = {};
  if (::fstat(fd_, &st) != 0) throw Error(path_ + " cannot be read: " + std::generic_category().message(errno));
  size_ = std::min(static_cast<uint64_t>(st.st_size), whole);
  if (size_ < static_cast<uint64_t>(st.st_size) && ::ftruncate(fd_, static_cast<off_t>(size_)) != 0) throw Error(path_ + " cannot be cut: " + std::generic_category().message(errno));
  if (size_ == 0) write_record("warcinfo", "Content-Type: application/warc-fields\r\n", date, "software: " + std::string(software) + "\r\nformat: WARC File Format 1.1\r\n");
}

WarcWriter::~WarcWriter() {
  if (fd_ >= 0) ::close(fd_);
}

void WarcWriter::write_record(std::string_view type, std::string_view fields, std::string_view date, std::string_view block) {
  std::string record = "WARC/1.1\r\nWARC-Type: " + std::string(type) + "\r\nWARC-Date: " + std::string(date) + "\r\n" + std::string(fields);
  record += "WARC-Record-ID: " + record_id(record + std::string(block)) + "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n";
  record += block;
  record += "\r\n\r\n";
  const std::string packed = gzip_member(record);
  for (size_t at = 0; at < packed.size();) {
    const ssize_t written = ::pwrite(fd_, packed.data() + at, packed.size() - at, static_cast<off_t>(size_ + at));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) throw Error(path_ + " cannot be written: " + std::generic_category().message(errno));
    at += static_cast<size_t>(written);
  }
  size_ += packed.size();
}

void WarcWriter::write_response(std::string_view url, std::string_view date, std::string_view address, std::string_view head, std::string_view body) {
  std::string fields = "WARC-Target-URI: " + std::string(url) + "\r\nContent-Type: application/http;msgtype=response\r\n";
  if (!address.empty()) fields += "WARC-IP-Address: " + std::string(address) + "\r\n";
  fields += "WARC-Payload-Digest: " + content_id(body) + "\r\n";
  write_record("response", fields, date, std::string(head) + std::string(body));
}

uint64_t WarcWriter::sync() {
  if (::fdatasync(fd_) != 0) throw Error(path_ + " cannot be written: " + std::generic_category().message(errno));
  return size_;
}

}  // namespace demarche::fetch
