internal import Boltzmann
internal import Notebooks
internal import Numerals
internal import Plots

/// Spectral gap, mixing time and d(t).
struct MixingCurve {
  /// |λ₂| from here on is 1 but for rounding.
  private static let certain = 1 - 1e-12
  /// The longest walk looked at is 2⁴⁰ sweeps.
  private static let doublings = 40

  private let gap: SpectralGap?
  private let mixing: Mixing?

  init(_ matrix: TransitionMatrix, to stationary: [Double], tabulates: Bool) {
    gap = matrix.spectralGap()
    // Where part of the start is never forgotten, there is no end to wait for.
    let isEndless = (gap?.secondModulus ?? 0) >= Self.certain
    mixing =
      tabulates
      ? matrix.mixing(to: stationary, doublings: isEndless ? 6 : Self.doublings) : nil
  }

  var table: Table {
    let distances = mixing?.distances ?? []
    return Table(
      [
        Table.Column(
          "t", heading: "sweeps t", .numbers(distances.map { Double($0.steps) }, .fixed(0)),
          isKey: true),
        Table.Column("d", heading: "d(t)", .numbers(distances.map(\.distance), .fixed(4))),
      ], shownRows: 24)
  }

  var figures: [(name: String, value: Double)] {
    var figures: [(name: String, value: Double)] = []
    if let gap {
      figures = [
        ("lambda", gap.secondModulus), ("gap", gap.gap), ("relaxation", gap.relaxationTime),
      ]
    }
    if let time = mixing?.mixingTime { figures.append(("tmix", Double(time))) }
    return figures
  }

  func outputs(plot: Bool) -> [Output] {
    var outputs: [Output] = []
    if let sentence = gapSentence { outputs.append(.sentence(sentence)) }
    guard let mixing else { return outputs }
    outputs += [.table(table), .sentence(timeSentence(mixing))]
    guard plot else { return outputs }
    let x = mixing.distances.map { Double($0.steps) }
    outputs.append(
      .plot(
        Plot(
          title: "Distance from the Boltzmann distribution, worst start",
          x: Axis("sweeps", scale: .log), y: Axis("total variation", domain: 0...1),
          marks: [
            .line(Series("d(t)", x: x, y: mixing.distances.map(\.distance))),
            .rule(Rule(.horizontal, at: 0.25, label: "1/4")),
          ])))
    return outputs
  }

  private var gapSentence: String? {
    guard let gap else { return nil }
    let format = NumberFormat.significant(4)
    guard gap.secondModulus < Self.certain else {
      return "|λ₂| = 1: part of the start is never forgotten."
    }
    if gap.secondModulus < 1e-12 {
      return "|λ₂| = 0: after a few sweeps nothing of the start is left."
    }
    return "|λ₂| = \(format.string(gap.secondModulus)), spectral gap "
      + "\(format.string(gap.gap)): the slowest deviation falls to 1/e in "
      + "\(format.string(gap.relaxationTime)) sweeps."
  }

  private func timeSentence(_ mixing: Mixing) -> String {
    guard let time = mixing.mixingTime else {
      return (gap?.secondModulus ?? 0) >= Self.certain
        ? "Mixing time: infinite; d(t) does not go to 0."
        : "Mixing time: more than 2^\(Self.doublings) sweeps."
    }
    return "Mixing time: \(time) \(time == 1 ? "sweep" : "sweeps")."
  }
}
