import Testing

@testable import Boltzmann

struct TabulatedMachineTests {
  let stream = RandomStream(seed: 6, name: "tabulated")

  /// An open ±0.3 chain with a field of 0.6 on its first unit: the ends feel one neighbour.
  private func chain(_ count: Int) throws -> BoltzmannMachine {
    let edges = (1..<count).map { Couplings.Edge($0 - 1, $0, $0 % 3 == 0 ? -0.3 : 0.3) }
    var fields = [Double](repeating: 0, count: count)
    fields[0] = 0.6
    return try IsingModel(couplings: Couplings(unitCount: count, edges: edges), fields: fields)
      .boltzmannMachine().machine
  }

  /// Weights and biases are whole multiples of the quantum, energies those of the machine.
  @Test func parametersAreMultiples() throws {
    let machine = try chain(9)
    let tabulated = try #require(TabulatedMachine(machine))
    for unit in 0..<9 {
      let quantum = tabulated.quantum * Double(tabulated.multiples[unit])
      let bias = Double(tabulated.biases[unit]) * quantum
      #expect(abs(bias - machine.biases[unit]) < 1e-12)
    }
    for (entry, neighbour) in machine.couplings.neighbours.enumerated() {
      let quantum = tabulated.quantum * Double(tabulated.multiples[Int(neighbour)])
      let weight = Double(tabulated.weights[entry] / 2) * quantum
      #expect(abs(weight - machine.couplings.weights[entry]) < 1e-12)
    }
    let kernel = SingleUnitKernel(
      machine, rule: .heatBath, scan: .sequential, form: .tabulated(tabulated))
    let states = (0..<16).map { BitVector(index: UInt64($0 * 31), count: 9) }
    let block = LaneBlock(16..<32, from: states, of: kernel, kernels: .standard)
    #expect(block.states == states)
    for (energy, state) in zip(block.energies, states) {
      #expect(abs(energy - machine.energy(of: state)) < 1e-12)
    }
  }

  @Test func manyValuesAreRefused() throws {
    #expect(TabulatedMachine(try randomMachine(unitCount: 9, seed: 1)) == nil)
    #expect(TabulatedMachine(try BoltzmannMachine(unitCount: 3, edges: [])) == nil)
    #expect(TabulatedMachine(try slide35()) != nil)
    // 16 values fit, 17 do not; a bias far beyond the weights neither.
    func star(_ arms: Int, bias: Double = 0) throws -> TabulatedMachine? {
      let edges = (1...arms).map { Couplings.Edge(0, $0, 0.7) }
      let biases = (0...arms).map { $0 == 0 ? bias : 0 }
      return TabulatedMachine(
        try BoltzmannMachine(unitCount: arms + 1, edges: edges, biases: biases))
    }
    #expect(try star(15) != nil && star(16) == nil)
    #expect(try star(4, bias: -0.7 * 16) != nil && star(4, bias: 0.7 * 13) == nil)
  }

  @Test func latticesTakeIt() throws {
    func isTabulated(_ machine: BoltzmannMachine) -> Bool {
      if case .tabulated = SingleUnitKernel(machine).form { return true }
      return false
    }
    #expect(isTabulated(try torus(side: 8) { $0 % 3 == 0 ? -0.1 : 0.1 }))
    #expect(!isTabulated(try torus(side: 7) { _ in 1 }))
    #expect(!isTabulated(try randomMachine(unitCount: 100, density: 0.02, seed: 1)))
  }

  /// Thresholds are 2⁴⁸ times the probabilities of the rule, and no more than all bits.
  @Test(arguments: UpdateRule.allCases)
  func thresholdsAreProbabilities(rule: UpdateRule) throws {
    let machine = try torus(side: 3) { _ in 0.5 }
    let tabulated = try #require(TabulatedMachine(machine))
    let kernel = SingleUnitKernel(
      machine, rule: rule, scan: .sequential, form: .tabulated(tabulated))
    let thresholds = LaneTemperatures([1, 0.01], of: kernel).thresholds
    // Gaps −4, −2, 0, 2, 4; rises 4, 2.
    let changes: [Double] = rule == .heatBath ? [4, 2, 0, -2, -4] : [4, 2]
    #expect(thresholds.counts == [Int32(changes.count)] && thresholds.bases == [-2])
    for (place, change) in changes.enumerated() {
      for lane in [0, 1, 15] {
        let high = UInt64(Int(thresholds.highs[place * 16 + lane]) + (1 << 15))
        let value = high << 32 | UInt64(thresholds.lows[place * 16 + lane])
        let p = rule.flipProbability(energyChange: change, temperature: lane == 0 ? 1 : 0.01)
        #expect(value == min(UInt64(p * 0x1p48), 0xffff_ffff_ffff))
      }
    }
  }

  /// A draw of a plain kernel for each update: 48 bits against the probability.
  @Test(arguments: UpdateRule.allCases, ScanOrder.allCases)
  func agreesWithItsFormula(rule: UpdateRule, scan: ScanOrder) throws {
    let machine = try chain(12)
    let clamp: Clamp = [3: true]
    let tabulated = try #require(TabulatedMachine(machine))
    let kernel = SingleUnitKernel(
      machine, rule: rule, clamp: clamp, scan: scan, form: .tabulated(tabulated))
    let record = ChainSampler(kernel, temperature: 0.8).run(
      chains: 37, schedule: Schedule(sweeps: 60), from: .zeros, stream: stream)
    for chain in 0..<37 {
      var state = BitVector(zeros: 12)
      clamp.apply(to: &state)
      for step in 0..<60 {
        let visits = kernel.visits(step: step, stream: stream)
        for (unit, counter) in zip(visits.units, visits.counters) {
          update(Int(unit), Int(counter), of: kernel, &state, step: step, chain: chain)
        }
      }
      #expect(record.lastStates[chain] == state)
    }
  }

  private func update(
    _ unit: Int, _ counter: Int, of kernel: SingleUnitKernel, _ state: inout BitVector, step: Int,
    chain: Int
  ) {
    let first = stream.block(.update, step: step, chain: chain / 8, group: counter)
    let second = stream.block(.tie, step: step, chain: chain / 4, group: counter)
    let half = first[chain % 8 / 2] >> UInt32(chain % 2 * 16) & 0xffff
    // Halves are signed numbers from −2¹⁵ on.
    let draw = UInt64(half ^ 0x8000) << 32 | UInt64(second[chain % 4])
    let gap = kernel.machine.energyGap(of: unit, in: state)
    let fraction = Double(draw) * 0x1p-48
    switch kernel.rule {
    case .heatBath:
      let p = kernel.rule.flipProbability(energyChange: -gap, temperature: 0.8)
      state[unit] = fraction < p
    case .metropolis:
      let p = kernel.rule.flipProbability(
        energyChange: state[unit] ? gap : -gap, temperature: 0.8)
      if fraction < p || p > 1 - 1e-9 { state[unit].toggle() }
    }
  }

  /// Each chain of a block at a temperature of its own: the same as in a block of that temperature.
  @Test(arguments: UpdateRule.allCases)
  func temperaturesBelongToLanes(rule: UpdateRule) throws {
    let machine = try torus(side: 9) { $0 % 5 == 0 ? -1 : 1 }
    let kernel = SingleUnitKernel(machine, rule: rule)
    let ladder = (0..<16).map { 0.2 * Double($0 + 1) }
    let zeros = [BitVector](repeating: BitVector(zeros: 81), count: 16)
    func states(_ temperatures: LaneTemperatures) -> [BitVector] {
      var block = LaneBlock(0..<16, from: zeros, of: kernel, kernels: .standard)
      for step in 0..<20 { block.sweep(at: temperatures, step: step, stream: stream) }
      return block.states
    }
    let mixed = states(LaneTemperatures(ladder, of: kernel))
    for (lane, temperature) in ladder.enumerated() {
      #expect(mixed[lane] == states(LaneTemperatures(temperature, of: kernel))[lane])
    }
  }
}
