internal import Boltzmann
internal import Notebooks

/// Which rows of a source a dataset keeps.
struct DatasetChoice: Sendable {
  enum Part: String, CaseIterable, Sendable {
    case train, validation, test
  }

  static let part = Option<Part?>(
    "part", "train, validation or test", "Keeps one part of the rows, cut at random.",
    default: nil, shown: "all rows"
  ) { (lines) throws(Diagnostic) in try lines[0].choice(of: Part.self, for: "`part`") }
  static let shares = Option<[Double]>(
    "shares", "three numbers", "The sizes of the parts, relative to each other.",
    default: [60, 20, 20], shown: "60 20 20"
  ) { (lines) throws(Diagnostic) in try readShares(lines[0]) }
  static let split = Option<Int>.integer(
    "split", "Another number cuts the parts in another way.", in: 1...1_000_000, default: 1)
  static let label = Option<[Int]>(
    "label", "whole numbers", "Keeps the rows with these labels.", default: [], shown: "all rows"
  ) { (lines) throws(Diagnostic) in try readLabels(lines[0], "`label`") }
  static let notLabel = Option<[Int]>(
    "not-label", "whole numbers", "Leaves out the rows with these labels.", default: [],
    shown: "none"
  ) { (lines) throws(Diagnostic) in try readLabels(lines[0], "`not-label`") }
  static let first = Option<Int?>.integer(
    "first", "Keeps the first rows.", in: 1...10_000_000, shown: "all rows")

  static let options: [any AnyOption] = [part, shares, split, label, notLabel, first]

  private let part: Part?
  private let shares: [Double]
  private let split: Int
  private let wanted: [Int]
  private let unwanted: [Int]
  private let first: Int?
  private let place: Place

  init(_ arguments: inout Arguments) {
    part = arguments.value(of: Self.part)
    shares = arguments.value(of: Self.shares)
    split = arguments.value(of: Self.split)
    wanted = arguments.value(of: Self.label)
    unwanted = arguments.value(of: Self.notLabel)
    first = arguments.value(of: Self.first)
    place = arguments.call.place
    if !arguments.gives(Self.part), arguments.gives(Self.shares) || arguments.gives(Self.split) {
      arguments.report(
        Diagnostic(
          "missing-option", at: place, "no `:part:` of the rows is chosen",
          hint: "`:part: train`, `validation` or `test`"))
    }
  }

  /// The rows chosen; at least one.
  func rows(of source: Dataset, seed: UInt64) throws(Diagnostic) -> Dataset {
    var dataset = source
    if let part {
      // Not the cell's own stream: cells that name different parts must agree on them.
      let stream = RandomStream(seed: seed, name: "split \(split)")
      let parts = dataset.parts(shares: shares, stream: stream)
      dataset = zip(Part.allCases, parts).first { $0.0 == part }?.1 ?? dataset
    }
    if !wanted.isEmpty || !unwanted.isEmpty {
      guard dataset.labels != nil else {
        throw Diagnostic(
          "no-labels", at: place, "these data have no labels to choose by",
          hint: "`:labels:` says where those of a file are")
      }
      dataset = dataset.labelled {
        (wanted.isEmpty || wanted.contains($0)) && !unwanted.contains($0)
      }
    }
    if let first { dataset = dataset.first(first) }
    guard dataset.count > 0 else {
      throw Diagnostic("no-rows", at: place, emptiness(source))
    }
    return dataset
  }

  private func emptiness(_ source: Dataset) -> String {
    if source.count == 0 { return "there are no rows" }
    if wanted.count == 1 { return "no row has the label \(wanted[0])" }
    if !wanted.isEmpty || !unwanted.isEmpty { return "no row has such a label" }
    return "this part has no rows: too few are cut, \(source.count) in all"
  }

  private static func readShares(_ line: Text) throws(Diagnostic) -> [Double] {
    var shares: [Double] = []
    for word in line.words { shares.append(try word.number(in: 0...1e6, for: "a share")) }
    guard shares.count == 3, shares.contains(where: { $0 > 0 }) else {
      throw Diagnostic(
        "not-a-choice", at: line.place, "there are three shares, and not all of them 0",
        hint: "train, validation, test: `60 20 20`")
    }
    return shares
  }

  private static func readLabels(_ line: Text, _ what: String) throws(Diagnostic) -> [Int] {
    guard !line.words.isEmpty else {
      throw Diagnostic("missing-value", at: line.place, "\(what) has no value; it takes numbers")
    }
    var labels: [Int] = []
    for word in line.words {
      labels.append(try word.integer(in: -1_000_000...1_000_000, for: what))
    }
    return labels
  }
}
