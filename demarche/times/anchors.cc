#include "demarche/times/anchors.h"

#include <algorithm>
#include <array>

#include "demarche/times/tense.h"

namespace demarche {
namespace {

constexpr size_t kMostTies = 400;       // of one report; real ones have fewer than fifty
constexpr uint32_t kMostTokens = 400;   // longer sentences are no prose
constexpr uint32_t kReach = 15;         // tokens from the expression within which a word is taken to be dated by it
constexpr uint32_t kLongestObject = 9;  // tokens of "the summit of the two leaders in Singapore"

std::string lower(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool is_content(const Node& node) { return node.upos == Upos::NOUN || node.upos == Upos::VERB || node.upos == Upos::PROPN; }

// The nearest verb above a token, the token itself counting; the root where none is.
uint32_t verb_above(const Tree& tree, uint32_t token) {
  for (uint32_t steps = 0; steps < 40 && tree.nodes[token].upos != Upos::VERB && tree.nodes[token].head >= 0; ++steps)
    token = static_cast<uint32_t>(tree.nodes[token].head);
  return token;
}

bool ends_clause(std::string_view form) {
  static constexpr std::array<std::string_view, 12> kEnds = {",", ";", ":", ".", "-", "\"", "”", "“", "—", "–", "(", ")"};
  return std::find(kEnds.begin(), kEnds.end(), form) != kEnds.end();
}

// Words that tell of no happening, for texts without trees.
bool is_small(std::string_view word) {
  static constexpr std::array<std::string_view, 30> kSmall = {
      "that",  "this", "with",  "from", "into",  "after", "before", "held", "were",  "been",   "have", "will", "they", "their", "said",
      "which", "when", "there", "than", "would", "could", "about",  "over", "first", "second", "last", "next", "days", "weeks", "months"};
  return word.size() < 4 || std::find(kSmall.begin(), kSmall.end(), word) != kSmall.end();
}

const Tree* fitting(const Tree* tree, const Sentence& sentence) {
  return tree && tree->nodes.size() == sentence.tokens.size() && !tree->nodes.empty() ? tree : nullptr;
}

// The words of the object up to the end of its clause, and the one that names the happening: the noun that "after" marks, or the verb.
struct ObjectWords {
  std::vector<std::string> words;
  std::string head;
  size_t needed = 1;  // how many of the words must be tied: two where a clause or a name tells more than the head does
};

ObjectWords words_of_object(std::string_view text, const Sentence& sentence, const Tree* tree, uint32_t first, uint32_t last) {
  ObjectWords out;
  const auto size = static_cast<uint32_t>(sentence.tokens.size());
  int32_t marked = -1;  // what "after" hangs on
  if (tree && first > 0) {
    const Node& after = tree->nodes[first - 1];
    if ((after.deprel == Deprel::case_ || after.deprel == Deprel::mark) && after.head >= static_cast<int32_t>(first) &&
        after.head < static_cast<int32_t>(last))
      marked = after.head;
  }
  for (uint32_t t = first; t < last && t < first + kLongestObject; ++t) {
    std::string word = lower(text_of(text, sentence.tokens[t].span));
    if (ends_clause(word)) break;
    if (!tree) {
      const bool stop = !word.empty() && !(word.back() >= 'a' && word.back() <= 'z');
      while (!word.empty() && !(word.back() >= 'a' && word.back() <= 'z')) word.pop_back();
      if (!is_small(word)) out.words.push_back(out.head = stem_of(word));
      if (stop) break;
      continue;
    }
    const Node& node = tree->nodes[t];
    const bool beyond = marked >= 0 && static_cast<int32_t>(t) > marked;
    if (beyond && (node.upos == Upos::VERB || node.upos == Upos::AUX || node.upos == Upos::DET || node.upos == Upos::PRON)) break;
    if (!is_content(node)) continue;
    out.words.push_back(stem_of(lower(node.lemma.empty() ? word : node.lemma)));
    const bool goes_on = t + 1 < size && (tree->nodes[t + 1].upos == Upos::NOUN || tree->nodes[t + 1].upos == Upos::PROPN ||
                                          tree->nodes[t + 1].upos == Upos::PART);
    if (marked >= 0 ? static_cast<int32_t>(t) == marked
                    : node.upos == Upos::VERB || (out.head.empty() && node.upos == Upos::NOUN && !goes_on))
      out.head = out.words.back();
    if (node.upos == Upos::PROPN || (node.upos == Upos::VERB && out.head == out.words.back())) out.needed = 2;
    if (node.upos == Upos::VERB && marked < 0) break;
  }
  out.needed = std::min(out.needed, out.words.size());
  return out;
}

}  // namespace

std::string stem_of(std::string_view word) {
  static constexpr std::array<std::string_view, 20> kEndings = {"ations", "ation", "ments", "ment", "ings", "ions", "ing",
                                                                "ion",    "als",   "al",    "ures", "ure",  "ers",  "er",
                                                                "ies",    "ed",    "es",    "s",    "y",    "e"};
  std::string stem(word);
  for (const std::string_view ending : kEndings)
    if (stem.size() >= ending.size() + 4 && stem.ends_with(ending)) {
      stem.resize(stem.size() - ending.size());
      break;
    }
  if (stem.size() > 4 && stem.back() == 'e') stem.pop_back();
  if (stem.size() > 4 && stem[stem.size() - 1] == stem[stem.size() - 2]) stem.pop_back();  // "shelled", "shell"
  if (stem.size() > 4 && (stem.back() == 's' || stem.back() == 'd')) stem.pop_back();      // "invasion", "invade"
  return stem;
}

void Happenings::learn(const Sentence& sentence, uint32_t index, const Tree* tree, uint32_t first, uint32_t last, DayRange days) {
  const auto size = static_cast<uint32_t>(sentence.tokens.size());
  if (ties_.size() >= kMostTies || size > kMostTokens || first >= last || last > size) return;
  tree = fitting(tree, sentence);
  Tie tie;
  tie.days = days;
  tie.sentence = index;
  const uint32_t begin = first > kReach ? first - kReach : 0, end = std::min(size, last + kReach);
  if (tree) {
    // The words of the clause that the expression stands in, and the noun that it hangs on.
    uint32_t at = first;
    for (uint32_t steps = 0; steps < 40 && at >= first && at < last && tree->nodes[at].head >= 0; ++steps)
      at = static_cast<uint32_t>(tree->nodes[at].head);
    const uint32_t verb = verb_above(*tree, at);
    for (uint32_t t = begin; t < end; ++t) {
      const Node& node = tree->nodes[t];
      if ((t >= first && t < last) || !is_content(node)) continue;
      if (t != at && node.head != static_cast<int32_t>(at) && verb_above(*tree, t) != verb) continue;
      tie.stems.push_back(stem_of(lower(node.lemma.empty() ? text_of(text_, sentence.tokens[t].span) : std::string_view(node.lemma))));
    }
  } else {
    for (uint32_t t = begin; t < end; ++t) {
      std::string word = lower(text_of(text_, sentence.tokens[t].span));
      while (!word.empty() && !(word.back() >= 'a' && word.back() <= 'z')) word.pop_back();
      if ((t < first || t >= last) && !is_small(word)) tie.stems.push_back(stem_of(word));
    }
  }
  std::sort(tie.stems.begin(), tie.stems.end());
  tie.stems.erase(std::unique(tie.stems.begin(), tie.stems.end()), tie.stems.end());
  if (!tie.stems.empty()) ties_.push_back(std::move(tie));
}

Happenings::Found Happenings::find(const Sentence& sentence, uint32_t index, const Tree* tree, Span object) const {
  Found found;
  const auto size = static_cast<uint32_t>(sentence.tokens.size());
  tree = fitting(tree, sentence);
  const auto [first, last] = tokens_of(sentence, object);
  if (first >= last || size > kMostTokens) return found;
  const std::string opening = lower(text_of(text_, sentence.tokens[first].span));
  if (opening == "a" || opening == "an" || opening == "another") return found;  // a happening not spoken of before
  const ObjectWords object_words = words_of_object(text_, sentence, tree, first, last);
  const std::vector<std::string>& words = object_words.words;
  if (object_words.head.empty()) return found;
  size_t best = 0;
  bool before = false;
  for (const Tie& tie : ties_) {
    const auto has = [&](const std::string& word) { return std::binary_search(tie.stems.begin(), tie.stems.end(), word); };
    if (!has(object_words.head)) continue;
    const auto shared = static_cast<size_t>(std::count_if(words.begin(), words.end(), has));
    if (shared < object_words.needed) continue;
    const bool earlier = tie.sentence <= index;  // what was told before counts before what is told later
    if (found.days && (before != earlier ? before : shared < best)) continue;
    const bool better = !found.days || before != earlier || shared > best;
    found.rivals = !better && (found.rivals || tie.days != *found.days);
    if (better) {
      found.days = tie.days;
      best = shared;
      before = earlier;
    }
  }
  found.earlier = before;
  if (found.rivals) found.days.reset();
  return found;
}

}  // namespace demarche
