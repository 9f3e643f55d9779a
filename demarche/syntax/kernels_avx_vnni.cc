// The matrix product for AVX-VNNI (256 bits); the rest is that of AVX2. Compiled with -mavx2 -mavxvnni.
#include "demarche/syntax/kernels_tile.h"

namespace demarche {
namespace {

void multiply(const PackedWeights& w, const Product& p) {
  multiply_with(w, p, [](__m256i acc, __m256i x, __m256i weights) { return _mm256_dpbusd_avx_epi32(acc, x, weights); });
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
