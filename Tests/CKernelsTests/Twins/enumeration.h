static void enumeration_products(const hm_kernels *k, size_t rows, size_t inner, size_t columns) {
  double *out = doubles(rows * columns, 1);
  double *a = doubles(rows * inner, 1), *b = doubles(inner * columns, 1);
  k->enumeration.product(out, a, b, rows, inner, columns), SEE(product, out, rows * columns);
}

static void layer_sums(const hm_kernels *k, size_t rows, size_t units, size_t columns) {
  if (columns == 0) return;
  double *sums = doubles(rows, 1), *starts = doubles(columns, 1);
  int64_t *exponents = take(rows * sizeof *exponents), *powers = take(columns * sizeof *powers);
  for (size_t n = 0; n < columns; n++) powers[n] = 3 - (int64_t)(n * n * n);
  static const double scales[] = {0.5, 3, 1e4};
  for (size_t i = 0; i < 3; i++) {
    double *g = doubles(rows * units, scales[i]), *h = doubles(units * columns, scales[i]);
    k->enumeration.layer_sums(sums, exponents, g, h, starts, powers, rows, units, columns,
                              1 + 14 * i);
    SEE(layer_sums, sums, rows), SEE(layer_sums, exponents, rows);
  }
}
