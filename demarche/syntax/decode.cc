#include "demarche/syntax/decode.h"

#include <algorithm>
#include <limits>

namespace demarche {
namespace {

// Whether `heads` (-1: root) has one root and no cycle.
bool is_tree(const std::vector<int32_t>& heads) {
  const size_t n = heads.size();
  size_t roots = 0;
  for (const int32_t head : heads) roots += head < 0 ? 1 : 0;
  if (roots != 1) return false;
  std::vector<uint32_t> seen(n, 0);  // the walk in which a word was first met, counted from 1
  for (size_t i = 0; i < n; ++i) {
    size_t at = i;
    while (seen[at] == 0) {
      seen[at] = static_cast<uint32_t>(i) + 1;
      if (heads[at] < 0) break;
      at = static_cast<size_t>(heads[at]);
    }
    if (seen[at] == i + 1 && heads[at] >= 0) return false;
  }
  return true;
}

// Nodes: 0 the root, 1..n the words, above n the cycles that were contracted.
class Contraction {
 public:
  Contraction(std::span<const float> scores, size_t n) : n_(n), capacity_(2 * n + 1), nodes_(n + 1) {
    score_.assign(capacity_ * capacity_, kNone);
    edge_.assign(capacity_ * capacity_, {0, 0});
    parent_.assign(capacity_, 0);
    best_.assign(capacity_, 0);
    active_.assign(capacity_, false);
    double low = 0, high = 0;
    for (size_t i = 0; i < n * (n + 1); ++i) low = std::min(low, bounded(scores[i])), high = std::max(high, bounded(scores[i]));
    // So much worse is an arc from the root than any other that the best tree has only one.
    const double penalty = (high - low + 1) * static_cast<double>(n + 1);
    for (size_t d = 1; d <= n; ++d) {
      active_[d] = true;
      for (size_t h = 0; h <= n; ++h) {
        if (h == d) continue;
        at(d, h) = bounded(scores[(d - 1) * (n + 1) + h]) - (h == 0 ? penalty : 0);
        edge(d, h) = {static_cast<uint32_t>(d), static_cast<uint32_t>(h)};
      }
    }
    active_[0] = true;
  }

  void solve(std::vector<int32_t>& heads) {
    // 0: not met, 1: on the path, 2: joined to the root.
    std::vector<uint8_t> state(capacity_, 0);
    state[0] = 2;
    std::vector<size_t> path;
    for (size_t start = 1; start <= n_; ++start) {
      size_t v = start;
      while (parent_[v] != 0) v = parent_[v];
      if (state[v] != 0) continue;
      path.assign(1, v);
      state[v] = 1;
      for (;;) {
        v = path.back();
        const size_t u = best_head(v);
        best_[v] = u;
        if (state[u] == 2) break;
        if (state[u] == 0) {
          state[u] = 1;
          path.push_back(u);
          continue;
        }
        const auto from = std::find(path.begin(), path.end(), u);
        const size_t merged = contract(from, path.end());
        path.erase(from, path.end());
        path.push_back(merged);
        state[merged] = 1;
      }
      for (const size_t node : path) state[node] = 2;
    }
    expand(heads);
  }

 private:
  struct Edge {
    uint32_t dependant, head;
  };
  static constexpr double kNone = -std::numeric_limits<double>::infinity();

  // Finite whatever the score is, so that differences are numbers.
  static double bounded(float score) { return score > -1e30f ? std::min(static_cast<double>(score), 1e30) : -1e30; }

  double& at(size_t dependant, size_t head) { return score_[dependant * capacity_ + head]; }
  Edge& edge(size_t dependant, size_t head) { return edge_[dependant * capacity_ + head]; }

  size_t best_head(size_t v) {
    size_t best = 0;
    double high = kNone;
    for (size_t u = 0; u < nodes_; ++u) {
      if (active_[u] && u != v && at(v, u) > high) {
        high = at(v, u);
        best = u;
      }
    }
    return best;
  }

  template <class Iterator>
  size_t contract(Iterator first, Iterator last) {
    const size_t c = nodes_++;
    for (auto v = first; v != last; ++v) active_[*v] = false;
    for (size_t u = 0; u < c; ++u) {
      if (!active_[u]) continue;
      for (auto v = first; v != last; ++v) {
        const double gain = at(*v, u) - at(*v, best_[*v]);
        if (gain > at(c, u)) {
          at(c, u) = gain;
          edge(c, u) = edge(*v, u);
        }
        if (at(u, *v) > at(u, c)) {
          at(u, c) = at(u, *v);
          edge(u, c) = edge(u, *v);
        }
      }
    }
    for (auto v = first; v != last; ++v) parent_[*v] = c;
    active_[c] = true;
    return c;
  }

  // From the last cycle to the first: the arc that enters a cycle replaces that of the member which it enters.
  void expand(std::vector<int32_t>& heads) {
    std::vector<Edge> into(nodes_);
    std::vector<bool> entered(nodes_, false);
    for (size_t node = nodes_; node-- > 1;) {
      if (!entered[node]) into[node] = edge(node, best_[node]);
      if (node <= n_) continue;
      size_t member = into[node].dependant;
      while (parent_[member] != node) member = parent_[member];
      into[member] = into[node];
      entered[member] = true;
    }
    for (size_t d = 1; d <= n_; ++d) heads[d - 1] = static_cast<int32_t>(into[d].head) - 1;
  }

  size_t n_, capacity_, nodes_;
  std::vector<double> score_;
  std::vector<Edge> edge_;
  std::vector<size_t> parent_, best_;  // parent 0: none, since the root is never contracted
  std::vector<bool> active_;
};

}  // namespace

void decode_tree(std::span<const float> scores, size_t n, std::vector<int32_t>& heads) {
  heads.resize(n);
  for (size_t i = 0; i < n; ++i) {
    const float* row = scores.data() + i * (n + 1);
    size_t best = 0;
    for (size_t j = 0; j <= n; ++j)
      if (j != i + 1 && row[j] > row[best]) best = j;
    heads[i] = static_cast<int32_t>(best) - 1;
  }
  if (!is_tree(heads)) Contraction(scores, n).solve(heads);
}

}  // namespace demarche
