extension VariationalAutoencoder {
  /// The most latent units that are integrated over.
  public static let largestIntegratedCount = 2

  /// ln p(v) = ln ∫ p(v | z) N(z; 0, 1) dz of each row, in nats; at most 2 latent units. Nil where no
  /// affordable grid is fine and wide enough.
  ///
  /// Trapezoidal sums in each z. The grid reaches from −6 to 6, or until what lies outside is below
  /// 10⁻⁶ of p(v), being as probable given z as any point of the grid. Its step is 1/5, 1/10, … until
  /// halving moves no ln p(v) by a thousandth: with a posterior of standard deviation s the relative
  /// error of p(v) is about exp(−2π² s²/step²), so that of the last grid is the fourth power of what
  /// it moved. In Double, independent of the number of threads. Cost: that of the last grid,
  /// (2 · reach/step)^latent decoded points and as many sums over the pixels that are on for each row.
  public func logLikelihoods(of data: BitMatrix, threads: Int = 1) -> [Double]? {
    logLikelihoods(of: data, workLimit: 0x1p33, threads: threads)
  }

  /// The same with a limit to the multiplications and additions of a grid: usually some seconds.
  func logLikelihoods(of data: BitMatrix, workLimit: Double, threads: Int = 1) -> [Double]? {
    checkIntegrated(data)
    if data.rowCount == 0 { return [] }
    var (step, reach, coarse) = (0.2, 6.0, [Double]())
    while work(step: step, reach: reach, rows: data.rowCount) <= workLimit {
      let found = integrals(of: data, step: step, reach: reach, threads: threads)
      let needed = found.reduce(0) { max($0, (2 * (14 + $1.largest - $1.sum)).squareRoot()) }
      if needed > reach {
        reach = needed.rounded(.up)
        continue
      }
      let fine = found.map(\.sum)
      if !coarse.isEmpty, zip(coarse, fine).allSatisfy({ abs($0 - $1) < 1e-3 }) { return fine }
      (step, coarse) = (step / 2, fine)
    }
    return nil
  }

  private func work(step: Double, reach: Double, rows: Int) -> Double {
    let line = 2 * reach / step + 3
    let decoding = hiddenCount * (latentCount + visibleCount)
    return (latentCount == 1 ? line : line * line) * Double(decoding + rows * visibleCount)
  }

  /// Points that are decoded before any row looks at them; so few that all their fields are kept.
  private static let decodedPoints = 4096

  /// ln p(v) of each row by one grid, and the largest ln p(v | z) on it.
  func integrals(
    of data: BitMatrix, step: Double, reach: Double, threads: Int = 1
  ) -> [(sum: Double, largest: Double)] {
    let nodes = Quadrature(step: step, limit: reach).nodes(dimensions: latentCount)
    var parts = [[Double]](repeating: [], count: data.rowCount)
    var largest = [Double](repeating: -.infinity, count: data.rowCount)
    for first in stride(from: 0, to: nodes.count, by: Self.decodedPoints) {
      let block = Array(nodes[first..<min(first + Self.decodedPoints, nodes.count)])
      let mixture = BernoulliMixture(
        mapBlocks(of: block.count, threads: threads) { range in
          range.map { (block[$0].logWeight, fields(given: block[$0].point)) }
        })
      let found = mapBlocks(of: data.rowCount, threads: threads) { rows in
        rows.map { row in
          let terms = mixture.logTerms(data.row(row))
          let given = zip(terms, block).reduce(-.infinity) { max($0, $1.0 - $1.1.logWeight) }
          return (sum: logSumOfExponentials(terms), largest: given)
        }
      }
      for (row, found) in found.enumerated() {
        parts[row].append(found.sum)
        largest[row] = max(largest[row], found.largest)
      }
    }
    return zip(parts.map(logSumOfExponentials), largest).map { (sum: $0, largest: $1) }
  }

  func checkIntegrated(_ data: BitMatrix) {
    precondition(data.columnCount == visibleCount, "Unit counts differ.")
    precondition(latentCount <= Self.largestIntegratedCount, "At most 2 units are integrated over.")
  }
}
