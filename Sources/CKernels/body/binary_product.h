/// Binary products: as planned where enough rows and lines share sums, else row by row.

static inline float *entry_at(float *table, size_t place) {
  return (float *)((char *)table + place * 8);
}

/// A table that is being filled: its next entry and the recipes that are left.
typedef struct {
  float *entry;
  const uint32_t *recipe;
} plan_filling;

/// Puts the sums of so many inputs each into the table.
static inline __attribute__((always_inline)) void fill_entries(int inputs, size_t count,
                                                               plan_filling *table,
                                                               const float *weights) {
  for (size_t i = 0; i < count; i++, table->entry += HM_LINE, table->recipe += inputs) {
    vfloat sums[HM_LINE_VECTORS] = {0};
#pragma clang loop unroll(full)
    for (int input = 0; input < inputs; input++) {
      const float *weight = weights + table->recipe[input];
#pragma clang loop unroll(full)
      for (int v = 0; v < HM_LINE_VECTORS; v++) {
        vfloat values = load(weight + v * HM_WIDTH);
        sums[v] = input == 0 ? values : sums[v] + values;
      }
    }
#pragma clang loop unroll(full)
    for (int v = 0; v < HM_LINE_VECTORS; v++) store(table->entry + v * HM_WIDTH, sums[v]);
  }
  table->recipe += HM_RECIPE_GAP;
}

/// Puts the sums of all patterns of so many groups into the table, which is known when this is
/// inlined: of the lines themselves too, or where they are kept, of two and more.
static inline __attribute__((always_inline)) void fill_groups(size_t count, plan_filling *table,
                                                              const float *weights,
                                                              plan_lines lines) {
  const uint16_t summed = sums_of(HM_ALL_PATTERNS, lines);
  for (size_t i = 0; i < count; i++, table->recipe++) {
    const float *weight = weights + *table->recipe;
#pragma clang loop unroll(full)
    for (int v = 0; v < HM_LINE; v += HM_WIDTH) {
      vfloat sums[HM_PATTERNS];
#pragma clang loop unroll(full)
      for (int input = 0; input < 4; input++) {
        vfloat values = load(weight + (size_t)input * lines.weight_stride + v);
        sums[1 << input] = values;
        // Ascending inputs: the highest comes last.
#pragma clang loop unroll(full)
        for (int lower = 1; lower < 1 << input; lower++) {
          sums[(1 << input) + lower] = sums[lower] + values;
        }
      }
      float *entry = table->entry + v;
#pragma clang loop unroll(full)
      for (int pattern = 1; pattern < HM_PATTERNS; pattern++) {
        if (!(summed >> pattern & 1)) continue;
        store(entry, sums[pattern]);
        entry += HM_LINE;
      }
    }
    table->entry += __builtin_popcount(summed) * HM_LINE;
  }
  table->recipe += HM_RECIPE_GAP;
}

static inline void fill_table(float *table, const plan_chunk *chunk, const uint32_t *recipe,
                              const float *weights, plan_lines lines) {
  plan_filling filling = {table + HM_LINE, recipe};
  if (lines.are_kept) {
    fill_groups(chunk->recipe_counts[0], &filling, weights, (plan_lines){HM_LINE, 1});
  } else {
    fill_groups(chunk->recipe_counts[0], &filling, weights, (plan_lines){lines.weight_stride, 0});
  }
  fill_entries(1, chunk->recipe_counts[1], &filling, weights);
  fill_entries(2, chunk->recipe_counts[2], &filling, weights);
  fill_entries(3, chunk->recipe_counts[3], &filling, weights);
  fill_entries(4, chunk->recipe_counts[4], &filling, weights);
}

/// Adds `count` entries to each of `rows` sums.
static inline __attribute__((always_inline)) void add_entries(
    vfloat sums[HM_ROWS][HM_LINE_VECTORS], float *table, const uint16_t *entries, size_t count,
    int rows) {
  for (size_t i = 0; i < count; i++, entries += HM_ROWS) {
    // Four places in one load; the loads of the sums are what limits this loop.
    uint64_t fours[HM_ROWS / 4];
    memcpy(fours, entries, sizeof fours);
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      const float *entry = entry_at(table, fours[r / 4] >> (16 * (r % 4)) & 0xffff);
#pragma clang loop unroll(full)
      for (int v = 0; v < HM_LINE_VECTORS; v++) sums[r][v] += load(entry + v * HM_WIDTH);
    }
  }
}

/// Rows side by side in one line, and what they add.
typedef struct {
  const uint16_t *order, *entries;
  size_t count;
} plan_tile;

/// Adds a tile to so many rows of one line, which is known when this is inlined. They start from
/// the line, or where `start` is given, from that.
static inline __attribute__((always_inline)) void sum_tile(float *out, size_t out_stride,
                                                           float *table, plan_tile tile,
                                                           const float *start, int rows) {
  float *line[HM_ROWS];
  vfloat sums[HM_ROWS][HM_LINE_VECTORS];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
    line[r] = out + tile.order[r] * out_stride;
#pragma clang loop unroll(full)
    for (int v = 0; v < HM_LINE_VECTORS; v++) {
      sums[r][v] = load((start ? start : line[r]) + v * HM_WIDTH);
    }
  }
  add_entries(sums, table, tile.entries, tile.count, rows);
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < HM_LINE_VECTORS; v++) store(line[r] + v * HM_WIDTH, sums[r][v]);
  }
}

/// Adds a chunk to one line of `rows` rows.
static void add_chunk(float *out, size_t out_stride, float *table, const binary_plan *plan,
                      const plan_chunk *chunk, size_t rows, const float *start) {
  size_t cell = chunk->first_word * whole_tiles(rows);
  const uint16_t *counts = plan->counts + cell / HM_ROWS;
  plan_tile tile = {plan->order + cell, plan->entries + cell * HM_GROUPS, 0};
  for (size_t left = rows; left > 0; tile.order += HM_ROWS) {
    tile.count = *counts++;
    // The last rows may be few.
    if (left > 3 * HM_ROWS / 4) {
      sum_tile(out, out_stride, table, tile, start, HM_ROWS);
    } else if (left > HM_ROWS / 2) {
      sum_tile(out, out_stride, table, tile, start, 3 * HM_ROWS / 4);
    } else if (left > HM_ROWS / 4) {
      sum_tile(out, out_stride, table, tile, start, HM_ROWS / 2);
    } else {
      sum_tile(out, out_stride, table, tile, start, HM_ROWS / 4);
    }
    tile.entries += chunk->words * HM_GROUPS * HM_ROWS;
    left -= left < HM_ROWS ? left : HM_ROWS;
  }
}

/// One line of sums in registers, and back.
static inline void load_line(vfloat *sums, const float *line) {
  const size_t count = HM_LINE_VECTORS;
  HM_EACH sums[i] = load(line + i * HM_WIDTH);
}

static inline void store_line(float *line, const vfloat *sums) {
  const size_t count = HM_LINE_VECTORS;
  HM_EACH store(line + i * HM_WIDTH, sums[i]);
}

/// One line of the bias, with −0 turned into +0.
static inline void start_line(vfloat *sums, const float *bias) {
  const size_t count = HM_LINE_VECTORS;
  HM_EACH sums[i] = (bias ? load(bias + i * HM_WIDTH) : all(0)) + 0.0f;
}

static inline void load_start(float start[HM_LINE], const float *bias) {
  vfloat sums[HM_LINE_VECTORS];
  start_line(sums, bias);
  store_line(start, sums);
}

/// Adds the inputs of a plan to rows of sums, or where the plan is the first, to the bias.
static void add_plan(float *out, size_t out_stride, float *table, const binary_plan *plan,
                     const float *weights, const float *bias, int is_first, size_t rows,
                     size_t weight_stride, size_t outputs) {
  _Alignas(64) float start[HM_LINE];
  for (size_t n = 0; n < outputs; n += HM_LINE) {
    load_start(start, bias ? bias + n : NULL);
    for (size_t c = 0; c < plan->chunk_count; c++) {
      const plan_chunk *chunk = &plan->chunks[c];
      fill_table(table, chunk, plan->recipes + chunk->first_recipe,
                 weights + chunk->first_word * 64 * weight_stride + n,
                 (plan_lines){weight_stride, 0});
      add_chunk(out + n, out_stride, table, plan, chunk, rows, is_first && c == 0 ? start : NULL);
    }
  }
}

/// Fewer rows, or rows × lines, than this do not repay a plan.
#define HM_PLANNED_ROWS 4
#define HM_PLANNED_LINES 64

/// Lines that may share the scan of a word of inputs.
#define HM_WORD_LINES 2

/// Adds one word of inputs to so many neighbouring lines, which is known when this is inlined, from
/// the weights themselves.
static inline __attribute__((always_inline)) void add_word(vfloat *sums, size_t lines,
                                                           uint64_t bits,
                                                           const float *const *weights,
                                                           size_t weight_stride) {
  vfloat group[HM_WORD_LINES * HM_LINE_VECTORS] = {0};
  const size_t count = lines * HM_LINE_VECTORS;
  for (uint64_t left = bits; left != 0;) {
    unsigned input = (unsigned)__builtin_ctzll(left);
    HM_EACH {
      const float *line = weights[i / HM_LINE_VECTORS] + input * weight_stride;
      group[i] += load(line + i % HM_LINE_VECTORS * HM_WIDTH);
    }
    left &= left - 1;
    if (left != 0 && (unsigned)__builtin_ctzll(left) / 4 == input / 4) continue;
    HM_EACH {
      sums[i] += group[i];
      group[i] = all(0);
    }
  }
}

static void add_planned(float *out, size_t out_stride, const uint64_t *bits, size_t bit_stride,
                        const float *weights, size_t weight_stride, const float *bias, size_t rows,
                        size_t inputs, size_t outputs) {
  binary_plan plan;
  _Alignas(64) float table[HM_TABLE_ENTRIES * HM_LINE];
  memset(table, 0, HM_LINE * sizeof *table);
  size_t words = (inputs + 63) / 64;
  size_t plan_words = words < HM_PLAN_WORDS ? words : HM_PLAN_WORDS;
  size_t most_rows = HM_PLAN_CELLS / plan_words;
  for (size_t top = 0; top < rows; top += most_rows) {
    size_t height = rows - top < most_rows ? rows - top : most_rows;
    for (size_t first = 0; first < words; first += plan_words) {
      size_t width = words - first < plan_words ? words - first : plan_words;
      make_plan(&plan, bits + top * bit_stride + first, bit_stride, height, width,
                inputs - 64 * first, 0, (plan_lines){weight_stride, 0});
      add_plan(out + top * out_stride, out_stride, table, &plan,
               weights + first * 64 * weight_stride, bias, first == 0, height, weight_stride,
               outputs);
    }
  }
}

static void binary(float *out, size_t out_stride, const uint64_t *bits, size_t bit_stride,
                   const float *weights, size_t weight_stride, const float *bias, size_t rows,
                   size_t inputs, size_t outputs) {
  size_t lines = (outputs + HM_LINE - 1) / HM_LINE;
  if (inputs > 0 && rows >= HM_PLANNED_ROWS && rows * lines >= HM_PLANNED_LINES) {
    add_planned(out, out_stride, bits, bit_stride, weights, weight_stride, bias, rows, inputs,
                outputs);
    return;
  }
  for (size_t m = 0; m < rows; m++) {
    for (size_t n = 0; n < outputs; n += HM_LINE) {
      vfloat sums[HM_LINE_VECTORS];
      start_line(sums, bias ? bias + n : NULL);
      for (size_t w = 0; w < (inputs + 63) / 64; w++) {
        const float *word = weights + w * 64 * weight_stride + n;
        add_word(sums, 1, bits[m * bit_stride + w], &word, weight_stride);
      }
      store_line(out + m * out_stride + n, sums);
    }
  }
}
