internal import Boltzmann
internal import Notebooks

/// Where the rows of a dataset come from.
struct DatasetSource: Sendable {
  private enum Origin: Sendable {
    case digits
    case file(Text)
    case dataset(Text)
    case machine(Text, draws: Int)
    case made(Dataset)
    case written([Text])
  }

  static let digits = Option<Bool>.flag(
    "digits", "The 8 x 8 digits: `data/digits.csv` in the notebook's folder, labels last.")
  static let file = Option<Text?>.text(
    "file", "a file", "Numbers in the notebook's folder: CSV, NPY or IDX.")
  static let labels = Option<Text?>.text(
    "labels", "a column or a file",
    "Where the labels are: a column of the CSV file, counted from 1, or a file of their own.",
    shown: "no labels")
  static let barsAndStripes = Option<Int?>.integer(
    "bars-and-stripes", "All images of whole columns or whole rows, this many pixels wide.",
    in: 1...10)
  static let shifter = Option<Int?>.integer(
    "shifter", "All rows of the shifter with this many bits.", in: 2...12)
  static let encoder = Option<Int?>.integer(
    "encoder", "The rows of the encoder with groups of so many units.", in: 2...64)
  static let parity = Option<Int?>.integer(
    "parity", "All rows of so many bits of which an even number is on.", in: 2...16)
  static let from = Option<Text?>.text("from", "a dataset", "The rows of a dataset above.")

  static let machine = Option<Text?>.text(
    "machine", "a machine", "Independent draws of a machine's visible units, exact at T = 1.")
  static let draws = Option<Int>.integer(
    "draws", "The number of draws from a `:machine:`.", in: 1...1_000_000, default: 1000)

  static let options: [any AnyOption] = [
    digits, file, labels, barsAndStripes, shifter, encoder, parity, from, machine, draws,
  ]

  /// The most values of one dataset: 400 MB.
  static let valueLimit = 50_000_000

  private let origin: Origin
  private let labels: Text?
  private let place: Place

  /// Reads the options; nil if there is not exactly one source.
  init?(_ arguments: inout Arguments) {
    place = arguments.call.place
    labels = arguments.value(of: Self.labels)
    var origins: [Origin] = []
    if arguments.value(of: Self.digits) { origins.append(.digits) }
    if let file = arguments.value(of: Self.file) { origins.append(.file(file)) }
    if let side = arguments.value(of: Self.barsAndStripes) {
      origins.append(.made(.barsAndStripes(side: side)))
    }
    if let width = arguments.value(of: Self.shifter) {
      origins.append(.made(.shifter(width: width)))
    }
    if let size = arguments.value(of: Self.encoder) { origins.append(.made(.encoder(size: size))) }
    if let count = arguments.value(of: Self.parity) {
      origins.append(.made(.evenParity(unitCount: count)))
    }
    if let from = arguments.value(of: Self.from) {
      origins.append(.dataset(from))
      _ = arguments.references([from])
    }
    let draws = arguments.value(of: Self.draws)
    if let machine = arguments.value(of: Self.machine) {
      origins.append(.machine(machine, draws: draws))
      _ = arguments.references([machine])
    } else if arguments.gives(Self.draws) {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: place, "only the rows of a `:machine:` need `:draws:`"))
    }
    if origins.isEmpty {
      let hint = "rows of numbers, or one of the options that name a source"
      origins.append(.written(arguments.body(hint)))
    } else {
      arguments.noBody()
    }
    if origins.count > 1 {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: place,
          "a dataset has one source, but \(origins.count) are named"))
    }
    origin = origins[0]
    if let labels, !isFile {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: labels.place, "only the rows of a `:file:` need `:labels:`"))
    }
  }

  private var isFile: Bool { if case .file = origin { true } else { false } }

  /// The rows, with labels and shape where the source has them.
  func load(_ context: Context) throws(Diagnostic) -> Dataset {
    switch origin {
    case .made(let dataset): return dataset
    case .written(let lines): return try written(lines)
    case .dataset(let name):
      return try context.value(name, as: DatasetValue.self, "a dataset").dataset
    case .machine(let name, let draws):
      let value = try context.value(name, as: MachineValue.self, "a machine")
      let sampler = ExactSampler(try value.distribution(at: name.place))
      let stream = RandomStream(seed: context.seed, name: context.identity)
        .substream(named: "rows")
      return Dataset(
        draws: draws, of: sampler, visibleCount: value.machine.visibleCount, stream: stream)
    case .digits:
      let file = Text("data/digits.csv", at: place)
      return try csv(context.folder.read(file), file, labelColumn: 65)
        .shaped(Dataset.ImageShape(height: 8, width: 8))
    case .file(let file):
      return try read(file, in: context.folder)
    }
  }

  private func read(_ file: Text, in folder: Folder) throws(Diagnostic) -> Dataset {
    if let array = try array(file, in: folder, orText: true) {
      guard array.count * array.unitCount <= Self.valueLimit else {
        throw Diagnostic(
          "too-large", at: file.place,
          "\(file.string.quoted) has \(array.count) x \(array.unitCount) values; the limit is "
            + "\(Self.valueLimit)")
      }
      guard array.count > 0, array.unitCount > 0 else {
        throw Diagnostic("no-rows", at: file.place, "\(file.string.quoted) has no rows")
      }
      let rows = array.dataset(0..<array.count)
      guard rows.values.allSatisfy(\.isFinite) else {
        throw Diagnostic(
          "not-finite", at: file.place, "\(file.string.quoted) has values that are not finite")
      }
      return try labelled(rows, file, in: folder)
    }
    let column = try labels.map { (text) throws(Diagnostic) in
      Int(text.string) == nil ? nil : try text.integer(in: 1...1_000_000, for: "`labels`")
    }
    let rows = try csv(folder.read(file), file, labelColumn: column ?? nil)
    return column.map { $0 == nil } ?? false ? try labelled(rows, file, in: folder) : rows
  }

  /// The file as an array; nil if it is text and may be.
  private func array(
    _ file: Text, in folder: Folder, orText: Bool
  ) throws(Diagnostic) -> ArrayFile? {
    let path = try folder.file(file)
    do throws(ArrayFileError) { return try ArrayFile(path: path) } catch {
      if orText, error == .unknownFormat { return nil }
      let sentence = "\(file.string.quoted): \("\(error)".uncapitalized)"
      throw Diagnostic("bad-file", at: file.place, sentence)
    }
  }

  /// Labels from a file of their own, one for each row.
  private func labelled(
    _ rows: Dataset, _ file: Text, in folder: Folder
  ) throws(Diagnostic) -> Dataset {
    guard let labels else { return rows }
    guard Int(labels.string) == nil else {
      throw Diagnostic(
        "bad-file", at: labels.place, "\(file.string.quoted) is an array without a label column",
        hint: "`:labels:` names the file of its labels")
    }
    guard let array = try array(labels, in: folder, orText: false) else { return rows }
    guard array.count == rows.count, array.unitCount == 1 else {
      throw Diagnostic(
        "bad-file", at: labels.place,
        "\(labels.string.quoted) has \(array.count) x \(array.unitCount) values, but there are "
          + "\(rows.count) rows")
    }
    var values: [Int] = []
    for row in 0..<array.count {
      guard let label = Int(exactly: array[row, 0]) else {
        throw Diagnostic(
          "not-a-number", at: labels.place,
          "label \(row + 1) of \(labels.string.quoted) is not a whole number")
      }
      values.append(label)
    }
    return rows.labelled(values)
  }

  private func csv(
    _ bytes: [UInt8], _ file: Text, labelColumn: Int?
  ) throws(Diagnostic) -> Dataset {
    if bytes.starts(with: [0x1f, 0x8b]) {
      throw Diagnostic(
        "bad-file", at: file.place, "\(file.string.quoted) is packed by gzip",
        hint: "`gunzip` unpacks it")
    }
    do {
      return try Dataset(csv: String(decoding: bytes, as: UTF8.self), labelColumn: labelColumn)
    } catch {
      throw error.diagnostic(at: file.place, in: file.string.quoted)
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
}

extension String {
  /// With a small first letter and without the full stop, to go on in a sentence.
  var uncapitalized: String {
    let open = hasSuffix(".") ? dropLast() : self[...]
    return open.prefix(1).lowercased() + open.dropFirst()
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
