/// Single-unit sweeps of densely connected machines.
///
/// HM_BLOCK places at a time: a copy of their cells, lane beside lane, sees every change inside the
/// block at once, and what changed is noted. The cells of a strip catch up only before a unit of it
/// is updated again, and at the end: many rows of weights at a time, which lie side by side, are
/// then added to cells that stay in registers. Cells are whole numbers: the order does not matter.

#define HM_BLOCK 32
/// Blocks that are noted before all strips catch up: fewer than 256, and an even number.
#define HM_BLOCKS 64
#define HM_STRIP_VECTORS (HM_STRIP / HM_WIDTH)
/// Vectors of a strip that are summed at a time: as many as the registers hold.
#define HM_STRIP_PART 8

/// The places of a block, bit by bit, whose units went on in a lane, went off, and changed in any.
typedef struct {
  uint32_t up[HM_LANES], down[HM_LANES], any;
} block_changes;

static inline size_t strips_of(size_t units) { return (units + HM_STRIP - 1) / HM_STRIP; }

/// Of the cells of lane 0; lanes are HM_STRIP apart.
static inline size_t row_cell(size_t unit) {
  return unit / HM_STRIP * HM_STRIP * HM_LANES + unit % HM_STRIP;
}

/// Adds the rows of the units at the places `up` to the cells of a lane in a strip, and takes away
/// those at the places `down`.
static inline void add_rows_of(int32_t *cells, const int32_t *rows, const int32_t *order,
                               uint64_t up, uint64_t down) {
  for (int part = 0; part < HM_STRIP_VECTORS; part += HM_STRIP_PART) {
    const int parts = HM_STRIP_VECTORS < HM_STRIP_PART ? HM_STRIP_VECTORS : HM_STRIP_PART;
    vint sums[HM_STRIP_PART];
#pragma clang loop unroll(full)
    for (int v = 0; v < parts; v++) sums[v] = load_ints(cells + (part + v) * HM_WIDTH);
    for (uint64_t left = up; left != 0; left &= left - 1) {
      const int32_t *row = rows + (size_t)order[__builtin_ctzll(left)] * HM_STRIP + part * HM_WIDTH;
#pragma clang loop unroll(full)
      for (int v = 0; v < parts; v++) sums[v] += load_ints(row + v * HM_WIDTH);
    }
    for (uint64_t left = down; left != 0; left &= left - 1) {
      const int32_t *row = rows + (size_t)order[__builtin_ctzll(left)] * HM_STRIP + part * HM_WIDTH;
#pragma clang loop unroll(full)
      for (int v = 0; v < parts; v++) sums[v] -= load_ints(row + v * HM_WIDTH);
    }
#pragma clang loop unroll(full)
    for (int v = 0; v < parts; v++) store_ints(cells + (part + v) * HM_WIDTH, sums[v]);
  }
}

static void start_rows(int32_t *cells, const uint16_t *states, const int32_t *biases,
                       const hm_full_weights *machine) {
  const size_t units = machine->unit_count;
  for (size_t unit = 0; unit < strips_of(units) * HM_STRIP; unit++) {
    int32_t cell = unit < units ? 2 * biases[unit] : 0;
    for (size_t lane = 0; lane < HM_LANES; lane++) cells[row_cell(unit) + lane * HM_STRIP] = cell;
  }
  for (size_t first = 0; first < units; first += 64) {
    int32_t order[64];
    uint64_t on[HM_LANES] = {0};
    for (size_t k = 0; k < 64 && first + k < units; k++) {
      order[k] = (int32_t)(first + k);
      for (size_t lane = 0; lane < HM_LANES; lane++) {
        on[lane] |= (uint64_t)(states[first + k] >> lane & 1) << k;
      }
    }
    for (size_t strip = 0; strip < strips_of(units); strip++) {
      const int32_t *rows = machine->weights + strip * units * HM_STRIP;
      for (size_t lane = 0; lane < HM_LANES; lane++) {
        add_rows_of(cells + (strip * HM_LANES + lane) * HM_STRIP, rows, order, on[lane], 0);
      }
    }
  }
}

static inline uint64_t two_words(uint32_t low, uint32_t high) {
  return low | (uint64_t)high << 32;
}

/// Fetches those of the `changed` rows whose place is `lane` mod HM_LANES: all lanes share the work.
static inline void prefetch_rows(const int32_t *rows, const int32_t *order, uint64_t changed,
                                 size_t lane) {
  for (uint64_t left = changed >> lane & 0x0001000100010001; left != 0; left &= left - 1) {
    const int32_t *row = rows + (size_t)order[lane + (size_t)__builtin_ctzll(left)] * HM_STRIP;
    for (int column = 0; column < HM_STRIP; column += HM_LINE) __builtin_prefetch(row + column);
  }
}

/// Adds to the cells of a strip what blocks `from` up to `to` changed, two at a time; those from
/// `to` on have no changes. `order` begins with block 0.
static void catch_up(int32_t *cells, const int32_t *rows, size_t lanes, const int32_t *order,
                     const block_changes *blocks, size_t from, size_t to) {
  for (; from < to; from += 2) {
    const block_changes *two = blocks + from;
    const uint64_t next = two_words(two[2].any, two[3].any);
    for (size_t lane = 0; lane < lanes; lane++) {
      prefetch_rows(rows, order + (from + 2) * HM_BLOCK, next, lane);
      const uint64_t up = two_words(two[0].up[lane], two[1].up[lane]);
      const uint64_t down = two_words(two[0].down[lane], two[1].down[lane]);
      if ((up | down) == 0) continue;
      add_rows_of(cells + lane * HM_STRIP, rows, order + from * HM_BLOCK, up, down);
    }
  }
}

/// Updates up to HM_BLOCK places, from `first` on, in a copy of their cells.
HM_INLINE void sweep_block(block_changes *noted, hm_rule rule, const int32_t *cells,
                           const hm_full_weights *machine, size_t lanes, const hm_sweep *sweep,
                           size_t first) {
  const size_t count = sweep->count - first < HM_BLOCK ? sweep->count - first : HM_BLOCK;
  const int32_t *order = sweep->order + first, *columns[HM_BLOCK];
  int32_t local[HM_BLOCK * HM_LANES] = {0};
  for (size_t k = 0; k < count; k++) {
    size_t unit = (size_t)order[k], strip_size = machine->unit_count * HM_STRIP;
    columns[k] = machine->weights + unit / HM_STRIP * strip_size + unit % HM_STRIP;
    const int32_t *from = cells + row_cell(unit);
    for (size_t lane = 0; lane < lanes; lane++) local[k * HM_LANES + lane] = from[lane * HM_STRIP];
  }
  const draw_rounds rounds = rounds_of(sweep->draw);
  vint thresholds[HM_AHEAD][HM_LANE_VECTORS];
  vint up[HM_LANE_VECTORS] = {0}, down[HM_LANE_VECTORS] = {0};
  for (size_t k = 0; k < count; k++) {
    if (k % HM_AHEAD == 0) draw_thresholds(thresholds, rule, sweep, &rounds, first + k);
    lane_line changes;
    if (!changes_of(&changes, rule, local + k * HM_LANES, thresholds[k % HM_AHEAD])) continue;
    const uint32_t place = (uint32_t)1 << k;
    noted->any |= place;
#pragma clang loop unroll(full)
    for (int i = 0; i < HM_LANE_VECTORS; i++) {
      up[i] |= (changes.lanes[i] > 0) & all_ints((int32_t)place);
      down[i] |= (changes.lanes[i] < 0) & all_ints((int32_t)place);
    }
    for (size_t later = k + 1; later < count; later++) {
      add_changes(local + later * HM_LANES, columns[later][(size_t)order[k] * HM_STRIP], &changes);
    }
  }
  memcpy(noted->up, up, sizeof up);
  memcpy(noted->down, down, sizeof down);
}

/// The sweep of up to HM_BLOCKS blocks, after which all strips have caught up.
HM_INLINE void sweep_blocks(hm_rule rule, int32_t *cells, const hm_full_weights *machine,
                            size_t lanes, const hm_sweep *sweep, size_t start) {
  const size_t strips = strips_of(machine->unit_count), strip_size = machine->unit_count * HM_STRIP;
  const size_t end = sweep->count - start < HM_BLOCKS * HM_BLOCK ? sweep->count
                                                                 : start + HM_BLOCKS * HM_BLOCK;
  const int32_t *order = sweep->order + start;
  block_changes blocks[HM_BLOCKS + 3] = {0};
  // How many of the blocks the cells of each strip have caught up with.
  uint8_t seen[HM_MOST_STRIPS];
  memset(seen, 0, strips);
  size_t block = 0;
  for (size_t first = start; first < end; first += HM_BLOCK, block++) {
    for (size_t place = first; place < first + HM_BLOCK && place < end; place++) {
      size_t strip = (size_t)sweep->order[place] / HM_STRIP;
      if (seen[strip] == block) continue;
      catch_up(cells + strip * HM_STRIP * HM_LANES, machine->weights + strip * strip_size, lanes,
               order, blocks, seen[strip], block);
      seen[strip] = (uint8_t)block;
    }
    sweep_block(blocks + block, rule, cells, machine, lanes, sweep, first);
  }
  for (size_t strip = 0; strip < strips; strip++) {
    catch_up(cells + strip * HM_STRIP * HM_LANES, machine->weights + strip * strip_size, lanes,
             order, blocks, seen[strip], block);
  }
}

HM_INLINE void sweep_rows_by(hm_rule rule, int32_t *cells, const hm_full_weights *machine,
                             size_t lanes, const hm_sweep *sweep) {
  for (size_t start = 0; start < sweep->count; start += HM_BLOCKS * HM_BLOCK) {
    sweep_blocks(rule, cells, machine, lanes, sweep, start);
  }
}

static void sweep_rows(int32_t *cells, const hm_full_weights *machine, size_t lanes,
                       const hm_sweep *sweep) {
  if (sweep->rule == HM_METROPOLIS) {
    sweep_rows_by(HM_METROPOLIS, cells, machine, lanes, sweep);
  } else {
    sweep_rows_by(HM_HEAT_BATH, cells, machine, lanes, sweep);
  }
}

/// Four lanes at a time: a sum waits for its last addition, but four of them need not wait for each
/// other.
static void row_energies(double *energies, const int32_t *cells, const int32_t *biases,
                         const double *quanta, size_t units) {
  for (size_t lane = 0; lane < HM_LANES; lane += 4) {
    double sums[4] = {0}, shares[4][HM_STRIP];
    for (size_t first = 0; first < units; first += HM_STRIP) {
      size_t count = units - first < HM_STRIP ? units - first : HM_STRIP;
      for (size_t l = 0; l < 4; l++) {
        const int32_t *row = cells + row_cell(first) + (lane + l) * HM_STRIP;
        for (size_t k = 0; k < count; k++) {
          shares[l][k] = (double)energy_share(row[k], biases[first + k]) * quanta[first + k];
        }
      }
      for (size_t k = 0; k < count; k++) {
        for (size_t l = 0; l < 4; l++) sums[l] += shares[l][k];
      }
    }
    for (size_t l = 0; l < 4; l++) energies[lane + l] = 0.0 - 0.5 * sums[l];
  }
}

static void row_states(uint16_t *states, const int32_t *cells, size_t units) {
  for (size_t first = 0; first < units; first += HM_WIDTH) {
    const int32_t *row = cells + row_cell(first);
    vint words = {0};
    for (int lane = 0; lane < HM_LANES; lane++) {
      words |= (load_ints(row + lane * HM_STRIP) & 1) << lane;
    }
    size_t count = units - first < HM_WIDTH ? units - first : HM_WIDTH;
    for (size_t i = 0; i < count; i++) states[first + i] = (uint16_t)words[i];
  }
}
