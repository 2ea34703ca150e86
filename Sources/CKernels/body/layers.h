/// Half-steps of a restricted machine, panel by panel: fields, then σ and draws of four rows at a
/// time, while they are in the first cache.

/// A plan for any number of rows and inputs, in pieces: rows first, then words.
typedef struct {
  /// 0 where a plan does not pay.
  size_t piece_count;
  plan_lines lines;
  size_t piece_rows, piece_words;
  binary_plan pieces[];
} layer_plan;

static layer_plan cut_pieces(size_t rows, size_t count, size_t piece_words, int are_hidden) {
  size_t words = (count + 63) / 64, piece_rows = HM_PLAN_CELLS / piece_words;
  size_t pieces = (rows + piece_rows - 1) / piece_rows * ((words + piece_words - 1) / piece_words);
  return (layer_plan){pieces, {HM_LINE, are_hidden}, piece_rows, piece_words};
}

static size_t plan_bytes(size_t rows, size_t count, size_t plan_words) {
  if (rows < HM_PLANNED_ROWS) return sizeof(layer_plan);
  return sizeof(layer_plan) +
         cut_pieces(rows, count, plan_words, 0).piece_count * sizeof(binary_plan);
}

/// Words of inputs.
typedef struct {
  size_t first, end;
} word_range;

static inline size_t words_of_first_half(size_t count) { return ((count + 63) / 64 + 1) / 2; }

static inline word_range all_words(hm_inputs inputs) {
  return (word_range){0, (inputs.count + 63) / 64};
}

/// Room for sums of patterns, and beside them for transposed weights.
typedef struct {
  _Alignas(64) float table[HM_TABLE_ENTRIES * HM_LINE];
  _Alignas(64) float weights[HM_PLAN_WORDS * 64 * HM_LINE];
} layer_room;

_Static_assert(offsetof(layer_room, weights) == HM_KEPT_PLACE * 8, "places reach the weights");

static void plan(hm_inputs inputs, size_t panels, size_t first, size_t end) {
  const int pays = inputs.rows >= HM_PLANNED_ROWS && inputs.rows * panels >= HM_PLANNED_LINES;
  const layer_plan cut =
      cut_pieces(inputs.rows, inputs.count, inputs.plan_words, inputs.are_hidden);
  layer_plan *plan = inputs.plan;
  if (first == 0) {
    *plan = cut;
    if (!pays) plan->piece_count = 0;
  }
  if (!pays) return;
  const size_t words = (inputs.count + 63) / 64;
  const int is_cut = inputs.are_hidden && inputs.count >= HM_HALVED_INPUTS;
  const size_t middle = is_cut ? words_of_first_half(inputs.count) : 0;
  const size_t pieces = (words + cut.piece_words - 1) / cut.piece_words;
  for (size_t top = 0; top < inputs.rows; top += cut.piece_rows) {
    size_t rows = inputs.rows - top < cut.piece_rows ? inputs.rows - top : cut.piece_rows;
    for (size_t word = first; word < end; word += cut.piece_words) {
      size_t width = end - word < cut.piece_words ? end - word : cut.piece_words;
      // Where the middle is in another piece, no word has that number.
      make_plan(&plan->pieces[top / cut.piece_rows * pieces + word / cut.piece_words],
                inputs.bits + top * inputs.stride + word, inputs.stride, rows, width,
                inputs.count - 64 * word, middle - word, cut.lines);
    }
  }
}

/// Where a panel of weights comes from: a panel, or squares to transpose.
typedef struct {
  const float *w;
  /// 0, or the panels' height: then `w` is the first square.
  size_t height;
  /// Of the inputs.
  size_t panels;
} panel_source;

/// The weights of so many words of inputs, perhaps by way of `scratch`.
static inline const float *panel_words(panel_source source, size_t first_word, size_t words,
                                       float *scratch) {
  if (source.height == 0) return source.w + first_word * 64 * HM_LINE;
  size_t first = first_word * (64 / HM_LINE), end = (first_word + words) * (64 / HM_LINE);
  for (size_t n = first; n < end && n < source.panels; n++) {
    transpose_line_square(scratch + (n - first) * HM_LINE * HM_LINE,
                          source.w + n * source.height * HM_LINE);
  }
  return scratch;
}

/// One chunk of a piece of a plan: so many rows from `top` on, its table filled.
typedef struct {
  const binary_plan *piece;
  const plan_chunk *chunk;
  size_t top, rows;
  /// Whether sums start here, and end.
  int is_first, is_last;
} layer_chunk;

typedef void (*chunk_body)(void *context, layer_chunk chunk, float *table);

/// Fills the table of each chunk of some words in turn and calls the body.
static inline __attribute__((always_inline)) void for_each_chunk(
    hm_inputs inputs, word_range range, panel_source source, layer_room *room, chunk_body body,
    void *context) {
  const layer_plan *plan = inputs.plan;
  const binary_plan *piece = plan->pieces;
  size_t words = (inputs.count + 63) / 64;
  for (size_t top = 0; top < inputs.rows; top += plan->piece_rows) {
    size_t rows = inputs.rows - top < plan->piece_rows ? inputs.rows - top : plan->piece_rows;
    for (size_t first = 0; first < words; first += plan->piece_words, piece++) {
      for (size_t c = 0; c < piece->chunk_count; c++) {
        const plan_chunk *chunk = &piece->chunks[c];
        const size_t word = first + chunk->first_word;
        if (word < range.first || word >= range.end) continue;
        const float *weights = panel_words(source, word, chunk->words, room->weights);
        fill_table(room->table, chunk, piece->recipes + chunk->first_recipe, weights,
                   plan->lines);
        body(context,
             (layer_chunk){piece, chunk, top, rows, word == range.first,
                           word + chunk->words == range.end},
             room->table);
      }
    }
  }
}

/// Sums of a panel, and what they start from.
typedef struct {
  float *out;
  _Alignas(64) float start[HM_LINE];
} panel_sums;

static inline void add_layer_chunk(void *context, layer_chunk at, float *table) {
  panel_sums *sums = context;
  add_chunk(sums->out + at.top * HM_LINE, HM_LINE, table, at.piece, at.chunk, at.rows,
            at.is_first ? sums->start : NULL);
}

static void add_pieces(float *out, hm_inputs inputs, word_range range, panel_source source,
                       const float *bias, layer_room *room) {
  panel_sums sums = {.out = out};
  load_start(sums.start, bias);
  for_each_chunk(inputs, range, source, room, add_layer_chunk, &sums);
}

/// The same without a plan, row by row; masked, the weights are read in whole groups.
static void add_rows(float *out, hm_inputs inputs, word_range range, panel_source source,
                     const float *bias, int is_masked, layer_room *room) {
  for (size_t m = 0; m < inputs.rows; m++) load_start(out + m * HM_LINE, bias);
  for (size_t w = range.first; w < range.end; w++) {
    const float *weights = panel_words(source, w, 1, room->weights);
    for (size_t m = 0; m < inputs.rows; m++) {
      uint64_t bits = inputs.bits[m * inputs.stride + w];
      vfloat sums[HM_LINE_VECTORS];
      load_line(sums, out + m * HM_LINE);
      if (is_masked) {
        add_masked_word(sums, 1, bits, weights, 0);
      } else {
        add_word(sums, 1, bits, &weights, HM_LINE);
      }
      store_line(out + m * HM_LINE, sums);
    }
  }
}

static void add_inputs_of(float *out, hm_inputs inputs, word_range range, panel_source source,
                          const float *bias, int is_masked, layer_room *room) {
  const layer_plan *plan = inputs.plan;
  if (plan->piece_count > 0) {
    add_pieces(out, inputs, range, source, bias, room);
  } else {
    add_rows(out, inputs, range, source, bias, is_masked, room);
  }
}

/// A half-step of some panels, of which the first has this source, and the next is so far on.
static inline void half_step(hm_answers out, hm_inputs inputs, panel_source source, size_t next,
                             const float *bias, size_t first, size_t end, hm_draw draw) {
  layer_room room;
  const layer_plan *plan = inputs.plan;
  const int is_masked = end - first <= HM_MASKED_PANELS;
  if (inputs.rows == 1 && plan->piece_count == 0) {
    row_inputs row = {.bits = inputs.bits,
                      .count = inputs.count,
                      .w = source.w - first * next,
                      .next = next,
                      .height = source.height,
                      .bias = bias,
                      .is_masked = is_masked};
    half_step_of_row(out, row, first, end, draw);
    return;
  }
  memset(room.table, 0, HM_LINE * sizeof *room.table);
  for (size_t n = first; n < end; n++, source.w += next) {
    add_inputs_of(out.values + n * out.panel_rows * HM_LINE, inputs, all_words(inputs), source,
                  bias + n * HM_LINE, is_masked, &room);
    answer(out, n, inputs.rows, draw);
  }
}

static void hidden(hm_answers out, hm_inputs visible, const float *w, size_t height,
                   const float *bias, size_t first, size_t end, hm_draw draw) {
  panel_source source = {w + first * height * HM_LINE, 0, 0};
  half_step(out, visible, source, height * HM_LINE, bias, first, end, draw);
}

/// The squares of the first panel of visible units.
static inline panel_source squares_of(hm_inputs hidden, const float *w, size_t height,
                                      size_t first) {
  return (panel_source){w + first * HM_LINE * HM_LINE, height,
                        (hidden.count + HM_LINE - 1) / HM_LINE};
}

static void visible(hm_answers out, hm_inputs hidden, const float *w, size_t height,
                    const float *bias, size_t first, size_t end, hm_draw draw) {
  half_step(out, hidden, squares_of(hidden, w, height, first), HM_LINE * HM_LINE, bias, first, end,
            draw);
}

static void visible_half(float *fields, hm_inputs hidden, const float *w, size_t height,
                         const float *bias, int half, size_t first, size_t end) {
  layer_room room;
  memset(room.table, 0, HM_LINE * sizeof *room.table);
  panel_source source = squares_of(hidden, w, height, first);
  word_range range = all_words(hidden);
  *(half == 0 ? &range.end : &range.first) = words_of_first_half(hidden.count);
  for (size_t n = first; n < end; n++, source.w += HM_LINE * HM_LINE) {
    add_inputs_of(fields + (n - first) * hidden.rows * HM_LINE, hidden, range, source,
                  half == 0 ? bias + n * HM_LINE : NULL, 0, &room);
  }
}

static void answer_halves(hm_answers out, const float *first_half, const float *second_half,
                          size_t rows, size_t first, size_t end, hm_draw draw) {
  for (size_t n = first; n < end; n++) {
    float *values = out.values + n * out.panel_rows * HM_LINE;
    const size_t panel = (n - first) * rows * HM_LINE;
    for (size_t i = 0; i < rows * HM_LINE; i += HM_WIDTH) {
      store(values + i, load(first_half + panel + i) + load(second_half + panel + i));
    }
    answer(out, n, rows, draw);
  }
}

static void counts(float *sums, hm_inputs inputs) {
  const size_t words = (inputs.count + 63) / 64;
  if (words == 1 && inputs.stride == 1) {
    for (size_t k = 0; k < inputs.rows; k++) {
      sums[k] = (float)__builtin_popcountll(inputs.bits[k]);
    }
    return;
  }
  for (size_t k = 0; k < inputs.rows; k++) {
    int count = 0;
    for (size_t w = 0; w < words; w++) {
      count += __builtin_popcountll(inputs.bits[k * inputs.stride + w]);
    }
    sums[k] = (float)count;
  }
}
