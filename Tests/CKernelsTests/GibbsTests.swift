import CKernels
import Testing

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
    // Never empty, so that there is a pointer.
    starts.withUnsafeBufferPointer { starts in
      (neighbours + [0]).withUnsafeBufferPointer { neighbours in
        (weights + [0]).withUnsafeBufferPointer { weights in
          var machine = hm_neighbours(
            unit_count: units, starts: starts.baseAddress!, neighbours: neighbours.baseAddress!,
            weights: weights.baseAddress!)
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
    let stride = (units + 63) / 64 * 64
    var cells = [Int32](repeating: 0x7777, count: stride * 16)
    (full + [0]).withUnsafeBufferPointer { full in
      var machine = hm_full_weights(unit_count: units, weights: full.baseAddress!)
      kernels.gibbs.start_rows(&cells, run.states, biases, &machine)
      run.sweeps { sweep in kernels.gibbs.sweep_rows(&cells, &machine, lanes, &sweep) }
    }
    trace.cells = (0..<16).map { lane in Array(cells[(lane * stride)..<(lane * stride + units)]) }
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

/// First states and a few sweeps in some order.
private struct Run {
  let states: [UInt16]
  let order: [Int32]
  let scales: [Float]
  let quanta: [Double]

  init(units: Int, order: [Int32]? = nil, scale: Float, seed: Int) {
    var values = TestValues(seed: seed)
    states = (0..<units).map { _ in UInt16(truncatingIfNeeded: values.word()) }
    self.order = order ?? (0..<Int32(units)).map { $0 }
    scales = (0..<units).map { _ in abs(values.float(scale: scale)) }
    quanta = (0..<units).map { _ in Double(values.float()) }
  }

  func sweeps(_ body: (inout hm_sweep) -> Void) {
    order.withUnsafeBufferPointer { order in
      scales.withUnsafeBufferPointer { scales in
        guard let first = order.baseAddress, let scale = scales.baseAddress else { return }
        for step in 0..<4 {
          let draw = hm_draw(
            key_low: 9, key_high: 8, purpose: 1, step: UInt32(step), chain: 32)
          var sweep = hm_sweep(order: first, count: order.count, scales: scale, draw: draw)
          body(&sweep)
        }
      }
    }
  }
}

@Suite struct GibbsTests {
  @Test(arguments: KernelTable.runnable, [0, 1, 2, 3, 4, 5, 17, 63, 64, 65, 129])
  func sweepsAgreeWithTheReference(table: KernelTable, units: Int) throws {
    for (density, scale) in [(1, Float(3)), (1, 2000), (5, 40)] {
      let machine = WholeMachine(units: units, scale: scale, seed: units) { i, j in
        (i * j + i + j) % density == 0
      }
      let run = Run(units: units, scale: 4 * scale, seed: units + 1)
      let reference = try machine.lanes(KernelTable.reference, run)
      #expect(machine.lanes(table.kernels, run) == reference)
      #expect(machine.rows(table.kernels, run, lanes: 16) == reference)
      #expect(try machine.rows(KernelTable.reference, run, lanes: 16) == reference)
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

  /// Any order of any of the units; cells stay what a fresh start gives.
  @Test(arguments: KernelTable.runnable)
  func cellsNeverDrift(table: KernelTable) throws {
    let machine = WholeMachine(units: 90, scale: 1e5, seed: 5) { _, _ in true }
    let order = (0..<90).filter { $0 % 7 != 2 }.map { Int32($0 * 29 % 90) }
    let run = Run(units: 90, order: order, scale: 4e5, seed: 6)
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

  /// With a field f and the scale T ln 2 a unit is on with σ(f/T): frequencies of 64,000 draws, and
  /// the largest and smallest scales.
  @Test(arguments: KernelTable.runnable)
  func probabilitiesAreLogistic(table: KernelTable) {
    let fields: [Int32] = [0, 700, -700, 3000, -3000, 1 << 28, -(1 << 28), 1]
    let scales: [Float] = [1, 693.147181, 693.147181, 693.147181, 693.147181, 1e6, 1e6, 0x1p-60]
    var on = [Int](repeating: 0, count: 8)
    for step in 0..<4000 {
      var cells = fields.flatMap { [Int32](repeating: 2 * $0, count: 16) }
      let order: [Int32] = Array(0..<8)
      let starts = [Int](repeating: 0, count: 9)
      order.withUnsafeBufferPointer { order in
        starts.withUnsafeBufferPointer { starts in
          var machine = hm_neighbours(
            unit_count: 8, starts: starts.baseAddress!, neighbours: order.baseAddress!,
            weights: order.baseAddress!)
          let draw = hm_draw(key_low: 1, key_high: 2, purpose: 1, step: UInt32(step), chain: 0)
          scales.withUnsafeBufferPointer { scales in
            var sweep = hm_sweep(
              order: order.baseAddress!, count: 8, scales: scales.baseAddress!, draw: draw)
            table.kernels.gibbs.sweep_lanes(&cells, &machine, &sweep)
          }
        }
      }
      for unit in 0..<8 { on[unit] += (0..<16).filter { cells[unit * 16 + $0] & 1 == 1 }.count }
    }
    for (unit, x) in [0, 0.7, -0.7, 3, -3].enumerated() {
      let p = hm_logistic(x)
      #expect(abs(Double(on[unit]) / 64000 - p) < 4 * (p * (1 - p) / 64000).squareRoot())
    }
    #expect(on[5...] == [64000, 0, 64000])
  }
}
