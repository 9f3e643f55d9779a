#include "demarche/article/dateline.h"

#include <algorithm>
#include <array>

#include "demarche/core/utf8.h"

namespace demarche::article {
namespace {

using namespace std::string_view_literals;

// Bytes within which a dateline must end.
constexpr size_t kMostBytes = 160;
constexpr size_t kMostAgency = 48;
constexpr size_t kMostPlace = 70;

constexpr std::array kDashes = {"--"sv, "-"sv, "\xe2\x80\x94"sv, "\xe2\x80\x93"sv, "\xe2\x80\x95"sv, "\xe2\x80\x91"sv};
constexpr std::array kWeekdays = {"monday"sv, "tuesday"sv, "wednesday"sv, "thursday"sv, "friday"sv, "saturday"sv, "sunday"sv, "mon"sv, "tue"sv, "tues"sv, "wed"sv, "thu"sv, "thur"sv, "thurs"sv, "fri"sv, "sat"sv, "sun"sv};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_upper(c) || (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80) != 0; }

// Reads the parts one by one; what cannot be part of a dateline ends it.
class Scan {
 public:
  Scan(std::string_view text, const DateReader& dates, DateStyle style) : text_(text.substr(0, kMostBytes)), dates_(dates.find(text_, style)) {}

  std::optional<Dateline> run() {
    Dateline out;
    bool place = false, dash = false, colon = false;
    for (;;) {
      skip_blanks();
      const size_t before = at_;
      if (const size_t length = dash_length()) {
        // A second dash after the day closes the line; one without a place opens a speech.
        if (!place && !out.date && out.agency.empty()) return std::nullopt;
        at_ += length;
        dash = true;
        if (out.date) break;
        continue;
      }
      if (peek() == ':' && (out.date || !out.agency.empty())) {
        ++at_;
        colon = true;
        break;
      }
      if (peek() == ',' && place) {
        ++at_;
        continue;
      }
      if (peek() == '(' && read_bracket(out)) continue;
      if (read_weekday()) continue;
      if (!out.date && read_date(out, dash)) {
        if (dash) break;
        continue;
      }
      if (!dash && !out.date && read_place(place)) {
        place = true;
        continue;
      }
      if (at_ == before) break;
    }
    if (!dash && !colon) return std::nullopt;
    if (!place && !(out.date && !out.agency.empty())) return std::nullopt;
    skip_blanks();
    out.end = static_cast<uint32_t>(at_);
    return out;
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_.substr(at_, 2) == "\xc2\xa0")) at_ += text_[at_] == ' ' ? 1 : 2;
  }

  // A dash between blanks, or a long one.
  size_t dash_length() const {
    for (const std::string_view dash : kDashes) {
      if (text_.substr(at_, dash.size()) != dash) continue;
      const bool apart = dash.size() > 1 || (at_ > 0 && (text_[at_ - 1] == ' ' || text_[at_ - 1] == ')'));
      return apart ? dash.size() : 0;
    }
    return 0;
  }

  // "(Agency)", "(July 4, 2017)", "(Agency, July 4)".
  bool read_bracket(Dateline& out) {
    const size_t close = text_.find(')', at_);
    if (close == std::string_view::npos || close - at_ > kMostAgency || close <= at_ + 2) return false;
    const size_t from = at_ + 1;
    size_t name_end = close;
    for (const FoundDate& date : dates_) {
      if (date.begin < from || date.end > close) continue;
      out.date = date;
      name_end = date.begin;
      break;
    }
    std::string_view name = text_.substr(from, name_end - from);
    while (!name.empty() && (name.back() == ' ' || name.back() == ',')) name.remove_suffix(1);
    if (!name.empty() && is_letter(name.front()) && out.agency.empty()) out.agency = std::string(name);
    at_ = close + 1;
    return true;
  }

  bool read_weekday() {
    size_t end = at_;
    while (end < text_.size() && is_letter(text_[end])) ++end;
    const std::string word = fold(text_.substr(at_, end - at_));
    if (std::find(kWeekdays.begin(), kWeekdays.end(), word) == kWeekdays.end()) return false;
    if (end < text_.size() && text_[end] == '.') ++end;
    if (end < text_.size() && text_[end] == ',') ++end;
    // It must belong to a date: "Friday's test" and "Monday morning" begin a report.
    const size_t next = text_.find_first_not_of(" ", end);
    const bool dated = std::any_of(dates_.begin(), dates_.end(), [&](const FoundDate& date) { return date.begin == next; });
    if (!dated) return false;
    at_ = end;
    return true;
  }

  // After the dash a date must stand alone, else it is the first words of the report ("— August 4, 2023 was a quiet day").
  bool read_date(Dateline& out, bool alone) {
    for (const FoundDate& date : dates_) {
      if (date.begin != at_) continue;
      size_t end = date.end;
      if (alone) {
        if (!date.has_year && text_.substr(end, 2) != ". ") return false;
        if (end < text_.size() && text_[end] == '.') {
          ++end;
        } else if (end < text_.size() && text_[end] != '\n') {
          size_t dash = end;
          while (dash < text_.size() && text_[dash] == ' ') ++dash;
          const bool closed = std::any_of(kDashes.begin(), kDashes.end(), [&](std::string_view d) { return text_.substr(dash, d.size()) == d; });
          if (!closed && text_.substr(dash, 1) != ":") return false;
          end = dash + (text_[dash] == ':' ? 1 : 0);
        }
      }
      out.date = date;
      at_ = end;
      if (alone) {
        skip_blanks();
        if (const size_t length = dash_length()) at_ += length;
      }
      return true;
    }
    return false;
  }

  // Words in capitals ("TOKYO/TAIPEI", "ST. PETERSBURG, Fla."), or a name before a comma, a bracket or a dash ("Paris, 4 August").
  bool read_place(bool more) {
    size_t at = at_, words = 0;
    bool capitals = true;
    while (at < text_.size() && at - at_ < kMostPlace) {
      const size_t from = at;
      while (at < text_.size() && (is_letter(text_[at]) || text_[at] == '/' || text_[at] == '\'' || (text_[at] == '-' && at > from && at + 1 < text_.size() && is_letter(text_[at + 1])) || text_[at] == '.')) {
        if (text_.substr(at, 3) == "\xe2\x80\x94" || text_.substr(at, 3) == "\xe2\x80\x93" || text_.substr(at, 2) == "\xc2\xa0") break;
        ++at;
      }
      if (at == from) break;
      const std::string_view word = text_.substr(from, at - from);
      if (words > 0 && is_date(from)) {
        at = from;
        break;
      }
      if (!is_upper(word.front()) && (static_cast<unsigned char>(word.front()) & 0x80) == 0 && word != "and" && word != "on" && word != "near" && word != "de" && word != "der" && word != "of") return false;
      if (words == 0) capitals = word.size() > 1 && std::none_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
      ++words;
      if (at < text_.size() && text_[at] == ' ') ++at;
    }
    while (at > at_ && text_[at - 1] == ' ') --at;
    if (words == 0 || words > 6) return false;
    // What follows a place: a comma, a bracket, a dash, a date or another place.
    size_t next = at;
    while (next < text_.size() && text_[next] == ' ') ++next;
    const bool closes = next < text_.size() && (text_[next] == ',' || text_[next] == '(' || is_date(next) || std::any_of(kDashes.begin(), kDashes.end(), [&](std::string_view d) { return text_.substr(next, d.size()) == d; }));
    if (!closes) return false;
    if (!capitals && !more && !dated_or_bracketed(next)) return false;
    at_ = at;
    return true;
  }

  bool is_date(size_t at) const {
    return std::any_of(dates_.begin(), dates_.end(), [&](const FoundDate& date) { return date.begin == at; });
  }

  // Whether a name in small letters is followed by what only datelines have: a date or a bracket, then a dash or colon.
  bool dated_or_bracketed(size_t at) const {
    const std::string_view rest = text_.substr(at, 90);
    const bool bracket = rest.find('(') < 40, date = std::any_of(dates_.begin(), dates_.end(), [&](const FoundDate& d) { return d.begin >= at && d.begin <= at + 45; });
    return bracket || date;
  }

  std::string_view text_;
  std::vector<FoundDate> dates_;
  size_t at_ = 0;
};

}  // namespace

std::optional<Dateline> read_dateline(std::string_view paragraph, const DateReader& dates, DateStyle style) {
  const size_t end = std::min(paragraph.find("\n\n"), paragraph.size());
  return Scan(paragraph.substr(0, end), dates, style).run();
}

}  // namespace demarche::article
