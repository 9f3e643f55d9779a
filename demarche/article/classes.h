// What the class names and ids of an element tell of its text, by data/page/classes.tsv. Private to article/.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace demarche::article {

// Bits, since one name may tell several things.
inline constexpr uint8_t kClassDrop = 1;     // furniture: menus, related links, comments, offers
inline constexpr uint8_t kClassCaption = 2;  // words under a picture, or whose picture it is
inline constexpr uint8_t kClassBody = 4;     // the article itself
inline constexpr uint8_t kClassJunk = 16;    // furniture that may well be longer than the article: comments, cookie dialogs
inline constexpr uint8_t kClassStamp = 8;    // when and by whom: not the body either, but dates stand there

class ClassTable {
 public:
  explicit ClassTable(const std::filesystem::path& path);
  // Of a whole attribute value, which may hold several names.
  uint8_t effects(std::string_view names) const;

 private:
  uint8_t effects_of_name(std::string_view name, std::vector<std::string>& words) const;

  struct Prefix {
    std::string text;
    uint8_t effect;
  };
  std::unordered_map<std::string, uint8_t> phrases_;  // words joined by one space; looked up only
  std::vector<Prefix> prefixes_[26];                  // of single words, by first letter
};

}  // namespace demarche::article
