internal import Boltzmann
package import Notebooks
internal import Numerals
internal import Plots

/// `{square-lattice}`: the Ising model on a square lattice in closed form.
package struct SquareLatticeDirective: Directive {
  enum Quantity: String, CaseIterable, Sendable {
    case freeEnergy = "F"
    case meanEnergy = "U"
    case entropy = "S"
    case heatCapacity = "C"
    case magnetization = "m"
    case logZ = "lnZ"

    var meaning: String {
      switch self {
      case .freeEnergy: "F, free energy per unit"
      case .meanEnergy: "U, mean energy per unit"
      case .entropy: "S, entropy per unit (nats)"
      case .heatCapacity: "C, heat capacity per unit"
      case .magnetization: "m, spontaneous magnetisation"
      case .logZ: "ln Z per unit"
      }
    }
  }

  /// A torus, or the infinite lattice.
  enum Size: Sendable, Hashable {
    case torus(rows: Int, columns: Int)
    case infinite

    var key: String {
      switch self {
      case .torus(let rows, let columns): "torus\(rows)x\(columns)"
      case .infinite: "infinite"
      }
    }

    var name: String {
      switch self {
      case .torus(let rows, let columns): "\(rows) x \(columns)"
      case .infinite: "infinite"
      }
    }
  }

  static let quantity = Option<Quantity>.choice(
    "quantity", "What is shown, per unit.", default: .heatCapacity)
  static let sizes = Option<[Size]>(
    "sizes", "ROWSxCOLUMNS … infinite", "The lattices that are compared, one column each.",
    default: [.infinite], shown: "infinite"
  ) { (lines) throws(Diagnostic) in
    var sizes: [Size] = []
    for word in lines[0].words {
      let size = try word.latticeSize()
      if sizes.contains(size) {
        throw Diagnostic(
          "duplicate-name", at: word.place, "\(word.string.quoted) stands twice")
      }
      sizes.append(size)
    }
    return sizes
  }
  static let coupling = Option<Double>.number(
    "coupling", "J, the reward for two neighbours that agree.", in: 1e-3...1e3, default: 1)
  static let plot = Option<Bool>.flag("plot", "Whether a plot is drawn.", default: true)

  package static let manual = Manual(
    "square-lattice",
    "The Ising model on a square lattice in closed form: infinite (Onsager) or a torus (Kaufman).",
    options: [quantity, sizes, coupling] + TemperatureOptions.all + [plot],
    details: """
      Units are -1 or +1, $E = -J \\sum \\sigma_i \\sigma_j$ over neighbours, no field. The infinite \
      lattice magnetises itself below $T_c = 2J/\\ln(1+\\sqrt 2)$, where its heat capacity \
      diverges; a torus has no such point. Only the infinite lattice has a magnetisation `m`. \
      Where a side of a torus is 2, both connections to the one neighbour count. `NAME.Tc` is the \
      critical temperature. Sources: Onsager, Physical Review 65 (1944) 117; Kaufman, Physical \
      Review 76 (1949) 1232; Yang, Physical Review 85 (1952) 808.
      """,
    example: """
      ```{square-lattice}
      :quantity: U
      :sizes: 4x4 infinite
      :temperatures: 1.5 2 2.269185 3
      ```
      """)

  /// T below J/100 looks like T = 0.
  private static let smallestReducedTemperature = 0.01

  private let quantity: Quantity
  private let sizes: [Size]
  private let coupling: Double
  private let temperatures: TemperatureOptions
  private let showsPlot: Bool

  package init(_ arguments: inout Arguments) {
    arguments.noArgument()
    arguments.noBody()
    quantity = arguments.value(of: Self.quantity)
    sizes = arguments.value(of: Self.sizes)
    coupling = arguments.value(of: Self.coupling)
    temperatures = TemperatureOptions(&arguments)
    showsPlot = arguments.value(of: Self.plot)
    let place = arguments.call.place
    if quantity == .magnetization, sizes != [.infinite] {
      arguments.report(
        Diagnostic(
          "not-a-choice", at: place, "only the infinite lattice has a magnetisation `m`",
          hint: "by symmetry it is 0 on every torus"))
    }
    if let lowest = temperatures.values.min(),
      lowest < Self.smallestReducedTemperature * coupling
    {
      arguments.report(
        Diagnostic(
          "out-of-range", at: place, "the closed forms are computed for T from J/100 on"))
    }
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let lattice = IsingSquareLattice(coupling: coupling)
    var columns = [
      Table.Column(
        "T", .numbers(temperatures.values, .column(temperatures.values, decimals: 6)),
        isKey: true)
    ]
    var marks: [Mark] = []
    for size in sizes {
      let values = temperatures.values.map { self.value(size, lattice, $0) }
      columns.append(Table.Column(size.key, heading: size.name, .numbers(values, .fixed(6))))
      marks.append(.line(Series(size.name, x: temperatures.values, y: values)))
    }
    marks.append(.rule(Rule(.vertical, at: lattice.criticalTemperature, label: "T_c")))
    let table = Table(columns, shownRows: temperatures.rows)
    var outputs: [Output] = temperatures.rows == 0 ? [] : [.table(table)]
    if showsPlot {
      outputs.append(
        .plot(
          Plot(
            title: quantity.meaning, x: Axis("T (energy units)"), y: Axis(quantity.rawValue),
            marks: marks)))
    }
    return Outcome(
      outputs, value: TableResult(table, figures: [("Tc", lattice.criticalTemperature)]))
  }

  private func value(_ size: Size, _ lattice: IsingSquareLattice, _ temperature: Double) -> Double {
    if quantity == .magnetization {
      return lattice.spontaneousMagnetization(temperature: temperature)
    }
    let (at, units): (Thermodynamics, Double)
    switch size {
    case .infinite: (at, units) = (lattice.thermodynamicsPerUnit(temperature: temperature), 1)
    case .torus(let rows, let columns):
      at = lattice.thermodynamics(rows: rows, columns: columns, temperature: temperature)
      units = Double(rows * columns)
    }
    switch quantity {
    case .freeEnergy: return at.freeEnergy / units
    case .meanEnergy: return at.meanEnergy / units
    case .entropy: return at.entropy / units
    case .heatCapacity: return at.heatCapacity / units
    case .logZ: return 0 - at.freeEnergy / temperature / units
    case .magnetization: return 0
    }
  }
}

extension Text {
  /// The longest side of a torus.
  private static let largestSide = 1024

  /// `infinite`, or `8x8`.
  fileprivate func latticeSize() throws(Diagnostic) -> SquareLatticeDirective.Size {
    if string == "infinite" { return .infinite }
    let sides = string.split(separator: "x", omittingEmptySubsequences: false).compactMap {
      Int($0)
    }
    guard sides.count == 2, sides.allSatisfy({ (2...Self.largestSide).contains($0) }),
      string == "\(sides[0])x\(sides[1])"
    else {
      throw Diagnostic(
        "bad-shape", at: place, "\(string.quoted) is not the size of a lattice",
        hint: "`infinite`, or the sides of a torus from 2 to \(Self.largestSide), such as `8x8`")
    }
    return .torus(rows: sides[0], columns: sides[1])
  }
}
