// The matrix product for AVX-VNNI (256 bits); the rest is that of AVX2. Compiled with -mavx2 -mavxvnni.
#include "demarche/syntax/kernels_tile.h"

namespace demarche {
namespace {

// Rows [i, i + kRows) and one tile of 16 outputs.
template <size_t kRows>
inline void multiply_tile(const PackedWeights& w, const Product& p, size_t tile, size_t i) {
  __m256 total[kRows][2];
  for (size_t r = 0; r < kRows; ++r) total[r][0] = total[r][1] = _mm256_setzero_ps();
  for (size_t b = 0; b < w.blocks; ++b) {
    const int8_t* weights = w.values + (tile / 16 * w.blocks + b) * w.columns * 16;
    const uint8_t* x[kRows];
    __m256i sums[kRows][2];
    for (size_t r = 0; r < kRows; ++r) {
      x[r] = p.input + ((i + r) * p.step + b) * w.columns;
      sums[r][0] = sums[r][1] = _mm256_setzero_si256();
    }
    for (size_t c = 0; c < w.columns; c += 4, weights += 64) {
      const __m256i low = load_weights(weights), high = load_weights(weights + 32);
      for (size_t r = 0; r < kRows; ++r) {
        const __m256i v = broadcast_four(x[r] + c);
        sums[r][0] = _mm256_dpbusd_avx_epi32(sums[r][0], v, low);
        sums[r][1] = _mm256_dpbusd_avx_epi32(sums[r][1], v, high);
      }
    }
    for (size_t half = 0; half < 2; ++half)
      for (size_t r = 0; r < kRows; ++r) total[r][half] = add_block(total[r][half], sums[r][half], w, p, b, tile + 8 * half, (i + r) * p.step + b);
  }
  for (size_t half = 0; half < 2; ++half)
    for (size_t r = 0; r < kRows; ++r) store_outputs(total[r][half], w, p, tile + 8 * half, i + r);
}

void multiply(const PackedWeights& w, const Product& p) {
  for (size_t tile = 0; tile < w.outputs; tile += 16) {
    size_t i = 0;
    for (; i + 4 <= p.rows; i += 4) multiply_tile<4>(w, p, tile, i);
    for (; i < p.rows; ++i) multiply_tile<1>(w, p, tile, i);
  }
}

}  // namespace

const Kernels& avx_vnni_kernels() {
  static const Kernels kernels = [] {
    Kernels k = avx2_kernels();
    k.name = "avx-vnni";
    k.multiply = multiply;
    return k;
  }();
  return kernels;
}

}  // namespace demarche
