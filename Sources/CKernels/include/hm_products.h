/// Matrix products in one stated order of summation, vectorised across outputs.
///
/// Real matrices are row-major with rows `stride` floats apart. Every stride of an output, of
/// weights and of a bias is a multiple of HM_LINE, and rows are processed in whole lines: the
/// columns from `outputs` up to the next multiple of HM_LINE are read and written too (keep them
/// 0, and 0 comes out). No output overlaps an input.
#ifndef HM_PRODUCTS_H
#define HM_PRODUCTS_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Floats in one cache line.
#define HM_LINE 16

typedef struct {
  /// out[m][n] = bias[n] + Σ_g (Σ_{k in g} bit(m, k) · weights[k][n]): the inputs that are on, in
  /// groups g of four neighbours (4g … 4g+3), ascending within a group and over groups.
  ///
  /// bits [rows, inputs] packed, rows `bit_stride` words apart, unused bits 0. weights
  /// [inputs, outputs]. bias [outputs], or NULL for 0; a bias of −0 counts as +0.
  /// A group's sum is computed once for all rows that share it; a group of zeros costs nothing.
  /// Uses 192 KiB of stack. A row of weights has fewer than 2²² entries.
  void (*binary)(float *out, size_t out_stride, const uint64_t *bits, size_t bit_stride,
                 const float *weights, size_t weight_stride, const float *_Nullable bias, size_t rows,
                 size_t inputs, size_t outputs);

  /// out[m][n] = bias[n] + Σ_k x(m, k) · weights[k][n], k ascending, each step one fma.
  ///
  /// x(m, k) = x[m · x_row + k · x_column], so that a transposed x needs no copy. bias [outputs],
  /// or NULL for 0.
  void (*dense)(float *out, size_t out_stride, const float *x, size_t x_row, size_t x_column,
                const float *weights, size_t weight_stride, const float *_Nullable bias, size_t rows,
                size_t inputs, size_t outputs);

  /// sums[n] = Σ_m x[m][n], m ascending. x [rows, columns], sums [columns].
  void (*column_sums)(float *sums, const float *x, size_t stride, size_t rows, size_t columns);
} hm_product_kernels;

#pragma clang assume_nonnull end

#endif
