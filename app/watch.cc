// demarche watch: goes on reading what is new in folders and feeds into the record.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <ctime>
#include <iostream>
#include <set>
#include <thread>

#include "app/commands.h"
#include "app/fetching.h"

namespace demarche::app {
namespace {

using Clock = std::chrono::steady_clock;

// Files read between two marks in the state: what a kill costs is looked at again, and found in the record.
constexpr size_t kBatch = 64;

struct WatchFlags {
  std::vector<std::string> inputs;
  std::string record, state;
  double interval_seconds = 10, feed_interval_seconds = 900, settle_seconds = 2;
  unsigned jobs = 0;
  bool once = false;
  NetworkFlags network;
};

bool is_address(const std::string& input) { return input.rfind("http://", 0) == 0 || input.rfind("https://", 0) == 0; }

struct FileNow {
  std::string path;
  fetch::SeenFile seen;
  double age_seconds = 0;
};

std::optional<FileNow> look_at(const std::string& path, const std::string& reader) {
  struct stat st = {};
  if (::stat(path.c_str(), &st) != 0 || !S_ISREG(st.st_mode)) return std::nullopt;
  timespec now = {};
  clock_gettime(CLOCK_REALTIME, &now);
  const int64_t modified_ns = int64_t{st.st_mtim.tv_sec} * 1'000'000'000 + st.st_mtim.tv_nsec;
  const int64_t now_ns = int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
  return FileNow{path, {static_cast<uint64_t>(st.st_size), modified_ns, reader}, static_cast<double>(now_ns - modified_ns) / 1e9};
}

// Whether a process has the file open for writing, where the system tells: a read lease is given only if none has.
bool is_being_written(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return false;
  const bool written = ::fcntl(fd, F_SETLEASE, F_RDLCK) != 0 && errno == EAGAIN;
  if (!written) static_cast<void>(::fcntl(fd, F_SETLEASE, F_UNLCK));
  ::close(fd);
  return written;
}

// Waits, but not through a Ctrl-C.
void sleep_until(Clock::time_point when) {
  while (!interrupted && Clock::now() < when) std::this_thread::sleep_for(std::min<Clock::duration>(std::chrono::milliseconds(100), when - Clock::now()));
}

class Watch {
 public:
  Watch(const WatchFlags& flags, const Settings& settings)
      : flags_(flags),
        rules_(load_ingest_rules(settings.data_dir)),
        pipeline_(settings.data_dir, settings.parser, settings.lexicon),
        record_(flags.record, RecordMode::write),
        reading_(pipeline_, &record_, false, flags.jobs),
        state_(flags.state.empty() ? flags.record + ".state" : flags.state),
        keeper_("", &reading_, state_, network_options(flags.network).max_bytes),
        fetcher_(network_options(flags.network), state_, rules_.get(), [this](const fetch::Response& response) { keeper_.keep(response, [] {}); }, [this](const std::string& why) { tell(why); }),
        reader_(pipeline_.producer().version + " " + pipeline_.producer().model + " " + pipeline_.producer().lexicon) {
    for (const std::string& input : flags.inputs) (is_address(input) ? addresses_ : paths_).push_back(input);
    options_.rules = rules_.get();
  }

  int run() {
    std::signal(SIGIO, SIG_IGN);  // a lease that is asked back
    note_interrupts();
    Clock::time_point next_feeds = Clock::now();
    while (!interrupted) {
      const ReadCounts before = reading_.counts;
      const Clock::time_point next_files = Clock::now() + seconds(flags_.interval_seconds);
      bool waits = read_files();
      if (!addresses_.empty() && Clock::now() >= next_feeds && !interrupted) {
        fetcher_.run(addresses_, [] { return interrupted.load(); }, [](const fetch::Summary&) {});
        next_feeds = Clock::now() + seconds(flags_.feed_interval_seconds);
      }
      if (flags_.once) {
        // What was written a moment ago gets its time; what is written for longer is told of.
        for (int round = 0; waits && round < 3 && !interrupted; ++round) {
          sleep_until(Clock::now() + seconds(flags_.settle_seconds));
          waits = read_files();
        }
        for (const std::string& path : unfinished_) tell(path + ": is still being written");
        break;
      }
      if (reading_.counts.added + reading_.counts.replaced > before.added + before.replaced) summary();
      sleep_until(addresses_.empty() ? next_files : paths_.empty() ? next_feeds : std::min(next_files, next_feeds));
    }
    if (flags_.once || interrupted) summary();
    return flags_.once && (failed_ || reading_.counts.unread > 0) ? kSomeUnread : kOk;
  }

 private:
  static Clock::duration seconds(double value) { return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(value)); }

  void summary() const {
    print_summary(std::cout, reading_.counts, flags_.record);
    std::cout.flush();
    if (!std::cout) throw Error("the output cannot be written (disk full or closed pipe)");
  }

  // Each sentence once: a feed that is down is down every time.
  void tell(const std::string& why) {
    failed_ = true;
    if (told_.insert(why).second) std::cerr << "demarche: " << why << "\n";
  }

  // Reads the files that are new or have changed and are whole; whether some are not whole yet.
  bool read_files() {
    unfinished_.clear();
    for (const std::string& path : paths_) {
      struct stat st = {};
      if (::stat(path.c_str(), &st) != 0 && path.find_first_of("*?[") == std::string::npos) tell(path + ": cannot be opened: there is no such file or folder");
    }
    std::vector<FileNow> batch;
    for (const std::string& path : list_input_files(paths_)) {
      if (interrupted) return false;
      const auto now = look_at(path, reader_);
      if (!now || state_.file(path) == now->seen) continue;
      // A day ahead of the clock is a clock that is wrong, not a file being written.
      const bool fresh = now->age_seconds < flags_.settle_seconds && now->age_seconds > -86'400;
      if (fresh || is_being_written(path)) {
        unfinished_.push_back(path);
        continue;
      }
      batch.push_back(*now);
      if (batch.size() == kBatch) read_batch(batch);
    }
    read_batch(batch);
    return !unfinished_.empty();
  }

  void read_batch(std::vector<FileNow>& batch) {
    if (batch.empty() || interrupted) return;
    std::vector<std::string> paths;
    for (const FileNow& file : batch) paths.push_back(file.path);
    PageSource pages(paths, options_);
    reading_.run([&] { return pages.next(); }, [] {}, [] {});
    if (interrupted) return;
    state_.begin();
    for (const FileNow& file : batch) state_.put_file(file.path, file.seen);
    state_.commit();
    batch.clear();
  }

  const WatchFlags& flags_;
  IngestRulesPtr rules_;
  Pipeline pipeline_;
  Record record_;
  Reading reading_;
  fetch::State state_;
  PageKeeper keeper_;
  fetch::Fetcher fetcher_;
  std::string reader_;
  IngestOptions options_;
  std::vector<std::string> paths_, addresses_, unfinished_;
  std::set<std::string> told_;
  bool failed_ = false;
};

}  // namespace

Command add_watch(CLI::App& app, const Settings& settings) {
  const auto flags = std::make_shared<WatchFlags>();
  CLI::App* sub = app.add_subcommand("watch", "Go on reading what is new in folders and feeds into the record");
  sub->add_option("inputs", flags->inputs, "Files, folders (with all below them) and globs; addresses of feeds, sitemaps and pages")->required()->type_name("PATH|URL");
  sub->add_option("--record", flags->record, "The record; it is made when it is not there")->required()->type_name("FILE");
  sub->add_option("--interval", flags->interval_seconds, "Seconds between two looks at the folders")->check(CLI::Range(0.1, 86400.0))->capture_default_str();
  sub->add_option("--feed-interval", flags->feed_interval_seconds, "Seconds between two requests for a feed")->check(CLI::Range(0.1, 86400.0))->capture_default_str();
  sub->add_option("--settle", flags->settle_seconds, "A file is read when nobody has it open for writing and it is unchanged for as many seconds")->check(CLI::Range(0.0, 3600.0))->capture_default_str();
  sub->add_flag("--once", flags->once, "Read what is new now, then end");
  sub->add_option("--state", flags->state, "What was read and fetched (default: the record's name and .state)")->type_name("FILE");
  sub->add_option("--jobs", flags->jobs, "Reports read at once (default: one a processor)")->check(CLI::Range(1u, 256u));
  add_network_flags(*sub, flags->network);
  sub->footer("Examples:\n  demarche watch --record crisis.db inbox/\n  demarche watch --record crisis.db inbox/ https://news.example/world/rss.xml\n"
              "Ctrl-C or SIGTERM stops it; started again, it goes on without reading anything twice.");
  return {sub, [flags, &settings] { return Watch(*flags, settings).run(); }};
}

}  // namespace demarche::app
