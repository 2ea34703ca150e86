internal import CCmark

extension SourceText {
  /// The fenced code blocks and roles of the document from byte `start` on, in document order.
  ///
  /// cmark says what is a block; only the lines of fences and of paragraphs are taken from it, and
  /// the bytes there are read again: its positions of inlines that span lines are wrong, and it
  /// does not say whether a fence was closed. `start` must be the start of a line.
  package func blocks(from start: Int = 0) -> [Block] {
    let firstLine = lineNumber(at: start)
    let skipped = start == 0 && hasByteOrderMark ? 3 : start
    guard let tree = MarkdownTree(bytes[skipped...]) else { return [] }
    var found: [Block] = []
    tree.forEachLeaf { leaf in
      let lines = (leaf.lines.lowerBound + firstLine)...(leaf.lines.upperBound + firstLine)
      switch leaf.kind {
      case .code(let column, let content):
        let offset = lineStarts[lines.lowerBound] + column
        let adjusted = lines.lowerBound == firstLine ? offset + skipped - start : offset
        if let fence = fence(at: adjusted, lines: lines, content: content) {
          found.append(.fence(fence))
        }
      case .paragraph(let spans):
        found += roles(inLines: lines, codeSpans: spans).map(Block.role)
      }
    }
    return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}

/// A block that can hold code or inline text.
private struct Leaf {
  enum Kind {
    /// A code block: column of its first byte from 0, and its content, each line ended by LF.
    case code(column: Int, content: String)
    /// A paragraph or heading: the contents of its code spans in order.
    case paragraph(codeSpans: [String])
  }
  var kind: Kind
  var lines: ClosedRange<Int>
}

/// The one owner of memory that cmark allocates.
@safe private struct MarkdownTree: ~Copyable {
  private let root: OpaquePointer

  /// nil if cmark could not allocate the tree.
  init?(_ bytes: ArraySlice<UInt8>) {
    let parsed = unsafe bytes.withUnsafeBytes { buffer in
      unsafe cmark_parse_document(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count, CMARK_OPT_DEFAULT)
    }
    guard let root = unsafe parsed else { return nil }
    unsafe self.root = unsafe root
  }

  deinit { unsafe cmark_node_free(root) }

  /// Calls `body` for each code block, paragraph and heading in document order.
  func forEachLeaf(_ body: (Leaf) -> Void) {
    guard let iterator = unsafe cmark_iter_new(root) else { return }
    defer { unsafe cmark_iter_free(iterator) }
    var spans: [String] = []
    while true {
      let event = unsafe cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { return }
      guard let node = unsafe cmark_iter_get_node(iterator) else { return }
      let type = unsafe cmark_node_get_type(node)
      let entering = event == CMARK_EVENT_ENTER
      if type == CMARK_NODE_CODE_BLOCK {
        let literal = unsafe text(cmark_node_get_literal(node))
        let column = unsafe Int(cmark_node_get_start_column(node)) - 1
        if let lines = unsafe lines(of: node) {
          body(Leaf(kind: .code(column: column, content: literal), lines: lines))
        }
      } else if type == CMARK_NODE_CODE {
        spans.append(unsafe text(cmark_node_get_literal(node)))
      } else if type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING {
        if !entering, !spans.isEmpty, let lines = unsafe lines(of: node) {
          body(Leaf(kind: .paragraph(codeSpans: spans), lines: lines))
        }
        spans = []
      }
    }
  }

  private func lines(of node: OpaquePointer) -> ClosedRange<Int>? {
    let first = unsafe Int(cmark_node_get_start_line(node)) - 1
    let last = unsafe Int(cmark_node_get_end_line(node)) - 1
    return first >= 0 && last >= first ? first...last : nil
  }

  private func text(_ pointer: UnsafePointer<CChar>?) -> String {
    guard let pointer = unsafe pointer else { return "" }
    return unsafe String(cString: pointer)
  }
}
