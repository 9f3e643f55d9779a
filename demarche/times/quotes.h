// Whose "today" it is: words in quotation marks keep the day on which they were spoken ("We will answer tomorrow," he said on Friday).
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "demarche/core/document.h"
#include "demarche/times/pending.h"
#include "demarche/times/words.h"

namespace demarche {

// Whether words [first, last) stand beside a verb of saying: "said in Seoul on Friday", "on Friday the general said".
bool stands_by_saying(const Words& words, size_t first, size_t last);

// Expression `inside` stands in a quotation whose saying expression `saying` dates; indices into the list given.
struct QuotedBy {
  size_t inside = 0, saying = 0;
};
// For each expression in quotation marks that counts from the day of speaking: the dated saying of its sentence, or of the sentence before
// in the same paragraph. Sorted by `inside`. O(text + expressions).
std::vector<QuotedBy> days_of_quotations(std::string_view text, std::span<const Sentence> sentences, const std::vector<Pending>& all);

}  // namespace demarche
