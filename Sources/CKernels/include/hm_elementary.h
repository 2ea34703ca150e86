/// exp, log and their relatives for one Double, written with + − × ÷ alone.
///
/// No fused multiply-add and no libm, so that each result has the same bits on every machine.
/// The errors stated are bounds on the distance to the exact value, in ulp. A NaN argument comes
/// back as it is. The polynomials are Remez fits on the reduced range.
#ifndef HM_ELEMENTARY_H
#define HM_ELEMENTARY_H

#include <stdint.h>
#include <string.h>

/// ln 2 in two parts; the upper one has 40 bits, so that k · upper is exact for |k| < 2¹².
#define HM_LN2_UPPER 0x1.62e42fefa2000p-1
#define HM_LN2_LOWER 0x1.9ef35793c7673p-41
#define HM_LOG2_E 0x1.71547652b82fep+0
/// 1.5 · 2⁵²: adding it rounds to the nearest integer and leaves that integer in the low bits.
#define HM_ROUNDING_SHIFT 0x1.8p52
#define HM_POSITIVE_INFINITY hm_double_of_bits(0x7ff0000000000000u)
#define HM_NAN hm_double_of_bits(0x7ff8000000000000u)

static inline uint64_t hm_bits_of_double(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline double hm_double_of_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

/// 2^k for −1022 ≤ k ≤ 1023.
static inline double hm_power_of_two(int32_t k) {
  return hm_double_of_bits((uint64_t)(k + 1023) << 52);
}

/// exp(x) = 2^exponent · (1 + fraction), 1 + fraction from √½ to √2.
typedef struct {
  double fraction;
  int32_t exponent;
} hm_reduced_exponential;

/// Splits exp(x); −746 ≤ x ≤ 710.
static inline hm_reduced_exponential hm_reduce_exponential(double x) {
#pragma STDC FP_CONTRACT OFF
  double shifted = x * HM_LOG2_E + HM_ROUNDING_SHIFT;
  double k = shifted - HM_ROUNDING_SHIFT;
  double upper = x - k * HM_LN2_UPPER;
  double lower = k * HM_LN2_LOWER;
  double r = upper - lower;
  double lost = (upper - r) - lower;
  double q = 0x1.1f8b97296df3ap-29;
  q = q * r + 0x1.af4e55fa96b3bp-26;
  q = q * r + 0x1.27e4cca26fe56p-22;
  q = q * r + 0x1.71de01fd5955dp-19;
  q = q * r + 0x1.a01a01ad0c73fp-16;
  q = q * r + 0x1.a01a01abf882bp-13;
  q = q * r + 0x1.6c16c16c151cep-10;
  q = q * r + 0x1.11111111100bdp-7;
  q = q * r + 0x1.5555555555558p-5;
  q = q * r + 0x1.5555555555557p-3;
  q = q * r + 0.5;
  hm_reduced_exponential reduced = {r + ((r * r) * q + lost),
                                    (int32_t)(uint32_t)hm_bits_of_double(shifted)};
  return reduced;
}

/// exp(x), ≤ 1 ulp. exp(−∞) = 0, exp(∞) = ∞; results below the smallest normal number are
/// rounded a second time.
static inline double hm_exp(double x) {
#pragma STDC FP_CONTRACT OFF
  if (x != x) return x;
  double clamped = x < -746 ? -746 : x;
  clamped = clamped > 710 ? 710 : clamped;
  hm_reduced_exponential e = hm_reduce_exponential(clamped);
  int32_t half = e.exponent / 2;
  return (1 + e.fraction) * hm_power_of_two(half) * hm_power_of_two(e.exponent - half);
}

/// exp(x) − 1, ≤ 2 ulp, near 0 too.
static inline double hm_expm1(double x) {
#pragma STDC FP_CONTRACT OFF
  if (x != x || x == 0) return x;
  if (x < -38) return -1;
  if (x > 38) return hm_exp(x) - 1;
  hm_reduced_exponential e = hm_reduce_exponential(x);
  if (e.exponent == 0) return e.fraction;
  double offset = 1 - hm_power_of_two(-e.exponent);
  return (e.fraction + offset) * hm_power_of_two(e.exponent);
}

/// ln x, ≤ 1 ulp, for subnormal x too. ln 0 = −∞, ln ∞ = ∞; NaN for x < 0.
static inline double hm_log(double x) {
#pragma STDC FP_CONTRACT OFF
  if (x != x || x == HM_POSITIVE_INFINITY) return x;
  if (x == 0) return -HM_POSITIVE_INFINITY;
  if (x < 0) return HM_NAN;
  int32_t scaling = x < 0x1p-1022 ? 54 : 0;
  uint64_t bits = hm_bits_of_double(scaling == 0 ? x : x * 0x1p54);
  // Shifting by 1 − √½ makes the exponent change at √2 instead of at 2: √½ ≤ mantissa < √2.
  bits += 0x00095f6200000000u;
  double k = (double)((int32_t)(bits >> 52) - 1023 - scaling);
  double mantissa = hm_double_of_bits((bits & 0x000fffffffffffffu) + 0x3fe6a09e00000000u);
  // ln(1 + f) = 2 artanh(s) = f − f²/2 + s (f²/2 + R(s²)), s = f / (2 + f).
  double f = mantissa - 1;
  double s = f / (2 + f);
  double z = s * s;
  double p = 0x1.0c11348cee62ap-3;
  p = p * z + 0x1.0fbd3d1a064d2p-3;
  p = p * z + 0x1.3b1c42bf11682p-3;
  p = p * z + 0x1.745cf8c2a17edp-3;
  p = p * z + 0x1.c71c7201ff537p-3;
  p = p * z + 0x1.2492492476692p-2;
  p = p * z + 0x1.9999999999a3ap-2;
  p = p * z + 0x1.5555555555555p-1;
  double square = 0.5 * f * f;
  return k * HM_LN2_UPPER - ((square - (s * (square + z * p) + k * HM_LN2_LOWER)) - f);
}

/// ln(1 + x), ≤ 2 ulp, near 0 too. ln(1 − 1) = −∞; NaN for x < −1.
static inline double hm_log1p(double x) {
#pragma STDC FP_CONTRACT OFF
  double sum = 1 + x;
  if (x != x || sum == 1 || x == HM_POSITIVE_INFINITY) return x;
  if (sum <= 0) return hm_log(sum);
  // What the sum lost; exact, because the larger term is subtracted first.
  double lost = x < 1 ? x - (sum - 1) : 1 - (sum - x);
  return hm_log(sum) + lost / sum;
}

/// σ(x) = 1 / (1 + exp(−x)), ≤ 2 ulp in both tails. σ(−∞) = 0, σ(∞) = 1.
static inline double hm_logistic(double x) {
#pragma STDC FP_CONTRACT OFF
  if (x != x) return x;
  double e = hm_exp(x > 0 ? -x : x);
  double sum = 1 + e;
  double quotient = (x > 0 ? 1 : e) / sum;
  // What rounding the sum lost, put back to first order with 1/sum = σ(|x|).
  double lost = e - (sum - 1);
  return quotient - quotient * (lost * (x > 0 ? quotient : 1 - quotient));
}

/// ln(1 + exp(x)) = max(x, 0) + ln(1 + exp(−|x|)), ≤ 2 ulp in both tails.
static inline double hm_softplus(double x) {
#pragma STDC FP_CONTRACT OFF
  if (x != x) return x;
  double tail = hm_log1p(hm_exp(x > 0 ? -x : x));
  return x > 0 ? x + tail : tail;
}

#endif
