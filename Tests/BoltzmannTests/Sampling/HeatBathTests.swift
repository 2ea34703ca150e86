import Testing

@testable import Boltzmann

struct HeatBathTests {
  let stream = RandomStream(seed: 4, name: "heat bath")
  let clamp: Clamp = [1: true, 6: true]

  private func machine() throws -> BoltzmannMachine {
    try randomMachine(unitCount: 10, weightScale: 1.5, density: 0.8, seed: 21)
  }

  private func lastStates(
    _ kernel: HeatBath, temperature: Double = 0.9, from start: InitialState = .zeros,
    chains: Int = 21, sweeps: Int, kernels: Kernels = .standard
  ) -> [BitVector] {
    GibbsSampler(kernel, temperature: temperature).run(
      chains: chains, schedule: Schedule(sweeps: sweeps), from: start, stream: stream,
      kernels: kernels
    ).lastStates
  }

  /// Draw for draw the same states as the plain kernel, with both forms of the weights.
  @Test(arguments: [Clamp(), [1: true, 6: true]], ScanOrder.allCases)
  func agreesWithItsPlainTwin(clamp: Clamp, scan: ScanOrder) throws {
    let plain = try PlainHeatBath(
      machine: machine(), temperature: 0.9, clamp: clamp, stream: stream)
    for isFull in [false, true] {
      let kernel = HeatBath(
        plain.machine, clamp: clamp, holding: [], scan: scan, isFull: isFull)
      for sweeps in [1, 300] {
        let states = lastStates(kernel, sweeps: sweeps)
        let zeros = [BitVector](repeating: BitVector(zeros: 10), count: 21)
        #expect(states == plain.run(zeros, sweeps: sweeps, order: kernel.order.map(Int.init)))
      }
    }
  }

  /// Four units, ten units with large weights, and a 4 × 4 torus of couplings ±1.
  private static func machines() throws -> [(BoltzmannMachine, Statistic)] {
    [
      (try slide35(), .states(of: [0, 1, 2, 3])),
      (
        try randomMachine(unitCount: 10, weightScale: 3, seed: 33),
        .states(of: Array(0..<10))
      ),
      (try torus(side: 4) { unit in unit % 3 == 0 ? -1 : 1 }, .states(of: [0, 1, 2, 6, 9])),
    ]
  }

  @Test(arguments: [0.5, 1, 2.269185314213, 6], ScanOrder.allCases)
  func leavesDistributionsUnchanged(temperature: Double, scan: ScanOrder) throws {
    for (machine, statistic) in try Self.machines() {
      let exact = try ExactDistribution(machine, temperature: temperature)
      for isFull in [false, true] {
        let kernel = HeatBath(machine, clamp: Clamp(), holding: [], scan: scan, isFull: isFull)
        let states = lastStates(
          kernel, temperature: temperature, from: .exact(ExactSampler(exact)), chains: 4000,
          sweeps: 3)
        #expect(deviation(of: states, from: exact, over: statistic) < stationarityBound)
      }
    }
  }

  @Test(arguments: [0.4, 1, 5], ScanOrder.allCases)
  func leavesConditionalsUnchanged(temperature: Double, scan: ScanOrder) throws {
    let exact = try ExactDistribution(machine(), temperature: temperature, clamp: clamp)
    let states = lastStates(
      HeatBath(try machine(), clamp: clamp, scan: scan), temperature: temperature,
      from: .exact(ExactSampler(exact)), chains: 3000, sweeps: 3)
    let statistic = Statistic.states(of: Array(0..<10))
    #expect(deviation(of: states, from: exact, over: statistic) < stationarityBound)
  }

  @Test func brokenTwinsAreFound() throws {
    let right = try PlainHeatBath(machine: machine(), temperature: 1, clamp: clamp, stream: stream)
    var (wrongSign, stale, late) = (right, right, right)
    wrongSign.biasSign = -1
    stale.gapsAreStale = true
    late.schedule = [1.3, 1, 1]
    let exact = try ExactDistribution(machine(), clamp: clamp)
    let sampler = ExactSampler(exact)
    let starts = (0..<3000).map { sampler.state(chain: $0, stream: stream) }
    func deviation(_ twin: PlainHeatBath, sweeps: Int = 3) -> Double {
      BoltzmannTests.deviation(
        of: twin.run(starts, sweeps: sweeps), from: exact, over: .states(of: Array(0..<10)))
    }
    #expect(deviation(right) < stationarityBound)
    #expect(deviation(wrongSign) > 2 * stationarityBound)
    #expect(deviation(stale) > 2 * stationarityBound)
    #expect(deviation(late, sweeps: 1) > stationarityBound)
  }

  @Test(arguments: [0, 1, 2, 15, 16, 17, 33])
  func kernelsDoNotMatter(chains: Int) throws {
    for (units, density) in [(0, 1.0), (1, 1), (2, 1), (40, 0.2), (100, 0.9)] where chains > 0 {
      let machine = try randomMachine(unitCount: units, density: density, seed: 2)
      let kernel = HeatBath(machine)
      let expected = lastStates(
        kernel, from: .random, chains: chains, sweeps: 7, kernels: try Kernels(named: "reference"))
      #expect(expected.count == chains)
      for name in ["avx2", "avx512", "neon"] {
        guard let kernels = try? Kernels(named: name) else { continue }
        let states = lastStates(
          kernel, from: .random, chains: chains, sweeps: 7, kernels: kernels)
        #expect(states == expected)
      }
    }
  }

  @Test func heldUnitsStay() throws {
    let kernel = HeatBath(try machine(), clamp: [0: true], holding: [3, 4])
    #expect(kernel.freeUnits == [1, 2, 5, 6, 7, 8, 9])
    var first = BitVector(zeros: 10)
    first[4] = true
    for sweeps in [0, 1, 20] {
      for state in lastStates(kernel, temperature: 10, from: .given(first), sweeps: sweeps) {
        #expect(state[0] && !state[3] && state[4])
      }
    }
  }

  /// Far below and above every energy: the nearest minimum, and coins.
  @Test(arguments: [1e-290, 1, 1e290])
  func extremeEnergiesAreSampledToo(unit: Double) throws {
    let machine = try BoltzmannMachine(
      unitCount: 3, edges: [.init(0, 1, 2 * unit), .init(1, 2, -3 * unit)],
      biases: [unit, -1.5 * unit, unit])
    let cold = lastStates(HeatBath(machine), temperature: 1e-6 * unit, chains: 50, sweeps: 4)
    #expect(Set(cold.map(\.index)) == [0b011])
    let hot = lastStates(HeatBath(machine), temperature: 1e9 * unit, chains: 4000, sweeps: 1)
    for bit in 0..<3 {
      let share = Double(hot.filter { $0[bit] }.count) / 4000
      #expect(abs(share - 0.5) < 0.03)
    }
    // A unit without any field is a coin at every temperature.
    let free = try BoltzmannMachine(unitCount: 1, edges: [])
    let coins = lastStates(HeatBath(free), temperature: unit, chains: 4000, sweeps: 1)
    #expect(abs(Double(coins.filter { $0[0] }.count) / 4000 - 0.5) < 0.03)
  }
}

/// A square lattice of ±1 units with periodic edges; the coupling to the right of unit u is
/// coupling(2u), the one below coupling(2u + 1).
func torus(side: Int, coupling: (Int) -> Double) throws -> BoltzmannMachine {
  var edges: [Couplings.Edge] = []
  for unit in 0..<side * side {
    let (row, column) = (unit / side, unit % side)
    edges.append(.init(unit, row * side + (column + 1) % side, coupling(2 * unit)))
    edges.append(.init(unit, (row + 1) % side * side + column, coupling(2 * unit + 1)))
  }
  return try IsingModel(couplings: Couplings(unitCount: side * side, edges: edges))
    .boltzmannMachine().machine
}
