/// Transposes by blocks that stay in registers.

typedef float vfour __attribute__((vector_size(16)));

static inline void transpose_four(float *out, size_t out_stride, const float *in,
                                  size_t in_stride) {
  vfour a[4];
  for (size_t i = 0; i < 4; i++) memcpy(&a[i], in + i * in_stride, sizeof a[i]);
  vfour low01 = __builtin_shufflevector(a[0], a[1], 0, 4, 1, 5);
  vfour low23 = __builtin_shufflevector(a[2], a[3], 0, 4, 1, 5);
  vfour high01 = __builtin_shufflevector(a[0], a[1], 2, 6, 3, 7);
  vfour high23 = __builtin_shufflevector(a[2], a[3], 2, 6, 3, 7);
  vfour b[4] = {
      __builtin_shufflevector(low01, low23, 0, 1, 4, 5),
      __builtin_shufflevector(low01, low23, 2, 3, 6, 7),
      __builtin_shufflevector(high01, high23, 0, 1, 4, 5),
      __builtin_shufflevector(high01, high23, 2, 3, 6, 7),
  };
  for (size_t i = 0; i < 4; i++) memcpy(out + i * out_stride, &b[i], sizeof b[i]);
}

static void transpose(float *out, size_t out_stride, const float *in, size_t in_stride,
                      size_t rows, size_t columns) {
  for (size_t m = 0; m < rows; m += 4) {
    size_t height = rows - m < 4 ? rows - m : 4;
    for (size_t n = 0; n < columns; n += 4) {
      size_t width = columns - n < 4 ? columns - n : 4;
      const float *from = in + m * in_stride + n;
      float *to = out + n * out_stride + m;
      if (height == 4 && width == 4) {
        transpose_four(to, out_stride, from, in_stride);
        continue;
      }
      for (size_t i = 0; i < height; i++) {
        for (size_t j = 0; j < width; j++) to[j * out_stride + i] = from[i * in_stride + j];
      }
    }
  }
}

/// Transposes 64 × 64 bits by exchanging the off-diagonal quarters of ever smaller squares.
static inline void transpose_square(uint64_t rows[64]) {
  uint64_t mask = 0x00000000ffffffffu;
  for (int half = 32; half > 0; half >>= 1, mask ^= mask << half) {
    for (int square = 0; square < 64; square += 2 * half) {
      for (int i = square; i < square + half; i++) {
        uint64_t exchange = ((rows[i] >> half) ^ rows[i + half]) & mask;
        rows[i] ^= exchange << half;
        rows[i + half] ^= exchange;
      }
    }
  }
}

static void transpose_bits(uint64_t *out, size_t out_stride, const uint64_t *in, size_t in_stride,
                           size_t rows, size_t columns) {
  for (size_t m = 0; m < rows; m += 64) {
    for (size_t n = 0; n < columns; n += 64) {
      uint64_t square[64] = {0};
      for (size_t i = 0; i < 64 && m + i < rows; i++) {
        square[i] = in[(m + i) * in_stride + n / 64];
      }
      transpose_square(square);
      for (size_t i = 0; i < 64 && n + i < columns; i++) {
        out[(n + i) * out_stride + m / 64] = square[i];
      }
    }
  }
}

static void expand_bits(float *out, size_t out_stride, const uint64_t *bits, size_t bit_stride,
                        size_t rows, size_t columns) {
  vint position;
  for (int lane = 0; lane < HM_WIDTH; lane++) position[lane] = 1 << lane;
  for (size_t m = 0; m < rows; m++) {
    for (size_t n = 0; n < columns; n += HM_WIDTH) {
      vint word = (vint){0} + (int32_t)(bits[m * bit_stride + n / 64] >> (n % 64) & 0xffff);
      vfloat values = choose((word & position) != 0, all(1), all(0));
      float *to = out + m * out_stride + n;
      if (columns - n >= HM_WIDTH) {
        store(to, values);
      } else {
        store_some(to, values, columns - n);
      }
    }
  }
}
