// Sources in this order: JSON-LD, <meta>, microdata and rel=author, then the byline near the headline: a line that begins with "By", or an
// element whose class speaks of authors. A source that names the outlet only counts for nothing.
#include "demarche/article/authors.h"

#include <algorithm>
#include <array>

#include "demarche/article/body.h"
#include "demarche/article/metadata.h"
#include "demarche/core/table.h"
#include "demarche/core/utf8.h"

namespace demarche::article {
namespace {

using namespace std::string_view_literals;

// More names than these are a list of a site's writers.
constexpr size_t kMostAuthors = 8;
// Bytes of a name, and of a byline with all that stands in it.
constexpr size_t kMaxName = 60, kMaxByline = 220;
// Blocks before the headline, after the beginning and after the end of the story in which a byline is sought.
constexpr size_t kBefore = 3, kAfterBegin = 2, kAfterEnd = 3;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_upper(c) || (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80) != 0; }

// What parts one name from the next, or a name from what is none.
constexpr std::array kSeparators = {" and "sv, " AND "sv, " And "sv, " und "sv, " et "sv, " y "sv, " & "sv, "; "sv, ", "sv, " | "sv, "|"sv, " / "sv, " \xe2\x80\xa2 "sv, " \xc2\xb7 "sv, " - "sv, " \xe2\x80\x93 "sv, " \xe2\x80\x94 "sv, "\n"sv, " with "sv};

// "example.com": a site, not a person.
bool is_domain(std::string_view text) {
  const size_t dot = text.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || text.find(' ') != std::string_view::npos) return false;
  constexpr std::array kEnds = {"com"sv, "org"sv, "net"sv, "de"sv, "at"sv, "ch"sv, "uk"sv, "fr"sv, "it"sv, "es"sv, "be"sv, "nl"sv, "ru"sv, "am"sv, "io"sv, "info"sv, "tv"sv, "eu"sv, "cat"sv, "in"sv, "pk"sv};
  return std::find(kEnds.begin(), kEnds.end(), fold(text.substr(dot + 1))) != kEnds.end();
}

// Capitalised words with particles between, no figures: what a person's name looks like in Latin script; other scripts are short.
bool looks_like_name(std::string_view text) {
  size_t words = 0, capitals = 0;
  bool latin = true;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(' ', at), text.size());
    const std::string_view word = text.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    ++words;
    if (std::any_of(word.begin(), word.end(), is_digit)) return false;
    if (is_upper(word.front())) ++capitals;
    if ((static_cast<unsigned char>(word.front()) & 0x80) != 0) {
      ++capitals;
      latin = latin && static_cast<unsigned char>(word.front()) < 0xce;
    }
  }
  return words >= 2 && words <= 5 && capitals >= 2 && (!latin || text.size() <= 45);
}

std::string key_of(std::string_view name) {
  std::string key;
  for (const char c : fold(name)) {
    if (is_letter(c) || is_digit(c)) key += c;
  }
  return key;
}

}  // namespace

BylineTable::BylineTable(const std::filesystem::path& path) {
  const Table table = Table::load(path, {"id", "kind", "words", "must match", "must not match", "why"});
  table.require_sorted(0);
  table.require_unique(0);
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string_view kind = table.cell(row, 1);
    if (kind != "label" && kind != "role" && kind != "none" && kind != "tail" && kind != "class") table.fail(row, 1, "the kind is label, role, none, tail or class");
    for (const std::string_view word : split_list(table.cell(row, 2), '|')) {
      if (word != fold(word)) table.fail(row, 2, "words are folded: lower case, no accents");
      if (kind == "label") labels_.emplace_back(word);
      if (kind == "role") roles_.emplace(word);
      if (kind == "tail") tails_.emplace(word);
      if (kind == "class") classes_.emplace(word);
      if (kind == "none" && word.back() == '*') none_prefixes_.emplace_back(word.substr(0, word.size() - 1));
      if (kind == "none" && word.back() != '*') none_.emplace(word);
    }
  }
  std::stable_sort(labels_.begin(), labels_.end(), [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  for (size_t row = 0; row < table.size(); ++row) {
    if (!matches(table.cell(row, 1), table.cell(row, 3))) table.fail(row, 3, "the table does not match this example");
    if (matches(table.cell(row, 1), table.cell(row, 4))) table.fail(row, 4, "the table must not match this example");
  }
}

bool BylineTable::matches(std::string_view kind, std::string_view text) const {
  if (kind == "label") return has_label(text);
  if (kind == "class") return names_byline(text);
  if (kind == "tail") return without_tail(text) != text;
  return kind == "role" ? is_role(fold(text)) : is_none(fold(text));
}

size_t BylineTable::label_bytes(std::string_view text) const {
  // Folding keeps the length of what labels are made of, but for accents: the label ends at a blank or colon.
  for (size_t end = 0, parts = 0; end < text.size() && parts < 4 && end < 40; ++end) {
    if (text[end] != ' ' && text[end] != ':') continue;
    ++parts;
    for (const bool colon : {true, false}) {
      if (colon && text[end] != ':') continue;
      const std::string folded = fold(text.substr(0, end + (colon ? 1 : 0)));
      if (std::find(labels_.begin(), labels_.end(), folded) == labels_.end()) continue;
      size_t next = end + 1;
      while (next < text.size() && (text[next] == ' ' || text[next] == ':')) ++next;
      // A longer label may go on ("text von").
      const size_t more = next < text.size() ? label_bytes(text.substr(next)) : 0;
      return next < text.size() ? next + more : 0;
    }
  }
  return 0;
}

bool BylineTable::is_role(std::string_view folded) const {
  const size_t space = folded.rfind(' ');
  return roles_.count(std::string(folded)) > 0 || (space != std::string_view::npos && roles_.count(std::string(folded.substr(space + 1))) > 0);
}

std::string_view BylineTable::without_tail(std::string_view name) const {
  for (size_t space = name.rfind(' '); space != std::string_view::npos && tails_.count(fold(name.substr(space + 1))) > 0; space = name.rfind(' ')) name = name.substr(0, space);
  return name;
}

bool BylineTable::is_none(std::string_view folded) const {
  if (none_.count(std::string(folded)) > 0) return true;
  return std::any_of(none_prefixes_.begin(), none_prefixes_.end(), [&](const std::string& prefix) {
    // A whole word at least: "mehr" is no part of a name such as Mehran.
    return folded.substr(0, prefix.size()) == prefix && (folded.size() == prefix.size() || !is_letter(folded[prefix.size()]));
  });
}

bool BylineTable::names_byline(std::string_view class_names) const {
  std::string word;
  for (size_t i = 0; i <= class_names.size(); ++i) {
    const char c = i < class_names.size() ? class_names[i] : ' ';
    const bool joint = i > 0 && is_upper(c) && !is_upper(class_names[i - 1]);
    if (!is_letter(c) || joint) {
      if (!word.empty() && classes_.count(word) > 0) return true;
      word.clear();
    }
    if (is_letter(c)) word += is_upper(c) ? static_cast<char>(c + 32) : c;
  }
  return false;
}

std::vector<std::string> BylineTable::names(std::string_view text, const OutletTable& outlets) const {
  std::vector<std::string> out;
  std::string whole = squeeze(text);
  for (std::string_view rest = whole; !rest.empty();) {
    size_t end = rest.size(), next = rest.size();
    for (const std::string_view separator : kSeparators) {
      const size_t at = rest.find(separator);
      if (at < end) {
        end = at;
        next = at + separator.size();
      }
    }
    std::string name = squeeze(rest.substr(0, end));
    rest.remove_prefix(next);
    name.erase(0, label_bytes(name));
    for (const std::string_view cut : {" for "sv, " For "sv, " in "sv, " ("sv}) {
      if (const size_t at = name.find(cut); at != std::string::npos && at > 4 && name.size() > at + cut.size()) name.resize(at);
    }
    if (const size_t stop = name.rfind(". "); stop != std::string::npos && outlets.is_outlet(std::string_view(name).substr(stop + 2))) name.resize(stop);
    while (!name.empty() && (name.back() == ',' || name.back() == ':' || name.back() == '*' || name.back() == '-' || name.back() == ' ')) name.pop_back();
    name.resize(without_tail(name).size());
    if (name.empty() || name.size() > kMaxName || is_domain(name)) continue;
    if (name.find("://") != std::string::npos || name.find('@') != std::string::npos || name.find("[at]") != std::string::npos || std::any_of(name.begin(), name.end(), is_digit)) continue;
    const std::string folded = fold(name);
    if (is_role(folded) || is_none(folded) || std::count(name.begin(), name.end(), ' ') > 6) continue;
    // "CNN Business" behind a name is where she works.
    if (!out.empty() && outlets.is_outlet(name) && !outlets.agency(name)) continue;
    if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
  }
  return out;
}

namespace {

class Finder {
 public:
  Finder(const Dom& dom, const BodyParts& parts, const PageMetadata& metadata, const BylineTable& bylines, const OutletTable& outlets, const CharacterReferences& references)
      : dom_(dom), parts_(parts), metadata_(metadata), bylines_(bylines), outlets_(outlets), references_(references) {
    for (const std::string& name : {metadata.publisher, metadata.linked.publisher, meta_value(metadata, {"og:site_name"})}) {
      if (!name.empty()) own_.push_back(key_of(name));
    }
    // "lakeside" of "https://www.lakeside.example/": the site's own name in short.
    std::string_view host = metadata.url;
    if (const size_t scheme = host.find("://"); scheme != std::string_view::npos) host.remove_prefix(scheme + 3);
    host = host.substr(0, host.find('/'));
    if (host.substr(0, 4) == "www.") host.remove_prefix(4);
    if (!host.empty()) {
      own_.push_back(key_of(host));
      own_.push_back(key_of(host.substr(0, host.find('.'))));
    }
  }

  std::vector<std::string> run() {
    for (const std::string& name : metadata_.linked.authors) add(name);
    if (enough()) return std::move(out_);
    for (const std::string_view name : {"author"sv, "article:author"sv, "parsely-author"sv, "sailthru.author"sv, "dc.creator"sv, "dcterms.creator"sv, "byl"sv, "authors"sv, "cxenseparse:author"sv, "article:author_name"sv, "citation_author"sv}) {
      for (const MetaTag& tag : metadata_.meta) {
        if (tag.name == name) add(tag.value);
      }
      if (enough()) return std::move(out_);
    }
    from_marked();
    if (enough()) return std::move(out_);
    from_lines();
    if (enough()) return std::move(out_);
    return {};
  }

 private:
  void add(std::string_view text, bool person = false) {
    for (std::string& name : bylines_.names(text, outlets_)) {
      if (std::find(own_.begin(), own_.end(), key_of(name)) != own_.end()) continue;
      if (person && !looks_like_name(name) && !outlets_.agency(name)) continue;
      if (std::find(out_.begin(), out_.end(), name) == out_.end()) out_.push_back(std::move(name));
    }
  }

  bool enough() {
    if (out_.size() > kMostAuthors) out_.clear();
    return !out_.empty();
  }

  // itemprop and rel say so themselves; a site's footer names who made its template.
  void from_marked() {
    size_t seen = 0;
    for (uint32_t node = 0; node < dom_.nodes.size() && seen < 20; ++node) {
      if (dom_[node].attribute_count == 0 || dom_[node].tag == Tag::meta || dom_[node].tag == Tag::link || parts_.foreign[node] || in_footer(node)) continue;
      const std::string_view rel = dom_.attribute(node, Attribute::rel), itemprop = dom_.attribute(node, Attribute::itemprop);
      if (rel != "author" && itemprop != "author" && itemprop != "creator") continue;
      ++seen;
      uint32_t name = node;  // itemprop=author may hold a name of its own below it
      for (uint32_t below = dom_.following(node, node); below != kNoNode; below = dom_.following(below, node)) {
        if (dom_.attribute(below, Attribute::itemprop) != "name") continue;
        name = below;
        break;
      }
      const std::string_view content = dom_.attribute(name, Attribute::content);
      add(content.empty() ? visible_text(dom_, name, references_) : references_.decode(content));
    }
  }

  bool in_footer(uint32_t node) const {
    for (uint32_t up = node, steps = 0; up != kNoNode && steps < kMaxDepth; up = dom_[up].parent, ++steps) {
      if (dom_[up].tag == Tag::article || dom_[up].tag == Tag::main) return false;
      if (dom_[up].tag == Tag::footer) return true;
    }
    return false;
  }

  // What readers see near the headline, else behind the story.
  void from_lines() {
    const size_t count = parts_.whole.blocks.size();
    const size_t first = parts_.body.empty() ? SIZE_MAX : parts_.body.front(), last = parts_.body.empty() ? SIZE_MAX : parts_.body.back();
    size_t heading = heading_block(dom_, parts_, metadata_);
    if (heading == SIZE_MAX) heading = first;
    if (heading == SIZE_MAX) return;
    const size_t end = first == SIZE_MAX ? heading + 6 : std::min(std::max(first, heading) + kAfterBegin, heading + 14);
    for (size_t i = heading; i < count && i <= end && out_.empty(); ++i) from_block(i);
    for (size_t i = heading; i-- > 0 && i + kBefore >= heading && out_.empty();) from_block(i);
    for (size_t i = last == SIZE_MAX ? count : last + 1; i < count && i <= last + kAfterEnd && out_.empty(); ++i) from_block(i);
  }

  void from_block(size_t index) {
    const Block& block = parts_.whole.blocks[index];
    if (block.begin == block.end || block.bytes > 600) return;
    for (uint32_t i = block.begin; i < block.end; ++i) {
      const uint32_t text = parts_.whole.texts[i];
      if (text == kLineBreak || parts_.foreign[text]) continue;
      for (uint32_t up = dom_[text].parent, steps = 0; up != kNoNode && steps < 4; up = dom_[up].parent, ++steps) {
        if (!bylines_.names_byline(dom_.attribute(up, Attribute::class_)) && !bylines_.names_byline(dom_.attribute(up, Attribute::id))) continue;
        const std::string shown = visible_text(dom_, up, references_);
        if (shown.size() <= kMaxByline) add(shown, true);
        break;
      }
    }
    if (!out_.empty() || block.bytes > kMaxByline || parts_.foreign[block.owner]) return;
    std::string text = visible_text(dom_, block.owner, references_);
    if (text.size() <= kMaxByline && bylines_.has_label(text)) add(text, true);
  }

  const Dom& dom_;
  const BodyParts& parts_;
  const PageMetadata& metadata_;
  const BylineTable& bylines_;
  const OutletTable& outlets_;
  const CharacterReferences& references_;
  std::vector<std::string> own_, out_;
};

}  // namespace

std::vector<std::string> find_authors(const Dom& dom, const BodyParts& parts, const PageMetadata& metadata, const BylineTable& bylines, const OutletTable& outlets, const CharacterReferences& references) {
  return Finder(dom, parts, metadata, bylines, outlets, references).run();
}

}  // namespace demarche::article
