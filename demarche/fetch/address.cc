#include "demarche/fetch/address.h"

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace demarche::fetch {
namespace {

struct Block4 {
  uint32_t first;
  int bits;
};
constexpr uint32_t ip(uint32_t a, uint32_t b, uint32_t c = 0, uint32_t d = 0) { return a << 24 | b << 16 | c << 8 | d; }
// IANA IPv4 Special-Purpose Address Registry, multicast and what is reserved.
constexpr std::array<Block4, 16> kSpecial4 = {{{ip(0, 0), 8},        {ip(10, 0), 8},       {ip(100, 64), 10},    {ip(127, 0), 8},
                                               {ip(169, 254), 16},   {ip(172, 16), 12},    {ip(192, 0, 0), 24},  {ip(192, 0, 2), 24},
                                               {ip(192, 88, 99), 24}, {ip(192, 168), 16},  {ip(198, 18), 15},    {ip(198, 51, 100), 24},
                                               {ip(203, 0, 113), 24}, {ip(224, 0), 4},     {ip(240, 0), 4},      {ip(255, 255, 255, 255), 32}}};

bool is_public4(uint32_t address) {
  return std::none_of(kSpecial4.begin(), kSpecial4.end(), [&](const Block4& block) { return (address >> (32 - block.bits)) == (block.first >> (32 - block.bits)); });
}

bool is_public6(const std::array<uint8_t, 16>& a) {
  const auto embedded = [&](size_t at) { return is_public4(ip(a[at], a[at + 1], a[at + 2], a[at + 3])); };
  const auto begins = [&](std::initializer_list<uint8_t> prefix) { return std::equal(prefix.begin(), prefix.end(), a.begin()); };
  if (begins({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff})) return embedded(12);           // ::ffff:a.b.c.d
  if (begins({0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0})) return embedded(12);        // 64:ff9b::/96, NAT64
  if (begins({0x20, 0x02})) return embedded(2);                                          // 2002::/16, 6to4
  // Global unicast is 2000::/3; all else is special. Within it: Teredo and other protocols, documentation.
  if ((a[0] & 0xe0) != 0x20) return false;
  if (begins({0x20, 0x01}) && (a[2] & 0xfe) == 0) return false;                          // 2001::/23
  if (begins({0x20, 0x01, 0x0d, 0xb8})) return false;                                    // 2001:db8::/32
  return !(begins({0x3f, 0xff}) && (a[2] & 0xf0) == 0);                                  // 3fff::/20
}

}  // namespace

bool is_public_address(const sockaddr* address, socklen_t size) {
  if (address->sa_family == AF_INET && size >= sizeof(sockaddr_in)) {
    sockaddr_in in = {};
    std::memcpy(&in, address, sizeof in);
    return is_public4(ntohl(in.sin_addr.s_addr));
  }
  if (address->sa_family == AF_INET6 && size >= sizeof(sockaddr_in6)) {
    sockaddr_in6 in = {};
    std::memcpy(&in, address, sizeof in);
    std::array<uint8_t, 16> octets{};
    std::memcpy(octets.data(), &in.sin6_addr, octets.size());
    return is_public6(octets);
  }
  return false;
}

}  // namespace demarche::fetch
