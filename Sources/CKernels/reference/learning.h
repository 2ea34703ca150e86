static int ascend(float *w, float *velocity, const float *positive, const float *negative,
                  size_t count, hm_ascent step) {
#pragma STDC FP_CONTRACT OFF
  int diverged = 0;
  for (size_t i = 0; i < count; i++) {
    float gradient = hm_fma(-step.negative, negative[i], step.positive * positive[i]);
    gradient = hm_fma(-step.decay, w[i], gradient);
    float change = step.rate * gradient;
    if (velocity) {
      change = hm_fma(step.momentum, velocity[i], change);
      velocity[i] = change;
    }
    w[i] += change;
    diverged |= !(w[i] - w[i] == 0);
  }
  return diverged;
}
