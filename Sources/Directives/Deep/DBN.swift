internal import Boltzmann
package import Notebooks

/// `{dbn}`: a stack of restricted Boltzmann machines as one model.
package struct DBN: Directive {
  static let layers = Option<[Text]>.words(
    "layers", "RBMs", "The RBMs of the stack, the one that sees the data first.")
  static let labelUnits = LabelUnits.option(
    "So many visible units of the last RBM, its last ones, stand for labels, from 0 on.")

  package static let manual = Manual(
    "dbn", "A deep belief net: RBMs that learned one on top of the other, as one model.",
    argument: "NAME", options: [layers, labelUnits, CommonOptions.save],
    details: """
      $$
      p(v, x^1, \\ldots, x^L) = p(v \\mid x^1) \\cdots p(x^{L-2} \\mid x^{L-1}) \\; \
      p(x^{L-1}, x^L)
      $$

      The last factor is the RBM on top; below it each layer is drawn from the one above. Each RBM \
      has as many visible units as the one below has hidden ones. With label units the last has as \
      many more, of which the net turns exactly one on: the energy is that of the RBM, but only so \
      many of its states count.

      To learn layer by layer, train the first RBM, make a `{dataset}` of what its hidden units say \
      (`:from:` the data, `:through:` the RBM), train the next on that, and so on. `{train}` \
      fine-tunes the whole net by the up-down algorithm, `{bound}` says how probable data are under \
      it, `{classify}` finds labels, `{images}` shows what it makes up. Source: Hinton, Osindero and \
      Teh, Neural Computation 18 (2006) 1527.
      """,
    example: """
      ```{rbm} first
      :visible: 4
      :hidden: 3
      ```

      ```{rbm} second
      :visible: 3
      :hidden: 2
      ```

      ```{dbn} net
      :layers: first second
      ```
      """)

  private let name: String
  private let layers: [Text]
  private let labelCount: Int
  private let place: Place

  package init(_ arguments: inout Arguments) {
    name = arguments.definedName()
    layers = arguments.references(arguments.value(of: Self.layers))
    labelCount = arguments.value(of: Self.labelUnits) ?? 0
    place = arguments.call.place
    arguments.noBody()
    if layers.isEmpty {
      arguments.report(
        Diagnostic(
          "missing-option", at: place, "`dbn` needs the option `:layers:`",
          hint: "`:layers: first second`, the RBM that sees the data first"))
    }
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    var sources: [any RBMSource] = []
    for layer in layers {
      sources.append(try context.value(layer, as: (any RBMSource).self, "an RBM"))
    }
    let net: DeepBeliefNet
    do throws(DeepBeliefNetError) {
      net = try DeepBeliefNet(stacking: sources.map(\.shown), labelCount: labelCount)
    } catch { throw diagnostic(for: error) }
    let value = DBNValue(
      name: name, net: net, imageShape: sources.first?.imageShape,
      kernels: try context.kernels())
    return Outcome([.sentence("\(net.sizes).")], value: value)
  }

  private func diagnostic(for error: DeepBeliefNetError) -> Diagnostic {
    switch error {
    case .noMachine: Diagnostic("missing-option", at: place, "a net has at least one layer")
    case .notBinary(let layer):
      Diagnostic(
        "wrong-kind", at: layers[layer].place,
        "\(layers[layer].string.quoted) has Gaussian units; a deep belief net has binary ones")
    case .unitCount(let layer, let visible, let below, let labels):
      Diagnostic(
        "bad-layers", at: layers[layer].place,
        "\(layers[layer].string.quoted) has \(visible) visible units, but "
          + "\(layers[layer - 1].string.quoted) has \(below) hidden units"
          + (labels > 0 ? " and there are \(labels) label units" : ""),
        hint: visible > below && labels == 0 && layer == layers.count - 1
          ? "with labels at the top: `:label-units: \(visible - below)`" : nil)
    case .tooManyLabels(let labels, let visible):
      Diagnostic(
        "bad-layers", at: place,
        "\(labels) label units leave nothing of the \(visible) visible units of the last RBM")
    }
  }
}
