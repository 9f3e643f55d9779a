// The network of train/model.py: word features -> tags, arc scores, relations.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "demarche/syntax/features.h"
#include "demarche/syntax/kernels.h"
#include "demarche/syntax/model_file.h"

namespace demarche {

// Longest run of words that is parsed as one; longer sentences are cut (syntax.cc).
inline constexpr size_t kMaxSegmentWords = 200;
// Rows that are worked on together: fills the caches, bounds the memory.
inline constexpr size_t kMaxBatchRows = 256;

// Words of one sentence (or part of one) in a batch.
struct Segment {
  size_t first_row = 0, words = 0;
};

// A linear layer, packed for the kernels.
struct LinearLayer {
  QuantizedMatrix raw;
  PackedWeights packed;
  size_t outputs = 0;  // without padding
  std::vector<int8_t> values;
  std::vector<uint32_t> wide_begin;
  std::vector<uint16_t> wide_columns;
  std::vector<int32_t> corrections;
  std::vector<float> scales, biases;
};

// Rows of activations: as floats, and quantised unless the reference is computed.
struct Rows {
  size_t columns = 0;
  std::vector<float> floats;
  std::vector<uint8_t> values;
  std::vector<float> scales;

  float* row(size_t r) { return floats.data() + r * columns; }
  const float* row(size_t r) const { return floats.data() + r * columns; }
};

// Words met before, with their rows after the input layer: a report says the same words over and over. Only saves time;
// a row is the same whether it is found here or computed.
struct WordCache {
  static constexpr size_t kSlots = 4096, kMaxBytes = 32;
  struct Slot {
    char form[kMaxBytes];
    uint8_t size = 0;  // 0: empty
    bool first = false;
  };
  std::vector<Slot> slots;
  std::vector<float> rows;
};

// A word whose input row is still to be computed, and the slot where it is kept; kSlots: nowhere.
struct NewWord {
  size_t row = 0, slot = 0;
  uint8_t size = 0;  // bytes of the word
};

// All memory of a forward pass; one per thread. Rows are words; a row of zeros stands before, between and after sentences.
struct Workspace {
  // Whether to compute with float activations, slowly and plainly: what the fast kernels are tested against.
  bool reference = false;
  const Kernels* kernels = nullptr;
  size_t rows = 0;
  std::vector<Segment> segments;
  Rows embedded, input, pairs, arc_input;
  std::vector<float> state, hidden, gates, heads, arcs, tags, relation_scores, zeros;
  WordFeatures features;
  WordCache cache;
  std::vector<NewWord> new_words;  // the i-th stands in row i of `embedded`
};

class Network {
 public:
  explicit Network(const ModelFile& file);
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  // Makes ready for a batch of at most kMaxBatchRows rows.
  void begin(Workspace& w) const;
  // Rows that the batch has with a further segment of so many words.
  static size_t rows_with(const Workspace& w, size_t words) { return w.rows + words + 1; }
  void begin_segment(Workspace& w) const;
  void add_word(Workspace& w, std::string_view form, bool first_of_sentence) const;
  void end_segment(Workspace& w) const;
  // Everything up to tags (w.tags, one row of tag_columns() a row) and arc vectors.
  void run(Workspace& w) const;
  // Scores of a segment as decode_tree wants them: words x (words + 1).
  void score_arcs(Workspace& w, const Segment& segment, std::vector<float>& scores) const;
  // Scores of the relations of each word to its head: words x relation_columns().
  void score_relations(Workspace& w, const Segment& segment, std::span<const int32_t> heads) const;

  size_t tag_columns() const { return tags_.packed.outputs; }
  size_t relation_columns() const { return relation_.packed.outputs; }

 private:
  struct Layer {
    char kind = 'c';  // 'c' gated convolution, 'd' depthwise window and gate, 'r' gated recurrence
    LinearLayer linear;
    std::span<const float> norm_weight, norm_bias, taps;
  };
  void embed(Workspace& w, std::string_view form, bool first_of_sentence, size_t row) const;
  void load_linear(const ModelFile& file, const std::string& name, size_t columns, size_t blocks, LinearLayer& out) const;
  void apply(const Workspace& w, const LinearLayer& layer, const Rows& in, size_t first, size_t step, size_t rows, float* out) const;
  void quantize_row(const Workspace& w, Rows& rows, size_t r) const;
  void convolve(Workspace& w, const Layer& layer) const;
  void gate_window(Workspace& w, const Layer& layer) const;
  void recur(Workspace& w, const Layer& layer) const;
  void normalize(Workspace& w, std::span<const float> weight, std::span<const float> bias) const;

  size_t width_, arc_, rel_, distance_range_;
  uint32_t piece_rows_, affix_rows_;
  QuantizedMatrix word_, piece_, affix_, shape_;
  std::unordered_map<std::string_view, uint32_t> vocabulary_;
  LinearLayer input_, heads_, arc_layer_, relation_, tags_;
  std::vector<Layer> layers_;
  std::span<const float> norm_weight_, norm_bias_, arc_head_, root_arc_, distance_, root_rel_;
};

}  // namespace demarche
