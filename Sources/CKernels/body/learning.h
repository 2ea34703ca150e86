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

/// Up to so many groups of samples in each phase, sums need no plan: all patterns of all groups
/// stay in the first cache, and adding an entry of zeros costs less than a branch.
#define HM_FEW_GROUPS 8

/// Units whose movements are listed at a time.
#define HM_MOVING 1024

/// The sums of all patterns of a group of so many samples, which is known when this is inlined.
static inline __attribute__((always_inline)) void fill_group(float *table, const float *samples,
                                                             size_t count) {
  for (size_t v = 0; v < HM_LINE; v += HM_WIDTH) {
    vfloat sums[HM_PATTERNS];
    sums[0] = all(0);
#pragma clang loop unroll(full)
    for (size_t m = 0; m < count; m++) {
      vfloat value = load(samples + m * HM_LINE + v);
#pragma clang loop unroll(full)
      for (size_t lower = 0; lower < (size_t)1 << m; lower++) {
        sums[((size_t)1 << m) + lower] = sums[lower] + value;
      }
    }
#pragma clang loop unroll(full)
    for (size_t pattern = 0; pattern < (size_t)1 << count; pattern++) {
      store(table + pattern * HM_LINE + v, sums[pattern]);
    }
  }
}

/// The same for a few samples of one panel.
static void fill_few(float *table, const float *samples, size_t count) {
  for (; count >= 4; count -= 4, samples += 4 * HM_LINE, table += HM_PATTERNS * HM_LINE) {
    fill_group(table, samples, 4);
  }
  if (count == 3) fill_group(table, samples, 3);
  if (count == 2) fill_group(table, samples, 2);
  if (count == 1) fill_group(table, samples, 1);
}

static inline void sum_few(vfloat sums[HM_LINE_VECTORS], const float *table, uint64_t bits,
                           size_t groups) {
  for (int v = 0; v < HM_LINE_VECTORS; v++) sums[v] = all(0);
  for (size_t group = 0; group < groups; group++, bits >>= 4) {
    const float *entry = table + (group * HM_PATTERNS + (bits & 15)) * HM_LINE;
    for (int v = 0; v < HM_LINE_VECTORS; v++) sums[v] += load(entry + v * HM_WIDTH);
  }
}

/// Moves a panel along the statistics of a few samples; the lanes that are no longer finite.
static inline __attribute__((always_inline)) vint ascend_along_few(
    float *w, float *velocity, const uint16_t *moving, size_t count, hm_inputs positive,
    const float *up, size_t ups, hm_inputs negative, const float *down, size_t downs,
    hm_ascent step) {
  vint diverged = {0};
  for (size_t i = 0; i < count; i++) {
    size_t k = moving[i];
    vfloat rise[HM_LINE_VECTORS], fall[HM_LINE_VECTORS];
    sum_few(rise, up, positive.bits[k * positive.stride], ups);
    sum_few(fall, down, negative.bits[k * negative.stride], downs);
#pragma clang loop unroll(full)
    for (size_t v = 0; v < HM_LINE_VECTORS; v++) {
      size_t place = k * HM_LINE + v * HM_WIDTH;
      vfloat value = load(w + place), speed = velocity ? load(velocity + place) : (vfloat){0};
      diverged |= ascend_lanes(&value, &speed, rise[v], fall[v], step, velocity != NULL);
      store(w + place, value);
      if (velocity) store(velocity + place, speed);
    }
  }
  return diverged;
}

/// `learn` where each phase has few groups of samples.
static vint learn_few(hm_panels target, hm_statistics positive, hm_statistics negative,
                      size_t first, size_t end, hm_ascent step) {
  _Alignas(64) float tables[2][HM_FEW_GROUPS * HM_PATTERNS * HM_LINE];
  uint16_t moving[HM_MOVING];
  const int skips = may_skip(target, step);
  const size_t ups = (positive.units.count + 3) / 4, downs = (negative.units.count + 3) / 4;
  vint diverged = {0};
  for (size_t top = 0; top < positive.units.rows; top += HM_MOVING) {
    size_t left = positive.units.rows - top, count = 0;
    hm_inputs rise = positive.units, fall = negative.units;
    rise.bits += top * rise.stride;
    fall.bits += top * fall.stride;
    for (size_t k = 0; k < (left < HM_MOVING ? left : HM_MOVING); k++) {
      moving[count] = (uint16_t)k;
      uint64_t any = rise.bits[k * rise.stride] | fall.bits[k * fall.stride];
      count += (any != 0) | !skips;
    }
    for (size_t n = first; n < end; n++) {
      size_t place = (n * target.height + top) * HM_LINE;
      float *w = target.w + place, *velocity = target.velocity ? target.velocity + place : NULL;
      fill_few(tables[0], positive.hidden + n * positive.panel_rows * HM_LINE, rise.count);
      fill_few(tables[1], negative.hidden + n * negative.panel_rows * HM_LINE, fall.count);
      // Known numbers of groups, the usual ones, spare the inner loops.
#define HM_ASCEND(ups, downs, velocity)                                                          \
  ascend_along_few(w, velocity, moving, count, rise, tables[0], ups, fall, tables[1], downs, step)
      if (ups == 1 && downs == 1 && !velocity) {
        diverged |= HM_ASCEND(1, 1, NULL);
      } else if (ups == 3 && downs == 3 && !velocity) {
        diverged |= HM_ASCEND(3, 3, NULL);
      } else {
        diverged |= HM_ASCEND(ups, downs, velocity);
      }
#undef HM_ASCEND
    }
  }
  return diverged;
}

/// A panel that moves: along `rise`, and `fall` as its sums become complete.
typedef struct {
  float *w, *velocity;
  const float *rise;
  float *fall;
  /// For each row, whether it moves.
  const uint8_t *moves;
  hm_ascent step;
  vint diverged;
} panel_ascent;

/// Adds a tile of a last chunk to `fall` and moves the weights of its first `count` rows.
static inline __attribute__((always_inline)) void ascend_tile(panel_ascent *panel, layer_chunk at,
                                                              float *table, plan_tile tile,
                                                              size_t count, int has_velocity) {
  vfloat sums[HM_ROWS][HM_LINE_VECTORS];
#pragma clang loop unroll(full)
  for (int r = 0; r < HM_ROWS; r++) {
    const float *line = panel->fall + (at.top + tile.order[r]) * HM_LINE;
#pragma clang loop unroll(full)
    for (int v = 0; v < HM_LINE_VECTORS; v++) {
      sums[r][v] = at.is_first ? all(0) : load(line + v * HM_WIDTH);
    }
  }
  add_entries(sums, table, tile.entries, tile.count, HM_ROWS);
#pragma clang loop unroll(full)
  for (int r = 0; r < HM_ROWS; r++) {
    size_t k = at.top + tile.order[r];
    if ((size_t)r >= count || !panel->moves[k]) continue;
#pragma clang loop unroll(full)
    for (int v = 0; v < HM_LINE_VECTORS; v++) {
      size_t place = k * HM_LINE + (size_t)v * HM_WIDTH;
      vfloat value = load(panel->w + place);
      vfloat speed = has_velocity ? load(panel->velocity + place) : (vfloat){0};
      panel->diverged |= ascend_lanes(&value, &speed, load(panel->rise + place), sums[r][v],
                                      panel->step, has_velocity);
      store(panel->w + place, value);
      if (has_velocity) store(panel->velocity + place, speed);
    }
  }
}

static inline __attribute__((always_inline)) void ascend_along_chunk(
    panel_ascent *panel, layer_chunk at, float *table, int has_velocity) {
  size_t cell = at.chunk->first_word * whole_tiles(at.rows);
  const uint16_t *counts = at.piece->counts + cell / HM_ROWS;
  plan_tile tile = {at.piece->order + cell, at.piece->entries + cell * HM_GROUPS, 0};
  for (size_t m = 0; m < at.rows; m += HM_ROWS, tile.order += HM_ROWS) {
    tile.count = *counts++;
    // In no order that the machine foresees.
    for (size_t r = HM_ROWS; r < 2 * HM_ROWS && m + r < at.rows; r++) {
      __builtin_prefetch(panel->w + (at.top + tile.order[r]) * HM_LINE, 1);
    }
    ascend_tile(panel, at, table, tile, at.rows - m, has_velocity);
    tile.entries += at.chunk->words * HM_GROUPS * HM_ROWS;
  }
}

static inline void ascend_layer_chunk(void *context, layer_chunk at, float *table) {
  panel_ascent *panel = context;
  if (!at.is_last) {
    panel_sums sums = {.out = panel->fall};
    add_layer_chunk(&sums, at, table);
  } else if (panel->velocity) {
    ascend_along_chunk(panel, at, table, 1);
  } else {
    ascend_along_chunk(panel, at, table, 0);
  }
}

/// The same where the sums of `fall` need no plan.
static void ascend_along_rows(panel_ascent *panel, hm_inputs negative, panel_source down,
                              layer_room *room) {
  add_rows(panel->fall, negative, down, NULL, room);
  for (size_t k = 0; k < negative.rows; k++) {
    if (!panel->moves[k]) continue;
    size_t place = k * HM_LINE;
    panel->diverged |= -ascend(panel->w + place, panel->velocity ? panel->velocity + place : NULL,
                               panel->rise + place, panel->fall + place, HM_LINE, panel->step);
  }
}

static vint learn_many(hm_panels target, hm_statistics positive, hm_statistics negative,
                       size_t first, size_t end, hm_ascent step, float *scratch) {
  layer_room room;
  memset(room.table, 0, HM_LINE * sizeof *room.table);
  float *rise = scratch, *fall = scratch + target.height * HM_LINE;
  uint8_t *moves = (uint8_t *)(scratch + 2 * target.height * HM_LINE);
  const int skips = may_skip(target, step);
  for (size_t k = 0; k < positive.units.rows; k++) {
    moves[k] = !skips || is_ever_on(positive.units, k) || is_ever_on(negative.units, k);
  }
  const layer_plan *plan = negative.units.plan;
  vint diverged = {0};
  for (size_t n = first; n < end; n++) {
    size_t place = n * target.height * HM_LINE;
    panel_source up = {positive.hidden + n * positive.panel_rows * HM_LINE, 0, 0};
    panel_source down = {negative.hidden + n * negative.panel_rows * HM_LINE, 0, 0};
    add_inputs_of(rise, positive.units, up, NULL, &room);
    panel_ascent panel = {.w = target.w + place,
                          .velocity = target.velocity ? target.velocity + place : NULL,
                          .rise = rise,
                          .fall = fall,
                          .moves = moves,
                          .step = step};
    if (plan->piece_count > 0) {
      for_each_chunk(negative.units, down, &room, ascend_layer_chunk, &panel);
    } else {
      ascend_along_rows(&panel, negative.units, down, &room);
    }
    diverged |= panel.diverged;
  }
  return diverged;
}

/// Moves one panel's biases.
static int ascend_biases(hm_panels target, hm_statistics positive, hm_statistics negative,
                         size_t panel, hm_ascent step) {
  float rise[HM_LINE], fall[HM_LINE];
  column_sums(rise, positive.hidden + panel * positive.panel_rows * HM_LINE, HM_LINE,
              positive.units.count, HM_LINE);
  column_sums(fall, negative.hidden + panel * negative.panel_rows * HM_LINE, HM_LINE,
              negative.units.count, HM_LINE);
  step.decay = 0;
  size_t place = panel * HM_LINE;
  return ascend(target.bias + place, target.bias_velocity ? target.bias_velocity + place : NULL,
                rise, fall, HM_LINE, step);
}

static int are_few(hm_statistics statistics) {
  return statistics.units.count <= 4 * HM_FEW_GROUPS;
}

static int learn(hm_panels target, hm_statistics positive, hm_statistics negative, size_t first,
                 size_t end, hm_ascent step, float *scratch) {
  int diverged = 0;
  if (target.w) {
    if (!are_few(positive) || !are_few(negative)) {
      plan(positive.units, end - first);
      plan(negative.units, end - first);
      diverged = mask_bits(learn_many(target, positive, negative, first, end, step, scratch)) != 0;
    } else {
      diverged = mask_bits(learn_few(target, positive, negative, first, end, step)) != 0;
    }
  }
  for (size_t n = first; n < end && target.bias; n++) {
    diverged |= ascend_biases(target, positive, negative, n, step);
  }
  return diverged;
}
