/// Draws, sixty-four units (one word of packed bits) at a time.
///
/// A block's four words stand side by side in a vector, in unit order: the two products of a
/// Philox round are then one 32 × 32 → 64 bit multiplication of the even lanes, and nothing is
/// ever rearranged between lanes of different blocks.

#define HM_DRAW_VECTORS (64 / HM_WIDTH)

/// (low, high) in each pair of 32-bit lanes, given as the 64-bit lanes (a, b, a, b, …).
static inline vuint64 alternate(uint64_t a, uint64_t b) {
  vuint64 v;
  for (int i = 0; i < HM_WIDTH / 2; i += 2) {
    v[i] = a;
    v[i + 1] = b;
  }
  return v;
}

/// Turns so many vectors of counters into random words.
static inline __attribute__((always_inline)) void encipher_counters(vuint *words, size_t count,
                                                           hm_draw draw) {
  const vuint64 low_half = (vuint64){0} + 0xffffffffu;
  const vuint64 multiplier = alternate(HM_PHILOX_MULTIPLIER_0, HM_PHILOX_MULTIPLIER_1);
  for (int round = 0; round < HM_PHILOX_ROUNDS; round++) {
    vuint64 key = alternate(draw.key_low, draw.key_high);
#pragma clang loop unroll(full)
    for (size_t i = 0; i < count; i++) {
      vuint64 state = (vuint64)words[i];
      vuint products = (vuint)((state & low_half) * multiplier);
      words[i] = HM_REVERSE_FOURS(products) ^ (vuint)((state >> 32) ^ key);
    }
    draw.key_low += HM_PHILOX_WEYL_0;
    draw.key_high += HM_PHILOX_WEYL_1;
  }
}

/// words[i] = the random words of units first + i · HM_WIDTH …, first a multiple of 4, for so many
/// vectors, which is known when this is inlined.
static inline __attribute__((always_inline)) void draw_words(vuint *words, size_t count,
                                                             size_t first, hm_draw draw) {
  vuint counter, next = {0};
  for (int lane = 0; lane < HM_WIDTH; lane += 4) {
    counter[lane] = draw.purpose;
    counter[lane + 1] = draw.step;
    counter[lane + 2] = draw.chain;
    counter[lane + 3] = (uint32_t)((first + (size_t)lane) / 4);
    next[lane + 3] = HM_WIDTH / 4;
  }
#pragma clang loop unroll(full)
  for (size_t i = 0; i < count; i++, counter += next) words[i] = counter;
  encipher_counters(words, count, draw);
}

static void random_words(uint32_t *words, size_t count, hm_draw draw) {
  for (size_t first = 0; first < count; first += 64) {
    vuint drawn[HM_DRAW_VECTORS];
    draw_words(drawn, HM_DRAW_VECTORS, first, draw);
    memcpy(words + first, drawn, (count - first < 64 ? count - first : 64) * sizeof *words);
  }
}

/// −1 where word < ⌊p · 2³²⌋.
static inline vint are_on(vuint words, vfloat p) {
  vfloat inside = choose((p > 0) & (p < 1), p, all(0));
  vuint threshold = __builtin_convertvector(inside * 0x1p32f, vuint);
  return (words < threshold) | (p >= 1);
}

/// The same for p in 2⁻¹²⁶ … 1.
static inline vint are_on_inside(vuint words, vfloat p) {
  vfloat below = __builtin_elementwise_min(p, all(0x1.fffffep-1f));
  vuint threshold = __builtin_convertvector(below * 0x1p32f, vuint);
  return (words < threshold) | (p == 1);
}

/// Draws the sixty-four units from `first` on of one row, or the fewer there are.
static inline __attribute__((always_inline)) uint64_t sample_word(
    float *probabilities, const float *values, size_t count, size_t first, int takes_fields,
    hm_draw draw) {
  float p[64];
  const int whole = count >= 64;
  if (!whole) {
    memset(p, 0, sizeof p);
    memcpy(p, values, count * sizeof *values);
    values = p;
  }
  if (takes_fields) {
    logistic_vectors(p, values, HM_DRAW_VECTORS);
    values = p;
  }
  vuint words[HM_DRAW_VECTORS];
  draw_words(words, HM_DRAW_VECTORS, first, draw);
  uint64_t bits = 0;
#pragma clang loop unroll(full)
  for (int i = 0; i < HM_DRAW_VECTORS; i++) {
    bits |= mask_bits(are_on(words[i], load(values + i * HM_WIDTH))) << (i * HM_WIDTH);
  }
  if (probabilities) memcpy(probabilities, p, (whole ? 64 : count) * sizeof *probabilities);
  return whole ? bits : bits & (((uint64_t)1 << count) - 1);
}

static void sample_logistic(uint64_t *bits, size_t bit_stride, float *probabilities,
                            size_t probability_stride, const float *fields, size_t field_stride,
                            size_t rows, size_t units, hm_draw draw) {
  for (size_t m = 0; m < rows; m++, draw.chain++) {
    for (size_t first = 0; first < units; first += 64) {
      bits[m * bit_stride + first / 64] =
          sample_word(probabilities ? probabilities + m * probability_stride + first : NULL,
                      fields + m * field_stride + first, units - first, first, 1, draw);
    }
  }
}

static void sample_bernoulli(uint64_t *bits, size_t bit_stride, const float *probabilities,
                             size_t probability_stride, size_t rows, size_t units, hm_draw draw) {
  for (size_t m = 0; m < rows; m++, draw.chain++) {
    for (size_t first = 0; first < units; first += 64) {
      bits[m * bit_stride + first / 64] =
          sample_word(NULL, probabilities + m * probability_stride + first, units - first, first, 0,
                      draw);
    }
  }
}
