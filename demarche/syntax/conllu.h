// CoNLL-U -> sentences whose trees are to be predicted (demarche show parse --input conllu).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "demarche/core/document.h"

namespace demarche {

struct ConlluText {
  std::string text;  // made of the words; paragraphs apart by blank lines
  std::vector<Sentence> sentences;
};

// Reads sentence and word limits alone. Words of a multiword token share its letters where they spell it, as the tokenizer
// has it; otherwise the text holds the words one after the other. Throws Error "name:line: why" for a broken line.
ConlluText read_conllu(std::string_view name, std::string_view bytes);

}  // namespace demarche
