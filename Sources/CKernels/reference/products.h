static size_t whole_lines(size_t count) { return (count + HM_LINE - 1) / HM_LINE * HM_LINE; }

static void binary(float *out, size_t out_stride, const uint64_t *bits, size_t bit_stride,
                   const float *weights, size_t weight_stride, const float *bias, size_t rows,
                   size_t inputs, size_t outputs) {
  for (size_t m = 0; m < rows; m++) {
    const uint64_t *row = bits + m * bit_stride;
    for (size_t n = 0; n < whole_lines(outputs); n++) {
      // Never −0 from here on, so that leaving out a group of zeros changes nothing.
      float sum = (bias ? bias[n] : 0.0f) + 0.0f;
      for (size_t first = 0; first < inputs; first += 4) {
        float group = 0;
        for (size_t k = first; k < first + 4 && k < inputs; k++) {
          if (row[k / 64] >> (k % 64) & 1) group += weights[k * weight_stride + n];
        }
        sum += group;
      }
      out[m * out_stride + n] = sum;
    }
  }
}

static void dense(float *out, size_t out_stride, const float *x, size_t x_row, size_t x_column,
                  const float *weights, size_t weight_stride, const float *bias, size_t rows,
                  size_t inputs, size_t outputs) {
  for (size_t m = 0; m < rows; m++) {
    for (size_t n = 0; n < whole_lines(outputs); n++) {
      float sum = bias ? bias[n] : 0.0f;
      for (size_t k = 0; k < inputs; k++) {
        sum = hm_fma(x[m * x_row + k * x_column], weights[k * weight_stride + n], sum);
      }
      out[m * out_stride + n] = sum;
    }
  }
}

static void column_sums(float *sums, const float *x, size_t stride, size_t rows, size_t columns) {
  for (size_t n = 0; n < whole_lines(columns); n++) {
    float sum = 0;
    for (size_t m = 0; m < rows; m++) sum += x[m * stride + n];
    sums[n] = sum;
  }
}
