#include "demarche/ingest/mime.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>
#include <vector>

#include "demarche/core/charset.h"
#include "demarche/core/utf8.h"
#include "demarche/ingest/dates.h"

namespace demarche::ingest {
namespace {

// Messages within messages, and parts looked at; real ones have 3 and some hundreds of pictures.
constexpr int kMaxDepth = 8;
constexpr size_t kMaxParts = 10'000;
constexpr size_t kMaxHeaderBytes = 64 << 10;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return lower(c); });
  return out;
}
std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\r' || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

using Headers = std::map<std::string, std::string>;  // names in lower case; the first of each

// Reads header lines up to the empty one; `rest` is what follows it.
Headers read_headers(std::string_view part, std::string_view& rest) {
  Headers headers;
  std::string* last = nullptr;
  size_t at = 0;
  while (at < part.size() && at < kMaxHeaderBytes) {
    const size_t end = std::min(part.find('\n', at), part.size());
    const std::string_view line = part.substr(at, end - at);
    at = std::min(end + 1, part.size());
    if (trimmed(line).empty()) break;
    if (line.front() == ' ' || line.front() == '\t') {
      if (last != nullptr) *last += " " + std::string(trimmed(line));
      continue;
    }
    const size_t colon = line.find(':');
    last = nullptr;
    if (colon == std::string_view::npos) continue;
    const auto [entry, fresh] = headers.emplace(lower(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1))));
    if (fresh) last = &entry->second;
  }
  rest = part.substr(at);
  return headers;
}

std::string header(const Headers& headers, const std::string& name) {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

// "text/html; charset=\"utf-8\"" -> the value of a parameter.
std::string parameter(const std::string& value, std::string_view name) {
  const std::string folded = lower(value);
  for (size_t at = folded.find(name); at != std::string::npos; at = folded.find(name, at + 1)) {
    if (at == 0 || (folded[at - 1] != ';' && folded[at - 1] != ' ' && folded[at - 1] != '\t')) continue;
    size_t from = folded.find_first_not_of(" \t", at + name.size());
    if (from == std::string::npos || folded[from] != '=') continue;
    from = folded.find_first_not_of(" \t", from + 1);
    if (from == std::string::npos) return "";
    if (folded[from] == '"') return value.substr(from + 1, value.find('"', from + 1) - from - 1);
    return value.substr(from, value.find_first_of("; \t", from) - from);
  }
  return "";
}

int hex_value(char c) {
  c = lower(c);
  return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string decode_quoted_printable(std::string_view text, bool in_header) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '=' && i + 1 < text.size()) {
      if (text[i + 1] == '\n') {
        ++i;
        continue;
      }
      if (text[i + 1] == '\r' && i + 2 < text.size() && text[i + 2] == '\n') {
        i += 2;
        continue;
      }
      if (i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
        out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
        i += 2;
        continue;
      }
    }
    out += in_header && text[i] == '_' ? ' ' : text[i];
  }
  return out;
}

std::string decode_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() * 3 / 4);
  uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    int value = -1;
    if (c >= 'A' && c <= 'Z') value = c - 'A';
    if (c >= 'a' && c <= 'z') value = c - 'a' + 26;
    if (c >= '0' && c <= '9') value = c - '0' + 52;
    if (c == '+' || c == '-') value = 62;
    if (c == '/' || c == '_') value = 63;
    if (c == '=') break;
    if (value < 0) continue;
    bits = (bits << 6) | static_cast<uint32_t>(value);
    if (++count == 4) {
      out += static_cast<char>(bits >> 16 & 0xff);
      out += static_cast<char>(bits >> 8 & 0xff);
      out += static_cast<char>(bits & 0xff);
      bits = 0;
      count = 0;
    }
  }
  if (count >= 2) out += static_cast<char>(bits >> (count == 2 ? 4 : 10) & 0xff);
  if (count == 3) out += static_cast<char>(bits >> 2 & 0xff);
  return out;
}

// "=?utf-8?Q?Caf=C3=A9?=" (RFC 2047); words of unknown encodings stay as they stand.
std::string decode_words(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t open = std::min(text.find("=?", at), text.size());
    out += text.substr(at, open - at);
    at = open;
    if (at == text.size()) break;
    const size_t charset_end = text.find('?', at + 2);
    const size_t kind_end = charset_end == std::string_view::npos ? charset_end : text.find('?', charset_end + 1);
    const size_t close = kind_end == std::string_view::npos ? kind_end : text.find("?=", kind_end + 1);
    if (close == std::string_view::npos) {
      out += text.substr(at);
      break;
    }
    // RFC 2231 allows a language behind the encoding: "utf-8*en".
    const std::string_view label = text.substr(at + 2, charset_end - at - 2);
    const std::string charset = browser_charset(label.substr(0, label.find('*')));
    const char kind = lower(text[charset_end + 1]);
    const std::string_view word = text.substr(kind_end + 1, close - kind_end - 1);
    const std::string bytes = kind == 'b' ? decode_base64(word) : decode_quoted_printable(word, true);
    std::string converted;
    if (charset == "utf-8") {
      out += bytes;
    } else if (convert_to_utf8(bytes, charset, converted)) {
      out += converted;
    } else {
      out += text.substr(at, close + 2 - at);
    }
    at = close + 2;
    // Space between two encoded words does not count.
    const size_t next = text.find_first_not_of(" \t", at);
    if (next != std::string_view::npos && text.substr(next, 2) == "=?") at = next;
  }
  return repair_utf8(out);
}

struct Part {
  std::string type, charset, encoding, location;
  std::string_view body;
};

// All leaves of the tree of parts, in order; the walk is by hand and bounded.
std::vector<Part> leaves(std::string_view message) {
  std::vector<Part> out;
  std::vector<std::pair<std::string_view, int>> open = {{message, 0}};
  while (!open.empty() && out.size() < kMaxParts) {
    const auto [bytes, depth] = open.back();
    open.pop_back();
    std::string_view body;
    const Headers headers = read_headers(bytes, body);
    const std::string type = header(headers, "content-type");
    const std::string kind = lower(trimmed(std::string_view(type).substr(0, type.find(';'))));
    const std::string boundary = parameter(type, "boundary");
    if (kind.substr(0, 10) == "multipart/" && !boundary.empty()) {
      if (depth >= kMaxDepth) continue;
      std::vector<std::string_view> parts;
      const std::string mark = "--" + boundary;
      size_t from = std::string_view::npos;
      for (size_t at = body.find(mark); at != std::string_view::npos && parts.size() < kMaxParts; at = body.find(mark, at + mark.size())) {
        if (at > 0 && body[at - 1] != '\n') continue;
        if (from != std::string_view::npos) parts.push_back(body.substr(from, at - from));
        const size_t line = body.find('\n', at);
        if (body.substr(at + mark.size(), 2) == "--" || line == std::string_view::npos) {
          from = std::string_view::npos;
          break;
        }
        from = line + 1;
      }
      if (from != std::string_view::npos) parts.push_back(body.substr(from));  // cut off: the last part counts as far as it goes
      for (size_t i = parts.size(); i-- > 0;) open.emplace_back(parts[i], depth + 1);
      continue;
    }
    if (kind == "message/rfc822" && depth < kMaxDepth) {
      open.emplace_back(body, depth + 1);
      continue;
    }
    out.push_back({kind.empty() ? "text/plain" : kind, parameter(type, "charset"), lower(header(headers, "content-transfer-encoding")), header(headers, "content-location"), body});
  }
  return out;
}

}  // namespace

Result<Page> parse_mime(std::string_view message) {
  if (message.substr(0, 5) == "From ") message.remove_prefix(std::min(message.find('\n'), message.size() - 1) + 1);
  std::string_view ignored;
  const Headers headers = read_headers(message, ignored);
  const std::vector<Part> parts = leaves(message);
  const Part* best = nullptr;
  for (const Part& part : parts) {
    const bool html = part.type == "text/html" || part.type == "application/xhtml+xml";
    if (html && (best == nullptr || best->type == "text/plain")) best = &part;
    if (part.type == "text/plain" && best == nullptr) best = &part;
  }
  if (best == nullptr) return Result<Page>::failure("is a message without a text");
  Page page;
  page.format = best->type == "text/plain" ? PageFormat::text : PageFormat::html;
  page.http_charset = best->charset;
  page.bytes = best->encoding == "base64" ? decode_base64(best->body) : best->encoding == "quoted-printable" ? decode_quoted_printable(best->body, false) : std::string(best->body);
  std::string address = header(headers, "snapshot-content-location");
  const bool saved_page = !address.empty() || header(headers, "content-type").find("multipart/related") != std::string::npos;
  if (address.empty() && saved_page) address = best->location;
  if (address.find("://") != std::string::npos) page.url = address;
  if (!saved_page) {
    // The day on which a page was saved is not its own; the day of a letter is.
    const std::string date = header(headers, "date");
    page.given_date = parse_source_date(date);
    if (!page.given_date && !date.empty()) page.diagnostics.push_back(invalid_date(date));
    const std::string subject = decode_words(header(headers, "subject"));
    if (!subject.empty()) page.title = subject;
  }
  return page;
}

}  // namespace demarche::ingest
