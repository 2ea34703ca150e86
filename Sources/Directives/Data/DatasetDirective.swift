internal import Boltzmann
package import Notebooks
internal import Numerals
internal import Plots

/// `{dataset}`: rows for models to learn from.
package struct DatasetDirective: Directive {
  enum Source: Sendable {
    case csv(Text, labelColumn: Int?)
    case barsAndStripes(Int)
    case rows([Text])
  }

  enum Scaling: String, CaseIterable, Sendable {
    case none, maximum
  }

  static let digits = Option<Bool>.flag(
    "digits", "The 8 x 8 digits: `data/digits.csv` in the notebook's folder, labels last.")
  static let csv = Option<Text?>.text(
    "csv", "a file", "Numbers separated by commas, in the notebook's folder.")
  static let labels = Option<Int?>.integer(
    "labels", "The column of the file that holds a label, counted from 1.", in: 1...1_000_000,
    shown: "no labels")
  static let barsAndStripes = Option<Int?>.integer(
    "bars-and-stripes", "All images of whole columns or whole rows, this many pixels wide.",
    in: 1...10)
  static let label = Option<Int?>.integer(
    "label", "Keeps the rows with this label.", in: -1_000_000...1_000_000, shown: "all rows")
  static let first = Option<Int?>.integer(
    "first", "Keeps the first rows.", in: 1...10_000_000, shown: "all rows")
  static let scale = Option<Scaling>.choice(
    "scale", "`maximum` divides each row by its largest value.", default: .none)
  static let threshold = Option<Double?>(
    "threshold", "a number", "Makes each value 1 if it is above this, else 0.", default: nil,
    shown: "values as they are"
  ) { (lines) throws(Diagnostic) in try lines[0].number(for: "`threshold`") }
  static let shape = Option<Dataset.ImageShape?>(
    "shape", "HEIGHTxWIDTH", "The shape of the rows as images.", default: nil,
    shown: "that of the source"
  ) { (lines) throws(Diagnostic) in try lines[0].imageShape() }
  static let show = Option<Int>.integer(
    "show", "Shows the first rows as images.", in: 0...64, default: 0)

  package static let manual = Manual(
    "dataset", "Data to learn from: digits, bars and stripes, a CSV file, or rows written here.",
    argument: "NAME", body: "One row of numbers a line, unless another source is named",
    options: [
      digits, csv, labels, barsAndStripes, label, first, scale, threshold, shape, show,
    ],
    details: """
      The steps happen in this order: rows with the label, the first rows, scaling, threshold. The \
      digits are the test part of the UCI set "Optical Recognition of Handwritten Digits" (E. \
      Alpaydin, C. Kaynak, 1998, CC BY 4.0): 1797 images, pixels from 0 to 16.
      """,
    example: """
      ```{dataset} bars
      :bars-and-stripes: 2
      :show: 6
      ```
      """)

  private let name: String
  private let source: Source?
  private let label: Int?
  private let first: Int?
  private let scaling: Scaling
  private let threshold: Double?
  private let shape: Dataset.ImageShape?
  private let show: Int
  private let place: Place

  package init(_ arguments: inout Arguments) {
    name = arguments.definedName()
    label = arguments.value(of: Self.label)
    first = arguments.value(of: Self.first)
    scaling = arguments.value(of: Self.scale)
    threshold = arguments.value(of: Self.threshold)
    let isDigits = arguments.value(of: Self.digits)
    shape =
      arguments.value(of: Self.shape)
      ?? (isDigits ? Dataset.ImageShape(height: 8, width: 8) : nil)
    show = arguments.value(of: Self.show)
    place = arguments.call.place
    source = Self.source(isDigits: isDigits, &arguments)
  }

  private static func source(isDigits: Bool, _ arguments: inout Arguments) -> Source? {
    let csv = arguments.value(of: Self.csv)
    let side = arguments.value(of: Self.barsAndStripes)
    let labels = arguments.value(of: Self.labels)
    var sources: [Source] = []
    if isDigits {
      sources.append(.csv(Text("data/digits.csv", at: arguments.call.place), labelColumn: 65))
    }
    if let csv { sources.append(.csv(csv, labelColumn: labels)) }
    if let side { sources.append(.barsAndStripes(side)) }
    if sources.isEmpty {
      return .rows(arguments.body("rows of numbers, or one of the options that name a source"))
    }
    arguments.noBody()
    if sources.count > 1 {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: arguments.call.place,
          "a dataset has one source, but \(sources.count) are named"))
    }
    return sources[0]
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    var dataset = try load(context)
    if let label {
      guard dataset.labels != nil else {
        throw Diagnostic(
          "no-labels", at: place, "these data have no labels to choose by",
          hint: "`:labels:` says which column of a file holds them")
      }
      dataset = dataset.labelled(label)
    }
    if let first { dataset = dataset.first(first) }
    guard dataset.count > 0 else {
      throw Diagnostic(
        "no-rows", at: place, label.map { "no row has the label \($0)" } ?? "there are no rows")
    }
    if scaling == .maximum { dataset = dataset.scaledByRowMaximum() }
    if let threshold { dataset = dataset.binarized(above: threshold) }
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
      outputs.append(.images(ImageStrip(images: value.images(.data, limit: show))))
    }
    return Outcome(outputs, value: value)
  }

  private func load(_ context: Context) throws(Diagnostic) -> Dataset {
    switch source {
    case .barsAndStripes(let side)?: return .barsAndStripes(side: side)
    case .rows(let lines)?: return try written(lines)
    case .csv(let file, let labelColumn)?:
      let bytes = try context.folder.read(file)
      do {
        return try Dataset(csv: String(decoding: bytes, as: UTF8.self), labelColumn: labelColumn)
      } catch {
        throw error.diagnostic(at: file.place, in: file.string.quoted)
      }
    case nil:
      throw Diagnostic("no-rows", at: place, "the dataset has no source")
    }
  }

  /// Rows written in the body: numbers separated by blanks or commas.
  private func written(_ lines: [Text]) throws(Diagnostic) -> Dataset {
    var values: [Double] = []
    var width: Int?
    for line in lines where !line.words.isEmpty {
      let words = line.words
      guard words.count == width ?? words.count else {
        throw Diagnostic(
          "ragged", at: line.trimmed.place,
          "this row has \(words.count) values, the first one has \(width ?? 0)")
      }
      width = words.count
      for word in words { values.append(try word.number(for: "a value")) }
    }
    return Dataset(values: values, unitCount: width ?? 1)
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

extension CSVError {
  fileprivate func diagnostic(at place: Place, in file: String) -> Diagnostic {
    switch self {
    case .empty: Diagnostic("no-rows", at: place, "\(file) has no rows")
    case .ragged(let line, let fields, let expected):
      Diagnostic(
        "ragged", at: place,
        "line \(line) of \(file) has \(fields) values, the first one has \(expected)")
    case .notANumber(let line, let column, let text),
      .labelNotWhole(let line, let column, let text):
      Diagnostic(
        "not-a-number", at: place,
        "line \(line), column \(column) of \(file) is \(String(text.prefix(40)).quoted)",
        hint: "a file has numbers only, labels are whole numbers, and there is no heading")
    case .noSuchColumn(let column, let count):
      Diagnostic(
        "out-of-range", at: place,
        "there is no column \(column) for labels among the \(count) of \(file)")
    }
  }
}
