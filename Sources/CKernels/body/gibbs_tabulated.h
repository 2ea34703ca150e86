/// Single-unit sweeps of machines whose fields take few values: sixteen lanes of 16 bits, on every
/// instruction set.

typedef int16_t vshort __attribute__((vector_size(2 * HM_LANES)));
typedef _Bool vlanes __attribute__((ext_vector_type(HM_LANES)));

/// Places whose numbers are drawn together, each with HM_LANES / 2 words.
#define HM_DRAWN 8
#define HM_DRAWN_VECTORS (HM_DRAWN * HM_LANES / 2 / HM_WIDTH)

static inline vshort load_shorts(const int16_t *p) {
  vshort v;
  memcpy(&v, p, sizeof v);
  return v;
}

static inline void store_shorts(int16_t *p, vshort v) { memcpy(p, &v, sizeof v); }

static inline int is_any_short(vshort v) {
  uint64_t parts[4];
  memcpy(parts, &v, sizeof parts);
  return (parts[0] | parts[1] | parts[2] | parts[3]) != 0;
}

/// 1 in the lanes that are on in a word of states.
static inline vshort spread_states(uint16_t states) {
  vshort position;
  for (int lane = 0; lane < HM_LANES; lane++) position[lane] = (int16_t)(1 << lane);
  return -(((vshort){0} + (int16_t)states & position) != 0);
}

/// The halves of HM_DRAWN places from `first` on, or of the fewer that are left.
static inline void draw_halves(vshort halves[HM_DRAWN], const hm_tabulated_sweep *sweep,
                               const draw_rounds *rounds, size_t first) {
  uint32_t counters[HM_DRAWN];
  for (size_t k = 0; k < HM_DRAWN; k++) {
    counters[k] = (uint32_t)sweep->counters[first + k < sweep->count ? first + k : first];
  }
  vuint words[HM_DRAWN_VECTORS];
  draw_blocks blocks[HM_DRAWN_VECTORS / 2];
#pragma clang loop unroll(full)
  for (size_t g = 0; g < HM_DRAWN_VECTORS / 2; g++) {
#pragma clang loop unroll(full)
    for (size_t lane = 0; lane < HM_WIDTH / 2; lane++) {
      size_t block = g * (HM_WIDTH / 2) + block_in_lane(lane);
      blocks[g].chain[lane] = sweep->draw.chain / 8 + block % (HM_LANES / 8);
      blocks[g].unit[lane] = counters[block / (HM_LANES / 8)];
    }
  }
  encipher(words, blocks, HM_DRAWN_VECTORS / 2, rounds);
  memcpy(halves, words, sizeof words);
}

/// Counts the thresholds where only the rest of a lane's number decides.
static __attribute__((noinline)) vshort with_ties(vshort reached, vshort half,
                                                  const hm_tabulated_sweep *sweep, size_t place) {
  const hm_draw *draw = &sweep->draw;
  size_t level = (size_t)sweep->levels[sweep->order[place]];
  for (int lane = 0; lane < HM_LANES; lane++) {
    for (size_t k = 0; k < (size_t)sweep->counts[level]; k++) {
      size_t at = (level * HM_THRESHOLDS + k) * HM_LANES + (size_t)lane;
      if (half[lane] != sweep->highs[at]) continue;
      hm_philox_block block = hm_philox4x32_10(
          sweep->tie_purpose, draw->step, draw->chain / 4 + (uint32_t)(lane / 4),
          (uint32_t)sweep->counters[place], draw->key_low, draw->key_high);
      uint32_t words[4] = {block.x, block.y, block.z, block.w};
      reached[lane] += words[lane % 4] >= sweep->lows[at];
    }
  }
  return reached;
}

/// What cells, or twice the falls of the energy, have to exceed.
HM_INLINE vshort least_of(const hm_tabulated_sweep *sweep, size_t place, vshort half) {
  size_t level = (size_t)sweep->levels[sweep->order[place]];
  const int16_t *highs = sweep->highs + level * HM_THRESHOLDS * HM_LANES;
  vshort reached = {0}, ties = {0};
  const int count = sweep->counts[level];
  for (int k = 0; k < count; k++) {
    vshort high = load_shorts(highs + k * HM_LANES);
    reached -= half > high;
    ties |= half == high;
  }
  if (is_any_short(ties)) reached = with_ties(reached, half, sweep, place);
  return ((reached + (int16_t)sweep->bases[level]) << 1) - 1;
}

HM_INLINE vshort tabulated_change(hm_rule rule, vshort cell, vshort least) {
  vshort state = cell & 1;
  if (rule == HM_METROPOLIS) {
    vshort fall = (cell ^ -state) + (state << 1);
    return (fall > least) & (1 - (state << 1));
  }
  return -(cell > least) - state;
}

static inline void add_shorts(int16_t *cells, const hm_tabulated *machine, size_t unit,
                              vshort change) {
  const size_t end = machine->starts[unit + 1];
  for (size_t entry = machine->starts[unit]; entry < end; entry++) {
    int16_t *to = cells + (size_t)machine->neighbours[entry] * HM_LANES;
    store_shorts(to, load_shorts(to) + change * machine->weights[entry]);
  }
}

static void start_tabulated(int16_t *cells, const uint16_t *states, const int16_t *biases,
                            const hm_tabulated *machine) {
  for (size_t unit = 0; unit < machine->unit_count; unit++) {
    store_shorts(cells + unit * HM_LANES,
                 spread_states(states[unit]) + (int16_t)(2 * biases[unit]));
  }
  for (size_t unit = 0; unit < machine->unit_count; unit++) {
    add_shorts(cells, machine, unit, spread_states(states[unit]));
  }
}

HM_INLINE void sweep_tabulated_by(hm_rule rule, int16_t *cells, const hm_tabulated *machine,
                                  const hm_tabulated_sweep *sweep) {
  const hm_tabulated lists = *machine;
  const draw_rounds rounds = rounds_of(sweep->draw);
  for (size_t first = 0; first < sweep->count; first += HM_DRAWN) {
    size_t count = sweep->count - first < HM_DRAWN ? sweep->count - first : HM_DRAWN;
    vshort halves[HM_DRAWN];
    draw_halves(halves, sweep, &rounds, first);
    for (size_t k = 0; k < count; k++) {
      size_t unit = (size_t)sweep->order[first + k];
      vshort least = least_of(sweep, first + k, halves[k]);
      vshort cell = load_shorts(cells + unit * HM_LANES);
      vshort change = tabulated_change(rule, cell, least);
      // Adding nothing to a few neighbours takes less time than guessing wrong whether to.
      store_shorts(cells + unit * HM_LANES, cell + change);
      add_shorts(cells, &lists, unit, change);
    }
  }
}

static void sweep_tabulated(int16_t *cells, const hm_tabulated *machine,
                            const hm_tabulated_sweep *sweep) {
  if (sweep->rule == HM_METROPOLIS) {
    sweep_tabulated_by(HM_METROPOLIS, cells, machine, sweep);
  } else {
    sweep_tabulated_by(HM_HEAT_BATH, cells, machine, sweep);
  }
}

/// As many summands as fit 16 bits are added up in them.
static void tabulated_energies(int64_t *sums, const int16_t *cells, const int16_t *biases,
                               const int16_t *multiples, size_t units) {
  const size_t some = INT16_MAX / HM_LARGEST_SHARE;
  for (int lane = 0; lane < HM_LANES; lane++) sums[lane] = 0;
  for (size_t first = 0; first < units; first += some) {
    size_t end = units - first < some ? units : first + some;
    vshort sum = {0};
    for (size_t unit = first; unit < end; unit++) {
      vshort cell = load_shorts(cells + unit * HM_LANES);
      sum += (((cell >> 1) + biases[unit]) & -(cell & 1)) * multiples[unit];
    }
    for (int lane = 0; lane < HM_LANES; lane++) sums[lane] += sum[lane];
  }
}

static void tabulated_states(uint16_t *states, const int16_t *cells, size_t units) {
  for (size_t unit = 0; unit < units; unit++) {
    vshort cell = load_shorts(cells + unit * HM_LANES);
    vlanes on = __builtin_convertvector(-(cell & 1), vlanes);
    memcpy(states + unit, &on, sizeof *states);
  }
}
