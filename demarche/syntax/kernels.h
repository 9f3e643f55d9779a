// The inner loops of the network, once for each instruction set, chosen when the model is loaded.
//
// Activations are quantised row by row to u8 around 64 with values 1..127 (seven bits, so that pairs of products fit 16 bits),
// weights are s8: integer sums are exact, and all that is done in floating point has one fixed order without fused
// multiply-add. So every instruction set gives the same bits.
#pragma once

#include <cstddef>
#include <cstdint>

namespace demarche {

// Weights of a linear layer, packed for multiply(). Row r of the output is made of `blocks` rows of the input, one after
// the other, each with a scale of its own.
struct PackedWeights {
  const int8_t* values = nullptr;        // [output / 16][block][column / 4][16][4]
  const int32_t* corrections = nullptr;  // [block][outputs]: 64 * sum of the weights of the block
  const float* scales = nullptr;         // [outputs]
  const float* biases = nullptr;         // [outputs]
  // Columns, eight from each on, for which fits_16_bits() does not hold; those of a tile and block from wide_begin[output / 16][block]
  // to the next.
  const uint32_t* wide_begin = nullptr;
  const uint16_t* wide_columns = nullptr;
  size_t outputs = 0;                    // a multiple of 16
  size_t columns = 0;                    // of one block; a multiple of 8
  size_t blocks = 1;
};

// out[i] = weights * input rows [i * step, i * step + blocks) + bias, for i < rows.
struct Product {
  const uint8_t* input = nullptr;  // row r begins at input + r * weights.columns
  const float* input_scales = nullptr;
  size_t step = 1;
  size_t rows = 0;
  float* out = nullptr;
  size_t out_stride = 0;
};

// Whether products of `weights` (16 outputs of four columns each, then the same outputs of the next four) with any activations fit 16
// bits when two neighbours of the first four columns and the same two of the next are added up. Nearly all do; there a kernel whose
// products have 16 bits may widen them half as often.
bool fits_16_bits(const int8_t* weights);

struct Kernels {
  const char* name;
  void (*multiply)(const PackedWeights& weights, const Product& product);
  // values[i] = round(x[i] / *scale) + 64.
  void (*quantize)(const float* x, size_t n, uint8_t* values, float* scale);
  // out = (x - mean) / deviation * weight + bias. n is a multiple of 16.
  void (*normalize)(const float* x, const float* weight, const float* bias, size_t n, float* out);
  // x += values * sigmoid(gates).
  void (*gated_add)(float* x, const float* values, const float* gates, size_t n);
  // One step of the recurrence: state = k * state + (1 - k) * candidate with k = sigmoid(keep + 1); x += state * sigmoid(gate).
  void (*recur)(float* x, float* state, const float* keep, const float* candidate, const float* gate, size_t n);
  // x += a * b.
  void (*add_product)(float* x, const float* a, const float* b, size_t n);
  // sum = max(0, a + b - 1), product = a * b.
  void (*pair)(const float* a, const float* b, size_t n, float* sum, float* product);
  void (*relu)(float* x, size_t n);
  float (*dot)(const float* a, const float* b, size_t n);
  // x += row * factor.
  void (*add_row)(float* x, const int8_t* row, float factor, size_t n);
};

const Kernels& portable_kernels();
#if defined(__x86_64__)
const Kernels& avx2_kernels();
const Kernels& avx_vnni_kernels();
const Kernels& avx512_vnni_kernels();
#elif defined(__aarch64__) && defined(__linux__)
const Kernels& neon_kernels();
#endif
// Those that this processor runs, the slowest first; at least the portable ones.
size_t supported_kernels(const Kernels* (&out)[4]);
// The fastest that this processor runs.
const Kernels& best_kernels();

}  // namespace demarche
