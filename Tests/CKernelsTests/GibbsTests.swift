import CKernels
import Testing

/// An array as a C function takes it, empty or not.
private func withPointer<Element>(
  _ array: [Element], _ body: (UnsafePointer<Element>) -> Void
) {
  body(array)
}

/// A machine in whole numbers with both forms of its weights.
private struct WholeMachine {
  let units: Int
  var starts: [Int] = [0]
  var neighbours: [Int32] = []
  var weights: [Int32] = []
  var full: [Int32]
  var biases: [Int32] = []

  /// Every pair is connected that `isConnected` says; weights up to ±scale in either direction.
  init(units: Int, scale: Float, seed: Int, isConnected: (Int, Int) -> Bool) {
    var values = TestValues(seed: seed)
    self.units = units
    full = Array(repeating: 0, count: (units + 63) / 64 * 64 * units)
    for i in 0..<units {
      biases.append(Int32(values.float(scale: scale)))
      full[(i / 64 * units + i) * 64 + i % 64] = 1
      for j in 0..<units where j != i && isConnected(i, j) {
        let weight = 2 * Int32(values.float(scale: scale))
        neighbours.append(Int32(j))
        weights.append(weight)
        full[(j / 64 * units + i) * 64 + j % 64] = weight
      }
      starts.append(neighbours.count)
    }
  }

  /// Cells and states after each of some sweeps of neighbour lists.
  func lanes(_ kernels: hm_kernels, _ run: Run) -> Trace {
    var trace = Trace()
    var cells = [Int32](repeating: 0x7777, count: units * 16)
    withPointer(starts) { starts in
      withPointer(neighbours) { neighbours in
        withPointer(weights) { weights in
          var machine = hm_neighbours(
            unit_count: units, starts: starts, neighbours: neighbours,
            weights: weights)
          kernels.gibbs.start_lanes(&cells, run.states, biases, &machine)
          run.sweeps { sweep in kernels.gibbs.sweep_lanes(&cells, &machine, &sweep) }
        }
      }
    }
    trace.cells = (0..<16).map { lane in (0..<units).map { cells[$0 * 16 + lane] } }
    kernels.gibbs.lane_energies(&trace.energies, cells, biases, run.quanta, units)
    trace.states = Array(repeating: 0xabcd, count: units)
    kernels.gibbs.lane_states(&trace.states, cells, units)
    return trace
  }

  /// The same for the full matrix.
  func rows(_ kernels: hm_kernels, _ run: Run, lanes: Int) -> Trace {
    var trace = Trace()
    var cells = [Int32](repeating: 0x7777, count: (units + 63) / 64 * 64 * 16)
    withPointer(full) { full in
      var machine = hm_full_weights(unit_count: units, weights: full)
      kernels.gibbs.start_rows(&cells, run.states, biases, &machine)
      run.sweeps { sweep in kernels.gibbs.sweep_rows(&cells, &machine, lanes, &sweep) }
    }
    trace.cells = (0..<16).map { lane in
      (0..<units).map { cells[($0 / 64 * 16 + lane) * 64 + $0 % 64] }
    }
    kernels.gibbs.row_energies(&trace.energies, cells, biases, run.quanta, units)
    trace.states = Array(repeating: 0xabcd, count: units)
    kernels.gibbs.row_states(&trace.states, cells, units)
    return trace
  }
}

private struct Trace: Equatable {
  /// By lane, then unit.
  var cells: [[Int32]] = []
  var energies = [Double](repeating: -1, count: 16)
  var states: [UInt16] = []
}

/// First states and a few sweeps in some order, every unit with scales of its own in each lane.
private struct Run {
  let rule: hm_rule
  let states: [UInt16]
  let order: [Int32]
  let levels: [Int32]
  let scales: [Float]
  let quanta: [Double]

  init(
    units: Int, rule: hm_rule = HM_HEAT_BATH, order: [Int32]? = nil, scale: Float, seed: Int
  ) {
    var values = TestValues(seed: seed)
    self.rule = rule
    states = (0..<units).map { _ in UInt16(truncatingIfNeeded: values.word()) }
    self.order = order ?? (0..<Int32(units)).map { $0 }
    levels = (0..<Int32(units)).reversed()
    scales = (0..<units * 16).map { _ in abs(values.float(scale: scale)) }
    quanta = (0..<units).map { _ in Double(values.float()) }
  }

  /// The last word of a place's counter is its number.
  func sweeps(_ body: (inout hm_sweep) -> Void) {
    let counters = order.indices.map { Int32($0) }
    for step in 0..<4 {
      sweep(
        rule, order, counters, levels: levels, scales: scales,
        draw: hm_draw(key_low: 9, key_high: 8, purpose: 1, step: UInt32(step), chain: 32), body)
    }
  }
}

/// A sweep as the kernels take it.
private func sweep(
  _ rule: hm_rule, _ order: [Int32], _ counters: [Int32], levels: [Int32], scales: [Float],
  draw: hm_draw, _ body: (inout hm_sweep) -> Void
) {
  withPointer(order) { first in
    withPointer(counters) { counter in
      withPointer(levels) { level in
        withPointer(scales) { scale in
          var sweep = hm_sweep(
            rule: rule, order: first, counters: counter, count: order.count, levels: level,
            scales: scale, draw: draw)
          body(&sweep)
        }
      }
    }
  }
}

private let rules = [HM_HEAT_BATH, HM_METROPOLIS]

@Suite struct GibbsTests {
  @Test(arguments: KernelTable.runnable, [0, 1, 2, 3, 4, 5, 17, 63, 64, 65, 129])
  func sweepsAgreeWithTheReference(table: KernelTable, units: Int) throws {
    for (density, scale) in [(1, Float(3)), (1, 2000), (5, 40)] {
      let machine = WholeMachine(units: units, scale: scale, seed: units) { i, j in
        (i * j + i + j) % density == 0
      }
      for rule in rules {
        let run = Run(units: units, rule: rule, scale: 4 * scale, seed: units + 1)
        let reference = try machine.lanes(KernelTable.reference, run)
        #expect(machine.lanes(table.kernels, run) == reference)
        #expect(machine.rows(table.kernels, run, lanes: 16) == reference)
        #expect(try machine.rows(KernelTable.reference, run, lanes: 16) == reference)
      }
    }
  }

  /// Longer sweeps than what is kept in mind of them: strips catch up on the way.
  @Test(arguments: KernelTable.runnable, [1, 7, 199])
  func longSweepsAgreeWithTheReference(table: KernelTable, step: Int) throws {
    let machine = WholeMachine(units: 200, scale: 50, seed: 5) { i, j in (i + j) % 3 != 0 }
    let order = (0..<4500).map { Int32($0 * step / 2 % 200) }
    for rule in rules {
      let run = Run(units: 200, rule: rule, order: order, scale: 900, seed: 6)
      let reference = try machine.lanes(KernelTable.reference, run)
      #expect(machine.rows(table.kernels, run, lanes: 16) == reference)
    }
  }

  @Test(arguments: KernelTable.runnable, [0, 1, 3, 7, 8, 9, 15])
  func lanesThatAreLeftOutStay(table: KernelTable, lanes: Int) throws {
    let machine = WholeMachine(units: 70, scale: 50, seed: 3) { i, j in i + j != 50 }
    let run = Run(units: 70, scale: 60, seed: 4)
    let all = machine.rows(table.kernels, run, lanes: 16)
    let none = machine.rows(table.kernels, Run(units: 70, order: [], scale: 60, seed: 4), lanes: 16)
    let some = machine.rows(table.kernels, run, lanes: lanes)
    for lane in 0..<16 {
      #expect(some.cells[lane] == (lane < lanes ? all : none).cells[lane])
    }
  }

  /// Any order of any of the units, some of them twice; cells stay what a fresh start gives.
  @Test(arguments: KernelTable.runnable, [0, 1])
  func cellsNeverDrift(table: KernelTable, rule: Int) throws {
    let machine = WholeMachine(units: 90, scale: 1e5, seed: 5) { _, _ in true }
    let order = (0..<120).filter { $0 % 7 != 2 }.map { Int32($0 * 29 % 90) }
    let run = Run(units: 90, rule: rules[rule], order: order, scale: 4e5, seed: 6)
    for trace in [machine.lanes(table.kernels, run), machine.rows(table.kernels, run, lanes: 16)] {
      #expect(try trace == machine.lanes(KernelTable.reference, run))
      for lane in 0..<16 {
        for unit in 0..<90 {
          var field = machine.biases[unit]
          for from in 0..<90 where from != unit && trace.states[from] >> UInt16(lane) & 1 == 1 {
            field += machine.full[(unit / 64 * 90 + from) * 64 + unit % 64] / 2
          }
          let state = Int32(trace.states[unit] >> UInt16(lane) & 1)
          #expect(trace.cells[lane][unit] == 2 * field + state)
        }
      }
    }
  }

  /// How often a unit with each field and scale is on after one update, of 64,000.
  private func onCounts(
    _ table: KernelTable, _ rule: hm_rule, fields: [Int32], state: Int32 = 0, scales: [Float]
  ) -> [Int] {
    let units = fields.count
    let (order, starts) = ((0..<Int32(units)).map { $0 }, [Int](repeating: 0, count: units + 1))
    let scales = scales.flatMap { [Float](repeating: $0, count: 16) }
    var on = [Int](repeating: 0, count: units)
    for step in 0..<4000 {
      var cells = fields.flatMap { [Int32](repeating: 2 * $0 + state, count: 16) }
      withPointer(starts) { starts in
        withPointer(order) { none in
          var machine = hm_neighbours(
            unit_count: units, starts: starts, neighbours: none, weights: none)
          sweep(
            rule, order, order, levels: order, scales: scales,
            draw: hm_draw(key_low: 1, key_high: 2, purpose: 1, step: UInt32(step), chain: 0)
          ) { table.kernels.gibbs.sweep_lanes(&cells, &machine, &$0) }
        }
      }
      for unit in 0..<units {
        on[unit] += (0..<16).filter { cells[unit * 16 + $0] & 1 == 1 }.count
      }
    }
    return on
  }

  private func isLikely(_ count: Int, _ p: Double) -> Bool {
    abs(Double(count) / 64000 - p) < 4 * (p * (1 - p) / 64000).squareRoot()
  }

  /// With a field f and the scale T ln 2 a unit is on with σ(f/T), at the largest and smallest
  /// scales too.
  @Test(arguments: KernelTable.runnable)
  func heatBathIsLogistic(table: KernelTable) {
    let on = onCounts(
      table, HM_HEAT_BATH, fields: [0, 700, -700, 3000, -3000, 1 << 28, -(1 << 28), 1],
      scales: [1, 693.147181, 693.147181, 693.147181, 693.147181, 1e6, 1e6, 0x1p-60])
    for (unit, x) in [0, 0.7, -0.7, 3, -3].enumerated() {
      #expect(isLikely(on[unit], hm_logistic(x)))
    }
    #expect(on[5...] == [64000, 0, 64000])
  }

  /// A rise of the energy is accepted with exp(−ΔE/T), none and a fall always.
  @Test(arguments: KernelTable.runnable)
  func metropolisIsExponential(table: KernelTable) {
    let fields: [Int32] = [-100, -1000, -3000, 1 << 28, 1, 0, 0, 0, -1]
    let scales: [Float] = [
      693.147181, 693.147181, 693.147181, 0x1p60, 0x1p-60, 0x1p-60, 0x1p60, 693.147181, 0x1p-60,
    ]
    let on = onCounts(table, HM_METROPOLIS, fields: fields, scales: scales)
    let stays = onCounts(
      table, HM_METROPOLIS, fields: fields.map { -$0 }, state: 1, scales: scales)
    for (unit, x) in [0.1, 1, 3].enumerated() {
      #expect(isLikely(on[unit], hm_exp(-x)))
      #expect(isLikely(64000 - stays[unit], hm_exp(-x)))
    }
    #expect(on[3...] == [64000, 64000, 64000, 64000, 64000, 0])
    #expect(stays[3...] == [0, 0, 0, 0, 0, 64000])
  }
}
