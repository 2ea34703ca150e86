/// Binary products by the method of four Russians.
///
/// The inputs are taken in chunks of whole words (16 groups of four each). The sum of every
/// pattern that occurs in a group of a chunk is put into a table one line wide that stays in the
/// first cache; each row then adds one table entry per group that is not zero. Rows are visited in
/// order of how many entries they have, HM_ROWS side by side, so that neighbours do the same work
/// and branches are foreseen. What to add is planned once and serves every line of outputs.

/// Words of inputs, and rows × words, that one plan covers.
#define HM_PLAN_WORDS 16
#define HM_PLAN_CELLS 2048
#define HM_GROUPS 16
#define HM_PATTERNS 16
/// Table entries after which a chunk takes no further word; one word has at most 240.
#define HM_CHUNK_ENTRIES 160
#define HM_TABLE_ENTRIES (1 + HM_CHUNK_ENTRIES + HM_GROUPS * (HM_PATTERNS - 1))
/// From this number of rows on, every pattern is expected to occur.
#define HM_SURVEYED_ROWS 256
/// From this number of patterns on, a group gets all of them: they share their sums.
#define HM_FULL_GROUP 8
/// Numbers in the recipes of one word: for a group, at most 4 · 2 + 6 · 3 + 4 · 4 + 1 · 5.
#define HM_RECIPE_NUMBERS (HM_GROUPS * 47)

/// Places in the table are counted in units of eight bytes, which address arithmetic scales.
#define HM_PLACE_OF_ENTRY (HM_LINE * sizeof(float) / 8)

typedef struct {
  /// Words first_word … of the plan.
  size_t first_word, words;
  /// Where its recipes begin, and how many there are: of whole groups, then of one, two, three and
  /// four inputs.
  size_t first_recipe, recipe_counts[5];
} plan_chunk;

/// What to add, for each chunk and row.
typedef struct {
  /// For each chunk and HM_ROWS rows in order, the places of their first entries, then those of
  /// their second, …; a row that has no more adds place 0, which holds zeros.
  uint16_t entries[(HM_PLAN_CELLS + HM_PLAN_WORDS * HM_ROWS) * HM_GROUPS];
  /// For each chunk, the rows in order of how many entries they have; the last is repeated to
  /// fill up. And the largest number of entries of each HM_ROWS of them.
  uint16_t order[HM_PLAN_CELLS + HM_PLAN_WORDS * HM_ROWS];
  uint16_t counts[HM_PLAN_CELLS];
  /// A place, then the rows of weights to add up for it, as offsets; for a whole group, the place
  /// of its pattern 1 and its first row.
  uint32_t recipes[HM_PLAN_WORDS * HM_RECIPE_NUMBERS];
  plan_chunk chunks[HM_PLAN_WORDS];
  size_t chunk_count;
} binary_plan;

static inline size_t whole_tiles(size_t rows) {
  return (rows + HM_ROWS - 1) / HM_ROWS * HM_ROWS;
}

/// Bit p of patterns[g] says that pattern p may occur in group g of a word with so many inputs.
static void survey(uint16_t patterns[HM_GROUPS], const uint64_t *bits, size_t bit_stride,
                   size_t rows, size_t inputs) {
  uint32_t seen[HM_GROUPS] = {0};
  for (size_t m = 0; m < rows && rows < HM_SURVEYED_ROWS; m++) {
    uint64_t word = bits[m * bit_stride];
#pragma clang loop unroll(full)
    for (int group = 0; group < HM_GROUPS; group++) seen[group] |= 1u << (word >> (4 * group) & 15);
  }
  for (size_t group = 0; group < HM_GROUPS; group++) {
    size_t left = inputs < 4 * group ? 0 : inputs - 4 * group;
    uint32_t possible = left >= 4 ? 0xffff : (1u << (1u << left)) - 1;
    uint32_t expected = rows < HM_SURVEYED_ROWS ? seen[group] : possible;
    int fills = left >= 4 && __builtin_popcount(expected & ~1u) >= HM_FULL_GROUP;
    patterns[group] = (uint16_t)((fills ? possible : expected) & ~1u);
  }
}

/// All patterns of four inputs but 0.
#define HM_ALL_PATTERNS 0xfffe

/// Writes the recipes of a chunk, whole groups and then short ones first, and finds every pattern
/// its place.
static size_t plan_table(plan_chunk *chunk, uint32_t *recipes, uint16_t places[][HM_PATTERNS],
                         uint16_t patterns[][HM_GROUPS], size_t weight_stride) {
  uint32_t *number = recipes;
  uint16_t place = 0;
  for (size_t group = 0; group < chunk->words * HM_GROUPS; group++) {
    places[group][0] = 0;
    if (patterns[group / HM_GROUPS][group % HM_GROUPS] != HM_ALL_PATTERNS) continue;
    *number++ = place + HM_PLACE_OF_ENTRY;
    *number++ = (uint32_t)(group * 4 * weight_stride);
    for (int pattern = 1; pattern < HM_PATTERNS; pattern++) {
      places[group][pattern] = place += HM_PLACE_OF_ENTRY;
    }
    chunk->recipe_counts[0]++;
  }
  for (int inputs = 1; inputs <= 4; inputs++) {
    size_t count = 0;
    for (size_t group = 0; group < chunk->words * HM_GROUPS; group++) {
      uint32_t left = patterns[group / HM_GROUPS][group % HM_GROUPS];
      if (left == HM_ALL_PATTERNS) continue;
      for (; left != 0; left &= left - 1) {
        uint32_t pattern = (uint32_t)__builtin_ctz(left);
        if (__builtin_popcount(pattern) != inputs) continue;
        place += HM_PLACE_OF_ENTRY;
        places[group][pattern] = place;
        *number++ = place;
        for (uint32_t rest = pattern; rest != 0; rest &= rest - 1) {
          *number++ = (uint32_t)((group * 4 + (size_t)__builtin_ctz(rest)) * weight_stride);
        }
        count++;
      }
    }
    chunk->recipe_counts[inputs] = count;
  }
  return (size_t)(number - recipes);
}

/// The number of groups of four bits that are not zero.
static inline unsigned group_count(uint64_t word) {
  word |= word >> 1;
  word |= word >> 2;
  return (unsigned)__builtin_popcountll(word & 0x1111111111111111u);
}

/// Sorts the rows by their number of entries.
static void plan_order(uint16_t *order, uint16_t *counts, const uint64_t *bits, size_t bit_stride,
                       size_t rows, size_t words) {
  uint16_t next[HM_PLAN_WORDS * HM_GROUPS + 2] = {0};
  uint16_t entries[HM_PLAN_CELLS];
  for (size_t m = 0; m < rows; m++) {
    unsigned count = 0;
    for (size_t w = 0; w < words; w++) count += group_count(bits[m * bit_stride + w]);
    entries[m] = (uint16_t)count;
    next[count + 1]++;
  }
  for (size_t count = 0; count < words * HM_GROUPS; count++) next[count + 1] += next[count];
  for (size_t m = 0; m < rows; m++) order[next[entries[m]]++] = (uint16_t)m;
  for (size_t m = rows; m < whole_tiles(rows); m++) order[m] = order[rows - 1];
  for (size_t m = 0; m < rows; m += HM_ROWS) {
    counts[m / HM_ROWS] = entries[order[m + HM_ROWS < rows ? m + HM_ROWS - 1 : rows - 1]];
  }
}

/// Lists the places that each row adds.
static void plan_rows(uint16_t *entries, const uint16_t *order, const uint16_t *counts,
                      uint16_t places[][HM_PATTERNS], const uint64_t *bits, size_t bit_stride,
                      size_t rows, size_t words, size_t inputs) {
  const size_t groups = inputs < words * 64 ? (inputs + 3) / 4 : words * HM_GROUPS;
  for (size_t tile = 0; tile < whole_tiles(rows) / HM_ROWS; tile++) {
    uint16_t *tile_entries = entries + tile * HM_ROWS * words * HM_GROUPS;
    memset(tile_entries, 0, counts[tile] * HM_ROWS * sizeof *entries);
    for (size_t r = 0; r < HM_ROWS; r++) {
      const uint64_t *row = bits + order[tile * HM_ROWS + r] * bit_stride;
      uint16_t *entry = tile_entries + r;
      for (size_t group = 0; group < groups;) {
        uint64_t word = row[group / HM_GROUPS];
        size_t end = groups - group < HM_GROUPS ? groups : group + HM_GROUPS;
        for (; group < end; group++, word >>= 4) {
          // A pattern of zeros writes place 0, which the next one overwrites: no branch to miss.
          *entry = places[group][word & 15];
          entry += (word & 15) != 0 ? HM_ROWS : 0;
        }
      }
    }
  }
}

static void make_plan(binary_plan *plan, const uint64_t *bits, size_t bit_stride, size_t rows,
                      size_t words, size_t inputs, size_t weight_stride) {
  uint16_t patterns[HM_PLAN_WORDS][HM_GROUPS];
  uint16_t places[HM_PLAN_WORDS * HM_GROUPS][HM_PATTERNS];
  size_t recipe = 0;
  plan->chunk_count = 0;
  for (size_t first = 0; first < words;) {
    plan_chunk *chunk = &plan->chunks[plan->chunk_count++];
    size_t entries = 0, end = first;
    while (end < words && entries < HM_CHUNK_ENTRIES) {
      survey(patterns[end], bits + end, bit_stride, rows, inputs - 64 * end);
      for (int group = 0; group < HM_GROUPS; group++) {
        entries += (size_t)__builtin_popcount(patterns[end][group]);
      }
      end++;
    }
    *chunk = (plan_chunk){first, end - first, recipe, {0}};
    recipe += plan_table(chunk, plan->recipes + recipe, places, patterns + first, weight_stride);
    size_t cell = first * whole_tiles(rows);
    plan_order(plan->order + cell, plan->counts + cell / HM_ROWS, bits + first, bit_stride, rows,
               chunk->words);
    plan_rows(plan->entries + cell * HM_GROUPS, plan->order + cell, plan->counts + cell / HM_ROWS,
              places, bits + first, bit_stride, rows, chunk->words, inputs - 64 * first);
    first = end;
  }
}

static inline float *entry_at(float *table, size_t place) {
  return (float *)((char *)table + place * 8);
}

/// Puts the sums of so many inputs each into the table.
static inline __attribute__((always_inline)) const uint32_t *fill_entries(
    int inputs, size_t count, const uint32_t *recipe, float *table, const float *weights) {
  for (size_t i = 0; i < count; i++, recipe += 1 + inputs) {
    float *into = entry_at(table, recipe[0]);
    vfloat sums[HM_LINE_VECTORS] = {0};
#pragma clang loop unroll(full)
    for (int input = 1; input <= inputs; input++) {
      const float *weight = weights + recipe[input];
#pragma clang loop unroll(full)
      for (int v = 0; v < HM_LINE_VECTORS; v++) {
        vfloat values = load(weight + v * HM_WIDTH);
        sums[v] = input == 1 ? values : sums[v] + values;
      }
    }
#pragma clang loop unroll(full)
    for (int v = 0; v < HM_LINE_VECTORS; v++) store(into + v * HM_WIDTH, sums[v]);
  }
  return recipe;
}

/// Puts the sums of all patterns of so many groups into the table.
static inline const uint32_t *fill_groups(size_t count, const uint32_t *recipe, float *table,
                                          const float *weights, size_t weight_stride) {
  for (size_t i = 0; i < count; i++, recipe += 2) {
    float *into = entry_at(table, recipe[0]) - HM_LINE;
    const float *weight = weights + recipe[1];
#pragma clang loop unroll(full)
    for (int v = 0; v < HM_LINE; v += HM_WIDTH) {
      vfloat sums[HM_PATTERNS];
#pragma clang loop unroll(full)
      for (int input = 0; input < 4; input++) {
        vfloat values = load(weight + (size_t)input * weight_stride + v);
        sums[1 << input] = values;
        // Ascending inputs: the highest comes last.
#pragma clang loop unroll(full)
        for (int lower = 1; lower < 1 << input; lower++) {
          sums[(1 << input) + lower] = sums[lower] + values;
        }
      }
#pragma clang loop unroll(full)
      for (int pattern = 1; pattern < HM_PATTERNS; pattern++) {
        store(into + pattern * HM_LINE + v, sums[pattern]);
      }
    }
  }
  return recipe;
}

static inline void fill_table(float *table, const plan_chunk *chunk, const uint32_t *recipe,
                              const float *weights, size_t weight_stride) {
  recipe = fill_groups(chunk->recipe_counts[0], recipe, table, weights, weight_stride);
  recipe = fill_entries(1, chunk->recipe_counts[1], recipe, table, weights);
  recipe = fill_entries(2, chunk->recipe_counts[2], recipe, table, weights);
  recipe = fill_entries(3, chunk->recipe_counts[3], recipe, table, weights);
  fill_entries(4, chunk->recipe_counts[4], recipe, table, weights);
}

/// Adds `count` entries to each of HM_ROWS rows of one line.
///
/// The sums start from the line, or where `start` is given, from that.
static inline void add_entries(float *out, size_t out_stride, float *table, const uint16_t *order,
                               const uint16_t *entries, size_t count, const float *start) {
  float *line[HM_ROWS];
  vfloat sums[HM_ROWS][HM_LINE_VECTORS];
#pragma clang loop unroll(full)
  for (int r = 0; r < HM_ROWS; r++) {
    line[r] = out + order[r] * out_stride;
#pragma clang loop unroll(full)
    for (int v = 0; v < HM_LINE_VECTORS; v++) {
      sums[r][v] = load((start ? start : line[r]) + v * HM_WIDTH);
    }
  }
  for (size_t i = 0; i < count; i++, entries += HM_ROWS) {
    // Four places in one load; the loads of the sums are what limits this loop.
    uint64_t fours[HM_ROWS / 4];
    memcpy(fours, entries, sizeof fours);
#pragma clang loop unroll(full)
    for (int r = 0; r < HM_ROWS; r++) {
      const float *entry = entry_at(table, fours[r / 4] >> (16 * (r % 4)) & 0xffff);
#pragma clang loop unroll(full)
      for (int v = 0; v < HM_LINE_VECTORS; v++) sums[r][v] += load(entry + v * HM_WIDTH);
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < HM_ROWS; r++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < HM_LINE_VECTORS; v++) store(line[r] + v * HM_WIDTH, sums[r][v]);
  }
}

/// Adds a chunk to one line of `rows` rows.
static void add_chunk(float *out, size_t out_stride, float *table, const binary_plan *plan,
                      const plan_chunk *chunk, size_t rows, const float *start) {
  size_t cell = chunk->first_word * whole_tiles(rows);
  const uint16_t *order = plan->order + cell, *counts = plan->counts + cell / HM_ROWS;
  const uint16_t *entries = plan->entries + cell * HM_GROUPS;
  for (size_t m = 0; m < rows; m += HM_ROWS) {
    add_entries(out, out_stride, table, order + m, entries, counts[m / HM_ROWS], start);
    entries += chunk->words * HM_GROUPS * HM_ROWS;
  }
}

/// One line of the bias, with −0 turned into +0.
static inline void load_start(float start[HM_LINE], const float *bias) {
  for (int v = 0; v < HM_LINE_VECTORS; v++) {
    store(start + v * HM_WIDTH, (bias ? load(bias + v * HM_WIDTH) : all(0)) + 0.0f);
  }
}

static void write_starts(float *out, size_t out_stride, const float *bias, size_t rows,
                         size_t outputs) {
  float start[HM_LINE];
  for (size_t n = 0; n < outputs; n += HM_LINE) {
    load_start(start, bias ? bias + n : NULL);
    for (size_t m = 0; m < rows; m++) memcpy(out + m * out_stride + n, start, sizeof start);
  }
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
                 weights + chunk->first_word * 64 * weight_stride + n, weight_stride);
      add_chunk(out + n, out_stride, table, plan, chunk, rows, is_first && c == 0 ? start : NULL);
    }
  }
}

static void binary(float *out, size_t out_stride, const uint64_t *bits, size_t bit_stride,
                   const float *weights, size_t weight_stride, const float *bias, size_t rows,
                   size_t inputs, size_t outputs) {
  binary_plan plan;
  _Alignas(64) float table[HM_TABLE_ENTRIES * HM_LINE];
  memset(table, 0, HM_LINE * sizeof *table);
  if (inputs == 0) return write_starts(out, out_stride, bias, rows, outputs);
  size_t words = (inputs + 63) / 64;
  size_t plan_words = words < HM_PLAN_WORDS ? words : HM_PLAN_WORDS;
  size_t most_rows = HM_PLAN_CELLS / plan_words;
  for (size_t top = 0; top < rows; top += most_rows) {
    size_t height = rows - top < most_rows ? rows - top : most_rows;
    for (size_t first = 0; first < words; first += plan_words) {
      size_t width = words - first < plan_words ? words - first : plan_words;
      make_plan(&plan, bits + top * bit_stride + first, bit_stride, height, width,
                inputs - 64 * first, weight_stride);
      add_plan(out + top * out_stride, out_stride, table, &plan,
               weights + first * 64 * weight_stride, bias, first == 0, height, weight_stride,
               outputs);
    }
  }
}
