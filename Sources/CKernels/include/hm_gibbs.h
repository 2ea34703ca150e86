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
/// beyond the last unit.
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

#define HM_SMALLEST_SCALE 0x1p-60f
#define HM_LARGEST_SCALE 0x1p60f

/// Cells are [unit, HM_LANES] for machines with neighbour lists, and [HM_LANES, unit] with rows of
/// ⌈units/HM_STRIP⌉ whole strips for full ones. Nothing needs alignment, nothing overlaps.
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

  /// The same for full machines. All rows are written.
  void (*start_rows)(int32_t *cells, const uint16_t *states, const int32_t *biases,
                     const hm_full_weights *machine);
  /// Updates the first `lanes` rows. Cost: a row of weights for each change in a lane.
  void (*sweep_rows)(int32_t *cells, const hm_full_weights *machine, size_t lanes,
                     const hm_sweep *sweep);
  void (*row_energies)(double *energies, const int32_t *cells, const int32_t *biases,
                       const double *quanta, size_t units);
  void (*row_states)(uint16_t *states, const int32_t *cells, size_t units);
} hm_gibbs_kernels;

#pragma clang assume_nonnull end

#endif
