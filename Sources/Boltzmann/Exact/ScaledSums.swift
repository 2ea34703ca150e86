internal import CKernels

/// Sums of positive terms as values · exp(logScale), which cannot overflow.
struct ScaledSums: Sendable {
  var logScale: Double
  var values: [Double]

  /// Both together, relative to the larger of the two scales.
  init(_ first: ScaledSums, _ second: ScaledSums) {
    logScale = max(first.logScale, second.logScale)
    let (one, other) = (hm_exp(first.logScale - logScale), hm_exp(second.logScale - logScale))
    values = zip(first.values, second.values).map { $0 * one + $1 * other }
  }

  init(logScale: Double, values: [Double]) {
    (self.logScale, self.values) = (logScale, values)
  }

  /// The sums of 2ᵏ parts, merged in pairs, pairs of pairs, and so on: a tree that does not depend
  /// on the number of threads.
  static func merged(
    count: Int, threads: Int, part: @Sendable (Int) -> ScaledSums
  ) -> ScaledSums {
    // Both are powers of two, so that the groups' trees are one tree.
    let groupCount = min(count, 64)
    let size = count / groupCount
    let groups = mapConcurrently(groupCount, threads: threads) { group in
      merged(0..<size) { part(group * size + $0) }
    }
    return merged(0..<groupCount) { groups[$0] }
  }

  private static func merged(
    _ range: Range<Int>, part: (Int) -> ScaledSums
  ) -> ScaledSums {
    if range.count == 1 { return part(range.lowerBound) }
    let middle = range.lowerBound + range.count / 2
    return ScaledSums(
      merged(range.lowerBound..<middle, part: part), merged(middle..<range.upperBound, part: part))
  }
}
