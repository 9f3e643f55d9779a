// How the article is found in text. (1) The text is cut into units: a line each, or a paragraph each where the lines are wrapped.
// (2) Each unit is told by its form and by the phrase table: prose, a short line (headings, names, menu entries), a caption, a
// byline, a date stamp, furniture. (3) The body runs from the first prose to the last before the page turns to other things: a
// phrase that ends articles ("Related stories"), or a run of short lines after most of the prose. (4) Title, standfirst, byline
// and dates are looked for in what stands before the body.
#include "demarche/article/plain.h"

#include <algorithm>
#include <array>

#include "demarche/article/builder.h"
#include "demarche/article/dateline.h"
#include "demarche/article/lines.h"
#include "demarche/article/metadata.h"
#include "demarche/core/utf8.h"

namespace demarche::article {
namespace {

using namespace std::string_view_literals;

// A line of this many bytes that ends like a sentence is prose; a longer one is prose however it ends.
constexpr size_t kSentenceBytes = 40, kLongBytes = 160;
// Short lines in a row that end an article of which most prose has been seen.
constexpr size_t kShortRun = 4;
// Lines of a box of links within the story.
constexpr size_t kLinkBox = 8;
// Share of all prose that must lie before the place where an article is cut off.
constexpr double kMostBefore = 0.55;
// Lines that are read; 60 MB of units. The longest text of the measured sets has 600.
constexpr size_t kMaxLines = 400'000;

enum class Kind : uint8_t { prose, brief, caption, caption_label, byline, stamp, furniture, end };

struct Unit {
  std::string_view raw;  // lines of a wrapped paragraph, or one line
  std::string text;      // squeezed
  Kind kind = Kind::brief;
  bool after_blank = false;
};

class PlainReader {
 public:
  PlainReader(std::string_view text, const std::optional<std::string>& known_title, const ArticleRules& rules, std::vector<Diagnostic>& diagnostics)
      : text_(text), known_title_(known_title), rules_(rules), diagnostics_(diagnostics) {}

  Article run() {
    cut();
    for (Unit& unit : units_) unit.kind = kind_of(unit);
    mark_captions();
    find_body();
    read_head();
    write();
    return std::move(out_);
  }

 private:
  // ---- units -------------------------------------------------------------------------------------------------------

  // Whether lines end because the width was full: most lines that others follow directly are nearly as long as the longest.
  static bool is_wrapped(const std::vector<std::string_view>& lines) {
    size_t longest = 0, followed = 0, full = 0;
    for (const std::string_view line : lines) longest = std::max(longest, line.size());
    if (longest > 110 || longest < 40) return false;
    for (size_t i = 0; i + 1 < lines.size(); ++i) {
      if (lines[i].empty() || lines[i + 1].empty()) continue;
      ++followed;
      full += lines[i].size() + 20 >= longest;
    }
    return followed >= 6 && full * 10 >= followed * 7;
  }

  void cut() {
    std::vector<std::string_view> lines;
    for (size_t from = 0; from <= text_.size() && lines.size() < kMaxLines;) {
      size_t end = text_.find('\n', from);
      if (end == std::string_view::npos) end = text_.size();
      std::string_view line = text_.substr(from, end - from);
      while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
      lines.push_back(line);
      from = end + 1;
      if (lines.size() == kMaxLines && from < text_.size()) {
        diagnostics_.push_back({"article.page_cut", Severity::warning, "The text has more than " + std::to_string(kMaxLines) + " lines; only these were read.", std::nullopt});
      }
    }
    const bool wrapped = is_wrapped(lines);
    bool blank = true;
    for (const std::string_view line : lines) {
      std::string folded = squeeze(line);
      if (folded.empty()) {
        blank = true;
        continue;
      }
      if (wrapped && !blank && !units_.empty()) {
        Unit& unit = units_.back();
        unit.raw = {unit.raw.data(), static_cast<size_t>(line.data() + line.size() - unit.raw.data())};
        unit.text += " " + folded;
      } else {
        units_.push_back({line, std::move(folded), Kind::brief, blank});
      }
      blank = false;
    }
  }

  Kind kind_of(const Unit& unit) const {
    const std::string& text = unit.text;
    const Furniture furniture = rules_.furniture.match(text);
    if (furniture == Furniture::end) return Kind::end;
    if (furniture == Furniture::line) return Kind::furniture;
    if (furniture == Furniture::caption) return Kind::caption_label;
    if (has(text, "@") && !has(text, " ") && text.size() < 80) return Kind::furniture;  // a writer's address
    if (has(text, "{{") && text.size() < 250) return Kind::furniture;
    if (is_icon_run(text)) return Kind::furniture;
    if (is_menu(unit.raw, text)) return stamp_of(text) && text.size() < 110 ? Kind::stamp : Kind::furniture;
    if (looks_like_caption(text)) return Kind::caption;
    if (is_byline(text)) return Kind::byline;
    if (text.size() < 110 && !has_prose_form(text) && stamp_of(text)) return Kind::stamp;
    return has_prose_form(text) ? Kind::prose : Kind::brief;
  }

  // "Image source, Agency / Image caption, / The words": the short line after the label, and the alternative text before it.
  void mark_captions() {
    for (size_t i = 0; i < units_.size(); ++i) {
      if (units_[i].kind != Kind::caption_label) continue;
      if (i + 1 < units_.size() && units_[i + 1].kind == Kind::brief) units_[i + 1].kind = Kind::caption;
      if (i > 0 && units_[i - 1].kind == Kind::brief && has(fold(units_[i].text), "source")) units_[i - 1].kind = Kind::caption;
    }
  }

  static bool has_prose_form(std::string_view text) {
    if (text.size() >= kLongBytes) return true;
    const bool bullet = starts(text, "\xe2\x80\xa2") || starts(text, "- ") || starts(text, "* ");
    if (ends_sentence(text)) return text.size() >= (bullet ? 2 * kSentenceBytes : kSentenceBytes) && count_words(text) >= 5;
    return false;
  }

  // A full date that makes up a good part of a short line.
  std::optional<FoundDate> stamp_of(std::string_view text) const {
    const auto found = rules_.dates.find(text, {true, false});
    for (const FoundDate& date : found) {
      const std::string folded = fold(text.substr(0, date.begin));
      const bool told = has(folded, "publish") || has(folded, "posted") || has(folded, "updat") || has(folded, "date");
      if (date.has_year && (told || (date.end - date.begin) * 4 >= text.size())) return date;
    }
    return std::nullopt;
  }

  // ---- body --------------------------------------------------------------------------------------------------------

  void find_body() {
    size_t all = 0;
    for (const Unit& unit : units_) all += unit.kind == Kind::prose ? unit.text.size() : 0;
    first_ = units_.size();
    for (size_t i = 0; i < units_.size(); ++i) {
      if (units_[i].kind == Kind::prose) {
        first_ = i;
        break;
      }
    }
    if (first_ == units_.size()) {
      // No sentence that is long enough: the text is short, and all of it may be the article.
      first_ = 0;
      last_ = units_.empty() ? 0 : units_.size() - 1;
      none_ = true;
      return;
    }
    size_t seen = 0, shorts = 0;
    last_ = first_;
    for (size_t i = first_; i < units_.size(); ++i) {
      const Unit& unit = units_[i];
      const bool most = static_cast<double>(seen) >= kMostBefore * static_cast<double>(all);
      if (unit.kind == Kind::prose) {
        seen += unit.text.size();
        shorts = 0;
        last_ = i;
        continue;
      }
      if (unit.kind == Kind::end && most && !resumes(i)) break;
      // A short last line that ends like a sentence still belongs to the story ("Why bother?").
      if (unit.kind == Kind::brief && shorts == 0 && ends_sentence(unit.text) && count_words(unit.text) >= 2 && !starts(unit.text, "\xe2\x80\xa2")) {
        last_ = i;
        continue;
      }
      if (++shorts >= kShortRun && most && !resumes(i)) break;
    }
  }

  // Content words of a unit, folded and cut so that "threatens" meets "threatened".
  static std::vector<std::string> stems(std::string_view text) {
    std::vector<std::string> out;
    const std::string folded = fold(text);
    std::string word;
    for (size_t i = 0; i <= folded.size(); ++i) {
      const char c = i < folded.size() ? folded[i] : ' ';
      if (is_lower(c) || (static_cast<unsigned char>(c) & 0x80) != 0) {
        word += c;
      } else {
        if (word.size() >= 4) out.push_back(word.substr(0, 6));
        word.clear();
      }
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  // Names: words with a capital that do not begin a sentence.
  static std::vector<std::string> capitals(std::string_view text) {
    std::vector<std::string> out;
    for (size_t i = 2; i < text.size(); ++i) {
      if (!is_upper(text[i]) || text[i - 1] != ' ' || text[i - 2] == '.' || text[i - 2] == '?' || text[i - 2] == '!') continue;
      size_t end = i;
      while (end < text.size() && (is_upper(text[end]) || is_lower(text[end]))) ++end;
      if (end - i >= 3) out.emplace_back(text.substr(i, end - i));
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  // Whether the story goes on after a box of links: soon prose comes that names those whom the story named.
  bool resumes(size_t end) const {
    std::vector<std::string> known;
    for (size_t i = first_; i < end && i < first_ + 200; ++i) {
      if (units_[i].kind != Kind::prose) continue;
      for (std::string& name : capitals(units_[i].text)) known.push_back(std::move(name));
    }
    std::sort(known.begin(), known.end());
    const std::string folded = fold(units_[end].text);
    if (has(folded, "comment") || has(folded, "sponsor")) return false;
    for (size_t i = end + 1; i < units_.size() && i <= end + kLinkBox; ++i) {
      const Unit& unit = units_[i];
      if (unit.kind == Kind::end) return false;
      if (unit.kind != Kind::prose || unit.text.size() < 60) continue;
      size_t shared = 0;
      for (const std::string& name : capitals(unit.text)) shared += std::binary_search(known.begin(), known.end(), name);
      const bool quoted = has(unit.text, "\"") || has(unit.text, "\xe2\x80\x9c");
      if (shared + (quoted ? 1 : 0) >= 2 && shared >= 1) return true;
    }
    return false;
  }

  // ---- head --------------------------------------------------------------------------------------------------------

  bool is_title(const Unit& unit) const {
    if (unit.kind != Kind::brief && !(unit.kind == Kind::prose && unit.text.size() < kLongBytes)) return false;
    return count_words(unit.text) >= 4 && unit.text.size() >= 18 && unit.text.size() <= 300;
  }

  // The first of the lines that share about as many words with the body as the one that shares most.
  size_t likeliest_title(size_t head_end) const {
    std::vector<std::string> said;
    for (size_t i = first_; i < units_.size() && i < first_ + 8; ++i) {
      if (units_[i].kind != Kind::prose) continue;
      for (std::string& word : stems(units_[i].text)) said.push_back(std::move(word));
    }
    std::sort(said.begin(), said.end());
    std::vector<std::pair<size_t, double>> candidates;
    double best = 0;
    for (size_t i = 0; i < head_end; ++i) {
      if (units_[i].kind != Kind::brief || !is_title(units_[i])) continue;
      const std::vector<std::string> words = stems(units_[i].text);
      size_t shared = 0;
      for (const std::string& word : words) shared += std::binary_search(said.begin(), said.end(), word);
      const double share = words.empty() ? 0 : static_cast<double>(shared) / static_cast<double>(words.size());
      candidates.emplace_back(i, share);
      best = std::max(best, share);
    }
    for (const auto& [i, share] : candidates) {
      if (share >= 0.5 * best) return i;
    }
    return SIZE_MAX;
  }

  void read_head() {
    size_t title = SIZE_MAX;
    const size_t head_end = none_ ? units_.size() : first_;
    if (known_title_) {
      for (size_t i = 0; i < std::min(units_.size(), first_ + 1); ++i) {
        if (word_overlap(units_[i].text, *known_title_) > 0.9 && units_[i].text.size() < 2 * known_title_->size() + 20) title = i;
      }
    } else {
      title = likeliest_title(head_end);
      // Nothing longer: a headline may have three words.
      for (size_t i = 0; i < head_end && title == SIZE_MAX; ++i) {
        if (units_[i].kind == Kind::brief && count_words(units_[i].text) >= 2 && (i + 1 >= head_end || units_[i + 1].kind != Kind::brief)) title = i;
      }
      // A headline may end like a sentence ("Will they talk?") when it stands alone at the very top.
      if (title == SIZE_MAX && first_ + 1 < units_.size() && units_[first_].kind == Kind::prose && units_[first_].text.size() < 120 && units_[first_ + 1].kind == Kind::prose && units_[first_ + 1].text.size() > 160 && !ends(units_[first_].text, ".")) {
        title = first_;
        ++first_;
      }
    }
    for (size_t i = 0; i < units_.size(); ++i) {
      const Unit& unit = units_[i];
      if (i > last_ && unit.kind != Kind::stamp) continue;
      if (unit.kind == Kind::byline && i < first_ + 8) read_byline(unit.text);
      if (unit.kind == Kind::caption && i <= last_) read_caption(unit.text);
      if (unit.kind == Kind::stamp) read_stamp(unit.text, i < first_ + 8);
    }
    title_ = title;
    // What stands between title and body and is no furniture is the standfirst.
    if (title != SIZE_MAX) {
      for (size_t i = title + 1; i < first_ && !none_; ++i) {
        if (units_[i].kind == Kind::brief && is_title(units_[i])) standfirst_.push_back(i);
      }
      for (size_t i = title; i-- > 0 && !out_.section;) {
        if (units_[i].kind == Kind::brief && count_words(units_[i].text) <= 3 && title - i <= 2 && units_[i].text.size() <= 40) out_.section = units_[i].text;
      }
    }
  }

  void read_byline(std::string_view text) {
    if (starts(text, "By ") || starts(text, "BY ")) text.remove_prefix(3);
    for (const std::string_view stop : {" | "sv, ", "sv, " \xe2\x80\x93 "sv, " - "sv, " / "sv}) {
      const size_t at = text.find(stop);
      const std::string rest = at == std::string_view::npos ? "" : fold(text.substr(at));
      if (at != std::string_view::npos && (stop != ", "sv || has(rest, "writer") || has(rest, "correspondent") || has(rest, "reporter") || has(rest, "editor") || has(rest, "bureau"))) text = text.substr(0, at);
    }
    // A desk is one author, however many places it names.
    if (starts(text, "our ") || starts(text, "the ") || starts(text, "Our ") || starts(text, "The ") || starts(text, "a ") || starts(text, "A ")) {
      out_.authors.push_back(squeeze(text));
      return;
    }
    size_t from = 0;
    std::string_view rest = text;
    while (!rest.empty()) {
      size_t end = rest.size(), next = rest.size();
      for (const std::string_view separator : {" and "sv, ", "sv, " & "sv, " AND "sv}) {
        const size_t at = rest.find(separator);
        if (at < end) {
          end = at;
          next = at + separator.size();
        }
      }
      std::string name = squeeze(rest.substr(0, end));
      if (starts(name, "and ")) name.erase(0, 4);
      if (!name.empty() && name.size() < 80) out_.authors.push_back(std::move(name));
      rest.remove_prefix(next);
      if (++from > 10) break;
    }
  }

  void read_caption(std::string_view text) {
    Caption caption = split_caption(text);
    if (!caption.text.empty()) out_.captions.push_back(std::move(caption));
  }

  void read_stamp(std::string_view text, bool near_head) {
    for (const FoundDate& date : rules_.dates.find(text, {true, false})) {
      if (!date.has_year) continue;
      const std::string before = fold(text.substr(0, date.begin));
      const bool updated = has(before, "updat") || has(before, "modif") || has(before, "review");
      if (updated && out_.published.date) {
        out_.modified = to_string(date.day) + (date.time.empty() ? "" : "T" + date.time);
      } else if (near_head && !out_.published.date) {
        out_.published = {date.day, date.time, std::nullopt, DateBasis::metadata, std::nullopt};
      }
    }
  }

  // "Jane Doe reported from Strelsau.", "Jane Doe is a correspondent": about the writer.
  bool is_author_note(const Unit& unit) const {
    for (const std::string& author : out_.authors) {
      if (author.size() < 5 || !starts(unit.text, author)) continue;
      const std::string_view rest = std::string_view(unit.text).substr(author.size());
      for (const std::string_view verb : {" reported from"sv, " is a "sv, " is an "sv, " is the "sv, " covers "sv, " has covered"sv, " contributed"sv, " writes "sv, " joined "sv}) {
        if (starts(rest, verb)) return true;
      }
    }
    return false;
  }

  // ---- text --------------------------------------------------------------------------------------------------------

  // A unit without template remains ("{{count}}").
  void add(const Unit& unit, TextBuilder& builder) const {
    std::string_view rest = unit.raw;
    while (!rest.empty()) {
      const size_t open = rest.find("{{");
      const size_t close = open == std::string_view::npos ? open : rest.find("}}", open);
      if (close == std::string_view::npos) break;
      builder.add(rest.substr(0, open));
      rest.remove_prefix(close + 2);
    }
    builder.add(rest);
    builder.end_paragraph();
  }

  void write() {
    TextBuilder builder(text_, nullptr);
    if (title_ != SIZE_MAX) {
      add(units_[title_], builder);
      out_.title = builder.text();
    } else if (known_title_) {
      out_.title = known_title_;
      builder.add_foreign(*known_title_);
      builder.end_paragraph();
    }
    const size_t before = builder.text().size();
    for (const size_t i : standfirst_) add(units_[i], builder);
    const size_t begin = none_ && title_ != SIZE_MAX ? title_ + 1 : first_;
    for (size_t i = begin; i <= last_ && i < units_.size(); ++i) {
      const Unit& unit = units_[i];
      if (i == title_ || is_author_note(unit)) continue;
      if (unit.kind == Kind::prose || unit.kind == Kind::brief) add(unit, builder);
    }
    out_.text = std::move(builder.text());
    out_.body_start = static_cast<uint32_t>(before > 0 && out_.text.size() > before ? before + 2 : before);
    out_.page_map = std::move(builder.segments());
    read_head_line();
    read_short_stamp();
    read_outlet();
    for (const Unit& unit : units_) {
      if ((unit.kind == Kind::furniture || unit.kind == Kind::end) && rules_.outlets.says_partial(unit.text)) out_.complete = false;
    }
  }

  // A month and day ("July 24") in the year that the page shows elsewhere: by a full date within a month of it, or by its copyright.
  std::optional<Day> with_year(Day month_and_day) const {
    const YearMonthDay md = civil(month_and_day);
    std::optional<Day> by_date, by_copyright;
    for (const Unit& unit : units_) {
      const bool legal = has(unit.text, "\xc2\xa9") || has(unit.text, "Copyright") || has(unit.text, "(c)");
      if (unit.text.size() > 300 || (unit.kind == Kind::prose && !legal)) continue;
      for (const FoundDate& date : rules_.dates.find(unit.text, {true, false})) {
        if (!date.has_year || by_date) continue;
        for (int year = civil(date.day).year - 1; year <= civil(date.day).year + 1; ++year) {
          const auto day = make_day(year, md.month, md.day);
          if (day && *day - date.day <= 31 && date.day - *day <= 31) by_date = day;
        }
      }
      if (!legal || by_copyright) continue;
      for (size_t i = 0; i + 4 <= unit.text.size(); ++i) {
        const std::string_view four = std::string_view(unit.text).substr(i, 4);
        const bool year = (starts(four, "19") || starts(four, "20")) && four[2] >= '0' && four[2] <= '9' && four[3] >= '0' && four[3] <= '9';
        if (year) by_copyright = make_day((four[0] - '0') * 1000 + (four[1] - '0') * 100 + (four[2] - '0') * 10 + (four[3] - '0'), md.month, md.day);
      }
    }
    return by_date ? by_date : by_copyright;
  }

  // "14 May" on a line of its own near the headline.
  void read_short_stamp() {
    if (out_.published.date) return;
    for (size_t i = 0; i < units_.size() && i < first_ + 3; ++i) {
      const std::string& text = units_[i].text;
      if (units_[i].kind != Kind::brief || text.size() > 40) continue;
      const auto found = rules_.dates.first(text, {});
      if (!found || found->has_year || (found->end - found->begin) * 2 < text.size()) continue;
      if (const auto day = with_year(found->day)) {
        out_.published = {*day, found->time, std::nullopt, DateBasis::metadata, std::nullopt};
        return;
      }
    }
  }

  // "SEOUL, Aug. 25, 2016 (Agency) -": the day the report was sent, and by whom.
  void read_head_line() {
    const auto dateline = read_dateline(std::string_view(out_.text).substr(out_.body_start), rules_.dates, {true, false});
    if (!dateline) return;
    if (rules_.outlets.agency(dateline->agency) || rules_.outlets.is_outlet(dateline->agency)) agency_ = rules_.outlets.agency(dateline->agency).value_or(dateline->agency);
    if (out_.published.date || !dateline->date) return;
    const FoundDate& found = *dateline->date;
    const std::optional<Day> day = found.has_year ? found.day : with_year(found.day);
    if (!day) return;
    out_.published = {*day, "", std::nullopt, DateBasis::dateline, Span{out_.body_start + found.begin, out_.body_start + found.end}};
  }

  // Whose text this is: a masthead above the headline, the byline, who holds the rights; else the agency that the dateline names.
  void read_outlet() {
    std::string publisher;
    const auto take = [&](std::string name) {
      if (publisher.empty() && !name.empty()) publisher = std::move(name);
    };
    const size_t head = std::min(units_.size(), title_ == SIZE_MAX ? first_ : title_ + 1);
    for (size_t i = 0; i < head && i < 12; ++i) {
      if (i != title_ && rules_.outlets.is_outlet(units_[i].text)) take(units_[i].text);
    }
    for (size_t i = title_ == SIZE_MAX ? 0 : title_ + 1; i < units_.size() && i < first_ + 3; ++i) {
      if (units_[i].kind != Kind::prose) take(outlet_in_byline(units_[i].text));
    }
    for (size_t i = last_ + 1; i < units_.size(); ++i) {
      if (units_[i].text.size() < 200) take(rights_holder(units_[i].text));
    }
    for (const Unit& unit : units_) {
      if (const auto credited = unit.text.size() < 300 ? rules_.outlets.credited(unit.text) : std::nullopt; credited && !out_.original_outlet) out_.original_outlet = credited;
    }
    if (publisher.empty()) {
      publisher = agency_;
    } else if (!agency_.empty() && agency_ != publisher && !out_.original_outlet && !has(publisher, agency_)) {
      out_.original_outlet = agency_;
    }
    if (!publisher.empty()) out_.publisher = publisher;
  }

  // "By Jane Doe, Lakeside Times", "JANE DOE, Lakeside Times staff writer", "Jane Doe | Lakeside Times", "Lakeside Times, March 5, 2021".
  std::string outlet_in_byline(std::string_view text) const {
    if (text.size() > 120) return "";
    if (starts(text, "Source: ")) text.remove_prefix(8);
    for (size_t from = 0; from < text.size();) {
      size_t end = text.size(), next = text.size();
      for (const std::string_view separator : {", "sv, " | "sv, " - "sv, " \xe2\x80\x93 "sv, " \xe2\x80\x94 "sv, " / "sv, " \xc2\xb7 "sv, " -- "sv}) {
        const size_t at = text.find(separator, from);
        if (at < end) {
          end = at;
          next = at + separator.size();
        }
      }
      std::string_view part = text.substr(from, end - from);
      for (const std::string_view role : {" staff writers"sv, " staff writer"sv, " staff reporter"sv, " staff"sv, " correspondent"sv, " senior writer"sv, " reporter"sv}) {
        if (ends(part, role)) part.remove_suffix(role.size());
      }
      if (rules_.outlets.is_outlet(part)) return std::string(part);
      from = next;
    }
    return "";
  }

  std::string_view text_;
  const std::optional<std::string>& known_title_;
  const ArticleRules& rules_;
  std::vector<Diagnostic>& diagnostics_;
  Article out_;
  std::vector<Unit> units_;
  size_t first_ = 0, last_ = 0;  // units of the body
  size_t title_ = SIZE_MAX;
  std::vector<size_t> standfirst_;
  std::string agency_;  // of the dateline
  bool none_ = false;
};

}  // namespace

Article read_plain(std::string_view text, const std::optional<std::string>& known_title, const ArticleRules& rules, std::vector<Diagnostic>& diagnostics) {
  return PlainReader(text, known_title, rules, diagnostics).run();
}

}  // namespace demarche::article
