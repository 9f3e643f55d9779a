#include "demarche/names/place_sense.h"

#include <array>
#include <string_view>

namespace demarche::names {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 20> kPlacePrepositions = {"in", "near", "off", "over", "inside", "outside", "across", "around", "throughout", "within", "above", "beneath", "through", "into", "around", "surrounding", "via", "along", "beyond", "northwest"};
// "from Afghanistan" after a word of motion or firing is a place, else a speaker or sender.
constexpr std::array<std::string_view, 46> kMotion = {"spoke", "appealed", "expected", "broadcast", "escaped", "ferried", "fired", "launched", "withdraw", "withdrawal", "withdrew", "withdrawn", "fled", "flee", "flown", "flew", "fly", "flight", "flights", "returned", "return", "arrived", "arrive", "travel", "traveled", "travelled", "went", "go", "moved", "left", "evacuated", "evacuate", "evacuation", "pullout", "pull", "out", "km", "kilometers", "miles", "kilometres", "sailed", "departed", "away", "far", "exports", "imports"};
constexpr std::array<std::string_view, 38> kGoing = {"fled", "flee", "flees", "fleeing", "escaped", "exiled", "sailed", "drove", "evacuated", "flies", "travel", "traveled", "travelled", "traveling", "travelling", "flew", "fly", "flying", "flown", "visit", "visits", "trip", "trips", "went", "go", "going", "return", "returned", "returning", "came", "come", "arrive", "arrived", "tour", "deployed", "moved", "flights", "flight"};
constexpr std::array<std::string_view, 40> kPartOf = {"university", "college", "archbishop", "bishop", "mayor", "residents", "siege", "battle", "fall", "capture", "shelling", "bombing", "suburbs", "districts", "coast", "city", "town", "capital", "region", "province", "north", "south", "east", "west", "border", "airspace", "waters", "parts", "part", "outskirts", "shores", "skies", "island", "islands", "areas", "streets", "suburb", "port", "center", "centre"};
constexpr std::array<std::string_view, 12> kReach = {"reach", "reached", "left", "leave", "leaving", "toured", "tour", "entered", "crossed", "hitting", "overflew", "around"};

bool preposition_of_place(const Scan& s, uint32_t prev, bool capital) {
  if (s.any(prev, kPlacePrepositions)) {
    // "confidence in Tokyo", "interest in"; "control over Taiwan" stay places: the country field tells whose.
    return !(s.is(prev, "over") && prev > 0 && (s.is(prev - 1, "dispute") || s.is(prev - 1, "pressure") || s.is(prev - 1, "anger")));
  }
  if (s.is(prev, "from")) return prev > 0 && s.any(prev - 1, kMotion);
  if (s.is(prev, "to")) return prev > 0 && s.any(prev - 1, kGoing);
  if (s.is(prev, "of")) return prev > 0 && s.any(prev - 1, kPartOf);
  if (s.is(prev, "on")) {  // "a march on Tripoli", but "an attack on Kyiv" and "pressure on Kyiv" are on a government
    constexpr std::array<std::string_view, 6> kMarch = {"march", "marched", "marching", "advance", "advanced", "advancing"};
    return capital && prev > 0 && s.any(prev - 1, kMarch);
  }
  if (s.is(prev, "at")) return false;
  return capital && s.any(prev, kReach);
}

}  // namespace

bool is_place_sense(const Scan& s, const Phrase& p, bool capital, bool before_is_place, bool motion) {
  const uint32_t first = p.first;
  if (first == 0) {
    // "SEOUL -- ", "BEIJING/WASHINGTON -- ", "SEOUL (Reuters) - ": a dateline.
    if (!capital || p.last >= s.size() || s.units[p.last].kind != UnitKind::punct) return false;
    const std::string_view next = s.units[p.last].text;
    return s.units[first].all_caps || next == "(" || next.starts_with("-") || next == "\u2014" || next == "\u2013";
  }
  const uint32_t prev = first - 1;
  if (s.possessive(p.last) && !s.any(prev, kPlacePrepositions)) return false;
  if (motion && (s.is(prev, "to") || s.is(prev, "from") || s.is(prev, "for") || s.is(prev, "toward"))) return true;
  if (s.comma(prev) && before_is_place && !capital) return true;  // "in Vienna, Austria"
  if ((s.is(prev, "and") || s.is(prev, "or")) && before_is_place) return true;
  if (s.units[prev].kind == UnitKind::punct && s.units[prev].text == "/" && before_is_place) return true;
  // An adjective between: "in northern Syria", "across western Japan".
  if (prev > 0 && s.word(prev) && !s.units[prev].capital) {
    constexpr std::array<std::string_view, 18> kParts = {"northern", "southern", "eastern", "western", "central", "northeastern", "northwestern", "southeastern", "southwestern", "nearby", "neighboring", "neighbouring", "occupied", "northeast", "southern", "downtown", "southwest", "northwest"};
    if (s.any(prev, kParts)) return true;
  }
  return preposition_of_place(s, prev, capital);
}

}  // namespace demarche::names
