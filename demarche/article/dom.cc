#include "demarche/article/dom.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <initializer_list>
#include <unordered_map>

namespace demarche::article {
namespace {

constexpr size_t kTagCount = 3
#define X_TAG(name) +1
    DEMARCHE_TAGS(X_TAG)
#undef X_TAG
    ;

// A set of tags as a constant table.
class TagSet {
 public:
  constexpr TagSet(std::initializer_list<Tag> tags) {
    for (const Tag tag : tags) in_[static_cast<size_t>(tag)] = true;
  }
  constexpr bool has(Tag tag) const { return in_[static_cast<size_t>(tag)]; }

 private:
  std::array<bool, kTagCount> in_ = {};
};

constexpr TagSet kVoid = {Tag::base, Tag::br, Tag::col, Tag::embed, Tag::hr, Tag::img, Tag::input, Tag::link, Tag::meta, Tag::param, Tag::source, Tag::track, Tag::wbr};
constexpr TagSet kRaw = {Tag::script, Tag::style, Tag::xmp, Tag::iframe, Tag::noembed, Tag::noframes, Tag::title, Tag::textarea};
constexpr TagSet kFormatting = {Tag::a, Tag::b, Tag::big, Tag::code, Tag::em, Tag::font, Tag::i, Tag::nobr, Tag::s, Tag::small, Tag::strike, Tag::strong, Tag::tt, Tag::u};
constexpr TagSet kHeading = {Tag::h1, Tag::h2, Tag::h3, Tag::h4, Tag::h5, Tag::h6};
// Start tags that end an open paragraph.
constexpr TagSet kClosesP = {Tag::address, Tag::article, Tag::aside, Tag::blockquote, Tag::center, Tag::details, Tag::dialog, Tag::dir, Tag::div, Tag::dl, Tag::fieldset, Tag::figcaption, Tag::figure, Tag::footer,
                             Tag::header, Tag::hgroup, Tag::main, Tag::menu, Tag::nav, Tag::ol, Tag::p, Tag::section, Tag::summary, Tag::ul, Tag::h1, Tag::h2, Tag::h3, Tag::h4, Tag::h5, Tag::h6, Tag::pre,
                             Tag::listing, Tag::form, Tag::table, Tag::hr, Tag::li, Tag::dt, Tag::dd, Tag::xmp};
constexpr TagSet kSpecial = {Tag::address, Tag::article, Tag::aside, Tag::base, Tag::blockquote, Tag::body, Tag::br, Tag::button, Tag::caption, Tag::center, Tag::col, Tag::colgroup, Tag::dd, Tag::details, Tag::dir,
                             Tag::div, Tag::dl, Tag::dt, Tag::embed, Tag::fieldset, Tag::figcaption, Tag::figure, Tag::footer, Tag::form, Tag::h1, Tag::h2, Tag::h3, Tag::h4, Tag::h5, Tag::h6, Tag::head, Tag::header,
                             Tag::hgroup, Tag::hr, Tag::html, Tag::iframe, Tag::img, Tag::input, Tag::li, Tag::link, Tag::listing, Tag::main, Tag::menu, Tag::meta, Tag::nav, Tag::noembed, Tag::noframes,
                             Tag::noscript, Tag::object, Tag::ol, Tag::p, Tag::param, Tag::pre, Tag::script, Tag::section, Tag::select, Tag::source, Tag::style, Tag::summary, Tag::table, Tag::tbody, Tag::td,
                             Tag::template_, Tag::textarea, Tag::tfoot, Tag::th, Tag::thead, Tag::title, Tag::tr, Tag::track, Tag::ul, Tag::wbr, Tag::xmp, Tag::document, Tag::dialog};
constexpr TagSet kScope = {Tag::caption, Tag::html, Tag::table, Tag::td, Tag::th, Tag::object, Tag::template_, Tag::document};
constexpr TagSet kTableScope = {Tag::html, Tag::table, Tag::template_, Tag::document};
constexpr TagSet kTablePart = {Tag::caption, Tag::col, Tag::colgroup, Tag::tbody, Tag::tfoot, Tag::thead, Tag::tr, Tag::td, Tag::th};
constexpr TagSet kSection = {Tag::tbody, Tag::thead, Tag::tfoot};
constexpr TagSet kInHead = {Tag::base, Tag::link, Tag::meta, Tag::noscript, Tag::noframes, Tag::script, Tag::style, Tag::template_, Tag::title, Tag::head};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// Names of at most 16 bytes, lower case, as two words: no string is made for a look-up.
struct Name {
  std::array<char, 16> bytes = {};
  bool operator==(const Name&) const = default;
};
struct NameHash {
  size_t operator()(const Name& name) const {
    uint64_t a = 0, b = 0;
    std::memcpy(&a, name.bytes.data(), 8);
    std::memcpy(&b, name.bytes.data() + 8, 8);
    a = (a ^ (b * 0x9e3779b97f4a7c15u)) * 0xff51afd7ed558ccdu;
    return static_cast<size_t>(a ^ (a >> 32));
  }
};
std::optional<Name> fold_name(std::string_view text) {
  Name name;
  if (text.empty() || text.size() > name.bytes.size()) return std::nullopt;
  for (size_t i = 0; i < text.size(); ++i) name.bytes[i] = lower(text[i]);
  return name;
}

const std::unordered_map<Name, Tag, NameHash>& tag_table() {
  static const std::unordered_map<Name, Tag, NameHash> table = [] {
    std::unordered_map<Name, Tag, NameHash> t;
    const auto add = [&](std::string_view name, Tag tag) { t.emplace(*fold_name(name), tag); };
#define X_TAG(name) add(#name, Tag::name);
    DEMARCHE_TAGS(X_TAG)
#undef X_TAG
    add("template", Tag::template_);
    add("amp-ad", Tag::amp_ad);
    add("image", Tag::img);
    return t;
  }();
  return table;
}

const std::unordered_map<Name, Attribute, NameHash>& attribute_table() {
  static const std::unordered_map<Name, Attribute, NameHash> table = [] {
    std::unordered_map<Name, Attribute, NameHash> t;
#define X_ATTRIBUTE(name, text) t.emplace(*fold_name(text), Attribute::name);
    DEMARCHE_ATTRIBUTES(X_ATTRIBUTE)
#undef X_ATTRIBUTE
    return t;
  }();
  return table;
}

class Parser {
 public:
  explicit Parser(std::string_view html) : html_(html) {
    dom_.nodes.reserve(std::min(kMaxNodes, html.size() / 24 + 16));
    dom_.nodes.push_back({});
    dom_.nodes[0].tag = Tag::document;
    open_.push_back(0);
  }

  Dom run() {
    while (at_ < html_.size()) {
      if (dom_.nodes.size() >= kMaxNodes) {
        dom_.cut = true;
        break;
      }
      if (html_[at_] == '<' && markup()) continue;
      text();
    }
    return std::move(dom_);
  }

 private:
  // ---- tokens ------------------------------------------------------------------------------------------------------

  void text() {
    size_t end = at_ + 1;
    for (;;) {
      const void* found = end < html_.size() ? std::memchr(html_.data() + end, '<', html_.size() - end) : nullptr;
      end = found == nullptr ? html_.size() : static_cast<size_t>(static_cast<const char*>(found) - html_.data());
      // "a < b" is text; a '<' begins markup only before a letter, '/', '!' or '?'.
      if (end + 1 >= html_.size() || is_letter(html_[end + 1]) || html_[end + 1] == '/' || html_[end + 1] == '!' || html_[end + 1] == '?') break;
      ++end;
    }
    if (end + 1 == html_.size()) end = html_.size();
    insert_text(html_.substr(at_, end - at_));
    at_ = end;
  }

  // Whether a tag, comment or declaration stood here.
  bool markup() {
    const char next = at_ + 1 < html_.size() ? html_[at_ + 1] : ' ';
    if (is_letter(next)) {
      start_tag();
      return true;
    }
    if (next == '/') {
      if (at_ + 2 < html_.size() && is_letter(html_[at_ + 2])) {
        end_tag();
      } else {
        skip_past('>');
      }
      return true;
    }
    if (next == '!') {
      if (html_.substr(at_, 4) == "<!--") {
        const size_t from = at_ + 4;
        if (html_.substr(from, 1) == ">") {
          at_ = from + 1;
        } else if (html_.substr(from, 2) == "->") {
          at_ = from + 2;
        } else {
          const size_t end = html_.find("-->", from);
          const size_t bang = end == std::string_view::npos ? html_.find("--!>", from) : end;
          at_ = bang == std::string_view::npos ? html_.size() : bang + (bang == end ? 3 : 4);
        }
      } else if (html_.substr(at_, 9) == "<![CDATA[" && in_foreign()) {
        const size_t end = html_.find("]]>", at_);
        at_ = end == std::string_view::npos ? html_.size() : end + 3;
      } else {
        skip_past('>');
      }
      return true;
    }
    if (next == '?') {
      skip_past('>');
      return true;
    }
    return false;
  }

  void skip_past(char c) {
    const size_t end = html_.find(c, at_);
    at_ = end == std::string_view::npos ? html_.size() : end + 1;
  }

  std::string_view tag_name() {
    const size_t from = at_;
    while (at_ < html_.size() && !is_space(html_[at_]) && html_[at_] != '/' && html_[at_] != '>') ++at_;
    return html_.substr(from, at_ - from);
  }

  // Reads attributes up to and over '>'; keeps the known ones, each once. Whether the tag ends in "/>".
  bool read_attributes(bool keep) {
    first_attribute_ = static_cast<uint32_t>(dom_.attributes.size());
    while (at_ < html_.size()) {
      while (at_ < html_.size() && is_space(html_[at_])) ++at_;
      if (at_ >= html_.size()) break;
      if (html_[at_] == '>') {
        ++at_;
        return false;
      }
      if (html_[at_] == '/') {
        ++at_;
        if (at_ < html_.size() && html_[at_] == '>') {
          ++at_;
          return true;
        }
        continue;
      }
      const size_t name_begin = at_;
      ++at_;  // a leading '=' belongs to the name
      while (at_ < html_.size() && !is_space(html_[at_]) && html_[at_] != '/' && html_[at_] != '>' && html_[at_] != '=') ++at_;
      const std::string_view name = html_.substr(name_begin, at_ - name_begin);
      size_t look = at_;
      while (look < html_.size() && is_space(html_[look])) ++look;
      std::string_view value;
      if (look < html_.size() && html_[look] == '=') {
        at_ = look + 1;
        while (at_ < html_.size() && is_space(html_[at_])) ++at_;
        value = attribute_value();
      }
      if (keep) keep_attribute(name, value);
    }
    return false;
  }

  std::string_view attribute_value() {
    if (at_ >= html_.size()) return {};
    const char quote = html_[at_];
    if (quote == '"' || quote == '\'') {
      const size_t from = at_ + 1;
      const size_t end = html_.find(quote, from);
      at_ = end == std::string_view::npos ? html_.size() : end + 1;
      return html_.substr(from, end == std::string_view::npos ? end : end - from);
    }
    const size_t from = at_;
    while (at_ < html_.size() && !is_space(html_[at_]) && html_[at_] != '>') ++at_;
    return html_.substr(from, at_ - from);
  }

  void keep_attribute(std::string_view name, std::string_view value) {
    const auto known = attribute_named(name);
    if (!known) return;
    for (size_t i = first_attribute_; i < dom_.attributes.size(); ++i) {
      if (dom_.attributes[i].name == *known) return;
    }
    dom_.attributes.push_back({*known, value});
  }

  // ---- tree --------------------------------------------------------------------------------------------------------

  Tag current() const { return dom_.nodes[open_.back()].tag; }

  void append(uint32_t parent, uint32_t child) {
    DomNode& p = dom_.nodes[parent];
    DomNode& c = dom_.nodes[child];
    c.parent = parent;
    c.previous = p.last_child;
    c.next = kNoNode;
    if (p.last_child == kNoNode) {
      p.first_child = child;
    } else {
      dom_.nodes[p.last_child].next = child;
    }
    p.last_child = child;
  }

  void detach(uint32_t child) {
    DomNode& c = dom_.nodes[child];
    DomNode& p = dom_.nodes[c.parent];
    (c.previous == kNoNode ? p.first_child : dom_.nodes[c.previous].next) = c.next;
    (c.next == kNoNode ? p.last_child : dom_.nodes[c.next].previous) = c.previous;
  }

  uint32_t insert(Tag tag, bool with_attributes) {
    const auto node = static_cast<uint32_t>(dom_.nodes.size());
    DomNode fresh;
    fresh.tag = tag;
    if (with_attributes) {
      fresh.attributes = first_attribute_;
      fresh.attribute_count = static_cast<uint16_t>(dom_.attributes.size() - first_attribute_);
    }
    dom_.nodes.push_back(fresh);
    append(open_.back(), node);
    return node;
  }

  void insert_text(std::string_view run) {
    if (current() == Tag::head || current() == Tag::html || current() == Tag::document) {
      if (std::all_of(run.begin(), run.end(), is_space)) return;
      if (current() == Tag::head) open_.pop_back();
    }
    if (const uint32_t last = dom_.nodes[open_.back()].last_child; last != kNoNode && dom_.nodes[last].tag == Tag::text) {
      std::string_view& before = dom_.nodes[last].text;
      if (before.data() + before.size() == run.data()) {
        before = {before.data(), before.size() + run.size()};
        return;
      }
    }
    const uint32_t node = insert(Tag::text, false);
    dom_.nodes[node].text = run;
  }

  // Position in open_ of the innermost `tag` before a boundary; 0 when there is none (0 is the document).
  size_t in_scope(Tag tag, const TagSet& boundary, Tag extra = Tag::document) const {
    for (size_t i = open_.size(); i-- > 1;) {
      const Tag t = dom_.nodes[open_[i]].tag;
      if (t == tag) return i;
      if (boundary.has(t) || (extra != Tag::document && t == extra)) return 0;
    }
    return 0;
  }

  bool in_foreign() const {
    for (size_t i = open_.size(); i-- > 1;) {
      const Tag t = dom_.nodes[open_[i]].tag;
      if (t == Tag::svg || t == Tag::math) return true;
      if (t != Tag::other) return false;
    }
    return false;
  }

  void pop_to(size_t position) { open_.resize(position); }  // closes that element too
  void close_p() {
    if (const size_t p = in_scope(Tag::p, kScope, Tag::button)) pop_to(p);
  }

  void push(uint32_t node) {
    if (open_.size() < kMaxDepth) {
      open_.push_back(node);
    } else {
      ++overflow_;
    }
  }

  void close_item(Tag one, Tag two) {
    for (size_t i = open_.size(); i-- > 1;) {
      const Tag t = dom_.nodes[open_[i]].tag;
      if (t == one || t == two) {
        pop_to(i);
        return;
      }
      if (kSpecial.has(t) && t != Tag::address && t != Tag::div && t != Tag::p) return;
    }
  }

  // Ends what must be ended before `tag` begins. False: the tag is ignored.
  bool prepare(Tag tag) {
    if (current() == Tag::head && !kInHead.has(tag)) open_.pop_back();
    if (tag == Tag::html || tag == Tag::body || tag == Tag::head) return prepare_frame(tag);
    if (const size_t select = in_scope(Tag::select, kScope)) {
      if (tag == Tag::input || tag == Tag::select || tag == Tag::textarea) {
        pop_to(select);
        if (tag == Tag::select) return false;
      } else if (tag != Tag::option && tag != Tag::optgroup && tag != Tag::script && tag != Tag::template_) {
        return false;
      }
    }
    if ((kClosesP.has(tag) || kTablePart.has(tag)) && in_foreign()) {
      while (open_.size() > 1 && current() != Tag::svg && current() != Tag::math) open_.pop_back();
      open_.pop_back();
    }
    if (tag == Tag::table && (current() == Tag::table || kSection.has(current()) || current() == Tag::tr)) {
      if (const size_t table = in_scope(Tag::table, TagSet{Tag::template_, Tag::document})) pop_to(table);
    }
    if (tag == Tag::li) close_item(Tag::li, Tag::li);
    if (tag == Tag::dd || tag == Tag::dt) close_item(Tag::dd, Tag::dt);
    if (kClosesP.has(tag)) close_p();
    if (kHeading.has(tag) && kHeading.has(current())) open_.pop_back();
    if ((tag == Tag::option || tag == Tag::optgroup) && current() == Tag::option) open_.pop_back();
    if (tag == Tag::button) {
      if (const size_t button = in_scope(Tag::button, kScope)) pop_to(button);
    }
    if (tag == Tag::a) {
      if (const size_t a = in_scope(Tag::a, kScope)) adopt(a);
    }
    if (kTablePart.has(tag)) return prepare_table_part(tag);
    return true;
  }

  bool prepare_frame(Tag tag) {
    if (tag == Tag::html) {
      if (seen_html_) return false;
      seen_html_ = true;
      return open_.size() == 1;
    }
    if (tag == Tag::head) {
      if (seen_head_ || seen_body_) return false;
      return seen_head_ = true;
    }
    if (seen_body_) return false;
    seen_body_ = true;
    return open_.size() <= 2;
  }

  bool prepare_table_part(Tag tag) {
    const size_t table = in_scope(Tag::table, TagSet{Tag::template_, Tag::document});
    if (table == 0) return false;
    if (tag == Tag::td || tag == Tag::th) {
      if (const size_t tr = in_scope(Tag::tr, kTableScope)) {
        pop_to(tr + 1);
        return true;
      }
      pop_to_section(table);
      push(insert(Tag::tr, false));
      return true;
    }
    if (tag == Tag::tr) {
      pop_to_section(table);
      return true;
    }
    pop_to(table + 1);
    return true;
  }

  // Leaves the table or its innermost section as the current node.
  void pop_to_section(size_t table) {
    for (size_t i = table + 1; i < open_.size(); ++i) {
      if (kSection.has(dom_.nodes[open_[i]].tag)) {
        pop_to(i + 1);
        return;
      }
    }
    pop_to(table + 1);
  }

  void start_tag() {
    ++at_;
    const std::string_view name = tag_name();
    const Tag tag = tag_named(name).value_or(Tag::other);
    const bool self_closing = read_attributes(true);
    if (!prepare(tag)) {
      if (tag == Tag::html || tag == Tag::body) return;  // their attributes stay unread
      dom_.attributes.resize(first_attribute_);
      if (kRaw.has(tag)) raw_text(name);
      return;
    }
    const uint32_t node = insert(tag, true);
    if (kVoid.has(tag) || (self_closing && (in_foreign() || tag == Tag::svg || tag == Tag::math))) return;
    if (kRaw.has(tag)) {
      const std::string_view content = raw_text(name);
      dom_.nodes[node].text = content;
      return;
    }
    push(node);
  }

  // Everything up to the matching end tag, which is taken too.
  std::string_view raw_text(std::string_view name) {
    const size_t from = at_;
    size_t at = from;
    for (;;) {
      at = html_.find("</", at);
      if (at == std::string_view::npos) {
        at_ = html_.size();
        return html_.substr(from);
      }
      const std::string_view tail = html_.substr(at + 2, name.size());
      const bool same = tail.size() == name.size() && std::equal(tail.begin(), tail.end(), name.begin(), [](char a, char b) { return lower(a) == lower(b); });
      const size_t after = at + 2 + name.size();
      if (same && (after >= html_.size() || is_space(html_[after]) || html_[after] == '/' || html_[after] == '>')) break;
      at += 2;
    }
    const std::string_view content = html_.substr(from, at - from);
    at_ = at;
    skip_past('>');
    return content;
  }

  void end_tag() {
    at_ += 2;
    const Tag tag = tag_named(tag_name()).value_or(Tag::other);
    read_attributes(false);
    if (tag == Tag::body || tag == Tag::html) return;  // what follows belongs to the body all the same
    if (tag == Tag::br) {
      first_attribute_ = static_cast<uint32_t>(dom_.attributes.size());
      insert(Tag::br, false);
      return;
    }
    if (overflow_ > 0 && !kVoid.has(tag) && !kRaw.has(tag)) {
      --overflow_;
      return;
    }
    if (tag != Tag::select && tag != Tag::option && tag != Tag::optgroup && !kTablePart.has(tag) && tag != Tag::table && in_scope(Tag::select, kScope)) return;
    if (kFormatting.has(tag)) {
      if (const size_t f = in_scope(tag, kScope)) adopt(f);
      return;
    }
    if (tag == Tag::p) return close_p();
    if (tag == Tag::li) {
      if (const size_t li = in_scope(Tag::li, TagSet{Tag::ol, Tag::ul, Tag::table, Tag::td, Tag::th, Tag::caption, Tag::template_, Tag::document})) pop_to(li);
      return;
    }
    if (kHeading.has(tag)) {
      for (size_t i = open_.size(); i-- > 1;) {
        const Tag t = dom_.nodes[open_[i]].tag;
        if (kHeading.has(t)) return pop_to(i);
        if (kScope.has(t)) return;
      }
      return;
    }
    if (tag == Tag::table || kTablePart.has(tag)) {
      if (const size_t i = in_scope(tag, TagSet{Tag::template_, Tag::document, tag == Tag::table ? Tag::document : Tag::table})) pop_to(i);
      return;
    }
    if (kSpecial.has(tag)) {
      if (const size_t i = in_scope(tag, kScope)) pop_to(i);
      return;
    }
    for (size_t i = open_.size(); i-- > 1;) {
      const DomNode& node = dom_.nodes[open_[i]];
      // Unknown elements share one tag; that is near enough, since they nest like formatting.
      if (node.tag == tag) return pop_to(i);
      if (kSpecial.has(node.tag)) return;
    }
  }

  // The adoption agency: `<a>x<div>y</a>z</div>` becomes `<a>x</a><div><a>y</a>z</div>`.
  void adopt(size_t position) {
    for (int round = 0; round < 8; ++round) {
      size_t block = 0;
      for (size_t i = position + 1; i < open_.size(); ++i) {
        if (kSpecial.has(dom_.nodes[open_[i]].tag)) {
          block = i;
          break;
        }
      }
      if (block == 0) return pop_to(position);
      const uint32_t formatting = open_[position], furthest = open_[block];
      detach(furthest);
      append(dom_.nodes[formatting].parent, furthest);
      const auto clone = static_cast<uint32_t>(dom_.nodes.size());
      DomNode fresh;
      fresh.tag = dom_.nodes[formatting].tag;
      fresh.attributes = dom_.nodes[formatting].attributes;
      fresh.attribute_count = dom_.nodes[formatting].attribute_count;
      dom_.nodes.push_back(fresh);
      for (uint32_t child = dom_.nodes[furthest].first_child; child != kNoNode;) {
        const uint32_t next = dom_.nodes[child].next;
        detach(child);
        append(clone, child);
        child = next;
      }
      append(furthest, clone);
      // The formatting element and what stood between leave the stack; the clone takes its place above the block.
      open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(position), open_.begin() + static_cast<std::ptrdiff_t>(block));
      open_.insert(open_.begin() + static_cast<std::ptrdiff_t>(position) + 1, clone);
      position = position + 1;
    }
    open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(position));
  }

  std::string_view html_;
  size_t at_ = 0;
  Dom dom_;
  std::vector<uint32_t> open_;  // the open elements, outermost first; [0] is the document
  uint32_t overflow_ = 0;       // elements open beyond kMaxDepth
  uint32_t first_attribute_ = 0;
  bool seen_html_ = false, seen_head_ = false, seen_body_ = false;
};

}  // namespace

std::optional<Tag> tag_named(std::string_view name) {
  const auto folded = fold_name(name);
  if (!folded) return std::nullopt;
  const auto found = tag_table().find(*folded);
  if (found == tag_table().end()) return std::nullopt;
  return found->second;
}

std::optional<Attribute> attribute_named(std::string_view name) {
  const auto folded = fold_name(name);
  if (!folded) return std::nullopt;
  const auto found = attribute_table().find(*folded);
  if (found == attribute_table().end()) return std::nullopt;
  return found->second;
}

std::string_view Dom::attribute(uint32_t node, Attribute name) const {
  const DomNode& n = nodes[node];
  for (uint32_t i = n.attributes; i < n.attributes + n.attribute_count; ++i) {
    if (attributes[i].name == name) return attributes[i].value;
  }
  return {};
}

bool Dom::has_attribute(uint32_t node, Attribute name) const {
  const DomNode& n = nodes[node];
  for (uint32_t i = n.attributes; i < n.attributes + n.attribute_count; ++i) {
    if (attributes[i].name == name) return true;
  }
  return false;
}

uint32_t Dom::after(uint32_t node, uint32_t root) const {
  while (node != root && node != kNoNode) {
    if (nodes[node].next != kNoNode) return nodes[node].next;
    node = nodes[node].parent;
  }
  return kNoNode;
}

Dom parse_html(std::string_view html) { return Parser(html).run(); }

}  // namespace demarche::article
