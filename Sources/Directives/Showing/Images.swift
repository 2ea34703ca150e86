internal import Boltzmann
package import Notebooks
internal import Plots

/// `{images}`: data, reconstructions or receptive fields side by side.
package struct Images: Directive {
  static let what = Option<ImageKind?>(
    "what", ImageKind.allCases.map(\.rawValue).joined(separator: ", "), "What is shown.",
    default: nil, shown: "the first that NAME has"
  ) { (lines) throws(Diagnostic) in try lines[0].choice(of: ImageKind.self, for: "`what`") }
  static let first = Option<Int>.integer(
    "first", "The number of images.", in: 1...256, default: 8)
  static let sweeps = Option<Int>.integer(
    "sweeps", "Sweeps of the chains that end in samples.", in: 1...100_000, default: 1000)

  static let label = Option<[Int]>(
    "label", "whole numbers", "Samples of a net with label units: so many images of each.",
    default: [], shown: "labels are drawn too"
  ) { (lines) throws(Diagnostic) in
    var labels: [Int] = []
    for word in lines[0].words { labels.append(try word.integer(in: 0...999, for: "`label`")) }
    return labels
  }
  static let layer = Option<Int?>.integer(
    "layer", "Weights of a deep belief net: those of this layer, counted from the data.",
    in: 1...100, shown: "the highest")

  /// The most multiplications for samples; a sweep costs some even where there are few weights.
  private static let workLimit = 2e10
  private static let sweepWork = 1000

  package static let manual = Manual(
    "images",
    "Data, reconstructions, samples or weights (receptive fields) as images side by side.",
    argument: "NAME", options: [what, first, sweeps, label, layer],
    details: """
      Images of weights are signed: what a unit looks for, and what it looks away from. \
      Reconstructions are the probabilities of the visible units given those of the hidden ones \
      given a row; samples, those given the hidden units at the end of chains of their own that \
      start at random. Of a deep belief net, reconstructions go up through all layers and down again; \
      samples end chains at the top, drawn down through the layers, with `:label:` held if it is \
      given; weights of a higher layer are multiplied by those of the layers below. A Helmholtz \
      machine and an autoencoder recognise a row, and generate samples without chains; `plane` shows \
      in one image what the autoencoder's codes mean, as many as `:first:` allows, at equally \
      probable parts of the latent plane.
      """,
    example: """
      ```{dataset} bars
      :bars-and-stripes: 3
      ```

      ```{images} bars
      :first: 6
      ```
      """)

  private let source: Text
  private let what: ImageKind?
  private let first: Int
  private let sweeps: Int
  private let labels: [Int]
  private let layer: Int?
  private let place: Place

  package init(_ arguments: inout Arguments) {
    source = arguments.reference("a dataset or a trained model")
    what = arguments.value(of: Self.what)
    first = arguments.value(of: Self.first)
    sweeps = arguments.value(of: Self.sweeps)
    labels = arguments.value(of: Self.label)
    layer = arguments.value(of: Self.layer)
    place = arguments.call.place
    if what == .samples { arguments.drawsRandomNumbers() }
    if what != .samples, arguments.gives(Self.sweeps) {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: arguments.call.place, "only samples have `:sweeps:`",
          hint: "`:what: samples`"))
    }
    if what != .samples, arguments.gives(Self.label) {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: place, "only samples are given a `:label:`",
          hint: "`:what: samples`"))
    }
    if what != .weights, arguments.gives(Self.layer) {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: place, "only weights have a `:layer:`", hint: "`:what: weights`")
      )
    }
    arguments.noBody()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let value = try context.value(
      source, as: (any ImageSource).self, "a dataset or a trained model")
    guard let kind = what ?? value.imageKinds.first, value.imageKinds.contains(kind) else {
      throw Diagnostic(
        "no-images", at: source.place,
        "\(source.string.quoted) has no images\(what.map { " of \($0.rawValue)" } ?? "")",
        hint: value.imageKinds.isEmpty
          ? "a dataset has images if it has a `:shape:`"
          : "it has \(value.imageKinds.map(\.rawValue).joined(separator: ", "))")
    }
    try checkRequest(of: value)
    let request = ImageRequest(
      limit: first, sweeps: sweeps, labels: labels, layer: layer,
      stream: RandomStream(seed: context.seed, name: context.identity), threads: context.threads)
    if kind == .samples { try checkWork(value.sweptWeights) }
    return Outcome([.images(ImageStrip(images: value.images(kind, request)))])
  }

  /// Whether the value has the labels and the layer.
  private func checkRequest(of value: any ImageSource) throws(Diagnostic) {
    if let label = labels.first(where: { $0 >= value.labelCount }) {
      throw Diagnostic(
        "no-labels", at: place,
        value.labelCount == 0
          ? "\(source.string.quoted) has no label units"
          : "\(source.string.quoted) has label units for 0 to \(value.labelCount - 1), not for "
            + "\(label)")
    }
    if let layer, layer > value.layerCount {
      throw Diagnostic(
        "out-of-range", at: place,
        "there is no layer \(layer) among the \(value.layerCount) of \(source.string.quoted)")
    }
  }

  private func checkWork(_ weights: Int) throws(Diagnostic) {
    let chains = first * max(1, labels.count)
    let work = Double(weights + Self.sweepWork) * Double(2 * chains) * Double(sweeps)
    guard work <= Self.workLimit else {
      throw Diagnostic(
        "limit-exceeded", at: source.place,
        "\(chains) chains of \(sweeps) sweeps through \(weights) weights are too much work",
        hint: "fewer images or fewer `:sweeps:`")
    }
  }
}
