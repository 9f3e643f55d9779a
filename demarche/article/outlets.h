// Names of outlets and agencies, and what pages say of whose text it is, by data/en/outlets.tsv. Private to article/.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace demarche::article {

class OutletTable {
 public:
  // Throws Error for a broken row, or one whose own examples fail.
  explicit OutletTable(const std::filesystem::path& path);

  // The agency's name as the record has it: "AFP" for "Agence France-Presse"; nothing for other names.
  std::optional<std::string> agency(std::string_view name) const;
  // Whether a line is the name of an outlet and nothing else: few words, all with a capital, one that outlets have in their names.
  bool is_outlet(std::string_view line) const;
  // The outlet that had the text first, of a sentence that says so ("This story originally appeared in Lakeside Times.").
  std::optional<std::string> credited(std::string_view text) const;
  // Whether the words tell that the page holds a part of the article only.
  bool says_partial(std::string_view text) const;

 private:
  bool matches(std::string_view kind, std::string_view text) const;

  std::unordered_map<std::string, std::string> agencies_;  // looked up only
  std::unordered_set<std::string> words_, generic_;        // looked up only
  std::vector<std::string> credits_, partials_;
};

// "Lakeside Times" of "© 2021 Lakeside Times. All rights reserved."; empty when the line names nobody.
std::string rights_holder(std::string_view line);

}  // namespace demarche::article
