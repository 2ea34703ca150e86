/// The Float functions, one value at a time.
#ifndef HM_FLOAT_FUNCTIONS_H
#define HM_FLOAT_FUNCTIONS_H

#include <stdint.h>
#include <string.h>

#include "../body/coefficients.h"
#include "../include/hm_elementary.h"

static inline uint32_t hm_bits_of_float(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline float hm_float_of_bits(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

/// a · b + c rounded once, without a machine instruction or libm for it.
///
/// The product is exact in Double. The sum is rounded to odd: then rounding it again to Float
/// cannot go wrong, since Double has more than two bits to spare.
static inline float hm_fma(float a, float b, float c) {
#pragma STDC FP_CONTRACT OFF
  double product = (double)a * b;
  double sum = product + c;
  double from_product = sum - c;
  double error = (product - from_product) + (c - (sum - from_product));
  if (error != 0 && error - error == 0) {
    uint64_t bits = hm_bits_of_double(sum);
    if ((bits & 1) == 0) {
      bits += ((error > 0) == (sum > 0)) ? 1 : (uint64_t)-1;
      sum = hm_double_of_bits(bits);
    }
  }
  return (float)sum;
}

/// exp for HM_FLOAT_EXP_LOWEST ≤ x ≤ HM_FLOAT_EXP_HIGHEST.
static inline float hm_exp_float_inside(float x) {
#pragma STDC FP_CONTRACT OFF
  float shifted = hm_fma(x, HM_FLOAT_LOG2_E, HM_FLOAT_SHIFT);
  float k = shifted - HM_FLOAT_SHIFT;
  float r = hm_fma(k, -HM_FLOAT_LN2_LOWER, hm_fma(k, -HM_FLOAT_LN2_UPPER, x));
  float q = hm_fma(HM_E5, r, HM_E4);
  q = hm_fma(q, r, HM_E3);
  q = hm_fma(q, r, HM_E2);
  q = hm_fma(q, r, HM_E1);
  q = hm_fma(q, r, HM_E0);
  float y = 1 + hm_fma(r * r, q, r);
  int32_t exponent = (int32_t)hm_bits_of_float(shifted) - HM_FLOAT_SHIFT_BITS;
  int32_t half = (exponent + 1024) / 2 - 512;
  return y * hm_float_of_bits((uint32_t)(half + 127) << 23) *
         hm_float_of_bits((uint32_t)(exponent - half + 127) << 23);
}

static inline float hm_exp_float(float x) {
  if (x != x) return x;
  float clamped = x < HM_FLOAT_EXP_LOWEST ? HM_FLOAT_EXP_LOWEST : x;
  return hm_exp_float_inside(clamped > HM_FLOAT_EXP_HIGHEST ? HM_FLOAT_EXP_HIGHEST : clamped);
}

static inline float hm_log_float(float x) {
#pragma STDC FP_CONTRACT OFF
  if (x != x || x == hm_float_of_bits(0x7f800000)) return x;
  if (x == 0) return hm_float_of_bits(0xff800000);
  if (x < 0) return hm_float_of_bits(0x7fc00000);
  int32_t scaling = x < 0x1p-126f ? 23 : 0;
  uint32_t bits = hm_bits_of_float(scaling == 0 ? x : x * 0x1p23f) + HM_FLOAT_ROOT_SHIFT;
  float k = (float)((int32_t)(bits >> 23) - 127 - scaling);
  float f = hm_float_of_bits((bits & 0x007fffff) + HM_FLOAT_ROOT_BITS) - 1;
  float p = hm_fma(HM_L8, f, HM_L7);
  p = hm_fma(p, f, HM_L6);
  p = hm_fma(p, f, HM_L5);
  p = hm_fma(p, f, HM_L4);
  p = hm_fma(p, f, HM_L3);
  p = hm_fma(p, f, HM_L2);
  p = hm_fma(p, f, HM_L1);
  p = hm_fma(p, f, HM_L0);
  float square = f * f;
  float tail = hm_fma(-0.5f, square, (square * f) * p);
  tail = hm_fma(k, HM_FLOAT_LN2_LOWER, tail);
  return hm_fma(k, HM_FLOAT_LN2_UPPER, f + tail);
}

static inline float hm_logistic_float(float x) {
#pragma STDC FP_CONTRACT OFF
  if (x != x) return x;
  float e = hm_exp_float(x > 0 ? -x : x);
  float numerator = x > 0 ? 1 : e;
  float quotient = numerator / (1 + e);
  // What rounding the sum and the quotient lost, over 1 + e, whose inverse is σ(|x|).
  float residue = hm_fma(-quotient, e, numerator - quotient);
  return hm_fma(residue, x > 0 ? quotient : 1 - quotient, quotient);
}

static inline float hm_softplus_float(float x) {
#pragma STDC FP_CONTRACT OFF
  if (x != x) return x;
  float e = hm_exp_float(x > 0 ? -x : x);
  float p = hm_fma(HM_S9, e, HM_S8);
  p = hm_fma(p, e, HM_S7);
  p = hm_fma(p, e, HM_S6);
  p = hm_fma(p, e, HM_S5);
  p = hm_fma(p, e, HM_S4);
  p = hm_fma(p, e, HM_S3);
  p = hm_fma(p, e, HM_S2);
  p = hm_fma(p, e, HM_S1);
  p = hm_fma(p, e, HM_S0);
  float tail = hm_fma(e * e, p, e);
  return x > 0 ? x + tail : tail;
}

#endif
