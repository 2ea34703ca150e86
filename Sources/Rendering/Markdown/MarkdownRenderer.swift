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
          outputs, of: call, showsSource: showsSource, lineEnding: source.lineEnding)
      case .failed: break
      }
    }
    return document
  }

  /// Source and outputs of a cell with an empty line between them, indented as its fence was.
  private func block(
    _ outputs: [Output], of call: Call, showsSource: Bool, lineEnding: String
  ) -> [UInt8] {
    var pieces = outputs.map(\.markdownLines)
    if showsSource { pieces.insert(Markdown.fence(call.source, info: "markdown"), at: 0) }
    let lines = Array(pieces.filter { !$0.isEmpty }.joined(separator: [""]))
    let indented = lines.enumerated().map { index, line in
      index == 0 ? line : (call.continuation + line).trimmingTrailingBlanks
    }
    return Array(indented.joined(separator: lineEnding).utf8)
  }
}

extension RenderedDocument {
  fileprivate mutating func begin(_ label: String, _ notebookLine: Int) {
    var label = label
    while label.last == " " { label.removeLast() }
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
