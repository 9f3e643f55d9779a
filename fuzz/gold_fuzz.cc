// Gold records from outside: broken or not, they are read or refused with a sentence, and never held against a report without end.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "demarche/evaluation/gold.h"
#include "demarche/evaluation/score.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto gold = demarche::parse_gold(bytes);
  if (!gold) return 0;
  const auto record = nlohmann::ordered_json::parse(bytes, nullptr, false);  // any JSON may stand where a record is expected
  if (record.is_discarded()) return 0;
  (void)demarche::score_report(*gold, bytes.substr(0, size / 2), record);
  return 0;
}
