#include "demarche/names/sound.h"

#include <algorithm>
#include <array>

namespace demarche::names {
namespace {

// The class of the consonant that begins here and how many letters write it. C is tch, S sh, F f, v, w; h is silent.
struct Consonant {
  char sound = 0;
  size_t letters = 1;
};

Consonant consonant_at(std::string_view word, size_t at) {
  const std::string_view rest = word.substr(at);
  switch (rest.front()) {
    case 't': return rest.starts_with("tsch") ? Consonant{'C', 4} : rest.starts_with("tch") ? Consonant{'C', 3} : rest.starts_with("ts") || rest.starts_with("tz") ? Consonant{'C', 2} : Consonant{'T'};
    case 'd': return rest.starts_with("dzh") ? Consonant{'C', 3} : rest.starts_with("dj") ? Consonant{'C', 2} : Consonant{'T'};
    case 's': return rest.starts_with("sch") ? Consonant{'S', 3} : Consonant{'S'};
    case 'c': return rest.starts_with("ch") || rest.starts_with("cz") ? Consonant{'C', 2} : rest.starts_with("ck") ? Consonant{'K', 2} : Consonant{'K'};
    case 'z': return rest.starts_with("zh") ? Consonant{'C', 2} : Consonant{'S'};
    case 'p': return rest.starts_with("ph") ? Consonant{'F', 2} : Consonant{'P'};
    case 'j': return {'C'};
    case 'q':
    case 'g': return {'K'};
    case 'b': return {'P'};
    case 'v':
    case 'w': return {'F'};
    default: return {static_cast<char>(rest.front() >= 'a' && rest.front() <= 'z' ? rest.front() - 32 : rest.front())};
  }
}

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
    Consonant found = consonant_at(folded, at);
    if (c == 'x') {  // "Alexander" is Aleksandr, "Xi" begins with sh
      if (at > 0 && last != 'K') add('K'), ++sound.consonants;
      found.sound = 'S';
    }
    if (found.sound != last) add(found.sound), ++sound.consonants;
    last = found.sound;
    at += found.letters;
  }
  return sound;
}

}  // namespace demarche::names
