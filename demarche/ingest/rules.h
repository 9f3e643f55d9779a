// All data files of this stage. Private to ingest/.
#pragma once

#include <filesystem>

#include "demarche/ingest/ingest.h"
#include "demarche/ingest/json_fields.h"

namespace demarche {

class IngestRules {
 public:
  explicit IngestRules(const std::filesystem::path& data_dir) : json_fields(data_dir / "page" / "json_fields.tsv") {}

  ingest::JsonFields json_fields;
};

}  // namespace demarche
