// How the article is found. (1) One walk cuts the page into blocks: runs of text between block boundaries, with their length and the
// share of it that is linked. (2) Elements are marked as furniture by tag, class words and attributes, unless they hold most of the
// page's prose: a class name is a hint, the mass of text is a fact. (3) Every block that is left is worth its length when it is prose
// and costs something when it is links; the element whose blocks are worth most together is the container. Elements that call
// themselves the article's body win over it when they hold about as much. (4) Within it, blocks that link elsewhere, stand at the end
// like furniture or repeat the headline go.
#include "demarche/article/body.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace demarche::article {
namespace {

// Bytes from which a block with few links is prose. Chosen on the development pages among 40, 60, 80, 100.
constexpr uint32_t kProseBytes = 80;
// Share of linked bytes above which a block is no prose.
constexpr double kProseLinks = 0.45;
// Furniture by class holds less than this share of the page's prose; else the name is wrong.
constexpr double kMostProse = 0.4;
// The same for names that mean nothing else.
constexpr double kMostJunk = 0.85;
// Share of the container's prose that lies before a phrase that can end the article.
constexpr double kMostBefore = 0.55;

bool is_block(Tag tag) {
  switch (tag) {
    case Tag::address: case Tag::article: case Tag::aside: case Tag::blockquote: case Tag::body: case Tag::caption: case Tag::center: case Tag::dd: case Tag::details: case Tag::dialog:
    case Tag::dir: case Tag::div: case Tag::dl: case Tag::document: case Tag::dt: case Tag::fieldset: case Tag::figcaption: case Tag::figure: case Tag::footer: case Tag::form: case Tag::h1:
    case Tag::h2: case Tag::h3: case Tag::h4: case Tag::h5: case Tag::h6: case Tag::header: case Tag::hgroup: case Tag::hr: case Tag::html: case Tag::legend: case Tag::li: case Tag::listing:
    case Tag::main: case Tag::menu: case Tag::nav: case Tag::ol: case Tag::p: case Tag::pre: case Tag::section: case Tag::summary: case Tag::table: case Tag::tbody: case Tag::td: case Tag::tfoot:
    case Tag::th: case Tag::thead: case Tag::tr: case Tag::ul: return true;
    default: return false;
  }
}

bool is_heading(Tag tag) { return tag >= Tag::h1 && tag <= Tag::h6; }

// Their text is never read.
bool is_unread(Tag tag) {
  switch (tag) {
    case Tag::script: case Tag::style: case Tag::noscript: case Tag::template_: case Tag::svg: case Tag::iframe: case Tag::button: case Tag::select: case Tag::input: case Tag::textarea:
    case Tag::object: case Tag::embed: case Tag::audio: case Tag::video: case Tag::canvas: case Tag::map: case Tag::head: case Tag::title: case Tag::amp_ad: case Tag::noembed:
    case Tag::noframes: case Tag::option: case Tag::optgroup: case Tag::xmp: return true;
    default: return false;
  }
}

// Bytes of text, runs of white space as one.
uint32_t text_bytes(std::string_view text) {
  uint32_t n = 0;
  bool space = true;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank || !space) ++n;
    space = blank;
  }
  return n;
}

// Cuts the page into blocks.
class Cutter {
 public:
  explicit Cutter(const Dom& dom) : dom_(dom) {}

  PageBlocks run() {
    uint32_t node = 0;
    for (;;) {
      const bool down = enter(node) && dom_[node].first_child != kNoNode;
      if (down) {
        node = dom_[node].first_child;
        continue;
      }
      leave(node);
      while (node != 0 && dom_[node].next == kNoNode) {
        node = dom_[node].parent;
        leave(node);
      }
      if (node == 0) break;
      node = dom_[node].next;
    }
    flush();
    return std::move(out_);
  }

 private:
  bool enter(uint32_t node) {
    const DomNode& n = dom_[node];
    if (n.tag == Tag::text) {
      const uint32_t bytes = text_bytes(n.text);
      if (bytes > 0 || !out_.texts.empty()) {
        if (bytes > 0 && current_.bytes == 0) current_.owner = owner_.empty() ? 0 : owner_.back();
        out_.texts.push_back(node);
        current_.bytes += bytes;
        if (links_ > 0) current_.link_bytes += bytes;
        if (bytes > 0) breaks_ = 0;
      }
      return false;
    }
    if (is_unread(n.tag)) return false;
    if (n.tag == Tag::br) {
      // Two in a row part paragraphs.
      if (++breaks_ >= 2) {
        flush();
      } else {
        out_.texts.push_back(kLineBreak);
      }
      return false;
    }
    if (n.tag == Tag::a) ++links_;
    if (is_block(n.tag)) {
      flush();
      owner_.push_back(node);
    }
    return true;
  }

  void leave(uint32_t node) {
    const Tag tag = dom_[node].tag;
    if (tag == Tag::a && links_ > 0) --links_;
    if (is_block(tag) && !owner_.empty() && owner_.back() == node) {
      flush();
      owner_.pop_back();
    }
  }

  void flush() {
    breaks_ = 0;
    current_.end = static_cast<uint32_t>(out_.texts.size());
    if (current_.bytes > 0) {
      current_.kind = kind_of(current_.owner);
      out_.blocks.push_back(current_);
    } else {
      out_.texts.resize(current_.begin);
    }
    current_ = {};
    current_.begin = static_cast<uint32_t>(out_.texts.size());
    current_.owner = owner_.empty() ? 0 : owner_.back();
  }

  // By the nearest telling element; divisions within a list item or cell do not matter.
  Tag kind_of(uint32_t node) const {
    for (int steps = 0; steps < 4 && node != kNoNode; ++steps, node = dom_[node].parent) {
      const Tag tag = dom_[node].tag;
      if (is_heading(tag)) return Tag::h2;
      if (tag == Tag::li || tag == Tag::dd || tag == Tag::dt) return Tag::li;
      if (tag == Tag::td || tag == Tag::th) return Tag::td;
      if (tag == Tag::blockquote || tag == Tag::pre || tag == Tag::figcaption || tag == Tag::p) return tag;
    }
    return Tag::div;
  }

  const Dom& dom_;
  PageBlocks out_;
  Block current_;
  std::vector<uint32_t> owner_;
  uint32_t links_ = 0, breaks_ = 0;
};

bool has_word(std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; }

class Finder {
 public:
  Finder(const Dom& dom, const ArticleRules& rules, const PageMetadata& metadata) : dom_(dom), rules_(rules), metadata_(metadata) {}

  BodyParts run() {
    out_.page = Cutter(dom_).run();
    order_nodes();
    weigh_prose();
    mark_furniture();
    leave_out_inline();
    choose_container();
    take_blocks();
    return std::move(out_);
  }

 private:
  static double links(const Block& block) { return block.bytes == 0 ? 0 : static_cast<double>(block.link_bytes) / block.bytes; }
  static bool is_prose(const Block& block) { return block.bytes >= kProseBytes && links(block) < kProseLinks && block.kind != Tag::h2; }

  void order_nodes() {
    order_.reserve(dom_.nodes.size());
    for (uint32_t node = 0; node != kNoNode; node = dom_.following(node, 0)) order_.push_back(node);
  }

  template <class T>
  void add_up(std::vector<T>& values) const {
    for (size_t i = order_.size(); i-- > 1;) values[dom_[order_[i]].parent] += values[order_[i]];
  }

  void weigh_prose() {
    prose_.assign(dom_.nodes.size(), 0);
    for (const Block& block : out_.page.blocks) {
      if (is_prose(block)) prose_[block.owner] += block.bytes - block.link_bytes;
    }
    add_up(prose_);
  }

  uint8_t effects(uint32_t node) {
    const std::string_view names = dom_.attribute(node, Attribute::class_), id = dom_.attribute(node, Attribute::id);
    uint8_t found = 0;
    for (const std::string_view value : {names, id}) {
      if (value.empty()) continue;
      const auto [known, fresh] = effect_cache_.try_emplace(value, uint8_t{0});
      if (fresh) known->second = rules_.classes.effects(value);
      found |= known->second;
    }
    return found;
  }

  bool is_hidden(uint32_t node) const {
    if (dom_[node].attribute_count == 0) return false;
    if (dom_.has_attribute(node, Attribute::hidden)) return true;
    const std::string_view style = dom_.attribute(node, Attribute::style);
    return !style.empty() && (has_word(style, "display:none") || has_word(style, "display: none") || has_word(style, "visibility:hidden") || has_word(style, "visibility: hidden"));
  }

  void mark_furniture() {
    out_.dropped.assign(dom_.nodes.size(), false);
    out_.elsewhere.assign(dom_.nodes.size(), false);
    out_.foreign.assign(dom_.nodes.size(), false);
    out_.stamped.assign(dom_.nodes.size(), false);
    caption_.assign(dom_.nodes.size(), false);
    body_class_.assign(dom_.nodes.size(), false);
    const double most = kMostProse * prose_[0];
    for (const uint32_t node : order_) {
      const DomNode& n = dom_[node];
      if (n.tag == Tag::text) out_.dropped[node] = n.parent != kNoNode && out_.dropped[n.parent];
      if (n.tag == Tag::text || n.tag == Tag::document) continue;
      if (n.parent != kNoNode) {
        out_.elsewhere[node] = out_.elsewhere[n.parent];
        out_.stamped[node] = out_.stamped[n.parent];
        out_.foreign[node] = out_.foreign[n.parent];
        out_.dropped[node] = out_.dropped[n.parent];
      }
      if (n.parent != kNoNode && caption_[n.parent]) caption_[node] = true;
      if (n.tag == Tag::html || n.tag == Tag::body) continue;
      const uint8_t found = n.attribute_count > 0 ? effects(node) : 0;
      const std::string_view role = n.attribute_count > 0 ? dom_.attribute(node, Attribute::role) : std::string_view();
      const bool light = prose_[node] < most;
      if (n.tag == Tag::figcaption || ((found & kClassCaption) != 0 && light && prose_[node] < 600)) caption_[node] = true;
      const bool by_tag = n.tag == Tag::nav || n.tag == Tag::footer || n.tag == Tag::aside || n.tag == Tag::dialog || n.tag == Tag::menu || n.tag == Tag::form;
      const bool by_role = role == "navigation" || role == "complementary" || role == "contentinfo" || role == "dialog" || role == "banner" || role == "search" || role == "alert" || role == "menu";
      const bool stamp = (found & kClassStamp) != 0 || n.tag == Tag::time;
      // A stamp is short; "article-info" around the whole article is not one.
      if (stamp && prose_[node] < 0.2 * prose_[0] + 1) out_.stamped[node] = true;
      const bool junk = (found & kClassJunk) != 0 && (found & kClassBody) == 0 && prose_[node] < kMostJunk * prose_[0];
      if (junk || (light && (by_tag || by_role || (found & kClassDrop) != 0))) {
        out_.dropped[node] = out_.elsewhere[node] = true;
        if (junk || n.tag == Tag::nav || role == "navigation") out_.foreign[node] = true;
      } else if (light && is_hidden(node)) {
        out_.dropped[node] = true;
      } else if (stamp && prose_[node] == 0 && n.tag != Tag::time) {
        out_.dropped[node] = true;
      }
      if (out_.dropped[node]) continue;
      const std::string_view itemprop = n.attribute_count > 0 ? dom_.attribute(node, Attribute::itemprop) : std::string_view();
      if ((found & kClassBody) != 0 || has_word(itemprop, "articleBody")) body_class_[node] = true;
    }
  }

  // Furniture within a line ("Jane Doe" with a box of links about her) leaves its block.
  void leave_out_inline() {
    out_.whole = out_.page;
    for (Block& block : out_.page.blocks) {
      if (out_.dropped[block.owner]) continue;
      const auto first = out_.page.texts.begin() + block.begin, last = out_.page.texts.begin() + block.end;
      const auto gone = [&](uint32_t text) { return text != kLineBreak && out_.dropped[text]; };
      if (std::none_of(first, last, gone)) continue;
      for (auto text = first; text != last; ++text) {
        if (!gone(*text)) continue;
        const uint32_t bytes = text_bytes(dom_[*text].text);
        block.bytes -= std::min(bytes, block.bytes);
        if (in_link(*text)) block.link_bytes -= std::min(bytes, block.link_bytes);
      }
      block.end = static_cast<uint32_t>(std::remove_if(first, last, gone) - out_.page.texts.begin());
    }
  }

  bool in_link(uint32_t node) const {
    for (uint32_t up = node, steps = 0; up != kNoNode && steps < kMaxDepth; up = dom_[up].parent, ++steps) {
      if (dom_[up].tag == Tag::a) return true;
      if (is_block(dom_[up].tag)) return false;
    }
    return false;
  }

  double value(const Block& block) const {
    if (is_prose(block)) return block.bytes - block.link_bytes;
    if (block.kind == Tag::h2) return 0;
    return -(10.0 + 0.5 * block.link_bytes);
  }

  bool usable(const Block& block) const { return block.bytes > 0 && !out_.dropped[block.owner] && !caption_[block.owner]; }

  void choose_container() {
    value_.assign(dom_.nodes.size(), 0.0);
    prose_.assign(dom_.nodes.size(), 0);
    for (const Block& block : out_.page.blocks) {
      if (!usable(block)) continue;
      value_[block.owner] += value(block);
      if (is_prose(block)) prose_[block.owner] += block.bytes - block.link_bytes;
    }
    add_up(value_);
    add_up(prose_);
    uint32_t best = 0;
    double best_value = 0;
    // Of equal ones the deepest: children come later in order_.
    for (const uint32_t node : order_) {
      if (dom_[node].tag == Tag::text || out_.dropped[node]) continue;
      if (value_[node] > 0 && value_[node] >= best_value) {
        best_value = value_[node];
        best = node;
      }
    }
    out_.container = best;
    // The outermost elements that call themselves the body.
    uint64_t own = 0;
    std::vector<uint32_t> named;
    for (size_t i = 0; i < order_.size(); ++i) {
      const uint32_t node = order_[i];
      if (!body_class_[node] || out_.dropped[node]) continue;
      bool inside = false;
      for (uint32_t up = dom_[node].parent; up != kNoNode && !inside; up = dom_[up].parent) inside = chosen_by_name_.count(up) > 0;
      if (inside || prose_[node] == 0) continue;
      chosen_by_name_.emplace(node, true);
      named.push_back(node);
      own += prose_[node];
    }
    if (!named.empty() && static_cast<double>(own) >= 0.75 * prose_[best]) {
      containers_ = named;
    } else {
      containers_ = {best};
    }
  }

  void take_blocks() {
    std::vector<bool> inside(dom_.nodes.size(), false);
    for (const uint32_t node : containers_) inside[node] = true;
    for (const uint32_t node : order_) {
      if (dom_[node].parent != kNoNode && inside[dom_[node].parent]) inside[node] = true;
    }
    double all = 0, seen = 0;
    std::map<std::pair<Tag, std::string_view>, uint32_t> by_parent;
    for (const Block& block : out_.page.blocks) {
      if (!inside[block.owner] || !usable(block) || !is_prose(block)) continue;
      all += block.bytes - block.link_bytes;
      by_parent[parent_of(block)] += block.bytes - block.link_bytes;
    }
    // The kind of element that most of the prose stands in directly, and the last prose there: nothing ends the article before it.
    uint32_t main_bytes = 0, last_main = 0;
    std::pair<Tag, std::string_view> main_parent;
    for (uint32_t i = 0; i < out_.page.blocks.size(); ++i) {
      const Block& block = out_.page.blocks[i];
      if (!inside[block.owner] || !usable(block) || !is_prose(block)) continue;
      const uint32_t bytes = by_parent[parent_of(block)];
      if (bytes > main_bytes) {
        main_bytes = bytes;
        main_parent = parent_of(block);
      }
    }
    for (uint32_t i = 0; i < out_.page.blocks.size(); ++i) {
      const Block& block = out_.page.blocks[i];
      if (inside[block.owner] && usable(block) && is_prose(block) && parent_of(block) == main_parent) last_main = i;
    }
    for (uint32_t i = 0; i < out_.page.blocks.size(); ++i) {
      const Block& block = out_.page.blocks[i];
      if (!inside[block.owner]) continue;
      if (caption_[block.owner] && !out_.dropped[block.owner]) {
        out_.captions.push_back(i);
        continue;
      }
      if (!usable(block)) continue;
      if (is_headline(block)) {
        // What stands before the headline belongs to something else, unless it is most of what there is.
        if (all - seen > 0.25 * all) out_.body.clear();
        continue;
      }
      if (block.bytes <= FurnitureTable::kMaxBytes) {
        const std::string text = block_text(block);
        const Furniture furniture = rules_.furniture.match(text);
        if (furniture == Furniture::end && seen >= kMostBefore * all && i > last_main) break;
        if (furniture != Furniture::none || is_stamp(text)) continue;
        if (looks_like_caption(text)) {
          out_.captions.push_back(i);
          continue;
        }
      }
      if (links(block) > 0.6) continue;
      if (is_prose(block)) seen += block.bytes - block.link_bytes;
      out_.body.push_back(i);
    }
    drop_loose_ends();
    take_lead_captions();
  }

  // Pictures between the headline and the story stand outside its container.
  void take_lead_captions() {
    const size_t heading = heading_block(dom_, out_, metadata_);
    if (heading == SIZE_MAX || out_.body.empty()) return;
    for (uint32_t i = static_cast<uint32_t>(heading) + 1; i < out_.body.back(); ++i) {
      const Block& block = out_.page.blocks[i];
      if (block.bytes == 0 || !caption_[block.owner] || out_.dropped[block.owner] || out_.foreign[block.owner]) continue;
      const auto at = std::lower_bound(out_.captions.begin(), out_.captions.end(), i);
      if (at == out_.captions.end() || *at != i) out_.captions.insert(at, i);
    }
  }

  // Kind and class of the element around a block: paragraphs of one story share it even where each has a box of its own.
  std::pair<Tag, std::string_view> parent_of(const Block& block) const {
    const uint32_t parent = dom_[block.owner].parent == kNoNode ? block.owner : dom_[block.owner].parent;
    return {dom_[parent].tag, dom_.attribute(parent, Attribute::class_)};
  }

  // A date and hardly anything else.
  bool is_stamp(std::string_view text) const {
    if (text.size() > 90) return false;
    const auto date = rules_.dates.first(text, {});
    return date && date->has_year && (date->end - date->begin) * 3 > text.size();
  }

  // Headings that head nothing any more, at the end.
  void drop_loose_ends() {
    while (!out_.body.empty() && out_.page.blocks[out_.body.back()].kind == Tag::h2) out_.body.pop_back();
  }

  bool is_headline(const Block& block) {
    if (block.kind != Tag::h2) return false;
    for (uint32_t up = block.owner, steps = 0; up != kNoNode && steps < 4; up = dom_[up].parent, ++steps) {
      if (up == metadata_.heading) return true;
    }
    if (metadata_.title.empty() || block.bytes > 400) return false;
    const std::string text = block_text(block);
    return text == metadata_.title || (text.size() * 10 > metadata_.title.size() * 8 && text.size() * 8 < metadata_.title.size() * 10 && word_overlap(text, metadata_.title) > 0.9);
  }

  std::string block_text(const Block& block) const {
    std::string raw;
    for (uint32_t i = block.begin; i < block.end; ++i) {
      if (out_.page.texts[i] == kLineBreak) {
        raw += ' ';
      } else {
        raw += dom_[out_.page.texts[i]].text;
      }
    }
    return squeeze(rules_.references.decode(raw));
  }

  const Dom& dom_;
  const ArticleRules& rules_;
  const PageMetadata& metadata_;
  BodyParts out_;
  std::vector<uint32_t> order_;
  std::vector<uint32_t> prose_;
  std::vector<double> value_;
  std::vector<bool> caption_, body_class_;
  std::vector<uint32_t> containers_;
  std::unordered_map<uint32_t, bool> chosen_by_name_;
  std::unordered_map<std::string_view, uint8_t> effect_cache_;
};

}  // namespace

size_t heading_block(const Dom& dom, const BodyParts& parts, const PageMetadata& metadata) {
  if (metadata.heading == kNoNode) return SIZE_MAX;
  for (size_t i = 0; i < parts.whole.blocks.size(); ++i) {
    for (uint32_t up = parts.whole.blocks[i].owner, steps = 0; up != kNoNode && steps < 4; up = dom[up].parent, ++steps) {
      if (up == metadata.heading) return i;
    }
  }
  return SIZE_MAX;
}

BodyParts find_body(const Dom& dom, const ArticleRules& rules, const PageMetadata& metadata) { return Finder(dom, rules, metadata).run(); }

}  // namespace demarche::article
