// One request over libcurl: http and https alone, no proxies, no cookies, addresses checked as they are connected to. Private to fetch/.
#pragma once

#include <curl/curl.h>

#include <string>

namespace demarche::fetch {

struct TransferLimits {
  std::string user_agent;
  double timeout_seconds = 30;
  uint64_t max_bytes = 16 << 20;
  bool allow_private = false;
};

class Transfer {
 public:
  // `etag` and `last_modified`: of what we hold; empty when we hold nothing. `cut`: a longer body is cut, not refused.
  Transfer(const std::string& url, const std::string& etag, const std::string& last_modified, bool cut, const TransferLimits& limits);
  ~Transfer();
  Transfer(const Transfer&) = delete;  // libcurl holds its address
  Transfer& operator=(const Transfer&) = delete;

  CURL* handle() const { return easy_; }
  // After the end: empty, or what went wrong as the end of a sentence, and whether another try may help.
  std::string why_failed(CURLcode code) const;
  bool may_pass(CURLcode code) const;
  int status() const;
  std::string address() const;

  std::string head, body;

 private:
  static size_t take_head(char* bytes, size_t size, size_t count, void* self);
  static size_t take_body(char* bytes, size_t size, size_t count, void* self);
  static curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);

  CURL* easy_;
  curl_slist* fields_ = nullptr;
  uint64_t max_bytes_;
  bool cut_, allow_private_;
  bool too_large_ = false, was_private_ = false;
};

}  // namespace demarche::fetch
