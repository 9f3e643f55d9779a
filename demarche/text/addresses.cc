#include "demarche/text/addresses.h"

#include <algorithm>
#include <string>

#include "demarche/text/chars.h"

namespace demarche {
namespace {

constexpr size_t kMaxHostBytes = 256;
constexpr size_t kMaxAddressBytes = 2000;

bool is_one_of(char c, std::string_view set) { return set.find(c) != set.npos; }

bool word_at(std::string_view chunk, size_t at) {
  if (at >= chunk.size()) return false;
  const CharClass kind = char_class(code_point_at(chunk, at).value);
  return kind == CharClass::letter || kind == CharClass::digit;
}

// Where an address that runs on to `limit` stops: at a quotation mark or angle bracket, at a character's start.
size_t rest_end(std::string_view chunk, size_t at, size_t limit) {
  size_t end = at;
  while (end < limit && !is_one_of(chunk[end], "\"<>|]")) ++end;
  while (end < chunk.size() && end > at && (static_cast<unsigned char>(chunk[end]) & 0xC0) == 0x80) --end;
  return end;
}

// `end` moved back over punctuation that closes the sentence or bracket around the address.
size_t without_trailing(std::string_view chunk, size_t begin, size_t end) {
  while (end > begin + 1) {
    const char c = chunk[end - 1];
    const bool bracket = c == ')' && chunk.substr(begin, end - begin).find('(') == std::string_view::npos;
    if (!bracket && !is_one_of(c, ".,;:!?'-_*")) break;
    if (c == '_' || (c == '-' && word_at(chunk, end))) break;
    --end;
  }
  while (end > begin + 3 && chunk.substr(end - 3, 3) == "\xE2\x80\x9D") end -= 3;
  return end;
}

// "comp.sources.unix": at least three lower-case labels of more than one letter.
bool newsgroup(std::string_view host) {
  size_t labels = 0, length = 0;
  for (size_t i = 0; i <= host.size(); ++i) {
    if (i < host.size() && (is_ascii_lower(host[i]) || (host[i] == '-' && length > 0))) {
      ++length;
      continue;
    }
    if (length < 2 || (i < host.size() && host[i] != '.')) return false;
    ++labels;
    length = 0;
  }
  return labels >= 3;
}

bool ends_like_address(std::string_view host, const WordMap<bool>& endings) {
  const size_t dot = host.rfind('.');
  if (dot == host.npos || dot < 2 || !is_ascii_alnum(host[dot - 1])) return false;
  if (newsgroup(host)) return true;
  if (host.size() - dot - 1 > endings.longest()) return false;
  std::string ending;
  for (const char c : host.substr(dot + 1)) ending += ascii_lower(c);
  const bool* second = endings.find(ending);
  if (!second) return false;
  // "said.Com" is no address: an ending with a capital stands behind a capital or a digit ("REPORT.DOC", "0712.DOC").
  if (is_ascii_upper(host[dot + 1]) && is_ascii_lower(host[dot - 1])) return false;
  if (!*second) return true;
  const size_t before = host.rfind('.', dot - 1);
  return before != host.npos && before > 0 && is_ascii_lower(host[dot + 1]) && dot - before >= 3;
}

}  // namespace

size_t match_address(std::string_view chunk, size_t at, const WordMap<bool>& endings) {
  const size_t limit = std::min(chunk.size(), at + kMaxAddressBytes), host_limit = std::min(chunk.size(), at + kMaxHostBytes);
  size_t end = at;
  while (end < host_limit && (is_ascii_alnum(chunk[end]) || is_one_of(chunk[end], "._%+-#"))) ++end;
  if (end + 1 < limit && chunk[end] == '@' && is_ascii_alnum(chunk[end + 1])) {
    ++end;
    while (end < limit && (is_ascii_alnum(chunk[end]) || is_one_of(chunk[end], ".-_"))) ++end;
    return without_trailing(chunk, at, end);
  }
  const std::string_view host = chunk.substr(at, end - at);
  const bool scheme = end < limit && chunk[end] == ':' && (chunk.substr(end, 3) == "://" || host == "mailto");
  if (scheme || host.substr(0, 4) == "www.") return without_trailing(chunk, at, rest_end(chunk, at, limit));
  const size_t host_end = without_trailing(chunk, at, end);
  if (!ends_like_address(chunk.substr(at, host_end - at), endings)) return 0;
  const bool path = host_end == end && end + 1 < limit && chunk[end] == '/' && is_ascii_alnum(chunk[end + 1]);
  return path ? without_trailing(chunk, at, rest_end(chunk, at, limit)) : host_end;
}

}  // namespace demarche
