// What was fetched, what is still to be fetched and which files were read: a small SQLite file beside the archive or record. A process
// that is killed at any instant leaves a state that goes on where it stopped. One process at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace demarche::fetch {

enum class UrlState : uint8_t { pending, done, failed, disallowed };

struct KnownUrl {
  UrlState state = UrlState::pending;
  int tries = 0;
  int64_t fetched = 0;  // seconds since 1970, 0: never
  std::string etag, last_modified;
};

struct PendingUrl {
  std::string url;
  int depth = 0;      // lists that led to it
  bool list = false;  // expected to be a list
};

struct SeenFile {
  uint64_t size = 0;
  int64_t modified_ns = 0;
  std::string reader;  // what read it: program, model and lexicon

  bool operator==(const SeenFile&) const = default;
};

class State {
 public:
  // Throws Error when the file is no state or another process holds it.
  explicit State(const std::filesystem::path& path);
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // All that is written between these two is written together or not at all.
  void begin();
  void commit();

  std::optional<KnownUrl> find(std::string_view url) const;
  void put_pending(const PendingUrl& url);  // in the order of the calls
  std::vector<PendingUrl> pending(size_t limit) const;
  void put_result(std::string_view url, const KnownUrl& result);

  struct RobotsText {
    int64_t fetched = 0;
    int status = 0;
    std::string text;
  };
  std::optional<RobotsText> robots(std::string_view origin) const;
  void put_robots(std::string_view origin, const RobotsText& robots);

  // Bytes of an archive that are whole; nothing when it is not known.
  std::optional<uint64_t> archive_size(std::string_view path) const;
  void put_archive_size(std::string_view path, uint64_t size);

  std::optional<SeenFile> file(std::string_view path) const;
  void put_file(std::string_view path, const SeenFile& file);

 private:
  struct Connection;
  std::unique_ptr<Connection> db_;
};

}  // namespace demarche::fetch
