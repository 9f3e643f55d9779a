// Kernels for AVX2. Compiled with -mavx2.
#include "demarche/syntax/kernels_common.h"
#include "demarche/syntax/kernels_tile.h"

namespace demarche {
namespace {

// Products come in 16 bits and must be widened before they are added up. Two groups of four columns are added before that, which
// saves one multiplication of four: exact where the sum fits 16 bits (fits_16_bits()). Where it may not, it may wrap around; it is
// then taken back and the right one added: all sums are exact modulo 2^32.
inline __m256i quick_sum(__m256i x, __m256i w, __m256i x2, __m256i w2) {
  return _mm256_madd_epi16(_mm256_add_epi16(_mm256_maddubs_epi16(x, w), _mm256_maddubs_epi16(x2, w2)), _mm256_set1_epi16(1));
}

inline __m256i wide_sum(__m256i x, __m256i w, __m256i x2, __m256i w2) {
  const __m256i ones = _mm256_set1_epi16(1);
  return _mm256_add_epi32(_mm256_madd_epi16(_mm256_maddubs_epi16(x, w), ones), _mm256_madd_epi16(_mm256_maddubs_epi16(x2, w2), ones));
}

// Rows [i, i + kRows) and one tile of 16 outputs.
template <size_t kRows>
inline void multiply_tile(const PackedWeights& w, const Product& p, size_t tile, size_t i) {
  __m256 total[kRows][2];
  for (size_t r = 0; r < kRows; ++r) total[r][0] = total[r][1] = _mm256_setzero_ps();
  for (size_t b = 0; b < w.blocks; ++b) {
    const size_t place = tile / 16 * w.blocks + b;
    const int8_t* weights = w.values + place * w.columns * 16;
    const uint8_t* x[kRows];
    __m256i sums[kRows][2];
    for (size_t r = 0; r < kRows; ++r) {
      x[r] = p.input + ((i + r) * p.step + b) * w.columns;
      sums[r][0] = sums[r][1] = _mm256_setzero_si256();
    }
    for (size_t c = 0; c < w.columns; c += 8) {
      const int8_t* at = weights + 16 * c;
      for (size_t r = 0; r < kRows; ++r) {
        const __m256i v = broadcast_four(x[r] + c), v2 = broadcast_four(x[r] + c + 4);
        sums[r][0] = _mm256_add_epi32(sums[r][0], quick_sum(v, load_weights(at), v2, load_weights(at + 64)));
        sums[r][1] = _mm256_add_epi32(sums[r][1], quick_sum(v, load_weights(at + 32), v2, load_weights(at + 96)));
      }
    }
    for (uint32_t k = w.wide_begin[place]; k < w.wide_begin[place + 1]; ++k) {
      const size_t c = w.wide_columns[k];
      const int8_t* at = weights + 16 * c;
      for (size_t r = 0; r < kRows; ++r) {
        const __m256i v = broadcast_four(x[r] + c), v2 = broadcast_four(x[r] + c + 4);
        for (size_t half = 0; half < 2; ++half) {
          const __m256i first = load_weights(at + 32 * half), second = load_weights(at + 32 * half + 64);
          sums[r][half] = _mm256_add_epi32(sums[r][half], _mm256_sub_epi32(wide_sum(v, first, v2, second), quick_sum(v, first, v2, second)));
        }
      }
    }
    for (size_t half = 0; half < 2; ++half)
      for (size_t r = 0; r < kRows; ++r) total[r][half] = add_block(total[r][half], sums[r][half], w, p, b, tile + 8 * half, (i + r) * p.step + b);
  }
  for (size_t half = 0; half < 2; ++half)
    for (size_t r = 0; r < kRows; ++r) store_outputs(total[r][half], w, p, tile + 8 * half, i + r);
}

void multiply(const PackedWeights& w, const Product& p) {
  constexpr size_t kRows = 3;  // with four, compilers run out of registers
  for (size_t tile = 0; tile < w.outputs; tile += 16) {
    size_t i = 0;
    for (; i + kRows <= p.rows; i += kRows) multiply_tile<kRows>(w, p, tile, i);
    for (; i < p.rows; ++i) multiply_tile<1>(w, p, tile, i);
  }
}

}  // namespace

const Kernels& avx2_kernels() {
  static constexpr Kernels kernels{"avx2", multiply, quantize, normalize, gated_add, recur, add_product, pair, relu, dot, add_row};
  return kernels;
}

}  // namespace demarche
