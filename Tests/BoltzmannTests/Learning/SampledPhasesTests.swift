import Testing

@testable import Boltzmann

@Suite struct SampledPhasesTests {
  /// The mean over many updates of every sampled mean, in standard errors from the exact one.
  private func largestDeviation(
    _ settings: PhaseChains, _ machine: BoltzmannMachine, _ rows: ClampedRows,
    exactRows: ClampedRows? = nil, temperature: Double = 1, updates: Int = 400,
    independent: Int = 1
  ) throws -> Double {
    var phases = SampledPhases(
      settings, rows, of: machine, temperature: temperature,
      stream: RandomStream(seed: 5, name: "phases"), kernels: .standard)
    let count = 2 * (machine.edges.count + machine.unitCount)
    var moments = [Moments](repeating: Moments(), count: count)
    for block in 0..<updates / independent {
      var sums = [Double](repeating: 0, count: count)
      for update in 0..<independent {
        let statistics = phases.statistics(
          of: machine, update: block * independent + update, threads: 1)
        for (index, value) in statistics.values.enumerated() { sums[index] += value }
      }
      for index in 0..<count { moments[index].add(sums[index] / Double(independent)) }
    }
    let exact = try ExactPhases(machine, exactRows ?? rows, temperature: temperature)
      .statistics.values
    return zip(moments, exact).map { moments, exact in
      let error = ((moments.variance ?? 0) / Double(moments.count)).squareRoot()
      // A clamped unit has no spread.
      return error == 0 ? abs(moments.mean - exact) * 1e12 : abs(moments.mean - exact) / error
    }.max() ?? 0
  }

  private let rows = [3, 3, 9, 14, 0].map { BitVector(index: $0, count: 4) }

  /// 22 to 38 means each; 4.5 standard errors are exceeded once in 150000.
  @Test(arguments: [[], [0, 3]], [ScanOrder.sequential, .withReplacement])
  func chainsFromRandomStatesGiveTheExactMeans(inputs: [Int], scan: ScanOrder) throws {
    let machine = try partlyConnectedMachine(
      unitCount: 7, visibleCount: 4, weightScale: 0.7, seed: 5)
    let settings = PhaseChains(
      chainsPerRow: 4, warmUp: .constant(1, sweeps: 25), sweeps: 5, scan: scan)
    let rows = ClampedRows(rows, inputs: inputs)
    #expect(try largestDeviation(settings, machine, rows) < 4.5)
  }

  @Test func annealedChainsGiveTheMeansOfTheLastTemperature() throws {
    let machine = try partlyConnectedMachine(
      unitCount: 7, visibleCount: 4, weightScale: 8, seed: 6)
    var settings = PhaseChains.ackleyHintonSejnowski
    (settings.noise, settings.sweeps) = (nil, 20)
    settings.warmUp = TemperatureSchedule(
      [20, 15, 12, 10].map { .init(temperature: $0, sweeps: 10) })
    #expect(try largestDeviation(settings, machine, ClampedRows(rows), temperature: 10) < 4.5)
  }

  /// Persistent chains have no warm-up and need none after the first updates; updates count in
  /// blocks, since those that follow each other are not independent.
  @Test func persistentChainsGoOn() throws {
    let machine = try partlyConnectedMachine(
      unitCount: 7, visibleCount: 4, weightScale: 0.7, seed: 7)
    let settings = PhaseChains(chainsPerRow: 20, isPersistent: true, warmUp: nil, sweeps: 1)
    let deviation = try largestDeviation(
      settings, machine, ClampedRows(rows), updates: 3000, independent: 100)
    #expect(deviation < 4.5)
    // Without persistence one sweep from random states is not enough.
    var fresh = settings
    fresh.isPersistent = false
    #expect(
      try largestDeviation(fresh, machine, ClampedRows(rows), updates: 3000, independent: 100) > 10)
  }

  /// The row 10 with its 1 turned off in one of four and its 0 turned on in one of two is 11, 10,
  /// 01, 00 in 3, 3, 1, 1 of eight.
  @Test func noisyRowsAreTheirDistribution() throws {
    let machine = try partlyConnectedMachine(
      unitCount: 4, visibleCount: 2, weightScale: 0.7, seed: 8)
    let settings = PhaseChains(
      chainsPerRow: 32, warmUp: .constant(1, sweeps: 15), sweeps: 3,
      noise: .init(off: 0.25, on: 0.5))
    let noisy = [3, 3, 3, 1, 1, 1, 2, 0].map { BitVector(index: $0, count: 2) }
    let deviation = try largestDeviation(
      settings, machine, ClampedRows([BitVector(index: 1, count: 2)]),
      exactRows: ClampedRows(noisy))
    #expect(deviation < 4.5)
  }

  /// Clamped units are their rows, each with its number of chains.
  @Test func clampedMeansAreExact() throws {
    let machine = try partlyConnectedMachine(unitCount: 6, visibleCount: 4, seed: 9)
    let learning = BoltzmannLearning(
      phases: .chains(PhaseChains(chainsPerRow: 7, warmUp: nil, sweeps: 2)), rule: .sign(step: 1))
    let sampled = try learning.statistics(
      of: machine, on: ClampedRows(rows), stream: RandomStream(key: 1)
    ).positive
    let exact = try ExactPhases(machine, ClampedRows(rows)).statistics.positive
    for (number, edge) in machine.edges.enumerated() where edge.second < 4 {
      #expect(abs(sampled.pairs[number] - exact.pairs[number]) < 1e-15)
    }
    #expect(machine.edges.contains { $0.second < 4 })
    for unit in 0..<4 { #expect(abs(sampled.units[unit] - exact.units[unit]) < 1e-15) }
  }
}

extension PhaseStatistics {
  fileprivate var values: [Double] {
    positive.pairs + positive.units + negative.pairs + negative.units
  }
}
