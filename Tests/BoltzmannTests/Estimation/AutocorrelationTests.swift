import Boltzmann
import Testing

/// x_t = φ x_{t−1} + √(1 − φ²) ε_t from a stationary start: mean 0, variance 1, ρ(t) = φᵗ.
func autoregressiveChains(_ phi: Double, chains: Int, length: Int) -> [[Double]] {
  let stream = RandomStream(seed: 1, name: "autoregression")
  let noise = (1 - phi * phi).squareRoot()
  return (0..<chains).map { chain in
    var x = stream.normal(.data, step: 0, chain: chain, unit: 0)
    return (0..<length).map { t in
      if t > 0 { x = phi * x + noise * stream.normal(.data, step: t, chain: chain, unit: 0) }
      return x
    }
  }
}

struct AutocorrelationTests {
  /// τ = (1 + φ)/(1 − φ): from anticorrelated to so slow that pairs are averaged.
  @Test(arguments: [-0.5, 0, 0.5, 0.9, 0.99])
  func autoregressionHasTheTimeItMust(phi: Double) throws {
    let chains = autoregressiveChains(phi, chains: 4, length: 10_000)
    let found = try #require(Autocorrelation(of: chains))
    let exact = (1 + phi) / (1 - phi)
    #expect(found.isResolved)
    #expect(abs(found.integratedTime - exact) < 4 * found.integratedTimeError)
    #expect(found.integratedTimeError < 0.45 * exact)
    #expect(abs(found.variance - 1) < 5 * (2 * exact / 40_000).squareRoot())
    for lag in 0..<min(5, found.coefficients.count) {
      #expect(abs(found.coefficients[lag] - power(phi, lag)) < 0.1)
    }
  }

  /// The stated error of τ is its standard deviation over many runs.
  @Test func theErrorOfTheTimeIsItsSpread() throws {
    let runs = autoregressiveChains(0.8, chains: 50, length: 2000)
    var (times, errors) = (Moments(), Moments())
    for run in runs {
      let found = try #require(Autocorrelation(of: [run]))
      times.add(found.integratedTime)
      errors.add(found.integratedTimeError)
    }
    let spread = try #require(times.variance).squareRoot()
    #expect(spread > 0.7 * errors.mean && spread < 1.4 * errors.mean)
    #expect(abs(times.mean - 9) < 0.6)
  }

  /// Two units, redrawn one after the other: τ of the energy from powers of the exact matrix.
  @Test func anExactChainHasTheTimeOfItsMatrix() throws {
    let machine = try BoltzmannMachine(
      weights: [[0, 6], [6, 0]], biases: [-3, -1.5])
    let exact = try ExactDistribution(machine)
    let energies = exact.table.energies
    // One sweep: unit 0, then unit 1.
    func step(_ f: [Double]) -> [Double] {
      let second = redraw(f, unit: 1, exact)
      return redraw(second, unit: 0, exact)
    }
    let mean = exact.meanEnergy
    var future = energies.map { $0 - mean }
    let centred = future
    func correlation() -> Double {
      zip(exact.probabilities, zip(centred, future)).reduce(0) { $0 + $1.0 * $1.1.0 * $1.1.1 }
    }
    let variance = correlation()
    var time = 1.0
    for _ in 0..<1000 {
      future = step(future)
      time += 2 * correlation() / variance
    }
    let record = ChainSampler(machine).run(
      chains: 16, schedule: Schedule(sweeps: 2500), from: .exact(ExactSampler(exact)),
      following: [.energy], stream: RandomStream(seed: 3, name: "exact"))
    let chains = record.traces[0].chains
    let found = try #require(Autocorrelation(of: chains))
    #expect(isClose(time, 4.485818267309847, relative: 1e-12))
    #expect(abs(found.integratedTime - time) < 4 * found.integratedTimeError)
    #expect(found.integratedTimeError < 0.1 * time)
  }

  /// Chains that each stand still at one of two places remember for ever: about as many effective
  /// values as chains.
  @Test func chainsThatNeverMeetDoNotForget() throws {
    let noise = autoregressiveChains(0, chains: 6, length: 3000)
    let apart = noise.enumerated().map { chain, values in
      values.map { 0.1 * $0 + (chain < 3 ? -1 : 1) }
    }
    let found = try #require(Autocorrelation(of: apart))
    #expect(!found.isResolved)
    #expect(18_000 / found.integratedTime < 12)
    let together = try #require(Autocorrelation(of: noise))
    #expect(together.isResolved && abs(together.integratedTime - 1) < 0.1)
  }

  @Test func nothingIsKnownOfConstantsAndShortChains() {
    #expect(Autocorrelation(of: [[2, 2, 2, 2, 2]]) == nil)
    #expect(Autocorrelation(of: [[1, 2, 3]]) == nil)
    #expect(Autocorrelation(of: []) == nil)
  }

  private func power(_ x: Double, _ n: Int) -> Double {
    (0..<n).reduce(1) { value, _ in value * x }
  }

  /// E[f(s′) | s] where one unit is redrawn.
  private func redraw(_ f: [Double], unit: Int, _ exact: ExactDistribution) -> [Double] {
    f.indices.map { index in
      let (off, on) = (index & ~(1 << unit), index | 1 << unit)
      let (p, q) = (exact.probabilities[on], exact.probabilities[off])
      return (p * f[on] + q * f[off]) / (p + q)
    }
  }
}
