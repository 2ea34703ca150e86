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

extension Notebook {
  /// The file's bytes without some of the results that are kept in it.
  package func without(_ outputs: [StoredOutput]) -> [UInt8] {
    SourceText(source.original, without: outputs.flatMap(\.cuts)).bytes
  }

  /// The results that somebody has edited by hand, as what `clean` would lose.
  package var editedOutputs: [Diagnostic] {
    let edited = Set(stored.filter { !$0.isIntact }.map(\.offset))
    let hint = "`harmonium clean --force \(file)` takes it out, too"
    return cells.compactMap { cell in
      switch cell {
      case .call(let call) where edited.contains(call.range.upperBound):
        Diagnostic(editedOutputOf: call.label, at: call.place, hint: hint)
      case .role(let role) where edited.contains(role.range.lowerBound):
        Diagnostic(editedOutputOf: role.label, at: role.content.place, hint: hint)
      default: nil
      }
    }
  }
}

extension Diagnostic {
  /// A result that is not as it was written.
  package init(editedOutputOf label: String, at place: Place, hint: String) {
    self.init(
      "edited-output", at: place, "the result of \(label) was edited by hand", hint: hint,
      kind: .failure)
  }
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
    guard marker.hasPrefix(OutputMarker.out + " "), marker.hasSuffix(OutputMarker.tail) else {
      return nil
    }
    return digits(
      in: Substring(marker).dropFirst(OutputMarker.out.count + 1).dropLast(OutputMarker.tail.count))
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

  /// Comments that hide a role, from the last to the first: what belongs to one ends where the next
  /// begins.
  private mutating func scanSpans() {
    let bytes = source.bytes
    let head = Array(OutputMarker.comment.utf8)
    var next = bytes.count
    var end = bytes.count
    while let start = bytes[..<end].lastIndex(of: UInt8(ascii: "<")) {
      end = start
      guard bytes[start...].starts(with: head) else { continue }
      scanSpan(comment: start, before: next)
      next = start
    }
  }

  /// A comment that hides a role: a candidate if all is there that belongs to a result, broken if
  /// only some of it is. Where a blank is written, lines may end: paragraphs are wrapped again.
  private mutating func scanSpan(comment: Int, before next: Int) {
    let bytes = source.bytes
    var role = comment + OutputMarker.comment.utf8.count
    while role < next, bytes[role].isContainer || bytes[role].isLineEnd { role += 1 }
    let rest = bytes[role..<next]
    let open = Array(OutputMarker.spanStart.utf8)
    let hasSpan = bytes[..<comment].suffix(open.count).elementsEqual(open)
    let start = hasSpan ? comment - open.count : comment
    let tail = rest.firstRange(of: Array("-->".utf8))
    let hidden = role..<(tail?.lowerBound ?? next)
    let length = (bytes[hidden].lastIndex(of: UInt8(ascii: "`")) ?? role) + 1 - role
    if hasSpan, let tail,
      RoleCall.Name.allCases.contains(where: { rest.starts(with: "{\($0.rawValue)}`".utf8) }),
      let sum = Self.digits(in: source.collapsed((role + length)..<hidden.upperBound)[...]),
      let end = rest[tail.upperBound...].firstRange(of: Array(OutputMarker.spanEnd.utf8)),
      rest[tail.upperBound..<end.lowerBound].firstRange(of: Array("<span".utf8)) == nil
    {
      candidates.append(
        OutputCandidate(
          kind: .inline(length), cuts: [start..<role, (role + length)..<end.upperBound],
          lines: [source.collapsed(tail.upperBound..<end.lowerBound)], sum: sum, marker: start))
    } else if hasSpan && rest.first == UInt8(ascii: "{")
      || source.collapsed(hidden).contains("` sum=")
    {
      broken.append(start)
    }
  }

  /// The digits of `sum=0123456789ab`.
  private static func digits(in text: Substring) -> String? {
    guard text.hasPrefix("sum=") else { return nil }
    let sum = text.dropFirst(4)
    return sum.count == OutputMarker.sumDigits && sum.allSatisfy(\.isHexDigit) ? String(sum) : nil
  }
}

extension UInt8 {
  /// What may stand before the text of a line inside a quotation or list item.
  fileprivate var isContainer: Bool {
    self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == UInt8(ascii: ">")
  }

  fileprivate var isLineEnd: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}

extension String {
  fileprivate var trimmedEnd: Substring {
    var text = self[...]
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }
}
