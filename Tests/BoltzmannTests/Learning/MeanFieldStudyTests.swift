import Testing

@testable import Boltzmann

/// The run "Size of W" of the first article, over many seeds.
@Suite struct MeanFieldStudyTests {
  /// The weight norm before the first update on each image, for one seed.
  private static func norms(seed: UInt64) throws(TrainingError) -> [Double] {
    let normal = ParameterDistribution.normal(mean: 0, standardDeviation: 1)
    var machine = RestrictedBoltzmannMachine(
      visibleCount: 64, hiddenCount: 25, weights: normal, visibleBiases: normal,
      hiddenBiases: normal, stream: RandomStream(seed: seed, name: "parameters"))
    var settings = ContrastiveDivergence()
    (settings.steps, settings.batchSize, settings.updatesPerBatch) = (50, 1, 100)
    (settings.hiddenInChain, settings.visibleInChain) = (.probabilities, .probabilities)
    (settings.recomputesLastHidden, settings.moving, settings.shuffles) = (false, .weights, false)
    let records = try settings.train(
      &machine, on: VisibleData(eightThrees.scaledByRowMaximum()), epochs: 1,
      stream: RandomStream(seed: seed, name: "training"),
      recording: .everyUpdates(100))
    return records.dropLast().map(\.weightNorm)
  }

  @Test func dropsAreThoseOfManyIndependentRuns() throws {
    let runs = mapConcurrently(60, threads: 2) { seed in try? Self.norms(seed: UInt64(seed)) }
      .compactMap { $0 }
    #expect(runs.count == 60)
    // Mean and standard deviation of the drop over 60 seeds of an independent program.
    let published = [
      (-0.687, 0.133), (-0.871, 0.142), (-0.941, 0.149), (-1.023, 0.167), (-1.077, 0.177),
      (-1.097, 0.189), (-1.053, 0.194),
    ]
    for (image, (mean, deviation)) in published.enumerated() {
      let drops = runs.map { $0[image + 1] - $0[0] }
      let ours = drops.reduce(0, +) / 60
      let spread = (drops.reduce(0) { $0 + ($1 - ours) * ($1 - ours) } / 59).squareRoot()
      // Both means have an error of deviation / √60: four standard errors of their difference.
      #expect(abs(ours - mean) < 4 * deviation * (2.0 / 60).squareRoot())
      // The spread's relative error is 1 / √118 for each.
      #expect(abs(spread / deviation - 1) < 4 * (2.0 / 118).squareRoot())
    }
  }
}
