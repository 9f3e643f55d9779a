// Sources in this order: JSON-LD, <meta>, microdata and marked <time>, the URL, what stands on the page near the headline (scored by
// place, class names and words such as "Published"), modification dates. Dates of related links, comments and navigation never count.
#include "demarche/article/page_date.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "demarche/core/utf8.h"

namespace demarche::article {
namespace {

using namespace std::string_view_literals;

// Scores of dates on the page: from which one is taken, and from which it is as good as metadata. Chosen on the development pages.
constexpr double kLeastScore = 5, kSureScore = 36;

// Words before the day on which the page was served.
constexpr std::array kTodayWords = {"heute"sv, "aktuelles datum"sv, "today"sv, "current time"sv, "it is currently"sv, "aujourd'hui"sv, "hoy es"sv};

// Names of <meta> that mean publication, best first, and names that often mean the file's last change instead.
constexpr std::array kStrongNames = {
    "article:published_time"sv,   "article:published"sv,    "og:published_time"sv,       "og:article:published_time"sv,     "datepublished"sv,        "article.published"sv,   "dcterms.issued"sv,
    "dc.date.issued"sv,           "parsely-pub-date"sv,     "sailthru.date"sv,           "pubdate"sv,                       "publishdate"sv,          "publish-date"sv,        "publish_date"sv,
    "publication_date"sv,         "publicationdate"sv,      "publication-date"sv,        "published-date"sv,                "published_date"sv,       "date_published"sv,      "article_date_original"sv,
    "article.created"sv,          "originalpublicationdate"sv, "displaydate"sv,          "cxenseparse:recs:publishtime"sv,  "rnews:datepublished"sv,  "citation_publication_date"sv, "citation_date"sv,
    "prism.publicationdate"sv,    "bt:pubdate"sv,           "ptime"sv,                   "shareaholic:article_published_time"sv, "pub_date"sv,        "article:post_date"sv,   "vr:published_time"sv,
    "mediator_published_time"sv,  "analyticsattributes.articledate"sv, "sw-pubdate"sv,   "uploaddate"sv};
constexpr std::array kWeakNames = {"date"sv, "dc.date"sv, "dcterms.date"sv, "dcterms.created"sv, "dc.date.created"sv, "created"sv, "dc.created"sv, "datecreated"sv, "timestamp"sv, "sdate"sv};

// From which the only day on a page is taken.
constexpr double kOnlyScore = -35;

bool starts_with(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

std::string iso(const FoundDate& date) { return to_string(date.day) + (date.time.empty() ? "" : "T" + date.time); }

// Words that stand before a date and tell what it is; folded.
constexpr std::array kPublishedWords = {"publish"sv, "posted"sv, "veroffentlicht"sv, "erstellt"sv, "publie"sv, "publicad"sv, "pubblicat"sv, "opublikowan"sv, "released"sv, "first aired"sv, "datum"sv,
                                        "date:"sv, "erschienen"sv, "verfasst"sv, "geschrieben"sv, "mis en ligne"sv, "gepubliceerd"sv, "issued"sv, "eingestellt"sv, "written on"sv, "yayin"sv, "dodano"sv, "wurde am"sv, "added on"sv, "uploaded"sv, "erschien"sv, "fecha"sv, "data:"sv, "\xd0\xbe\xd0\xbf\xd1\x83\xd0\xb1\xd0\xbb\xd0\xb8\xd0\xba"sv};
constexpr std::array kModifiedWords = {"updat"sv, "modif"sv, "aktualisier"sv, "stand"sv, "mis a jour"sv, "actualizad"sv, "aggiornat"sv, "revis"sv, "review"sv, "geandert"sv, "atualizad"sv, "bearbeit"sv, "zuletzt"sv, "last edit"sv};

class DateFinder {
 public:
  DateFinder(const Dom& dom, const BodyParts& parts, const PageMetadata& metadata, std::string_view url, const ArticleRules& rules)
      : dom_(dom), parts_(parts), metadata_(metadata), url_(url), rules_(rules) {
    const std::string language = fold(metadata.language), host = fold(metadata.url.empty() ? url : std::string_view(metadata.url));
    const bool british = host.find(".uk/") != std::string::npos || host.find(".au/") != std::string::npos || host.find(".in/") != std::string::npos || host.find(".nz/") != std::string::npos ||
                         host.find(".ie/") != std::string::npos || host.find(".za/") != std::string::npos;
    style_.month_first = !british && (language == "en-us" || language == "en");
  }

  PageDates run() {
    find_modified();
    if (auto found = from_linked_data()) return result(local_day(*found), DateBasis::metadata);
    if (auto found = from_meta()) return result(local_day(*found), DateBasis::metadata);
    if (auto found = from_marked_elements()) return result(*found, DateBasis::metadata);
    if (auto day = from_url()) return result({*day, "", 0, 0, true}, DateBasis::url);
    if (auto found = from_page(kSureScore)) return result(*found, DateBasis::metadata);
    if (auto found = from_names(kWeakNames)) return result(local_day(*found), DateBasis::metadata);
    if (auto found = from_page(kLeastScore)) return result(*found, DateBasis::metadata);
    if (auto found = from_stamped_elements()) return result(*found, DateBasis::metadata);
    if (modified_) return result(*modified_, DateBasis::metadata);
    return {};
  }

 private:
  PageDates result(const FoundDate& found, DateBasis basis) const {
    PageDates out;
    out.published.date = found.day;
    out.published.time = found.time;
    out.published.basis = basis;
    if (modified_ && modified_->day >= found.day && iso(*modified_) != iso(found)) out.modified = iso(*modified_);
    return out;
  }

  std::optional<FoundDate> stamp(std::string_view text) const {
    if (text.empty()) return std::nullopt;
    auto found = rules_.dates.first(text, {style_.month_first, true});
    if (found && !found->has_year) return std::nullopt;
    return found;
  }

  void find_modified() {
    modified_ = stamp(metadata_.linked.modified);
    if (!modified_) modified_ = stamp(meta_value(metadata_, {"article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "last-modified", "lastmod", "revised", "article.updated", "date.modified", "last_updated_date"}));
  }

  std::optional<FoundDate> from_linked_data() const { return stamp(metadata_.linked.published); }

  std::optional<FoundDate> from_meta() const { return from_names(kStrongNames); }

  template <class Names>
  std::optional<FoundDate> from_names(const Names& names) const {
    for (const std::string_view name : names) {
      for (const MetaTag& tag : metadata_.meta) {
        if (tag.name != name) continue;
        if (auto found = stamp(tag.value)) return found;
      }
    }
    return std::nullopt;
  }

  // Sites that write their metadata in UTC mean the day of their own clock, which the URL or the page shows.
  FoundDate local_day(FoundDate found) {
    const bool utc = found.time.size() > 6 && found.time.substr(found.time.size() - 6) == "+00:00";
    if (!utc) return found;
    std::optional<Day> shown = from_url();
    if (!shown) {
      if (const auto seen = from_page(kSureScore)) shown = seen->day;
    }
    if (shown && (*shown - found.day == 1 || found.day - *shown == 1)) {
      found.day = *shown;
      found.time.clear();
    }
    return found;
  }

  // itemprop=datePublished, <time pubdate>, class "published" with a machine-readable value.
  std::optional<FoundDate> from_marked_elements() const {
    std::optional<FoundDate> outside;  // in what looks like furniture: counts if all such say the same
    bool agree = true;
    for (uint32_t node = 0; node < dom_.nodes.size(); ++node) {
      if (dom_[node].attribute_count == 0) continue;
      const std::string_view itemprop = dom_.attribute(node, Attribute::itemprop);
      const bool marked = itemprop.find("datePublished") != std::string_view::npos || itemprop.find("dateCreated") != std::string_view::npos || (dom_[node].tag == Tag::time && dom_.has_attribute(node, Attribute::pubdate));
      if (!marked) continue;
      std::optional<FoundDate> found;
      for (const Attribute key : {Attribute::content, Attribute::datetime, Attribute::title}) {
        if (!found) found = stamp(dom_.attribute(node, key));
      }
      if (!found) found = stamp(visible_text(dom_, node, rules_.references));
      if (!found) continue;
      if (!parts_.elsewhere[node]) return found;
      if (outside && outside->day != found->day) agree = false;
      if (!outside) outside = found;
    }
    return agree ? outside : std::nullopt;
  }

  // <span class="updated" title="2013-04-04T18:52:11+00:00"></span>
  std::optional<FoundDate> from_stamped_elements() const {
    for (uint32_t node = 0; node < dom_.nodes.size(); ++node) {
      if (dom_[node].attribute_count == 0 || !parts_.stamped[node] || parts_.foreign[node]) continue;
      for (const Attribute key : {Attribute::datetime, Attribute::title, Attribute::content, Attribute::data_datetime, Attribute::data_date, Attribute::data_timestamp, Attribute::data_time}) {
        if (auto found = stamp(dom_.attribute(node, key))) return found;
      }
    }
    return std::nullopt;
  }

  std::optional<Day> from_url() const {
    for (const std::string_view url : {url_, std::string_view(metadata_.url)}) {
      if (const auto day = date_in_url(url)) return day;
    }
    const std::string shared = meta_value(metadata_, {"og:url"});
    return date_in_url(shared);
  }

  struct Candidate {
    FoundDate date;
    double score = 0;
    bool modified = false;
  };

  // Number of the block that holds the headline; the first block when nobody knows.
  size_t heading_block() const {
    if (metadata_.heading != kNoNode) {
      for (size_t i = 0; i < parts_.whole.blocks.size(); ++i) {
        for (uint32_t up = parts_.whole.blocks[i].owner, steps = 0; up != kNoNode && steps < 4; up = dom_[up].parent, ++steps) {
          if (up == metadata_.heading) return i;
        }
      }
    }
    return SIZE_MAX;
  }

  double place_score(size_t block, size_t heading, size_t first_body, size_t last_body) const {
    const size_t anchor = heading != SIZE_MAX ? heading : first_body;
    if (anchor == SIZE_MAX) return 0;
    double score = 0;
    if (block >= anchor) {
      score += std::max(0.0, 24.0 - 3.0 * static_cast<double>(block - anchor));
    } else {
      score += std::max(0.0, 14.0 - 3.0 * static_cast<double>(anchor - block));
    }
    if (first_body != SIZE_MAX && block >= std::min(anchor, first_body) && block <= last_body) score += 8;
    if (last_body != SIZE_MAX && block > last_body && block <= last_body + 3) score += 5;
    return score;
  }

  std::string block_text(const Block& block) const {
    std::string raw;
    for (uint32_t i = block.begin; i < block.end && raw.size() < 400; ++i) {
      if (parts_.whole.texts[i] == kLineBreak) {
        raw += ' ';
      } else {
        raw += dom_[parts_.whole.texts[i]].text;
      }
    }
    return squeeze(rules_.references.decode(raw));
  }

  void add_block(size_t index, size_t heading, size_t first_body, size_t last_body, std::vector<Candidate>& out) const {
    const Block& block = parts_.whole.blocks[index];
    std::string text = block_text(block);
    const uint32_t first_text = parts_.whole.texts[block.begin];
    // The machine-readable value of a <time> around or in the block stands for its text.
    std::optional<FoundDate> marked;
    for (uint32_t i = block.begin; i < block.end && !marked; ++i) {
      if (parts_.whole.texts[i] == kLineBreak) continue;
      for (uint32_t up = dom_[parts_.whole.texts[i]].parent, steps = 0; up != kNoNode && steps < 3; up = dom_[up].parent, ++steps) {
        if (dom_[up].tag != Tag::time && dom_[up].tag != Tag::abbr) continue;
        for (const Attribute key : {Attribute::datetime, Attribute::title, Attribute::content}) {
          if (!marked) marked = stamp(dom_.attribute(up, key));
        }
      }
    }
    std::vector<FoundDate> found = rules_.dates.find(text, style_);
    found.erase(std::remove_if(found.begin(), found.end(), [](const FoundDate& d) { return !d.has_year; }), found.end());
    if (found.empty() && !marked) return;
    const uint32_t near = first_text == kLineBreak ? block.owner : dom_[first_text].parent;
    double base = place_score(index, heading, first_body, last_body);
    // What stands right by the headline belongs to it, whatever it is called.
    const bool by_heading = heading != SIZE_MAX && block.bytes < 120 && index + 3 >= heading && index <= heading + 5;
    if (parts_.foreign[near] && !(by_heading && parts_.stamped[near] && index <= heading + 3)) return;
    if (parts_.elsewhere[near]) base -= by_heading ? 10 : 40;
    if (parts_.stamped[near] || marked) base += 22;
    if (block.bytes < 120) base += 10;
    if (block.bytes > 250) base -= 15;
    if (block.kind == Tag::h2) base -= 5;
    // A date in the story is the story's.
    if (!parts_.stamped[near] && !marked && index > first_body && std::binary_search(parts_.body.begin(), parts_.body.end(), static_cast<uint32_t>(index))) base -= 12;
    if (block.link_bytes * 10 > block.bytes * 6) base -= 25;
    if (found.empty()) {
      out.push_back({*marked, base, says(text, text.size(), kModifiedWords)});
      return;
    }
    // A label may stand in a block of its own before ("Published:").
    std::string label;
    if (index > 0 && parts_.whole.blocks[index - 1].bytes <= 40) label = block_text(parts_.whole.blocks[index - 1]);
    for (const FoundDate& date : found) {
      // The machine's value knows the clock, but what readers see is the day.
      Candidate candidate{marked && marked->day == date.day ? *marked : date, base, false};
      if (date.begin < 12 && !label.empty()) {
        if (says(label, label.size(), kModifiedWords)) {
          candidate.modified = true;
          candidate.score -= 6;
        } else if (says(label, label.size(), kPublishedWords)) {
          candidate.score += 24;
        }
      }
      const double share = static_cast<double>(date.end - date.begin) / static_cast<double>(std::max<size_t>(text.size(), 1));
      if (share > 0.4) candidate.score += 8;
      if (says(text, date.begin, kTodayWords)) candidate.score -= 40;
      if (says(text, date.begin, kModifiedWords)) {
        candidate.modified = true;
        candidate.score -= 6;
      } else if (says(text, date.begin, kPublishedWords) || (date.begin <= 6 && (starts_with(text, "vom ") || starts_with(text, "Vom ") || starts_with(text, "Le ") || starts_with(text, "le ")))) {
        candidate.score += 14;
      }
      candidate.score -= 0.01 * static_cast<double>(out.size());  // of equals the first
      out.push_back(std::move(candidate));
    }
  }

  // Whether one of the words stands in the last bytes before `at`.
  template <class Words>
  static bool says(std::string_view text, size_t at, const Words& words) {
    const size_t from = at > 32 ? at - 32 : 0;
    const std::string before = fold(repair_utf8(text.substr(from, at - from)));
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return before.find(word) != std::string::npos; });
  }

  std::optional<FoundDate> from_page(double least) {
    const size_t heading = heading_block();
    const size_t first_body = parts_.body.empty() ? SIZE_MAX : parts_.body.front();
    const size_t last_body = parts_.body.empty() ? SIZE_MAX : parts_.body.back();
    std::vector<Candidate> candidates;
    for (size_t i = 0; i < parts_.whole.blocks.size() && candidates.size() < 500; ++i) add_block(i, heading, first_body, last_body, candidates);
    const Candidate* best = nullptr;
    for (const Candidate& candidate : candidates) {
      if (candidate.modified && !modified_ && candidate.score > 0) modified_ = candidate.date;
      if (candidate.score < least) continue;
      if (best == nullptr || candidate.score > best->score) best = &candidate;
    }
    if (best != nullptr) return best->date;
    // A page that names one day only means that day.
    if (least > kLeastScore || candidates.empty() || candidates.size() > 4) return std::nullopt;
    const bool same = std::all_of(candidates.begin(), candidates.end(), [&](const Candidate& c) { return c.date.day == candidates.front().date.day && c.score > kOnlyScore; });
    return same ? std::optional(candidates.front().date) : std::nullopt;
  }

  const Dom& dom_;
  const BodyParts& parts_;
  const PageMetadata& metadata_;
  std::string_view url_;
  const ArticleRules& rules_;
  DateStyle style_;
  std::optional<FoundDate> modified_;
};

}  // namespace

PageDates read_page_dates(const Dom& dom, const BodyParts& parts, const PageMetadata& metadata, std::string_view url, const ArticleRules& rules) {
  return DateFinder(dom, parts, metadata, url, rules).run();
}

}  // namespace demarche::article
