internal import CCmark

extension SourceText {
  /// The fenced code blocks and roles of the document from byte `start` on, in document order.
  ///
  /// cmark says what is a block; only the lines of fences and of paragraphs are taken from it, and
  /// the bytes there are read again: its positions of inlines that span lines are wrong, and it
  /// does not say whether a fence was closed. `start` must be the start of a line.
  package func blocks(from start: Int = 0) -> [Block] {
    let found = leaves(from: start).flatMap { leaf in
      switch leaf.kind {
      case .code(let offset, let content):
        fence(at: offset, lines: leaf.lines, content: content).map { [Block.fence($0)] } ?? []
      case .paragraph(let spans):
        roles(inLines: leaf.lines, codeSpans: spans).map(Block.role)
      }
    }
    return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The bytes that are shown as they were typed, in code blocks and code spans.
  package func code(from start: Int = 0) -> [Range<Int>] {
    leaves(from: start).flatMap { leaf in
      switch leaf.kind {
      case .code:
        [line(leaf.lines.lowerBound).lowerBound..<line(leaf.lines.upperBound).upperBound]
      case .paragraph(let spans):
        codeSpans(spans, inLines: leaf.lines).map(\.range)
      }
    }
  }

  private func leaves(from start: Int) -> [Leaf] {
    let firstLine = lineNumber(at: start)
    let skipped = start == 0 && hasByteOrderMark ? 3 : start
    guard let tree = MarkdownTree(bytes[skipped...]) else { return [] }
    var leaves: [Leaf] = []
    tree.forEachLeaf { leaf in
      var leaf = leaf
      leaf.lines = (leaf.lines.lowerBound + firstLine)...(leaf.lines.upperBound + firstLine)
      guard leaf.lines.upperBound < lineStarts.count else { return }
      if case .code(let column, let content) = leaf.kind {
        let offset = lineStarts[leaf.lines.lowerBound] + column
        let isFirst = leaf.lines.lowerBound == firstLine
        leaf.kind = .code(offset: isFirst ? offset + skipped - start : offset, content: content)
      }
      leaves.append(leaf)
    }
    // A fenced block that nothing closes ends for cmark on the line that ends its list item or
    // quotation, and if that is a fence, the next block begins there.
    let starts = Set(leaves.map(\.lines.lowerBound))
    for index in leaves.indices {
      let lines = leaves[index].lines
      guard lines.count > 1, starts.contains(lines.upperBound) else { continue }
      leaves[index].lines = lines.lowerBound...(lines.upperBound - 1)
    }
    return leaves
  }
}

/// A block that can hold code or inline text.
private struct Leaf {
  enum Kind {
    /// A code block: its first byte, counted from the start of its line where cmark speaks, and its
    /// content, each line ended by LF.
    case code(offset: Int, content: String)
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
          body(Leaf(kind: .code(offset: column, content: literal), lines: lines))
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
