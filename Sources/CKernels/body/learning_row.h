/// Contrastive divergence on one row after the other.

/// rate · (positive · rise − negative · fall), as `ascend` has it without velocity and decay: there
/// −0 · w is added, which turns −0 into +0 where it matters.
static inline vfloat change_along(vfloat rise, vfloat fall, hm_ascent step) {
  vfloat gradient = fma_all(all(-step.negative), fall, step.positive * rise);
  return step.rate * (gradient + 0.0f);
}

/// What a panel's weights change by, for each pattern of being on in the first and in the second of
/// two rows of states.
typedef struct {
  _Alignas(64) float lines[4][HM_LINE];
} row_changes;

/// Moves the weights of so many panels, which is known when this is inlined, of the units that are
/// on in one of two rows of states. The lanes that are no longer finite.
static inline __attribute__((always_inline)) vint move_units(float *w, size_t next, size_t panels,
                                                             const uint64_t *up,
                                                             const uint64_t *down, size_t units,
                                                             const row_changes *changes) {
  const size_t count = panels * HM_LINE_VECTORS;
  // 0 · x is 0 unless x is infinite or NaN.
  vfloat zeros[HM_WORD_LINES * HM_LINE_VECTORS] = {0};
  for (size_t word = 0; word < (units + 63) / 64; word++) {
    for (uint64_t left = up[word] | down[word]; left != 0; left &= left - 1) {
      unsigned bit = (unsigned)__builtin_ctzll(left);
      size_t pattern = (up[word] >> bit & 1) + 2 * (down[word] >> bit & 1);
      float *line = w + (word * 64 + bit) * HM_LINE;
      HM_EACH {
        const size_t panel = i / HM_LINE_VECTORS, lane = i % HM_LINE_VECTORS * HM_WIDTH;
        float *place = line + panel * next + lane;
        vfloat moved = load(place) + load(changes[panel].lines[pattern] + lane);
        zeros[i] = fma_all(moved, all(0), zeros[i]);
        store(place, moved);
      }
    }
  }
  vint diverged = {0};
  HM_EACH diverged |= zeros[i] != 0;
  return diverged;
}

/// Moves a line of visible biases.
static inline vint move_line_of_biases(float *bias, uint64_t up, uint64_t down, hm_ascent step) {
  vint diverged = {0};
#pragma clang loop unroll(full)
  for (size_t v = 0; v < HM_LINE; v += HM_WIDTH) {
    vfloat rise = choose(lane_mask(up >> v), all(1), all(0));
    vfloat fall = choose(lane_mask(down >> v), all(1), all(0));
    vfloat value = load(bias + v);
    diverged |= ascend_lanes(&value, NULL, rise, fall, step, 0);
    store(bias + v, value);
  }
  return diverged;
}

/// Moves so many panels from number `first` on, which is known when this is inlined, with their
/// biases.
static inline __attribute__((always_inline)) vint move_panels(
    const hm_machine *machine, size_t first, size_t panels, const uint64_t *up,
    const float *hidden_up, const uint64_t *down, const float *hidden_down, hm_ascent step) {
  row_changes changes[HM_WORD_LINES];
  const size_t count = panels * HM_LINE_VECTORS, next = machine->height * HM_LINE;
  vint diverged = {0};
  HM_EACH {
    float(*lines)[HM_LINE] = changes[i / HM_LINE_VECTORS].lines;
    const size_t lane = i % HM_LINE_VECTORS * HM_WIDTH, unit = first * HM_LINE + i * HM_WIDTH;
    vfloat rise = load(hidden_up + unit), fall = load(hidden_down + unit);
    store(lines[1] + lane, change_along(rise, all(0), step));
    store(lines[2] + lane, change_along(all(0), fall, step));
    store(lines[3] + lane, change_along(rise, fall, step));
    vfloat bias = load(machine->hidden_bias + unit);
    diverged |= ascend_lanes(&bias, NULL, rise, fall, step, 0);
    store(machine->hidden_bias + unit, bias);
  }
  return diverged | move_units(machine->w + first * next, next, panels, up, down, machine->visible,
                               changes);
}

/// `learn` from one row of states in each phase, with the visible biases.
static int learn_row(const hm_machine *machine, const uint64_t *up, const float *hidden_up,
                     const uint64_t *down, const float *hidden_down, hm_ascent step) {
  const size_t panels = (machine->hidden + HM_LINE - 1) / HM_LINE;
  vint diverged = {0};
  step.decay = 0;
  size_t n = 0;
  for (; n + HM_WORD_LINES <= panels; n += HM_WORD_LINES) {
    diverged |=
        move_panels(machine, n, HM_WORD_LINES, up, hidden_up, down, hidden_down, step);
  }
  if (n < panels) diverged |= move_panels(machine, n, 1, up, hidden_up, down, hidden_down, step);
  for (n = 0; n * HM_LINE < machine->visible; n++) {
    diverged |= move_line_of_biases(machine->visible_bias + n * HM_LINE,
                                    up[n / 4] >> (n % 4 * HM_LINE),
                                    down[n / 4] >> (n % 4 * HM_LINE), step);
  }
  return mask_bits(diverged) != 0;
}

/// One half-step of all panels; values where they are wanted, and states if they are drawn.
static inline void step_row(const hm_machine *machine, int is_hidden, float *values,
                            uint64_t *states, const uint64_t *given, uint32_t chain,
                            const draw_rounds *rounds) {
  const size_t units = is_hidden ? machine->hidden : machine->visible;
  const size_t panels = (units + HM_LINE - 1) / HM_LINE;
  const row_inputs inputs = {.bits = given,
                             .count = is_hidden ? machine->visible : machine->hidden,
                             .w = machine->w,
                             .next = (is_hidden ? machine->height : HM_LINE) * HM_LINE,
                             .height = is_hidden ? 0 : machine->height,
                             .bias = is_hidden ? machine->hidden_bias : machine->visible_bias,
                             .is_masked = panels <= HM_MASKED_PANELS};
  const row_answers answers = {values, HM_LINE, units};
  for (size_t n = 0, taken; n < panels; n += taken) {
    taken = panels_together(panels - n);
    const uint64_t drawn = is_hidden
                               ? answer_by_lines(&answers, &inputs, n, taken, chain, rounds)
                               : answer_by_squares(&answers, &inputs, n, taken, chain, rounds);
    if (!rounds) continue;
    const size_t word = n / HM_ROW_PANELS, place = n % HM_ROW_PANELS * HM_LINE;
    states[word] = drawn << place | (place > 0 ? states[word] : 0);
  }
}

static int learn_from_row(const hm_row_learning *row, const uint64_t *data, size_t steps,
                          uint32_t half_step) {
  hm_draw draw = row->draw;
  draw.step = half_step;
  draw_rounds rounds = rounds_of(draw);
  step_row(&row->machine, 1, row->hidden, row->hidden_states, data, draw.chain, &rounds);
  for (size_t k = 1; k <= steps; k++) {
    set_step(&rounds, draw.key_low, ++draw.step);
    step_row(&row->machine, 0, row->visible, row->visible_states, row->hidden_states, draw.chain,
             &rounds);
    set_step(&rounds, draw.key_low, ++draw.step);
    step_row(&row->machine, 1, row->chain_hidden, row->hidden_states, row->visible_states,
             draw.chain, k < steps ? &rounds : NULL);
  }
  return learn_row(&row->machine, data, row->hidden, row->visible_states, row->chain_hidden,
                   row->step);
}
