/// The weights and biases of a machine as text: a line `i j w` for each edge.
///
/// A line `i i b` gives unit i its bias. What follows `#` or `%` is a comment. Units count from 1,
/// or from 0 where a unit 0 occurs; there are as many as the largest number says. A first line
/// `n m`, as in the instances of the G-set, says instead how many units and lines follow. Whether
/// weights are couplings of {−1, +1} or weights of {0, 1} is not in the text; the weights of a
/// maximum-cut instance are couplings with the other sign.
public struct EdgeList: Sendable, Hashable {
  /// The most units that a text may have.
  public static let largestUnitCount = 1 << 20

  /// The number that the text has for unit 0 of the machine: 0 or 1.
  public let firstUnit: Int
  /// The number of units.
  public let unitCount: Int
  /// The edges, in the order of the text.
  public let edges: [Couplings.Edge]
  /// One bias per unit.
  public let biases: [Double]

  /// Reads a text; the first line that is wrong is named in the error.
  public init(_ text: String) throws(EdgeListError) {
    var reader = EdgeListReader()
    var number = 0
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      let fields = line.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "%") }
        .split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
      if !fields.isEmpty { try reader.read(fields.map { Array($0) }, line: number) }
    }
    (firstUnit, unitCount, edges, biases) = try reader.finished()
  }
}

/// What is wrong with the text of an edge list; lines count from 1.
public enum EdgeListError: Error, Sendable, Hashable {
  /// There is no edge and no bias.
  case empty
  /// A line has not the fields `i j w`.
  case fieldCount(line: Int, fields: Int)
  /// A field is not the number of a unit.
  case notAUnit(line: Int, text: String)
  /// A weight or bias is not a finite number.
  case notANumber(line: Int, text: String)
  /// Two lines give the weight of one pair, or the bias of one unit.
  case repeated(line: Int, firstLine: Int)
  /// A unit is named that the first line leaves no room for.
  case noSuchUnit(line: Int, unit: Int, unitCount: Int)
  /// The first line promises another number of lines than follow.
  case lineCount(Int, expected: Int)
  /// There are more units than the limit.
  case tooManyUnits(line: Int, unit: Int)
}

extension EdgeListError: CustomStringConvertible {
  /// The mistake in one sentence.
  public var description: String {
    switch self {
    case .empty:
      "The text has no edge."
    case .fieldCount(let line, let fields):
      "Line \(line) has \(fields) fields, not two units and a weight."
    case .notAUnit(let line, let text):
      "\"\(text)\" in line \(line) is not the number of a unit."
    case .notANumber(let line, let text):
      "\"\(text)\" in line \(line) is not a finite number."
    case .repeated(let line, let firstLine):
      "Line \(line) gives the weight of line \(firstLine) again."
    case .noSuchUnit(let line, let unit, let unitCount):
      "Line \(line) names unit \(unit) of \(unitCount)."
    case .lineCount(let count, let expected):
      "The first line promises \(expected) edges, but \(count) follow."
    case .tooManyUnits(let line, let unit):
      "Line \(line) names unit \(unit); the limit is \(EdgeList.largestUnitCount) units."
    }
  }
}

private struct EdgeListReader {
  private struct Entry {
    let line: Int
    let first: Int
    let second: Int
    let weight: Double
  }

  private var promised: (units: Int, lines: Int)?
  private var entries: [Entry] = []
  private var isFirstLine = true

  mutating func read(_ fields: [[UInt8]], line: Int) throws(EdgeListError) {
    defer { isFirstLine = false }
    if isFirstLine && fields.count == 2 {
      promised = (try unit(fields[0], line), try unit(fields[1], line, isLimited: false))
      return
    }
    if fields.count != 3 {
      throw .fieldCount(line: line, fields: fields.count)
    }
    let text = String(decoding: fields[2], as: UTF8.self)
    guard let weight = decimalNumber(fields[2][...], text) else {
      throw .notANumber(line: line, text: text)
    }
    let pair = (try unit(fields[0], line), try unit(fields[1], line))
    entries.append(
      Entry(line: line, first: min(pair.0, pair.1), second: max(pair.0, pair.1), weight: weight))
  }

  func finished() throws(EdgeListError) -> (Int, Int, [Couplings.Edge], [Double]) {
    if let promised, promised.lines != entries.count {
      throw .lineCount(entries.count, expected: promised.lines)
    }
    guard let last = entries.map(\.second).max(), let first = entries.map(\.first).min() else {
      throw .empty
    }
    let base = first == 0 ? 0 : 1
    let unitCount = promised?.units ?? last - base + 1
    for entry in entries where entry.second - base >= unitCount {
      throw .noSuchUnit(line: entry.line, unit: entry.second, unitCount: unitCount)
    }
    try checkRepetitions()
    var biases = [Double](repeating: 0, count: unitCount)
    var edges: [Couplings.Edge] = []
    for entry in entries {
      if entry.first == entry.second {
        biases[entry.first - base] = entry.weight
      } else {
        edges.append(Couplings.Edge(entry.first - base, entry.second - base, entry.weight))
      }
    }
    return (base, unitCount, edges, biases)
  }

  private func checkRepetitions() throws(EdgeListError) {
    let sorted = entries.sorted { ($0.first, $0.second, $0.line) < ($1.first, $1.second, $1.line) }
    for (one, next) in zip(sorted, sorted.dropFirst())
    where one.first == next.first && one.second == next.second {
      throw .repeated(line: next.line, firstLine: one.line)
    }
  }

  private func unit(
    _ field: [UInt8], _ line: Int, isLimited: Bool = true
  ) throws(EdgeListError) -> Int {
    let text = String(decoding: field, as: UTF8.self)
    guard field.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let unit = Int(text)
    else { throw .notAUnit(line: line, text: text) }
    if isLimited && unit > EdgeList.largestUnitCount {
      throw .tooManyUnits(line: line, unit: unit)
    }
    return unit
  }
}
