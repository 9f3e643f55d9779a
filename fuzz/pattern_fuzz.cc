// Patterns over words: any bytes are either a pattern or refused, and matching stays inside the sentence.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "demarche/core/token_pattern.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace demarche;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const size_t half = bytes.find('\n');
  WordSets sets;
  sets.add("km", {"km", "kilometers"});
  TokenPatterns patterns;
  Vocabulary vocabulary;
  if (patterns.add(bytes.substr(0, half), 0, sets, vocabulary)) return 0;
  patterns.finish();
  const std::string_view text = half == std::string_view::npos ? std::string_view("it flew 900 km far") : bytes.substr(half + 1);
  Sentence sentence;
  Tree tree;
  for (size_t at = 0; at < text.size() && sentence.tokens.size() < 200;) {
    const size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) {
      sentence.tokens.push_back({{static_cast<uint32_t>(at), static_cast<uint32_t>(end)}});
      tree.nodes.emplace_back();
    }
    at = end + 1;
  }
  for (const PatternMatch& m : patterns.match(pattern_words(text, sentence, tree, vocabulary))) {
    DEMARCHE_CHECK(m.first < m.last && m.last <= sentence.tokens.size());
    DEMARCHE_CHECK(m.anchor < sentence.tokens.size());
    if (m.capture) DEMARCHE_CHECK(m.capture->first < m.capture->second && m.capture->second <= sentence.tokens.size());
  }
  return 0;
}
