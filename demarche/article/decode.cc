#include "demarche/article/decode.h"

#include <unicode/ucsdet.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "demarche/core/charset.h"
#include "demarche/core/table.h"
#include "demarche/core/utf8.h"

namespace demarche::article {
namespace {

// Browsers look for <meta charset> in the first 1,024 bytes; saved pages often have it later.
constexpr size_t kMetaBytes = 16384;
// What detection looks at; more makes it slower and no better.
constexpr size_t kDetectBytes = 32768;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

// The encoding that the page's own markup names.
std::string declared_charset(std::string_view bytes) {
  const std::string head = lower(bytes.substr(0, kMetaBytes));
  const auto value_at = [&](size_t at) -> std::string {
    while (at < head.size() && (head[at] == ' ' || head[at] == '"' || head[at] == '\'')) ++at;
    size_t end = at;
    while (end < head.size() && (std::isalnum(static_cast<unsigned char>(head[end])) || head[end] == '-' || head[end] == '_' || head[end] == ':' || head[end] == '.')) ++end;
    return head.substr(at, end - at);
  };
  if (head.substr(0, 64).find("<?xml") != std::string::npos) {
    const size_t at = head.find("encoding=");
    if (at != std::string::npos && at < head.find("?>")) return value_at(at + 9);
  }
  for (size_t at = head.find("<meta"); at != std::string::npos; at = head.find("<meta", at + 5)) {
    const size_t end = std::min(head.find('>', at), head.size());
    const size_t charset = head.find("charset", at);
    if (charset == std::string::npos) return "";
    if (charset > end) continue;
    const size_t equals = head.find_first_not_of(' ', charset + 7);
    if (equals != std::string::npos && head[equals] == '=') return value_at(equals + 1);
  }
  return "";
}

std::string detected_charset(std::string_view bytes, bool html) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&status), &ucsdet_close);
  if (U_FAILURE(status)) return "";
  const std::string_view sample = bytes.substr(0, kDetectBytes);
  ucsdet_setText(detector.get(), sample.data(), static_cast<int32_t>(sample.size()), &status);
  ucsdet_enableInputFilter(detector.get(), html);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || match == nullptr || ucsdet_getConfidence(match, &status) < 30) return "";
  const char* name = ucsdet_getName(match, &status);
  const std::string found = U_FAILURE(status) ? "" : name;
  // Right-to-left detection marks the reading order in the name.
  return found.substr(0, found.find("_rtl"));
}

std::string finish(std::string text, const std::string& charset, std::vector<Diagnostic>& diagnostics) {
  size_t replaced = 0;
  const bool clean = is_valid_utf8(text) && text.find('\0') == std::string::npos;
  if (!clean) text = repair_utf8(text, &replaced);
  if (replaced > 0) {
    diagnostics.push_back({"article.encoding", Severity::warning, std::to_string(replaced) + " bytes are no text in " + charset + " and were replaced by U+FFFD.", std::nullopt});
  }
  return text;
}

}  // namespace

std::string decode_page(std::string_view bytes, std::string_view http_charset, bool html, std::vector<Diagnostic>& diagnostics) {
  std::string out;
  if (bytes.substr(0, 3) == "\xef\xbb\xbf") return finish(std::string(bytes.substr(3)), "UTF-8", diagnostics);
  if (bytes.substr(0, 2) == "\xff\xfe" && convert_to_utf8(bytes.substr(2), "UTF-16LE", out)) return finish(std::move(out), "UTF-16", diagnostics);
  if (bytes.substr(0, 2) == "\xfe\xff" && convert_to_utf8(bytes.substr(2), "UTF-16BE", out)) return finish(std::move(out), "UTF-16", diagnostics);
  const std::string_view head = bytes.substr(0, 4096);
  const auto zeros = [&](size_t from) {
    size_t n = 0;
    for (size_t i = from; i < head.size(); i += 2) n += head[i] == '\0';
    return n;
  };
  if (head.size() >= 8 && zeros(1) * 5 > head.size() * 2 && convert_to_utf8(bytes, "UTF-16LE", out)) return finish(std::move(out), "UTF-16", diagnostics);
  if (head.size() >= 8 && zeros(0) * 5 > head.size() * 2 && convert_to_utf8(bytes, "UTF-16BE", out)) return finish(std::move(out), "UTF-16", diagnostics);
  std::string charset = browser_charset(http_charset);
  const std::string declared = html ? browser_charset(declared_charset(bytes)) : "";
  if (charset.empty()) charset = declared;
  // Text in another encoding is valid UTF-8 by accident only when it is ASCII (or ISO-2022, which is shifted ASCII).
  if (is_valid_utf8(bytes) && charset.find("2022") == std::string::npos) return finish(std::string(bytes), "UTF-8", diagnostics);
  if (charset.empty() || charset == "utf-8") {
    size_t replaced = 0;
    std::string repaired = repair_utf8(bytes, &replaced);
    const auto high = static_cast<size_t>(std::count_if(bytes.begin(), bytes.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; }));
    // Mostly good UTF-8 with a few bad bytes stays UTF-8.
    if (replaced * 5 <= high) return finish(std::string(bytes), "UTF-8", diagnostics);
    charset = browser_charset(detected_charset(bytes, html));
    if (charset.empty() || charset == "utf-8") charset = "windows-1252";
    diagnostics.push_back({"article.encoding", Severity::info, "The page names no encoding that fits; it was read as " + charset + ".", std::nullopt});
  }
  if (convert_to_utf8(bytes, charset, out) || convert_to_utf8(bytes, "windows-1252", out)) return finish(std::move(out), charset, diagnostics);
  return finish(std::string(bytes), "UTF-8", diagnostics);
}

CharacterReferences::CharacterReferences(const std::filesystem::path& path) {
  const Table table = Table::load(path, {"name", "code_points", "bare"});
  table.require_sorted(0);
  table.require_unique(0);
  entries_.reserve(table.size());
  for (size_t row = 0; row < table.size(); ++row) {
    Entry entry{"", table.cell(row, 2) == "yes"};
    for (const std::string_view hex : split_list(table.cell(row, 1), ' ')) {
      uint32_t value = 0;
      const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
      if (error != std::errc() || end != hex.data() + hex.size()) table.fail(row, 1, "code points are hexadecimal numbers");
      append_utf8(entry.characters, value);
    }
    entries_.emplace(std::string(table.cell(row, 0)), std::move(entry));
  }
}

CharacterReferences::Match CharacterReferences::match(std::string_view text, std::string& buffer) const {
  if (text.size() < 3) return {};
  buffer.clear();
  if (text[1] == '#') {
    const bool hex = text[2] == 'x' || text[2] == 'X';
    const char* from = text.data() + (hex ? 3 : 2);
    uint32_t value = 0;
    const auto [end, error] = std::from_chars(from, text.data() + text.size(), value, hex ? 16 : 10);
    if (end == from) return {};
    if (error != std::errc() || value == 0 || value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) value = 0xfffd;
    if (value >= 0x80 && value < 0xa0) {  // pages mean windows-1252 by these
      static constexpr char16_t kWindows[32] = {0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
                                                0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178};
      value = kWindows[value - 0x80];
    }
    append_utf8(buffer, value);
    auto length = static_cast<size_t>(end - text.data());
    if (length < text.size() && text[length] == ';') ++length;
    return {buffer, length};
  }
  size_t end = 1;
  while (end < text.size() && end < 40 && std::isalnum(static_cast<unsigned char>(text[end]))) ++end;
  if (end < text.size() && text[end] == ';') {
    const auto found = entries_.find(std::string(text.substr(1, end - 1)));
    if (found != entries_.end()) return {found->second.characters, end + 1};
  }
  // Without a semicolon the longest old name that fits counts ("&ampx" is "&x").
  for (size_t size = std::min<size_t>(end - 1, 6); size >= 2; --size) {
    const auto found = entries_.find(std::string(text.substr(1, size)));
    if (found != entries_.end() && found->second.bare) return {found->second.characters, size + 1};
  }
  return {};
}

std::string CharacterReferences::decode(std::string_view text) const {
  std::string out, buffer;
  for (size_t at = 0; at < text.size();) {
    const size_t amp = std::min(text.find('&', at), text.size());
    out.append(text.substr(at, amp - at));
    at = amp;
    if (at == text.size()) break;
    const Match found = match(text.substr(at), buffer);
    if (found.length == 0) {
      out += '&';
      ++at;
    } else {
      out.append(found.characters);
      at += found.length;
    }
  }
  return out;
}

}  // namespace demarche::article
