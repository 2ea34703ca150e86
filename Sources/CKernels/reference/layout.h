static uint64_t bit_at(const uint64_t *row, size_t n) { return row[n / 64] >> (n % 64) & 1; }

static void transpose(float *out, size_t out_stride, const float *in, size_t in_stride,
                      size_t rows, size_t columns) {
  for (size_t m = 0; m < rows; m++) {
    for (size_t n = 0; n < columns; n++) out[n * out_stride + m] = in[m * in_stride + n];
  }
}

static void transpose_bits(uint64_t *out, size_t out_stride, const uint64_t *in, size_t in_stride,
                           size_t rows, size_t columns) {
  for (size_t n = 0; n < columns; n++) {
    memset(out + n * out_stride, 0, (rows + 63) / 64 * sizeof *out);
    for (size_t m = 0; m < rows; m++) {
      out[n * out_stride + m / 64] |= bit_at(in + m * in_stride, n) << (m % 64);
    }
  }
}

static void expand_bits(float *out, size_t out_stride, const uint64_t *bits, size_t bit_stride,
                        size_t rows, size_t columns) {
  for (size_t m = 0; m < rows; m++) {
    for (size_t n = 0; n < columns; n++) {
      out[m * out_stride + n] = (float)bit_at(bits + m * bit_stride, n);
    }
  }
}
