/// Single-unit sweeps of densely connected machines.
///
/// HM_BLOCK units at a time: a copy of their cells, lane beside lane, sees every change inside the
/// block at once; then each lane adds the weights of its changed units to its row of cells, in
/// tiles that stay in registers. Cells are whole numbers, so the order does not matter.

#define HM_BLOCK 32
#define HM_STRIP_VECTORS (HM_STRIP / HM_WIDTH)
/// Vectors of a tile that are summed at a time: as many as the registers hold.
#define HM_STRIP_PART 8

/// The units of a block that went on in a lane, and those that went off.
typedef struct {
  size_t up_count, down_count;
  int32_t up[HM_BLOCK], down[HM_BLOCK];
} row_changes;

static inline void add_tile(int32_t *cells, const int32_t *tile, const row_changes *changes) {
  for (int part = 0; part < HM_STRIP_VECTORS; part += HM_STRIP_PART) {
    const int parts = HM_STRIP_VECTORS < HM_STRIP_PART ? HM_STRIP_VECTORS : HM_STRIP_PART;
    vint sums[HM_STRIP_PART];
#pragma clang loop unroll(full)
    for (int v = 0; v < parts; v++) sums[v] = load_ints(cells + (part + v) * HM_WIDTH);
    for (size_t k = 0; k < changes->up_count; k++) {
      const int32_t *row = tile + (size_t)changes->up[k] * HM_STRIP + part * HM_WIDTH;
#pragma clang loop unroll(full)
      for (int v = 0; v < parts; v++) sums[v] += load_ints(row + v * HM_WIDTH);
    }
    for (size_t k = 0; k < changes->down_count; k++) {
      const int32_t *row = tile + (size_t)changes->down[k] * HM_STRIP + part * HM_WIDTH;
#pragma clang loop unroll(full)
      for (int v = 0; v < parts; v++) sums[v] -= load_ints(row + v * HM_WIDTH);
    }
#pragma clang loop unroll(full)
    for (int v = 0; v < parts; v++) store_ints(cells + (part + v) * HM_WIDTH, sums[v]);
  }
}

static void start_rows(int32_t *cells, const uint16_t *states, const int32_t *biases,
                       const hm_full_weights *machine) {
  size_t units = machine->unit_count, strips = (units + HM_STRIP - 1) / HM_STRIP;
  for (size_t lane = 0; lane < HM_LANES; lane++) {
    int32_t *row = cells + lane * strips * HM_STRIP;
    for (size_t j = 0; j < strips * HM_STRIP; j++) row[j] = j < units ? 2 * biases[j] : 0;
    for (size_t first = 0; first < units; first += HM_BLOCK) {
      row_changes on;
      on.up_count = on.down_count = 0;
      for (size_t unit = first; unit < units && unit < first + HM_BLOCK; unit++) {
        if (states[unit] >> lane & 1) on.up[on.up_count++] = (int32_t)unit;
      }
      for (size_t strip = 0; strip < strips; strip++) {
        add_tile(row + strip * HM_STRIP, machine->weights + strip * units * HM_STRIP, &on);
      }
    }
  }
}

/// Sorts the changes of one unit by lane.
static inline void note_changes(row_changes *rows, const lane_line *changes, size_t lanes,
                                int32_t unit) {
  int32_t signs[HM_LANES];
  memcpy(signs, changes, sizeof signs);
  for (size_t lane = 0; lane < lanes; lane++) {
    row_changes *row = rows + lane;
    row->up[row->up_count] = unit;
    row->down[row->down_count] = unit;
    row->up_count += signs[lane] > 0;
    row->down_count += signs[lane] < 0;
  }
}

/// Updates up to HM_BLOCK places in a copy of their cells and lists what changed, by lane and in
/// all: the `changed` units, whose number is returned.
HM_INLINE size_t sweep_block(int32_t changed[HM_BLOCK], row_changes *rows, hm_rule rule,
                             const int32_t *cells, const hm_full_weights *machine, size_t lanes,
                             const hm_sweep *sweep, size_t first) {
  const size_t stride = (machine->unit_count + HM_STRIP - 1) / HM_STRIP * HM_STRIP;
  const size_t count = sweep->count - first < HM_BLOCK ? sweep->count - first : HM_BLOCK;
  const int32_t *order = sweep->order + first;
  int32_t local[HM_BLOCK * HM_LANES] = {0};
  for (size_t lane = 0; lane < lanes; lane++) {
    rows[lane].up_count = rows[lane].down_count = 0;
    for (size_t k = 0; k < count; k++) {
      local[k * HM_LANES + lane] = cells[lane * stride + (size_t)order[k]];
    }
  }
  size_t changed_count = 0;
  vint thresholds[HM_AHEAD][HM_LANE_VECTORS];
  for (size_t k = 0; k < count; k++) {
    if (k % HM_AHEAD == 0) draw_thresholds(thresholds, rule, sweep, first + k);
    lane_line changes;
    if (!changes_of(&changes, rule, local + k * HM_LANES, thresholds[k % HM_AHEAD])) continue;
    for (size_t later = k + 1; later < count; later++) {
      size_t to = (size_t)order[later];
      size_t row = to / HM_STRIP * machine->unit_count + (size_t)order[k];
      add_changes(local + later * HM_LANES, machine->weights[row * HM_STRIP + to % HM_STRIP],
                  &changes);
    }
    note_changes(rows, &changes, lanes, order[k]);
    changed[changed_count++] = order[k];
  }
  return changed_count;
}

/// Rows lie too far apart for the machine to foresee which comes next.
static inline void prefetch_rows(const int32_t *tile, const int32_t *units, size_t count) {
  for (size_t k = 0; k < count; k++) {
    for (size_t column = 0; column < HM_STRIP; column += HM_LINE) {
      __builtin_prefetch(tile + (size_t)units[k] * HM_STRIP + column);
    }
  }
}

HM_INLINE void sweep_rows_by(hm_rule rule, int32_t *cells, const hm_full_weights *machine,
                             size_t lanes, const hm_sweep *sweep) {
  size_t units = machine->unit_count, tiles = (units + HM_STRIP - 1) / HM_STRIP;
  for (size_t first = 0; first < sweep->count; first += HM_BLOCK) {
    row_changes rows[HM_LANES];
    int32_t changed[HM_BLOCK];
    size_t changed_count = sweep_block(changed, rows, rule, cells, machine, lanes, sweep, first);
    if (changed_count == 0) continue;
    for (size_t tile = 0; tile < tiles; tile++) {
      const int32_t *weights = machine->weights + tile * units * HM_STRIP;
      if (tile + 1 < tiles) prefetch_rows(weights + units * HM_STRIP, changed, changed_count);
      for (size_t lane = 0; lane < lanes; lane++) {
        if (rows[lane].up_count + rows[lane].down_count == 0) continue;
        add_tile(cells + (lane * tiles + tile) * HM_STRIP, weights, rows + lane);
      }
    }
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
  const size_t stride = (units + HM_STRIP - 1) / HM_STRIP * HM_STRIP;
  for (size_t lane = 0; lane < HM_LANES; lane += 4) {
    double sums[4] = {0}, shares[4][HM_BLOCK];
    for (size_t first = 0; first < units; first += HM_BLOCK) {
      size_t count = units - first < HM_BLOCK ? units - first : HM_BLOCK;
      for (size_t l = 0; l < 4; l++) {
        const int32_t *row = cells + (lane + l) * stride + first;
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
  size_t stride = (units + HM_STRIP - 1) / HM_STRIP * HM_STRIP;
  for (size_t unit = 0; unit < units; unit++) {
    uint32_t state = 0;
    for (size_t lane = 0; lane < HM_LANES; lane++) {
      state |= (uint32_t)(cells[lane * stride + unit] & 1) << lane;
    }
    states[unit] = (uint16_t)state;
  }
}
