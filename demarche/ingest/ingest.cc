#include "demarche/ingest/ingest.h"

#include <openssl/evp.h>
#include <sys/stat.h>

#include <array>
#include <utility>

#include "demarche/ingest/feed.h"
#include "demarche/ingest/files.h"
#include "demarche/ingest/json_rows.h"
#include "demarche/ingest/mime.h"
#include "demarche/ingest/sniff.h"
#include "demarche/ingest/stream.h"
#include "demarche/ingest/press.h"
#include "demarche/ingest/rules.h"
#include "demarche/ingest/warc.h"
#include "demarche/ingest/xml_items.h"

namespace demarche {
namespace {

using ingest::Content;
using ingest::Input;

// "64 MiB", rounded down.
std::string size_text(uint64_t bytes) {
  if (bytes >= (uint64_t{1} << 20)) return std::to_string(bytes >> 20) + " MiB";
  return std::to_string(bytes) + " bytes";
}

}  // namespace

std::string content_id(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) throw Error("the SHA-256 of the system's libcrypto does not work");
  static constexpr char kHex[] = "0123456789abcdef";
  std::string id = "sha256:";
  for (unsigned i = 0; i < size; ++i) {
    id += kHex[digest[i] >> 4];
    id += kHex[digest[i] & 15];
  }
  return id;
}

void IngestRulesDeleter::operator()(const IngestRules* p) const { delete p; }

IngestRulesPtr load_ingest_rules(const std::filesystem::path& data_dir) { return IngestRulesPtr(new IngestRules(data_dir)); }

// Walks the files; a file that holds many pages stays open as `many_`.
class PageSource::State {
 public:
  State(std::vector<std::string> paths, IngestOptions options) : files_(paths), options_(options), names_(options.rules != nullptr ? options.rules->json_fields : own_names_) {}

  std::optional<Result<Page>> next() {
    std::optional<Result<Page>> page = step();
    if (page) {
      if (*page) {
        if (options_.given_date) page->value().given_date = options_.given_date;
        progress_.bytes += page->value().bytes.size();
      }
      ++(*page ? progress_.pages : progress_.failures);
    }
    return page;
  }

  IngestProgress progress() const { return progress_; }

 private:
  std::optional<Result<Page>> step() {
    for (;;) {
      if (many_) {
        if (auto page = warc_ ? next_record() : feed_ ? next_item() : press_ ? next_document() : rows_ ? next_row() : next_line()) return page;
      }
      const auto file = files_.next();
      if (!file) return std::nullopt;
      if (!*file) return Result<Page>::failure(file->error());
      path_ = file->value();
      if (auto page = open()) return page;
    }
  }

  Result<Page> failure(const std::string& why) const { return Result<Page>::failure(name() + ": " + why); }
  std::string name() const { return path_ == "-" ? "standard input" : path_; }

  // The page of the file, or nothing when it holds many.
  std::optional<Result<Page>> open() {
    auto reader = ingest::open_file(path_);
    if (!reader) return failure(reader.error());
    auto input = std::make_unique<Input>(std::move(*reader));
    input->decompress();
    const std::string_view head = input->peek(ingest::kSniffBytes);
    if (head.empty() && !input->error().empty()) return failure(input->error());
    const Content content = ingest::sniff(head, path_);
    if (options_.format == InputFormat::jsonl || (options_.format == InputFormat::detect && content == Content::jsonl)) {
      many_ = std::move(input);
      line_ = 0;
      return std::nullopt;
    }
    if (content == Content::warc) {
      many_ = std::move(input);
      warc_.emplace(*many_, options_.max_page_bytes);
      return std::nullopt;
    }
    if (content == Content::feed) {
      many_ = std::move(input);
      feed_.emplace(*many_, options_.max_page_bytes);
      item_ = 0;
      return std::nullopt;
    }
    if (content == Content::json && options_.format == InputFormat::detect) {
      many_ = std::move(input);
      rows_.emplace(*many_, names_, options_.max_page_bytes);
      item_ = teasers_ = 0;
      return std::nullopt;
    }
    if (content == Content::text && options_.format == InputFormat::detect) {
      if (const auto archive = ingest::sniff_press(head); archive != ingest::PressArchive::none) {
        many_ = std::move(input);
        press_.emplace(*many_, archive, options_.max_page_bytes);
        item_ = 0;
        return std::nullopt;
      }
    }
    if (content == Content::sitemap) return failure(describe_sitemap(*input));
    switch (content) {
      case Content::empty: return failure("is empty");
      case Content::binary: return failure("is no text: " + ingest::describe_binary(head));
      default: break;
    }
    Page page;
    page.read_from = path_;
    page.format = content == Content::html && options_.format != InputFormat::text ? PageFormat::html : PageFormat::text;
    // Text has no furniture of pictures and programs.
    const uint64_t limit = content == Content::text ? options_.max_page_bytes / 2 : options_.max_page_bytes;
    if (!input->read_rest(page.bytes, limit)) return failure("is larger than " + size_text(limit));
    if (!input->error().empty()) return failure(input->error());
    page.id = content_id(page.bytes);
    if (content == Content::mime && options_.format == InputFormat::detect) {
      auto part = ingest::parse_mime(page.bytes);
      if (!part) return failure(part.error());
      part.value().id = std::move(page.id);
      part.value().read_from = std::move(page.read_from);
      return part;
    }
    return page;
  }

  static std::string describe_sitemap(Input& input) {
    ingest::XmlItems items(input, {"url", "sitemap"}, 1 << 20);
    std::string item;
    uint64_t count = 0;
    for (auto got = items.next(item); got != ingest::XmlItems::Item::end && !item.empty(); got = items.next(item)) ++count;
    return "is a sitemap: a list of " + std::to_string(count) + " addresses and no reports; demarche fetch gets them";
  }

  // The next page of JSON that is not one object a line.
  std::optional<Result<Page>> next_row() {
    std::string row;
    for (;;) {
      const ingest::JsonRows::Row got = rows_->next(row);
      if (got == ingest::JsonRows::Row::end || got == ingest::JsonRows::Row::cut_off) {
        const std::string why = got == ingest::JsonRows::Row::end ? "" : many_->error().empty() ? "is cut off: its JSON ends too early" : many_->error();
        const uint64_t teasers = std::exchange(teasers_, 0), items = item_;
        // First what is wrong, then what was passed over; the reader says "end" once more.
        if (!why.empty()) return failure(why);
        rows_.reset();
        many_.reset();
        if (teasers > 0) return failure("holds " + std::to_string(teasers) + " items without their whole text");
        if (items == 0) return failure("is JSON without reports that are known by their keys");
        return std::nullopt;
      }
      const uint64_t number = ++item_;
      const std::string at = name() + "#" + std::to_string(number);
      if (got == ingest::JsonRows::Row::too_long) return Result<Page>::failure(at + ": is longer than " + size_text(options_.max_page_bytes));
      auto parsed = ingest::parse_json_page(row, names_);
      if (!parsed) return Result<Page>::failure(at + ": " + parsed.error());
      if (!parsed->has_text) {
        ++teasers_;
        continue;
      }
      Page page = std::move(parsed.value().page);
      page.id = content_id(row);
      if (page.read_from.empty()) page.read_from = at;
      const auto& list = rows_->list_fields();
      // A JSON Feed names itself once.
      if (const auto title = list.find("title"); !page.publisher && title != list.end() && rows_->in_list()) page.publisher = title->second;
      if (const auto language = list.find("language"); !page.language && language != list.end() && rows_->in_list()) page.language = language->second;
      return page;
    }
  }

  // The next page of a feed.
  std::optional<Result<Page>> next_item() {
    auto page = feed_->next();
    if (!page) {
      feed_.reset();
      many_.reset();
      return std::nullopt;
    }
    if (!*page) return failure(page->error());
    ++item_;
    page->value().id = content_id((*page)->bytes);
    if ((*page)->read_from.empty()) page->value().read_from = name() + "#" + std::to_string(item_);
    return page;
  }

  // The next document of a press archive's export.
  std::optional<Result<Page>> next_document() {
    auto page = press_->next();
    if (!page) {
      press_.reset();
      many_.reset();
      return std::nullopt;
    }
    ++item_;
    if (!*page) return failure(page->error());
    page->value().read_from = name() + "#" + std::to_string(item_);
    return page;
  }

  // The next page of a web archive.
  std::optional<Result<Page>> next_record() {
    if (auto page = warc_->next()) {
      if (!*page) return failure(page->error());
      return page;
    }
    warc_.reset();
    many_.reset();
    return std::nullopt;
  }

  // The next page of JSON Lines.
  std::optional<Result<Page>> next_line() {
    std::string line;
    for (;;) {
      const Input::Line got = many_->read_line(line, options_.max_page_bytes);
      if (got == Input::Line::end) {
        const std::string why = many_->error();
        many_.reset();
        if (!why.empty()) return failure(why);
        return std::nullopt;
      }
      ++line_;
      const std::string at = name() + ":" + std::to_string(line_);
      if (got == Input::Line::too_long) return Result<Page>::failure(at + ": is longer than " + size_text(options_.max_page_bytes));
      if (line_ == 1 && line.substr(0, 3) == "\xef\xbb\xbf") line.erase(0, 3);
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      auto parsed = ingest::parse_json_page(line, names_);
      if (!parsed) return Result<Page>::failure(at + ": " + parsed.error());
      if (!parsed->has_text) return Result<Page>::failure(at + ": has no \"text\"");
      Page page = std::move(parsed.value().page);
      page.id = content_id(line);
      if (page.read_from.empty()) page.read_from = at;
      return page;
    }
  }

  ingest::FileWalk files_;
  IngestOptions options_;
  const ingest::JsonFields own_names_;
  const ingest::JsonFields& names_;
  IngestProgress progress_;
  std::string path_;
  std::unique_ptr<Input> many_;             // the open file that holds many pages
  std::optional<ingest::WarcReader> warc_;  // over many_, when it is a web archive
  std::optional<ingest::FeedReader> feed_;    // the same, when it is a feed
  std::optional<ingest::PressReader> press_;  // the same, when it is a press archive's export
  std::optional<ingest::JsonRows> rows_;      // the same, when it is JSON
  uint64_t line_ = 0, item_ = 0, teasers_ = 0;
};

PageSource::PageSource(std::vector<std::string> paths, IngestOptions options) : state_(std::make_unique<State>(std::move(paths), options)) {}
PageSource::~PageSource() = default;
std::optional<Result<Page>> PageSource::next() { return state_->next(); }
IngestProgress PageSource::progress() const { return state_->progress(); }

std::vector<std::string> list_input_files(const std::vector<std::string>& paths) {
  std::vector<std::string> out;
  ingest::FileWalk files(paths);
  while (const auto file = files.next()) {
    if (*file) out.push_back(file->value());
  }
  return out;
}

uint64_t count_input_bytes(const std::vector<std::string>& paths) {
  uint64_t bytes = 0;
  ingest::FileWalk files(paths);
  while (const auto file = files.next()) {
    if (!*file) continue;
    if (file->value() == "-") return 0;
    struct stat st = {};
    if (::stat(file->value().c_str(), &st) == 0) bytes += static_cast<uint64_t>(st.st_size);
  }
  return bytes;
}

}  // namespace demarche
