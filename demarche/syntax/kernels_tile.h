// The matrix product in vectors of eight, shared by kernels_avx2.cc and kernels_avx_vnni.cc, which differ in how four
// products are added up. As kernels_common.h: compiled for each in an unnamed namespace.
#pragma once

#include <immintrin.h>

#include "demarche/syntax/kernels.h"

namespace demarche {
namespace {

// Rows [i, i + kRows) and one tile of 16 outputs.
// add(acc, x, w): acc plus the sums of four neighbouring products of u8 and s8.
template <size_t kRows, class Add>
inline void multiply_tile(const PackedWeights& w, const Product& p, size_t tile, size_t i, Add add) {
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
        acc[r][0] = add(acc[r][0], v, low);
        acc[r][1] = add(acc[r][1], v, high);
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

template <class Add>
inline void multiply_with(const PackedWeights& w, const Product& p, Add add) {
  for (size_t tile = 0; tile < w.outputs; tile += 16) {
    size_t i = 0;
    for (; i + 4 <= p.rows; i += 4) multiply_tile<4>(w, p, tile, i, add);
    for (; i < p.rows; ++i) multiply_tile<1>(w, p, tile, i, add);
  }
}

}  // namespace
}  // namespace demarche
