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

/// From lane 4 f + c of a[i] to lane 4 f + i of a[c].
static inline __attribute__((always_inline)) void transpose_fours(vfloat a[4]) {
  vfloat low01 = HM_SHUFFLE_FOURS(a[0], a[1], 0, 4, 1, 5);
  vfloat low23 = HM_SHUFFLE_FOURS(a[2], a[3], 0, 4, 1, 5);
  vfloat high01 = HM_SHUFFLE_FOURS(a[0], a[1], 2, 6, 3, 7);
  vfloat high23 = HM_SHUFFLE_FOURS(a[2], a[3], 2, 6, 3, 7);
  a[0] = HM_SHUFFLE_FOURS(low01, low23, 0, 1, 4, 5);
  a[1] = HM_SHUFFLE_FOURS(low01, low23, 2, 3, 6, 7);
  a[2] = HM_SHUFFLE_FOURS(high01, high23, 0, 1, 4, 5);
  a[3] = HM_SHUFFLE_FOURS(high01, high23, 2, 3, 6, 7);
}

/// From lanes 4 f … of a[q] to lanes 4 q … of a[f].
static inline __attribute__((always_inline)) void transpose_blocks(vfloat a[HM_WIDTH / 4]) {
#if HM_WIDTH == 8
  vfloat first = __builtin_shufflevector(a[0], a[1], 0, 1, 2, 3, 8, 9, 10, 11);
  a[1] = __builtin_shufflevector(a[0], a[1], 4, 5, 6, 7, 12, 13, 14, 15);
  a[0] = first;
#elif HM_WIDTH == 16
  vfloat low01 = HM_SHUFFLE_BLOCKS(a[0], a[1], 0, 1, 4, 5);
  vfloat low23 = HM_SHUFFLE_BLOCKS(a[2], a[3], 0, 1, 4, 5);
  vfloat high01 = HM_SHUFFLE_BLOCKS(a[0], a[1], 2, 3, 6, 7);
  vfloat high23 = HM_SHUFFLE_BLOCKS(a[2], a[3], 2, 3, 6, 7);
  a[0] = HM_SHUFFLE_BLOCKS(low01, low23, 0, 2, 4, 6);
  a[1] = HM_SHUFFLE_BLOCKS(low01, low23, 1, 3, 5, 7);
  a[2] = HM_SHUFFLE_BLOCKS(high01, high23, 0, 2, 4, 6);
  a[3] = HM_SHUFFLE_BLOCKS(high01, high23, 1, 3, 5, 7);
#endif
}

/// Transposes one square of HM_LINE × HM_LINE without gaps.
static inline void transpose_line_square(float *out, const float *in) {
#pragma clang loop unroll(full)
  for (size_t row = 0; row < HM_LINE; row += HM_WIDTH) {
#pragma clang loop unroll(full)
    for (size_t column = 0; column < HM_LINE; column += HM_WIDTH) {
      vfloat a[HM_WIDTH];
#pragma clang loop unroll(full)
      for (size_t i = 0; i < HM_WIDTH; i++) a[i] = load(in + (row + i) * HM_LINE + column);
#pragma clang loop unroll(full)
      for (size_t four = 0; four < HM_WIDTH; four += 4) transpose_fours(a + four);
#pragma clang loop unroll(full)
      for (size_t i = 0; i < 4; i++) {
        vfloat blocks[HM_WIDTH / 4];
#pragma clang loop unroll(full)
        for (size_t k = 0; k < HM_WIDTH / 4; k++) blocks[k] = a[4 * k + i];
        transpose_blocks(blocks);
#pragma clang loop unroll(full)
        for (size_t k = 0; k < HM_WIDTH / 4; k++) {
          store(out + (column + 4 * k + i) * HM_LINE + row, blocks[k]);
        }
      }
    }
  }
}

/// Rows of bits that are exchanged together.
#define HM_EXCHANGED 4
typedef uint64_t bit_rows __attribute__((vector_size(8 * HM_EXCHANGED)));

/// Exchanges the off-diagonal quarters of the squares of 2 · half rows.
static inline __attribute__((always_inline)) void exchange_quarters(uint64_t rows[64], int half,
                                                                    uint64_t mask) {
  const int step = half < HM_EXCHANGED ? 1 : HM_EXCHANGED;
  for (int square = 0; square < 64; square += 2 * half) {
    for (int i = square; i < square + half; i += step) {
      if (step == 1) {
        uint64_t exchange = ((rows[i] >> half) ^ rows[i + half]) & mask;
        rows[i] ^= exchange << half;
        rows[i + half] ^= exchange;
        continue;
      }
      bit_rows upper, lower;
      memcpy(&upper, rows + i, sizeof upper);
      memcpy(&lower, rows + i + half, sizeof lower);
      bit_rows exchange = ((upper >> half) ^ lower) & mask;
      upper ^= exchange << half;
      lower ^= exchange;
      memcpy(rows + i, &upper, sizeof upper);
      memcpy(rows + i + half, &lower, sizeof lower);
    }
  }
}

/// Transposes 64 × 64 bits by exchanging the off-diagonal quarters of ever smaller squares.
static inline void transpose_square(uint64_t rows[64]) {
  exchange_quarters(rows, 32, 0x00000000ffffffffu);
  exchange_quarters(rows, 16, 0x0000ffff0000ffffu);
  exchange_quarters(rows, 8, 0x00ff00ff00ff00ffu);
  exchange_quarters(rows, 4, 0x0f0f0f0f0f0f0f0fu);
  exchange_quarters(rows, 2, 0x3333333333333333u);
  exchange_quarters(rows, 1, 0x5555555555555555u);
}

/// From this number of rows on, bits are transposed by squares.
#define HM_SQUARE_ROWS 8

static void transpose_bits(uint64_t *out, size_t out_stride, const uint64_t *in, size_t in_stride,
                           size_t rows, size_t columns) {
  if (rows < HM_SQUARE_ROWS) {
    for (size_t first = 0; first < columns && rows > 0; first += 64) {
      size_t count = columns - first < 64 ? columns - first : 64;
      uint64_t bits[64] = {0};
      for (size_t m = 0; m < rows; m++) {
        uint64_t word = in[m * in_stride + first / 64];
        for (size_t n = 0; n < 64; n++) bits[n] |= (word >> n & 1) << m;
      }
      for (size_t n = 0; n < count; n++) out[(first + n) * out_stride] = bits[n];
    }
    return;
  }
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
  for (size_t m = 0; m < rows; m++) {
    for (size_t n = 0; n < columns; n += HM_WIDTH) {
      vint on = lane_mask(bits[m * bit_stride + n / 64] >> (n % 64));
      vfloat values = choose(on, all(1), all(0));
      float *to = out + m * out_stride + n;
      if (columns - n >= HM_WIDTH) {
        store(to, values);
      } else {
        store_some(to, values, columns - n);
      }
    }
  }
}
