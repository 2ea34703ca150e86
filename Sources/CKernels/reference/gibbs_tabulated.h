/// Whether the number that a lane draws at a place is at least threshold k of its unit's level.
static int reaches(const hm_tabulated_sweep *sweep, size_t place, size_t lane, size_t k) {
  const hm_draw *draw = &sweep->draw;
  uint32_t counter = (uint32_t)sweep->counters[place];
  size_t level = (size_t)sweep->levels[sweep->order[place]];
  size_t at = (level * HM_THRESHOLDS + k) * HM_LANES + lane;
  hm_philox_block first =
      hm_philox4x32_10(draw->purpose, draw->step, draw->chain / 8 + (uint32_t)(lane / 8), counter,
                       draw->key_low, draw->key_high);
  hm_philox_block second =
      hm_philox4x32_10(sweep->tie_purpose, draw->step, draw->chain / 4 + (uint32_t)(lane / 4),
                       counter, draw->key_low, draw->key_high);
  uint32_t firsts[4] = {first.x, first.y, first.z, first.w};
  uint32_t seconds[4] = {second.x, second.y, second.z, second.w};
  int16_t half = (int16_t)(uint16_t)(firsts[lane % 8 / 2] >> lane % 2 * 16);
  if (half != sweep->highs[at]) return half > sweep->highs[at];
  return seconds[lane % 4] >= sweep->lows[at];
}

/// The change of the unit at a place of the sweep in a lane: −1, 0 or 1.
static int16_t tabulated_change(int16_t cell, size_t place, size_t lane,
                                const hm_tabulated_sweep *sweep) {
  size_t level = (size_t)sweep->levels[sweep->order[place]];
  int state = cell & 1, field = (cell - state) / 2, least = sweep->bases[level];
  for (size_t k = 0; k < (size_t)sweep->counts[level]; k++) {
    least += reaches(sweep, place, lane, k);
  }
  if (sweep->rule == HM_METROPOLIS) {
    int rise = state ? field : -field;
    return (int16_t)(rise <= -least ? 1 - 2 * state : 0);
  }
  return (int16_t)((field >= least) - state);
}

static void start_tabulated(int16_t *cells, const uint16_t *states, const int16_t *biases,
                            const hm_tabulated *machine) {
  for (size_t i = 0; i < machine->unit_count * HM_LANES; i++) {
    cells[i] = (int16_t)(2 * biases[i / HM_LANES] + (states[i / HM_LANES] >> (i % HM_LANES) & 1));
  }
  for (size_t unit = 0; unit < machine->unit_count; unit++) {
    for (size_t entry = machine->starts[unit]; entry < machine->starts[unit + 1]; entry++) {
      int16_t *neighbour = cells + (size_t)machine->neighbours[entry] * HM_LANES;
      for (size_t lane = 0; lane < HM_LANES; lane++) {
        if (states[unit] >> lane & 1) {
          neighbour[lane] = (int16_t)(neighbour[lane] + machine->weights[entry]);
        }
      }
    }
  }
}

static void sweep_tabulated(int16_t *cells, const hm_tabulated *machine,
                            const hm_tabulated_sweep *sweep) {
  for (size_t lane = 0; lane < HM_LANES; lane++) {
    for (size_t place = 0; place < sweep->count; place++) {
      size_t unit = (size_t)sweep->order[place];
      int16_t *cell = cells + unit * HM_LANES + lane;
      int16_t change = tabulated_change(*cell, place, lane, sweep);
      *cell = (int16_t)(*cell + change);
      for (size_t entry = machine->starts[unit]; entry < machine->starts[unit + 1]; entry++) {
        int16_t *neighbour = cells + (size_t)machine->neighbours[entry] * HM_LANES + lane;
        *neighbour = (int16_t)(*neighbour + change * machine->weights[entry]);
      }
    }
  }
}

static void tabulated_energies(int64_t *sums, const int16_t *cells, const int16_t *biases,
                               const int16_t *multiples, size_t units) {
  for (size_t lane = 0; lane < HM_LANES; lane++) {
    sums[lane] = 0;
    for (size_t unit = 0; unit < units; unit++) {
      int16_t cell = cells[unit * HM_LANES + lane];
      if (cell & 1) sums[lane] += (biases[unit] + (cell - 1) / 2) * multiples[unit];
    }
  }
}

static void tabulated_states(uint16_t *states, const int16_t *cells, size_t units) {
  for (size_t unit = 0; unit < units; unit++) {
    states[unit] = 0;
    for (size_t lane = 0; lane < HM_LANES; lane++) {
      states[unit] |= (uint16_t)((cells[unit * HM_LANES + lane] & 1) << lane);
    }
  }
}
