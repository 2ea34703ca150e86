import Boltzmann
import Testing

struct AnnealedImportanceSamplingTests {
  /// In how many of 100 seeds the interval holds ln Z, how often the directions met, and the mean
  /// of both bounds less ln Z.
  private struct Coverage {
    var held = 0
    var met = 0
    var below = 0.0
    var above = 0.0

    init(
      of exact: Double, _ estimate: (RandomStream) -> PartitionFunctionEstimate
    ) {
      for seed in 0..<100 {
        let found = estimate(RandomStream(seed: UInt64(seed), name: "coverage"))
        // Without weights both ends are ln Z, rounded.
        if abs(found.logZ - exact) < 1e-9 || found.interval.contains(exact) { held += 1 }
        if found.method == .bennett { met += 1 }
        below += (found.lowerBound - exact) / 100
        above += (found.upperBound - exact) / 100
      }
    }
  }

  private let short = AnnealedImportanceSampling(path: .quadratic(steps: 25), chains: 24)

  private func coverage(
    _ machine: BoltzmannMachine, temperature: Double = 1
  ) throws -> Coverage {
    let exact = try machine.logPartitionFunction(temperature: temperature)
    return Coverage(of: exact) {
      short.logPartitionFunction(of: machine, temperature: temperature, stream: $0)
    }
  }

  /// The machine of the article: every interval is narrow.
  @Test func intervalsHoldOnTheFourUnitMachine() throws {
    let found = try coverage(slide35())
    #expect(found.held >= 95 && found.met == 100)
    #expect(abs(found.below) < 0.03 && abs(found.above) < 0.03)
  }

  /// Dense machines with weights from N(0, 3²): the landscape has deep valleys.
  @Test(arguments: [(10, 0), (11, 1), (12, 2)])
  func intervalsHoldForLargeWeights(machine: (units: Int, seed: UInt64)) throws {
    let found = try coverage(
      randomMachine(unitCount: machine.units, weightScale: 3, seed: machine.seed))
    #expect(found.held >= 95)
    #expect(found.below < 0.05 && found.above > -0.05)
  }

  /// The 4×4 torus below its transition: two ground states far apart.
  @Test(arguments: [1, 1.5, 2.269])
  func intervalsHoldOnAColdLattice(temperature: Double) throws {
    let found = try coverage(
      IsingModel.lattice(rows: 4, columns: 4).boltzmannMachine().machine, temperature: temperature)
    #expect(found.held >= 95)
    #expect(found.below < 0.05 && found.above > -0.05)
  }

  @Test(arguments: [1, 3, 8])
  func intervalsHoldForRestrictedMachines(scale: Double) throws {
    let machine = rbm(12, 8, scale: scale)
    let found = Coverage(of: try machine.logPartitionFunction()) {
      short.logPartitionFunction(of: machine, stream: $0)
    }
    #expect(found.held >= 95)
    #expect(found.below < 0.05 && found.above > -0.05)
  }

  /// E[w] = Z and E[1/w] = 1/Z, however short the path is.
  @Test func weightsAreUnbiased() throws {
    let machine = try randomMachine(unitCount: 6, weightScale: 1, seed: 4)
    let exact = try machine.logPartitionFunction(clamp: [2: true])
    let found = AnnealedImportanceSampling(path: .linear(steps: 3), chains: 8000)
      .logPartitionFunction(
        of: machine, clamp: [2: true], stream: RandomStream(seed: 1, name: "ais"))
    for (average, target) in [(found.forward, exact), (found.reverse, -exact)] {
      let error = (1 / average.effectiveSampleSize - 1 / Double(average.count)).squareRoot()
      #expect(error < 0.05 && error > 1e-4)
      #expect(abs(average.logMean - target) < 4 * error)
    }
    #expect(found.interval.contains(exact))
    #expect(found.interval.upperBound - found.interval.lowerBound < 0.1)
  }

  /// The same for a restricted machine that starts from the means of data.
  @Test func weightsFromBaseRatesAreUnbiased() throws {
    let machine = rbm(7, 5, scale: 1)
    let exact = try machine.logPartitionFunction()
    let data = Dataset(values: [1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 0, 1, 1, 0], unitCount: 7)
    let base = AnnealedImportanceSampling.baseRates(of: data)
    #expect(isClose(base[0], naturalLogarithm(5), relative: 1e-15))
    #expect(base[1] == 0)
    let found = AnnealedImportanceSampling(path: .linear(steps: 4), chains: 8000)
      .logPartitionFunction(of: machine, base: base, stream: RandomStream(seed: 2, name: "ais"))
    for (average, target) in [(found.forward, exact), (found.reverse, -exact)] {
      let error = (1 / average.effectiveSampleSize - 1 / Double(average.count)).squareRoot()
      #expect(error < 0.05 && error > 1e-4)
      #expect(abs(average.logMean - target) < 4 * error)
    }
  }

  /// Fields so large that no exponential of them fits a number, in two steps.
  @Test func enormousFieldsStayFinite() throws {
    let machine = rbm(5, 4, scale: 900)
    let found = AnnealedImportanceSampling(path: .linear(steps: 2), chains: 16)
      .logPartitionFunction(of: machine, stream: RandomStream(seed: 1, name: "ais"))
    #expect(found.lowerBound.isFinite && found.upperBound.isFinite)
    #expect(found.method == .markov)
    #expect(found.interval.contains(try machine.logPartitionFunction()))
  }

  /// Independent units are their own base: nothing is left to estimate.
  @Test func theBaseItselfIsExact() throws {
    let machine = RestrictedBoltzmannMachine(
      visibleCount: 6, hiddenCount: 9, weights: .constant(0),
      visibleBiases: .constant(1.5), stream: RandomStream(key: 0))
    let found = AnnealedImportanceSampling(path: .linear(steps: 5), chains: 8)
      .logPartitionFunction(
        of: machine, base: Array(repeating: 1.5, count: 6),
        stream: RandomStream(seed: 1, name: "ais"))
    let exact = 6 * softplus(1.5) + 9 * naturalLogarithm(2)
    #expect(abs(found.logZ - exact) < 1e-12)
    #expect(abs(found.lowerBound - found.upperBound) < 1e-12)
    #expect(abs(found.forward.effectiveSampleSize - 8) < 1e-9)
  }

  /// Without exact draws the reverse chains settle first, and say so.
  @Test func reverseChainsCanStartFromLongChains() throws {
    let machine = try randomMachine(unitCount: 8, seed: 7)
    let exact = try machine.logPartitionFunction()
    let method = AnnealedImportanceSampling(path: .linear(steps: 50), chains: 64)
    let found = method.logPartitionFunction(
      of: machine, reverseStart: .chains, stream: RandomStream(seed: 1, name: "ais"))
    #expect(found.reverseStart == .chains(sweeps: 100))
    #expect(found.interval.contains(exact))
    let large = try randomMachine(unitCount: 30, weightScale: 0.3, seed: 7)
    let estimate = method.logPartitionFunction(
      of: large, stream: RandomStream(seed: 1, name: "ais"))
    #expect(estimate.reverseStart == .chains(sweeps: 100))
    #expect(estimate.interval.contains(try large.logPartitionFunction()))
    let restricted = rbm(22, 22, scale: 0.3)
    let layers = method.logPartitionFunction(
      of: restricted, stream: RandomStream(seed: 1, name: "ais"))
    #expect(layers.reverseStart == .chains(sweeps: 100))
    #expect(layers.interval.contains(try restricted.logPartitionFunction()))
  }

  @Test func threadsAndKernelsDoNotMatter() throws {
    let machine = try randomMachine(unitCount: 9, density: 0.5, seed: 3)
    let restricted = rbm(20, 11, scale: 1)
    let method = AnnealedImportanceSampling(path: .quadratic(steps: 12), chains: 70)
    let stream = RandomStream(seed: 5, name: "ais")
    let one = method.logPartitionFunction(of: machine, stream: stream)
    let other = method.logPartitionFunction(of: restricted, stream: stream)
    let reference = try Kernels(named: "reference")
    for threads in [2, 3] {
      #expect(
        method.logPartitionFunction(
          of: machine, stream: stream, threads: threads, kernels: reference) == one)
      #expect(
        method.logPartitionFunction(
          of: restricted, stream: stream, threads: threads, kernels: reference) == other)
    }
  }

  private func rbm(_ visible: Int, _ hidden: Int, scale: Double) -> RestrictedBoltzmannMachine {
    let normal = ParameterDistribution.normal(mean: 0, standardDeviation: scale)
    return RestrictedBoltzmannMachine(
      visibleCount: visible, hiddenCount: hidden, weights: normal, visibleBiases: normal,
      hiddenBiases: normal, stream: RandomStream(seed: 3, name: "rbm"))
  }
}
