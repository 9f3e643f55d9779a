// Mail (.eml) and pages saved as one file (MHTML): the message's HTML or text part -> a Page. Private to ingest/.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "demarche/core/document.h"

namespace demarche::ingest {

// Why not, as the end of a sentence. Page::id and read_from stay empty. A saved page keeps its address; mail its subject and day.
Result<Page> parse_mime(std::string_view message);

}  // namespace demarche::ingest
