// Sentences and tokens of any bytes: tokens in order, inside their sentence, covering all that is no white space.
#include <string>

#include "demarche/core/utf8.h"
#include "demarche/text/text.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace demarche;
  static const TextModelPtr model = load_text_model(std::string(DEMARCHE_SOURCE_DIR) + "/data");
  const std::string raw(reinterpret_cast<const char*>(bytes), size);
  const std::string text = size % 2 == 0 ? raw : repair_utf8(raw);
  uint32_t end = 0;
  for (const Sentence& sentence : split_text(text, *model)) {
    DEMARCHE_CHECK(!sentence.tokens.empty());
    DEMARCHE_CHECK(sentence.span.begin == sentence.tokens.front().span.begin && sentence.span.end == sentence.tokens.back().span.end);
    for (const Token& token : sentence.tokens) {
      DEMARCHE_CHECK(end <= token.span.begin && token.span.begin < token.span.end && token.span.end <= text.size());
      for (uint32_t at = end; at < token.span.begin; ++at) DEMARCHE_CHECK(static_cast<unsigned char>(text[at]) <= 0x20 || static_cast<unsigned char>(text[at]) >= 0x7F);
      end = token.span.end;
    }
    uint32_t last = 0;
    for (const MultiwordToken& m : sentence.multiword) {
      DEMARCHE_CHECK(last <= m.first && m.first + 1 < m.last && m.last <= sentence.tokens.size());
      last = m.last;
    }
  }
  return 0;
}
