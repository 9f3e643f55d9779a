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
constexpr size_t kBlock = size_t{64} << 10;
// How a record begins behind the one before it.
constexpr std::string_view kNextRecord = "\r\n\r\nWARC/1.";
constexpr std::string_view kRecord = "WARC/";

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

WarcReader::HttpHead parse_http(std::string_view block) {
  WarcReader::HttpHead head;
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

WarcReader::Skipped WarcReader::skip(uint64_t bytes, bool search) {
  while (bytes > 0) {
    const std::string_view block = input_.peek(static_cast<size_t>(std::min<uint64_t>(bytes, kBlock)));
    if (block.empty()) return Skipped::cut_off;
    if (search) {
      const size_t next = block.find(kNextRecord);
      if (next != std::string_view::npos && block.find("WARC-", next + kNextRecord.size()) != std::string_view::npos) {
        input_.skip(next);
        return Skipped::found_record;
      }
    }
    // A mark that the block cuts in two is found in the next one.
    const size_t kept = search && block.size() == kBlock ? 2 * kNextRecord.size() + 64 : 0;
    bytes -= block.size() - kept;
    input_.skip(block.size() - kept);
  }
  return Skipped::all;
}

// What is wrong with the data within or right behind a record, if anything; then goes on where a record begins.
std::optional<std::string> WarcReader::damage(bool cut_off) {
  if (!cut_off) {
    // The line ends behind the record and a byte of the next: a compressed member's checksum is held against its data only then.
    const bool ends = input_.peek(5).size() < 5;
    if (ends && (input_.error().empty() || input_.at_member_start())) return std::nullopt;
    // More bytes that are no record: of damaged data, if their end is an error.
    if (!ends && (!input_.compressed() || input_.peek(4 + kRecord.size()) == "\r\n\r\nWARC/")) return std::nullopt;
    if (!ends) {
      Record next;
      const Found found = read_header(next);
      if (found != Found::end && !next.type.empty()) pending_ = std::move(next);
      garbage_ = found == Found::garbage;
      if (input_.error().empty() || found == Found::record) return std::nullopt;
      garbage_ = false;
      pending_.reset();
    }
  }
  if (input_.error().empty()) return "is cut off";
  std::string why = input_.error();
  failed_ = !input_.recover(kRecord);
  return why;
}

std::optional<Result<Page>> WarcReader::next() {
  while (!failed_) {
    Record record;
    if (std::exchange(garbage_, false)) return Result<Page>::failure("has bytes between its records that are none");
    if (pending_) {
      record = *std::exchange(pending_, std::nullopt);
    } else {
      const Found found = read_header(record);
      if (found != Found::record && !input_.error().empty()) {
        const std::string why = input_.error();
        failed_ = !input_.recover(kRecord);
        return Result<Page>::failure(why);
      }
      if (found == Found::end) return std::nullopt;
      if (found == Found::garbage) {
        if (!record.type.empty()) pending_ = std::move(record);
        garbage_ = true;
        continue;
      }
    }
    if (auto page = read_page(record)) return page;
  }
  return std::nullopt;
}

std::optional<Result<Page>> WarcReader::read_page(const Record& record) {
  const bool response = record.type == "response" && (record.content_type.empty() || record.content_type.find("application/http") != std::string::npos);
  const bool content = record.type == "conversion" || record.type == "resource";
  const auto failure = [&](const std::string& why) { return Result<Page>::failure(why + (record.url.empty() ? "" : " (record of " + record.url + ")")); };
  if ((!response && !content) || record.length > max_page_bytes_) {
    const bool wanted = response || content;
    switch (skip(record.length, record.length > max_page_bytes_)) {
      case Skipped::cut_off: return failure(*damage(true));
      case Skipped::found_record: return failure("is damaged: a record holds less than it says");
      case Skipped::all: break;
    }
    if (const auto why = damage(false)) return failure(*why);
    if (wanted) return failure("holds a record that is larger than the limit of a page");
    return std::nullopt;
  }
  std::string block;
  const bool whole = input_.read_exactly(block, record.length) == record.length;
  // Where no record follows, the length was wrong: the one behind it is sought within what was read.
  const bool fits = whole && (input_.peek(4).substr(0, 2) == "\r\n" || input_.peek(1) == "\n" || input_.peek(kRecord.size()) == kRecord || input_.at_end());
  if (!fits && input_.error().empty()) {
    const size_t next = block.find(kNextRecord);
    if (next != std::string::npos) {
      input_.unread(std::string_view(block).substr(next));
      return failure("is damaged: a record holds less than it says");
    }
  }
  if (const auto why = damage(!whole)) return failure(*why);
  if (content) return page_of(record, std::move(block), {});
  HttpHead head = parse_http(block);
  if (head.status != 200) return std::nullopt;
  block.erase(0, head.size);
  return page_of(record, std::move(block), head);
}

// The payload as it was before it was sent; why not, as the end of a sentence.
std::optional<std::string> WarcReader::unpack(std::string& body, const HttpHead& head) const {
  if (head.chunked) body = unchunk(std::move(body));
  const bool marked = body.substr(0, 2) == "\x1f\x8b" || body.substr(0, 4) == "\x28\xb5\x2f\xfd";
  const bool brotli = head.encoding == "br", deflate = head.encoding == "deflate";
  // Archives often keep the header of a body that they have unpacked: what is text already stays.
  if (!marked && !(brotli || deflate)) return std::nullopt;
  if (!marked && body.find_first_not_of(" \t\r\n") != std::string::npos && body[body.find_first_not_of(" \t\r\n")] == '<') return std::nullopt;
  auto packed = std::make_unique<Input>(open_bytes(std::move(body)));
  if (marked) packed->decompress();
  Input inner(marked ? std::move(*packed) : Input(brotli ? unbrotli(std::move(packed)) : inflate_deflate(std::move(packed))));
  if (!inner.read_rest(body, max_page_bytes_)) return "holds a page that is larger than the limit of a page once decompressed";
  if (!inner.error().empty() && body.empty()) return inner.error();
  return std::nullopt;
}

std::optional<Result<Page>> WarcReader::page_of(const Record& record, std::string body, const HttpHead& head) const {
  Page page;
  page.read_from = page.url.emplace(record.url);
  const std::string told = head.status == 0 ? record.content_type : head.content_type;
  const std::string type = told.substr(0, told.find(';'));
  const bool html = type == "text/html" || type == "application/xhtml+xml";
  if (!html && type != "text/plain" && !type.empty()) return std::nullopt;
  page.http_charset = head.charset;
  if (const auto why = unpack(body, head)) return Result<Page>::failure(*why + " (record of " + record.url + ")");
  page.bytes = std::move(body);
  if (page.bytes.empty()) return std::nullopt;
  page.format = html ? PageFormat::html : PageFormat::text;
  return page;
}

}  // namespace demarche::ingest
