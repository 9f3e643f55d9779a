// A live page is a row of boxes, each with its instant (<time datetime>, data-timestamp) and some paragraphs. Going through the article's
// container in the order of the page, the last instant told is that of the block that follows. Three instants over prose, each in
// elements of the same kind, make a live page; an ordinary article has one or two at its head.
#include "demarche/article/live.h"

#include <algorithm>
#include <map>

#include "demarche/article/metadata.h"

namespace demarche::article {
namespace {

constexpr size_t kLeastEntries = 3, kLeastKnown = 2;
// Share of the article's text that must stand in entries.
constexpr double kLeastShare = 0.6;
// Days that one live page can run; instants farther off are somebody's birthday.
constexpr int kMostDays = 45;

struct Instant {
  FoundDate date;
  std::pair<Tag, std::string_view> kind;  // the element that holds it and its class
};

}  // namespace

std::vector<LiveBlock> find_live_blocks(const Dom& dom, const BodyParts& parts, const DateReader& dates, bool known) {
  if (parts.body.size() < kLeastKnown) return {};
  // Where the blocks of the article begin, by text node.
  std::map<uint32_t, uint32_t> begins;
  for (const uint32_t index : parts.body) {
    const Block& block = parts.page.blocks[index];
    if (block.begin < block.end) begins.emplace(parts.page.texts[block.begin], index);
  }
  std::vector<LiveBlock> entries;
  std::map<std::pair<Tag, std::string_view>, size_t> kinds;
  std::optional<Instant> last, used;
  uint64_t inside = 0, all = 0;
  for (uint32_t node = 0; node != kNoNode; node = dom.following(node, 0)) {
    const DomNode& n = dom[node];
    if (n.tag != Tag::text && n.tag != Tag::meta && n.attribute_count > 0 && !parts.foreign[node]) {
      std::optional<FoundDate> found;
      for (const Attribute key : {Attribute::datetime, Attribute::data_datetime, Attribute::data_timestamp}) {
        const std::string_view value = dom.attribute(node, key);
        if (!found && !value.empty()) found = dates.first(value, {false, true});
      }
      if (found && found->has_year && !found->time.empty()) last = Instant{*found, {n.tag, dom.attribute(node, Attribute::class_)}};
    }
    const auto here = n.tag == Tag::text ? begins.find(node) : begins.end();
    if (here == begins.end()) continue;
    const uint32_t bytes = parts.page.blocks[here->second].bytes;
    all += bytes;
    if (!last) continue;
    inside += bytes;
    if (used && used->date.day == last->date.day && used->date.time == last->date.time) continue;
    entries.push_back({here->second, last->date.day, last->date.time});
    ++kinds[last->kind];
    used = last;
  }
  size_t alike = 0;
  for (const auto& [kind, count] : kinds) alike = std::max(alike, count);
  if (alike < (known ? kLeastKnown : kLeastEntries) || static_cast<double>(inside) < kLeastShare * static_cast<double>(all)) return {};
  const auto [first, newest] = std::minmax_element(entries.begin(), entries.end(), [](const LiveBlock& a, const LiveBlock& b) { return a.day < b.day; });
  if (newest->day - first->day > kMostDays) return {};
  return entries;
}

}  // namespace demarche::article
