/// Sums over all states, factor by factor.
#ifndef HM_ENUMERATION_H
#define HM_ENUMERATION_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct {
  /// out[m][n] = Σ_k a[m][k] · b[k][n] in Double, k ascending, each step one product and one sum.
  ///
  /// a [rows, inner], b [inner, columns] and out [rows, columns], without gaps; out overlaps
  /// neither. Uses 16 KiB of stack.
  void (*product)(double *out, const double *a, const double *b, size_t rows, size_t inner,
                  size_t columns);

  /// sums[m] · 2^exponents[m] = Σ_n starts[n] · 2^powers[n] Π_k (1 + g[m][k] · h[k][n]); k, then n
  /// ascending.
  ///
  /// g [rows, units], h [units, columns], without gaps, at least one column. After every `stretch`
  /// ≥ 1 factors a product's exponent is set aside: no product of `stretch` factors may exceed
  /// 2¹⁰⁰⁰. All values are finite and not negative, starts below 2. What is below 2⁻¹⁰⁰⁰ of the
  /// largest term so far counts as 0: a start that is far below others says so in its power. Uses
  /// 32 KiB of stack.
  void (*layer_sums)(double *sums, int64_t *exponents, const double *g, const double *h,
                     const double *starts, const int64_t *powers, size_t rows, size_t units,
                     size_t columns, size_t stretch);
} hm_enumeration_kernels;

#pragma clang assume_nonnull end

#endif
