#include "../body/noise_coefficients.h"

/// ⌊x⌋ for |x| < 2³¹.
static int32_t floor_of(float x) {
  int32_t whole = (int32_t)x;
  return whole - ((float)whole > x);
}

/// scale · log₂ x, no lower than −HM_NOISE_LIMIT, for 0 < x ≤ 1.
static float scaled_log(float x, float scale) {
#pragma STDC FP_CONTRACT OFF
  uint32_t bits = hm_bits_of_float(x) + HM_FLOAT_ROOT_SHIFT;
  float k = (float)((int32_t)(bits >> 23) - 127);
  float f = hm_float_of_bits((bits & 0x007fffff) + HM_FLOAT_ROOT_BITS) - 1;
  float p = hm_fma(HM_N6, f, HM_N5);
  p = hm_fma(p, f, HM_N4);
  p = hm_fma(p, f, HM_N3);
  p = hm_fma(p, f, HM_N2);
  p = hm_fma(p, f, HM_N1);
  p = hm_fma(p, f, HM_N0);
  float noise = hm_fma(p, f, k) * scale;
  return noise < -HM_NOISE_LIMIT ? -HM_NOISE_LIMIT : noise;
}

/// The change of a unit's state: −1, 0 or 1.
static int32_t change_of(int32_t cell, float scale, uint32_t word, hm_rule rule) {
  int32_t state = cell & 1, field = (cell - state) / 2;
  float t = (float)(word >> 1) + 0.5f;
  if (rule == HM_METROPOLIS) {
    int32_t rise = state ? field : -field;
    int32_t flips = rise <= floor_of(-scaled_log(t * 0x1p-31f, scale));
    return flips ? 1 - 2 * state : 0;
  }
  float noise = scaled_log(t / (0x1p32f - t), scale);
  return (field > floor_of(word & 1 ? -noise : noise)) - state;
}

/// The change of the unit at a place of the sweep in a lane.
static int32_t change_at(size_t place, int32_t cell, size_t lane, const hm_sweep *sweep) {
  const hm_draw *draw = &sweep->draw;
  hm_philox_block block =
      hm_philox4x32_10(draw->purpose, draw->step, draw->chain / 4 + (uint32_t)(lane / 4),
                       (uint32_t)sweep->counters[place], draw->key_low, draw->key_high);
  uint32_t words[4] = {block.x, block.y, block.z, block.w};
  size_t level = (size_t)sweep->levels[sweep->order[place]];
  return change_of(cell, sweep->scales[level * HM_LANES + lane], words[lane % 4], sweep->rule);
}

static void start_lanes(int32_t *cells, const uint16_t *states, const int32_t *biases,
                        const hm_neighbours *machine) {
  for (size_t i = 0; i < machine->unit_count * HM_LANES; i++) {
    cells[i] = 2 * biases[i / HM_LANES] + (states[i / HM_LANES] >> (i % HM_LANES) & 1);
  }
  for (size_t unit = 0; unit < machine->unit_count; unit++) {
    for (size_t entry = machine->starts[unit]; entry < machine->starts[unit + 1]; entry++) {
      int32_t *neighbour = cells + (size_t)machine->neighbours[entry] * HM_LANES;
      for (size_t lane = 0; lane < HM_LANES; lane++) {
        neighbour[lane] += (states[unit] >> lane & 1) * machine->weights[entry];
      }
    }
  }
}

static void sweep_lanes(int32_t *cells, const hm_neighbours *machine, const hm_sweep *sweep) {
  for (size_t lane = 0; lane < HM_LANES; lane++) {
    for (size_t place = 0; place < sweep->count; place++) {
      size_t unit = (size_t)sweep->order[place];
      int32_t *cell = cells + unit * HM_LANES + lane;
      int32_t change = change_at(place, *cell, lane, sweep);
      *cell += change;
      for (size_t entry = machine->starts[unit]; entry < machine->starts[unit + 1]; entry++) {
        size_t neighbour = (size_t)machine->neighbours[entry];
        cells[neighbour * HM_LANES + lane] += change * machine->weights[entry];
      }
    }
  }
}

/// What a unit that is on adds to −2E, in its quanta; 0 when it is off.
static int32_t energy_share(int32_t cell, int32_t bias) {
  return cell & 1 ? bias + (cell - 1) / 2 : 0;
}

static void lane_energies(double *energies, const int32_t *cells, const int32_t *biases,
                          const double *quanta, size_t units) {
#pragma STDC FP_CONTRACT OFF
  for (size_t lane = 0; lane < HM_LANES; lane++) {
    double sum = 0;
    for (size_t unit = 0; unit < units; unit++) {
      sum += (double)energy_share(cells[unit * HM_LANES + lane], biases[unit]) * quanta[unit];
    }
    energies[lane] = 0.0 - 0.5 * sum;
  }
}

static void lane_states(uint16_t *states, const int32_t *cells, size_t units) {
  for (size_t unit = 0; unit < units; unit++) {
    states[unit] = 0;
    for (size_t lane = 0; lane < HM_LANES; lane++) {
      states[unit] |= (uint16_t)((cells[unit * HM_LANES + lane] & 1) << lane);
    }
  }
}

static size_t whole_strips(size_t units) { return (units + HM_STRIP - 1) / HM_STRIP * HM_STRIP; }

/// Where the cell of a unit of a full machine is in a lane.
static size_t row_cell(size_t unit, size_t lane) {
  return (unit / HM_STRIP * HM_LANES + lane) * HM_STRIP + unit % HM_STRIP;
}

static int32_t full_weight(const hm_full_weights *machine, size_t from, size_t to) {
  return machine->weights[(to / HM_STRIP * machine->unit_count + from) * HM_STRIP + to % HM_STRIP];
}

static void start_rows(int32_t *cells, const uint16_t *states, const int32_t *biases,
                       const hm_full_weights *machine) {
  size_t units = machine->unit_count;
  for (size_t lane = 0; lane < HM_LANES; lane++) {
    for (size_t j = 0; j < whole_strips(units); j++) {
      cells[row_cell(j, lane)] = j < units ? 2 * biases[j] : 0;
    }
    for (size_t unit = 0; unit < units; unit++) {
      if (!(states[unit] >> lane & 1)) continue;
      for (size_t j = 0; j < units; j++) {
        cells[row_cell(j, lane)] += full_weight(machine, unit, j);
      }
    }
  }
}

static void sweep_rows(int32_t *cells, const hm_full_weights *machine, size_t lanes,
                       const hm_sweep *sweep) {
  size_t units = machine->unit_count;
  for (size_t lane = 0; lane < lanes; lane++) {
    for (size_t place = 0; place < sweep->count; place++) {
      size_t unit = (size_t)sweep->order[place];
      int32_t change = change_at(place, cells[row_cell(unit, lane)], lane, sweep);
      for (size_t j = 0; j < units; j++) {
        cells[row_cell(j, lane)] += change * full_weight(machine, unit, j);
      }
    }
  }
}

static void row_energies(double *energies, const int32_t *cells, const int32_t *biases,
                         const double *quanta, size_t units) {
#pragma STDC FP_CONTRACT OFF
  for (size_t lane = 0; lane < HM_LANES; lane++) {
    double sum = 0;
    for (size_t unit = 0; unit < units; unit++) {
      sum += (double)energy_share(cells[row_cell(unit, lane)], biases[unit]) * quanta[unit];
    }
    energies[lane] = 0.0 - 0.5 * sum;
  }
}

static void row_states(uint16_t *states, const int32_t *cells, size_t units) {
  for (size_t unit = 0; unit < units; unit++) {
    states[unit] = 0;
    for (size_t lane = 0; lane < HM_LANES; lane++) {
      states[unit] |= (uint16_t)((cells[row_cell(unit, lane)] & 1) << lane);
    }
  }
}
