// Where words stand in a report, whatever their quotation marks, dashes and spaces look like: gold quotes and the program's
// evidence are both sought in the folded text, so that they can be compared as positions. Pure functions; thread safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace demarche {

// Half-open range of code points in a folded text.
struct TextPlace {
  size_t begin = 0, end = 0;
};

// Curly quotation marks and dashes as ASCII, runs of white space as one space, none at the ends.
std::u32string fold_quotes(std::string_view text);

// Where `exact` stands in `text` (both folded); of several places the one whose surroundings fit `prefix` and `suffix`
// best, of equals the first. Nothing when it is empty or stands nowhere.
std::optional<TextPlace> find_place(const std::u32string& text, const std::u32string& exact, const std::u32string& prefix = {}, const std::u32string& suffix = {});

size_t shared_length(const std::optional<TextPlace>& a, const std::optional<TextPlace>& b);
// Shared over joint length, in [0, 1]; 0 when one of them is nowhere.
double shared_part(const std::optional<TextPlace>& a, const std::optional<TextPlace>& b);

}  // namespace demarche
