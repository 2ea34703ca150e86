internal import Boltzmann
internal import Notebooks

/// The bounds of nets of one layer, of two, and so on, as a page shows them.
struct BoundReport {
  let table: Table
  let sentence: String
  let figures: [(name: String, value: Double)]

  init(
    _ measured: [(layers: Int, bound: MeasuredBound)], rowCount: Int, draws: Int,
    _ sampling: AnnealedImportanceSampling
  ) {
    let bounds = measured.map(\.bound)
    func column(_ key: String, _ heading: String, _ value: (MeasuredBound) -> Double?)
      -> Table.Column
    {
      Table.Column(key, heading: heading, .numbers(bounds.map(value), .fixed(3)))
    }
    // Where p(v) is estimated through Z, it is shown with that: the gap needs no Z.
    var columns = [
      Table.Column(
        "layers", .numbers(measured.map { Double($0.layers) }, .fixed(0)), isKey: true),
      column("lnz", "$\\ln Z$", \.logZ), column("entropy", "entropy of q", \.entropy),
      column("bound", "bound", \.bound),
    ]
    if bounds.contains(where: { $0.interval != nil }) {
      columns += [
        column("low", "from") { $0.interval?.lowerBound },
        column("high", "to") { $0.interval?.upperBound },
      ]
    }
    if bounds.contains(where: { $0.logProbability != nil }) {
      columns += [
        column("likelihood", "$\\ln p(v)$", \.logProbability),
        column("gap", "gap") { bound in bound.logProbability.map { $0 - bound.bound } },
      ]
    }
    if bounds.contains(where: { $0.importance != nil }) {
      columns.append(column("importance", "importance", \.importance))
    }
    table = Table(columns)
    sentence = Self.sentence(bounds, rowCount: rowCount, draws: draws, sampling)
    figures = Self.figures(bounds)
  }

  private static func figures(_ bounds: [MeasuredBound]) -> [(name: String, value: Double)] {
    guard let last = bounds.last else { return [] }
    var figures = [("bound", last.bound), ("entropy", last.entropy), ("lnz", last.logZ)]
    if let interval = last.interval {
      figures += [("low", interval.lowerBound), ("high", interval.upperBound)]
    }
    if let likelihood = last.logProbability {
      figures += [("likelihood", likelihood), ("gap", likelihood - last.bound)]
    }
    if let importance = last.importance { figures.append(("importance", importance)) }
    return figures.map { (name: $0.0, value: $0.1) }
  }

  private static func sentence(
    _ bounds: [MeasuredBound], rowCount: Int, draws: Int, _ sampling: AnnealedImportanceSampling
  ) -> String {
    var sentence = "Means over \(rowCount) \(rowCount == 1 ? "row" : "rows"), in nats per row."
    if bounds.contains(where: { $0.drawError != nil }) {
      sentence += " Where hidden states are too many, \(draws) draws for each row."
    }
    let sampled = bounds.count { $0.logZInterval != nil }
    if sampled > 0 {
      sentence +=
        " $\\ln Z$ \(sampled == bounds.count ? "comes" : "comes, where it is not exact,") from "
        + "\(sampling.chains) chains of \(sampling.path.stepCount) steps in each direction."
    }
    return sampled == 0 && bounds.allSatisfy({ $0.drawError == nil })
      ? sentence + " All exact." : sentence + " Intervals are at 99 %."
  }
}
