// Kernels in plain C++, for every machine; and the choice among them. Compiled without fused multiply-add.
#if defined(__x86_64__)
#include <cpuid.h>
#elif defined(__aarch64__) && defined(__linux__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

#include "demarche/syntax/kernels_common.h"

namespace demarche {
namespace {

void multiply(const PackedWeights& w, const Product& p) {
  const size_t block_bytes = w.columns * 16;
  for (size_t tile = 0; tile < w.outputs; tile += 16) {
    for (size_t i = 0; i < p.rows; ++i) {
      float total[16] = {};
      for (size_t b = 0; b < w.blocks; ++b) {
        const size_t row = i * p.step + b;
        const uint8_t* x = p.input + row * w.columns;
        const int8_t* weights = w.values + (tile / 16 * w.blocks + b) * block_bytes;
        int32_t acc[16] = {};
        for (size_t c = 0; c < w.columns; c += 4, weights += 64) {
          for (size_t o = 0; o < 16; ++o) {
            acc[o] += x[c] * weights[4 * o] + x[c + 1] * weights[4 * o + 1] + x[c + 2] * weights[4 * o + 2] + x[c + 3] * weights[4 * o + 3];
          }
        }
        for (size_t o = 0; o < 16; ++o) {
          total[o] += static_cast<float>(acc[o] - w.corrections[b * w.outputs + tile + o]) * p.input_scales[row];
        }
      }
      for (size_t o = 0; o < 16; ++o) p.out[i * p.out_stride + tile + o] = total[o] * w.scales[tile + o] + w.biases[tile + o];
    }
  }
}

#if defined(__x86_64__)
// CPUID leaf 7, subleaf 1, EAX bit 4: the name "avxvnni" is not known to all compilers' __builtin_cpu_supports.
bool has_avx_vnni() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  return __get_cpuid_count(7, 1, &a, &b, &c, &d) != 0 && (a >> 4 & 1) != 0;
}
#endif

}  // namespace

bool fits_16_bits(const int8_t* weights) {
  constexpr int16_t kLimit = 32767 / 127;  // activations are 127 at most
  int16_t worst = 0;
  for (size_t at = 0; at < 64; at += 2) {
    int16_t positive = 0, negative = 0;
    for (size_t k = 0; k < 4; ++k) {
      const int16_t weight = weights[at + k % 2 + k / 2 * 64];
      positive = static_cast<int16_t>(positive + (weight > 0 ? weight : 0));
      negative = static_cast<int16_t>(negative - (weight < 0 ? weight : 0));
    }
    worst = worst > positive ? worst : positive;
    worst = worst > negative ? worst : negative;
  }
  return worst <= kLimit;
}

const Kernels& portable_kernels() {
  static constexpr Kernels kernels{"portable", multiply, quantize, normalize, gated_add, recur, add_product, pair, relu, dot, add_row};
  return kernels;
}

size_t supported_kernels(const Kernels* (&out)[4]) {
  size_t n = 0;
  out[n++] = &portable_kernels();
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    out[n++] = &avx2_kernels();
    if (has_avx_vnni()) out[n++] = &avx_vnni_kernels();
    if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw")) out[n++] = &avx512_vnni_kernels();
  }
#elif defined(__aarch64__) && defined(__linux__)
  if ((getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0) out[n++] = &neon_kernels();
#endif
  return n;
}

const Kernels& best_kernels() {
  const Kernels* all[4];
  return *all[supported_kernels(all) - 1];
}

}  // namespace demarche
