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

  package static let manual = Manual(
    "images", "Data, reconstructions or weights (receptive fields) as images side by side.",
    argument: "NAME", options: [what, first],
    details: "Images of weights are signed: what a unit looks for, and what it looks away from.",
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

  package init(_ arguments: inout Arguments) {
    source = arguments.reference("a dataset or a trained model")
    what = arguments.value(of: Self.what)
    first = arguments.value(of: Self.first)
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
    return Outcome([.images(ImageStrip(images: value.images(kind, limit: first)))])
  }
}
