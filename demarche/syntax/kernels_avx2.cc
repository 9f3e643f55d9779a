// Kernels for AVX2. Compiled with -mavx2.
#include "demarche/syntax/kernels_common.h"
#include "demarche/syntax/kernels_tile.h"

namespace demarche {
namespace {

void multiply(const PackedWeights& w, const Product& p) {
  const __m256i ones = _mm256_set1_epi16(1);
  multiply_with(w, p, [ones](__m256i acc, __m256i x, __m256i weights) {
    return _mm256_add_epi32(acc, _mm256_madd_epi16(_mm256_maddubs_epi16(x, weights), ones));
  });
}

}  // namespace

const Kernels& avx2_kernels() {
  static constexpr Kernels kernels{"avx2", multiply, quantize, normalize, gated_add, recur, add_product, pair, relu, dot, add_row};
  return kernels;
}

}  // namespace demarche
