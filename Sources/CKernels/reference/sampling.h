static uint32_t random_word(hm_draw draw, size_t unit) {
  hm_philox_block block = hm_philox4x32_10(draw.purpose, draw.step, draw.chain,
                                           (uint32_t)(unit / 4), draw.key_low, draw.key_high);
  uint32_t words[4] = {block.x, block.y, block.z, block.w};
  return words[unit % 4];
}

static int is_on(uint32_t word, float probability) {
  if (probability >= 1) return 1;
  return probability > 0 && word < (uint32_t)(probability * 0x1p32f);
}

static void random_words(uint32_t *words, size_t count, hm_draw draw) {
  for (size_t u = 0; u < count; u++) words[u] = random_word(draw, u);
}

static void sample_row(uint64_t *bits, const float *probabilities, size_t units, hm_draw draw) {
  memset(bits, 0, (units + 63) / 64 * sizeof *bits);
  for (size_t u = 0; u < units; u++) {
    if (is_on(random_word(draw, u), probabilities[u])) bits[u / 64] |= (uint64_t)1 << (u % 64);
  }
}

static void sample_bernoulli(uint64_t *bits, size_t bit_stride, const float *probabilities,
                             size_t probability_stride, size_t rows, size_t units, hm_draw draw) {
  for (size_t m = 0; m < rows; m++, draw.chain++) {
    sample_row(bits + m * bit_stride, probabilities + m * probability_stride, units, draw);
  }
}

static void sample_logistic(uint64_t *bits, size_t bit_stride, float *probabilities,
                            size_t probability_stride, const float *fields, size_t field_stride,
                            size_t rows, size_t units, hm_draw draw) {
  for (size_t m = 0; m < rows; m++, draw.chain++) {
    uint64_t *row = bits + m * bit_stride;
    memset(row, 0, (units + 63) / 64 * sizeof *row);
    for (size_t u = 0; u < units; u++) {
      float p = hm_logistic_float(fields[m * field_stride + u]);
      if (is_on(random_word(draw, u), p)) row[u / 64] |= (uint64_t)1 << (u % 64);
      if (probabilities) probabilities[m * probability_stride + u] = p;
    }
  }
}
