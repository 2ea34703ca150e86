/// Single-unit sweeps, sixteen chains side by side.
///
/// The noise of HM_AHEAD units is drawn together: a Philox block takes long, but many of them can
/// be under way at once. What then waits for the unit before is one comparison.
#include "noise_coefficients.h"

#define HM_LANE_VECTORS (HM_LANES / HM_WIDTH)
#define HM_AHEAD 4
/// Inlined always: a version for each rule comes from one body.
#define HM_INLINE static inline __attribute__((always_inline))

typedef struct {
  vint lanes[HM_LANE_VECTORS];
} lane_line;

static inline vint load_ints(const int32_t *p) {
  vint v;
  memcpy(&v, p, sizeof v);
  return v;
}

static inline void store_ints(int32_t *p, vint v) { memcpy(p, &v, sizeof v); }

static inline vint all_ints(int32_t x) { return (vint){0} + x; }

/// x · sign, lane by lane, where sign is −1, 0 or 1.
static inline vint times_sign(vint x, vint sign) {
#if defined(__x86_64__) && HM_WIDTH == 8
  return (vint)_mm256_sign_epi32((__m256i)x, (__m256i)sign);
#else
  return (x & (sign > 0)) - (x & (sign < 0));
#endif
}

/// Whether any lane is not 0.
static inline int is_any(vint v) {
#if defined(__x86_64__) && HM_WIDTH == 8
  return !_mm256_testz_si256((__m256i)v, (__m256i)v);
#else
  return __builtin_reduce_or(v) != 0;
#endif
}

/// words[k] = the words of all lanes for counter k of HM_AHEAD.
static inline void draw_lane_words(vuint words[HM_AHEAD][HM_LANE_VECTORS],
                                   const int32_t *counters, uint32_t chain,
                                   const draw_rounds *rounds) {
  const size_t pairs = HM_AHEAD * HM_LANE_VECTORS / 2;
  draw_blocks blocks[HM_AHEAD * HM_LANE_VECTORS / 2];
#pragma clang loop unroll(full)
  for (size_t g = 0; g < pairs; g++) {
#pragma clang loop unroll(full)
    for (size_t lane = 0; lane < HM_WIDTH / 2; lane++) {
      size_t block = g * (HM_WIDTH / 2) + block_in_lane(lane);
      blocks[g].chain[lane] = chain / 4 + block % (HM_LANES / 4);
      blocks[g].unit[lane] = (uint32_t)counters[block / (HM_LANES / 4)];
    }
  }
  encipher(words[0], blocks, pairs, rounds);
}

/// scale · log₂ x, no lower than −HM_NOISE_LIMIT, for 0 < x ≤ 1.
static inline vfloat scaled_logs(vfloat x, vfloat scale) {
  vint bits = (vint)x + HM_FLOAT_ROOT_SHIFT;
  vfloat k = __builtin_convertvector((bits >> 23) - 127, vfloat);
  vfloat f = (vfloat)((bits & 0x007fffff) + HM_FLOAT_ROOT_BITS) - 1;
  vfloat p = fma_all(all(HM_N6), f, all(HM_N5));
  p = fma_all(p, f, all(HM_N4));
  p = fma_all(p, f, all(HM_N3));
  p = fma_all(p, f, all(HM_N2));
  p = fma_all(p, f, all(HM_N1));
  p = fma_all(p, f, all(HM_N0));
  return __builtin_elementwise_max(fma_all(p, f, k) * scale, all(-HM_NOISE_LIMIT));
}

static inline vint floor_of(vfloat x) {
  return __builtin_convertvector(__builtin_elementwise_floor(x), vint);
}

/// Heat bath: a unit is on after its update when its cell is larger than its threshold. Metropolis:
/// it flips when twice what the energy falls by is.
HM_INLINE vint thresholds_of(hm_rule rule, vfloat scale, vuint words) {
  vfloat t = __builtin_convertvector((vint)(words >> 1), vfloat) + 0.5f;
  if (rule == HM_METROPOLIS) {
    vint rise = floor_of(-scaled_logs(t * 0x1p-31f, scale));
    return ~(vint)((vuint)rise << 1);
  }
  vfloat noise = scaled_logs(t / (0x1p32f - t), scale);
  noise = (vfloat)((vuint)noise ^ (words << 31));
  return (vint)((vuint)floor_of(noise) << 1) | 1;
}

/// The change of states: −1, 0 or 1.
HM_INLINE vint change_of(hm_rule rule, vint cell, vint threshold) {
  vint state = cell & 1;
  if (rule == HM_METROPOLIS) {
    vint fall = (cell ^ -state) + (state << 1);
    return (fall > threshold) & (1 - (state << 1));
  }
  return -(cell > threshold) - state;
}

/// The thresholds of HM_AHEAD places of a sweep from `first` on, or of the fewer that are left.
HM_INLINE void draw_thresholds(vint thresholds[HM_AHEAD][HM_LANE_VECTORS], hm_rule rule,
                               const hm_sweep *sweep, const draw_rounds *rounds, size_t first) {
  int32_t counters[HM_AHEAD];
  const float *scales[HM_AHEAD];
#pragma clang loop unroll(full)
  for (size_t k = 0; k < HM_AHEAD; k++) {
    size_t place = first + k < sweep->count ? first + k : first;
    counters[k] = sweep->counters[place];
    scales[k] = sweep->scales + (size_t)sweep->levels[sweep->order[place]] * HM_LANES;
  }
  vuint words[HM_AHEAD][HM_LANE_VECTORS];
  draw_lane_words(words, counters, sweep->draw.chain, rounds);
#pragma clang loop unroll(full)
  for (int k = 0; k < HM_AHEAD; k++) {
#pragma clang loop unroll(full)
    for (int i = 0; i < HM_LANE_VECTORS; i++) {
      thresholds[k][i] = thresholds_of(rule, load(scales[k] + i * HM_WIDTH), words[k][i]);
    }
  }
}

/// The change of each lane's state. Returns whether there is any.
HM_INLINE int changes_of(lane_line *changes, hm_rule rule, const int32_t *cells,
                         const vint thresholds[HM_LANE_VECTORS]) {
  vint any = {0};
#pragma clang loop unroll(full)
  for (int i = 0; i < HM_LANE_VECTORS; i++) {
    changes->lanes[i] = change_of(rule, load_ints(cells + i * HM_WIDTH), thresholds[i]);
    any |= changes->lanes[i];
  }
  return is_any(any);
}

static inline void add_changes(int32_t *cells, int32_t weight, const lane_line *changes) {
#pragma clang loop unroll(full)
  for (int i = 0; i < HM_LANE_VECTORS; i++) {
    vint change = times_sign(all_ints(weight), changes->lanes[i]);
    store_ints(cells + i * HM_WIDTH, load_ints(cells + i * HM_WIDTH) + change);
  }
}

/// 1 in the lanes of vector i that are on in a word of states.
static inline vint spread_lanes(uint16_t states, int i) {
  vint position;
  for (int lane = 0; lane < HM_WIDTH; lane++) position[lane] = 1 << (i * HM_WIDTH + lane);
  return -((all_ints(states) & position) != 0);
}

static inline void add_neighbours(int32_t *cells, const hm_neighbours *lists, size_t unit,
                                  const lane_line *changes) {
  const size_t end = lists->starts[unit + 1];
  for (size_t entry = lists->starts[unit]; entry < end; entry++) {
    add_changes(cells + (size_t)lists->neighbours[entry] * HM_LANES, lists->weights[entry],
                changes);
  }
}

static void start_lanes(int32_t *cells, const uint16_t *states, const int32_t *biases,
                        const hm_neighbours *machine) {
  for (size_t unit = 0; unit < machine->unit_count; unit++) {
    for (int i = 0; i < HM_LANE_VECTORS; i++) {
      store_ints(cells + unit * HM_LANES + (size_t)i * HM_WIDTH,
                 all_ints(2 * biases[unit]) + spread_lanes(states[unit], i));
    }
  }
  for (size_t unit = 0; unit < machine->unit_count; unit++) {
    lane_line on;
    for (int i = 0; i < HM_LANE_VECTORS; i++) on.lanes[i] = spread_lanes(states[unit], i);
    add_neighbours(cells, machine, unit, &on);
  }
}

HM_INLINE void sweep_lanes_by(hm_rule rule, int32_t *cells, const hm_neighbours *machine,
                              const hm_sweep *sweep) {
  const hm_neighbours lists = *machine;
  const draw_rounds rounds = rounds_of(sweep->draw);
  for (size_t first = 0; first < sweep->count; first += HM_AHEAD) {
    size_t count = sweep->count - first < HM_AHEAD ? sweep->count - first : HM_AHEAD;
    vint thresholds[HM_AHEAD][HM_LANE_VECTORS];
    draw_thresholds(thresholds, rule, sweep, &rounds, first);
    for (size_t k = 0; k < count; k++) {
      size_t unit = (size_t)sweep->order[first + k];
      lane_line changes;
      if (!changes_of(&changes, rule, cells + unit * HM_LANES, thresholds[k])) continue;
      add_changes(cells + unit * HM_LANES, 1, &changes);
      add_neighbours(cells, &lists, unit, &changes);
    }
  }
}

static void sweep_lanes(int32_t *cells, const hm_neighbours *machine, const hm_sweep *sweep) {
  if (sweep->rule == HM_METROPOLIS) {
    sweep_lanes_by(HM_METROPOLIS, cells, machine, sweep);
  } else {
    sweep_lanes_by(HM_HEAT_BATH, cells, machine, sweep);
  }
}

/// What a unit that is on adds to −2E, in its quanta; 0 when it is off.
static inline int32_t energy_share(int32_t cell, int32_t bias) {
  return (bias + (cell >> 1)) & -(cell & 1);
}

static void lane_energies(double *energies, const int32_t *cells, const int32_t *biases,
                          const double *quanta, size_t units) {
  double sums[HM_LANES] = {0};
  for (size_t unit = 0; unit < units; unit++) {
    for (size_t lane = 0; lane < HM_LANES; lane++) {
      int32_t share = energy_share(cells[unit * HM_LANES + lane], biases[unit]);
      sums[lane] += (double)share * quanta[unit];
    }
  }
  for (size_t lane = 0; lane < HM_LANES; lane++) energies[lane] = 0.0 - 0.5 * sums[lane];
}

static void lane_states(uint16_t *states, const int32_t *cells, size_t units) {
  for (size_t unit = 0; unit < units; unit++) {
    uint64_t state = 0;
    for (int i = 0; i < HM_LANE_VECTORS; i++) {
      vint cell = load_ints(cells + unit * HM_LANES + (size_t)i * HM_WIDTH);
      state |= mask_bits((cell & 1) != 0) << (i * HM_WIDTH);
    }
    states[unit] = (uint16_t)state;
  }
}
