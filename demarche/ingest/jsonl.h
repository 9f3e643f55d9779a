// One line of JSON Lines -> a Page whose text is the article as it stands. Private to ingest/.
#pragma once

#include <string_view>

#include "demarche/core/document.h"

namespace demarche::ingest {

// Why not, as the end of a sentence: "has no \"text\"". Page::id stays empty; read_from is the "id" of the line, or empty.
Result<Page> parse_json_page(std::string_view line);

}  // namespace demarche::ingest
