static size_t plan_bytes(size_t rows, size_t count, size_t plan_words) {
  (void)rows, (void)count, (void)plan_words;
  return 1;
}

static void plan(hm_inputs inputs, size_t panels, size_t first, size_t end) {
  (void)inputs, (void)panels, (void)first, (void)end;
}

static void answer(hm_answers out, size_t panel, size_t rows, hm_draw draw) {
  for (size_t m = 0; m < rows; m++, draw.chain++) {
    float *values = out.values + (panel * out.panel_rows + m) * HM_LINE;
    uint32_t bits = 0;
    for (size_t j = 0; j < HM_LINE; j++) {
      size_t unit = panel * HM_LINE + j;
      values[j] = unit < out.units ? hm_logistic_float(values[j]) : 0;
      if (!out.states) continue;
      int on = unit < out.units && is_on(random_word(draw, unit), values[j]);
      if (on) bits |= 1u << j;
    }
    if (out.states) out.states[panel * out.state_rows + m] = (uint16_t)bits;
  }
}

static void hidden(hm_answers out, hm_inputs visible, const float *w, size_t height,
                   const float *bias, size_t first, size_t end, hm_draw draw) {
  for (size_t n = first; n < end; n++) {
    binary(out.values + n * out.panel_rows * HM_LINE, HM_LINE, visible.bits, visible.stride,
           w + n * height * HM_LINE, HM_LINE, bias + n * HM_LINE, visible.rows, visible.count,
           HM_LINE);
    answer(out, n, visible.rows, draw);
  }
}

/// `sum` and the weights between visible unit k and those of some hidden units that are on in row m.
static float add_hidden(float sum, hm_inputs hidden, const float *w, size_t height, size_t m,
                        size_t k, size_t first, size_t end) {
  // As in `binary`.
  sum += 0.0f;
  for (size_t group = first; group < end; group += 4) {
    float part = 0;
    for (size_t j = group; j < group + 4 && j < end; j++) {
      const float *weight = w + (j / HM_LINE * height + k) * HM_LINE + j % HM_LINE;
      if (hidden.bits[m * hidden.stride + j / 64] >> (j % 64) & 1) part += *weight;
    }
    sum += part;
  }
  return sum;
}

static void visible(hm_answers out, hm_inputs hidden, const float *w, size_t height,
                    const float *bias, size_t first, size_t end, hm_draw draw) {
  for (size_t n = first; n < end; n++) {
    for (size_t m = 0; m < hidden.rows; m++) {
      for (size_t i = 0; i < HM_LINE; i++) {
        size_t k = n * HM_LINE + i;
        out.values[(n * out.panel_rows + m) * HM_LINE + i] =
            add_hidden(bias[k], hidden, w, height, m, k, 0, hidden.count);
      }
    }
    answer(out, n, hidden.rows, draw);
  }
}

static void visible_half(float *fields, hm_inputs hidden, const float *w, size_t height,
                         const float *bias, int half, size_t first, size_t end) {
  size_t middle = ((hidden.count + 63) / 64 + 1) / 2 * 64;
  if (middle > hidden.count) middle = hidden.count;
  for (size_t m = 0; m < hidden.rows; m++) {
    for (size_t k = first * HM_LINE; k < end * HM_LINE; k++) {
      fields[((k / HM_LINE - first) * hidden.rows + m) * HM_LINE + k % HM_LINE] =
          half == 0 ? add_hidden(bias[k], hidden, w, height, m, k, 0, middle)
                    : add_hidden(0, hidden, w, height, m, k, middle, hidden.count);
    }
  }
}

static void answer_halves(hm_answers out, const float *first_half, const float *second_half,
                          size_t rows, size_t first, size_t end, hm_draw draw) {
  for (size_t n = first; n < end; n++) {
    for (size_t i = 0; i < rows * HM_LINE; i++) {
      size_t place = (n - first) * rows * HM_LINE + i;
      out.values[n * out.panel_rows * HM_LINE + i] = first_half[place] + second_half[place];
    }
    answer(out, n, rows, draw);
  }
}

static void counts(float *sums, hm_inputs inputs) {
  for (size_t k = 0; k < inputs.rows; k++) {
    sums[k] = 0;
    for (size_t i = 0; i < inputs.count; i++) {
      sums[k] += (float)(inputs.bits[k * inputs.stride + i / 64] >> (i % 64) & 1);
    }
  }
}

static int is_ever_on(hm_inputs units, size_t k) {
  for (size_t w = 0; w < (units.count + 63) / 64; w++) {
    if (units.bits[k * units.stride + w] != 0) return 1;
  }
  return 0;
}

static void list_moves(hm_panels target, hm_statistics positive, hm_statistics negative,
                       hm_ascent step, float *scratch) {
  (void)target, (void)positive, (void)negative, (void)step, (void)scratch;
}

static int learn(hm_panels target, hm_statistics positive, hm_statistics negative, size_t first,
                 size_t end, hm_ascent step, float *scratch) {
  (void)scratch;
  int diverged = 0;
  for (size_t n = first; n < end; n++) {
    const float *up = positive.hidden + n * positive.panel_rows * HM_LINE;
    const float *down = negative.hidden + n * negative.panel_rows * HM_LINE;
    float rise[HM_LINE], fall[HM_LINE];
    for (size_t k = 0; k < positive.units.rows && target.w; k++) {
      if (!target.velocity && step.decay == 0 && !is_ever_on(positive.units, k) &&
          !is_ever_on(negative.units, k)) {
        continue;
      }
      binary(rise, HM_LINE, positive.units.bits + k * positive.units.stride, 0, up, HM_LINE, NULL,
             1, positive.units.count, HM_LINE);
      binary(fall, HM_LINE, negative.units.bits + k * negative.units.stride, 0, down, HM_LINE,
             NULL, 1, negative.units.count, HM_LINE);
      size_t place = (n * target.height + k) * HM_LINE;
      diverged |= ascend(target.w + place, target.velocity ? target.velocity + place : NULL, rise,
                         fall, HM_LINE, step);
    }
    if (!target.bias) continue;
    column_sums(rise, up, HM_LINE, positive.units.count, HM_LINE);
    column_sums(fall, down, HM_LINE, negative.units.count, HM_LINE);
    hm_ascent bias_step = step;
    bias_step.decay = 0;
    diverged |= ascend(target.bias + n * HM_LINE,
                       target.bias_velocity ? target.bias_velocity + n * HM_LINE : NULL, rise, fall,
                       HM_LINE, bias_step);
  }
  return diverged;
}

/// A half-step of one row, its states packed.
static void step_row(hm_machine machine, int is_hidden, float *values, uint64_t *states,
                     const uint64_t *given, hm_draw draw) {
  size_t units = is_hidden ? machine.hidden : machine.visible;
  size_t count = is_hidden ? machine.visible : machine.hidden;
  hm_inputs inputs = {given, (count + 63) / 64, 1, count, states, HM_PLAN_WORDS, 0};
  for (size_t u = 0; states && u < units; u += 64) states[u / 64] = 0;
  for (size_t n = 0; n * HM_LINE < units; n++) {
    float line[HM_LINE];
    uint16_t drawn;
    hm_answers out = {line, 0, &drawn, 0, units};
    (is_hidden ? hidden : visible)(out, inputs, machine.w, machine.height,
                                   is_hidden ? machine.hidden_bias : machine.visible_bias, n,
                                   n + 1, draw);
    if (states) states[n / 4] |= (uint64_t)drawn << (n % 4 * HM_LINE);
    if (values) memcpy(values + n * HM_LINE, line, sizeof line);
  }
}

static int learn_from_row(const hm_row_learning *row, const uint64_t *data, size_t steps,
                          uint32_t half_step) {
  const hm_machine machine = row->machine;
  hm_ascent step = row->step;
  hm_draw draw = row->draw;
  draw.step = half_step;
  step_row(machine, 1, row->hidden, row->hidden_states, data, draw);
  for (size_t k = 1; k <= steps; k++) {
    draw.step++;
    step_row(machine, 0, row->visible, row->visible_states, row->hidden_states, draw);
    draw.step++;
    step_row(machine, 1, row->chain_hidden, k < steps ? row->hidden_states : NULL,
             row->visible_states, draw);
  }
  step.momentum = step.decay = 0;
  int diverged = 0;
  for (size_t k = 0; k < whole_lines(machine.visible); k++) {
    uint64_t up = k < machine.visible ? bit_at(data, k) : 0;
    uint64_t down = k < machine.visible ? bit_at(row->visible_states, k) : 0;
    float rise = (float)up, fall = (float)down;
    diverged |= ascend(&machine.visible_bias[k], NULL, &rise, &fall, 1, step);
    for (size_t n = 0; n * HM_LINE < machine.hidden && (up || down); n++) {
      float zeros[HM_LINE] = {0};
      diverged |= ascend(machine.w + (n * machine.height + k) * HM_LINE, NULL,
                         up ? row->hidden + n * HM_LINE : zeros,
                         down ? row->chain_hidden + n * HM_LINE : zeros, HM_LINE, step);
    }
  }
  return diverged | ascend(machine.hidden_bias, NULL, row->hidden, row->chain_hidden,
                           whole_lines(machine.hidden), step);
}
