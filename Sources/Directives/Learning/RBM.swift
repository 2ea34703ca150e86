internal import Boltzmann
package import Notebooks
internal import Numerals

/// `{rbm}`: a restricted Boltzmann machine that has not learned yet.
package struct RBM: Directive {
  enum VisibleUnitKind: String, CaseIterable, Sendable {
    case binary, gaussian
  }

  static let visible = Option<Int?>.integer(
    "visible", "The number of visible units.", in: 1...100_000)
  static let hidden = Option<Int?>.integer(
    "hidden", "The number of hidden units.", in: 1...100_000)
  static let units = Option<VisibleUnitKind>.choice(
    "units", "What the visible units are: 0 or 1, or real.", default: .binary)
  static let weights = ParameterOption.option(
    "weights", "The initial weights.", default: .normal(mean: 0, standardDeviation: 0.01),
    shown: "normal 0 0.01")
  static let visibleBiases = ParameterOption.option(
    "visible-biases", "The initial biases of the visible units.", shown: "0")
  static let hiddenBiases = ParameterOption.option(
    "hidden-biases", "The initial biases of the hidden units.", shown: "0")

  static let transpose = Option<Text?>.text(
    "transpose", "an RBM",
    "Starts as that RBM with its layers exchanged, weights transposed and biases swapped.")

  /// The most weights that a machine may have.
  private static let weightLimit = 50_000_000

  package static let manual = Manual(
    "rbm", "A restricted Boltzmann machine: two layers, no connections inside a layer.",
    argument: "NAME",
    options: [
      visible, hidden, units, weights, visibleBiases, hiddenBiases, transpose, CommonOptions.save,
    ],
    details: """
      $$
      E(v, h) = -\\sum_{ij} w_{ij} v_i h_j - \\sum_i b_i v_i - \\sum_j c_j h_j
      $$

      With `:units: gaussian` the visible units are real, and

      $$
      E(v, h) = \\frac12 \\sum_i (v_i - b_i)^2 - \\sum_{ij} w_{ij} v_i h_j - \\sum_j c_j h_j
      $$

      so that, given the hidden units, they are normal with variance 1. Parameters are either all \
      equal, or drawn from a normal distribution with mean and standard deviation: `normal 0 0.01`. `{train}` makes it learn; a study of many seeds draws them anew \
      for each.

      With `:transpose:` nothing is drawn: the RBM starts as another one with its layers exchanged. \
      On top of that one it says about its hidden units exactly what the other says already, so that \
      a deep belief net of both begins where the first RBM ended (Hinton, Osindero and Teh, Neural \
      Computation 18 (2006) 1527).
      """,
    example: """
      ```{rbm} small
      :visible: 4
      :hidden: 3
      ```
      """)

  private let name: String
  private let visibleCount: Int
  private let hiddenCount: Int
  private let units: VisibleUnitKind
  private let weights: ParameterDistribution
  private let visibleBiases: ParameterDistribution
  private let hiddenBiases: ParameterDistribution
  private let transpose: Text?

  package init(_ arguments: inout Arguments) {
    name = arguments.definedName()
    transpose = arguments.value(of: Self.transpose)
    if let transpose {
      Self.checkAlone(transpose, &arguments)
      (visibleCount, hiddenCount) = (1, 1)
    } else {
      visibleCount = arguments.required(Self.visible) ?? 1
      hiddenCount = arguments.required(Self.hidden) ?? 1
    }
    units = arguments.value(of: Self.units)
    weights = arguments.value(of: Self.weights)
    visibleBiases = arguments.value(of: Self.visibleBiases)
    hiddenBiases = arguments.value(of: Self.hiddenBiases)
    arguments.drawsRandomNumbers()
    arguments.noBody()
    if visibleCount * hiddenCount > Self.weightLimit {
      arguments.report(
        Diagnostic(
          "limit-exceeded", at: arguments.call.place,
          "\(visibleCount) x \(hiddenCount) weights are more than \(Self.weightLimit)"))
    }
  }

  /// Sizes and parameters are those of the other RBM.
  private static func checkAlone(_ transpose: Text, _ arguments: inout Arguments) {
    _ = arguments.references([transpose])
    let others: [any AnyOption] = [visible, hidden, units, weights, visibleBiases, hiddenBiases]
    for option in others where arguments.gives(option) {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: transpose.place,
          "with `transpose` the RBM takes \(option.name.quoted) from \(transpose.string.quoted)"))
    }
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    if let transpose { return try transposed(transpose, in: context) }
    let value = RBMValue(
      name: name, visibleCount: visibleCount, hiddenCount: hiddenCount,
      units: units == .binary ? .binary : .gaussian, weights: weights,
      visibleBiases: visibleBiases, hiddenBiases: hiddenBiases,
      stream: RandomStream(seed: context.seed, name: context.identity))
    let norm = NumberFormat.significant(4).string(value.machine().weights.frobeniusNorm)
    let sentence =
      "\(visibleCount) \(units == .binary ? "" : "Gaussian ")visible and \(hiddenCount) hidden units, \(visibleCount * hiddenCount) "
      + "weights (\(weights.described)), visible biases \(visibleBiases.described), hidden biases "
      + "\(hiddenBiases.described). The norm of the weights is \(norm)."
    return Outcome([.sentence(sentence)], value: value)
  }

  private func transposed(_ other: Text, in context: Context) throws(Diagnostic) -> Outcome {
    let machine = try context.value(other, as: (any RBMSource).self, "an RBM").shown
    guard machine.visibleUnits == .binary else {
      throw Diagnostic(
        "wrong-kind", at: other.place,
        "\(other.string.quoted) has Gaussian units, which cannot be hidden ones")
    }
    let value = RBMValue(name: name, given: machine.transposed)
    let sentence =
      "\(value.visibleCount) visible and \(value.hiddenCount) hidden units: \(other.string.quoted) "
      + "with its layers exchanged."
    return Outcome([.sentence(sentence)], value: value)
  }
}

extension ParameterDistribution {
  /// `0` or `drawn from N(0, 1²)`.
  var described: String {
    let format = NumberFormat.significant(4)
    switch self {
    case .constant(let value): return format.string(value)
    case .normal(let mean, let deviation):
      return "drawn from N(\(format.string(mean)), \(format.string(deviation))²)"
    }
  }
}
