// The stage's word lists: abbreviations, contractions, hyphens, units, emoticons. Immutable after loading; thread safe.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace demarche {

// What a full stop after a word means; the kinds of data/en/abbreviations.tsv.
enum class Abbreviation : uint8_t {
  none,
  title,    // "Gen.": stands before a name, never ends a sentence
  month,    // "Jan."
  weekday,  // "Sat."
  number,   // "No.": an abbreviation only before a number
  suffix,   // "Inc.": may end a sentence, then the full stop is a word of its own
  inner,    // "U.S.": may end a sentence, the full stop stays with it
  initial,  // "J.": found by rule, not listed
};

// Word -> value, looked up by string_view. Never iterated, so no order can leak into results.
template <class V>
class WordMap {
 public:
  void insert(std::string_view word, V value) {
    map_.emplace(std::string(word), std::move(value));
    longest_ = word.size() > longest_ ? word.size() : longest_;
  }
  const V* find(std::string_view word) const {
    if (word.size() > longest_) return nullptr;
    const auto it = map_.find(word);
    return it == map_.end() ? nullptr : &it->second;
  }
  bool contains(std::string_view word) const { return find(word) != nullptr; }
  size_t longest() const { return longest_; }

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view word) const { return std::hash<std::string_view>{}(word); }
  };
  std::unordered_map<std::string, V, Hash, std::equal_to<>> map_;
  size_t longest_ = 0;
};

// Where UD English keeps a hyphen (or slash) inside the word; the kinds of data/en/hyphens.tsv.
struct HyphenUse {
  bool prefix = false;    // "anti-": joined with what follows
  bool suffix = false;    // "-esque": joined with what stands before
  bool syllable = false;  // of East Asian given names: "Jae-in"
  bool whole = false;     // the whole word: "uh-oh", "w/o"
};

// How a sentence goes on behind a quotation; the kinds of data/en/reporting.tsv.
enum class Reporting : uint8_t { verb, addressing, follower };

// What a word behind an abbreviation tells; the kinds of data/en/sentence_starts.tsv.
enum class SentenceStart : uint8_t { starter, time };

struct TextLexicon {
  WordMap<Abbreviation> abbreviations;             // exact case, without the last full stop
  WordMap<std::vector<uint8_t>> contractions;      // lower case -> byte lengths of the parts
  WordMap<HyphenUse> hyphens;                      // lower case
  WordMap<bool> units;                             // exact case
  WordMap<bool> emoticons;
  WordMap<SentenceStart> sentence_starts;          // exact case
  WordMap<Reporting> reporting;                    // lower case
  WordMap<bool> address_endings;                   // "com", "pdf"; true: only after another ending ("co.uk")
};

// Reads data_dir/en/{abbreviations,contractions,hyphens,units,emoticons,addresses,reporting,sentence_starts}.tsv. Throws Error when one is broken.
TextLexicon load_text_lexicon(const std::filesystem::path& data_dir);

}  // namespace demarche
