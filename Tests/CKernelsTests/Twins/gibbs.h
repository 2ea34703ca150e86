/// A machine in whole numbers, in both forms, and what a run of it needs.
typedef struct {
  hm_neighbours lists;
  hm_full_weights full;
  int32_t *biases, *order, *counters, *levels;
  uint16_t *states;
  float *scales;
  double *quanta;
} machine;

/// Of all pairs one in `distance` is connected, with different weights in both directions.
static machine some_machine(size_t units, size_t distance, int32_t limit) {
  size_t *starts = take((units + 1) * sizeof *starts), count = 0;
  int32_t *neighbours = take(units * units * sizeof *neighbours);
  int32_t *weights = whole_numbers(units * units, limit);
  int32_t *full = take(words(units) * HM_STRIP * units * sizeof *full);
  for (size_t i = 0; i < words(units) * HM_STRIP * units; i++) full[i] = 0;
  for (size_t i = 0; i < units; i++) {
    starts[i] = count;
    for (size_t j = 0; j < units; j++) {
      int32_t *entry = full + (j / HM_STRIP * units + i) * HM_STRIP + j % HM_STRIP;
      if (j == i) *entry = 1;
      if (j == i || (i + j) % distance != 0) continue;
      neighbours[count] = (int32_t)j;
      *entry = weights[count] *= 2;
      count++;
    }
  }
  starts[units] = count;
  machine m = {{units, starts, neighbours, weights}, {units, full}, whole_numbers(units, limit),
               take(units * sizeof(int32_t)), take(units * sizeof(int32_t)),
               take(units * sizeof(int32_t)), patterns(units * sizeof(uint16_t)),
               floats(units * HM_LANES, 4 * (float)limit), doubles(units, 1)};
  for (size_t i = 0; i < units; i++) {
    size_t other = next() % (i + 1);
    m.order[i] = m.order[other];
    m.order[other] = (int32_t)i;
    m.counters[i] = (int32_t)(2 * i + 1);
    m.levels[i] = (int32_t)(units - 1 - i);
  }
  // A unit that comes twice, once in a while.
  for (size_t i = 7; i < units; i += 9) m.order[i] = m.order[i - 3];
  for (size_t i = 0; i < units * HM_LANES; i++) {
    if (m.scales[i] < 0) m.scales[i] = -m.scales[i];
    if (i % 16 == 3 || m.scales[i] < HM_SMALLEST_SCALE) m.scales[i] = HM_SMALLEST_SCALE;
    if (i % 16 == 5) m.scales[i] = HM_LARGEST_SCALE;
  }
  return m;
}

/// The whole order at first, then less and less of its end; the rules in turn.
static hm_sweep some_sweep(const machine *m, size_t units, uint32_t step) {
  size_t left_out = units / 3 * step;
  return (hm_sweep){step % 2 == 0 ? HM_HEAT_BATH : HM_METROPOLIS,
                    m->order + left_out,
                    m->counters + left_out,
                    units - left_out,
                    m->levels,
                    m->scales,
                    {9, 8, 1, step, 4 * step}};
}

static void gibbs_lanes(const hm_kernels *k, const machine *m, size_t units) {
  size_t size = units * HM_LANES;
  int32_t *cells = whole_numbers(size, 99);
  uint16_t *states = patterns(units * sizeof *states);
  double energies[HM_LANES];
  k->gibbs.start_lanes(cells, m->states, m->biases, &m->lists), SEE(start_lanes, cells, size);
  for (uint32_t step = 0; step < 4; step++) {
    hm_sweep sweep = some_sweep(m, units, step);
    k->gibbs.sweep_lanes(cells, &m->lists, &sweep), SEE(sweep_lanes, cells, size);
    k->gibbs.lane_energies(energies, cells, m->biases, m->quanta, units);
    SEE(lane_energies, energies, HM_LANES);
    k->gibbs.lane_states(states, cells, units), SEE(lane_states, states, units);
  }
}

static void gibbs_rows(const hm_kernels *k, const machine *m, size_t units) {
  size_t size = words(units) * HM_STRIP * HM_LANES;
  int32_t *cells = whole_numbers(size, 99);
  uint16_t *states = patterns(units * sizeof *states);
  double energies[HM_LANES];
  k->gibbs.start_rows(cells, m->states, m->biases, &m->full), SEE(start_rows, cells, size);
  for (uint32_t step = 0; step < 4; step++) {
    hm_sweep sweep = some_sweep(m, units, step);
    k->gibbs.sweep_rows(cells, &m->full, HM_LANES - 5 * step, &sweep);
    SEE(sweep_rows, cells, size);
    k->gibbs.row_energies(energies, cells, m->biases, m->quanta, units);
    SEE(row_energies, energies, HM_LANES);
    k->gibbs.row_states(states, cells, units), SEE(row_states, states, units);
  }
}

/// A machine of small whole numbers and tables with many ties: the upper halves of its thresholds
/// take few values, of which random halves are likely to be some.
static void gibbs_tabulated(const hm_kernels *k, const machine *m, size_t units) {
  size_t size = units * HM_LANES, count = m->lists.starts[units];
  int16_t *weights = take(count * sizeof *weights), *biases = take(units * sizeof *biases);
  int16_t *multiples = take(units * sizeof *multiples), *cells = take(size * sizeof *cells);
  int32_t *counts = take(units * sizeof *counts), *bases = whole_numbers(units, 9);
  int16_t *highs = patterns(size * HM_THRESHOLDS * sizeof *highs);
  uint32_t *lows = patterns(size * HM_THRESHOLDS * sizeof *lows);
  uint16_t *states = patterns(units * sizeof *states);
  int64_t sums[HM_LANES];
  for (size_t i = 0; i < count; i++) weights[i] = (int16_t)(2 * (m->lists.weights[i] % 3));
  for (size_t i = 0; i < size * HM_THRESHOLDS; i += 2) highs[i] = (int16_t)(next() % 3);
  for (size_t i = 0; i < units; i++) {
    biases[i] = (int16_t)(m->biases[i] % 5);
    multiples[i] = i % 4 == 0 ? 1 : 0;
    counts[i] = (int32_t)(i % (HM_THRESHOLDS + 1));
  }
  hm_tabulated lists = {units, m->lists.starts, m->lists.neighbours, weights};
  k->gibbs.start_tabulated(cells, m->states, biases, &lists), SEE(start_tabulated, cells, size);
  for (uint32_t step = 0; step < 4; step++) {
    hm_sweep order = some_sweep(m, units, step);
    hm_tabulated_sweep sweep = {order.rule, order.order, order.counters, order.count, order.levels,
                                counts,     bases,       highs,          lows,        order.draw,
                                8};
    sweep.draw.chain *= 2;
    k->gibbs.sweep_tabulated(cells, &lists, &sweep), SEE(sweep_tabulated, cells, size);
    k->gibbs.tabulated_energies(sums, cells, biases, multiples, units);
    SEE(tabulated_energies, sums, HM_LANES);
    k->gibbs.tabulated_states(states, cells, units), SEE(tabulated_states, states, units);
  }
}

static void gibbs(const hm_kernels *k, size_t units, size_t distance, size_t limit) {
  machine m = some_machine(units, distance, (int32_t)limit);
  gibbs_lanes(k, &m, units);
  gibbs_rows(k, &m, units);
  gibbs_tabulated(k, &m, units);
}
