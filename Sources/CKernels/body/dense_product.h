/// Dense products in tiles of rows × lines whose sums stay in registers.

/// Sums `rows` rows and `lines` lines, both known when this is inlined.
static inline __attribute__((always_inline)) void dense_tile(
    int rows, int lines, float *out, size_t out_stride, const float *x, size_t x_row,
    size_t x_column, const float *weights, size_t weight_stride, const float *bias,
    size_t inputs) {
  vfloat sums[HM_DENSE_ROWS * HM_LINE_VECTORS + 4 * HM_LINE_VECTORS];
  const int vectors = lines * HM_LINE_VECTORS;
#pragma clang loop unroll(full)
  for (int v = 0; v < vectors; v++) {
    vfloat start = bias ? load(bias + v * HM_WIDTH) : all(0);
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) sums[r * vectors + v] = start;
  }
  for (size_t k = 0; k < inputs; k++) {
    const float *weight_row = weights + k * weight_stride;
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      vfloat input = all(x[(size_t)r * x_row + k * x_column]);
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++) {
        sums[r * vectors + v] =
            fma_all(input, load(weight_row + v * HM_WIDTH), sums[r * vectors + v]);
      }
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) {
      store(out + (size_t)r * out_stride + v * HM_WIDTH, sums[r * vectors + v]);
    }
  }
}

static void dense(float *out, size_t out_stride, const float *x, size_t x_row, size_t x_column,
                  const float *weights, size_t weight_stride, const float *bias, size_t rows,
                  size_t inputs, size_t outputs) {
  size_t lines = (outputs + HM_LINE - 1) / HM_LINE;
  for (size_t line = 0; line < lines;) {
    size_t wide = lines - line >= 4 ? 4 : 1;
    const float *block = weights + line * HM_LINE;
    const float *start = bias ? bias + line * HM_LINE : NULL;
    float *to = out + line * HM_LINE;
#define HM_TILE(tile_rows, tile_lines, column)                                          \
  dense_tile(tile_rows, tile_lines, to + m * out_stride + (column), out_stride, x + m * x_row, \
             x_row, x_column, block + (column), weight_stride,                          \
             start ? start + (column) : NULL, inputs)
    size_t m = 0;
    for (; m + HM_DENSE_ROWS <= rows; m += HM_DENSE_ROWS) {
      for (size_t i = 0; i < wide; i++) HM_TILE(HM_DENSE_ROWS, 1, i * HM_LINE);
    }
    for (; m + 2 <= rows; m += 2) {
      for (size_t i = 0; i < wide; i++) HM_TILE(2, 1, i * HM_LINE);
    }
    if (m < rows && wide == 4) HM_TILE(1, 4, 0);
    if (m < rows && wide == 1) HM_TILE(1, 1, 0);
#undef HM_TILE
    line += wide;
  }
}

static void column_sums(float *sums, const float *x, size_t stride, size_t rows, size_t columns) {
  for (size_t n = 0; n < columns; n += HM_LINE) {
    vfloat sum[HM_LINE_VECTORS] = {0};
    for (size_t m = 0; m < rows; m++) {
      for (int v = 0; v < HM_LINE_VECTORS; v++) {
        sum[v] += load(x + m * stride + n + (size_t)v * HM_WIDTH);
      }
    }
    for (int v = 0; v < HM_LINE_VECTORS; v++) store(sums + n + (size_t)v * HM_WIDTH, sum[v]);
  }
}
