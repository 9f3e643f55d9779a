// Web addresses, mail addresses, file names and newsgroups: one word each, whatever marks they hold.
#pragma once

#include <cstddef>
#include <string_view>

#include "demarche/text/lexicon.h"

namespace demarche {

// Where the address that begins at byte `at` of a chunk (text without white space) ends, without the punctuation that
// follows it; 0 when none begins there. Looks at most 2,000 bytes ahead. `endings`: data/en/addresses.tsv.
size_t match_address(std::string_view chunk, size_t at, const WordMap<bool>& endings);

}  // namespace demarche
