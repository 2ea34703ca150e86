import Boltzmann
import Testing

struct ChainDiagnosticsTests {
  /// Both stated errors are the spread of the mean over many runs; the naive one is far off.
  @Test func errorsAreTheSpreadOfTheMean() throws {
    let runs = autoregressiveChains(0.9, chains: 150, length: 1000)
    var (means, errors, batches) = (Moments(), Moments(), Moments())
    for run in runs {
      let found = ChainDiagnostics(Trace(chains: [run]))
      means.add(found.mean.mean)
      errors.add(try #require(found.mean.standardError))
      batches.add(try #require(found.batchMeans.standardError))
    }
    let exact = (19 / 1000.0).squareRoot()
    let spread = try #require(means.variance).squareRoot()
    #expect(abs(spread - exact) < 0.2 * exact)
    #expect(abs(errors.mean - exact) < 0.1 * exact)
    // Batches of 31 values with τ = 19 are still short.
    #expect(batches.mean > 0.7 * exact && batches.mean < exact)
  }

  @Test func effectiveSizeAndTimeFollowFromTheTrace() throws {
    let chains = autoregressiveChains(0.6, chains: 10, length: 1000)
    let found = ChainDiagnostics(Trace(chains: chains, interval: 7))
    let time = try #require(found.autocorrelation).integratedTime
    #expect(abs(time - 4) < 0.6)
    #expect(found.effectiveSampleSize == 10_000 / time)
    #expect(found.autocorrelationTime == 7 * time)
    #expect(try #require(found.rHat) < 1.02)
  }

  /// By hand: batches of two, 1 2 and 3 4 and 6 8, have the means 1.5, 3.5, 7; the ninth counts
  /// only in the mean.
  @Test func batchMeansByHand() throws {
    let estimate = MonteCarloEstimate(batchMeansOf: [[1, 2, 3, 4, 6, 8, 4]], batchLength: 2)
    #expect(estimate.mean == 4)
    let variance = (2.5 * 2.5 + 0.5 * 0.5 + 3 * 3) / 2
    #expect(
      isClose(try #require(estimate.standardError), (variance / 3).squareRoot(), relative: 1e-14))
    #expect(MonteCarloEstimate(batchMeansOf: [[5]]).standardError == nil)
  }

  @Test func aConstantTraceHasNoError() {
    let found = ChainDiagnostics(Trace(chains: [[3, 3, 3, 3, 3]]))
    #expect(found.mean == MonteCarloEstimate(mean: 3, standardError: nil))
    #expect(found.effectiveSampleSize == nil && found.rHat == nil && found.autocorrelation == nil)
  }

  /// A run keeps the observables of every sample, chain by chain, whatever the threads; the states
  /// that it ends in are those of a run that follows nothing.
  @Test func runsFollowObservables() throws {
    let machine = try randomMachine(unitCount: 7, seed: 4)
    let sampler = ChainSampler(machine)
    let schedule = Schedule(warmUp: 3, sweeps: 12, thinning: 2)
    func run(_ observables: [Observable], threads: Int = 1, chains: Int = 20) -> SamplingRecord {
      sampler.run(
        chains: chains, schedule: schedule, following: observables,
        stream: RandomStream(seed: 1, name: "trace"), threads: threads)
    }
    let record = run([.energy, .statistic(.sum(of: [0, 3]))])
    #expect(record == run([.energy, .statistic(.sum(of: [0, 3]))], threads: 3))
    #expect(record.lastStates == run([]).lastStates && run([]).traces.isEmpty)
    #expect(record.traces.map(\.interval) == [2, 2])
    #expect(record.traces.allSatisfy { $0.chains.count == 20 && $0.chains[7].count == 6 })
    for (chain, state) in record.lastStates.enumerated() {
      let energy = try #require(record.traces[0].chains[chain].last)
      #expect(abs(energy - machine.energy(of: state)) < 1e-6)
      #expect(record.traces[1].chains[chain].last == Double(Statistic.sum(of: [0, 3])(state)))
    }
    let mean = ChainDiagnostics(record.traces[0]).mean.mean
    #expect(isClose(mean, try #require(record.meanEnergy).mean, relative: 1e-12))
  }
}
