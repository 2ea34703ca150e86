internal import Notebooks
internal import Numerals

/// How often neighbours on the ladders of tempered learning were exchanged.
struct ExchangeReport {
  private let shares: [Double?]

  /// For each pair, coldest first, the share accepted, where it was tried; empty without tempering.
  init(_ acceptance: [Double?]) {
    shares = acceptance
  }

  var outputs: [Output] {
    if shares.isEmpty { return [] }
    let format = NumberFormat.fixed(2)
    let list = shares.map { $0.map(format.string) ?? "never tried" }.joined(separator: ", ")
    return [.sentence("Exchanges accepted at the end, coldest pair first: \(list).")]
  }

  var figures: [(name: String, value: Double)] {
    let tried = shares.compactMap(\.self)
    guard let worst = tried.min(), let best = tried.max() else { return [] }
    return [("worst", worst), ("best", best)]
  }
}
