#include "demarche/ingest/sniff.h"

#include <algorithm>
#include <array>
#include <utility>

namespace demarche::ingest {
namespace {

using namespace std::string_view_literals;

constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kSignatures = {{
    {"\x89PNG"sv, "a PNG image"},
    {"\xff\xd8\xff"sv, "a JPEG image"},
    {"GIF8"sv, "a GIF image"},
    {"%PDF-"sv, "a PDF document"},
    {"PK\x03\x04"sv, "a ZIP archive or office document"},
    {"\x7f"
     "ELF"sv,
     "a program"},
    {"MZ\x90"sv, "a program"},
    {"SQLite format 3\0"sv, "an SQLite database"},
    {"RIFF"sv, "a sound, image or video file"},
    {"OggS"sv, "a sound or video file"},
    {"ID3"sv, "a sound file"},
    {"\xd0\xcf\x11\xe0"sv, "an old office document"},
    {"7z\xbc\xaf"sv, "a 7z archive"},
    {"\xfd"
     "7zXZ"sv,
     "an xz archive"},
    {"BZh"sv, "a bzip2 archive"},
    {"Rar!"sv, "a RAR archive"},
    {"\x1f\x8b"sv, "a gzip archive within another"},
    {"{\\rtf"sv, "an RTF document"},
}};

bool starts(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

size_t count(std::string_view text, std::string_view word, size_t at_most) {
  size_t n = 0;
  for (size_t at = text.find(word); at != std::string_view::npos && n < at_most; at = text.find(word, at + word.size())) ++n;
  return n;
}

bool has_signature(std::string_view head) {
  return std::any_of(kSignatures.begin(), kSignatures.end(), [&](const auto& row) { return starts(head, row.first); });
}

bool looks_binary(std::string_view head) {
  if (has_signature(head)) return true;
  const std::string_view sample = head.substr(0, 8192);
  // Control characters that text does not hold. One in fifty is more than damaged text has; random bytes have one in ten.
  const auto odd = static_cast<size_t>(std::count_if(sample.begin(), sample.end(), [](char c) {
    const auto u = static_cast<unsigned char>(c);
    return u < 0x20 && u != '\t' && u != '\n' && u != '\r' && u != '\f' && u != 0x1b && u != 0x1a;
  }));
  return odd * 50 > sample.size();
}

bool looks_html(std::string_view head, bool named_html) {
  const size_t begin = head.find_first_not_of(" \t\r\n\f");
  if (begin == std::string_view::npos) return false;
  head.remove_prefix(begin);
  const std::string_view start = head.substr(0, 4096);
  if (head.front() == '<' && (starts(start, "<!doctype html") || starts(start, "<html") || starts(start, "<head") || starts(start, "<body"))) return true;
  if (start.find("<html") != std::string_view::npos || start.find("<!doctype html") != std::string_view::npos) return true;
  if (named_html && head.front() == '<') return true;
  size_t tags = 0;
  for (const std::string_view tag : {"</p>"sv, "<p>"sv, "<div"sv, "</div>"sv, "<br"sv, "</a>"sv, "<span"sv, "</li>"sv, "<img "sv, "<h1"sv, "</h2>"sv, "<meta "sv, "</title>"sv, "<article"sv, "<table"sv}) {
    tags += count(head, tag, 3);
  }
  // A text that speaks of HTML names a tag or two; a page begins with one or is full of them.
  return tags >= (named_html ? 1u : head.front() == '<' ? 2u : 6u);
}

// "Name: value" header lines as in mail and MHTML, with one of the names that they cannot lack.
bool looks_mime(std::string_view head) {
  bool known = false;
  size_t lines = 0;
  while (!head.empty() && lines < 60) {
    const size_t end = head.find('\n');
    std::string_view line = head.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    head.remove_prefix(end == std::string_view::npos ? head.size() : end + 1);
    if (line.empty()) return known && lines >= 2;
    ++lines;
    if (line.front() == ' ' || line.front() == '\t') continue;
    if (lines == 1 && starts(line, "from ")) continue;  // mbox
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    const std::string_view name = line.substr(0, colon);
    if (name.find_first_of(" \t") != std::string_view::npos) return false;
    known = known || name == "mime-version" || name == "content-type" || name == "received" || name == "message-id" || name == "return-path";
  }
  return false;
}

bool named(std::string_view name, std::string_view suffix) { return name.size() >= suffix.size() && name.substr(name.size() - suffix.size()) == suffix; }

}  // namespace

Content sniff(std::string_view head, std::string_view path) {
  if (starts(head, "\xef\xbb\xbf")) head.remove_prefix(3);
  if (head.empty()) return Content::empty;
  std::string name = lower(path);
  for (const std::string_view packed : {".gz"sv, ".zst"sv}) {
    if (named(name, packed)) name.resize(name.size() - packed.size());
  }
  // UTF-16 reads like ASCII once its zeros are out.
  std::string narrow;
  const auto zeros = static_cast<size_t>(std::count(head.begin(), head.begin() + static_cast<std::ptrdiff_t>(std::min<size_t>(head.size(), 4096)), '\0'));
  const bool wide = starts(head, "\xff\xfe") || starts(head, "\xfe\xff") || (zeros * 5 > std::min<size_t>(head.size(), 4096) * 2 && zeros * 2 <= std::min<size_t>(head.size(), 4096) + 2);
  if (wide && zeros > 0) {
    std::copy_if(head.begin(), head.end(), std::back_inserter(narrow), [](char c) { return c != '\0'; });
    if (starts(narrow, "\xff\xfe") || starts(narrow, "\xfe\xff")) narrow.erase(0, 2);
    head = narrow;
  }
  const std::string folded = lower(head);
  const size_t first = folded.find_first_not_of(" \t\r\n\f");
  if (first == std::string::npos) return Content::empty;
  const bool named_html = named(name, ".html") || named(name, ".htm") || named(name, ".xhtml") || named(name, ".shtml");
  if (starts(folded, "warc/1.") || starts(folded, "warc/0.1")) return Content::warc;
  if (!looks_binary(head)) {
    const std::string_view start = std::string_view(folded).substr(first);
    if (start.front() == '{' || start.front() == '[') {
      if (named(name, ".jsonl") || named(name, ".ndjson")) return Content::jsonl;
      if (named(name, ".json")) return Content::json;
      // Text may begin with a bracket; JSON goes on with a quote, a brace or an end.
      const size_t next = start.find_first_not_of(" \t\r\n", 1);
      if (next != std::string_view::npos && (start[next] == '"' || start[next] == '{')) {
        const size_t line = start.find('\n');
        const size_t after = line == std::string_view::npos ? line : start.find_first_not_of(" \t\r\n", line);
        const bool closed = line != std::string_view::npos && line > 0 && start.substr(0, line).find_last_not_of(" \t\r") != std::string_view::npos &&
                            start[start.substr(0, line).find_last_not_of(" \t\r")] == '}';
        return start.front() == '{' && closed && after != std::string_view::npos && start[after] == '{' ? Content::jsonl : Content::json;
      }
    }
    if (start.front() == '<') {
      const std::string_view root = start.substr(0, 4096);
      for (const std::string_view tag : {"<rss"sv, "<feed"sv, "<rdf:rdf"sv, "<urlset"sv, "<sitemapindex"sv}) {
        if (const size_t at = root.find(tag); at != std::string_view::npos && root.find("<html") > at) return tag.back() == 't' || tag.back() == 'x' ? Content::sitemap : Content::feed;
      }
    }
    if (looks_mime(folded)) return Content::mime;
    return looks_html(folded, named_html) ? Content::html : Content::text;
  }
  // Pages with a few zeros among their bytes are still pages.
  if (!has_signature(head) && (folded.find("<html") != std::string::npos || folded.find("<!doctype html") != std::string::npos)) return Content::html;
  return Content::binary;
}

std::string describe_binary(std::string_view head) {
  for (const auto& [magic, what] : kSignatures) {
    if (starts(head, magic)) return "it begins like " + std::string(what);
  }
  return "it holds binary data";
}

}  // namespace demarche::ingest
