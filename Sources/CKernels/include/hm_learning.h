/// The step of a gradient ascent.
#ifndef HM_LEARNING_H
#define HM_LEARNING_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// One step's factors.
typedef struct {
  float positive, negative, rate, momentum, decay;
} hm_ascent;

typedef struct {
  /// Moves `count` parameters w along g = a · positive − b · negative − decay · w, where a and b
  /// are step.positive and step.negative:
  ///
  ///     g = fma(−decay, w, fma(−b, negative, a · positive))
  ///     velocity = fma(momentum, velocity, rate · g);  w = w + velocity
  ///
  /// velocity may be NULL: then w = w + rate · g and momentum is not looked at. The arrays do not
  /// overlap. Returns 0 if every new w is finite, else 1.
  int (*ascend)(float *w, float *_Nullable velocity, const float *positive, const float *negative,
                size_t count, hm_ascent step);
} hm_learning_kernels;

#pragma clang assume_nonnull end

#endif
