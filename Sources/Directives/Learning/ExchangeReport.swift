internal import Notebooks
internal import Numerals

/// How often neighbours on the ladders of tempered learning were exchanged.
struct ExchangeReport {
  private let shares: [Double]

  /// For each pair, coldest first, the share accepted; empty without tempering.
  init(_ acceptance: [Double?]) {
    shares = acceptance.compactMap(\.self)
  }

  var outputs: [Output] {
    if shares.isEmpty { return [] }
    let format = NumberFormat.fixed(2)
    let list = shares.map(format.string).joined(separator: ", ")
    return [.sentence("Exchanges accepted at the end, coldest pair first: \(list).")]
  }

  var figures: [(name: String, value: Double)] {
    guard let worst = shares.min(), let best = shares.max() else { return [] }
    return [("worst", worst), ("best", best)]
  }
}
