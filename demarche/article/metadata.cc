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

class Reader {
 public:
  Reader(const Dom& dom, const ArticleRules& rules) : dom_(dom), rules_(rules) {}

  PageMetadata run() {
    collect();
    out_.linked = read_linked_data(scripts_, rules_.references);
    choose_title();
    choose_publisher();
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
      if (is_site_name(node, text)) {
        score -= 0.6;
        site_ = text;
      }
      if (score > best + 1e-9) {
        best = score;
        out_.heading = out_.headline = node;
        out_.title = text;
      }
    }
    if (out_.heading != kNoNode) return leave_kicker(reference);
    std::vector<uint32_t> firsts;
    for (const uint32_t node : headings_) {
      if (dom_[node].tag == Tag::h1 && visible_text(dom_, node, rules_.references).size() >= 15) firsts.push_back(node);
    }
    // Print views and old pages: the title element is the same on all of them.
    const bool only_heading = firsts.size() == 1 && (parts_title.empty() || (words_of(visible_text(dom_, firsts.front(), rules_.references)).size() >= 3 && !is_site_name(firsts.front(), visible_text(dom_, firsts.front(), rules_.references))));
    if (!told.empty()) {
      out_.title = without_outlet(told);
    } else if (only_heading) {
      out_.heading = out_.headline = firsts.front();
      out_.title = visible_text(dom_, firsts.front(), rules_.references);
    } else if (!parts_title.empty()) {
      out_.title = without_outlet(parts_title);
    }
  }

  // A heading that names the site and leads to its front page, and not the article.
  bool is_site_name(uint32_t heading, std::string_view text) const {
    const auto parts = title_parts(out_.html_title);
    const auto leads_home = [&](uint32_t node) {
      if (dom_[node].tag != Tag::a || !dom_.has_attribute(node, Attribute::href)) return false;
      std::string_view href = dom_.attribute(node, Attribute::href);
      if (dom_.attribute(node, Attribute::rel) == "home") return true;
      if (const size_t scheme = href.find("//"); scheme != std::string_view::npos) {
        href.remove_prefix(scheme + 2);
        href.remove_prefix(std::min(href.find('/'), href.size()));
      }
      return href.empty() || href == "/" || href == "/index.html" || href == "/index.php";
    };
    for (uint32_t below = dom_.following(heading, heading); below != kNoNode; below = dom_.following(below, heading)) {
      if (leads_home(below)) return true;
    }
    if (dom_[heading].parent != kNoNode && leads_home(dom_[heading].parent)) return true;
    // What makes up most of the title element is the headline, whatever it is called.
    const auto longest = std::max_element(parts.begin(), parts.end(), [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
    if (parts.size() >= 2 && words_of(*longest) == words_of(text)) return false;
    // "Headline - Site"
    if (parts.size() >= 2 && words_of(parts.back()) == words_of(text) && words_of(parts.front()) != words_of(text)) return true;
    const std::string site = meta_value(out_, {"og:site_name", "application-name"});
    if (!site.empty() && words_of(site) == words_of(text)) return true;
    for (const std::string_view name : {dom_.attribute(heading, Attribute::class_), dom_.attribute(heading, Attribute::id)}) {
      const std::string folded = lower(name);
      for (const std::string_view word : {"site-title"sv, "site-name"sv, "sitetitle"sv, "blog-title"sv, "blogtitle"sv, "logo"sv, "brand"sv}) {
        if (folded.find(word) != std::string::npos) return true;
      }
    }
    return false;
  }

  // "<h1><span>Border</span> Crossing reopens</h1>": the part of the heading that is the headline as the metadata tell it.
  void leave_kicker(const std::string& reference) {
    const auto wanted = words_of(reference);
    if (wanted.size() < 3 || words_of(out_.title).size() <= wanted.size() || (words_of(out_.html_title).size() >= words_of(out_.title).size() && word_overlap(out_.title, out_.html_title) > 0.99)) return;
    for (uint32_t below = dom_.following(out_.heading, out_.heading); below != kNoNode; below = dom_.following(below, out_.heading)) {
      const std::string text = dom_[below].tag == Tag::text ? squeeze(rules_.references.decode(dom_[below].text)) : visible_text(dom_, below, rules_.references);
      if (words_of(text) != wanted) continue;
      out_.headline = below;
      out_.title = text;
      return;
    }
  }

  // "Headline | Outlet" without what follows the separator, unless the headline is the smaller part.
  std::string without_outlet(const std::string& title) const {
    auto parts = title_parts(title);
    if (parts.size() == 2 && !site_.empty() && parts.back() == site_) return parts.front();
    if (parts.size() < 2) return title;
    const auto longest = std::max_element(parts.begin(), parts.end(), [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
    return longest->size() * 2 > title.size() ? *longest : title;
  }

  // No address, account or name of the content system.
  static bool is_outlets_name(const std::string& name) {
    if (name.empty() || name.size() > 80 || name.front() == '@' || name.find("://") != std::string::npos) return false;
    return name != "Blogger" && name != "WordPress.com" && name != "WordPress" && name != "Drupal" && name != "Joomla";
  }

  void choose_publisher() {
    // An agency in JSON-LD on another outlet's page is the one that wrote it.
    const std::string linked = squeeze(out_.linked.publisher), site = meta_value(out_, {"og:site_name"});
    if (const auto agency = rules_.outlets.agency(linked); agency && is_outlets_name(site) && rules_.outlets.agency(site) != agency) {
      out_.publisher = site;
      out_.written_by = *agency;
      return;
    }
    for (const std::string& name : {linked, site, meta_value(out_, {"dc.publisher"}), meta_value(out_, {"dcterms.publisher"}), meta_value(out_, {"publisher"}), meta_value(out_, {"application-name"}), meta_value(out_, {"apple-mobile-web-app-title"}), meta_value(out_, {"cre"}), meta_value(out_, {"copyright"})}) {
      if (!is_outlets_name(name)) continue;
      out_.publisher = name;
      return;
    }
    const auto parts = title_parts(out_.html_title);
    if (parts.size() < 2 || out_.title.empty()) return;
    // The outlet is the end of the title element that is no part of the headline.
    const std::string& last = parts.back();
    if (word_overlap(parts.front(), out_.title) > 0.8 && word_overlap(last, out_.title) < 0.5 && last.size() <= 60) out_.publisher = last;
  }

  const Dom& dom_;
  const ArticleRules& rules_;
  PageMetadata out_;
  std::vector<std::string_view> scripts_;
  std::vector<uint32_t> headings_;
  std::string site_;  // what a heading calls the site; empty when none does
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
