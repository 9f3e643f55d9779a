#include "demarche/ingest/warc.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "demarche/ingest/http_page.h"

namespace demarche::ingest {
namespace {

// Header lines are short; what is longer is no header.
constexpr uint64_t kMaxHeaderLine = 64 << 10;
constexpr int kMaxHeaderLines = 200;
constexpr size_t kBlock = size_t{64} << 10;
// How a record begins behind the one before it.
constexpr std::string_view kNextRecord = "\r\n\r\nWARC/1.";
constexpr std::string_view kRecord = "WARC/";

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
    if (!split_http_field(line, name, value)) continue;
    if (name == "warc-type") record.type = lower_ascii(value);
    if (name == "warc-target-uri") {
      record.url = value;
      if (record.url.size() > 1 && record.url.front() == '<' && record.url.back() == '>') record.url = record.url.substr(1, record.url.size() - 2);
    }
    if (name == "content-type") record.content_type = lower_ascii(value);
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
  HttpHead head;
  if (content) {
    head.content_type = record.content_type.substr(0, record.content_type.find(';'));
  } else {
    head = parse_http_head(block);
    if (head.status != 200) return std::nullopt;
    block.erase(0, head.size);
  }
  auto page = page_of_response(record.url, head, std::move(block), max_page_bytes_);
  if (page && !*page) return failure(page->error());
  return page;
}

}  // namespace demarche::ingest
