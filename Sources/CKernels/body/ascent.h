/// The step of a gradient ascent.

static inline vint ascend_lanes(vfloat *w, vfloat *velocity, vfloat positive, vfloat negative,
                                hm_ascent step, int has_velocity) {
  vfloat gradient = fma_all(all(-step.negative), negative, step.positive * positive);
  gradient = fma_all(all(-step.decay), *w, gradient);
  vfloat change = step.rate * gradient;
  if (has_velocity) {
    change = fma_all(all(step.momentum), *velocity, change);
    *velocity = change;
  }
  *w += change;
  return ~(*w - *w == 0);
}

static int ascend(float *w, float *velocity, const float *positive, const float *negative,
                  size_t count, hm_ascent step) {
  vint diverged = {0};
  size_t i = 0;
  for (; i + HM_WIDTH <= count; i += HM_WIDTH) {
    vfloat value = load(w + i);
    vfloat speed = velocity ? load(velocity + i) : (vfloat){0};
    diverged |= ascend_lanes(&value, &speed, load(positive + i), load(negative + i), step,
                             velocity != NULL);
    store(w + i, value);
    if (velocity) store(velocity + i, speed);
  }
  if (i < count) {
    size_t left = count - i;
    vfloat value = load_some(w + i, left);
    vfloat speed = velocity ? load_some(velocity + i, left) : (vfloat){0};
    diverged |= ascend_lanes(&value, &speed, load_some(positive + i, left),
                             load_some(negative + i, left), step, velocity != NULL);
    store_some(w + i, value, left);
    if (velocity) store_some(velocity + i, speed, left);
  }
  return mask_bits(diverged) != 0;
}

/// Whether unit k is on in some sample.
static inline int is_ever_on(hm_inputs units, size_t k) {
  uint64_t any = 0;
  for (size_t w = 0; w < (units.count + 63) / 64; w++) any |= units.bits[k * units.stride + w];
  return any != 0;
}

/// Whether units that are never on keep their weights.
static inline int may_skip(hm_panels target, hm_ascent step) {
  return target.velocity == NULL && step.decay == 0;
}
