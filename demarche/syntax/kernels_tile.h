// Pieces of the matrix product in vectors of eight, shared by kernels_avx2.cc and kernels_avx_vnni.cc. As kernels_common.h: compiled
// for each in an unnamed namespace.
#pragma once

#include <immintrin.h>

#include "demarche/syntax/kernels.h"

namespace demarche {
namespace {

// Four neighbouring columns of a row in every lane.
inline __m256i broadcast_four(const uint8_t* x) {
  int32_t four;
  __builtin_memcpy(&four, x, 4);
  return _mm256_set1_epi32(four);
}

inline __m256i load_weights(const int8_t* p) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)); }

// total plus one block's sums of products, as numbers. `output`: the first of eight, `row`: of the input.
inline __m256 add_block(__m256 total, __m256i sums, const PackedWeights& w, const Product& p, size_t block, size_t output, size_t row) {
  const __m256i correction = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(w.corrections + block * w.outputs + output));
  const __m256 scale = _mm256_set1_ps(p.input_scales[row]);
  return _mm256_add_ps(total, _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_sub_epi32(sums, correction)), scale));
}

inline void store_outputs(__m256 total, const PackedWeights& w, const Product& p, size_t output, size_t row) {
  const __m256 scale = _mm256_loadu_ps(w.scales + output), bias = _mm256_loadu_ps(w.biases + output);
  _mm256_storeu_ps(p.out + row * p.out_stride + output, _mm256_add_ps(_mm256_mul_ps(total, scale), bias));
}

}  // namespace
}  // namespace demarche
