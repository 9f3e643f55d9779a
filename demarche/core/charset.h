// Text in other encodings -> UTF-8 (ICU).
#pragma once

#include <string>
#include <string_view>

namespace demarche {

// The encoding that browsers use for a label (https://encoding.spec.whatwg.org): "ISO-8859-1" is "windows-1252". An unknown label comes back in lower case.
std::string browser_charset(std::string_view label);
// Replaces `out` by `bytes` in UTF-8; what is no character of the encoding becomes U+FFFD. False, with `out` unspecified, when there is no such encoding.
bool convert_to_utf8(std::string_view bytes, const std::string& charset, std::string& out);

}  // namespace demarche
