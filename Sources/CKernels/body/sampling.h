/// Draws, sixty-four units (one word of packed bits) at a time.

#define HM_DRAW_VECTORS (64 / HM_WIDTH)
#define HM_DRAW_PAIRS (HM_DRAW_VECTORS / 2)

/// words[i] = the random words of units first + i · HM_WIDTH …, first a multiple of 4, for so many
/// pairs of vectors, which is known when this is inlined.
static inline __attribute__((always_inline)) void draw_words(vuint *words, size_t pairs,
                                                             size_t first, uint32_t chain,
                                                             const draw_rounds *rounds) {
  draw_blocks blocks[HM_DRAW_PAIRS];
  vuint64 units;
  for (size_t lane = 0; lane < HM_WIDTH / 2; lane++) units[lane] = block_in_lane(lane);
  units += all_lanes(first / 4);
#pragma clang loop unroll(full)
  for (size_t g = 0; g < pairs; g++, units += all_lanes(HM_WIDTH / 2)) {
    blocks[g] = (draw_blocks){.chain = all_lanes(chain), .unit = units};
  }
  encipher(words, blocks, pairs, rounds);
}

static void random_words(uint32_t *words, size_t count, hm_draw draw) {
  const draw_rounds rounds = rounds_of(draw);
  for (size_t first = 0; first < count; first += 64) {
    vuint drawn[HM_DRAW_VECTORS];
    draw_words(drawn, HM_DRAW_PAIRS, first, draw.chain, &rounds);
    memcpy(words + first, drawn, (count - first < 64 ? count - first : 64) * sizeof *words);
  }
}

/// −1 where word < ⌊p · 2³²⌋: the significand of p as far to the left as it goes, and back by what
/// its exponent is below that of 1/2.
static inline vint are_on(vuint words, vfloat p) {
  vuint significand = (vuint)p << 8 | 0x80000000u;
  return (words < shift_right(significand, 126 - ((vuint)p >> 23))) | (p >= 1);
}

/// Draws the sixty-four units from `first` on of one row, or the fewer there are.
static inline __attribute__((always_inline)) uint64_t sample_word(
    float *probabilities, const float *values, size_t units, size_t first, int takes_fields,
    uint32_t chain, const draw_rounds *rounds) {
  const size_t count = HM_DRAW_VECTORS;
  float padded[64];
  const int is_whole = units >= 64;
  if (!is_whole) {
    memset(padded, 0, sizeof padded);
    memcpy(padded, values, units * sizeof *values);
    values = padded;
  }
  vfloat p[HM_DRAW_VECTORS];
  HM_EACH p[i] = load(values + i * HM_WIDTH);
  if (takes_fields) logistic_vectors(p, count);
  vuint words[HM_DRAW_VECTORS];
  draw_words(words, HM_DRAW_PAIRS, first, chain, rounds);
  uint64_t bits = 0;
  HM_EACH bits |= mask_bits(are_on(words[i], p[i])) << (i * HM_WIDTH);
  if (probabilities && is_whole) {
    HM_EACH store(probabilities + i * HM_WIDTH, p[i]);
  } else if (probabilities) {
    HM_EACH store(padded + i * HM_WIDTH, p[i]);
    memcpy(probabilities, padded, units * sizeof *probabilities);
  }
  return is_whole ? bits : bits & (((uint64_t)1 << units) - 1);
}

static void sample_logistic(uint64_t *bits, size_t bit_stride, float *probabilities,
                            size_t probability_stride, const float *fields, size_t field_stride,
                            size_t rows, size_t units, hm_draw draw) {
  const draw_rounds rounds = rounds_of(draw);
  for (size_t m = 0; m < rows; m++, draw.chain++) {
    for (size_t first = 0; first < units; first += 64) {
      bits[m * bit_stride + first / 64] =
          sample_word(probabilities ? probabilities + m * probability_stride + first : NULL,
                      fields + m * field_stride + first, units - first, first, 1,
                      draw.chain, &rounds);
    }
  }
}

static void sample_bernoulli(uint64_t *bits, size_t bit_stride, const float *probabilities,
                             size_t probability_stride, size_t rows, size_t units, hm_draw draw) {
  const draw_rounds rounds = rounds_of(draw);
  for (size_t m = 0; m < rows; m++, draw.chain++) {
    for (size_t first = 0; first < units; first += 64) {
      bits[m * bit_stride + first / 64] =
          sample_word(NULL, probabilities + m * probability_stride + first, units - first, first, 0,
                      draw.chain, &rounds);
    }
  }
}
