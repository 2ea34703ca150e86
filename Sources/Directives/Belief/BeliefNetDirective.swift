internal import Boltzmann
package import Notebooks
internal import Numerals

/// `{belief-net}`: a directed acyclic graph of named units.
package struct BeliefNetDirective: Directive {
  static let hidden = Option<[Text]>.words(
    "hidden", "names", "The hidden units, the causes; they come first.")
  static let visible = Option<[Text]>.words(
    "visible", "names", "The visible units, the effects.")
  static let layers = Option<[Text]>.words(
    "layers", "numbers of units", "Draws a layered sigmoid net instead: the last layer is visible.")
  static let weights = ParameterOption.option(
    "weights", "The weights of a layered net.", default: .normal(mean: 0, standardDeviation: 1),
    shown: "normal 0 1")
  static let biases = ParameterOption.option(
    "biases", "The biases of a layered net.", shown: "0")

  package static let manual = Manual(
    "belief-net",
    "A belief net: arrows from causes to effects, without circles, and what they make probable.",
    argument: "NAME",
    body: "Biases `a: bias`, arrows `a -> b: weight` and probabilities `p(b | a=1) = 0.5`, one a "
      + "line",
    options: [hidden, visible, layers, weights, biases, CommonOptions.save],
    details: """
      $$
      p(s) = \\prod_i p(s_i \\mid \\text{parents of } i)
      $$

      A unit with a bias and arrows is on with probability $\\sigma(b + \\sum_j w_j s_j)$, the sum \
      over its parents. A unit with a table has one probability of being on for each state of its \
      parents: `p(b | a=1, c=0) = 0.5`, or several at once, `p(b | a, c) = 0.1 0.2 0.3 0.4` for the \
      states 00, 01, 10 and 11 of a and c. Expressions ask a net for \
      `p(NAME, a=1 | b=1, c=0)`, exactly.

      With `:layers: 4 6` every unit `a1`, …, `a4` is a parent of every unit `b1`, …, `b6`; weights \
      and biases are drawn. Source of sigmoid belief nets: Neal, Artificial Intelligence 56 (1992) \
      71.
      """,
    example: """
      ```{belief-net} lawn
      :hidden: rain sprinkler
      :visible: wet

      p(rain) = 0.2
      p(sprinkler | rain) = 0.4 0.01
      wet: -5
      rain -> wet: 8
      sprinkler -> wet: 7
      ```

      Rain given a wet lawn: {eval}`p(lawn, rain=1 | wet=1):.4f`.
      """)

  static let unitLimit = 4096
  static let arrowLimit = 1_000_000

  private let name: String
  private let unitNames: [String]
  private let hiddenCount: Int
  private let body: BeliefNetBody?
  private let layers: [Int]
  private let weights: ParameterDistribution
  private let biases: ParameterDistribution
  private let place: Place

  package init(_ arguments: inout Arguments) {
    name = arguments.definedName()
    place = arguments.call.place
    let hidden = arguments.value(of: Self.hidden)
    let visible = arguments.value(of: Self.visible)
    let layers = arguments.value(of: Self.layers)
    weights = arguments.value(of: Self.weights)
    biases = arguments.value(of: Self.biases)
    guard layers.isEmpty else {
      arguments.drawsRandomNumbers()
      arguments.noBody()
      for name in hidden + visible {
        arguments.report(
          Diagnostic(
            "unexpected-option", at: name.place, "the units come from `:layers:`",
            hint: "leave `:hidden:` and `:visible:` out"))
      }
      self.layers = Self.sizes(layers, &arguments)
      unitNames = Self.names(self.layers)
      hiddenCount = self.layers.dropLast().reduce(0, +)
      body = nil
      return
    }
    for option in [Self.weights, Self.biases] where arguments.gives(option) {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: place, "only a net of `:layers:` takes `:\(option.name):`"))
    }
    Self.checkNames(hidden + visible, &arguments)
    self.layers = []
    unitNames = (hidden + visible).map(\.string)
    hiddenCount = hidden.count
    body = BeliefNetBody(
      arguments.body("a bias `a: 1`, an arrow `a -> b: 2`, or a probability `p(a) = 0.1`"),
      unitNames: unitNames, &arguments)
  }

  private static func sizes(_ words: [Text], _ arguments: inout Arguments) -> [Int] {
    let sizes = words.compactMap { word in
      arguments.attempt { () throws(Diagnostic) in
        try word.integer(in: 1...unitLimit, for: "layers".quoted)
      }
    }
    let arrows = zip(sizes, sizes.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    if sizes.reduce(0, +) > unitLimit || arrows > arrowLimit || sizes.count > 26 {
      arguments.report(
        Diagnostic(
          "limit-exceeded", at: words[0].place,
          "a net has at most \(unitLimit) units, \(arrowLimit) arrows and 26 layers"))
      return []
    }
    return sizes
  }

  /// `a1` … for the first layer, `b1` … for the next.
  private static func names(_ sizes: [Int]) -> [String] {
    sizes.enumerated().flatMap { layer, size in
      let letter = String(Unicode.Scalar(UInt8(ascii: "a") + UInt8(layer)))
      return (0..<size).map { "\(letter)\($0 + 1)" }
    }
  }

  private static func checkNames(_ names: [Text], _ arguments: inout Arguments) {
    if names.isEmpty {
      arguments.report(
        Diagnostic(
          "missing-option", at: arguments.call.place, "a belief net needs units",
          hint: "name them: `:hidden: rain` and `:visible: wet`"))
    }
    if names.count > unitLimit {
      arguments.report(
        Diagnostic(
          "limit-exceeded", at: names[0].place, "a net has at most \(unitLimit) units"))
    }
    arguments.checkUnitNames(names)
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let net: BeliefNet
    do {
      net =
        try body.map { try BeliefNet($0.units) }
        ?? BeliefNet.layered(
          layers, weights: weights, biases: biases,
          stream: RandomStream(seed: context.seed, name: context.identity))
    } catch {
      throw Diagnostic("not-finite", at: place, "the net cannot be made: \(error)")
    }
    let value = BeliefNetValue(
      name: name, net: net, unitNames: unitNames, hiddenCount: hiddenCount)
    return Outcome([.sentence(summary(of: value))] + tables(of: value), value: value)
  }

  private func tables(of value: BeliefNetValue) -> [Output] {
    layers.isEmpty ? [.table(ConditionalTable(value).table)] : []
  }

  private func summary(of value: BeliefNetValue) -> String {
    let layered =
      layers.isEmpty
      ? ""
      : " Every unit of a layer is a parent of every unit of the next; weights "
        + "\(weights.described), biases \(biases.described)."
    return "\(value.sizes).\(layered)"
  }
}
