/// Learning from the statistics of both phases, panel by panel.

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
  add_rows(panel->fall, negative, all_words(negative), down, NULL, 0, room);
  for (size_t k = 0; k < negative.rows; k++) {
    if (!panel->moves[k]) continue;
    size_t place = k * HM_LINE;
    panel->diverged |= -ascend(panel->w + place, panel->velocity ? panel->velocity + place : NULL,
                               panel->rise + place, panel->fall + place, HM_LINE, panel->step);
  }
}

/// For each row, whether it moves.
static inline uint8_t *moves_of_many(hm_panels target, float *scratch) {
  return (uint8_t *)(scratch + 2 * target.height * HM_LINE);
}

static vint learn_many(hm_panels target, hm_statistics positive, hm_statistics negative,
                       size_t first, size_t end, hm_ascent step, float *scratch) {
  layer_room room;
  memset(room.table, 0, HM_LINE * sizeof *room.table);
  float *rise = scratch, *fall = scratch + target.height * HM_LINE;
  const layer_plan *plan = negative.units.plan;
  vint diverged = {0};
  for (size_t n = first; n < end; n++) {
    size_t place = n * target.height * HM_LINE;
    panel_source up = {positive.hidden + n * positive.panel_rows * HM_LINE, 0, 0};
    panel_source down = {negative.hidden + n * negative.panel_rows * HM_LINE, 0, 0};
    add_inputs_of(rise, positive.units, all_words(positive.units), up, NULL, 0, &room);
    panel_ascent panel = {.w = target.w + place,
                          .velocity = target.velocity ? target.velocity + place : NULL,
                          .rise = rise,
                          .fall = fall,
                          .moves = moves_of_many(target, scratch),
                          .step = step};
    if (plan->piece_count > 0) {
      for_each_chunk(negative.units, all_words(negative.units), down, &room, ascend_layer_chunk,
                     &panel);
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

static inline int are_few(hm_statistics positive, hm_statistics negative) {
  return positive.units.count <= HM_FEW_SAMPLES && negative.units.count <= HM_FEW_SAMPLES;
}

static void list_moves(hm_panels target, hm_statistics positive, hm_statistics negative,
                       hm_ascent step, float *scratch) {
  const int skips = may_skip(target, step);
  if (target.height == 0) return;
  if (are_few(positive, negative)) {
    list_few((few_moves *)scratch, positive, negative, skips);
    return;
  }
  uint8_t *moves = moves_of_many(target, scratch);
  for (size_t k = 0; k < positive.units.rows; k++) {
    moves[k] = !skips || is_ever_on(positive.units, k) || is_ever_on(negative.units, k);
  }
}

static int learn(hm_panels target, hm_statistics positive, hm_statistics negative, size_t first,
                 size_t end, hm_ascent step, float *scratch) {
  int diverged = 0;
  if (target.w && target.height > 0) {
    if (are_few(positive, negative)) {
      const few_moves *moves = (const few_moves *)scratch;
      diverged =
          mask_bits(learn_few(target, positive, negative, first, end, step, moves)) != 0;
    } else {
      diverged = mask_bits(learn_many(target, positive, negative, first, end, step, scratch)) != 0;
    }
  }
  for (size_t n = first; n < end && target.bias; n++) {
    diverged |= ascend_biases(target, positive, negative, n, step);
  }
  return diverged;
}
