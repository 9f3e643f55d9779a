// All data files of this stage. Private to article/.
#pragma once

#include <filesystem>

#include "demarche/article/article.h"
#include "demarche/article/authors.h"
#include "demarche/article/classes.h"
#include "demarche/article/date_text.h"
#include "demarche/article/decode.h"
#include "demarche/article/furniture.h"
#include "demarche/article/outlets.h"

namespace demarche {

class ArticleRules {
 public:
  explicit ArticleRules(const std::filesystem::path& data_dir)
      : references(data_dir / "page" / "charrefs.tsv"), classes(data_dir / "page" / "classes.tsv"), dates(data_dir / "page" / "months.tsv"), furniture(data_dir / "en" / "furniture.tsv"), outlets(data_dir / "en" / "outlets.tsv"), bylines(data_dir / "page" / "bylines.tsv") {}

  article::CharacterReferences references;
  article::ClassTable classes;
  article::DateReader dates;
  article::FurnitureTable furniture;
  article::OutletTable outlets;
  article::BylineTable bylines;
};

}  // namespace demarche
