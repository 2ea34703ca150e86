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

static int learn(hm_weights weights, hm_samples positive, hm_samples negative, size_t units,
                 size_t outputs, hm_ascent step) {
  int diverged = 0;
  for (size_t k = 0; k < units; k++) {
    for (size_t n = 0; n < outputs; n += HM_LINE) {
      float rise[HM_LINE], fall[HM_LINE];
      binary(rise, HM_LINE, positive.bits + k * positive.bit_stride, positive.bit_stride,
             positive.hidden + n, positive.hidden_stride, NULL, 1, positive.count, HM_LINE);
      binary(fall, HM_LINE, negative.bits + k * negative.bit_stride, negative.bit_stride,
             negative.hidden + n, negative.hidden_stride, NULL, 1, negative.count, HM_LINE);
      size_t i = k * weights.stride + n;
      diverged |= ascend(weights.w + i, weights.velocity ? weights.velocity + i : NULL, rise, fall,
                         HM_LINE, step);
      transpose(weights.transposed + n * weights.transposed_stride + k, weights.transposed_stride,
                weights.w + i, weights.stride, 1, outputs - n < HM_LINE ? outputs - n : HM_LINE);
    }
  }
  return diverged;
}
