internal import Boltzmann
internal import Notebooks
internal import Numerals
internal import Plots

/// Spectral gap, mixing time and d(t).
struct MixingCurve {
  /// A smaller gap is lost in rounding.
  private static let resolution = 1e-12
  /// The longest walk looked at is 2⁴⁰ sweeps.
  private static let doublings = 40

  private let gap: SpectralGap?
  private let mixing: Mixing?
  private let isForgetful: Bool

  init(
    _ matrix: TransitionMatrix, isForgetful: Bool, to stationary: [Double], tabulates: Bool
  ) {
    self.isForgetful = isForgetful
    gap = isForgetful ? matrix.spectralGap() : SpectralGap(secondModulus: 1)
    // Where part of the start is never forgotten, there is no end to wait for.
    mixing =
      tabulates
      ? matrix.mixing(to: stationary, doublings: isForgetful ? Self.doublings : 6) : nil
  }

  private var isGapLost: Bool { isForgetful && gap.map { $0.gap < Self.resolution } ?? false }

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
      figures = [("lambda", gap.secondModulus)]
      if !isGapLost { figures += [("gap", gap.gap), ("relaxation", gap.relaxationTime)] }
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
    let (format, power) = (NumberFormat.significant(4), NumberFormat.significant(1))
    guard isForgetful else { return "|λ₂| = 1: part of the start is never forgotten." }
    if isGapLost {
      return
        "|λ₂| < 1, but the spectral gap is below \(power.string(Self.resolution)): the slowest "
        + "deviation falls to 1/e in more than \(power.string(1 / Self.resolution)) sweeps."
    }
    if gap.secondModulus < Self.resolution {
      return "|λ₂| = 0: after a few sweeps nothing of the start is left."
    }
    return "|λ₂| = \(format.string(gap.secondModulus)), spectral gap "
      + "\(format.string(gap.gap)): the slowest deviation falls to 1/e in "
      + "\(format.string(gap.relaxationTime)) sweeps."
  }

  private func timeSentence(_ mixing: Mixing) -> String {
    guard let time = mixing.mixingTime else {
      return isForgetful
        ? "Mixing time: more than 2^\(Self.doublings) sweeps."
        : "Mixing time: infinite; d(t) does not go to 0."
    }
    return "Mixing time: \(time) \(time == 1 ? "sweep" : "sweeps")."
  }
}
