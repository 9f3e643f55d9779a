// The matrix product for AVX-512 with VNNI; the rest is that of AVX2. Compiled with -mavx512f -mavx512bw -mavx512vl -mavx512vnni.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // GCC 12's own header: "__Y may be used uninitialized"
#endif
#include <immintrin.h>

#include "demarche/syntax/kernels.h"

namespace demarche {
namespace {

// Rows [i, i + kRows) and kTiles tiles of 16 outputs.
template <size_t kRows, size_t kTiles>
inline void multiply_tile(const PackedWeights& w, const Product& p, size_t tile, size_t i) {
  __m512 total[kRows][kTiles];
  for (size_t r = 0; r < kRows; ++r)
    for (size_t t = 0; t < kTiles; ++t) total[r][t] = _mm512_setzero_ps();
  const size_t tile_bytes = w.blocks * w.columns * 16;
  for (size_t b = 0; b < w.blocks; ++b) {
    const int8_t* weights = w.values + (tile / 16 * w.blocks + b) * w.columns * 16;
    const uint8_t* x[kRows];
    __m512i acc[kRows][kTiles];
    for (size_t r = 0; r < kRows; ++r) {
      x[r] = p.input + ((i + r) * p.step + b) * w.columns;
      for (size_t t = 0; t < kTiles; ++t) acc[r][t] = _mm512_setzero_si512();
    }
    for (size_t c = 0; c < w.columns; c += 4, weights += 64) {
      __m512i column[kTiles];
      for (size_t t = 0; t < kTiles; ++t) column[t] = _mm512_loadu_si512(weights + t * tile_bytes);
      for (size_t r = 0; r < kRows; ++r) {
        int32_t four;
        __builtin_memcpy(&four, x[r] + c, 4);
        const __m512i v = _mm512_set1_epi32(four);
        for (size_t t = 0; t < kTiles; ++t) acc[r][t] = _mm512_dpbusd_epi32(acc[r][t], v, column[t]);
      }
    }
    for (size_t t = 0; t < kTiles; ++t) {
      const __m512i correction = _mm512_loadu_si512(w.corrections + b * w.outputs + tile + 16 * t);
      for (size_t r = 0; r < kRows; ++r) {
        const __m512 scale = _mm512_set1_ps(p.input_scales[(i + r) * p.step + b]);
        total[r][t] = _mm512_add_ps(total[r][t], _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_sub_epi32(acc[r][t], correction)), scale));
      }
    }
  }
  for (size_t t = 0; t < kTiles; ++t) {
    const __m512 scale = _mm512_loadu_ps(w.scales + tile + 16 * t), bias = _mm512_loadu_ps(w.biases + tile + 16 * t);
    for (size_t r = 0; r < kRows; ++r) {
      _mm512_storeu_ps(p.out + (i + r) * p.out_stride + tile + 16 * t, _mm512_add_ps(_mm512_mul_ps(total[r][t], scale), bias));
    }
  }
}

void multiply(const PackedWeights& w, const Product& p) {
  size_t tile = 0;
  for (; tile + 32 <= w.outputs; tile += 32) {
    size_t i = 0;
    for (; i + 6 <= p.rows; i += 6) multiply_tile<6, 2>(w, p, tile, i);
    for (; i < p.rows; ++i) multiply_tile<1, 2>(w, p, tile, i);
  }
  for (; tile < w.outputs; tile += 16) {
    size_t i = 0;
    for (; i + 6 <= p.rows; i += 6) multiply_tile<6, 1>(w, p, tile, i);
    for (; i < p.rows; ++i) multiply_tile<1, 1>(w, p, tile, i);
  }
}

}  // namespace

const Kernels& avx512_vnni_kernels() {
  static const Kernels kernels = [] {
    Kernels k = avx2_kernels();
    k.name = "avx512-vnni";
    k.multiply = multiply;
    return k;
  }();
  return kernels;
}

}  // namespace demarche
