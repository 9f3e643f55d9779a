#include "demarche/ingest/warc.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <utility>

namespace demarche::ingest {
namespace {

// Header lines are short; what is longer is no header.
constexpr uint64_t kMaxHeaderLine = 64 << 10;
constexpr int kMaxHeaderLines = 200;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// "Name: value" -> both, the name in lower case.
bool split_header(std::string_view line, std::string& name, std::string_view& value) {
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return false;
  name = lower(trimmed(line.substr(0, colon)));
  value = trimmed(line.substr(colon + 1));
  return true;
}

struct HttpHead {
  int status = 0;
  std::string content_type, charset, encoding;
  bool chunked = false;
  size_t size = 0;  // bytes up to the body
};

HttpHead parse_http(std::string_view block) {
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
    if (!split_header(line, name, value)) continue;
    if (name == "content-type") {
      const std::string type = lower(value);
      head.content_type = type.substr(0, type.find(';'));
      if (const size_t charset = type.find("charset="); charset != std::string::npos) {
        head.charset = type.substr(charset + 8);
        head.charset.erase(std::remove(head.charset.begin(), head.charset.end(), '"'), head.charset.end());
        head.charset = std::string(trimmed(head.charset.substr(0, head.charset.find(';'))));
      }
    }
    if (name == "content-encoding") head.encoding = lower(value);
    if (name == "transfer-encoding") head.chunked = lower(value).find("chunked") != std::string::npos;
  }
  head.size = at;
  return head;
}

// The body of a chunked response; what is no chunk ends it. Archives often say "chunked" of bodies that are whole already.
std::string unchunk(std::string_view body) {
  std::string out;
  size_t at = 0;
  while (at < body.size()) {
    size_t size = 0;
    const auto [end, error] = std::from_chars(body.data() + at, body.data() + body.size(), size, 16);
    if (error != std::errc()) return out.empty() ? std::string(body) : out;
    const size_t line = body.find('\n', static_cast<size_t>(end - body.data()));
    if (size == 0 || line == std::string_view::npos) return out;
    if (line - at > 64 && out.empty()) return std::string(body);
    const size_t from = line + 1;
    out.append(body.substr(std::min(from, body.size()), size));
    if (size > body.size() - std::min(from, body.size())) return out;
    at = from + size;
    while (at < body.size() && (body[at] == '\r' || body[at] == '\n')) ++at;
  }
  return out;
}

}  // namespace

WarcReader::Found WarcReader::read_header(Record& record) {
  std::string line;
  // Empty lines end the record before.
  do {
    if (input_.read_line(line, kMaxHeaderLine) == Input::Line::end) return Found::end;
  } while (line.empty());
  bool garbage = false;
  while (line.substr(0, 5) != "WARC/") {
    garbage = true;
    if (input_.read_line(line, kMaxHeaderLine) == Input::Line::end) return Found::garbage;
  }
  record = {};
  for (int lines = 0; lines < kMaxHeaderLines; ++lines) {
    const Input::Line got = input_.read_line(line, kMaxHeaderLine);
    if (got == Input::Line::end || line.empty()) break;
    std::string name;
    std::string_view value;
    if (!split_header(line, name, value)) continue;
    if (name == "warc-type") record.type = lower(value);
    if (name == "warc-target-uri") {
      record.url = value;
      if (record.url.size() > 1 && record.url.front() == '<' && record.url.back() == '>') record.url = record.url.substr(1, record.url.size() - 2);
    }
    if (name == "content-type") record.content_type = lower(value);
    if (name == "content-length") std::from_chars(value.data(), value.data() + value.size(), record.length);
  }
  return garbage ? Found::garbage : Found::record;
}

bool WarcReader::skip(uint64_t bytes) {
  while (bytes > 0) {
    const std::string_view block = input_.peek(static_cast<size_t>(std::min<uint64_t>(bytes, 64 << 10)));
    if (block.empty()) return false;
    bytes -= block.size();
    input_.skip(block.size());
  }
  return true;
}

std::optional<Result<Page>> WarcReader::next() {
  for (;;) {
    if (pending_) {
      const Record record = *std::exchange(pending_, std::nullopt);
      if (auto page = read_page(record)) return page;
      continue;
    }
    Record record;
    const Found found = read_header(record);
    if (found == Found::end) {
      if (!input_.error().empty()) return std::exchange(failed_, true) ? std::nullopt : std::optional(Result<Page>::failure(input_.error()));
      return std::nullopt;
    }
    if (found == Found::garbage) {
      if (!record.type.empty()) pending_ = std::move(record);
      if (input_.error().empty()) return Result<Page>::failure("has bytes between its records that are none");
      continue;
    }
    if (auto page = read_page(record)) return page;
  }
}

std::optional<Result<Page>> WarcReader::read_page(const Record& record) {
  const bool response = record.type == "response" && record.content_type.find("application/http") != std::string::npos;
  const bool bare_response = record.type == "response" && record.content_type.empty();
  const bool content = record.type == "conversion" || record.type == "resource";
  const auto cut_off = [&]() -> std::optional<Result<Page>> {
    if (!input_.error().empty()) {
      failed_ = true;
      return Result<Page>::failure(input_.error());
    }
    return Result<Page>::failure("is cut off within the record of " + record.url);
  };
  if (!response && !bare_response && !content) {
    if (!skip(record.length)) return cut_off();
    return std::nullopt;
  }
  if (record.length > max_page_bytes_) {
    if (!skip(record.length)) return cut_off();
    return Result<Page>::failure("the record of " + record.url + " is larger than the limit of a page");
  }
  std::string block;
  if (input_.read_exactly(block, record.length) < record.length) return cut_off();
  Page page;
  page.read_from = page.url.emplace(record.url);
  std::string type = record.content_type.substr(0, record.content_type.find(';'));
  if (content) {
    page.bytes = std::move(block);
  } else {
    const HttpHead head = parse_http(block);
    if (head.status != 200) return std::nullopt;
    type = head.content_type;
    page.http_charset = head.charset;
    page.bytes = head.chunked ? unchunk(std::string_view(block).substr(head.size)) : block.substr(head.size);
    const bool packed = page.bytes.substr(0, 2) == "\x1f\x8b" || page.bytes.substr(0, 4) == "\x28\xb5\x2f\xfd";
    if (packed) {
      Input inner(open_bytes(std::move(page.bytes)));
      inner.decompress();
      if (!inner.read_rest(page.bytes, max_page_bytes_)) return Result<Page>::failure("the page of " + record.url + " is larger than the limit of a page");
      if (!inner.error().empty()) return Result<Page>::failure("the page of " + record.url + " " + inner.error());
    }
  }
  const bool html = type == "text/html" || type == "application/xhtml+xml";
  if (!html && type != "text/plain" && !type.empty()) return std::nullopt;
  if (page.bytes.empty()) return std::nullopt;
  page.format = html ? PageFormat::html : PageFormat::text;
  return page;
}

}  // namespace demarche::ingest
