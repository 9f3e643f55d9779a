// Positions in an article's text and typed indices into a document's lists.
// Offsets are bytes of UTF-8; they become Unicode code points only in exports/ (see core/utf8.h).
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace demarche {

// Half-open byte range [begin, end) in Article::text. Empty when begin == end.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
  auto operator<=>(const Span&) const = default;
};

// Smallest span that covers both; an empty span adds nothing.
inline Span cover(Span a, Span b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

// REQUIRES: span lies inside text.
inline std::string_view text_of(std::string_view text, Span span) {
  return text.substr(span.begin, span.size());
}

// An index into one of Document's lists, with its own type so that lists cannot be mixed up.
template <class Tag>
struct Id {
  static constexpr uint32_t kNone = UINT32_MAX;
  uint32_t index = kNone;

  constexpr bool valid() const { return index != kNone; }
  auto operator<=>(const Id&) const = default;
};

using SentenceId = Id<struct SentenceTag>;
using ActorId = Id<struct ActorTag>;
using StatementId = Id<struct StatementTag>;
using EventId = Id<struct EventTag>;

}  // namespace demarche
