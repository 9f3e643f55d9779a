#include "demarche/core/vocabulary.h"

#include <cstring>

namespace demarche {
namespace {

template <typename Number>
uint64_t bytes_at(const char* at) {
  Number bytes;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

// Eight bytes at a time, the last of them once more where they do not come out even: words are short, and the numbers do not depend
// on what the hash is.
uint32_t hash_of(std::string_view word) {
  constexpr uint64_t kFactor = 0x9E3779B97F4A7C15ull;
  uint64_t hash = word.size() * kFactor;
  const auto mix = [&hash](uint64_t bytes) {
    hash = (hash ^ bytes) * kFactor;
    hash ^= hash >> 32;
  };
  const char* at = word.data();
  const size_t size = word.size();
  if (size >= 8) {
    for (size_t i = 0; i + 8 < size; i += 8) mix(bytes_at<uint64_t>(at + i));
    mix(bytes_at<uint64_t>(at + size - 8));
  } else if (size >= 4) {
    mix(bytes_at<uint32_t>(at) | bytes_at<uint32_t>(at + size - 4) << 32);
  } else if (size > 0) {
    mix(bytes_at<uint8_t>(at) | bytes_at<uint8_t>(at + size / 2) << 8 | bytes_at<uint8_t>(at + size - 1) << 16);
  }
  return static_cast<uint32_t>(hash);
}

}  // namespace

void Vocabulary::grow() {
  std::vector<Slot> old(slots_.empty() ? 64 : slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.number == 0) continue;
    size_t at = slot.hash & (slots_.size() - 1);
    while (slots_[at].number != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

bool Vocabulary::holds(const Slot& slot, std::string_view word) const {
  if (slot.size != word.size()) return false;
  return slot.size <= Slot::kMaxHeld ? std::string_view(slot.word, slot.size) == word : long_words_.at(slot.number) == word;
}

uint32_t Vocabulary::add(std::string_view word) {
  if (const uint32_t number = find(word)) return number;
  if ((size_t{size_} + 1) * 2 > slots_.size()) grow();
  Slot slot;
  slot.hash = hash_of(word);
  slot.number = ++size_;
  slot.size = static_cast<uint32_t>(word.size());
  if (word.size() <= Slot::kMaxHeld) word.copy(slot.word, word.size());
  else long_words_.emplace(slot.number, word);
  size_t at = slot.hash & (slots_.size() - 1);
  while (slots_[at].number != 0) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = slot;
  return slot.number;
}

uint32_t Vocabulary::find(std::string_view word) const {
  if (slots_.empty()) return 0;
  const uint32_t hash = hash_of(word);
  for (size_t at = hash & (slots_.size() - 1); slots_[at].number != 0; at = (at + 1) & (slots_.size() - 1))
    if (slots_[at].hash == hash && holds(slots_[at], word)) return slots_[at].number;
  return 0;
}

}  // namespace demarche
