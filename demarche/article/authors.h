// Who wrote a page, by its metadata or by the byline that readers see. Private to article/.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "demarche/article/decode.h"
#include "demarche/article/outlets.h"

namespace demarche::article {

struct Dom;
struct BodyParts;
struct PageMetadata;

// data/page/bylines.tsv.
class BylineTable {
 public:
  // Throws Error for a broken row, or one whose own examples fail.
  explicit BylineTable(const std::filesystem::path& path);

  // Whether the text begins with a label that stands before names ("By").
  bool has_label(std::string_view text) const { return label_bytes(text) > 0; }
  // Whether a class name or id is that of a byline.
  bool names_byline(std::string_view class_names) const;
  // The names of a byline: "By Jane Doe and John Roe, AP Writer | March 5" gives two. Roles, outlets, links and accounts are none.
  std::vector<std::string> names(std::string_view text, const OutletTable& outlets) const;

 private:
  size_t label_bytes(std::string_view text) const;
  bool is_role(std::string_view folded) const;
  std::string_view without_tail(std::string_view name) const;
  bool is_none(std::string_view folded) const;
  bool matches(std::string_view kind, std::string_view text) const;

  std::vector<std::string> labels_, none_prefixes_;  // labels: longest first
  std::unordered_set<std::string> roles_, none_, tails_, classes_;  // looked up only
};

// The writers as the page names them; empty when it names nobody but the outlet.
std::vector<std::string> find_authors(const Dom& dom, const BodyParts& parts, const PageMetadata& metadata, const BylineTable& bylines, const OutletTable& outlets, const CharacterReferences& references);

}  // namespace demarche::article
