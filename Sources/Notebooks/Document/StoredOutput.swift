internal import Markdown

/// A result that is kept in the notebook, between markers.
package struct StoredOutput: Sendable {
  /// Where the cell ends (a directive) or begins (a role) in the notebook without results.
  package let offset: Int
  /// The lines between the markers, without what contains them.
  package let lines: [String]
  /// Whether the lines are as they were written.
  package let isIntact: Bool
  /// The bytes of the notebook that are not the cell's own: taken out, they leave the cell as it was
  /// typed. Two ranges for a role, one for a directive.
  let cuts: [Range<Int>]

  /// All bytes from the first cut to the last.
  package var range: Range<Int> { (cuts.first?.lowerBound ?? 0)..<(cuts.last?.upperBound ?? 0) }
}

/// What looks like a stored result, before it is known whether a cell stands in front of it.
struct OutputCandidate {
  enum Kind {
    case block
    /// A role of so many bytes.
    case inline(Int)
  }
  var kind: Kind
  var cuts: [Range<Int>]
  var lines: [String]
  var sum: String
  /// Where the marker begins.
  var marker: Int

  func stored(at offset: Int) -> StoredOutput {
    StoredOutput(
      offset: offset, lines: lines, isIntact: OutputMarker.sum(of: lines) == sum, cuts: cuts)
  }
}

/// Finds markers by reading lines; knows nothing of Markdown's blocks.
struct OutputScanner {
  let source: SourceText
  private(set) var candidates: [OutputCandidate] = []
  /// Where opening markers stand that nothing closes, and closing ones that nothing opens.
  private(set) var broken: [Int] = []

  init(_ source: SourceText) {
    self.source = source
    guard source.bytes.contains(UInt8(ascii: "<")) else { return }
    scanLines()
    scanSpans()
    candidates.sort { $0.marker < $1.marker }
    var end = 0
    candidates.removeAll { candidate in
      guard let first = candidate.cuts.first, let last = candidate.cuts.last,
        first.lowerBound >= end
      else { return true }
      end = last.upperBound
      return false
    }
  }

  private mutating func scanLines() {
    var open: (line: Int, sum: String)?
    for number in source.lineStarts.indices {
      let line = source.line(number)
      guard let text = marker(in: line) else { continue }
      let start = line.upperBound - text.utf8.count
      if text.trimmedEnd == OutputMarker.end {
        if let opening = open {
          close(opening.line, opening.sum, at: number)
        } else {
          broken.append(start)
        }
        open = nil
      } else if let sum = Self.sum(in: text.trimmedEnd) {
        if let opening = open { broken.append(source.line(opening.line).lowerBound) }
        open = (number, sum)
      }
    }
    if let opening = open { broken.append(source.line(opening.line).lowerBound) }
  }

  /// The line from its first character on that is no container, if that begins a marker.
  private func marker(in line: Range<Int>) -> String? {
    let text = source.bytes[line].drop { $0.isContainer }
    guard text.starts(with: "<!-- harmonium:".utf8) else { return nil }
    return String(decoding: text, as: UTF8.self)
  }

  private static func sum(in marker: some StringProtocol) -> String? {
    guard marker.hasPrefix(OutputMarker.out + " sum="), marker.hasSuffix(OutputMarker.tail) else {
      return nil
    }
    let sum = marker.dropFirst(OutputMarker.out.count + 5).dropLast(OutputMarker.tail.count)
    return sum.count == OutputMarker.sumDigits && sum.allSatisfy(\.isHexDigit) ? String(sum) : nil
  }

  private mutating func close(_ first: Int, _ sum: String, at last: Int) {
    let opening = source.line(first)
    let prefix = source.bytes[opening].prefix { $0.isContainer }
    var above = first - 1
    while above >= 0, source.bytes[source.line(above)].allSatisfy(\.isContainer) { above -= 1 }
    guard above >= 0 else {
      broken.append(opening.lowerBound)
      return
    }
    var lines = ((first + 1)..<last).map { Self.text(source.bytes[source.line($0)], after: prefix) }
    if lines.first == "" { lines.removeFirst() }
    if lines.last == "" { lines.removeLast() }
    let cut = source.line(above).upperBound..<source.line(last).upperBound
    candidates.append(
      OutputCandidate(
        kind: .block, cuts: [cut], lines: lines, sum: sum,
        marker: opening.lowerBound + prefix.count))
  }

  /// The line without what contains it and without blanks at its end.
  private static func text(_ line: ArraySlice<UInt8>, after prefix: ArraySlice<UInt8>) -> String {
    var line = line
    if line.starts(with: prefix) {
      line = line.dropFirst(prefix.count)
    } else if prefix.starts(with: line) {
      line = []
    }
    while let last = line.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") {
      line.removeLast()
    }
    return String(decoding: line, as: UTF8.self)
  }

  /// The most bytes that a role and its value may have.
  private static let spanLimit = 4096

  private mutating func scanSpans() {
    let bytes = source.bytes
    let head = Array(OutputMarker.span.utf8)
    var index = 0
    while let start = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
      index = start + 1
      guard bytes[start...].starts(with: head) else { continue }
      let role = start + head.count
      let room = bytes[role..<min(bytes.count, role + Self.spanLimit)]
      guard room.first == UInt8(ascii: "{"),
        let comment = room.firstRange(of: Array(OutputMarker.tail.utf8)),
        let end = room[comment.upperBound...].firstRange(of: Array(OutputMarker.spanEnd.utf8))
      else { continue }
      let inside = String(decoding: bytes[role..<comment.lowerBound], as: UTF8.self)
      let sum = inside.suffix(OutputMarker.sumDigits)
      let head = inside.dropLast(OutputMarker.sumDigits)
      guard sum.allSatisfy(\.isHexDigit), head.hasSuffix("` sum=") else { continue }
      let length = head.utf8.count - " sum=".utf8.count
      candidates.append(
        OutputCandidate(
          kind: .inline(length), cuts: [start..<role, (role + length)..<end.upperBound],
          lines: [String(decoding: bytes[comment.upperBound..<end.lowerBound], as: UTF8.self)],
          sum: String(sum), marker: start))
      index = end.upperBound
    }
  }
}

extension UInt8 {
  /// What may stand before the text of a line inside a quotation or list item.
  fileprivate var isContainer: Bool {
    self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == UInt8(ascii: ">")
  }
}

extension String {
  fileprivate var trimmedEnd: Substring {
    var text = self[...]
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }
}
