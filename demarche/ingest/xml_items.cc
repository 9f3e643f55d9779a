#include "demarche/ingest/xml_items.h"

#include <algorithm>
#include <utility>

namespace demarche::ingest {
namespace {

constexpr size_t kBlock = size_t{64} << 10;
constexpr size_t kMaxName = 64;  // longer names are no item's

bool ends_name(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '>' || c == '/'; }
bool starts(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

}  // namespace

void XmlItems::take(size_t bytes) {
  const std::string_view block = input_.peek(bytes).substr(0, bytes);
  if (open_) {
    too_long_ = too_long_ || item_.size() + block.size() > max_item_bytes_;
    if (too_long_) {
      item_.clear();
    } else {
      item_.append(block);
    }
  } else if (!any_ && head_.size() < kMaxHead) {
    head_.append(block.substr(0, kMaxHead - head_.size()));
  }
  input_.skip(block.size());
}

bool XmlItems::take_through(std::string_view end) {
  for (;;) {
    const std::string_view block = input_.peek(kBlock);
    const size_t found = block.find(end);
    if (found != std::string_view::npos) {
      take(found + end.size());
      return true;
    }
    const bool last = block.size() < kBlock;
    take(last ? block.size() : block.size() - end.size() + 1);
    if (last) return false;
  }
}

bool XmlItems::is_item(std::string_view name) const { return std::find(names_.begin(), names_.end(), name) != names_.end(); }

XmlItems::Item XmlItems::give(std::string& item, Item as) {
  open_ = false;
  const bool too_long = std::exchange(too_long_, false);
  const std::string body = std::exchange(item_, {});
  if (too_long) return Item::too_long;
  // The declaration tells the encoding.
  const size_t declared = head_.find("<?xml");
  const size_t declaration_end = declared == std::string::npos || declared > 8 ? std::string::npos : head_.find("?>", declared);
  item = declaration_end == std::string::npos ? std::string() : head_.substr(declared, declaration_end + 2 - declared);
  item += body;
  std::replace(item.begin(), item.end(), '\0', ' ');
  return as;
}

XmlItems::Item XmlItems::next(std::string& item) {
  for (;;) {
    std::string_view block = input_.peek(1).empty() ? std::string_view() : input_.peek(kBlock);
    if (block.empty()) return open_ ? give(item, Item::cut_off) : input_.error().empty() ? Item::end : Item::cut_off;
    const size_t mark = block.find('<');
    if (mark != 0) {
      take(std::min(mark, block.size()));
      continue;
    }
    block = input_.peek(kMaxName);
    if (starts(block, "<!--")) {
      take_through("-->");
    } else if (starts(block, "<![CDATA[")) {
      take_through("]]>");
    } else if (starts(block, "<?")) {
      take_through("?>");
    } else {
      const bool closing = starts(block, "</");
      const size_t from = closing ? 2 : 1;
      const auto end = std::find_if(block.begin() + static_cast<std::ptrdiff_t>(std::min(from, block.size())), block.end(), ends_name);
      const std::string_view name = block.substr(std::min(from, block.size()), static_cast<size_t>(end - block.begin()) - std::min(from, block.size()));
      if (end == block.end() || !is_item(name)) {
        // Not the whole tag: its end is no matter, and a lost '>' must not cost an item.
        take(1);
        continue;
      }
      if (closing) {
        take_through(">");
        if (open_) return give(item, Item::item);
        continue;
      }
      if (open_) return give(item, Item::item);  // its end is missing
      any_ = open_ = true;
      take_through(">");
      // "<item/>"
      if (item_.size() >= 2 && item_[item_.size() - 2] == '/') {
        open_ = false;
        item_.clear();
      }
    }
  }
}

std::string xml_text_of(std::string_view item, std::string_view element) {
  size_t at = 0;
  for (;; ++at) {
    at = item.find(element, at);
    if (at == std::string_view::npos) return "";
    if (at > 0 && item[at - 1] == '<' && at + element.size() < item.size() && ends_name(item[at + element.size()])) break;
  }
  const size_t from = item.find('>', at);
  if (from == std::string_view::npos || item[from - 1] == '/') return "";
  std::string_view text = item.substr(from + 1);
  text = text.substr(0, text.find("</"));
  if (const size_t raw = text.find("<![CDATA["); raw != std::string_view::npos) {
    text = text.substr(raw + 9);
    text = text.substr(0, text.find("]]>"));
  }
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "";
  text = text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    static constexpr std::pair<std::string_view, char> kReferences[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&#38;", '&'}, {"&#x26;", '&'}, {"&#39;", '\''}};
    const auto found = std::find_if(std::begin(kReferences), std::end(kReferences), [&](const auto& row) { return starts(text.substr(i), row.first); });
    out += found == std::end(kReferences) ? text[i] : found->second;
    if (found != std::end(kReferences)) i += found->first.size() - 1;
  }
  return out;
}

}  // namespace demarche::ingest
