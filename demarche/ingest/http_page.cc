#include "demarche/ingest/http_page.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <utility>

#include "demarche/ingest/ingest.h"
#include "demarche/ingest/sniff.h"
#include "demarche/ingest/stream.h"

namespace demarche::ingest {
namespace {

constexpr int kMaxHeaderLines = 200;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// The body of a chunked response; what is no chunk ends it. Archives often say "chunked" of bodies that are whole already.
std::string unchunk(std::string bytes) {
  const std::string_view body = bytes;
  std::string out;
  size_t at = 0;
  while (at < body.size()) {
    size_t size = 0;
    const auto [end, error] = std::from_chars(body.data() + at, body.data() + body.size(), size, 16);
    if (error != std::errc()) return out.empty() ? bytes : out;
    const size_t line = body.find('\n', static_cast<size_t>(end - body.data()));
    if (size == 0 || line == std::string_view::npos) return out;
    if (line - at > 64 && out.empty()) return bytes;
    const size_t from = line + 1;
    out.append(body.substr(std::min(from, body.size()), size));
    if (size > body.size() - std::min(from, body.size())) return out;
    at = from + size;
    while (at < body.size() && (body[at] == '\r' || body[at] == '\n')) ++at;
  }
  return out;
}

}  // namespace

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

bool split_http_field(std::string_view line, std::string& name, std::string_view& value) {
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return false;
  name = lower_ascii(trimmed(line.substr(0, colon)));
  value = trimmed(line.substr(colon + 1));
  return true;
}

HttpHead parse_http_head(std::string_view block) {
  HttpHead head;
  size_t at = 0;
  for (int lines = 0; at < block.size() && lines < kMaxHeaderLines; ++lines) {
    const size_t end = std::min(block.find('\n', at), block.size());
    const std::string_view line = trimmed(block.substr(at, end - at));
    at = std::min(end + 1, block.size());
    if (line.empty()) break;
    if (lines == 0) {
      const size_t space = line.find(' ');
      if (space != std::string_view::npos) std::from_chars(line.data() + space + 1, line.data() + line.size(), head.status);
      continue;
    }
    std::string name;
    std::string_view value;
    if (!split_http_field(line, name, value)) continue;
    if (name == "content-type") {
      const std::string type = lower_ascii(value);
      head.content_type = type.substr(0, type.find(';'));
      if (const size_t charset = type.find("charset="); charset != std::string::npos) {
        head.charset = type.substr(charset + 8);
        head.charset.erase(std::remove(head.charset.begin(), head.charset.end(), '"'), head.charset.end());
        head.charset = std::string(trimmed(head.charset.substr(0, head.charset.find(';'))));
      }
    }
    if (name == "location") head.location = value;
    if (name == "etag") head.etag = value;
    if (name == "last-modified") head.last_modified = value;
    if (name == "retry-after") head.retry_after = value;
    if (name == "content-encoding") head.encoding = lower_ascii(value);
    if (name == "transfer-encoding") head.chunked = lower_ascii(value).find("chunked") != std::string::npos;
  }
  head.size = at;
  return head;
}

std::optional<std::string> unpack_body(std::string& body, const HttpHead& head, uint64_t limit) {
  if (head.chunked) body = unchunk(std::move(body));
  const bool marked = body.substr(0, 2) == "\x1f\x8b" || body.substr(0, 4) == "\x28\xb5\x2f\xfd";
  const bool brotli = head.encoding == "br", deflate = head.encoding == "deflate";
  if (!marked && !(brotli || deflate)) return std::nullopt;
  // Archives often keep the header of a body that they have unpacked: what is text already stays.
  const size_t first = body.find_first_not_of(" \t\r\n");
  if (!marked && first != std::string::npos && body[first] == '<') return std::nullopt;
  auto packed = std::make_unique<Input>(open_bytes(std::move(body)));
  if (marked) packed->decompress();
  Input inner(marked ? std::move(*packed) : Input(brotli ? unbrotli(std::move(packed)) : inflate_deflate(std::move(packed))));
  if (!inner.read_rest(body, limit)) return "holds a page that is larger than the limit of a page once decompressed";
  if (!inner.error().empty() && body.empty()) return inner.error();
  return std::nullopt;
}

std::optional<Result<Page>> page_of_response(const std::string& url, const HttpHead& head, std::string body, uint64_t limit) {
  const std::string& type = head.content_type;
  const bool html = type == "text/html" || type == "application/xhtml+xml";
  if (!html && type != "text/plain" && !type.empty()) return std::nullopt;
  if (const auto why = unpack_body(body, head, limit)) return Result<Page>::failure(*why);
  // Servers send what is no text under the name of text.
  const Content content = sniff(std::string_view(body).substr(0, 4096), html ? "a.html" : "a.txt");
  if (content == Content::binary || content == Content::empty) return std::nullopt;
  Page page;
  page.read_from = page.url.emplace(url);
  page.http_charset = head.charset;
  page.format = html || content == Content::html ? PageFormat::html : PageFormat::text;
  page.bytes = std::move(body);
  page.id = content_id(page.bytes);
  return page;
}

}  // namespace demarche::ingest
