/// Plans of binary products by the method of four Russians.
///
/// The inputs are taken in chunks of whole words (16 groups of four each). The sum of every
/// pattern that occurs in a group of a chunk is put into a table one line wide that stays in the
/// first cache; each row then adds one table entry per group that is not zero. Rows are visited in
/// order of how many entries they have, HM_ROWS side by side, so that neighbours do the same work
/// and branches are foreseen. What to add is planned once and serves every line of outputs.

/// Rows × words that one plan covers.
#define HM_PLAN_CELLS 2048
#define HM_GROUPS 16
#define HM_PATTERNS 16
/// The most lines that a chunk keeps, of which one word has up to 240: they leave the first cache
/// room for what rows add and for their sums.
#define HM_CHUNK_LINES 400
#define HM_TABLE_ENTRIES (1 + HM_CHUNK_LINES)
/// From this number of rows on, every pattern is expected to occur.
#define HM_SURVEYED_ROWS 256
/// From this number of patterns on, a group gets all of them: they share their sums.
#define HM_FULL_GROUP 8
/// Recipes of as many inputs are followed by room for what is written past their end.
#define HM_RECIPE_GAP 3
/// Numbers in the recipes of one word: for a group, at most 4 · 1 + 6 · 2 + 4 · 3 + 1 · 4.
#define HM_RECIPE_NUMBERS (HM_GROUPS * 32 + 5 * HM_RECIPE_GAP)

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
  /// The rows of weights to add up for one entry after the other, as offsets; for all entries of a
  /// whole group, its first row.
  uint32_t recipes[HM_PLAN_WORDS * HM_RECIPE_NUMBERS];
  plan_chunk chunks[HM_PLAN_WORDS];
  size_t chunk_count;
} binary_plan;

static inline size_t whole_tiles(size_t rows) {
  return (rows + HM_ROWS - 1) / HM_ROWS * HM_ROWS;
}

/// The lowest bit of each group of four bits that is not zero.
static inline uint64_t lowest_of_groups(uint64_t word) {
  word |= word >> 1;
  word |= word >> 2;
  return word & 0x1111111111111111u;
}

/// Bit p of seen[g] says that group g of some row's word has pattern p.
static inline void see_patterns(uint32_t seen[HM_GROUPS], const uint64_t *bits, size_t bit_stride,
                                size_t rows) {
  vuint shifts, found[HM_GROUPS / HM_WIDTH] = {0};
  for (uint32_t lane = 0; lane < HM_WIDTH; lane++) shifts[lane] = 4 * (lane % 8);
  for (size_t m = 0; m < rows; m++) {
    uint64_t word = bits[m * bit_stride];
#pragma clang loop unroll(full)
    for (int group = 0; group < HM_GROUPS; group += HM_WIDTH) {
#if HM_WIDTH == 16
      vuint half = {0};
      for (int lane = 0; lane < HM_WIDTH; lane++) half[lane] = (uint32_t)(word >> (lane / 8 * 32));
#else
      vuint half = (vuint){0} + (uint32_t)(word >> (group / 8 * 32 + group % 8 * 4));
#endif
      found[group / HM_WIDTH] |= ((vuint){0} + 1) << (half >> shifts & 15);
    }
  }
  memcpy(seen, found, sizeof found);
}

/// Bit p of patterns[g] says that pattern p may occur in group g of a word with so many inputs.
static void survey(uint16_t patterns[HM_GROUPS], const uint64_t *bits, size_t bit_stride,
                   size_t rows, size_t inputs) {
  uint32_t seen[HM_GROUPS] = {0};
  if (rows < HM_SURVEYED_ROWS) see_patterns(seen, bits, bit_stride, rows);
  for (size_t group = 0; group < HM_GROUPS; group++) {
    size_t left = inputs < 4 * group ? 0 : inputs - 4 * group;
    uint32_t possible = left >= 4 ? 0xffff : (1u << (1u << left)) - 1;
    uint32_t expected = rows < HM_SURVEYED_ROWS ? seen[group] : possible;
    int fills = left >= 4 && __builtin_popcount(expected & ~1u) >= HM_FULL_GROUP;
    patterns[group] = (uint16_t)((fills ? possible : expected) & ~1u);
  }
}

/// All patterns of four inputs but 0, and those of so many inputs.
#define HM_ALL_PATTERNS 0xfffe
static const uint16_t patterns_of[5] = {0x0001, 0x0116, 0x1668, 0x6880, 0x8000};

/// Where a plan finds lines of weights and puts their sums.
typedef struct {
  size_t weight_stride;
  /// Whether the lines lie beside the table, from place HM_KEPT_PLACE on: they are their own sums.
  int are_kept;
} plan_lines;
#define HM_KEPT_PLACE (HM_TABLE_ENTRIES * HM_PLACE_OF_ENTRY)

static inline uint16_t sums_of(uint16_t patterns, plan_lines lines) {
  return lines.are_kept ? patterns & (uint16_t)~patterns_of[1] : patterns;
}

/// The inputs of each pattern; what follows the last may be anything.
static const uint8_t inputs_of[HM_PATTERNS][4] = {
    {0}, {0}, {1}, {0, 1}, {2}, {0, 2}, {1, 2}, {0, 1, 2},
    {3}, {0, 3}, {1, 3}, {0, 1, 3}, {2, 3}, {0, 2, 3}, {1, 2, 3}, {0, 1, 2, 3},
};

/// Counts the recipes of a chunk, of whole groups and then of one to four inputs.
static void count_recipes(size_t counts[5], uint16_t patterns[][HM_GROUPS], size_t groups,
                          plan_lines lines) {
  for (size_t group = 0; group < groups; group++) {
    uint16_t seen = patterns[group / HM_GROUPS][group % HM_GROUPS];
    const int is_whole = seen == HM_ALL_PATTERNS;
    seen = is_whole ? 0 : sums_of(seen, lines);
    counts[0] += (size_t)is_whole;
#pragma clang loop unroll(full)
    for (int inputs = 1; inputs <= 4; inputs++) {
      counts[inputs] += (size_t)__builtin_popcount(seen & patterns_of[inputs]);
    }
  }
}

/// Writes the recipes of a chunk, whole groups and then short ones first, with a gap after those of
/// as many inputs, and finds every pattern its place.
static size_t plan_table(plan_chunk *chunk, uint32_t *recipes, uint16_t places[][HM_PATTERNS],
                         uint16_t patterns[][HM_GROUPS], plan_lines lines) {
  const size_t groups = chunk->words * HM_GROUPS, *counts = chunk->recipe_counts;
  count_recipes(chunk->recipe_counts, patterns, groups, lines);
  // The next of as many inputs.
  uint16_t place[5] = {HM_PLACE_OF_ENTRY};
  uint32_t *number[5] = {recipes};
  const size_t sums = (size_t)__builtin_popcount(sums_of(HM_ALL_PATTERNS, lines));
  for (size_t inputs = 1; inputs <= 4; inputs++) {
    size_t before = inputs == 1 ? sums * counts[0] : counts[inputs - 1];
    place[inputs] = (uint16_t)(place[inputs - 1] + before * HM_PLACE_OF_ENTRY);
    number[inputs] = number[inputs - 1] + (inputs == 1 ? counts[0] : (inputs - 1) * before) +
                     HM_RECIPE_GAP;
  }
  for (size_t group = 0; group < groups; group++) {
    const uint32_t first = (uint32_t)(group * 4 * lines.weight_stride);
    const uint16_t seen = patterns[group / HM_GROUPS][group % HM_GROUPS];
    places[group][0] = 0;
    for (size_t input = 0; lines.are_kept && input < 4; input++) {
      places[group][1 << input] =
          (uint16_t)(HM_KEPT_PLACE + (4 * group + input) * HM_PLACE_OF_ENTRY);
    }
    if (seen == HM_ALL_PATTERNS) *number[0]++ = first;
    for (uint32_t left = sums_of(seen, lines); left != 0; left &= left - 1) {
      const uint32_t pattern = (uint32_t)__builtin_ctz(left);
      const int inputs = seen == HM_ALL_PATTERNS ? 0 : __builtin_popcount(pattern);
      places[group][pattern] = place[inputs];
      place[inputs] += HM_PLACE_OF_ENTRY;
      if (inputs == 0) continue;
      // All four, of which the next overwrite those that are none.
#pragma clang loop unroll(full)
      for (int i = 0; i < 4; i++) {
        number[inputs][i] = first + inputs_of[pattern][i] * (uint32_t)lines.weight_stride;
      }
      number[inputs] += inputs;
    }
  }
  return (size_t)(number[4] + HM_RECIPE_GAP - recipes);
}

/// Sorts the rows by their number of entries.
static void plan_order(uint16_t *order, uint16_t *counts, const uint64_t *bits, size_t bit_stride,
                       size_t rows, size_t words) {
  uint16_t next[HM_PLAN_WORDS * HM_GROUPS + 2] = {0};
  uint16_t entries[HM_PLAN_CELLS];
  for (size_t m = 0; m < rows; m++) {
    unsigned count = 0;
    for (size_t w = 0; w < words; w++) {
      count += (unsigned)__builtin_popcountll(lowest_of_groups(bits[m * bit_stride + w]));
    }
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

/// Lists the places that each row adds, and 0 up to the count of its tile.
static void plan_rows(uint16_t *entries, const uint16_t *order, const uint16_t *counts,
                      uint16_t places[][HM_PATTERNS], const uint64_t *bits, size_t bit_stride,
                      size_t rows, size_t words) {
  for (size_t tile = 0; tile < whole_tiles(rows) / HM_ROWS; tile++) {
    uint16_t *tile_entries = entries + tile * HM_ROWS * words * HM_GROUPS;
    for (size_t r = 0; r < HM_ROWS; r++) {
      const uint64_t *row = bits + order[tile * HM_ROWS + r] * bit_stride;
      uint16_t *entry = tile_entries + r, *end = entry + counts[tile] * HM_ROWS;
      for (size_t w = 0; w < words; w++) {
        const uint64_t word = row[w], some = lowest_of_groups(word);
        // Foreseen: rows with little come first, and the same words are empty in most.
        if (word == 0) continue;
        // Four bits for each group: how many before it are not zero.
        const uint64_t before = some * 0x1111111111111111u << 4;
        // The next overwrites a group of zeros: cheaper than a branch that nobody foresees.
#pragma clang loop unroll(full)
        for (int group = 0; group < HM_GROUPS; group++) {
          entry[(before >> (4 * group) & 15) * HM_ROWS] =
              places[w * HM_GROUPS + (size_t)group][word >> (4 * group) & 15];
        }
        entry += (size_t)__builtin_popcountll(some) * HM_ROWS;
      }
      for (; entry < end; entry += HM_ROWS) *entry = 0;
    }
  }
}

/// No chunk has words on both sides of the cut.
static void make_plan(binary_plan *plan, const uint64_t *bits, size_t bit_stride, size_t rows,
                      size_t words, size_t inputs, size_t cut, plan_lines lines) {
  uint16_t patterns[HM_PLAN_WORDS][HM_GROUPS];
  uint16_t places[HM_PLAN_WORDS * HM_GROUPS][HM_PATTERNS];
  size_t recipe = 0, word_lines[HM_PLAN_WORDS];
  for (size_t w = 0; w < words; w++) {
    survey(patterns[w], bits + w, bit_stride, rows, inputs - 64 * w);
    word_lines[w] = lines.are_kept ? 64 : 0;
    for (int group = 0; group < HM_GROUPS; group++) {
      word_lines[w] += (size_t)__builtin_popcount(sums_of(patterns[w][group], lines));
    }
  }
  plan->chunk_count = 0;
  for (size_t first = 0; first < words;) {
    plan_chunk *chunk = &plan->chunks[plan->chunk_count++];
    size_t kept = word_lines[first], end = first + 1;
    while (end < words && end != cut && kept + word_lines[end] <= HM_CHUNK_LINES) {
      kept += word_lines[end++];
    }
    *chunk = (plan_chunk){first, end - first, recipe, {0}};
    recipe += plan_table(chunk, plan->recipes + recipe, places, patterns + first, lines);
    size_t cell = first * whole_tiles(rows);
    plan_order(plan->order + cell, plan->counts + cell / HM_ROWS, bits + first, bit_stride, rows,
               chunk->words);
    plan_rows(plan->entries + cell * HM_GROUPS, plan->order + cell, plan->counts + cell / HM_ROWS,
              places, bits + first, bit_stride, rows, chunk->words);
    first = end;
  }
}
