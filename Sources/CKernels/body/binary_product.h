/// Binary products by the method of four Russians.
///
/// The inputs are taken a word (16 groups of four) at a time. The sum of every pattern that
/// occurs in a group is put into a table one line wide, small enough for the first cache; each row
/// then adds one table entry per group that is not zero. Rows are visited in order of how many
/// entries they have, so that neighbours do the same work and branches are foreseen.

/// Words of inputs, and rows × words, that one plan covers.
#define HM_PLAN_WORDS 16
#define HM_PLAN_CELLS 4096
#define HM_GROUPS 16
#define HM_PATTERNS 16

/// table[into] = table[from] + weights[input]: one more input for a pattern already there.
typedef struct {
  uint8_t into, from, input;
} table_step;

/// What to add, for each word and row; the same for every line of outputs.
typedef struct {
  /// The table entries a row adds for a word; then entries that are 0.
  uint8_t entries[HM_PLAN_CELLS][HM_GROUPS];
  uint8_t counts[HM_PLAN_CELLS];
  uint16_t order[HM_PLAN_CELLS];
  table_step steps[HM_PLAN_WORDS][HM_GROUPS * HM_PATTERNS];
  size_t step_counts[HM_PLAN_WORDS];
} binary_plan;

static void plan_rows(binary_plan *plan, size_t cell, const uint64_t *bits, size_t bit_stride,
                      size_t rows, uint32_t patterns[HM_GROUPS]) {
  for (size_t m = 0; m < rows; m++) {
    uint64_t word = bits[m * bit_stride];
    uint8_t *entries = plan->entries[cell + m];
    memset(entries, 0, HM_GROUPS);
    unsigned count = 0;
#pragma clang loop unroll(full)
    for (unsigned group = 0; group < HM_GROUPS; group++) {
      unsigned pattern = word >> (4 * group) & 15;
      entries[count] = (uint8_t)(group * HM_PATTERNS + pattern);
      count += pattern != 0;
      patterns[group] |= 1u << pattern;
    }
    plan->counts[cell + m] = (uint8_t)count;
  }
}

/// Sorts the rows by their number of entries.
static void plan_order(binary_plan *plan, size_t cell, size_t rows) {
  uint16_t next[HM_GROUPS + 2] = {0};
  for (size_t m = 0; m < rows; m++) next[plan->counts[cell + m] + 1]++;
  for (int count = 0; count <= HM_GROUPS; count++) next[count + 1] += next[count];
  for (size_t m = 0; m < rows; m++) {
    plan->order[cell + next[plan->counts[cell + m]]++] = (uint16_t)m;
  }
}

/// Lists how to make the patterns that occur: each from itself without its last input, so that a
/// sum runs over ascending inputs.
static void plan_table(binary_plan *plan, size_t word, const uint32_t patterns[HM_GROUPS]) {
  table_step *step = plan->steps[word];
  for (unsigned last = 0; last < 4; last++) {
    for (unsigned group = 0; group < HM_GROUPS; group++) {
      uint32_t needed = patterns[group];
      for (unsigned longer = 3; longer > last; longer--) {
        needed |= needed >> (1u << longer) & ((1u << (1u << longer)) - 1);
      }
      for (unsigned pattern = 1u << last; pattern < 2u << last; pattern++) {
        if (!(needed >> pattern & 1)) continue;
        step->into = (uint8_t)(group * HM_PATTERNS + pattern);
        step->from = (uint8_t)(group * HM_PATTERNS + (pattern & ~(1u << last)));
        step->input = (uint8_t)(group * 4 + last);
        step++;
      }
    }
  }
  plan->step_counts[word] = (size_t)(step - plan->steps[word]);
}

static inline void fill_table(float *table, const table_step *steps, size_t count,
                              const float *weights, size_t weight_stride) {
  for (size_t i = 0; i < count; i++) {
    const float *from = table + (size_t)steps[i].from * HM_LINE;
    const float *weight = weights + (size_t)steps[i].input * weight_stride;
    float *into = table + (size_t)steps[i].into * HM_LINE;
#pragma clang loop unroll(full)
    for (int v = 0; v < HM_LINE_VECTORS; v++) {
      store(into + v * HM_WIDTH, load(from + v * HM_WIDTH) + load(weight + v * HM_WIDTH));
    }
  }
}

/// Adds a word's table entries to `rows` rows of one line, in the order of the plan.
static inline __attribute__((always_inline)) void add_entries(
    int rows, float *out, size_t out_stride, const float *table, const binary_plan *plan,
    size_t cell, size_t place) {
  const uint8_t *entries[HM_ROWS];
  float *line[HM_ROWS];
  vfloat sums[HM_ROWS][HM_LINE_VECTORS];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
    size_t m = plan->order[cell + place + (size_t)r];
    entries[r] = plan->entries[cell + m];
    line[r] = out + m * out_stride;
#pragma clang loop unroll(full)
    for (int v = 0; v < HM_LINE_VECTORS; v++) sums[r][v] = load(line[r] + v * HM_WIDTH);
  }
  size_t count = plan->counts[cell + plan->order[cell + place + (size_t)rows - 1]];
  for (size_t i = 0; i < count; i++) {
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      const float *entry = table + (size_t)entries[r][i] * HM_LINE;
#pragma clang loop unroll(full)
      for (int v = 0; v < HM_LINE_VECTORS; v++) sums[r][v] += load(entry + v * HM_WIDTH);
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < HM_LINE_VECTORS; v++) store(line[r] + v * HM_WIDTH, sums[r][v]);
  }
}

static void start_line(float *out, size_t out_stride, const float *bias, size_t rows) {
  for (int v = 0; v < HM_LINE_VECTORS; v++) {
    vfloat start = (bias ? load(bias + v * HM_WIDTH) : all(0)) + 0.0f;
    for (size_t m = 0; m < rows; m++) store(out + m * out_stride + v * HM_WIDTH, start);
  }
}

static void binary(float *out, size_t out_stride, const uint64_t *bits, size_t bit_stride,
                   const float *weights, size_t weight_stride, const float *bias, size_t rows,
                   size_t inputs, size_t outputs) {
  binary_plan plan;
  _Alignas(64) float table[HM_GROUPS * HM_PATTERNS * HM_LINE];
  memset(table, 0, sizeof table);
  size_t words = (inputs + 63) / 64;
  size_t plan_words = words < HM_PLAN_WORDS ? words : HM_PLAN_WORDS;
  size_t plan_rows_most = words == 0 ? rows : HM_PLAN_CELLS / plan_words;
  for (size_t top = 0; top < rows; top += plan_rows_most) {
    size_t height = rows - top < plan_rows_most ? rows - top : plan_rows_most;
    float *to = out + top * out_stride;
    for (size_t n = 0; n < outputs; n += HM_LINE) {
      start_line(to + n, out_stride, bias ? bias + n : NULL, height);
    }
    for (size_t first = 0; first < words; first += plan_words) {
      size_t width = words - first < plan_words ? words - first : plan_words;
      for (size_t word = 0; word < width; word++) {
        uint32_t patterns[HM_GROUPS] = {0};
        plan_rows(&plan, word * height, bits + top * bit_stride + first + word, bit_stride, height,
                  patterns);
        plan_order(&plan, word * height, height);
        plan_table(&plan, word, patterns);
      }
      for (size_t n = 0; n < outputs; n += HM_LINE) {
        for (size_t word = 0; word < width; word++) {
          fill_table(table, plan.steps[word], plan.step_counts[word],
                     weights + (first + word) * 64 * weight_stride + n, weight_stride);
          size_t place = 0;
          for (; place + HM_ROWS <= height; place += HM_ROWS) {
            add_entries(HM_ROWS, to + n, out_stride, table, &plan, word * height, place);
          }
          for (; place < height; place++) {
            add_entries(1, to + n, out_stride, table, &plan, word * height, place);
          }
        }
      }
    }
  }
}
