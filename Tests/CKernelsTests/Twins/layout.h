static void layout(const hm_kernels *k, size_t rows, size_t columns, size_t unused) {
  (void)unused;
  float *x = floats(rows * columns, 1), *out = floats(rows * columns, 1);
  uint64_t *packed = bits(rows, columns, 1), *turned = bits(columns, rows, 0);
  k->layout.transpose(out, rows, x, columns, rows, columns), SEE(transpose, out, rows * columns);
  k->layout.transpose_bits(turned, words(rows), packed, words(columns), rows, columns);
  SEE(transpose_bits, turned, columns * words(rows));
  k->layout.expand_bits(out, columns, packed, words(columns), rows, columns);
  SEE(expand_bits, out, rows * columns);
}
