internal import Boltzmann
package import Notebooks
internal import Numerals

/// `{hopfield}`: a Hopfield net as a machine of units -1 and +1.
package struct Hopfield: Directive {
  enum Rule: String, CaseIterable, Sendable {
    case hebb
    case pseudoInverse = "pseudo-inverse"
  }

  /// The most units of a net, and the most patterns.
  static let largestUnitCount = 2048
  static let largestPatternCount = 1024

  static let patterns = Option<Text?>.text(
    "patterns", "a dataset", "Stores its rows; 0 becomes -1.")
  static let random = Option<Int?>.integer(
    "random", "Stores this many random patterns.", in: 1...largestPatternCount)
  static let units = Option<Int?>.integer(
    "units", "The number of units, for random patterns.", in: 1...largestUnitCount)
  static let rule = Option<Rule>.choice(
    "rule", "How patterns become couplings.", default: .hebb)

  package static let manual = Manual(
    "hopfield", "A Hopfield net: couplings that make patterns valleys of the energy.",
    argument: "NAME", options: [patterns, random, units, rule, CommonOptions.save],
    details: """
      $$
      E(\\sigma) = -\\frac{1}{2} \\sum_{i \\ne j} J_{ij} \\sigma_i \\sigma_j
      $$

      with units -1 and +1 and no fields. Hebb's rule is $J_{ij} = \\frac{1}{N} \\sum_\\mu \
      \\xi_i^\\mu \\xi_j^\\mu$ for P patterns of N units. `pseudo-inverse` takes the projection on \
      all patterns instead, which keeps every one of them, however alike they are; patterns that \
      others add up to change nothing. No unit is coupled with itself. The *load* is P/N; a pattern \
      is a *fixed point* if no unit would change in it. A net is a machine: `{sample}`, `{anneal}` \
      and all others take it. NAME`.patterns`, `.units`, `.load`, `.fixed` (the fixed points among \
      the patterns) and `.alike` (the largest overlap of two patterns) are its figures. Sources: \
      Hopfield, PNAS 79 (1982) 2554; Personnaz, Guyon, Dreyfus, J. Physique Lettres 46 (1985) 359.
      """,
    example: """
      ```{hopfield} net
      :random: 3
      :units: 12
      ```
      """)

  private let name: String
  private let patterns: Text?
  private let random: Int?
  private let units: Int?
  private let rule: HopfieldNetwork.Rule
  private let place: Place

  package init(_ arguments: inout Arguments) {
    name = arguments.definedName()
    patterns = arguments.value(of: Self.patterns)
    random = arguments.value(of: Self.random)
    units = random == nil ? nil : arguments.required(Self.units)
    rule = arguments.value(of: Self.rule) == .hebb ? .hebb : .pseudoInverse
    place = arguments.call.place
    arguments.noBody()
    if let patterns { _ = arguments.references([patterns]) }
    if random != nil { arguments.drawsRandomNumbers() }
    let (isGiven, isRandom) = (arguments.gives(Self.patterns), arguments.gives(Self.random))
    if !isGiven, !isRandom {
      arguments.report(
        Diagnostic(
          "missing-option", at: place, "`hopfield` needs either `:patterns:` or `:random:`"))
    }
    if isGiven, isRandom {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: place, "`patterns` and `random` cannot stand together"))
    }
    if !isRandom, arguments.gives(Self.units) {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: place, "`units` is for random patterns",
          hint: "the rows of a dataset have as many units as values"))
    }
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let data = try patterns.map { (name) throws(Diagnostic) in
      try context.value(name, as: DatasetValue.self, "a dataset").dataset
    }
    let network = try network(data, context)
    do {
      let memory = try Memory(network, labels: data?.labels, imageShape: data?.imageShape)
      let value = try MachineValue(
        name: name, try network.isingModel(),
        unitNames: unitNames(network.unitCount, data?.imageShape), memory: memory)
      return Outcome([.sentence(memory.summary)], value: value)
    } catch { throw Diagnostic("bad-data", at: place, "\(error)") }
  }

  private func network(
    _ data: Dataset?, _ context: Context
  ) throws(Diagnostic) -> HopfieldNetwork {
    let at = patterns?.place ?? place
    for (count, limit, what) in [
      (data?.unitCount ?? 0, Self.largestUnitCount, "units"),
      (data?.count ?? 0, Self.largestPatternCount, "patterns"),
    ] where count > limit {
      throw Diagnostic(
        "limit-exceeded", at: at, "\(count) \(what) are too many; the limit is \(limit)")
    }
    do {
      if let data { return try HopfieldNetwork(data, rule: rule) }
      let stream = RandomStream(seed: context.seed, name: context.identity)
      return try HopfieldNetwork(
        patterns: HopfieldNetwork.randomPatterns(
          random ?? 1, unitCount: units ?? 1, stream: stream), rule: rule)
    } catch { throw error.diagnostic(at: at) }
  }

  private func unitNames(_ count: Int, _ shape: Dataset.ImageShape?) -> [String] {
    guard let shape else { return (1...count).map { "s\($0)" } }
    return (1...shape.height).flatMap { row in (1...shape.width).map { "r\(row)c\($0)" } }
  }
}

extension HopfieldError {
  fileprivate func diagnostic(at place: Place) -> Diagnostic {
    switch self {
    case .noPatterns:
      Diagnostic("no-rows", at: place, "there are no patterns")
    case .notBinary(let row, let unit, let value):
      Diagnostic(
        "bad-data", at: place,
        "value \(unit + 1) of row \(row + 1) is \(NumberFormat.significant(6).string(value)); a pattern has "
          + "values 0 and 1, or -1 and 1", hint: "`:threshold:` of the dataset makes them so")
    case .everyStateStored(let unitCount):
      Diagnostic(
        "bad-data", at: place,
        "\(unitCount) independent patterns of \(unitCount) units leave no couplings",
        hint: "fewer patterns, or `:rule: hebb`")
    }
  }
}
