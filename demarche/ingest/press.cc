// How documents are told apart. Nexis begins each with "3 of 250 DOCUMENTS" (older exports) or ends it with "End of Document" (newer
// ones); Factiva ends each with "Document LBA0000020170704ed74000b5". What stands before the body are lines with a label ("BYLINE: ...",
// "Byline: ...", Factiva's two letters) and lines without: headline, outlet, day, copyright, told by their form and order.
#include "demarche/ingest/press.h"

#include <algorithm>
#include <array>
#include <utility>

#include "demarche/core/utf8.h"
#include "demarche/ingest/dates.h"
#include "demarche/ingest/ingest.h"

namespace demarche::ingest {
namespace {

constexpr uint64_t kMaxLine = uint64_t{1} << 20;
constexpr size_t kMaxUnlabelled = 12;  // lines before the body that have no label

std::string_view trimmed(std::string_view text) {
  const size_t from = text.find_first_not_of(" \t\r\n\f");
  return from == std::string_view::npos ? std::string_view() : text.substr(from, text.find_last_not_of(" \t\r\n\f") - from + 1);
}
bool starts(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

size_t digits_at(std::string_view text, size_t at) {
  size_t n = 0;
  while (at + n < text.size() && (is_digit(text[at + n]) || (n > 0 && text[at + n] == ','))) ++n;
  return n;
}

// "3 of 250 DOCUMENTS", "Document 3 of 250".
bool is_nexis_start(std::string_view line) {
  line = trimmed(line);
  const bool named = starts(line, "Document ") || starts(line, "DOCUMENT ");
  if (named) line.remove_prefix(9);
  const size_t first = digits_at(line, 0);
  if (first == 0 || (!starts(line.substr(first), " of ") && !starts(line.substr(first), " OF "))) return false;
  const size_t second = digits_at(line, first + 4);
  const std::string_view rest = line.substr(first + 4 + second);
  return second > 0 && (named ? rest.empty() : rest == " DOCUMENTS" || rest == " DOCUMENT");
}

// "Document LBA0000020170704ed74000b5": letters, a day, letters and digits.
bool is_factiva_end(std::string_view line) {
  line = trimmed(line);
  if (starts(line, "AN ")) line = trimmed(line.substr(3));
  if (!starts(line, "Document ")) return false;
  line = trimmed(line.substr(9));
  return line.size() >= 15 && line.size() <= 40 && std::all_of(line.begin(), line.end(), [](char c) { return is_digit(c) || is_upper(c) || (c >= 'a' && c <= 'z'); }) &&
         std::count_if(line.begin(), line.end(), is_digit) >= 8 && is_upper(line.front());
}

bool is_nexis_end(std::string_view line) { return trimmed(line) == "End of Document"; }
// "512 words", "Length: 1,032 words".
bool is_word_count(std::string_view line) {
  line = trimmed(line);
  const size_t n = digits_at(line, 0);
  return n > 0 && (line.substr(n) == " words" || line.substr(n) == " word");
}
bool is_copyright(std::string_view line) {
  line = trimmed(line);
  return starts(line, "Copyright ") || starts(line, "(c) ") || starts(line, "(C) ") || starts(line, "\xc2\xa9") || starts(line, "All Rights Reserved");
}
// "Page 3 of 10 © 2017 Factiva, Inc. All rights reserved."
bool is_page_footer(std::string_view line) { return starts(line, "Page ") && line.find("Factiva") != std::string_view::npos; }

enum class Label : uint8_t { none, title, author, section, date, publisher, language, url, body, lead, dateline, end, skip };
struct LabelRow {
  std::string_view text;
  Label label;
};
// Nexis: before a colon, in capitals or with one; what is listed nowhere is no label.
constexpr std::array<LabelRow, 22> kNexisLabels = {{{"HEADLINE", Label::title}, {"BYLINE", Label::author},         {"SECTION", Label::section},    {"LENGTH", Label::skip},       {"DATELINE", Label::dateline},  {"BODY", Label::body},
                                                    {"URL", Label::url},        {"LANGUAGE", Label::language},     {"LOAD-DATE", Label::end},      {"GRAPHIC", Label::end},       {"PUBLICATION-TYPE", Label::end}, {"SUBJECT", Label::end},
                                                    {"GEOGRAPHIC", Label::end}, {"INDUSTRY", Label::end},          {"ORGANIZATION", Label::end},   {"PERSON", Label::end},        {"COUNTRY", Label::end},          {"CITY", Label::end},
                                                    {"JOURNAL-CODE", Label::end}, {"CLASSIFICATION", Label::end}, {"HIGHLIGHT", Label::skip},     {"CORRECTION-DATE", Label::end}}};
constexpr std::array<LabelRow, 27> kFactivaLabels = {{{"HD", Label::title}, {"BY", Label::author}, {"SE", Label::section}, {"PD", Label::date}, {"SN", Label::publisher}, {"LA", Label::language}, {"LP", Label::lead}, {"TD", Label::body}, {"CR", Label::skip},
                                                      {"WC", Label::skip},  {"ET", Label::skip},   {"SC", Label::skip},    {"CY", Label::skip}, {"ED", Label::skip},      {"PG", Label::skip},     {"VOL", Label::skip}, {"CLM", Label::skip}, {"ART", Label::end},
                                                      {"RF", Label::end},   {"CO", Label::end},    {"IN", Label::end},     {"NS", Label::end},  {"RE", Label::end},       {"IPC", Label::end},     {"PUB", Label::end}, {"AN", Label::end},   {"IPD", Label::end}}};

std::pair<Label, std::string_view> nexis_label(std::string_view line) {
  line = trimmed(line);
  if (line == "Body" || line == "BODY") return {Label::body, ""};
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon > 20) return {Label::none, line};
  std::string name(line.substr(0, colon));
  for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  for (const LabelRow& row : kNexisLabels) {
    if (row.text == name) return {row.label, trimmed(line.substr(colon + 1))};
  }
  return {Label::none, line};
}

std::pair<Label, std::string_view> factiva_label(std::string_view line) {
  for (const LabelRow& row : kFactivaLabels) {
    if (!starts(line, row.text)) continue;
    const std::string_view rest = line.substr(row.text.size());
    if (trimmed(rest).empty() || starts(rest, "  ") || rest.front() == '\t') return {row.label, trimmed(rest)};
  }
  return {Label::none, trimmed(line)};
}

struct Parts {
  std::string title, author, section, date, publisher, language, url, dateline, body;
};

std::string* field_of(Parts& parts, Label label) {
  switch (label) {
    case Label::title: return &parts.title;
    case Label::author: return &parts.author;
    case Label::section: return &parts.section;
    case Label::date: return &parts.date;
    case Label::publisher: return &parts.publisher;
    case Label::language: return &parts.language;
    case Label::url: return &parts.url;
    case Label::dateline: return &parts.dateline;
    default: return nullptr;
  }
}

// Lines to paragraphs: an empty line parts them; lines of one paragraph are joined where the export has cut them at a column.
std::string paragraphs(const std::vector<std::string_view>& lines) {
  size_t longest = 0;
  bool gaps = false;
  for (const std::string_view line : lines) {
    longest = std::max(longest, line.size());
    gaps = gaps || trimmed(line).empty();
  }
  const bool wrapped = longest <= 100 && gaps;
  std::string out;
  bool gap = true;
  for (const std::string_view line : lines) {
    const std::string_view text = trimmed(line);
    if (text.empty()) {
      gap = true;
      continue;
    }
    if (!out.empty()) out += gap || !wrapped ? "\n\n" : " ";
    out += text;
    gap = false;
  }
  return out;
}

// The lines without a label, in the order of the export: `is_outlet_first` as older Nexis has it, else the headline.
void place_unlabelled(Parts& parts, const std::vector<std::string_view>& lines) {
  std::vector<std::string_view> rest;
  size_t day_at = lines.size();
  for (const std::string_view line : lines) {
    if (is_copyright(line) || is_word_count(line)) continue;
    if (day_at == lines.size() && line.size() <= 60 && parse_source_date(line)) {
      day_at = rest.size();
      if (parts.date.empty()) parts.date = line;
      continue;
    }
    rest.push_back(line);
  }
  // Before the day: headline and outlet, or the outlet alone, and the headline behind the day.
  const size_t before = std::min(day_at, rest.size());
  if (before >= 2) {
    if (parts.title.empty()) parts.title = rest[0];
    if (parts.publisher.empty()) parts.publisher = rest[before - 1];
  } else {
    if (before == 1 && parts.publisher.empty()) parts.publisher = rest[0];
    for (size_t i = before; i < rest.size() && parts.title.empty(); ++i) {
      // "Late Edition - Final", "Tuesday 11:45 AM GMT"
      if (rest[i].find("Edition") != std::string_view::npos || rest[i].find(" GMT") != std::string_view::npos || rest[i].find(" EST") != std::string_view::npos) continue;
      parts.title = rest[i];
    }
  }
}

Parts read_nexis(const std::vector<std::string>& lines) {
  Parts parts;
  std::vector<std::string_view> unlabelled, body;
  bool in_body = false, any_label = false, behind = false;
  std::string* open = nullptr;
  for (const std::string& line : lines) {
    if (is_nexis_start(line) || is_nexis_end(line)) continue;
    const auto [label, value] = nexis_label(line);
    if (behind) {
      // What the index tells behind the body.
      if (label == Label::url && parts.url.empty()) parts.url = value;
      if (label == Label::language && parts.language.empty()) parts.language = value;
    } else if (label == Label::body) {
      in_body = true;
      open = nullptr;
      if (!value.empty()) body.push_back(value);
    } else if (label == Label::end) {
      behind = in_body;
      open = nullptr;
    } else if (in_body) {
      // Behind the last label of the head all is body, but the address and the language stand behind it.
      std::string* field = label == Label::url || label == Label::language ? field_of(parts, label) : nullptr;
      if (field != nullptr && field->empty()) *field = value;
      else body.push_back(line);
    } else if (label != Label::none) {
      any_label = true;
      open = field_of(parts, label);
      if (open != nullptr) *open = value;
    } else if (value.empty()) {
      open = nullptr;
    } else if (open != nullptr) {
      *open += " " + std::string(value);
    } else if (any_label && line.size() > 60) {
      in_body = true;  // exports without the label
      body.push_back(line);
    } else if (unlabelled.size() < kMaxUnlabelled) {
      unlabelled.push_back(value);
    }
  }
  while (!body.empty() && (trimmed(body.back()).empty() || is_copyright(body.back()))) body.pop_back();
  place_unlabelled(parts, unlabelled);
  parts.body = paragraphs(body);
  return parts;
}

Parts read_factiva(const std::vector<std::string>& lines) {
  Parts parts;
  const bool labelled = std::any_of(lines.begin(), lines.end(), [](const std::string& line) { return factiva_label(line).first == Label::title; });
  std::vector<std::string_view> body, head;
  if (labelled) {
    std::string* open = nullptr;
    bool in_body = false;
    for (const std::string& line : lines) {
      if (is_page_footer(line)) continue;
      const auto [label, value] = factiva_label(line);
      if (label == Label::end) {
        in_body = false;
        open = nullptr;
      } else if (label != Label::none && !(in_body && field_of(parts, label) != nullptr && !field_of(parts, label)->empty())) {
        in_body = label == Label::lead || label == Label::body;
        open = field_of(parts, label);
        if (open != nullptr) *open = value;
        if (in_body) body.push_back("");
        if (in_body && !value.empty()) body.push_back(value);
      } else if (in_body) {
        body.push_back(line);
      } else if (open != nullptr && !value.empty()) {
        *open += (open->empty() ? "" : " ") + std::string(value);
      }
    }
    parts.body = paragraphs(body);
    return parts;
  }
  // Without labels: headline, signature, words, day, hour, outlet, code, language, copyright, a line each; then the body.
  bool in_body = false, counted = false;
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = trimmed(lines[i]);
    if (is_page_footer(line) || is_factiva_end(line)) continue;
    if (in_body) {
      body.push_back(lines[i]);
      continue;
    }
    if (line.empty()) continue;
    if (is_word_count(line)) {
      counted = true;
      for (const std::string_view told : head) {
        if (starts(told, "By ") || starts(told, "by ")) parts.author = told;
        else if (parts.title.empty()) parts.title = told;
        else if (parts.title.size() < 300) parts.title += " " + std::string(told);
      }
      head.clear();
    } else if (counted && parts.date.empty() && parse_source_date(line)) {
      parts.date = line;
    } else if (counted && !parts.date.empty() && parts.publisher.empty() && !is_digit(line.front())) {
      parts.publisher = line;
    } else if (counted && is_copyright(line)) {
      in_body = true;
    } else {
      head.push_back(line);
    }
  }
  // "English" stands before the copyright.
  if (!head.empty() && counted) parts.language = head.back();
  parts.body = paragraphs(body);
  return parts;
}

// Archives name languages in English; nothing for one that is not listed.
std::optional<std::string> language_code(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kLanguages = {{{"ara", "ar"}, {"chi", "zh"}, {"dut", "nl"}, {"eng", "en"}, {"fre", "fr"}, {"ger", "de"}, {"heb", "he"}, {"ita", "it"},
                                                                                                {"jap", "ja"}, {"kor", "ko"}, {"per", "fa"}, {"pol", "pl"}, {"por", "pt"}, {"rus", "ru"}, {"spa", "es"}, {"tur", "tr"}}};
  std::string folded(name.substr(0, 3));
  for (char& c : folded) c = is_upper(c) ? static_cast<char>(c + 32) : c;
  for (const auto& [begin, code] : kLanguages) {
    if (folded == begin || (name.size() == 2 && folded == code)) return std::string(code);
  }
  return std::nullopt;
}

// Exports are UTF-8 or Windows-1252.
std::string as_utf8(std::string line) {
  if (is_valid_utf8(line)) return line;
  static constexpr std::array<char16_t, 32> kUpper = {0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
                                                      0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};
  std::string out;
  for (const char c : line) {
    const auto u = static_cast<unsigned char>(c);
    append_utf8(out, u >= 0x80 && u < 0xa0 ? kUpper[u - 0x80] : char32_t{u});
  }
  return out;
}

Result<Page> page_of(Parts parts) {
  if (parts.body.empty()) return Result<Page>::failure("has no body");
  Page page;
  page.format = PageFormat::article;
  page.http_charset = "utf-8";
  page.bytes = parts.title.empty() ? parts.body : parts.title + "\n\n" + parts.body;
  const auto given = [](std::string s) { return s.empty() ? std::nullopt : std::optional<std::string>(std::move(s)); };
  if (!parts.date.empty()) {
    page.given_date = parse_source_date(parts.date);
    if (!page.given_date) page.diagnostics.push_back(invalid_date(parts.date));
  }
  page.title = given(parts.title);
  page.publisher = given(parts.publisher);
  page.section = given(parts.section);
  page.url = given(parts.url.find("://") == std::string::npos ? "" : parts.url);
  page.language = language_code(parts.language);
  std::string_view author = parts.author;
  if (starts(author, "By ") || starts(author, "BY ") || starts(author, "by ")) author.remove_prefix(3);
  if (!author.empty()) page.authors.emplace_back(author);
  return page;
}

}  // namespace

PressArchive sniff_press(std::string_view head) {
  bool nexis_start = false, nexis_end = false, nexis_label_seen = false, factiva_end = false, words = false, factiva_title = false;
  for (size_t at = 0, lines = 0; at < head.size() && lines < 5000; ++lines) {
    const size_t end = std::min(head.find('\n', at), head.size());
    const std::string_view line = head.substr(at, end - at);
    at = end + 1;
    if (line.size() > 200) continue;
    nexis_start = nexis_start || is_nexis_start(line);
    nexis_end = nexis_end || is_nexis_end(line);
    const Label label = nexis_label(line).first;
    nexis_label_seen = nexis_label_seen || label == Label::skip || label == Label::end;
    factiva_end = factiva_end || is_factiva_end(line);
    words = words || is_word_count(line) || starts(line, "WC");
    factiva_title = factiva_title || factiva_label(line).first == Label::title;
  }
  if (nexis_label_seen && (nexis_start || nexis_end)) return PressArchive::nexis;
  if (words && (factiva_end || factiva_title)) return PressArchive::factiva;
  return PressArchive::none;
}

// The lines of the next document; false at the end.
bool PressReader::read_document(std::vector<std::string>& lines) {
  lines.clear();
  too_long_ = false;
  uint64_t size = 0;
  bool any = false;
  std::string line;
  while (!done_) {
    const Input::Line got = input_.read_line(line, kMaxLine);
    if (got == Input::Line::end) {
      done_ = true;
      break;
    }
    if (number_ == 0 && lines.empty() && line.substr(0, 3) == "\xef\xbb\xbf") line.erase(0, 3);
    const bool starts_next = archive_ == PressArchive::nexis && is_nexis_start(line);
    if (starts_next && any) {
      ++number_;
      in_document_ = true;
      return true;
    }
    size += line.size() + 1;
    too_long_ = too_long_ || got == Input::Line::too_long || size > max_page_bytes_;
    if (too_long_) lines.clear();
    if (!too_long_) lines.push_back(as_utf8(line));
    any = any || (!trimmed(line).empty() && !starts_next);
    if (any && (archive_ == PressArchive::nexis ? is_nexis_end(line) : is_factiva_end(line))) {
      ++number_;
      return true;
    }
  }
  if (any) ++number_;
  return any;
}

std::optional<Result<Page>> PressReader::next() {
  std::vector<std::string> lines;
  while (read_document(lines)) {
    const std::string which = "document " + std::to_string(number_);
    if (too_long_) return Result<Page>::failure("is larger than the limit of a page in its " + which);
    std::string whole;
    for (const std::string& line : lines) whole += line + "\n";
    auto page = page_of(archive_ == PressArchive::nexis ? read_nexis(lines) : read_factiva(lines));
    if (page) {
      page.value().id = content_id(whole);
      return page;
    }
    // What follows the last document, or stands before the first: a list of titles, the terms of use.
    const bool labelled = std::any_of(lines.begin(), lines.end(), [](const std::string& line) { return is_nexis_end(line) || is_factiva_end(line); });
    if (labelled) return Result<Page>::failure(page.error() + " in its " + which);
  }
  if (!input_.error().empty()) return Result<Page>::failure(input_.error());
  return std::nullopt;
}

}  // namespace demarche::ingest
