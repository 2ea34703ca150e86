/// The functions for one Double, which are in no table but have the same bits everywhere too.
#define ELEMENTARY_FUNCTIONS 6

static void map_elementary(const double *x, size_t count) {
  double *out = take(count * sizeof *out);
#define MAP(function)                                         \
  for (size_t i = 0; i < count; i++) out[i] = function(x[i]); \
  SEE(function, out, count)
  MAP(hm_exp);
  MAP(hm_expm1);
  MAP(hm_log);
  MAP(hm_log1p);
  MAP(hm_logistic);
  MAP(hm_softplus);
#undef MAP
}

static void elementary(const hm_kernels *k, size_t count, size_t unused, size_t unused_too) {
  (void)k, (void)unused, (void)unused_too;
  double *near = doubles(count, 4);
  for (size_t i = 0; i < count; i++) near[i] -= 2;
  map_elementary(near, count);
  map_elementary(doubles(count, 800), count);
  map_elementary(patterns(count * sizeof(double)), count);
}
