internal import Boltzmann
package import Notebooks
internal import Numerals
internal import Plots

/// `{mixing}`: where a sampler can get to at all, and how long it takes to forget its start.
package struct MixingDirective: Directive {
  static let orbit = Option<Size?>(
    "orbit", "ROWSxCOLUMNS",
    "Draws the longest orbit, the units of a state as the cells of such a rectangle.",
    default: nil
  ) { (lines) throws(Diagnostic) in try lines[0].rectangle() }
  static let plot = Option<Bool>.flag("plot", "Whether a plot is drawn.", default: true)

  struct Size: Sendable {
    let rows: Int
    let columns: Int
  }

  package static let manual = Manual(
    "mixing",
    "How a sampler mixes, exactly: closed classes and orbits, spectral gap and mixing time.",
    argument: "MACHINE",
    options: [
      KernelOptions.rule, KernelOptions.scan, MachineOptions.temperature, MachineOptions.given,
      orbit, plot,
    ],
    details: """
      One sweep is a matrix $K(s, t)$ of probabilities to go from state $s$ to state $t$. A closed \
      class is a set of states that no sweep leaves; a sampler with more than one of them is not \
      ergodic. On an orbit every sweep is certain. These are found for up to 20 units (16 with \
      replacement, 11 shuffled). For up to 12 units (9 shuffled) the second largest modulus of an \
      eigenvalue, $|\\lambda_2|$, says how fast the rest of the start dies out: the spectral gap is \
      $1 - |\\lambda_2|$, and after $-1/\\ln|\\lambda_2|$ sweeps a share $1/e$ is left. For up to 10 \
      units the table shows

      $$
      d(t) = \\max_s \\tfrac12 \\sum_{s'} |K^t(s, s') - p(s')|,
      $$

      the total variation after $t$ sweeps from the worst start; the mixing time is the first $t$ \
      with $d(t) \\le 1/4$. Source: Levin, Peres, Wilmer, Markov Chains and Mixing Times, 2009.
      """,
    example: """
      ```{machine} pair
      :visible: a b

      a -- b: 4
      a: -2
      b: -2
      ```

      ```{mixing} pair
      ```
      """)

  /// The most units for which d(t) is tabulated.
  private static let largestTabulatedUnitCount = 10

  private let machine: Text
  private let rule: KernelOptions.Rule
  private let scan: KernelOptions.Scan
  private let temperature: Double
  private let given: [Text]
  private let orbit: Size?
  private let showsPlot: Bool
  private let place: Place

  package init(_ arguments: inout Arguments) {
    machine = arguments.reference("a machine")
    rule = arguments.value(of: KernelOptions.rule)
    scan = arguments.value(of: KernelOptions.scan)
    temperature = arguments.value(of: MachineOptions.temperature)
    given = arguments.value(of: MachineOptions.given)
    orbit = arguments.value(of: Self.orbit)
    showsPlot = arguments.value(of: Self.plot)
    place = arguments.call.place
    arguments.noBody()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let value = try context.value(machine, as: MachineValue.self, "a machine")
    let clamp = try value.clamp(given)
    let kernel = SingleUnitKernel(
      value.machine, rule: rule.rule, clamp: clamp, scan: scan.scan)
    let (sweep, graph): (SweepTransition, StateGraph)
    do {
      sweep = try SweepTransition(kernel, temperature: temperature)
      graph = try StateGraph(sweep)
    } catch {
      throw Diagnostic(
        "limit-exceeded", at: place,
        "the sweeps of \(value.name.quoted) lead through \(error.states) states; the limit is "
          + error.limit, hint: "hold some units with `:given:`")
    }
    let classes = ClosedClasses(graph, stateCount: sweep.stateCount)
    var outputs: [Output] = [.sentence(classes.sentence)]
    if let table = classes.table { outputs.append(.table(table)) }
    if let orbit, let strip = try orbitStrip(graph, sweep.table, orbit, value) {
      outputs.append(.images(strip))
    }
    var figures = classes.figures
    guard let matrix = try? TransitionMatrix(sweep) else {
      return Outcome(
        outputs, value: TableResult(classes.table ?? Table([]), figures: figures))
    }
    let curve = MixingCurve(
      matrix, to: ExactDistribution(sweep.table, temperature: temperature).probabilities,
      tabulates: sweep.unitCount <= Self.largestTabulatedUnitCount)
    outputs += curve.outputs(plot: showsPlot)
    figures += curve.figures
    return Outcome(outputs, value: TableResult(curve.table, figures: figures))
  }

  /// The longest orbit, the lowest state first; nil where there is none.
  private func orbitStrip(
    _ graph: StateGraph, _ table: EnergyTable, _ size: Size, _ value: MachineValue
  ) throws(Diagnostic) -> ImageStrip? {
    guard size.rows * size.columns == value.machine.unitCount else {
      throw Diagnostic(
        "bad-shape", at: place,
        "\(value.machine.unitCount) units do not fill \(size.rows) x \(size.columns) cells")
    }
    let longest = graph.orbits.map(\.states.count).max()
    guard let orbit = graph.orbits.first(where: { $0.states.count == longest }) else {
      return nil
    }
    let images = orbit.states.prefix(8).enumerated().map { sweep, number in
      let state = table.state(at: number)
      return RasterImage(
        label: "\(sweep)", height: size.rows, width: size.columns,
        values: (0..<state.count).map { state[$0] ? 1 : 0 })
    }
    return ImageStrip(
      title: "An orbit of \(orbit.states.count) states, sweep by sweep", images: images,
      domain: 0...1)
  }
}

/// The closed classes of a kernel, counted by their size.
private struct ClosedClasses {
  let sentence: String
  /// Nil where there is one class alone.
  let table: Table?
  let figures: [(name: String, value: Double)]

  init(_ graph: StateGraph, stateCount: Int) {
    let sizes = graph.closedClasses.map(\.states.count)
    figures = [
      ("states", Double(stateCount)), ("classes", Double(sizes.count)),
      ("orbits", Double(graph.orbits.count)), ("largest", Double(sizes.max() ?? 0)),
      ("transient", Double(graph.transientCount)),
    ]
    let states = stateCount == 1 ? "The only state" : "All \(stateCount) states"
    if graph.isIrreducible {
      sentence = "\(states) can be reached from each of them: one closed class."
      table = nil
      return
    }
    let left =
      graph.transientCount == 0
      ? "" : " \(graph.transientCount) states are left and never returned to."
    let orbits =
      switch graph.orbits.count {
      case 0: ""
      case 1: " One of them is an orbit, on which every sweep is certain."
      default: " \(graph.orbits.count) of them are orbits, on which every sweep is certain."
      }
    sentence =
      "Not ergodic: the \(stateCount) states hold \(sizes.count) closed "
      + (sizes.count == 1 ? "class" : "classes") + ", which no sweep ever leaves." + orbits + left
    table = Self.table(graph)
  }

  private static func table(_ graph: StateGraph) -> Table {
    struct Kind: Hashable {
      let size: Int
      let isOrbit: Bool
    }
    var counts: [Kind: Int] = [:]
    for one in graph.closedClasses {
      counts[Kind(size: one.states.count, isOrbit: one.isOrbit), default: 0] += 1
    }
    let kinds = counts.sorted {
      ($0.key.size, $0.key.isOrbit ? 1 : 0) > ($1.key.size, $1.key.isOrbit ? 1 : 0)
    }
    return Table(
      [
        Table.Column(
          "size", heading: "states in the class",
          .numbers(kinds.map { Double($0.key.size) }, .fixed(0)), isKey: true),
        Table.Column(
          "kind", .text(kinds.map { $0.key.isOrbit ? "orbit" : "random" }), isKey: true),
        Table.Column(
          "count", heading: "classes", .numbers(kinds.map { Double($0.value) }, .fixed(0))),
      ], shownRows: 24)
  }
}

/// Spectral gap, mixing time and d(t).
private struct MixingCurve {
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

extension Text {
  /// `4x4`.
  fileprivate func rectangle() throws(Diagnostic) -> MixingDirective.Size {
    let sides = string.split(separator: "x", omittingEmptySubsequences: false).compactMap {
      Int($0)
    }
    guard sides.count == 2, sides.allSatisfy({ (1...64).contains($0) }) else {
      throw Diagnostic(
        "bad-shape", at: place, "\(string.quoted) is not a rectangle", hint: "for example `4x4`")
    }
    return MixingDirective.Size(rows: sides[0], columns: sides[1])
  }
}
