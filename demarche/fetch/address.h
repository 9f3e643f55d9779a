// Which addresses of the network are public. Pure.
#pragma once

#include <sys/socket.h>

namespace demarche::fetch {

// False for loopback, private, link-local, shared, multicast, documentation and other special addresses (IANA's registries), for IPv6
// addresses that carry such an IPv4 one, and for other families.
bool is_public_address(const sockaddr* address, socklen_t size);

}  // namespace demarche::fetch
