extension HelmholtzMachine {
  /// The most units of the first hidden layer whose states are enumerated.
  public static let largestFirstLayer = 16
  /// The most units of two neighbouring hidden layers whose pairs of states are enumerated.
  public static let largestLayerPair = 20

  /// ln p(v) of each row, exact, in nats.
  ///
  /// Limits: 16 units in the first hidden layer, 20 in two neighbouring hidden layers. In Double,
  /// independent of the number of threads. Cost: for each row, 2 to the power of the units of the
  /// first hidden layer, times the visible units that are on; besides, 2 to the power of the units of
  /// each two neighbouring hidden layers.
  public func logLikelihoods(
    of data: BitMatrix, threads: Int = 1
  ) throws(EnumerationLimit) -> [Double] {
    precondition(data.columnCount == visibleCount, "Unit counts differ.")
    let tables = try HelmholtzTables(self)
    return mapBlocks(of: data.rowCount, threads: threads) { rows in
      rows.map { tables.mixture.logProbability(data.row($0)) }
    }
  }

  /// Σₕ q(h | v) (ln p(v, h) − ln q(h | v)) = ln p(v) − KL(q ‖ p) of each row, the bound on ln p(v),
  /// exact, in nats; limits and cost as for `logLikelihoods`.
  public func bounds(
    of data: BitMatrix, threads: Int = 1
  ) throws(EnumerationLimit) -> [Double] {
    precondition(data.columnCount == visibleCount, "Unit counts differ.")
    let tables = try HelmholtzTables(self)
    let (priors, above) = (tables.priors[0], tables.expectedRatios[0])
    return mapBlocks(of: data.rowCount, threads: threads) { rows in
      rows.map { row in
        let joint = tables.mixture.logTerms(data.row(row))
        let q = tables.recognised(in: data.values(row))
        // What is below the first hidden layer, and what is above it.
        return HelmholtzTables.mean(under: q) { joint[$0] - priors[$0] - q[$0] + above[$0] }
      }
    }
  }

  /// The mean of the bound over the rows, estimated from `draws` ≥ 2 recognitions of each row, for
  /// machines of any size; draw d of row r has purpose `layer`, step d, chain r.
  ///
  /// The error is that of the drawing; the rows are taken as given.
  public func estimatedBound(
    of data: BitMatrix, draws: Int, stream: RandomStream, threads: Int = 1
  ) -> MonteCarloEstimate {
    precondition(data.columnCount == visibleCount, "Unit counts differ.")
    return .init(
      rows: mapBlocks(of: data.rowCount, threads: threads) { rows in
        var pass = HelmholtzPass(self)
        return rows.map { row in
          let visible = data.values(row)
          var moments = Moments()
          for draw in 0..<draws {
            pass.recognise(visible[...], self, .init(stream: stream, step: draw, chain: row))
            moments.add(pass.logRatio(self))
          }
          return moments
        }
      })
  }
}

extension MonteCarloEstimate {
  /// The mean over rows of the means of independent draws for each row.
  init(rows: [Moments]) {
    precondition(rows.allSatisfy { $0.count >= 2 }, "An error needs two draws.")
    var (mean, variance) = (CompensatedSum(), CompensatedSum())
    for row in rows {
      mean.add(row.mean)
      variance.add((row.variance ?? 0) / Double(row.count))
    }
    let count = Double(rows.count)
    self.init(mean: mean.value / count, standardError: variance.value.squareRoot() / count)
  }
}

extension BitMatrix {
  /// A row in Double.
  func values(_ row: Int) -> [Double] { (0..<columnCount).map { storage[row, $0] ? 1 : 0 } }
}
