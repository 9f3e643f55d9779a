// Bytes of a page -> UTF-8, and character references -> characters. Private to article/.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "demarche/core/document.h"

namespace demarche::article {

// The page in UTF-8. Encoding by byte order mark, the bytes themselves (valid UTF-8 is UTF-8), HTTP header, <meta>, detection.
// What could not be decoded becomes U+FFFD; a diagnostic tells of it ("article.encoding").
std::string decode_page(std::string_view bytes, std::string_view http_charset, bool html, std::vector<Diagnostic>& diagnostics);

// The named character references of HTML.
class CharacterReferences {
 public:
  explicit CharacterReferences(const std::filesystem::path& table);

  // The reference at the front of `text`, which begins with '&': its characters in UTF-8 and its length; length 0 if there is none.
  struct Match {
    std::string_view characters;
    size_t length = 0;
  };
  Match match(std::string_view text, std::string& buffer) const;
  // All references replaced; white space as it stands.
  std::string decode(std::string_view text) const;

 private:
  struct Entry {
    std::string characters;
    bool bare;
  };
  std::unordered_map<std::string, Entry> entries_;  // looked up only, never walked
};

}  // namespace demarche::article
