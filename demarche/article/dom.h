// HTML -> a compact tree. The parser follows the tree construction of the HTML standard where an article's text depends on it
// (implied ends, void elements, raw text, tables, lists, misnested formatting by the adoption agency) and leaves out what moves no
// text between blocks (foster parenting, reconstructed formatting, frames). Linear time; bounded in depth and number of nodes.
// Private to article/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace demarche::article {

// The elements that extraction tells apart; all others are `other`. `text` is a run of text, `document` the root.
#define DEMARCHE_TAGS(ENTRY)                                                                                                       \
  ENTRY(a) ENTRY(abbr) ENTRY(address) ENTRY(amp_ad) ENTRY(article) ENTRY(aside) ENTRY(audio) ENTRY(b) ENTRY(base) ENTRY(big) ENTRY(blockquote) ENTRY(body) ENTRY(br) ENTRY(button) \
  ENTRY(canvas) ENTRY(caption) ENTRY(center) ENTRY(cite) ENTRY(code) ENTRY(col) ENTRY(colgroup) ENTRY(dd) ENTRY(del) ENTRY(details) ENTRY(dialog) ENTRY(dir) ENTRY(div) \
  ENTRY(dl) ENTRY(dt) ENTRY(em) ENTRY(embed) ENTRY(fieldset) ENTRY(figcaption) ENTRY(figure) ENTRY(font) ENTRY(footer) ENTRY(form) ENTRY(h1) ENTRY(h2) ENTRY(h3) ENTRY(h4) ENTRY(h5) \
  ENTRY(h6) ENTRY(head) ENTRY(header) ENTRY(hgroup) ENTRY(hr) ENTRY(html) ENTRY(i) ENTRY(iframe) ENTRY(img) ENTRY(input) ENTRY(ins) ENTRY(label) ENTRY(legend) ENTRY(li) ENTRY(link) \
  ENTRY(listing) ENTRY(main) ENTRY(map) ENTRY(mark) ENTRY(math) ENTRY(menu) ENTRY(meta) ENTRY(nav) ENTRY(nobr) ENTRY(noembed) ENTRY(noframes) ENTRY(noscript) ENTRY(object) ENTRY(ol) \
  ENTRY(optgroup) ENTRY(option) ENTRY(p) ENTRY(param) ENTRY(picture) ENTRY(pre) ENTRY(q) ENTRY(s) ENTRY(script) ENTRY(section) ENTRY(select) ENTRY(small) ENTRY(source) ENTRY(span) \
  ENTRY(strike) ENTRY(strong) ENTRY(style) ENTRY(sub) ENTRY(summary) ENTRY(sup) ENTRY(svg) ENTRY(table) ENTRY(tbody) ENTRY(td) ENTRY(template_) ENTRY(textarea) ENTRY(tfoot) ENTRY(th) \
  ENTRY(thead) ENTRY(time) ENTRY(title) ENTRY(tr) ENTRY(track) ENTRY(tt) ENTRY(u) ENTRY(ul) ENTRY(video) ENTRY(wbr) ENTRY(xmp)

enum class Tag : uint8_t {
  document,
  text,
  other,
#define X_TAG(name) name,
  DEMARCHE_TAGS(X_TAG)
#undef X_TAG
};

// The attributes that are kept.
#define DEMARCHE_ATTRIBUTES(ENTRY)                                                                                                            \
  ENTRY(aria_hidden, "aria-hidden") ENTRY(charset, "charset") ENTRY(class_, "class") ENTRY(content, "content") ENTRY(data_date, "data-date") \
  ENTRY(data_datetime, "data-datetime") ENTRY(data_time, "data-time") ENTRY(data_timestamp, "data-timestamp") ENTRY(datetime, "datetime")    \
  ENTRY(hidden, "hidden") ENTRY(href, "href") ENTRY(http_equiv, "http-equiv") ENTRY(id, "id") ENTRY(itemprop, "itemprop")                    \
  ENTRY(itemscope, "itemscope") ENTRY(itemtype, "itemtype") ENTRY(lang, "lang") ENTRY(name, "name") ENTRY(property, "property")              \
  ENTRY(pubdate, "pubdate") ENTRY(rel, "rel") ENTRY(role, "role") ENTRY(style, "style") ENTRY(title, "title") ENTRY(type, "type")            \
  ENTRY(xml_lang, "xml:lang")

enum class Attribute : uint8_t {
#define X_ATTRIBUTE(name, text) name,
  DEMARCHE_ATTRIBUTES(X_ATTRIBUTE)
#undef X_ATTRIBUTE
};

inline constexpr uint32_t kNoNode = UINT32_MAX;

struct DomNode {
  Tag tag = Tag::other;
  uint16_t attribute_count = 0;
  uint32_t attributes = 0;  // index of the first
  uint32_t parent = kNoNode, first_child = kNoNode, last_child = kNoNode, previous = kNoNode, next = kNoNode;
  std::string_view text;  // of a text node, or the raw content of script, style and title; character references as they stand
};

struct DomAttribute {
  Attribute name;
  std::string_view value;  // as it stands
};

struct Dom {
  std::vector<DomNode> nodes;  // [0] is the document; in the order in which they begin
  std::vector<DomAttribute> attributes;
  bool cut = false;  // the page had more nodes than kMaxNodes; the rest was left out

  const DomNode& operator[](uint32_t node) const { return nodes[node]; }
  // As it stands; empty when absent.
  std::string_view attribute(uint32_t node, Attribute name) const;
  bool has_attribute(uint32_t node, Attribute name) const;
  // The node after `node` in document order that is not below it, within `root`; kNoNode at the end.
  uint32_t after(uint32_t node, uint32_t root) const;
  // The next node in document order within `root`.
  uint32_t following(uint32_t node, uint32_t root) const { return nodes[node].first_child != kNoNode ? nodes[node].first_child : after(node, root); }
};

// Elements open at once; deeper ones become siblings. Browsers stop at 512.
inline constexpr uint32_t kMaxDepth = 256;
// 20 MB of nodes. The largest page of the measured sets has 60,000.
inline constexpr size_t kMaxNodes = 300'000;

// The tree points into `html`, which must be UTF-8 and outlive it.
Dom parse_html(std::string_view html);

std::optional<Tag> tag_named(std::string_view name);
std::optional<Attribute> attribute_named(std::string_view name);

}  // namespace demarche::article
