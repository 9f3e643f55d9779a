#include "demarche/article/metadata.h"

#include <algorithm>
#include <array>

#include "demarche/core/utf8.h"

namespace demarche::article {
namespace {

using namespace std::string_view_literals;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  const std::string folded = fold(text);
  bool open = false;
  for (const char c : folded) {
    const auto u = static_cast<unsigned char>(c);
    const bool in = (u >= 'a' && u <= 'z') || (u >= '0' && u <= '9') || u >= 0x80;
    if (!in) {
      open = false;
      continue;
    }
    if (!open) words.emplace_back();
    open = true;
    words.back() += c;
  }
  return words;
}

// "Headline | Section | Outlet" -> its parts.
std::vector<std::string> title_parts(std::string_view title) {
  std::vector<std::string> parts;
  size_t from = 0;
  for (size_t i = 0; i < title.size();) {
    size_t length = 0;
    for (const std::string_view separator : {" | "sv, " - "sv, " \xe2\x80\x93 "sv, " \xe2\x80\x94 "sv, " \xc2\xbb "sv, " \xc2\xab "sv, " \xc2\xb7 "sv, " // "sv, " :: "sv, " \xe2\x80\xa2 "sv, "| "sv, " > "sv}) {
      if (title.substr(i, separator.size()) == separator) {
        length = separator.size();
        break;
      }
    }
    if (length > 0) {
      parts.push_back(squeeze(title.substr(from, i - from)));
      i += length;
      from = i;
    } else {
      ++i;
    }
  }
  parts.push_back(squeeze(title.substr(from)));
  return parts;
}

// "By Jane Doe and John Roe" -> two names; links, roles and dates are none.
void add_author(std::string_view text, std::vector<std::string>& out) {
  std::string name = squeeze(text);
  for (const std::string_view by : {"By "sv, "by "sv, "BY "sv, "Von "sv, "von "sv, "Par "sv, "par "sv, "Por "sv, "por "sv, "Written by "sv, "Story by "sv}) {
    if (name.size() > by.size() && std::string_view(name).substr(0, by.size()) == by) {
      name.erase(0, by.size());
      break;
    }
  }
  if (name.empty() || name.size() > 100 || name.find("://") != std::string::npos || name.find('@') != std::string::npos) return;
  if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
}

void add_authors(std::string_view text, std::vector<std::string>& out) {
  const std::string whole = squeeze(text);
  size_t from = 0;
  for (size_t i = 0; i < whole.size();) {
    size_t length = 0;
    for (const std::string_view separator : {" and "sv, " und "sv, " et "sv, " & "sv, "; "sv, ", "sv}) {
      if (std::string_view(whole).substr(i, separator.size()) == separator) length = separator.size();
    }
    if (length == 0) {
      ++i;
      continue;
    }
    add_author(std::string_view(whole).substr(from, i - from), out);
    i += length;
    from = i;
  }
  add_author(std::string_view(whole).substr(from), out);
}

class Reader {
 public:
  Reader(const Dom& dom, const ArticleRules& rules) : dom_(dom), rules_(rules) {}

  PageMetadata run() {
    collect();
    out_.linked = read_linked_data(scripts_, rules_.references);
    choose_title();
    choose_publisher();
    choose_authors();
    out_.section = out_.linked.section.empty() ? meta_value(out_, {"article:section", "section", "og:section", "parsely-section", "cxenseparse:section"}) : out_.linked.section;
    if (out_.language.empty()) out_.language = out_.linked.language;
    if (out_.language.empty()) out_.language = meta_value(out_, {"content-language", "dcterms.language", "dc.language", "inlanguage", "og:locale"});
    std::replace(out_.language.begin(), out_.language.end(), '_', '-');
    if (out_.url.find("://") == std::string::npos) out_.url = meta_value(out_, {"og:url", "twitter:url", "parsely-link"});
    if (out_.url.empty()) out_.url = out_.linked.url;
    return std::move(out_);
  }

 private:
  void collect() {
    for (uint32_t node = 0; node < dom_.nodes.size(); ++node) {
      const DomNode& n = dom_[node];
      switch (n.tag) {
        case Tag::meta: take_meta(node); break;
        case Tag::script:
          if (lower(dom_.attribute(node, Attribute::type)).find("ld+json") != std::string::npos) scripts_.push_back(n.text);
          break;
        case Tag::title:
          if (out_.html_title.empty() && dom_[n.parent].tag != Tag::svg && dom_[n.parent].tag != Tag::other) out_.html_title = squeeze(rules_.references.decode(n.text));
          break;
        case Tag::link:
          if (out_.url.empty() && lower(dom_.attribute(node, Attribute::rel)) == "canonical") out_.url = rules_.references.decode(squeeze(dom_.attribute(node, Attribute::href)));
          break;
        case Tag::html:
          out_.language = dom_.attribute(node, Attribute::lang);
          if (out_.language.empty()) out_.language = dom_.attribute(node, Attribute::xml_lang);
          break;
        case Tag::h1:
        case Tag::h2:
        case Tag::h3:
          if (headings_.size() < 200) headings_.push_back(node);
          break;
        default: break;
      }
      if (n.tag != Tag::meta && n.tag != Tag::link && n.attribute_count > 0) take_author_node(node);
    }
  }

  void take_meta(uint32_t node) {
    const std::string_view content = dom_.attribute(node, Attribute::content);
    if (content.empty()) return;
    for (const Attribute key : {Attribute::property, Attribute::name, Attribute::itemprop, Attribute::http_equiv}) {
      const std::string_view name = dom_.attribute(node, key);
      if (!name.empty()) out_.meta.push_back({lower(name), squeeze(rules_.references.decode(content))});
    }
  }

  void take_author_node(uint32_t node) {
    if (author_nodes_.size() >= 20) return;
    const std::string_view rel = dom_.attribute(node, Attribute::rel), itemprop = dom_.attribute(node, Attribute::itemprop);
    if (rel == "author" || itemprop == "author" || itemprop == "creator") author_nodes_.push_back(node);
  }

  void choose_title() {
    const std::string parts_title = out_.html_title;
    std::string told = squeeze(out_.linked.headline);
    const std::string shared = meta_value(out_, {"og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "headline", "title"});
    if (told.empty() || (told.size() > 300)) told = shared;
    const std::string& reference = !shared.empty() ? shared : !told.empty() ? told : parts_title;
    // The heading that says the same is the headline as readers see it.
    double best = 0.5;
    for (const uint32_t node : headings_) {
      const bool first = dom_[node].tag == Tag::h1;
      const std::string text = visible_text(dom_, node, rules_.references);
      if (text.size() < 6 || text.size() > 400) continue;
      double score = std::max(word_overlap(text, reference), std::max(word_overlap(text, told), word_overlap(text, parts_title)));
      // One or two words are found in anything.
      const size_t words = words_of(text).size();
      if (words < 3 && reference.size() > 2 * text.size()) score *= 0.4;
      if (!first) score -= dom_[node].tag == Tag::h2 ? 0.15 : 0.25;
      if (score > best + 1e-9) {
        best = score;
        out_.heading = node;
        out_.title = text;
      }
    }
    if (out_.heading != kNoNode) return;
    std::vector<uint32_t> firsts;
    for (const uint32_t node : headings_) {
      if (dom_[node].tag == Tag::h1 && visible_text(dom_, node, rules_.references).size() >= 15) firsts.push_back(node);
    }
    if (!told.empty()) {
      out_.title = without_outlet(told);
    } else if (firsts.size() == 1 && parts_title.empty()) {
      out_.heading = firsts.front();
      out_.title = visible_text(dom_, firsts.front(), rules_.references);
    } else if (!parts_title.empty()) {
      out_.title = without_outlet(parts_title);
    }
  }

  // "Headline | Outlet" without what follows the separator, unless the headline is the smaller part.
  std::string without_outlet(const std::string& title) const {
    const auto parts = title_parts(title);
    if (parts.size() < 2) return title;
    const auto longest = std::max_element(parts.begin(), parts.end(), [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
    return longest->size() * 2 > title.size() ? *longest : title;
  }

  void choose_publisher() {
    out_.publisher = squeeze(out_.linked.publisher);
    if (out_.publisher.empty() || out_.publisher.find("://") != std::string::npos) out_.publisher = meta_value(out_, {"og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name", "apple-mobile-web-app-title", "cre", "copyright"});
    if (!out_.publisher.empty() && out_.publisher.size() <= 80) return;
    out_.publisher.clear();
    const auto parts = title_parts(out_.html_title);
    if (parts.size() < 2 || out_.title.empty()) return;
    // The outlet is the end of the title element that is no part of the headline.
    const std::string& last = parts.back();
    if (word_overlap(parts.front(), out_.title) > 0.8 && word_overlap(last, out_.title) < 0.5 && last.size() <= 60) out_.publisher = last;
  }

  void choose_authors() {
    for (const std::string& name : out_.linked.authors) add_authors(name, out_.authors);
    if (!out_.authors.empty()) return;
    for (const std::string_view name : {"author"sv, "article:author"sv, "parsely-author"sv, "sailthru.author"sv, "dc.creator"sv, "dcterms.creator"sv, "byl"sv, "authors"sv, "cxenseparse:author"sv}) {
      for (const MetaTag& tag : out_.meta) {
        if (tag.name == name) add_authors(tag.value, out_.authors);
      }
      if (!out_.authors.empty()) return;
    }
    for (const uint32_t node : author_nodes_) {
      // itemprop=author may hold a name of its own below it.
      uint32_t name = node;
      for (uint32_t below = dom_.following(node, node); below != kNoNode; below = dom_.following(below, node)) {
        if (dom_.attribute(below, Attribute::itemprop) == "name") {
          name = below;
          break;
        }
      }
      add_authors(visible_text(dom_, name, rules_.references), out_.authors);
    }
    if (out_.authors.size() > 5) out_.authors.clear();  // a list of writers, not the writers of this
  }

  const Dom& dom_;
  const ArticleRules& rules_;
  PageMetadata out_;
  std::vector<std::string_view> scripts_;
  std::vector<uint32_t> headings_, author_nodes_;
};

}  // namespace

std::string squeeze(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool no_break = text.substr(i, 2) == "\xc2\xa0";
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || no_break) {
      if (!out.empty() && out.back() != ' ') out += ' ';
      if (no_break) ++i;
    } else {
      out += c;
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

double word_overlap(std::string_view a, std::string_view b) {
  std::vector<std::string> x = words_of(a), y = words_of(b);
  if (x.empty() || y.empty()) return 0;
  if (x.size() > y.size()) std::swap(x, y);
  std::sort(y.begin(), y.end());
  size_t shared = 0;
  for (const std::string& word : x) shared += std::binary_search(y.begin(), y.end(), word);
  return static_cast<double>(shared) / static_cast<double>(x.size());
}

std::string visible_text(const Dom& dom, uint32_t node, const CharacterReferences& references) {
  std::string raw;
  for (uint32_t at = node; at != kNoNode;) {
    const DomNode& n = dom[at];
    const bool unread = n.tag == Tag::script || n.tag == Tag::style || n.tag == Tag::svg || n.tag == Tag::noscript || n.tag == Tag::template_ || n.tag == Tag::button;
    if (n.tag == Tag::text) raw += n.text;
    if (n.tag == Tag::br || n.tag == Tag::p || n.tag == Tag::div || n.tag == Tag::li) raw += ' ';
    if (raw.size() > 5000) break;
    at = unread ? dom.after(at, node) : dom.following(at, node);
  }
  return squeeze(references.decode(raw));
}

std::string meta_value(const PageMetadata& metadata, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    for (const MetaTag& tag : metadata.meta) {
      if (tag.name == name && !tag.value.empty()) return tag.value;
    }
  }
  return "";
}

PageMetadata read_metadata(const Dom& dom, const ArticleRules& rules) { return Reader(dom, rules).run(); }

}  // namespace demarche::article
