// robots.txt (RFC 9309): which paths of a site may be fetched, and how fast. Pure; any bytes give an answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace demarche::fetch {

class Robots {
 public:
  // The group of the robot `product` ("demarche", compared without case), all of its groups joined; else that of "*".
  static Robots parse(std::string_view text, std::string_view product);
  // A site that cannot tell its wishes now must not be fetched from (RFC 9309, 2.3.1.4).
  static Robots closed();

  // `path`: path and query of a URL, beginning with '/'. The longest rule that fits decides, "allow" where two are as long.
  bool allows(std::string_view path) const;
  // "Crawl-delay", which is no part of the standard but widely used; nothing when not told.
  std::optional<double> delay_seconds() const { return delay_seconds_; }

 private:
  struct Rule {
    std::string pattern;  // octets as compared: '*' any octets, '$' at the end the end
    bool allow = false;
  };
  std::vector<Rule> rules_;
  std::optional<double> delay_seconds_;
};

}  // namespace demarche::fetch
