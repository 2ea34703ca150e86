import Testing

@testable import Boltzmann

struct BlockGibbsTests {
  let stream = RandomStream(seed: 8, name: "block")

  private func machine(_ visible: Int = 5, _ hidden: Int = 4) -> RestrictedBoltzmannMachine {
    RestrictedBoltzmannMachine(
      visibleCount: visible, hiddenCount: hidden,
      weights: .normal(mean: 0, standardDeviation: 1),
      visibleBiases: .normal(mean: 0, standardDeviation: 0.5), hiddenBiases: .constant(-0.2),
      stream: stream)
  }

  @Test(arguments: [0.6, 1, 3])
  func longRunsHaveTheDistribution(temperature: Double) throws {
    let exact = try ExactDistribution(BoltzmannMachine(machine()), temperature: temperature)
    let record = BlockGibbs(machine(), temperature: temperature).run(
      chains: 300, schedule: Schedule(warmUp: 20, sweeps: 60),
      counting: [.states(of: [0, 4, 5])], tracingEnergy: true, stream: stream)
    for (value, probability) in exact.distribution(of: .states(of: [0, 4, 5])) {
      let frequency = record.frequencies[0][value].frequency
      #expect(abs(frequency.mean - probability) < 5 * (frequency.standardError ?? 0))
    }
    let energy = try #require(record.meanEnergy)
    #expect(abs(energy.mean - exact.meanEnergy) < 5 * (energy.standardError ?? 0))
    #expect(record.energyTrace.count == 80)
  }

  /// One sweep from a state with known fields, word by word.
  @Test func aSweepDrawsHiddenThenVisible() {
    let machine = machine()
    let start = BitVector(index: 0b0110_10110, count: 9)
    let end = BlockGibbs(machine).run(
      chains: 20, schedule: Schedule(sweeps: 1), from: .given(start), stream: stream
    ).lastStates
    for (chain, state) in end.enumerated() {
      for j in 0..<4 {
        var field = Double(machine.hiddenBiases[j])
        for i in 0..<5 where start[i] { field += Double(machine.weights[i, j]) }
        let word = stream.word(.layer, step: 0, chain: chain, unit: j)
        let margin = abs(Double(word) / 0x1p32 - logistic(field))
        #expect(state[5 + j] == (Double(word) / 0x1p32 < logistic(field)) || margin < 1e-6)
      }
      for i in 0..<5 {
        var field = Double(machine.visibleBiases[i])
        for j in 0..<4 where state[5 + j] { field += Double(machine.weights[i, j]) }
        let word = stream.word(.layer, step: 1, chain: chain, unit: i)
        let margin = abs(Double(word) / 0x1p32 - logistic(field))
        #expect(state[i] == (Double(word) / 0x1p32 < logistic(field)) || margin < 1e-6)
      }
    }
  }

  @Test func heldUnitsStay() {
    let clamp: Clamp = [1: true, 3: false, 6: true]
    for sweeps in [0, 1, 5] {
      let record = BlockGibbs(machine(), clamp: clamp).run(
        chains: 40, schedule: Schedule(sweeps: sweeps), stream: stream)
      #expect(record.lastStates.allSatisfy { clamp.holds(in: $0) })
    }
  }

  @Test(arguments: [1, 16, 33, 130])
  func threadsAndKernelsDoNotMatter(chains: Int) throws {
    let sampler = BlockGibbs(machine(70, 35))
    func run(_ threads: Int, _ kernels: Kernels) -> SamplingRecord {
      sampler.run(
        chains: chains, schedule: Schedule(warmUp: 1, sweeps: 4), counting: [.sum(of: [0, 80])],
        tracingEnergy: true, stream: stream, threads: threads, kernels: kernels)
    }
    let reference = try run(1, Kernels(named: "reference"))
    #expect(run(3, .standard) == reference)
    #expect(Set(reference.lastStates).count == chains)
  }
}
