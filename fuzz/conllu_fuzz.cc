// The CoNLL-U reader: any bytes are either read or refused with an Error, and spans stay inside the text.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "demarche/core/error.h"
#include "demarche/syntax/conllu.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  try {
    const demarche::ConlluText got = demarche::read_conllu("fuzz", {reinterpret_cast<const char*>(data), size});
    for (const demarche::Sentence& sentence : got.sentences)
      for (const demarche::Token& token : sentence.tokens) DEMARCHE_CHECK(token.span.begin < token.span.end && token.span.end <= got.text.size());
  } catch (const demarche::Error&) {
  }
  return 0;
}
