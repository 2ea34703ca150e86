internal import CKernels

/// The cells of sixteen chains of a tabulated machine.
struct TabulatedCells: Sendable {
  private let machine: TabulatedMachine
  private let kernels: Kernels
  private var cells: [Int16]

  /// Chains at their first states: a word for each unit, chain c in bit c mod 16.
  init(of machine: TabulatedMachine, _ states: [UInt16], _ kernels: Kernels) {
    (self.machine, self.kernels) = (machine, kernels)
    cells = Array(repeating: 0, count: machine.unitCount * LaneBlock.width)
    let start = unsafe kernels.gibbs.start_tabulated
    unsafe withLists { cells, lists in unsafe start(cells, states, machine.biases, &lists) }
  }

  mutating func sweep(
    _ visits: Visits, _ rule: hm_rule, _ thresholds: Thresholds, _ draw: hm_draw
  ) {
    let sweepLists = unsafe kernels.gibbs.sweep_tabulated
    let levels = machine.levelNumbers
    unsafe withLists { cells, lists in
      unsafe visits.units.withPointer { order in
        unsafe visits.counters.withPointer { counters in
          unsafe levels.withPointer { levels in
            unsafe thresholds.withPointers { counts, bases, highs, lows in
              var sweep = unsafe hm_tabulated_sweep(
                rule: rule, order: order, counters: counters, count: visits.units.count,
                levels: levels, counts: counts, bases: bases, highs: highs, lows: lows,
                draw: draw, tie_purpose: RandomStream.Purpose.tie.rawValue)
              unsafe sweepLists(cells, &lists, &sweep)
            }
          }
        }
      }
    }
  }

  /// E of each lane.
  var energies: [Double] {
    var sums = [Int64](repeating: 0, count: LaneBlock.width)
    unsafe kernels.gibbs.tabulated_energies(
      &sums, cells, machine.biases, machine.multiples, machine.unitCount)
    return sums.map { 0 - 0.5 * Double($0) * machine.quantum }
  }

  var stateWords: [UInt16] {
    var words = [UInt16](repeating: 0, count: machine.unitCount)
    unsafe kernels.gibbs.tabulated_states(&words, cells, words.count)
    return words
  }

  /// The cells and the machine as the kernels take them.
  @unsafe private mutating func withLists(
    _ body: (UnsafeMutablePointer<Int16>, inout hm_tabulated) -> Void
  ) {
    let (couplings, weights) = (machine.couplings, machine.weights)
    unsafe couplings.starts.withPointer { starts in
      unsafe couplings.neighbours.withPointer { neighbours in
        unsafe weights.withPointer { weights in
          var lists = unsafe hm_tabulated(
            unit_count: couplings.unitCount, starts: starts, neighbours: neighbours,
            weights: weights)
          unsafe body(&cells, &lists)
        }
      }
    }
  }
}

extension Thresholds {
  @unsafe fileprivate func withPointers(
    _ body: (
      UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafePointer<Int16>, UnsafePointer<UInt32>
    ) -> Void
  ) {
    unsafe counts.withPointer { counts in
      unsafe bases.withPointer { bases in
        unsafe highs.withPointer { highs in
          unsafe lows.withPointer { lows in unsafe body(counts, bases, highs, lows) }
        }
      }
    }
  }
}
