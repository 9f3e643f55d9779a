// Kernels for AVX2. Compiled with -mavx2.
#include <immintrin.h>

#include "demarche/syntax/kernels_common.h"

namespace demarche {
namespace {

// Rows [i, i + kRows) and one tile of 16 outputs.
template <size_t kRows>
inline void multiply_tile(const PackedWeights& w, const Product& p, size_t tile, size_t i) {
  const __m256i ones = _mm256_set1_epi16(1);
  __m256 total[kRows][2];
  for (size_t r = 0; r < kRows; ++r) total[r][0] = total[r][1] = _mm256_setzero_ps();
  for (size_t b = 0; b < w.blocks; ++b) {
    const int8_t* weights = w.values + (tile / 16 * w.blocks + b) * w.columns * 16;
    const uint8_t* x[kRows];
    __m256i acc[kRows][2];
    for (size_t r = 0; r < kRows; ++r) {
      x[r] = p.input + ((i + r) * p.step + b) * w.columns;
      acc[r][0] = acc[r][1] = _mm256_setzero_si256();
    }
    for (size_t c = 0; c < w.columns; c += 4, weights += 64) {
      const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(weights));
      const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(weights + 32));
      for (size_t r = 0; r < kRows; ++r) {
        int32_t four;
        __builtin_memcpy(&four, x[r] + c, 4);
        const __m256i v = _mm256_set1_epi32(four);
        acc[r][0] = _mm256_add_epi32(acc[r][0], _mm256_madd_epi16(_mm256_maddubs_epi16(v, low), ones));
        acc[r][1] = _mm256_add_epi32(acc[r][1], _mm256_madd_epi16(_mm256_maddubs_epi16(v, high), ones));
      }
    }
    for (size_t half = 0; half < 2; ++half) {
      const __m256i correction = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(w.corrections + b * w.outputs + tile + 8 * half));
      for (size_t r = 0; r < kRows; ++r) {
        const __m256 scale = _mm256_set1_ps(p.input_scales[(i + r) * p.step + b]);
        total[r][half] = _mm256_add_ps(total[r][half], _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_sub_epi32(acc[r][half], correction)), scale));
      }
    }
  }
  for (size_t half = 0; half < 2; ++half) {
    const __m256 scale = _mm256_loadu_ps(w.scales + tile + 8 * half), bias = _mm256_loadu_ps(w.biases + tile + 8 * half);
    for (size_t r = 0; r < kRows; ++r) {
      _mm256_storeu_ps(p.out + (i + r) * p.out_stride + tile + 8 * half, _mm256_add_ps(_mm256_mul_ps(total[r][half], scale), bias));
    }
  }
}

void multiply(const PackedWeights& w, const Product& p) {
  for (size_t tile = 0; tile < w.outputs; tile += 16) {
    size_t i = 0;
    for (; i + 4 <= p.rows; i += 4) multiply_tile<4>(w, p, tile, i);
    for (; i < p.rows; ++i) multiply_tile<1>(w, p, tile, i);
  }
}

}  // namespace

const Kernels& avx2_kernels() {
  static constexpr Kernels kernels{"avx2", multiply, quantize, normalize, gated_add, recur, add_product, pair, relu, dot, add_row};
  return kernels;
}

}  // namespace demarche
