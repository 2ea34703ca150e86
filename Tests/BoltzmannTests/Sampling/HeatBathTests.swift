import Foundation
import Testing

@testable import Boltzmann

/// The heat-bath kernel written from its formula alone, with room for mistakes.
struct PlainHeatBath {
  var machine: BoltzmannMachine
  var temperature: Double
  var clamp = Clamp()
  var stream: RandomStream
  var biasSign = 1.0
  /// Gaps are taken once from the state with its clamped units off, then kept flip by flip.
  var gapsAreStale = false

  func sweep(_ state: inout BitVector, step: Int, chain: Int) {
    clamp.apply(to: &state)
    var before = state
    if gapsAreStale { for unit in clamp.units { before[unit] = false } }
    for unit in clamp.freeUnits(of: machine.unitCount) {
      let bias = machine.biases[unit]
      let gap = machine.energyGap(of: unit, in: before) - bias + biasSign * bias
      let probability = 1 / (1 + exp(-gap / temperature))
      state[unit] = stream.bernoulli(probability, .update, step: step, chain: chain, unit: unit)
      before[unit] = state[unit]
    }
  }
}

struct HeatBathTests {
  let stream = RandomStream(seed: 4, name: "heat bath")
  let clamp: Clamp = [1: true, 6: true]

  private func machine() throws -> BoltzmannMachine {
    try randomMachine(unitCount: 10, weightScale: 1.5, density: 0.8, seed: 21)
  }

  private func deviation(
    temperature: Double, clamp: Clamp = Clamp(), _ sweep: Sweep
  ) throws -> Double {
    let exact = try ExactDistribution(machine(), temperature: temperature, clamp: clamp)
    return BoltzmannTests.deviation(
      from: exact, of: .states(of: Array(0..<10)), chains: 3000, sweeps: 3, stream: stream, sweep)
  }

  /// Word for word the same states as the plain kernel, refreshes included.
  @Test(arguments: [Clamp(), [1: true, 6: true]])
  func agreesWithItsPlainTwin(clamp: Clamp) throws {
    let kernel = try HeatBath(machine(), clamp: clamp)
    let plain = try PlainHeatBath(
      machine: machine(), temperature: 0.9, clamp: clamp, stream: stream)
    var chain = Chain(number: 7, state: BitVector(zeros: 10), of: kernel)
    var (state, single) = (BitVector(zeros: 10), BitVector(zeros: 10))
    for step in 0..<600 {
      kernel.sweep(&chain, temperature: 0.9, step: step, stream: stream)
      kernel.sweep(&single, temperature: 0.9, step: step, chain: 7, stream: stream)
      plain.sweep(&state, step: step, chain: 7)
      try #require(chain.state == state && single == state)
      try #require(abs(chain.energy - kernel.machine.energy(of: state)) < 1e-11)
    }
  }

  @Test(arguments: [0.4, 1, 5], [Clamp(), [1: true, 6: true]])
  func leavesTheDistributionUnchanged(temperature: Double, clamp: Clamp) throws {
    let kernel = try HeatBath(machine(), clamp: clamp)
    let deviation = try deviation(temperature: temperature, clamp: clamp) { state, step, chain in
      kernel.sweep(&state, temperature: temperature, step: step, chain: chain, stream: stream)
    }
    #expect(deviation < stationarityBound)
  }

  /// 4 × 4 torus of ±1 units near the critical temperature, by its magnetisation.
  @Test func leavesALatticeUnchanged() throws {
    var edges: [Couplings.Edge] = []
    for row in 0..<4 {
      for column in 0..<4 {
        let unit = 4 * row + column
        edges.append(.init(unit, 4 * row + (column + 1) % 4, 1))
        edges.append(.init(unit, 4 * ((row + 1) % 4) + column, 1))
      }
    }
    let ising = try IsingModel(couplings: Couplings(unitCount: 16, edges: edges))
    let (machine, temperature) = (try ising.boltzmannMachine().machine, 2.269185314213)
    let kernel = HeatBath(machine)
    let deviation = BoltzmannTests.deviation(
      from: try ExactDistribution(machine, temperature: temperature),
      of: .sum(of: Array(0..<16)), chains: 3000, sweeps: 3, stream: stream
    ) { state, step, chain in
      kernel.sweep(&state, temperature: temperature, step: step, chain: chain, stream: stream)
    }
    #expect(deviation < stationarityBound)
  }

  @Test func brokenTwinsAreFound() throws {
    let right = try PlainHeatBath(machine: machine(), temperature: 1, clamp: clamp, stream: stream)
    var (wrongSign, stale, warmer) = (right, right, right)
    wrongSign.biasSign = -1
    stale.gapsAreStale = true
    warmer.temperature = 1.2
    func deviation(_ twin: PlainHeatBath) throws -> Double {
      try self.deviation(temperature: 1, clamp: clamp) { twin.sweep(&$0, step: $1, chain: $2) }
    }
    #expect(try deviation(right) < stationarityBound)
    #expect(try deviation(wrongSign) > 2 * stationarityBound)
    #expect(try deviation(stale) > 2 * stationarityBound)
    #expect(try deviation(warmer) > stationarityBound)
  }

  @Test func heldUnitsStay() throws {
    let kernel = try HeatBath(machine(), clamp: [0: true], holding: [3, 4])
    #expect(kernel.freeUnits == [1, 2, 5, 6, 7, 8, 9])
    var state = BitVector(zeros: 10)
    state[4] = true
    for step in 0..<50 {
      kernel.sweep(&state, temperature: 10, step: step, chain: 0, stream: stream)
      #expect(state[0] && !state[3] && state[4])
    }
  }
}
