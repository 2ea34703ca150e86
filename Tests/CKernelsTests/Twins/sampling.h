static const hm_draw some_draw = {1, 2, 3, 4, 5};

static void sampling(const hm_kernels *k, size_t rows, size_t units, size_t unused) {
  (void)unused;
  size_t count = rows * units, stride = words(units);
  uint32_t *random = take(count * sizeof *random);
  k->sampling.random_words(random, count, some_draw), SEE(random_words, random, count);

  float *fields = floats(count, 30), *out = floats(count, 1);
  uint64_t *packed = bits(rows, units, 0);
  k->sampling.sample_logistic(packed, stride, out, units, fields, units, rows, units, some_draw);
  SEE(sample_logistic, packed, rows * stride), SEE(sample_logistic, out, count);
  k->sampling.sample_logistic(packed, stride, NULL, 0, fields, units, rows, units, some_draw);
  SEE(sample_logistic, packed, rows * stride);
  k->sampling.sample_logistic(packed, stride, fields, units, fields, units, rows, units, some_draw);
  SEE(sample_logistic, packed, rows * stride), SEE(sample_logistic, fields, count);

  const float *given[] = {floats(count, 1.5f), floats(count, 0x1p-31f),
                          patterns(count * sizeof(float))};
  for (int i = 0; i < 3; i++) {
    k->sampling.sample_bernoulli(packed, stride, given[i], units, rows, units, some_draw);
    SEE(sample_bernoulli, packed, rows * stride);
  }
}
