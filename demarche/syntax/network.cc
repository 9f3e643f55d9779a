#include "demarche/syntax/network.h"

#include <algorithm>
#include <cstring>

#include "demarche/core/error.h"

namespace demarche {
namespace {

size_t round_up(size_t n, size_t unit) { return (n + unit - 1) / unit * unit; }

void reserve_rows(Rows& rows, size_t columns, size_t count) {
  rows.columns = columns;
  rows.floats.assign(columns * count, 0);
  rows.values.assign(columns * count, 64);
  rows.scales.assign(count, 0);
}

}  // namespace

Network::Network(const ModelFile& file)
    : width_(file.size("width")),
      arc_(file.size("arc")),
      rel_(file.size("rel")),
      distance_range_(file.size("distance")),
      piece_rows_(static_cast<uint32_t>(file.size("piece_rows"))),
      affix_rows_(static_cast<uint32_t>(file.size("affix_rows"))),
      word_(file.matrix("word")),
      piece_(file.matrix("piece")),
      affix_(file.matrix("affix")),
      shape_(file.matrix("shape")) {
  // Sizes that the loops rely on; a wrong one must stop the start, not read beyond a table.
  constexpr size_t kWidest = 4096;
  for (const size_t n : {width_, arc_, rel_, word_.columns, piece_.columns, affix_.columns, shape_.columns}) {
    if (n == 0 || n > kWidest || n % 16 != 0) file.fail("the parser model has a layer whose width is no multiple of 16");
  }
  if (piece_.rows != piece_rows_ || affix_.rows != affix_rows_ || piece_rows_ == 0 || affix_rows_ == 0 || shape_.rows != kShapes) {
    file.fail("the parser model's embeddings have other sizes than its manifest says");
  }
  if (distance_range_ > kWidest) file.fail("the parser model has a wrong range of distances");
  const std::vector<std::string_view> words = file.lines("vocabulary");
  if (word_.rows != words.size() + 1) file.fail("the parser model's vocabulary and word vectors differ in number");
  vocabulary_.reserve(words.size());
  for (uint32_t i = 0; i < words.size(); ++i) vocabulary_.emplace(words[i], i + 1);

  load_linear(file, "input", word_.columns + piece_.columns + affix_.columns + shape_.columns, 1, input_);
  const std::vector<std::string>& kinds = file.labels("layers");
  layers_.resize(kinds.size());
  for (size_t i = 0; i < kinds.size(); ++i) {
    Layer& layer = layers_[i];
    const std::string name = "layer" + std::to_string(i);
    if (kinds[i] != "c" && kinds[i] != "d" && kinds[i] != "r") file.fail("the parser model has a kind of layer that this program does not know");
    layer.kind = kinds[i][0];
    layer.norm_weight = file.floats(name + ".norm.weight");
    layer.norm_bias = file.floats(name + ".norm.bias");
    load_linear(file, name, width_, layer.kind == 'c' ? 3 : 1, layer.linear);
    if (layer.kind == 'd') layer.taps = file.floats(name + ".taps");
    if (layer.linear.outputs != (layer.kind == 'r' ? 3 : 2) * width_ || layer.norm_weight.size() != width_ || layer.norm_bias.size() != width_ ||
        (layer.kind == 'd' && layer.taps.size() != 5 * width_)) {
      file.fail("the parser model's \"" + name + "\" has the wrong size");
    }
  }
  norm_weight_ = file.floats("norm.weight");
  norm_bias_ = file.floats("norm.bias");
  load_linear(file, "heads", width_, 1, heads_);
  load_linear(file, "arc", arc_, 1, arc_layer_);
  load_linear(file, "relation", rel_, 2, relation_);
  load_linear(file, "tags", width_, 1, tags_);
  arc_head_ = file.floats("arc_head.weight");
  root_arc_ = file.floats("root_arc");
  distance_ = file.floats("distance");
  root_rel_ = file.floats("root_rel");
  const size_t tags = file.labels("upos").size() + file.labels("xpos").size() + file.labels("feats").size() + file.labels("entity").size();
  if (norm_weight_.size() != width_ || norm_bias_.size() != width_ || arc_head_.size() != arc_ || root_arc_.size() != arc_ ||
      distance_.size() != 2 * distance_range_ + 1 || root_rel_.size() != rel_ || input_.outputs != width_ || heads_.outputs != 2 * arc_ + 2 * rel_ ||
      arc_layer_.outputs != arc_ || relation_.outputs != file.labels("deprel").size() || tags_.outputs != tags) {
    file.fail("the parser model's heads have other sizes than its manifest says");
  }
}

void Network::load_linear(const ModelFile& file, const std::string& name, size_t columns, size_t blocks, LinearLayer& out) const {
  out.raw = file.matrix(name);
  if (out.raw.columns != columns * blocks || out.raw.rows == 0) file.fail("the parser model's \"" + name + "\" has the wrong size");
  out.outputs = out.raw.rows;
  const size_t padded = round_up(out.outputs, 16);
  out.values.assign(padded * columns * blocks, 0);
  out.corrections.assign(padded * blocks, 0);
  out.scales.assign(padded, 0);
  out.biases.assign(padded, 0);
  std::copy_n(out.raw.scales, out.outputs, out.scales.begin());
  if (name != "arc") {
    const std::span<const float> bias = file.floats(name + ".bias");
    if (bias.size() != out.outputs) file.fail("the parser model's \"" + name + ".bias\" has the wrong size");
    std::copy(bias.begin(), bias.end(), out.biases.begin());
  }
  for (size_t o = 0; o < out.outputs; ++o) {
    for (size_t b = 0; b < blocks; ++b) {
      const int8_t* from = out.raw.values + (o * blocks + b) * columns;
      int8_t* to = out.values.data() + (o / 16 * blocks + b) * columns * 16 + o % 16 * 4;
      int32_t sum = 0;
      for (size_t c = 0; c < columns; c += 4) {
        std::memcpy(to + c / 4 * 64, from + c, 4);
        for (size_t k = 0; k < 4; ++k) sum += from[c + k];
      }
      out.corrections[b * padded + o] = 64 * sum;
    }
  }
  out.wide_begin.assign(1, 0);
  out.wide_columns.clear();
  for (size_t place = 0; place < padded / 16 * blocks; ++place) {
    for (size_t c = 0; c < columns; c += 8)
      if (!fits_16_bits(out.values.data() + (place * columns + c) * 16)) out.wide_columns.push_back(static_cast<uint16_t>(c));
    out.wide_begin.push_back(static_cast<uint32_t>(out.wide_columns.size()));
  }
  out.packed = {out.values.data(), out.corrections.data(), out.scales.data(), out.biases.data(), out.wide_begin.data(), out.wide_columns.data(), padded, columns, blocks};
}

void Network::begin(Workspace& w) const {
  w.segments.clear();
  w.new_words.clear();
  w.rows = 1;
  if (w.zeros.size() == width_) return;
  w.zeros.assign(width_, 0);
  // Two rows more at either end, for the windows.
  reserve_rows(w.embedded, input_.packed.columns, kMaxBatchRows);
  reserve_rows(w.input, width_, kMaxBatchRows + 4);
  reserve_rows(w.pairs, rel_, 2 * kMaxSegmentWords);
  reserve_rows(w.arc_input, arc_, kMaxBatchRows);
  w.state.assign(width_, 0);
  w.hidden.assign(kMaxBatchRows * width_, 0);
  w.gates.assign(kMaxBatchRows * 3 * width_, 0);
  w.heads.assign(kMaxBatchRows * heads_.packed.outputs, 0);
  w.arcs.assign(kMaxBatchRows * arc_layer_.packed.outputs, 0);
  w.tags.assign(kMaxBatchRows * tags_.packed.outputs, 0);
  w.relation_scores.assign(kMaxSegmentWords * relation_.packed.outputs, 0);
  w.cache.slots.assign(WordCache::kSlots, {});
  w.cache.rows.assign(WordCache::kSlots * width_, 0);
  w.new_words.reserve(kMaxBatchRows);
}

void Network::begin_segment(Workspace& w) const { w.segments.push_back({w.rows, 0}); }

void Network::add_word(Workspace& w, std::string_view form, bool first_of_sentence) const {
  DEMARCHE_CHECK(w.rows < kMaxBatchRows);
  const size_t row = w.rows++;
  ++w.segments.back().words;
  size_t slot = WordCache::kSlots;
  if (!w.reference && !form.empty() && form.size() <= WordCache::kMaxBytes) {
    uint64_t hash = first_of_sentence ? 0x9E3779B97F4A7C15u : 0;
    for (const char c : form) hash = (hash ^ static_cast<unsigned char>(c)) * 0xFF51AFD7ED558CCDu;
    slot = hash >> 52;
    static_assert(WordCache::kSlots == size_t{1} << 12);
    WordCache::Slot& s = w.cache.slots[slot];
    if (s.size == form.size() && s.first == first_of_sentence && std::memcmp(s.form, form.data(), form.size()) == 0) {
      std::copy_n(w.cache.rows.data() + slot * width_, width_, w.hidden.data() + row * width_);
      return;
    }
  }
  embed(w, form, first_of_sentence, w.new_words.size());
  w.new_words.push_back({row, slot});
  if (slot == WordCache::kSlots) return;
  // The slot cannot be used before its row is computed: until then it is empty, and the last word that claims it gets it.
  WordCache::Slot& s = w.cache.slots[slot];
  std::memcpy(s.form, form.data(), form.size());
  s.size = 0;
  s.first = first_of_sentence;
  w.new_words.back().size = static_cast<uint8_t>(form.size());
}

void Network::embed(Workspace& w, std::string_view form, bool first_of_sentence, size_t row) const {
  WordFeatures& f = w.features;
  compute_features(form, first_of_sentence, piece_rows_, affix_rows_, f);
  const Kernels& k = *w.kernels;
  float* x = w.embedded.row(row);
  std::fill_n(x, w.embedded.columns, 0.0f);
  const auto add = [&](const QuantizedMatrix& table, size_t index, float factor) {
    k.add_row(x, table.values + index * table.columns, table.scales[index] * factor, table.columns);
  };
  const auto found = vocabulary_.find(f.key);
  add(word_, found == vocabulary_.end() ? 0 : found->second, 1);
  x += word_.columns;
  const float share = 1.0f / static_cast<float>(f.pieces.size());
  for (const uint32_t piece : f.pieces) add(piece_, piece, share);
  x += piece_.columns;
  for (const uint32_t affix : f.affixes) add(affix_, affix, 1);
  x += affix_.columns;
  add(shape_, f.shape, 1);
  quantize_row(w, w.embedded, row);
}

void Network::end_segment(Workspace& w) const { ++w.rows; }

void Network::quantize_row(const Workspace& w, Rows& rows, size_t r) const {
  if (!w.reference) w.kernels->quantize(rows.row(r), rows.columns, rows.values.data() + r * rows.columns, &rows.scales[r]);
}

void Network::apply(const Workspace& w, const LinearLayer& layer, const Rows& in, size_t first, size_t step, size_t rows, float* out) const {
  const PackedWeights& p = layer.packed;
  if (!w.reference) {
    w.kernels->multiply(p, {in.values.data() + first * p.columns, in.scales.data() + first, step, rows, out, p.outputs});
    return;
  }
  const size_t n = p.columns * p.blocks;
  for (size_t i = 0; i < rows; ++i) {
    const float* x = in.row(first + i * step);
    for (size_t o = 0; o < layer.outputs; ++o) {
      float sum = 0;
      for (size_t c = 0; c < n; ++c) sum += x[c] * static_cast<float>(layer.raw.values[o * n + c]);
      out[i * p.outputs + o] = sum * layer.raw.scales[o] + p.biases[o];
    }
  }
}

// w.hidden -> w.input, of which row r + 2 is the word of row r; rows that are no words stay zero.
void Network::normalize(Workspace& w, std::span<const float> weight, std::span<const float> bias) const {
  for (const Segment& s : w.segments) {
    for (size_t r = s.first_row; r < s.first_row + s.words; ++r) {
      w.kernels->normalize(w.hidden.data() + r * width_, weight.data(), bias.data(), width_, w.input.row(r + 2));
    }
  }
}

void Network::convolve(Workspace& w, const Layer& layer) const {
  for (const Segment& s : w.segments) {
    for (size_t r = s.first_row; r < s.first_row + s.words; ++r) quantize_row(w, w.input, r + 2);
  }
  const size_t columns = layer.linear.packed.outputs;
  apply(w, layer.linear, w.input, 1, 1, w.rows, w.gates.data());
  for (const Segment& s : w.segments) {
    for (size_t r = s.first_row; r < s.first_row + s.words; ++r) {
      const float* g = w.gates.data() + r * columns;
      w.kernels->gated_add(w.hidden.data() + r * width_, g, g + width_, width_);
    }
  }
}

void Network::gate_window(Workspace& w, const Layer& layer) const {
  Rows& in = w.input;
  const size_t columns = layer.linear.packed.outputs;
  for (const Segment& s : w.segments) {
    for (size_t r = s.first_row; r < s.first_row + s.words; ++r) {
      float* out = w.gates.data() + r * width_;
      std::fill_n(out, width_, 0.0f);
      for (size_t k = 0; k < 5; ++k) {  // two words beyond the ends count as zero
        if (r + k < s.first_row + 2 || r + k - 2 >= s.first_row + s.words) continue;
        w.kernels->add_product(out, in.row(r + k), layer.taps.data() + k * width_, width_);
      }
    }
    for (size_t r = s.first_row; r < s.first_row + s.words; ++r) {
      std::copy_n(w.gates.data() + r * width_, width_, in.row(r + 2));
      quantize_row(w, in, r + 2);
    }
  }
  apply(w, layer.linear, in, 2, 1, w.rows, w.gates.data());
  for (const Segment& s : w.segments) {
    for (size_t r = s.first_row; r < s.first_row + s.words; ++r) {
      const float* g = w.gates.data() + r * columns;
      w.kernels->gated_add(w.hidden.data() + r * width_, g, g + width_, width_);
    }
  }
}

void Network::recur(Workspace& w, const Layer& layer) const {
  for (const Segment& s : w.segments) {
    for (size_t r = s.first_row; r < s.first_row + s.words; ++r) quantize_row(w, w.input, r + 2);
  }
  const size_t columns = layer.linear.packed.outputs;
  apply(w, layer.linear, w.input, 2, 1, w.rows, w.gates.data());
  const size_t half = width_ / 2;
  for (const Segment& s : w.segments) {
    std::fill(w.state.begin(), w.state.end(), 0.0f);
    for (size_t i = 0; i < s.words; ++i) {
      const size_t forward = s.first_row + i, backward = s.first_row + s.words - 1 - i;
      const float* g = w.gates.data() + forward * columns;
      w.kernels->recur(w.hidden.data() + forward * width_, w.state.data(), g, g + width_, g + 2 * width_, half);
      g = w.gates.data() + backward * columns + half;
      w.kernels->recur(w.hidden.data() + backward * width_ + half, w.state.data() + half, g, g + width_, g + 2 * width_, half);
    }
  }
}

void Network::run(Workspace& w) const {
  apply(w, input_, w.embedded, 0, 1, w.new_words.size(), w.gates.data());
  for (size_t i = 0; i < w.new_words.size(); ++i) {
    const NewWord& word = w.new_words[i];
    const float* x = w.gates.data() + i * width_;
    std::copy_n(x, width_, w.hidden.data() + word.row * width_);
    if (word.slot == WordCache::kSlots) continue;
    std::copy_n(x, width_, w.cache.rows.data() + word.slot * width_);
    w.cache.slots[word.slot].size = word.size;
  }
  for (Rows* rows : {&w.input}) {  // rows between sentences: zero
    std::fill(rows->values.begin(), rows->values.end(), uint8_t{64});
    std::fill(rows->floats.begin(), rows->floats.end(), 0.0f);
  }
  for (const Layer& layer : layers_) {
    normalize(w, layer.norm_weight, layer.norm_bias);
    if (layer.kind == 'c') convolve(w, layer);
    if (layer.kind == 'd') gate_window(w, layer);
    if (layer.kind == 'r') recur(w, layer);
  }
  normalize(w, norm_weight_, norm_bias_);
  for (const Segment& s : w.segments) {
    for (size_t r = s.first_row; r < s.first_row + s.words; ++r) quantize_row(w, w.input, r + 2);
  }
  apply(w, tags_, w.input, 2, 1, w.rows, w.tags.data());
  apply(w, heads_, w.input, 2, 1, w.rows, w.heads.data());
  w.kernels->relu(w.heads.data(), w.rows * heads_.packed.outputs);
  for (size_t r = 0; r < w.rows; ++r) {
    std::copy_n(w.heads.data() + r * heads_.packed.outputs, arc_, w.arc_input.row(r));
    quantize_row(w, w.arc_input, r);
  }
  apply(w, arc_layer_, w.arc_input, 0, 1, w.rows, w.arcs.data());
}

void Network::score_arcs(Workspace& w, const Segment& s, std::vector<float>& scores) const {
  const size_t n = s.words;
  scores.resize(n * (n + 1));
  const Kernels& k = *w.kernels;
  const auto limit = static_cast<ptrdiff_t>(distance_range_);
  for (size_t h = 0; h <= n; ++h) {
    const float* head = h == 0 ? root_arc_.data() : w.heads.data() + (s.first_row + h - 1) * heads_.packed.outputs + arc_;
    const float bias = k.dot(arc_head_.data(), head, arc_);
    for (size_t d = 0; d < n; ++d) {
      float score = bias + k.dot(w.arcs.data() + (s.first_row + d) * arc_layer_.packed.outputs, head, arc_);
      if (h > 0) score += distance_[static_cast<size_t>(std::clamp(static_cast<ptrdiff_t>(h) - 1 - static_cast<ptrdiff_t>(d), -limit, limit) + limit)];
      scores[d * (n + 1) + h] = score;
    }
  }
}

void Network::score_relations(Workspace& w, const Segment& s, std::span<const int32_t> heads) const {
  for (size_t i = 0; i < s.words; ++i) {
    const float* dependant = w.heads.data() + (s.first_row + i) * heads_.packed.outputs + 2 * arc_;
    const float* head = heads[i] < 0 ? root_rel_.data() : w.heads.data() + (s.first_row + static_cast<size_t>(heads[i])) * heads_.packed.outputs + 2 * arc_ + rel_;
    float* sum = w.pairs.row(2 * i);
    float* product = w.pairs.row(2 * i + 1);
    w.kernels->pair(dependant, head, rel_, sum, product);
    quantize_row(w, w.pairs, 2 * i);
    quantize_row(w, w.pairs, 2 * i + 1);
  }
  apply(w, relation_, w.pairs, 0, 2, s.words, w.relation_scores.data());
}

}  // namespace demarche
