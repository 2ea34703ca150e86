/// Philox4x32-10, HM_WIDTH / 2 blocks side by side.
///
/// Word i of each block stands in the lower half of a 64-bit lane of its own vector, so that a
/// product is a product of lanes, and nothing is rearranged before the last round.

/// Blocks of two vectors of words: those of the first stand in the even lanes, those of the second
/// in the odd ones. What is in the upper halves of the lanes may be anything.
typedef struct {
  /// The counters' last two words.
  vuint64 chain, unit;
} draw_blocks;

/// The number of the block in a lane, counted from the first vector's first.
static inline size_t block_in_lane(size_t lane) { return lane % 2 * (HM_WIDTH / 4) + lane / 2; }

static inline vuint64 all_lanes(uint64_t x) { return (vuint64){0} + x; }

static inline vuint64 times_lower(vuint64 v, uint32_t x) {
  return (v & all_lanes(0xffffffffu)) * all_lanes(x);
}

/// Where instructions take one number for all lanes from memory, the keys need no vectors.
#ifdef HM_AVX512
typedef uint64_t round_key;
static inline round_key key_of(uint64_t x) { return x; }
static inline vuint64 key_lanes(round_key key) { return all_lanes(key); }
#else
typedef vuint64 round_key;
static inline round_key key_of(uint64_t x) { return all_lanes(x); }
static inline vuint64 key_lanes(round_key key) { return key; }
#endif

/// What all blocks of a draw share.
typedef struct {
  /// The keys of each round.
  round_key low[HM_PHILOX_ROUNDS], high[HM_PHILOX_ROUNDS];
  /// What the first round mixes into words 0 and 2, and its word 3.
  vuint64 first, third, fourth;
} draw_rounds;

/// Of the draw, its chain is not looked at.
static inline draw_rounds rounds_of(hm_draw draw) {
  const uint64_t product = (uint64_t)HM_PHILOX_MULTIPLIER_0 * draw.purpose;
  draw_rounds rounds = {.first = all_lanes(draw.step ^ draw.key_low),
                        .third = all_lanes((product >> 32) ^ draw.key_high),
                        .fourth = all_lanes((uint32_t)product)};
  round_key low = key_of(draw.key_low), high = key_of(draw.key_high);
  for (int round = 0; round < HM_PHILOX_ROUNDS; round++) {
    rounds.low[round] = low;
    rounds.high[round] = high;
    low += key_of(HM_PHILOX_WEYL_0);
    high += key_of(HM_PHILOX_WEYL_1);
  }
  return rounds;
}

/// On to another step of the same key and purpose.
static inline void set_step(draw_rounds *rounds, uint32_t key_low, uint32_t step) {
  rounds->first = all_lanes(step ^ key_low);
}

/// Pairs of vectors that are under way at once: as many as the registers hold.
#if HM_WIDTH == 8
#define HM_PAIRS_AHEAD 2
#else
#define HM_PAIRS_AHEAD 4
#endif

/// `encipher` for up to HM_PAIRS_AHEAD pairs.
static inline __attribute__((always_inline)) void encipher_pairs(vuint *words,
                                                                 const draw_blocks *blocks,
                                                                 size_t pairs,
                                                                 const draw_rounds *rounds) {
  vuint64 c[4][HM_PAIRS_AHEAD];
#pragma clang loop unroll(full)
  for (size_t g = 0; g < pairs; g++) {
    c[1][g] = times_lower(blocks[g].chain, HM_PHILOX_MULTIPLIER_1);
    c[0][g] = (c[1][g] >> 32) ^ rounds->first;
    c[2][g] = blocks[g].unit ^ rounds->third;
    c[3][g] = rounds->fourth;
  }
  for (int round = 1; round < HM_PHILOX_ROUNDS; round++) {
#pragma clang loop unroll(full)
    for (size_t g = 0; g < pairs; g++) {
      vuint64 a = times_lower(c[0][g], HM_PHILOX_MULTIPLIER_0);
      vuint64 b = times_lower(c[2][g], HM_PHILOX_MULTIPLIER_1);
      c[0][g] = (b >> 32) ^ c[1][g] ^ key_lanes(rounds->low[round]);
      c[1][g] = b;
      c[2][g] = (a >> 32) ^ c[3][g] ^ key_lanes(rounds->high[round]);
      c[3][g] = a;
    }
  }
#pragma clang loop unroll(full)
  for (size_t g = 0; g < pairs; g++) {
    vuint start = HM_SHUFFLE_FOURS((vuint)c[0][g], (vuint)c[1][g], 0, 4, 2, 6);
    vuint end = HM_SHUFFLE_FOURS((vuint)c[2][g], (vuint)c[3][g], 0, 4, 2, 6);
    words[2 * g] = HM_SHUFFLE_FOURS(start, end, 0, 1, 4, 5);
    words[2 * g + 1] = HM_SHUFFLE_FOURS(start, end, 2, 3, 6, 7);
  }
}

/// words[2g], words[2g + 1] = the random words of blocks[g], for so many pairs of vectors, which is
/// known when this is inlined.
static inline __attribute__((always_inline)) void encipher(vuint *words, const draw_blocks *blocks,
                                                           size_t pairs,
                                                           const draw_rounds *rounds) {
#pragma clang loop unroll(full)
  for (size_t g = 0; g < pairs; g += HM_PAIRS_AHEAD) {
    encipher_pairs(words + 2 * g, blocks + g,
                   pairs - g < HM_PAIRS_AHEAD ? pairs - g : HM_PAIRS_AHEAD, rounds);
  }
}
