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

/// The most samples that `learn` takes.
#define HM_LEARN_SAMPLES 1024

/// Samples of two layers: bit (k, m) of row k says whether unit k is on in sample m; hidden
/// [samples, outputs]. Strides and padding as in hm_products.h. 1 ≤ count ≤ HM_LEARN_SAMPLES.
typedef struct {
  const uint64_t *bits;
  size_t bit_stride;
  const float *hidden;
  size_t hidden_stride;
  size_t count;
} hm_samples;

/// w [units, outputs] and perhaps its velocity, with the same stride; transposed
/// [outputs, units], of which no padding is written.
typedef struct {
  float *w;
  float *_Nullable velocity;
  size_t stride;
  float *transposed;
  size_t transposed_stride;
} hm_weights;

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

  /// `ascend` with Σₘ bit(k, m) · hidden[m][n] of the samples, summed in the order of
  /// products.binary, as positive and negative; then transposed[n][k] = w[k][n].
  ///
  /// The same in one pass over the weights: neither statistic goes through memory. Uses 416 KiB
  /// of stack.
  int (*learn)(hm_weights weights, hm_samples positive, hm_samples negative, size_t units,
               size_t outputs, hm_ascent step);
} hm_learning_kernels;

#pragma clang assume_nonnull end

#endif
