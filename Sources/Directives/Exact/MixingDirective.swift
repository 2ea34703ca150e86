internal import Boltzmann
package import Notebooks
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
    options: KernelOptions.all + [
      MachineOptions.temperature, MachineOptions.given, orbit, plot,
    ],
    details: """
      One sweep is a matrix $K(s, t)$ of probabilities to go from state $s$ to state $t$. A closed \
      class is a set of states that no sweep leaves; a sampler with more than one of them is not \
      ergodic. On an orbit every sweep is certain. These are found for up to 20 units (16 with \
      replacement, 11 shuffled); what is merely very unlikely, as at low temperatures, counts as \
      possible. For up to 12 units (9 shuffled) the second largest modulus of an \
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
  private let kernel: KernelOptions
  private let temperature: Double
  private let given: [Text]
  private let orbit: Size?
  private let showsPlot: Bool
  private let place: Place

  package init(_ arguments: inout Arguments) {
    machine = arguments.reference("a machine")
    kernel = KernelOptions(&arguments)
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
    let (sweep, graph): (SweepTransition, StateGraph)
    do {
      sweep = try SweepTransition(
        kernel.kernel(value.machine, clamp: clamp), temperature: temperature)
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
      matrix, isForgetful: graph.isForgetful,
      to: ExactDistribution(sweep.table, temperature: temperature).probabilities,
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
