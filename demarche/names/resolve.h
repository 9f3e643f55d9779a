// Phrases -> mentions and actors. One reading of the report in its order: every phrase is tied to an actor of the report, a
// new one or one already there, by the base, the report's day, the words beside it and what has been told so far.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "demarche/names/base.h"
#include "demarche/names/phrase.h"

namespace demarche::names {

struct SentencePhrases {
  Scan scan;
  std::vector<Phrase> phrases;
};

Names resolve_phrases(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees, std::span<const SentencePhrases> phrases,
                      const std::optional<Day>& published, const Base& base, std::vector<Diagnostic>& diagnostics);

}  // namespace demarche::names
