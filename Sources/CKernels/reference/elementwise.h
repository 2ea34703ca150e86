static void exponential(float *out, const float *x, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = hm_exp_float(x[i]);
}

static void logarithm(float *out, const float *x, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = hm_log_float(x[i]);
}

static void logistic(float *out, const float *x, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = hm_logistic_float(x[i]);
}

static void softplus(float *out, const float *x, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = hm_softplus_float(x[i]);
}

static void exponential_double(double *out, const double *x, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = hm_exp(x[i]);
}

static void logistic_double(double *out, const double *x, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = hm_logistic(x[i]);
}

static double scaled_log_sum(double *x, const double *factors, size_t count) {
  double products[8] = {1, 1, 1, 1, 1, 1, 1, 1};
  int64_t exponent = 0;
  for (size_t i = 0; i < count; i++) {
    x[i] *= factors[i];
    products[i % 8] *= 1 + x[i];
    if (i % 64 < 56 && i + 8 < count) continue;
    uint64_t bits = hm_bits_of_double(products[i % 8]);
    exponent += (int64_t)(bits >> 52) - 1023;
    products[i % 8] = hm_double_of_bits((bits & 0x000fffffffffffffu) | 0x3ff0000000000000u);
  }
  double product = ((products[0] * products[1]) * (products[2] * products[3])) *
                   ((products[4] * products[5]) * (products[6] * products[7]));
  double e = (double)exponent;
  return e * HM_LN2_UPPER + (e * HM_LN2_LOWER + hm_log(product));
}
