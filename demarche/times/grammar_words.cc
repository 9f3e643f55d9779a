// Small words that every part of the grammar shares: units, directions, amounts.
#include <algorithm>
#include <array>
#include <utility>

#include "demarche/times/grammar_dates.h"
#include "demarche/times/grammar_parts.h"

namespace demarche {

bool any_of(const Words& w, size_t at, std::initializer_list<std::string_view> forms) {
  return at < w.size() && std::find(forms.begin(), forms.end(), w[at].form) != forms.end();
}

int digits(const Words& words, size_t at) {
  if (!words.is_number(at) || words[at].form.size() > 4) return -1;
  int n = 0;
  for (const char c : words[at].form) {
    if (c < '0' || c > '9') return -1;
    n = n * 10 + (c - '0');
  }
  return n;
}

bool parse_unit(const Words& words, size_t at, Unit& unit, bool* plural) {
  const LexiconEntry* entry = words.match(at, WordClass::unit);
  if (!entry || entry->words.size() != 1) return false;
  static constexpr std::array<std::pair<std::string_view, Unit>, 15> kUnits = {{{"S", Unit::second},
                                                                                {"MI", Unit::minute},
                                                                                {"H", Unit::hour},
                                                                                {"NI", Unit::night},
                                                                                {"D", Unit::day},
                                                                                {"WE", Unit::weekend},
                                                                                {"W", Unit::week},
                                                                                {"FN", Unit::fortnight},
                                                                                {"M", Unit::month},
                                                                                {"Q", Unit::quarter},
                                                                                {"HY", Unit::half},
                                                                                {"Y", Unit::year},
                                                                                {"DE", Unit::decade},
                                                                                {"CE", Unit::century},
                                                                                {"ML", Unit::millennium}}};
  for (const auto& [name, value] : kUnits)
    if (entry->value == name) {
      unit = value;
      if (plural) *plural = words[at].form.ends_with("s") || words[at].form == "centuries" || words[at].form == "millennia";
      return true;
    }
  return false;
}

int steps_of(Direction direction) {
  switch (direction) {
    case Direction::last:
    case Direction::past:
    case Direction::previous:
      return -1;
    case Direction::next:
    case Direction::following:
      return 1;
    default:
      return 0;
  }
}

Anchor anchor_of(Direction direction) {
  switch (direction) {
    case Direction::last:
    case Direction::past:
    case Direction::this_:
    case Direction::next:
      return Anchor::report;
    case Direction::previous:
    case Direction::following:
    case Direction::same:
    case Direction::that:
      return Anchor::focus;
    case Direction::none:
      break;
  }
  return Anchor::none;
}

size_t parse_direction(const Words& words, size_t at, Direction& direction) {
  size_t p = at;
  if (words.is(p, "the")) ++p;
  const LexiconEntry* entry = words.match(p, WordClass::direction);
  if (!entry)
    entry = words.match(at, WordClass::direction);
  else if (p != at && words.match(at, WordClass::direction)) {
    entry = words.match(at, WordClass::direction);
    p = at;
  }
  if (!entry) return 0;
  static constexpr std::array<std::pair<std::string_view, Direction>, 8> kDirections = {{{"last", Direction::last},
                                                                                         {"past", Direction::past},
                                                                                         {"this", Direction::this_},
                                                                                         {"next", Direction::next},
                                                                                         {"previous", Direction::previous},
                                                                                         {"following", Direction::following},
                                                                                         {"same", Direction::same},
                                                                                         {"that", Direction::that}}};
  for (const auto& [name, value] : kDirections)
    if (entry->value == name) direction = value;
  if (words.match(p, WordClass::direction) != entry) p = at;
  if (p != at && (direction == Direction::this_ || direction == Direction::that) && words.is(p, "this")) return 0;
  return p + entry->words.size();
}

size_t parse_amount(const Words& words, size_t at, double& amount) {
  if (words.is_number(at)) {
    double value = 0, fraction = 0;
    for (const char c : words[at].form) {
      if (c == ',') continue;
      if (c == '.') {
        if (fraction != 0) return 0;
        fraction = 1;
        continue;
      }
      if (fraction == 0) {
        value = value * 10 + (c - '0');
      } else {
        fraction /= 10;
        value += fraction * (c - '0');
      }
      if (value > 1e9) return 0;
    }
    amount = value;
    size_t p = at + 1;
    if (const LexiconEntry* scale = words.match(p, WordClass::scale)) {
      amount *= scale->number;
      ++p;
    }
    if (words.is(p, "1") && words.is(p + 1, "/") && words.is(p + 2, "2")) {
      amount += 0.5;
      return p + 3;
    }
    if (words.is(p, "and") && words.is(p + 1, "a") && words.is(p + 2, "half")) {
      amount += 0.5;
      return p + 3;
    }
    return p;
  }
  size_t p = at;
  if ((words.is(p, "a") || words.is(p, "one")) && words.match(p + 1, WordClass::scale)) {
    amount = words.match(p + 1, WordClass::scale)->number;
    return p + 2;
  }
  if (words.is(p, "a") && words.is(p + 1, "couple")) ++p;
  const LexiconEntry* number = words.match(p, WordClass::number);
  if (!number) return 0;
  amount = number->number;
  p += number->words.size();
  if (amount >= 20 && words.is(p, "-") && words.glued(p)) {
    if (const LexiconEntry* ones = words.match(p + 1, WordClass::number); ones && ones->number < 10) {
      amount += ones->number;
      p += 2;
    }
  }
  if (const LexiconEntry* scale = words.match(p, WordClass::scale)) {
    amount *= scale->number;
    ++p;
  }
  if (words.is(p, "and") && words.is(p + 1, "a") && words.is(p + 2, "half")) {
    amount += 0.5;
    return p + 3;
  }
  if (words.is(p, "and") && words.is(p + 1, "half")) {
    amount += 0.5;
    return p + 2;
  }
  if (words.is(p, "-") && words.is(p + 1, "and") && words.is(p + 2, "-") && words.is(p + 3, "a") && words.is(p + 4, "-") &&
      words.is(p + 5, "half")) {
    amount += 0.5;
    return p + 6;
  }
  return p;
}

}  // namespace demarche
