internal import Boltzmann
package import Notebooks

/// `{helmholtz}`: a Helmholtz machine that has not learned yet.
package struct Helmholtz: Directive {
  static let layers = Option<[Int]>(
    "layers", "whole numbers", "The units of each layer, the visible one first.", default: [],
    shown: "required"
  ) { (lines) throws(Diagnostic) in
    var sizes: [Int] = []
    for word in lines[0].words { sizes.append(try word.integer(in: 1...10_000, for: "`layers`")) }
    guard (2...8).contains(sizes.count) else {
      throw Diagnostic(
        "out-of-range", at: lines[0].place, "a Helmholtz machine has 2 to 8 layers",
        hint: "`:layers: 16 8 1`, the visible one first")
    }
    return sizes
  }
  static let weights = ParameterOption.option(
    "weights", "The initial generative weights.", shown: "0")
  static let visibleBiases = ParameterOption.option(
    "visible-biases", "The initial generative biases of the visible units.", shown: "0")
  static let hiddenBiases = ParameterOption.option(
    "hidden-biases", "The initial generative biases of the hidden units.", shown: "0")
  static let recognition = ParameterOption.option(
    "recognition", "The initial weights and biases of the recognition net.", shown: "0")

  /// The most weights and biases of a machine.
  static let parameterLimit = 10_000_000

  package static let manual = Manual(
    "helmholtz", "A Helmholtz machine: a layered belief net, and a second net that recognises.",
    argument: "NAME",
    options: [layers, weights, visibleBiases, hiddenBiases, recognition, CommonOptions.save],
    details: """
      From the top layer down each unit is drawn given the layer above, from the visible layer up \
      given the layer below:

      $$
      p(x_{l,i} = 1 \\mid x_{l+1}) = \\sigma\\Big(b_{l,i} + \\sum_j w_{l,ji} x_{l+1,j}\\Big) \\qquad \
      q(x_{l+1,j} = 1 \\mid x_l) = \\sigma\\Big(c_{l,j} + \\sum_i r_{l,ij} x_{l,i}\\Big)
      $$

      Parameters are either all equal, or drawn: `normal 0 0.1`. With all of them 0 the units are \
      alike, but their draws are not, and learning begins all the same. `{train}` makes it learn, \
      by wake–sleep. Expressions ask for probabilities of the generative net, `p(NAME, h1=1 | v1=1)`, \
      and of the recognition net, `q(NAME, h1=1 | v1=1)`, of machines with up to 16 units in all; \
      the units of the hidden layers are numbered from below. Source: Dayan, Hinton, Neal and Zemel 1995.
      """,
    example: """
      ```{helmholtz} net
      :layers: 4 3 1
      ```
      """)

  private let name: String
  private let sizes: [Int]
  private let weights: ParameterDistribution
  private let visibleBiases: ParameterDistribution
  private let hiddenBiases: ParameterDistribution
  private let recognition: ParameterDistribution

  package init(_ arguments: inout Arguments) {
    name = arguments.definedName()
    sizes = arguments.value(of: Self.layers)
    weights = arguments.value(of: Self.weights)
    visibleBiases = arguments.value(of: Self.visibleBiases)
    hiddenBiases = arguments.value(of: Self.hiddenBiases)
    recognition = arguments.value(of: Self.recognition)
    arguments.drawsRandomNumbers()
    arguments.noBody()
    if !arguments.gives(Self.layers) {
      arguments.report(
        Diagnostic(
          "missing-option", at: arguments.call.place,
          "\("helmholtz".quoted) needs the option \(":layers:".quoted)",
          hint: "`:layers: 16 8 1`, the visible one first"))
    }
    let weightCount = zip(sizes, sizes.dropFirst()).reduce(0) { $0 + 2 * $1.0 * $1.1 }
    if weightCount > Self.parameterLimit {
      arguments.report(
        Diagnostic(
          "limit-exceeded", at: arguments.call.place,
          "\(weightCount) weights are more than \(Self.parameterLimit)"))
    }
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let stream = RandomStream(seed: context.seed, name: context.identity)
    let value = HelmholtzValue(name: name) { [self] draw in
      HelmholtzMachine(
        layerSizes: sizes, weights: weights, visibleBiases: visibleBiases,
        hiddenBiases: hiddenBiases, recognition: recognition,
        stream: draw.map { stream.substream(UInt64($0)) } ?? stream)
    }
    return Outcome([.sentence("\(value.machine(nil).sizes).")], value: value)
  }
}
