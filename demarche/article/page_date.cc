// Sources in this order: JSON-LD, <meta>, microdata and marked <time>, the URL, what stands on the page near the headline (scored by
// place, class names and words such as "Published"), modification dates. Dates of related links, comments and navigation never count.
#include "demarche/article/page_date.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "demarche/article/dateline.h"
#include "demarche/core/utf8.h"

namespace demarche::article {
namespace {

using namespace std::string_view_literals;

// Scores of dates on the page: from which one is taken, and from which it is as good as metadata. Chosen on the development pages.
constexpr double kLeastScore = 5, kSureScore = 36;

// Words before a day in somebody's life or the term of something.
constexpr std::array kOtherWords = {"valid "sv, "gultig"sv, "expires"sv, "deadline"sv, "closes on"sv, "schluss"sv, "due date"sv, "joined"sv, "member since"sv, "mitglied seit"sv, "registriert"sv, "registered"sv, "dabei seit"sv, "inscrit"sv, "born"sv, "geboren"sv, "founded"sv, "gegrundet"sv, "established"sv};

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

// Bytes from which a paragraph of the story dates the page by its dateline or a label only.
constexpr uint32_t kStoryBytes = 80;
// From which the only day on a page is taken, and a change at its foot.
constexpr double kOnlyScore = -35, kLastScore = -60;

bool starts_with(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

std::string iso(const FoundDate& date) { return to_string(date.day) + (date.time.empty() ? "" : "T" + date.time); }

// Words that stand before a date and tell what it is; folded.
constexpr std::array kPublishedWords = {"publish"sv, "posted"sv, "veroffentlich"sv, "erstellt"sv, "publie"sv, "publicad"sv, "pubblicat"sv, "opublikowan"sv, "released"sv, "first aired"sv, "datum"sv,
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
    if (auto found = from_linked_data()) return result(local_day(shown_instead(*found)), DateBasis::metadata);
    if (auto found = from_meta()) return result(local_day(*found), DateBasis::metadata);
    if (auto found = from_marked_elements()) return result(*found, DateBasis::metadata);
    if (auto day = from_url()) return result({*day, "", 0, 0, true}, DateBasis::url);
    if (auto found = from_names(kWeakNames); found && is_shown(found->day)) return result(local_day(*found), DateBasis::metadata);
    if (auto found = from_page(kSureScore)) return result(*found, DateBasis::metadata);
    if (auto found = from_names(kWeakNames)) return result(local_day(*found), DateBasis::metadata);
    if (changed_) return result(*changed_, DateBasis::metadata);
    if (auto found = from_page(kLeastScore)) return result(*found, DateBasis::metadata);
    if (auto found = from_stamped_elements()) return result(*found, DateBasis::metadata);
    if (modified_) return result(*modified_, DateBasis::metadata);
    if (auto found = without_year()) return result(*found, DateBasis::metadata);
    if (auto found = last_change()) return result(*found, DateBasis::metadata);
    PageDates out;
    if (const auto month = month_of_url()) {
      out.published.range = month;
      out.published.basis = DateBasis::url;
    }
    return out;
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
    if (!modified_) modified_ = stamp(meta_value(metadata_, {"article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "last-modified", "lastmod", "dateupdate", "dateupdated", "revised", "article.updated", "date.modified", "last_updated_date"}));
    changed_ = modified_;
  }

  std::optional<FoundDate> from_linked_data() const { return stamp(metadata_.linked.published); }

  // Whether the page shows that day where its own day may stand.
  bool is_shown(Day day) {
    const auto& all = candidates();
    return std::any_of(all.begin(), all.end(), [&](const Candidate& c) { return c.date.day == day && !c.modified && c.score >= 0; });
  }

  // An article that was put out again: <meta> and the line by the headline agree on another day than JSON-LD.
  FoundDate shown_instead(FoundDate linked) {
    const auto meta = from_meta();
    if (!meta || local_day(*meta).day == local_day(linked).day) return linked;
    const auto seen = from_page(kSureScore);
    return seen && seen->day == local_day(*meta).day ? *meta : linked;
  }

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

  // RDFa: "dc:date dc:created", "schema:datePublished".
  static bool is_published_property(std::string_view property) {
    constexpr std::array kNames = {"datePublished"sv, "dateCreated"sv, "dc:date"sv, "dc:created"sv, "dc:issued"sv, "dct:created"sv, "dct:issued"sv, "dcterms:created"sv, "dcterms:issued"sv};
    return !property.empty() && std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) { return property.find(name) != std::string_view::npos; });
  }

  // itemprop=datePublished, <time pubdate>, class "published" with a machine-readable value.
  std::optional<FoundDate> from_marked_elements() const {
    std::optional<FoundDate> outside;  // in what looks like furniture: counts if all such say the same
    bool agree = true;
    for (uint32_t node = 0; node < dom_.nodes.size(); ++node) {
      if (dom_[node].attribute_count == 0) continue;
      const std::string_view itemprop = dom_.attribute(node, Attribute::itemprop);
      const bool marked = itemprop.find("datePublished") != std::string_view::npos || itemprop.find("dateCreated") != std::string_view::npos || is_published_property(dom_.attribute(node, Attribute::property)) || (dom_[node].tag == Tag::time && dom_.has_attribute(node, Attribute::pubdate));
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
        const auto found = stamp(dom_.attribute(node, key));
        if (!found) continue;
        const std::string shown = visible_text(dom_, node, rules_.references);
        if (!says(shown, shown.size(), kOtherWords)) return found;
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

  // Whether the node lies in a <header> or banner that the headline is no part of.
  bool in_site_head(uint32_t node) const {
    for (uint32_t up = node, steps = 0; up != kNoNode && steps < kMaxDepth; up = dom_[up].parent, ++steps) {
      if (dom_[up].tag != Tag::header && dom_.attribute(up, Attribute::role) != "banner") continue;
      for (uint32_t above = metadata_.heading, more = 0; above != kNoNode && more < kMaxDepth; above = dom_[above].parent, ++more) {
        if (above == up) return false;
      }
      return metadata_.heading != kNoNode;
    }
    return false;
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
        const bool told = dom_[up].tag == Tag::time || dom_[up].tag == Tag::abbr;
        for (const Attribute key : {Attribute::datetime, Attribute::title, Attribute::content, Attribute::data_datetime, Attribute::data_timestamp}) {
          if (!marked && (told || (key != Attribute::title && key != Attribute::content))) marked = stamp(dom_.attribute(up, key));
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
    const bool in_story = !parts_.stamped[near] && !marked && std::binary_search(parts_.body.begin(), parts_.body.end(), static_cast<uint32_t>(index));
    if (in_story && index > first_body) base -= 12;
    if (block.link_bytes * 10 > block.bytes * 6) base -= 25;
    // The site's head shows the day on which it is read.
    if (heading != SIZE_MAX && index < heading && in_site_head(near)) base -= 60;
    if (found.empty()) {
      if (!says(text, text.size(), kOtherWords)) out.push_back({*marked, base, says(text, text.size(), kModifiedWords)});
      return;
    }
    // A label may stand in a block of its own before ("Published:").
    std::string label;
    const auto dateline = in_story ? read_dateline(text, rules_.dates, style_) : std::nullopt;
    if (index > 0 && parts_.whole.blocks[index - 1].bytes <= 40) label = block_text(parts_.whole.blocks[index - 1]);
    for (const FoundDate& date : found) {
      if (in_story && block.bytes >= kStoryBytes && !says(text, date.begin, kPublishedWords) && !says(text, date.begin, kModifiedWords) && !(dateline && dateline->date && dateline->date->begin == date.begin)) continue;
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
      if (says(text, date.begin, kOtherWords)) continue;
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

  const std::vector<Candidate>& candidates() {
    if (candidates_) return *candidates_;
    candidates_.emplace();
    const size_t heading = heading_block(dom_, parts_, metadata_);
    const size_t first_body = parts_.body.empty() ? SIZE_MAX : parts_.body.front();
    const size_t last_body = parts_.body.empty() ? SIZE_MAX : parts_.body.back();
    for (size_t i = 0; i < parts_.whole.blocks.size() && candidates_->size() < 500; ++i) add_block(i, heading, first_body, last_body, *candidates_);
    for (const Candidate& candidate : *candidates_) {
      if (candidate.modified && !modified_ && candidate.score > 0) modified_ = candidate.date;
    }
    return *candidates_;
  }

  std::optional<FoundDate> from_page(double least) {
    const Candidate* best = nullptr;
    for (const Candidate& candidate : candidates()) {
      if (candidate.score < least) continue;
      if (best == nullptr || candidate.score > best->score) best = &candidate;
    }
    if (best != nullptr) return best->date;
    // A page that names one day only means that day.
    const auto& all = candidates();
    if (least > kLeastScore || all.empty() || all.size() > 4) return std::nullopt;
    const bool same = std::all_of(all.begin(), all.end(), [&](const Candidate& c) { return c.date.day == all.front().date.day && c.score > kOnlyScore; });
    return same ? std::optional(all.front().date) : std::nullopt;
  }

  // "Last changed: 4 July 2017" at the foot of a page that tells nothing else.
  std::optional<FoundDate> last_change() {
    for (const Candidate& candidate : candidates()) {
      if (candidate.modified && candidate.score > kLastScore) return candidate.date;
    }
    return std::nullopt;
  }

  // Year and month that stand one after the other in the URL ("/2018/08/").
  std::optional<DayRange> month_of_url() const {
    for (const std::string_view url : {url_, std::string_view(metadata_.url)}) {
      if (const auto month = month_in_url(url)) return month;
    }
    return std::nullopt;
  }

  // "June 24" by the headline, in the year that the URL or the page's legal line tells.
  std::optional<FoundDate> without_year() const {
    const size_t heading = heading_block(dom_, parts_, metadata_);
    if (heading == SIZE_MAX) return std::nullopt;
    const size_t first_body = parts_.body.empty() ? heading : parts_.body.front();
    const auto month = month_of_url();
    for (size_t i = heading > 2 ? heading - 2 : 0; i < parts_.whole.blocks.size() && i <= std::max(heading, first_body) + 1; ++i) {
      const Block& block = parts_.whole.blocks[i];
      const std::string text = block.bytes > 100 ? "" : block_text(block);
      auto found = text.empty() ? std::nullopt : rules_.dates.first(text, style_);
      if (!found || found->has_year || (found->end - found->begin) * 4 < text.size()) continue;
      const YearMonthDay md = civil(found->day);
      const int year = month && civil(month->start).month == md.month ? civil(month->start).year : legal_year();
      const auto day = year == 0 ? std::nullopt : make_day(year, md.month, md.day);
      if (!day) continue;
      found->day = *day;
      found->has_year = true;
      return found;
    }
    return std::nullopt;
  }

  // The last year of the page's copyright line; 0 when it has none.
  int legal_year() const {
    for (size_t i = parts_.whole.blocks.size(); i-- > 0;) {
      if (parts_.whole.blocks[i].bytes > 300) continue;
      const std::string text = block_text(parts_.whole.blocks[i]);
      size_t at = text.find("\xc2\xa9");
      if (at == std::string::npos) at = text.find("opyright");
      for (size_t j = at; at != std::string::npos && j + 4 <= text.size() && j < at + 40; ++j) {
        const bool year = text.compare(j, 2, "20") == 0 && text[j + 2] >= '0' && text[j + 2] <= '9' && text[j + 3] >= '0' && text[j + 3] <= '9' && (j + 4 == text.size() || text[j + 4] < '0' || text[j + 4] > '9');
        if (year && text.find('-', j) != j + 4) return 2000 + (text[j + 2] - '0') * 10 + (text[j + 3] - '0');
      }
    }
    return 0;
  }

  const Dom& dom_;
  const BodyParts& parts_;
  const PageMetadata& metadata_;
  std::string_view url_;
  const ArticleRules& rules_;
  DateStyle style_;
  std::optional<FoundDate> modified_, changed_;  // changed_: as the metadata alone tell
  std::optional<std::vector<Candidate>> candidates_;
};

}  // namespace

PageDates read_page_dates(const Dom& dom, const BodyParts& parts, const PageMetadata& metadata, std::string_view url, const ArticleRules& rules) {
  return DateFinder(dom, parts, metadata, url, rules).run();
}

}  // namespace demarche::article
