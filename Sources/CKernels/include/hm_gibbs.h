/// Sweeps of sixteen chains side by side, one unit after the other.
///
/// Energies are whole numbers. A *cell* is 2 f + s: the field f = b_i + Σ_j w_ij s_j of a unit in one
/// chain, in multiples of a quantum of that unit, and the unit's own state s in the lowest bit.
/// Fields are therefore exact: they never drift, and no order of additions matters. |f| < 2²⁹.
///
/// The noise of an update does not depend on any state. Chain c looks at word c mod 4 of the Philox
/// block with the counter (purpose, step, ⌊c/4⌋, counter of the place). In Float, with
/// t = Float(⌊word / 2⌋) + ½ and y ≤ 0 the base-2 logarithm, exact to 4·10⁻⁷:
///
/// - *heat bath*: a unit turns on when its field exceeds logistic noise, f > ⌊± y · scale⌋ with
///   y = log₂(t / (2³² − t)), minus where the word is odd. P(on) is σ(f/T) to 10⁻⁷; neither state is
///   rarer than 2⁻³³ unless it is impossible.
/// - *Metropolis*: a unit flips when the energy rises by no more than ⌊−y · scale⌋ quanta, with
///   y = log₂(t / 2³¹): always when it does not rise, else with probability exp(−ΔE/T), to 10⁻⁷.
#ifndef HM_GIBBS_H
#define HM_GIBBS_H

#include <stddef.h>
#include <stdint.h>

#include "hm_sampling.h"

#pragma clang assume_nonnull begin

/// Chains side by side.
#define HM_LANES 16
/// Columns of a full matrix that lie together.
#define HM_STRIP 64
/// The most strips of a full matrix.
#define HM_MOST_STRIPS 4096

/// What each unit adds to the fields of its neighbours: entries starts[i] up to starts[i + 1].
/// A weight is doubled, as fields are in cells, and counts quanta of the neighbour.
typedef struct {
  size_t unit_count;
  const size_t *starts;
  const int32_t *neighbours;
  const int32_t *weights;
} hm_neighbours;

/// The same as a full matrix: what unit i adds to unit j is
/// weights[(⌊j/HM_STRIP⌋ · unit_count + i) · HM_STRIP + j mod HM_STRIP], 1 for j = i and 0 for the j
/// beyond the last unit. Reading is fastest when the weights begin on a cache line.
typedef struct {
  size_t unit_count;
  const int32_t *weights;
} hm_full_weights;

typedef enum { HM_HEAT_BATH, HM_METROPOLIS } hm_rule;

/// One sweep: which units are updated in which order, how, and from which words.
typedef struct {
  hm_rule rule;
  /// `count` places: the unit that is updated, and the last word of its counter, which no other
  /// place has. A unit may come twice.
  const int32_t *order;
  const int32_t *counters;
  size_t count;
  /// Of each unit: its row of the scales [level, HM_LANES]. A scale is T ln 2 / quantum with the
  /// lane's T, limited to what lies between HM_SMALLEST_SCALE, where a unit without a field is still
  /// a coin, and HM_LARGEST_SCALE.
  const int32_t *levels;
  const float *scales;
  /// The counter; `chain` is the chain of the first lane, a multiple of 4.
  hm_draw draw;
} hm_sweep;

/// The most thresholds of a level.
#define HM_THRESHOLDS 16
/// The most that (bias + f) · multiple can be, see tabulated_energies.
#define HM_LARGEST_SHARE 511

/// A machine whose fields take few values: neighbour lists with small whole weights, doubled.
typedef struct {
  size_t unit_count;
  const size_t *starts;
  const int32_t *neighbours;
  const int16_t *weights;
} hm_tabulated;

/// One sweep of such a machine: no logarithm, but thresholds for the random bits.
///
/// A unit of a level with n = counts[level] thresholds draws a number u that is uniform on
/// 0 … 2⁴⁸ − 1, and counts the thresholds T_k ≤ u, k < n. Heat bath: it turns on when
/// f ≥ bases[level] + count, with T_k = ⌊2⁴⁸ P(on | f = base + k)⌋. Metropolis: it flips when the
/// energy rises by no more than −(bases[level] + count), with base = −n and
/// T_k = ⌊2⁴⁸ P(flip | a rise of n − k)⌋. So a probability is exact to 2⁻⁴⁸.
///
/// Of u the upper 16 bits + 2¹⁵, as a signed number, are half c mod 8 of the Philox block
/// (purpose, step, ⌊c/8⌋, counter), the low half of each word first. The others, word c mod 4 of the
/// block (tie_purpose, step, ⌊c/4⌋, counter), are looked at only when they decide.
typedef struct {
  hm_rule rule;
  const int32_t *order;
  const int32_t *counters;
  size_t count;
  const int32_t *levels;
  const int32_t *counts;
  const int32_t *bases;
  /// ⌊T_k / 2³²⌋ − 2¹⁵ and T_k mod 2³² at [level, HM_THRESHOLDS, HM_LANES].
  const int16_t *highs;
  const uint32_t *lows;
  /// `chain` is a multiple of 8.
  hm_draw draw;
  uint32_t tie_purpose;
} hm_tabulated_sweep;

#define HM_SMALLEST_SCALE 0x1p-60f
#define HM_LARGEST_SCALE 0x1p60f

/// Cells are [unit, HM_LANES] for machines with neighbour lists, and [strip, HM_LANES, HM_STRIP] with
/// ⌈units/HM_STRIP⌉ strips for full ones. Nothing needs alignment, nothing overlaps.
typedef struct {
  /// The cells of given states, one 16-bit word per unit with lane l in bit l. Biases count quanta
  /// and are not doubled.
  void (*start_lanes)(int32_t *cells, const uint16_t *states, const int32_t *biases,
                      const hm_neighbours *machine);
  /// Updates the places of a sweep in all lanes. Cost: the neighbours of each unit that changes in
  /// any lane.
  void (*sweep_lanes)(int32_t *cells, const hm_neighbours *machine, const hm_sweep *sweep);
  /// energies[l] = −½ Σ_i s_i quantum_i (b_i + f_i), units ascending, in Double; all lanes.
  void (*lane_energies)(double *energies, const int32_t *cells, const int32_t *biases,
                        const double *quanta, size_t units);
  /// The states, as start_lanes takes them.
  void (*lane_states)(uint16_t *states, const int32_t *cells, size_t units);

  /// The same for full machines. The cells of whole strips are written.
  void (*start_rows)(int32_t *cells, const uint16_t *states, const int32_t *biases,
                     const hm_full_weights *machine);
  /// Updates the first `lanes` lanes. Cost: a row of weights for each change in a lane.
  void (*sweep_rows)(int32_t *cells, const hm_full_weights *machine, size_t lanes,
                     const hm_sweep *sweep);
  void (*row_energies)(double *energies, const int32_t *cells, const int32_t *biases,
                       const double *quanta, size_t units);
  void (*row_states)(uint16_t *states, const int32_t *cells, size_t units);

  /// The same for tabulated machines, with cells [unit, HM_LANES] of 16 bits. Cost of a sweep: the
  /// neighbours of each place.
  void (*start_tabulated)(int16_t *cells, const uint16_t *states, const int16_t *biases,
                          const hm_tabulated *machine);
  void (*sweep_tabulated)(int16_t *cells, const hm_tabulated *machine,
                          const hm_tabulated_sweep *sweep);
  /// sums[l] = Σ_i s_i (b_i + f_i) multiple_i, that is −2E in units of which the quantum of each
  /// unit is a multiple. No summand is beyond ±HM_LARGEST_SHARE.
  void (*tabulated_energies)(int64_t *sums, const int16_t *cells, const int16_t *biases,
                             const int16_t *multiples, size_t units);
  void (*tabulated_states)(uint16_t *states, const int16_t *cells, size_t units);
} hm_gibbs_kernels;

#pragma clang assume_nonnull end

#endif
