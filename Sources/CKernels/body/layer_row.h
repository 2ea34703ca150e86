/// Half-steps of a single row, up to HM_ROW_PANELS panels side by side: one panel of one row would
/// be a chain of operations that wait for each other.

/// Panels side by side in one row: with their states, one word.
#define HM_ROW_PANELS 4

/// For up to so many panels, what is on in a row comes too seldom to be foreseen: no branch looks.
#define HM_MASKED_PANELS 4

/// −1 for each input of a group that is on.
static const int32_t group_masks[HM_PATTERNS][4] = {
    {0, 0, 0, 0},   {-1, 0, 0, 0},   {0, -1, 0, 0},   {-1, -1, 0, 0},
    {0, 0, -1, 0},  {-1, 0, -1, 0},  {0, -1, -1, 0},  {-1, -1, -1, 0},
    {0, 0, 0, -1},  {-1, 0, 0, -1},  {0, -1, 0, -1},  {-1, -1, 0, -1},
    {0, 0, -1, -1}, {-1, 0, -1, -1}, {0, -1, -1, -1}, {-1, -1, -1, -1},
};

/// Adds one word of inputs to so many neighbouring panels, which is known when this is inlined. The
/// weights are read in whole groups.
static inline __attribute__((always_inline)) void add_masked_word(float *out, size_t lines,
                                                                  uint64_t bits, const float *w,
                                                                  size_t next) {
  vfloat sums[HM_WORD_LINES * HM_LINE_VECTORS];
  const size_t count = lines * HM_LINE_VECTORS;
#pragma clang loop unroll(full)
  for (size_t v = 0; v < count; v++) sums[v] = load(out + v * HM_WIDTH);
  for (uint64_t left = lowest_of_groups(bits); left != 0; left &= left - 1) {
    unsigned first = (unsigned)__builtin_ctzll(left);
    const int32_t *masks = group_masks[bits >> first & 15];
    vfloat group[HM_WORD_LINES * HM_LINE_VECTORS];
#pragma clang loop unroll(full)
    for (size_t i = 0; i < 4; i++) {
      vint mask = (vint){0} + masks[i];
      const float *line = w + (first + i) * HM_LINE;
#pragma clang loop unroll(full)
      for (size_t v = 0; v < count; v++) {
        const float *from = line + v / HM_LINE_VECTORS * next + v % HM_LINE_VECTORS * HM_WIDTH;
        vfloat value = (vfloat)(mask & (vint)load(from));
        group[v] = i == 0 ? value : group[v] + value;
      }
    }
#pragma clang loop unroll(full)
    for (size_t v = 0; v < count; v++) sums[v] += group[v];
  }
#pragma clang loop unroll(full)
  for (size_t v = 0; v < count; v++) store(out + v * HM_WIDTH, sums[v]);
}

/// Four neighbouring sums.
typedef float vfour __attribute__((vector_size(16)));

/// Adds one panel of inputs to so many sums, whose weights stand in squares.
///
/// Four rows at a time, the weights of all groups that a vector holds are transposed and added up.
static inline void add_squares(float *out, size_t units, uint64_t bits, const float *w) {
  vint masks[HM_LINE_VECTORS];
#pragma clang loop unroll(full)
  for (size_t v = 0; v < HM_LINE_VECTORS; v++) masks[v] = lane_mask(bits >> (v * HM_WIDTH));
  for (size_t unit = 0; unit < units; unit += 4) {
    vfour sum;
    memcpy(&sum, out + unit, sizeof sum);
#pragma clang loop unroll(full)
    for (size_t v = 0; v < HM_LINE_VECTORS; v++) {
      const float *from = w + unit * HM_LINE + v * HM_WIDTH;
      vfloat rows[4];
#pragma clang loop unroll(full)
      for (size_t i = 0; i < 4; i++) {
        rows[i] = (vfloat)(masks[v] & (vint)load(from + i * HM_LINE));
      }
      transpose_fours(rows);
      vfloat groups = rows[0] + rows[1] + rows[2] + rows[3];
#pragma clang loop unroll(full)
      for (size_t group = 0; group < HM_WIDTH / 4; group++) {
        vfour part;
        memcpy(&part, (char *)&groups + 16 * group, sizeof part);
        sum += part;
      }
    }
    memcpy(out + unit, &sum, sizeof sum);
  }
}

/// One row, and what it is the input of.
typedef struct {
  const uint64_t *bits;
  size_t count;
  /// The weights of the first panel, and how far those of the next are.
  const float *w;
  size_t next;
  /// 0, or the panels' height: then `w` is the first square to transpose.
  size_t height;
  const float *bias;
  int is_masked;
} row_inputs;

/// Adds one word of inputs to so many panels from number n on, which is known when this is inlined.
static inline __attribute__((always_inline)) void add_row_word(float *out, row_inputs row,
                                                               size_t word, size_t n,
                                                               size_t panels) {
  const float *w = row.w + n * row.next;
  const float *lines[HM_WORD_LINES];
  for (size_t i = 0; i < panels; i++) lines[i] = w + i * row.next + word * 64 * HM_LINE;
  if (row.is_masked) {
    add_masked_word(out, panels, row.bits[word], lines[0], row.next);
  } else {
    add_word(out, panels, row.bits[word], lines, HM_LINE);
  }
}

/// σ and states of up to HM_ROW_PANELS panels of `units` units from number `first` on.
static uint64_t answer_panels(float *values, row_inputs row, size_t first, size_t panels,
                              size_t units, uint32_t chain, const draw_rounds *rounds) {
  for (size_t n = 0; n < panels; n++) {
    load_start(values + n * HM_LINE, row.bias + (first + n) * HM_LINE);
  }
  for (size_t word = 0; word < (row.count + 63) / 64; word++) {
    if (row.height > 0) {
      for (size_t n = 4 * word; n < 4 * word + 4 && n * HM_LINE < row.count; n++) {
        add_squares(values, panels * HM_LINE, row.bits[word] >> (n % 4 * HM_LINE),
                    row.w + first * row.next + n * row.height * HM_LINE);
      }
      continue;
    }
    size_t n = 0;
    for (; n + HM_WORD_LINES <= panels; n += HM_WORD_LINES) {
      add_row_word(values + n * HM_LINE, row, word, first + n, HM_WORD_LINES);
    }
    if (n < panels) add_row_word(values + n * HM_LINE, row, word, first + n, 1);
  }
  if (panels > HM_WORD_LINES) {
    return answer_row(values, first * HM_LINE, units, HM_ROW_PANELS, chain, rounds);
  }
  return answer_row(values, first * HM_LINE, units, HM_WORD_LINES, chain, rounds);
}

static void half_step_of_row(hm_answers out, row_inputs row, size_t first, size_t end,
                             hm_draw draw) {
  const draw_rounds rounds = rounds_of(draw);
  for (size_t n = first; n < end; n += HM_ROW_PANELS) {
    size_t left = end - n < HM_ROW_PANELS ? end - n : HM_ROW_PANELS;
    _Alignas(64) float values[HM_ROW_PANELS * HM_LINE] = {0};
    uint64_t states = answer_panels(values, row, n, left, out.units, draw.chain,
                                    out.states ? &rounds : NULL);
    for (size_t i = 0; i < left; i++) {
      memcpy(out.values + (n + i) * out.panel_rows * HM_LINE, values + i * HM_LINE,
             HM_LINE * sizeof *values);
      if (out.states) out.states[(n + i) * out.state_rows] = (uint16_t)(states >> (i * HM_LINE));
    }
  }
}
