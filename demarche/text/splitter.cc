#include "demarche/text/splitter.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "demarche/text/chars.h"

namespace demarche {
namespace {

bool is_stop(std::string_view form) {
  return form.find_first_not_of(".!?") == form.npos || form == "\xE2\x80\xA6" || form == "\xE3\x80\x82";
}

bool is_closer(std::string_view form) {
  static constexpr std::string_view kClosers[] = {"\"", "'", "''", ")", "]", "}", "\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB"};
  return std::find(std::begin(kClosers), std::end(kClosers), form) != std::end(kClosers);
}

// Words that begin a sentence far more often than they follow an abbreviation inside one.
bool is_starter(std::string_view form) {
  static constexpr std::string_view kStarters[] = {
      "A",    "After", "Although", "An",   "And",   "As",   "At",   "But",  "By",   "During", "Earlier", "For",  "He",   "Her",  "His",     "However",
      "I",    "If",    "In",       "It",   "Its",   "Last", "Many", "Meanwhile",    "Most",   "No",      "Not",  "On",   "One",  "Our",     "She",
      "Since", "So",   "Some",     "That", "The",   "Their", "Then", "There",       "These",  "They",    "This", "Those", "To",  "Under",   "We",
      "What", "When",  "While",    "With", "You"};
  return std::find(std::begin(kStarters), std::end(kStarters), form) != std::end(kStarters);
}

}  // namespace

std::vector<uint8_t> find_sentence_ends(std::string_view text, const std::vector<Piece>& pieces) {
  std::vector<uint8_t> ends(pieces.size(), 0);
  if (pieces.empty()) return ends;
  ends.back() = 1;
  for (size_t i = 0; i + 1 < pieces.size(); ++i) {
    const Piece& next = pieces[i + 1];
    const std::string_view follower = text_of(text, next.span);
    // The mark that would end the sentence, before closing quotation marks and brackets written on to it.
    size_t core = i;
    while (core > 0 && i - core < 3 && is_closer(text_of(text, pieces[core].span)) && !pieces[core].space_before) --core;
    const std::string_view form = text_of(text, pieces[core].span);
    if (!next.space_before && !(pieces[core].glued_stop && !is_closer(follower))) continue;
    const Abbreviation kind = pieces[core].abbreviation;
    const bool capital = starts_upper(follower);
    if (kind != Abbreviation::none) {
      ends[i] = (kind == Abbreviation::suffix || kind == Abbreviation::inner || kind == Abbreviation::weekday) && is_starter(follower);
    } else if (is_stop(form)) {
      const bool dots = form.size() > 1 && form.find_first_not_of('.') == form.npos;
      ends[i] = !starts_lower(follower) && (!dots || capital);
      if (core < i && form != "." && capital) ends[i] = 1;
    }
    if (next.newline_before && (is_stop(form) || follower == "-" || follower == "*" || follower == "\xE2\x80\xA2")) ends[i] = 1;
  }
  return ends;
}

}  // namespace demarche
