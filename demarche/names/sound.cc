#include "demarche/names/sound.h"

#include <algorithm>
#include <array>

namespace demarche::names {
namespace {

// What letters stand for, the longest first. C is tch, S sh, F f, v, w; an empty class is silent.
struct Letters {
  std::string_view text, classes;
};
constexpr std::array<Letters, 28> kGroups = {{{"tsch", "C"}, {"dzh", "C"}, {"tch", "C"}, {"sch", "S"}, {"ch", "C"}, {"zh", "C"}, {"dj", "C"}, {"ts", "C"}, {"tz", "C"}, {"cz", "C"}, {"sh", "S"}, {"hs", "S"}, {"kh", "K"},
                                              {"gh", "K"}, {"ck", "K"}, {"th", "T"}, {"dh", "T"}, {"ph", "F"}, {"j", "C"}, {"q", "K"}, {"g", "K"}, {"c", "K"}, {"d", "T"}, {"b", "P"}, {"z", "S"}, {"v", "F"}, {"w", "F"}, {"x", "KS"}}};

bool vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y' || c == 'h'; }

}  // namespace

Sound with_word(Sound sound, std::string_view folded) {
  static constexpr std::array<std::string_view, 8> kParticles = {"al", "el", "ul", "bin", "ibn", "ben", "jr", "sr"};
  if (std::find(kParticles.begin(), kParticles.end(), folded) != kParticles.end()) return sound;
  const auto add = [&](char c) { sound.hash = (sound.hash ^ static_cast<unsigned char>(c)) * 0x01000193u + 0x9E37u; };
  if (!folded.empty() && vowel(folded.front()) && folded.front() != 'h' && sound.consonants == 0) add('A');
  char last = 0;
  for (size_t at = 0; at < folded.size();) {
    const char c = folded[at];
    if (vowel(c)) {
      if (c != 'h') last = 0;
      ++at;
      continue;
    }
    std::string_view classes = folded.substr(at, 1);
    size_t length = 1;
    char upper = 0;
    for (const Letters& g : kGroups)
      if (folded.substr(at).starts_with(g.text)) {
        classes = at == 0 && g.text == "x" ? "S" : g.classes;
        length = g.text.size();
        break;
      }
    for (const char k : classes) {
      upper = k >= 'a' && k <= 'z' ? static_cast<char>(k - 32) : k;
      if (upper != last) add(upper), ++sound.consonants;
      last = upper;
    }
    at += length;
  }
  return sound;
}

}  // namespace demarche::names
