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
        let (line, column) = source.place(at: range.lowerBound)
        document.begin(
          "prose", Place(file: report.notebook.file, line: line, column: column), .prose)
        document.bytes += source.bytes[range]
      case .inline(let text, let role):
        document.begin(role.label, role.content.place, .inline)
        document.bytes += Array(text.utf8)
      case .outputs(let outputs, let call, let showsSource):
        append(outputs, of: call, showsSource: showsSource, in: source, to: &document)
      case .skipped(let range):
        let (line, column) = source.place(at: range.lowerBound)
        document.begin(
          "prose", Place(file: report.notebook.file, line: line, column: column), .frame)
        document.bytes += source.bytes[range]
      case .failed: break
      }
    }
    return document
  }

  /// Source and outputs of a cell with an empty line between them, indented as its fence was.
  private func append(
    _ outputs: [Output], of call: Call, showsSource: Bool, in source: SourceText,
    to document: inout RenderedDocument
  ) {
    var pieces = outputs.map { ($0.markdownLines, RenderedDocument.Part.Content.output($0)) }
    if showsSource { pieces.insert((Markdown.fence(call.source, info: "markdown"), .frame), at: 0) }
    pieces.removeAll(where: \.0.isEmpty)
    // A fence ends a paragraph and is ended by its last line; a table or sentence is and does not.
    if !showsSource, source.hasText(before: call) { pieces.insert(([], .frame), at: 0) }
    if source.hasText(after: call) { pieces.append(([], .frame)) }
    if pieces.isEmpty { pieces.append(([], .frame)) }
    var lines: [String] = []
    var starts: [(line: Int, content: RenderedDocument.Part.Content)] = []
    for (index, piece) in pieces.enumerated() {
      if index > 0 { lines.append("") }
      starts.append((lines.count, piece.1))
      lines += piece.0
    }
    for (number, line) in lines.enumerated() {
      if number > 0 { document.bytes += Array(source.lineEnding.utf8) }
      for start in starts where start.line == number {
        document.begin(call.label, call.place, start.content)
      }
      document.bytes +=
        Array((number == 0 ? line : (call.continuation + line).trimmingTrailingBlanks).utf8)
    }
    for start in starts where start.line == lines.count {
      document.begin(call.label, call.place, start.content)
    }
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
  /// Begins a part at the document's end.
  mutating func begin(_ label: String, _ place: Place, _ content: Part.Content) {
    parts.append(Part(start: bytes.count, label: label, place: place, content: content))
  }
}

extension String {
  var trimmingTrailingBlanks: String {
    var result = self
    while let last = result.last, last == " " || last == "\t" { result.removeLast() }
    return result
  }
}
