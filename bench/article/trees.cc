// Our HTML parser beside gumbo, which follows the standard to the letter: over saved pages, the share with the same tree and with the
// same article, the time of each, and what hostile pages cost.
//
//     bench_trees DATA_DIR PAGE.html[.gz]...
//
// The tree is compared as what extraction sees: every word with the chain of block elements around it.
#include <gumbo.h>
#include <zlib.h>

#include <ctime>

#include <algorithm>
#include <iostream>
#include <memory>

#include "demarche/article/article.h"
#include "demarche/article/decode.h"
#include "demarche/article/dom.h"
#include "demarche/article/html_page.h"

namespace demarche::article {
namespace {

std::string load(const char* path) {
  const std::unique_ptr<gzFile_s, decltype(&gzclose)> file(gzopen(path, "rb"), &gzclose);
  std::string bytes(size_t{64} << 20, '\0');
  const int size = file ? gzread(file.get(), bytes.data(), static_cast<unsigned>(bytes.size())) : 0;
  bytes.resize(size > 0 ? static_cast<size_t>(size) : 0);
  return bytes;
}

double seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// Memory of one parse, given back at once: gumbo's own release recurses.
struct Arena {
  std::vector<std::unique_ptr<char[]>> blocks;
  size_t at = 0, size = 0;

  static void* take(void* self, size_t bytes) {
    Arena& arena = *static_cast<Arena*>(self);
    bytes = (bytes + 15) / 16 * 16;
    if (arena.at + bytes > arena.size) {
      arena.size = std::max(bytes, size_t{1} << 20);
      arena.blocks.push_back(std::make_unique<char[]>(arena.size));
      arena.at = 0;
    }
    arena.at += bytes;
    return arena.blocks.back().get() + arena.at - bytes;
  }
  static void release(void*, void*) {}
};

const GumboOutput* parse_gumbo(std::string_view html, Arena& arena) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = Arena::take;
  options.deallocator = Arena::release;
  options.userdata = &arena;
  options.max_errors = 0;
  return gumbo_parse_with_options(&options, html.data(), html.size());
}

// Gumbo's tree in our nodes.
class Converter {
 public:
  Dom run(const GumboNode* root) {
    dom_.nodes.push_back({});
    dom_.nodes[0].tag = Tag::document;
    std::vector<std::pair<const GumboNode*, uint32_t>> open = {{root, 0}};
    while (!open.empty()) {
      const auto [node, parent] = open.back();
      open.pop_back();
      const GumboVector* children = nullptr;
      uint32_t self = parent;
      if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) {
        self = element(node->v.element, parent);
        children = &node->v.element.children;
      } else if (node->type == GUMBO_NODE_DOCUMENT) {
        children = &node->v.document.children;
      } else if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) {
        text({node->v.text.original_text.data, node->v.text.original_text.length}, parent);
      }
      for (unsigned i = children == nullptr ? 0 : children->length; i-- > 0;) open.emplace_back(static_cast<const GumboNode*>(children->data[i]), self);
    }
    return std::move(dom_);
  }

 private:
  uint32_t append(DomNode fresh, uint32_t parent) {
    const auto node = static_cast<uint32_t>(dom_.nodes.size());
    fresh.parent = parent;
    fresh.previous = dom_.nodes[parent].last_child;
    dom_.nodes.push_back(fresh);
    (fresh.previous == kNoNode ? dom_.nodes[parent].first_child : dom_.nodes[fresh.previous].next) = node;
    dom_.nodes[parent].last_child = node;
    return node;
  }

  uint32_t element(const GumboElement& e, uint32_t parent) {
    DomNode fresh;
    GumboStringPiece name = e.original_tag;
    gumbo_tag_from_original_text(&name);
    fresh.tag = tag_named(e.tag == GUMBO_TAG_UNKNOWN ? std::string_view(name.data, name.length) : gumbo_normalized_tagname(e.tag)).value_or(Tag::other);
    fresh.attributes = static_cast<uint32_t>(dom_.attributes.size());
    for (unsigned i = 0; i < e.attributes.length; ++i) {
      const auto& attribute = *static_cast<const GumboAttribute*>(e.attributes.data[i]);
      const auto known = attribute_named(attribute.name);
      if (!known) continue;
      std::string_view value(attribute.original_value.data, attribute.original_value.length);
      if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'')) value = value.substr(1, value.size() - 2);
      if (*attribute.value == '\0') value = {};
      dom_.attributes.push_back({*known, value});
    }
    fresh.attribute_count = static_cast<uint16_t>(dom_.attributes.size() - fresh.attributes);
    return append(fresh, parent);
  }

  // The words as they stand; an end tag that the standard ignores may stand between them.
  void text(std::string_view raw, uint32_t parent) {
    const Tag in = dom_.nodes[parent].tag;
    if (in == Tag::script || in == Tag::style || in == Tag::title || in == Tag::textarea || in == Tag::xmp || in == Tag::iframe || in == Tag::noembed || in == Tag::noframes) {
      dom_.nodes[parent].text = raw;
      return;
    }
    for (size_t from = 0; from < raw.size();) {
      size_t end = from;
      const auto is_tag = [&](size_t at) { return raw[at] == '<' && at + 1 < raw.size() && (raw[at + 1] == '/' || raw[at + 1] == '!' || raw[at + 1] == '?' || std::isalpha(static_cast<unsigned char>(raw[at + 1])) != 0); };
      while (end < raw.size() && !is_tag(end)) ++end;
      if (end > from) {
        DomNode fresh;
        fresh.tag = Tag::text;
        fresh.text = raw.substr(from, end - from);
        append(fresh, parent);
      }
      from = end == raw.size() ? end : std::min(raw.find('>', end), raw.size() - 1) + 1;
    }
  }

  Dom dom_;
};

// Every word with the chain of elements around it that part text into blocks.
std::string outline(const Dom& dom) {
  std::string out, chain, last;
  for (uint32_t node = 0; node != kNoNode; node = dom.following(node, 0)) {
    if (dom[node].tag != Tag::text) continue;
    chain.clear();
    bool unread = false;
    for (uint32_t up = dom[node].parent; up != kNoNode; up = dom[up].parent) {
      const Tag tag = dom[up].tag;
      unread = unread || tag == Tag::head || tag == Tag::noscript || tag == Tag::svg || tag == Tag::template_ || tag == Tag::select || tag == Tag::button || tag == Tag::object;
      switch (tag) {
        case Tag::div: case Tag::p: case Tag::article: case Tag::section: case Tag::header: case Tag::footer: case Tag::aside: case Tag::nav: case Tag::main: case Tag::li: case Tag::ul: case Tag::ol:
        case Tag::table: case Tag::tr: case Tag::td: case Tag::th: case Tag::blockquote: case Tag::h1: case Tag::h2: case Tag::h3: case Tag::h4: case Tag::figure: case Tag::figcaption: case Tag::form:
          chain += static_cast<char>('!' + static_cast<int>(tag) % 90);
          break;
        default: break;
      }
    }
    if (unread) continue;
    for (size_t i = 0; i < dom[node].text.size();) {
      const std::string_view text = dom[node].text;
      const size_t from = text.find_first_not_of(" \t\r\n\f", i);
      if (from == std::string_view::npos) break;
      i = std::min(text.find_first_of(" \t\r\n\f", from), text.size());
      if (chain != last) out += "\n" + chain + ": ";
      last = chain;
      out += text.substr(from, i - from);
    }
  }
  return out;
}

void hostile() {
  std::string nested, attributes = "<p";
  for (int i = 0; i < 100000; ++i) nested += "<div>";
  for (int i = 0; i < 100000; ++i) attributes += " a" + std::to_string(i) + "=1";
  attributes += ">x";
  for (const auto& [name, page] : {std::pair<const char*, const std::string&>("100,000 nested elements", nested), {"100,000 attributes of one element", attributes}}) {
    double begin = seconds();
    parse_html(page);
    const double ours = seconds() - begin;
    begin = seconds();
    Arena arena;
    parse_gumbo(page, arena);
    std::cout << name << ": ours " << ours << " s, gumbo " << seconds() - begin << " s\n";
  }
}

}  // namespace

int compare(int count, char** paths) {
  const ArticleRulesPtr rules = load_article_rules(paths[1]);
  size_t pages = 0, same_tree = 0, same_article = 0, same_day = 0;
  double ours = 0, theirs = 0;
  for (int i = 2; i < count; ++i) {
    std::vector<Diagnostic> diagnostics;
    Page page;
    page.bytes = load(paths[i]);
    const std::string html = decode_page(page.bytes, "", true, diagnostics);
    if (html.empty()) continue;
    ++pages;
    double begin = seconds();
    const Dom one = parse_html(html);
    ours += seconds() - begin;
    begin = seconds();
    Arena arena;
    const GumboOutput* output = parse_gumbo(html, arena);
    theirs += seconds() - begin;
    const Dom other = Converter().run(output->document);
    const Article a = read_html_tree(one, html, page, *rules), b = read_html_tree(other, html, page, *rules);
    const bool tree = outline(one) == outline(other), article = a.text == b.text;
    same_tree += tree;
    same_article += article;
    same_day += a.published == b.published;
    if (!article) std::cout << "other article: " << paths[i] << " (" << a.text.size() << " bytes, with gumbo " << b.text.size() << ")\n";
    if (!tree && article) std::cout << "other tree: " << paths[i] << "\n";
  }
  std::cout << pages << " pages: same tree " << same_tree << ", same article " << same_article << ", same day " << same_day << "\n"
            << "milliseconds a page: ours " << 1e3 * ours / static_cast<double>(pages) << ", gumbo " << 1e3 * theirs / static_cast<double>(pages) << "\n";
  hostile();
  return 0;
}

}  // namespace demarche::article

int main(int count, char** paths) {
  if (count < 3) {
    std::cerr << "bench_trees DATA_DIR PAGE.html[.gz]...\n";
    return 2;
  }
  return demarche::article::compare(count, paths);
}
