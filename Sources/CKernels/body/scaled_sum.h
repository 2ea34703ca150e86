/// Sums of numbers with an exponent of their own; plain C, the same for every instruction set.
#ifndef HM_SCALED_SUM_H
#define HM_SCALED_SUM_H

#include "../include/hm_elementary.h"

/// x / 2^⌊log₂ x⌋ for a normal x > 0.
static inline double hm_mantissa(double x) {
  return hm_double_of_bits((hm_bits_of_double(x) & 0x000fffffffffffffu) | 0x3ff0000000000000u);
}

/// A sum · 2^exponent; no exponent yet is far below all others.
#define HM_NO_EXPONENT (-(INT64_C(1) << 60))

/// Adds x · 2^power. What is below 2⁻¹⁰⁰⁰ of the largest term counts as 0.
static inline void hm_add_scaled(double *sum, int64_t *exponent, double x, int64_t power) {
#pragma STDC FP_CONTRACT OFF
  int64_t above = power - *exponent;
  if (above > 0) {
    *sum = above > 1000 ? 0 : *sum * hm_power_of_two((int32_t)-above);
    *exponent = power;
    above = 0;
  }
  if (above >= -1000) *sum += x * hm_power_of_two((int32_t)above);
}

#endif
