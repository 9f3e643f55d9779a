// The loader of the parser's model file: any bytes are either read or refused with an Error.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "demarche/core/error.h"
#include "demarche/syntax/parser_model.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::vector<std::byte> bytes(size);
  if (size != 0) std::memcpy(bytes.data(), data, size);
  try {
    const demarche::ParserModel model(demarche::ModelFile::parse("fuzz", bytes));
  } catch (const demarche::Error&) {
  }
  return 0;
}
