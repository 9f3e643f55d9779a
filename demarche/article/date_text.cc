#include "demarche/article/date_text.h"

#include <algorithm>
#include <array>

#include "demarche/article/calendars.h"
#include "demarche/core/table.h"
#include "demarche/core/utf8.h"

namespace demarche::article {
namespace {

using namespace std::string_view_literals;

// Years that a page on the web can have been published in.
constexpr int kFirstYear = 1990, kLastYear = 2069;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80) != 0; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

struct Number {
  int value = 0;
  size_t digits = 0;
};

Number number_at(std::string_view text, size_t at) {
  Number n;
  while (at + n.digits < text.size() && is_digit(text[at + n.digits])) {
    if (n.digits < 9) n.value = n.value * 10 + (text[at + n.digits] - '0');
    ++n.digits;
  }
  return n;
}

std::optional<Day> plausible(int year, int month, int day) {
  if (const int common = era_year(year, {})) year = common;
  if (year < kFirstYear || year > kLastYear) return std::nullopt;
  return make_day(year, month, day);
}

int full_year(int two_digits) { return two_digits < 70 ? 2000 + two_digits : 1900 + two_digits; }

std::string two(int n) { return {static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)}; }

// Zones that mean one offset everywhere news is written.
constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kZones = {{
    {"utc", "+00:00"}, {"gmt", "+00:00"}, {"z", "+00:00"},    {"est", "-05:00"},  {"edt", "-04:00"}, {"cdt", "-05:00"}, {"mst", "-07:00"}, {"mdt", "-06:00"}, {"pst", "-08:00"},
    {"pdt", "-07:00"}, {"cet", "+01:00"}, {"cest", "+02:00"}, {"eest", "+03:00"}, {"kst", "+09:00"}, {"jst", "+09:00"}, {"pkt", "+05:00"}, {"sgt", "+08:00"}, {"hkt", "+08:00"},
}};

std::string_view skip_any(std::string_view text, size_t& at, std::string_view characters) {
  const size_t from = at;
  while (at < text.size() && characters.find(text[at]) != std::string_view::npos) ++at;
  return text.substr(from, at - from);
}

}  // namespace

// One pass over one text.
class DateReader::Scan {
 public:
  Scan(const DateReader& reader, std::string_view text, DateStyle style) : reader_(reader), text_(text), style_(style) {}

  std::vector<FoundDate> run(bool only_first) {
    std::vector<FoundDate> out;
    for (size_t at = 0; at < text_.size();) {
      if (!is_digit(text_[at])) {
        ++at;
        continue;
      }
      const Number n = number_at(text_, at);
      FoundDate found;
      found.begin = static_cast<uint32_t>(at);
      // "v1.2.2020", "$3.10.2020" and numbers within words are something else; a 'T' or letter before is not.
      const bool free = at == 0 || (!is_digit(text_[at - 1]) && text_[at - 1] != '$');
      if (free && read(at, n, found)) {
        found.end = static_cast<uint32_t>(end_);
        read_time(found);
        at = found.end;
        out.push_back(std::move(found));
        if (only_first) break;
      } else {
        at += n.digits;
      }
    }
    return out;
  }

 private:
  bool read(size_t at, Number n, FoundDate& found) {
    if (n.digits == 4) return year_first(at, n, n.value, found);
    if (n.digits <= 3 && text_.substr(at + n.digits, 3) == "\xe5\xb9\xb4") {
      const int year = era_year(n.value, text_.substr(0, at));
      return year != 0 && year_first(at, n, year, found);
    }
    if (n.digits <= 2) return day_month_numbers(at, n, found) || day_month_name(at, n, found) || month_name_day(at, n, found) || day_persian_month(at, n, found);
    if (style_.machine) return machine(at, n, found);
    return false;
  }

  bool accept(FoundDate& found, int year, int month, int day, size_t end) {
    const auto made = plausible(year, month, day);
    if (!made) return false;
    found.day = *made;
    end_ = end;
    return true;
  }

  // Years of Iran's calendar that the web has seen.
  bool accept_persian(FoundDate& found, int year, int month, int day, size_t end) {
    const auto made = year >= 1369 && year <= 1448 ? persian_day(year, month, day) : std::nullopt;
    if (!made) return false;
    found.day = *made;
    end_ = end;
    return true;
  }

  bool machine(size_t at, Number n, FoundDate& found) {
    const std::string_view digits = text_.substr(at, n.digits);
    if (n.digits == 8 || n.digits == 12 || n.digits == 14) {
      if (accept(found, number_at(digits.substr(0, 4), 0).value, number_at(digits.substr(4, 2), 0).value, number_at(digits.substr(6, 2), 0).value, at + n.digits)) {
        if (n.digits > 8) found.time = std::string(digits.substr(8, 2)) + ":" + std::string(digits.substr(10, 2)) + ":" + (n.digits == 14 ? std::string(digits.substr(12, 2)) : "00");
        return true;
      }
    }
    if (n.digits == 10 || n.digits == 13) {
      int64_t seconds = 0;
      for (const char c : digits.substr(0, 10)) seconds = seconds * 10 + (c - '0');
      const YearMonthDay ymd = civil(Day{static_cast<int32_t>(seconds / 86400)});
      const auto rest = static_cast<int>(seconds % 86400);
      if (accept(found, ymd.year, ymd.month, ymd.day, at + n.digits)) {
        found.time = two(rest / 3600) + ":" + two(rest / 60 % 60) + ":" + two(rest % 60) + "+00:00";
        return true;
      }
    }
    return false;
  }

  // "2017-07-04", "2017/7/4", "2017.07.04", "2017년 7월 4일", "2017年7月4日", "2017. július 4."
  bool year_first(size_t at, Number digits, int year, FoundDate& found) {
    size_t i = at + digits.digits;
    const auto separator = [&](std::string_view cjk_one, std::string_view cjk_two) -> std::string {
      const std::string_view rest = text_.substr(i);
      for (const std::string_view cjk : {cjk_one, cjk_two}) {
        if (rest.substr(0, cjk.size()) == cjk) {
          i += cjk.size();
          skip_any(text_, i, " ");
          return "cjk";
        }
      }
      if (rest.empty() || "-/.\xe2"sv.find(rest[0]) == std::string_view::npos) return "";
      if (rest.substr(0, 3) == "\xe2\x80\x91" || rest.substr(0, 3) == "\xe2\x80\x93") {
        i += 3;
        return "-";
      }
      ++i;
      if (rest[0] == '.') skip_any(text_, i, " ");
      return std::string(1, rest[0]);
    };
    const std::string first = separator("\xe5\xb9\xb4", "\xeb\x85\x84");
    if (!first.empty()) {
      const Number month = number_at(text_, i);
      if (month.digits >= 1 && month.digits <= 2) {
        i += month.digits;
        const std::string second = separator("\xe6\x9c\x88", "\xec\x9b\x94");
        const Number day = number_at(text_, i);
        if (second == first && day.digits >= 1 && day.digits <= 2) {
          size_t end = i + day.digits;
          for (const std::string_view cjk : {"\xe6\x97\xa5"sv, "\xec\x9d\xbc"sv}) {
            if (text_.substr(end, 3) == cjk) end += 3;
          }
          return accept(found, year, month.value, day.value, end) || accept_persian(found, year, month.value, day.value, end);
        }
      }
    }
    i = at + digits.digits;
    skip_any(text_, i, ". ,");
    size_t end = i;
    if (const int month = month_word(i, end)) {
      skip_any(text_, end, ". ,");
      const Number day = number_at(text_, end);
      if (day.digits >= 1 && day.digits <= 2) return accept(found, year, month, day.value, end + day.digits);
    }
    return false;
  }

  // "4.7.2017", "04/07/2017", "7/4/17", "4-7-2017", "4. 7. 2017"
  bool day_month_numbers(size_t at, Number one, FoundDate& found) {
    size_t i = at + one.digits;
    if (i >= text_.size()) return false;
    const char separator = text_[i];
    if (separator != '.' && separator != '/' && separator != '-') return false;
    ++i;
    skip_any(text_, i, " ");
    const Number two_ = number_at(text_, i);
    if (two_.digits < 1 || two_.digits > 2) return false;
    i += two_.digits;
    if (i >= text_.size() || text_[i] != separator) return false;
    ++i;
    skip_any(text_, i, " ");
    const Number year = number_at(text_, i);
    const bool short_year = year.digits == 2 && one.digits == 2 && two_.digits == 2 && separator != '-';
    if (year.digits != 4 && !short_year) return false;
    const size_t end = i + year.digits;
    if (end < text_.size() && (text_[end] == separator || (is_letter(text_[end]) && lower(text_[end]) != 't' && static_cast<unsigned char>(text_[end]) < 0x80)) && separator == '.' && end + 1 < text_.size() && is_digit(text_[end + 1])) return false;
    int day = one.value, month = two_.value;
    if ((separator == '/' || separator == '-') && (month > 12 || (style_.month_first && day <= 12))) std::swap(day, month);
    return accept(found, short_year ? full_year(year.value) : year.value, month, day, end);
  }

  // Month 1..12 of the word at `at`; `end` behind it.
  int month_word(size_t at, size_t& end) const {
    size_t e = at;
    while (e < text_.size() && is_letter(text_[e]) && e - at < 40 && text_.substr(e, 2) != "\xc2\xa0") ++e;
    if (e - at < 3) return 0;
    int month = reader_.month(text_.substr(at, e - at));
    if (month == 0 && (static_cast<unsigned char>(text_[at]) & 0x80) != 0 && e < text_.size() && text_[e] == ' ') {  // "تشرين الثاني"
      ++e;
      while (e < text_.size() && is_letter(text_[e]) && e - at < 60) ++e;
      month = reader_.month(text_.substr(at, e - at));
    }
    if (month != 0) end = e;
    return month;
  }

  // "2 تیر 1399"
  bool day_persian_month(size_t at, Number day, FoundDate& found) {
    size_t i = at + day.digits;
    skip_gap(i);
    size_t end = i;
    while (end < text_.size() && is_letter(text_[end]) && end - i < 24) ++end;
    const int month = end == i || (static_cast<unsigned char>(text_[i]) & 0xc0) != 0xc0 ? 0 : reader_.persian_month(text_.substr(i, end - i));
    if (month == 0) return false;
    skip_gap(end);
    const Number year = number_at(text_, end);
    return year.digits == 4 && accept_persian(found, year.value, month, day.value, end + 4);
  }

  // "4 July 2017", "4. Juli 2017", "4th of July, 2017", "1er mai 2017", "4 de julio de 2017", "4-Jul-2017", "4 Jul 17"
  bool day_month_name(size_t at, Number day, FoundDate& found) {
    if (day.value < 1 || day.value > 31) return false;
    size_t i = at + day.digits;
    for (const std::string_view ending : {"st"sv, "nd"sv, "rd"sv, "th"sv, "er"sv, "\xc2\xba"sv, "\xc2\xaa"sv, "\xc2\xb0"sv}) {
      if (text_.substr(i, ending.size()) == ending) {
        i += ending.size();
        break;
      }
    }
    skip_gap(i);
    for (const std::string_view link : {"de "sv, "of "sv, "d'"sv, "di "sv}) {
      if (text_.substr(i, link.size()) == link) {
        i += link.size();
        break;
      }
    }
    size_t end = i;
    int month = month_word(i, end);
    if (month == 0 && text_.substr(i, 7) == "th\xc3\xa1ng ") {  // Vietnamese numbers its months
      const Number number = number_at(text_, i + 7);
      month = number.digits <= 2 && number.value <= 12 ? number.value : 0;
      end = i + 7 + number.digits;
    }
    if (month == 0) return false;
    i = end;
    skip_gap(i);
    for (const std::string_view link : {"de "sv, "del "sv, "n\xc4\x83m "sv, "\xe0\xb8\x9e.\xe0\xb8\xa8. "sv}) {
      if (text_.substr(i, link.size()) == link) {
        i += link.size();
        break;
      }
    }
    return year_at(i, month, day.value, end, found);
  }

  // "July 4, 2017", "Jul. 4 2017", "July 4th, 2017", "Tue Jul  4 09:30:00 2017"
  bool month_name_day(size_t at, Number day, FoundDate& found) {
    if (day.value < 1 || day.value > 31 || at < 4) return false;
    size_t end = at;
    while (end > 0 && (text_[end - 1] == ' ' || text_[end - 1] == '.' || text_[end - 1] == '-' || text_[end - 1] == '\n')) --end;
    if (end == at) return false;
    size_t begin = end;
    while (begin > 0 && end - begin < 40 && is_letter(text_[begin - 1])) --begin;
    if (end - begin < 3) return false;
    const int month = reader_.month(text_.substr(begin, end - begin));
    if (month == 0) return false;
    found.begin = static_cast<uint32_t>(begin);
    size_t i = at + day.digits;
    for (const std::string_view ending : {"st"sv, "nd"sv, "rd"sv, "th"sv}) {
      if (text_.substr(i, 2) == ending) {
        i += 2;
        break;
      }
    }
    const size_t after_day = i;
    if (i < text_.size() && (is_letter(text_[i]) || text_[i] == ':' || text_[i] == '%')) return false;
    skip_gap(i);
    // A clock may stand before the year, as ctime writes it.
    if (const Number hour = number_at(text_, i); hour.digits == 2 && text_.substr(i + 2, 1) == ":") {
      size_t j = i;
      skip_any(text_, j, "0123456789:");
      const std::string clock(text_.substr(i, std::min<size_t>(j - i, 8)));
      skip_any(text_, j, " ");
      while (j < text_.size() && text_[j] >= 'A' && text_[j] <= 'Z') ++j;
      skip_any(text_, j, " ");
      if (const Number year = number_at(text_, j); year.digits == 4 && clock.size() == 8) {
        found.time = clock;
        return accept(found, year.value, month, day.value, j + 4);
      }
    }
    return year_at(i, month, day.value, after_day, found);
  }

  void skip_gap(size_t& i) const {
    for (;;) {
      skip_any(text_, i, " .,-/|\n\t");
      if (text_.substr(i, 2) == "\xc2\xa0") {
        i += 2;
      } else {
        return;
      }
    }
  }

  // The year at `i`; without one the date is month and day only and ends at `end_without`.
  bool year_at(size_t i, int month, int day, size_t end_without, FoundDate& found) {
    const Number year = number_at(text_, i);
    const bool quoted = i > 0 && text_[i - 1] == '\'';
    if (year.digits == 4 && plausible(year.value, 1, 1)) return accept(found, year.value, month, day, i + 4);
    if (year.digits == 2 && (quoted || style_.machine)) return accept(found, full_year(year.value), month, day, i + 2);
    const auto made = make_day(4, month, day);
    if (!made) return false;
    found.day = *made;
    found.has_year = false;
    end_ = end_without;
    return true;
  }

  // "T09:30:00+09:00", " at 9:30 p.m.", ", 8:15 am", " 17:42 KST"
  void read_time(FoundDate& found) {
    if (!found.time.empty()) return;
    size_t i = found.end;
    const size_t limit = std::min(text_.size(), i + 16);
    while (i < limit && !is_digit(text_[i])) {
      const char c = text_[i];
      if (is_letter(c) || c == ' ' || c == ',' || c == '|' || c == '-' || c == '@' || c == ')' || c == '.') {
        ++i;
      } else {
        return;
      }
    }
    const Number hour = number_at(text_, i);
    if (i >= limit || hour.digits < 1 || hour.digits > 2 || hour.value > 23) return;
    i += hour.digits;
    if (i >= text_.size() || (text_[i] != ':' && text_[i] != 'h' && text_[i] != '.')) return;
    const Number minute = number_at(text_, i + 1);
    if (minute.digits != 2 || minute.value > 59) return;
    i += 3;
    int second = 0, hours = hour.value;
    if (i < text_.size() && text_[i] == ':') {
      if (const Number s = number_at(text_, i + 1); (s.digits == 1 || s.digits == 2) && s.value < 60) {
        second = s.value;
        i += 1 + s.digits;
      }
    }
    if (i < text_.size() && text_[i] == '.' && number_at(text_, i + 1).digits > 0) i += 1 + number_at(text_, i + 1).digits;
    size_t j = i;
    skip_any(text_, j, " ");
    const char half = j < text_.size() ? lower(text_[j]) : ' ';
    if ((half == 'a' || half == 'p') && j + 1 < text_.size()) {
      size_t k = j + 1;
      if (text_[k] == '.') ++k;
      if (k < text_.size() && lower(text_[k]) == 'm') {
        if (half == 'p' && hours < 12) hours += 12;
        if (half == 'a' && hours == 12) hours = 0;
        i = k + 1;
        if (i < text_.size() && text_[i] == '.' && k > j + 1) ++i;
      }
    }
    found.time = two(hours) + ":" + two(minute.value) + ":" + two(second) + zone(i);
    found.end = static_cast<uint32_t>(i);
  }

  std::string zone(size_t& i) const {
    size_t j = i;
    skip_any(text_, j, " (");
    if (j >= text_.size()) return "";
    if (text_[j] == '+' || text_[j] == '-') {
      const Number h = number_at(text_, j + 1);
      if (h.digits == 4 && h.value <= 1400) {
        i = j + 5;
        return std::string(1, text_[j]) + two(h.value / 100) + ":" + two(h.value % 100);
      }
      if (h.digits == 2 && h.value <= 14 && j == i) {
        const bool minutes = text_.substr(j + 3, 1) == ":" && number_at(text_, j + 4).digits == 2;
        const std::string out = std::string(1, text_[j]) + two(h.value) + ":" + (minutes ? std::string(text_.substr(j + 4, 2)) : "00");
        i = j + (minutes ? 6 : 3);
        return out;
      }
      return "";
    }
    size_t e = j;
    std::string name;
    while (e < text_.size() && is_letter(text_[e]) && name.size() < 6) name += lower(text_[e++]);
    for (const auto& [known, offset] : kZones) {
      if (name != known) continue;
      i = e;
      // "GMT+8", "UTC +05:30"
      if (e < text_.size() && (text_[e] == '+' || text_[e] == '-')) {
        const Number h = number_at(text_, e + 1);
        if (h.digits >= 1 && h.digits <= 2 && h.value <= 14) {
          const bool minutes = text_.substr(e + 1 + h.digits, 1) == ":" && number_at(text_, e + 2 + h.digits).digits == 2;
          const std::string out = std::string(1, text_[e]) + two(h.value) + ":" + (minutes ? std::string(text_.substr(e + 2 + h.digits, 2)) : "00");
          i = e + 1 + h.digits + (minutes ? 3 : 0);
          return out;
        }
      }
      return std::string(offset);
    }
    return "";
  }

  const DateReader& reader_;
  std::string_view text_;
  DateStyle style_;
  size_t end_ = 0;
};

DateReader::DateReader(const std::filesystem::path& path) {
  const Table table = Table::load(path, {"word", "month", "languages"});
  table.require_sorted(0);
  table.require_unique(0);
  for (size_t row = 0; row < table.size(); ++row) {
    std::string_view cell = table.cell(row, 1);
    const bool persian = cell.substr(0, 1) == "p";
    if (persian) cell.remove_prefix(1);
    const Number month = number_at(cell, 0);
    if (month.digits != cell.size() || month.value < 1 || month.value > 12) table.fail(row, 1, "a month is a number from 1 to 12, with a p in front for Iran's");
    (persian ? persian_months_ : months_).emplace(fold(table.cell(row, 0)), month.value);
  }
}

int DateReader::persian_month(std::string_view word) const {
  const auto found = persian_months_.find(fold(word));
  return found == persian_months_.end() ? 0 : found->second;
}

int DateReader::month(std::string_view word) const {
  const auto found = months_.find(fold(word));
  return found == months_.end() ? 0 : found->second;
}

std::vector<FoundDate> DateReader::scan(std::string_view text, DateStyle style, bool only_first) const {
  const AsciiDigits digits(text);
  if (!digits.changed()) return Scan(*this, text, style).run(only_first);
  auto found = Scan(*this, digits.text(), style).run(only_first);
  for (FoundDate& date : found) {
    date.begin = digits.original(date.begin);
    date.end = digits.original(date.end);
  }
  return found;
}

std::vector<FoundDate> DateReader::find(std::string_view text, DateStyle style) const { return scan(text, style, false); }

std::optional<FoundDate> DateReader::first(std::string_view text, DateStyle style) const {
  auto found = scan(text, style, true);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

namespace {

// The path of a URL, empty when it has none.
std::string_view path_of(std::string_view url) {
  // Only the path: queries carry dates of campaigns. An archive's own prefix is no date of the page.
  if (const size_t archive = url.find("web.archive.org/web/"); archive != std::string_view::npos) {
    const size_t inner = url.find('/', archive + 20);
    if (inner != std::string_view::npos) url.remove_prefix(inner + 1);
  }
  if (const size_t scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("?#"));
  const size_t path = url.find('/');
  return path == std::string_view::npos ? std::string_view() : url.substr(path);
}

}  // namespace

std::optional<DayRange> month_in_url(std::string_view url) {
  url = path_of(url);
  for (size_t i = 1; i + 8 <= url.size(); ++i) {
    if (url[i - 1] != '/' || !is_digit(url[i])) continue;
    const Number year = number_at(url, i);
    if (year.digits != 4 || url[i + 4] != '/' || !plausible(year.value, 1, 1)) continue;
    const Number month = number_at(url, i + 5);
    const char after = i + 5 + month.digits < url.size() ? url[i + 5 + month.digits] : '/';
    if (month.digits >= 1 && month.digits <= 2 && month.value >= 1 && month.value <= 12 && after == '/') return month_of(year.value, month.value);
  }
  return std::nullopt;
}

std::optional<Day> date_in_url(std::string_view url) {
  url = path_of(url);
  for (size_t i = 1; i + 8 <= url.size(); ++i) {
    if (!is_digit(url[i]) || is_digit(url[i - 1])) continue;
    const Number year = number_at(url, i);
    if (year.digits == 8 && i + 8 <= url.size()) {
      if (const auto day = plausible(number_at(url.substr(i, 4), 0).value, number_at(url.substr(i + 4, 2), 0).value, number_at(url.substr(i + 6, 2), 0).value)) return day;
    }
    if (year.digits != 4) continue;
    const char separator = i + 4 < url.size() ? url[i + 4] : ' ';
    if (separator != '/' && separator != '-' && separator != '_' && separator != '.') continue;
    const Number month = number_at(url, i + 5);
    const size_t next = i + 5 + month.digits;
    if (month.digits < 1 || month.digits > 2 || next >= url.size() || url[next] != separator) continue;
    const Number day = number_at(url, next + 1);
    if (day.digits < 1 || day.digits > 2) continue;
    if (const auto made = plausible(year.value, month.value, day.value)) return made;
  }
  return std::nullopt;
}

}  // namespace demarche::article
