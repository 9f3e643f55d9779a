#include "demarche/fetch/transfer.h"

#include <sys/socket.h>

#include <algorithm>
#include <new>

#include "demarche/fetch/address.h"

namespace demarche::fetch {
namespace {

constexpr size_t kMaxHead = size_t{256} << 10;
constexpr long kConnectTimeoutMs = 10'000;

}  // namespace

Transfer::Transfer(const std::string& url, const std::string& etag, const std::string& last_modified, bool cut, const TransferLimits& limits)
    : easy_(curl_easy_init()), max_bytes_(limits.max_bytes), cut_(cut), allow_private_(limits.allow_private) {
  if (easy_ == nullptr) throw std::bad_alloc();
  const auto add = [&](const std::string& field) { fields_ = curl_slist_append(fields_, field.c_str()); };
  add("Accept: text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5");
  add("Accept-Language: en,*;q=0.5");
  if (!etag.empty()) add("If-None-Match: " + etag);
  if (!last_modified.empty()) add("If-Modified-Since: " + last_modified);
  curl_easy_setopt(easy_, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, fields_);
  curl_easy_setopt(easy_, CURLOPT_USERAGENT, limits.user_agent.c_str());
  curl_easy_setopt(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy_, CURLOPT_FOLLOWLOCATION, 0L);
  // A proxy would connect where we cannot see the address.
  curl_easy_setopt(easy_, CURLOPT_PROXY, "");
  curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  // Bodies are kept as they were sent, so that a small compressed one cannot fill the memory.
  curl_easy_setopt(easy_, CURLOPT_ACCEPT_ENCODING, "gzip");
  curl_easy_setopt(easy_, CURLOPT_HTTP_CONTENT_DECODING, 0L);
  curl_easy_setopt(easy_, CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs);
  curl_easy_setopt(easy_, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.timeout_seconds * 1000));
  if (!cut) curl_easy_setopt(easy_, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits.max_bytes));
  curl_easy_setopt(easy_, CURLOPT_HEADERFUNCTION, &Transfer::take_head);
  curl_easy_setopt(easy_, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, &Transfer::take_body);
  curl_easy_setopt(easy_, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy_, CURLOPT_OPENSOCKETFUNCTION, &Transfer::open_socket);
  curl_easy_setopt(easy_, CURLOPT_OPENSOCKETDATA, this);
}

Transfer::~Transfer() {
  curl_easy_cleanup(easy_);
  curl_slist_free_all(fields_);
}

size_t Transfer::take_head(char* bytes, size_t size, size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::string_view line(bytes, size * count);
  // A status line begins a response; before the last there may be some "100 Continue".
  if (line.substr(0, 5) == "HTTP/") transfer.head.clear();
  if (transfer.head.size() + line.size() > kMaxHead) {
    transfer.too_large_ = true;
    return 0;
  }
  transfer.head += line;
  return line.size();
}

size_t Transfer::take_body(char* bytes, size_t size, size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::string_view block(bytes, size * count);
  const uint64_t room = transfer.max_bytes_ - transfer.body.size();
  if (block.size() > room) transfer.too_large_ = !transfer.cut_;
  transfer.body += block.substr(0, room);
  return transfer.too_large_ ? 0 : block.size();
}

// Called with the address a name was resolved to, right before it is connected to: what the name means a moment later is no matter.
curl_socket_t Transfer::open_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(self);
  if (!transfer.allow_private_ && !is_public_address(&address->addr, static_cast<socklen_t>(address->addrlen))) {
    transfer.was_private_ = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::string Transfer::why_failed(CURLcode code) const {
  if (code == CURLE_OK) return "";
  if (was_private_) return "leads to a private address (--allow-private lets it)";
  if (too_large_ || code == CURLE_FILESIZE_EXCEEDED) return "is larger than the limit of " + std::to_string(max_bytes_ >> 20) + " MiB";
  if (code == CURLE_OPERATION_TIMEDOUT) return "did not answer in time";
  return std::string("cannot be fetched: ") + curl_easy_strerror(code);
}

bool Transfer::may_pass(CURLcode code) const {
  if (was_private_ || too_large_) return false;
  switch (code) {
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_PARTIAL_FILE: return true;
    default: return false;
  }
}

int Transfer::status() const {
  long status = 0;
  curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
  return static_cast<int>(status);
}

std::string Transfer::address() const {
  const char* address = nullptr;
  curl_easy_getinfo(easy_, CURLINFO_PRIMARY_IP, &address);
  return address == nullptr ? "" : address;
}

}  // namespace demarche::fetch
