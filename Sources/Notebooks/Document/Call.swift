internal import Markdown

/// A directive as it stands in a notebook: name, argument, options and body.
package struct Call: Sendable {
  package var name: Text
  /// What follows the name on the fence's line; empty if nothing does.
  package var argument: Text
  package var options: [OptionLine]
  package var body: [Text]
  /// The bytes of the block, see `Fence.range`.
  package var range: Range<Int>
  /// What each further line must begin with inside a list or quotation.
  package var continuation: String
  /// The block as typed, line by line, without the indentation of what contains it.
  package var source: [String]

  /// A line `:name: value`.
  package struct OptionLine: Sendable {
    package var name: Text
    package var value: Text
  }

  /// The place that stands for the whole call in messages.
  package var place: Place { name.place }
}

extension Call {
  /// Reads a fence whose info string is `{name} argument`; nil if it is another code block.
  init?(_ fence: Fence, in source: SourceText, file: String) {
    guard let name = Call.directiveName(of: fence, in: source) else { return nil }
    func text(_ range: Range<Int>) -> Text {
      let (line, column) = source.place(at: range.lowerBound)
      return Text(source[range], at: Place(file: file, line: line, column: column))
    }
    self.name = text(name)
    argument = text((name.upperBound + 1)..<max(name.upperBound + 1, fence.info.upperBound)).trimmed
    range = fence.range
    continuation = fence.continuation

    let lines = fence.body.map(text)
    var rest = lines[...]
    options = []
    while let line = rest.first, let option = OptionLine(line) {
      options.append(option)
      rest.removeFirst()
    }
    while let line = rest.first, line.trimmed.isEmpty { rest.removeFirst() }
    while let line = rest.last, line.trimmed.isEmpty { rest.removeLast() }
    body = Array(rest)

    let first = source.line(source.lineNumber(at: fence.range.lowerBound)).upperBound
    self.source = [source[fence.range.lowerBound..<first]] + lines.map(\.string)
    if fence.isClosed {
      let last = source.line(source.lineNumber(at: fence.range.upperBound - 1)).lowerBound
      let closing = source[last..<fence.range.upperBound]
      self.source.append(String(closing.drop { $0.isBlank || $0 == ">" }))
    }
  }

  /// The bytes of `name` in an info string `{name} …`: letters, digits, `-`, `_`, `:` and `+`.
  static func directiveName(of fence: Fence, in source: SourceText) -> Range<Int>? {
    let bytes = source.bytes[fence.info]
    guard bytes.first == UInt8(ascii: "{"),
      let end = bytes.firstIndex(of: UInt8(ascii: "}")), end > bytes.startIndex + 1
    else { return nil }
    let name = (bytes.startIndex + 1)..<end
    let allowed = source[name].allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "-_:+".contains($0))
    }
    let blankFollows = end + 1 == bytes.endIndex || source[end + 1..<end + 2] == " "
    guard allowed, blankFollows, source[name].first?.isLetter == true else { return nil }
    return name
  }
}

extension Call.OptionLine {
  /// Reads `:name: value` or `:name:`; nil for any other line.
  init?(_ line: Text) {
    let line = line.trimmed
    guard line.string.first == ":" else { return nil }
    let inner = line.slice(line.string.index(after: line.string.startIndex)..<line.string.endIndex)
    guard let (name, value) = inner.cut(at: ":"), name.string.isName else { return nil }
    self.init(name: name, value: value)
  }
}
