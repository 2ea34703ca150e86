/// How well a score tells positive cases from negative ones, whatever the threshold.
///
/// The area under the curve is the chance that a positive case scores higher than a negative one, a
/// tie counting half; its error is the square root of DeLong's variance, which uses no model of the
/// scores. Cost: (m + n) log (m + n).
///
/// Sources: Hanley, McNeil, "The meaning and use of the area under a receiver operating
/// characteristic curve", Radiology 143 (1982) 29–36; DeLong, DeLong, Clarke-Pearson, Biometrics 44
/// (1988) 837–845, eq. 5.
public struct ROCCurve: Sendable, Hashable {
  /// A threshold's rates: the share of each kind that scores at least as high.
  public struct Point: Sendable, Hashable {
    /// A case counts as positive from this score on; +∞ for the first point.
    public let threshold: Double
    /// The share of negative cases taken for positive.
    public let falsePositiveRate: Double
    /// The share of positive cases found.
    public let truePositiveRate: Double
  }

  /// From (0, 0) to (1, 1), one point for each different score, highest first.
  public let points: [Point]
  /// The area under the curve.
  public let area: Double
  /// Its standard error; nil where one side has fewer than two cases.
  public let areaError: Double?

  /// The curve of two sets of scores, neither empty nor with NaN.
  public init(positive: [Double], negative: [Double]) {
    precondition(!positive.isEmpty && !negative.isEmpty, "Both kinds need a case.")
    precondition(!(positive + negative).contains(where: \.isNaN), "A score is a number.")
    let (highest, lowest) = (positive.sorted(by: >), negative.sorted(by: >))
    let (m, n) = (Double(positive.count), Double(negative.count))
    var points = [Point(threshold: .infinity, falsePositiveRate: 0, truePositiveRate: 0)]
    var (hits, alarms) = (0, 0)
    while hits < highest.count || alarms < lowest.count {
      let threshold = max(
        hits < highest.count ? highest[hits] : -.infinity,
        alarms < lowest.count ? lowest[alarms] : -.infinity)
      while hits < highest.count, highest[hits] == threshold { hits += 1 }
      while alarms < lowest.count, lowest[alarms] == threshold { alarms += 1 }
      points.append(
        Point(
          threshold: threshold, falsePositiveRate: Double(alarms) / n,
          truePositiveRate: Double(hits) / m))
    }
    self.points = points
    let wins = Self.moments(positive.map { Self.share(of: lowest, below: $0) })
    let losses = Self.moments(negative.map { 1 - Self.share(of: highest, below: $0) })
    area = wins.mean
    areaError = wins.variance.flatMap { first in
      losses.variance.map { second in (first / m + second / n).squareRoot() }
    }
  }

  /// The share of scores, sorted from the highest, that are below a score; ties count half.
  private static func share(of sorted: [Double], below score: Double) -> Double {
    func count(_ isBefore: (Double) -> Bool) -> Int {
      var (low, high) = (0, sorted.count)
      while low < high {
        let middle = (low + high) / 2
        if isBefore(sorted[middle]) { low = middle + 1 } else { high = middle }
      }
      return low
    }
    let (above, notBelow) = (count { $0 > score }, count { $0 >= score })
    return Double(2 * sorted.count - above - notBelow) / Double(2 * sorted.count)
  }

  private static func moments(_ values: [Double]) -> Moments {
    var moments = Moments()
    for value in values { moments.add(value) }
    return moments
  }
}
