static void map_floats(const hm_kernels *k, const float *x, size_t count) {
  float *out = take(count * sizeof *out);
  k->elementwise.exponential(out, x, count), SEE(exponential, out, count);
  k->elementwise.logarithm(out, x, count), SEE(logarithm, out, count);
  k->elementwise.logistic(out, x, count), SEE(logistic, out, count);
  k->elementwise.softplus(out, x, count), SEE(softplus, out, count);
}

static void map_doubles(const hm_kernels *k, const double *x, size_t count) {
  double *out = take(count * sizeof *out);
  k->elementwise.exponential_double(out, x, count), SEE(exponential_double, out, count);
  k->elementwise.logistic_double(out, x, count), SEE(logistic_double, out, count);
}

static void elementwise(const hm_kernels *k, size_t count, size_t unused, size_t unused_too) {
  (void)unused, (void)unused_too;
  map_floats(k, floats(count, 100), count);
  map_floats(k, patterns(count * sizeof(float)), count);
  map_doubles(k, doubles(count, 800), count);
  map_doubles(k, patterns(count * sizeof(double)), count);
}

/// One Float pattern in `stride`, in order.
static void every_float(const hm_kernels *k, size_t stride, size_t unused, size_t unused_too) {
  (void)unused, (void)unused_too;
  size_t count = UINT32_MAX / stride;
  uint32_t *x = take(count * sizeof *x);
  for (size_t i = 0; i < count; i++) x[i] = (uint32_t)(i * stride);
  map_floats(k, (const float *)x, count);
}
