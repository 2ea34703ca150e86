internal import Boltzmann
package import Notebooks
internal import Numerals

/// `{ising}`: lattices and spin glasses as machines.
package struct Ising: Directive {
  enum Shape: Sendable {
    case chain(Int)
    case lattice(Int, Int)

    var unitCount: Int {
      switch self {
      case .chain(let count): count
      case .lattice(let rows, let columns): rows * columns
      }
    }
  }

  enum Couplings: String, CaseIterable, Sendable {
    case equal, sk, normal
    case plusMinus = "plus-minus"
  }

  /// The most units of a machine, and the most whose pairs are all coupled.
  static let largestUnitCount = 1 << 18
  static let largestFullCount = 2048

  static let size = Option<Shape?>(
    "size", "ROWSxCOLUMNS or N", "The shape of a lattice, or the length of a chain.", default: nil
  ) { (lines) throws(Diagnostic) in try lines[0].latticeShape() }
  static let boundary = Option<SquareLattice.Boundary>.choice(
    "boundary", "Whether the edges are joined to a torus (a chain to a ring) or free.",
    default: .periodic)
  static let couplings = Option<Couplings>.choice(
    "couplings", "J everywhere; every pair at random; normal of deviation J; or +J and -J.",
    default: .equal)
  static let coupling = Option<Double>.number(
    "coupling", "J; above 0 neighbours want to be equal.", in: -1e6...1e6, default: 1)
  static let negative = Option<Double>.number(
    "negative", "The share of -J among `plus-minus` couplings.", in: 0...1, default: 0.5)
  static let field = Option<Double>.number(
    "field", "The field h of every unit.", in: -1e6...1e6, default: 0)

  package static let manual = Manual(
    "ising", "Ising models as machines: lattices, chains and spin glasses of units -1 and +1.",
    argument: "NAME",
    options: [size, boundary, couplings, coupling, negative, field, CommonOptions.save],
    details: """
      $$
      E(\\sigma) = -\\sum_{\\langle ij \\rangle} J_{ij} \\sigma_i \\sigma_j - h \\sum_i \\sigma_i
      $$

      Each unit of a lattice is coupled with its neighbours; `r2c3` is the unit in row 2, column 3. \
      The units of a chain are `s1`, `s2`, … With `:couplings: sk` (Sherrington and Kirkpatrick 1975) \
      each of N units is coupled with all others, normally with deviation $J/\\sqrt{N}$; `normal` \
      (Edwards and Anderson 1975) and `plus-minus` draw the couplings of a lattice. What is drawn \
      depends on the notebook's seed and NAME alone. The infinite square lattice has its \
      transition at $T_c = 2J / \\ln(1 + \\sqrt 2) = 2.269 J$. `:sum: all` sums over all units.
      """,
    example: """
      ```{ising} torus
      :size: 4x4
      ```

      ```{ising} glass
      :size: 6
      :couplings: sk
      ```
      """)

  private let name: String
  private let shape: Shape
  private let boundary: SquareLattice.Boundary
  private let couplings: Couplings
  private let coupling: Double
  private let negative: Double
  private let field: Double
  private let place: Place

  package init(_ arguments: inout Arguments) {
    name = arguments.definedName()
    shape = arguments.required(Self.size) ?? .chain(1)
    boundary = arguments.value(of: Self.boundary)
    couplings = arguments.value(of: Self.couplings)
    coupling = arguments.value(of: Self.coupling)
    negative = arguments.value(of: Self.negative)
    field = arguments.value(of: Self.field)
    place = arguments.call.place
    arguments.noBody()
    if couplings != .equal { arguments.drawsRandomNumbers() }
    if couplings != .plusMinus, arguments.gives(Self.negative) {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: place, "`negative` is for `plus-minus` couplings"))
    }
    if couplings == .sk {
      for option: any AnyOption in [Self.boundary] where arguments.gives(option) {
        arguments.report(
          Diagnostic(
            "unexpected-option", at: place, "where every pair is coupled there is no boundary"))
      }
      if case .lattice = shape {
        arguments.report(
          Diagnostic(
            "bad-shape", at: place, "`sk` couples every pair of N units, not those of a lattice",
            hint: "for example `:size: 64`"))
      }
    }
    let limit = couplings == .sk ? Self.largestFullCount : Self.largestUnitCount
    if shape.unitCount > limit {
      arguments.report(
        Diagnostic(
          "limit-exceeded", at: place,
          "\(shape.unitCount) units are too many; the limit is \(limit)"))
    }
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let stream = RandomStream(seed: context.seed, name: context.identity)
    let value: MachineValue
    do {
      value = try MachineValue(name: name, try model(stream), unitNames: unitNames)
    } catch {
      throw Diagnostic(
        "not-finite", at: place, "the couplings of \(name.quoted) are too large",
        hint: "energies must be finite")
    }
    let edges = IsingModel(value.machine).couplings.edges
    var outputs: [Output] = [.sentence(summary(edges))]
    if couplings == .sk || couplings == .normal {
      outputs.append(ParameterTables.list(value, edges, rows: 6))
    }
    return Outcome(outputs, value: value)
  }

  private var lattice: SquareLattice {
    switch shape {
    case .chain(let count): SquareLattice(rows: 1, columns: count, boundary: boundary)
    case .lattice(let rows, let columns):
      SquareLattice(rows: rows, columns: columns, boundary: boundary)
    }
  }

  private func model(_ stream: RandomStream) throws(ModelError) -> IsingModel {
    switch couplings {
    case .equal: try .lattice(lattice, coupling: coupling, field: field)
    case .plusMinus:
      try .plusMinusJ(
        on: lattice, coupling: coupling, negativeShare: negative, field: field, stream: stream)
    case .normal:
      try .edwardsAnderson(on: lattice, coupling: coupling, field: field, stream: stream)
    case .sk:
      try .sherringtonKirkpatrick(
        unitCount: shape.unitCount, coupling: coupling, field: field, stream: stream)
    }
  }

  private var unitNames: [String] {
    switch shape {
    case .chain(let count): (1...count).map { "s\($0)" }
    case .lattice(let rows, let columns):
      (1...rows).flatMap { row in (1...columns).map { "r\(row)c\($0)" } }
    }
  }

  private func summary(_ edges: [Boltzmann.Couplings.Edge]) -> String {
    let format = NumberFormat.significant(6)
    let ends = edges.count == 1 ? "1 connection" : "\(edges.count) connections"
    let strength =
      switch couplings {
      case .equal: "J = \(format.string(coupling))"
      case .plusMinus: "\(edges.count { $0.weight < 0 }) of them below 0"
      case .normal: "normal with deviation \(format.string(coupling))"
      case .sk:
        "normal with deviation \(format.string(coupling / Double(shape.unitCount).squareRoot()))"
      }
    let h = field == 0 ? "no field" : "the field \(format.string(field)) at each unit"
    return "\(form), each -1 or +1; \(ends), \(strength); \(h)."
  }

  private var form: String {
    switch (shape, couplings, boundary) {
    case (.chain(let count), .sk, _): "\(count) units"
    case (.chain(let count), _, .periodic): "A ring of \(count) units"
    case (.chain(let count), _, .free): "A chain of \(count) units"
    case (.lattice(let rows, let columns), _, .periodic):
      "A torus of \(rows) x \(columns) units"
    case (.lattice(let rows, let columns), _, .free):
      "A lattice of \(rows) x \(columns) units with free edges"
    }
  }
}

extension Text {
  /// `4x6` as rows and columns, `24` as a chain.
  fileprivate func latticeShape() throws(Diagnostic) -> Ising.Shape {
    let parts = string.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    let numbers = parts.compactMap(\.self).filter { (1...Ising.largestUnitCount).contains($0) }
    guard numbers.count == parts.count else { throw badShape }
    switch numbers.count {
    case 1: return .chain(numbers[0])
    case 2: return .lattice(numbers[0], numbers[1])
    default: throw badShape
    }
  }

  private var badShape: Diagnostic {
    Diagnostic(
      "bad-shape", at: place, "\(string.quoted) is not the size of a lattice",
      hint: "for example `4x4`, or `16` for a chain")
  }
}
