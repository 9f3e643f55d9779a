#include "demarche/syntax/punctuation.h"

#include <algorithm>
#include <array>
#include <utility>

namespace demarche {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kPairs = {{{"(", ")"}, {"[", "]"}, {"{", "}"}, {"“", "”"}}};

class Marks {
 public:
  Marks(std::span<const MarkedWord> words, const std::vector<int32_t>& heads) : words_(words), heads_(heads), n_(static_cast<int32_t>(words.size())) {
    find_pairs();
  }

  // The new head of mark i; its old one when no rule speaks.
  int32_t head_of(int32_t i) const {
    const int32_t partner = partner_[at(i)];
    if (partner >= 0) return head_of_pair(std::min(i, partner), std::max(i, partner), heads_[at(i)]);
    const int32_t left = neighbour(i, -1), right = neighbour(i, 1);
    if (right < 0) return heads_[at(i)];  // a mark at the end stays with the root or where the model has it
    const int32_t left_top = left < 0 ? -1 : top(left, i), right_top = top(right, i);
    int32_t from = -1, to = -1;
    if (left < 0 || below(right_top, left_top)) {
      from = right, to = right_top;
    } else if (below(left_top, right_top)) {
      from = left, to = left_top;
    } else {
      return heads_[at(i)];
    }
    for (int32_t c = from; c >= 0; c = c == to ? -1 : heads_[at(c)])
      if (c == heads_[at(i)]) return c;
    return to;
  }

 private:
  static size_t at(int32_t i) { return static_cast<size_t>(i); }

  void find_pairs() {
    partner_.assign(words_.size(), -1);
    std::vector<int32_t> open, straight;
    for (int32_t i = 0; i < n_; ++i) {
      if (!words_[at(i)].mark) continue;
      const std::string_view form = words_[at(i)].form;
      if (form == "\"") straight.push_back(i);
      for (const auto& [begin, end] : kPairs) {
        if (form == begin) open.push_back(i);
        if (form == end && !open.empty() && words_[at(open.back())].form == begin) {
          join(open.back(), i);
          open.pop_back();
        }
      }
    }
    if (straight.size() % 2 != 0) return;
    for (size_t k = 0; k < straight.size(); k += 2) join(straight[k], straight[k + 1]);
  }

  void join(int32_t a, int32_t b) {
    partner_[at(a)] = b;
    partner_[at(b)] = a;
  }

  // The one word between a and b whose head is outside; `otherwise` when there are none or several.
  int32_t head_of_pair(int32_t a, int32_t b, int32_t otherwise) const {
    int32_t found = -1;
    for (int32_t k = a + 1; k < b; ++k) {
      const int32_t head = heads_[at(k)];
      if (words_[at(k)].mark || (a < head && head < b)) continue;
      if (found >= 0) return otherwise;
      found = k;
    }
    return found < 0 ? otherwise : found;
  }

  // The next word in that direction that is no mark, or -1.
  int32_t neighbour(int32_t i, int32_t step) const {
    for (i += step; i >= 0 && i < n_; i += step)
      if (!words_[at(i)].mark) return i;
    return -1;
  }

  // The highest ancestor of `word` on its side of the mark.
  int32_t top(int32_t word, int32_t mark) const {
    for (;;) {
      const int32_t head = heads_[at(word)];
      if (head < 0 || (head < mark) != (word < mark)) return word;
      word = head;
    }
  }

  bool below(int32_t word, int32_t ancestor) const {
    while (word >= 0 && word != ancestor) word = heads_[at(word)];
    return word >= 0;
  }

  std::span<const MarkedWord> words_;
  const std::vector<int32_t>& heads_;
  int32_t n_;
  std::vector<int32_t> partner_;
};

}  // namespace

void rehang_marks(std::span<const MarkedWord> words, std::vector<int32_t>& heads) {
  if (std::none_of(words.begin(), words.end(), [](const MarkedWord& w) { return w.mark; })) return;
  std::vector<bool> has_children(words.size(), false);
  for (const int32_t head : heads)
    if (head >= 0) has_children[static_cast<size_t>(head)] = true;
  const std::vector<int32_t> before = heads;
  const Marks marks(words, before);
  for (size_t i = 0; i < words.size(); ++i) {
    // A mark's new head is never a mark, and a mark without dependants is nobody's ancestor: no cycle can arise.
    if (words[i].mark && !has_children[i] && before[i] >= 0) heads[i] = marks.head_of(static_cast<int32_t>(i));
  }
}

}  // namespace demarche
