/// Transposes and conversions; no arithmetic. No output overlaps its input.
#ifndef HM_LAYOUT_H
#define HM_LAYOUT_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct {
  /// out[n][m] = in[m][n]; in [rows, columns]. Padding is neither read nor written.
  void (*transpose)(float *out, size_t out_stride, const float *in, size_t in_stride, size_t rows,
                    size_t columns);
  /// The same for packed bits, strides in words. The ⌈rows/64⌉ words of each output row are
  /// written whole, unused bits 0; unused bits of the input must be 0.
  void (*transpose_bits)(uint64_t *out, size_t out_stride, const uint64_t *in, size_t in_stride,
                         size_t rows, size_t columns);
  /// out[m][n] = 1.0 or 0.0. Padding of out is not written.
  void (*expand_bits)(float *out, size_t out_stride, const uint64_t *bits, size_t bit_stride,
                      size_t rows, size_t columns);
} hm_layout_kernels;

#pragma clang assume_nonnull end

#endif
