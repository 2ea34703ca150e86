internal import Boltzmann
package import Notebooks
internal import Numerals

/// `{machine}`: a general Boltzmann machine with named units.
package struct Machine: Directive {
  static let visible = Option<[Text]>.words(
    "visible", "names", "The visible units, in the order of the tables' columns.")
  static let hidden = Option<[Text]>.words(
    "hidden", "names", "The hidden units; the columns go on with them.")
  static let units = Option<MachineValue.Units>.choice(
    "units", "The values of a unit: `binary` is 0 and 1, `spin` is -1 and +1.", default: .binary)
  static let from = Option<Text?>.text(
    "from", "a machine or an RBM", "Takes the weights of that model instead of a body.")
  static let file = Option<Text?>.text(
    "file", "a file", "Reads edges from a file in the notebook's folder instead of a body.")
  static let scale = Option<Double>.number(
    "scale", "Multiplies all weights and biases.", in: -1e6...1e6, default: 1)

  package static let manual = Manual(
    "machine",
    "A Boltzmann machine: named visible and hidden units, symmetric weights, biases.",
    argument: "NAME",
    body: "Edges `a -- b: weight` and biases `a: bias`, one a line; or the full weight matrix, "
      + "one row a line, optionally followed by biases",
    options: [visible, hidden, units, from, file, scale, CommonOptions.save],
    details: """
      The energy of a state is

      $$
      E(s) = -\\sum_{i<j} w_{ij} s_i s_j - \\sum_i b_i s_i
      $$

      and $p(s) = \\exp(-E(s)/T)/Z$. A matrix must be symmetric with a zero diagonal. With \
      `:units: spin` weights are couplings and biases are fields of units that are -1 or +1; \
      `:from:` another machine with other units converts it exactly, and the constant by which \
      the energies differ is stated. An RBM, trained or not, becomes a machine of units `v1`, …, `h1`, …

      A file has a line `i j w` for each edge, in which units are numbers, and `i i b` for a bias; \
      its units are called `s1`, `s2`, …, all of them visible. A first line with the number of \
      units and of edges, as in the maximum-cut instances of the G-set, may stand above. `#` \
      begins a comment. Formulas ask a machine for `E(NAME, a=1, …)`, `Z(NAME | a=1)`, `lnZ`, \
      `p(NAME, a=1 | b=0, T=2)`, the free energy `F(NAME, a=1)` of the states with a=1, the mean \
      energy `U(NAME | T=2)` and `entropy(NAME)`.

      A unit may be called like a column that a table of states adds, such as `p`. Then `TABLE.p` \
      is the probability, and the unit's own column is `TABLE.p_`.
      """,
    example: """
      ```{machine} pair
      :visible: a b

      a -- b: 1.5
      a: -0.5
      ```
      """)

  private let name: String
  private let unitNames: [String]
  private let visibleCount: Int
  private let units: MachineValue.Units
  private let parameters: MachineParameters
  private let source: Text?
  private let file: Text?
  private let scale: Double
  private let place: Place

  package init(_ arguments: inout Arguments) {
    name = arguments.definedName()
    let visible = arguments.value(of: Self.visible)
    let hidden = arguments.value(of: Self.hidden)
    units = arguments.value(of: Self.units)
    source = arguments.value(of: Self.from)
    file = arguments.value(of: Self.file)
    scale = arguments.value(of: Self.scale)
    place = arguments.call.place
    visibleCount = visible.count
    unitNames = (visible + hidden).map(\.string)
    if let other = source ?? file {
      if let source { _ = arguments.references([source]) }
      arguments.noBody()
      if let source, let file {
        arguments.report(
          Diagnostic(
            "unexpected-option", at: file.place,
            "the weights come from \(source.string.quoted) already",
            hint: "leave `:from:` or `:file:` out"))
      }
      for name in visible + hidden {
        arguments.report(
          Diagnostic(
            "unexpected-option", at: name.place, "the units come from \(other.string.quoted)",
            hint: "leave `:visible:` and `:hidden:` out"))
      }
      parameters = MachineParameters()
      return
    }
    Self.checkNames(visible + hidden, &arguments)
    let body = arguments.body("edges such as `v1 -- h1: 2`, or a weight matrix")
    parameters = MachineParameters(body, unitNames: unitNames, &arguments)
  }

  private static func checkNames(_ names: [Text], _ arguments: inout Arguments) {
    if names.isEmpty {
      arguments.report(
        Diagnostic(
          "missing-option", at: arguments.call.place, "a machine needs units",
          hint: "name them: `:visible: v1 v2` and `:hidden: h1`"))
    }
    arguments.checkUnitNames(names)
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let (value, sourceConstant) = try machine(in: context)
    return Outcome(
      [.sentence(summary(of: value) + constant(of: value, less: sourceConstant))]
        + ParameterTables(value).outputs, value: value)
  }

  /// The machine, and the constant that its energies would have in the units of its source.
  private func machine(
    in context: Context
  ) throws(Diagnostic) -> (value: MachineValue, sourceConstant: Double) {
    do {
      if let source {
        let other = try context.machine(source, name: name)
        let value = MachineValue(
          name: name, machine: try other.machine.scaled(by: scale), unitNames: other.unitNames,
          units: units)
        return (value, scale * other.constant)
      }
      if let file {
        let list = try EdgeList(at: file, in: context.folder)
        let value = try machine(
          list.edges, list.biases, unitNames: list.unitNames, visibleCount: list.unitCount)
        return (value, 0)
      }
      let value = try machine(
        parameters.edges.map { Couplings.Edge($0.first, $0.second, $0.weight) },
        parameters.biases, unitNames: unitNames, visibleCount: visibleCount)
      return (value, 0)
    } catch let diagnostic as Diagnostic {
      throw diagnostic
    } catch {
      throw tooLarge
    }
  }

  private func machine(
    _ edges: [Couplings.Edge], _ biases: [Double], unitNames: [String], visibleCount: Int
  ) throws(ModelError) -> MachineValue {
    let couplings = try Couplings(
      unitCount: unitNames.count,
      edges: edges.map { Couplings.Edge($0.first, $0.second, $0.weight * scale) })
    let biases = biases.map { $0 * scale }
    guard units == .spin else {
      let machine = try BoltzmannMachine(
        couplings: couplings, biases: biases, visibleCount: visibleCount)
      return MachineValue(name: name, machine: machine, unitNames: unitNames)
    }
    return try MachineValue(
      name: name, IsingModel(couplings: couplings, fields: biases), unitNames: unitNames,
      visibleCount: visibleCount)
  }

  /// All that can still be wrong with weights and biases that were read one by one.
  private var tooLarge: Diagnostic {
    Diagnostic(
      "not-finite", at: place, "the weights and biases of \(name.quoted) are too large",
      hint: "energies must be finite" + (scale == 1 ? "" : "; `:scale:` multiplies the weights"))
  }

  private func summary(of value: MachineValue) -> String {
    let machine = value.machine
    let hidden = machine.unitCount - machine.visibleCount
    let edges = machine.edges.count
    let units = value.units == .binary ? "0 or 1" : "-1 or +1"
    return
      "\(counted(machine.unitCount, "unit")) (\(machine.visibleCount) visible, \(hidden) hidden), "
      + "each \(units); \(counted(edges, "connection"))."
  }

  /// What the units add to every energy, which no probability notices.
  private func constant(of value: MachineValue, less sourceConstant: Double) -> String {
    let isBinary = value.units == .binary
    let constant = isBinary ? 0 - sourceConstant : value.constant
    guard constant != 0 else { return "" }
    let size = NumberFormat.significant(6).string(abs(constant))
    return " Each energy is \(size) \(constant > 0 ? "higher" : "lower") than with units "
      + "that are \(isBinary ? "-1 or +1" : "0 or 1")."
  }
}
