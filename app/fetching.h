// What demarche fetch and demarche watch share: flags of the network, and where fetched pages go.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>

#include "app/reading.h"
#include "demarche/fetch/fetch.h"
#include "demarche/fetch/warc_writer.h"

namespace demarche::app {

struct NetworkFlags {
  fetch::FetchOptions options;
  std::string since;
  double max_mib = 16;
};
void add_network_flags(CLI::App& command, NetworkFlags& flags);
// The options with what the flags say.
fetch::FetchOptions network_options(const NetworkFlags& flags);

// Writes each response into an archive, or reads it into the record, or both.
class PageKeeper {
 public:
  // `warc`: empty for none; `reading`: null for none. All outlive this.
  PageKeeper(const std::string& warc, Reading* reading, fetch::State& state, uint64_t max_bytes);
  void keep(const fetch::Response& response, const std::function<void()>& before_message);

 private:
  std::string warc_path_;  // as the state knows it
  std::optional<fetch::WarcWriter> warc_;
  Reading* reading_;
  fetch::State& state_;
  uint64_t max_bytes_;
};

std::string sentence(const fetch::Summary& summary);

}  // namespace demarche::app
