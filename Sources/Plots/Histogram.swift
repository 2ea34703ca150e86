/// How many values fall into each of a row of equally wide bins.
///
/// The width is 1, 2 or 5 times a power of ten and the edges are its multiples, so that bins can
/// be read off and compared. Bin i holds edge i ≤ value < edge i+1; the last one holds its upper
/// edge too. Whole numbers that span fewer than `bins` get one bin each.
package struct Histogram: Sendable, Equatable {
  package let binWidth: RoundStep
  /// Edge i is `binWidth` × (`firstEdge` + i).
  package let firstEdge: Int
  package let counts: [Int]
  /// Whether each bin stands for one whole number.
  package let isDiscrete: Bool
  /// NaN and infinite values, which are in no bin.
  package let leftOut: Int

  /// A histogram that was counted before.
  package init(
    binWidth: RoundStep, firstEdge: Int, counts: [Int], isDiscrete: Bool, leftOut: Int
  ) {
    (self.binWidth, self.firstEdge, self.counts) = (binWidth, firstEdge, counts)
    (self.isDiscrete, self.leftOut) = (isDiscrete, leftOut)
  }

  /// Counts `values` into at most `bins` (1 or more) bins, or one more where their edges must
  /// straddle the data.
  package init(values: [Double], bins: Int) {
    precondition(bins >= 1, "A histogram needs at least one bin.")
    let counted = values.filter { Scale.canPlace($0, on: .linear) }
    leftOut = values.count - counted.count
    guard let low = counted.min(), let high = counted.max() else {
      binWidth = RoundStep(mantissa: 1, exponent: 0)
      firstEdge = 0
      counts = []
      isDiscrete = false
      return
    }
    let isWhole = abs(low) < 1e9 && abs(high) < 1e9 && counted.allSatisfy { $0 == $0.rounded() }
    isDiscrete = isWhole && high - low < Double(bins)
    let width = Self.width(low: low, high: high, bins: bins, isWhole: isWhole)
    let first = Int(width.index(of: low).rounded(.down))
    var last = max(first + 1, Int(width.index(of: high).rounded(.up)))
    if isDiscrete { last = Int(high) + 1 }
    binWidth = width
    firstEdge = first
    counts = Self.counts(of: counted, width, first, count: last - first)
  }

  /// How many of some values fall into each bin; a value outside is in the nearest one.
  package func counts(of values: [Double]) -> [Int] {
    Self.counts(
      of: values.filter { Scale.canPlace($0, on: .linear) }, binWidth, firstEdge,
      count: counts.count)
  }

  private static func counts(
    of values: [Double], _ width: RoundStep, _ first: Int, count: Int
  ) -> [Int] {
    var counts = Array(repeating: 0, count: count)
    guard count > 0 else { return counts }
    for value in values {
      let bin = Int(width.index(of: value).rounded(.down)) - first
      counts[min(max(bin, 0), count - 1)] += 1
    }
    return counts
  }

  /// The smallest round width with at most `bins` bins, or `bins` + 1.
  private static func width(low: Double, high: Double, bins: Int, isWhole: Bool) -> RoundStep {
    let size = max(abs(low), abs(high))
    let one = RoundStep(mantissa: 1, exponent: 0)
    guard size >= 1e-290, !(isWhole && high - low < Double(bins)) else { return one }
    if high - low <= 1e-9 * size { return RoundStep(atLeast: size / 10) }
    // One part in 10⁶ of the values is the finest width whose edges can be told apart in print.
    return RoundStep(atLeast: max((high - low) / Double(bins), size * 1e-6))
  }

  /// The histogram as a bar chart, one category per bin.
  package var bars: Bars {
    var notes: [String] = []
    if !counts.isEmpty, !isDiscrete {
      notes.append(
        "bins are \(width) wide; each holds its lower edge, the last one both its edges")
    }
    if leftOut > 0 {
      notes.append("\(leftOut) \(leftOut == 1 ? "value is" : "values are") not finite")
    }
    return Bars(
      categories: counts.indices.map(label), series: [.init("", values: counts.map(Double.init))],
      notes: notes)
  }

  private var isOrdinary: Bool {
    let ends = [firstEdge, firstEdge + counts.count].map { abs(binWidth.multiple($0)) }
    return (ends.max() ?? 0) < 1e6 && binWidth.exponent >= -5
  }

  private func edge(_ index: Int) -> String {
    let edge = firstEdge + index
    if isOrdinary { return binWidth.label(edge) }
    return edge == 0 ? "0" : "\(edge * binWidth.mantissa)e\(binWidth.exponent)"
  }

  private var width: String {
    isOrdinary ? binWidth.label(1) : "\(binWidth.mantissa)e\(binWidth.exponent)"
  }

  private func label(_ bin: Int) -> String {
    isDiscrete ? edge(bin) : "\(edge(bin)) to \(edge(bin + 1))"
  }
}
