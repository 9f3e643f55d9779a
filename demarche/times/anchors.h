// Which day the text gives to a happening: "The summit was held on June 12" ties the summit to a day, on which "two days after the
// summit" counts. One Happenings a report; filled with every dated expression, then asked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/core/document.h"

namespace demarche {

// The words of an inflected or derived noun or verb without their endings: "launches", "launched" and "launch" are one, so are "explosion"
// and "explode". Lower case in, lower case out.
std::string stem_of(std::string_view word);

class Happenings {
 public:
  // `tree` is null, or of another size than the sentence, where there is none: then the words nearby must do.
  explicit Happenings(std::string_view text) : text_(text) {}

  // The words that tokens [first, last), an expression, date are tied to `days`. O(tokens of the sentence).
  void learn(const Sentence& sentence, uint32_t index, const Tree* tree, uint32_t first, uint32_t last, DayRange days);

  struct Found {
    std::optional<DayRange> days;
    bool rivals = false;   // several days are told for it
    bool earlier = false;  // told before, not after, the sentence that asks
  };
  // The day of what the words inside `object` speak of. O(ties), which are bounded.
  Found find(const Sentence& sentence, uint32_t index, const Tree* tree, Span object) const;

 private:
  struct Tie {
    std::vector<std::string> stems;  // sorted
    DayRange days;
    uint32_t sentence = 0;
  };

  std::string_view text_;
  std::vector<Tie> ties_;
};

}  // namespace demarche
