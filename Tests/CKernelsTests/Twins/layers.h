static hm_inputs some_inputs(const hm_kernels *k, size_t rows, size_t count, int sparsity) {
  const size_t plan_words = (size_t)sparsity % 4 * 5 + 1;
  size_t size = k->layers.plan_bytes(rows, count, plan_words);
  int has_size = size > 0;
  SEE(plan_bytes, &has_size, 1);
  return (hm_inputs){bits(rows, count, sparsity), words(count), rows, count,
                     take(size), plan_words, 0};
}

/// A plan is its table's own business; inputs are only read.
static void make_plan_of(const hm_kernels *k, hm_inputs inputs, size_t panels) {
  size_t count = words(inputs.count), first = 0;
  do {
    size_t end = count - first < inputs.plan_words ? count : first + inputs.plan_words;
    k->layers.plan(inputs, panels, first, end);
    first = end;
  } while (first < count);
  SEE(plan, inputs.bits, inputs.rows * inputs.stride);
}

static void half_steps(const hm_kernels *k, size_t rows, size_t visible, size_t hidden) {
  size_t height = lines(visible), width = lines(hidden), panels = width / HM_LINE;
  float *w = floats(height * width, 1), *visible_bias = floats(height, 1);
  float *hidden_bias = floats(width, 1), *values = floats(rows * width, 1);
  float *back = floats(rows * HM_LINE, 1);
  float *halves[] = {floats(rows * height, 1), floats(rows * height, 1)};
  uint16_t *states = take(rows * (height + width) / HM_LINE * sizeof *states);
  for (int sparsity = 0; sparsity <= 3; sparsity++) {
    // Fields for which σ has a way of its own.
    if (sparsity == 2 && panels > 0 && height > 0) hidden_bias[0] = 500, visible_bias[0] = -500;
    if (sparsity == 3 && panels > 0 && height > 0) visible_bias[height - 1] = INFINITY;
    hm_inputs v = some_inputs(k, rows, visible, sparsity);
    hm_inputs h = some_inputs(k, rows, hidden, sparsity);
    h.are_hidden = 1;
    hm_answers answers = {values, rows, sparsity == 1 ? NULL : states, rows, hidden};
    float *sums = take(rows * sizeof *sums);
    k->layers.counts(sums, v), SEE(counts, sums, rows);
    make_plan_of(k, v, panels);
    k->layers.hidden(answers, v, w, height, hidden_bias, 0, panels, some_draw);
    SEE(hidden, values, rows * width);
    if (sparsity != 1) SEE(hidden, states, rows * panels);
    for (size_t n = 0; n < panels; n++) k->layers.answer(answers, n, rows, some_draw);
    SEE(answer, values, rows * width);
    if (sparsity != 1) SEE(answer, states, rows * panels);
    make_plan_of(k, h, height / HM_LINE);
    k->layers.visible((hm_answers){back, 0, states, rows, visible}, h, w, height, visible_bias, 0,
                      height / HM_LINE, some_draw);
    SEE(visible, states, rows * height / HM_LINE);
    if (visible > 0) SEE(visible, back, rows * HM_LINE);
    if (hidden < HM_HALVED_INPUTS) continue;
    for (int half = 0; half < 2; half++) {
      k->layers.visible_half(halves[half], h, w, height, visible_bias, half, 0, height / HM_LINE);
      SEE(visible_half, halves[half], rows * height);
    }
    k->layers.answer_halves((hm_answers){back, 0, states, rows, visible}, halves[0], halves[1],
                            rows, 0, height / HM_LINE, some_draw);
    SEE(answer_halves, states, rows * height / HM_LINE);
    if (visible > 0) SEE(answer_halves, back, rows * HM_LINE);
  }
}

/// As many samples in one phase, and a few more in the other.
static void learning(const hm_kernels *k, size_t units, size_t samples, size_t outputs) {
  if (samples == 0) return;
  size_t height = lines(units), width = lines(outputs), chains = samples + 7;
  float *w = floats(height * width, 1), *velocity = floats(height * width, 1);
  float *bias = floats(width, 1), *bias_velocity = floats(width, 1);
  float *scratch = floats(33 * height, 1);
  hm_statistics up = {some_inputs(k, units, samples, 3), floats(samples * width, 1), samples};
  hm_statistics many = {some_inputs(k, units, chains, 1), floats(chains * width, 1), chains};
  hm_statistics few = {some_inputs(k, units, samples, 5), floats(samples * width, 1), samples};
  for (int i = 0; i < 8; i++) {
    hm_panels target = {i == 7 ? NULL : w, i & 1 ? velocity : NULL, height, i & 2 ? bias : NULL,
                        i & 1 ? bias_velocity : NULL};
    hm_ascent step = some_step;
    if (i & 4) step.decay = 0;
    make_plan_of(k, up.units, width / HM_LINE);
    make_plan_of(k, (i & 2 ? many : few).units, width / HM_LINE);
    const hm_statistics down = i & 2 ? many : few;
    k->layers.list_moves(target, up, down, step, scratch);
    SEE(list_moves, down.units.bits, units * down.units.stride);
    int diverged = k->layers.learn(target, up, down, 0, width / HM_LINE, step, scratch);
    SEE(learn, w, height * width), SEE(learn, velocity, height * width);
    SEE(learn, bias, width), SEE(learn, bias_velocity, width), SEE(learn, &diverged, 1);
  }
}

/// Updates by one row, one after the other: the states that come back start no new chain.
static void learning_from_row(const hm_kernels *k, size_t visible, size_t hidden, size_t steps) {
  size_t height = lines(visible), width = lines(hidden);
  float *w = floats(height * width, 1), *visible_bias = floats(height, 1);
  float *hidden_bias = floats(width, 1), *up = floats(width, 1), *down = floats(width, 1);
  float *values = floats(height, 1);
  uint64_t *v = bits(1, visible, 0), *h = bits(1, hidden, 0);
  hm_row_learning learning = {{w, height, visible_bias, hidden_bias, visible, hidden},
                              v, h, up, down, NULL, some_step, some_draw};
  for (int sparsity = 0; sparsity < 6; sparsity++) {
    learning.visible = sparsity == 2 ? NULL : values;
    if (sparsity == 4 && height > 0 && width > 0) hidden_bias[0] = 500, visible_bias[0] = -500;
    int diverged = k->layers.learn_from_row(&learning, bits(1, visible, sparsity), steps,
                                            some_draw.step + 10 * (unsigned)sparsity);
    SEE(learn_from_row, &diverged, 1);
    SEE(learn_from_row, w, height * width), SEE(learn_from_row, visible_bias, height);
    SEE(learn_from_row, hidden_bias, width), SEE(learn_from_row, values, height);
    SEE(learn_from_row, up, width), SEE(learn_from_row, down, width);
    SEE(learn_from_row, v, words(visible)), SEE(learn_from_row, h, words(hidden));
  }
}
