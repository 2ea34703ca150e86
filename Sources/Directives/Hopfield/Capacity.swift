internal import Boltzmann
package import Notebooks
internal import Numerals
internal import Plots

/// `{capacity}`: how many random patterns a Hopfield net holds, beside the theory.
package struct Capacity: Directive {
  static let units = Option<[Int]>(
    "units", "numbers", "The sizes of the nets.", default: [500], shown: "500"
  ) { (lines) throws(Diagnostic) in
    var sizes: [Int] = []
    for word in lines[0].words {
      sizes.append(try word.integer(in: 16...largestUnitCount, for: "`units`"))
    }
    guard !sizes.isEmpty else {
      throw Diagnostic("missing-value", at: lines[0].place, "`units` needs a number")
    }
    return sizes
  }
  static let loads = Option<[Double]>.numbers(
    "loads", "Patterns per unit; the nearest whole number of patterns is stored.", in: 1e-4...1,
    default: [0.05, 0.08, 0.1, 0.12, 0.13, 0.14, 0.15, 0.2])
  static let noise = Option<Double>.number(
    "noise", "The share of a pattern's units that are flipped before recall.", in: 0...0.5,
    default: 0)
  static let seeds = Option<Int>.integer(
    "seeds", "Nets with fresh patterns for each row.", in: 2...10_000, default: 10)
  static let plot = Option<Bool>.flag("plot", "Whether a plot is drawn.", default: true)

  /// The most units of a net.
  private static let largestUnitCount = 10_000
  /// The most sizes, so that a plot can tell them and the theory apart.
  private static let sizeLimit = 4
  /// The most patterns times units, over all nets.
  private static let workLimit = 400_000_000.0

  package static let manual = Manual(
    "capacity", "How many random patterns a Hopfield net holds, beside the theory.",
    options: [units, loads, noise, seeds, plot],
    details: """
      Nets of Hebb's rule store P = αN random patterns; 8 of each net's patterns are recalled by \
      descent, from themselves or with noise. The error is the standard error from net to net. The \
      theory of Amit, Gutfreund and Sompolinsky (Physical Review Letters 55 (1985) 1530; Annals of \
      Physics 173 (1987) 30) holds for infinitely many units:

      $$
      \\sqrt{2\\alpha} = \\frac{\\mathrm{erf}(y)}{y} - \\frac{2}{\\sqrt\\pi} e^{-y^2}, \\qquad \
      m = \\mathrm{erf}(y)
      $$

      which has a solution up to NAME`.critical`, where the overlap m is NAME`.edge`. `wrong at \
      once` is the share of a pattern's units that would flip in the pattern itself; the theory \
      says $\\frac{1}{2} \\mathrm{erfc} \\sqrt{1/2\\alpha}$.
      """,
    example: """
      ```{capacity}
      :units: 200
      :loads: 0.05 0.1 0.2
      ```
      """)

  private let units: [Int]
  private let loads: [Double]
  private let noise: Double
  private let seeds: Int
  private let showsPlot: Bool

  package init(_ arguments: inout Arguments) {
    arguments.noArgument()
    arguments.noBody()
    arguments.drawsRandomNumbers()
    units = arguments.value(of: Self.units)
    loads = arguments.value(of: Self.loads)
    noise = arguments.value(of: Self.noise)
    seeds = arguments.value(of: Self.seeds)
    showsPlot = arguments.value(of: Self.plot)
    let place = arguments.call.place
    if units.count > Self.sizeLimit {
      arguments.report(
        Diagnostic(
          "limit-exceeded", at: place,
          "\(units.count) sizes cannot be told apart; the limit is \(Self.sizeLimit)"))
    }
    let squares = units.reduce(0) { $0 + Double($1) * Double($1) }
    let work = squares * loads.reduce(0, +) * Double(seeds)
    if work > Self.workLimit {
      let format = NumberFormat.scientific(1)
      arguments.report(
        Diagnostic(
          "limit-exceeded", at: place,
          "these nets store \(format.string(work)) values; the limit is "
            + "\(format.string(Self.workLimit))", hint: "smaller or fewer nets"))
    }
  }

  /// A row: a load of a size, measured.
  private struct Row {
    let unitCount: Int
    let patternCount: Int
    let record: RetrievalRecord
    let theory: HopfieldTheory
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let stream = RandomStream(seed: context.seed, name: context.identity)
    var rows: [Row] = []
    for unitCount in units {
      for load in loads {
        rows.append(row(load, unitCount, stream, threads: context.threads))
        context.tell(rows.count, of: units.count * loads.count, "rows")
      }
    }
    let critical = HopfieldTheory.critical
    let format = NumberFormat.fixed(4)
    let sentence =
      "\(seeds) nets for each row. With infinitely many units a pattern can be recalled up to a "
      + "load of \(format.string(critical.load)), where its overlap is still "
      + "\(format.string(critical.overlap))."
    var outputs: [Output] = [.sentence(sentence), .table(table(rows))]
    if showsPlot { outputs.append(.plot(plot(rows))) }
    return Outcome(
      outputs,
      value: TableResult(
        table(rows), figures: [("critical", critical.load), ("edge", critical.overlap)]))
  }

  private func row(
    _ load: Double, _ unitCount: Int, _ stream: RandomStream, threads: Int
  ) -> Row {
    let patternCount = max(1, Int((load * Double(unitCount)).rounded()))
    let study = RetrievalStudy(
      unitCount: unitCount, patternCount: patternCount,
      flipCount: Int((noise * Double(unitCount)).rounded()))
    let record = study.run(
      networks: seeds, stream: stream.substream(named: "\(unitCount) \(patternCount)"),
      threads: threads)
    return Row(
      unitCount: unitCount, patternCount: patternCount, record: record,
      theory: HopfieldTheory(load: Double(patternCount) / Double(unitCount)))
  }

  private func table(_ rows: [Row]) -> Table {
    let loads = rows.map(\.theory.load)
    return Table([
      Table.Column("N", .numbers(rows.map { Double($0.unitCount) }, .fixed(0)), isKey: true),
      Table.Column("P", .numbers(rows.map { Double($0.patternCount) }, .fixed(0)), isKey: true),
      Table.Column("load", .numbers(loads, .column(loads, decimals: 4))),
      Table.Column("overlap", .numbers(rows.map(\.record.overlap.mean), .fixed(4))),
      Table.Column(
        "error", heading: "± error", .numbers(rows.map(\.record.overlap.standardError), .fixed(4))),
      Table.Column("theory", .numbers(rows.map(\.theory.overlap), .fixed(4))),
      Table.Column(
        "recalled", heading: "recalled exactly",
        .numbers(rows.map(\.record.recalledShare.mean), .fixed(3))),
      Table.Column(
        "wrong", heading: "wrong at once",
        .numbers(rows.map(\.record.willingShare.mean), .fixed(5))),
      Table.Column(
        "wrongtheory", heading: "½ erfc √(1/2α)",
        .numbers(rows.map(\.theory.flipProbability), .fixed(5))),
    ])
  }

  private func plot(_ rows: [Row]) -> Plot {
    let critical = HopfieldTheory.critical
    let last = max(0.2, loads.max() ?? 0)
    let steps = (1...100).map { critical.load * Double($0) / 100 }
    let curve = steps.map { HopfieldTheory(load: $0).overlap ?? critical.overlap }
    var marks: [Mark] = [
      .line(Series("theory", x: steps, y: curve)),
      .rule(Rule(.vertical, at: critical.load, label: "critical load")),
    ]
    for unitCount in units {
      let own = rows.filter { $0.unitCount == unitCount }
      marks.append(
        .points(
          Series(
            "\(unitCount) units", x: own.map(\.theory.load), y: own.map(\.record.overlap.mean))))
    }
    return Plot(
      title: "Overlap after recall", x: Axis("load P/N", domain: 0...last),
      y: Axis("overlap with the pattern", domain: 0...1), marks: marks)
  }
}
