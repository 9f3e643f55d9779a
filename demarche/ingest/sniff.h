// What a file holds, told by its first bytes. Private to ingest/.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace demarche::ingest {

enum class Content : uint8_t { empty, html, text, jsonl, json, warc, feed, sitemap, mime, binary };

// `head`: the first bytes of the file, decompressed; kSniffBytes of them unless it is shorter. `name` helps where bytes are undecided.
inline constexpr size_t kSniffBytes = size_t{64} << 10;
Content sniff(std::string_view head, std::string_view name);
// For binary content: "it begins like a PNG image".
std::string describe_binary(std::string_view head);

}  // namespace demarche::ingest
