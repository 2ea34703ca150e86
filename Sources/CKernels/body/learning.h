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

/// One line of the statistics of a plan's rows.
typedef struct {
  _Alignas(64) float positive[HM_PLAN_CELLS / 2][HM_LINE], negative[HM_PLAN_CELLS / 2][HM_LINE];
} line_statistics;

/// Moves one line of `rows` rows; the mask of the lanes that are no longer finite.
static inline vint ascend_line(float *w, float *velocity, size_t stride,
                               const line_statistics *statistics, size_t rows, hm_ascent step) {
  vint diverged = {0};
  for (size_t k = 0; k < rows; k++) {
    for (int v = 0; v < HM_LINE; v += HM_WIDTH) {
      size_t i = k * stride + (size_t)v;
      vfloat value = load(w + i);
      vfloat speed = velocity ? load(velocity + i) : (vfloat){0};
      diverged |= ascend_lanes(&value, &speed, load(statistics->positive[k] + v),
                               load(statistics->negative[k] + v), step, velocity != NULL);
      store(w + i, value);
      if (velocity) store(velocity + i, speed);
    }
  }
  return diverged;
}

static void plan_samples(binary_plan *plan, hm_samples samples, size_t top, size_t rows) {
  make_plan(plan, samples.bits + top * samples.bit_stride, samples.bit_stride, rows,
            (samples.count + 63) / 64, samples.count, samples.hidden_stride);
}

static int learn(hm_weights weights, hm_samples positive, hm_samples negative, size_t units,
                 size_t outputs, hm_ascent step) {
  binary_plan positive_plan, negative_plan;
  line_statistics statistics;
  _Alignas(64) float table[HM_TABLE_ENTRIES * HM_LINE];
  memset(table, 0, HM_LINE * sizeof *table);
  size_t samples = positive.count > negative.count ? positive.count : negative.count;
  size_t words = (samples + 63) / 64;
  size_t most_rows = HM_PLAN_CELLS / (words < 2 ? 2 : words);
  vint diverged = {0};
  for (size_t top = 0; top < units; top += most_rows) {
    size_t rows = units - top < most_rows ? units - top : most_rows;
    plan_samples(&positive_plan, positive, top, rows);
    plan_samples(&negative_plan, negative, top, rows);
    for (size_t n = 0; n < outputs; n += HM_LINE) {
      size_t place = top * weights.stride + n;
      add_plan(statistics.positive[0], HM_LINE, table, &positive_plan, positive.hidden + n, NULL,
               1, rows, positive.hidden_stride, HM_LINE);
      add_plan(statistics.negative[0], HM_LINE, table, &negative_plan, negative.hidden + n, NULL,
               1, rows, negative.hidden_stride, HM_LINE);
      diverged |= ascend_line(weights.w + place, weights.velocity ? weights.velocity + place : NULL,
                              weights.stride, &statistics, rows, step);
      transpose(weights.transposed + n * weights.transposed_stride + top,
                weights.transposed_stride, weights.w + place, weights.stride, rows,
                outputs - n < HM_LINE ? outputs - n : HM_LINE);
    }
  }
  return mask_bits(diverged) != 0;
}
