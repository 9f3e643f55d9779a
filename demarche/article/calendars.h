// Digits and years that are not those of ISO 8601: other scripts' digits, the Persian calendar, Buddhist years, Japanese eras, Minguo.
// Private to article/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/core/calendar.h"

namespace demarche::article {

// The text with every decimal digit as ASCII, and the way back.
class AsciiDigits {
 public:
  explicit AsciiDigits(std::string_view text);
  bool changed() const { return !offsets_.empty(); }
  std::string_view text() const { return text_; }
  // Byte of the original text at which byte `at` of text() comes from.
  uint32_t original(uint32_t at) const { return offsets_[at]; }

 private:
  std::string text_;
  std::vector<uint32_t> offsets_;  // by byte of text_, and one for its end; empty when nothing was changed
};

// A day of Iran's solar calendar, by the 33-year cycle: right for 1178 to 1633 (1799 to 2254).
std::optional<Day> persian_day(int year, int month, int day);

// The year of our era that `year` means: Buddhist (2565) and Persian years are told by their size; the era by what stands before.
// `before`: the text up to the number. 0 when it is no year of the last decades.
int era_year(int year, std::string_view before);

}  // namespace demarche::article
