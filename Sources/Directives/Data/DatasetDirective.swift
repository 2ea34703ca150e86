internal import Boltzmann
package import Notebooks
internal import Numerals
internal import Plots

/// `{dataset}`: rows for models to learn from.
package struct DatasetDirective: Directive {
  static let shape = Option<Dataset.ImageShape?>(
    "shape", "HEIGHTxWIDTH", "The shape of the rows as images.", default: nil,
    shown: "that of the source"
  ) { (lines) throws(Diagnostic) in try lines[0].imageShape() }
  static let labelUnits = LabelUnits.option(
    "Adds so many units to each row, of which that of its label is on, labels counting from 0.")
  static let show = Option<Int>.integer(
    "show", "Shows the first rows as images.", in: 0...64, default: 0)

  package static let manual = Manual(
    "dataset", "Data to learn from: digits, artificial patterns, a file, or rows written here.",
    argument: "NAME", body: "One row of numbers a line, unless another source is named",
    options: DatasetSource.options + [DatasetLayer.through] + DatasetChoice.options
      + DatasetValues.options + [labelUnits, shape, show],
    details: """
      The steps happen in this order: the part, rows by their labels, the first rows, scaling, \
      threshold or drawing, inversion. A row of a source is in the same part in every cell of a \
      notebook, whatever is chosen from it afterwards: `train`, `validation` and `test` share no row.

      With `:through:` the rows of the dataset `:from:` are replaced by what the hidden units of an \
      RBM say about them: the probability of each to be on, or with `:drawn:` states. The next RBM \
      of a deep belief net learns from that.

      A file is CSV, or an array as NumPy (`.npy`) or the MNIST sets (IDX, unpacked) have it; its \
      first bytes tell. The encoder has one unit of each of two groups on in each row; parity has \
      all rows with an even number of units on; the shifter has a row of bits, the same shifted by \
      -1, 0 or 1, and three units that say by how much.

      The digits are the test part of the UCI set "Optical Recognition of Handwritten Digits" (E. \
      Alpaydin, C. Kaynak, 1998, CC BY 4.0): 1797 images, pixels from 0 to 16.
      """,
    example: """
      ```{dataset} bars
      :bars-and-stripes: 2
      :show: 6
      ```
      """)

  private let name: String
  private let source: DatasetSource?
  private let layer: DatasetLayer
  private let choice: DatasetChoice
  private let values: DatasetValues
  private let labelCount: Int?
  private let shape: Dataset.ImageShape?
  private let show: Int
  private let place: Place

  package init(_ arguments: inout Arguments) {
    name = arguments.definedName()
    source = DatasetSource(&arguments)
    layer = DatasetLayer(&arguments)
    choice = DatasetChoice(&arguments)
    values = DatasetValues(&arguments)
    labelCount = arguments.value(of: Self.labelUnits)
    shape = arguments.value(of: Self.shape)
    show = arguments.value(of: Self.show)
    place = arguments.call.place
    arguments.drawsRandomNumbers()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    guard let source else { return Outcome() }
    var dataset = try source.load(context)
    dataset = try layer.applied(to: dataset, in: context)
    dataset = try choice.rows(of: dataset, seed: context.seed)
    dataset = try values.applied(
      to: dataset, stream: RandomStream(seed: context.seed, name: context.identity))
    if let labelCount { dataset = try dataset.withLabelUnits(labelCount, at: place) }
    if let shape {
      guard shape.height * shape.width == dataset.unitCount else {
        throw Diagnostic(
          "bad-shape", at: place,
          "\(shape.height) x \(shape.width) pixels are not \(dataset.unitCount) values")
      }
      dataset = dataset.shaped(shape)
    }
    let value = DatasetValue(name: name, dataset: dataset)
    var outputs: [Output] = [.sentence(summary(of: dataset))]
    if show > 0 {
      guard dataset.imageShape != nil else {
        throw Diagnostic(
          "bad-shape", at: place, "these rows are no images", hint: "`:shape: HEIGHTxWIDTH`")
      }
      outputs.append(.images(ImageStrip(images: value.images(.data, ImageRequest(limit: show)))))
    }
    return Outcome(outputs, value: value)
  }

  private func summary(of dataset: Dataset) -> String {
    let format = NumberFormat.significant(4)
    let low = format.string(dataset.values.min() ?? 0)
    let high = format.string(dataset.values.max() ?? 0)
    let shape = dataset.imageShape.map { ", images of \($0.height) x \($0.width)" } ?? ""
    let rows = dataset.count == 1 ? "1 row" : "\(dataset.count) rows"
    return "\(rows) of \(dataset.unitCount) values from \(low) to \(high)\(shape)."
  }
}

extension Text {
  /// `8x8` as height and width.
  fileprivate func imageShape() throws(Diagnostic) -> Dataset.ImageShape {
    let parts = string.split(separator: "x").compactMap { Int($0) }
    guard parts.count == 2, parts.allSatisfy({ (1...4096).contains($0) }) else {
      throw Diagnostic(
        "bad-shape", at: place, "\(string.quoted) is not a shape", hint: "for example `8x8`")
    }
    return Dataset.ImageShape(height: parts[0], width: parts[1])
  }
}
