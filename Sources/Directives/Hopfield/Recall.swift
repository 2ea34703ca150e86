internal import Boltzmann
package import Notebooks
internal import Numerals
internal import Plots

/// `{recall}`: what a Hopfield net makes of noisy patterns.
package struct Recall: Directive {
  enum Order: String, CaseIterable, Sendable {
    case sequential, shuffled, synchronous
  }

  static let start = Option<RecallStudy.Start>.choice(
    "start", "Patterns with noise, signs of sums of three patterns, or random states.",
    default: .patterns)
  static let noise = Option<Double>.number(
    "noise", "The share of a pattern's units that are flipped, to the nearest unit.", in: 0...1,
    default: 0.1)
  static let chains = Option<Int>.integer(
    "chains", "The number of runs; they take turns at the patterns.", in: 1...1_000_000,
    default: 1000)
  static let order = Option<Order>.choice(
    "order", "Units one after the other, in a new order each sweep, or all at once.",
    default: .sequential)
  static let temperature = Option<Double?>(
    "temperature", "1e-6 to 1e6", "Runs heat bath at this temperature before going downhill.",
    default: nil, shown: "downhill at once"
  ) { (lines) throws(Diagnostic) in try lines[0].number(in: 1e-6...1e6, for: "`temperature`") }
  static let sweeps = Option<Int>.integer(
    "sweeps", "Sweeps of heat bath.", in: 1...1_000_000, default: 100)
  static let first = Option<Int>.integer(
    "first", "How many runs are shown: as images, where the patterns are, and their energies.",
    in: 0...16, default: 4)
  static let rows = Option<Int>.integer(
    "rows", "The most patterns in the table; with 0 it is left out.", in: 0...1024, default: 20)
  static let plot = Option<Bool>.flag(
    "plot", "Whether the energies of the runs shown are plotted, if all go downhill at once.",
    default: true)

  package static let manual = Manual(
    "recall", "Descent of a Hopfield net: what it makes of patterns with noise.",
    argument: "NET",
    options: [start, noise, chains, order, temperature, sweeps, first, rows, plot],
    details: """
      Each unit takes the sign of $h_i = \\sum_j J_{ij} \\sigma_j$ and stays where that is 0, until \
      no unit would change. One unit after the other, the energy never rises; `synchronous` updates \
      may end in two states that follow each other for ever. The overlap with a pattern is \
      $\\frac{1}{N} \\sum_i \\xi_i \\sigma_i$; for other starts than patterns it is the largest one \
      with any pattern, without its sign. Its error is the standard error over the runs. A \
      *mixture* is the sign of the sum of three or five patterns or their reverses. NAME`.start`, \
      `.overlap`, `.error`, `.sweeps` (mean) and `.rises` (sweeps that raised the energy, of all \
      runs) are figures, and so are the shares `.recalled`, `.stored` (another pattern than the \
      one it started from), `.reversed`, `.mixture`, `.other` and `.alternating`.
      """,
    example: """
      ```{hopfield} net
      :random: 4
      :units: 50
      ```

      ```{recall} net
      :noise: 0.2
      :chains: 400
      ```
      """)

  private let net: Text
  private let start: RecallStudy.Start
  private let noise: Double
  private let chains: Int
  private let order: Order
  private let temperature: Double?
  private let sweeps: Int
  private let first: Int
  private let rows: Int
  private let showsPlot: Bool
  private let place: Place

  package init(_ arguments: inout Arguments) {
    net = arguments.reference("a Hopfield net")
    start = arguments.value(of: Self.start)
    noise = arguments.value(of: Self.noise)
    chains = arguments.value(of: Self.chains)
    order = arguments.value(of: Self.order)
    temperature = arguments.value(of: Self.temperature)
    sweeps = arguments.value(of: Self.sweeps)
    first = arguments.value(of: Self.first)
    rows = arguments.value(of: Self.rows)
    showsPlot = arguments.value(of: Self.plot)
    place = arguments.call.place
    arguments.noBody()
    arguments.drawsRandomNumbers()
    if start != .patterns, arguments.gives(Self.noise) {
      arguments.report(
        Diagnostic("unexpected-option", at: place, "`noise` is for runs that start from patterns"))
    }
    if temperature == nil, arguments.gives(Self.sweeps) {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: place, "`sweeps` is for runs at a temperature",
          hint: "descent runs until no unit changes"))
    }
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let (value, memory) = try context.hopfieldNet(net)
    let network = memory.network
    guard start != .mixtures || network.patterns.count >= 3 else {
      throw Diagnostic(
        "out-of-range", at: place,
        "a mixture needs three patterns, but \(net.string.quoted) has \(network.patterns.count)")
    }
    try ChainOptions.checkWork(
      chains: chains, sweeps: (temperature == nil ? 0 : sweeps) + Self.usualSweeps,
      units: network.unitCount, at: place)
    let stream = RandomStream(seed: context.seed, name: context.identity)
    let study = RecallStudy(
      network: network, start: start,
      flipCount: Int((noise * Double(network.unitCount)).rounded()),
      order: order.descentOrder(stream),
      heatBath: temperature.map {
        (ChainSampler(value.machine, temperature: $0), sweeps)
      })
    let descent: HopfieldDescent
    do { descent = try HopfieldDescent(network, order: order.descentOrder(stream)) } catch {
      throw Diagnostic("bad-data", at: place, "\(error)")
    }
    let runs = study.run(chains, descent, stream: stream, threads: context.threads)
    return report(RecallReport(runs, study, memory), descent)
  }

  /// Descent is over after about so many sweeps.
  private static let usualSweeps = 20

  private func report(_ report: RecallReport, _ descent: HopfieldDescent) -> Outcome {
    var outputs: [Output] = [.sentence(report.overlapSentence(temperature, sweeps))]
    if start == .patterns, rows > 0 { outputs.append(.table(report.patternTable(rows: rows))) }
    outputs.append(.table(report.endTable))
    if temperature == nil { outputs.append(.sentence(report.energySentence)) }
    outputs += report.strips(first).map { .images($0) }
    if showsPlot, temperature == nil, first > 0 {
      outputs.append(.plot(report.energyPlot(first, descent)))
    }
    return Outcome(
      outputs,
      value: TableResult(
        start == .patterns ? report.patternTable(rows: rows) : report.endTable,
        figures: report.figures))
  }
}

extension Recall.Order {
  fileprivate func descentOrder(_ stream: RandomStream) -> Descent.Order {
    switch self {
    case .sequential: .sequential
    case .shuffled: .shuffled(stream)
    case .synchronous: .synchronous
    }
  }
}
