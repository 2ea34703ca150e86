#include "../body/scaled_sum.h"

static void product(double *out, const double *a, const double *b, size_t rows, size_t inner,
                    size_t columns) {
#pragma STDC FP_CONTRACT OFF
  for (size_t m = 0; m < rows; m++) {
    for (size_t n = 0; n < columns; n++) {
      double sum = 0;
      for (size_t k = 0; k < inner; k++) sum += a[m * inner + k] * b[k * columns + n];
      out[m * columns + n] = sum;
    }
  }
}

static void layer_sums(double *sums, int64_t *exponents, const double *g, const double *h,
                       const double *starts, const int64_t *powers, size_t rows, size_t units,
                       size_t columns, size_t stretch) {
#pragma STDC FP_CONTRACT OFF
  for (size_t m = 0; m < rows; m++) {
    sums[m] = 0;
    exponents[m] = HM_NO_EXPONENT;
    for (size_t n = 0; n < columns; n++) {
      double mantissa = 1;
      int64_t power = powers[n];
      for (size_t k = 0; k < units; k++) {
        mantissa *= 1 + g[m * units + k] * h[k * columns + n];
        if ((k + 1) % stretch == 0 || k + 1 == units) {
          power += (int64_t)(hm_bits_of_double(mantissa) >> 52) - 1023;
          mantissa = hm_mantissa(mantissa);
        }
      }
      hm_add_scaled(&sums[m], &exponents[m], starts[n] * mantissa, power);
    }
  }
}
