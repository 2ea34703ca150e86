internal import Boltzmann
internal import Notebooks
internal import Numerals
internal import Plots

/// What the runs of a recall study show.
struct RecallReport {
  private let runs: [RecallStudy.Run]
  private let study: RecallStudy
  private let memory: Memory
  private let startOverlap: Double
  private let overlap: MonteCarloEstimate
  /// Sweeps that raised the energy by more than rounding.
  private let rises: Int
  private let sweeps: Int

  init(_ runs: [RecallStudy.Run], _ study: RecallStudy, _ memory: Memory) {
    (self.runs, self.study, self.memory) = (runs, study, memory)
    startOverlap = runs.reduce(0) { $0 + $1.startOverlap } / Double(runs.count)
    overlap = MonteCarloEstimate(chainMeans: runs.map(\.endOverlap))
    sweeps = runs.reduce(0) { $0 + $1.record.sweeps }
    rises = runs.reduce(0) { sum, run in
      let energies = run.record.energies
      let margin = energies.reduce(0) { max($0, abs($1)) } * 0x1p-30
      return sum + zip(energies, energies.dropFirst()).count { $1 > $0 + margin }
    }
  }

  var figures: [(name: String, value: Double)] {
    var figures = [
      ("start", startOverlap), ("overlap", overlap.mean), ("rises", Double(rises)),
      ("sweeps", Double(sweeps) / Double(runs.count)),
    ]
    if let error = overlap.standardError { figures.append(("error", error)) }
    for end in RecallStudy.End.allCases {
      figures.append((end == .origin ? "recalled" : end.rawValue, share(of: end)))
    }
    return figures
  }

  func overlapSentence(_ temperature: Double?, _ sweeps: Int) -> String {
    let (format, count) = (NumberFormat.fixed(3), runs.count == 1 ? "1 run" : "\(runs.count) runs")
    let from =
      switch study.start {
      case .patterns:
        "from stored patterns with \(study.flipCount) of \(study.network.unitCount) units flipped"
      case .mixtures: "from mixtures of three patterns"
      case .random: "from random states"
      }
    let bath =
      temperature.map {
        ", \(sweeps) sweeps at T = \(NumberFormat.significant(4).string($0)), then downhill"
      } ?? ""
    let error = overlap.standardError.map { " ± \(format.string($0))" } ?? ""
    return "\(count) \(from)\(bath). \(overlapName): \(format.string(startOverlap)) at the start, "
      + "\(format.string(overlap.mean))\(error) at the end."
  }

  private var overlapName: String {
    study.start == .patterns ? "Mean overlap with the pattern" : "Mean of the largest overlap"
  }

  var energySentence: String {
    let format = NumberFormat.significant(3)
    let mean = format.string(Double(sweeps) / Double(runs.count))
    let verdict = rises == 0 ? "none raised the energy" : "\(rises) raised the energy"
    return "\(sweeps) sweeps changed a unit, \(mean) in each run on average; \(verdict)."
  }

  /// A row for each pattern, the mean over its runs.
  func patternTable(rows: Int) -> Table {
    let patterns = study.network.patterns.indices.filter { $0 < runs.count }
    let groups = patterns.map { pattern in runs.filter { $0.origin == pattern } }
    let ends = groups.map { MonteCarloEstimate(chainMeans: $0.map(\.endOverlap)) }
    return Table(
      [
        Table.Column("pattern", .text(patterns.map(memory.name)), isKey: true),
        Table.Column("runs", .numbers(groups.map { Double($0.count) }, .fixed(0))),
        Table.Column(
          "start", heading: "overlap at the start",
          .numbers(groups.map { $0.first?.startOverlap }, .fixed(3))),
        Table.Column(
          "overlap", heading: "overlap at the end", .numbers(ends.map(\.mean), .fixed(4))),
        Table.Column("error", heading: "± error", .numbers(ends.map(\.standardError), .fixed(4))),
        Table.Column(
          "recalled", heading: "share recalled",
          .numbers(
            groups.map { group in
              Double(group.count { $0.end == .origin }) / Double(group.count)
            }, .fixed(3))),
      ], shownRows: rows)
  }

  /// A row for each kind of end that these runs can have.
  var endTable: Table {
    let ends = RecallStudy.End.allCases.filter { end in
      switch end {
      case .origin: study.start == .patterns
      case .alternating: study.order == .synchronous
      default: true
      }
    }
    let shares = ends.map(share)
    let errors = shares.map { ($0 * (1 - $0) / Double(runs.count)).squareRoot() }
    return Table([
      Table.Column("end", heading: "runs end in", .text(ends.map(name)), isKey: true),
      Table.Column(
        "runs", .numbers(ends.map { end in Double(runs.count { $0.end == end }) }, .fixed(0))),
      Table.Column("share", .numbers(shares, .fixed(3))),
      Table.Column("error", heading: "± error", .numbers(errors, .fixed(3))),
    ])
  }

  private func name(_ end: RecallStudy.End) -> String {
    switch end {
    case .origin: "the pattern they started from"
    case .stored: study.start == .patterns ? "another pattern" : "a pattern"
    case .reversed: "a pattern reversed"
    case .mixture: "a mixture"
    case .other: "another state"
    case .alternating: "two states that alternate"
    }
  }

  private func share(of end: RecallStudy.End) -> Double {
    Double(runs.count { $0.end == end }) / Double(runs.count)
  }

  /// The first runs as images, before and after; none where the patterns have no shape.
  func strips(_ first: Int) -> [ImageStrip] {
    let shown = runs.prefix(first)
    let pairs = [("Before", shown.map(\.start)), ("After", shown.map(\.record.state))]
    return pairs.compactMap { title, states in
      let images = states.enumerated().compactMap { place, state in
        memory.image(runs[place].origin.map(memory.name) ?? "\(place + 1)", state)
      }
      return images.isEmpty ? nil : ImageStrip(title: title, images: images, domain: 0...1)
    }
  }

  /// The energies of the first runs, at most as many as can be told apart.
  func energyPlot(_ first: Int, _ descent: HopfieldDescent) -> Plot {
    let marks = runs.prefix(min(first, Self.curveLimit)).enumerated().map { place, run in
      let energies = descent.energies(
        from: run.start, chain: place, largestSweeps: run.record.sweeps)
      return Mark.line(
        Series(
          run.origin.map { "pattern \(memory.name(of: $0))" } ?? "run \(place + 1)",
          x: energies.indices.map(Double.init), y: energies))
    }
    let isAtOnce = study.order == .synchronous
    return Plot(
      title: isAtOnce ? "Energy after each sweep" : "Energy after each unit that changes",
      x: Axis(isAtOnce ? "sweeps" : "units changed"), y: Axis("E (energy units)"), marks: marks)
  }

  private static let curveLimit = 4
}
