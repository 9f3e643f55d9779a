// Kernels for NEON with the dot product instructions (Armv8.2 and later). Compiled with -march=armv8.2-a+dotprod.
#include <arm_neon.h>

#include "demarche/syntax/kernels_common.h"

namespace demarche {
namespace {

// Four neighbouring columns of a row in every lane. Activations have seven bits, so that they are the same numbers with a sign.
inline int8x16_t broadcast_four(const uint8_t* x) {
  int32_t four;
  __builtin_memcpy(&four, x, 4);
  return vreinterpretq_s8_s32(vdupq_n_s32(four));
}

// Rows [i, i + kRows) and one tile of 16 outputs, four to a vector.
template <size_t kRows>
inline void multiply_tile(const PackedWeights& w, const Product& p, size_t tile, size_t i) {
  float32x4_t total[kRows][4];
  for (size_t r = 0; r < kRows; ++r)
    for (size_t k = 0; k < 4; ++k) total[r][k] = vdupq_n_f32(0);
  for (size_t b = 0; b < w.blocks; ++b) {
    const int8_t* weights = w.values + (tile / 16 * w.blocks + b) * w.columns * 16;
    const uint8_t* x[kRows];
    int32x4_t sums[kRows][4];
    for (size_t r = 0; r < kRows; ++r) {
      x[r] = p.input + ((i + r) * p.step + b) * w.columns;
      for (size_t k = 0; k < 4; ++k) sums[r][k] = vdupq_n_s32(0);
    }
    for (size_t c = 0; c < w.columns; c += 4, weights += 64) {
      for (size_t r = 0; r < kRows; ++r) {
        const int8x16_t v = broadcast_four(x[r] + c);
        for (size_t k = 0; k < 4; ++k) sums[r][k] = vdotq_s32(sums[r][k], vld1q_s8(weights + 16 * k), v);
      }
    }
    for (size_t r = 0; r < kRows; ++r) {
      const float32x4_t scale = vdupq_n_f32(p.input_scales[(i + r) * p.step + b]);
      for (size_t k = 0; k < 4; ++k) {
        const int32x4_t correction = vld1q_s32(w.corrections + b * w.outputs + tile + 4 * k);
        total[r][k] = vaddq_f32(total[r][k], vmulq_f32(vcvtq_f32_s32(vsubq_s32(sums[r][k], correction)), scale));
      }
    }
  }
  for (size_t r = 0; r < kRows; ++r) {
    for (size_t k = 0; k < 4; ++k) {
      const size_t output = tile + 4 * k;
      vst1q_f32(p.out + (i + r) * p.out_stride + output, vaddq_f32(vmulq_f32(total[r][k], vld1q_f32(w.scales + output)), vld1q_f32(w.biases + output)));
    }
  }
}

void multiply(const PackedWeights& w, const Product& p) {
  constexpr size_t kRows = 4;
  for (size_t tile = 0; tile < w.outputs; tile += 16) {
    size_t i = 0;
    for (; i + kRows <= p.rows; i += kRows) multiply_tile<kRows>(w, p, tile, i);
    for (; i < p.rows; ++i) multiply_tile<1>(w, p, tile, i);
  }
}

}  // namespace

const Kernels& neon_kernels() {
  static constexpr Kernels kernels{"neon", multiply, quantize, normalize, gated_add, recur, add_product, pair, relu, dot, add_row};
  return kernels;
}

}  // namespace demarche
