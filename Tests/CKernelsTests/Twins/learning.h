static const hm_ascent some_step = {0.1f, 0.25f, 0.01f, 0.9f, 0.002f};

static void ascending(const hm_kernels *k, size_t count, size_t unused, size_t unused_too) {
  (void)unused, (void)unused_too;
  float *w = floats(count, 1), *velocity = floats(count, 1);
  float *positive = floats(count, 1), *negative = floats(count, 1);
  float *velocities[] = {NULL, velocity, velocity};
  for (int i = 0; i < 3; i++) {
    int diverged = k->learning.ascend(w, velocities[i], positive, negative, count, some_step);
    SEE(ascend, w, count), SEE(ascend, velocity, count), SEE(ascend, &diverged, 1);
  }
  // The bits of what is no longer finite are nobody's business.
  for (size_t i = 0; i < count; i++) {
    float kept = positive[i];
    positive[i] = HUGE_VALF;
    int diverged = k->learning.ascend(w, NULL, positive, negative, count, some_step);
    SEE(ascend, &diverged, 1);
    positive[i] = kept;
    w[i] = 1;
  }
}
