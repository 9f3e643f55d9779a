#include "demarche/ingest/feed.h"

#include <libxml/xmlreader.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

#include "demarche/ingest/mime.h"

namespace demarche::ingest {
namespace {

// Less than this is a teaser, not an article.
constexpr size_t kLeastText = 400;
// A whole field; libxml2 itself refuses text nodes above 10 MB.
constexpr size_t kMaxField = size_t{10} << 20;
// Elements within each other; libxml2's own limit is 256.
constexpr int kMaxDepth = 256;
// Once broken, the parser may hand out what it holds and then the same node for ever.
constexpr int kMaxFailures = 4, kMaxEventsAfter = 20'000;

}  // namespace

// Pulls events from libxml2, which reads from the input block by block; no entity is expanded and nothing is fetched.
class FeedReader::State {
 public:
  explicit State(Input& input) : input_(input) {
    reader_ = xmlReaderForIO(&State::read_some, nullptr, this, nullptr, nullptr, XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (reader_ != nullptr) xmlFreeTextReader(reader_);
  }

  std::optional<Result<Page>> next() {
    while (reader_ != nullptr && !done_) {
      const int got = xmlTextReaderRead(reader_);
      if (got == 0) break;
      if (got < 0) {
        // The parser tells of an error before it hands out what it had read until then.
        broken_ = true;
        if (++failures_ > kMaxFailures) break;
        continue;
      }
      if (broken_ && ++events_after_ > kMaxEventsAfter) break;
      const int depth = xmlTextReaderDepth(reader_);
      if (depth > kMaxDepth) continue;
      switch (xmlTextReaderNodeType(reader_)) {
        case XML_READER_TYPE_ELEMENT: begin(depth); break;
        case XML_READER_TYPE_END_ELEMENT:
          if (auto page = end(depth)) return page;
          break;
        case XML_READER_TYPE_TEXT:
        case XML_READER_TYPE_CDATA:
        case XML_READER_TYPE_SIGNIFICANT_WHITESPACE: {
          const xmlChar* value = xmlTextReaderConstValue(reader_);
          if (field_ != nullptr && value != nullptr && field_->size() < kMaxField) append(reinterpret_cast<const char*>(value));
          break;
        }
        default: break;
      }
    }
    if (!std::exchange(done_, true)) {
      if (!input_.error().empty()) return Result<Page>::failure(input_.error());
      if (broken_) return Result<Page>::failure("is damaged: its XML breaks off after " + std::to_string(items_) + " whole items");
      if (teasers_ > 0) return Result<Page>::failure("holds " + std::to_string(teasers_) + " items without their whole text");
      if (items_ == 0) return Result<Page>::failure("is a feed or sitemap without items that hold text");
    }
    return std::nullopt;
  }

 private:
  struct Item {
    std::string title, link, guid, date, updated, content, description;
    bool plain = false;  // the content is text, not HTML
  };

  static int read_some(void* context, char* buffer, int size) {
    Input& input = static_cast<State*>(context)->input_;
    const std::string_view block = input.peek(static_cast<size_t>(size));
    std::memcpy(buffer, block.data(), block.size());
    input.skip(block.size());
    return static_cast<int>(block.size());
  }

  std::string name() const {
    const xmlChar* prefix = xmlTextReaderConstPrefix(reader_);
    const xmlChar* local = xmlTextReaderConstLocalName(reader_);
    std::string out = local == nullptr ? "" : reinterpret_cast<const char*>(local);
    if (prefix != nullptr) out = std::string(reinterpret_cast<const char*>(prefix)) + ":" + out;
    return out;
  }

  std::string attribute(const char* key) const {
    xmlChar* value = xmlTextReaderGetAttribute(reader_, reinterpret_cast<const xmlChar*>(key));
    std::string out = value == nullptr ? "" : reinterpret_cast<const char*>(value);
    xmlFree(value);
    return out;
  }

  // Text in a field; within XHTML content what XML has unescaped is escaped again.
  void append(std::string_view text) {
    if (!xhtml_) {
      *field_ += text;
      return;
    }
    for (const char c : text) {
      if (c == '<') {
        *field_ += "&lt;";
      } else if (c == '&') {
        *field_ += "&amp;";
      } else {
        *field_ += c;
      }
    }
  }

  void begin(int depth) {
    const std::string tag = name();
    const bool empty = xmlTextReaderIsEmptyElement(reader_) == 1;
    if (xhtml_ && field_ != nullptr) {
      *field_ += "<" + tag + (empty ? "/>" : ">");
      return;
    }
    if (tag == "item" || tag == "entry") {
      if (!empty) {
        item_ = Item();
        item_depth_ = depth;
      }
      return;
    }
    if (item_depth_ < 0) {
      if (tag == "title" && channel_.empty() && !empty) open_field(&channel_, depth);
      return;
    }
    if (depth != item_depth_ + 1) return;
    if (tag == "link" && !attribute("href").empty()) {
      const std::string rel = attribute("rel");
      if (rel.empty() || rel == "alternate") item_.link = attribute("href");
      return;
    }
    if (empty) return;
    std::string* field = tag == "title"                                              ? &item_.title
                         : tag == "link"                                             ? &item_.link
                         : tag == "guid" || tag == "id"                              ? &item_.guid
                         : tag == "pubDate" || tag == "published" || tag == "dc:date" ? &item_.date
                         : tag == "updated"                                          ? &item_.updated
                         : tag == "content:encoded" || tag == "content"              ? &item_.content
                         : tag == "description" || tag == "summary"                  ? &item_.description
                                                                                     : nullptr;
    if (field == nullptr) return;
    open_field(field, depth);
    if (tag == "content" || tag == "summary") {
      const std::string type = attribute("type");
      xhtml_ = type == "xhtml";
      if (tag == "content") item_.plain = type.empty() || type == "text" || type == "text/plain";
    }
  }

  void open_field(std::string* field, int depth) {
    field_ = field;
    field_->clear();
    field_depth_ = depth;
    xhtml_ = false;
  }

  std::optional<Result<Page>> end(int depth) {
    if (field_ != nullptr && depth == field_depth_) {
      field_ = nullptr;
      xhtml_ = false;
    } else if (field_ != nullptr && xhtml_) {
      *field_ += "</" + name() + ">";
    }
    if (item_depth_ < 0 || depth != item_depth_) return std::nullopt;
    item_depth_ = -1;
    ++items_;
    const bool whole = item_.content.size() >= item_.description.size();
    std::string& text = whole ? item_.content : item_.description;
    if (text.size() < kLeastText) {
      ++teasers_;
      return std::nullopt;
    }
    Page page;
    page.format = whole && item_.plain && text.find("</") == std::string::npos ? PageFormat::text : PageFormat::html;
    page.bytes = std::move(text);
    page.http_charset = "utf-8";
    page.given_date = parse_mail_date(item_.date.empty() ? item_.updated : item_.date);
    if (!item_.title.empty()) page.title = std::move(item_.title);
    std::string& address = item_.link.find("://") != std::string::npos ? item_.link : item_.guid;
    const size_t from = std::min(address.find_first_not_of(" \t\r\n"), address.size());
    const size_t to = address.find_last_not_of(" \t\r\n");
    if (to != std::string::npos) page.read_from = address.substr(from, to - from + 1);
    if (page.read_from.find("://") != std::string::npos) page.url = page.read_from;
    if (!channel_.empty()) page.publisher = channel_;
    return page;
  }

  Input& input_;
  xmlTextReaderPtr reader_ = nullptr;
  std::string channel_;
  Item item_;
  int item_depth_ = -1;  // of the open item
  std::string* field_ = nullptr;
  int field_depth_ = 0;
  bool xhtml_ = false, done_ = false, broken_ = false;
  int failures_ = 0, events_after_ = 0;
  size_t items_ = 0, teasers_ = 0;
};

FeedReader::FeedReader(Input& input) : state_(std::make_unique<State>(input)) {}
FeedReader::~FeedReader() = default;
std::optional<Result<Page>> FeedReader::next() { return state_->next(); }

}  // namespace demarche::ingest
