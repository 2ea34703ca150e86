internal import Boltzmann
package import Notebooks
internal import Numerals
internal import Plots

/// `{attractors}`: the fixed points of a Hopfield net and their basins.
package struct AttractorsDirective: Directive {
  static let chains = Option<Int>.integer(
    "chains", "Random starts, where there are too many states to try them all.",
    in: 1...1_000_000, default: 1000)
  static let first = Option<Int>.integer(
    "first",
    "The number of spurious states shown as images, if patterns are; largest basins first.",
    in: 0...64, default: 8)

  package static let manual = Manual(
    "attractors", "The states in which descent of a Hopfield net ends, and how often.",
    argument: "NET", options: [chains, first],
    details: """
      A fixed point is a state in which no unit would change. Its *basin* is the share of all \
      starts from which descent ends there, units being updated one after the other in ascending \
      order. Nets of at most \(Attractors.largestUnitCount) units are tried from every state; of \
      larger ones, the fixed points are those that random starts find, with the errors of the \
      shares. Fixed points that are no pattern and no pattern reversed are *spurious*: mixtures, \
      which are the sign of the sum of three or five patterns or reversed patterns, and others. \
      NAME`.stored`, `.reversed`, `.mixture`, `.other`, `.spurious` and `.all` count fixed points; \
      `.stored-basin` and so on are the shares of the starts.
      """,
    example: """
      ```{hopfield} net
      :random: 3
      :units: 16
      ```

      ```{attractors} net
      ```
      """)

  /// What fixed points are told apart by.
  private enum Kind: String, CaseIterable {
    case stored, reversed, mixture, other

    init(_ kind: HopfieldNetwork.StateKind) {
      switch kind {
      case .stored: self = .stored
      case .reversed: self = .reversed
      case .mixture: self = .mixture
      case .other: self = .other
      }
    }

    var name: String {
      switch self {
      case .stored: "patterns"
      case .reversed: "patterns reversed"
      case .mixture: "mixtures"
      case .other: "other states"
      }
    }
  }

  private typealias Found = (attractor: Attractors.Attractor, kind: Kind)

  private let net: Text
  private let chains: Int
  private let first: Int
  private let place: Place

  package init(_ arguments: inout Arguments) {
    net = arguments.reference("a Hopfield net")
    chains = arguments.value(of: Self.chains)
    first = arguments.value(of: Self.first)
    place = arguments.call.place
    arguments.drawsRandomNumbers()
    arguments.noBody()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let (value, memory) = try context.hopfieldNet(net)
    let attractors = try attractors(of: value.machine, context)
    let found = attractors.attractors.map { ($0, Kind(memory.network.kind(of: $0.state))) }
    let table = table(found, attractors, constant: value.constant)
    var outputs: [Output] = [.sentence(summary(attractors)), .table(table)]
    let images = images(found, memory)
    if !images.isEmpty {
      outputs.append(
        .images(ImageStrip(title: "Spurious states", images: images, domain: 0...1)))
    }
    return Outcome(outputs, value: TableResult(table, figures: figures(found, attractors)))
  }

  private func attractors(
    of machine: BoltzmannMachine, _ context: Context
  ) throws(Diagnostic) -> Attractors {
    if let all = try? Attractors(machine) { return all }
    try ChainOptions.checkWork(
      chains: chains, sweeps: 20, units: machine.unitCount, at: place)
    return Attractors(
      machine, randomStarts: chains,
      stream: RandomStream(seed: context.seed, name: context.identity), threads: context.threads)
  }

  private func summary(_ attractors: Attractors) -> String {
    let count = attractors.attractors.count
    let found = count == 1 ? "1 fixed point" : "\(count) fixed points"
    return attractors.isComplete
      ? "\(found) among \(attractors.startCount) states."
      : "\(found) found from \(attractors.startCount) random starts."
  }

  private func table(_ found: [Found], _ attractors: Attractors, constant: Double) -> Table {
    let groups = Kind.allCases.map { kind in found.filter { $0.kind == kind }.map(\.attractor) }
    let shares = groups.map { share(of: $0, attractors) }
    let lowest = groups.map { $0.map(\.energy).min().map { $0 + constant } }
    var columns = [
      Table.Column("kind", .text(Kind.allCases.map(\.name)), isKey: true),
      Table.Column("number", .numbers(groups.map { Double($0.count) }, .fixed(0))),
      Table.Column("basin", heading: "share of starts", .numbers(shares, .fixed(4))),
    ]
    if !attractors.isComplete {
      let errors = shares.map { ($0 * (1 - $0) / Double(attractors.startCount)).squareRoot() }
      columns.append(Table.Column("error", heading: "± error", .numbers(errors, .fixed(4))))
    }
    columns.append(Table.Column("E", heading: "lowest E", .numbers(lowest, .fixed(4))))
    return Table(columns)
  }

  private func share(of group: [Attractors.Attractor], _ attractors: Attractors) -> Double {
    Double(group.reduce(0) { $0 + $1.startCount }) / Double(attractors.startCount)
  }

  private func figures(
    _ found: [Found], _ attractors: Attractors
  ) -> [(name: String, value: Double)] {
    var figures = [("all", Double(found.count))]
    for kind in Kind.allCases {
      let group = found.filter { $0.kind == kind }.map(\.attractor)
      figures.append((kind.rawValue, Double(group.count)))
      figures.append(("\(kind.rawValue)-basin", share(of: group, attractors)))
    }
    let spurious = found.filter { [.mixture, .other].contains($0.kind) }.map(\.attractor)
    figures.append(("spurious", Double(spurious.count)))
    figures.append(("spurious-basin", share(of: spurious, attractors)))
    return figures
  }

  private func images(_ found: [Found], _ memory: Memory) -> [RasterImage] {
    let spurious = found.filter { [.mixture, .other].contains($0.kind) }.map(\.attractor)
    let largest = spurious.enumerated().sorted {
      (-$0.element.startCount, $0.offset) < (-$1.element.startCount, $1.offset)
    }
    return largest.prefix(first).enumerated().compactMap { place, entry in
      memory.image("\(place + 1)", entry.element.state)
    }
  }
}
