// How things that go wrong are told. A bug: DEMARCHE_CHECK. The run cannot start or go on: throw Error (caught in
// app/ and in bindings only). The caller must choose: Result<T>. The page is odd: a Diagnostic on the document.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "demarche/core/span.h"

namespace demarche {

// The run cannot start or go on: a broken lexicon, a full disk. what() is one sentence for the user.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A value, or one sentence that says why there is none. Member names follow std::expected (C++23).
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit on purpose
  static Result failure(std::string why) { return Result(Failed{std::move(why)}); }

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  const T& value() const { return std::get<0>(state_); }
  T& value() { return std::get<0>(state_); }
  const T& operator*() const { return value(); }
  T& operator*() { return value(); }
  const T* operator->() const { return &value(); }
  const std::string& error() const { return std::get<1>(state_).why; }

 private:
  struct Failed {
    std::string why;
  };
  explicit Result(Failed failed) : state_(std::in_place_index<1>, std::move(failed)) {}
  std::variant<T, Failed> state_;
};

enum class Severity : uint8_t { info, warning, error };

// What was odd about a page and what was assumed. `code` is dotted, its first part the stage
// ("times.ambiguous_year"); every code is a row of docs/diagnostics.md.
struct Diagnostic {
  std::string code;
  Severity severity = Severity::warning;
  std::string message;       // one sentence
  std::optional<Span> span;  // in Article::text

  bool operator==(const Diagnostic&) const = default;
};

[[noreturn]] inline void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "demarche: bug: %s does not hold at %s:%d\n", condition, file, line);
  std::abort();
}

#define DEMARCHE_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::demarche::check_failed(#condition, __FILE__, __LINE__))

}  // namespace demarche
