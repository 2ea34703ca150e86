/// A direction in the space of all parameters of a Helmholtz machine: a gradient, or a mean step.
public struct HelmholtzGradient: Sendable, Hashable {
  /// Along the generative weights and biases, in the shape of `HelmholtzMachine.generative`.
  public internal(set) var generative: [AffineLayer]
  /// Along the recognition weights and biases, in the shape of `HelmholtzMachine.recognition`.
  public internal(set) var recognition: [AffineLayer]

  /// All zeros.
  init(_ machine: HelmholtzMachine) {
    generative = machine.generative.map(\.zeros)
    recognition = machine.recognition.map(\.zeros)
  }
}

extension HelmholtzMachine {
  /// The gradient of the mean of ln p(v) over the rows, exact; nothing along the recognition net.
  ///
  /// E[∂ ln p(v, h)/∂θ] with h from the posterior p(h | v). Limits and cost: see `logLikelihoods`; with
  /// visible × hidden products for each row and each state of the first hidden layer.
  public func logLikelihoodGradient(
    on data: BitMatrix, threads: Int = 1
  ) throws(EnumerationLimit) -> HelmholtzGradient {
    let enumerated = try EnumeratedGradient(self)
    return enumerated.generative(on: data, threads: threads) { tables, row in
      let joint = tables.mixture.logTerms(data.row(row))
      let logLikelihood = logSumOfExponentials(joint)
      return joint.map { $0 - logLikelihood }
    } above: {
      $0.posterior
    }
  }

  /// The gradient of the mean of the bound over the rows, exact, along both nets.
  ///
  /// Along the generative net it is what the wake phase moves along on average:
  /// E[∂ ln p(v, h)/∂θ] with h from q(h | v). Along the recognition net it is
  /// E[(ln p(v, h) − ln q(h | v)) ∂ ln q(h | v)/∂φ], which no phase follows.
  public func boundGradient(
    on data: BitMatrix, threads: Int = 1
  ) throws(EnumerationLimit) -> HelmholtzGradient {
    let enumerated = try EnumeratedGradient(self)
    var gradient = enumerated.generative(on: data, threads: threads) { tables, row in
      tables.recognised(in: data.values(row))
    } above: {
      $0.recognition
    }
    gradient.recognition = enumerated.boundAlongRecognition(on: data, threads: threads)
    return gradient
  }

  /// The largest number of visible units and units of the first hidden layer together for which
  /// fantasies are enumerated.
  public static let largestFantasyUnitCount = 24

  /// What the sleep phase moves along on average, exact: E[∂ ln q(h | v)/∂φ] with v and h from p.
  ///
  /// Cost: 2 to the power of the visible units and those of the first hidden layer.
  public func expectedSleepStep(threads: Int = 1) throws(EnumerationLimit) -> HelmholtzGradient {
    let enumerated = try EnumeratedGradient(self)
    let units = visibleCount + layerSizes[1]
    if units > Self.largestFantasyUnitCount {
      throw EnumerationLimit(
        freeUnitCount: units, largestFreeUnitCount: Self.largestFantasyUnitCount)
    }
    var gradient = HelmholtzGradient(self)
    gradient.recognition = enumerated.sleep(threads: threads)
    return gradient
  }

  /// The means over the rows of KL(q(h | v) ‖ p(h | v)) and of KL(p(h | v) ‖ q(h | v)), exact, in
  /// nats; limits and cost as for `logLikelihoods`.
  public func posteriorDivergences(
    on data: BitMatrix, threads: Int = 1
  ) throws(EnumerationLimit) -> (ofRecognition: Double, ofPosterior: Double) {
    let tables = try HelmholtzTables(self)
    let (toPosterior, toRecognition) = (
      tables.divergences(of: tables.recognition, from: tables.posterior),
      tables.divergences(of: tables.posterior, from: tables.recognition)
    )
    let rows = mapBlocks(of: data.rowCount, threads: threads) { rows in
      rows.map { row in
        let joint = tables.mixture.logTerms(data.row(row))
        let logLikelihood = logSumOfExponentials(joint)
        let p = joint.map { $0 - logLikelihood }
        let q = tables.recognised(in: data.values(row))
        return (
          HelmholtzTables.mean(under: q) { q[$0] - p[$0] + toPosterior[$0] },
          HelmholtzTables.mean(under: p) { p[$0] - q[$0] + toRecognition[$0] }
        )
      }
    }
    var (one, other) = (CompensatedSum(), CompensatedSum())
    for row in rows {
      one.add(row.0)
      other.add(row.1)
    }
    // Where both laws are one, rounding can leave less than nothing.
    let count = Double(rows.count)
    return (max(0, one.value / count), max(0, other.value / count))
  }
}

extension HelmholtzTables {
  /// For each state x of the first hidden layer, the divergence of one law of the layers above it
  /// from another; both are given as ln p(y | x), [layer][x][y].
  fileprivate func divergences(of one: [[[Double]]], from other: [[[Double]]]) -> [Double] {
    var above = [Double](repeating: 0, count: priors[priors.count - 1].count)
    for (one, other) in zip(one, other).reversed() {
      above = zip(one, other).map { p, q in
        Self.mean(under: p) { p[$0] - q[$0] + above[$0] }
      }
    }
    return above
  }
}
