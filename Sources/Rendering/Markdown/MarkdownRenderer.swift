internal import Markdown
package import Notebooks

/// Writes a report as Markdown: prose byte for byte, results in place of the directives.
package struct MarkdownRenderer: Renderer {
  package init() {}

  package var fileExtension: String { "md" }

  package func render(_ report: Report) -> RenderedDocument {
    precondition(report.isComplete, "Only a complete report can be rendered.")
    let source = report.notebook.source
    var document = RenderedDocument(bytes: [], parts: [])
    for result in report.results {
      switch result {
      case .prose(let range):
        document.begin("prose", source.lineNumber(at: range.lowerBound) + 1)
        document.bytes += source.bytes[range]
      case .inline(let text, let role):
        document.begin(
          "{\(role.name.rawValue)} \(role.content.string)", role.content.place.line)
        document.bytes += Array(text.utf8)
      case .outputs(let outputs, let call, let showsSource):
        document.begin("{\(call.name.string)} \(call.argument.string)", call.place.line)
        document.bytes += block(
          outputs, of: call, showsSource: showsSource, in: source)
      case .failed: break
      }
    }
    return document
  }

  /// Source and outputs of a cell with an empty line between them, indented as its fence was.
  private func block(
    _ outputs: [Output], of call: Call, showsSource: Bool, in source: SourceText
  ) -> [UInt8] {
    var pieces = outputs.map(\.markdownLines)
    if showsSource { pieces.insert(Markdown.fence(call.source, info: "markdown"), at: 0) }
    pieces.removeAll(where: \.isEmpty)
    // A fence ends a paragraph and is ended by its last line; a table or sentence is and does not.
    if !showsSource, source.hasText(before: call) { pieces.insert([], at: 0) }
    if source.hasText(after: call) { pieces.append([]) }
    let lines = Array(pieces.joined(separator: [""]))
    let indented = lines.enumerated().map { index, line in
      index == 0 ? line : (call.continuation + line).trimmingTrailingBlanks
    }
    return Array(indented.joined(separator: source.lineEnding).utf8)
  }
}

extension SourceText {
  /// Whether text stands right above the directive's fence.
  fileprivate func hasText(before call: Call) -> Bool {
    let number = lineNumber(at: call.range.lowerBound)
    let prefix = line(number).lowerBound..<call.range.lowerBound
    return number > 0 && self[prefix].allSatisfy(\.isContainer)
      && !self[line(number - 1)].allSatisfy(\.isContainer)
  }

  /// Whether text of the same list item, quotation or document follows on the next line.
  fileprivate func hasText(after call: Call) -> Bool {
    let number = lineNumber(at: max(call.range.lowerBound, call.range.upperBound - 1)) + 1
    guard number < lineStarts.count else { return false }
    let next = self[line(number)]
    return next.hasPrefix(call.continuation) && !next.allSatisfy(\.isContainer)
  }
}

extension Character {
  /// What may stand before the text of a line inside a quotation or list item.
  fileprivate var isContainer: Bool { self == " " || self == "\t" || self == ">" }
}

extension RenderedDocument {
  fileprivate mutating func begin(_ label: String, _ notebookLine: Int) {
    let label = label.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    parts.append(Part(start: bytes.count, label: label, notebookLine: notebookLine))
  }
}

extension String {
  fileprivate var trimmingTrailingBlanks: String {
    var result = self
    while let last = result.last, last == " " || last == "\t" { result.removeLast() }
    return result
  }
}
