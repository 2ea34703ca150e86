/// exp, ln, logistic and softplus over arrays.
///
/// `out` and `x` hold `count` values, any count including 0; they are the same array or do not
/// overlap. No alignment is asked for. Values do not depend on their position in the array.
/// A NaN argument comes back as it is.
#ifndef HM_ELEMENTWISE_H
#define HM_ELEMENTWISE_H

#include <stddef.h>

#pragma clang assume_nonnull begin

typedef struct {
  /// exp(xᵢ), ≤ 1 ulp over all Floats; exp(−∞) = 0, exp(∞) = ∞.
  void (*exponential)(float *out, const float *x, size_t count);
  /// ln xᵢ, ≤ 1 ulp; ln 0 = −∞, ln ∞ = ∞, the positive quiet NaN below 0.
  void (*logarithm)(float *out, const float *x, size_t count);
  /// σ(xᵢ) = 1 / (1 + exp(−xᵢ)), ≤ 2 ulp in both tails; σ(−∞) = 0, σ(∞) = 1.
  void (*logistic)(float *out, const float *x, size_t count);
  /// ln(1 + exp(xᵢ)), ≤ 2 ulp in both tails; 0 at −∞, ∞ at ∞.
  void (*softplus)(float *out, const float *x, size_t count);
  /// hm_exp(xᵢ), bit for bit.
  void (*exponential_double)(double *out, const double *x, size_t count);
  /// hm_logistic(xᵢ), bit for bit.
  void (*logistic_double)(double *out, const double *x, size_t count);
} hm_elementwise_kernels;

#pragma clang assume_nonnull end

#endif
