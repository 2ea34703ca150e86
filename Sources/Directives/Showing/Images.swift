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

  /// The most multiplications for samples; a sweep costs some even where there are few weights.
  private static let workLimit = 2e10
  private static let sweepWork = 1000

  package static let manual = Manual(
    "images",
    "Data, reconstructions, samples or weights (receptive fields) as images side by side.",
    argument: "NAME", options: [what, first, sweeps],
    details: """
      Images of weights are signed: what a unit looks for, and what it looks away from. \
      Reconstructions are the probabilities of the visible units given those of the hidden ones \
      given a row; samples, those given the hidden units at the end of chains of their own that \
      start at random.
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

  package init(_ arguments: inout Arguments) {
    source = arguments.reference("a dataset or a trained model")
    what = arguments.value(of: Self.what)
    first = arguments.value(of: Self.first)
    sweeps = arguments.value(of: Self.sweeps)
    if what == .samples { arguments.drawsRandomNumbers() }
    if what != .samples, arguments.gives(Self.sweeps) {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: arguments.call.place, "only samples have `:sweeps:`",
          hint: "`:what: samples`"))
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
    let request = ImageRequest(
      limit: first, sweeps: sweeps,
      stream: RandomStream(seed: context.seed, name: context.identity), threads: context.threads)
    if kind == .samples, let trained = value as? TrainedValue {
      let weights = trained.machine.visibleCount * trained.machine.hiddenCount
      let work = Double(weights + Self.sweepWork) * Double(2 * first) * Double(sweeps)
      guard work <= Self.workLimit else {
        throw Diagnostic(
          "limit-exceeded", at: source.place,
          "\(first) chains of \(sweeps) sweeps through \(weights) weights are too much work",
          hint: "fewer images or fewer `:sweeps:`")
      }
    }
    return Outcome([.images(ImageStrip(images: value.images(kind, request)))])
  }
}
