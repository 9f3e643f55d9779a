// Any text as one or several sentences: the times and the inferred day must hold their promises.
#include <cstdlib>
#include <filesystem>

#include "demarche/core/utf8.h"
#include "demarche/times/times.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace demarche;
  static const TimeRulesPtr rules = load_time_rules(std::filesystem::path(DEMARCHE_SOURCE_DIR) / "data");
  if (size < 2) return 0;
  Published published;
  if (data[0] & 1) published.date = Day{static_cast<int32_t>(data[0]) * 199 - 9000};
  const std::string text = repair_utf8(std::string_view(reinterpret_cast<const char*>(data) + 1, size - 1));
  std::vector<Sentence> sentences;
  for (size_t at = 0; at < text.size();) {
    size_t end = text.find('\n', at);
    if (end == std::string::npos) end = text.size();
    Sentence s;
    s.span = {static_cast<uint32_t>(at), static_cast<uint32_t>(end)};
    s.paragraph = static_cast<uint32_t>(sentences.size() / 2);
    if (end > at) {
      s.tokens.push_back({s.span});
      sentences.push_back(s);
    }
    at = end + 1;
  }
  std::vector<Diagnostic> diagnostics;
  uint32_t last = 0;
  for (const TimeExpression& t : find_times(text, sentences, {}, published, *rules, diagnostics)) {
    if (t.span.begin < last || t.span.end <= t.span.begin || t.span.end > text.size() || t.value.empty()) std::abort();
    if (t.interval && t.interval->start > t.interval->end) std::abort();
    last = t.span.end;
  }
  const Published inferred = infer_published(text, sentences, {}, *rules);
  if (inferred.range && inferred.range->start > inferred.range->end) std::abort();
  return 0;
}
