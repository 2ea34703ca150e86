static void products(const hm_kernels *k, size_t rows, size_t inputs, size_t outputs) {
  size_t stride = lines(outputs), size = rows * stride;
  float *out = floats(size, 1), *x = floats(rows * inputs, 1), *bias = floats(stride, 1);
  float *weights = floats(inputs * stride, 1);
  for (int sparsity = 0; sparsity <= 3; sparsity++) {
    uint64_t *packed = bits(rows, inputs, sparsity);
    k->products.binary(out, stride, packed, words(inputs), weights, stride,
                       sparsity == 1 ? NULL : bias, rows, inputs, outputs);
    SEE(binary, out, size);
  }
  k->products.dense(out, stride, x, inputs, 1, weights, stride, NULL, rows, inputs, outputs);
  SEE(dense, out, size);
  k->products.dense(out, stride, x, 1, rows, weights, stride, bias, rows, inputs, outputs);
  SEE(dense, out, size);
  k->products.column_sums(bias, out, stride, rows, outputs), SEE(column_sums, bias, stride);
}
