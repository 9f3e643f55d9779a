// Element-wise loops shared by kernels_portable.cc and kernels_avx2.cc, each of which compiles them for its instruction
// set, in its own unnamed namespace. Includes no standard header with inline functions: those would be compiled for one
// instruction set and linked for all.
#pragma once

#include <cstddef>
#include <cstdint>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#include "demarche/syntax/kernels.h"

namespace demarche {
namespace {

// Eight lanes, at any address. Longer sums go over two of them, so that the order of additions never depends on the machine.
typedef float F32x8 __attribute__((vector_size(32), aligned(4)));
typedef int32_t I32x8 __attribute__((vector_size(32), aligned(4)));
typedef int8_t I8x8 __attribute__((vector_size(8), aligned(1)));
typedef uint8_t U8x8 __attribute__((vector_size(8), aligned(1)));

inline F32x8 load(const float* p) { return *reinterpret_cast<const F32x8*>(p); }
inline void store(float* p, F32x8 v) { *reinterpret_cast<F32x8*>(p) = v; }
inline F32x8 broadcast(float v) { return F32x8{v, v, v, v, v, v, v, v}; }
inline F32x8 magnitude(F32x8 v) {
  I32x8 bits;
  __builtin_memcpy(&bits, &v, sizeof bits);
  bits &= 0x7FFFFFFF;
  __builtin_memcpy(&v, &bits, sizeof v);
  return v;
}

// The compilers' own conversions between bytes and wider lanes go lane by lane.
#if defined(__AVX2__)
inline void store_bytes(uint8_t* p, I32x8 v) {  // lanes hold 0..255
  const __m256i words = _mm256_packs_epi32(reinterpret_cast<__m256i>(v), reinterpret_cast<__m256i>(v));
  const __m256i bytes = _mm256_packus_epi16(words, words);
  const int32_t low = _mm_cvtsi128_si32(_mm256_castsi256_si128(bytes)), high = _mm_cvtsi128_si32(_mm256_extracti128_si256(bytes, 1));
  __builtin_memcpy(p, &low, 4);
  __builtin_memcpy(p + 4, &high, 4);
}
inline F32x8 load_bytes(const int8_t* p) {
  return reinterpret_cast<F32x8>(_mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(p)))));
}
#else
inline void store_bytes(uint8_t* p, I32x8 v) { *reinterpret_cast<U8x8*>(p) = __builtin_convertvector(v, U8x8); }
inline F32x8 load_bytes(const int8_t* p) { return __builtin_convertvector(*reinterpret_cast<const I8x8*>(p), F32x8); }
#endif

inline float sum(F32x8 v) { return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7])); }

// Within 1e-6 of 1 / (1 + exp(-x)): half of 1 + tanh(x / 2), by the rational approximation of Eigen (MPL 2.0, its constants alone).
inline F32x8 sigmoid(F32x8 v) {
  F32x8 x = v * 0.5f;
  const F32x8 limit = broadcast(7.90531110763549805f);
  x = x > limit ? limit : x;
  x = x < -limit ? -limit : x;
  const F32x8 y = x * x;
  F32x8 p = y * -2.76076847742355e-16f + 2.00018790482477e-13f;
  p = p * y + -8.60467152213735e-11f;
  p = p * y + 5.12229709037114e-08f;
  p = p * y + 1.48572235717979e-05f;
  p = p * y + 6.37261928875436e-04f;
  p = p * y + 4.89352455891786e-03f;
  F32x8 q = y * 1.19825839466702e-06f + 1.18534705686654e-04f;
  q = q * y + 2.26843463243900e-03f;
  q = q * y + 4.89352518554385e-03f;
  return x * p / q * 0.5f + 0.5f;
}

void quantize(const float* x, size_t n, uint8_t* values, float* scale) {
  F32x8 high = broadcast(0);
  for (size_t i = 0; i < n; i += 8) {
    const F32x8 size = magnitude(load(x + i));
    high = size > high ? size : high;
  }
  float largest = 0;
  for (size_t i = 0; i < 8; ++i) largest = high[i] > largest ? high[i] : largest;
  if (!(largest > 1e-20f && largest < 1e30f)) {
    for (size_t i = 0; i < n; ++i) values[i] = 64;
    *scale = 0;
    return;
  }
  *scale = largest / 63.0f;
  const float factor = 63.0f / largest;
  // 1.5 * 2^23: adding it rounds to the nearest integer, which then stands in the low bits.
  const F32x8 magic = broadcast(12582912.0f);
  for (size_t i = 0; i < n; i += 8) {
    const F32x8 rounded = load(x + i) * factor + magic;
    I32x8 bits;
    __builtin_memcpy(&bits, &rounded, sizeof bits);
    bits -= 0x4B400000 - 64;
    store_bytes(values + i, bits);
  }
}

inline float root(float v) { return __builtin_sqrtf(v); }

void normalize(const float* x, const float* weight, const float* bias, size_t n, float* out) {
  F32x8 a = broadcast(0), b = broadcast(0);
  for (size_t i = 0; i < n; i += 16) {
    a += load(x + i);
    b += load(x + i + 8);
  }
  const float mean = sum(a + b) / static_cast<float>(n);
  a = b = broadcast(0);
  for (size_t i = 0; i < n; i += 16) {
    const F32x8 u = load(x + i) - mean, v = load(x + i + 8) - mean;
    a += u * u;
    b += v * v;
  }
  const float factor = 1.0f / root(sum(a + b) / static_cast<float>(n) + 1e-5f);
  for (size_t i = 0; i < n; i += 8) store(out + i, (load(x + i) - mean) * factor * load(weight + i) + load(bias + i));
}

void gated_add(float* x, const float* values, const float* gates, size_t n) {
  for (size_t i = 0; i < n; i += 8) store(x + i, load(x + i) + load(values + i) * sigmoid(load(gates + i)));
}

void recur(float* x, float* state, const float* keep, const float* candidate, const float* gate, size_t n) {
  for (size_t i = 0; i < n; i += 8) {
    const F32x8 k = sigmoid(load(keep + i) + 1.0f);
    const F32x8 h = k * load(state + i) + (1.0f - k) * load(candidate + i);
    store(state + i, h);
    store(x + i, load(x + i) + h * sigmoid(load(gate + i)));
  }
}

void add_product(float* x, const float* a, const float* b, size_t n) {
  for (size_t i = 0; i < n; i += 8) store(x + i, load(x + i) + load(a + i) * load(b + i));
}

void pair(const float* a, const float* b, size_t n, float* sums, float* products) {
  for (size_t i = 0; i < n; i += 8) {
    const F32x8 u = load(a + i), v = load(b + i), s = u + v - 1.0f;
    store(sums + i, s > 0.0f ? s : broadcast(0));
    store(products + i, u * v);
  }
}

void relu(float* x, size_t n) {
  for (size_t i = 0; i < n; i += 8) {
    const F32x8 v = load(x + i);
    store(x + i, v > 0.0f ? v : broadcast(0));
  }
}

float dot(const float* a, const float* b, size_t n) {
  F32x8 u = broadcast(0), v = broadcast(0);
  for (size_t i = 0; i < n; i += 16) {
    u += load(a + i) * load(b + i);
    v += load(a + i + 8) * load(b + i + 8);
  }
  return sum(u + v);
}

void add_row(float* x, const int8_t* row, float factor, size_t n) {
  for (size_t i = 0; i < n; i += 8) store(x + i, load(x + i) + load_bytes(row + i) * factor);
}

}  // namespace
}  // namespace demarche
