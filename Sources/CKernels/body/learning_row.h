/// Contrastive divergence on one row after the other.

/// Moves the weights of a panel's units that are on in one of two rows of states: by one of three
/// lines of changes, which do not depend on the weights. The lanes that are no longer finite.
static inline vint move_units(float *w, const uint64_t *up, const uint64_t *down, size_t units,
                              const float *changes) {
  // 0 · x is 0 unless x is infinite or NaN.
  vfloat zeros[HM_LINE_VECTORS] = {0};
  for (size_t word = 0; word < (units + 63) / 64; word++) {
    for (uint64_t left = up[word] | down[word]; left != 0; left &= left - 1) {
      unsigned bit = (unsigned)__builtin_ctzll(left);
      size_t pattern = (up[word] >> bit & 1) + 2 * (down[word] >> bit & 1);
      float *line = w + (word * 64 + bit) * HM_LINE;
#pragma clang loop unroll(full)
      for (size_t v = 0; v < HM_LINE_VECTORS; v++) {
        vfloat moved = load(line + v * HM_WIDTH) + load(changes + pattern * HM_LINE + v * HM_WIDTH);
        zeros[v] = fma_all(moved, all(0), zeros[v]);
        store(line + v * HM_WIDTH, moved);
      }
    }
  }
  vint diverged = {0};
  for (size_t v = 0; v < HM_LINE_VECTORS; v++) diverged |= zeros[v] != 0;
  return diverged;
}

/// rate · (positive · rise − negative · fall), as `ascend` has it without velocity and decay: there
/// −0 · w is added, which turns −0 into +0 where it matters.
static inline vfloat change_along(vfloat rise, vfloat fall, hm_ascent step) {
  vfloat gradient = fma_all(all(-step.negative), fall, step.positive * rise);
  return step.rate * (gradient + 0.0f);
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

/// `learn` from one row of states in each phase, with the visible biases.
static int learn_row(hm_machine machine, const uint64_t *up, const float *hidden_up,
                     const uint64_t *down, const float *hidden_down, hm_ascent step) {
  vint diverged = {0};
  step.decay = 0;
  for (size_t n = 0; n * HM_LINE < machine.hidden; n++) {
    _Alignas(64) float changes[4 * HM_LINE];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < HM_LINE; v += HM_WIDTH) {
      vfloat rise = load(hidden_up + n * HM_LINE + v), fall = load(hidden_down + n * HM_LINE + v);
      store(changes + HM_LINE + v, change_along(rise, all(0), step));
      store(changes + 2 * HM_LINE + v, change_along(all(0), fall, step));
      store(changes + 3 * HM_LINE + v, change_along(rise, fall, step));
      vfloat bias = load(machine.hidden_bias + n * HM_LINE + v);
      diverged |= ascend_lanes(&bias, NULL, rise, fall, step, 0);
      store(machine.hidden_bias + n * HM_LINE + v, bias);
    }
    diverged |= move_units(machine.w + n * machine.height * HM_LINE, up, down, machine.visible,
                           changes);
  }
  for (size_t n = 0; n * HM_LINE < machine.visible; n++) {
    diverged |= move_line_of_biases(machine.visible_bias + n * HM_LINE,
                                    up[n / 4] >> (n % 4 * HM_LINE),
                                    down[n / 4] >> (n % 4 * HM_LINE), step);
  }
  return mask_bits(diverged) != 0;
}

/// One half-step of all panels; values and states where they are wanted.
static inline void step_row(hm_machine machine, int is_hidden, float *values, uint64_t *states,
                            const uint64_t *given, hm_draw draw) {
  const size_t units = is_hidden ? machine.hidden : machine.visible;
  const size_t panels = (units + HM_LINE - 1) / HM_LINE;
  const size_t next = (is_hidden ? machine.height : HM_LINE) * HM_LINE;
  row_inputs inputs = {.bits = given,
                       .count = is_hidden ? machine.visible : machine.hidden,
                       .w = machine.w,
                       .next = next,
                       .height = is_hidden ? 0 : machine.height,
                       .bias = is_hidden ? machine.hidden_bias : machine.visible_bias,
                       .is_masked = panels <= HM_MASKED_PANELS};
  const draw_rounds rounds = rounds_of(draw);
  for (size_t n = 0; n < panels; n += HM_ROW_PANELS) {
    _Alignas(64) float answers[HM_ROW_PANELS * HM_LINE] = {0};
    size_t left = panels - n < HM_ROW_PANELS ? panels - n : HM_ROW_PANELS;
    uint64_t word = answer_panels(answers, inputs, n, left, units, draw.chain,
                                  states ? &rounds : NULL);
    if (states) states[n / HM_ROW_PANELS] = word;
    if (values) memcpy(values + n * HM_LINE, answers, left * HM_LINE * sizeof *values);
  }
}

static int learn_from_row(hm_machine machine, hm_row row, size_t steps, hm_ascent step,
                          hm_draw draw) {
  step_row(machine, 1, row.hidden, row.hidden_states, row.data, draw);
  for (size_t k = 1; k <= steps; k++) {
    draw.step++;
    step_row(machine, 0, row.visible, row.visible_states, row.hidden_states, draw);
    draw.step++;
    step_row(machine, 1, row.chain_hidden, k < steps ? row.hidden_states : NULL,
             row.visible_states, draw);
  }
  return learn_row(machine, row.data, row.hidden, row.visible_states, row.chain_hidden, step);
}
