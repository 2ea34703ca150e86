internal import CKernels

/// The cells of sixteen chains of a machine in whole numbers.
struct WholeCells: Sendable {
  private let machine: WholeNumberMachine
  private let kernels: Kernels
  private var cells: WholeNumberLines

  /// Chains at their first states: a word for each unit, chain c in bit c mod 16.
  init(of machine: WholeNumberMachine, _ states: [UInt16], _ kernels: Kernels) {
    (self.machine, self.kernels) = (machine, kernels)
    cells = WholeNumberLines(Array(repeating: 0, count: machine.cellCount))
    let (start, rows) = unsafe (kernels.gibbs.start_lanes, kernels.gibbs.start_rows)
    unsafe withMachine { cells, form in
      switch unsafe form {
      case .neighbours(var lists): unsafe start(cells, states, machine.biases, &lists)
      case .full(var weights): unsafe rows(cells, states, machine.biases, &weights)
      }
    }
  }

  mutating func sweep(
    _ visits: Visits, _ rule: hm_rule, _ scales: [Float], _ draw: hm_draw, laneCount: Int
  ) {
    let (lanes, rows) = unsafe (kernels.gibbs.sweep_lanes, kernels.gibbs.sweep_rows)
    let levels = machine.levels
    unsafe withMachine { cells, form in
      unsafe visits.units.withPointer { order in
        unsafe visits.counters.withPointer { counters in
          unsafe levels.withPointer { levels in
            unsafe scales.withPointer { scales in
              var sweep = unsafe hm_sweep(
                rule: rule, order: order, counters: counters, count: visits.units.count,
                levels: levels, scales: scales, draw: draw)
              switch unsafe form {
              case .neighbours(var lists): unsafe lanes(cells, &lists, &sweep)
              case .full(var weights): unsafe rows(cells, &weights, laneCount, &sweep)
              }
            }
          }
        }
      }
    }
  }

  /// E of each lane.
  var energies: [Double] {
    var energies = [Double](repeating: 0, count: LaneBlock.width)
    let compute =
      switch machine.form {
      case .neighbours: unsafe kernels.gibbs.lane_energies
      case .full: unsafe kernels.gibbs.row_energies
      }
    unsafe cells.withPointer { cells in
      unsafe compute(&energies, cells, machine.biases, machine.quanta, machine.unitCount)
    }
    return energies
  }

  var stateWords: [UInt16] {
    var words = [UInt16](repeating: 0, count: machine.unitCount)
    let compute =
      switch machine.form {
      case .neighbours: unsafe kernels.gibbs.lane_states
      case .full: unsafe kernels.gibbs.row_states
      }
    unsafe cells.withPointer { unsafe compute(&words, $0, machine.unitCount) }
    return words
  }

  @unsafe private enum CMachine {
    case neighbours(hm_neighbours)
    case full(hm_full_weights)
  }

  /// The cells and the machine as the kernels take them.
  @unsafe private mutating func withMachine(
    _ body: (UnsafeMutablePointer<Int32>, CMachine) -> Void
  ) {
    let machine = machine
    unsafe cells.withMutablePointer { cells in
      switch machine.form {
      case .full(let weights):
        unsafe weights.withPointer { start in
          unsafe body(
            cells, .full(hm_full_weights(unit_count: machine.unitCount, weights: start)))
        }
      case .neighbours(let weights):
        unsafe machine.couplings.starts.withPointer { starts in
          unsafe machine.couplings.neighbours.withPointer { neighbours in
            unsafe weights.withPointer { start in
              let lists = unsafe hm_neighbours(
                unit_count: machine.unitCount, starts: starts, neighbours: neighbours,
                weights: start)
              unsafe body(cells, .neighbours(lists))
            }
          }
        }
      }
    }
  }
}
