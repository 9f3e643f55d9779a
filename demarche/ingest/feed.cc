#include "demarche/ingest/feed.h"

#include <libxml/xmlreader.h>

#include <algorithm>
#include <climits>
#include <string_view>
#include <utility>

#include "demarche/ingest/dates.h"

namespace demarche::ingest {
namespace {

// Less than this is a teaser, not an article.
constexpr size_t kLeastText = 400;
// A whole field; libxml2 itself refuses text nodes above 10 MB.
constexpr size_t kMaxField = size_t{10} << 20;
// Elements within each other; libxml2's own limit is 256.
constexpr int kMaxDepth = 256;
constexpr size_t kMaxAuthors = 100;
// Once broken, the parser may hand out what it holds and then the same node for ever.
constexpr int kMaxFailures = 4, kMaxEventsAfter = 20'000;

// libxml2 tells of encodings it cannot convert on standard error, whatever its options say.
extern "C" void say_nothing(void*, const char*, ...) {}

// Pulls events from libxml2 over the XML of one item, or of what stands before the first.
class ItemParser {
 public:
  explicit ItemParser(const std::string& xml) {
    if (xml.size() > INT_MAX) return;
    xmlSetGenericErrorFunc(nullptr, say_nothing);  // of this thread
    reader_ = xmlReaderForMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr, XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
  }
  ItemParser(const ItemParser&) = delete;
  ItemParser& operator=(const ItemParser&) = delete;
  ~ItemParser() {
    if (reader_ != nullptr) xmlFreeTextReader(reader_);
  }

  // `head`: the fields of the feed itself, which lie anywhere above its items.
  FeedItem run(bool head) {
    head_ = head;
    int events_after = 0, failures = 0;
    while (reader_ != nullptr) {
      const int got = xmlTextReaderRead(reader_);
      if (got == 0) break;
      if (got < 0) {
        // The parser tells of an error before it hands out what it had read until then.
        item_.damaged = true;
        if (++failures > kMaxFailures) break;
        continue;
      }
      if (item_.damaged && ++events_after > kMaxEventsAfter) break;
      const int depth = xmlTextReaderDepth(reader_);
      if (depth > kMaxDepth) continue;
      switch (xmlTextReaderNodeType(reader_)) {
        case XML_READER_TYPE_ELEMENT: begin(depth); break;
        case XML_READER_TYPE_END_ELEMENT: end(depth); break;
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
    if (!author_.empty()) item_.authors.push_back(author_);
    return std::move(item_);
  }

 private:
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
    if (head_) {
      if (empty) return;
      if (tag == "title" && item_.title.empty()) open_field(&item_.title, depth);
      if (tag == "language" && item_.section.empty()) open_field(&item_.section, depth);
      return;
    }
    const bool in_author = in_author_ && depth == 2;
    in_author_ = in_author_ && depth >= 2;
    if (depth != 1 && !in_author) return;
    if (tag == "link" && !attribute("href").empty()) {
      const std::string rel = attribute("rel");
      if (rel.empty() || rel == "alternate") item_.link = attribute("href");
      return;
    }
    if (empty) return;
    if (in_author) {
      if (tag == "name") open_author(depth);
      return;
    }
    if (tag == "author") in_author_ = true;
    if (tag == "author" || tag == "dc:creator") {
      open_author(depth);
      return;
    }
    std::string* field = tag == "title"                                               ? &item_.title
                         : tag == "link"                                              ? &item_.link
                         : tag == "guid" || tag == "id"                               ? &item_.guid
                         : tag == "pubDate" || tag == "published" || tag == "dc:date" ? &item_.date
                         : tag == "updated"                                           ? &item_.updated
                         : tag == "content:encoded" || tag == "content"               ? &item_.content
                         : tag == "description" || tag == "summary"                   ? &item_.description
                         : tag == "category" && item_.section.empty()                 ? &item_.section
                                                                                      : nullptr;
    if (field == nullptr) return;
    open_field(field, depth);
    if (tag == "content" || tag == "summary") {
      const std::string type = attribute("type");
      xhtml_ = type == "xhtml";
      if (tag == "content") item_.plain = type.empty() || type == "text" || type == "text/plain";
    }
  }

  void open_author(int depth) {
    if (!author_.empty() && item_.authors.size() < kMaxAuthors && author_.find_first_not_of(" \t\r\n") != std::string::npos) item_.authors.push_back(author_);
    open_field(&author_, depth);
  }

  void open_field(std::string* field, int depth) {
    field_ = field;
    field_->clear();
    field_depth_ = depth;
    xhtml_ = false;
  }

  void end(int depth) {
    if (field_ != nullptr && depth == field_depth_) {
      field_ = nullptr;
      xhtml_ = false;
    } else if (field_ != nullptr && xhtml_) {
      *field_ += "</" + name() + ">";
    }
  }

  xmlTextReaderPtr reader_ = nullptr;
  FeedItem item_;
  std::string author_;
  std::string* field_ = nullptr;
  int field_depth_ = 0;
  bool head_ = false, xhtml_ = false, in_author_ = false;
};

std::string trimmed(const std::string& text) {
  const size_t from = text.find_first_not_of(" \t\r\n");
  return from == std::string::npos ? "" : text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

// "editor@a.example (Jane Doe)" -> the name; an address alone is none.
std::string author_name(const std::string& told) {
  std::string name = trimmed(told);
  if (name.find('@') == std::string::npos) return name;
  const size_t open = name.find('('), close = name.find(')');
  return open == std::string::npos || close == std::string::npos || close < open ? "" : name.substr(open + 1, close - open - 1);
}

}  // namespace

std::string FeedItem::address() const {
  const std::string out = trimmed(link.find("://") != std::string::npos ? link : guid);
  return out.find("://") == std::string::npos ? "" : out;
}

void FeedItems::read_head() {
  const FeedItem head = ItemParser(items_.head()).run(true);
  title_ = trimmed(head.title);
  language_ = trimmed(head.section);
}

std::optional<Result<FeedItem>> FeedItems::next() {
  if (done_) return std::nullopt;
  std::string xml;
  const XmlItems::Item got = items_.next(xml);
  if (got == XmlItems::Item::end || (got == XmlItems::Item::cut_off && xml.empty())) {
    done_ = true;
    return std::nullopt;
  }
  if (count_++ == 0) read_head();
  if (got == XmlItems::Item::too_long) return Result<FeedItem>::failure("holds an item that is larger than the limit of a page");
  FeedItem item = ItemParser(xml).run(false);
  if (got == XmlItems::Item::cut_off) {
    done_ = true;
    return Result<FeedItem>::failure("is damaged: its XML breaks off after " + std::to_string(count_ - 1) + " whole items");
  }
  return item;
}

std::optional<Result<Page>> FeedReader::next() {
  while (!done_) {
    auto item = items_.next();
    if (!item) {
      done_ = true;
      if (!input_.error().empty()) return Result<Page>::failure(input_.error());
      if (teasers_ > 0) return Result<Page>::failure("holds " + std::to_string(teasers_) + " items without their whole text");
      if (whole_ == 0) return Result<Page>::failure("is a feed without items that hold text");
      return std::nullopt;
    }
    if (!*item) return Result<Page>::failure(item->error());
    FeedItem& found = item->value();
    const bool whole = found.content.size() >= found.description.size();
    std::string& text = whole ? found.content : found.description;
    if (text.size() < kLeastText) {
      ++teasers_;
      continue;
    }
    ++whole_;
    Page page;
    page.format = whole && found.plain && text.find("</") == std::string::npos ? PageFormat::text : PageFormat::html;
    page.bytes = std::move(text);
    page.http_charset = "utf-8";
    const std::string& date = found.date.empty() ? found.updated : found.date;
    page.given_date = parse_source_date(date);
    if (!page.given_date && !date.empty()) page.diagnostics.push_back(invalid_date(date));
    if (found.damaged) page.diagnostics.push_back({"ingest.damaged", Severity::warning, "The XML of this item of the feed is broken; what could be read of it was kept.", std::nullopt});
    if (!found.title.empty()) page.title = std::move(found.title);
    page.read_from = found.address();
    if (!page.read_from.empty()) page.url = page.read_from;
    if (!items_.title().empty()) page.publisher = items_.title();
    if (!items_.language().empty()) page.language = items_.language();
    if (!trimmed(found.section).empty()) page.section = trimmed(found.section);
    for (const std::string& author : found.authors) {
      if (std::string name = author_name(author); !name.empty()) page.authors.push_back(std::move(name));
    }
    return page;
  }
  return std::nullopt;
}

}  // namespace demarche::ingest
