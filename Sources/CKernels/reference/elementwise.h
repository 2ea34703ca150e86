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
