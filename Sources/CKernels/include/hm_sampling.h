/// Random words in bulk, and binary units drawn from their probabilities.
///
/// One rule for every draw: unit u of a chain looks at word u mod 4 of the Philox block with the
/// counter (purpose, step, chain, ⌊u/4⌋), and is on exactly when word < ⌊p · 2³²⌋, with the Float p
/// scaled exactly. So p ≥ 1 is always on; p < 2⁻³² and NaN are never on.
#ifndef HM_SAMPLING_H
#define HM_SAMPLING_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Where in the random numbers a draw looks.
typedef struct {
  uint32_t key_low, key_high;
  uint32_t purpose, step, chain;
} hm_draw;

typedef struct {
  /// words[u] = word u mod 4 of the block (purpose, step, chain, ⌊u/4⌋), for u < count.
  void (*random_words)(uint32_t *words, size_t count, hm_draw draw);

  /// Row m, drawn by chain draw.chain + m: unit u is on with probability σ(fields[m][u]).
  ///
  /// fields [rows, units] with rows `field_stride` floats apart. bits [rows, units] packed, unit u
  /// in bit u mod 64 of word ⌊u/64⌋, rows `bit_stride` words apart; the ⌈units/64⌉ words of a row
  /// are written whole, unused bits 0. probabilities [rows, units], or NULL if not wanted, gets
  /// σ(fields), the Float logistic; it is `fields` itself or does not overlap it.
  void (*sample_logistic)(uint64_t *bits, size_t bit_stride, float *_Nullable probabilities,
                          size_t probability_stride, const float *fields, size_t field_stride,
                          size_t rows, size_t units, hm_draw draw);

  /// As sample_logistic, but the probabilities are given.
  void (*sample_bernoulli)(uint64_t *bits, size_t bit_stride, const float *probabilities,
                           size_t probability_stride, size_t rows, size_t units, hm_draw draw);
} hm_sampling_kernels;

#pragma clang assume_nonnull end

#endif
