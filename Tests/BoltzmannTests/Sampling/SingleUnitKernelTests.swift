import Testing

@testable import Boltzmann

struct SingleUnitKernelTests {
  let stream = RandomStream(seed: 4, name: "kernel")
  let clamp: Clamp = [1: true, 6: true]

  private func machine() throws -> BoltzmannMachine {
    try randomMachine(unitCount: 10, weightScale: 1.5, density: 0.8, seed: 21)
  }

  private func lastStates(
    _ kernel: SingleUnitKernel, temperature: Double = 0.9, from start: InitialState = .zeros,
    chains: Int = 21, sweeps: Int, kernels: Kernels = .standard
  ) -> [BitVector] {
    ChainSampler(kernel, temperature: temperature).run(
      chains: chains, schedule: Schedule(sweeps: sweeps), from: start, stream: stream,
      kernels: kernels
    ).lastStates
  }

  /// Every form in which the kernels can take a machine.
  static func forms(_ machine: BoltzmannMachine) -> [SingleUnitKernel.Form] {
    [false, true].map { .whole(WholeNumberMachine(machine, isFull: $0)) }
      + (TabulatedMachine(machine).map { [.tabulated($0)] } ?? [])
  }

  static let rulesAndScans = UpdateRule.allCases.flatMap { rule in
    ScanOrder.allCases.map { (rule, $0) }
  }

  /// Draw for draw the same states as the plain kernel, with both forms of the weights.
  @Test(arguments: [Clamp(), [1: true, 6: true]], rulesAndScans)
  func agreesWithItsPlainTwin(clamp: Clamp, how: (UpdateRule, ScanOrder)) throws {
    let plain = try PlainKernel(
      machine: machine(), rule: how.0, temperature: 0.9, clamp: clamp, scan: how.1, stream: stream)
    for form in Self.forms(plain.machine) {
      let kernel = SingleUnitKernel(
        plain.machine, rule: how.0, clamp: clamp, scan: how.1, form: form)
      for sweeps in [1, 300] {
        let states = lastStates(kernel, sweeps: sweeps)
        let zeros = [BitVector](repeating: BitVector(zeros: 10), count: 21)
        #expect(states == plain.run(zeros, sweeps: sweeps))
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

  @Test(arguments: [0.5, 1, 2.269185314213, 6])
  func leavesDistributionsUnchanged(temperature: Double) throws {
    for (machine, statistic) in try Self.machines() {
      let exact = try ExactDistribution(machine, temperature: temperature)
      let sampler = ExactSampler(exact)
      let starts = (0..<4000).map { sampler.state(chain: $0, stream: stream) }
      for (rule, scan) in Self.rulesAndScans {
        for form in Self.forms(machine) {
          let kernel = SingleUnitKernel(machine, rule: rule, scan: scan, form: form)
          let states = lastStates(
            kernel, temperature: temperature, from: .perChain(starts), chains: 4000, sweeps: 3)
          let deviation = deviation(of: states, from: exact, over: statistic)
          #expect(deviation < stationarityBound, "\(rule), \(scan)")
        }
      }
    }
  }

  @Test(arguments: [0.4, 1, 5], rulesAndScans)
  func leavesConditionalsUnchanged(temperature: Double, how: (UpdateRule, ScanOrder)) throws {
    let exact = try ExactDistribution(machine(), temperature: temperature, clamp: clamp)
    let states = lastStates(
      SingleUnitKernel(try machine(), rule: how.0, clamp: clamp, scan: how.1),
      temperature: temperature, from: .exact(ExactSampler(exact)), chains: 3000, sweeps: 3)
    let statistic = Statistic.states(of: Array(0..<10))
    #expect(deviation(of: states, from: exact, over: statistic) < stationarityBound)
  }

  /// Each chain of a block at a temperature of its own.
  @Test(arguments: UpdateRule.allCases, [false, true])
  func temperaturesBelongToLanes(rule: UpdateRule, isFull: Bool) throws {
    let model = try machine()
    let kernel = SingleUnitKernel(
      model, rule: rule, scan: .sequential,
      form: .whole(WholeNumberMachine(model, isFull: isFull)))
    let ladder = (0..<11).map { 0.2 * Double(1 << $0) }
    var block = LaneBlock(
      16..<27, from: Array(repeating: BitVector(zeros: 10), count: 11), of: kernel,
      kernels: .standard)
    let temperatures = LaneTemperatures(ladder, of: kernel)
    for step in 0..<30 { block.sweep(at: temperatures, step: step, stream: stream) }
    for (lane, temperature) in ladder.enumerated() {
      let plain = PlainKernel(
        machine: kernel.machine, rule: rule, temperature: temperature, stream: stream)
      var state = BitVector(zeros: 10)
      for step in 0..<30 { plain.sweep(&state, step: step, chain: 16 + lane) }
      #expect(block.states[lane] == state)
    }
  }

  /// How far a plain kernel, right or broken, goes from the distribution it starts in.
  private func drift(_ twin: PlainKernel, chains: Int = 3000, sweeps: Int = 3) throws -> Double {
    let exact = try ExactDistribution(
      twin.machine, temperature: twin.temperature, clamp: twin.clamp)
    let sampler = ExactSampler(exact)
    let starts = (0..<chains).map { sampler.state(chain: $0, stream: stream) }
    return deviation(
      of: twin.run(starts, sweeps: sweeps), from: exact,
      over: .states(of: Array(0..<twin.machine.unitCount)))
  }

  @Test func brokenTwinsAreFound() throws {
    let right = try PlainKernel(machine: machine(), temperature: 1, clamp: clamp, stream: stream)
    var (wrongSign, stale, late) = (right, right, right)
    wrongSign.biasSign = -1
    stale.gapsAreStale = true
    late.schedule = [1.3, 1, 1]
    #expect(try drift(right) < stationarityBound)
    #expect(try drift(wrongSign) > 2 * stationarityBound)
    #expect(try drift(stale) > 2 * stationarityBound)
    #expect(try drift(late, sweeps: 1) > stationarityBound)
  }

  /// Mistakes that hide in machines of more units.
  @Test(arguments: UpdateRule.allCases)
  func brokenOrdersAndRulesAreFound(rule: UpdateRule) throws {
    let right = try PlainKernel(
      machine: randomMachine(unitCount: 3, weightScale: 2, seed: 1), rule: rule, temperature: 1,
      scan: .withReplacement, stream: stream)
    var (seeing, repeated, oneSign) = (right, right, right)
    (seeing.scan, seeing.orderSeesStates) = (.sequential, true)
    repeated.noiseIsRepeated = true
    oneSign.changesHaveOneSign = true
    #expect(try drift(right, chains: 10_000) < stationarityBound)
    #expect(try drift(seeing, chains: 10_000) > 2 * stationarityBound)
    guard rule == .metropolis else { return }
    #expect(try drift(repeated, chains: 10_000, sweeps: 8) > 2 * stationarityBound)
    #expect(try drift(oneSign) > 2 * stationarityBound)
  }

  @Test(arguments: [0, 1, 2, 15, 16, 17, 33])
  func kernelsDoNotMatter(chains: Int) throws {
    var machines = try [(0, 1.0), (1, 1), (2, 1), (40, 0.2), (100, 0.9)].map { units, density in
      try randomMachine(unitCount: units, density: density, seed: 2)
    }
    machines.append(try torus(side: 9) { $0 % 3 == 0 ? -0.3 : 0.3 })
    for machine in machines where chains > 0 {
      for (rule, scan) in Self.rulesAndScans {
        let kernel = SingleUnitKernel(machine, rule: rule, scan: scan)
        let expected = lastStates(
          kernel, from: .random, chains: chains, sweeps: 4, kernels: try Kernels(named: "reference")
        )
        #expect(expected.count == chains)
        for name in ["avx2", "avx512", "neon"] {
          guard let kernels = try? Kernels(named: name) else { continue }
          let states = lastStates(
            kernel, from: .random, chains: chains, sweeps: 4, kernels: kernels)
          #expect(states == expected)
        }
      }
    }
  }

  @Test func heldUnitsStay() throws {
    let kernel = SingleUnitKernel(try machine(), clamp: [0: true], holding: [3, 4])
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
  @Test(arguments: [1e-290, 1, 1e290], UpdateRule.allCases)
  func extremeEnergiesAreSampledToo(unit: Double, rule: UpdateRule) throws {
    let machine = try BoltzmannMachine(
      unitCount: 3, edges: [.init(0, 1, 2 * unit), .init(1, 2, -3 * unit)],
      biases: [unit, -1.5 * unit, unit])
    let kernel = SingleUnitKernel(machine, rule: rule)
    let cold = lastStates(kernel, temperature: 1e-6 * unit, chains: 50, sweeps: 4)
    #expect(Set(cold.map(\.index)) == [0b011])
    // Far above, Metropolis flips every unit: a random start shows that this leaves coins coins.
    let hot = lastStates(
      kernel, temperature: 1e9 * unit, from: .random, chains: 4000, sweeps: 1)
    for bit in 0..<3 {
      let share = Double(hot.filter { $0[bit] }.count) / 4000
      #expect(abs(share - 0.5) < 0.03)
    }
    // A unit without any field is a coin at every temperature, or flips at each update.
    let free = SingleUnitKernel(try BoltzmannMachine(unitCount: 1, edges: []), rule: rule)
    let coins = lastStates(free, temperature: unit, chains: 4000, sweeps: 1)
    let share = Double(coins.filter { $0[0] }.count) / 4000
    #expect(rule == .metropolis ? share == 1 : abs(share - 0.5) < 0.03)
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
