// An HTTP response, from an archive or from the network -> a Page. For fetch/ and the readers of ingest/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "demarche/core/document.h"

namespace demarche::ingest {

struct HttpHead {
  int status = 0;
  std::string content_type, charset, encoding;  // in lower case, the type without its parameters
  std::string location, etag, last_modified, retry_after;
  bool chunked = false;
  size_t size = 0;  // bytes up to the body
};

// The status line and the fields at the front of a response; any bytes give something.
HttpHead parse_http_head(std::string_view response);
// The body as it was before it was sent: not chunked, not compressed. Else why not, as the end of a sentence.
std::optional<std::string> unpack_body(std::string& body, const HttpHead& head, uint64_t limit);
// The page in a body as it was sent; nothing when it is neither HTML nor text; why not, as the end of a sentence.
std::optional<Result<Page>> page_of_response(const std::string& url, const HttpHead& head, std::string body, uint64_t limit);

std::string lower_ascii(std::string_view text);
// "Name: value" -> both, the name in lower case.
bool split_http_field(std::string_view line, std::string& name, std::string_view& value);

}  // namespace demarche::ingest
