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

static void learning(const hm_kernels *k, size_t units, size_t samples, size_t outputs) {
  if (samples == 0 || samples > HM_LEARN_SAMPLES) return;
  size_t stride = lines(outputs), size = units * stride;
  float *w = floats(size, 1), *velocity = floats(size, 1), *transposed = floats(outputs * units, 1);
  hm_samples up = {bits(units, samples, 1), words(samples), floats(samples * stride, 1), stride,
                   samples};
  hm_samples down = {bits(units, samples, 3), words(samples), floats(samples * stride, 1), stride,
                     samples};
  float *velocities[] = {NULL, velocity, velocity};
  for (int i = 0; i < 3; i++) {
    hm_weights target = {w, velocities[i], stride, transposed, units};
    int diverged = k->learning.learn(target, up, down, units, outputs, some_step);
    SEE(learn, w, size), SEE(learn, velocity, size), SEE(learn, transposed, outputs * units);
    SEE(learn, &diverged, 1);
  }
}
