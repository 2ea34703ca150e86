/// σ and draws of a layer's units, panel by panel.

/// The rows that answer side by side: as many as the registers hold.
#if HM_WIDTH == 16
#define HM_ANSWERS 8
#else
#define HM_ANSWERS 4
#endif
#define HM_ANSWER_VECTORS (HM_ANSWERS * HM_LINE_VECTORS)

/// A panel whose units answer.
typedef struct {
  draw_rounds rounds;
  /// The counters of the first rows.
  draw_blocks blocks[HM_ANSWER_VECTORS / 2];
  /// −1 for each unit that there is.
  vint exists[HM_LINE_VECTORS];
  int is_whole;
} answering;

static answering begin_answer(size_t unit, size_t units, hm_draw draw) {
  answering panel = {.rounds = rounds_of(draw), .is_whole = units - unit >= HM_LINE};
  for (size_t lane = 0; lane < HM_LINE; lane++) {
    panel.exists[lane / HM_WIDTH][lane % HM_WIDTH] = unit + lane < units ? -1 : 0;
  }
#pragma clang loop unroll(full)
  for (size_t g = 0; g < HM_ANSWER_VECTORS / 2; g++) {
    for (size_t lane = 0; lane < HM_WIDTH / 2; lane++) {
      size_t block = g * (HM_WIDTH / 2) + block_in_lane(lane);
      panel.blocks[g].chain[lane] = draw.chain + block / (HM_LINE / 4);
      panel.blocks[g].unit[lane] = unit / 4 + block % (HM_LINE / 4);
    }
  }
  return panel;
}

/// Draws of so many rows from their probabilities, and on to the counters of the next.
static inline __attribute__((always_inline)) void draw_rows(uint16_t *states, const float *p,
                                                            size_t rows, answering *panel) {
  vuint words[HM_ANSWER_VECTORS];
  encipher(words, panel->blocks, (rows * HM_LINE_VECTORS + 1) / 2, &panel->rounds);
#pragma clang loop unroll(full)
  for (size_t g = 0; g < HM_ANSWER_VECTORS / 2; g++) panel->blocks[g].chain += all_lanes(rows);
#pragma clang loop unroll(full)
  for (size_t m = 0; m < rows; m++) {
    uint64_t bits = 0;
#pragma clang loop unroll(full)
    for (size_t v = 0; v < HM_LINE_VECTORS; v++) {
      vfloat chance = load(p + m * HM_LINE + v * HM_WIDTH);
      bits |= mask_bits(are_on(words[m * HM_LINE_VECTORS + v], chance)) << (v * HM_WIDTH);
    }
    states[m] = (uint16_t)bits;
  }
}

/// σ and draws for so many rows of a line, which is known when this is inlined.
static inline __attribute__((always_inline)) void answer_rows(float *values, uint16_t *states,
                                                              size_t rows, answering *panel) {
  const size_t count = rows * HM_LINE_VECTORS;
  vfloat p[HM_ANSWER_VECTORS];
  HM_EACH p[i] = load(values + i * HM_WIDTH);
  logistic_vectors(p, count);
  if (!panel->is_whole) HM_EACH p[i] = (vfloat)((vint)p[i] & panel->exists[i % HM_LINE_VECTORS]);
  HM_EACH store(values + i * HM_WIDTH, p[i]);
  if (states) draw_rows(states, values, rows, panel);
}

static void answer(hm_answers out, size_t panel, size_t rows, hm_draw draw) {
  float *values = out.values + panel * out.panel_rows * HM_LINE;
  uint16_t *states = out.states ? out.states + panel * out.state_rows : NULL;
  answering units = begin_answer(panel * HM_LINE, out.units, draw);
  for (size_t m = 0, taken; m < rows; m += taken) {
    const size_t left = rows - m;
    taken = left >= HM_ANSWERS ? HM_ANSWERS : left >= 4 ? 4 : left;
    float *line = values + m * HM_LINE;
    uint16_t *state = states ? states + m : NULL;
    switch (taken) {
      case 1: answer_rows(line, state, 1, &units); break;
      case 2: answer_rows(line, state, 2, &units); break;
      case 3: answer_rows(line, state, 3, &units); break;
      case 4: answer_rows(line, state, 4, &units); break;
      default: answer_rows(line, state, HM_ANSWERS, &units);
    }
  }
}
