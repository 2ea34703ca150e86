/// Half-steps of a single row, up to HM_ROW_PANELS panels side by side in registers: one panel of
/// one row would be a chain of operations that wait for each other.

/// Panels side by side in one row: with their states, one word.
#define HM_ROW_PANELS 4
#define HM_ROW_VECTORS (HM_ROW_PANELS * HM_LINE_VECTORS)

/// For up to so many panels, what is on in a row comes too seldom to be foreseen: no branch looks.
#define HM_MASKED_PANELS 4

/// Four inputs of which some are on, and what is added if one is. Whether a sum of nothing is 0 or
/// −0 is left open: no field is −0, so it makes no difference.
#ifdef HM_AVX512
typedef vint four_inputs;
typedef __mmask16 input_mask;

static inline four_inputs four_of(uint64_t bits) {
  vint four = (vint){0} + (int32_t)bits;
  // The compiler would test one bit after the other outside of vectors.
  __asm__("" : "+v"(four));
  return four;
}

static inline input_mask mask_of(four_inputs four, int input) {
  __mmask16 mask = _mm512_test_epi32_mask((__m512i)four, _mm512_set1_epi32(1 << input));
  // The compiler would turn the test around, and add and choose apart.
  __asm__("" : "+k"(mask));
  return mask;
}

/// v if an input is on, else 0.
static inline vfloat keep_if(input_mask mask, vfloat v) {
  return (vfloat)_mm512_maskz_mov_ps(mask, (__m512)v);
}

/// sum + v if an input is on, else sum.
static inline vfloat add_if(input_mask mask, vfloat sum, vfloat v) {
  return (vfloat)_mm512_mask_add_ps((__m512)sum, mask, (__m512)sum, (__m512)v);
}
#else
typedef const int32_t *four_inputs;
typedef vint input_mask;

/// −1 for each input of a group that is on.
static const int32_t group_masks[HM_PATTERNS][4] = {
    {0, 0, 0, 0},   {-1, 0, 0, 0},   {0, -1, 0, 0},   {-1, -1, 0, 0},
    {0, 0, -1, 0},  {-1, 0, -1, 0},  {0, -1, -1, 0},  {-1, -1, -1, 0},
    {0, 0, 0, -1},  {-1, 0, 0, -1},  {0, -1, 0, -1},  {-1, -1, 0, -1},
    {0, 0, -1, -1}, {-1, 0, -1, -1}, {0, -1, -1, -1}, {-1, -1, -1, -1},
};

static inline four_inputs four_of(uint64_t bits) { return group_masks[bits & 15]; }

static inline input_mask mask_of(four_inputs four, int input) { return (vint){0} + four[input]; }

static inline vfloat keep_if(input_mask mask, vfloat v) { return (vfloat)(mask & (vint)v); }

static inline vfloat add_if(input_mask mask, vfloat sum, vfloat v) {
  return sum + keep_if(mask, v);
}
#endif

/// Adds one word of inputs to so many neighbouring panels, which is known when this is inlined. The
/// weights are read in whole groups.
static inline __attribute__((always_inline)) void add_masked_word(vfloat *sums, size_t lines,
                                                                  uint64_t bits, const float *w,
                                                                  size_t next) {
  const size_t count = lines * HM_LINE_VECTORS;
  for (uint64_t left = lowest_of_groups(bits); left != 0; left &= left - 1) {
    const unsigned first = (unsigned)__builtin_ctzll(left);
    const four_inputs four = four_of(bits >> first);
    vfloat group[HM_WORD_LINES * HM_LINE_VECTORS];
#pragma clang loop unroll(full)
    for (int input = 0; input < 4; input++) {
      const input_mask mask = mask_of(four, input);
      const float *line = w + (first + (size_t)input) * HM_LINE;
      HM_EACH {
        vfloat value = load(line + i / HM_LINE_VECTORS * next + i % HM_LINE_VECTORS * HM_WIDTH);
        group[i] = input == 0 ? keep_if(mask, value) : add_if(mask, group[i], value);
      }
    }
    HM_EACH sums[i] += group[i];
  }
}

/// Adds one panel of inputs, lane by lane on or off, to HM_WIDTH sums whose weights stand in lines.
///
/// Four lines at a time, the weights of all groups that a vector holds are transposed and added up.
static inline __attribute__((always_inline)) void add_lines(vfloat *sum, const vint *masks,
                                                            const float *w) {
#pragma clang loop unroll(full)
  for (size_t v = 0; v < HM_LINE_VECTORS; v++) {
    vfloat groups[HM_WIDTH / 4];
#pragma clang loop unroll(full)
    for (size_t four = 0; four < HM_WIDTH / 4; four++) {
      vfloat lines[4];
#pragma clang loop unroll(full)
      for (size_t i = 0; i < 4; i++) {
        lines[i] = (vfloat)(masks[v] & (vint)load(w + (4 * four + i) * HM_LINE + v * HM_WIDTH));
      }
      transpose_fours(lines);
      groups[four] = lines[0] + lines[1] + lines[2] + lines[3];
    }
    transpose_blocks(groups);
#pragma clang loop unroll(full)
    for (size_t group = 0; group < HM_WIDTH / 4; group++) *sum += groups[group];
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

/// Adds a word of inputs by lines of weights to so many panels from number `first` on, which is
/// known when this is inlined.
static inline __attribute__((always_inline)) void add_row_word(vfloat *sums, const row_inputs *row,
                                                               size_t word, size_t first,
                                                               size_t panels) {
#pragma clang loop unroll(full)
  for (size_t n = 0; n < panels; n += HM_WORD_LINES) {
    const size_t lines = panels - n < HM_WORD_LINES ? panels - n : HM_WORD_LINES;
    const float *weights[HM_WORD_LINES];
    for (size_t i = 0; i < lines; i++) {
      weights[i] = row->w + (first + n + i) * row->next + word * 64 * HM_LINE;
    }
    if (row->is_masked) {
      add_masked_word(sums + n * HM_LINE_VECTORS, lines, row->bits[word], weights[0], row->next);
    } else {
      add_word(sums + n * HM_LINE_VECTORS, lines, row->bits[word], weights, HM_LINE);
    }
  }
}

/// The same by squares.
static inline __attribute__((always_inline)) void add_row_squares(vfloat *sums,
                                                                  const row_inputs *row,
                                                                  size_t word, size_t first,
                                                                  size_t panels) {
  for (size_t n = 4 * word; n < 4 * word + 4 && n * HM_LINE < row->count; n++) {
    const uint64_t bits = row->bits[word] >> (n % 4 * HM_LINE);
    const float *squares = row->w + first * row->next + n * row->height * HM_LINE;
    vint masks[HM_LINE_VECTORS];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < HM_LINE_VECTORS; v++) masks[v] = lane_mask(bits >> (v * HM_WIDTH));
    const size_t count = panels * HM_LINE_VECTORS;
    HM_EACH add_lines(&sums[i], masks, squares + i * HM_WIDTH * HM_LINE);
  }
}

/// What a row's panels answer: values of panel n at values + n · next, or NULL.
typedef struct {
  float *values;
  size_t next;
  size_t units;
} row_answers;

/// σ of so many panels from number `first` on, which is known when this is inlined, as is the way
/// of the sums; their states, if they are drawn.
static inline __attribute__((always_inline)) uint64_t answer_side_by_side(
    const row_answers *out, const row_inputs *row, size_t first, size_t panels, int is_by_squares,
    uint32_t chain, const draw_rounds *rounds) {
  const size_t count = panels * HM_LINE_VECTORS, left = out->units - first * HM_LINE;
  vfloat p[HM_ROW_VECTORS];
  // Before the sums, since nothing waits for anything here.
  vuint words[HM_DRAW_VECTORS];
  if (rounds) draw_words(words, (count + 1) / 2, first * HM_LINE, chain, rounds);
#pragma clang loop unroll(full)
  for (size_t n = 0; n < panels; n++) {
    start_line(p + n * HM_LINE_VECTORS, row->bias + (first + n) * HM_LINE);
  }
  for (size_t word = 0; word < (row->count + 63) / 64; word++) {
    if (is_by_squares) {
      add_row_squares(p, row, word, first, panels);
    } else {
      add_row_word(p, row, word, first, panels);
    }
  }
  logistic_vectors(p, count);
  if (left < panels * HM_LINE) {
    HM_EACH p[i] = (vfloat)((vint)p[i] & lanes_below((int)(left - i * HM_WIDTH)));
  }
  if (out->values) {
#pragma clang loop unroll(full)
    for (size_t n = 0; n < panels; n++) {
      store_line(out->values + (first + n) * out->next, p + n * HM_LINE_VECTORS);
    }
  }
  if (!rounds) return 0;
  uint64_t bits = 0;
  HM_EACH bits |= mask_bits(are_on(words[i], p[i])) << (i * HM_WIDTH);
  return bits;
}

/// How many of the panels that are left answer together.
static inline size_t panels_together(size_t left) {
  return left >= HM_ROW_PANELS ? HM_ROW_PANELS : left >= 2 ? 2 : 1;
}

/// σ and states of as many panels from number `first` on.
static inline __attribute__((always_inline)) uint64_t answer_panels(
    const row_answers *out, const row_inputs *row, size_t first, size_t panels, int is_by_squares,
    uint32_t chain, const draw_rounds *rounds) {
  switch (panels) {
    case 1: return answer_side_by_side(out, row, first, 1, is_by_squares, chain, rounds);
    case 2: return answer_side_by_side(out, row, first, 2, is_by_squares, chain, rounds);
    default:
      return answer_side_by_side(out, row, first, HM_ROW_PANELS, is_by_squares, chain, rounds);
  }
}

static __attribute__((noinline)) uint64_t answer_by_lines(const row_answers *out,
                                                          const row_inputs *row, size_t first,
                                                          size_t panels, uint32_t chain,
                                                          const draw_rounds *rounds) {
  return answer_panels(out, row, first, panels, 0, chain, rounds);
}

static __attribute__((noinline)) uint64_t answer_by_squares(const row_answers *out,
                                                            const row_inputs *row, size_t first,
                                                            size_t panels, uint32_t chain,
                                                            const draw_rounds *rounds) {
  return answer_panels(out, row, first, panels, 1, chain, rounds);
}

static void half_step_of_row(hm_answers out, row_inputs row, size_t first, size_t end,
                             hm_draw draw) {
  const draw_rounds rounds = rounds_of(draw), *drawn = out.states ? &rounds : NULL;
  const row_answers answers = {out.values, out.panel_rows * HM_LINE, out.units};
  for (size_t n = first, panels; n < end; n += panels) {
    panels = panels_together(end - n);
    uint64_t states = row.height > 0
                          ? answer_by_squares(&answers, &row, n, panels, draw.chain, drawn)
                          : answer_by_lines(&answers, &row, n, panels, draw.chain, drawn);
    for (size_t i = 0; drawn && i < panels; i++) {
      out.states[(n + i) * out.state_rows] = (uint16_t)(states >> (i * HM_LINE));
    }
  }
}
