/// Vectors of HM_WIDTH 32-bit lanes, and half as many 64-bit lanes.

typedef float vfloat __attribute__((vector_size(4 * HM_WIDTH)));
typedef int32_t vint __attribute__((vector_size(4 * HM_WIDTH)));
typedef uint32_t vuint __attribute__((vector_size(4 * HM_WIDTH)));
typedef double vdouble __attribute__((vector_size(4 * HM_WIDTH)));
typedef int64_t vint64 __attribute__((vector_size(4 * HM_WIDTH)));
typedef uint64_t vuint64 __attribute__((vector_size(4 * HM_WIDTH)));
typedef _Bool vbool __attribute__((ext_vector_type(HM_WIDTH)));

/// Vectors in a line.
#define HM_LINE_VECTORS (HM_LINE / HM_WIDTH)

/// What follows for each i below `count`, which is known when this is inlined.
#define HM_EACH _Pragma("clang loop unroll(full)") for (size_t i = 0; i < count; i++)

/// Lane x of v, or for x ≥ 4, lane x − 4 of w: a lane of group number `four`.
#define HM_PICK(x, four) ((x) < 4 ? (x) + 4 * (four) : (x)-4 + HM_WIDTH + 4 * (four))
#define HM_PICKS(four, a, b, c, d) \
  HM_PICK(a, four), HM_PICK(b, four), HM_PICK(c, four), HM_PICK(d, four)

/// Four lanes of v and w, in each group of four.
#if HM_WIDTH == 4
#define HM_SHUFFLE_FOURS(v, w, a, b, c, d) \
  __builtin_shufflevector(v, w, HM_PICKS(0, a, b, c, d))
#elif HM_WIDTH == 8
#define HM_SHUFFLE_FOURS(v, w, a, b, c, d) \
  __builtin_shufflevector(v, w, HM_PICKS(0, a, b, c, d), HM_PICKS(1, a, b, c, d))
#elif HM_WIDTH == 16
#define HM_SHUFFLE_FOURS(v, w, a, b, c, d)                                               \
  __builtin_shufflevector(v, w, HM_PICKS(0, a, b, c, d), HM_PICKS(1, a, b, c, d),        \
                          HM_PICKS(2, a, b, c, d), HM_PICKS(3, a, b, c, d))

/// Four blocks of four lanes of v and, from number 4 on, w.
#define HM_FOUR(x) 4 * (x), 4 * (x) + 1, 4 * (x) + 2, 4 * (x) + 3
#define HM_SHUFFLE_BLOCKS(v, w, a, b, c, d) \
  __builtin_shufflevector(v, w, HM_FOUR(a), HM_FOUR(b), HM_FOUR(c), HM_FOUR(d))
#endif

static inline vfloat load(const float *p) {
  vfloat v;
  memcpy(&v, p, sizeof v);
  return v;
}

static inline void store(float *p, vfloat v) { memcpy(p, &v, sizeof v); }

/// The first `count` < HM_WIDTH values, then zeros.
static inline vfloat load_some(const float *p, size_t count) {
  vfloat v = {0};
  memcpy(&v, p, count * sizeof *p);
  return v;
}

static inline void store_some(float *p, vfloat v, size_t count) {
  memcpy(p, &v, count * sizeof *p);
}

static inline vfloat all(float x) { return x - (vfloat){0}; }

static inline vfloat fma_all(vfloat a, vfloat b, vfloat c) {
  return __builtin_elementwise_fma(a, b, c);
}

/// Lane by lane: mask is −1 for a, 0 for b.
static inline vfloat choose(vint mask, vfloat a, vfloat b) {
  return (vfloat)((mask & (vint)a) | (~mask & (vint)b));
}

/// Lane by lane; by 32 places and more to 0.
static inline vuint shift_right(vuint v, vuint places) {
#if defined(__x86_64__) && HM_WIDTH == 8
  return (vuint)_mm256_srlv_epi32((__m256i)v, (__m256i)places);
#else
  return v >> (places & 31) & (vuint)(places < 32);
#endif
}

/// Lane i is −1 where bit i is 1, else 0.
static inline vint lane_mask(uint64_t bits) {
  vint position;
  for (int lane = 0; lane < HM_WIDTH; lane++) position[lane] = 1 << lane;
  return (((vint){0} + (int32_t)bits) & position) != 0;
}

/// The first lanes −1, the others 0.
static inline vint lanes_below(int count) {
  vint lane;
  for (int i = 0; i < HM_WIDTH; i++) lane[i] = i;
  return lane < (vint){0} + count;
}

/// Bit i is lane i of a mask of −1 and 0.
static inline uint64_t mask_bits(vint mask) {
  vbool lanes = __builtin_convertvector(mask, vbool);
#if HM_WIDTH == 16
  uint16_t bits;
  memcpy(&bits, &lanes, sizeof bits);
  return bits;
#else
  uint8_t bits;
  memcpy(&bits, &lanes, sizeof bits);
  return bits & ((1u << HM_WIDTH) - 1);
#endif
}
